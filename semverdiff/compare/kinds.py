"""What kind of symbol is a declaration, in the words of the rules, and what does a change of kind mean?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import api
from semverdiff.compare.facts import Fact, Kind, Subject
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from semverdiff.compare.place import Form, Place

__all__ = ["kind_change", "kind_of", "subject_of"]


def subject_of(declaration: nodes.Declaration) -> Subject:
    """Return the first part of the rule ids for a declaration that is added or removed as a whole."""
    return Subject(api.declaration_kind(declaration))


def kind_of(declaration: nodes.Declaration, module: str, surface: api.Surface) -> Kind:
    """Return the word for a declaration's kind that a reader of a report knows."""
    match declaration:
        case nodes.Class(type=written) if "client" in written.qualifiers:
            return Kind.CLIENT_CLASS
        case nodes.TypeDefinition(type=descriptor):
            return _kind_of_type(api.Type(descriptor, module, surface))
    return Kind(subject_of(declaration))


def _kind_of_type(type_: api.Type) -> Kind:
    if api.is_error(type_):
        return Kind.ERROR_TYPE
    if not isinstance(type_.descriptor, nodes.Reference):
        if api.record_shape(type_) is not None:
            return Kind.RECORD
        if api.written_object_type(type_.descriptor) is not None:
            return Kind.OBJECT_TYPE
    return Kind.TYPE


def kind_change(place: Place, old: nodes.Declaration, new: nodes.Declaration) -> tuple[Subject, Fact] | None:
    """Return subject and fact of a change between kinds; `None` if the kinds are compared with each other.

    Constants, variables and configurables are compared with each other by the rules of values.
    """
    values = (nodes.Constant, nodes.Variable)
    if type(old) is type(new) or (isinstance(old, values) and isinstance(new, values)):
        return None
    match old, new:
        case nodes.Class(), nodes.TypeDefinition(type=nodes.Reference() as alias):
            target = api.object_type_of(place.new.type_of(alias))
            if target is not None and isinstance(target.declaration, nodes.Class):
                return Subject.CLASS, Fact.TO_ALIAS_OF_CLASS
        case nodes.Class(), nodes.TypeDefinition() if api.declared_object_type(new) is not None:
            return Subject.CLASS, Fact.TO_OBJECT_TYPE
        case nodes.TypeDefinition(), nodes.Class() if api.declared_object_type(old) is not None:
            return Subject.OBJECT, Fact.TYPE_TO_CLASS
        case nodes.Enum(), nodes.TypeDefinition():
            return Subject.ENUM, _enum_fact(place.new, old, new)
        case nodes.TypeDefinition(), nodes.Enum():
            return _alias_to_enum(place.old, old, new)
    return Subject.SYMBOL, Fact.KIND_CHANGED


def _enum_fact(form: Form, enum: nodes.Enum, definition: nodes.TypeDefinition) -> Fact:
    """Return what an enum became. `form` is that of the type definition."""
    target = form.type_of(definition.type).target()
    if target is not None and isinstance(target.declaration, nodes.Enum):
        return Fact.TO_ALIAS_OF_ENUM
    constants = (form.surface.declaration(form.module, member.name) for member in enum.members)
    same_names = all(isinstance(one, nodes.Constant) and one.public for one in constants)
    return Fact.TO_CONSTANTS if same_names else Fact.TO_TYPE_ALIAS


def _alias_to_enum(form: Form, definition: nodes.TypeDefinition, enum: nodes.Enum) -> tuple[Subject, Fact]:
    """Return what a type definition became. `form` is that of the type definition."""
    written = definition.type
    members = written.members if isinstance(written, nodes.UnionType) else (written,)
    if not all(isinstance(one, nodes.SingletonType | nodes.Reference) for one in members):
        return Subject.SYMBOL, Fact.KIND_CHANGED
    names = {one.name for one in members if isinstance(one, nodes.Reference)}
    constants = all(isinstance(form.surface.declaration(form.module, name), nodes.Constant) for name in names)
    same = bool(names) and constants and names == {member.name for member in enum.members}
    return Subject.TYPE, Fact.ALIAS_TO_ENUM_SAME_NAMES if same else Fact.ALIAS_TO_ENUM
