"""What differs between the constructors and methods of two versions of a type."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from semverdiff.vein.difference import Condition, Fact, Subject
from semverdiff.vein.model import TypeKind
from semverdiff.vein.pairs import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final

    from semverdiff.vein.difference import VeinDifference
    from semverdiff.vein.model import Constructor, Method, TypeName
    from semverdiff.vein.pairs import TypePair

__all__ = ["ERASED", "compare_constructors", "compare_methods"]

ERASED: Final = "a module holds neither arrays nor type arguments, so that linked clients do not break"
"""What a fact rests on about types that differ in these alone."""

_Callee = TypeVar("_Callee", "Method", "Constructor")


def compare_constructors(pair: TypePair) -> Iterator[VeinDifference]:
    """Yield what differs in how values of a type are made.

    A class that became static has no constructors, which is said there.
    """
    olds, news = pair.old.constructors, pair.new.constructors
    if olds is None or news is None or pair.old.is_static != pair.new.is_static:
        return
    pairs, lost, added = _matched(pair, olds, news)
    for old, new in pairs:
        yield from _compared(Spot(pair, Subject.CONSTRUCTOR, old.symbol, old, new), old, new)
    if len(lost) == len(added) == 1 and not lost[0].is_implicit and not added[0].is_implicit:
        yield _signature_change(Subject.CONSTRUCTOR, pair, lost[0], added[0])
        return
    for one in lost:
        fact = Fact.IMPLICIT_REMOVED if one.is_implicit else Fact.REMOVED
        yield Spot(pair, Subject.CONSTRUCTOR, one.symbol, one, None).change(fact)
    for one in added:
        yield Spot(pair, Subject.CONSTRUCTOR, one.symbol, None, one).change(Fact.ADDED)


def compare_methods(pair: TypePair) -> Iterator[VeinDifference]:
    """Yield what differs in the methods of a type."""
    by_name: dict[str, tuple[list[Method], list[Method]]] = {}
    for place, side in enumerate((pair.old.methods, pair.new.methods)):
        for method in side:
            by_name.setdefault(method.name, ([], []))[place].append(method)
    for old, new in by_name.values():
        yield from _overloads(pair, old, new)


def _matched(
    pair: TypePair, old: Sequence[_Callee], new: Sequence[_Callee]
) -> tuple[list[tuple[_Callee, _Callee]], list[_Callee], list[_Callee]]:
    """Return members of one name with equal parameters, and the visible ones of both sides that are left.

    Those that are written alike belong together before those that only a module does not tell apart.
    """
    pairs: list[tuple[_Callee, _Callee]] = []
    for key in (_full, _erased):
        waiting: dict[tuple[str, ...], deque[_Callee]] = {}
        for one in new:
            waiting.setdefault(key(pair, one), deque()).append(one)
        old_rest = []
        for one in old:
            candidates = waiting.get(key(pair, one))
            if candidates and pair.are_same(_types(one), _types(candidates[0])):
                pairs.append((one, candidates.popleft()))
            else:
                old_rest.append(one)
        old, new = old_rest, [one for candidates in waiting.values() for one in candidates]
    return pairs, [one for one in old if one.visibility.is_api], [one for one in new if one.visibility.is_api]


def _full(_pair: TypePair, one: Method | Constructor) -> tuple[str, ...]:
    return tuple(type_.full for type_ in _types(one))


def _erased(pair: TypePair, one: Method | Constructor) -> tuple[str, ...]:
    """Return what a module holds of parameters; where names of type parameters are lost, one is any."""
    has_names = pair.old_api.has_constants and pair.new_api.has_constants
    types = (type_.erased for type_ in _types(one))
    return tuple(type_ if has_names or type_[0] != "!" else "!" for type_ in types)


def _types(one: Method | Constructor) -> list[TypeName]:
    return [parameter.type for parameter in one.parameters]


def _signature_change(subject: Subject, pair: TypePair, old: _Callee, new: _Callee) -> VeinDifference:
    spot = Spot(pair, subject, old.symbol, old, new)
    return spot.change(Fact.SIGNATURE_CHANGED, old.symbol, new.symbol)


def _compared(spot: Spot, old: _Callee, new: _Callee) -> Iterator[VeinDifference]:
    """Yield what differs between two members with equal parameters in what all that can be called have."""
    yield from spot.visibility()
    if not spot.is_visible:
        return
    yield from spot.pair.aspect_uses(old, new)
    if spot.pair.arguments_differ(_types(old), _types(new)):
        yield spot.change(Fact.TYPE_ARGUMENTS_CHANGED, old.symbol, new.symbol, ERASED)
    for before, after in zip(old.parameters, new.parameters, strict=True):
        if before.name != after.name:
            yield spot.change(Fact.PARAMETER_RENAMED, before.name, after.name)


def _overloads(
    pair: TypePair, all_old: Sequence[Method], all_new: Sequence[Method]
) -> Iterator[VeinDifference]:
    """Yield what differs between the methods of one name."""
    pairs, lost, added = _matched(pair, all_old, all_new)
    for old, new in pairs:
        spot = Spot(pair, Subject.METHOD, old.symbol, old, new)
        yield from _compared(spot, old, new)
        if spot.is_visible:
            yield from _method(spot, old, new)
    if len(lost) == len(added) == 1 and not added[0].is_override and not lost[0].is_override:
        yield _signature_change(Subject.METHOD, pair, lost[0], added[0])
        return
    for one in lost:
        yield _removed(pair, one)
    has_others = any(one.visibility.is_api for one in all_old)
    for one in added:
        yield _added(pair, one, is_overload=has_others)


def _method(spot: Spot, old: Method, new: Method) -> Iterator[VeinDifference]:
    """Yield what differs between two versions of a method beside its parameters."""
    pair, before, after = spot.pair, old.returned, new.returned
    if not pair.is_same(before, after):
        yield spot.change(Fact.RETURN_TYPE_CHANGED, before.text, after.text)
    elif pair.arguments_differ([before], [after]):
        yield spot.change(Fact.TYPE_ARGUMENTS_CHANGED, before.text, after.text, ERASED)
    yield from spot.flag(Fact.STATIC_ADDED, Fact.STATIC_REMOVED, before=old.is_static, after=new.is_static)
    if old.is_static or new.is_static or TypeKind.INTERFACE in {*pair.old.kinds, *pair.new.kinds}:
        return
    yield from spot.flag(Fact.VIRTUAL_ADDED, Fact.VIRTUAL_REMOVED, before=_is_open(old), after=_is_open(new))
    # Which of the two the compiler writes for an abstract method is not certain.
    if pair.old_api.is_erased == pair.new_api.is_erased and new.is_abstract and not old.is_abstract:
        yield spot.change(Fact.ABSTRACT_ADDED)


def _removed(pair: TypePair, one: Method) -> VeinDifference:
    """Return what it means that a type declares a method no longer: clients may have it from a base."""
    spot = Spot(pair, Subject.METHOD, one.symbol, one, None)
    if one.is_override:
        return spot.change(Fact.OVERRIDE_REMOVED)
    for base, is_direct in pair.new_hierarchy.inherited_from(pair.new):
        if any(_is_inherited(pair, one, other) for other in pair.new_hierarchy.methods(base, one.name)):
            change = spot.change(Fact.MOVED_TO_BASE, "", base.symbol)
            where = {Condition.TO_DIRECT_BASE} if is_direct else set()
            return replace(change, conditions=change.conditions | where)
    unread = pair.new_hierarchy.bases(pair.new).unread - {base.text for base in pair.old.bases}
    change = spot.change(Fact.REMOVED)
    if not unread:
        return change
    return replace(change, undecided=f"{min(unread)} is of another package, and the method may be in it now")


def _added(pair: TypePair, one: Method, *, is_overload: bool) -> VeinDifference:
    if pair.is_interface:
        return Spot(pair, Subject.INTERFACE_METHOD, one.symbol, None, one).change(Fact.ADDED)
    bases = pair.old_hierarchy.inherited_from(pair.old)
    if one.is_override or any(
        _is_inherited(pair, other, one)
        for base, _ in bases
        for other in pair.old_hierarchy.methods(base, one.name)
    ):
        fact = Fact.OVERRIDE_ADDED
    elif one.is_abstract:
        fact = Fact.ABSTRACT_ADDED
    else:
        fact = Fact.OVERLOAD_ADDED if is_overload else Fact.ADDED
    return Spot(pair, Subject.METHOD, one.symbol, None, one).change(fact)


def _is_inherited(pair: TypePair, old: Method, new: Method) -> bool:
    """Return whether clients reach the same method on both sides, on one of them in a base."""
    return (
        old.visibility.is_api
        and new.visibility.is_api
        and old.is_static == new.is_static
        and pair.are_same([*_types(old), old.returned], [*_types(new), new.returned])
    )


def _is_open(method: Method) -> bool:
    """Return whether heirs may override a method."""
    return method.is_virtual or method.is_abstract or method.is_override
