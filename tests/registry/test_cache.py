"""Our own cache: written whole or not at all, read with distrust, and removed only where it is ours."""

from __future__ import annotations

import hashlib
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from semverdiff import limits
from semverdiff.errors import UsageError
from semverdiff.registry import Environment
from semverdiff.registry.cache import Cache, CachePart, cache_info, cache_of, clear_cache
from semverdiff.registry.folders import cache_folder

CONTENT = b"the bytes of an archive"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def store(cache: Cache, content: bytes = CONTENT) -> None:
    cache.store_archive(hashlib.sha256(content).hexdigest(), BytesIO(content))


def stored(cache: Cache, digest: str = DIGEST) -> bytes | None:
    stream = cache.open_archive(digest)
    if stream is None:
        return None
    with stream:
        return stream.read()


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache" / "semverdiff-1.2.3")


def test_an_archive_is_found_by_its_digest(cache: Cache) -> None:
    assert stored(cache) is None
    store(cache)
    assert stored(cache) == CONTENT
    assert files_in(cache.folder) == ["CACHEDIR.TAG", f"archives/{DIGEST}.bala"]


@pytest.mark.parametrize("damage", [b"", CONTENT[:-1], CONTENT + b"x"])
def test_a_damaged_archive_is_not_there(cache: Cache, damage: bytes) -> None:
    store(cache)
    (cache.folder / "archives" / f"{DIGEST}.bala").write_bytes(damage)
    assert stored(cache) is None
    store(cache)
    assert stored(cache) == CONTENT


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
    store(cache)
    assert stored(cache) is None
    assert path.read_bytes() == b"a file in the way"


def test_a_name_that_is_too_long_for_a_file_is_not_kept(cache: Cache) -> None:
    cache.store_answer("a" * 300, b"1")
    assert cache.read_answer("a" * 300) is None
    assert not any(name.startswith(".") for name in files_in(cache.folder))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind this user")
def test_a_read_only_cache_is_read(cache: Cache) -> None:
    store(cache)
    archives = cache.folder / "archives"
    archives.chmod(0o500)
    try:
        store(cache, b"more")
        assert stored(cache) == CONTENT
        assert files_in(archives) == [f"{DIGEST}.bala"]
    finally:
        archives.chmod(0o700)


def test_an_interrupted_writer_leaves_nothing_behind(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    cache.store_answer("first", b"1")
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store(cache)
    assert files_in(cache.folder) == ["CACHEDIR.TAG", "answers/first.json"]


def test_writers_of_the_same_archive_do_not_disturb_each_other(cache: Cache) -> None:
    content = CONTENT * 10_000
    digest = hashlib.sha256(content).hexdigest()

    def run(_: int) -> bytes | None:
        store(cache, content)
        return stored(cache, digest)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(run, range(32))) == {content}
    assert files_in(cache.folder) == ["CACHEDIR.TAG", f"archives/{digest}.bala"]


# What the command shows and removes.


def test_info_counts_by_kind_over_all_versions(tmp_path: Path) -> None:
    assert cache_info(tmp_path / "absent").parts == ()
    for version in ("1.2.3", "1.3.0"):
        cache = Cache(tmp_path / f"semverdiff-{version}")
        store(cache)
        cache.store_answer("acme/shop/versions", b"[]")
    info = cache_info(tmp_path)
    assert info.parts == (CachePart("answers", 2, 4), CachePart("archives", 2, 2 * len(CONTENT)))
    assert info.size == 4 + 2 * len(CONTENT)
    assert info.folder == tmp_path


def test_clear_removes_what_is_ours_and_nothing_else(tmp_path: Path) -> None:
    for version in ("1.2.3", "1.3.0"):
        store(Cache(tmp_path / f"semverdiff-{version}"))
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
    store(elsewhere)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "semverdiff-1.2.3").symlink_to(elsewhere.folder)
    assert clear_cache(tmp_path / "cache").parts == ()
    assert stored(elsewhere) == CONTENT


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind this user")
def test_what_cannot_be_removed_is_a_usage_error_with_a_remedy(cache: Cache) -> None:
    store(cache)
    (cache.folder / "archives").chmod(0o500)
    try:
        with pytest.raises(UsageError, match="correct the rights"):
            clear_cache(cache.folder.parent)
    finally:
        (cache.folder / "archives").chmod(0o700)


def test_models_of_earlier_make_room_for_a_new_one(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache.read_model("a") is None
    monkeypatch.setattr(limits, "MODELS_BYTES", 10)
    for at, name in enumerate("cab"):
        cache.store_model(name, b"12345")
        os.utime(cache.folder / "models" / name, (at, at))
    assert [cache.read_model(name) for name in "abc"] == [b"12345", b"12345", None]
    assert CachePart("models", 2, 10) in cache_info(cache.folder.parent).parts
    clear_cache(cache.folder.parent)
    assert cache.read_model("a") is None


def test_a_model_is_not_read_where_everything_is_to_be_fresh(tmp_path: Path) -> None:
    kept, fresh = (
        cache_of(Environment(tmp_path, downloads=tmp_path, refresh=refresh)) for refresh in (False, True)
    )
    kept.store_model("a", b"1")
    assert fresh.read_model("a") is None
    fresh.store_model("a", b"2")
    assert kept.read_model("a") == b"2"


def test_a_model_that_is_too_large_is_not_there(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.store_model("a", b"12345")
    monkeypatch.setattr(limits, "MODEL_BYTES", 4)
    assert cache.read_model("a") is None


def test_many_processes_may_write_one_model(cache: Cache) -> None:
    contents = [bytes([at]) * 100_000 for at in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: cache.store_model("a", content), contents * 5))
        assert cache.read_model("a") in contents
    assert files_in(cache.folder) == ["CACHEDIR.TAG", "models/a"]


def test_models_of_a_cache_that_cannot_be_written_are_lost_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "models").write_bytes(b"no folder")
    Cache(tmp_path).store_model("a", b"1")
    assert Cache(tmp_path).read_model("a") is None


def test_a_folder_that_cannot_be_looked_into_has_nothing(cache: Cache, tmp_path: Path) -> None:
    cache.store_answer("first", b"1")
    assert cache.answer_names("a" * 300) == ()
    assert cache_info(tmp_path / ("a" * 300)).parts == ()


def test_a_model_that_is_larger_than_all_may_be_is_not_kept(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MODELS_BYTES", 0)
    cache.store_model("a", b"")
    cache.store_model("b", b"1")
    assert [cache.read_model(name) for name in "ab"] == [None, None]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become another user")
def test_what_another_user_owns_cannot_be_removed() -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        own = Cache(place / "semverdiff-1.2.3")
        store(own)
        own.folder.chmod(0o755)
        (own.folder / "CACHEDIR.TAG").chmod(0o644)
        os.seteuid(65534)
        try:
            with pytest.raises(UsageError, match="correct the rights"):
                clear_cache(place)
        finally:
            os.seteuid(0)
