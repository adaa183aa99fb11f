"""Constants, variables, configurable variables and listeners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.sources import facts
from support.two_versions import compared, rules

from semverdiff.changes import Position
from semverdiff.compare import Condition

if TYPE_CHECKING:
    from semverdiff.compare import Difference


def differences(old: str, new: str, *, exported: bool = True) -> list[Difference]:
    """Compare the constant or variable `v` of two snippets, which either may lack."""
    return compared(old, new, "v", exported=exported)


CASES = {
    # constants
    "constant added": ("", "public const v = 1;", ["constant-added"]),
    "constant removed": ("public const v = 1;", "", ["constant-removed"]),
    "constant hidden": ("public const v = 1;", "const v = 2;", ["constant-visibility-reduced"]),
    "private constant": ("const v = 1;", "const v = 2;", []),
    "constant value": ("public const v = 1;", "public const v = 2;", ["constant-value-changed"]),
    "constant type": ("public const v = 1;", 'public const v = "1";', ["constant-type-changed"]),
    "float from an integer": (
        "public const float v = 1;",
        "public const v = 1.0;",
        ["constant-expression-respelled"],
    ),
    "hexadecimal": ("public const v = 255;", "public const v = 0xff;", ["constant-expression-respelled"]),
    "declared type": ("public const v = 5;", "public const byte v = 5;", ["constant-expression-respelled"]),
    "a structure of the type that is written": (
        "public const map<int> v = {a: 1};",
        "public const map<int> v = {a: 2};",
        ["constant-value-changed"],
    ),
    "constant by another": (
        "const W = 2; public const v = W * 5;",
        "const W = 2; public const v = 10;",
        ["constant-expression-respelled"],
    ),
    "value of another constant": (
        "const W = 2; public const v = W * 5;",
        "const W = 3; public const v = W * 5;",
        ["constant-value-changed"],
    ),
    "constant of another package": (
        "public const v = o:A;",
        "public const v = o:B;",
        ["constant-value-changed?"],
    ),
    "constant mapping": (
        "public const map<int> v = {a: 1};",
        'public const map<string> v = {a: "1"};',
        ["constant-type-changed"],
    ),
    "constant mapping that declares no type": (
        "public const map<int> v = {a: 1};",
        "public const v = {a: 1};",
        ["constant-type-changed"],
    ),
    # variables
    "private variable": ("int v = 1;", 'string v = "";', []),
    "variable added": ("", "public int v = 1;", ["variable-added"]),
    "variable hidden": ("public int v = 1;", "int v = 1;", ["variable-visibility-reduced"]),
    "variable type": ("public int v = 1;", "public int? v = 1;", ["variable-type-widened"]),
    "variable type in other words": (
        "public int? v = 1;",
        "public int|() v = 1;",
        ["variable-type-respelled"],
    ),
    "initial value": ("public int v = 1;", "public int v = 2;", ["variable-initial-value-changed"]),
    "no initial value": ("public int v = 1;", "public int v;", []),
    "type that was inferred": (
        "public final var v = f();",
        "public final int v = f();",
        ["variable-type-changed?"],
    ),
    "final": ("public int v = 1;", "public final int v = 1;", ["variable-final-added"]),
    "inferred from a constant": ("public final var v = 1;", "public final int v = 1;", []),
    "inferred from a call": (
        "public final var v = f();",
        "public final var v = g();",
        ["variable-initial-value-changed", "variable-type-changed?"],
    ),
    # configurable variables
    "configurable added": ("", "configurable int v = 1;", ["configurable-defaultable-added"]),
    "required configurable added": ("", "configurable int v = ?;", ["configurable-required-added"]),
    "configurable removed": ("configurable int v = 1;", "", ["configurable-removed"]),
    "default added": ("configurable int v = ?;", "configurable int v = 1;", ["configurable-default-added"]),
    "default removed": (
        "configurable int v = 1;",
        "configurable int v = ?;",
        ["configurable-default-removed"],
    ),
    "default value": (
        "configurable int v = 1;",
        "configurable int v = 2;",
        ["configurable-default-value-changed"],
    ),
    "configurable type": (
        "configurable int v = 1;",
        'configurable string v = "";',
        ["configurable-default-value-changed", "configurable-type-changed"],
    ),
    "configurable shown": (
        "configurable int v = 1;",
        "public configurable int v = 1;",
        ["configurable-made-public"],
    ),
    "configurable hidden": (
        "public configurable int v = 1;",
        "configurable int v = 1;",
        ["configurable-visibility-reduced"],
    ),
    # one kind becomes another
    "constant to variable": ("public const v = 1;", "public final int v = 1;", ["constant-to-variable"]),
    "constant to required configurable": (
        "public const v = 1;",
        "public configurable int v = ?;",
        ["configurable-required-added", "constant-to-variable"],
    ),
    "final variable to constant": (
        "public final int v = 1;",
        "public const v = 1;",
        ["variable-to-constant"],
    ),
    "mutable variable to constant": (
        "public int v = 1;",
        "public const v = 1;",
        ["variable-final-added", "variable-to-constant"],
    ),
    "mutable map to constant": (
        "public final map<int> v = {};",
        "public const map<int> v = {};",
        ["variable-type-changed"],
    ),
    "list of a wider type to constant": (
        "public final (int|string)[] v = [];",
        "public const int[] v = [];",
        ["variable-type-changed"],
    ),
    "immutable map to constant": (
        "public final readonly & map<int> v = {};",
        "public const map<int> v = {};",
        ["variable-to-constant"],
    ),
    "variable to constant of another type": (
        'public final string v = "";',
        "public const v = 1;",
        ["variable-to-constant", "variable-type-changed"],
    ),
    "variable to constant of a value that is not read": (
        "public final int v = 1;",
        "public const int v = other:ONE;",
        ["variable-to-constant", "variable-type-changed?"],
    ),
    "variable whose type is not known to constant": (
        "public final var v = f();",
        "public const v = 1;",
        ["variable-to-constant", "variable-type-changed?"],
    ),
    "the same value of a type that is not known": (
        "public final var v = f();",
        "public var v = f();",
        ["variable-final-removed?"],
    ),
    "another value of a type that is not known": (
        "public var v = f();",
        "public var v = g();",
        ["variable-initial-value-changed", "variable-type-changed?"],
    ),
    "variable to configurable": (
        "public final int v = 1;",
        "public configurable int v = 1;",
        ["variable-to-configurable"],
    ),
    "variable to private configurable": (
        "public final int v = 1;",
        "configurable int v = ?;",
        ["configurable-required-added", "variable-visibility-reduced"],
    ),
    "configurable to variable": ("configurable int v = 1;", "int v = 1;", ["configurable-to-variable"]),
    "public configurable to variable": (
        "public configurable int v = 1;",
        "public final int v = 1;",
        ["configurable-to-variable"],
    ),
    "public configurable to constant": (
        "public configurable int v = 1;",
        "public const v = 1;",
        ["configurable-to-variable"],
    ),
    "private configurable to constant": (
        "configurable int v = 1;",
        "public const v = 1;",
        ["configurable-to-variable", "constant-added"],
    ),
    "private variable to configurable": (
        "int v = 1;",
        "configurable int v = ?;",
        ["configurable-required-added"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_value(old: str, new: str, expected: list[str]) -> None:
    assert rules(differences(old, new)) == [f"v: {one}" for one in expected]


NOT_EXPORTED = {
    "documentation of a constant": ("public const v = 1;", "# One.\npublic const v = 1;", []),
    "constant": ("public const v = 1;", "public const v = 2;", []),
    "variable removed": ("public int v = 1;", "", []),
    "configurable added": ("", "public configurable int v = ?;", ["configurable-required-added"]),
    "configurable type": (
        "public configurable int v = 1;",
        "public configurable int? v = 1;",
        ["configurable-type-widened"],
    ),
    "configurable hidden from nobody": ("public configurable int v = 1;", "configurable int v = 1;", []),
}


@pytest.mark.parametrize(("old", "new", "expected"), NOT_EXPORTED.values(), ids=NOT_EXPORTED)
def test_a_module_that_is_not_exported_is_seen_by_deployers_only(
    old: str, new: str, expected: list[str]
) -> None:
    found = differences(old, new, exported=False)
    assert rules(found) == [f"v: {one}" for one in expected]
    assert all(one.position is Position.IN for one in found)


READ_BY_ISOLATED_FUNCTIONS = {
    "int": "final-removed",
    "int[]": "final-removed-mutable-type",
    "map<int>": "final-removed-mutable-type",
    "readonly & int[]": "final-removed",
    "int|string?": "final-removed",
    "int|int[]": "final-removed-mutable-type",
    "error": "final-removed",
    "function () returns int": "final-removed",
    "anydata": "final-removed-mutable-type",
    "Alias": "final-removed",
    "Recursive": "final-removed",
    "Closed": "final-removed",
    "Open": "final-removed-mutable-type",
    "Mutable": "final-removed-mutable-type",
    "Colour": "final-removed",
    "RED": "final-removed",
    "Isolated": "final-removed",
    "Class": "final-removed-mutable-type",
    "isolated object { }": "final-removed",
    "int:Unsigned8": "final-removed",
    "other:Thing": "final-removed?",
    "other:Thing|int[]": "final-removed-mutable-type",
    "json & int[]": "final-removed-mutable-type",
    "json & int": "final-removed",
    "json & other:Thing": "final-removed?",
    "Alias|error|Alias": "final-removed",
    "Alias|Mutable|Alias|Mutable": "final-removed-mutable-type",
    "Nowhere": "final-removed?",
}
TYPES = """
import acme/other;
public type Alias int|string;
public type Recursive readonly & record {| Recursive? next; |};
public type Closed record {| readonly int[] a; readonly other:Thing b; |};
public type Open record { readonly int a; };
public type Mutable record {| int a; |};
public enum Colour { RED }
public isolated class Isolated { }
public class Class { }
"""


@pytest.mark.parametrize(("type_", "fact"), READ_BY_ISOLATED_FUNCTIONS.items())
def test_final_counts_for_isolated_functions_that_read(type_: str, fact: str) -> None:
    old, new = (f"{TYPES} public {final}{type_} v = f();" for final in ("final ", ""))
    assert rules(differences(old, new)) == [f"v: variable-{fact}"]


POSITIONS = {
    "public final int v = 1;": (Position.OUT, frozenset({Condition.VARIABLE_FINAL})),
    "public int v = 1;": (Position.BOTH, frozenset()),
    "public configurable int v = 1;": (Position.BOTH, frozenset({Condition.PUBLIC})),
    "configurable int v = 1;": (Position.IN, frozenset({Condition.NOT_PUBLIC})),
}


@pytest.mark.parametrize(("old", "expected"), POSITIONS.items())
def test_position_and_visibility_are_those_of_the_old_version(
    old: str, expected: tuple[Position, frozenset[Condition]]
) -> None:
    (found,) = differences(old, old.replace("int", "json"))
    assert (found.position, found.conditions) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # The compiler refuses them; a package may hold them.
        ("configurable int a = ?;", "configurable int a;", []),
        ("public var a;", "public var a = 1;", ["a: variable-type-changed"]),
    ],
)
def test_a_variable_without_a_value_has_none_that_changed(old: str, new: str, expected: list[str]) -> None:
    assert facts(old, new) == expected


def test_a_variable_that_deployers_must_give_has_no_default() -> None:
    (found,) = differences("public final int v = 1;", "public configurable int v = ?;")
    assert found.conditions == frozenset({Condition.WITHOUT_DEFAULT})


LISTENERS = {
    "same": ("listener H v = new (1);", "listener H v = new (1);", []),
    "port": ("listener H v = new (1);", "listener H v = new (2);", ["v: listener-initial-value-changed"]),
    "type": ("listener H v = new (1);", "listener G v = new (1);", ["v: listener-type-changed"]),
    "type said by new": (
        "listener H v = new (1);",
        "listener v = new H(1);",
        ["v: listener-initial-value-changed"],
    ),
    "type said by the declaration": (
        "listener v = new H(1);",
        "listener H v = new (1);",
        ["v: listener-initial-value-changed"],
    ),
    "checked no more": (
        "listener v = check new H(1);",
        "listener v = new H(1);",
        ["v: listener-initial-value-changed"],
    ),
    "check that panics": (
        "listener v = checkpanic new H(1);",
        "listener v = new H(1);",
        ["v: listener-initial-value-changed"],
    ),
    "another class": (
        "listener v = check new H(1);",
        "listener v = new G(1);",
        ["v: listener-initial-value-changed", "v: listener-type-changed"],
    ),
}


def test_variables_that_were_declared_at_once_are_one_thing() -> None:
    """Whether each of them is there still is not looked into: who declares them apart removes that thing."""
    old = 'public final [int, string] [port, host] = [9090, "localhost"];'
    new = 'public final int port = 9090; public final string host = "localhost";'
    assert facts(old, new) == [
        "[port, host]: variable-removed",
        "host: variable-added",
        "port: variable-added",
    ]
    assert facts(new, old) == [
        "[port, host]: variable-added",
        "host: variable-removed",
        "port: variable-removed",
    ]


@pytest.mark.parametrize(("old", "new", "expected"), LISTENERS.values(), ids=LISTENERS)
def test_listener(old: str, new: str, expected: list[str]) -> None:
    classes = 'public class H { public int a = 0; } public class G { public string b = ""; }'
    found = compared(f"{classes} public {old}", f"{classes} public {new}", "v")
    assert rules(found) == expected


def test_a_type_that_is_written_no_more_is_not_known_to_be_the_one_that_is_inferred() -> None:
    old, new = (f"function g() returns int => 1; public final {one} v = g();" for one in ("int", "var"))
    assert rules(differences(old, new)) == ["v: variable-type-changed?"]


def test_nobody_writes_into_what_deployers_give() -> None:
    old, new = (f"configurable map<{one}> v = ?;" for one in ("int|string", "int"))
    assert rules(differences(old, new)) == ["v: configurable-type-narrowed"]
