"""Clients that construct, read and write records, maps and errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import api
from semverdiff.clients import calls, error_values, losses, values, writes
from semverdiff.clients.errors import NotWritableError
from semverdiff.clients.members import further_key
from semverdiff.clients.program import Line
from semverdiff.clients.structures import or_nil
from semverdiff.compare.details import Added, Opened, TypeChanged
from semverdiff.compare.facts import Fact, Subject
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import quoted, spelled

if TYPE_CHECKING:
    from semverdiff.api import Member, RecordShape, Type
    from semverdiff.clients.draft import Draft

__all__ = [
    "compare_field",
    "construct",
    "construct_ambiguously",
    "construct_from_own",
    "construct_with_field",
    "construct_with_key",
    "own_error",
    "own_record",
    "read_field",
    "read_key",
    "view_as_map",
    "write_field",
    "write_key",
    "write_nil",
]


def construct(draft: Draft) -> None:
    """Create a record or error with what the old version demands."""
    if draft.difference.subject is Subject.ERROR:
        _create_error(draft, {})
        return
    _construct(draft, {})


def construct_with_field(draft: Draft) -> None:
    """Construct with a value of the old type of the changed field."""
    key = spelled(draft.name)
    if draft.difference.subject is Subject.ERROR:
        value = draft.typed(api.field_type(_detail_field(draft)), draft.name)
        _create_error(draft, {key: value})
        return
    match draft.difference.fact:
        case Fact.AGAINST_REST_TYPE_ADDED:
            _construct(draft, {quoted(draft.name): _rest_value(draft)})
        case Fact.DECLARED_FIELD_SET_CHANGED:
            mapping = writes.unquoted_mapping(draft, api.field_type(_field(draft)))
            _construct(draft, {key: mapping})
        case _:
            _construct(draft, {key: draft.typed(_held(draft, _field(draft)), draft.name)})


def construct_with_key(draft: Draft) -> None:
    """Create a record or map with a further key."""
    match draft.difference.fact:
        case Fact.ALIAS_TO_RECORD | Fact.DECLARED_FIELD_SET_CHANGED:
            mapping = writes.unquoted_mapping(draft, draft.named)
            draft.say(f"{_own_name(draft)} {draft.names.fresh('values')} = {mapping};", breaks=True)
        case _:
            rest = _rest(draft)
            detail = draft.difference.detail
            constructor = detail.constructor if isinstance(detail, TypeChanged) else None
            value = (
                draft.value(rest, "extra")
                if constructor is None
                else calls.constructor_of(draft, rest, constructor)
            )
            _construct(draft, {_further_key(draft): value})


def construct_ambiguously(draft: Draft) -> None:
    """Construct with a constructor that fitted one type."""
    constructor = calls.ambiguous_constructor(draft)
    if draft.difference.subject is Subject.RECORD_FIELD:
        value = calls.constructor_of(draft, api.field_type(_field(draft)), constructor)
        _construct(draft, {spelled(draft.name): value})
        return
    if draft.difference.subject is Subject.RECORD:
        construct_with_key(draft)
        return
    value = calls.constructor_of(draft, draft.named, constructor)
    draft.say(f"{_own_name(draft)} {draft.names.fresh('instance')} = {value};", breaks=True)


def construct_from_own(draft: Draft) -> None:
    """Pass a record of the client's own type, which repeats the old fields."""
    own = _declare_own(draft)
    value = draft.value(draft.record.type, "own")
    name = draft.names.fresh("own")
    draft.say(f"{own} {name} = {value};")
    draft.say(f"{_own_name(draft)} {draft.names.fresh('instance')} = {name};", breaks=True)


def own_record(draft: Draft) -> None:
    """Read a record as one of the client's own type, which repeats the old fields."""
    instance = _instance(draft)
    own = _declare_own(draft)
    draft.say(f"{own} {draft.names.fresh('own')} = {instance};", breaks=True)


def own_error(draft: Draft) -> None:
    """Read an error as one of the client's own type, which repeats the old detail."""
    instance = draft.typed(draft.named, "failure")
    details = error_values.details_of(draft.named)
    if len(details) != 1:
        raise NotWritableError("the detail has several parts")
    shown = api.record_shape(details[0])
    if shown is None:
        raise NotWritableError("the detail is no record")
    text = draft.names.written(_spelled_out(draft, shown))
    own = draft.names.fresh("Mine")
    draft.declare(Line(f"type {own} error<{text}>;"))
    draft.say(f"{own} {draft.names.fresh('own')} = {instance};", breaks=True)


def read_field(draft: Draft) -> None:
    """Read a field of a record or detail as its old type."""
    if draft.difference.subject is Subject.ERROR:
        member = _detail_field(draft)
        place = f"{draft.typed(draft.named, 'failure')}.detail()"
    elif draft.difference.subject is Subject.RECORD:
        fields = draft.members.record(draft.record.type).fields
        if not fields:
            raise NotWritableError("the old record declares no field")
        member = next(iter(fields.values()))
        place = _instance(draft)
    else:
        member = _field(draft)
        _require_new(draft, member)
        place = _instance(draft)
    field = member.declared
    text = _read_type(draft, member)
    dot = "?." if field.optional else "."
    name = draft.names.fresh(field.name)
    draft.say(f"{text} {name} = {place}{dot}{spelled(field.name)};", breaks=True)


def compare_field(draft: Draft) -> None:
    """Compare a field, or a further key, with a value that it can no longer have."""
    example = losses.example_of(draft)
    if draft.difference.subject is Subject.ERROR:
        member = _detail_field(draft)
        place = f"{draft.typed(draft.named, 'failure')}.detail()"
    elif draft.difference.subject is Subject.RECORD:
        text = losses.lost_test(draft, f"{_instance(draft)}[{_further_key(draft)}]", example, absent=True)
        draft.say(f"boolean {draft.names.fresh('lost')} = {text};", breaks=True)
        return
    else:
        member = _field(draft)
        place = _instance(draft)
    optional = member.declared.optional
    place = f"{place}{'?.' if optional else '.'}{spelled(member.declared.name)}"
    text = losses.lost_test(draft, place, example, absent=optional)
    draft.say(f"boolean {draft.names.fresh('lost')} = {text};", breaks=True)


def write_field(draft: Draft) -> None:
    """Write a field of a record: the changed one, or of a record that became readonly the first."""
    if draft.difference.subject is Subject.RECORD:
        fields = draft.members.record(draft.record.type).fields
        member = next((one for one in fields.values() if not one.declared.readonly), None)
        if member is None:
            raise NotWritableError("the old record has no field that can be written")
    else:
        member = _field(draft)
    optional = member.declared.optional and _only_nil_is_lost(draft, api.field_type(member))
    if member.declared.readonly or draft.record.readonly or optional:
        # SPEC, Mutability: a readonly field is written by the constructor only.
        _require_lost(draft, _held(draft, member))
        construct_with_field(draft)
        return
    instance = _instance(draft)
    value = draft.typed(api.field_type(member), member.declared.name)
    draft.say(f"{instance}.{spelled(member.declared.name)} = {value};", breaks=True)


def write_nil(draft: Draft) -> None:
    """Remove an optional field."""
    draft.say(f"{_instance(draft)}.{spelled(draft.name)} = ();", breaks=True)


def read_key(draft: Draft) -> None:
    """Read a further key of a record as the old rest type."""
    rest, new = _rest(draft), _new_rest(draft)
    given = new if new is None or not draft.record.readonly else values.immutable(draft, new)
    if given is not None and draft.members.within(given, rest):
        if draft.members.within(rest, given):
            raise NotWritableError("both versions give the same immutable values")
        write_key(draft)  # what no longer may be written is lost, and what is read stays
        return
    if given is not None and draft.members.within(given, or_nil(rest)):
        own_record(draft)  # what is read may be nil in both versions
        return
    text = draft.names.written(nodes.OptionalType(draft.names.descriptor(rest)))
    place = f"{_instance(draft)}[{_further_key(draft)}]"
    draft.say(f"{text} {draft.names.fresh('extra')} = {place};", breaks=True)


def write_key(draft: Draft) -> None:
    """Write a further key of a record with a value of the old rest type."""
    if draft.record.readonly or _only_nil_is_lost(draft, _rest(draft)):
        rest = values.immutable(draft, _rest(draft)) if draft.record.readonly else _rest(draft)
        _require_lost(draft, rest)
        _construct(draft, {_further_key(draft): draft.typed(rest, "extra")})
        return
    value = draft.typed(_rest(draft), "extra")
    draft.say(f"{_instance(draft)}[{_further_key(draft)}] = {value};", breaks=True)


def view_as_map(draft: Draft) -> None:
    """Read a closed record as json, or as a map of what its fields hold."""
    instance = _instance(draft)
    match draft.difference.detail:
        case Opened(was_json=True):
            draft.say(f"json {draft.names.fresh('data')} = {instance};", breaks=True)
            return
    members = draft.members.record(draft.record.type)
    found: dict[str, nodes.TypeDescriptor] = {}
    draft.spend(len(members.fields))
    for member in members.fields.values():
        for one in draft.members.union(api.field_type(member)):
            descriptor = draft.names.descriptor(one)
            found[api.type_text(descriptor)] = descriptor
    parts = tuple(found.values()) or (nodes.BuiltinType("never"),)
    text = draft.names.written(parts[0] if len(parts) == 1 else nodes.UnionType(parts))
    draft.say(f"map<{text}> {draft.names.fresh('fields')} = {instance};", breaks=True)


def _own_name(draft: Draft) -> str:
    draft.declared()
    return draft.names.of(draft.module, draft.declaring)


def _instance(draft: Draft) -> str:
    draft.declared()
    return draft.typed(draft.named, draft.wanted)


def _construct(draft: Draft, given: dict[str, str]) -> None:
    shown = draft.record
    text = values.record(draft, shown.type, given, readonly=shown.readonly)
    draft.say(f"{_own_name(draft)} {draft.names.fresh('instance')} = {text};", breaks=True)


def _create_error(draft: Draft, given: dict[str, str]) -> None:
    name = _own_name(draft)
    inferred = draft.difference.fact is Fact.DISTINCT_ADDED
    text = error_values.error(draft, draft.named, given, "" if inferred else name)
    draft.say(f"{name} {draft.names.fresh('failure')} = {text};", breaks=True)


def _field(draft: Draft) -> Member[nodes.RecordField]:
    member = draft.members.record(draft.record.type).fields.get(draft.name)
    if member is None:
        raise NotWritableError(f"the old version has no field '{draft.name}'")
    return member


def _require_lost(draft: Draft, held: Type) -> None:
    """Raise `NotWritableError` if the new type takes all values of an immutable part."""
    new = _new_type(draft)
    if new is not None and draft.members.within(held, new):
        raise NotWritableError("both versions take the same immutable values")


def _require_new(draft: Draft, member: Member[nodes.RecordField]) -> None:
    """Raise `NotWritableError` if an immutable field gives nothing that it did not give."""
    new = _new_type(draft)
    if new is None or not (member.declared.readonly or draft.record.readonly):
        return
    if draft.members.within(values.immutable(draft, new), api.field_type(member)):
        raise NotWritableError("both versions give the same immutable values")


def _only_nil_is_lost(draft: Draft, type_: Type) -> bool:
    """Return whether the new version takes all but nil: to write nil removes what may be absent."""
    new = _new_type(draft)
    return new is not None and draft.members.within(type_, or_nil(new)) is True


def _new_type(draft: Draft) -> Type | None:
    match draft.difference.detail:
        case TypeChanged(new=api.Type() as new):
            return new
    return None


def _held(draft: Draft, member: Member[nodes.RecordField]) -> Type:
    """Return the type that a value of a field has to be of, where the record is constructed."""
    type_ = api.field_type(member)
    return values.immutable(draft, type_) if member.declared.readonly or draft.record.readonly else type_


def _detail_field(draft: Draft) -> Member[nodes.RecordField]:
    for detail in error_values.details_of(draft.named):
        shown = api.record_shape(detail)
        member = None if shown is None else draft.members.record(shown.type).fields.get(draft.name)
        if member is not None:
            return member
    raise NotWritableError(f"the old detail has no field '{draft.name}'")


def _rest(draft: Draft) -> Type:
    rest = draft.members.record(draft.record.type).rest
    if rest is None:
        raise NotWritableError("the old record takes no further keys")
    return rest


def _new_rest(draft: Draft) -> Type | None:
    """Return what the new version has by further keys; `None` if that is nothing, or not known."""
    new = _new_type(draft)
    if new is not None:
        return new
    shown = api.record_shape(api.Type(nodes.Reference(None, draft.declaring), draft.module, draft.new))
    return None if shown is None else draft.members.record(shown.type).rest


def _further_key(draft: Draft) -> str:
    """Return the literal of a key that no field of the old record declares."""
    return quoted(further_key(draft.members.record(draft.record.type)))


def _rest_value(draft: Draft) -> str:
    """Return a value that a further key could have and that the new field cannot."""
    match draft.difference.detail:
        case Added(type=api.Type() as type_):
            return losses.lost_member(draft, _rest(draft), type_)
    raise AssertionError("a field that is new has a type")


def _read_type(draft: Draft, member: Member[nodes.RecordField]) -> str:
    descriptor = draft.names.descriptor(api.field_type(member))
    if not member.declared.optional:
        return draft.names.written(descriptor)
    match descriptor:
        case nodes.OptionalType():
            return draft.names.written(descriptor)
        case nodes.UnionType(members=(*members, nodes.OptionalType(last))):
            descriptor = nodes.UnionType((*members, last))
    return draft.names.written(nodes.OptionalType(descriptor))


def _declare_own(draft: Draft) -> str:
    """Declare a record type of the client's own that repeats the old fields, without defaults."""
    text = draft.names.written(_spelled_out(draft, draft.record))
    own = draft.names.fresh("Mine")
    draft.declare(Line(f"type {own} {text};"))
    return own


def _spelled_out(draft: Draft, shown: RecordShape) -> nodes.TypeDescriptor:
    draft.spend(len(draft.members.record(shown.type).fields))
    record = draft.names.record(shown.type)
    if not shown.readonly:
        return record
    return nodes.IntersectionType((nodes.BuiltinType("readonly"), record))
