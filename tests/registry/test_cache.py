"""Our own cache: written whole or not at all, read with distrust, and removed only where it is ours."""

from __future__ import annotations

import hashlib
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from semverdiff.errors import UsageError
from semverdiff.registry import Environment
from semverdiff.registry.cache import Cache, CachePart, cache_folder, cache_info, cache_of, clear_cache

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"the bytes of an archive"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache" / "semverdiff-1.2.3")


def test_an_archive_is_found_by_its_digest(cache: Cache) -> None:
    assert cache.read_archive(DIGEST) is None
    cache.store_archive(DIGEST, CONTENT)
    assert cache.read_archive(DIGEST) == CONTENT
    assert files_in(cache.folder) == ["CACHEDIR.TAG", f"archives/{DIGEST}.bala"]


@pytest.mark.parametrize("damage", [b"", CONTENT[:-1], CONTENT + b"x"])
def test_a_damaged_archive_is_not_there(cache: Cache, damage: bytes) -> None:
    cache.store_archive(DIGEST, CONTENT)
    (cache.folder / "archives" / f"{DIGEST}.bala").write_bytes(damage)
    assert cache.read_archive(DIGEST) is None
    cache.store_archive(DIGEST, CONTENT)
    assert cache.read_archive(DIGEST) == CONTENT


def test_an_answer_is_found_by_its_name_and_listed(cache: Cache) -> None:
    assert cache.answer_names("acme/shop") == ()
    cache.store_answer("acme/shop/b", b"1")
    cache.store_answer("acme/shop/a", b"2")
    cache.store_answer("acme/shop/a", b"3")
    assert cache.read_answer("acme/shop/a") == b"3"
    assert cache.read_answer("acme/shop/c") is None
    assert cache.answer_names("acme/shop") == ("a", "b")


def test_every_version_of_the_program_has_a_folder_of_its_own(tmp_path: Path) -> None:
    folders = {
        cache_of(Environment(tmp_path, downloads=tmp_path, agent=agent)).folder.name
        for agent in ("semverdiff/1.2.3", "semverdiff/1.3.0", "semverdiff")
    }
    assert folders == {"semverdiff-1.2.3", "semverdiff-1.3.0", "semverdiff-unknown"}


def test_the_user_may_name_the_folder_and_the_system_has_a_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cache_folder(tmp_path) == tmp_path
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert cache_folder(None) == tmp_path / "semverdiff"
    else:
        assert "semverdiff" in cache_folder(None).parts


# Where nothing can be written.


@pytest.mark.parametrize("in_the_way", ["cache", "cache/semverdiff-1.2.3", "cache/semverdiff-1.2.3/archives"])
def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(
    cache: Cache, tmp_path: Path, in_the_way: str
) -> None:
    path = tmp_path / in_the_way
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a file in the way")
    cache.store_archive(DIGEST, CONTENT)
    assert cache.read_archive(DIGEST) is None
    assert path.read_bytes() == b"a file in the way"


def test_a_name_that_is_too_long_for_a_file_is_not_kept(cache: Cache) -> None:
    cache.store_answer("a" * 300, b"1")
    assert cache.read_answer("a" * 300) is None
    assert not any(name.startswith(".") for name in files_in(cache.folder))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind this user")
def test_a_read_only_cache_is_read(cache: Cache) -> None:
    cache.store_archive(DIGEST, CONTENT)
    archives = cache.folder / "archives"
    archives.chmod(0o500)
    try:
        cache.store_archive("0" * 64, b"more")
        assert cache.read_archive(DIGEST) == CONTENT
        assert files_in(archives) == [f"{DIGEST}.bala"]
    finally:
        archives.chmod(0o700)


def test_an_interrupted_writer_leaves_nothing_behind(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    cache.store_answer("first", b"1")
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        cache.store_archive(DIGEST, CONTENT)
    assert files_in(cache.folder) == ["CACHEDIR.TAG", "answers/first.json"]


def test_writers_of_the_same_archive_do_not_disturb_each_other(cache: Cache) -> None:
    content = CONTENT * 10_000
    digest = hashlib.sha256(content).hexdigest()

    def run(_: int) -> bytes | None:
        cache.store_archive(digest, content)
        return cache.read_archive(digest)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(run, range(32))) == {content}
    assert files_in(cache.folder) == ["CACHEDIR.TAG", f"archives/{digest}.bala"]


# What the command shows and removes.


def test_info_counts_by_kind_over_all_versions(tmp_path: Path) -> None:
    assert cache_info(tmp_path / "absent").parts == ()
    for version in ("1.2.3", "1.3.0"):
        cache = Cache(tmp_path / f"semverdiff-{version}")
        cache.store_archive(DIGEST, CONTENT)
        cache.store_answer("acme/shop/versions", b"[]")
    info = cache_info(tmp_path)
    assert info.parts == (CachePart("answers", 2, 4), CachePart("archives", 2, 2 * len(CONTENT)))
    assert info.size == 4 + 2 * len(CONTENT)
    assert info.folder == tmp_path


def test_clear_removes_what_is_ours_and_nothing_else(tmp_path: Path) -> None:
    for version in ("1.2.3", "1.3.0"):
        Cache(tmp_path / f"semverdiff-{version}").store_archive(DIGEST, CONTENT)
    foreign = tmp_path / "semverdiff-notes" / "archives" / "thesis.txt"
    foreign.parent.mkdir(parents=True)
    foreign.write_text("years of work")
    (tmp_path / "photo.jpg").write_text("the only one")
    removed = clear_cache(tmp_path)
    assert removed.parts == (CachePart("archives", 2, 2 * len(CONTENT)),)
    assert files_in(tmp_path) == ["photo.jpg", "semverdiff-notes/archives/thesis.txt"]
    assert clear_cache(tmp_path).parts == ()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_clear_does_not_follow_links(tmp_path: Path) -> None:
    elsewhere = Cache(tmp_path / "elsewhere" / "semverdiff-1.2.3")
    elsewhere.store_archive(DIGEST, CONTENT)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "semverdiff-1.2.3").symlink_to(elsewhere.folder)
    assert clear_cache(tmp_path / "cache").parts == ()
    assert elsewhere.read_archive(DIGEST) == CONTENT


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind this user")
def test_what_cannot_be_removed_is_a_usage_error_with_a_remedy(cache: Cache) -> None:
    cache.store_archive(DIGEST, CONTENT)
    (cache.folder / "archives").chmod(0o500)
    try:
        with pytest.raises(UsageError, match="correct the rights"):
            clear_cache(cache.folder.parent)
    finally:
        (cache.folder / "archives").chmod(0o700)
