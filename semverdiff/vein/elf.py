"""The container of a compiled module: an ELF file with one section of code, and the tables of Vein in it."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from semverdiff import limits
from semverdiff.vein.cursor import Cursor

if TYPE_CHECKING:
    from typing import Final

__all__ = ["code_of"]

# ELF32, little endian, version 1; what stands in the header at which place is of the ELF specification.
_START: Final = b"\x7fELF\x01\x01\x01"
_HEADER_BYTES: Final = 52
_SECTIONS_AT: Final = 32
_COUNTS_AT: Final = 46
_SECTION_BYTES: Final = 40
_PROGRAM_BITS: Final = 1
_NOTE: Final = 7
_MARK: Final = b"insomnia"
_PART: Final = b".code"
_PART_BYTES: Final = 8


def code_of(content: bytes, file: str) -> Cursor:
    """Return the part `.code` of a module, which holds its tables; `file` is what messages name.

    Raises `ArchiveError` if the content is no module, truncated, or too large.
    """
    whole = Cursor(content, file)
    if not content:
        whole.refuse("is empty")
    if len(content) > limits.MODULE_BYTES:
        whole.refuse(f"takes more than {limits.MODULE_BYTES:,} bytes")
    if not content.startswith(_START):
        whole.refuse("is no ELF file of 32 bits, as modules are")
    sections = _sections(whole)
    notes = [whole.part(offset, size) for kind, offset, size in sections if kind == _NOTE]
    # Compared by length first: thousands of sections may share the same bytes.
    if [note.left for note in notes] != [len(_MARK)] or notes[0].rest() != _MARK:
        whole.refuse("is an ELF file, but no module of Vein: it lacks the note that modules carry")
    code = [whole.part(offset, size) for kind, offset, size in sections if kind == _PROGRAM_BITS]
    if len(code) != 1:
        whole.refuse(f"has {len(code)} sections of code where a module has one")
    return _code(code[0])


def _sections(whole: Cursor) -> list[tuple[int, int, int]]:
    """Return kind, offset and size of each section."""
    header = whole.part(0, _HEADER_BYTES).rest()
    (offset,) = struct.unpack_from("<I", header, _SECTIONS_AT)
    width, count = struct.unpack_from("<HH", header, _COUNTS_AT)
    if width != _SECTION_BYTES:
        whole.refuse(f"has section headers of {width} bytes, which ELF files of 32 bits have not")
    table = whole.part(offset, width * count).rest()
    return [(kind, at, size) for _, kind, _, _, at, size, *_ in struct.iter_unpack("<10I", table)]


def _code(section: Cursor) -> Cursor:
    """Return the one part that a section of code has: names first, then parts, each with its length."""
    count = section.count(_PART_BYTES)
    names = [section.take(section.length()) for _ in range(count)]
    if names != [_PART]:
        section.refuse("holds no module: expected one part '.code'")
    code = section.inner(section.length())
    section.finish("its code")
    return code
