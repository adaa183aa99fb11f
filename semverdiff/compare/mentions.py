"""Which declarations of either version mention a name?"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from semverdiff import api

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from semverdiff.api import Located
    from semverdiff.compare.context import Context

__all__ = ["Match", "Mentions"]

_Name = tuple[str, str]


class Match(msgspec.Struct, frozen=True):
    """A declaration of one name to compare; a version that lacks it has `None`."""

    module: str
    key: str
    old: Located | None
    new: Located | None

    @property
    def located(self) -> Located:
        """Return the old declaration, or the new one where there is no old one."""
        located = self.old or self.new
        if located is None:
            raise TypeError(f"neither version declares {self.key}")
        return located

    @property
    def name(self) -> _Name:
        """Return module and key."""
        return self.module, self.key


class Mentions:
    """Which declarations of the modules that both versions have mention a name, as far as text tells.

    A file that both have is searched once.
    """

    def __init__(self, context: Context) -> None:
        old, new = context.old, context.new
        self.modules = [name for name in old.modules if name in new.modules]
        self._context = context
        known = {name: {file.content for file in old.modules[name].files} for name in self.modules}
        self._new = api.Mentions(new, known)

    def of(self, names: Iterable[str]) -> Iterator[Match]:
        """Yield the declarations that mention one of these names, each once."""
        found = self._named(names)
        return map(self._match, sorted({*chain.from_iterable(found.values())}))

    def of_each(self, names: Iterable[str]) -> Mapping[str, Sequence[Match]]:
        """Return the declarations that mention each of these names."""
        return {name: [*map(self._match, sorted(found))] for name, found in self._named(names).items()}

    def _named(self, names: Iterable[str]) -> Mapping[str, set[_Name]]:
        names = {*names}
        old, new = self._context.positions.mentions.of(names), self._new.of(names)
        both = {*self.modules}
        return {name: {one for one in chain(old[name], new[name]) if one[0] in both} for name in names}

    def _match(self, name: _Name) -> Match:
        return Match(*name, self._context.old.locate(*name), self._context.new.locate(*name))
