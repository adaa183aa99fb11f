"""The API of a shard, from sources or from a module: types, members, and what a form does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.enums import StrEnum

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Final

    from semverdiff.changes import Excerpt

__all__ = [
    "BUILT_IN_ASPECTS",
    "IMPLIED_BASES",
    "Api",
    "ApiType",
    "Constructor",
    "Field",
    "Identity",
    "Method",
    "Parameter",
    "Property",
    "TypeConstraint",
    "TypeKind",
    "TypeName",
    "Visibility",
    "signature_text",
]

BUILT_IN_ASPECTS: Final = frozenset({"native", "special", "forwarded", "alias"})
"""Aspects that the compiler acts upon, in lower case: what they do shows elsewhere."""
IMPLIED_BASES: Final = frozenset({"Object", "ValueType"})
"""Bases that the compiler adds in any order: they tell nothing."""


class TypeKind(StrEnum):
    """What a type is declared as."""

    ALIAS = "alias"
    ASPECT = "aspect"
    CLASS = "class"
    DELEGATE = "delegate"
    INTERFACE = "interface"
    STRUCT = "struct"


class Visibility(StrEnum):
    """Who may use a declaration.

    Without a modifier it is public by the documents of Vein, which nothing enforces (`UNMARKED`). A module
    writes no flag for private fields and for those without a modifier (`UNFLAGGED`).
    """

    PUBLIC = "public"
    PROTECTED = "protected"
    UNMARKED = "unmarked"
    UNFLAGGED = "unflagged"
    INTERNAL = "internal"
    PRIVATE = "private"

    @property
    def is_api(self) -> bool:
        """Return whether clients may rely on what has this visibility."""
        return self in {Visibility.PUBLIC, Visibility.PROTECTED, Visibility.UNMARKED}


class TypeName(msgspec.Struct, frozen=True):
    """A type where it is mentioned.

    `text` is what symbols show: simple names, aliases expanded. In `full` type parameters stand by their
    place, so that another name for one changes nothing. `erased` is what a module holds of it: no arrays, and
    the number of type arguments for themselves. `space` is that of the outermost name, empty if not known.
    """

    text: str
    full: str
    erased: str
    space: str = ""


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of a method, constructor, delegate or aspect."""

    name: str
    type: TypeName


class Method(msgspec.Struct, frozen=True):
    """A method, an operator among them."""

    name: str
    parameters: tuple[Parameter, ...]
    returned: TypeName
    visibility: Visibility
    place: Excerpt
    type_parameters: tuple[str, ...] = ()
    is_static: bool = False
    is_virtual: bool = False
    is_abstract: bool = False
    is_override: bool = False
    aspects: tuple[str, ...] = ()

    @property
    def symbol(self) -> str:
        """Return the name with the types of the parameters: `add(Int32,Int32)`."""
        return f"{self.name}{signature_text(self.parameters)}"


class Constructor(msgspec.Struct, frozen=True):
    """A constructor; the implicit one is what a class without any has."""

    parameters: tuple[Parameter, ...]
    visibility: Visibility
    place: Excerpt
    is_implicit: bool = False
    aspects: tuple[str, ...] = ()

    @property
    def symbol(self) -> str:
        """Return the name with the types of the parameters: `new(Double)`."""
        return f"new{signature_text(self.parameters)}"


class Property(msgspec.Struct, frozen=True):
    """A property: how visible its getter and setter are, `None` for one that it has not.

    `is_computed` is `None` where nothing tells: on interfaces, and in modules older than properties with a
    field of their own.
    """

    name: str
    type: TypeName
    getter: Visibility | None
    setter: Visibility | None
    place: Excerpt
    is_static: bool = False
    is_virtual: bool = False
    is_abstract: bool = False
    is_override: bool = False
    is_computed: bool | None = None
    aspects: tuple[str, ...] = ()

    @property
    def visibility(self) -> Visibility:
        """Return the visibility of the accessor that is more visible."""
        accessors = (self.getter, self.setter)
        return next((one for one in Visibility if one in accessors), Visibility.PRIVATE)


class Field(msgspec.Struct, frozen=True):
    """A field. `value` is that of a constant as it is written, `None` if it is none or not known."""

    name: str
    type: TypeName
    visibility: Visibility
    place: Excerpt
    is_static: bool = False
    is_readonly: bool = False
    is_literal: bool = False
    value: str | None = None
    aspects: tuple[str, ...] = ()


class TypeConstraint(msgspec.Struct, frozen=True):
    """What a type parameter has to be."""

    subject: TypeName
    bound: TypeName


class Identity(msgspec.Struct, frozen=True, order=True):
    """What one version and another know a type by: the space, the name, the number of type parameters."""

    space: str
    name: str
    arity: int


class ApiType(msgspec.Struct, frozen=True):
    """A type with its own members.

    `kinds` is what it may be, the likeliest first: older modules write structs and interfaces as classes.
    `bases` are without `Object` and `ValueType`. Of an alias there is a `target`, of a delegate what it takes
    and `returned`, of an aspect its parameters. What the form does not tell is `None`: parameters of an
    aspect and constraints of a module, constructors of what may be an interface.
    """

    kinds: tuple[TypeKind, ...]
    identity: Identity
    visibility: Visibility
    place: Excerpt
    type_parameters: tuple[str, ...] = ()
    is_static: bool = False
    is_abstract: bool = False
    bases: tuple[TypeName, ...] = ()
    constructors: tuple[Constructor, ...] | None = ()
    methods: tuple[Method, ...] = ()
    properties: tuple[Property, ...] = ()
    fields: tuple[Field, ...] = ()
    target: TypeName | None = None
    returned: TypeName | None = None
    parameters: tuple[Parameter, ...] | None = ()
    constraints: tuple[TypeConstraint, ...] | None = ()
    aspects: tuple[str, ...] = ()

    @property
    def kind(self) -> TypeKind:
        """Return what the type is, or is likeliest."""
        return self.kinds[0]

    @property
    def symbol(self) -> str:
        """Return the name as symbols show it: `Box<T>`."""
        names = self.type_parameters
        return f"{self.identity.name}<{','.join(names)}>" if names else self.identity.name


class Api(msgspec.Struct, frozen=True):
    """All types of a shard, visible or not, by identity.

    `is_erased` says that arrays and type arguments are not known, `has_constants` that values of constants
    and uses of aspects are, `has_layouts` that structs are laid out in memory as their fields are listed.
    `notes` say what was lost and what is experimental.
    """

    types: Mapping[Identity, ApiType]
    is_erased: bool
    has_constants: bool = True
    has_layouts: bool = False
    notes: tuple[str, ...] = ()


def signature_text(parameters: Iterable[Parameter]) -> str:
    """Return the types of parameters in parentheses, as symbols show them."""
    return f"({','.join(one.type.text for one in parameters)})"
