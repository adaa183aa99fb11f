"""What is in the store stays there: it is refused, or written as a whole, or not at all."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from semverdiff.audit.model import Cost, Crashed, Exceeded, Measured, SourceFailure, SourceOmission
from semverdiff.audit.store import Planned, StoreError, open_store
from semverdiff.history import Change, Failure, Judgement, Transition
from semverdiff.releases import Archive, Commit, Directory, Omission, Published, Release

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from semverdiff.audit.model import Result
    from semverdiff.releases import Source

JUDGEMENT = Judgement(
    outcome="under-bumped",
    declared="patch",
    required="major",
    required_version="2.0.0",
    major=1,
    minor=0,
    patch=0,
    undecided=0,
    changes=(Change("function-removed", "major", "proved", "shop", "total", "it is \0 gone \udcff"),),
    unread=("total",),
    source_bytes=10**12,
    is_generated=True,
)
RESULTS: tuple[Result, ...] = (
    JUDGEMENT,
    Failure("network", "nobody answers"),
    Exceeded("memory", 2**40),
    Crashed("its process died by SIGSEGV"),
)
SOURCES: tuple[Source, ...] = (
    Archive("/\udcff.bala"),
    Directory("/a"),
    Commit("/shop/.git", "refs/tags/v1.0.0", "0" * 40, ""),
    Published("acme", "shop", "1.0.0"),
)


def transition(source: Source = SOURCES[0], version: str = "1.0.1") -> Transition:
    old = Release("1.0.0", "there", source, "one", 1_600_000_000, "do not use")
    return Transition("acme", "shop", Release(version, "there", source, "two"), old, is_maintenance=True)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    planned = [Planned(transition(source), bytes([number])) for number, source in enumerate(SOURCES)]
    measured = [Measured(result, Cost(0.25, 1.5)) for result in RESULTS]
    omission = SourceOmission("here", "acme/shop", Omission("v2", "that is no version"))
    failure = SourceFailure("there", "network", "nobody answers")
    with open_store(tmp_path / "store.sqlite") as store:
        store.write_source("here", planned, [omission])
        store.write_failure(failure)
        store.write_results((bytes([number]), one) for number, one in enumerate(measured))
    with open_store(tmp_path / "store.sqlite") as store:
        entries = list(store.entries(["there", "here"]))
        assert [one.transition for one in entries] == [one.transition for one in planned]
        assert [one.measured for one in entries] == measured
        assert list(store.omissions(["here", "there"])) == [omission]
        assert list(store.failures(["here", "there"])) == [failure]
        assert dict(store.results()) == {
            bytes([number]): None if result is JUDGEMENT else result for number, result in enumerate(RESULTS)
        }


def test_a_source_is_what_it_was_last(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        store.write_source(
            "here", [Planned(transition(), b"1"), Planned(transition(version="2.0.0"), b"2")], []
        )
        store.write_results([(b"1", Measured(JUDGEMENT, Cost(1, 1)))])
        store.write_failure(SourceFailure("here", "network", "nobody answers"))
        assert list(store.entries(["here"])) == []
        store.write_source("here", [Planned(transition(), b"1")], [])
        assert [one.state for one in store.entries(["here"])] == ["judged"]
        assert list(store.failures(["here"])) == []


def test_a_release_without_a_key_has_no_result(tmp_path: Path) -> None:
    first = Transition("acme", "shop", transition().release)
    with open_store(tmp_path / "store.sqlite") as store:
        store.write_source(
            "here",
            [Planned(first, None), Planned(transition(), None, "there"), Planned(transition(), b"1")],
            [],
        )
        assert [one.state for one in store.entries(["here"])] == ["first-release", "duplicate", "pending"]


def test_half_a_batch_is_none(tmp_path: Path) -> None:
    def results() -> Iterator[tuple[bytes, Measured]]:
        yield b"1", Measured(JUDGEMENT, Cost(1, 1))
        raise KeyboardInterrupt

    with open_store(tmp_path / "store.sqlite") as store:
        with pytest.raises(KeyboardInterrupt):
            store.write_results(results())
        store.write_results([(b"2", Measured(JUDGEMENT, Cost(1, 1)))])
        assert [key for key, _ in store.results()] == [b"2"]


def refusal(file: Path) -> str:
    before = file.read_bytes()
    with pytest.raises(StoreError) as caught, open_store(file):
        pass
    assert file.read_bytes() == before
    return str(caught.value)


def written(tmp_path: Path) -> Path:
    file = tmp_path / "store.sqlite"
    with open_store(file) as store:
        store.write_results((bytes([number]), Measured(JUDGEMENT, Cost(1, 1))) for number in range(200))
    return file


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("what I wanted to buy\n" * 100)
    assert refusal(file) == (
        "the store 'notes.txt' is damaged (file is not a database): nothing is written to it. Move it away, "
        "or restore a copy, and give the same command again: what is missing is judged anew"
    )


@pytest.mark.parametrize("at", [100, 4_096, 10_000])
def test_a_damaged_store_is_left_alone(at: int, tmp_path: Path) -> None:
    file = written(tmp_path)
    content = bytearray(file.read_bytes())
    content[at : at + 3_000] = b"\xff" * 3_000
    file.write_bytes(content)
    assert "is damaged" in refusal(file)


def test_a_store_of_which_the_end_is_missing_is_left_alone(tmp_path: Path) -> None:
    file = written(tmp_path)
    file.write_bytes(file.read_bytes()[:9_000])
    assert "is damaged" in refusal(file)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE bookmarks (address TEXT)")
    connection.close()
    assert refusal(file) == ("'other.sqlite' is a database of another program: name another file by --store")


def test_a_store_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    file = written(tmp_path)
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    assert "was written by a later version of semverdiff" in refusal(file)


def test_two_audits_do_not_write_one_store(tmp_path: Path) -> None:
    file = written(tmp_path)
    with (
        open_store(file),
        pytest.raises(StoreError, match="is in use: another audit writes to it"),
        open_store(file),
    ):
        pass
    with open_store(file) as store:
        assert len(list(store.results())) == 200


def test_a_store_in_no_directory_cannot_be_opened(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match="cannot be opened for writing: check its directory"),
        open_store(tmp_path / "none" / "store.sqlite"),
    ):
        pass


def test_a_directory_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened for writing"), open_store(tmp_path):
        pass


def test_a_store_is_of_one_thread_and_says_so_in_words(tmp_path: Path) -> None:
    told: list[str] = []

    def write() -> None:
        try:
            store.write_results([(b"1", Measured(JUDGEMENT, Cost(1, 1)))])
        except StoreError as error:
            told.append(str(error))

    with open_store(tmp_path / "store.sqlite") as store:
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(told) == 1


def test_a_store_that_may_not_grow_is_full_and_keeps_what_it_has(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        store.write_results([(b"1", Measured(JUDGEMENT, Cost(1, 1)))])
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()  # noqa: SLF001 (as a disk would)
        store._connection.execute(f"PRAGMA max_page_count = {pages}")  # noqa: SLF001 (as above)
        large = ((bytes([number]), Measured(JUDGEMENT, Cost(1, 1))) for number in range(2, 200))
        with pytest.raises(StoreError, match="the disk is full: free some space and give the same command"):
            store.write_results(large)
        assert [key for key, _ in store.results()] == [b"1"]


def test_a_store_on_a_disk_that_fails_names_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        in_transaction = False

        def execute(self, *_: object) -> None:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
            raise error

    with open_store(tmp_path / "store.sqlite") as store:
        with monkeypatch.context() as patched:
            patched.setattr(store, "_connection", Failing())
            with pytest.raises(StoreError) as caught:
                store.write_results([(b"1", Measured(JUDGEMENT, Cost(1, 1)))])
        assert "cannot be read or written (disk I/O error): check the disk and its quota" in str(caught.value)
