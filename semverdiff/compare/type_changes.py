"""Two types at one place: respelled, widened, narrowed, or changed, and what is special about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.api import type_text
from semverdiff.compare.details import TypeChanged
from semverdiff.compare.facts import Condition, Direction
from semverdiff.types import TOO_LONG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides, Typed
    from semverdiff.types import Answer

__all__ = ["TypeChange", "type_change", "type_differences"]

# Contexts that matter together with what was narrowed.
_FIXED = frozenset({Condition.FIELD_FINAL, Condition.FIELD_READONLY, Condition.VARIABLE_FINAL})

_UNDECIDED = "which values each of the types holds is not known"


# Nobody notices that these are the same in other words: there is no such fact.
_UNNOTICED = frozenset({"detail-type-respelled", "path-rest-type-respelled", "supertype-respelled"})


class TypeChange(msgspec.Struct, frozen=True):
    """What became of a type.

    `undecided` says why that is not sure. `path` leads to the first part that decides, `example` is a value
    of the one side only, which clients may compare by `==` if it is `comparable`.
    """

    direction: Direction
    undecided: str | None = None
    path: str = ""
    example: str | None = None
    comparable: bool = False


class _Special(msgspec.Struct, frozen=True):
    """The facts that a kind of place has beside the usual ones, where it has them."""

    ambiguous: str | None = None
    declared_fields: str | None = None
    mutable: str | None = None
    readonly_added: str | None = None
    readonly_removed: str | None = None


_PARAMETER = _Special(
    ambiguous="parameter-type-widened-ambiguous", declared_fields="parameter-declared-field-set-changed"
)
_RESULT = _Special(
    mutable="return-mutable-member-narrowed",
    readonly_added="return-readonly-added",
    readonly_removed="return-readonly-removed",
)
_SPECIAL: Mapping[tuple[str, str], _Special] = {
    **{(subject, "parameter-type"): _PARAMETER for subject in ("function", "method", "remote-method")},
    **{(subject, "parameter-type"): _PARAMETER for subject in ("resource", "init")},
    **{(subject, "return-type"): _RESULT for subject in ("function", "method", "remote-method", "resource")},
    ("callback", "parameter-type"): _Special(mutable="parameter-mutable-member-narrowed"),
    ("record-field", "type"): _Special(
        ambiguous="type-widened-ambiguous", declared_fields="declared-field-set-changed"
    ),
    ("type", ""): _Special(
        ambiguous="widened-ambiguous",
        declared_fields="declared-field-set-changed",
        mutable="mutable-member-narrowed",
        readonly_added="readonly-added",
    ),
    ("variable", "type"): _Special(
        mutable="mutable-member-narrowed",
        readonly_added="readonly-added",
        readonly_removed="readonly-removed",
    ),
}


def type_differences(  # noqa: PLR0913, PLR0917 (the two types, and where they stand)
    place: Place, sides: Sides, prefix: str, old: Typed, new: Typed, parameter: str | None = None
) -> Iterator[Difference]:
    """State `<prefix>-widened` and the like, or nothing for the same type in the same words.

    The prefix is empty where the type is the symbol itself. `parameter` is the path parameter of that type.
    """
    change = type_change(sides, old, new)
    if change is None:
        return
    special = _SPECIAL.get((place.subject, prefix), _Special())
    fact, conditions = _fact(place, sides, special, change, old, new)
    usual = f"{prefix}-{change.direction}" if prefix else change.direction
    if usual in _UNNOTICED:
        return
    constructor = sides.ambiguous(old, new) if fact is not None and fact == special.ambiguous else None
    before, after = type_text(old.descriptor), type_text(new.descriptor)
    at = msgspec.structs.replace(place, conditions=place.conditions | conditions)
    yield at.differs(
        fact or usual,
        at.old_excerpt(before, old.metadata),
        at.new_excerpt(after, new.metadata),
        TypeChanged(
            sides.old_term(old),
            sides.new_term(new),
            change.direction,
            change.path,
            change.example,
            change.comparable,
            constructor,
            parameter,
        ),
        undecided=change.undecided,
    )


def type_change(sides: Sides, old: Typed, new: Typed) -> TypeChange | None:
    """Return what became of a type; `None` if it is the same in the same words."""
    if sides.same_type(old, new):
        same_words = type_text(old.descriptor) == type_text(new.descriptor)
        return None if same_words else TypeChange(Direction.RESPELLED)
    answer = sides.relate(old, new)
    match answer.within, answer.covers:
        case True, True:
            return TypeChange(Direction.RESPELLED)
        case True, _:
            direction = Direction.WIDENED
        case _, True:
            direction = Direction.NARROWED
        case _:
            direction = Direction.CHANGED
    path = answer.path if ": " in answer.path else ""
    comparable = answer.example is not None and _is_compared(answer.example)
    return TypeChange(direction, _undecided(answer, direction), path, answer.example, comparable)


def _is_compared(example: str) -> bool:
    """Return whether clients may compare with a value by `==`: SPEC, Equality: of data only."""
    return not example.startswith(("error", "table"))


def _undecided(answer: Answer, direction: Direction) -> str | None:
    """Say why a direction is not sure: an unknown half may turn it into another one."""
    if None not in {answer.within, answer.covers}:
        return None
    if direction is Direction.CHANGED and answer.within is False and answer.covers is False:
        return None
    if answer.missing == (TOO_LONG,):
        return TOO_LONG
    names = ", ".join(answer.missing)
    return f"what {names} stands for was not read" if names else _UNDECIDED


def _fact(  # noqa: PLR0913, PLR0917 (what is asked about the two types, and where)
    place: Place, sides: Sides, special: _Special, change: TypeChange, old: Typed, new: Typed
) -> tuple[str | None, frozenset[Condition]]:
    """Return the fact that stands in for the verb, if one does, and the conditions that hold."""
    match change.direction:
        case Direction.RESPELLED if special.declared_fields and sides.declares_first_field(old, new):
            return special.declared_fields, frozenset()
        case Direction.WIDENED:
            return _widened(sides, special, old, new), frozenset()
        case Direction.NARROWED:
            return _narrowed(place, sides, special, old, new)
    return None, frozenset()


def _widened(sides: Sides, special: _Special, old: Typed, new: Typed) -> str | None:
    if special.readonly_removed and sides.readonly_went(old, new):
        return special.readonly_removed
    if special.ambiguous and sides.ambiguous(old, new) is not None:
        return special.ambiguous
    return None


def _narrowed(
    place: Place, sides: Sides, special: _Special, old: Typed, new: Typed
) -> tuple[str | None, frozenset[Condition]]:
    came = sides.readonly_came(old, new)
    if came and special.readonly_added:
        return special.readonly_added, frozenset()
    # Without a fact of its own, readonly is what old code can no longer write.
    if Condition.FIELD_READONLY not in place.conditions and (came or sides.narrowed_inside(old, new)):
        return special.mutable, frozenset({Condition.NARROWED_MUTABLE})
    return None, (frozenset({Condition.NARROWED_IMMUTABLE}) if _FIXED & place.conditions else frozenset())
