"""The bases of types, and the bases of these, as far as the package declares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.vein.model import Api, ApiType, Identity, Method, TypeName

__all__ = ["Bases", "Hierarchy"]


class Bases(msgspec.Struct, frozen=True):
    """All bases of a type by name, and those among them whose own bases are not known."""

    names: frozenset[str]
    unread: frozenset[str]

    @property
    def are_cut(self) -> bool:
        """Return whether there are more bases than are looked at."""
        return len(self.names) > limits.BASES


class Hierarchy:
    """The types of one version by their simple names, which is how bases name them."""

    def __init__(self, api: Api) -> None:
        self._types: dict[str, list[ApiType]] = {}
        self._bases: dict[Identity, Bases] = {}
        self._methods: dict[Identity, dict[str, list[Method]]] = {}
        for one in api.types.values():
            arity = f"`{one.identity.arity}" if one.identity.arity else ""
            self._types.setdefault(f"{one.identity.name}{arity}", []).append(one)

    def bases(self, one: ApiType) -> Bases:
        """Return all bases of a type."""
        known = self._bases.get(one.identity)
        if known is not None:
            return known
        names: dict[str, None] = {}
        unread: dict[str, None] = {}
        for base, declared in self._walk(one):
            names[base.text] = None
            if declared is None:
                unread[base.text] = None
        found = self._bases[one.identity] = Bases(frozenset(names), frozenset(unread))
        return found

    def inherited_from(self, one: ApiType) -> Iterator[tuple[ApiType, bool]]:
        """Yield the bases of a type that the package declares, and whether they are its direct ones."""
        for base, declared in self._walk(one):
            if declared is not None:
                yield declared, base in one.bases

    def methods(self, one: ApiType, name: str) -> list[Method]:
        """Return the methods of that name that a type declares itself."""
        by_name = self._methods.get(one.identity)
        if by_name is None:
            by_name = self._methods[one.identity] = {}
            for method in one.methods:
                by_name.setdefault(method.name, []).append(method)
        return by_name.get(name, [])

    def _walk(self, one: ApiType) -> Iterator[tuple[TypeName, ApiType | None]]:
        """Yield each base once with its declaration, or `None`: of another package, or beyond a limit."""
        seen: dict[str, None] = {}
        stack = list(reversed(one.bases))
        while stack:
            base = stack.pop()
            if base.erased in seen:
                continue
            seen[base.erased] = None
            declared = self._declared(base) if len(seen) <= limits.BASES else None
            yield base, declared
            if declared is not None:
                stack += reversed(declared.bases)

    def _declared(self, base: TypeName) -> ApiType | None:
        found = self._types.get(base.erased, [])
        named = [one for one in found if not base.space or one.identity.space == base.space]
        return named[0] if len(named) == 1 else None
