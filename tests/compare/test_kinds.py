"""One name, another kind of symbol."""

from __future__ import annotations

import pytest
from support.sources import differences, facts

from semverdiff.compare import Kind
from semverdiff.compare.details import KindChanged

FORMS = {
    "function": "public function S() {}",
    "class": "public class S {}",
    "enum": "public enum S { A }",
    "constant": "public const S = 1;",
    "variable": "public int S = 1;",
    "listener": "public listener L S = new;",
    "record": "public type S record { int a; };",
    "error type": "public type S error;",
    "object type": "public type S object {};",
    "type": "public type S int;",
}
# Pairs of these are compared, or have a fact of their own.
RELATED = [
    {"class", "object type"},
    {"constant", "variable"},
    {"record", "type"},
    {"error type", "type"},
    {"record", "error type"},
    {"enum", "type"},
    {"enum", "object type"},
    {"enum", "record"},
    {"enum", "error type"},
]
UNRELATED = [(one, other) for one in FORMS for other in FORMS if one != other and {one, other} not in RELATED]


@pytest.mark.parametrize(("old", "new"), UNRELATED, ids=[f"{one} to {other}" for one, other in UNRELATED])
def test_another_kind_is_one_finding(old: str, new: str) -> None:
    (found,) = [one for one in differences(FORMS[old], FORMS[new]) if one.symbol == "S"]
    assert found.rule == "symbol-kind-changed"


TOLD = [
    ("function", "record"),
    ("enum", "constant"),
    ("object type", "record"),
]


@pytest.mark.parametrize(("old", "new"), TOLD)
def test_both_kinds_are_told(old: str, new: str) -> None:
    (found,) = [one for one in differences(FORMS[old], FORMS[new]) if one.symbol == "S"]
    assert found.detail == KindChanged(Kind(old), Kind(new))


ALIASES = {
    "class to object type": (
        "public class S { public int a = 1; }",
        "public type S object { public int a; };",
        ["S: class-to-object-type"],
    ),
    "object type to class": (
        "public type S object { public int a; };",
        "public class S { public int a = 1; }",
        ["S: object-type-to-class"],
    ),
    "class with an init to object type": (
        "public class S { public function init(int a) {} }",
        "public type S object {};",
        ["S: class-to-object-type"],
    ),
    "object type to class with an init": (
        "public type S object {};",
        "public class S { public function init(int a) {} }",
        ["S: object-type-to-class"],
    ),
    "object type to an alias of a class": (
        "public type S object {};",
        "public type S T; class T {}",
        ["S: object-type-to-class"],
    ),
    "class to its alias": (
        "public class S {}",
        "public class T {} public type S T;",
        ["S: class-to-alias-of-class", "T: class-added"],
    ),
    "class to an alias of something else": (
        "public class S {}",
        "public type S int;",
        ["S: symbol-kind-changed"],
    ),
    "class to a name of another package": (
        "public class S {}",
        "import acme/other; public type S other:T;",
        ["S: symbol-kind-changed"],
    ),
    "class to an alias of an object type": (
        "public class S {}",
        "public type T object {}; public type S T;",
        ["S: class-to-object-type", "T: type-added"],
    ),
    "object type to an alias": (
        "public type S object {};",
        "public type S int|string;",
        ["S: symbol-kind-changed"],
    ),
    "record to a union": ("public type S record {};", "public type S int|string;", ["S: type-changed"]),
    "annotation and type": (
        "public annotation S on type;",
        "public type S int;",
        ["S: annotation-removed", "S: type-added"],
    ),
    "variable to configurable": (
        "public final int S = 1;",
        "public configurable int S = 1;",
        ["S: variable-to-configurable"],
    ),
    "variable to constant": (
        "public final int S = 1;",
        "public const int S = 1;",
        ["S: variable-to-constant"],
    ),
    "hidden under another kind": ("public type S int;", "function S() {}", ["S: type-visibility-reduced"]),
    "made public as another kind": ("type S int;", "public function S() {}", ["S: function-added"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), ALIASES.values(), ids=ALIASES)
def test_related_kinds(old: str, new: str, expected: list[str]) -> None:
    assert facts(old, new) == expected


WHOLE = {
    "function": "function",
    "class": "class",
    "enum": "enum",
    "constant": "constant",
    "variable": "variable",
    "listener": "listener",
    "record": "type",
    "error type": "type",
    "object type": "type",
    "type": "type",
}


@pytest.mark.parametrize(("kind", "subject"), WHOLE.items(), ids=WHOLE)
def test_what_comes_or_goes_as_a_whole(kind: str, subject: str) -> None:
    text = FORMS[kind]
    assert facts("", text) == [f"S: {subject}-added"]
    assert facts(text, "") == [f"S: {subject}-removed"]
    assert facts(text, text.removeprefix("public ")) == [f"S: {subject}-visibility-reduced"]
    assert facts(text, text.replace("S", "Renamed", 1)) == [f"S: {subject}-renamed"]
    assert facts(text.removeprefix("public "), "") == []


OBJECTS = {
    "readonly now": (
        "object { public int a; }",
        "readonly & object { public int a; }",
        "S: type-readonly-added",
    ),
    "readonly no more": (
        "readonly & object { public int a; }",
        "object { public int a; }",
        "S: type-widened",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), OBJECTS.values(), ids=OBJECTS)
def test_a_readonly_object_type_is_still_an_object_type(old: str, new: str, expected: str) -> None:
    assert expected in facts(f"public type S {old};", f"public type S {new};")
