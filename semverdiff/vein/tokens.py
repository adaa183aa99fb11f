"""The words and signs of a source of Vein, in order, and the pieces of code that nobody has to understand."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NoReturn

from semverdiff import limits
from semverdiff.errors import Mistake, SourceError
from semverdiff.text import quote, quote_line

if TYPE_CHECKING:
    from typing import Final

__all__ = ["Tokens"]

# Whatever is tried a second time would make a long source slow: loops give nothing back, and what does not
# end is looked for once, because it ends the reading.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_COMMENT = r"//[^\n]*+|/\*.*?\*/"
_ENDLESS = r'(?P<endless>"|/\*)'
_BLANK: Final = re.compile(rf"(?:\s++|{_COMMENT})*+", re.DOTALL)
_TOKEN: Final = re.compile(rf"(?P<name>[^\W\d]\w*+|@\w*+)|{_STRING}|{_ENDLESS}|<\||\|>|.|\Z", re.DOTALL)
_BRACKET: Final = re.compile(rf"{_COMMENT}|{_STRING}|{_ENDLESS}|[\[\](){{}};]", re.DOTALL)
_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}
_LONGEST_EXCERPT: Final = 200


class Tokens:
    """A place in a source, before the next token. Every method raises `SourceError` where the text is wrong.

    A token is its text, and the end of the source is the empty one. Blanks and comments are none.
    """

    __slots__ = ("_end", "_file", "_lines", "_text", "is_name", "next", "start")

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._lines: list[int] = []
        self._end = 0
        self.start = 0
        self.next = ""
        self.is_name = False
        self._read_from(0)

    def advance(self) -> str:
        """Go on to the token after the next one, and return the one that was passed."""
        passed = self.next
        self._read_from(self._end)
        return passed

    def accept(self, token: str) -> bool:
        """Return whether the next token is that one, and if so go on."""
        if self.next != token:
            return False
        self.advance()
        return True

    def accept_word(self, keyword: str) -> bool:
        """Return whether the next token is that keyword, in any case, and if so go on."""
        if self.next.lower() != keyword:
            return False
        self.advance()
        return True

    def expect(self, token: str) -> None:
        """Go on behind a token that has to come."""
        if not self.accept(token):
            self.fail(f"expected {quote(token)}")

    def name(self, what: str) -> str:
        """Return a name that has to come: of what, the message says."""
        if not self.is_name:
            self.fail(f"expected the name of {what}")
        # Each member repeats the name of its type in its symbol.
        if len(self.next) > limits.NAME_CHARACTERS:
            self.fail(f"expected a name of at most {limits.NAME_CHARACTERS} characters")
        return self.advance()

    def string(self) -> str:
        """Return the content of a string that has to come."""
        if not self.next.startswith('"'):
            self.fail("expected a string")
        return self.advance()[1:-1]

    def skip_brackets(self) -> str:
        """Go on behind the bracket that closes the next one, and return what stands between the two."""
        start = self.start
        return self._text[start + 1 : self._skip(start, ends_at=_CLOSING[self.next])]

    def skip_expression(self) -> str:
        """Go on behind the `;` that ends an expression, and return the expression in one line."""
        start = self.start
        return " ".join(self._text[start : self._skip(start, ends_at=";")].split())

    def text_from(self, start: int) -> str:
        """Return what stands from a place to the next token, in one line."""
        return " ".join(self._text[start : self.start].split())

    def position(self, place: int) -> tuple[int, int]:
        """Return line and column of a place, from 1."""
        if not self._lines:
            self._lines = [0, *(found.end() for found in re.finditer("\n", self._text))]
        line = bisect_right(self._lines, place)
        return line, place - self._lines[line - 1] + 1

    def fail(self, message: str, at: int | None = None) -> NoReturn:
        """Raise the error that something else was expected at the next token, or at a place."""
        place = self.start if at is None else at
        line, column = self.position(place)
        excerpt = self._text[place - column + 1 :].split("\n", 1)[0].rstrip("\r")
        found = "" if at is not None else f", found {quote_line(self.next) if self.next else 'the end'}"
        mistake = Mistake(f"{message}{found}", self._file, line, column, excerpt[:_LONGEST_EXCERPT])
        raise SourceError(mistakes=(mistake,))

    def _skip(self, start: int, ends_at: str) -> int:
        """Go on behind a sign that closes all brackets from here, or is in none, and return its place."""
        expected: list[str] = []
        for found in _BRACKET.finditer(self._text, start):
            sign = found[0]
            if found["endless"]:
                self._refuse_endless(found)
            if sign in _CLOSING:
                expected.append(_CLOSING[sign])
            elif expected and sign == expected[-1]:
                expected.pop()
            elif sign in _CLOSING.values():
                wanted = expected[-1] if expected else ends_at
                self.fail(f"expected {quote(wanted)}, found {quote(sign)}", found.start())
            if not expected and sign == ends_at:
                self._read_from(found.end())
                return found.start()
        return self.fail(f"expected {quote(ends_at)} behind this, found the end of the file", start)

    def _read_from(self, place: int) -> None:
        blank = _BLANK.match(self._text, place)
        self.start = place if blank is None else blank.end()
        found = _TOKEN.match(self._text, self.start)
        if found is None:
            raise AssertionError(place)
        if found["endless"]:
            self._refuse_endless(found)
        self.next, self._end, self.is_name = found[0], found.end(), found["name"] is not None

    def _refuse_endless(self, found: re.Match[str]) -> NoReturn:
        what = "string" if found["endless"] == '"' else "comment"
        self.fail(f"expected the end of this {what}, found the end of the file", found.start())
