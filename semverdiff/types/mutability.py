"""Whether a narrowing reaches what clients write to. Then old code compiles and panics.

SPEC, Inherent type: what a member of a mutable structure may be set to was fixed when it was made. A
client that got a `map<int|string>` and writes a string to it breaks when it gets a `map<int>`. A union
member that was removed, and anything immutable, is never written to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from semverdiff import limits
from semverdiff.api.members import field_type, object_members, record_members
from semverdiff.api.surface import Type
from semverdiff.syntax import nodes
from semverdiff.types.forms import Current, shape, union_members
from semverdiff.types.walk import Budget, BudgetExceededError, Decisions, TypeNumbers

if TYPE_CHECKING:
    from semverdiff.types.equality import Equality
    from semverdiff.types.forms import Shape
    from semverdiff.types.relations import TypeRelation
    from semverdiff.types.walk import Steps, Total

__all__ = ["Mutability", "Relate"]

_ANYDATA = nodes.BuiltinType("anydata")

Relate = Callable[[Type, Type], "TypeRelation"]
"""Returns how an old type relates to a new one."""

_Question = tuple[int, int, bool]
"""The numbers of two types, and whether clients write values of the old one into a member."""


class Mutability:
    """Narrowings of types, each pair looked into once.

    `equality` follows every name. A public type of both sides counts as unchanged here, because it is
    compared at its own name: `current` gives it as the new side means it. `total` is what the questions of
    a comparison may cost together.
    """

    def __init__(
        self, relate: Relate, equality: Equality, current: Current, total: Total | None = None
    ) -> None:
        self._relate = relate
        self._equality = equality
        self._current = current
        self._numbers = TypeNumbers()
        # A pair that is met again on the way has nothing narrowed but what is found elsewhere.
        self._budget = Budget(
            limits.MUTABILITY_STEPS, limits.MUTABILITY_SHARED_STEPS, limits.MUTABILITY_COST, total
        )
        self._unharmed: Decisions[_Question] = Decisions(self._begin, self._budget)

    def narrowed_inside(self, old: Type, new: Type) -> bool:
        """Return whether of a type that was narrowed from `old` to `new` a mutable structure was."""
        self._budget.renew()
        try:
            return not self._unharmed.decide(self._pair(old, new))
        except BudgetExceededError:
            return True  # what is not known to be harmless may be a write that fails

    def extended(self, old: Type, new: Type) -> bool:
        """Return whether an open record only got optional fields, itself or in the types of its fields."""
        self._budget.renew()
        try:
            return self._unharmed.decide(self._pair(old, new, written=True))
        except BudgetExceededError:
            return False

    def _pair(self, old: Type, new: Type, *, written: bool = False) -> _Question:
        return self._numbers.of(old), self._numbers.of(new), written

    def _begin(self, question: _Question) -> Steps[_Question]:
        old, new = self._numbers.type(question[0]), self._numbers.type(question[1])
        return self._takes_value(old, new) if question[2] else self._takes_writes(old, new)

    def _takes_value(self, old: Type, new: Type) -> Steps[_Question]:
        """Return whether clients may write what they wrote into a member of the old type."""
        if self._same(old, new):
            return True
        before, after = shape(old), shape(new)
        if before.form == after.form == "record" and before.readonly == after.readonly:
            return (yield from self._takes_fields(before.type, after.type, whole=True))
        return False

    def _takes_writes(self, old: Type, new: Type) -> Steps[_Question]:
        before = union_members(old, self._current)
        shapes = [shape(member) for member in before]
        _, changed = self._equality.exchanged(before, union_members(new, self._current))
        for after in map(shape, changed):
            counterparts = [one for one in shapes if _is_comparable(one, after)]
            answers = [self._related(one.type, after.type) for one in counterparts]
            if any(answer.relation == "equal" for answer in answers):
                continue
            for one, answer in zip(counterparts, answers, strict=True):
                # What is only known not to be decided may be a write that fails.
                if answer.covers is False or one.readonly:
                    continue
                if not (yield from self._is_unharmed(one, after)):
                    return False
        return True

    def _is_unharmed(self, old: Shape, new: Shape) -> Steps[_Question]:
        """Return whether what old code writes to a structure fits the new one."""
        match old.type.descriptor, new.type.descriptor:
            case nodes.RecordType(), nodes.RecordType():
                return (yield from self._takes_fields(old.type, new.type, whole=False))
            case nodes.ObjectType(), nodes.ObjectType():
                return (yield from self._takes_members(old.type, new.type))
            case nodes.TableType(row=before), nodes.TableType(row=after):
                return self._same(old.type.with_descriptor(before), new.type.with_descriptor(after))
        given, gives = _results(old.type), _results(new.type)
        if given is None or gives is None:
            return False
        for was, becomes in zip(given, gives, strict=False):
            if not (yield self._pair(was, becomes)):
                return False
        return True

    def _related(self, old: Type, new: Type) -> TypeRelation:
        self._budget.step()
        return self._relate(old, new)

    def _same(self, old: Type, new: Type) -> bool:
        return self._related(old, new).relation == "equal"

    def _takes_fields(self, old: Type, new: Type, *, whole: bool) -> Steps[_Question]:
        """Compare the fields that clients set; an open record may get optional ones beside them.

        In a `whole` record that they write they set the readonly fields as well, in one that is there none.
        """
        before, after = record_members(old), record_members(new)
        added = after.fields.keys() - before.fields.keys()
        extends = all(after.fields[name].declared.optional for name in added) and (
            not added or _is_open(before.rest)
        )
        if before.opaque or after.opaque or not extends or before.fields.keys() - after.fields.keys():
            return False
        for name, field in before.fields.items():
            successor = after.fields[name]
            if field.declared.readonly and not whole:
                continue
            now_required = field.declared.optional and not successor.declared.optional
            if now_required or successor.declared.readonly > field.declared.readonly:
                return False
            if not (yield self._pair(field_type(field), field_type(successor), written=True)):
                return False
        if before.rest is None or after.rest is None:
            return before.rest is after.rest
        return self._same(before.rest, after.rest)

    def _takes_members(self, old: Type, new: Type) -> Steps[_Question]:
        """Compare the fields that clients set, what they reach through others, and what methods return."""
        before, after = object_members(old), object_members(new)
        for name, field in before.fields.items():
            successor = after.fields.get(name)
            if field.declared.visibility != "public" or successor is None:
                continue
            was, becomes = field_type(field), field_type(successor)
            if self._same(was, becomes):
                continue
            if not field.declared.final or not (yield self._pair(was, becomes)):
                return False
        for key, method in before.methods.items():
            successor_method = after.methods.get(key)
            if successor_method is None:
                continue
            was = method.type_of(method.declared.signature.result)
            becomes = successor_method.type_of(successor_method.declared.signature.result)
            if not self._same(was, becomes) and not (yield self._pair(was, becomes)):
                return False
        return True


def _is_open(rest: Type | None) -> bool:
    """Return whether further fields of a record take every data."""
    return rest is not None and rest.descriptor == _ANYDATA


def _results(type_: Type) -> list[Type] | None:
    """Return the types of what a value that nobody writes to gives to clients; None for any other type."""
    match type_.descriptor:
        case nodes.StreamType(value=value, completion=completion):
            return [type_.with_descriptor(value), type_.with_descriptor(completion)]
        case nodes.ParameterizedType(name="future", parameter=parameter):
            return [type_.with_descriptor(parameter)]
        case nodes.FunctionType(signature=signature):
            return [] if signature is None else [type_.with_descriptor(signature.result)]
        case nodes.BuiltinType() | nodes.NilType() | nodes.SingletonType():
            return []
        case nodes.ParameterizedType(name="error" | "typedesc" | "xml"):
            return []
        case (
            nodes.ParameterizedType()
            | nodes.Reference()
            | nodes.ArrayType()
            | nodes.TupleType()
            | nodes.RecordType()
            | nodes.ObjectType()
            | nodes.TableType()
            | nodes.OptionalType()
            | nodes.UnionType()
            | nodes.IntersectionType()
            | nodes.DistinctType()
        ):
            return None


def _is_comparable(old: Shape, new: Shape) -> bool:
    if old.form == new.form == "other":
        return type(old.type.descriptor) is type(new.type.descriptor)
    return old.form == new.form or {old.form, new.form} <= {"map", "record"}
