"""A name of a type in both versions: what it denotes, and how it came to denote it.

Names are followed through aliases before kinds are compared. Another kind is a fact beside the comparison of
what both versions lead to, and a further name for the same thing is no other type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import msgspec
from msgspec.structs import replace

from semverdiff import api
from semverdiff.compare import declarations
from semverdiff.compare.details import KindChanged, TypeChanged
from semverdiff.compare.facts import Fact, Subject
from semverdiff.compare.kinds import Denoted, denoted_kind, kind_of
from semverdiff.compare.place import Form, declared_form
from semverdiff.compare.types import DEFINITION, changed_type, related_difference, type_differences
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.compare.context import Context
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place

    Definition = nodes.Class | nodes.Enum | nodes.TypeDefinition

__all__ = ["definition_differences"]

# The commonest first.
_DEFINITIONS: Final = (nodes.TypeDefinition, nodes.Class, nodes.Enum)
# Another kind that is a fact of its own, beside what differs between the members.
_OBJECT_KINDS: Final = {
    (Denoted.CLASS, Denoted.OBJECT): (Subject.CLASS, Fact.TO_OBJECT_TYPE),
    (Denoted.OBJECT, Denoted.CLASS): (Subject.OBJECT, Fact.TYPE_TO_CLASS),
}


class _Meaning(msgspec.Struct, frozen=True):
    """What a name denotes in one version: how the name is written, and the definition at the end of aliases.

    `form` is that of the definition, which may stand in another file or module.
    """

    written: Form
    form: Form
    definition: Definition
    kind: Denoted

    @property
    def is_alias(self) -> bool:
        """Return whether the name is a further one for what another declaration makes."""
        return self.written.node is not self.definition

    @property
    def written_type(self) -> api.Type:
        """Return the type as the declaration of the name writes it."""
        return _type(self.written)

    @property
    def type(self) -> api.Type:
        """Return the type as the definition at the end writes it."""
        return _type(self.form)


def _type(form: Form) -> api.Type:
    node = form.node
    if type(node) is nodes.TypeDefinition:
        return form.type_of(node.type)
    if type(node) is nodes.Class or type(node) is nodes.Enum:
        return form.type_of(nodes.Reference(None, node.name))
    raise TypeError(f"no definition of a type: {type(node).__name__}")


def definition_differences(place: Place) -> Iterator[Difference]:
    """Compare what a public name of a type denotes in both versions. `place` is the name's."""
    names, name = place.context.names, (place.module, place.symbol)
    old, new = _meaning(place.old, name), _meaning(place.new, name)
    public = names.public_alias(name) if _may_be_alias(place.old) else None
    if public is None:
        yield from _compared(place, old, new)
    elif names.denote_one_thing(name, public):
        # What became of that is stated at its own name.
        yield from _further_name(place, old, new)
    elif isinstance(new.written.node, nodes.TypeDefinition):
        yield from _other_type(place, old, new)
    else:
        # What the name was an alias of is compared at its own name; here it counts as it is now.
        current = _meaning(declared_form(place.context.new, public), public)
        yield from _compared(place, replace(current, written=old.written), new)


def _may_be_alias(written: Form) -> bool:
    """Return whether a declaration may give a further name to what another one makes."""
    return type(written.node) is nodes.TypeDefinition and type(written.node.type) is nodes.Reference


def _meaning(written: Form, name: api.Origin) -> _Meaning:
    end = api.definition_of(written.surface, name) if _may_be_alias(written) else name
    form = written if end == name else declared_form(written.surface, end)
    if not isinstance(form.node, _DEFINITIONS):
        # A syntax error hides the definition, which is said there.
        form = written
    definition = form.node
    if not isinstance(definition, _DEFINITIONS):
        raise TypeError(f"no definition of a type: {type(definition).__name__}")
    return _Meaning(written, form, definition, denoted_kind(definition, form.module, form.surface))


def _further_name(place: Place, old: _Meaning, new: _Meaning) -> Iterator[Difference]:
    """Yield that a name which was an alias denotes the same as before, should it be written differently."""
    if new.is_alias:
        yield from type_differences(place, DEFINITION, old.written_type, new.written_type)
    else:
        # Now the other name is the alias.
        yield _respelled(place, old, new)


def _other_type(place: Place, old: _Meaning, new: _Meaning) -> Iterator[Difference]:
    """Compare what was a further name for a public type with another type, which it stands for now."""
    writes_error = _writes_error(new) and not new.is_alias
    if old.kind is new.kind is Denoted.ERROR and writes_error:
        # It may be made of what the old name stood for: `distinct Base`.
        written = replace(old, form=old.written)
        yield from _errors(place, written, new)
    else:
        yield from type_differences(place, DEFINITION, old.written_type, new.written_type)


def _respelled(place: Place, old: _Meaning, new: _Meaning) -> Difference:
    types = TypeChanged(old.written_type, new.written_type)
    return place.about(Subject.TYPE).differs_in_type(Fact.RESPELLED, types)


def _compared(place: Place, old: _Meaning, new: _Meaning) -> Iterator[Difference]:
    """Compare what a name denotes, first of all its kind."""
    match old.kind, new.kind:
        case (Denoted.CLASS | Denoted.OBJECT, Denoted.CLASS | Denoted.OBJECT):
            yield from _objects(place, old, new)
        case Denoted.ENUM, _ if not old.is_alias:
            yield from _from_enum(place, old, new)
        case _, Denoted.ENUM if not new.is_alias:
            yield from _to_enum(place, old, new)
        case Denoted.RECORD, Denoted.RECORD:
            yield from _records(place, old, new)
        case _ if _is_object(old, new) or _is_object(new, old):
            yield _kind_changed(place, old, new)
        case Denoted.ERROR, Denoted.ERROR if _is_one_of(old, new) or (
            _is_one_of(new, old) and not new.is_alias
        ):
            yield from _errors_and_one(place, old, new)
        case Denoted.ERROR, Denoted.ERROR if _writes_error(old) or (_writes_error(new) and not new.is_alias):
            yield from _errors(place, old, new)
        case _:
            yield from _types(place, old, new)


def _is_object(one: _Meaning, other: _Meaning) -> bool:
    """Return whether one name makes objects, and the other may not be a further name for their type."""
    match one.kind:
        case Denoted.CLASS:
            return not one.is_alias
        case Denoted.OBJECT:
            return not one.is_alias and other.kind is not Denoted.UNREAD
    return False


def _kind_changed(place: Place, old: _Meaning, new: _Meaning) -> Difference:
    words = (kind_of(one.definition, one.form.module, one.form.surface) for one in (old, new))
    return place.about(Subject.SYMBOL).differs(Fact.KIND_CHANGED, KindChanged(*words))


def _denoted(place: Place, old: _Meaning, new: _Meaning, subject: Subject) -> Place:
    """Return the place of a subject with the definitions instead of the aliases that lead to them."""
    return replace(place, subject=subject, old=old.form, new=new.form)


def _objects(place: Place, old: _Meaning, new: _Meaning) -> Iterator[Difference]:
    kinds = (old.kind, new.kind)
    if kinds in _OBJECT_KINDS:
        subject, fact = _OBJECT_KINDS[kinds]
        yield place.about(subject).differs(fact)
    elif kinds == (Denoted.CLASS, Denoted.CLASS) and new.is_alias and not old.is_alias:
        yield place.about(Subject.CLASS).differs(Fact.TO_ALIAS_OF_CLASS)
    match old.definition, new.definition:
        case nodes.TypeDefinition(type=before), nodes.TypeDefinition(type=after) if _is_readonly(
            before
        ) != _is_readonly(after):
            yield from type_differences(place, DEFINITION, old.type, new.type)
            return
        case (nodes.Class() | nodes.TypeDefinition()) as one, (nodes.Class() | nodes.TypeDefinition()) as two:
            subject = Subject.CLASS if old.kind is Denoted.CLASS else Subject.OBJECT
            found = list(declarations.object_differences(_denoted(place, old, new, subject), one, two))
            yield from found
    is_renamed_class = old.kind is Denoted.CLASS and not old.is_alias
    if old.kind is new.kind and not found and not is_renamed_class and _is_respelled(old, new):
        yield _respelled(place, old, new)


def _is_respelled(old: _Meaning, new: _Meaning) -> bool:
    """Return whether a name that denotes the same is an alias now, or none any more, or another one."""
    if not old.is_alias and not new.is_alias:
        return False
    return api.type_text(old.written_type.descriptor) != api.type_text(new.written_type.descriptor)


def _is_readonly(descriptor: nodes.TypeDescriptor) -> bool:
    """Return whether an object type is readonly: it stands in no other intersection than with that."""
    return isinstance(descriptor, nodes.IntersectionType)


def _records(place: Place, old: _Meaning, new: _Meaning) -> Iterator[Difference]:
    before, after = old.type, new.type
    if _names_public_type(place.context, before) or _names_public_type(place.context, after):
        yield from type_differences(place, DEFINITION, old.written_type, new.written_type)
        return
    # Both denote records, which have one.
    shape, new_shape = (cast("api.RecordShape", api.record_shape(one)) for one in (before, after))
    at = _denoted(place, old, new, Subject.RECORD)
    found = list(declarations.record_differences(at, shape, new_shape))
    yield from found
    if not found and _is_respelled(old, new):
        yield from type_differences(place, DEFINITION, old.written_type, new.written_type)


def _names_public_type(context: Context, type_: api.Type) -> bool:
    """Return whether a record is made of one that is compared at its own name: `readonly & Order`, say."""
    waiting = [type_.descriptor]
    while waiting:
        part = waiting.pop()
        if type(part) is nodes.IntersectionType:
            waiting += part.members
        elif type(part) is nodes.Reference:
            owner = type_.surface.owner(part, type_.module)
            if owner is None or context.is_anchor(owner, part.name):
                return True
    return False


def _writes_error(meaning: _Meaning) -> bool:
    """Return whether an error type is made here; `A|B` is a type like any other."""
    return declarations.writes_error(meaning.type.descriptor)


def _is_one_of(one: _Meaning, others: _Meaning) -> bool:
    """Return whether a name denotes an error of its own, and the other one several by their names."""
    return _writes_error(one) and isinstance(others.type.descriptor, nodes.UnionType)


def _errors_and_one(place: Place, old: _Meaning, new: _Meaning) -> Iterator[Difference]:
    """Compare one error with several, which have no parts in common, by the values that they hold."""
    answer = place.context.types.relate_definitions(place.module, place.symbol)
    types = old.written_type, new.written_type
    at = place.about(Subject.TYPE)
    if _writes_error(old):
        # Whatever the union holds: an error of its own is no longer created, as by `error E("")`.
        yield at.differs_in_type(Fact.CHANGED, changed_type(*types, answer))
    else:
        yield related_difference(at, DEFINITION, *types, answer)


def _errors(place: Place, old: _Meaning, new: _Meaning) -> Iterator[Difference]:
    at = _denoted(place, old, new, Subject.ERROR)
    before, after = (api.type_text(one.written_type.descriptor) for one in (old, new))
    found = list(declarations.error_differences(at.quoting(before, after), old.type, new.type))
    yield from found
    if not found and before != after:  # the descriptors know the places of their fields, too
        # In other words the same error: that is said of types of every kind alike.
        yield _respelled(place, old, new)


def _types(place: Place, old: _Meaning, new: _Meaning) -> Iterator[Difference]:
    before, after = old.type.descriptor, new.type.descriptor
    if _is_map(before) and _has_fields(after):
        yield place.about(Subject.MAP).differs(Fact.ALIAS_TO_RECORD)
    elif _has_fields(before) and _is_map(after):
        yield place.about(Subject.RECORD).differs(Fact.TO_MAP_ALIAS)
    else:
        yield from type_differences(place, DEFINITION, old.written_type, new.written_type)


def _is_map(descriptor: nodes.TypeDescriptor) -> bool:
    return isinstance(descriptor, nodes.ParameterizedType) and descriptor.name == "map"


def _has_fields(descriptor: nodes.TypeDescriptor) -> bool:
    return isinstance(descriptor, nodes.RecordType) and bool(descriptor.fields)


def _from_enum(place: Place, old: _Meaning, new: _Meaning) -> Iterator[Difference]:
    match old.definition, new.definition:
        case nodes.Enum() as before, nodes.Enum() as after:
            if not new.is_alias:
                yield from declarations.enum_differences(place, before, after)
            else:
                yield place.about(Subject.ENUM).differs(Fact.TO_ALIAS_OF_ENUM)
                yield from declarations.enum_to_enum_differences(place, before, after, new.form)
        case nodes.Enum() as before, nodes.TypeDefinition() if new.kind in {Denoted.TYPE, Denoted.UNREAD}:
            unread = new.kind is Denoted.UNREAD
            yield from declarations.enum_to_type_differences(place, before, new.written_type, unread=unread)
        case _:
            yield _kind_changed(place, old, new)


def _to_enum(place: Place, old: _Meaning, new: _Meaning) -> Iterator[Difference]:
    match new.definition:
        case nodes.Enum() as enum if old.kind in {Denoted.TYPE, Denoted.ENUM}:
            found = list(declarations.type_to_enum_differences(place, old.written_type, enum))
            yield from found
            if found:
                return
    yield _kind_changed(place, old, new)
