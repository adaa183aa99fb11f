"""Mutations of inputs that keep their structure: of tokens of sources, of entries and headers of archives.

Each takes bytes and a generator of random numbers, so that coverage-guided runs and laws share them.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

__all__ = ["DIVIDER", "mutate_archive", "mutate_bytes", "mutate_parts", "mutate_sources"]

DIVIDER = b"\0"
"""Between the parts of an input that has several: no source and no manifest may hold it."""

_TOKEN = re.compile(
    rb"//[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'?[A-Za-z_]\w*|\d+|\s+|\{\||\|\}|=>|->|\.\.\.|.", re.DOTALL
)
# What changes the meaning of a declaration, what opens and closes, and what the lexer treats apart.
_WORDS = (
    *b"public isolated client readonly remote resource function type record object class enum const".split(),
    *b"final returns error int string json anydata map table key xml never any distinct service".split(),
    *b"on import as".split(),
    *b"{ } ( ) [ ] {| |} ; , . ... ? | & ! = => * @ # / // ` ${ \" ' : -> < > 0 1 -1 0x1F 1.5".split(),
    *(b"\n", b"\r", b"\v", b"\0", b"\\", b"\\u{41}", b"\xc3\xa9", b"'type", b" "),
)
_NAMES = (
    b"../x.bal",
    b"/etc/passwd",
    b"modules/shop/main.bal",
    b"modules/shop/",
    b"package.json",
    b"Bala.toml",
    b"C:\\x",
    b"a" * 2000,
    b"modules//shop/./main.bal",
    b"\xff\xfe",
)
_CENTRAL, _LOCAL, _END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
# Bytes of each field behind the signature of a header, one digit a field.
_WIDTHS = {_CENTRAL: "222244442222244", _LOCAL: "22244442", _END: "2222442"}
_NUMBERS = (0, 1, 2, 8, 9, 12, 14, 93, 95, 99, 0xFFFF, 0xFFFE, 0x7FFFFFFF, 0xFFFFFFFF)
_LONGEST_TOKEN_LIST = 4_000


def mutate_bytes(data: bytes, random: Random) -> bytes:
    """Return an input with some bytes removed, doubled, or replaced."""
    start = random.randint(0, len(data))
    end = min(len(data), start + random.choice((0, 1, 1, 2, 4, 16, 64)))
    middle = random.choice(
        (
            b"",
            data[start:end] * 2,
            random.randbytes(max(1, end - start)),
            bytes([random.choice(b"{}[]()=.,:;\"'#\\\n\r\0")]) * random.choice((1, 1, 2, 40)),
            random.choice(_WORDS),
        )
    )
    return data[:start] + middle + data[end:]


def mutate_sources(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Return two sources with tokens or declarations of one of them changed, mostly of the second."""
    parts = data.split(DIVIDER, 1)
    side = 0 if random.random() < 0.2 else -1
    match random.randrange(8):
        case 0:
            parts[side] = _spliced(parts[side], random.choice(others), random)
        case 1:
            parts[side] = parts[side][: random.randint(0, len(parts[side]))]
        case 2:
            parts[side] = parts[0] if side else parts[-1]
        case _:
            parts[side] = _with_other_tokens(parts[side], random)
    return DIVIDER.join(parts)


def mutate_parts(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Return an input of several parts with one changed, exchanged, doubled or left out."""
    parts = data.split(DIVIDER)
    at = random.randrange(len(parts))
    match random.randrange(6):
        case 0:
            del parts[at]
        case 1:
            parts.insert(at, random.choice(random.choice(others).split(DIVIDER)))
        case 2:
            parts.insert(random.randint(0, len(parts)), parts[at])
        case 3:
            parts[at] = _with_other_tokens(parts[at], random)
        case _:
            parts[at] = mutate_bytes(parts[at], random)
    return DIVIDER.join(parts)


def mutate_archive(data: bytes, random: Random) -> bytes:
    """Return a zip with another number in a header, other content or names of entries, or other bytes."""
    match random.randrange(4):
        case 0:
            return mutate_bytes(data, random)
        case 1:
            return _rezipped(data, random)
        case _:
            return _with_other_number(data, random)


def _with_other_tokens(source: bytes, random: Random) -> bytes:
    tokens = _TOKEN.findall(source)[:_LONGEST_TOKEN_LIST]
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        at = random.randint(0, len(tokens))
        match random.randrange(5):
            case 0:
                del tokens[at : at + 1]
            case 1:
                tokens.insert(at, random.choice(_WORDS))
            case 2:
                tokens[at : at + 1] = [random.choice(_WORDS)]
            case 3 if tokens:
                tokens.insert(at, random.choice(tokens))
            case _ if tokens:
                end = min(len(tokens), at + random.choice((1, 3, 10, 40)))
                to = random.randint(0, len(tokens))
                tokens[to:to] = tokens[at:end]
    return b"".join(tokens)


def _spliced(source: bytes, other: bytes, random: Random) -> bytes:
    """Return a source with a piece of another one, both cut where declarations tend to end."""
    pieces = re.split(rb"(?<=[;}])\n", other.replace(DIVIDER, b"\n"))
    own = re.split(rb"(?<=[;}])\n", source)
    at = random.randint(0, len(own))
    own[at : at + random.randrange(2)] = [random.choice(pieces)]
    return b"\n".join(own)


def _with_other_number(data: bytes, random: Random) -> bytes:
    signature = random.choice((_CENTRAL, _LOCAL, _END))
    places = [found.start() for found in re.finditer(re.escape(signature), data)]
    if not places:
        return mutate_bytes(data, random)
    widths = [int(digit) for digit in _WIDTHS[signature]]
    field = random.randrange(len(widths))
    width = widths[field]
    at = random.choice(places) + len(signature) + sum(widths[:field])
    number = random.choice(_NUMBERS) if random.random() < 0.7 else random.getrandbits(8 * width)
    packed = struct.pack("<Q", number)[:width]
    return data[:at] + packed + data[at + width :]


def _rezipped(data: bytes, random: Random) -> bytes:
    """Return the same entries in a new zip, one of them changed."""
    entries: list[tuple[str, bytes]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [
                (info.filename, archive.read(info))
                for info in archive.infolist()[:40]
                if info.file_size < 10**6
            ]
    except Exception:  # noqa: BLE001 (what is no zip any more is changed as bytes)
        return mutate_bytes(data, random)
    if entries:
        at = random.randrange(len(entries))
        name, content = entries[at]
        match random.randrange(4):
            case 0:
                entries[at] = (random.choice(_NAMES).decode("latin-1"), content)
            case 1:
                entries.append((name, content) if random.random() < 0.5 else (f"{name}x", content))
            case _:
                entries[at] = (name, mutate_bytes(content, random))
    buffer = io.BytesIO()
    # The others than the first two are slow.
    methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    (method,) = random.choices(methods, (40, 50, 5, 5))
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method) as archive:
        warnings.simplefilter("ignore")  # two entries of one name
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, content)
    return buffer.getvalue()
