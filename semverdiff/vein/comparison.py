"""What differs between the APIs of two versions of a shard: types first, then members of those in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import limits
from semverdiff.vein.data_comparison import compare_fields, compare_properties
from semverdiff.vein.difference import NO_MODIFIER, Condition, Fact, Subject, VeinDifference
from semverdiff.vein.hierarchy import Hierarchy
from semverdiff.vein.method_comparison import compare_constructors, compare_methods
from semverdiff.vein.model import TypeKind, Visibility
from semverdiff.vein.pairs import DEPRECATED, TypePair, step_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Final

    from semverdiff.vein.model import Api, ApiType, Identity, TypeName

__all__ = ["compare_apis"]

_OF_KIND: Final = {
    TypeKind.ALIAS: Subject.ALIAS,
    TypeKind.ASPECT: Subject.ASPECT,
    TypeKind.CLASS: Subject.CLASS,
    TypeKind.DELEGATE: Subject.DELEGATE,
    TypeKind.INTERFACE: Subject.INTERFACE,
    TypeKind.STRUCT: Subject.STRUCT,
}
_NO_GLOBAL: Final = "an alias without 'global' is private by the documents, and exported in fact"


def compare_apis(old: Api, new: Api) -> tuple[VeinDifference, ...]:
    """Return what differs for clients, sorted by space and symbol.

    What one side does not tell is compared as far as both do.
    """
    changes = list(_changes(old, new))
    return tuple(
        sorted(changes, key=lambda change: (change.module, change.symbol, change.rule, change.after))
    )


def _changes(old: Api, new: Api) -> Iterator[VeinDifference]:
    moved = _moves(old.types, new.types)
    gone = frozenset(moved)
    hierarchies = Hierarchy(old), Hierarchy(new)
    for identity, one in old.types.items():
        other = new.types.get(moved.get(identity, identity))
        if other is None:
            if one.visibility.is_api:
                yield _type_change(one, None, Fact.REMOVED)
            continue
        pair = TypePair(one, other, old, new, gone, *hierarchies)
        if one.visibility.is_api and identity in moved:
            yield _type_change(one, other, Fact.MOVED, identity.space, other.identity.space)
        yield from _compared(pair)
    arrived = frozenset(moved.values())
    for identity, one in new.types.items():
        if identity not in old.types and identity not in arrived and one.visibility.is_api:
            yield _type_change(None, one, Fact.ADDED)


def _moves(old: Mapping[Identity, ApiType], new: Mapping[Identity, ApiType]) -> dict[Identity, Identity]:
    """Return the types that are in another space now: the only one of a name that went, and that came."""
    gone: dict[tuple[str, int], list[Identity]] = {}
    came: dict[tuple[str, int], list[Identity]] = {}
    for own, other, found in ((old, new, gone), (new, old, came)):
        for identity, one in own.items():
            if identity not in other and one.visibility.is_api:
                found.setdefault((identity.name, identity.arity), []).append(identity)
    return {
        identities[0]: came[name][0]
        for name, identities in gone.items()
        if len(identities) == 1 and len(came.get(name, ())) == 1
    }


def _type_change(
    old: ApiType | None, new: ApiType | None, fact: Fact, before: str = "", after: str = ""
) -> VeinDifference:
    """Return a fact about a type, by the name and kind that it had, or has if it is new."""
    subject = old or new
    if subject is None:
        raise AssertionError(fact)
    return VeinDifference(
        _OF_KIND[subject.kind],
        fact,
        subject.symbol,
        subject.identity.space,
        (step_of(subject),),
        None if old is None else old.place,
        None if new is None else new.place,
        before,
        after,
        assumed=_unmarked(old, new),
        announced=None if old is None or new is not None else DEPRECATED in old.aspects,
    )


def _unmarked(*sides: ApiType | None) -> str | None:
    """Return what a fact about a type rests on that has no modifier."""
    unmarked = [side for side in sides if side is not None and side.visibility is Visibility.UNMARKED]
    if not unmarked:
        return None
    return _NO_GLOBAL if unmarked[0].kind is TypeKind.ALIAS else NO_MODIFIER


def _compared(pair: TypePair) -> Iterator[VeinDifference]:
    """Yield what differs between two versions of one type."""
    old, new = pair.old, pair.new
    if not old.visibility.is_api:
        if new.visibility.is_api:
            yield _type_change(old, new, Fact.VISIBILITY_WIDENED)
        return
    if not new.visibility.is_api:
        yield _type_change(old, new, Fact.VISIBILITY_NARROWED)
        return
    if not set(old.kinds) & set(new.kinds):
        yield _type_change(old, new, Fact.KIND_CHANGED, old.kind, new.kind)
        return
    yield from pair.aspect_uses(old, new)
    yield from _type_parameters(pair)
    yield from _constraints(pair)
    match old.kind:
        case TypeKind.ALIAS:
            yield from _alias(pair)
        case TypeKind.DELEGATE:
            if pair.signature_differs((*_types(old), old.returned), (*_types(new), new.returned)):
                yield _type_change(old, new, Fact.SIGNATURE_CHANGED)
        case TypeKind.ASPECT:
            both_tell = old.parameters is not None and new.parameters is not None
            if both_tell and pair.signature_differs(_types(old), _types(new)):
                yield _type_change(old, new, Fact.PARAMETERS_CHANGED)
        case _:
            yield from _class(pair)
            yield from compare_constructors(pair)
            yield from compare_methods(pair)
            yield from compare_properties(pair)
            yield from compare_fields(pair)


def _types(one: ApiType) -> tuple[TypeName, ...]:
    return tuple(parameter.type for parameter in one.parameters or ())


def _alias(pair: TypePair) -> Iterator[VeinDifference]:
    old, new = pair.old, pair.new
    if pair.signature_differs((old.target,), (new.target,)) and old.target and new.target:
        yield _type_change(old, new, Fact.RETARGETED, old.target.text, new.target.text)
    tells = not pair.old_api.is_erased and not pair.new_api.is_erased
    if tells and old.visibility is not new.visibility:
        is_narrower = new.visibility is Visibility.UNMARKED
        fact = Fact.VISIBILITY_NARROWED if is_narrower else Fact.VISIBILITY_WIDENED
        yield _type_change(old, new, fact)


def _class(pair: TypePair) -> Iterator[VeinDifference]:
    old, new = pair.old, pair.new
    if old.is_static != new.is_static:
        yield _type_change(old, new, Fact.STATIC_ADDED if new.is_static else Fact.STATIC_REMOVED)
    may_be_interface = TypeKind.INTERFACE in {*old.kinds, *new.kinds}
    if old.is_abstract != new.is_abstract and not may_be_interface:
        yield _type_change(old, new, Fact.ABSTRACT_ADDED if new.is_abstract else Fact.ABSTRACT_REMOVED)
    yield from _bases(pair)


def _bases(pair: TypePair) -> Iterator[VeinDifference]:
    """Yield the bases that are no longer, or now, among all bases of a type.

    What a base lost is said there, so that only types are looked at whose own bases differ.
    """
    old, new = pair.old, pair.new
    if {base.text for base in old.bases} == {base.text for base in new.bases}:
        return
    before, after = pair.old_hierarchy.bases(old), pair.new_hierarchy.bases(new)
    for own, other, fact in ((before, after, Fact.BASE_REMOVED), (after, before, Fact.BASE_ADDED)):
        for name in sorted(own.names - other.names):
            unread = sorted(other.unread - own.unread)
            why = f"{unread[0]} is of another package and may have {name} as a base" if unread else None
            if other.are_cut:
                why = f"only {limits.BASES} bases of a type are looked at"
            change = _type_change(old, new, fact, *((name, "") if own is before else ("", name)))
            yield replace(change, undecided=why)


def _type_parameters(pair: TypePair) -> Iterator[VeinDifference]:
    old, new = pair.old, pair.new
    mentioned = pair.mentioned_parameters() if old.type_parameters != new.type_parameters else frozenset()
    for place, (before, after) in enumerate(zip(old.type_parameters, new.type_parameters, strict=True)):
        if before != after:
            is_mentioned = f"!{place}" in mentioned
            yield replace(
                pair.about(Subject.TYPE_PARAMETER, Fact.RENAMED, before, after),
                conditions=frozenset({Condition.IN_SIGNATURE} if is_mentioned else ()),
                assumed="whether link names hold the name of a type parameter is not certain",
            )


def _constraints(pair: TypePair) -> Iterator[VeinDifference]:
    """Yield constraints that came or went, as far as both sides have sources."""
    old, new = pair.old, pair.new
    if old.constraints is None or new.constraints is None:
        return
    before = {(one.subject.full, one.bound.full): one for one in old.constraints}
    after = {(one.subject.full, one.bound.full): one for one in new.constraints}
    for own, other, fact in ((before, after, Fact.REMOVED), (after, before, Fact.ADDED)):
        for key, one in own.items():
            if key not in other:
                text = f"{one.subject.text} is {one.bound.text}"
                yield pair.about(
                    Subject.CONSTRAINT, fact, *((text, "") if fact is Fact.REMOVED else ("", text))
                )
