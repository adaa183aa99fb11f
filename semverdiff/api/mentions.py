"""Which declarations of a package mention a name? Text answers, and each name is asked about once.

What is asked decides what it costs: few names are looked for in the text of each file, more in the words of
each, and an index answers once many were. Files are outlined when a name that they mention is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Final

from semverdiff.syntax.outlines import normalized
from semverdiff.syntax.words import WORD_BYTES, escaped_names, has_word, words, words_and_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from semverdiff.api.surface import Surface
    from semverdiff.packages import SourceFile

__all__ = ["Mentions"]

_Name = tuple[str, str]

# To look for so many names in a text costs about as much as to look at each of its words.
_FEW: Final = 24
# So often all words of a package may be looked at; an index of them costs about as much.
_MOST_PASSES: Final = 5
# So many names that a file has are looked for in it, before each of its declarations is looked at.
_FEW_SPELT: Final = 8
# Letters that no backslash may stand before: they are escaped by their code points only.
_ASCII_LETTERS: Final = re.compile(rb"[A-Za-z_]+")
# To look for a long text costs more than to look for so much of it, and then at the rest.
_BEGINNING: Final = 24
# Words of so many bytes of the sources of a module are kept for further names: most have fewer.
_MOST_KEPT: Final = 1_000_000
# Words of so much text are kept at a time.
_PIECE: Final = 1 << 20


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
        self._cost = 0
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

    def _found(self, names: set[bytes]) -> dict[bytes, Collection[_Name]]:
        self._cost += min(len(names), _FEW)
        if self._index is None and self._cost > _FEW * _MOST_PASSES:
            self._index = self._indexed()
        if self._index is not None:
            index = self._index
            return {name: index.get(name, ()) for name in names}
        found: dict[bytes, set[_Name]] = {name: set() for name in names}
        for module, files in self._files.items():
            for file in files:
                for name, place in self._mentioned(module, file, names):
                    found[name].add(place)
        return {**found}

    def _mentioned(self, module: str, file: SourceFile, names: set[bytes]) -> Iterator[tuple[bytes, _Name]]:
        """Yield which of the names a file mentions, and in which declaration."""
        content = normalized(file.content)
        places = self._places[module]
        spelt = _spelt(content, names, is_outlined=places.is_outlined(file))
        is_escaped = _may_be_escaped(content, names)
        if not spelt and not (is_escaped and not escaped_names(content).isdisjoint(names)):
            return
        self._surface.admit(module, (file,))
        if len(spelt) <= _FEW_SPELT:
            for name in spelt:
                for key in places.holding(file, content, name):
                    yield name, (module, key)
        for key, mentioned in places.words(file) if is_escaped or len(spelt) > _FEW_SPELT else ():
            for name in names.intersection(mentioned):
                yield name, (module, key)

    def _indexed(self) -> dict[bytes, list[_Name]]:
        """Return the declarations of every file by all their words."""
        index: dict[bytes, list[_Name]] = {}
        for module, files in self._files.items():
            self._surface.admit(module, files)
            for file in files:
                for key, mentioned in self._places[module].words(file):
                    place = module, key
                    for word in mentioned:
                        index.setdefault(word, []).append(place)
        return index


class _Places:
    """Where the declarations of a module stand in its files, as far as these are outlined."""

    def __init__(self, surface: Surface, module: str) -> None:
        self._surface = surface
        self._module = module
        self._seen = 0
        self._texts: dict[str, list[tuple[int, int, str, bytes]]] = {}
        self._starts: dict[str, list[int]] = {}
        self._words: dict[str, list[tuple[str, set[bytes]]]] = {}
        self._kept = 0

    def is_outlined(self, file: SourceFile) -> bool:
        """Return whether declarations of a file are known already."""
        return bool(self._declared(file))

    def words(self, file: SourceFile) -> Sequence[tuple[str, Collection[bytes]]]:
        """Return the key of each declaration of an outlined file, and the words that it has."""
        known = self._words.get(file.path)
        if known is None:
            known = [(key, words_and_names(text)) for _, _, key, text in self._declared(file)]
            if self._kept + len(file.content) <= _MOST_KEPT:
                self._kept += len(file.content)
                self._words[file.path] = known
        return known

    def holding(self, file: SourceFile, content: bytes, word: bytes) -> Iterator[str]:
        """Yield the keys of the declarations of a file that have a word, each once."""
        declared = self._declared(file)
        starts = self._starts.get(file.path)
        if starts is None:
            starts = self._starts[file.path] = _offsets(content, declared)
        at = content.find(word)
        while at >= 0:
            end = at + len(word)
            if content[at - 1 : at] not in WORD_BYTES and content[end : end + 1] not in WORD_BYTES:
                number = bisect_right(starts, at) - 1
                if number >= 0 and at < (stop := starts[number] + len(declared[number][3])):
                    yield declared[number][2]
                    end = stop
            at = content.find(word, end)

    def _declared(self, file: SourceFile) -> Sequence[tuple[int, int, str, bytes]]:
        """Return line, column, key and text of the declarations of a file, in their order."""
        outlined = self._surface.outlined(self._module)
        if len(outlined) > self._seen:
            fresh: set[str] = set()
            for key, located in islice(outlined.items(), self._seen, None):
                item = located.item
                row = self._texts.setdefault(located.file, [])
                row.append((item.line, item.column, key, item.content))
                fresh.add(located.file)
            for path in fresh:
                self._texts[path].sort()
            self._seen = len(outlined)
        return self._texts.get(file.path, ())


def _offsets(content: bytes, declared: Iterable[tuple[int, int, str, bytes]]) -> list[int]:
    """Return where declarations begin in a text, in bytes; they are in the order of their places."""
    starts: list[int] = []
    end = 0
    for _, _, _, text in declared:
        start = content.find(text[:_BEGINNING], end)
        if not content.startswith(text, start):
            # A comment begins alike, perhaps at each of its characters.
            start = content.find(text, start)
        starts.append(start)
        end = start + len(text)
    return starts


def _spelt(content: bytes, names: set[bytes], *, is_outlined: bool) -> set[bytes]:
    """Return the names that a text may have without escapes."""
    if len(names) <= _FEW:
        return {name for name in names if has_word(content, name)}
    if is_outlined:
        return names  # each declaration is looked at, which costs no more than to look at the text first
    return {name for piece in _pieces(content) for name in names.intersection(words(piece))}


def _pieces(content: bytes) -> Iterator[bytes]:
    """Yield a text in pieces that end with a line."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + _PIECE)
        end = len(content) if end < 0 else end
        yield content[start:end]
        start = end


def _may_be_escaped(content: bytes, names: Iterable[bytes]) -> bool:
    """Return whether a text may spell one of the names with escapes."""
    if b"\\" not in content:
        return False
    return b"\\u{" in content or not all(_ASCII_LETTERS.fullmatch(name) for name in names)
