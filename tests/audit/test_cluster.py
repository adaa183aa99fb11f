"""The same audit on a Dask cluster: the same results, the same limits, and what is lost is said."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from audit.conftest import MISCHIEF
from audit.test_command import audit, states, wait_for
from cli.examples import start
from support.releases import BREAKING, PLAIN, write_releases

import semverdiff

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

_NEEDED = ("PATH", "COVERAGE_PROCESS_CONFIG")


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._processes: list[subprocess.Popen[bytes]] = []
        self._file = directory / "scheduler.json"

    def start(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a part of it."""
        needed = {name: os.environ[name] for name in _NEEDED if name in os.environ}
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--scheduler-file", str(self._file)],
            cwd=self._directory,
            env={**needed, "HOME": str(self._directory), **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._processes.append(process)
        return process

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        """Start the scheduler and wait until it says where it is."""
        process = self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self._wait_until(lambda: self.address != "")
        return process

    def start_workers(self, count: int, **environment: str) -> None:
        """Start workers; whoever gives them tasks waits for those that are not there yet."""
        words = ("worker", "--nworkers", str(count), "--nthreads", "1", "--no-dashboard")
        self.start(*words, "--local-directory", str(self._directory / "work"), **environment)
        self._wait_until(lambda: self._workers() == count)

    @property
    def address(self) -> str:
        """Return the address of the scheduler, empty as long as there is none."""
        try:
            found = json.loads(self._file.read_text())["address"]
        except (OSError, ValueError):
            return ""
        return str(found)

    def stop(self) -> None:
        """Kill what is left."""
        for process in reversed(self._processes):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _workers(self) -> int:
        code = (
            "import sys; from distributed import Client\n"
            "with Client(sys.argv[1], timeout=30) as client: print(len(client.nthreads()))"
        )
        done = subprocess.run([sys.executable, "-c", code, self.address], capture_output=True, check=True)
        return int(done.stdout)

    @staticmethod
    def _wait_until(holds: object) -> None:
        assert callable(holds)
        deadline = time.monotonic() + 90
        while not holds():
            assert time.monotonic() < deadline
            time.sleep(0.2)


@contextmanager
def cluster_in(directory: Path) -> Iterator[Cluster]:
    """Return a cluster without parts yet, which ends with the block."""
    directory.mkdir()
    cluster = Cluster(directory)
    try:
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Return a scheduler without workers."""
    with cluster_in(tmp_path / "cluster") as found:
        found.start_scheduler()
        yield found


def test_a_cluster_gives_the_same_results(cluster: Cluster, tmp_path: Path) -> None:
    packages = {f"acme/shop{number}": {"1.0.0": PLAIN, "1.0.1": BREAKING} for number in range(20)}
    packages["acme/broken"] = {"1.0.0": PLAIN, "1.0.1": "public function ("}
    write_releases(tmp_path / "archives", packages)
    cluster.start_workers(2)
    here = audit(tmp_path, "archives", "--store", "here.sqlite", "--output", "here")
    there = audit(
        tmp_path, "archives", "--store", "there.sqlite", "--output", "there", "--scheduler", cluster.address
    )
    assert (there.code, there.out, there.err) == (here.code, here.out, here.err)
    for file in (tmp_path / "here").iterdir():
        if not file.name.startswith("times"):
            assert (tmp_path / "there" / file.name).read_bytes() == file.read_bytes(), file.name


def test_limits_hold_on_a_cluster(cluster: Cluster, tmp_path: Path) -> None:
    names = ("spins", "sleeps", "aborts", "shop")
    write_releases(
        tmp_path / "archives", {f"acme/{name}": {"1.0.0": PLAIN, "1.0.1": PLAIN} for name in names}
    )
    cluster.start_workers(1, PYTHONPATH=str(MISCHIEF))
    limits = ("--cpu-limit", "1", "--time-limit", "8")
    ended = audit(tmp_path, "archives", "--scheduler", cluster.address, *limits, "--format", "json")
    assert ended.code == 0
    assert states(ended) == {"first-release": 4, "exceeded": 2, "crashed": 1, "judged": 1}


def test_workers_with_another_program_judge_nothing(cluster: Cluster, tmp_path: Path) -> None:
    write_releases(tmp_path / "archives", {"acme/shop": {"1.0.0": PLAIN, "1.0.1": PLAIN}})
    shutil.copytree(Path(semverdiff.__file__).parent, tmp_path / "other" / "semverdiff")
    with (tmp_path / "other" / "semverdiff" / "versions.py").open("a") as file:
        file.write("\n# another version\n")
    cluster.start_workers(1, PYTHONPATH=str(tmp_path / "other"))
    ended = audit(tmp_path, "archives", "--scheduler", cluster.address)
    assert ended.code == 3
    assert "the workers of the cluster have another program" in ended.err
    assert states(audit(tmp_path, "archives", "--format", "json")) == {"first-release": 1, "judged": 1}


def test_a_scheduler_without_workers_is_said(cluster: Cluster, tmp_path: Path) -> None:
    write_releases(tmp_path / "archives", {"acme/shop": {"1.0.0": PLAIN, "1.0.1": PLAIN}})
    ended = audit(tmp_path, "archives", "--scheduler", cluster.address)
    assert ended.code == 3
    assert f"has no workers: start some by 'dask worker {cluster.address}'" in ended.err


def test_a_scheduler_that_is_not_there_is_said(tmp_path: Path) -> None:
    write_releases(tmp_path / "archives", {"acme/shop": {"1.0.0": PLAIN, "1.0.1": PLAIN}})
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        ended = audit(tmp_path, "archives", "--scheduler", address)
    assert ended.code == 3
    assert f"no scheduler of Dask answers at '{address}'" in ended.err
    assert "no scheduler of Dask answers" in audit(tmp_path, "archives", "--scheduler", "nowhere").err


def test_a_scheduler_that_goes_away_loses_nothing(tmp_path: Path) -> None:
    packages = {f"acme/works_{number}": {"1.0.0": PLAIN, "1.0.1": BREAKING} for number in range(30)}
    write_releases(tmp_path / "archives", packages)
    with cluster_in(tmp_path / "cluster") as cluster:
        scheduler = cluster.start_scheduler()
        cluster.start_workers(1, PYTHONPATH=str(MISCHIEF))
        arguments = ("audit", "archives", "--dependencies", "none", "--scheduler", cluster.address)
        running = start(arguments, tmp_path, {})
        wait_for(tmp_path / "semver-audit.sqlite", 5)
        scheduler.kill()
        _, err = running.communicate(timeout=120)
    assert running.returncode == 3
    assert err.decode().startswith("error: a task was lost (")
    assert b"see whether the cluster still runs, and give the same command again" in err
    assert b"Traceback" not in err
    ended = audit(tmp_path, "archives", "--format", "json")
    assert states(ended) == {"first-release": 30, "judged": 30}
