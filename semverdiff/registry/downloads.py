"""An archive while it arrives: hashed on the way, in memory while it is small, and on disk from then on."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, suppress
from io import BytesIO
from shutil import copyfileobj
from typing import IO, TYPE_CHECKING

from semverdiff import limits
from semverdiff.errors import BaselineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.registry.cache import Cache

__all__ = ["Download", "open_download"]


@contextmanager
def open_download(cache: Cache, what: str) -> Iterator[Download]:
    """Return what takes an archive; its file stays open for whoever reads it, unless there is an error.

    `what` names the archive in messages.
    """
    download = Download(cache, what)
    try:
        yield download
    except BaseException:  # after an interrupt nobody reads it, either
        with suppress(OSError):  # what is left in the buffer does not fit, either
            download.content.close()
        raise


class Download:
    """The bytes of an archive so far. `content` is the file that they are in, `size` how many they are."""

    def __init__(self, cache: Cache, what: str) -> None:
        self._cache = cache
        self._what = what
        self.content: IO[bytes] = BytesIO()
        self.begin()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes."""
        return self._hash.hexdigest()

    def begin(self) -> Download:
        """Forget what an answer has left that broke off. Return the download."""
        self.content.close()
        self.content = BytesIO()
        self.size = 0
        self._hash = hashlib.sha256()
        return self

    def write(self, chunk: bytes) -> None:
        """Take the bytes that arrived next.

        Raises:
            BaselineError: there are too many for memory, and there is no room for them on disk.

        """
        try:
            if self.size <= limits.DOWNLOAD_MEMORY_BYTES < self.size + len(chunk):
                self._move_to_disk()
            self.content.write(chunk)
            self.content.flush()  # a full disk is noticed here, and not by whoever reads
        except OSError as error:
            raise BaselineError(
                f"{self._what} cannot be stored while it is read ({error.strerror}); make room on the disk "
                "of the cache, or name a folder with more of it by SEMVERDIFF_CACHE_DIR"
            ) from error
        self._hash.update(chunk)
        self.size += len(chunk)

    def _move_to_disk(self) -> None:
        stream = self._cache.unnamed_file()
        with self.content:
            self.content.seek(0)
            copyfileobj(self.content, stream)
        self.content = stream
