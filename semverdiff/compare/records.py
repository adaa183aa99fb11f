"""Records as a whole: whether they are open, and what further fields they take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.api import record_members, type_text
from semverdiff.compare.details import Opened
from semverdiff.compare.facts import Condition
from semverdiff.compare.record_fields import FIELDS_OF_READONLY, RECORD_FIELDS, field_differences
from semverdiff.compare.sides import Typed
from semverdiff.compare.type_changes import type_differences
from semverdiff.syntax.nodes import BuiltinType
from semverdiff.types import JSON, READONLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api import RecordMembers, RecordShape
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Metadata

__all__ = ["RecordSide", "record_differences"]

_ANYDATA = BuiltinType("anydata")


class RecordSide(msgspec.Struct, frozen=True):
    """A record type of one side and the metadata of its definition."""

    shape: RecordShape
    metadata: Metadata


def record_differences(place: Place, sides: Sides, old: RecordSide, new: RecordSide) -> Iterator[Difference]:
    """Compare two records member by member. `place` is the type's, with the subject `record`."""
    before = record_members(old.shape.type)
    after = record_members(new.shape.type)
    place = replace(place, conditions=place.conditions | _contexts(sides, old, new, before))
    always_readonly = old.shape.readonly and new.shape.readonly
    facts = FIELDS_OF_READONLY if always_readonly else RECORD_FIELDS
    found = list(field_differences(place, facts, sides, before, after))
    if before.opaque != after.opaque:
        # What the inclusions bring beside fields is not known either: it is one finding.
        names = ", ".join(sorted(type_text(one) for one in before.opaque ^ after.opaque))
        found.append(
            _whole(place, "rest-type-changed", old, new, undecided=f"what {names} brings was not read")
        )
    else:
        found += _rest(place, sides, (old, before), (new, after))
    if old.shape.readonly != new.shape.readonly:
        fact = "readonly-added" if new.shape.readonly else "readonly-removed"
        found.append(_whole(place, fact, old, new))
    yield from found
    if not found and _inclusions(old) != _inclusions(new):
        yield _whole(place, "inclusion-respelled", old, new)


def _contexts(sides: Sides, old: RecordSide, new: RecordSide, members: RecordMembers) -> frozenset[Condition]:
    """Return the conditions that the old record fulfils."""
    found = {Condition.RECORD_READONLY, Condition.FIELD_READONLY} if old.shape.readonly else set()
    if new.shape.readonly and not old.shape.readonly:
        fields = members.fields.values()
        types = (Typed(one.declared.type, one.module, one.declared.metadata) for one in fields)
        if all(READONLY in sides.old_kinds_of_data(one) for one in types):
            found.add(Condition.FIELDS_IMMUTABLE)
    return frozenset(found)


def _inclusions(side: RecordSide) -> set[object]:
    return set(side.shape.record.inclusions)


def _whole(  # noqa: PLR0913 (a difference has so many parts)
    place: Place,
    fact: str,
    old: RecordSide,
    new: RecordSide,
    detail: Opened | None = None,
    *,
    undecided: str | None = None,
) -> Difference:
    return place.differs(
        fact,
        place.old_excerpt(_head(old), old.metadata),
        place.new_excerpt(_head(new), new.metadata),
        detail,
        undecided=undecided,
    )


def _head(side: RecordSide) -> str:
    """Write a record by what is not its fields."""
    record = side.shape.record
    parts = [f"*{type_text(one)};" for one in record.inclusions]
    parts += ["..."] if record.fields else []
    parts += [f"{type_text(record.rest)}...;"] if record.rest is not None else []
    start, end = ("{|", "|}") if record.closed else ("{", "}")
    readonly = "readonly & " if side.shape.readonly else ""
    return " ".join([f"{readonly}record", start, *parts, end])


def _rest_kind(members: RecordMembers) -> str:
    if members.rest is None:
        return "closed"
    return "open" if members.rest.descriptor == _ANYDATA else "typed"


def _rest(
    place: Place, sides: Sides, old: tuple[RecordSide, RecordMembers], new: tuple[RecordSide, RecordMembers]
) -> Iterator[Difference]:
    """Compare what further fields the records take."""
    (old_side, before), (new_side, after) = old, new
    match _rest_kind(before), _rest_kind(after):
        case "closed", "open":
            was_json = JSON in sides.old_kinds_of_data(
                Typed(old_side.shape.record, old_side.shape.type.module, old_side.metadata)
            )
            yield _whole(place, "opened", old_side, new_side, Opened(was_json))
        case "open", "closed":
            yield _whole(place, "closed", old_side, new_side)
        case "closed", "typed":
            yield _whole(place, "rest-type-added", old_side, new_side)
        case "typed", "closed":
            yield _whole(place, "rest-type-removed", old_side, new_side)
        case "open", "typed":
            # Every typed rest is narrower than anydata, or holds values that are no data.
            yield _whole(place, "rest-type-narrowed", old_side, new_side)
        case "typed", "open":
            yield _whole(place, "rest-type-widened", old_side, new_side)
        case "typed", "typed" if before.rest is not None and after.rest is not None:
            yield from type_differences(
                place,
                sides,
                "rest-type",
                Typed(before.rest.descriptor, before.rest.module, old_side.metadata),
                Typed(after.rest.descriptor, after.rest.module, new_side.metadata),
            )
