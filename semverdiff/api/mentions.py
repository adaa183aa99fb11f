"""Which declarations of a package mention a name? Text answers, and each name is asked about once.

A text is looked through once for all names that are asked about together; an index answers once it was often.
Files are outlined when a name that they mention is asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from semverdiff.syntax.outlines import normalized
from semverdiff.syntax.words import Wanted, escaped_names, has_word, words_and_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from semverdiff.api.surface import Surface
    from semverdiff.packages import SourceFile

__all__ = ["Mentions"]

_Name = tuple[str, str]

# So often a package may be looked through; an index of its words costs about as much.
_MOST_PASSES: Final = 30
# To look for so many names one by one takes less than to look at each word.
_FEW: Final = 4
# Letters that no backslash may stand before: they are escaped by their code points only.
_ASCII_LETTERS: Final = re.compile(rb"[A-Za-z_]+")


class Mentions:
    """The declarations of a surface by the words in their text, as module and key.

    Files with a content in `known`, by module, are left out: another surface has them as well.
    """

    def __init__(self, surface: Surface, known: Mapping[str, Collection[bytes]] | None = None) -> None:
        known = {} if known is None else known
        self._surface = surface
        self._files = {
            name: tuple(file for file in module.files if file.content not in known.get(name, ()))
            for name, module in surface.modules.items()
        }
        self._answers: dict[bytes, Collection[_Name]] = {b"": ()}
        self._passes = 0
        self._index: dict[bytes, list[_Name]] | None = None
        # The texts of the declarations of files, by module and path, as far as these are outlined.
        self._texts: dict[_Name, list[bytes]] = {}

    def of(self, names: Iterable[str]) -> Mapping[str, Collection[_Name]]:
        """Return the declarations that mention each of these names."""
        wanted = {name: name.encode() for name in names}
        # The difference of a set and the keys of a table looks at each of the keys.
        fresh = {word for word in wanted.values() if word not in self._answers}
        if fresh:
            self._answers |= self._found(fresh)
        return {name: self._answers[word] for name, word in wanted.items()}

    def _found(self, names: Collection[bytes]) -> dict[bytes, Collection[_Name]]:
        self._passes += 1
        if self._index is None and self._passes > _MOST_PASSES:
            self._index = self._indexed()
        if self._index is not None:
            index = self._index
            return {name: index.get(name, ()) for name in names}
        found: dict[bytes, set[_Name]] = {name: set() for name in names}
        wanted = _Wanted(names)
        for module, files in self._files.items():
            for file in files:
                for name, key in self._mentioned(module, file, wanted):
                    found[name].add((module, key))
        return {**found}

    def _mentioned(self, module: str, file: SourceFile, wanted: _Wanted) -> Iterator[tuple[bytes, str]]:
        """Yield which of the names a file mentions, and the key of the declaration that does."""
        content, place = normalized(file.content), (module, file.path)
        is_escaped = wanted.may_be_escaped(content)
        if wanted.are_few or not self._surface.is_outlined(*place):
            if not wanted.are_spelt(content) and not (is_escaped and wanted.escaped(content)):
                return
            self._surface.admit(module, (file,))
        items = self._surface.items(*place)
        texts = self._texts.get(place)
        if texts is None:
            texts = self._texts[place] = [item.content for item in items]
        for number, name in wanted.words.within(texts):
            yield name, items[number].key
        for item in items if is_escaped else ():
            for name in wanted.escaped(item.content):
                yield name, item.key

    def _indexed(self) -> dict[bytes, list[_Name]]:
        """Return the declarations of every file by all their words."""
        index: dict[bytes, list[_Name]] = {}
        for module, files in self._files.items():
            self._surface.admit(module, files)
            for file in files:
                for item in self._surface.items(module, file.path):
                    place = module, item.key
                    for word in words_and_names(item.content):
                        index.setdefault(word, []).append(place)
        return index


class _Wanted:
    """Names that are asked about together, and what is known of them for all files."""

    def __init__(self, names: Iterable[bytes]) -> None:
        self.words = Wanted(names)
        self.are_few = len(self.words.names) <= _FEW
        self._names = frozenset(self.words.names)
        # By a backslash: other characters by themselves, and each one by its number.
        self._are_letters = all(_ASCII_LETTERS.fullmatch(name) for name in self._names)

    def are_spelt(self, content: bytes) -> bool:
        """Return whether a text has one of the names as a word without escapes."""
        if self.are_few:
            return any(has_word(content, name) for name in self._names)
        return bool(self.words.within([content]))

    def may_be_escaped(self, content: bytes) -> bool:
        """Return whether a text may spell one of the names with escapes."""
        return b"\\" in content and (b"\\u{" in content or not self._are_letters)

    def escaped(self, content: bytes) -> frozenset[bytes]:
        """Return the names that a text spells with escapes."""
        return self._names & escaped_names(content)
