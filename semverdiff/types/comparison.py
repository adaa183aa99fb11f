"""What a comparison has to know of two types, answered by one object that remembers what it found out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from semverdiff import limits, types
from semverdiff.api.resolution import is_error
from semverdiff.api.surface import Type
from semverdiff.syntax.nodes import BuiltinType, IntersectionType, Reference
from semverdiff.types.equality import Equality, by_name, no_anchor, shared_name, where_unchanged
from semverdiff.types.expressions import literal_types, sole_part
from semverdiff.types.forms import declares_fields, is_closed, union_members
from semverdiff.types.walk import BudgetExceededError, Total, TypeNumbers

if TYPE_CHECKING:
    from semverdiff.api.surface import Surface
    from semverdiff.types.ambiguity import Ambiguity
    from semverdiff.types.data_kinds import DataKinds
    from semverdiff.types.defaults import Defaults
    from semverdiff.types.equality import Anchor, Identify
    from semverdiff.types.mutability import Mutability
    from semverdiff.types.relations import TypeRelation
    from semverdiff.types.subtyping import Subtyping

__all__ = ["TypeComparison"]

_READONLY = BuiltinType("readonly")


class TypeComparison:
    """Types of an old surface against types of a new one.

    `anchor` names the public types of both sides. They count as equal, because each is compared at its own
    name, and so are public types of other packages, where both sides name the same one.
    `identify` knows the distinct types that have another name now, and `total` is what all questions may cost
    together, those of other comparisons among them.

    Most comparisons need no more than equality: what answers another question is loaded with the first one,
    at the door of the room.
    """

    def __init__(
        self,
        old: Surface,
        new: Surface,
        anchor: Anchor,
        identify: Identify = by_name,
        total: Total | None = None,
    ) -> None:
        self._total = total or Total(limits.COMPARISON_COST)
        self._old = old
        self._new = new
        self._anchor = anchor
        self._identify = identify
        # Most types are asked about in several ways, and are one number in all of them.
        self._numbers = TypeNumbers()
        self._equality = Equality(anchor, new, identify, self._total, numbers=self._numbers)

    def same_by_name(self, old: Type, new: Type) -> bool:
        """Return whether two types are the same builtin types, or mention the same name, compared at its own.

        Nothing else can be said of them where they are mentioned: constructors make values of one part alone,
        and so none becomes ambiguous.
        """
        if type(old.descriptor) is not type(new.descriptor):
            return False
        if is_closed(old):
            return old.descriptor == new.descriptor
        part = sole_part(old.descriptor)
        if part is None or old.descriptor != new.descriptor:
            return False
        if not isinstance(part, Reference):
            return True
        name = shared_name(old.with_descriptor(part), self._anchor)
        return name is not None and name == shared_name(new.with_descriptor(part), self._anchor)

    def same_type(self, old: Type, new: Type) -> bool:
        """Return whether two types are the same, but for the names that are compared at their own."""
        # Most are by their names, which takes less to see than what both are made of.
        return self.same_by_name(old, new) or self._equality.same(old, new)

    def relate(self, old: Type, new: Type) -> TypeRelation:
        """Return how an old type relates to a new one, as exactly as it can be known, and why."""
        return self._subtyping.relate(types.Operand(old), types.Operand(new))

    def relate_definitions(self, module: str, name: str) -> TypeRelation:
        """Return how what a public name stands for in both versions relates, others counting as equal."""

        def is_other(one: str, other: str) -> bool:
            return (one, other) != (module, name) and self._anchor(one, other)

        subtyping = types.Subtyping(
            is_other, self._new, identify=self._identify, total=self._total, numbers=self._numbers
        )
        reference = Reference(None, name)
        old, new = (Type(reference, module, surface) for surface in (self._old, self._new))
        return subtyping.relate(types.Operand(old), types.Operand(new))

    def within(self, left: Type, right: Type) -> bool | None:
        """Return whether a type of either side is a subtype of another one; `None` if that is not known."""
        return self._subtyping.within(types.Operand(left), types.Operand(right))

    def readonly_added(self, old: Type, new: Type) -> bool:
        """Return whether the new type is `readonly & old`."""
        return self._are_equal(_readonly(old), new)

    def readonly_removed(self, old: Type, new: Type) -> bool:
        """Return whether the old type is `readonly & new`."""
        return self._are_equal(_readonly(new), old)

    def narrowed_inside(self, old: Type, new: Type) -> bool:
        """Return whether a narrowing reaches what clients write to."""
        return self._mutability.narrowed_inside(old, new)

    def extended(self, old: Type, new: Type) -> bool:
        """Return whether an open record only got optional fields."""
        return self._mutability.extended(old, new)

    def reinfers_literals(self, old: Type, new: Type) -> bool:
        """Return whether a literal that fitted the old type may have another type in the new one."""
        before, after = literal_types(old), literal_types(new)
        if before is None or after is None:
            return True  # what literals in structures are is not followed
        return any(one is not None and one != two for one, two in zip(before, after, strict=True))

    def ambiguous(self, old: Type, new: Type) -> str | None:
        """Return a constructor (`[]`, `{}`, `new`) that made one of the old type and may now make two.

        Raise `BudgetExceededError` if that takes too long to find out.
        """
        return self._ambiguity.constructor(old, new)

    def declares_first_field(self, old: Type, new: Type) -> bool:
        """Return whether a map, or a record like one, now has fields of its own; yes if that is not known."""
        try:
            removed, added = self._equality.exchanged_between(old, new)
        except BudgetExceededError:
            return True
        return any(declares_fields(one) is False for one in removed) and any(map(declares_fields, added))

    def lost_default(self, old: Type, new: Type) -> str | None:
        """Return a field of a record without a public name whose default is gone: its name.

        Raise `BudgetExceededError` if that takes too long to find out.
        """
        return self._defaults.lost(old, new)

    def gained_default(self, old: Type, new: Type) -> str | None:
        """Return a field as `lost_default` does that has a default now, and had none before."""
        return self._new_defaults.lost(new, old)

    def data_kinds_lost(self, old: Type, new: Type) -> frozenset[str]:
        """Return the kinds that an old type lies within, of those of `data_kinds`, and a new one does not."""
        return self._data_kinds.lost(old, new)

    def data_kinds(self, type_: Type) -> frozenset[str] | None:
        """Return what a type lies within, of json, anydata and readonly; `None` if that is not known."""
        return self._data_kinds.of(type_)

    def only_errors_removed(self, old: Type, new: Type) -> bool:
        """Return whether nothing but error types were removed from a union."""
        removed, added = self._exchanged(old, new)
        return bool(removed) and not added and all(map(is_error, removed))

    def only_errors_added(self, old: Type, new: Type) -> bool:
        """Return whether nothing but error types were added to a union."""
        removed, added = self._exchanged(old, new)
        return bool(added) and not removed and all(map(is_error, added))

    def only_errors_left(self, old: Type, new: Type) -> bool:
        """Return whether a union lost whatever is no error."""
        # Few results are nothing but errors: that is found out before what takes longer.
        if not all(map(is_error, union_members(new))) or all(map(is_error, union_members(old))):
            return False
        return not self._equality.same(old, new)

    def has_error(self, type_: Type) -> bool:
        """Return whether a type has an error among the members of its union, whatever names that has."""
        return any(map(is_error, union_members(type_)))

    def _exchanged(self, old: Type, new: Type) -> tuple[list[Type], list[Type]]:
        """Return the members that only one side has; none where that takes too long to find out."""
        try:
            return self._equality.exchanged_between(old, new)
        except BudgetExceededError:
            return [], []

    @cached_property
    def _subtyping(self) -> Subtyping:
        return types.Subtyping(
            self._anchor, self._new, identify=self._identify, total=self._total, numbers=self._numbers
        )

    @cached_property
    def _every_name(self) -> Equality:
        """Return equality that follows every name, public ones as well."""
        return Equality(no_anchor, self._new, self._identify, self._total, numbers=self._numbers)

    @cached_property
    def _mutability(self) -> Mutability:
        return types.Mutability(self._relate_briefly, self._every_name, self._current, self._total)

    @cached_property
    def _data_kinds(self) -> DataKinds:
        return types.DataKinds(self._numbers)

    @cached_property
    def _defaults(self) -> Defaults:
        return types.Defaults(self._anchor, self._total, self._numbers)

    @cached_property
    def _new_defaults(self) -> Defaults:
        return types.Defaults(self._anchor, self._total, self._numbers)

    @cached_property
    def _ambiguity(self) -> Ambiguity:
        unchanged = types.Unchanged(self._old, self._new).means_the_same
        everywhere = Equality(unchanged, self._new, self._identify, self._total, where_unchanged)
        return types.Ambiguity(self._equality, everywhere, self._anchor, self._total)

    def _are_equal(self, left: Type, right: Type) -> bool:
        return self.within(left, right) is True and self.within(right, left) is True

    def _relate_briefly(self, old: Type, new: Type) -> TypeRelation:
        return self._subtyping.relate(types.Operand(old), types.Operand(new), explained=False)

    def _current(self, type_: Type) -> Type:
        """Return a public name of both sides as the new side means it, and any other type as it is."""
        match type_.descriptor:
            case Reference() as reference if type_.surface is self._old:
                owner, name = self._old.origin(reference, type_.module)
                if self._anchor(owner, name):
                    return Type(Reference(None, name), owner, self._new)
        return type_


def _readonly(type_: Type) -> Type:
    return type_.with_descriptor(IntersectionType((_READONLY, type_.descriptor)))
