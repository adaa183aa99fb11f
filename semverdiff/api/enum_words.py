"""Which enum declares a member? The enums of a module by the words in their text, which need not be read."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from semverdiff.syntax.outlines import Item

__all__ = ["EnumWords", "enum_words", "may_hold"]

_WORD: Final = re.compile(r"\w+")
_ESCAPE: Final = "\\"


def enum_words(item: Item) -> frozenset[str]:
    """Return the words of an enum, and a backslash if it has escapes; nothing of another declaration."""
    if item.kind != "enum_declaration":
        return frozenset()
    text = item.content.decode()
    return frozenset((*_WORD.findall(text), *((_ESCAPE,) if _ESCAPE in text else ())))


def may_hold(words: Collection[str], name: str) -> bool:
    """Return whether an enum with these words may declare a member of that name, be it in escapes."""
    return name in words or _ESCAPE in words or (bool(words) and not _WORD.fullmatch(name))


class EnumWords:
    """The enums of a module by the words in their text, as far as declarations are known."""

    def __init__(self) -> None:
        self._known = 0
        self._keys: list[str] = []
        self._by_word: dict[str, list[int]] = {}

    def add(self, items: Iterable[Item]) -> None:
        """Add the enums among all declarations that are known by now: those that were there come first."""
        for item in islice(items, self._known, None):
            self._known += 1
            words = enum_words(item)
            if words:
                for word in words:
                    self._by_word.setdefault(word, []).append(len(self._keys))
                self._keys.append(item.key)

    def holding(self, name: str) -> list[str]:
        """Return the keys of the enums that hold a name, or any name in escapes, in their order."""
        if not _WORD.fullmatch(name):
            return self._keys
        found = {*self._by_word.get(name, ()), *self._by_word.get(_ESCAPE, ())}
        return [self._keys[index] for index in sorted(found)]
