"""Annotation declarations: where clients may attach them, what value they take, when it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import declaration_text
from semverdiff.compare.details import AttachPointsChanged, TypeChanged
from semverdiff.compare.sides import Typed
from semverdiff.compare.type_changes import type_differences
from semverdiff.syntax.nodes import ArrayType, SingletonType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.compare.difference import Difference, Excerpt
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import AnnotationDeclaration

__all__ = ["annotation_differences"]

_TRUE = SingletonType("true")

# SPEC, Annotations: an attach point without `object`, `record`, ... takes in those with it.
_SPECIAL_POINTS: Mapping[str, frozenset[str]] = {
    "function": frozenset({"object function", "service remote function", "resource function"}),
    "field": frozenset({"object field", "record field"}),
}


def annotation_differences(
    place: Place, sides: Sides, old: AnnotationDeclaration, new: AnnotationDeclaration
) -> Iterator[Difference]:
    """Compare two annotation declarations. `place` is the annotation's, with the subject `annotation`."""
    excerpts = _excerpts(place, old, new)
    before, after = _points(old), _points(new)
    removed, added = _outside(before, after), _outside(after, before)
    if removed != ():
        yield place.differs("attach-point-removed", *excerpts, AttachPointsChanged(removed=removed))
    if added != ():
        yield place.differs("attach-point-added", *excerpts, AttachPointsChanged(added=added))
    if old.const != new.const:
        yield place.differs("const-added" if new.const else "const-removed", *excerpts)
    else:
        # SPEC: `source` demands `const`; where both come or go together it is one change.
        yield from _source_differences(place, old, new)
    yield from _type_differences(place, sides, old, new)


def _excerpts(
    place: Place, old: AnnotationDeclaration, new: AnnotationDeclaration
) -> tuple[Excerpt, Excerpt]:
    return (
        place.old_excerpt(declaration_text(old), old.metadata),
        place.new_excerpt(declaration_text(new), new.metadata),
    )


def _points(declaration: AnnotationDeclaration) -> frozenset[str]:
    return frozenset(point.removeprefix("source ") for point in declaration.attach_points)


def _outside(points: frozenset[str], others: frozenset[str]) -> tuple[str, ...] | None:
    """Return the attach points that others do not take in; `None`: every other one.

    An empty set stands for all of them.
    """
    if not others:
        return ()
    if not points:
        return None
    covered = others.union(*(_SPECIAL_POINTS.get(point, frozenset()) for point in others))
    return tuple(sorted(points - covered))


def _source_differences(
    place: Place, old: AnnotationDeclaration, new: AnnotationDeclaration
) -> Iterator[Difference]:
    """Compare `source` for the attach points that both sides have."""
    kept = _points(old) & _points(new)
    was = {point for point in kept if f"source {point}" in old.attach_points}
    is_now = {point for point in kept if f"source {point}" in new.attach_points}
    excerpts = _excerpts(place, old, new)
    if is_now - was:
        yield place.differs("source-added", *excerpts, AttachPointsChanged(added=tuple(sorted(is_now - was))))
    if was - is_now:
        yield place.differs(
            "source-removed", *excerpts, AttachPointsChanged(removed=tuple(sorted(was - is_now)))
        )


def _type_differences(
    place: Place, sides: Sides, old: AnnotationDeclaration, new: AnnotationDeclaration
) -> Iterator[Difference]:
    """Compare the values; whether there is one, and whether there are several, needs no type decision."""
    before, after = _value(old, place.module), _value(new, place.module)
    came_or_went = (before.descriptor == _TRUE) != (after.descriptor == _TRUE)
    if came_or_went or _repeats(sides, before, after):
        types = TypeChanged(sides.old_term(before), sides.new_term(after))
        yield place.differs("type-changed", *_excerpts(place, old, new), types)
    else:
        yield from type_differences(place, sides, "type", before, after)


def _value(declaration: AnnotationDeclaration, module: str) -> Typed:
    """Return the type of the value; SPEC, Annotations: without one it is `true`."""
    return Typed(declaration.type or _TRUE, module, declaration.metadata)


def _repeats(sides: Sides, old: Typed, new: Typed) -> bool:
    """Return whether a single value became repeatable, or the other way round."""
    match old.descriptor, new.descriptor:
        case ArrayType(), ArrayType():
            return False
        case ArrayType(member=member), _:
            return sides.same_type(Typed(member, old.module, old.metadata), new)
        case _, ArrayType(member=member):
            return sides.same_type(old, Typed(member, new.module, new.metadata))
    return False
