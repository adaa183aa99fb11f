"""Function types that are written in a parameter: clients pass the function, and the library calls it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.api import type_text
from semverdiff.compare.details import (
    Added,
    ParametersReordered,
    Removed,
    Renamed,
    TypeChanged,
    ValueChanged,
)
from semverdiff.compare.facts import Fact
from semverdiff.compare.sides import Typed
from semverdiff.compare.type_changes import type_differences
from semverdiff.syntax.nodes import NIL, FunctionType, OptionalType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.compare.details import Detail
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Parameter, Signature, TypeDescriptor

__all__ = ["are_callbacks", "callback_differences"]


def are_callbacks(old: Typed, new: Typed) -> bool:
    """Return whether both parameters write down the type of a function that clients pass."""
    return _signature(old) is not None and _signature(new) is not None


def callback_differences(place: Place, sides: Sides, old: Typed, new: Typed) -> Iterator[Difference]:
    """Compare two function types part by part. `place` is the parameter's."""
    before, after = _signature(old), _signature(new)
    if before is None or after is None:
        return
    at = replace(place, subject="callback")
    yield from _qualifiers(at, old, new)
    yield from _Callback(at, sides, (old, before), (new, after)).differences()


def _written(descriptor: TypeDescriptor) -> TypeDescriptor:
    return descriptor.member if isinstance(descriptor, OptionalType) else descriptor


def _signature(typed: Typed) -> Signature | None:
    written = _written(typed.descriptor)
    return written.signature if isinstance(written, FunctionType) else None


def _qualifiers(place: Place, old: Typed, new: Typed) -> Iterator[Difference]:
    match _written(old.descriptor), _written(new.descriptor):
        case FunctionType(qualifiers=before), FunctionType(qualifiers=after):
            for word in sorted(before ^ after):
                fact = f"{word}-added" if word in after else f"{word}-removed"
                yield _stated(place, fact, (old, new))


def _stated(place: Place, fact: str, types: tuple[Typed, Typed], detail: Detail | None = None) -> Difference:
    """State a fact about a callback. `types` are those of the parameters, the old one first."""
    old, new = types
    return place.differs(
        fact,
        place.old_excerpt(type_text(old.descriptor), old.metadata),
        place.new_excerpt(type_text(new.descriptor), new.metadata),
        detail,
    )


class _Callback:
    """One comparison of two function types: the library calls by position, so that pairs are by place."""

    def __init__(
        self, place: Place, sides: Sides, old: tuple[Typed, Signature], new: tuple[Typed, Signature]
    ) -> None:
        self._place = place
        self._sides = sides
        self._old, self._before = old
        self._new, self._after = new

    def differences(self) -> Iterator[Difference]:
        before, after = _positional(self._before), _positional(self._after)
        if self._reordered(before, after):
            yield self._stated("parameters-reordered", ParametersReordered(_names(before), _names(after)))
        else:
            yield from self._parameters(before, after)
        yield from self._rest(_rest(self._before), _rest(self._after))
        yield from self._result()

    def _stated(self, fact: str, detail: Detail | None = None) -> Difference:
        return _stated(self._place, fact, (self._old, self._new), detail)

    def _types(self, before: Parameter, after: Parameter) -> tuple[Typed, Typed]:
        return self._old_type(before.type), self._new_type(after.type)

    def _old_type(self, descriptor: TypeDescriptor) -> Typed:
        return Typed(descriptor, self._old.module, self._old.metadata)

    def _new_type(self, descriptor: TypeDescriptor) -> Typed:
        return Typed(descriptor, self._new.module, self._new.metadata)

    def _reordered(self, before: list[Parameter], after: list[Parameter]) -> bool:
        """Return whether the same types come in another order."""
        old_types, new_types = ([type_text(one.type) for one in row] for row in (before, after))
        return old_types != new_types and Counter(old_types) == Counter(new_types)

    def _parameters(self, before: list[Parameter], after: list[Parameter]) -> Iterator[Difference]:
        for gone in before[len(after) :]:
            yield self._stated(
                "parameter-removed", Removed(gone, self._sides.old_term(self._old_type(gone.type)))
            )
        for come in after[len(before) :]:
            yield self._stated(
                "parameter-added", Added(come, self._sides.new_term(self._new_type(come.type)))
            )
        for one, other in zip(before, after, strict=False):
            if one.name != other.name and one.name and other.name:
                yield self._stated("parameter-renamed", Renamed(one.name, other.name))
            if one.default and other.default and one.default.tokens != other.default.tokens:
                yield self._stated(
                    "parameter-default-value-changed", ValueChanged(one.default, other.default)
                )
            yield from type_differences(self._place, self._sides, "parameter-type", *self._types(one, other))

    def _rest(self, before: Parameter | None, after: Parameter | None) -> Iterator[Difference]:
        if before is None or after is None:
            if before is not after:
                fact = "parameter-rest-added" if before is None else "parameter-rest-removed"
                yield self._stated(fact)
            return
        if before.name != after.name:
            yield self._stated("parameter-rest-renamed", Renamed(before.name, after.name))
        types = self._types(before, after)
        for difference in type_differences(self._place, self._sides, "parameter-rest-type", *types):
            # That the rest is the same in other words is said of the other parameters only.
            respelled = difference.fact == "parameter-rest-type-respelled"
            yield replace(difference, fact=Fact.PARAMETER_TYPE_RESPELLED) if respelled else difference

    def _result(self) -> Iterator[Difference]:
        before, after = self._before.result, self._after.result
        old, new = self._old_type(before), self._new_type(after)
        lost, gained = self._sides.errors_only(old, new)
        fact = None
        if gained and not self._sides.old_has_error(old):
            fact = "return-error-added"
        elif lost and not self._sides.new_has_error(new):
            fact = "return-error-removed"
        elif before == NIL != after:
            fact = "return-type-added"
        elif after == NIL != before:
            fact = "return-type-removed"
        if fact is None:
            yield from type_differences(self._place, self._sides, "return-type", old, new)
        else:
            yield self._stated(fact, TypeChanged(self._sides.old_term(old), self._sides.new_term(new)))


def _positional(signature: Signature) -> list[Parameter]:
    return [one for one in signature.parameters if one.kind != "rest"]


def _rest(signature: Signature) -> Parameter | None:
    return next((one for one in signature.parameters if one.kind == "rest"), None)


def _names(parameters: list[Parameter]) -> tuple[str, ...]:
    return tuple(one.name for one in parameters)
