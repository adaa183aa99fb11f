"""What kind of symbol is a declaration, in the words of the rules, and what does a change of kind mean?"""

from __future__ import annotations

from semverdiff import api
from semverdiff.compare.facts import Kind, Subject
from semverdiff.enums import StrEnum
from semverdiff.syntax import nodes

__all__ = ["Denoted", "denoted_kind", "kind_of", "subject_of"]


def subject_of(declaration: nodes.Declaration) -> Subject:
    """Return the first part of the rule ids for a declaration that is added or removed as a whole."""
    return Subject(api.declaration_kind(declaration))


def kind_of(declaration: nodes.Declaration, module: str, surface: api.Surface) -> Kind:
    """Return the word for a declaration's kind that a reader of a report knows."""
    if type(declaration) is nodes.TypeDefinition:
        return _kind_of_type(api.Type(declaration.type, module, surface))
    if type(declaration) is nodes.Class and "client" in declaration.type.qualifiers:
        return Kind.CLIENT_CLASS
    return Kind(api.declaration_kind(declaration))


def _kind_of_type(type_: api.Type) -> Kind:
    if type(type_.descriptor) is nodes.RecordType:
        return Kind.RECORD  # as most are, and as the questions below would tell, one after the other
    if api.is_error(type_):
        return Kind.ERROR_TYPE
    if not isinstance(type_.descriptor, nodes.Reference):
        if api.record_shape(type_) is not None:
            return Kind.RECORD
        if api.written_object_type(type_.descriptor) is not None:
            return Kind.OBJECT_TYPE
    return Kind.TYPE


class Denoted(StrEnum):
    """What a type definition, class or enum makes, as far as kinds are compared with each other."""

    CLASS = "class"
    ENUM = "enum"
    ERROR = "error"
    OBJECT = "object"
    RECORD = "record"
    TYPE = "type"
    UNREAD = "unread"


def denoted_kind(
    declaration: nodes.Class | nodes.Enum | nodes.TypeDefinition, module: str, surface: api.Surface
) -> Denoted:
    """Return what a definition of a type makes. A name of another package makes `UNREAD`, a union `TYPE`."""
    match declaration:
        # The commonest first: to find that a node is of another form takes long.
        case nodes.TypeDefinition(type=descriptor):
            return _denoted_by(api.Type(descriptor, module, surface))
        case nodes.Class():
            return Denoted.CLASS
        case nodes.Enum():
            return Denoted.ENUM


def _denoted_by(type_: api.Type) -> Denoted:
    if type(type_.descriptor) is nodes.RecordType:
        return Denoted.RECORD
    if api.written_object_type(type_.descriptor) is not None:
        return Denoted.OBJECT
    if api.record_shape(type_) is not None:
        return Denoted.RECORD
    if api.is_error(type_):
        return Denoted.ERROR
    return Denoted.UNREAD if _is_unread(type_) else Denoted.TYPE


def _is_unread(type_: api.Type) -> bool:
    """Return whether a type is one of another package, `readonly` or not."""
    match type_.descriptor:
        case nodes.Reference() as reference:
            return type_.surface.owner(reference, type_.module) is None
        case nodes.IntersectionType(members=members):
            references = [one for one in members if isinstance(one, nodes.Reference)]
            return any(type_.surface.owner(one, type_.module) is None for one in references)
    return False
