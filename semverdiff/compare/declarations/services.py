"""Services and listeners: a network API, which no Ballerina client calls, and what takes services."""

from __future__ import annotations

from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.api import is_error, object_members
from semverdiff.compare.declarations.functions import method_differences
from semverdiff.compare.declarations.methods import TERMS, method_place
from semverdiff.compare.details import Renamed, ValueChanged
from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.compare.metadata import metadata_differences
from semverdiff.compare.types import UNSEEN_VALUE, type_differences
from semverdiff.syntax.nodes import Function, Reference, UnionType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from semverdiff.api import Member, Type
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Form, Place
    from semverdiff.syntax.nodes import Listener, Method, Service

__all__ = [
    "listener_class_differences",
    "listener_differences",
    "service_differences",
]

_UNSEEN = "who calls the service over the network, and whether it is started at all, is not known here"
_NOT_INFERRED = "the type follows from a value that is not evaluated"

# SPEC, Listener: the parameters of `attach` are a service and its path.
_SERVICE_TYPE = {
    Fact.PARAMETER_TYPE_CHANGED: Fact.SERVICE_TYPE_CHANGED,
    Fact.PARAMETER_TYPE_NARROWED: Fact.SERVICE_TYPE_NARROWED,
    Fact.PARAMETER_TYPE_WIDENED: Fact.SERVICE_TYPE_WIDENED,
}
_ATTACH_POINT = {
    Fact.PARAMETER_TYPE_CHANGED: Fact.ATTACH_POINT_CHANGED,
    Fact.PARAMETER_TYPE_NARROWED: Fact.ATTACH_POINT_NARROWED,
    Fact.PARAMETER_TYPE_WIDENED: Fact.ATTACH_POINT_WIDENED,
}


def service_differences(place: Place, old: Service | None, new: Service | None) -> Iterator[Difference]:
    """Compare two services, of one name or one that was moved; `None` where a version has none.

    `place` is the service's, with the subject `service`.
    """
    if old is None or new is None:
        yield place.differs(Fact.ADDED if old is None else Fact.REMOVED, undecided=_UNSEEN)
        return
    if old.name != new.name:
        yield place.differs(Fact.ATTACH_POINT_CHANGED, Renamed(old.name, new.name), undecided=_UNSEEN)
    yield from _method_differences(place, old, new)
    yield from metadata_differences(place, old.metadata, new.metadata)


def _method_differences(place: Place, old: Service, new: Service) -> Iterator[Difference]:
    before = service_methods(place.old.type_of(old.type))
    after = service_methods(place.new.type_of(new.type))
    for key, member in before.items():
        counterpart = after.get(key)
        terms = TERMS[member.declared.kind]
        if counterpart is not None:
            # The contract: signatures count as called; nobody else can implement a declared service.
            at = method_place(place, terms.subject, member, counterpart).on(Condition.SEALED)
            yield from method_differences(at, member.declared, counterpart.declared)
        else:
            at = method_place(place, place.subject, member, None)
            yield at.differs(terms.removed, undecided=_UNSEEN)
    for key, member in after.items():
        if key not in before:
            at = method_place(place, place.subject, None, member)
            yield at.differs(TERMS[member.declared.kind].added, undecided=_UNSEEN)


def service_methods(type_: Type) -> Mapping[str, Member[Method]]:
    """Return the methods that the network reaches."""
    methods = object_members(type_).methods
    return {key: one for key, one in methods.items() if one.declared.kind in {"remote", "resource"}}


def listener_differences(place: Place, old: Listener, new: Listener) -> Iterator[Difference]:
    """Compare two public listeners. `place` is the listener's, with the subject `listener`."""
    before, after = _type(place.old, old), _type(place.new, new)
    if before is not None and after is not None:
        yield from type_differences(place, UNSEEN_VALUE, before, after)
    elif old.type is not None or new.type is not None or _maker(old) != _maker(new):
        yield place.differs(Fact.TYPE_CHANGED, undecided=_NOT_INFERRED)
    if old.initial.tokens != new.initial.tokens:
        yield place.differs(Fact.INITIAL_VALUE_CHANGED, ValueChanged(old.initial, new.initial))


def _type(form: Form, listener: Listener) -> Type | None:
    """Return the type of a listener; where it is inferred, that of `new C(...)` or of a call `f(...)`.

    SPEC, Listener declaration: an error that the expression may be is no part of it. `None` for every other
    expression.
    """
    if listener.type is not None:
        return form.type_of(listener.type)
    match _unchecked(listener):
        case ["new", name, "(", *_]:
            module, _, plain = name.rpartition(":")
            return form.type_of(Reference(module or None, plain.removeprefix("'")))
        case [name, "(", *_]:
            declared = form.surface.declaration(form.module, name.removeprefix("'"))
            if isinstance(declared, Function):
                return _without_errors(form.type_of(declared.signature.result))
    return None


def _without_errors(type_: Type) -> Type:
    match type_.descriptor:
        case UnionType(members=members):
            left = [one for one in members if not is_error(type_.with_descriptor(one))]
            return (
                type_.with_descriptor(UnionType(tuple(left)) if len(left) > 1 else left[0]) if left else type_
            )
    return type_


def _unchecked(listener: Listener) -> list[str]:
    """Return the words of the expression of a listener, whatever becomes of an error that it may be."""
    return list(dropwhile({"check", "checkpanic"}.__contains__, listener.initial.tokens))


def _maker(listener: Listener) -> str:
    """Return what makes a listener: of `jms:connect(url)` nothing else is known."""
    return "".join(takewhile("(".__ne__, _unchecked(listener)))


def listener_class_differences(
    place: Place, old: Mapping[str, Member[Method]], differences: Iterable[Difference]
) -> Iterator[Difference]:
    """Restate differences of the methods of a listener class for clients who declare services.

    `old` are the old methods. `detach` takes the services that `attach` takes: it is judged alike, and one
    change of both is one finding.
    """
    found = list(differences)
    attach, detach = _parameters(place, old, "attach"), _parameters(place, old, "detach")
    facts = dict(zip(attach, (_SERVICE_TYPE, _ATTACH_POINT), strict=False))
    facts |= dict.fromkeys(detach[:1], _SERVICE_TYPE)
    attached = {_texts(one) for one in found if one.symbol in attach[:1] and one.fact in _SERVICE_TYPE}
    for difference in found:
        restated = facts.get(difference.symbol, {}).get(difference.fact)
        if restated is None:
            yield difference
        elif difference.symbol not in detach[:1] or _texts(difference) not in attached:
            yield replace(difference, subject=Subject.LISTENER, fact=restated)


def _parameters(place: Place, methods: Mapping[str, Member[Method]], name: str) -> list[str]:
    """Return the symbols of a method's parameters."""
    signature = methods[name].declared.signature
    return [f"{place.symbol}.{name}({parameter.name})" for parameter in signature.parameters]


def _texts(difference: Difference) -> tuple[str, ...]:
    return tuple(one.text for one in (difference.old, difference.new) if one is not None)
