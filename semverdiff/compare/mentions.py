"""Which declarations mention a name? Few names are searched for in the text; then an index answers."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from semverdiff.syntax.words import escaped_names, has_word, words_and_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.api import Located, Surface
    from semverdiff.compare.context import Context
    from semverdiff.packages import SourceFile

    _Files = dict[bytes, list[tuple[Surface, str, SourceFile]]]

__all__ = ["FEW", "Match", "Mentions"]

FEW = 64
"""Searching for so many names costs about as much as an index of all words."""

# Searching each declaration for so many costs about as much as an index of those that are outlined.
_FEW_OF_EACH = 8
# Letters that no backslash may stand before: they are escaped by their code points only.
_ASCII_LETTERS = rb"[A-Za-z_]+"

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
    """Which declarations mention a name, as far as text tells.

    Few names are searched for; from then on an index of all words answers. Files are outlined as late as
    ever: when a name that they mention is followed.
    """

    def __init__(self, context: Context) -> None:
        self.modules = [name for name in context.old.modules if name in context.new.modules]
        self._context = context
        self._searched = 0
        self._escaped: dict[bytes, set[bytes]] = {}
        self._files: _Files | None = None
        self._index: dict[bytes, list[_Name]] = {}
        self._indexed: dict[tuple[str, str], int] = {}

    def of(self, names: Iterable[str]) -> Iterator[Match]:
        """Yield the declarations that mention one of these names, each once."""
        words = {name.encode() for name in names}
        self._searched += len(words)
        mentioning = self._found(words) if self._searched <= FEW else self._looked_up(words)
        for module, key in mentioning:
            old, new = self._context.old.locate(module, key), self._context.new.locate(module, key)
            yield Match(module, key, old, new)

    def _found(self, words: set[bytes]) -> set[_Name]:
        """Return the declarations with one of these words, looking at the text of each file."""
        places = [(one, module) for module in self.modules for one in (self._context.old, self._context.new)]
        for surface, module in places:
            files = surface.modules[module].files
            surface.admit(module, tuple(file for file in files if self._mentions(file.content, words)))
        if self._searched > _FEW_OF_EACH:
            return self._indexed_with(words)
        return {
            (module, key)
            for surface, module in places
            for key, located in surface.outlined(module).items()
            if self._mentions(located.item.content, words)
        }

    def _mentions(self, content: bytes, words: set[bytes]) -> bool:
        if any(has_word(content, word) for word in words):
            return True
        if b"\\" not in content or (
            b"\\u{" not in content and all(re.fullmatch(_ASCII_LETTERS, word) for word in words)
        ):
            return False
        if content not in self._escaped:
            self._escaped[content] = escaped_names(content)
        return not self._escaped[content].isdisjoint(words)

    def _looked_up(self, words: set[bytes]) -> set[_Name]:
        """Return the declarations with one of these words from the index."""
        if self._files is None:
            self._files = self._index_of_files()
        for word in words:
            for surface, module, file in self._files.get(word, ()):
                surface.admit(module, (file,))
        return self._indexed_with(words)

    def _indexed_with(self, words: set[bytes]) -> set[_Name]:
        self._index_declarations()
        return {name for word in words for name in self._index.get(word, ())}

    def _index_of_files(self) -> _Files:
        index: _Files = {}
        for module in self.modules:
            known: dict[bytes, set[bytes]] = {}
            for surface in (self._context.old, self._context.new):
                for file in surface.modules[module].files:
                    if file.content not in known:
                        known[file.content] = words_and_names(file.content)
                    place = surface, module, file
                    for word in known[file.content]:
                        index.setdefault(word, []).append(place)
        return index

    def _index_declarations(self) -> None:
        """Index what was outlined since the last time."""
        for module in self.modules:
            for version, surface in (("old", self._context.old), ("new", self._context.new)):
                outlined = surface.outlined(module)
                start = self._indexed.get((version, module), 0)
                if len(outlined) > start:
                    self._indexed[version, module] = len(outlined)
                    for key, located in islice(outlined.items(), start, None):
                        name = module, key
                        for word in words_and_names(located.item.content):
                            self._index.setdefault(word, []).append(name)
