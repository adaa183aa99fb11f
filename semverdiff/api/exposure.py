"""Which other packages do clients meet in the API? The modules whose types its declarations lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from semverdiff.api.variance import references, uses
from semverdiff.syntax.nodes import Class, TypeDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api.surface import Surface
    from semverdiff.syntax.nodes import Declaration, TypeDescriptor

__all__ = ["exposed_modules"]


def exposed_modules(surface: Surface) -> frozenset[str]:
    """Return the full names (`ballerina/http`) of modules of other packages with types in the public API.

    Private types on the way are looked through; bodies, private members and default values do not count.
    """
    return frozenset(_Walk(surface).modules())


class _Walk:
    """One walk through everything that clients can meet, each declaration once."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._met: set[tuple[str, str]] = set()

    def modules(self) -> Iterator[str]:
        for name in self._surface.modules:
            if not self._surface.exported(name):
                continue
            for key, located in self._surface.all(name).items():
                if located.item.public:
                    yield from self._from(name, key)

    def _from(self, module: str, key: str) -> Iterator[str]:
        waiting = [(module, key)]
        while waiting:
            place = waiting.pop()
            if place in self._met:
                continue
            self._met.add(place)
            declaration = self._surface.declaration(*place)
            for descriptor in _types(declaration) if declaration is not None else ():
                for reference, _ in references(descriptor, 0):
                    owner = self._surface.owner(reference, place[0])
                    if owner is not None:
                        waiting.append((owner, reference.name))
                    else:  # a name without a prefix is one of this package
                        yield cast("str", reference.module)


def _types(declaration: Declaration) -> Iterator[TypeDescriptor]:
    """Yield the types that a declaration shows."""
    for descriptor, _ in uses(declaration):
        yield descriptor
    match declaration:
        case TypeDefinition(type=type_):
            yield type_
        case Class(type=type_):
            yield from type_.inclusions
