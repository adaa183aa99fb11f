"""Records: their fields, whether they are open, what further fields they take. Also the details of errors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from semverdiff.api import RecordShape, field_type, record_members, type_text
from semverdiff.changes import Step
from semverdiff.compare.details import Added, Opened, Removed, Renamed, ValueChanged
from semverdiff.compare.facts import Condition, Fact, Kind, Subject
from semverdiff.compare.matching import only_rename
from semverdiff.compare.metadata import is_same_metadata, metadata_differences
from semverdiff.compare.types import (
    DETAIL_FIELD,
    RECORD_FIELD,
    RECORD_REST,
    TypeFacts,
    is_one_keyword,
    type_differences,
)
from semverdiff.syntax.nodes import BuiltinType
from semverdiff.types import ANYDATA, JSON, READONLY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from semverdiff.api import Member, Origin, RecordMembers, Surface, Type
    from semverdiff.compare.context import Context
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.syntax.nodes import RecordField, Reference

    Field = Member[RecordField]

__all__ = ["ERROR_DETAIL", "field_differences", "record_differences"]

_ANYDATA = BuiltinType("anydata")
_REQUIRED, _OPTIONAL, _DEFAULTABLE = "required", "optional", "defaultable"


class _FieldFacts(msgspec.Struct, frozen=True):
    """What the rules say of fields. A fact that is missing makes no difference there.

    `presence` is by the old and the new presence of a field, `added` by that of a new one.
    """

    removed: Fact
    renamed: Fact
    added: Mapping[str, Fact]
    against_rest: Fact
    presence: Mapping[tuple[str, str], Fact]
    type: TypeFacts
    default_changed: Fact | None = None
    readonly_added: Fact | None = None
    readonly_removed: Fact | None = None
    of_owner: bool = False


# Of a record that is readonly on both sides: whether a field of it says so, too, makes no difference.
_READONLY_RECORD = _FieldFacts(
    removed=Fact.REMOVED,
    renamed=Fact.RENAMED,
    added={
        _REQUIRED: Fact.REQUIRED_ADDED,
        _OPTIONAL: Fact.OPTIONAL_ADDED,
        _DEFAULTABLE: Fact.DEFAULTABLE_ADDED,
    },
    against_rest=Fact.AGAINST_REST_TYPE_ADDED,
    presence={
        (_REQUIRED, _OPTIONAL): Fact.MADE_OPTIONAL,
        (_OPTIONAL, _REQUIRED): Fact.MADE_REQUIRED,
        (_DEFAULTABLE, _OPTIONAL): Fact.DEFAULTABLE_TO_OPTIONAL,
        (_OPTIONAL, _DEFAULTABLE): Fact.OPTIONAL_TO_DEFAULTABLE,
        (_REQUIRED, _DEFAULTABLE): Fact.DEFAULT_ADDED,
        (_DEFAULTABLE, _REQUIRED): Fact.DEFAULT_REMOVED,
    },
    type=RECORD_FIELD,
    default_changed=Fact.DEFAULT_VALUE_CHANGED,
)
_RECORD = msgspec.structs.replace(
    _READONLY_RECORD, readonly_added=Fact.READONLY_ADDED, readonly_removed=Fact.READONLY_REMOVED
)
# Details of errors are always readonly, and a default in one only helps who constructs the error. The
# contract names such a field by the error.
ERROR_DETAIL = _FieldFacts(
    removed=Fact.DETAIL_FIELD_REMOVED,
    renamed=Fact.DETAIL_FIELD_RENAMED,
    added={
        _REQUIRED: Fact.DETAIL_FIELD_REQUIRED_ADDED,
        _OPTIONAL: Fact.DETAIL_FIELD_OPTIONAL_ADDED,
        _DEFAULTABLE: Fact.DETAIL_FIELD_DEFAULTABLE_ADDED,
    },
    against_rest=Fact.DETAIL_FIELD_OPTIONAL_ADDED,
    presence={
        (_REQUIRED, _OPTIONAL): Fact.DETAIL_FIELD_MADE_OPTIONAL,
        (_OPTIONAL, _REQUIRED): Fact.DETAIL_FIELD_MADE_REQUIRED,
        (_DEFAULTABLE, _OPTIONAL): Fact.DETAIL_FIELD_MADE_OPTIONAL,
        (_OPTIONAL, _DEFAULTABLE): Fact.DETAIL_FIELD_DEFAULTABLE_ADDED,
        (_REQUIRED, _DEFAULTABLE): Fact.DETAIL_FIELD_OPTIONAL_ADDED,
        (_DEFAULTABLE, _REQUIRED): Fact.DETAIL_FIELD_MADE_REQUIRED,
    },
    type=DETAIL_FIELD,
    of_owner=True,
)


def record_differences(place: Place, old: RecordShape, new: RecordShape) -> Iterator[Difference]:
    """Compare two records member by member. `place` is the type's, with the subject `record`."""
    before, after = record_members(old.type), record_members(new.type)
    place = place.on(*_conditions(place.context, old, new, before))
    whole = partial(_whole, place, old, new)
    facts = _READONLY_RECORD if old.readonly and new.readonly else _RECORD
    found = list(field_differences(place, facts, before, after))
    unread = place.context.unread(before.opaque | after.opaque, before.opaque ^ after.opaque)
    if unread is not None:
        # Fields or further fields: what the inclusions bring is one finding.
        found.append(whole().unread(Fact.REST_TYPE_CHANGED, unread))
    else:
        found += _rest_differences(place, whole, old, (before, after))
    if old.readonly != new.readonly:
        found.append(whole().differs(Fact.READONLY_ADDED if new.readonly else Fact.READONLY_REMOVED))
    yield from found
    if not found and set(old.record.inclusions) != set(new.record.inclusions):
        yield whole().differs(Fact.INCLUSION_RESPELLED)


def _conditions(
    context: Context, old: RecordShape, new: RecordShape, members: RecordMembers
) -> Iterator[Condition]:
    """Yield the conditions that the old record fulfils."""
    if old.readonly:
        yield Condition.RECORD_READONLY
        yield Condition.FIELD_READONLY
    elif new.readonly and all(_is_immutable(context, one) for one in members.fields.values()):
        yield Condition.FIELDS_IMMUTABLE


def _is_immutable(context: Context, field: Field) -> bool:
    return READONLY in (context.types.data_kinds(field_type(field)) or ())


def _whole(place: Place, old: RecordShape, new: RecordShape) -> Place:
    """Return the place of what changed in records as a whole: few do so, and to quote them takes writing."""
    return place.quoting(_head(old), _head(new))


def _head(shape: RecordShape) -> str:
    """Write a record by what is not its fields."""
    record = shape.record
    parts = [f"*{type_text(one)};" for one in record.inclusions]
    parts += ["..."] if record.fields else []
    parts += [f"{type_text(record.rest)}...;"] if record.rest is not None else []
    start, end = ("{|", "|}") if record.closed else ("{", "}")
    readonly = "readonly & " if shape.readonly else ""
    return " ".join([f"{readonly}record", start, *parts, end])


def _rest_differences(
    place: Place, whole: Callable[[], Place], old: RecordShape, members: tuple[RecordMembers, RecordMembers]
) -> Iterator[Difference]:
    """Compare what further fields the records take."""
    before, after = members[0].rest, members[1].rest
    if after is None:
        if before is not None:
            yield whole().differs(Fact.CLOSED if _is_open(before) else Fact.REST_TYPE_REMOVED)
    elif before is None:
        if _is_open(after):
            kinds = place.context.types.data_kinds(old.type) or ()
            yield whole().differs(Fact.OPENED, Opened(was_json=JSON in kinds))
        else:
            yield whole().differs(Fact.REST_TYPE_ADDED)
    elif _is_open(before) and not _is_open(after) and _is_data(place.context, after) is not False:
        yield whole().differs(Fact.REST_TYPE_NARROWED)
    elif _is_open(after) and not _is_open(before) and _is_data(place.context, before):
        yield whole().differs(Fact.REST_TYPE_WIDENED)
    else:
        yield from type_differences(place, RECORD_REST, before, after)


def _is_open(rest: Type) -> bool:
    """Return whether further fields take every data."""
    return rest.descriptor == _ANYDATA


def _is_data(context: Context, rest: Type) -> bool | None:
    """Return whether further fields hold nothing but data, `None` if that is not known."""
    kinds = context.types.data_kinds(rest)
    return None if kinds is None else ANYDATA in kinds


def field_differences(
    place: Place, facts: _FieldFacts, old: RecordMembers, new: RecordMembers
) -> Iterator[Difference]:
    """Compare the fields of two records; included ones are left to the public type that declares them."""
    context = place.context
    included = _included(place, old, new)
    removed = _only_in(context, context.old, (old, new), included)
    added = _only_in(context, context.new, (new, old), included)
    renamed = only_rename(removed, added, lambda before, after: _same_but_name(context, before, after))
    new_names = set(renamed.values())
    for name, field in removed.items():
        counterpart = added[renamed[name]] if name in renamed else None
        at = _at(place, facts, name, field, counterpart)
        if counterpart is not None:
            yield at.differs(facts.renamed, Renamed(name, counterpart.declared.name))
        else:
            undecided = _perhaps(new.opaque, "which is included, may have it")
            removal = Removed(field.declared, field_type(field))
            yield at.differs(facts.removed, removal, undecided=undecided)
    for name, field in added.items():
        if name not in new_names:
            undecided = _perhaps(old.opaque, "which was included, may have had it")
            addition = Added(field.declared, field_type(field))
            at = _at(place, facts, name, None, field)
            yield at.differs(_added_fact(context, facts, field, old.rest), addition, undecided=undecided)
    for name, field in old.fields.items():
        counterpart = new.fields.get(name)
        if (
            counterpart is not None
            and not _is_plainly_same(context, field, counterpart)
            and not _is_compared_elsewhere(context, field, counterpart)
        ):
            yield from _changed(_at(place, facts, name, field, counterpart), facts, field, counterpart)


def _is_plainly_same(context: Context, old: Field, new: Field) -> bool:
    """Return whether nothing can be said of a field, as of most in a record that changed.

    Defaults are left to who follows the constants in them.
    """
    before, after = old.declared, new.declared
    return (
        before.optional == after.optional
        and before.readonly == after.readonly
        and before.default is after.default is None
        and is_same_metadata(before.metadata, after.metadata)
        and (
            is_one_keyword(before.type, after.type)
            or context.types.same_by_name(field_type(old), field_type(new))
        )
    )


def _is_compared_elsewhere(context: Context, old: Field, new: Field) -> bool:
    """Return whether both fields come from one type that is compared at its own name."""
    origins = _origins(context, context.old, old)
    after = _origins(context, context.new, new)
    return origins == after and any(context.is_anchor(*origin) for origin in origins)


def _origins(context: Context, side: Surface, field: Field) -> tuple[Origin, ...]:
    """Return the included types that bring a field to a side, by the names of the old version."""
    return tuple(context.names.included(side, origin) for origin in field.origins)


def _included(place: Place, old: RecordMembers, new: RecordMembers) -> frozenset[Origin]:
    """Return the public types that both records include, by the names that the old version gives them."""
    if not old.included or not new.included:
        return frozenset()
    context = place.context
    before = {context.names.included(context.old, origin) for origin in old.included}
    after = {context.names.included(context.new, origin) for origin in new.included}
    return frozenset(origin for origin in before & after if context.is_anchor(*origin))


def _perhaps(inclusions: frozenset[Reference], what: str) -> str | None:
    """Return why a field may come from an inclusion that was not read; `None` without such an inclusion."""
    return f"{', '.join(sorted(map(type_text, inclusions)))}, {what}" if inclusions else None


def _only_in(
    context: Context, side: Surface, records: tuple[RecordMembers, RecordMembers], included: frozenset[Origin]
) -> dict[str, Field]:
    """Return the fields that the first of two records, that of a side, has alone.

    A field that comes from a public type is left to that type, if both records include it: those `included`.
    """
    members, others = records
    return {
        name: field
        for name, field in members.fields.items()
        if name not in others.fields and included.isdisjoint(_origins(context, side, field))
    }


def _at(place: Place, facts: _FieldFacts, name: str, old: Field | None, new: Field | None) -> Place:
    subject = place.subject if facts.of_owner else Subject.RECORD_FIELD
    at = place.member(subject, Step(Kind.FIELD, name), old, new)
    return msgspec.structs.replace(at, symbol=place.symbol) if facts.of_owner else at


def _same_but_name(context: Context, old: Field, new: Field) -> bool:
    return (
        _presence(old.declared) == _presence(new.declared)
        and old.declared.readonly == new.declared.readonly
        and context.types.same_type(field_type(old), field_type(new))
    )


def _added_fact(context: Context, facts: _FieldFacts, field: Field, rest: Type | None) -> Fact:
    presence = _presence(field.declared)
    # Extra fields were a promise of the rest's type, which a new field with that name has to keep.
    if (
        presence != _REQUIRED
        and rest is not None
        and not _is_open(rest)
        and context.types.within(rest, field_type(field)) is not True
    ):
        return facts.against_rest
    return facts.added[presence]


def _changed(place: Place, facts: _FieldFacts, old: Field, new: Field) -> Iterator[Difference]:
    stated = [fact for fact in _stated(place, facts, old.declared, new.declared) if fact is not None]
    types = (field_type(old), field_type(new))
    if stated or not place.same_type(*types):
        if old.declared.readonly:
            place = place.on(Condition.FIELD_READONLY)
        if _is_immutable(place.context, old):
            place = place.on(Condition.FIELD_IMMUTABLE)
    default, new_default = old.declared.default, new.declared.default
    values = ValueChanged(default, new_default) if default and new_default else None
    for fact in stated:
        yield place.differs(fact, values)
    yield from type_differences(place, facts.type, *types)
    yield from metadata_differences(place, old.declared.metadata, new.declared.metadata)


def _stated(place: Place, facts: _FieldFacts, old: RecordField, new: RecordField) -> Iterator[Fact | None]:
    """Yield what the declarations say of a field beside its type."""
    presences = (_presence(old), _presence(new))
    if presences in facts.presence:
        yield facts.presence[presences]
    elif old.default and new.default and not place.same_value(old.default, new.default):
        yield facts.default_changed
    if old.readonly != new.readonly:
        yield facts.readonly_added if new.readonly else facts.readonly_removed


def _presence(field: RecordField) -> str:
    if field.optional:
        return _OPTIONAL
    return _REQUIRED if field.default is None else _DEFAULTABLE
