"""What a source of Vein declares, as it is written: names are not resolved, aliases not expanded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.enums import StrEnum

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Accessor",
    "AspectUse",
    "Constraint",
    "MemberForm",
    "SourceAlias",
    "SourceMember",
    "SourceParameter",
    "SourceType",
    "SourceUnit",
    "TypeForm",
    "WrittenType",
]

WrittenType = tuple[str, ...]
"""A type as the words and signs it is made of: `Map`, `<`, `String`, `,`, `Point`, `[]`, `>`.

A qualified name is its last part.
"""


class TypeForm(StrEnum):
    """The word by which a type is declared."""

    ASPECT = "aspect"
    CLASS = "class"
    INTERFACE = "interface"
    STRUCT = "struct"


class MemberForm(StrEnum):
    """How a member is declared."""

    CONSTRUCTOR = "constructor"
    DESTRUCTOR = "destructor"
    FIELD = "field"
    METHOD = "method"
    PROPERTY = "property"


class AspectUse(msgspec.Struct, frozen=True):
    """An aspect in the brackets before a declaration, with its arguments as they are written."""

    name: str
    arguments: str


class SourceParameter(msgspec.Struct, frozen=True):
    """A parameter of a method, constructor, delegate or aspect."""

    name: str
    type: WrittenType


class Constraint(msgspec.Struct, frozen=True):
    """What a type parameter has to be: `when T is IShape`."""

    subject: WrittenType
    bound: WrittenType


class Accessor(msgspec.Struct, frozen=True):
    """How a property is read or written: `private set;`."""

    modifiers: frozenset[str]


class SourceMember(msgspec.Struct, frozen=True):
    """A member of a class, interface or struct.

    `type` is what a field or property holds and what a method returns; a constructor has none. `value` is the
    initial value of a field as it is written. A property with a body or an expression is computed.
    """

    form: MemberForm
    name: str
    modifiers: frozenset[str]
    aspects: tuple[AspectUse, ...]
    text: str
    line: int
    column: int
    type: WrittenType = ()
    type_parameters: tuple[str, ...] = ()
    parameters: tuple[SourceParameter, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    value: str | None = None
    accessors: Mapping[str, Accessor] = {}
    is_computed: bool = False


class SourceType(msgspec.Struct, frozen=True):
    """A class, interface, struct or aspect; the parameters are those of an aspect."""

    form: TypeForm
    name: str
    modifiers: frozenset[str]
    aspects: tuple[AspectUse, ...]
    text: str
    line: int
    column: int
    type_parameters: tuple[str, ...] = ()
    bases: tuple[WrittenType, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    members: tuple[SourceMember, ...] = ()
    parameters: tuple[SourceParameter, ...] = ()


class SourceAlias(msgspec.Struct, frozen=True):
    """An alias of a type, or a delegate: then it has parameters, and `target` is what it returns."""

    name: str
    is_global: bool
    text: str
    line: int
    column: int
    target: WrittenType
    type_parameters: tuple[str, ...] = ()
    parameters: tuple[SourceParameter, ...] | None = None
    constraints: tuple[Constraint, ...] = ()


class SourceUnit(msgspec.Struct, frozen=True):
    """The declarations of one file. `uses` are the spaces that its names may come from."""

    file: str
    space: str
    uses: tuple[str, ...]
    types: tuple[SourceType, ...]
    aliases: tuple[SourceAlias, ...]
