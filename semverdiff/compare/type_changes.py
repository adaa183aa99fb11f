"""Two types at one place: respelled, widened, narrowed, or changed, and what is special about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.api import type_text
from semverdiff.compare.contexts import (
    FIELD_FINAL,
    FIELD_READONLY,
    NARROWED_IMMUTABLE,
    NARROWED_MUTABLE,
    VARIABLE_FINAL,
)
from semverdiff.types import TOO_LONG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.compare.model import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides, Typed
    from semverdiff.types import Answer

__all__ = ["TypeChange", "type_change", "type_differences"]

# Contexts that matter together with what was narrowed.
_FIXED = frozenset({FIELD_FINAL, FIELD_READONLY, VARIABLE_FINAL})

_SAME_WORDS = "It is written as before, but something that it names changed."
_EXAMPLES = {
    "widened": "The new type also admits {}.",
    "narrowed": "The new type no longer admits {}.",
    "changed": "The new type does not admit {}, as the old one does.",
}
_UNDECIDED = "which values each of the types holds is not known"


class TypeChange(msgspec.Struct, frozen=True):
    """What became of a type. `verb` is `respelled`, `widened`, `narrowed` or `changed`.

    `undecidable` says why that is not sure, `why` what decides it, with a value of one side only, which is
    also given as `example` if it is data.
    """

    verb: str
    undecidable: str | None = None
    why: str = ""
    example: str = ""


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


def type_differences(place: Place, sides: Sides, prefix: str, old: Typed, new: Typed) -> Iterator[Difference]:
    """State `<prefix>-widened` and the like, or nothing for the same type in the same words.

    The prefix is empty where the type is the symbol itself.
    """
    change = type_change(sides, old, new)
    if change is None:
        return
    special = _SPECIAL.get((place.subject, prefix), _Special())
    fact, conditions = _fact(place, sides, special, change, old, new)
    usual = f"{prefix}-{change.verb}" if prefix else change.verb
    constructor = sides.ambiguous(old, new) if fact is not None and fact == special.ambiguous else None
    before, after = type_text(old.descriptor), type_text(new.descriptor)
    at = msgspec.structs.replace(place, conditions=place.conditions | conditions)
    # The same words: what changed is a private type that they name, which the reason tells.
    forms = {"old": before, "new": after} if before != after else {"type": after}
    yield at.differs(
        fact or usual,
        at.old_excerpt(before, old.metadata),
        at.new_excerpt(after, new.metadata),
        undecidable=change.undecidable,
        why=change.why if before != after else f"{_SAME_WORDS} {change.why}".rstrip(),
        constructor=constructor or "",
        example=change.example,
        **forms,
    )


def type_change(sides: Sides, old: Typed, new: Typed) -> TypeChange | None:
    """Return what became of a type; `None` if it is the same in the same words."""
    if sides.same_type(old, new):
        same_words = type_text(old.descriptor) == type_text(new.descriptor)
        return None if same_words else TypeChange("respelled")
    answer = sides.relate(old, new)
    match answer.within, answer.covers:
        case True, True:
            return TypeChange("respelled")
        case True, _:
            verb = "widened"
        case _, True:
            verb = "narrowed"
        case _:
            verb = "changed"
    example = answer.example if answer.example is not None and _is_compared(answer.example) else ""
    return TypeChange(verb, _undecidable(answer, verb), _why(answer, verb), example)


def _is_compared(example: str) -> bool:
    """Return whether clients may compare with a value by `==`: SPEC, Equality: of data only."""
    return not example.startswith(("error", "table"))


def _undecidable(answer: Answer, verb: str) -> str | None:
    """Say why a verb is not sure: an unknown half may turn it into another one."""
    if None not in {answer.within, answer.covers}:
        return None
    if verb == "changed" and answer.within is False and answer.covers is False:
        return None
    if answer.missing == (TOO_LONG,):
        return TOO_LONG
    names = ", ".join(answer.missing)
    return f"what {names} stands for was not read" if names else _UNDECIDED


def _why(answer: Answer, verb: str) -> str:
    """Say what decides: the place in the type, if it is not the whole, and a value that shows it."""
    parts = [f"What decides: {answer.path}." if ": " in answer.path else ""]
    if answer.example is not None:
        parts.append(_EXAMPLES[verb].format(answer.example))
    return " ".join(part for part in parts if part)


def _fact(  # noqa: PLR0913, PLR0917 (what is asked about the two types, and where)
    place: Place, sides: Sides, special: _Special, change: TypeChange, old: Typed, new: Typed
) -> tuple[str | None, frozenset[str]]:
    """Return the fact that stands in for the verb, if one does, and the conditions that hold."""
    match change.verb:
        case "respelled" if special.declared_fields and sides.declares_first_field(old, new):
            return special.declared_fields, frozenset()
        case "widened":
            return _widened(sides, special, old, new), frozenset()
        case "narrowed":
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
) -> tuple[str | None, frozenset[str]]:
    came = sides.readonly_came(old, new)
    if came and special.readonly_added:
        return special.readonly_added, frozenset()
    # Without a fact of its own, readonly is what old code can no longer write.
    if FIELD_READONLY not in place.conditions and (came or sides.narrowed_inside(old, new)):
        return special.mutable, frozenset({NARROWED_MUTABLE})
    return None, frozenset(f"{fixed} and {NARROWED_IMMUTABLE}" for fixed in _FIXED & place.conditions)
