"""Our own cache: files that are written whole or not at all, and read with distrust.

    <cache>/semverdiff-<version>/archives/<sha-256>.bala      what was downloaded and matched its digest
    <cache>/semverdiff-<version>/archives/<sha-256>.shard     what Vein's gallery, which gives none, has sent
    <cache>/semverdiff-<version>/answers/<registry>/...json   what a registry answered, and when
    <cache>/semverdiff-<version>/models/<sha-256>             what a package of such sources declares

Each version of this program has a folder of its own, so that none has to understand what another wrote.
A cache that cannot be written (read-only, full) is no reason to fail: the answer is there, only slower
the next time. A file that is not what its name says is not there.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits, packages
from semverdiff.errors import UsageError
from semverdiff.registry.folders import ANSWERS, PROGRAM, generation_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from semverdiff.registry.environment import Environment

__all__ = ["Cache", "CacheInfo", "CachePart", "cache_info", "cache_of", "clear_cache"]

_BALA = ".bala"
_RIGHTS = 0o600  # packages may be private
# What other programs know a cache by: backups leave such folders out, and we clear no other.
_TAG = "CACHEDIR.TAG"
_TAG_TEXT = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n"
    b"# Downloads of semverdiff. `semver cache clear` removes them.\n"
)


class CachePart(msgspec.Struct, frozen=True, order=True):
    """How many files of one kind (`archives`, `answers`) there are, and their bytes."""

    kind: str
    files: int
    size: int


class CacheInfo(msgspec.Struct, frozen=True):
    """What a cache holds, of all versions of this program together."""

    folder: Path
    parts: tuple[CachePart, ...]

    @property
    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(part.size for part in self.parts)


class Cache(msgspec.Struct, frozen=True):
    """The folder of one version of this program; it need not exist.

    With `refresh` models are only written. Archives and answers are the business of who asks for them.
    """

    folder: Path
    refresh: bool = False

    def open_archive(self, digest: str, ending: str = _BALA) -> IO[bytes] | None:
        """Open the archive with that SHA-256; `None` where it is absent, unreadable or damaged."""
        with suppress(OSError), ExitStack() as stack:
            stream = stack.enter_context(packages.open_file(self._archive(digest, ending)))
            if packages.digest_of_file(stream) == digest:
                stream.seek(0)
                stack.pop_all()  # it stays open
                return stream
        return None

    def has_archive(self, digest: str, ending: str = _BALA) -> bool:
        """Return whether there is an archive of that name, without reading it."""
        return self._archive(digest, ending).is_file()

    def store_archive(self, digest: str, content: IO[bytes], ending: str = _BALA) -> None:
        """Store an archive under its digest; the file is at its start afterwards."""
        content.seek(0)
        self._write(self._archive(digest, ending), content)
        content.seek(0)

    def unnamed_file(self) -> IO[bytes]:
        """Open a file that nobody else can open, and that is gone when it is closed or the process ends.

        It lies in the cache, or among the temporary files of the system where the cache cannot be written.

        Raises:
            OSError: there is room nowhere.

        """
        import tempfile  # noqa: PLC0415 (slow: only for what is large)

        folder = self.folder / "archives"
        with suppress(OSError):
            self._prepare(folder)
            return tempfile.TemporaryFile(dir=folder)
        return tempfile.TemporaryFile()

    def read_answer(self, name: str) -> bytes | None:
        """Return an answer by its name, a relative path with `/`."""
        return self._read(self.folder / ANSWERS / f"{name}.json", limits.ANSWER_BYTES)

    def store_answer(self, name: str, content: bytes) -> None:
        """Store an answer under its name."""
        self._write(self.folder / ANSWERS / f"{name}.json", content)

    def answer_names(self, name: str) -> tuple[str, ...]:
        """Return the last parts of the names of the answers directly under a name, sorted."""
        with suppress(OSError):
            folder = self.folder / ANSWERS / name
            return tuple(sorted(one.name.removesuffix(".json") for one in folder.glob("[!.]*.json")))
        return ()

    def read_model(self, name: str) -> bytes | None:
        """Return the model of that name. Whether it is what it should be is for its reader to see."""
        return None if self.refresh else self._read(self.folder / "models" / name, limits.MODEL_BYTES)

    def store_model(self, name: str, content: bytes) -> None:
        """Store a model under its name; of all models the oldest make room for it."""
        folder = self.folder / "models"
        self._write(folder / name, content)
        with suppress(OSError):
            _shrink(folder, limits.MODELS_BYTES)

    def _archive(self, digest: str, ending: str) -> Path:
        return self.folder / "archives" / f"{digest}{ending}"

    def _read(self, path: Path, most: int) -> bytes | None:
        with suppress(OSError):
            return packages.read_file(path, most)
        return None

    def _write(self, path: Path, content: bytes | IO[bytes]) -> None:
        with suppress(OSError):
            self._prepare(path.parent)
            packages.replace_file(path, content, _RIGHTS)

    def _prepare(self, folder: Path) -> None:
        """Make a folder of the cache, and the mark that it is ours."""
        folder.mkdir(parents=True, exist_ok=True)
        tag = self.folder / _TAG
        if not tag.exists():
            packages.replace_file(tag, _TAG_TEXT, _RIGHTS)


def cache_of(environment: Environment) -> Cache:
    """Return the part of the cache that this version of the program reads and writes."""
    return Cache(generation_folder(environment), refresh=environment.refresh)


def cache_info(folder: Path) -> CacheInfo:
    """Return how much lies in a cache, by kind; nothing where there is no cache."""
    found: dict[str, tuple[int, int]] = {}
    for generation in _generations(folder):
        for kind, size in _sizes(generation):
            files, total = found.get(kind, (0, 0))
            found[kind] = (files + 1, total + size)
    return CacheInfo(folder, tuple(CachePart(kind, *counted) for kind, counted in sorted(found.items())))


def clear_cache(folder: Path) -> CacheInfo:
    """Remove what any version of this program has put into a cache. Return what that was.

    Raises:
        UsageError: something could not be removed.

    """
    import shutil  # noqa: PLC0415 (slow: only for this)

    info = cache_info(folder)
    for generation in _generations(folder):
        try:
            shutil.rmtree(generation)
        except OSError as error:
            raise UsageError(
                f"the cache cannot be cleared: '{generation.name}' in it cannot be removed "
                f"({error.strerror}); correct the rights of its folder, or remove it by hand"
            ) from error
    return info


def _shrink(folder: Path, most: int) -> None:
    """Remove the files of a folder that were written longest ago, until the others fit.

    Raises:
        OSError: the folder cannot be read.

    """
    with os.scandir(folder) as entries:
        files = [(entry, entry.stat()) for entry in entries]
    excess = sum(facts.st_size for _, facts in files) - most
    for entry, facts in sorted(files, key=lambda one: one[1].st_mtime):
        if excess <= 0:
            return
        # Another process may have removed it.
        with suppress(OSError):
            os.unlink(entry.path)  # noqa: PTH108 (a text of scandir)
        excess -= facts.st_size


def _generations(folder: Path) -> tuple[Path, ...]:
    """Return the folders of all versions. The tag proves that they are ours: the user may name any folder."""
    with suppress(OSError):
        return tuple(one for one in sorted(folder.glob(f"{PROGRAM}-*")) if _is_ours(one))
    return ()


def _is_ours(folder: Path) -> bool:
    with suppress(OSError):
        return not folder.is_symlink() and (folder / _TAG).read_bytes() == _TAG_TEXT
    return False


def _sizes(generation: Path) -> Iterator[tuple[str, int]]:
    """Return kind and size of each file, also of those that an interrupted run left half-written."""
    for folder, _, names in os.walk(generation):
        kind = os.path.relpath(folder, generation).partition(os.sep)[0]
        for name in names:
            if kind == os.curdir:
                continue  # the tag
            # Another process may remove it at this moment.
            with suppress(OSError):
                yield kind, os.stat(os.path.join(folder, name)).st_size  # noqa: PTH116, PTH118 (os.walk's texts)
