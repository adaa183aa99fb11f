"""What clients see of a shard, as a list of symbols: what `semver api` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.symbols import ModuleApi, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.changes import Excerpt
    from semverdiff.vein.model import Api, ApiType, Visibility

__all__ = ["describe"]


def describe(api: Api, *, private: bool = False) -> tuple[ModuleApi, ...]:
    """Return the types of each space with their members, by name; `private` adds what clients do not see."""
    spaces: dict[str, list[Symbol]] = {}
    for identity, one in sorted(api.types.items()):
        if private or one.visibility.is_api:
            spaces.setdefault(identity.space, []).append(_type(one, private=private))
    return tuple(ModuleApi(space, exported=True, symbols=tuple(symbols)) for space, symbols in spaces.items())


def _type(one: ApiType, *, private: bool) -> Symbol:
    members = sorted(_members(one, private=private), key=lambda member: member.name)
    return _symbol(one.kind.value, one.symbol, one.place, members)


def _members(one: ApiType, *, private: bool) -> Iterator[Symbol]:
    def shown(visibility: Visibility) -> bool:
        return private or visibility.is_api

    name = one.identity.name
    for constructor in one.constructors or ():
        if shown(constructor.visibility):
            yield _symbol("constructor", f"{name}.{constructor.symbol}", constructor.place)
    for method in one.methods:
        if shown(method.visibility):
            yield _symbol("method", f"{name}.{method.symbol}", method.place)
    for property_ in one.properties:
        if shown(property_.visibility):
            yield _symbol("property", f"{name}.{property_.name}", property_.place)
    for field in one.fields:
        if shown(field.visibility):
            yield _symbol("field", f"{name}.{field.name}", field.place)


def _symbol(kind: str, name: str, place: Excerpt, members: Iterable[Symbol] = ()) -> Symbol:
    return Symbol(kind, name, place.text, place.file, place.line, tuple(members))
