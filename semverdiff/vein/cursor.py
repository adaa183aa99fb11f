"""Bytes of a module that are read in order: never past their end, and no count is taken on trust."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NoReturn

from semverdiff.errors import ArchiveError
from semverdiff.text import quote

if TYPE_CHECKING:
    from typing import Final

__all__ = ["Cursor"]

_REMEDY: Final = "Build the module, or get it from its publisher, again."
_TEXT_MARK: Final = b"\xff\xff"
_I16, _I32, _I64 = struct.Struct("<h"), struct.Struct("<i"), struct.Struct("<q")


class Cursor:
    """A place in the bytes of a file, and the end up to which they are this part's.

    Every method raises `ArchiveError` where the bytes are not what they have to be.
    """

    __slots__ = ("_content", "_end", "_file", "_place")

    def __init__(self, content: bytes, file: str, place: int = 0, end: int | None = None) -> None:
        self._content = content
        self._file = file
        self._place = place
        self._end = len(content) if end is None else end

    @property
    def left(self) -> int:
        """How many bytes are left."""
        return self._end - self._place

    def refuse(self, why: str, remedy: str = _REMEDY) -> NoReturn:
        """Raise the error that says why the file is of no use."""
        raise ArchiveError(f"{quote(self._file)} {why}. {remedy}")

    def part(self, offset: int, size: int) -> Cursor:
        """Return a part that stands anywhere in the file."""
        if offset + size > self._end:
            self.refuse(f"is truncated: expected {offset + size:,} bytes, found {self._end:,}")
        return Cursor(self._content, self._file, offset, offset + size)

    def inner(self, size: int) -> Cursor:
        """Return the next bytes as a part of their own, and go on behind it."""
        place = self._advance(size)
        return Cursor(self._content, self._file, place, place + size)

    def again(self) -> Cursor:
        """Return the same bytes to be read a second time."""
        return Cursor(self._content, self._file, self._place, self._end)

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        place = self._advance(size)
        return self._content[place : place + size]

    def rest(self) -> bytes:
        """Return all bytes that are left."""
        return self.take(self.left)

    def finish(self, what: str) -> None:
        """Refuse a part with bytes that nothing accounts for."""
        if self.left:
            self.refuse(f"is damaged: {self.left:,} bytes follow where {what} should end")

    def u8(self) -> int:
        """Return the next byte as a number."""
        return self._content[self._advance(1)]

    def i16(self) -> int:
        """Return the next number of 16 bits."""
        number: int = _I16.unpack_from(self._content, self._advance(_I16.size))[0]
        return number

    def i32(self) -> int:
        """Return the next number of 32 bits."""
        number: int = _I32.unpack_from(self._content, self._advance(_I32.size))[0]
        return number

    def i64(self) -> int:
        """Return the next number of 64 bits."""
        number: int = _I64.unpack_from(self._content, self._advance(_I64.size))[0]
        return number

    def length(self) -> int:
        """Return the next number of 32 bits as the length of what follows."""
        number = self.i32()
        if not 0 <= number <= self.left:
            self.refuse(f"is damaged: expected a length of at most {self.left:,}, found {number:,}")
        return number

    def count(self, least: int) -> int:
        """Return the next number of 32 bits as that of entries which follow, of `least` bytes or more."""
        return self._checked_count(self.i32(), least)

    def short_count(self, least: int) -> int:
        """Return the next number of 16 bits as `count` does."""
        return self._checked_count(self.i16(), least)

    def text(self) -> str:
        """Return the next text: its mark, its length, and UTF-8."""
        if self.take(len(_TEXT_MARK)) != _TEXT_MARK:
            self.refuse("is damaged: expected a text, found none")
        try:
            return self.take(self.length()).decode()
        except UnicodeDecodeError:
            self.refuse("is damaged: a text in it is not UTF-8")

    def _checked_count(self, number: int, least: int) -> int:
        if not 0 <= number * least <= self.left:
            self.refuse(f"is damaged: {number:,} entries cannot stand in {self.left:,} bytes")
        return number

    def _advance(self, size: int) -> int:
        """Go on by so many bytes, and return the place before them."""
        place = self._place
        if size > self.left:
            self.refuse(f"is damaged or truncated: expected {size:,} bytes more, found {self.left:,}")
        self._place = place + size
        return place
