"""What holds for types whatever they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.sources import descriptor, surface
from support.types import DECLARED, IMPORTS, Algebra, law, nothing_is_anchored, types

from semverdiff.api import type_text
from semverdiff.syntax import outline
from semverdiff.types import Operand, Subtyping, Type, equal, relation

if TYPE_CHECKING:
    from semverdiff.types.semantic.parts import SemType

# All types are put into one universe, so that each question also meets what earlier ones left behind.
ALGEBRA = Algebra()
UNIVERSE = ALGEBRA.universe
NEW = surface(DECLARED)
union, intersection, difference = UNIVERSE.union, UNIVERSE.intersection, UNIVERSE.difference

sets: st.SearchStrategy[SemType] = types.map(ALGEBRA.type_of)


@pytest.mark.slow
@law
@given(sets, sets, sets)
def test_subtyping_is_a_preorder(one: SemType, two: SemType, three: SemType) -> None:
    assert ALGEBRA.within(one, one)
    # Any three types are rarely in a row; with these two there is always one.
    low, high = intersection(one, two), union(two, three)
    assert ALGEBRA.within(low, two)
    assert ALGEBRA.within(two, high)
    assert ALGEBRA.within(low, high)
    if ALGEBRA.within(one, two) and ALGEBRA.within(two, three):
        assert ALGEBRA.within(one, three)


@law
@given(sets)
def test_never_is_within_and_everything_around_every_type(one: SemType) -> None:
    assert ALGEBRA.within(UNIVERSE.never, one)
    assert ALGEBRA.within(one, UNIVERSE.top)
    assert ALGEBRA.within(one, ALGEBRA.type_of("any|error"))


@pytest.mark.slow
@law
@given(sets, sets)
def test_a_union_is_the_least_type_around_both(one: SemType, two: SemType) -> None:
    both = union(one, two)

    assert ALGEBRA.within(one, both)
    assert ALGEBRA.within(two, both)
    assert ALGEBRA.same(both, union(two, one))
    assert ALGEBRA.within(both, two) is ALGEBRA.within(one, two)


@pytest.mark.slow
@law
@given(sets, sets)
def test_an_intersection_is_the_greatest_type_within_both(one: SemType, two: SemType) -> None:
    both = intersection(one, two)

    assert ALGEBRA.within(both, one)
    assert ALGEBRA.within(both, two)
    assert ALGEBRA.same(both, intersection(two, one))
    assert ALGEBRA.within(one, both) is ALGEBRA.within(one, two)


@pytest.mark.slow
@law
@given(sets, sets, sets)
def test_union_and_intersection_associate_absorb_and_distribute(
    one: SemType, two: SemType, three: SemType
) -> None:
    assert ALGEBRA.same(union(one, union(two, three)), union(union(one, two), three))
    assert ALGEBRA.same(
        intersection(one, intersection(two, three)), intersection(intersection(one, two), three)
    )
    assert ALGEBRA.same(union(one, intersection(one, two)), one)
    assert ALGEBRA.same(intersection(one, union(one, two)), one)
    assert ALGEBRA.same(
        intersection(one, union(two, three)), union(intersection(one, two), intersection(one, three))
    )


@pytest.mark.slow
@law
@given(sets, sets)
def test_de_morgan(one: SemType, two: SemType) -> None:
    def outside(type_: SemType) -> SemType:
        return difference(UNIVERSE.top, type_)

    assert ALGEBRA.same(outside(union(one, two)), intersection(outside(one), outside(two)))
    assert ALGEBRA.same(outside(intersection(one, two)), union(outside(one), outside(two)))
    assert ALGEBRA.same(outside(outside(one)), one)


@pytest.mark.slow
@law
@given(sets, sets)
def test_a_difference_and_what_was_taken_away_are_the_whole(one: SemType, two: SemType) -> None:
    rest = difference(one, two)

    assert ALGEBRA.same(union(rest, intersection(one, two)), one)
    assert ALGEBRA.within(intersection(rest, two), UNIVERSE.never)


@law
@given(sets)
def test_readonly_is_idempotent_and_narrows(one: SemType) -> None:
    once = intersection(one, ALGEBRA.readonly)

    assert ALGEBRA.same(intersection(once, ALGEBRA.readonly), once)
    assert ALGEBRA.within(once, one)
    assert ALGEBRA.within(once, ALGEBRA.readonly)


@pytest.mark.slow
@law
@given(types, types)
def test_readonly_distributes_over_unions(one: str, two: str) -> None:
    whole = ALGEBRA.type_of(f"readonly & (({one})|({two}))")

    assert ALGEBRA.same(whole, ALGEBRA.type_of(f"(readonly & ({one}))|(readonly & ({two}))"))


POSITIONS = [
    *(
        "({})?",
        "({})[]",
        "[int, {}...]",
        "map<{}>",
        "record {{| {} a; |}}",
        "record {{| readonly {} a; |}}",
    ),
    *("function ({})", "function () returns {}", "object {{ public {} a; }}", "stream<{}>", "typedesc<{}>"),
    *("table<map<{}>>", "error<map<{}>>", "future<{}>", "readonly & ({})", "function ({}...)"),
]
# Pairs of spellings that hold the same values, though not by the same rule.
SPELLINGS = [
    ("({0})?", "()|({0})"),
    ("({0})|({1})", "({1})|({0})|({1})"),
    ("({0})[2]", "[{0}, {0}]"),
    ("({0})[]", "[{0}...]"),
    ("map<{0}>", "record {{| {0}...; |}}"),
    ("({0})|never", "{0}"),
    ("({0}) & (any|error)", "{0}"),
    ("stream<{0}>", "stream<{0}, ()>"),
    ("function ({0})", "function ({0}) returns ()"),
    ("error<map<{0}>>", "error<map<readonly & ({0})>>"),
    ("table<map<{0}>>", "table<record {{| {0}...; |}}>"),
    ("readonly & ({0})", "readonly & (readonly & ({0}))"),
    ("({0})|(readonly & ({0}))", "{0}"),
]


@law
@given(st.sampled_from(SPELLINGS), st.sampled_from(POSITIONS), types, types)
def test_equal_types_are_interchangeable_in_any_position(
    spellings: tuple[str, str], position: str, one: str, two: str
) -> None:
    left, right = (spelling.format(one, two) for spelling in spellings)

    assert ALGEBRA.same(ALGEBRA.type_of(left), ALGEBRA.type_of(right))
    assert ALGEBRA.same(ALGEBRA.type_of(position.format(left)), ALGEBRA.type_of(position.format(right)))


COVARIANT = [
    *("({})?", "({})[]", "[int, {}]", "[{}...]", "map<{}>", "record {{| {} a; |}}", "record {{| {} a?; |}}"),
    *("record {{| readonly {} a; |}}", "function () returns {}", "object {{ public {} a; }}", "stream<{}>"),
    *(
        "stream<int, ({})?>",
        "typedesc<{}>",
        "future<{}>",
        "table<map<{}>>",
        "error<map<{}>>",
        "readonly & ({})",
    ),
]
CONTRAVARIANT = [
    *("function ({})", "function ({}...)", "object {{ public function f({} x); }}"),
    "client object {{ resource function get [{} id](); }}",
]


@law
@given(types, types, st.sampled_from(COVARIANT))
def test_what_holds_members_is_covariant(one: str, two: str, position: str) -> None:
    low, high = f"({one}) & ({two})", one

    assert ALGEBRA.within(ALGEBRA.type_of(position.format(low)), ALGEBRA.type_of(position.format(high)))


@law
@given(types, types, st.sampled_from(CONTRAVARIANT))
def test_what_takes_parameters_is_contravariant(one: str, two: str, position: str) -> None:
    low, high = one, f"({one})|({two})"

    assert ALGEBRA.within(ALGEBRA.type_of(position.format(high)), ALGEBRA.type_of(position.format(low)))


@law
@given(types)
def test_a_type_is_the_same_when_it_is_printed_and_read_again(text: str) -> None:
    printed = type_text(descriptor(text, IMPORTS))

    assert ALGEBRA.same(ALGEBRA.type_of(text), ALGEBRA.type_of(printed))


# What is easily overlooked when two types are compared.
SLIPS = [
    *(("int", "byte"), ("Point", "Open"), ("Apart", "Shape"), ("readonly ", ""), ("final ", ""), ("...", "")),
    *(("public ", "private "), ("isolated ", ""), ("client ", ""), ("[2]", "[]"), ("?", ""), ("{|", "{")),
    *(("a;", "b;"), ("transactional ", ""), ("key(a)", ""), ("RED", "GREEN"), ("1", "1d"), ("distinct ", "")),
]


@pytest.mark.slow
@law
@given(st.sampled_from(SLIPS), types, types)
def test_what_plain_equality_calls_equal_is_equal(slip: tuple[str, str], one: str, two: str) -> None:
    left = f"[{one}, {two}]|map<{two}>"
    right = left.replace(*slip, 1).replace("| }", "}") if slip[0] == "{|" else left.replace(*slip, 1)
    assume(not outline(f"{IMPORTS} type T {right};".encode()).damages)

    if _plainly_equal(left, right):
        assert ALGEBRA.same(ALGEBRA.type_of(left), ALGEBRA.type_of(right))


def _plainly_equal(one: str, two: str) -> bool:
    left, right = (
        Type(descriptor(text, IMPORTS), side.package.name, side)
        for text, side in ((one, ALGEBRA.surface), (two, NEW))
    )
    return equal(left, right, nothing_is_anchored)


@pytest.mark.slow
@law
@given(types, types)
def test_the_answer_is_mirrored_when_the_sides_change_places(one: str, two: str) -> None:
    answer, mirrored = relation(DECLARED, one, two), relation(DECLARED, two, one)

    assert (answer.within, answer.covers) == (mirrored.covers, mirrored.within)
    assert answer.symbol != "?"


@law
@given(types, types)
def test_half_a_question_has_the_answer_of_the_whole_one(one: str, two: str) -> None:
    left, right = (Operand(Type(descriptor(text), "shop", NEW)) for text in (one, two))
    subtyping = Subtyping(nothing_is_anchored, NEW)

    halves = subtyping.within(left, right), subtyping.within(right, left)
    answer = subtyping.relate(left, right)

    assert halves == (answer.within, answer.covers)
    assert None not in halves


def test_texts_in_a_row_are_the_very_set_of_texts() -> None:
    assert ALGEBRA.type_of("xml<xml:Text>") is ALGEBRA.type_of("xml:Text")


def test_an_atom_that_is_being_made_cannot_be_used() -> None:
    universe = Algebra().universe
    number = universe.reserve()

    assert universe.peek(number) is None
    with pytest.raises(TypeError, match="before it is defined"):
        universe.atom(number)


@law
@given(types, types)
def test_the_answer_does_not_depend_on_earlier_questions(one: str, two: str) -> None:
    within = ALGEBRA.within(ALGEBRA.type_of(one), ALGEBRA.type_of(two))

    assert relation(DECLARED, one, two).within is within
