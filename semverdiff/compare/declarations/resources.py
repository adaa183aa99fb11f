"""Resource paths: which calls they match, and how one path becomes another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import limits
from semverdiff.compare.details import SegmentChanged
from semverdiff.compare.facts import Fact
from semverdiff.compare.types import PATH_PARAMETER, PATH_REST, type_differences
from semverdiff.errors import Mistake, SourceError
from semverdiff.syntax.nodes import BuiltinType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Form, Place
    from semverdiff.syntax.nodes import Method, PathSegment

__all__ = ["Counterparts", "Paths", "is_counterpart", "path_differences", "same_but_one_name"]

_STRING = BuiltinType("string")
_NO_NAMES = frozenset({BuiltinType(name) for name in ("boolean", "byte", "decimal", "float", "int")})


class _Branch:
    """What follows a beginning that paths have in common."""

    def __init__(self) -> None:
        self.named: dict[str, _Branch] = {}
        # Of parameters whose type admits a name, and of the others.
        self.open_parameters: _Branch | None = None
        self.closed_parameters: _Branch | None = None
        self.rest = False
        self.ends: list[str] = []

    def grow(self, segment: PathSegment) -> _Branch:
        """Return the branch for a segment, made if it is new."""
        if segment.kind == "name":
            return self.named.setdefault(segment.name, _Branch())
        if segment.type in _NO_NAMES:
            self.closed_parameters = self.closed_parameters or _Branch()
            return self.closed_parameters
        self.open_parameters = self.open_parameters or _Branch()
        return self.open_parameters

    def overlapping(self, segment: PathSegment) -> Iterator[_Branch]:
        """Yield the branches of segments that may share a value with this one; a name is a string."""
        if segment.kind == "name":
            following = [self.named.get(segment.name), self.open_parameters]
        else:
            following = [self.open_parameters, self.closed_parameters]
            if segment.type not in _NO_NAMES:
                following += self.named.values()
        yield from (branch for branch in following if branch is not None)


class Paths:
    """The paths of resources by accessor, as a tree, so that one is not compared with each of the others."""

    def __init__(self, methods: Iterable[Method]) -> None:
        self._roots: dict[str, _Branch] = {}
        for method in methods:
            if method.kind == "resource":
                self._insert(method)

    def _insert(self, method: Method) -> None:
        branch = self._roots.setdefault(method.name, _Branch())
        for segment in method.path:
            if segment.kind == "rest":
                branch.rest = True
                return
            branch = branch.grow(segment)
        branch.ends.append(method.name)

    def overlap(self, method: Method) -> bool:
        """Return whether some call fits a resource and one of these, as far as spelling tells."""
        root = self._roots.get(method.name)
        branches = [] if root is None else [root]
        for segment in method.path:
            if segment.kind == "rest":
                break
            if any(branch.rest for branch in branches):
                return True
            branches = [following for branch in branches for following in branch.overlapping(segment)]
        else:
            return any(branch.rest or branch.ends for branch in branches)
        return bool(branches)


class Counterparts:
    """Old resources by their paths, to be found by the new ones that they may have become."""

    def __init__(self, old: Mapping[str, Method]) -> None:
        self._old = old
        self._roots: dict[str, _Branch] = {}
        for key, method in old.items():
            if method.kind == "resource":
                branch = self._roots.setdefault(method.name, _Branch())
                for segment in method.path:
                    branch = branch.grow(segment)
                branch.ends.append(key)

    def of(self, new: Method) -> Iterator[str]:
        """Yield the keys of the old resources that may have become a new one."""
        root = self._roots.get(new.name)
        branches = [] if root is None else [root]
        for segment in new.path:
            branches = [following for branch in branches for following in branch.overlapping(segment)]
        yield from (key for branch in branches for key in branch.ends if is_counterpart(self._old[key], new))


def is_counterpart(old: Method, new: Method) -> bool:
    """Return whether one resource's path takes in the calls of the other, so that it may have become it.

    Both paths are equally long.
    """
    return (
        old.kind == new.kind == "resource"
        and old.name == new.name
        and all(_is_step(before, after) for before, after in zip(old.path, new.path, strict=True))
    )


def _is_step(old: PathSegment, new: PathSegment) -> bool:
    """Return whether a segment may have become the other one."""
    same = old.kind == new.kind and (old.kind != "name" or old.name == new.name)
    return same or _step_fact(old, new) is not None


def _step_fact(old: PathSegment, new: PathSegment) -> Fact | None:
    """Return what happened to the form of a segment; `None` for nothing, or for another segment."""
    match old.kind, new.kind:
        case "parameter", "rest":
            return Fact.PATH_PARAMETER_TO_REST
        case "rest", "parameter":
            return Fact.PATH_REST_TO_PARAMETER
        case "name", "parameter" if new.type == _STRING:
            return Fact.PATH_SEGMENT_GENERALISED
        case "parameter", "name" if old.type == _STRING:
            return Fact.PATH_SEGMENT_SPECIALISED
    return None


def path_differences(place: Place, old: Method, new: Method) -> Iterator[Difference]:
    """Compare the paths of one resource, or of a resource and its counterpart, segment by segment.

    Raises `SourceError` for a path of more segments than `limits` allow.
    """
    if len(new.path) > limits.PATH_SEGMENTS:
        raise _too_long(place.new, new)
    for before, after in zip(old.path, new.path, strict=True):
        if before == after and (before.type is None or type(before.type) is BuiltinType):
            continue  # as most are, and no name in it can mean another thing
        fact = _step_fact(before, after)
        if fact is None and before.name != after.name:
            fact = Fact.PATH_PARAMETER_RENAMED
        if fact is not None:
            yield place.differs(fact, SegmentChanged(before, after))
        if before.type is not None and after.type is not None:
            facts = PATH_PARAMETER if before.kind == "parameter" else PATH_REST
            types = (place.old.type_of(before.type), place.new.type_of(after.type))
            yield from type_differences(place, facts, *types, before.name)


def _too_long(form: Form, method: Method) -> SourceError:
    """Return the error of a path whose differences would each repeat all of it."""
    message = f"the path of a resource has more than {limits.PATH_SEGMENTS:,} segments: expected fewer."
    location = form.location or method.metadata.location
    return SourceError(mistakes=(Mistake(message, form.file, location.line, location.column),))


def same_but_one_name(place: Place, old: Method, new: Method) -> bool:
    """Return whether two resources differ in the accessor or in one segment's name only."""
    if [one.kind for one in old.path] != [one.kind for one in new.path]:
        return False
    other_names = int(old.name != new.name)
    for before, after in zip(old.path, new.path, strict=True):
        if before.type is None or after.type is None:
            other_names += before.name != after.name
        elif not place.context.types.same_type(place.old.type_of(before.type), place.new.type_of(after.type)):
            return False
    return other_names == 1
