"""Enums: their members by name and value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.api import Member, enum_member_value, type_text, value_of
from semverdiff.changes import Step
from semverdiff.compare.details import Renamed, ValueChanged
from semverdiff.compare.facts import Condition, Fact, Kind, Subject
from semverdiff.compare.matching import only_rename
from semverdiff.compare.metadata import metadata_differences
from semverdiff.syntax.nodes import BuiltinType, Enum, Expression, SingletonType, UnionType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from semverdiff.api import Type
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Form, Place
    from semverdiff.syntax.nodes import EnumMember

__all__ = ["NOT_FOLDED", "enum_differences", "written_value"]

NOT_FOLDED = "the value is more than a constant expression of this package"


class _Valued(msgspec.Struct, frozen=True):
    """A member with its folded value and its place among the members."""

    member: Member[EnumMember]
    value: tuple[str, object]
    index: int


def written_value(member: EnumMember) -> Expression:
    """Return the value of a member as a client writes it: SPEC, Enums: its own name if none is written."""
    literal = f'"{member.name}"'
    return member.value or Expression((literal,), literal)


def enum_differences(
    place: Place, old: Enum | Type, new: Enum, known: Collection[str] = ()
) -> Iterator[Difference]:
    """Compare two enums member by member. `place` is the enum's; the order of members does not count.

    A type is what the enum was: values without names of their own, or with the names in `known`.
    """
    before, after = _members(place.old, old), _members(place.new, new)
    removed = {name: one for name, one in before.items() if name not in after}
    added = {name: one for name, one in after.items() if name not in before}
    same_count = len(before) == len(after)
    renamed = only_rename(
        removed,
        added,
        lambda one, other: one.value == other.value or (same_count and one.index == other.index),
    )
    for name, one in before.items():
        other = after.get(renamed.get(name, name))
        at = _at(place, name, one, other)
        if other is None:
            yield at.differs(Fact.REMOVED)
        elif name in renamed:
            yield at.differs(Fact.RENAMED, Renamed(name, other.member.declared.name))
        else:
            yield from _value_differences(at, one, other)
            yield from metadata_differences(at, one.member.declared.metadata, other.member.declared.metadata)
    new_names = {*renamed.values(), *known}
    news = {name: one for name, one in added.items() if name not in new_names}
    values = _values(place, old) if news else frozenset()
    for name, one in news.items():
        kept = (Condition.ENUM_VALUES_KEPT,) if values is None or one.value in values else ()
        yield _at(place, name, None, one).on(*kept).differs(Fact.ADDED)


def _members(form: Form, declaration: Enum | Type) -> Mapping[str, _Valued]:
    members = declaration.members if isinstance(declaration, Enum) else ()
    return {
        one.name: _Valued(
            Member(one, form.module, form.surface), enum_member_value(one, form.module, form.surface), index
        )
        for index, one in enumerate(members)
    }


def _values(place: Place, declaration: Enum | Type) -> AbstractSet[object] | None:
    """Return the values of an enum, or of a union of literals, constants and enum members.

    `None` is every string.
    """
    form = place.old
    if isinstance(declaration, Enum):
        return {enum_member_value(one, form.module, form.surface) for one in declaration.members}
    written = declaration.descriptor
    alternatives = written.members if isinstance(written, UnionType) else (written,)
    strings = form.type_of(BuiltinType("string"))
    if any(not isinstance(one, SingletonType) for one in alternatives) and (
        place.context.types.within(strings, declaration) is True
    ):
        return None
    names = map(type_text, alternatives)
    return {value_of(Expression((name,), name), declaration.module, declaration.surface) for name in names}


def _at(place: Place, name: str, old: _Valued | None, new: _Valued | None) -> Place:
    before, after = (None if one is None else one.member for one in (old, new))
    return place.member(Subject.ENUM_MEMBER, Step(Kind.ENUM_MEMBER, name), before, after)


def _value_differences(place: Place, old: _Valued, new: _Valued) -> Iterator[Difference]:
    """Yield a value that is another one; where neither can be folded, equal tokens are equal values."""
    if old.value != new.value:
        folded = "expression" not in {old.value[0], new.value[0]}
        values = ValueChanged(written_value(old.member.declared), written_value(new.member.declared))
        yield place.differs(Fact.VALUE_CHANGED, values, undecided=None if folded else NOT_FOLDED)
