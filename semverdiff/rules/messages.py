"""Messages and reasons: what their placeholders stand for, read from the difference.

    placeholder  stands for
    annotation   the annotation that is attached, removed or changed: `@http:ServiceConfig`
    declaring    the declaration that the symbol is or belongs to: `Order` of `Order.id`
    kind         `required`, `defaultable`, `rest` or `included record` of a removed parameter; the kind of
                 symbol (`function`) of a fact about symbols whatever their kind
    name         the changed parameter, field, member or declaration, by its old name if it was renamed; a
                 module by its full name, the dependency of a fact about the package as `org/name`
    old, new     the two forms, as the detail has them: types, names, values, kinds, versions ...
    symbol       the symbol as reports name it
    thing        the subject: `remote function`
    type         the type of a parameter, field or variable that is added
    verb         `added`, `removed` or `modified`

What is not known is left out with the square brackets around it, else a question mark stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import Type, shown_type, type_text
from semverdiff.compare import details
from semverdiff.compare.facts import Direction, Fact, Subject
from semverdiff.rules import templates
from semverdiff.rules.subjects import SUBJECTS
from semverdiff.syntax.nodes import Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from semverdiff.compare import Difference
    from semverdiff.rules.templates import Meaning

__all__ = ["PLACEHOLDERS", "because", "meaning_of", "name_beside_symbol", "name_of", "sentence"]

_PARAMETERS = {
    "required": "required",
    "defaultable": "defaultable",
    "included": "included record",
    "rest": "rest",
}
_FORMS = ("old", "new")
# Details that decide about more than forms, and that name what the symbol does not.
_WITH_REASONS = frozenset({details.TypeChanged, details.InitChanged})
_WITH_NAMES = frozenset({details.TypeChanged, details.PackageChanged, details.SegmentChanged})
_SAME_WORDS = "It is written as before, but something that it names changed."
_EXAMPLES: Mapping[Direction, str] = {
    Direction.WIDENED: "The new type also admits {}.",
    Direction.NARROWED: "The new type no longer admits {}.",
    Direction.CHANGED: "The new type does not admit {}, as the old one does.",
}


def sentence(template: str, difference: Difference) -> str:
    """Return a message or reason about a difference."""
    return templates.sentence(template, meaning_of(difference))


def meaning_of(difference: Difference) -> Meaning:
    """Return what placeholders stand for in all sentences about a difference, each found out once.

    A type may be as large as its author likes, and writing it takes as long.
    """
    known: dict[str, str | None] = {}

    def meaning(placeholder: str) -> str | None:
        if placeholder not in known:
            if placeholder in _FORMS:
                known.update(zip(_FORMS, _forms(difference), strict=True))
            else:
                known[placeholder] = _MEANINGS[placeholder](difference)
        return known[placeholder]

    return meaning


def because(difference: Difference, meaning: Meaning) -> str:
    """Return what decides about a type or an init, in a sentence or two; empty if there is nothing to add."""
    if type(difference.detail) not in _WITH_REASONS:
        return ""
    match difference.detail:
        # Two types that differ and are written alike: something that they name changed.
        case details.TypeChanged(Type(), Type()) as detail if meaning("old") is None:
            return f"{_SAME_WORDS} {_decisive(detail)}".rstrip()
        case details.TypeChanged() as detail:
            return _decisive(detail)
        case details.InitChanged(old) if difference.fact is Fact.INIT_ADDED and old is not None:
            return "An init was there before, but clients could not call it."
        case details.InitChanged(None) if difference.fact is Fact.VISIBILITY_REDUCED:
            return "There was none before, so that clients could create objects."
        case _:
            return ""


def name_of(difference: Difference) -> str | None:
    """Return the name of what changed; `None` for the package, whose facts name what they are about."""
    name = name_beside_symbol(difference)
    if name is not None:
        return name
    match difference.subject:
        case Subject.PACKAGE:
            return None
        case Subject.MODULE:
            return difference.module
        case _:
            return difference.trail[-1].name if difference.trail else None


def name_beside_symbol(difference: Difference) -> str | None:
    """Return the name of what the symbol does not name: a path segment, a dependency, a module's init."""
    if type(difference.detail) in _WITH_NAMES:
        match difference.detail:
            case details.TypeChanged(parameter=name) | details.PackageChanged(dependency=name):
                return name
            case details.SegmentChanged(old):
                return old.name
    return difference.module if difference.fact is Fact.INIT_CHANGED else None


def _declaring(difference: Difference) -> str | None:
    return difference.trail[0].name if difference.trail else None


def _annotation(difference: Difference) -> str | None:
    match difference.detail:
        case details.AnnotationChanged(tag):
            return f"@{type_text(tag)}"
        case _:
            return None


def _kind(difference: Difference) -> str | None:
    match difference.detail:
        case details.Removed(Parameter(kind=kind)):
            return _PARAMETERS[kind]
        case _ if difference.trail and difference.subject in {Subject.SYMBOL, Subject.DOCUMENTATION}:
            return difference.trail[-1].kind
        case _:
            return None


def _type(difference: Difference) -> str | None:
    match difference.detail:
        case details.Added(type=declared) | details.Removed(type=declared):
            return _type_text(declared)
        case _:
            return None


def _forms(difference: Difference) -> tuple[str | None, str | None]:
    """Return the old and the new form, each `None` where the detail does not have it."""
    match difference.detail:
        case details.TypeChanged(old, new, direction):
            before, after = _type_text(old), _type_text(new)
            # What is written alike has no form that says what changed.
            is_same = direction is not None and before is not None and before == after
            return (None, None) if is_same else (before, after)
        case details.Removed(Parameter(name=name, kind=kind)) if difference.subject is Subject.CALLBACK:
            return None if kind == "rest" else name, None
        case details.Added(Parameter(name=name, kind=kind)) if difference.subject is Subject.CALLBACK:
            return None, None if kind == "rest" else name
        case details.AttachPointsChanged(removed=removed, added=added):
            return _points(removed), _points(added)
        case details.InclusionChanged(included):
            return type_text(included), type_text(included)
        case (
            details.Renamed(old, new)
            | details.Moved(old, new)
            | details.QualifierChanged(old, new)
            | details.PackageChanged(old, new)
        ):
            return old, new
        case details.KindChanged(old, new):
            return old, new
        case details.ValueChanged(old, new):
            return (None if old is None else old.text), (None if new is None else new.text)
        case details.ParametersReordered(old, new):
            return ", ".join(old), ", ".join(new)
        case details.SegmentChanged(old, new):
            return old.name, new.name
        case _:
            return None, None


def _type_text(declared: Type | None) -> str | None:
    return None if declared is None else shown_type(declared)


def _points(points: tuple[str, ...] | None) -> str:
    return "every other" if points is None else ", ".join(points)


def _decisive(detail: details.TypeChanged) -> str:
    """Return what decides: the place in the type, if it is not the whole, and a value that shows it."""
    parts = [f"What decides: {detail.path}."] if detail.path else []
    if detail.example is not None and detail.direction is not None:
        parts.append(_EXAMPLES[detail.direction].format(detail.example))
    return " ".join(parts)


_MEANINGS: Mapping[str, Callable[[Difference], str | None]] = {
    "annotation": _annotation,
    "declaring": _declaring,
    "kind": _kind,
    "name": name_of,
    "symbol": lambda difference: difference.symbol,
    "thing": lambda difference: SUBJECTS[difference.subject].noun,
    "type": _type,
    "verb": lambda difference: difference.change,
}
"""What each placeholder but the two forms stands for; `None` or empty: not known."""
PLACEHOLDERS = frozenset({*_FORMS, *_MEANINGS})
"""The placeholders of messages and reasons."""
