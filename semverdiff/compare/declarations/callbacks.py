"""Function types that are written in a parameter: clients pass the function, and the library calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.api import Type, type_text
from semverdiff.compare import details
from semverdiff.compare.facts import Fact, Subject
from semverdiff.compare.types import (
    CALLBACK_PARAMETER,
    CALLBACK_REST,
    PLAIN_RESULT,
    result_fact,
    type_differences,
)
from semverdiff.syntax.nodes import FunctionType, OptionalType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.syntax.nodes import Parameter, Signature

__all__ = ["callback_differences"]

_QUALIFIERS = {
    "isolated": (Fact.ISOLATED_ADDED, Fact.ISOLATED_REMOVED),
    "transactional": (Fact.TRANSACTIONAL_ADDED, Fact.TRANSACTIONAL_REMOVED),
}


class _Callback(msgspec.Struct, frozen=True):
    """The type of a function that clients pass, as a parameter writes it."""

    type: Type
    qualifiers: frozenset[str]
    signature: Signature

    @property
    def result(self) -> Type:
        """Return the type of the result."""
        return self.type.with_descriptor(self.signature.result)

    @property
    def parameters(self) -> list[Parameter]:
        """Return the parameters without the rest."""
        return [one for one in self.signature.parameters if one.kind != "rest"]

    @property
    def rest(self) -> Parameter | None:
        """Return the rest parameter."""
        return next((one for one in self.signature.parameters if one.kind == "rest"), None)


def callback_differences(place: Place, before: Type, after: Type) -> Iterator[Difference]:
    """Compare two function types part by part: their parameters are written, and both or none may be nil.

    `place` is that of the parameter which takes them.
    """
    old, new = _callback(before), _callback(after)
    place = place.about(Subject.CALLBACK)
    quoting = place.quoting(type_text(old.type.descriptor), type_text(new.type.descriptor))
    for word, (added, removed) in _QUALIFIERS.items():
        if (word in old.qualifiers) != (word in new.qualifiers):
            yield quoting.differs(added if word in new.qualifiers else removed)
    if _reordered(place, old, new):
        detail = details.ParametersReordered(_names(old.parameters), _names(new.parameters))
        yield quoting.differs(Fact.PARAMETERS_REORDERED, detail)
    else:
        yield from _parameters(place, quoting, old, new)
    yield from _rest(place, quoting, old, new)
    yield from _result(place, quoting, old, new)


def _callback(type_: Type) -> _Callback:
    written = type_.descriptor
    match written.member if isinstance(written, OptionalType) else written:
        case FunctionType(qualifiers=qualifiers, signature=signature) if signature is not None:
            return _Callback(type_, qualifiers, signature)
    raise TypeError(written)


def _reordered(place: Place, old: _Callback, new: _Callback) -> bool:
    """Return whether the same types stand in another order."""
    same = place.context.types.same_type
    before = [old.type.with_descriptor(one.type) for one in old.parameters]
    after = [new.type.with_descriptor(one.type) for one in new.parameters]
    if len(before) != len(after):
        return False
    moved = [pair for pair in zip(before, after, strict=True) if not same(*pair)]
    if not moved or len(moved) > limits.REORDERED_PARAMETERS:
        return False
    free = [type_ for _, type_ in moved]
    for type_, _ in moved:
        at = next((index for index, one in enumerate(free) if same(type_, one)), None)
        if at is None:
            return False
        del free[at]
    return True


def _names(parameters: Sequence[Parameter]) -> tuple[str, ...]:
    return tuple(one.name or type_text(one.type) for one in parameters)


def _parameters(place: Place, quoting: Place, old: _Callback, new: _Callback) -> Iterator[Difference]:
    """Compare by position, because the library calls so."""
    before, after = old.parameters, new.parameters
    for removed in before[len(after) :]:
        yield quoting.differs(
            Fact.PARAMETER_REMOVED, details.Removed(removed, old.type.with_descriptor(removed.type))
        )
    for added in after[len(before) :]:
        yield quoting.differs(
            Fact.PARAMETER_ADDED, details.Added(added, new.type.with_descriptor(added.type))
        )
    for left, right in zip(before, after, strict=False):
        if left.name != right.name and left.name and right.name:
            yield quoting.differs(Fact.PARAMETER_RENAMED, details.Renamed(left.name, right.name))
        if left.default and right.default and not place.same_value(left.default, right.default):
            values = details.ValueChanged(left.default, right.default)
            yield quoting.differs(Fact.PARAMETER_DEFAULT_VALUE_CHANGED, values)
        types = (old.type.with_descriptor(left.type), new.type.with_descriptor(right.type))
        yield from type_differences(place, CALLBACK_PARAMETER, *types)


def _rest(place: Place, quoting: Place, old: _Callback, new: _Callback) -> Iterator[Difference]:
    before, after = old.rest, new.rest
    if before is not None:
        type_ = old.type.with_descriptor(before.type)
        if after is None:
            yield quoting.differs(Fact.PARAMETER_REST_REMOVED, details.Removed(before, type_))
            return
        if before.name != after.name:
            yield quoting.differs(Fact.PARAMETER_REST_RENAMED, details.Renamed(before.name, after.name))
        yield from type_differences(place, CALLBACK_REST, type_, new.type.with_descriptor(after.type))
    elif after is not None:
        added = details.Added(after, new.type.with_descriptor(after.type))
        yield quoting.differs(Fact.PARAMETER_REST_ADDED, added)


def _result(place: Place, quoting: Place, old: _Callback, new: _Callback) -> Iterator[Difference]:
    fact = result_fact(place, old.result, new.result)
    if fact is None:
        yield from type_differences(place, PLAIN_RESULT, old.result, new.result)
    else:
        yield quoting.differs(fact, details.TypeChanged(old.result, new.result))
