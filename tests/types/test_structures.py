"""Unions of records and of lists that cover another one: every answer against all values that there are.

Members, fields and further ones hold one of three values, so that whatever a type holds can be listed. What
covers a type is that type in pieces, of which some are cut once more, and one may have lost something.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.types import Algebra, law

from semverdiff import limits
from semverdiff.types.semantic.algebra import formula
from semverdiff.types.semantic.basic import MAPPING
from semverdiff.types.semantic.cells import content
from semverdiff.types.semantic.lists import projected as list_projection
from semverdiff.types.semantic.mappings import projected as record_projection
from semverdiff.types.walk import Budget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from semverdiff.types.semantic.parts import SemType

ALGEBRA = Algebra("")

Words = frozenset[str]

# Types of one value each; whether a structure is left of a union is a question of its own.
WORDS: Words = frozenset({"()", "[0]", "[1]"})
NOTHING: Words = frozenset()
FIELDS = ("a", "b")
ABSENT = "absent"
# As many members as are written, and as many more as there are types that a list may have to escape.
LONGEST = 6


class Shape(msgspec.Struct, frozen=True):
    """What a record or list holds: words by field or position, and those of all further ones.

    The words of an optional field have `ABSENT` among them.
    """

    parts: tuple[Words, ...]
    rest: Words = NOTHING

    def with_part(self, index: int, words: Words) -> Shape:
        return replace(self, parts=(*self.parts[:index], words, *self.parts[index + 1 :]))


class Cover(msgspec.Struct, frozen=True):
    """Types that one lies in together, and others that may cover what these have in common."""

    shared: tuple[Shape, ...]
    pieces: tuple[Shape, ...]


def _union(words: Words) -> str:
    return "|".join(sorted(words - {ABSENT})) or "never"


def record_text(shape: Shape) -> str:
    fields = (
        f"{_union(words)} {name}{'?' if ABSENT in words else ''};"
        for name, words in zip(FIELDS, shape.parts, strict=True)
    )
    rest = f"{_union(shape.rest)}...;" if shape.rest else ""
    return f"(readonly & record {{| {' '.join(fields)} {rest} |}})"


def record_values(shape: Shape) -> Iterator[tuple[str, ...]]:
    further = {*shape.rest, ABSENT}
    return product(*shape.parts, further, further)


def list_text(shape: Shape) -> str:
    members = [_union(words) for words in shape.parts]
    if len(set(members)) == 1 and not shape.rest:
        return f"(readonly & ({members[0]})[{len(members)}])"
    rest = [f"({_union(shape.rest)})..."] if shape.rest else []
    return f"(readonly & [{', '.join([*members, *rest])}])"


def list_values(shape: Shape) -> Iterator[tuple[str, ...]]:
    for length in range(len(shape.parts), LONGEST + 1):
        yield from product(*shape.parts, *[shape.rest] * (length - len(shape.parts)))


members = st.frozensets(st.sampled_from(sorted(WORDS)), min_size=1)
further = st.frozensets(st.sampled_from(sorted(WORDS)))
fields = st.frozensets(st.sampled_from(sorted({*WORDS, ABSENT})), min_size=1)
records = st.builds(Shape, st.tuples(fields, fields), further)
lists = st.builds(Shape, st.lists(members, min_size=1, max_size=3).map(tuple), further)


@st.composite
def covers(draw: st.DrawFn, shapes: st.SearchStrategy[Shape]) -> Cover:
    whole = draw(shapes)
    pieces = [whole]
    for _ in range(draw(st.integers(0, 4))):
        piece = pieces.pop(draw(st.integers(0, len(pieces) - 1)))
        index = draw(st.integers(0, len(piece.parts) - 1))
        words, kept = piece.parts[index], draw(fields)
        cut = (words & kept, words - kept)
        pieces += [piece.with_part(index, part) for part in cut if part]
    if draw(st.booleans()):
        piece = pieces.pop()
        index = draw(st.integers(0, len(piece.parts) - 1))
        less = piece.parts[index] & draw(fields)
        pieces += [replace(piece.with_part(index, less), rest=piece.rest & draw(further))] if less else []
    if draw(st.booleans()):
        pieces.append(draw(shapes))
    shared = (whole, draw(shapes)) if draw(st.booleans()) else (whole,)
    return Cover(shared, tuple(draw(st.permutations(pieces))))


def _assert_all_answers(
    cover: Cover, text: Callable[[Shape], str], values: Callable[[Shape], Iterator[tuple[str, ...]]]
) -> None:
    one = ALGEBRA.type_of(" & ".join(map(text, cover.shared)))
    other = ALGEBRA.type_of("|".join(map(text, cover.pieces)) or "never")
    in_one = set.intersection(*(set(values(shape)) for shape in cover.shared))
    in_other = {value for shape in cover.pieces for value in values(shape)}
    assert ALGEBRA.within(one, other) is (in_one <= in_other)
    assert ALGEBRA.within(other, one) is (in_other <= in_one)


def _words(letters: str) -> Words:
    """Return the words of letters: `[0]`, `[1]` and, for `n`, nil."""
    return frozenset({"0": "[0]", "1": "[1]", "n": "()"}[letter] for letter in letters)


def _shape(written: str) -> Shape:
    """Return the shape of `"01 n 0..."`: parts, and perhaps further ones."""
    parts, _, rest = written.removesuffix("...").rpartition(" ") if "..." in written else (written, "", "")
    return Shape(tuple(map(_words, parts.split())), _words(rest))


_SINGLE = [f"{one} {other}" for one, other in product("01n", repeat=2)]
# What covers a type of two parts, or nearly does; types behind `&` hold all of the one in question as well.
COVERS = {
    "nothing": ("01n 01n", []),
    "by one part": ("01n 01n", ["0 01n", "1 01n", "n 01n"]),
    "by one part, but for a value": ("01n 01n", ["0 01n", "1 01n"]),
    "by itself among others": ("01n 01n", ["0 01n", "01n 01n", "1 01n"]),
    "by one that holds more, beside others": ("0 0", ["1 01n", "n 01n", "01n 0"]),
    "by both parts": ("01n 01n", ["0 0", "0 1n", "1n 0", "1n 1n"]),
    "by both parts, but for a corner": ("01n 01n", ["0 0", "0 1n", "1n 0", "1n 1"]),
    "by each value": ("01n 01n", _SINGLE),
    "by each value but one": ("01n 01n", _SINGLE[:-1]),
    "beside what has nothing in common with it": ("0 01n", ["1 01n", "0 0", "0 1", "0 n"]),
    "beside what has nothing in common with it in vain": ("0 01n", ["1 01n", "0 0", "0 1", "n n"]),
    "with fewer further ones": ("01n 01n 01...", ["01n 01n 0..."]),
    "with further ones in two": ("01n 01n 01...", ["01n 01n 0...", "01n 01n 1..."]),
    "with further ones in three": ("01n 01n 01...", ["0 01n 01...", "1n 0 01...", "1n 1n 01n..."]),
    "of what two have in common": ("01n 0 & 01 01n", ["0 0", "1 0"]),
    "of more than two have in common": ("01n 0 & 01n 01n", ["0 0", "1 0"]),
}
# The same for lists: one part may stand in the same place as a further one.
LISTS = {
    "written where it is further": ("01n 01n 0", ["01n 0..."]),
    "further where it is written": ("0 01n...", ["0 01n", "0 01n 01n 01n..."]),
    "written once for all": ("01n 01n 01n", ["0 01n..."]),
    "an array that others have in common": ("01n 01n & 0 01n...", ["0 0"]),
    "arrays of two lengths": ("01n 01n 01n", ["01n 01n", "0 01n 01n"]),
    "of every length": ("01...", ["01 01...", "01 01 01..."]),
    "each length by itself": ("01...", ["", "01", "01 01", "01 01 01..."]),
    "each length but one": ("01...", ["", "01", "01 01 01 01...", "01 01 01"]),
}


def _cover(shared: str, pieces: list[str]) -> Cover:
    return Cover(tuple(map(_shape, shared.split(" & "))), tuple(map(_shape, pieces)))


@pytest.mark.parametrize(("shared", "pieces"), COVERS.values(), ids=COVERS)
def test_what_covers_a_record(shared: str, pieces: list[str]) -> None:
    _assert_all_answers(_cover(shared, pieces), record_text, record_values)


@pytest.mark.parametrize(("shared", "pieces"), [*COVERS.values(), *LISTS.values()], ids=[*COVERS, *LISTS])
def test_what_covers_a_list(shared: str, pieces: list[str]) -> None:
    _assert_all_answers(_cover(shared, pieces), list_text, list_values)


@law
@given(covers(records))
def test_records_cover_another_one_if_they_hold_all_its_values(cover: Cover) -> None:
    _assert_all_answers(cover, record_text, record_values)


@law
@given(covers(lists))
def test_lists_cover_another_one_if_they_hold_all_its_values(cover: Cover) -> None:
    _assert_all_answers(cover, list_text, list_values)


def test_a_cell_is_plain_if_it_is_one_alternative() -> None:
    universe = ALGEBRA.universe
    one, other = (universe.cell(ALGEBRA.type_of(text), readonly=False) for text in ("int", "string"))
    rest = universe.difference(other, one)
    both = universe.intersection(one, other)

    assert [universe.plain(cell) is None for cell in (one, both)] == [False, False]
    assert [
        universe.plain(cell) for cell in (universe.union(one, other), rest, universe.union(one, rest))
    ] == [None] * 3


@pytest.mark.parametrize("readonly", [True, False])
def test_a_cell_of_nothing_is_empty_whatever_is_taken_from_it(*, readonly: bool) -> None:
    universe = ALGEBRA.universe
    nothing, number = universe.cell(universe.never, readonly=readonly), ALGEBRA.type_of("int")

    assert universe.is_empty(nothing)
    for taken in (universe.cell(number, readonly=True), universe.cell(number, readonly=False)):
        assert universe.is_empty(universe.difference(nothing, taken))
        assert not universe.is_empty(universe.difference(universe.cell(number, readonly=False), nothing))


def test_what_cells_have_in_common_is_the_same_in_any_order() -> None:
    universe = ALGEBRA.universe
    words = ("int|string", "int", "string|boolean")
    cells = [
        universe.cell(ALGEBRA.type_of(text), readonly=readonly)
        for text, readonly in product(words, (True, False))
    ]
    for one, two, three in product(cells, repeat=3):
        early = universe.intersection(universe.difference(one, two), three)
        late = universe.difference(universe.intersection(one, three), two)
        assert ALGEBRA.same(early, late), (one, two, three)


def test_what_is_no_cell_has_no_formula_of_cells() -> None:
    universe, number = ALGEBRA.universe, ALGEBRA.type_of("int")
    for type_ in (universe.never, number, universe.union(universe.cell(number, readonly=True), number)):
        with pytest.raises(TypeError, match="no cell"):
            formula(type_)


def _without(cover: Cover, text: Callable[[Shape], str], pieces: int) -> tuple[SemType, Cover]:
    """Return a type without a few others, as a set and as shapes."""
    few = Cover(cover.shared, cover.pieces[:pieces])
    one = ALGEBRA.type_of(" & ".join(map(text, few.shared)))
    other = ALGEBRA.type_of("|".join(map(text, few.pieces)) or "never")
    ALGEBRA.universe.charge(Budget(limits.EMPTINESS_STEPS, limits.EMPTINESS_STEPS))
    return ALGEBRA.universe.difference(one, other), few


def _left(cover: Cover, values: Callable[[Shape], Iterable[tuple[str, ...]]]) -> set[tuple[str, ...]]:
    whole = set.intersection(*(set(values(shape)) for shape in cover.shared))
    return whole.difference(*map(values, cover.pieces))


@law
@given(covers(lists), st.lists(st.integers(0, 4), min_size=2, max_size=2).map(sorted))
@example(_cover("01 01 01 01 01", ["01 0..."]), [1, 4])
@example(_cover("01 01 01 01 01", ["01 0..."]), [3, 3])
@example(_cover("0 0 1...", ["0 0 0 0 0"]), [0, 2])
def test_lists_hold_at_an_index_what_their_values_hold_there(cover: Cover, ends: list[int]) -> None:
    indices = range(ends[0], ends[1] + 1)
    type_, few = _without(cover, list_text, 4)
    held = list_projection(ALGEBRA.universe, type_, ALGEBRA.type_of("|".join(map(str, indices))))
    expected = {value[at] for value in _left(few, list_values) for at in indices if at < len(value)}

    assert ALGEBRA.same(held, ALGEBRA.type_of(f"readonly & ({_union(frozenset(expected))})"))


def _with_many_further(shape: Shape) -> Iterator[tuple[str, ...]]:
    return product(*shape.parts, *[{*shape.rest, ABSENT}] * 3)


@law
@given(covers(records), st.frozensets(st.sampled_from([*FIELDS, "other"]), min_size=1))
def test_records_hold_at_a_key_what_their_values_hold_there(cover: Cover, names: frozenset[str]) -> None:
    type_, few = _without(cover, record_text, 2)
    key = ALGEBRA.type_of("|".join(f'"{name}"' for name in sorted(names)))
    held = record_projection(ALGEBRA.universe, type_, key)
    places = [[*FIELDS, "other"].index(name) for name in names]
    expected = {value[at] for value in _left(few, _with_many_further) for at in places}

    assert ALGEBRA.same(held, ALGEBRA.type_of(f"readonly & ({_union(frozenset(expected))})"))


def test_any_value_may_be_assigned_to_some_mapping() -> None:
    universe = ALGEBRA.universe
    whole, every = universe.type(1 << MAPPING), ALGEBRA.type_of("map<any|error>")
    parts = ALGEBRA.type_of("record {| any a?; (any|error)...; |}|record {| error a; (any|error)...; |}")

    assert ALGEBRA.same(whole, every)
    assert ALGEBRA.within(parts, whole)
    assert not ALGEBRA.within(whole, parts)
    for type_ in (whole, every, parts):
        held = record_projection(universe, type_, ALGEBRA.type_of('"a"'))
        assert ALGEBRA.same(held, universe.top)


@pytest.mark.parametrize(("readonly", "held"), [(True, "string"), (False, "int|string")])
def test_only_of_what_is_never_assigned_less_is_left(held: str, *, readonly: bool) -> None:
    universe = ALGEBRA.universe
    whole, part = (universe.cell(ALGEBRA.type_of(text), readonly=readonly) for text in ("int|string", "int"))

    assert ALGEBRA.same(content(universe, universe.difference(whole, part)), ALGEBRA.type_of(held))
