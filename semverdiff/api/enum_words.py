"""Which enum declares a member? The enums of a module by the words in their text, which need not be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.packages import SourceFile
    from semverdiff.syntax.outlines import Item

__all__ = ["EnumWords", "FileWords", "enum_words"]

_WORD: Final = re.compile(r"\w+")
_ESCAPE: Final = "\\"


def enum_words(item: Item) -> frozenset[str]:
    """Return the words of an enum, and a backslash if it has escapes; nothing of another declaration."""
    if item.kind != "enum_declaration":
        return frozenset()
    text = item.content.decode()
    return frozenset((*_WORD.findall(text), *((_ESCAPE,) if _ESCAPE in text else ())))


class EnumWords:
    """The enums of a module by the words in their text, as far as declarations are known."""

    def __init__(self) -> None:
        # Of many modules nobody asks for a member.
        self._unread: list[Item] = []
        self._keys: list[str] = []
        self._by_word: dict[str, list[int]] = {}

    def add(self, enum: Item) -> None:
        """Add an enum after those that are known; its words are read when somebody asks."""
        self._unread.append(enum)

    def holding(self, name: str) -> list[str]:
        """Return the keys of the enums that hold a name, or any name in escapes, in their order."""
        for enum in self._unread:
            for word in enum_words(enum):
                self._by_word.setdefault(word, []).append(len(self._keys))
            self._keys.append(enum.key)
        self._unread.clear()
        if not _WORD.fullmatch(name):
            return self._keys
        found = {*self._by_word.get(name, ()), *self._by_word.get(_ESCAPE, ())}
        return [self._keys[index] for index in sorted(found)]


class FileWords:
    """Files by the words of the enums in them."""

    def __init__(self, words: Iterable[tuple[SourceFile, frozenset[str]]]) -> None:
        self._with_enums: list[SourceFile] = []
        self._by_word: dict[str, list[int]] = {}
        for file, found in words:
            for word in found:
                self._by_word.setdefault(word, []).append(len(self._with_enums))
            if found:
                self._with_enums.append(file)

    def holding(self, name: str) -> list[SourceFile]:
        """Return the files with an enum that may declare a member of that name, be it in escapes."""
        if not _WORD.fullmatch(name):
            return self._with_enums
        found = {*self._by_word.get(name, ()), *self._by_word.get(_ESCAPE, ())}
        return [self._with_enums[index] for index in sorted(found)]
