"""Enums: their members by name and value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.api import enum_member_text, enum_member_value, type_text, value_of
from semverdiff.compare.details import Renamed, ValueChanged
from semverdiff.compare.difference import Step
from semverdiff.compare.facts import Condition
from semverdiff.compare.metadata import metadata_differences
from semverdiff.compare.renames import certain_renames
from semverdiff.syntax.nodes import Enum, Expression, UnionType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.api import Surface
    from semverdiff.compare.difference import Difference, Excerpt
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import EnumMember, TypeDefinition

__all__ = ["enum_differences"]

_NOT_FOLDED = "the value is more than a constant expression of this package"


class _Member(msgspec.Struct, frozen=True):
    """A member with its folded value and its place among the members."""

    declared: EnumMember
    value: tuple[str, object]
    index: int

    @property
    def expression(self) -> Expression:
        """Return the value as a client writes it."""
        literal = f'"{self.declared.name}"'
        return self.declared.value or Expression((literal,), literal)


def enum_differences(
    place: Place, sides: Sides, old: Enum | TypeDefinition, new: Enum | TypeDefinition
) -> Iterator[Difference]:
    """Compare two enums member by member. `place` is the enum's; the order of members does not count.

    A type definition is what the enum was or became: a union of values without names of their own.
    """
    before, after = _members(old, place.module, sides.old), _members(new, place.module, sides.new)
    gone = {name: one for name, one in before.items() if name not in after}
    come = {name: one for name, one in after.items() if name not in before}
    in_place = len(before) == len(after)
    renamed = certain_renames(
        gone, come, lambda one, other: one.value == other.value or (in_place and one.index == other.index)
    )
    for name, member in before.items():
        at = _at(place, name)
        successor = after.get(renamed.get(name, name))
        if successor is None:
            yield at.differs("removed", _old_excerpt(at, member), None)
        elif name in renamed:
            shown = (_old_excerpt(at, member), _new_excerpt(at, successor))
            yield at.differs("renamed", *shown, Renamed(name, successor.declared.name))
        else:
            yield from _value_differences(at, member, successor)
            yield from metadata_differences(at, member.declared.metadata, successor.declared.metadata)
    values = _values(old, place.module, sides.old)
    for name, member in come.items():
        if name not in renamed.values():
            known = frozenset({Condition.ENUM_VALUES_KEPT}) if member.value in values else frozenset()
            at = replace(_at(place, name), conditions=place.conditions | known)
            yield at.differs("added", None, _new_excerpt(at, member))


def _members(declaration: Enum | TypeDefinition, module: str, surface: Surface) -> Mapping[str, _Member]:
    members = declaration.members if isinstance(declaration, Enum) else ()
    return {
        one.name: _Member(one, enum_member_value(one, module, surface), index)
        for index, one in enumerate(members)
    }


def _values(declaration: Enum | TypeDefinition, module: str, surface: Surface) -> set[object]:
    """Return the values of an enum, or of a union of literals, constants and enum members."""
    if isinstance(declaration, Enum):
        return {enum_member_value(one, module, surface) for one in declaration.members}
    written = declaration.type
    alternatives = written.members if isinstance(written, UnionType) else (written,)
    return {value_of(Expression((name,), name), module, surface) for name in map(type_text, alternatives)}


def _at(place: Place, name: str) -> Place:
    return place.below("enum-member", f"{place.symbol}.{name}", Step("enum member", name))


def _old_excerpt(place: Place, member: _Member) -> Excerpt:
    return place.old_excerpt(enum_member_text(member.declared), member.declared.metadata)


def _new_excerpt(place: Place, member: _Member) -> Excerpt:
    return place.new_excerpt(enum_member_text(member.declared), member.declared.metadata)


def _value_differences(place: Place, old: _Member, new: _Member) -> Iterator[Difference]:
    """State a value that is another one; where neither can be folded, equal tokens are equal values."""
    if old.value == new.value:
        return
    folded = "expression" not in {old.value[0], new.value[0]}
    yield place.differs(
        "value-changed",
        _old_excerpt(place, old),
        _new_excerpt(place, new),
        ValueChanged(old.expression, new.expression),
        undecided=None if folded else _NOT_FOLDED,
    )
