"""Which declarations of a package mention a name? Text answers, and each name is asked about once.

A text is looked through once for all names that are asked about together; an index answers once it was often.
Files are outlined when a name that they mention is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Final

from semverdiff.syntax.outlines import normalized
from semverdiff.syntax.words import Wanted, escaped_names, has_word, words_and_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from semverdiff.api.surface import Surface
    from semverdiff.packages import SourceFile
    from semverdiff.syntax.outlines import Item

__all__ = ["Mentions"]

_Name = tuple[str, str]

# So often a package may be looked through; an index of its words costs about as much.
_MOST_PASSES: Final = 30
# To look for so many names one by one takes less than to look at each word.
_FEW: Final = 4
# To look for the line of a name takes so many times as long as to look where a declaration begins and ends.
_SELDOM: Final = 8
_MOST_ON_A_LINE: Final = 8
# Letters that no backslash may stand before: they are escaped by their code points only.
_ASCII_LETTERS: Final = re.compile(rb"[A-Za-z_]+")
# To look for a long text costs more than to look for so much of it, and then at the rest.
_BEGINNING: Final = 24


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
        self._places = {name: _Places(surface, name) for name in surface.modules}

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
        content, places = normalized(file.content), self._places[module]
        is_escaped = wanted.may_be_escaped(content)
        if wanted.are_few or not places.are_known(file):
            if not wanted.are_spelt(content) and not (is_escaped and wanted.escaped(content)):
                return
            self._surface.admit(module, (file,))
        seldom = places.seldom(file, content, wanted.words)
        if seldom is not None:
            yield from seldom
        else:
            keys, bounds = places.within(file, content)
            for number, name in wanted.words.within(content, bounds):
                yield name, keys[number]
        for key, text in places.texts(file) if is_escaped else ():
            for name in wanted.escaped(text):
                yield name, key

    def _indexed(self) -> dict[bytes, list[_Name]]:
        """Return the declarations of every file by all their words."""
        index: dict[bytes, list[_Name]] = {}
        for module, files in self._files.items():
            self._surface.admit(module, files)
            for file in files:
                for key, text in self._places[module].texts(file):
                    place = module, key
                    for word in words_and_names(text):
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
        return next(self.words.within(content, [0, len(content)]), None) is not None

    def may_be_escaped(self, content: bytes) -> bool:
        """Return whether a text may spell one of the names with escapes."""
        return b"\\" in content and (b"\\u{" in content or not self._are_letters)

    def escaped(self, content: bytes) -> frozenset[bytes]:
        """Return the names that a text spells with escapes."""
        return self._names & escaped_names(content)


class _Places:
    """Where the declarations of a module stand in its files, as far as these are outlined."""

    def __init__(self, surface: Surface, module: str) -> None:
        self._surface = surface
        self._module = module
        self._seen = 0
        self._texts: dict[str, list[tuple[int, int, str, bytes]]] = {}
        self._within: dict[str, tuple[list[str], list[int]]] = {}

    def are_known(self, file: SourceFile) -> bool:
        """Return whether it was found out where the declarations of a file are."""
        return file.path in self._within

    def texts(self, file: SourceFile) -> Iterator[tuple[str, bytes]]:
        """Yield key and text of each declaration of a file."""
        for _, _, key, text in self._declared(file):
            yield key, text

    def seldom(self, file: SourceFile, content: bytes, wanted: Wanted) -> set[tuple[bytes, str]] | None:
        """Return the names that a file has in few places, with the keys of the declarations around these.

        `None` for many places, and where it is known already where declarations begin and end: to find that
        out takes longer than to look for the lines of a few.
        """
        if self.are_known(file):
            return None
        items = self._surface.items(self._module, file.path)
        places = wanted.occurrences(content, len(items) // _SELDOM)
        if places is None:
            return None
        outlined = self._surface.outlined(self._module)
        found: set[tuple[bytes, str]] = set()
        asked: set[tuple[int, int]] = set()
        line, end = 1, 0
        for place, number in places:
            line, end = line + content.count(b"\n", end, place), place
            around = _around(items, line)
            if around is None:
                return None
            for item in around:
                question, name, key = (number, id(item)), wanted.names[number], item.key
                if question in asked:
                    continue
                asked.add(question)
                if has_word(item.content, name):
                    # Services may have another key, and what is declared again has none.
                    if key not in outlined or outlined[key].item is not item:
                        return None
                    found.add((name, key))
        return found

    def within(self, file: SourceFile, content: bytes) -> tuple[list[str], list[int]]:
        """Return the keys of the declarations of a file, and where each begins and ends in its content."""
        known = self._within.get(file.path)
        if known is None:
            declared = self._declared(file)
            known = [key for _, _, key, _ in declared], _bounds(content, declared)
            self._within[file.path] = known
        return known

    def _declared(self, file: SourceFile) -> Sequence[tuple[int, int, str, bytes]]:
        """Return line, column, key and text of the declarations of a file, in their order."""
        outlined = self._surface.outlined(self._module)
        if len(outlined) > self._seen:
            fresh: set[str] = set()
            # The newest are the last; to go past all others takes as long as there are files.
            for key, located in islice(reversed(outlined.items()), len(outlined) - self._seen):
                item = located.item
                row = self._texts.setdefault(located.file, [])
                row.append((item.line, item.column, key, item.content))
                fresh.add(located.file)
            for path in fresh:
                self._texts[path].sort()
            self._seen = len(outlined)
        return self._texts.get(file.path, ())


def _around(items: Sequence[Item], line: int) -> Sequence[Item] | None:
    """Return the declarations of a file that may have a part on a line; `None` for many."""
    end = bisect_right(items, line, key=lambda one: one.line)
    start = max(bisect_left(items, line, 0, end, key=lambda one: one.line) - 1, 0)
    return items[start:end] if end - start <= _MOST_ON_A_LINE else None


def _bounds(content: bytes, declared: Iterable[tuple[int, int, str, bytes]]) -> list[int]:
    """Return where declarations begin and end in a text, in bytes; they are in the order of their places."""
    bounds: list[int] = []
    end = 0
    for _, _, _, text in declared:
        start = content.find(text[:_BEGINNING], end)
        if not content.startswith(text, start):
            # A comment begins alike, perhaps at each of its characters.
            start = content.find(text, start)
        end = start + len(text)
        bounds += (start, end)
    return bounds
