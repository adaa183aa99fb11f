"""Whether a value fits a place in the world of the new version, as it did in that of the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import api, types
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.api import Surface, Type
    from semverdiff.impact.evaluation import Evaluation
    from semverdiff.impact.model import Argument
    from semverdiff.impact.typed import Value

__all__ = ["Relations", "without_errors", "without_nil"]

_NIL = nodes.NIL


class Relations:
    """Subtype questions in one world: a dependent with one version of the package."""

    def __init__(self, dependent: Surface) -> None:
        self._subtyping = types.Subtyping(types.no_anchor, dependent)

    def fits(self, value: Type | None, place: Type | None) -> bool | None:
        """Return whether every value of a type is one of the place's; None if that is not known."""
        if value is None or place is None:
            return None
        return self._subtyping.within(types.Operand(value), types.Operand(place))

    def argument_fits(self, argument: Argument, evaluation: Evaluation, place: Type | None) -> bool | None:
        """Return whether an argument fits a place; None if that is not known."""
        if argument.made or place is None:
            return None
        if argument.literal:
            return self._literal_fits(argument.literal, place)
        return self.value_fits(evaluation.value(argument.term), place)

    def value_fits(self, value: Value, place: Type | None) -> bool | None:
        """Return whether a value fits a place, whichever of its types it has; None if that is not known."""
        return None if value.is_unknown else self.fits(_whole(value), place)

    def _literal_fits(self, literal: str, place: Type) -> bool | None:
        descriptor: nodes.TypeDescriptor = _NIL if literal in {"()", "null"} else nodes.SingletonType(literal)
        fits = self.fits(place.with_descriptor(descriptor), place)
        if not fits and literal[:1].isdecimal():
            # SPEC, Numeric literals: a number takes the type that is expected.
            numbers = (place.with_descriptor(nodes.BuiltinType(name)) for name in ("float", "decimal"))
            if any(self.fits(one, place) is not False for one in numbers):
                return None
        return fits


def _whole(value: Value) -> Type | None:
    """Return one type that stands for a value."""
    if value.type is not None:
        return value.type
    found = value.alternatives
    if not found:
        return None
    first = found[0].type
    if len(found) == 1:
        return first
    if any(one.type.surface is not first.surface or one.type.module != first.module for one in found):
        return None
    return first.with_descriptor(nodes.UnionType(tuple(one.type.descriptor for one in found)))


def without_errors(type_: Type) -> Type | None:
    """Return what `check` leaves of a type, None if it leaves nothing."""
    left = tuple(one for one in _members(type_) if not api.is_error(type_.with_descriptor(one)))
    if not left:
        return None
    return type_.with_descriptor(left[0] if len(left) == 1 else nodes.UnionType(left))


def without_nil(type_: Type) -> tuple[nodes.TypeDescriptor, ...]:
    """Return the members of a type but for nil."""
    return tuple(one for one in _members(type_) if one != _NIL)


def _members(type_: Type) -> Iterable[nodes.TypeDescriptor]:
    """Yield the members of a union; a name of a union stays as it is."""
    waiting = [type_.descriptor]
    while waiting:
        one = waiting.pop()
        match one:
            case nodes.UnionType(members=members):
                waiting += reversed(members)
            case nodes.OptionalType(member=member):
                waiting += [_NIL, member]
            case _:
                yield one
