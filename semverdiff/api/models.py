"""What the files of published packages declare, as they were parsed before: outlines from a cache.

A package is known by the digest of its sources. Of each, a store holds what was asked for so far, and what
is asked for the first time is read from the sources and added. A model that is damaged, that another version
of the extractor made, or that is one of other sources, is none: the sources always have the last word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from semverdiff import limits, packages
from semverdiff.api.enum_words import enum_words
from semverdiff.syntax.records import EXTRACTOR, read_record, record_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.packages import Package, SourceFile
    from semverdiff.syntax.outlines import Outline

__all__ = ["ModelStore", "Models"]

_DIGEST_BYTES: Final = 32
_NO_RECORD: Final = msgspec.Raw(msgspec.msgpack.encode(None))


class ModelStore(Protocol):
    """Where models are kept, by names that are digests. What cannot be kept is lost without a word."""

    def read_model(self, name: str) -> bytes | None:
        """Return a model by its name."""

    def store_model(self, name: str, content: bytes) -> None:
        """Store a model under its name, instead of what it had."""


class _File(msgspec.Struct, array_like=True):
    """The record of a file's outline.

    `keys` are those of the declarations, `enum_words` the words of the enums among them: both tell where to
    look without the outline.
    """

    outline: msgspec.Raw = _NO_RECORD
    keys: frozenset[str] | None = None
    enum_words: frozenset[str] | None = None


class _Model(msgspec.Struct, frozen=True, array_like=True):
    """The files of a package in their order. The name says of which sources, and by which extractor."""

    name: str
    files: list[_File]


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(_Model)


class _Opened(msgspec.Struct):
    """A model of this run, and whether something was added to it."""

    model: _Model
    is_changed: bool = False


class Models:
    """The models of the packages of one run. `store` keeps them from run to run."""

    def __init__(self, store: ModelStore) -> None:
        self._store = store
        self._expected: list[Package] = []
        self._opened: dict[str, _Opened] = {}
        self._files: dict[bytes, tuple[_Opened, _File]] = {}

    def expect(self, package: Package) -> None:
        """Note a package whose model may be asked for; nothing is read yet."""
        self._expected.append(package)

    def keys(self, content: bytes) -> frozenset[str] | None:
        """Return the keys of what a file of an expected package declares; `None` if that is not known."""
        place = self._place(content)
        return None if place is None else place[1].keys

    def enum_words(self, content: bytes) -> frozenset[str] | None:
        """Return the words of the enums in a file of an expected package; `None` if they are not known."""
        place = self._place(content)
        return None if place is None else place[1].enum_words

    def outline(self, content: bytes) -> Outline | None:
        """Return the outline of a file of an expected package, if it is known."""
        place = self._place(content)
        return None if place is None else read_record(place[1].outline, content)

    def add_outline(self, content: bytes, outline: Outline) -> None:
        """Add the outline of a file, if it is one of an expected package."""
        place = self._place(content)
        record = None if place is None else record_of(outline, content)
        if place is not None and record is not None:
            opened, file = place
            file.outline = msgspec.Raw(record)
            # What is broken may hide any name: that is looked for in the text.
            if not outline.damages:
                file.keys = frozenset(item.key for item in outline.items)
                file.enum_words = frozenset().union(*map(enum_words, outline.items))
            opened.is_changed = True

    def store(self) -> None:
        """Store the models to which something was added."""
        for opened in self._opened.values():
            if opened.is_changed:
                content = _ENCODER.encode(opened.model)
                if len(content) <= limits.MODEL_BYTES:
                    self._store.store_model(opened.model.name, _checksum(content) + content)
                opened.is_changed = False

    def _place(self, content: bytes) -> tuple[_Opened, _File] | None:
        while self._expected:
            self._open(self._expected.pop())
        return self._files.get(content)

    def _open(self, package: Package) -> None:
        files = [file for module in package.modules for file in module.files]
        name = _name(files)
        if name in self._opened:  # it has more than one surface
            return
        content = self._store.read_model(name)
        model = None if content is None else _read(name, content)
        if model is None or len(model.files) != len(files):
            model = _Model(name, [_File() for _ in files])
        opened = self._opened[name] = _Opened(model)
        for file, known in zip(files, model.files, strict=True):
            self._files.setdefault(file.content, (opened, known))


def _name(files: Iterable[SourceFile]) -> str:
    """Return the digest of sources and of what reads them."""
    pieces = [EXTRACTOR.encode()]
    for file in files:
        pieces += [b"%d:" % len(file.content), file.content]  # so that no text goes on in the next
    return packages.digest_of(pieces).hex()


def _checksum(content: bytes | memoryview) -> bytes:
    return packages.digest_of([content])


def _read(name: str, content: bytes) -> _Model | None:
    checksum, encoded = content[:_DIGEST_BYTES], memoryview(content)[_DIGEST_BYTES:]
    if _checksum(encoded) != checksum:
        return None
    try:
        model = _DECODER.decode(encoded)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    return model if model.name == name else None
