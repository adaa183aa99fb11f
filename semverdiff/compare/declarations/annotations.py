"""Annotation declarations: where clients may attach them, what value they take, when it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.compare.details import AttachPointsChanged, TypeChanged
from semverdiff.compare.facts import Fact
from semverdiff.compare.types import PLAIN_VALUE, type_differences
from semverdiff.syntax.nodes import ArrayType, SingletonType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.api import Type
    from semverdiff.compare.context import Context
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.syntax.nodes import AnnotationDeclaration

__all__ = ["annotation_differences"]

_TRUE = SingletonType("true")

# SPEC, Annotations: an attach point without `object`, `record`, ... takes in those with it.
_SPECIAL_POINTS: Mapping[str, frozenset[str]] = {
    "function": frozenset({"object function", "service remote function", "resource function"}),
    "field": frozenset({"object field", "record field"}),
}


def annotation_differences(
    place: Place, old: AnnotationDeclaration, new: AnnotationDeclaration
) -> Iterator[Difference]:
    """Compare two annotation declarations. `place` is the annotation's, with the subject `annotation`."""
    before, after = _points(old), _points(new)
    removed, added = _outside(before, after), _outside(after, before)
    if removed != ():
        yield place.differs(Fact.ATTACH_POINT_REMOVED, AttachPointsChanged(removed=removed))
    if added != ():
        yield place.differs(Fact.ATTACH_POINT_ADDED, AttachPointsChanged(added=added))
    if old.const != new.const:
        # SPEC: `source` demands `const`; where both are added or removed together it is one change.
        yield place.differs(Fact.CONST_ADDED if new.const else Fact.CONST_REMOVED)
    else:
        yield from _source_differences(place, old, new)
    yield from _type_differences(place, old, new)


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
    """Compare `source` for the attach points that both versions have."""
    shared = _points(old) & _points(new)
    before, after = _source_points(old) & shared, _source_points(new) & shared
    if after - before:
        yield place.differs(Fact.SOURCE_ADDED, AttachPointsChanged(added=tuple(sorted(after - before))))
    if before - after:
        yield place.differs(Fact.SOURCE_REMOVED, AttachPointsChanged(removed=tuple(sorted(before - after))))


def _source_points(declaration: AnnotationDeclaration) -> frozenset[str]:
    points = declaration.attach_points
    return frozenset(point.removeprefix("source ") for point in points if point.startswith("source "))


def _type_differences(
    place: Place, old: AnnotationDeclaration, new: AnnotationDeclaration
) -> Iterator[Difference]:
    """Compare the values; whether there is one, and whether there are several, needs no type decision."""
    # SPEC, Annotations: the value of one without a type is `true`.
    before, after = place.old.type_of(old.type or _TRUE), place.new.type_of(new.type or _TRUE)
    value_added_or_removed = (before.descriptor == _TRUE) != (after.descriptor == _TRUE)
    if value_added_or_removed or _repeats(place.context, before, after):
        yield place.differs(Fact.TYPE_CHANGED, TypeChanged(before, after))
    else:
        yield from type_differences(place, PLAIN_VALUE, before, after)


def _repeats(context: Context, old: Type, new: Type) -> bool:
    """Return whether a single value became repeatable, or the other way round."""
    match old.descriptor, new.descriptor:
        case ArrayType(), ArrayType():
            return False
        case ArrayType(member=member), _:
            return context.types.same_type(old.with_descriptor(member), new)
        case _, ArrayType(member=member):
            return context.types.same_type(old, new.with_descriptor(member))
    return False
