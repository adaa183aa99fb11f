"""A name that comes to denote its thing another way, while something changes inside: both are found.

Each pair of versions makes one transition (a further name, a move with an alias, names that trade places) of
one kind of type, changes one thing inside of it, and uses the type at one place. What is found is what the
transition and the change make by themselves, no more and no less.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

import msgspec
import pytest
from support.cases import Case, Expectation, findings

from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.slow

_UNIT = 'public type Unit "kg"|"g";\n'
BOTH_MODULES = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\nexport = ["shop", "shop.types"]\n'

Found = frozenset[tuple[str, str, str, Level]]


class Kind(msgspec.Struct, frozen=True):
    """A kind of type: its declaration by name and body, the first body, and others that it changes to."""

    declare: Callable[[str, str], str]
    body: str
    changed: tuple[str, ...]
    places: tuple[str, ...] = ()


class Version(msgspec.Struct, frozen=True):
    """The declarations of one version in either module, and how a use in shop spells the type."""

    shop: str
    types: str = ""
    spelt: str = "A"


def _type(name: str, body: str) -> str:
    return f"public type {name} {body};\n"


def _class(name: str, body: str) -> str:
    return f"public class {name} {{ {body} }}\n"


def _enum(name: str, body: str) -> str:
    return f"public enum {name} {{ {body} }}\n"


_OBJECT = (
    "object { public int a; public function m() returns int; public function n(); }",
    (
        "object { public int a; public function m() returns int; }",
        "object { public int a; public function m() returns string; public function n(); }",
        "object { public function m() returns int; public function n(); }",
        "object { public string a; public function m() returns int; public function n(); }",
        "object { public int a; public function m() returns int; public function n(); public function o(); }",
        "object { public int a; public function m() returns int; public function n(); function o(); }",
        "client object { public int a; public function m() returns int; public function n(); }",
    ),
)
_ERROR = (
    "error<record {| int code; string text?; |}>",
    (
        "error<record {| int code; |}>",
        "error<record {| string code; string text?; |}>",
        "error<record {| int code; string text?; int more?; |}>",
        "error<record {| int code; string text?; int more; |}>",
        "error<record {| int|string code; string text?; |}>",
    ),
)
_INCLUDING_OBJECT = "public type I object {{ *{0}; public function other(); }};\n"
_BELOW = ("public type S distinct {0};\n", "public type S {0} & error<record {{ int code; }}>;\n")

_WITH_PRIVATE_FIELD = (
    "public int a = 1; private int q = 1; public function m() returns int => 1; public function n() { }"
)
_WITH_INIT = (
    "public int a; public function init(int a) { self.a = a; } public function m() returns int => 1; "
    "public function n() { }"
)

KINDS = {
    "record": Kind(
        _type,
        "record {| int a; string b?; |}",
        (
            "record {| int a; |}",
            "record {| int a; string b; |}",
            "record {| string a; string b?; |}",
            "record {| int|string a; string b?; |}",
            "record {| int a; string b?; int c; |}",
            "record {| int a; string b?; int c?; |}",
            "record {| int a; string b?; int c = 1; |}",
            "record { int a; string b?; }",
            "readonly & record {| int a; string b?; |}",
        ),
        ("public type I record {{| *{0}; int i; |}};\n",),
    ),
    "object type": Kind(_type, *_OBJECT, (_INCLUDING_OBJECT,)),
    "distinct object type": Kind(
        _type,
        f"distinct {_OBJECT[0]}",
        (*(f"distinct {body}" for body in _OBJECT[1]), _OBJECT[0]),
        (_INCLUDING_OBJECT,),
    ),
    "class": Kind(
        _class,
        "public int a = 1; public function m() returns int => 1; public function n() { }",
        (
            "public int a = 1; public function m() returns int => 1;",
            'public int a = 1; public function m() returns string => ""; public function n() { }',
            "public function m() returns int => 1; public function n() { }",
            'public string a = ""; public function m() returns int => 1; public function n() { }',
            _WITH_PRIVATE_FIELD,
            _WITH_INIT,
        ),
    ),
    "error": Kind(_type, *_ERROR, (_BELOW[1],)),
    "distinct error": Kind(
        _type, f"distinct {_ERROR[0]}", (*(f"distinct {body}" for body in _ERROR[1]), _ERROR[0]), _BELOW
    ),
    "enum": Kind(_enum, "RED, BLUE", ("RED", "RED, BLUE, GREEN", 'RED, BLUE = "b"')),
    "union": Kind(_type, "int|string", ("int", "int|string|float", "string|boolean")),
    "function type": Kind(
        _type,
        "function (int) returns int",
        ("function (int) returns string", "function () returns int", "function (int) returns int|string"),
    ),
    "map": Kind(_type, "map<int>", ("map<int|string>", "map<string>")),
    "list": Kind(_type, "int[]", ("(int|string)[]", "string[]", "readonly & int[]")),
}

PLACES = (
    "public function f({0} p) {{ }}\n",
    'public function f() returns {0}|boolean|error {{ panic error(""); }}\n',
    "public function f({0}[] p, map<{0}?> q) {{ }}\n",
    "public type H record {{| {0}? h; |}};\n",
    "public class K {{ public function m({0}|boolean p) {{ }} }}\n",
    "public type F function ({0}) returns [{0}?, int];\n",
)


def declared(kind: Kind, body: str) -> Version:
    return Version(kind.declare("A", body))


def _renamed(kind: Kind, body: str, spelt: str) -> Version:
    return Version(kind.declare("B", body) + _type("A", "B"), spelt=spelt)


def _in_two_steps(kind: Kind, body: str, spelt: str) -> Version:
    return Version(kind.declare("C", body) + _type("B", "C") + _type("A", "B"), spelt=spelt)


def _moved(kind: Kind, body: str, spelt: str) -> Version:
    constants = "".join(f"public const {name} = types:{name};\n" for name in _members(kind, body))
    return Version(
        "import acme/shop.types;\n" + _type("A", "types:B") + constants, kind.declare("B", body), spelt
    )


def _members(kind: Kind, body: str) -> list[str]:
    """Return the names that a module loses with an enum, as far as the enum still has them."""
    if kind.declare is not _enum:
        return []
    return [name for name in kind.body.split(", ") if name in body]


TRANSITIONS: dict[str, Callable[[Kind, str], Version]] = {
    "renamed": partial(_renamed, spelt="A"),
    "renamed, used by the new name": partial(_renamed, spelt="B"),
    "in two steps": partial(_in_two_steps, spelt="A"),
    "in two steps, used by the middle name": partial(_in_two_steps, spelt="B"),
    "moved": partial(_moved, spelt="A"),
    "moved, used by the new name": partial(_moved, spelt="types:B"),
}


@cache
def found(old: Version, new: Version, place: str) -> Found:
    """Return what more than a patch asks for, an enum's members by the name of the enum."""
    case = Case(
        id="composed",
        old=files(old, place),
        new=files(new, place),
        expected=Expectation("none", ()),
        old_toml=BOTH_MODULES,
        new_toml=BOTH_MODULES,
    )
    return frozenset(
        (
            one.module,
            one.symbol.partition(".")[0] if one.rule == "enum-member-added" else one.symbol,
            one.rule,
            one.level,
        )
        for one in findings(case)
        if one.level > Level.PATCH
    )


def files(version: Version, place: str) -> dict[str, str]:
    return {
        "lib.bal": version.shop + place.format(version.spelt),
        "modules/types/lib.bal": _UNIT + version.types,
    }


def _pairs(kind: Kind) -> Iterator[tuple[str, str]]:
    for place in (*PLACES, *kind.places):
        for body in (kind.body, *kind.changed):
            yield place, body


@pytest.mark.parametrize("transition", TRANSITIONS)
@pytest.mark.parametrize("name", KINDS)
def test_what_is_found_is_what_each_makes_by_itself(name: str, transition: str) -> None:
    kind, denoted = KINDS[name], TRANSITIONS[transition]
    old = declared(kind, kind.body)
    for place, body in _pairs(kind):
        by_transition = found(old, denoted(kind, kind.body), place)
        by_change = found(old, declared(kind, body), place)
        assert found(old, denoted(kind, body), place) == by_transition | by_change, (place, body)


@pytest.mark.parametrize("transition", TRANSITIONS)
@pytest.mark.parametrize("name", KINDS)
def test_a_further_name_adds_names_and_nothing_else(name: str, transition: str) -> None:
    kind = KINDS[name]
    for place in (*PLACES, *kind.places):
        new = TRANSITIONS[transition](kind, kind.body)
        rules = {rule for _, _, rule, _ in found(declared(kind, kind.body), new, place)}
        assert rules <= {"class-added", "enum-added", "type-added"}, place


@pytest.mark.parametrize("name", KINDS)
def test_an_alias_and_its_type_may_trade_places(name: str) -> None:
    kind = KINDS[name]
    for place, body in _pairs(kind):
        for spelt in ("A", "B"):
            old = Version(kind.declare("A", kind.body) + _type("B", "A"))
            new = Version(kind.declare("B", body) + _type("A", "B"), spelt=spelt)
            by_change = found(old, Version(kind.declare("A", body) + _type("B", "A")), place)
            assert found(old, new, place) == by_change, (place, body, spelt)


def test_there_are_enough_pairs() -> None:
    pairs = sum(len(list(_pairs(kind))) for kind in KINDS.values())
    assert pairs * (len(TRANSITIONS) + 2) >= 2_000


class Objects(msgspec.Struct, frozen=True):
    """The members of a class or an object type."""

    field: str = "int a"
    result: str = "int"
    second: bool = True
    third: bool = False
    hidden: bool = False

    def as_object(self, name: str) -> str:
        """Write them as an object type."""
        methods = [f"public function m() returns {self.result};"]
        methods += ["public function n();"] if self.second else []
        methods += ["public function o();"] if self.third else []
        methods += ["function q();"] if self.hidden else []
        field = f"public {self.field}; " if self.field else ""
        return _type(name, f"object {{ {field}{' '.join(methods)} }}")

    def as_class(self, name: str) -> str:
        """Write them as a class."""
        values = {"int": "1", "string": '""'}
        methods = [f"public function m() returns {self.result} => {values[self.result]};"]
        methods += ["public function n() { }"] if self.second else []
        methods += ["public function o() { }"] if self.third else []
        methods += ["function q() { }"] if self.hidden else []
        field = f"public {self.field} = {values[self.field.split()[0]]}; " if self.field else ""
        return _class(name, f"{field}{' '.join(methods)}")


OBJECTS = (
    Objects(),
    Objects(field=""),
    Objects(field="string a"),
    Objects(result="string"),
    Objects(second=False),
    Objects(third=True),
    Objects(hidden=True),
)
WRITERS: dict[str, Callable[[Objects], str]] = {
    "a class": lambda members: members.as_class("A"),
    "an object type": lambda members: members.as_object("A"),
    "an alias of a class": lambda members: members.as_class("B") + _type("A", "B"),
    "an alias of an object type": lambda members: members.as_object("B") + _type("A", "B"),
    "an alias of a private class": lambda members: _private(members.as_class("B")) + _type("A", "B"),
    "an alias of a private object type": lambda members: _private(members.as_object("B")) + _type("A", "B"),
}


def _private(text: str) -> str:
    return text.removeprefix("public ")


@pytest.mark.parametrize("after", WRITERS)
@pytest.mark.parametrize("before", ["a class", "an object type"])
def test_another_kind_of_object_loses_what_it_loses_besides(before: str, after: str) -> None:
    old = Version(WRITERS[before](Objects()))
    for place in PLACES:
        for members in OBJECTS:
            by_transition = found(old, Version(WRITERS[after](Objects())), place)
            by_change = found(old, Version(WRITERS[before](members)), place)
            assert found(old, Version(WRITERS[after](members)), place) == by_transition | by_change, (
                place,
                members,
            )


VALUES = (("RED", "BLUE"), ("RED",), ("RED", "BLUE", "GREEN"), ("RED", "GREEN"))
VALUE_TYPES: dict[str, Callable[[tuple[str, ...]], str]] = {
    "an enum": lambda names: _enum("A", ", ".join(names)),
    "an alias of an enum": lambda names: _enum("B", ", ".join(names)) + _type("A", "B"),
    "constants and a union": lambda names: (
        "".join(f'public const {name} = "{name}";\n' for name in names) + _type("A", "|".join(names))
    ),
    "a union": lambda names: _type("A", "|".join(f'"{name}"' for name in names)),
}


@pytest.mark.parametrize("after", VALUE_TYPES)
@pytest.mark.parametrize("before", VALUE_TYPES)
def test_values_that_are_lost_or_new_count_in_whatever_form(before: str, after: str) -> None:
    old = Version(VALUE_TYPES[before](VALUES[0]))
    for place in PLACES:
        for names in VALUES:
            by_transition = found(old, Version(VALUE_TYPES[after](VALUES[0])), place)
            by_change = found(old, Version(VALUE_TYPES[before](names)), place)
            combined = found(old, Version(VALUE_TYPES[after](names)), place)
            # Of an enum the members are stated, of a union the type.
            assert _highest(combined) == _highest(by_transition | by_change), (place, names)


def _highest(differences: Found) -> Level:
    return max((level for _, _, _, level in differences), default=Level.PATCH)
