"""Declarations of a module as data: one class a kind that the language specification knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from semverdiff.syntax.descriptors import (
        Expression,
        Metadata,
        ObjectType,
        Reference,
        Signature,
        TypeDescriptor,
    )

__all__ = [
    "AnnotationDeclaration",
    "Class",
    "Constant",
    "Declaration",
    "Enum",
    "EnumMember",
    "Function",
    "Listener",
    "Service",
    "TypeDefinition",
    "Variable",
]


class Function(msgspec.Struct, frozen=True, gc=False):
    """A function of the module. `body` is its source, never modelled."""

    name: str
    public: bool
    qualifiers: frozenset[str]
    signature: Signature
    body: bytes | None
    metadata: Metadata


class TypeDefinition(msgspec.Struct, frozen=True, gc=False):
    """`type Name descriptor;`."""

    name: str
    public: bool
    type: TypeDescriptor
    metadata: Metadata


class Class(msgspec.Struct, frozen=True, gc=False):
    """A class. `type` holds its members and inclusions as an object type.

    The qualifiers `isolated`, `client` and `service` are the object type's; `qualifiers` holds the
    others, `distinct` and `readonly`.
    """

    name: str
    public: bool
    qualifiers: frozenset[str]
    type: ObjectType
    metadata: Metadata


class EnumMember(msgspec.Struct, frozen=True, gc=False):
    """A member of an enum; without a value it is the string of its own name."""

    name: str
    value: Expression | None
    metadata: Metadata


class Enum(msgspec.Struct, frozen=True, gc=False):
    """An enum with its members in the order written."""

    name: str
    public: bool
    members: tuple[EnumMember, ...]
    metadata: Metadata


class Constant(msgspec.Struct, frozen=True, gc=False):
    """`const T NAME = value;`."""

    name: str
    public: bool
    type: TypeDescriptor | None
    value: Expression
    metadata: Metadata


class Variable(msgspec.Struct, frozen=True, gc=False):
    """A module variable, also a configurable one. `type is None` for `var`.

    `required` is `= ?`: the deployer has to give a value.
    """

    name: str
    public: bool
    qualifiers: frozenset[str]
    type: TypeDescriptor | None
    initial: Expression | None
    required: bool
    metadata: Metadata


class Listener(msgspec.Struct, frozen=True, gc=False):
    """`listener T name = expression;`."""

    name: str
    public: bool
    type: TypeDescriptor | None
    initial: Expression
    metadata: Metadata


class AnnotationDeclaration(msgspec.Struct, frozen=True, gc=False):
    """`const annotation T Name on source type, ...;`. `type is None`: it takes no value."""

    name: str
    public: bool
    const: bool
    type: TypeDescriptor | None
    attach_points: frozenset[str]
    metadata: Metadata


class Service(msgspec.Struct, frozen=True, gc=False):
    """A service declaration. `name` is its attach point as written, or its listeners without one."""

    name: str
    attach_point: str
    listeners: tuple[Expression, ...]
    service_type: Reference | None
    type: ObjectType
    metadata: Metadata

    @property
    def public(self) -> bool:
        """A service is reached over the network, not by its name."""
        return False


Declaration = (
    Function
    | TypeDefinition
    | Class
    | Enum
    | Constant
    | Variable
    | Listener
    | AnnotationDeclaration
    | Service
)
