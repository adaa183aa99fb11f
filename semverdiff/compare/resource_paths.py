"""Resource paths: which calls they match, and how one path becomes another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import method_text
from semverdiff.compare.details import SegmentChanged
from semverdiff.compare.sides import Typed
from semverdiff.compare.type_changes import type_differences
from semverdiff.syntax.nodes import BuiltinType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api import Member
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Method, PathSegment

__all__ = ["is_counterpart", "overlap", "path_differences", "same_but_one_name"]

_STRING = BuiltinType("string")
_NO_NAMES = frozenset({BuiltinType(name) for name in ("boolean", "byte", "decimal", "float", "int")})


def overlap(one: tuple[PathSegment, ...], other: tuple[PathSegment, ...]) -> bool:
    """Return whether some call fits both paths; a segment's name is a string."""
    if not one or not other:
        return all(segment.kind == "rest" for segment in (*one, *other))
    (first, *_), (second, *_) = one, other
    if first.kind == "rest":
        return any(overlap(one[1:], other[taken:]) for taken in range(len(other) + 1))
    if second.kind == "rest":
        return overlap(other, one)
    return _same_call(first, second) and overlap(one[1:], other[1:])


def _same_call(one: PathSegment, other: PathSegment) -> bool:
    """Return whether two single segments have a value in common, as far as their spelling tells."""
    if one.kind == other.kind == "name":
        return one.name == other.name
    if one.kind == other.kind:
        return True
    parameter = one if one.kind == "parameter" else other
    return parameter.type not in _NO_NAMES


def is_counterpart(old: Method, new: Method) -> bool:
    """Return whether one resource's path takes in the calls of the other, so that it may have become it."""
    return (
        old.kind == new.kind == "resource"
        and old.name == new.name
        and len(old.path) == len(new.path)
        and all(_step(before, after) is not None for before, after in zip(old.path, new.path, strict=True))
    )


def _step(old: PathSegment, new: PathSegment) -> str | None:
    """Name what happened to a segment: a fact, `""` for nothing, `None` if it is another segment."""
    match old.kind, new.kind:
        case "name", "name":
            return "" if old.name == new.name else None
        case "parameter", "rest":
            return "path-parameter-to-rest"
        case "rest", "parameter":
            return "path-rest-to-parameter"
        case "name", "parameter":
            return "path-segment-generalised" if new.type == _STRING else None
        case "parameter", "name":
            return "path-segment-specialised" if old.type == _STRING else None
    return "" if old.kind == new.kind else None


def path_differences(
    place: Place, sides: Sides, old: Member[Method], new: Member[Method]
) -> Iterator[Difference]:
    """Compare the paths of one resource, or of a resource and its counterpart, segment by segment."""
    before, after = old.declared, new.declared
    excerpts = (
        place.old_excerpt(method_text(before), before.metadata),
        place.new_excerpt(method_text(after), after.metadata),
    )
    for left, right in zip(before.path, after.path, strict=True):
        fact = _step(left, right)
        if fact:
            yield place.differs(fact, *excerpts, SegmentChanged(left, right))
        elif left.name != right.name:
            yield place.differs("path-parameter-renamed", *excerpts, SegmentChanged(left, right))
        if left.type is not None and right.type is not None:
            types = (
                Typed(left.type, old.module, before.metadata),
                Typed(right.type, new.module, after.metadata),
            )
            yield from _type_differences(place, sides, left, *types)


def _type_differences(
    place: Place, sides: Sides, segment: PathSegment, old: Typed, new: Typed
) -> Iterator[Difference]:
    prefix = "path-parameter-type" if segment.kind == "parameter" else "path-rest-type"
    yield from type_differences(place, sides, prefix, old, new, segment.name)


def same_but_one_name(sides: Sides, old: Member[Method], new: Member[Method]) -> bool:
    """Return whether two resources differ in the accessor or in one segment's name only."""
    before, after = old.declared, new.declared
    if [one.kind for one in before.path] != [one.kind for one in after.path]:
        return False
    other_names = int(before.name != after.name)
    for left, right in zip(before.path, after.path, strict=True):
        if left.type is None or right.type is None:
            other_names += left.name != right.name
        elif not sides.same_type(
            Typed(left.type, old.module, before.metadata), Typed(right.type, new.module, after.metadata)
        ):
            return False
    return other_names == 1
