"""The index of a package's uses: read once, and kept in the cache as long as its sources stay the same.

An index is known by the digest of the sources and of the indexer. One that is damaged, that another version
of the indexer wrote, or that is one of other sources, is none: the sources always have the last word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import limits, packages
from semverdiff.impact.model import ModuleUses, PackageUses
from semverdiff.impact.reader import read_uses
from semverdiff.impact.table import Table
from semverdiff.syntax.records import EXTRACTOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api import ModelStore, Outlines
    from semverdiff.packages import Module, Package

__all__ = ["INDEXER", "index_of"]

INDEXER: Final = "3fe3e030d717"
"""The digest of what reads uses, held by a test: an index that another one wrote is not read."""

_DIGEST_BYTES: Final = 32
_ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=str)


def _word(type_: type, text: object) -> object:
    """Return the member of a closed set of words; msgspec knows those of the standard library only."""
    return type_(text)


_DECODER: Final = msgspec.msgpack.Decoder(PackageUses, dec_hook=_word)


def index_of(package: Package, outlines: Outlines, store: ModelStore | None = None) -> PackageUses:
    """Return the uses in a package, from the `store` if it has them; what is read is stored there."""
    name = _name(package)
    content = None if store is None else store.read_model(name)
    known = None if content is None else _read(name, content)
    if known is not None:
        return known
    found = PackageUses(name, tuple(_module(one, outlines) for one in package.modules))
    if store is not None:
        _store(found, store)
    return found


def _module(module: Module, outlines: Outlines) -> ModuleUses:
    table = Table()
    files = tuple(
        read_uses(file.path, file.content, outlines.of(file.content).imports, table) for file in module.files
    )
    return ModuleUses(module.name, files, tuple(table.terms), tuple(table.descriptors))


def _name(package: Package) -> str:
    """Return the digest of sources by their modules, and of what reads them."""
    return packages.digest_of(list(_pieces(package))).hex()


def _pieces(package: Package) -> Iterator[bytes]:
    yield f"uses {INDEXER} {EXTRACTOR}".encode()
    for module in package.modules:
        yield b"%d:%b" % (len(module.name), module.name.encode())
        for file in module.files:
            yield b"%d:%b%d:" % (len(file.path), file.path.encode(), len(file.content))
            yield file.content


def _store(found: PackageUses, store: ModelStore) -> None:
    try:
        content = _ENCODER.encode(found)
    except (RecursionError, ValueError):
        return  # a type that is nested too deeply: it is read again the next time
    if len(content) <= limits.MODEL_BYTES:
        store.store_model(found.name, packages.digest_of([content]) + content)


def _read(name: str, content: bytes) -> PackageUses | None:
    checksum, encoded = content[:_DIGEST_BYTES], memoryview(content)[_DIGEST_BYTES:]
    if packages.digest_of([encoded]) != checksum:
        return None
    try:
        known = _DECODER.decode(encoded)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    return known if known.name == name else None
