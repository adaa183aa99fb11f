"""What a difference says beside its place: one struct a shape of detail.

Details hold declarations and types, so that whoever words them or writes client code reads what the old
and the new version declare, and no text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from semverdiff.api import Type
    from semverdiff.compare.facts import Direction, Kind
    from semverdiff.syntax import nodes

    Part = nodes.Constant | nodes.ObjectField | nodes.Parameter | nodes.RecordField | nodes.Variable

__all__ = [
    "Added",
    "AnnotationChanged",
    "AttachPointsChanged",
    "DataLost",
    "Detail",
    "InclusionChanged",
    "InitChanged",
    "KindChanged",
    "Moved",
    "Opened",
    "PackageChanged",
    "ParametersReordered",
    "QualifierChanged",
    "Removed",
    "Renamed",
    "SegmentChanged",
    "TypeChanged",
    "ValueChanged",
]


class Added(msgspec.Struct, frozen=True):
    """A parameter, field or value that is new. `type` is `None` where it follows from the value."""

    declared: Part
    type: Type | None


class Removed(msgspec.Struct, frozen=True):
    """A parameter, field or value that is no longer there, as it was declared."""

    declared: Part
    type: Type | None


class Renamed(msgspec.Struct, frozen=True):
    """The same thing under another name; of a module its full name, of a service its attach point."""

    old: str
    new: str


class Moved(msgspec.Struct, frozen=True):
    """The same declaration in another module. Both are full names."""

    old: str
    new: str


class KindChanged(msgspec.Struct, frozen=True):
    """A name that stands for another kind of symbol."""

    old: Kind
    new: Kind


class TypeChanged(msgspec.Struct, frozen=True):
    """Another type. A side without a declared type has `None`.

    `direction` is `None` where the fact does not rest on the values that the types hold. `path` leads to
    the first part that decides; it is empty if the whole type does. `example` is a value of the one side
    only, and `comparable` says whether clients may compare it by `==`. `constructor` (`[]`, `{}` or `new`)
    is what an ambiguous type leaves open. `parameter` is the path parameter that has the type.
    """

    old: Type | None
    new: Type | None
    direction: Direction | None = None
    path: str = ""
    example: str | None = None
    comparable: bool = False
    constructor: str | None = None
    parameter: str | None = None


class ValueChanged(msgspec.Struct, frozen=True):
    """Another default, initial value or constant value; `None` where there was none, or is none now."""

    old: nodes.Expression | None
    new: nodes.Expression | None


class QualifierChanged(msgspec.Struct, frozen=True):
    """One qualifier instead of another: `client`, `service`."""

    old: str
    new: str


class ParametersReordered(msgspec.Struct, frozen=True):
    """The names of all parameters in their old and new order."""

    old: tuple[str, ...]
    new: tuple[str, ...]


class SegmentChanged(msgspec.Struct, frozen=True):
    """A segment of a resource path that became another one."""

    old: nodes.PathSegment
    new: nodes.PathSegment


class InitChanged(msgspec.Struct, frozen=True):
    """The init methods that the two versions of a class write; `None` where it has the implicit one."""

    old: nodes.Method | None
    new: nodes.Method | None


class InclusionChanged(msgspec.Struct, frozen=True):
    """The distinct type whose type id an object type gets no longer, or now, by including it."""

    type: nodes.Reference


class AttachPointsChanged(msgspec.Struct, frozen=True):
    """Attach points that an annotation or its `source` lost or gained, sorted.

    `None` stands for every attach point that is not named.
    """

    removed: tuple[str, ...] | None = ()
    added: tuple[str, ...] | None = ()


class Opened(msgspec.Struct, frozen=True):
    """A record that takes further fields now, and whether all of its values were json before."""

    was_json: bool


class DataLost(msgspec.Struct, frozen=True):
    """The type whose change is the cause, by module and name, when a type is no longer data."""

    cause: tuple[str, str]


class AnnotationChanged(msgspec.Struct, frozen=True):
    """The annotation that is attached with another value, or on one side only."""

    tag: nodes.Reference


class PackageChanged(msgspec.Struct, frozen=True):
    """A fact about the package, or about the dependency of that name (`org/name`)."""

    old: str | None
    new: str | None
    dependency: str | None = None


Detail = (
    Added
    | AnnotationChanged
    | AttachPointsChanged
    | DataLost
    | InclusionChanged
    | InitChanged
    | KindChanged
    | Moved
    | Opened
    | PackageChanged
    | ParametersReordered
    | QualifierChanged
    | Removed
    | Renamed
    | SegmentChanged
    | TypeChanged
    | ValueChanged
)
