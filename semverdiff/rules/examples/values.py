"""What changes in enums, constants, variables and configurable variables.

Each entry is the symbol that the change is reported at, and the text before and after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["VALUES"]

VALUES: Mapping[str, tuple[str, str, str]] = {
    "configurable-default-added": (
        "port",
        "public configurable int port = ?;",
        "public configurable int port = 8080;",
    ),
    "configurable-default-removed": (
        "port",
        "public configurable int port = 8080;",
        "public configurable int port = ?;",
    ),
    "configurable-default-value-changed": (
        "port",
        "configurable int port = 8080;",
        "configurable int port = 9090;",
    ),
    "configurable-defaultable-added": ("port", "", "configurable int port = 8080;"),
    "configurable-made-public": (
        "port",
        "configurable int port = 8080;",
        "public configurable int port = 8080;",
    ),
    "configurable-removed": ("port", "configurable int port = 8080;", ""),
    "configurable-renamed": (
        "port",
        "configurable int port = 8080;",
        "configurable int listenerPort = 8080;",
    ),
    "configurable-required-added": ("port", "", "configurable int port = ?;"),
    "configurable-to-variable": (
        "port",
        "public configurable int port = 8080;",
        "public final int port = 8080;",
    ),
    "configurable-type-changed": (
        "port",
        "configurable int port = ?;",
        "configurable string port = ?;",
    ),
    "configurable-type-narrowed": (
        "port",
        "configurable int|string port = ?;",
        "configurable int port = ?;",
    ),
    "configurable-type-respelled": (
        "port",
        "configurable int|string port = ?;",
        "configurable string|int port = ?;",
    ),
    "configurable-type-widened": (
        "port",
        "configurable int port = ?;",
        "configurable int|string port = ?;",
    ),
    "configurable-visibility-reduced": (
        "port",
        "public configurable int port = 8080;",
        "configurable int port = 8080;",
    ),
    "constant-added": ("LIMIT", "", "public const int LIMIT = 10;"),
    "constant-removed": ("LIMIT", "public const int LIMIT = 10;", ""),
    "constant-renamed": ("LIMIT", "public const int LIMIT = 10;", "public const int MAXIMUM = 10;"),
    "constant-type-changed": ("LIMIT", "public const int LIMIT = 10;", "public const float LIMIT = 10;"),
    "constant-visibility-reduced": ("LIMIT", "public const int LIMIT = 10;", "const int LIMIT = 10;"),
    "constant-to-variable": ("LIMIT", "public const int LIMIT = 10;", "public final int LIMIT = 10;"),
    "constant-expression-respelled": (
        "LIMIT",
        "public const int LIMIT = 10;",
        "public const int LIMIT = 2 * 5;",
    ),
    "constant-value-changed": ("LIMIT", "public const int LIMIT = 10;", "public const int LIMIT = 20;"),
    "enum-added": ("Color", "", "public enum Color {\n    RED, BLUE\n}"),
    "enum-removed": ("Color", "public enum Color {\n    RED, BLUE\n}", ""),
    "enum-renamed": (
        "Color",
        "public enum Color {\n    RED, BLUE\n}",
        "public enum Paint {\n    RED, BLUE\n}",
    ),
    "enum-visibility-reduced": (
        "Color",
        "public enum Color {\n    RED, BLUE\n}",
        "enum Color {\n    RED, BLUE\n}",
    ),
    "enum-to-alias-of-enum": (
        "Color",
        "public enum Color {\n    RED, BLUE\n}",
        "public enum Paint {\n    RED, BLUE\n}\n\npublic type Color Paint;",
    ),
    "enum-to-constants": (
        "Color",
        "public enum Color {\n    RED, BLUE\n}",
        'public const RED = "RED";\npublic const BLUE = "BLUE";\n\npublic type Color RED|BLUE;',
    ),
    "enum-to-type-alias": (
        "Color",
        "public enum Color {\n    RED, BLUE\n}",
        'public type Color "RED"|"BLUE";',
    ),
    "enum-member-added": (
        "Color.GREEN",
        "public enum Color {\n    RED, BLUE\n}",
        "public enum Color {\n    RED, BLUE, GREEN\n}",
    ),
    "enum-member-removed": (
        "Color.GREEN",
        "public enum Color {\n    RED, BLUE, GREEN\n}",
        "public enum Color {\n    RED, BLUE\n}",
    ),
    "enum-member-renamed": (
        "Color.GREEN",
        'public enum Color {\n    RED, GREEN = "green"\n}',
        'public enum Color {\n    RED, LIME = "green"\n}',
    ),
    "enum-member-value-changed": (
        "Color.GREEN",
        'public enum Color {\n    RED, GREEN = "green"\n}',
        'public enum Color {\n    RED, GREEN = "lime"\n}',
    ),
    "type-alias-to-enum": (
        "Color",
        'public type Color "RED"|"BLUE";',
        "public enum Color {\n    RED, BLUE\n}",
    ),
    "type-alias-to-enum-same-names": (
        "Color",
        'public const RED = "RED";\npublic const BLUE = "BLUE";\n\npublic type Color RED|BLUE;',
        "public enum Color {\n    RED, BLUE\n}",
    ),
    "variable-added": ("timeout", "", "public final int timeout = 30;"),
    "variable-removed": ("timeout", "public final int timeout = 30;", ""),
    "variable-renamed": ("timeout", "public final int timeout = 30;", "public final int patience = 30;"),
    "variable-visibility-reduced": (
        "timeout",
        "public final int timeout = 30;",
        "final int timeout = 30;",
    ),
    "variable-final-added": ("timeout", "public int timeout = 30;", "public final int timeout = 30;"),
    "variable-final-removed": ("timeout", "public final int timeout = 30;", "public int timeout = 30;"),
    "variable-final-removed-mutable-type": (
        "names",
        "public final string[] names = [];",
        "public string[] names = [];",
    ),
    "variable-initial-value-changed": (
        "timeout",
        "public final int timeout = 30;",
        "public final int timeout = 60;",
    ),
    "variable-to-configurable": (
        "timeout",
        "public final int timeout = 30;",
        "public configurable int timeout = 30;",
    ),
    "variable-to-constant": ("timeout", "public final int timeout = 30;", "public const int timeout = 30;"),
    "variable-type-changed": (
        "timeout",
        "public final int timeout = 30;",
        "public final decimal timeout = 30;",
    ),
    "variable-type-narrowed": (
        "timeout",
        "public final int|string timeout = 30;",
        "public final int timeout = 30;",
    ),
    "variable-type-respelled": (
        "timeout",
        "public final int|string timeout = 30;",
        "public final string|int timeout = 30;",
    ),
    "variable-type-widened": (
        "timeout",
        "public final int timeout = 30;",
        "public final int|string timeout = 30;",
    ),
    "variable-readonly-added": (
        "names",
        "public final string[] names = [];",
        "public final readonly & string[] names = [];",
    ),
    "variable-readonly-removed": (
        "names",
        "public final readonly & string[] names = [];",
        "public final string[] names = [];",
    ),
    "variable-mutable-member-narrowed": (
        "names",
        "public final (int|string)[] names = [];",
        "public final string[] names = [];",
    ),
}
