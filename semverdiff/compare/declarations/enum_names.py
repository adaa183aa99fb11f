"""The names that an enum gives to values, where the enum became another kind of type, or came from one.

Clients write `m:RED` whether an enum declares RED or a constant. So where an enum became a type or an alias,
each of its names is looked up in the module again, and the type is compared as a set of values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff import api
from semverdiff.changes import Step
from semverdiff.compare.declarations.enums import NOT_FOLDED, enum_differences, written_value
from semverdiff.compare.details import ValueChanged
from semverdiff.compare.facts import Fact, Kind, Subject
from semverdiff.compare.place import Form, declared_form
from semverdiff.compare.types import DEFINITION, type_differences
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place

__all__ = [
    "enum_member_instead",
    "enum_to_enum_differences",
    "enum_to_type_differences",
    "type_to_enum_differences",
    "was_enum_member",
]

_UNREAD = "which values the type and its constants have is declared in another package"
_EXPRESSION = "expression"

_Value = tuple[str, object]


class _Named(msgspec.Struct, frozen=True):
    """A public name of a module for a value: what declares it and where, the value folded, and as written."""

    node: nodes.Constant | nodes.EnumMember
    file: str
    value: _Value
    written: nodes.Expression


def _named(form: Form, module: str, name: str) -> _Named | None:
    """Return what a module names a value; `None` if clients do not see the name."""
    surface = form.surface
    match surface.declaration(module, name):
        case nodes.Constant(public=True) as constant:
            value = api.constant_value(constant, module, surface)
            return _Named(constant, declared_form(surface, (module, name)).file, value, constant.value)
    found = surface.enum_member(module, name)
    if found is None or not found[0].public:
        return None
    enum, member = found
    value = api.enum_member_value(member, module, surface)
    return _Named(member, declared_form(surface, (module, enum.name)).file, value, written_value(member))


def enum_to_enum_differences(
    place: Place, old: nodes.Enum, new: nodes.Enum, form: Form
) -> Iterator[Difference]:
    """Compare an enum with the one that its name is an alias of now, which `form` declares."""
    values = {api.enum_member_value(one, form.module, form.surface): one for one in new.members}
    kept: set[_Value] = set()
    for member in old.members:
        value = api.enum_member_value(member, place.module, place.old.surface)
        kept.add(value)
        named = _named(place.new, place.module, member.name)
        if named is not None and named.value == value and value not in values:
            # The name is still there, but for a value that the enum has no more.
            named = None
        elif named is not None:
            kept.add(named.value)  # another value of a name that clients know, which is stated there
        yield from _member_differences(place, member, value, named)
    for value, member in values.items():
        if value not in kept:
            at = _at(place, member.name, None, Form(member, form.module, form.surface, form.file))
            # What clients miss is a value of the type that they know: no name of it has to be theirs.
            yield replace(at, symbol=place.symbol).differs(Fact.ADDED)


def enum_to_type_differences(
    place: Place, old: nodes.Enum, new: api.Type, *, unread: bool
) -> Iterator[Difference]:
    """Compare an enum with the type that its name stands for now, and its members with the constants."""
    named = {one.name: _named(place.new, place.module, one.name) for one in old.members}
    fact = Fact.TO_CONSTANTS if any(named.values()) else Fact.TO_TYPE_ALIAS
    yield place.about(Subject.ENUM).differs(fact, undecided=_UNREAD if unread else None)
    for member in old.members:
        found = named[member.name]
        is_unread = unread and found is not None and found.value[0] == _EXPRESSION
        if not is_unread:
            value = api.enum_member_value(member, place.module, place.old.surface)
            yield from _member_differences(place, member, value, found)
    if unread:
        return
    today = _union_of(place.new, place.module, old)
    if not all(named.values()) or not place.context.types.same_type(today, new):
        yield from _type_differences(place, _union_of(place.old, place.module, old), new)


def type_to_enum_differences(place: Place, old: api.Type, new: nodes.Enum) -> Iterator[Difference]:
    """Compare a type of strings with the enum that its name stands for now; nothing for other types."""
    constants = {one.name for one in new.members if _named(place.old, place.module, one.name) is not None}
    values = place.new.type_of(_members(new))
    relation = place.context.types.relate(old, place.new.type_of(nodes.BuiltinType("string")))
    if relation.within is False:
        return
    same_names = len(constants) == len(new.members) and _are_names(old.descriptor, constants)
    fact = Fact.ALIAS_TO_ENUM_SAME_NAMES if same_names else Fact.ALIAS_TO_ENUM
    yield place.about(Subject.TYPE).differs(fact)
    for difference in _type_differences(place, old, values):
        # What the type gains are the members, which are stated one by one.
        if difference.fact is not Fact.WIDENED:
            yield difference
    yield from enum_differences(place, old, new, constants)


def _are_names(descriptor: nodes.TypeDescriptor, names: set[str]) -> bool:
    """Return whether a type is written as the union of these names of its module."""
    members = descriptor.members if isinstance(descriptor, nodes.UnionType) else (descriptor,)
    return {one.name if isinstance(one, nodes.Reference) else "" for one in members} == names


def _type_differences(place: Place, old: api.Type, new: api.Type) -> Iterator[Difference]:
    """Yield what differs between the values of two types, not that they are written differently."""
    for difference in type_differences(place.about(Subject.TYPE), DEFINITION, old, new):
        if difference.fact is not Fact.RESPELLED:
            yield difference


def _member_differences(
    place: Place, member: nodes.EnumMember, value: _Value, named: _Named | None
) -> Iterator[Difference]:
    """Yield what became of the name of a member, which may be gone or name another value."""
    old = Form(member, place.module, place.old.surface, place.old.file)
    if named is None:
        yield _at(place, member.name, old, None).differs(Fact.REMOVED)
    elif named.value != value:
        new = Form(named.node, place.module, place.new.surface, named.file)
        values = ValueChanged(written_value(member), named.written)
        folded = _EXPRESSION not in {named.value[0], value[0]}
        undecided = None if folded else NOT_FOLDED
        yield _at(place, member.name, old, new).differs(Fact.VALUE_CHANGED, values, undecided=undecided)


def _at(place: Place, name: str, old: Form | None, new: Form | None) -> Place:
    at = place.member(Subject.ENUM_MEMBER, Step(Kind.ENUM_MEMBER, name), None, None)
    return replace(at, old=old or at.old, new=new or at.new)


def _union_of(form: Form, module: str, enum: nodes.Enum) -> api.Type:
    """Return the union of what the names of an enum's members stand for in a version of the module."""
    return api.Type(_members(enum), module, form.surface)


def _members(enum: nodes.Enum) -> nodes.TypeDescriptor:
    names = tuple(nodes.Reference(None, one.name) for one in enum.members)
    return names[0] if len(names) == 1 else nodes.UnionType(names)


def enum_member_instead(place: Place, old: nodes.Declaration | None) -> tuple[nodes.Constant, Form] | None:
    """Return the member of an enum that has a value's name now, as the constant that it is to clients.

    The form quotes the member. Return `None` if clients see no such value in the old version, or no such
    member in the new one.
    """
    if not (isinstance(old, nodes.Constant | nodes.Variable) and old.public):
        return None
    named = _named(place.new, place.module, old.name)
    if named is None or not isinstance(named.node, nodes.EnumMember):
        return None
    member = named.node
    constant = nodes.Constant(member.name, True, None, named.written, member.metadata)
    text = api.enum_member_text(member)
    return constant, Form(constant, place.module, place.new.surface, named.file, text)


def was_enum_member(place: Place, new: nodes.Declaration | None) -> bool:
    """Return whether a constant took the place of an enum's member, which is stated there with its value."""
    return isinstance(new, nodes.Constant) and _named(place.old, place.module, new.name) is not None
