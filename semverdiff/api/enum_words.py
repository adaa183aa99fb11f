"""Which enum declares a member? The enums of a module by the names in their text, which need not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.syntax.words import words_and_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from semverdiff.syntax.outlines import Item

__all__ = ["EnumWords", "enum_words"]


def enum_words(item: Item) -> frozenset[str]:
    """Return the words of an enum, each as the name that it means; nothing of another declaration."""
    if item.kind != "enum_declaration":
        return frozenset()
    return frozenset(word.decode() for word in words_and_names(item.content))


class EnumWords:
    """The enums of a module by the words in their text, as far as declarations are known."""

    def __init__(self) -> None:
        # Of many modules nobody asks for a member.
        self._unread: list[Item] = []
        self._by_word: dict[str, list[str]] = {}

    def add(self, items: Iterable[Item]) -> None:
        """Add declarations after those that are known; the words of enums are read when somebody asks."""
        self._unread += items

    def holding(self, name: str) -> Sequence[str]:
        """Return the keys of the enums that hold a name, in their order."""
        for item in self._unread:
            for word in enum_words(item):
                self._by_word.setdefault(word, []).append(item.key)
        self._unread.clear()
        return self._by_word.get(name, ())
