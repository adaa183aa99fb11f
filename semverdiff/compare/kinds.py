"""What kind of symbol is a declaration, in the words of the rules, and what does a change of kind mean?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import (
    Type,
    declared_object_type,
    is_error,
    object_type_of,
    record_shape,
    written_object_type,
)
from semverdiff.compare.facts import Kind
from semverdiff.syntax.nodes import (
    AnnotationDeclaration,
    Class,
    Constant,
    Enum,
    Function,
    Listener,
    ParameterizedType,
    Reference,
    Service,
    SingletonType,
    TypeDefinition,
    UnionType,
    Variable,
)

if TYPE_CHECKING:
    from semverdiff.api import Surface
    from semverdiff.syntax.nodes import Declaration, TypeDescriptor

__all__ = ["kind_change", "kind_of", "subject_of"]


def subject_of(declaration: Declaration) -> str:
    """Return the first part of the rule ids for a declaration that comes or goes as a whole."""
    match declaration:
        case Function():
            return "function"
        case Class():
            return "class"
        case Enum():
            return "enum"
        case Constant():
            return "constant"
        case Variable(qualifiers=qualifiers):
            return "configurable" if "configurable" in qualifiers else "variable"
        case Listener():
            return "listener"
        case AnnotationDeclaration():
            return "annotation"
        case Service():
            return "service"
        case TypeDefinition():
            return "type"


def kind_of(declaration: Declaration, module: str, surface: Surface) -> Kind:
    """Return the word for a declaration's kind that a reader of a report knows."""
    match declaration:
        case Class(type=type_) if "client" in type_.qualifiers:
            return Kind.CLIENT_CLASS
        case TypeDefinition(type=type_):
            return _kind_of_type(type_, module, surface)
    return Kind(subject_of(declaration))


def _kind_of_type(descriptor: TypeDescriptor, module: str, surface: Surface) -> Kind:
    if is_error(Type(descriptor, module, surface)):
        return Kind.ERROR_TYPE
    if not isinstance(descriptor, Reference):
        if record_shape(Type(descriptor, module, surface)) is not None:
            return Kind.RECORD
        if written_object_type(descriptor) is not None:
            return Kind.OBJECT_TYPE
    return Kind.TYPE


def kind_change(
    old: Declaration, new: Declaration, module: str, surfaces: tuple[Surface, Surface]
) -> tuple[str, str] | None:
    """Return subject and fact of a change between kinds; `None` if the kinds are compared with each other.

    Constants, variables and configurables are compared with each other by the rules of values.
    """
    values = (Constant, Variable)
    if type(old) is type(new) or (isinstance(old, values) and isinstance(new, values)):
        return None
    old_surface, new_surface = surfaces
    match old, new:
        case Class(), TypeDefinition(type=Reference() as alias):
            found = object_type_of(Type(alias, module, new_surface))
            if found is not None and isinstance(found.declaration, Class):
                return "class", "to-alias-of-class"
        case Class(), TypeDefinition() if declared_object_type(new) is not None:
            return "class", "to-object-type"
        case TypeDefinition(), Class() if declared_object_type(old) is not None:
            return "object", "type-to-class"
        case Enum(), TypeDefinition(type=type_):
            return "enum", _enum_becomes(old, type_, module, new_surface)
        case TypeDefinition(type=type_), Enum():
            return _alias_becomes_enum(type_, new, module, old_surface)
    return "symbol", "kind-changed"


def _enum_becomes(enum: Enum, descriptor: TypeDescriptor, module: str, surface: Surface) -> str:
    if isinstance(descriptor, Reference):
        found = surface.resolve(descriptor, module)
        if found is not None and isinstance(found.declaration, Enum):
            return "to-alias-of-enum"
    constants = (surface.declaration(module, member.name) for member in enum.members)
    same_names = all(isinstance(one, Constant) and one.public for one in constants)
    return "to-constants" if same_names else "to-type-alias"


def _alias_becomes_enum(
    descriptor: TypeDescriptor, enum: Enum, module: str, surface: Surface
) -> tuple[str, str]:
    members = descriptor.members if isinstance(descriptor, UnionType) else (descriptor,)
    if not all(isinstance(one, SingletonType | Reference) for one in members):
        return "symbol", "kind-changed"
    names = {one.name for one in members if isinstance(one, Reference)}
    constants = all(isinstance(surface.declaration(module, name), Constant) for name in names)
    same = bool(names) and constants and names == {member.name for member in enum.members}
    return "type", "alias-to-enum-same-names" if same else "alias-to-enum"


def is_map(descriptor: TypeDescriptor) -> bool:
    """Return whether a type is written as a map."""
    return isinstance(descriptor, ParameterizedType) and descriptor.name == "map"
