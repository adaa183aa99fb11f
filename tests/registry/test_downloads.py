"""Archives too large for memory: stored while they arrive where nobody else can reach them, and right."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from contextlib import contextmanager
from io import BytesIO
from typing import IO, TYPE_CHECKING

import pytest
from support.archives import build_bala
from support.central import Fault, Published, delivered, serve_central
from support.registries import NAME, ORGANIZATION, Find, version_of

from semverdiff import limits
from semverdiff.errors import BaselineError
from semverdiff.registry.cache import Cache
from semverdiff.registry.downloads import open_download

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from semverdiff.registry.downloads import Download

WHAT = "the archive of acme/shop 1.3.0"


@pytest.fixture(autouse=True)
def _small_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DOWNLOAD_MEMORY_BYTES", 100)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "semverdiff-1.2.3")


def large() -> Published:
    content = build_bala(ORGANIZATION, NAME, "1.3.0", {f"modules/{NAME}/main.bal": ""})
    return Published(ORGANIZATION, NAME, "1.3.0", content)


@contextmanager
def downloading(cache: Cache) -> Iterator[Download]:
    with open_download(cache, WHAT) as download:
        yield download
        download.content.close()


def written(download: Download, *chunks: bytes) -> bytes:
    for chunk in chunks:
        download.write(chunk)
    download.content.seek(0)
    return download.content.read()


@pytest.mark.parametrize("sizes", [(0,), (100,), (101,), (60, 40), (60, 41), (60, 60, 60), (500, 500)])
def test_what_arrives_is_there_in_one_piece_with_its_digest(cache: Cache, sizes: tuple[int, ...]) -> None:
    chunks = [os.urandom(size) for size in sizes]
    with downloading(cache) as download:
        assert written(download, *chunks) == b"".join(chunks)
        assert download.size == sum(sizes)
        assert isinstance(download.content, BytesIO) is not (sum(sizes) > limits.DOWNLOAD_MEMORY_BYTES)
        assert download.digest == hashlib.sha256(b"".join(chunks)).hexdigest()


@pytest.mark.parametrize("before", [b"", b"x" * 50, b"x" * 500])
def test_an_answer_that_broke_off_leaves_nothing_in_the_next_one(cache: Cache, before: bytes) -> None:
    with downloading(cache) as download:
        download.write(before)
        assert written(download.begin(), b"whole") == b"whole"
        assert (download.size, download.digest) == (5, hashlib.sha256(b"whole").hexdigest())


def test_a_large_archive_that_broke_off_is_asked_for_again_and_stored_once(
    find: Find, tmp_path: Path
) -> None:
    release = large()
    with serve_central([release], [Fault("file", delivered("reset"), times=1)]) as central:
        assert version_of(find(central.address)) == "1.3.0"
        assert version_of(find(central.address)) == "1.3.0"
    assert central.endpoints == ("versions", "metadata", "file", "file")
    files = [path for path in (tmp_path / "downloads").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".bala", ".json", ".TAG"}
    assert [path.read_bytes() for path in files if path.suffix == ".bala"] == [release.content]


@pytest.mark.skipif(os.name == "nt", reason="files there have a name until they are closed")
def test_while_it_arrives_an_archive_on_disk_has_no_name(cache: Cache) -> None:
    with downloading(cache) as download:
        download.write(b"x" * 500)
        assert os.fstat(download.content.fileno()).st_dev == cache.folder.stat().st_dev
        assert os.fstat(download.content.fileno()).st_nlink == 0
        assert [path.name for path in cache.folder.rglob("*") if path.is_file()] == ["CACHEDIR.TAG"]


def test_where_the_cache_cannot_be_written_the_system_has_room_for_temporary_files(
    cache: Cache, tmp_path: Path
) -> None:
    cache.folder.write_bytes(b"a file in the way")
    with downloading(cache) as download:
        assert written(download, b"x" * 500) == b"x" * 500
    assert [path.name for path in tmp_path.iterdir()] == [cache.folder.name]


def test_where_there_is_room_nowhere_the_error_names_the_archive_and_a_remedy(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_arguments: object) -> IO[bytes]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with (
        pytest.raises(
            BaselineError, match=r"1\.3\.0 cannot be stored .*No space left.* SEMVERDIFF_CACHE_DIR"
        ),
        open_download(cache, WHAT) as download,
    ):
        download.write(b"x" * 500)
    assert download.content.closed


@pytest.mark.parametrize("stop", [KeyboardInterrupt, BaselineError])
def test_a_download_that_ends_early_is_closed(cache: Cache, stop: Callable[[], BaseException]) -> None:
    with pytest.raises((KeyboardInterrupt, BaselineError)), open_download(cache, WHAT) as download:  # noqa: PT012 (how far it came is the point)
        download.write(b"x" * 500)
        raise stop()
    assert download.content.closed
