"""Properties among methods: `get_P` and `set_P` are one property `P`, whoever wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.vein.model import Property

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.vein.model import Method

__all__ = ["GETTER", "SETTER", "split_properties"]

GETTER, SETTER = "get_", "set_"


def split_properties(
    methods: Iterable[Method], automatic: frozenset[str] | None
) -> tuple[tuple[Property, ...], tuple[Method, ...]]:
    """Return the properties that methods make up, and the methods that are left.

    `automatic` are the names of properties with a field of their own, `None` where nothing tells.
    """
    rest: list[Method] = []
    getters: dict[str, Method] = {}
    setters: dict[str, list[Method]] = {}
    for method in methods:
        name = method.name[len(GETTER) :]
        if not name or method.type_parameters:
            rest.append(method)
        elif method.name.startswith(GETTER) and not method.parameters and name not in getters:
            getters[name] = method
        elif method.name.startswith(SETTER) and len(method.parameters) == 1:
            setters.setdefault(name, []).append(method)
        else:
            rest.append(method)
    properties = []
    for name in dict.fromkeys((*getters, *setters)):
        getter = getters.get(name)
        setter, others = _setter(getter, setters.get(name, []))
        rest += others
        first = getter or setter
        if first is not None:
            properties.append(_property(name, first, getter, setter, automatic))
    return tuple(properties), tuple(rest)


def _setter(getter: Method | None, candidates: list[Method]) -> tuple[Method | None, list[Method]]:
    """Return the setter that belongs to a getter, or is the only one, and the other candidates."""
    fitting = [
        one
        for one in candidates
        if getter is None
        or (one.parameters[0].type.erased, one.is_static) == (getter.returned.erased, getter.is_static)
    ]
    if not fitting or (getter is None and len(fitting) > 1):
        return None, candidates
    return fitting[0], [one for one in candidates if one is not fitting[0]]


def _property(
    name: str, first: Method, getter: Method | None, setter: Method | None, automatic: frozenset[str] | None
) -> Property:
    return Property(
        name=name,
        type=getter.returned if getter is not None else first.parameters[0].type,
        getter=None if getter is None else getter.visibility,
        setter=None if setter is None else setter.visibility,
        place=first.place,
        is_static=first.is_static,
        is_virtual=first.is_virtual,
        is_abstract=first.is_abstract,
        is_override=first.is_override,
        is_computed=None if automatic is None else name not in automatic,
        aspects=first.aspects,
    )
