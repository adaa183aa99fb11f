"""Where do two types part? A walk along both descriptors to the first place that decides.

The algebra decides, the walk only looks where: it follows a part if the algebra says that the parts
already differ there, and stops where no part differs by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from semverdiff import limits
from semverdiff.api.printing import enum_member_text, shown_type
from semverdiff.syntax import nodes
from semverdiff.types.counterparts import Flaw, Pair, counterparts, form
from semverdiff.types.forms import written_members
from semverdiff.types.walk import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api.surface import Type
    from semverdiff.types.names import Meanings
    from semverdiff.types.walk import Walk

__all__ = ["explain"]

_READONLY: Final = nodes.BuiltinType("readonly")
_DEEPLY_READONLY: Final = frozenset({"list", "mapping", "error", "TableType"})
_WITHOUT_PARTS: Final = (nodes.BuiltinType, nodes.NilType, nodes.SingletonType, nodes.Reference)
_LONGEST: Final = 100


class Differ(Protocol):
    """Whether a type held is no subtype of the one wanted, or is none even if it is read-only."""

    def __call__(self, held: Type, wanted: Type, *, readonly: bool) -> bool:
        """Return whether the parts differ."""


def explain(meanings: Meanings, differ: Differ, held: Type, wanted: Type) -> str:
    """Return the path to the first place that keeps the type held from being a subtype of the one wanted.

    `meanings` says what names stand for, `differ` which parts differ.
    """
    explanation, place = _Explanation(meanings, differ), _Place(held, wanted, (), readonly=False)
    # Where every way leads in a circle, the types differ as wholes.
    return run(explanation.path(place)) or place.shown(explanation.statement(place))


class _Place(msgspec.Struct, frozen=True):
    """Two types that differ, what led here, and whether what is held is read-only by what led here."""

    held: Type
    wanted: Type
    steps: tuple[str, ...]
    readonly: bool

    def at(self, part: Pair, *, readonly: bool) -> _Place:
        """Return the place of a part."""
        steps = (*self.steps, part.step) if part.step else self.steps
        return _Place(part.held, part.wanted, steps, readonly)

    def shown(self, reason: str, *further: str) -> str:
        """Return the way here and what was found."""
        steps = (*self.steps, *(step for step in further if step))
        return f"{' > '.join(steps)}: {reason}" if steps else reason


class _Explanation:
    """One explanation. `_visited` are the pairs on the way, where a recursive type leads back to.

    `_known` holds what types were opened to: a place asks for it often, and names may stand for names.
    """

    def __init__(self, meanings: Meanings, differ: Differ) -> None:
        self._meanings = meanings
        self._differ = differ
        self._visited: set[tuple[int, int]] = set()
        self._known: dict[tuple[int, str, int], tuple[Type, Type]] = {}

    def path(self, place: _Place) -> Walk[str | None]:
        """Return the path from here; `None` if it leads in a circle."""
        visited = id(self._opened(place.held).descriptor), id(self._opened(place.wanted).descriptor)
        if visited in self._visited:
            return None
        self._visited.add(visited)
        circular = False
        for part in self._parts(place):
            match part:
                case Flaw(step=step, reason=reason):
                    return place.shown(reason, step)
                case _Place(held=held, wanted=wanted, readonly=readonly) if self._differ(
                    held, wanted, readonly=readonly
                ):
                    path = yield self._path_or_place(part)
                    if path is not None:
                        return path
                    circular = True
        return None if circular else place.shown(self.statement(place))

    def _path_or_place(self, place: _Place) -> str | Walk[str | None]:
        if len(place.steps) < limits.EXPLANATION_LEVELS:
            return self.path(place)
        return place.shown(self.statement(place))

    def statement(self, place: _Place) -> str:
        """Return the sentence that two types differ as wholes."""
        left, right = shown_type(place.held), shown_type(place.wanted)
        if left == right:
            left, right = self._meant(place.held), self._meant(place.wanted)
        if right == "readonly":
            return f"{_short(left)} is not readonly"
        return f"{_short(left)} is not a subtype of {_short(right)}"

    def _meant(self, type_: Type) -> str:
        """Write what a name stands for, where the name alone does not tell two types apart."""
        opened = self._opened(type_)
        if isinstance(opened.descriptor, nodes.Reference):
            found = self._meanings.found(opened, opened.descriptor)
            surface = None if found is None else found.surface
            declared = surface and found and surface.declaration(found.module, opened.descriptor.name)
            match declared:
                case nodes.Enum(members=members):
                    return f"enum {{ {', '.join(map(enum_member_text, members))} }}"
                case nodes.Constant(value=value):
                    return value.text
        return shown_type(opened)

    def _parts(self, place: _Place) -> Iterator[_Place | Flaw]:
        """Yield what may decide about two types, in order; nothing if they can only be told as wholes."""
        held, wanted = self._opened(place.held), self._opened(place.wanted)
        match held.descriptor, wanted.descriptor:
            case _, nodes.IntersectionType(members=members):
                # Each is a question about all that is held.
                for member in members if len(members) <= limits.EXPLANATION_MEMBERS else ():
                    yield place.at(
                        Pair("", place.held, wanted.with_descriptor(member)), readonly=place.readonly
                    )
            case nodes.IntersectionType(members=members), _:
                parts = [member for member in members if member != _READONLY]
                readonly = place.readonly or len(parts) < len(members)
                if len(parts) == 1:
                    yield place.at(Pair("", held.with_descriptor(parts[0]), place.wanted), readonly=readonly)
            case _:
                yield from self._of_unions(place)

    def _of_unions(self, place: _Place) -> Iterator[_Place | Flaw]:
        left, right = self._members(place.held), self._members(place.wanted)
        if left is None or right is None:
            return
        if len(left) == len(right) == 1:
            yield from self._of_members(place, left[0], right[0])
            return
        by_form: dict[str, list[Type]] = {}
        for candidate in right:
            by_form.setdefault(form(self._opened(candidate).descriptor), []).append(candidate)
        for member in left:
            opened = self._opened(member).descriptor
            alike = [] if isinstance(opened, _WITHOUT_PARTS) else by_form.get(form(opened), [])
            if len(alike) == 1:
                step = f"member {_short(shown_type(member))}" if len(left) > 1 else ""
                yield place.at(Pair(step, member, alike[0]), readonly=place.readonly)

    def _of_members(self, place: _Place, held: Type, wanted: Type) -> Iterator[_Place | Flaw]:
        left, right = self._opened(held), self._opened(wanted)
        kind = form(left.descriptor)
        if kind != form(right.descriptor):
            return
        readonly = kind == "error" or (place.readonly and kind in _DEEPLY_READONLY)
        for part in counterparts(left, right):
            yield part if isinstance(part, Flaw) else place.at(part, readonly=readonly)

    def _members(self, type_: Type) -> list[Type] | None:
        """Return the members of a union, with those of the unions that it names; `None` if they are many."""
        members: list[Type] = []
        waiting = [type_]
        followed: set[int] = set()
        while waiting:
            member = waiting.pop()
            opened = self._opened(member)
            match opened.descriptor:
                case nodes.UnionType() | nodes.OptionalType() if id(opened.descriptor) not in followed:
                    followed.add(id(opened.descriptor))
                    waiting.extend(reversed(list(written_members(opened))))
                case _:
                    members.append(member)
            if len(members) > limits.EXPLANATION_MEMBERS:
                return None
        return members

    def _opened(self, type_: Type) -> Type:
        """Return what names and `distinct` stand before; any of its forms if a type is made of itself."""
        key = id(type_.descriptor), type_.module, id(type_.surface)
        if key not in self._known:
            # The type is kept as well: the number of one that is gone may be given again.
            self._known[key] = type_, self._followed(type_)
        return self._known[key][1]

    def _followed(self, type_: Type) -> Type:
        followed: set[int] = set()
        while True:
            type_ = self._meanings.opened(type_)
            match type_.descriptor:
                case nodes.DistinctType(member=member) if id(type_.descriptor) not in followed:
                    followed.add(id(type_.descriptor))
                    type_ = type_.with_descriptor(member)
                case _:
                    return type_


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
