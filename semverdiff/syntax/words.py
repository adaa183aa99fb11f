"""The words of a text and the names that they mean, told without parsing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from semverdiff.syntax import _ballerina
from semverdiff.syntax.spelling import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Wanted",
    "escaped_names",
    "first_words",
    "has_word",
    "holds",
    "last_word",
    "mentions_any",
    "replaced_word",
    "words",
    "words_and_names",
]

# A name as source spells it: special characters have a backslash, any may be written as a code point.
# Compiled with the first text that has escapes: few have any.
_WORD: Final = rb"(?:[\w\x80-\xff]|\\u\{[0-9A-Fa-f]+\}|\\[^A-Za-z\t\r\n])+"
_LAST_ASCII: Final = 127
# What words are made of, byte by byte.
_WORD_BYTES: Final = frozenset(
    bytes([code]) for code in range(256) if code > _LAST_ASCII or chr(code).isalnum() or code == ord("_")
)
_ONLY_WORDS: Final = bytes(code if bytes([code]) in _WORD_BYTES else ord(" ") for code in range(256))


def words(content: bytes) -> list[bytes]:
    """Return the words of a text in their order, as they are spelt."""
    return content.translate(_ONLY_WORDS).split()


def first_words(content: bytes, count: int) -> list[bytes]:
    """Return so many words that a text begins with, or all of them."""
    return content.translate(_ONLY_WORDS).split(None, count)[:count]


def last_word(content: bytes) -> list[bytes]:
    """Return the word that a text ends with; none for a text without words."""
    return content.translate(_ONLY_WORDS).rsplit(None, 1)[-1:]


class Wanted:
    """Names that are looked for in any number of texts, made ready once."""

    def __init__(self, names: Iterable[bytes]) -> None:
        self.names = tuple(names)
        self._prepared = _ballerina.wanted(self.names)

    def within(self, texts: list[bytes]) -> list[tuple[int, bytes]]:
        """Return the names that texts have as words, each once for each text, with the number of the text.

        Each is looked through once, however many names there are.
        """
        names = self.names
        return [(text, names[number]) for text, number in _ballerina.mentions(texts, self._prepared)]


def words_and_names(content: bytes) -> set[bytes]:
    """Return the words of a text, each as the name that it means, and the parts of those with escapes."""
    found = {*words(content)}
    return found | escaped_names(content) if b"\\" in content else found


def escaped_names(content: bytes) -> set[bytes]:
    """Return the words of a text that are spelt with escapes, each as the name that it means."""
    if b"\\" not in content:
        return set()
    lines = b"\n".join(line for line in content.split(b"\n") if b"\\" in line)
    escaped = {word for word in re.findall(_WORD, lines) if b"\\" in word}
    return {name_of(word.decode(errors="replace")).encode() for word in escaped}


def mentions_any(content: bytes, names: Iterable[bytes]) -> bool:
    """Return whether a text mentions one of these names, be it with escapes."""
    names = tuple(names)
    return any(has_word(content, name) for name in names) or not escaped_names(content).isdisjoint(names)


def holds(content: bytes, part: bytes) -> bool:
    """Return whether a text has a part, whatever stands beside it."""
    # To find costs half of `in`, which first asks whether the part is a number.
    return content.find(part) >= 0


def has_word(content: bytes, word: bytes) -> bool:
    """Return whether a text has a word that is no part of a longer one."""
    start = content.find(word)
    while start >= 0:
        end = start + len(word)
        if content[start - 1 : start] not in _WORD_BYTES and content[end : end + 1] not in _WORD_BYTES:
            return True
        # None begins within what is a part of a longer one: to look there costs the square of its length.
        start = content.find(word, end)
    return False


def replaced_word(content: bytes, word: bytes, other: bytes) -> bytes:
    r"""Return a text with another word in each place of a word, as it is spelt: `T` is no part of `T\-x`."""
    if not word:
        return content
    if b"\\" in content:
        return b"".join(other if part == word else part for part in re.split(b"(%b)" % _WORD, content))
    parts: list[bytes] = []
    done, start = 0, content.find(word)
    while start >= 0:
        end = start + len(word)
        if content[start - 1 : start] not in _WORD_BYTES and content[end : end + 1] not in _WORD_BYTES:
            parts += (content[done:start], other)
            done = end
        start = content.find(word, end)
    return b"".join((*parts, content[done:]))
