"""Which values that are passed on hold a type of the package: in a list, in a field, or further in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from semverdiff import api
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.api import Origin, Surface, Type
    from semverdiff.impact.typed import Alternative

__all__ = ["Holders"]


T = TypeVar("T")


class _Named(NamedTuple):
    """A declaration by the package and the module that it is in."""

    package: int
    module: str
    name: str


_Key = _Named | int
"""A declaration, or a type that has no name by its identity."""


class Holders(Generic[T]):
    """The values that are passed on, by their types. What these hold is followed when it is first asked for.

    Each declaration is read once. From a type the way leads back to all that hold it.
    """

    def __init__(self, package: Surface) -> None:
        self._package = package
        self._passed: dict[_Key, list[T]] = {}
        self._waiting: list[tuple[_Key, Type]] = []
        self._known: dict[_Key, Type] = {}
        self._holders: dict[_Key, list[_Key]] = {}

    def add(self, alternative: Alternative, use: T) -> None:
        """Add a value that is passed on, by one of the types that it may have."""
        if type(alternative.type.descriptor) in nodes.LEAVES:
            return
        type_ = alternative.type
        key: _Key = id(type_.descriptor)
        if alternative.names:
            module, name = alternative.names[-1]
            key = _Named(id(self._package.package), module, name)
        self._passed.setdefault(key, []).append(use)
        self._meet(key, type_)

    def of(self, owner: Origin) -> Iterator[T]:
        """Yield the values that hold one of a type, which is not their own."""
        self._follow()
        start = _Named(id(self._package.package), *owner)
        seen: set[_Key] = {start}
        waiting: list[_Key] = [start]
        while waiting:
            for holder in self._holders.get(waiting.pop(), ()):
                if holder not in seen:
                    seen.add(holder)
                    waiting.append(holder)
                    yield from self._passed.get(holder, ())

    def _meet(self, key: _Key, type_: Type) -> None:
        if key not in self._known:
            self._known[key] = type_  # kept, so that its identity stays its own
            self._waiting.append((key, type_))

    def _follow(self) -> None:
        while self._waiting:
            key, type_ = self._waiting.pop()
            for held, inner in self._held(type_):
                self._holders.setdefault(held, []).append(key)
                if inner is not None:
                    self._meet(held, inner)

    def _held(self, type_: Type) -> Iterable[tuple[_Key, Type | None]]:
        """Return the declarations that a type names, each once."""
        found: dict[_Key, Type | None] = {}
        for reference, _ in api.references(type_.descriptor, 0):
            target = type_.with_descriptor(reference).target()
            if target is None:
                continue
            key = _Named(id(target.surface.package), target.module, target.key)
            match target.declaration:
                case nodes.TypeDefinition(type=written) | nodes.Class(type=written):
                    found[key] = target.type_of(written)
                case nodes.Enum():
                    found[key] = None
        return found.items()
