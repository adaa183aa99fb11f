"""What an answer may cost: steps that grow with the size of a question, and no faster."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from support.sources import descriptor, surface
from support.types import nothing_is_anchored

from semverdiff import limits
from semverdiff.api import Surface
from semverdiff.syntax.nodes import Reference
from semverdiff.types import Total, Type
from semverdiff.types.subtyping import Operand, Subtyping

if TYPE_CHECKING:
    from semverdiff.syntax.nodes import Declaration

_OBJECTS = 500


def _union(leaf: str, length: int = _OBJECTS) -> str:
    objects = (f"object {{ public function m{number}(); }}" for number in range(length))
    return "|".join([*objects, f"object {{ public function last({leaf} a); }}"])


def _intersection(leaf: str) -> str:
    objects = (f"object {{ public int a{number}; }}" for number in range(_OBJECTS))
    return " & ".join([*objects, f"object {{ public {leaf} last; }}"])


QUESTIONS = {
    "a union of objects": (_union("int"), _union("string"), "<>"),
    "an intersection of objects": (_intersection("int"), _intersection("int|string"), "<"),
}


def _mesh(leaf: str, prefix: str) -> str:
    """Return records that lead to each other in many ways, the last of them with the leaf."""
    leaves = ["int"] * (_OBJECTS - 1) + [leaf]
    return "".join(
        f"type {prefix}{at} record {{|"
        f" {prefix}{at * 7 % _OBJECTS}? a; {prefix}{(at * 5 + 1) % _OBJECTS}[] b;"
        f" {prefix}{(at + 1) % _OBJECTS}? c; {held} d; |}};"
        for at, held in enumerate(leaves)
    )


def test_what_differs_far_away_in_a_mesh_of_records_is_asked_for_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What one field decides needs no look at the others, and so nothing that was assumed on the way to them.
    monkeypatch.setattr(limits, "EMPTINESS_STEPS", 34 * _OBJECTS)
    declared = surface(f"{_mesh('int', 'Old')} {_mesh('string', 'New')}")
    left, right = (Type(Reference(None, name), declared.package.name, declared) for name in ("Old0", "New0"))

    answer = Subtyping(nothing_is_anchored, declared).relate(Operand(left), Operand(right))

    assert answer.symbol == "<>"


def test_what_no_public_name_is_met_in_is_asked_in_one_reading() -> None:
    declared = surface(f"{_mesh('int', 'Old')} {_mesh('string', 'New')}")
    left, right = (Type(Reference(None, name), declared.package.name, declared) for name in ("Old0", "New0"))
    total = Total(32 * _OBJECTS * limits.EMPTINESS_COST)

    answer = Subtyping(nothing_is_anchored, declared, total=total).relate(Operand(left), Operand(right))

    assert answer.symbol == "<>"


@pytest.mark.parametrize(
    ("other", "steps"), [("o:T", 14), ("Public", 14), (f"record {{| o:T a; R{_OBJECTS} b; |}}", 20)]
)
def test_a_name_that_is_not_followed_costs_nothing_where_it_is_not_met(other: str, steps: int) -> None:
    links = "".join(f"type R{at + 1} record {{| R{at} a; int b; |}};" for at in range(_OBJECTS))
    declared = surface(f"import acme/o; type Public record {{}}; type R0 record {{| int a; |}}; {links}")
    before, after, left, right = (
        Operand(Type(descriptor(text, "import acme/o;"), declared.package.name, declared))
        for text in (other, "map<string>", f"R{_OBJECTS}", f"R{_OBJECTS - 1}")
    )
    total = Total(steps * _OBJECTS * limits.EMPTINESS_COST)
    subtyping = Subtyping(lambda _, name: name == "Public", declared, total=total)
    subtyping.relate(before, after, explained=False)

    assert subtyping.relate(left, right, explained=False).symbol == "<>"


@pytest.mark.parametrize(("old", "new", "symbol"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_about_many_members_needs_some_steps_for_each(
    old: str, new: str, symbol: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EMPTINESS_STEPS", 14 * _OBJECTS)
    declared = surface(f"type Old {old}; type New {new};")
    left, right = (Type(Reference(None, name), declared.package.name, declared) for name in ("Old", "New"))

    answer = Subtyping(nothing_is_anchored, declared).relate(Operand(left), Operand(right))

    assert answer.symbol == symbol


def test_records_that_a_field_of_a_field_tells_apart_need_some_steps_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "EMPTINESS_STEPS", 80 * _OBJECTS)
    statuses = "".join(
        f"readonly class S{at} {{ *Status; public {at} code = {at}; }}"
        f"type R{at} record {{| string text?; readonly S{at} status; |}};"
        for at in range(_OBJECTS)
    )
    declared = surface(
        f"{statuses} type Status distinct object {{ public int code; }};"
        "distinct readonly class Other { *Status; function init(int code) { self.code = code; } }"
        "type Rest record {| string text?; readonly Other status; |};"
    )
    known = "|".join(f"R{at}" for at in range(_OBJECTS))
    left, right = (Type(descriptor(text), declared.package.name, declared) for text in ("Rest", known))

    answer = Subtyping(nothing_is_anchored, declared).relate(Operand(left), Operand(right))

    assert answer.symbol == "<>"


SHARED = {
    "public names": ("type A{0} object {{}};", "A{0}"),
    "public records": ("type A{0} record {{| int a; |}};", "A{0}"),
    "lists of public records": ("type A{0} record {{| int a; |}};", "A{0}[]"),
    "maps of lists of public objects": ("type A{0} object {{}};", "map<A{0}[]>"),
    "constants": ("const C{0} = {0};", "C{0}"),
    "members of an enum": ("enum E{0} {{ C{0} }}", "C{0}"),
}


@pytest.mark.parametrize("form", ["{}", "typedesc<{}>"])
@pytest.mark.parametrize(("declared", "member"), SHARED.values(), ids=SHARED)
def test_members_that_both_unions_have_are_not_looked_into(
    declared: str, member: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EMPTINESS_STEPS", _OBJECTS // 5)
    side = surface("".join(declared.format(at) for at in range(_OBJECTS)))
    many = "|".join(member.format(at) for at in range(_OBJECTS))
    texts = (many, f"{many}|boolean")
    old, new = (Type(descriptor(form.format(text)), "shop", side) for text in texts)

    answer = Subtyping(lambda _, name: name.startswith("A"), side).relate(Operand(old), Operand(new))

    assert answer.symbol == "<"


@pytest.mark.parametrize("base", ["error", "object {}"])
def test_a_chain_of_distinct_types_needs_some_steps_for_each(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EMPTINESS_STEPS", 6 * _OBJECTS)
    links = "".join(f"type D{at + 1} distinct D{at};" for at in range(_OBJECTS))
    side = surface(f"type D0 distinct {base}; {links}")
    last, first = (Operand(Type(descriptor(f"D{at}"), "shop", side)) for at in (_OBJECTS, 0))

    assert Subtyping(nothing_is_anchored, side).relate(last, first, explained=False).symbol == "<"


def test_the_parts_of_a_type_are_counted_before_anything_is_asked_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # To make sets of values of what is written takes as long as to compare them.
    monkeypatch.setattr(limits, "EMPTINESS_STEPS", _OBJECTS)
    fields = " ".join(f"int a{number};" for number in range(_OBJECTS))
    wide = {"fields": f"record {{| {fields} |}}", "members": "|".join(["int[]", *_strings()])}
    deep = {"maps": f"{'map<' * _OBJECTS}int{'>' * _OBJECTS}"}
    for text in (*wide.values(), *deep.values()):
        declared = surface(f"type Old {text}; type New {text}|boolean;")
        old, new = (Type(Reference(None, name), declared.package.name, declared) for name in ("Old", "New"))
        assert Subtyping(nothing_is_anchored, declared).relate(Operand(old), Operand(new)).symbol == "?"


def test_aliases_of_aliases_are_looked_up_a_few_times_each(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"A{number}" for number in range(_OBJECTS)]
    members = "|".join(names)
    aliases = "".join(f"type {one} {other};" for one, other in pairwise([*names, "Last"]))
    declared = surface(f"{aliases} class Last {{}}")
    left, right = (
        Type(descriptor(f"{members}|{leaf}"), declared.package.name, declared) for leaf in ("int[]", "int")
    )
    looked_up: list[str] = []
    declaration = Surface.declaration

    def counted(self: Surface, module: str, key: str) -> Declaration | None:
        looked_up.append(key)
        return declaration(self, module, key)

    monkeypatch.setattr(Surface, "declaration", counted)
    answer = Subtyping(nothing_is_anchored, declared).relate(Operand(left), Operand(right))

    assert answer.symbol == "<>"
    assert len(looked_up) < 20 * _OBJECTS


def _strings() -> list[str]:
    return [f'"s{number}"' for number in range(_OBJECTS)]


def test_what_is_wrong_with_one_of_many_intersected_types_is_told_of_the_whole() -> None:
    declared = surface(f"type Old {_intersection('int')}; type New {_intersection('string')};")
    left, right = (Type(Reference(None, name), declared.package.name, declared) for name in ("Old", "New"))

    answer = Subtyping(nothing_is_anchored, declared).relate(Operand(left), Operand(right))

    assert answer.path == "Old is not a subtype of New"


def test_a_value_that_escapes_many_types_is_held_once() -> None:
    declared = surface(f"type Old {_union('int', 1_500)}; type New {_union('string', 1_500)};")
    left, right = (Type(Reference(None, name), declared.package.name, declared) for name in ("Old", "New"))
    tracemalloc.start()
    try:
        Subtyping(nothing_is_anchored, declared).relate(Operand(left), Operand(right), explained=False)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 20_000_000
