"""What the placeholders of rule texts stand for, of one difference. To be deleted: the rules write this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import method_text, type_text
from semverdiff.compare.details import (
    Added,
    AnnotationChanged,
    AttachPointsChanged,
    DataLost,
    InclusionChanged,
    InitChanged,
    KindChanged,
    Moved,
    Opened,
    PackageChanged,
    ParametersReordered,
    QualifierChanged,
    Removed,
    Renamed,
    SegmentChanged,
    Texts,
    TypeChanged,
    ValueChanged,
)
from semverdiff.compare.facts import Direction, Fact, Subject
from semverdiff.syntax.nodes import Function, Method, Parameter, RecordField
from semverdiff.syntax.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.api import Type
    from semverdiff.compare.difference import Difference
    from semverdiff.syntax.nodes import Signature

__all__ = ["placeholders"]

_ARTICLES = {
    "required": "required",
    "defaultable": "defaultable",
    "included": "included record",
    "rest": "rest",
}
_SAME_WORDS = "It is written as before, but something that it names changed."
_EXAMPLES: Mapping[Direction, str] = {
    Direction.WIDENED: "The new type also admits {}.",
    Direction.NARROWED: "The new type no longer admits {}.",
    Direction.CHANGED: "The new type does not admit {}, as the old one does.",
}


def placeholders(difference: Difference) -> dict[str, str]:
    """Return texts by placeholder, as far as the difference tells."""
    found = _of_detail(difference)
    match difference.declared:
        case Function(signature=signature) | Method(signature=signature):
            found["arguments"] = _arguments(difference, signature)
        case RecordField(optional=True):
            found["optional"] = "?"
    if isinstance(difference.declared, Method):
        found["signature"] = method_text(difference.declared)
    if difference.subject in {Subject.SYMBOL, Subject.DOCUMENTATION} and difference.trail:
        found["kind"] = difference.trail[-1].kind
    if difference.subject == Subject.MODULE and difference.fact == Fact.INIT_CHANGED:
        found["name"] = difference.module
    return found


def _of_detail(difference: Difference) -> dict[str, str]:  # noqa: C901, PLR0912 (one case a shape)
    match difference.detail:
        case Added() | Removed() as detail:
            return _part(difference, detail)
        case Renamed(old, new) | Moved(old, new) | KindChanged(old, new) | QualifierChanged(old, new):
            return {"old": str(old), "new": str(new)}
        case TypeChanged() as detail:
            return _types(detail)
        case ValueChanged(old, new):
            return {key: one.text for key, one in (("old", old), ("new", new)) if one is not None}
        case ParametersReordered(old, new):
            return {"old": ", ".join(old), "new": ", ".join(new)}
        case SegmentChanged(old, new):
            return {"name": old.name, "old": old.name, "new": new.name}
        case InitChanged(old):
            return _init(difference, hidden_before=old is not None)
        case InclusionChanged(type_):
            return {"new" if difference.fact == Fact.TYPE_ID_ADDED else "old": type_}
        case AttachPointsChanged(removed, added):
            return {
                key: _points(points) for key, points in (("old", removed), ("new", added)) if points != ()
            }
        case Opened(was_json):
            return {"data": "json"} if was_json else {}
        case DataLost(cause):
            return {"cause": cause[1]}
        case AnnotationChanged(tag):
            return {"annotation": f"@{type_text(tag)}"}
        case PackageChanged(old, new, dependency):
            shown = {"name": dependency, "old": old, "new": new}
            return {key: text for key, text in shown.items() if text is not None}
        case Texts(pairs):
            return dict(pairs)
    return {}


def _part(difference: Difference, detail: Added | Removed) -> dict[str, str]:
    if isinstance(detail.declared, Parameter) and detail.declared.kind == "rest":
        return {}
    if difference.subject == Subject.CALLBACK and isinstance(detail.declared, Parameter):
        return {"new" if isinstance(detail, Added) else "old": detail.declared.name}
    found = {} if detail.type is None else {"type": type_text(detail.type.descriptor)}
    if isinstance(detail, Removed) and isinstance(detail.declared, Parameter):
        found["kind"] = _ARTICLES[detail.declared.kind]
    return found


def _types(detail: TypeChanged) -> dict[str, str]:
    old, new = _text(detail.old), _text(detail.new)
    same_words = detail.direction is not None and old == new
    found = {"type": new} if same_words else {"old": old, "new": new}
    found["why"] = f"{_SAME_WORDS} {_why(detail)}".rstrip() if same_words else _why(detail)
    found["constructor"] = detail.constructor or ""
    found["example"] = detail.example if detail.example is not None and detail.comparable else ""
    if detail.parameter is not None:
        found["name"] = detail.parameter
    return found


def _text(type_: Type | None) -> str:
    return "" if type_ is None else type_text(type_.descriptor)


def _why(detail: TypeChanged) -> str:
    """Say what decides: the place in the type, if it is not the whole, and a value that shows it."""
    parts = [f"What decides: {detail.path}." if detail.path else ""]
    if detail.example is not None and detail.direction is not None:
        parts.append(_EXAMPLES[detail.direction].format(detail.example))
    return " ".join(part for part in parts if part)


def _init(difference: Difference, *, hidden_before: bool) -> dict[str, str]:
    if difference.fact == Fact.INIT_ADDED and hidden_before:
        return {"why": "An init was there before, but clients could not call it."}
    if difference.fact == Fact.VISIBILITY_REDUCED and not hidden_before:
        return {"why": "There was none before, so that clients could create objects."}
    return {}


def _points(points: tuple[str, ...] | None) -> str:
    return "every other" if points is None else ", ".join(points)


def _arguments(difference: Difference, signature: Signature) -> str:
    """Write what a call passes, by the names of the parameters: `item, quantity`.

    A typedesc argument that is inferred is left out, as clients do; so is what a call without the default
    that was removed leaves out.
    """
    names = [
        one.name
        for one in signature.parameters
        if one.kind in {"required", "defaultable"} and not one.inferred
    ]
    if difference.fact == Fact.PARAMETER_DEFAULT_REMOVED and difference.trail[-1].name in names:
        names = names[: names.index(difference.trail[-1].name)]
    return ", ".join(map(spelled, names))
