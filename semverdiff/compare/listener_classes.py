"""Classes of listeners: which services they take, and where these may be attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.compare.facts import Fact, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from semverdiff.api import Member
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.syntax.nodes import Method

__all__ = ["is_listener", "listener_class_differences"]

# SPEC, Listener: the methods of object:Listener. The parameters of `attach` are a service and its path.
_METHODS = frozenset({"attach", "detach", "start", "gracefulStop", "immediateStop"})
_FACTS = ("service-type", "attach-point")
_TYPE_CHANGES = frozenset({"changed", "narrowed", "widened"})


def is_listener(methods: Mapping[str, Member[Method]]) -> bool:
    """Return whether objects of a class with these methods can be listeners."""
    return methods.keys() >= _METHODS


def listener_class_differences(
    place: Place, old: Mapping[str, Member[Method]], differences: Iterable[Difference]
) -> Iterator[Difference]:
    """Restate differences of the methods of a listener class for clients who declare services.

    `old` are the old methods. `detach` takes the services that `attach` takes: one change, one finding.
    """
    found = list(differences)
    facts = dict(zip(_parameters(place, old, "attach"), _FACTS, strict=False))
    attached = {_types(one) for one in found if facts.get(one.symbol) == _FACTS[0] and _type_change(one)}
    detached = _parameters(place, old, "detach")[:1]
    for difference in found:
        change = _type_change(difference)
        if change and difference.symbol in facts:
            yield replace(
                difference, subject=Subject.LISTENER, fact=Fact(f"{facts[difference.symbol]}-{change}")
            )
        elif not (change and difference.symbol in detached and _types(difference) in attached):
            yield difference


def _parameters(place: Place, methods: Mapping[str, Member[Method]], name: str) -> list[str]:
    """Return the symbols of a method's parameters."""
    signature = methods[name].declared.signature
    return [f"{place.symbol}.{name}({parameter.name})" for parameter in signature.parameters]


def _type_change(difference: Difference) -> str:
    """Return the verb of a parameter's changed type, else nothing; a respelled one stays the method's."""
    _, _, change = difference.fact.partition("parameter-type-")
    return change if change in _TYPE_CHANGES else ""


def _types(difference: Difference) -> tuple[str, ...]:
    return tuple(one.text for one in (difference.old, difference.new) if one is not None)
