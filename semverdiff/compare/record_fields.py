"""The fields of records and of error details: came, went, required or not, of which type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.api import record_field_text, type_text
from semverdiff.compare.details import Added, Removed, Renamed, ValueChanged
from semverdiff.compare.difference import Step
from semverdiff.compare.facts import Condition
from semverdiff.compare.metadata import metadata_differences
from semverdiff.compare.renames import certain_renames
from semverdiff.compare.sides import Typed
from semverdiff.compare.type_changes import type_differences
from semverdiff.syntax.nodes import BuiltinType
from semverdiff.types import READONLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api import Member, RecordMembers
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import RecordField, Reference

__all__ = ["ERROR_DETAIL_FIELDS", "FIELDS_OF_READONLY", "RECORD_FIELDS", "FieldFacts", "field_differences"]

_ANYDATA = BuiltinType("anydata")


class FieldFacts(msgspec.Struct, frozen=True):
    """How the rules name facts about fields: their subject and prefix, and what they do not speak of."""

    subject: str
    prefix: str
    unspoken: frozenset[str] = frozenset()


RECORD_FIELDS = FieldFacts("record-field", "")
# What a field of a readonly record says of itself makes no difference.
FIELDS_OF_READONLY = FieldFacts("record-field", "", frozenset({"readonly-added", "readonly-removed"}))
# Details of errors are always readonly, and a default in one only helps who constructs the error.
ERROR_DETAIL_FIELDS = FieldFacts(
    "error",
    "detail-field-",
    frozenset({"readonly-added", "readonly-removed", "default-value-changed"}),
)
_AS_FOR_ERRORS = {
    "default-added": "optional-added",
    "default-removed": "made-required",
    "defaultable-to-optional": "made-optional",
    "optional-to-defaultable": "defaultable-added",
    "against-rest-type-added": "optional-added",
}


def field_differences(
    place: Place, facts: FieldFacts, sides: Sides, old: RecordMembers, new: RecordMembers
) -> Iterator[Difference]:
    """Compare the fields of two records; included ones are left to the public type that declares them."""
    gone = _only_in(sides, old, new)
    come = _only_in(sides, new, old)
    renamed = certain_renames(gone, come, lambda one, other: _same_field(sides, one, other))
    went = old.opaque - new.opaque
    for name, member in gone.items():
        successor = come[renamed[name]] if name in renamed else None
        came = successor.origins if successor is not None else ()
        at, field = sides.placed(_at(place, facts, name), member.origins, came), member.declared
        at = replace(at, declared=field)
        before = at.old_excerpt(record_field_text(field), field.metadata)
        if successor is not None:
            after = at.new_excerpt(record_field_text(successor.declared), successor.declared.metadata)
            names = Renamed(name, successor.declared.name)
            yield at.differs(f"{facts.prefix}renamed", before, after, names)
        else:
            yield at.differs(
                f"{facts.prefix}removed",
                before,
                None,
                Removed(field, sides.old_term(_typed(member))),
                undecided=_perhaps(new.opaque, "which is included, may have it"),
            )
    for name, member in come.items():
        if name not in renamed.values():
            at, field = sides.placed(_at(place, facts, name), (), member.origins), member.declared
            after = at.new_excerpt(record_field_text(field), field.metadata)
            fact = _fact(facts, _added_fact(sides, member, old))
            yield at.differs(
                fact,
                None,
                after,
                Added(field, sides.new_term(_typed(member))),
                undecided=_perhaps(went, "which was included, may have had it"),
            )
    for name, member in old.fields.items():
        twin = new.fields.get(name)
        if twin is None or (member.origins == twin.origins and sides.reported_elsewhere(member.origins)):
            continue
        at = sides.placed(_at(place, facts, name), member.origins, twin.origins)
        yield from _changed(at, facts, sides, member, twin)


def _perhaps(inclusions: frozenset[Reference], what: str) -> str | None:
    """Say that an inclusion which was not read may hold a field; nothing if there is none."""
    names = ", ".join(sorted(map(type_text, inclusions)))
    return f"{names}, {what}" if names else None


def _only_in(sides: Sides, one: RecordMembers, other: RecordMembers) -> dict[str, Member[RecordField]]:
    """Return the fields that one side alone has.

    A field that comes from a public type is left to that type, if both sides include it.
    """
    return {
        name: member
        for name, member in one.fields.items()
        if name not in other.fields
        and not any(origin in other.included and sides.is_anchor(*origin) for origin in member.origins)
    }


def _at(place: Place, facts: FieldFacts, name: str) -> Place:
    # The contract names a field of an error's detail by the error.
    symbol = place.symbol if facts is ERROR_DETAIL_FIELDS else f"{place.symbol}.{name}"
    return place.below(facts.subject, symbol, Step("field", name))


def _fact(facts: FieldFacts, name: str) -> str:
    return facts.prefix + (_AS_FOR_ERRORS.get(name, name) if facts is ERROR_DETAIL_FIELDS else name)


def _same_field(sides: Sides, old: Member[RecordField], new: Member[RecordField]) -> bool:
    one, other = old.declared, new.declared
    return (
        _presence(one) == _presence(other)
        and one.readonly == other.readonly
        and sides.same_type(_typed(old), _typed(new))
    )


def _typed(member: Member[RecordField]) -> Typed:
    return Typed(member.declared.type, member.module, member.declared.metadata)


def _added_fact(sides: Sides, added: Member[RecordField], old: RecordMembers) -> str:
    presence = _presence(added.declared)
    if presence != "required" and old.rest is not None and old.rest.descriptor != _ANYDATA:
        # Extra fields were a promise of that type, which a new field with that name has to keep.
        rest = Typed(old.rest.descriptor, old.rest.module, added.declared.metadata)
        if sides.relate(rest, _typed(added)).within is not True:
            return "against-rest-type-added"
    return f"{presence}-added"


def _changed(
    place: Place, facts: FieldFacts, sides: Sides, old: Member[RecordField], new: Member[RecordField]
) -> Iterator[Difference]:
    one, other = old.declared, new.declared
    place = replace(place, declared=one)
    before = place.old_excerpt(record_field_text(one), one.metadata)
    after = place.new_excerpt(record_field_text(other), other.metadata)
    stated = [name for name in _stated(sides, old, new) if name not in facts.unspoken]
    if stated or not sides.same_type(_typed(old), _typed(new)):
        place = replace(place, conditions=place.conditions | _contexts(sides, old))
    for name in stated:
        values = ValueChanged(one.default, other.default) if one.default and other.default else None
        yield place.differs(_fact(facts, name), before, after, values)
    yield from type_differences(place, sides, f"{facts.prefix}type", _typed(old), _typed(new))
    yield from metadata_differences(place, one.metadata, other.metadata)


def _contexts(sides: Sides, old: Member[RecordField]) -> frozenset[Condition]:
    """Return the conditions that the old field fulfils."""
    found = {Condition.FIELD_IMMUTABLE} if READONLY in sides.old_kinds_of_data(_typed(old)) else set()
    return frozenset(found | {Condition.FIELD_READONLY} if old.declared.readonly else found)


def _stated(sides: Sides, old_member: Member[RecordField], new_member: Member[RecordField]) -> Iterator[str]:
    old, new = old_member.declared, new_member.declared
    presence = _presence_fact(old, new)
    if presence is not None:
        yield presence
    elif (
        old.default
        and new.default
        and not sides.same_expression(old.default, old_member.module, new.default, new_member.module)
    ):
        yield "default-value-changed"
    if old.readonly != new.readonly:
        yield "readonly-added" if new.readonly else "readonly-removed"


def _presence_fact(old: RecordField, new: RecordField) -> str | None:
    """Name a step between required, optional and defaultable."""
    match _presence(old), _presence(new):
        case "required", "optional":
            return "made-optional"
        case "optional", "required":
            return "made-required"
        case "defaultable", "optional":
            return "defaultable-to-optional"
        case "optional", "defaultable":
            return "optional-to-defaultable"
        case "required", "defaultable":
            return "default-added"
        case "defaultable", "required":
            return "default-removed"
    return None


def _presence(field: RecordField) -> str:
    if field.optional:
        return "optional"
    return "required" if field.default is None else "defaultable"
