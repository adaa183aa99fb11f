"""SHA-256 of archives and sources. To load OpenSSL takes as long as to hash most of them without it."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from hashlib import _Hash
    from typing import IO

__all__ = ["digest_of", "digest_of_file"]

_SMALL = 2**18
# The same function as `hashlib.sha256`, a seventh as fast: since Python 3.12, and before.
_BUILTIN = ("_sha2", "_sha256")


def digest_of(pieces: Sequence[bytes | memoryview]) -> bytes:
    """Return the digest of what these are together."""
    return _hashed(pieces, sum(map(len, pieces))).digest()


def digest_of_file(stream: IO[bytes]) -> str:
    """Return the digest of a file that was opened to be read, as lower-case hex."""
    start = stream.read(_SMALL + 1)
    rest = iter(lambda: stream.read(_SMALL), b"")
    return _hashed(chain([start], rest), len(start)).hexdigest()


def _hashed(pieces: Iterable[bytes | memoryview], size: int) -> _Hash:
    found = _begun(size)
    for piece in pieces:
        found.update(piece)
    return found


def _begun(size: int) -> _Hash:
    """Return what hashes so many bytes soonest."""
    for name in _BUILTIN if size <= _SMALL else ():
        with suppress(ImportError):  # the other version's; or a build that has OpenSSL's only
            begun: _Hash = import_module(name).sha256()
            return begun
    from hashlib import sha256  # noqa: PLC0415 (loads OpenSSL)

    return sha256()
