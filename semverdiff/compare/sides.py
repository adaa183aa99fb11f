"""Both sides of a comparison, and what can only be said of a name by looking at both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.api import TYPE_KINDS, Surface, is_error, value_of
from semverdiff.syntax.nodes import BuiltinType, IntersectionType, Reference
from semverdiff.types import DataKinds, Type, equal, exchanged

if TYPE_CHECKING:
    from semverdiff.api import Origin
    from semverdiff.compare.place import Place
    from semverdiff.packages import Dependency, FindPackage
    from semverdiff.syntax.nodes import Expression, Metadata, TypeDescriptor
    from semverdiff.types import Answer
    from semverdiff.types.relating import Relations

__all__ = ["Sides", "Typed"]

_NEVER = BuiltinType("never")
_READONLY = BuiltinType("readonly")


class Typed(msgspec.Struct, frozen=True):
    """A type descriptor, the module in which its names are looked up, and where it stands."""

    descriptor: TypeDescriptor
    module: str
    metadata: Metadata


class Sides:
    """The old and the new surface. A pair of type descriptors comes with the modules of its names."""

    def __init__(self, old: Surface, new: Surface, find: FindPackage | None = None) -> None:
        self.old = old
        self.new = new
        self._anchors: dict[tuple[str, str], bool] = {}
        self._find = find
        self._relations: Relations | None = None
        self._data_kinds = DataKinds()

    def is_anchor(self, module: str, name: str) -> bool:
        """Return whether a name is a public type on both sides, and so compared at its own name only."""
        place = (module, name)
        known = self._anchors.get(place)
        if known is None:
            known = self._anchors[place] = _is_public_type(self.old, module, name) and _is_public_type(
                self.new, module, name
            )
        return known

    def reported_elsewhere(self, origins: tuple[Origin, ...]) -> bool:
        """Return whether an included member belongs to a type that is compared at its own name."""
        return any(self.is_anchor(module, name) for module, name in origins)

    def placed(self, place: Place, old: tuple[Origin, ...], new: tuple[Origin, ...]) -> Place:
        """Return the place of a member by its origins: the file of the type that declares it."""
        return place.in_files(_file(self.old, old), _file(self.new, new))

    def old_term(self, typed: Typed) -> Type:
        """Return a type of the old surface."""
        return _term(typed, self.old)

    def new_term(self, typed: Typed) -> Type:
        """Return a type of the new surface."""
        return _term(typed, self.new)

    def same_type(self, old: Typed, new: Typed) -> bool:
        """Return whether two type descriptors mean the same type."""
        return equal(_term(old, self.old), _term(new, self.new), self.is_anchor)

    def same_expression(self, old: Expression, old_module: str, new: Expression, new_module: str) -> bool:
        """Return whether two expressions are the same words and their constants have the same values."""
        return old.tokens == new.tokens and value_of(old, old_module, self.old) == value_of(
            new, new_module, self.new
        )

    def relate(self, old: Typed, new: Typed) -> Answer:
        """Return how an old type relates to a new one, as exactly as it can be told, and why."""
        return self._answer(_term(old, self.old), _term(new, self.new), explained=True)

    def _quick(self, old: Type, new: Type) -> Answer:
        return self._answer(old, new, explained=False)

    def _answer(self, old: Type, new: Type, *, explained: bool) -> Answer:
        """Ask the engine; what was found out for one question serves the next."""
        from semverdiff.types.relating import Side  # noqa: PLC0415 (as below)

        return self._engine().relate(Side(old), Side(new), explained=explained)

    def _engine(self) -> Relations:
        if self._relations is None:
            # Slow, and most comparisons need no more than equality.
            from semverdiff.types.dependencies import looked_up  # noqa: PLC0415
            from semverdiff.types.relating import Relations  # noqa: PLC0415

            elsewhere = looked_up(self._find or _nothing_at_hand)
            self._relations = Relations(self.is_anchor, self.new, elsewhere=elsewhere)
        return self._relations

    def _current(self, term: Type) -> Type:
        """Return a public name of both sides as the new side means it, and any other term as it is."""
        match term.descriptor:
            case Reference() as reference if term.surface is self.old:
                owner = self.old.owner(reference, term.module)
                if owner is not None and self.is_anchor(owner, reference.name):
                    return Type(Reference(None, reference.name), owner, self.new)
        return term

    def readonly_came(self, old: Typed, new: Typed) -> bool:
        """Return whether nothing but immutability came to a type: the new one is `readonly & old`."""
        return self._quick(_term(_immutable(old), self.old), _term(new, self.new)).relation == "equal"

    def readonly_went(self, old: Typed, new: Typed) -> bool:
        """Return whether nothing but immutability was lost."""
        return self._quick(_term(old, self.old), _term(_immutable(new), self.new)).relation == "equal"

    def narrowed_inside(self, old: Typed, new: Typed) -> bool:
        """Return whether a narrowing reaches what clients write to."""
        from semverdiff.types.mutability import narrowed_inside  # noqa: PLC0415 (as above)

        return narrowed_inside(self._quick, _term(old, self.old), _term(new, self.new), self._current)

    def ambiguous(self, old: Typed, new: Typed) -> str | None:
        """Return a constructor (`[]`, `{}`, `new`) that made one of the old type and may now make two."""
        from semverdiff.types.ambiguity import ambiguous  # noqa: PLC0415 (as above)

        return ambiguous(self._quick, _term(old, self.old), _term(new, self.new), self._current)

    def declares_first_field(self, old: Typed, new: Typed) -> bool:
        """Return whether a map, or a record like one, became a record with fields of its own."""
        from semverdiff.types.shapes import records_with_fields  # noqa: PLC0415 (as above)

        return records_with_fields(_term(old, self.old)) < records_with_fields(_term(new, self.new))

    def old_kinds_of_data(self, typed: Typed) -> frozenset[str]:
        """Return what an old type is known to lie within, of json, anydata and readonly."""
        return self._data_kinds.of(_term(typed, self.old)) or frozenset()

    def new_kinds_of_data(self, typed: Typed) -> frozenset[str] | None:
        """Return what a new type lies within, of json, anydata and readonly; `None` if that is not known."""
        return self._data_kinds.of(_term(typed, self.new))

    def same_reference(self, old: Typed, new: Typed) -> bool:
        """Return whether two descriptors name one public type, which is compared at its own name."""
        match old.descriptor, new.descriptor:
            case Reference() as before, Reference() as after:
                owner = self.old.owner(before, old.module)
                same = before.name == after.name and owner == self.new.owner(after, new.module)
                return same and owner is not None and self.is_anchor(owner, before.name)
        return False

    def errors_only(self, old: Typed, new: Typed) -> tuple[bool, bool]:
        """Return whether a type lost nothing but errors, and whether it gained nothing but errors.

        `(False, True)`: the only change of the union is that error types came to it.
        """
        lost, gained = exchanged(_term(old, self.old), _term(new, self.new), self.is_anchor)
        only_lost = bool(lost) and not gained and all(_is_error(term) for term in lost)
        only_gained = bool(gained) and not lost and all(_is_error(term) for term in gained)
        return only_lost, only_gained

    def old_has_error(self, typed: Typed) -> bool:
        """Return whether an old type has an error among its alternatives."""
        return self._has_error(_term(typed, self.old))

    def new_has_error(self, typed: Typed) -> bool:
        """Return whether a new type has an error among its alternatives."""
        return self._has_error(_term(typed, self.new))

    def _has_error(self, term: Type) -> bool:
        _, alternatives = exchanged(term.with_descriptor(_NEVER), term, self.is_anchor)
        return any(_is_error(one) for one in alternatives)


def _nothing_at_hand(_dependency: Dependency) -> None:
    """Find no package: names of others then stay names."""


def _term(typed: Typed, surface: Surface) -> Type:
    return Type(typed.descriptor, typed.module, surface)


def _file(surface: Surface, origins: tuple[Origin, ...]) -> str | None:
    located = surface.locate(*origins[-1]) if origins else None
    return located.file if located is not None else None


def _immutable(typed: Typed) -> Typed:
    both = IntersectionType((_READONLY, typed.descriptor))
    return Typed(both, typed.module, typed.metadata)


def _is_error(term: Type) -> bool:
    return is_error(term)


def _is_public_type(surface: Surface, module: str, name: str) -> bool:
    if not surface.exported(module):
        return False
    located = surface.locate(module, name)
    return located is not None and located.item.public and located.item.kind in TYPE_KINDS
