"""Client code carries the names and types of the old version, as a client writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.sources import differences

from semverdiff.config import Policies, PolicyValue
from semverdiff.rules import evaluate

if TYPE_CHECKING:
    from semverdiff.rules import Finding


def finding(rule_id: str, old: str, new: str) -> Finding:
    """Return the only finding of a rule between two versions of the module `shop`."""
    (found,) = [
        one for one in evaluate(differences(old, new), Policies(), strict=True) if one.rule == rule_id
    ]
    return found


CLIENT = "public client class Client { %s }"
ENTRY = "public type Shape object { %s };"
BODY = '{ panic error(""); }'

CALLS = {
    "a function": (
        "function-isolated-removed",
        f"public isolated function createOrder(int id) {BODY}",
        f"public function createOrder(int id) {BODY}",
        "isolated function use() {\n    shop:createOrder(id);\n}",
    ),
    "a method": (
        "method-isolated-removed",
        CLIENT % f"public isolated function get() {BODY}",
        CLIENT % f"public function get() {BODY}",
        "isolated function use(shop:Client c) {\n    c.get();\n}",
    ),
    "a remote method": (
        "remote-method-return-type-changed",
        CLIENT % f"remote function get() returns int {BODY}",
        CLIENT % f"remote function get() returns string {BODY}",
        "int result = c->get();",
    ),
    "a method that was remote": (
        "method-kind-changed",
        CLIENT % f"remote function get(int id) {BODY}",
        CLIENT % f"public function get(int id) {BODY}",
        "c->get(id);",
    ),
    "a resource method": (
        "resource-return-type-changed",
        CLIENT % f"resource function get users/[int n]/'order/[int... r](string q) returns int {BODY}",
        CLIENT
        % f"resource function get users/[int n]/'order/[string... rest](string q) returns string {BODY}",
        "int result = c->/users/[id]/'order/[...ids].get(q);",
    ),
    "the root resource": (
        "resource-return-type-changed",
        CLIENT % f"resource function get .() returns int {BODY}",
        CLIENT % f"resource function get .() returns string {BODY}",
        "int result = c->/.get();",
    ),
    "an init": (
        "init-parameter-renamed",
        CLIENT % "public function init(string url) {}",
        CLIENT % "public function init(string uri) {}",
        "var c = new shop:Client(url = url);",
    ),
    "an implicit init": (
        "init-parameter-required-added",
        "public class Client {}",
        "public class Client { public function init(int id) {} }",
        "var c = new shop:Client();",
    ),
    "a callback": (
        "callback-parameter-type-changed",
        f"public function each(function (Item) action) {BODY} public type Item record {{}};",
        f"public function each(function (int) action) {BODY} public type Item record {{}};",
        "shop:each(function (shop:Item value) {});",
    ),
    "a callback of a method": (
        "callback-parameter-removed",
        CLIENT % f"public function each(function (int a, int b) action) {BODY}",
        CLIENT % f"public function each(function (int a) action) {BODY}",
        "c.each(callback);",
    ),
}


@pytest.mark.parametrize(("rule_id", "old", "new", "client"), CALLS.values(), ids=CALLS)
def test_a_call_is_written_as_clients_write_it(rule_id: str, old: str, new: str, client: str) -> None:
    assert finding(rule_id, old, new).client == client


ARGUMENTS = {
    "required and defaultable parameters": ("int a, int b = 1, int... c", "shop:f(a, b);"),
    "no typedesc that is inferred": ("int a, typedesc<anydata> t = <>", "shop:f(a);"),
    "no included record": ("int a, *R r", "shop:f(a);"),
    "names that need a quote": ("int 'order", "shop:f('order);"),
    "nothing": ("", "shop:f();"),
}


@pytest.mark.parametrize(("parameters", "client"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_a_call_passes_what_the_old_version_needed(parameters: str, client: str) -> None:
    record = "public type R record {| int page = 1; |};"
    old = f"{record} public function f({parameters}) {BODY}"
    assert finding("function-removed", old, record).client == client


PARAMETERS = {
    "a default that calls relied on": (
        "function-parameter-default-removed",
        "int a, int b = 1, int c = 2",
        "int a, int b, int c = 2",
        "shop:f(a);",
    ),
    "a removed parameter": ("function-parameter-removed", "int a, int b", "int a", "shop:f(a, b);"),
    "a narrowed parameter": (
        "function-parameter-type-narrowed",
        "int|string page",
        "int page",
        "function pass(int|string page) {\n    shop:f(page);\n}",
    ),
    "a removed rest parameter": (
        "function-parameter-rest-removed",
        "int a, int... more",
        "int a",
        "shop:f(a, ...more);",
    ),
    "a rest of a union": (
        "function-parameter-rest-type-narrowed",
        "Part|string... parts",
        "string... parts",
        "function pass((shop:Part|string)[] parts) {\n    shop:f(...parts);\n}",
    ),
    "a rest of one type": (
        "function-parameter-rest-type-changed",
        "Part... parts",
        "string... parts",
        "function pass(shop:Part[] parts) {\n    shop:f(...parts);\n}",
    ),
    "an included record": (
        "function-parameters-expanded",
        "int id, *Page page",
        "int id, int number, int size",
        "shop:f(id, options);",
    ),
}


@pytest.mark.parametrize(("rule_id", "old", "new", "client"), PARAMETERS.values(), ids=PARAMETERS)
def test_a_changed_parameter_is_passed_as_before(rule_id: str, old: str, new: str, client: str) -> None:
    types = "public type Part record {| int n; |}; public type Page record {| int number; int size; |};"
    versions = (f"{types} public function f({one}) {BODY}" for one in (old, new))
    assert finding(rule_id, *versions).client == client


TYPES = {
    "int": "int",
    "Order": "shop:Order",
    "map<Order[]>|Item?": "map<shop:Order[]>|shop:Item?",
    '"RED"|"Dark Blue"|Color': '"RED"|"Dark Blue"|shop:Color',
    "lowercase": "shop:lowercase",
    "record {| Order first; int n = 1; |}": "record {| shop:Order first; int n; |}",
    "function (Order) returns Item": "function (shop:Order) returns shop:Item",
    "int[LIMIT]": "int[shop:LIMIT]",
    "table<Order> key(id)": "table<shop:Order> key(id)",
}
DECLARED = """\
    public type Order record {| int id; |};
    public type Item record {| int id; |};
    public enum Color { RED }
    public type lowercase int;
    public const LIMIT = 3;
"""


@pytest.mark.parametrize(("written", "by_clients"), TYPES.items())
def test_types_of_the_module_carry_its_prefix(written: str, by_clients: str) -> None:
    old = f"{DECLARED} public function f() returns {written} {BODY}"
    new = f"{DECLARED} public function f() returns xml {BODY}"
    assert finding("function-return-type-changed", old, new).client == f"{by_clients} result = shop:f();"


IMPLEMENTER = """\
class Mine {
    *shop:Shape;

    public function area(shop:Point p) returns shop:Order {
        panic error("not shown");
    }
}"""
REMOTE_IMPLEMENTER = """\
client class Mine {
    *shop:Shape;

    remote function area(typedesc<shop:Point> t) returns t|error {
        panic error("not shown");
    }
}"""


def test_an_implementer_declares_the_old_method() -> None:
    types = "public type Point record {}; public type Order record {};"
    old = (
        f"{types} public function use(Shape s) {BODY} "
        + ENTRY % "public function area(Point p) returns Order;"
    )
    new = old.replace("public function area", "public isolated function area")
    assert finding("method-isolated-added", old, new).client == IMPLEMENTER


def test_a_typedesc_parameter_is_no_name_of_the_module() -> None:
    member = "remote function area(typedesc<Point> t) returns t|error;"
    shape = (ENTRY % member).replace("object", "client object")
    old = f"public type Point record {{}}; public function use(Shape s) {BODY} {shape}"
    new = old.replace("remote function area", "isolated remote function area")
    assert finding("remote-method-isolated-added", old, new).client == REMOTE_IMPLEMENTER


def test_a_typedesc_parameter_behind_a_name_is_no_name_of_the_module() -> None:
    member = "remote function area(Target t = <>) returns t|error;"
    shape = (ENTRY % member).replace("object", "client object")
    old = f"public type Target typedesc<anydata>; public function use(Shape s) {BODY} {shape}"
    client = finding("remote-method-isolated-added", old, old.replace("remote", "isolated remote")).client
    assert "remote function area(shop:Target t = <>) returns t|error {" in (client or "")


FIELDS = {
    "a type": ("record-field-type-changed", "Item item;", "int item;", "shop:Item x = r.item;"),
    "an optional field": ("record-field-type-changed", "int item?;", "xml item?;", "int? x = r?.item;"),
    "an optional union": (
        "record-field-type-changed",
        "int|string item?;",
        "xml item?;",
        "(int|string)? x = r?.item;",
    ),
    "an optional field that may be nil": (
        "record-field-type-changed",
        "int? item?;",
        "xml item?;",
        "int? x = r?.item;",
    ),
    "an optional field whose union may be nil": (
        "record-field-type-changed",
        "int|string? item?;",
        "xml item?;",
        "(int|string)? x = r?.item;",
    ),
    "a field that is left out": (
        "record-field-made-optional",
        "Item item;",
        "Item item?;",
        "shop:Item x = r.item;",
    ),
    "a readonly type": (
        "record-field-made-optional",
        "readonly & map<Item> item;",
        "readonly & map<Item> item?;",
        "readonly & map<shop:Item> x = r.item;",
    ),
    "a name that needs a quote": ("record-field-removed", "int 'order;", "", "var x = r.'order;"),
    "an example": (
        "record-field-type-narrowed",
        "readonly 1|2 item;",
        "readonly 1 item;",
        "boolean lost = r.item == 2;",
    ),
}


@pytest.mark.parametrize(("rule_id", "old", "new", "client"), FIELDS.values(), ids=FIELDS)
def test_a_field_is_read_as_before(rule_id: str, old: str, new: str, client: str) -> None:
    types = f"public type Item record {{| int id; |}}; public function get() returns R {BODY}"
    versions = (f"{types} public type R record {{| int id; {one} |}};" for one in (old, new))
    # What clients construct breaks them otherwise.
    policy = Policies(construct_output_records=PolicyValue.NO)
    found = [one for one in differences(*versions) if one.rule == rule_id]
    assert [one.client for one in evaluate(found, policy, strict=True)] == [client]


def test_client_code_that_is_not_known_in_full_is_not_shown() -> None:
    old = "public function f() returns int = external;"
    (found,) = differences(old, old.replace("int", "xml"))
    assert [one.client is None for one in evaluate([found], Policies(), strict=False)] == [False]
    unknown = replace(found, detail=None)
    assert [one.client is None for one in evaluate([unknown], Policies(), strict=False)] == [True]


def test_a_module_of_several_parts_is_named_by_its_last() -> None:
    (found,) = differences("public function f() {}", "")
    (told,) = evaluate([replace(found, module="shop.admin.v2")], Policies(), strict=False)
    assert (told.client or "").startswith("v2:f(")


def test_a_field_whose_type_is_written_as_before_has_no_client() -> None:
    sides = (
        f"type P record {{| {text} a; |}}; public type R record {{| P p?; |}};" for text in ("int", "byte")
    )
    assert [one.client for one in evaluate(differences(*sides), Policies(), strict=True)] == [None]


def test_an_old_value_is_written_as_it_was() -> None:
    old = "public const LIMIT = 2 * 5;"
    assert (
        finding("constant-value-changed", old, "public const LIMIT = 2;").client
        == "shop:LIMIT value = 2 * 5;"
    )
