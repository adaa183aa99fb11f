"""`semver audit` as users run it: what it says, what it keeps, and how it goes on."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest
from cli.examples import Ended, start
from support.central import Fault, Published, refused_address, serve_central, status
from support.git_repositories import commit, repository_at
from support.releases import BREAKING, GROWN, PLAIN, archive_of, write_releases

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

PACKAGES = {
    "acme/shop": {"1.0.0": PLAIN, "1.0.1": PLAIN, "1.1.0": GROWN, "1.2.0": BREAKING, "2.0.0": PLAIN},
    "acme/till": {"0.1.0": PLAIN, "0.2.0": BREAKING, "0.2.1": GROWN, "0.2.2": "public function ("},
    "other/shop": {"1.0.0": PLAIN, "1.0.1": GROWN},
}


@pytest.fixture
def archives(tmp_path: Path) -> Path:
    """Return a directory of archives."""
    return write_releases(tmp_path / "archives", PACKAGES)


def audit(directory: Path, *arguments: str, **environment: str) -> Ended:
    """Run `semver audit` in a directory, on the packages alone."""
    # What takes long on a busy machine would say how far it is.
    words = ("audit", "-q", "--dependencies", "none", "--jobs", "2", *arguments)
    running = start(words, directory, environment)
    out, err = running.communicate(timeout=120)
    return Ended(running.returncode, out.decode(), err.decode())


def headline(ended: Ended) -> dict[str, object]:
    """Return the JSON of a run."""
    document: dict[str, object] = json.loads(ended.out)
    return document


def states(ended: Ended) -> dict[str, int]:
    """Return how many releases are in each state."""
    tallies = headline(ended)["states"]
    assert isinstance(tallies, list)
    return {one["name"]: one["count"] for one in tallies}


def rows(store: Path, query: str) -> list[tuple[object, ...]]:
    """Return what a query finds in a store."""
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(query).fetchall()


def test_each_release_is_judged_against_the_one_before(archives: Path, tmp_path: Path) -> None:
    ended = audit(tmp_path, "archives", "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert states(ended) == {"judged": 7, "first-release": 3, "failed": 1}
    document = headline(ended)
    # 1.2.0 breaks under a minor version, 0.2.1 under a patch of 0.x, and 1.0.1 adds under a patch.
    assert document["releases"] == {"releases": 7, "breaking": 2, "under_bumped": 3, "undecided": 0}
    assert document["packages"] == {"releases": 3, "breaking": 2, "under_bumped": 3, "undecided": 0}
    assert document["reasons"] == [{"name": "unreadable-source", "count": 1}]
    assert archives.is_dir()


def test_what_is_in_the_store_is_not_judged_again(archives: Path, tmp_path: Path) -> None:
    first = audit(tmp_path, "archives")
    store = tmp_path / "semver-audit.sqlite"
    before = rows(store, "SELECT key, rowid, cpu_seconds FROM results ORDER BY key")
    assert len(before) == 8
    write_releases(archives, {"acme/shop": {"2.0.1": PLAIN}, "new/shop": {"1.0.0": PLAIN}})
    second = audit(tmp_path, "archives")
    assert first.out != second.out
    after = rows(store, "SELECT key, rowid, cpu_seconds FROM results ORDER BY key")
    assert set(before) < set(after)
    assert len(after) == 9
    (archives / "acme-shop-any-2.0.1.bala").unlink()
    (archives / "new-shop-any-1.0.0.bala").unlink()
    assert audit(tmp_path, "archives").out == first.out


def test_a_source_that_cannot_be_read_is_said_and_the_others_are_judged(tmp_path: Path) -> None:
    write_releases(tmp_path / "archives", PACKAGES)
    (tmp_path / "list.txt").write_text("# what we have\narchives\n\nnothing-here\n")
    ended = audit(tmp_path, "git:.", "list:list.txt", "list:none.txt", "--format", "json")
    assert ended.code == 3
    assert states(ended)["judged"] == 7
    failures = headline(ended)["failures"]
    assert isinstance(failures, list)
    assert [one["source"] for one in failures] == ["git:.", "nothing-here", "list:none.txt"]
    assert ended.err.count("error: ") == 3
    assert "error: list:none.txt: it cannot be read: No such file or directory" in ended.err


def test_paths_of_a_list_are_relative_to_it(tmp_path: Path) -> None:
    write_releases(tmp_path / "below" / "archives", PACKAGES)
    repository = repository_at(tmp_path / "below" / "shop")
    manifest = '[package]\norg = "git"\nname = "shop"\nversion = "{}"\n'
    for version, source in (("1.0.0", PLAIN), ("1.0.1", BREAKING)):
        commit(
            repository, {"Ballerina.toml": manifest.format(version), "main.bal": source}, tag=f"v{version}"
        )
    (tmp_path / "below" / "list.txt").write_text("archives\ngit:shop\ngit:shop:none*\n")
    ended = audit(tmp_path, "list:below/list.txt", "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert headline(ended)["found"] == 13
    assert states(ended)["judged"] == 8


def test_a_version_that_two_sources_have_counts_once(archives: Path, tmp_path: Path) -> None:
    write_releases(tmp_path / "more", {"acme/shop": {"1.0.0": PLAIN, "1.0.1": PLAIN, "3.0.0": PLAIN}})
    ended = audit(tmp_path, "archives", "more", "archives", "--format", "json")
    assert states(ended) == {"judged": 8, "first-release": 3, "failed": 1, "duplicate": 2}
    assert archives.is_dir()


def test_the_store_is_where_it_was_wished_for(archives: Path, tmp_path: Path) -> None:
    assert audit(tmp_path, str(archives), "--store", "there.sqlite").code == 0
    assert not (tmp_path / "semver-audit.sqlite").exists()
    assert len(rows(tmp_path / "there.sqlite", "SELECT * FROM transitions")) == 11


def test_a_damaged_store_is_said_and_kept(archives: Path, tmp_path: Path) -> None:
    store = tmp_path / "semver-audit.sqlite"
    store.write_bytes(b"no database" * 1000)
    ended = audit(tmp_path, str(archives))
    assert ended.code == 3
    assert ended.err.startswith("error: the store 'semver-audit.sqlite' is damaged")
    assert store.read_bytes() == b"no database" * 1000


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    packages = {f"acme/shop{number}": {"1.0.0": PLAIN, "1.0.1": BREAKING} for number in range(60)}
    write_releases(tmp_path / "archives", packages)
    # The limit of the system for one file stands for a disk without space.
    running = subprocess.Popen(
        ["/bin/bash", "-c", 'ulimit -f 130; exec "$@"', "-", *_words(tmp_path)],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    _, err = running.communicate(timeout=120)
    assert running.returncode == 3
    assert "what was judged so far is kept" in err.decode()
    kept = rows(tmp_path / "semver-audit.sqlite", "SELECT count(*) FROM results")
    assert kept[0][0] not in {0, 60}
    ended = audit(tmp_path, "archives", "--format", "json")
    assert ended.code == 0
    assert states(ended) == {"judged": 60, "first-release": 60}


def _words(directory: Path) -> list[str]:
    running = start(("--version",), directory, {})
    running.communicate()
    words = running.args
    assert isinstance(words, list)
    return [*words[:3], "audit", "archives", "--dependencies", "none", "--jobs", "2"]


@pytest.mark.parametrize("after", [0, 1, 3, 7])
def test_whoever_kills_it_goes_on_where_it_was(after: int, tmp_path: Path) -> None:
    packages = {f"acme/shop{number}": {"1.0.0": PLAIN, "1.0.1": BREAKING} for number in range(30)}
    write_releases(tmp_path / "archives", packages)
    whole = audit(tmp_path, "archives", "--store", "whole.sqlite", "--output", "whole")
    running = start(
        ("audit", "archives", "--dependencies", "none", "--jobs", "2", "--store", "killed.sqlite"),
        tmp_path,
        {},
    )
    wait_for(tmp_path / "killed.sqlite", after)
    running.kill()
    running.communicate()
    resumed = audit(tmp_path, "archives", "--store", "killed.sqlite", "--output", "resumed")
    assert (resumed.code, resumed.out) == (whole.code, whole.out)
    for file in (tmp_path / "whole").iterdir():
        if not file.name.startswith("times"):
            assert (tmp_path / "resumed" / file.name).read_bytes() == file.read_bytes(), file.name


def wait_for(store: Path, results: int) -> None:
    """Wait until a store that is written by another process has some results, as far as one can see."""
    wal = store.with_name(f"{store.name}-wal")
    deadline = time.monotonic() + 60
    size = -1
    seen = 0
    while seen <= results:
        assert time.monotonic() < deadline
        time.sleep(0.02)
        now = wal.stat().st_size if wal.exists() else -1
        if now != size:
            size, seen = now, seen + 1


def test_an_interrupt_ends_it_and_says_how_to_go_on(tmp_path: Path) -> None:
    packages = {f"acme/shop{number}": {"1.0.0": PLAIN, "1.0.1": BREAKING} for number in range(60)}
    write_releases(tmp_path / "archives", packages)
    running = start(("audit", "archives", "--dependencies", "none", "--jobs", "2"), tmp_path, {})
    wait_for(tmp_path / "semver-audit.sqlite", 3)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, b"")
    assert err.decode() == (
        "what was judged is kept in semver-audit.sqlite: the same command goes on\n\ninterrupted\n"
    )
    assert states(audit(tmp_path, "archives", "--format", "json")) == {"judged": 60, "first-release": 60}


def table(versions: int) -> list[Published]:
    """Return the releases of two packages of an organization and one of another."""
    return [
        Published(organization, name, f"1.0.{number}", archive_of(organization, name, f"1.0.{number}", PLAIN))
        for organization, name in (("acme", "shop"), ("acme", "till"), ("other", "shop"))
        for number in range(versions)
    ]


def test_an_organization_is_all_of_its_packages(tmp_path: Path) -> None:
    with serve_central(table(3)) as central:
        ended = audit(tmp_path, "central:acme", "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
        again = audit(tmp_path, "central:acme", "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    assert ended.code == 0
    assert states(ended) == {"judged": 4, "first-release": 2}
    assert headline(ended)["sources"] == 2
    assert again.out == ended.out


def test_a_search_is_what_central_finds(tmp_path: Path) -> None:
    with serve_central(table(2)) as central:
        ended = audit(
            tmp_path, "central-search:shop", "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address
        )
        none = audit(tmp_path, "central-search:nothing", SEMVERDIFF_CENTRAL_URL=central.address)
    assert states(ended) == {"judged": 2, "first-release": 2}
    assert none.code == 3
    assert "finds no package by 'nothing': check how it is written" in none.err


def test_a_registry_that_goes_away_loses_nothing(tmp_path: Path) -> None:
    whole = table(12)
    with ExitStack() as stack:
        faults = [Fault("pull", lambda reply: reply, times=8), Fault("pull", status(503))]
        central = stack.enter_context(serve_central(whole, faults))
        variables = {
            "SEMVERDIFF_CENTRAL_URL": central.address,
            "SEMVERDIFF_CACHE_DIR": str(tmp_path / "cache"),
        }
        gone = audit(tmp_path, "central:acme", "--format", "json", **variables)
    assert gone.code == 3
    assert "error: the registry does not answer any more: give the same command again later\n" in gone.err
    found = states(gone)
    assert found["pending"] > 0
    assert found["judged"] > 0
    with serve_central(whole) as central:
        variables["SEMVERDIFF_CENTRAL_URL"] = central.address
        back = audit(tmp_path, "central:acme", "--format", "json", **variables)
    assert back.code == 0
    assert states(back) == {"judged": 22, "first-release": 2}


def test_a_registry_that_is_not_there_is_said(tmp_path: Path) -> None:
    with refused_address() as address:
        ended = audit(tmp_path, "central:acme", "central:acme/shop", SEMVERDIFF_CENTRAL_URL=address)
    assert ended.code == 3
    assert ended.err.count("error: central:acme") == 2
    offline = audit(tmp_path, "central:acme", "--offline")
    assert "--offline asks nobody" in offline.err


def test_what_failed_is_tried_again_by_request(archives: Path, tmp_path: Path) -> None:
    audit(tmp_path, "archives")
    store = tmp_path / "semver-audit.sqlite"
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(
            'UPDATE results SET state = \'crashed\', result_json = \'{"type":"crashed","how":"it died"}\''
        )
    assert states(audit(tmp_path, "archives", "--format", "json"))["crashed"] == 8
    assert states(audit(tmp_path, "archives", "--format", "json", "--retry"))["judged"] == 7
    assert archives.is_dir()


def test_what_exceeded_a_limit_is_tried_again_with_a_higher_one(tmp_path: Path) -> None:
    write_releases(tmp_path / "archives", {"acme/shop": {"1.0.0": PLAIN, "1.0.1": PLAIN}})
    audit(tmp_path, "archives")
    store = tmp_path / "semver-audit.sqlite"
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(
            "UPDATE results SET state = 'exceeded', "
            'result_json = \'{"type":"exceeded","what":"cpu","allowed":300}\''
        )
    assert states(audit(tmp_path, "archives", "--format", "json"))["exceeded"] == 1
    ended = audit(tmp_path, "archives", "--cpu-limit", "301", "--format", "json")
    assert states(ended) == {"first-release": 1, "judged": 1}


def test_a_path_may_hold_bytes_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"archives\xff")
    write_releases(tmp_path / name, {"acme/shop": {"1.0.0": PLAIN, "1.0.1": PLAIN}})
    ended = audit(tmp_path, name, "--format", "json", "--output", "out")
    assert (ended.code, ended.err) == (0, "")
    assert states(ended) == {"first-release": 1, "judged": 1}
    assert "\\udcff" in (tmp_path / "out" / "releases.csv").read_text("utf-8")


def test_options_that_make_no_sense_are_refused(archives: Path, tmp_path: Path) -> None:
    for arguments in (("--jobs", "0"), ("--cpu-limit", "0"), ("--format", "html"), ("--memory-limit", "1")):
        assert audit(tmp_path, "archives", *arguments).code == 2
    assert audit(tmp_path).code == 2
    assert archives.is_dir()
    assert not (tmp_path / "semver-audit.sqlite").exists()


def test_a_directory_that_cannot_be_made_is_said_before_any_work(archives: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    for place in ("taken", "taken/out"):
        ended = audit(tmp_path, "archives", "--output", place)
        assert ended.code in {2, 3}
        assert "taken" in ended.err
    assert archives.is_dir()
    assert not (tmp_path / "semver-audit.sqlite").exists()


def test_libraries_that_are_not_installed_are_named_before_any_work(archives: Path, tmp_path: Path) -> None:
    # A module that is None cannot be imported: as if it were not there.
    (tmp_path / "without" / "sitecustomize.py").parent.mkdir()
    (tmp_path / "without" / "sitecustomize.py").write_text(
        "import importlib.util\n"
        "found = importlib.util.find_spec\n"
        "missing = ('polars', 'matplotlib', 'distributed')\n"
        "importlib.util.find_spec = lambda name, *more: None if name in missing else found(name, *more)\n"
    )
    path = {"PYTHONPATH": str(tmp_path / "without")}
    ended = audit(tmp_path, "archives", "--output", "out", **path)
    assert ended.code == 2
    assert (
        "error: --output needs libraries that are not installed: python -m pip install 'matplotlib"
        in ended.err
    )
    assert "'polars" in ended.err
    ended = audit(tmp_path, "archives", "--scheduler", "tcp://127.0.0.1:1", **path)
    assert ended.code == 2
    assert (
        "--scheduler needs libraries that are not installed: python -m pip install 'distributed" in ended.err
    )
    assert not (tmp_path / "semver-audit.sqlite").exists()
    assert not (tmp_path / "out").exists()
    assert audit(tmp_path, "archives", **path).code == 0
    assert archives.is_dir()
