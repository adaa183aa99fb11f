"""Clients that create, use and implement objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import api
from semverdiff.clients import calls, losses, objects, values, writes
from semverdiff.clients.errors import NotWritableError
from semverdiff.clients.program import NOT_SHOWN, Block, Line
from semverdiff.compare.details import InclusionChanged
from semverdiff.compare.facts import Fact
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import spelled

if TYPE_CHECKING:
    from semverdiff.api import Member
    from semverdiff.clients.draft import Draft

__all__ = [
    "assign_to_client",
    "assign_to_included",
    "assign_to_readonly",
    "assign_to_service",
    "call_member",
    "compare_member",
    "construct_checked",
    "construct_isolated",
    "implement",
    "implement_freely",
    "read_member",
    "share",
    "test_type",
    "write_into_member",
    "write_member",
]


def implement(draft: Draft) -> None:
    """Implement the type by including it, with all members of the old version."""
    declared = draft.difference.declared
    key = api.method_key(declared) if isinstance(declared, nodes.Method) else None
    draft.declared()
    objects.own_class(draft, draft.named, includes=True, changed=key, breaks=key is None)


def implement_freely(draft: Draft) -> None:
    """Implement the type, without naming it where its form is enough, and use such an object as one of it."""
    draft.declared()
    own = objects.own_class(draft, draft.named, includes=objects.has_type_id(draft.named))
    text = draft.names.text(draft.named)
    draft.say(f"{text} {draft.names.fresh('instance')} = new {own}();", breaks=True)


def call_member(draft: Draft) -> None:
    """Call the method of the old version at the end of the trail."""
    declared = draft.difference.declared
    if not isinstance(declared, nodes.Method):
        raise NotWritableError("the old version declares no such method")
    function = calls.method(draft, calls.found_method(draft, declared))
    arguments = calls.arguments_of(draft, function.signature, function.home)
    calls.use_result(draft, function, arguments)


def read_member(draft: Draft) -> None:
    """Read a field of an object as its old type."""
    member = _field(draft)
    text = draft.names.text(api.field_type(member))
    place = f"{calls.receiver(draft)}.{spelled(member.declared.name)}"
    draft.say(f"{text} {draft.names.fresh(member.declared.name)} = {place};", breaks=True)


def write_member(draft: Draft) -> None:
    """Write a field of an object, or implement the type with it if nobody may write it."""
    member = _field(draft)
    if member.declared.final or objects.is_readonly(draft.named):
        _implement_with(draft)
        return
    instance = calls.receiver(draft)
    value = draft.typed(api.field_type(member), member.declared.name)
    draft.say(f"{instance}.{spelled(member.declared.name)} = {value};", breaks=True)


def _implement_with(draft: Draft) -> None:
    """Implement a type that has a field which only implementations write."""
    if isinstance(draft.declared().declaration, nodes.Class):
        implement_freely(draft)
    else:
        implement(draft)


def write_into_member(draft: Draft) -> None:
    """Change what a field of an object holds."""
    member = _field(draft)
    old, new = draft.changed_types()
    text = draft.names.text(api.field_type(member))
    name = draft.names.fresh(member.declared.name)
    draft.say(f"{text} {name} = {calls.receiver(draft)}.{spelled(member.declared.name)};")
    draft.add(writes.write_into(draft, name, old, new))


def compare_member(draft: Draft) -> None:
    """Compare a field with a value that it can no longer have."""
    example = losses.example_of(draft)
    place = f"{calls.receiver(draft)}.{spelled(_field(draft).declared.name)}"
    draft.say(
        f"boolean {draft.names.fresh('lost')} = {losses.lost_test(draft, place, example)};", breaks=True
    )


def construct_checked(draft: Draft) -> None:
    """Create an object whose old init does not fail."""
    target = draft.declared()
    if not isinstance(target.declaration, nodes.Class):
        _use_as_type(draft)
        return
    name = draft.names.of(target.module, target.key)
    text = values.new_object(draft, target)
    draft.say(f"{name} {draft.names.fresh('instance')} = {text};", breaks=True)


def construct_isolated(draft: Draft) -> None:
    """Create an object in an isolated function."""
    draft.isolated = True
    construct_checked(draft)


def _use_as_type(draft: Draft) -> None:
    draft.received(draft.named, "instance", breaks=True)


def assign_to_client(draft: Draft) -> None:
    """Use an object as a client object of any kind."""
    instance = calls.receiver(draft)
    draft.say(f"client object {{}} {draft.names.fresh('endpoint')} = {instance};", breaks=True)


def assign_to_service(draft: Draft) -> None:
    """Use an object as a service object of any kind."""
    instance = calls.receiver(draft)
    draft.say(f"service object {{}} {draft.names.fresh('offered')} = {instance};", breaks=True)


def assign_to_readonly(draft: Draft) -> None:
    """Use a value as an immutable one."""
    instance = draft.typed(draft.named, "instance")
    if draft.difference.fact is Fact.READONLY_REMOVED and api.record_shape(draft.named) is not None:
        text = draft.names.text(draft.named)
        draft.say(f"readonly & {text} {draft.names.fresh('shared')} = {instance};", breaks=True)
        return
    draft.say(f"readonly {draft.names.fresh('shared')} = {instance};", breaks=True)


def assign_to_included(draft: Draft) -> None:
    """Use an object as one of the distinct type that it included."""
    match draft.difference.detail:
        case InclusionChanged(included):
            text = draft.names.text(draft.type_of(included))
            instance = calls.receiver(draft)
            draft.say(f"{text} {draft.names.fresh('included')} = {instance};", breaks=True)
        case _:
            raise NotWritableError("it is not known which type was included")


def share(draft: Draft) -> None:
    """Read a final variable of the type in an isolated function."""
    draft.declared()
    text = draft.names.text(draft.named)
    create, shared = draft.names.fresh("create"), draft.names.fresh("shared")
    draft.declare(Block(Line(f"isolated function {create}() returns {text} {{"), (NOT_SHOWN,)))
    draft.declare(Line(f"final {text} {shared} = {create}();"))
    draft.isolated = True
    draft.say(f"{text} {draft.names.fresh('instance')} = {shared};", breaks=True)


def test_type(draft: Draft) -> None:
    """Test whether a value of another type is of a distinct type whose shape it has."""
    text = draft.names.text(draft.named)
    general = draft.type_of(nodes.BuiltinType("error" if api.is_error(draft.named) else "any"))
    try:
        value = draft.variable(general, "value", draft.attempt(lambda: _alike(draft)))
    except NotWritableError:
        value = draft.received(general, "value")
    body = (Line('panic error("taken for one of the type");'),)
    draft.add(Block(Line(f"if {value} is {text} {{", breaks=True), body))


def _alike(draft: Draft) -> str:
    """Return a value that a distinct type would hold if it were not distinct."""
    target = draft.declared()
    match target.declaration:
        case nodes.TypeDefinition(type=nodes.DistinctType(member=nodes.ObjectType())) | nodes.Class():
            written = api.declared_object_type(target.declaration)
            if written is None or any(objects.has_type_id(target.type_of(one)) for one in written.inclusions):
                raise NotWritableError("the type includes another distinct type")
            return f"new {objects.own_class(draft, draft.named, includes=False)}()"
        case nodes.TypeDefinition(type=nodes.DistinctType(member=member)):
            return draft.constructed(target.type_of(member), "value")
    raise NotWritableError("the type is not distinct by itself")


def _field(draft: Draft) -> Member[nodes.ObjectField]:
    members = draft.members.object(objects.written(draft.named))
    found = members.fields.get(draft.name)
    if found is None:
        raise NotWritableError(f"the old version has no field '{draft.name}'")
    return found
