"""What changes in declarations as a whole, records, errors, classes, annotations and functions.

Each entry is the symbol that the change is reported at, and the text before and after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DECLARATIONS", "RECORD_MEMBERS"]

RECORD_MEMBERS: Mapping[str, tuple[str, str]] = {
    "required-added": ("", "int code;"),
    "defaultable-added": ("", "int code = 0;"),
    "optional-added": ("", "int code?;"),
    "removed": ("int code;", ""),
    "renamed": ("int code;", "int number;"),
    "type-changed": ("int code;", "string code;"),
    "type-narrowed": ("int|string code;", "int code;"),
    "type-respelled": ("int|string code;", "string|int code;"),
    "type-widened": ("int code;", "int|string code;"),
    "type-widened-ambiguous": ("int[] code;", "int[]|float[] code;"),
    "made-optional": ("int code;", "int code?;"),
    "made-required": ("int code?;", "int code;"),
    "default-added": ("int code;", "int code = 0;"),
    "default-removed": ("int code = 0;", "int code;"),
    "default-value-changed": ("int code = 0;", "int code = 1;"),
    "defaultable-to-optional": ("int code = 0;", "int code?;"),
    "optional-to-defaultable": ("int code?;", "int code = 0;"),
    "readonly-added": ("int code;", "readonly int code;"),
    "readonly-removed": ("readonly int code;", "int code;"),
    "declared-field-set-changed": ("map<int> code;", "record {| int least?; int...; |} code;"),
}
"""Fields of records; `detail-field-` facts of errors change a field of the detail record."""

DECLARATIONS: Mapping[str, tuple[str, str, str]] = {
    "annotation-added": ("Audited", "", "public annotation Audited on type;"),
    "annotation-attach-point-added": (
        "Audited",
        "public annotation Audited on type;",
        "public annotation Audited on type, class;",
    ),
    "annotation-attach-point-removed": (
        "Audited",
        "public annotation Audited on type, class;",
        "public annotation Audited on type;",
    ),
    "annotation-const-added": (
        "Audited",
        "public annotation Audited on type;",
        "public const annotation Audited on type;",
    ),
    "annotation-const-removed": (
        "Audited",
        "public const annotation Audited on type;",
        "public annotation Audited on type;",
    ),
    "annotation-metadata-changed": (
        "createOrder",
        '@display {label: "Order"}\npublic function createOrder() = external;',
        '@display {label: "Create order"}\npublic function createOrder() = external;',
    ),
    "annotation-removed": ("Audited", "public annotation Audited on type;", ""),
    "annotation-renamed": (
        "Audited",
        "public annotation Audited on type;",
        "public annotation Recorded on type;",
    ),
    "annotation-source-added": (
        "Audited",
        "public const annotation Audited on type;",
        "public const annotation Audited on source type;",
    ),
    "annotation-source-removed": (
        "Audited",
        "public const annotation Audited on source type;",
        "public const annotation Audited on type;",
    ),
    "annotation-type-changed": (
        "Audited",
        "public annotation map<int> Audited on type;",
        "public annotation map<string> Audited on type;",
    ),
    "annotation-type-narrowed": (
        "Audited",
        "public annotation map<int|string> Audited on type;",
        "public annotation map<int> Audited on type;",
    ),
    "annotation-type-respelled": (
        "Audited",
        "public annotation map<int|string> Audited on type;",
        "public annotation map<string|int> Audited on type;",
    ),
    "annotation-type-widened": (
        "Audited",
        "public annotation map<int> Audited on type;",
        "public annotation map<int|string> Audited on type;",
    ),
    "annotation-visibility-reduced": (
        "Audited",
        "public annotation Audited on type;",
        "annotation Audited on type;",
    ),
    "class-added": ("Cart", "", "public class Cart {\n}"),
    "class-removed": ("Cart", "public class Cart {\n}", ""),
    "class-renamed": (
        "Cart",
        "public class Cart {\n    public int total = 0;\n}",
        "public class Basket {\n    public int total = 0;\n}",
    ),
    "class-visibility-reduced": ("Cart", "public class Cart {\n}", "class Cart {\n}"),
    "class-to-alias-of-class": (
        "Cart",
        "public class Cart {\n    public int total = 0;\n}",
        "public class Basket {\n    public int total = 0;\n}\n\npublic type Cart Basket;",
    ),
    "class-to-object-type": (
        "Cart",
        "public class Cart {\n    public int total = 0;\n}",
        "public type Cart object {\n    public int total;\n};",
    ),
    "object-type-to-class": (
        "Cart",
        "public type Cart object {\n    public int total;\n};",
        "public class Cart {\n    public int total = 0;\n}",
    ),
    "documentation-changed": (
        "createOrder",
        "# Makes an order.\npublic function createOrder() = external;",
        "# Makes a new order.\npublic function createOrder() = external;",
    ),
    "error-distinct-added": (
        "OrderError",
        "public type OrderError error;",
        "public type OrderError distinct error;",
    ),
    "error-distinct-removed": (
        "OrderError",
        "public type OrderError distinct error;",
        "public type OrderError error;",
    ),
    "error-detail-type-changed": (
        "OrderError",
        "public type OrderError error<map<int>>;",
        "public type OrderError error<map<string>>;",
    ),
    "error-detail-type-narrowed": (
        "OrderError",
        "public type OrderError error<map<int|string>>;",
        "public type OrderError error<map<int>>;",
    ),
    "error-detail-type-widened": (
        "OrderError",
        "public type OrderError error<map<int>>;",
        "public type OrderError error<map<int|string>>;",
    ),
    "error-supertype-changed": (
        "OrderError",
        "public type OrderError distinct TimeoutError;",
        "public type OrderError distinct LoginError;",
    ),
    "error-supertype-narrowed": (
        "OrderError",
        "public type OrderError distinct TimeoutError;",
        "public type OrderError distinct TimeoutError & LoginError;",
    ),
    "error-supertype-widened": (
        "OrderError",
        "public type OrderError distinct TimeoutError;",
        "public type OrderError distinct error;",
    ),
    "function-added": ("createOrder", "", "public function createOrder() = external;"),
    "function-removed": ("createOrder", "public function createOrder() = external;", ""),
    "function-renamed": (
        "createOrder",
        "public function createOrder(int id) returns string = external;",
        "public function placeOrder(int id) returns string = external;",
    ),
    "function-visibility-reduced": (
        "createOrder",
        "public function createOrder() = external;",
        "function createOrder() = external;",
    ),
    "function-body-changed": (
        "createOrder",
        "public function createOrder() returns int {\n    return 1;\n}",
        "public function createOrder() returns int {\n    return 2;\n}",
    ),
    "init-visibility-reduced": (
        "Client.init",
        "public class Client {\n    public function init() = external;\n}",
        "public class Client {\n    function init() = external;\n}",
    ),
    "map-alias-to-record": (
        "Prices",
        "public type Prices map<int>;",
        "public type Prices record {|\n    int total;\n|};",
    ),
    "method-kind-changed": (
        "Cart.add",
        "public client class Cart {\n    public function add() = external;\n}",
        "public client class Cart {\n    remote function add() = external;\n}",
    ),
    "record-inclusion-respelled": (
        "Order",
        "public type Order record {|\n    *Options;\n|};",
        "public type Order record {|\n    int page = 1;\n    int size = 10;\n|};",
    ),
    "record-opened": (
        "Order",
        "public type Order record {|\n    int id;\n|};",
        "public type Order record {\n    int id;\n};",
    ),
    "record-closed": (
        "Order",
        "public type Order record {\n    int id;\n};",
        "public type Order record {|\n    int id;\n|};",
    ),
    "record-rest-type-added": (
        "Order",
        "public type Order record {|\n    int id;\n|};",
        "public type Order record {|\n    int id;\n    string...;\n|};",
    ),
    "record-rest-type-removed": (
        "Order",
        "public type Order record {|\n    int id;\n    string...;\n|};",
        "public type Order record {|\n    int id;\n|};",
    ),
    "record-rest-type-changed": (
        "Order",
        "public type Order record {|\n    int id;\n    string...;\n|};",
        "public type Order record {|\n    int id;\n    int...;\n|};",
    ),
    "record-rest-type-narrowed": (
        "Order",
        "public type Order record {|\n    int id;\n    int|string...;\n|};",
        "public type Order record {|\n    int id;\n    string...;\n|};",
    ),
    "record-rest-type-respelled": (
        "Order",
        "public type Order record {|\n    int id;\n    int|string...;\n|};",
        "public type Order record {|\n    int id;\n    string|int...;\n|};",
    ),
    "record-rest-type-widened": (
        "Order",
        "public type Order record {|\n    int id;\n    string...;\n|};",
        "public type Order record {|\n    int id;\n    int|string...;\n|};",
    ),
    "record-readonly-added": (
        "Order",
        "public type Order record {|\n    int id;\n|};",
        "public type Order readonly & record {|\n    int id;\n|};",
    ),
    "record-readonly-removed": (
        "Order",
        "public type Order readonly & record {|\n    int id;\n|};",
        "public type Order record {|\n    int id;\n|};",
    ),
    "record-to-map-alias": (
        "Prices",
        "public type Prices record {|\n    int total;\n|};",
        "public type Prices map<int>;",
    ),
    "record-field-against-rest-type-added": (
        "Order.note",
        "public type Order record {|\n    int id;\n    string...;\n|};",
        "public type Order record {|\n    int id;\n    int note?;\n    string...;\n|};",
    ),
    "symbol-deprecation-added": (
        "createOrder",
        "public function createOrder() = external;",
        "# # Deprecated\n@deprecated\npublic function createOrder() = external;",
    ),
    "symbol-deprecation-removed": (
        "createOrder",
        "# # Deprecated\n@deprecated\npublic function createOrder() = external;",
        "public function createOrder() = external;",
    ),
    "symbol-kind-changed": (
        "capacity",
        "public function capacity() returns int = external;",
        "public final int capacity = 10;",
    ),
    "type-added": ("Id", "", "public type Id int;"),
    "type-removed": ("Id", "public type Id int;", ""),
    "type-renamed": ("Id", "public type Id int;", "public type Key int;"),
    "type-visibility-reduced": ("Id", "public type Id int;", "type Id int;"),
    "type-changed": ("Id", "public type Id int;", "public type Id string;"),
    "type-narrowed": ("Id", "public type Id int|string;", "public type Id int;"),
    "type-widened": ("Id", "public type Id int;", "public type Id int|string;"),
    "type-widened-ambiguous": ("Ids", "public type Ids int[];", "public type Ids int[]|float[];"),
    "type-respelled": ("Id", "public type Id int|string;", "public type Id string|int;"),
    "type-readonly-added": ("Ids", "public type Ids int[];", "public type Ids readonly & int[];"),
    "type-mutable-member-narrowed": ("Ids", "public type Ids (int|string)[];", "public type Ids int[];"),
    "type-declared-field-set-changed": (
        "Prices",
        "public type Prices map<int>|string;",
        "public type Prices record {| int total?; int...; |}|string;",
    ),
    "type-anydata-lost": (
        "Order",
        "public type Order record {|\n    int id;\n|};",
        "public type Order record {|\n    int id;\n    function () done?;\n|};",
    ),
    "type-json-lost": (
        "Order",
        "public type Order record {|\n    int id;\n|};",
        "public type Order record {|\n    int id;\n    xml body?;\n|};",
    ),
    "type-readonly-lost": (
        "Order",
        "public type Order record {|\n    readonly int id;\n|};",
        "public type Order record {|\n    readonly int id;\n    string label?;\n|};",
    ),
}
