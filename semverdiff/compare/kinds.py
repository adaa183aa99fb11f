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
from semverdiff.compare.facts import Fact, Kind, Subject
from semverdiff.syntax.nodes import (
    AnnotationDeclaration,
    Class,
    Constant,
    Enum,
    Function,
    Listener,
    Reference,
    Service,
    SingletonType,
    TypeDefinition,
    UnionType,
    Variable,
)

if TYPE_CHECKING:
    from semverdiff.api import Surface
    from semverdiff.compare.place import Form, Place
    from semverdiff.syntax.nodes import Declaration

__all__ = ["kind_change", "kind_of", "subject_of"]


def subject_of(declaration: Declaration) -> Subject:
    """Return the first part of the rule ids for a declaration that is added or removed as a whole."""
    match declaration:
        case Function():
            return Subject.FUNCTION
        case Class():
            return Subject.CLASS
        case Enum():
            return Subject.ENUM
        case Constant():
            return Subject.CONSTANT
        case Variable(qualifiers=qualifiers):
            return Subject.CONFIGURABLE if "configurable" in qualifiers else Subject.VARIABLE
        case Listener():
            return Subject.LISTENER
        case AnnotationDeclaration():
            return Subject.ANNOTATION
        case Service():
            return Subject.SERVICE
        case TypeDefinition():
            return Subject.TYPE


def kind_of(declaration: Declaration, module: str, surface: Surface) -> Kind:
    """Return the word for a declaration's kind that a reader of a report knows."""
    match declaration:
        case Class(type=written) if "client" in written.qualifiers:
            return Kind.CLIENT_CLASS
        case TypeDefinition(type=descriptor):
            return _kind_of_type(Type(descriptor, module, surface))
    return Kind(subject_of(declaration))


def _kind_of_type(type_: Type) -> Kind:
    if is_error(type_):
        return Kind.ERROR_TYPE
    if not isinstance(type_.descriptor, Reference):
        if record_shape(type_) is not None:
            return Kind.RECORD
        if written_object_type(type_.descriptor) is not None:
            return Kind.OBJECT_TYPE
    return Kind.TYPE


def kind_change(place: Place, old: Declaration, new: Declaration) -> tuple[Subject, Fact] | None:
    """Return subject and fact of a change between kinds; `None` if the kinds are compared with each other.

    Constants, variables and configurables are compared with each other by the rules of values.
    """
    values = (Constant, Variable)
    if type(old) is type(new) or (isinstance(old, values) and isinstance(new, values)):
        return None
    match old, new:
        case Class(), TypeDefinition(type=Reference() as alias):
            target = object_type_of(place.new.type_of(alias))
            if target is not None and isinstance(target.declaration, Class):
                return Subject.CLASS, Fact.TO_ALIAS_OF_CLASS
        case Class(), TypeDefinition() if declared_object_type(new) is not None:
            return Subject.CLASS, Fact.TO_OBJECT_TYPE
        case TypeDefinition(), Class() if declared_object_type(old) is not None:
            return Subject.OBJECT, Fact.TYPE_TO_CLASS
        case Enum(), TypeDefinition():
            return Subject.ENUM, _enum_fact(place.new, old, new)
        case TypeDefinition(), Enum():
            return _alias_to_enum(place.old, old, new)
    return Subject.SYMBOL, Fact.KIND_CHANGED


def _enum_fact(form: Form, enum: Enum, definition: TypeDefinition) -> Fact:
    """Return what an enum became. `form` is that of the type definition."""
    target = form.type_of(definition.type).target()
    if target is not None and isinstance(target.declaration, Enum):
        return Fact.TO_ALIAS_OF_ENUM
    constants = (form.surface.declaration(form.module, member.name) for member in enum.members)
    same_names = all(isinstance(one, Constant) and one.public for one in constants)
    return Fact.TO_CONSTANTS if same_names else Fact.TO_TYPE_ALIAS


def _alias_to_enum(form: Form, definition: TypeDefinition, enum: Enum) -> tuple[Subject, Fact]:
    """Return what a type definition became. `form` is that of the type definition."""
    written = definition.type
    members = written.members if isinstance(written, UnionType) else (written,)
    if not all(isinstance(one, SingletonType | Reference) for one in members):
        return Subject.SYMBOL, Fact.KIND_CHANGED
    names = {one.name for one in members if isinstance(one, Reference)}
    constants = all(isinstance(form.surface.declaration(form.module, name), Constant) for name in names)
    same = bool(names) and constants and names == {member.name for member in enum.members}
    return Subject.TYPE, Fact.ALIAS_TO_ENUM_SAME_NAMES if same else Fact.ALIAS_TO_ENUM
