"""The inside of a zip archive as a tree, in memory; what must not be trusted is refused before it is read.

Central does not look at what it stores and `bal` does not look at what it unpacks, so an archive is
hostile until shown otherwise. It is never unpacked to disk; the checks on names hold all the same,
because an archive with such a name was made to harm somebody.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from contextlib import contextmanager, suppress
from io import SEEK_CUR, SEEK_END, BytesIO
from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.artifact import Provenance
from semverdiff.errors import ArchiveError, UsageError
from semverdiff.packages.bala import read_bala
from semverdiff.packages.digests import digest_of_file
from semverdiff.packages.disk import open_file
from semverdiff.packages.filesystem import ListedTree, folders_of
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from io import BufferedReader
    from pathlib import Path
    from typing import IO, Final, NoReturn

    from semverdiff.packages.filesystem import Tree
    from semverdiff.packages.model import Package

__all__ = [
    "BALA",
    "ArchiveForm",
    "archive_tree",
    "open_archive",
    "open_digested",
    "read_archive",
    "read_archive_file",
]


_DRIVE = r"[A-Za-z]:"
_CENTRAL_HEADER = b"PK\x01\x02"
_END = b"PK\x05\x06"
_END_BYTES = 22
_END_OF_LARGE = b"PK\x06\x07"
_END_OF_LARGE_BYTES = 20
_FORMAT_OF_2018 = b"\xff\xff\xff\xff"
_ENCRYPTED = 0x1
_IN_UTF_8 = 0x800
# How deep the folders lie whose names mean something: `modules/shop/resources`.
_LEVELS_WITH_MEANING = 3
_PIECE_BYTES = 2**20
_LOCAL_HEADER_BYTES = 30
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What cannot be packed any smaller has a header for each 16 KB, and one more.
_OVERHEAD_BYTES = 64
# What `zipfile` and `zlib` raise for broken input (found by fuzzing).
_DAMAGES = (
    zipfile.BadZipFile,
    struct.error,
    zlib.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class ArchiveForm(msgspec.Struct, frozen=True):
    """A kind of archive: what it is called, who packs it, and the endings of files that are read of it."""

    name: str
    packer: str
    endings: tuple[str, ...]


BALA: Final = ArchiveForm("a Ballerina archive (.bala)", "'bal'", (".bal", ".json", ".toml"))
"""The archives of Ballerina."""


def read_archive_file(path: Path) -> Package:
    """Return the package in a `.bala` on disk. Raise as `read_archive` does, or `UsageError` for no file."""
    with open_digested(path) as (tree, digest):
        return read_bala(tree, Provenance("bala", digest=digest))


def read_archive(content: bytes | IO[bytes], *, name: str, provenance: Provenance) -> Package:
    """Return the package in a `.bala`; `name` is the file name that messages use.

    Of a file only its directory, manifests and sources are held in memory: its libraries may be large.

    Raises:
        ArchiveError: it is broken, or must not be trusted.
        SourceError: sources in it cannot be read.

    """
    with archive_tree(content, name) as tree:
        return read_bala(tree, provenance)


@contextmanager
def archive_tree(content: bytes | IO[bytes], name: str, form: ArchiveForm = BALA) -> Iterator[Tree]:
    """Return the tree of an archive; `name` is the file name that messages use.

    Raises:
        ArchiveError: it is no zip, damaged, encrypted, too large, or built to do harm. Also raised by
            the tree's `read`.

    """
    label = quote(name)
    stream = BytesIO(content) if isinstance(content, bytes) else content
    try:
        size = _checked_size(stream, label, form)
        opened = zipfile.ZipFile(stream)
    except _DAMAGES as error:
        raise ArchiveError(
            f"{label} is truncated or damaged: {_reason(error)}. Download or build it again."
        ) from error
    with opened:
        _refuse_another_directory(stream, size, len(opened.infolist()), label)
        entries = _trusted_entries(opened.infolist(), size, label, form)

        def read(path: str) -> bytes:
            return _read_entry(stream, opened, entries[path], path, label)

        yield ListedTree(name, folders_of(entries), read)


@contextmanager
def open_archive(path: Path, form: ArchiveForm = BALA) -> Iterator[Tree]:
    """Return the tree of an archive on disk; raise as `read_archive_file` does."""
    with _opened(path, form) as stream, archive_tree(stream, path.name, form) as tree:
        yield tree


@contextmanager
def open_digested(path: Path, form: ArchiveForm = BALA) -> Iterator[tuple[Tree, str]]:
    """Return the tree of an archive on disk, and its digest (SHA-256); raise as `read_archive_file` does."""
    with _opened(path, form) as stream:
        try:
            digest = digest_of_file(stream)
        except OSError as error:
            raise ArchiveError(f"{quote(path.name)} cannot be read: {error.strerror}.") from error
        with archive_tree(stream, path.name, form) as tree:
            yield tree, digest


def _opened(path: Path, form: ArchiveForm) -> BufferedReader:
    try:
        if not path.is_file():
            expected = "a package directory or a .bala" if form is BALA else form.name
            raise UsageError(f"{quote(path.name)} is not a regular file: expected {expected}.")
        if path.stat().st_size > limits.ARCHIVE_BYTES:
            raise _too_large(quote(path.name))
        return open_file(path)
    except OSError as error:
        raise ArchiveError(f"{quote(path.name)} cannot be read: {error.strerror}.") from error


def _checked_size(stream: IO[bytes], label: str, form: ArchiveForm) -> int:
    """Return the bytes of what begins as a zip does and has no more entries than it may."""
    size = stream.seek(0, SEEK_END)
    if size > limits.ARCHIVE_BYTES:
        raise _too_large(label)
    stream.seek(0)
    start = stream.read(len(_FORMAT_OF_2018))
    if not start:
        raise ArchiveError(f"{label} is empty: expected {form.name}.")
    if start == _FORMAT_OF_2018 and form is BALA:
        raise ArchiveError(
            f"{label} has the binary format of 2018, from which no sources can be read: it is of no use here."
        )
    if not start.startswith(b"PK"):
        called, _, ending = form.name.rpartition(" ")
        raise ArchiveError(f"{label} is not {called}: expected a zip file {ending}.")
    # Counted before the headers become objects, of which an archive of this size could hold millions.
    if _count(stream, _CENTRAL_HEADER) > limits.ARCHIVE_ENTRIES:
        raise ArchiveError(f"{label} is not trusted: it has more than {limits.ARCHIVE_ENTRIES:,} entries.")
    return size


def _refuse_another_directory(stream: IO[bytes], size: int, count: int, label: str) -> None:
    """Refuse an archive in which another reader would find another directory, and so other files.

    Readers agree where the file ends with its directory's end: one looks into a comment behind that for a
    later end, another checks lengths; one believes the end for large archives, another only if it needs to.
    """
    stream.seek(max(0, size - _END_BYTES - _END_OF_LARGE_BYTES))
    before, end = (tail := stream.read())[:-_END_BYTES], tail[-_END_BYTES:]
    if not end.startswith(_END):
        _distrust(label, "something stands behind its directory")
    if before.startswith(_END_OF_LARGE):
        _distrust(label, "it has a second directory, as archives of more than 65,535 files do")
    (declared,) = struct.unpack_from("<H", end, 10)
    if declared != count:
        _distrust(label, f"its directory has {count:,} entries, and says {declared:,}")


def _too_large(label: str) -> ArchiveError:
    return ArchiveError(f"{label} is too large: expected at most {limits.ARCHIVE_BYTES:,} bytes.")


def _count(stream: IO[bytes], mark: bytes) -> int:
    """Return how often a mark stands in a stream, piece by piece; it may lie across two of them."""
    stream.seek(0)
    found, end = 0, b""
    while piece := stream.read(_PIECE_BYTES):
        found += (end + piece).count(mark)
        end = (end + piece)[1 - len(mark) :]
    return found


def _trusted_entries(
    infos: list[zipfile.ZipInfo], size: int, label: str, form: ArchiveForm
) -> Mapping[str, zipfile.ZipInfo]:
    """Return the entries that are files by their normal paths, after every check that needs no content."""
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        path = _normal_path(info, label)
        _refuse_entry(info, path, label, form)
        # Not by `filename`, which a field of the entry may overrule for later versions of Python.
        if info.orig_filename.endswith(("/", "\\")):
            continue
        if path in entries:
            _distrust(label, f"it has two entries {quote(path)}")
        entries[path] = info
    _refuse_spellings(entries, label, form)
    # Small archives with much content let their entries share the same bytes.
    if sum(info.compress_size for info in infos) > size:
        _distrust(label, "its entries overlap")
    if sum(info.file_size for info in infos) > limits.UNPACKED_BYTES:
        _distrust(label, f"it unpacks to more than {limits.UNPACKED_BYTES:,} bytes")
    texts = sum(info.file_size for path, info in entries.items() if path.endswith(form.endings))
    if texts > limits.TEXTS_BYTES:
        _distrust(label, f"its sources and manifests take more than {limits.TEXTS_BYTES:,} bytes")
    return entries


def _normal_path(info: zipfile.ZipInfo, label: str) -> str:
    """Return an entry's path with `/` between its parts; refuse one that leads out of the archive."""
    written = info.orig_filename
    path = written.replace("\\", "/")
    if len(path) > limits.PATH_CHARACTERS:
        _distrust(label, f"the path {quote(path)} is longer than {limits.PATH_CHARACTERS:,} characters")
    if not path.isprintable():
        _distrust(label, f"the path {quote(path)} holds characters that cannot be printed")
    parts = path.split("/")
    if path.startswith("/") or re.match(_DRIVE, path) or ".." in parts:
        _distrust(label, f"the path {quote(written)} leads out of it")
    return "/".join(part for part in parts if part not in ("", "."))


def _refuse_spellings(entries: Mapping[str, zipfile.ZipInfo], label: str, form: ArchiveForm) -> None:
    """Refuse an archive that is another package on another system, or for another reader of its names.

    Archives are unpacked by others on disks that know no case, compose letters, or drop what ends a
    name; and a backslash is a part of a name but on Windows.
    """
    written = [info.orig_filename for info in entries.values()]
    if any("\\" in path for path in written) and any("/" in path for path in written):
        _distrust(label, "some of its paths have backslashes, and others slashes")
    known: dict[str, str] = {}
    folders: set[str] = set()
    for path, info in entries.items():
        odd = next((part for part in path.split("/") if ":" in part or part.endswith((".", " "))), None)
        if odd is not None:
            _distrust(label, f"the name {quote(odd)} in it is another one on Windows")
        for one, written_so in _with_meaning(path, info, form.endings):
            first = known.setdefault(_on_any_disk(one), written_so)
            if first != written_so:
                _distrust(label, f"{quote(first)} and {quote(written_so)} are one on many disks")
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            if len(folders) > limits.ARCHIVE_ENTRIES:
                _distrust(label, f"it has more than {limits.ARCHIVE_ENTRIES:,} folders")
            folder = folder.rpartition("/")[0]


def _with_meaning(path: str, info: zipfile.ZipInfo, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the path of a text as most readers decode it, and those of the first folders that it is in.

    With each goes the path as it is read here.
    """
    if not path.casefold().endswith(endings):
        return
    decoded = path
    if not info.flag_bits & _IN_UTF_8 and not path.isascii():
        with suppress(UnicodeError):
            decoded = path.encode("cp437").decode()
    yield decoded, path
    parts = path.split("/")
    for depth in range(1, min(len(parts), _LEVELS_WITH_MEANING + 1)):
        folder = "/".join(parts[:depth])
        yield folder, folder


def _on_any_disk(path: str) -> str:
    if path.isascii():
        return path.casefold()
    import unicodedata  # noqa: PLC0415 (a large table, and few paths need it)

    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _refuse_entry(info: zipfile.ZipInfo, path: str, label: str, form: ArchiveForm) -> None:
    """Refuse an entry by what the directory of the archive says about it."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        _distrust(label, f"{quote(path)} is a symbolic link")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        _distrust(label, f"{quote(path)} is not a regular file")
    if info.flag_bits & _ENCRYPTED:
        raise ArchiveError(f"{label} cannot be read: {quote(path)} is encrypted.")
    if path.endswith(form.endings) and info.file_size > limits.TEXT_BYTES:
        _distrust(label, f"{quote(path)} takes more than {limits.TEXT_BYTES:,} bytes")
    if path.endswith(form.endings) and info.compress_type not in _METHODS:
        _distrust(label, f"{quote(path)} is packed by a method that no archive of {form.packer} has")
    if info.file_size > max(limits.ANY_RATIO_BYTES, limits.UNPACKED_RATIO * info.compress_size):
        _distrust(label, f"{quote(path)} unpacks to more than {limits.UNPACKED_RATIO} times its size")


def _read_entry(
    stream: IO[bytes], opened: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, label: str
) -> bytes:
    """Return the bytes of an entry: all that is packed, and as many as its directory declares.

    The module `zipfile` stops at the declared size, other readers at the end of what is packed. What lies
    between would be code for a compiler, and nothing here.
    """
    try:
        packed = _packed(stream, opened, info)
        content, is_whole = (
            (packed, True) if info.compress_type == zipfile.ZIP_STORED else _inflated(packed, info)
        )
    except _DAMAGES as error:
        raise ArchiveError(
            f"{label} is damaged at {quote(path)}: {_reason(error)}. Download or build it again."
        ) from error
    if len(content) != info.file_size or len(packed) != info.compress_size or not is_whole:
        raise ArchiveError(
            f"{label} is damaged at {quote(path)}: expected {info.file_size:,} bytes, and "
            "nothing behind them. Download or build it again."
        )
    if zlib.crc32(content) != info.CRC:
        raise ArchiveError(
            f"{label} is damaged at {quote(path)}: its checksum is another. Download or build it again."
        )
    return content


def _packed(stream: IO[bytes], opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return an entry as it is packed, if that is not much more than it declares to be unpacked."""
    opened.open(info).close()  # compares the header before it with the directory
    stream.seek(info.header_offset)
    name, extra = struct.unpack_from("<HH", stream.read(_LOCAL_HEADER_BYTES), _LOCAL_HEADER_BYTES - 4)
    stream.seek(name + extra, SEEK_CUR)
    return stream.read(min(info.compress_size, info.file_size + info.file_size // 100 + _OVERHEAD_BYTES))


def _inflated(packed: bytes, info: zipfile.ZipInfo) -> tuple[bytes, bool]:
    """Return the bytes of an entry, one more than declared at most, and whether nothing is behind them."""
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    content = inflating.decompress(packed, info.file_size + 1)
    return content, inflating.eof and not inflating.unused_data


def _reason(error: Exception) -> str:
    return quote(str(error) or type(error).__name__)


def _distrust(label: str, why: str) -> NoReturn:
    raise ArchiveError(
        f"{label} is not trusted: {why}. It must not be used; get it from its publisher again."
    )
