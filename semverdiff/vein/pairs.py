"""One type in two versions, and when a mention of a type in one is the same as in the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from semverdiff.changes import Step
from semverdiff.vein.difference import NO_MODIFIER, Condition, Fact, Subject, VeinDifference
from semverdiff.vein.model import ApiType, Field, Identity, Property, TypeKind, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Final

    from semverdiff.vein.hierarchy import Hierarchy
    from semverdiff.vein.model import (
        Api,
        Constructor,
        Method,
        TypeName,
    )

    Member = Method | Constructor | Property | Field

__all__ = ["DEPRECATED", "Spot", "TypePair", "step_of"]

_Kind = TypeVar("_Kind", "Method", "Constructor", "Property", "Field")

_UNKNOWN_PARAMETER: Final = "!?"
_PARAMETER: Final = r"(?<!!)![0-9]+"
DEPRECATED: Final = "Deprecated"
"""The aspect of what will go."""
_RANKS: Final = {
    Visibility.PUBLIC: 2,
    Visibility.UNMARKED: 2,
    Visibility.PROTECTED: 1,
    Visibility.UNFLAGGED: 0,
    Visibility.INTERNAL: 0,
    Visibility.PRIVATE: 0,
}


class TypePair(msgspec.Struct, frozen=True):
    """The old and the new declaration of a type, and what they are declared in.

    `moved` are the identities of the old types that are in another space now.
    """

    old: ApiType
    new: ApiType
    old_api: Api
    new_api: Api
    moved: frozenset[Identity]
    old_hierarchy: Hierarchy
    new_hierarchy: Hierarchy

    @property
    def is_erased(self) -> bool:
        """Return whether a side does not know arrays and type arguments."""
        return self.old_api.is_erased or self.new_api.is_erased

    @property
    def is_interface(self) -> bool:
        """Return whether the type may be an interface on both sides."""
        return TypeKind.INTERFACE in self.old.kinds and TypeKind.INTERFACE in self.new.kinds

    def is_same(self, old: TypeName, new: TypeName) -> bool:
        """Return whether a module would hold the same for two mentions of types."""
        if old.erased != new.erased:
            return _UNKNOWN_PARAMETER in {old.erased, new.erased} and old.erased[0] == new.erased[0] == "!"
        if not old.space or not new.space or old.space == new.space:
            return True
        # Another type of that name, but for the one that moved.
        name, _, arity = old.erased.partition("`")
        return Identity(old.space, name, int(arity or 0)) in self.moved

    def are_same(self, old: Sequence[TypeName], new: Sequence[TypeName]) -> bool:
        """Return whether a module would hold the same for two lists of types."""
        return len(old) == len(new) and all(map(self.is_same, old, new))

    def arguments_differ(self, old: Iterable[TypeName], new: Iterable[TypeName]) -> bool:
        """Return whether types that a module cannot tell apart are written with other arguments."""
        return not self.is_erased and [one.full for one in old] != [one.full for one in new]

    def signature_differs(self, old: Sequence[TypeName | None], new: Sequence[TypeName | None]) -> bool:
        """Return whether lists of types differ in anything that both sides tell."""
        before, after = ([one for one in side if one is not None] for side in (old, new))
        return not self.are_same(before, after) or self.arguments_differ(before, after)

    def mentioned_parameters(self) -> frozenset[str]:
        """Return the type parameters that visible members of the old type name, by their places."""
        old = self.old
        names = [
            *(one.type for member in _visible(old.methods) for one in member.parameters),
            *(member.returned for member in _visible(old.methods)),
            *(one.type for member in _visible(old.constructors or ()) for one in member.parameters),
            *(member.type for member in _visible(old.properties)),
            *(member.type for member in _visible(old.fields)),
        ]
        return frozenset(place for name in names for place in re.findall(_PARAMETER, name.full))

    def about(self, subject: Subject, fact: Fact, before: str = "", after: str = "") -> VeinDifference:
        """Return a fact about a part of the type that has no name of its own."""
        return VeinDifference(
            subject,
            fact,
            self.old.symbol,
            self.old.identity.space,
            (step_of(self.old),),
            self.old.place,
            self.new.place,
            before,
            after,
        )

    def aspect_uses(self, old: ApiType | Member, new: ApiType | Member) -> Iterator[VeinDifference]:
        """Yield the aspects that the type, or a member of it, lost or got, as far as both sides tell."""
        if not self.old_api.has_constants or not self.new_api.has_constants:
            return
        for name in sorted(set(old.aspects) - set(new.aspects)):
            yield self._aspect_use(Fact.REMOVED, (name, ""), old, new)
        for name in sorted(set(new.aspects) - set(old.aspects)):
            change = self._aspect_use(Fact.ADDED, ("", name), old, new)
            is_deprecation = name == DEPRECATED
            yield replace(
                change, conditions=frozenset({Condition.ADDS_DEPRECATION} if is_deprecation else ())
            )

    def _aspect_use(
        self, fact: Fact, names: tuple[str, str], old: ApiType | Member, new: ApiType | Member
    ) -> VeinDifference:
        change = replace(self.about(Subject.ASPECT_USE, fact, *names), old=old.place, new=new.place)
        if isinstance(old, ApiType):
            return change
        step = Step(type(old).__name__.lower(), _name(old))
        symbol = f"{self.old.symbol}.{_name(old)}"
        return replace(change, symbol=symbol, trail=(*change.trail, step))


def step_of(one: ApiType) -> Step:
    """Return the step of a trail that leads to a type."""
    return Step(one.kind, one.symbol)


def _name(member: Member) -> str:
    """Return the name of a member in its type, as symbols show it."""
    return member.name if isinstance(member, Property | Field) else member.symbol


def _visible(members: Iterable[_Kind]) -> list[_Kind]:
    return [member for member in members if member.visibility.is_api]


class Spot(msgspec.Struct, frozen=True):
    """A member of a type in two versions, of which one may not have it."""

    pair: TypePair
    subject: Subject
    name: str
    old: Member | None
    new: Member | None

    @property
    def symbol(self) -> str:
        """Return the name of the member behind that of its type."""
        return f"{self.pair.old.symbol}.{self.name}"

    @property
    def is_visible(self) -> bool:
        """Return whether clients see the member on both sides."""
        return all(one is not None and one.visibility.is_api for one in (self.old, self.new))

    def change(
        self, fact: Fact, before: str = "", after: str = "", assumed: str | None = None
    ) -> VeinDifference:
        """Return a fact about the member."""
        return VeinDifference(
            self.subject,
            fact,
            self.symbol,
            self.pair.old.identity.space,
            (step_of(self.pair.old), Step(self.subject.rpartition("-")[2], self.name)),
            None if self.old is None else self.old.place,
            None if self.new is None else self.new.place,
            before,
            after,
            frozenset({Condition.ON_INTERFACE} if self.pair.is_interface else ()),
            assumed or _unmarked(self.pair, self.old, self.new),
            announced=self._was_deprecated() if self.new is None else None,
        )

    def _was_deprecated(self) -> bool:
        """Return whether the member, or the type that it is one of, was deprecated in the old version."""
        own = () if self.old is None else self.old.aspects
        return DEPRECATED in own or DEPRECATED in self.pair.old.aspects

    def visibility(self, assumed: str | None = None) -> Iterator[VeinDifference]:
        """Yield that the member is more, or less, visible now."""
        if self.old is None or self.new is None:
            raise TypeError("only what both versions have is more or less visible now")
        before, after = self.old.visibility, self.new.visibility
        if _RANKS[before] != _RANKS[after]:
            is_narrower = _RANKS[after] < _RANKS[before]
            fact = Fact.VISIBILITY_NARROWED if is_narrower else Fact.VISIBILITY_WIDENED
            yield self.change(fact, before, after, assumed)

    def flag(self, added: Fact, removed: Fact, *, before: bool, after: bool) -> Iterator[VeinDifference]:
        """Yield that a flag was added or removed."""
        if before != after:
            yield self.change(added if after else removed)


def _unmarked(pair: TypePair, *members: Member | None) -> str | None:
    """Return what a fact about a member rests on that has no modifier, or is in a type without one."""
    known = [pair.old.visibility, *(member.visibility for member in members if member is not None)]
    return NO_MODIFIER if Visibility.UNMARKED in known else None
