"""Killed at any moment: whatever a run was doing, the cache is valid afterwards and the next run is right."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.central import serve_central
from support.registries import table

if TYPE_CHECKING:
    from pathlib import Path

# Runs in a process of its own and forks once for every line that writes: the child is killed before it.
# What is imported is imported once, before the first fork.
_PROGRAM = """
import hashlib, json, os, signal, sys
from pathlib import Path
import semverdiff.packages.disk as disk
import semverdiff.registry.cache as cache
from semverdiff.baselines import Auto, resolve
from semverdiff.registry import environment_from
from msgspec.structs import replace
from semverdiff.artifact import Provenance
from semverdiff.packages import Package

address, place = sys.argv[1], Path(sys.argv[2])
WRITING = {(cache.__file__, "_write")} | {
    (disk.__file__, name) for name in ("replace_file", "replace_files", "_write_new")
}

def answer(downloads):
    environment = {"SEMVERDIFF_CENTRAL_URL": address, "SEMVERDIFF_CACHE_DIR": str(downloads)}
    candidate = Package("acme", "shop", "1.4.0", (), Provenance("directory"))
    environment = replace(environment_from(environment, place), agent="semverdiff/1.2.3")
    found = resolve(Auto(), candidate.identity, environment)
    return found.package.version, found.package.provenance.digest, found.published, found.notes

def killed_before(number, downloads):
    lines = 0
    def trace(frame, event, argument):
        nonlocal lines
        if (frame.f_code.co_filename, frame.f_code.co_name) not in WRITING:
            return None
        if event == "line":
            lines += 1
            if lines == number:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)
    answer(downloads)

def check(downloads):
    for file in downloads.rglob("*.bala"):
        assert hashlib.sha256(file.read_bytes()).hexdigest() == file.stem, file
    for file in downloads.rglob("[!.]*.json"):
        json.loads(file.read_bytes())

expected = answer(place / "whole")
number = 0
while True:
    number += 1
    downloads = place / str(number)
    child = os.fork()
    if child == 0:
        killed_before(number, downloads)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if status == 0:
        break
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, status
    check(downloads)
    assert answer(downloads) == expected, number
    check(downloads)
    cache.clear_cache(downloads)
    assert list(downloads.rglob("*.bala")) == [], number
print(number - 1)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="nothing can be forked there")
def test_a_run_that_is_killed_before_any_line_that_writes_leaves_a_valid_cache(
    tmp_path: Path, repository: Path
) -> None:
    with serve_central(table()) as central:
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, central.address, str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
            env={"PYTHONPATH": str(repository)},
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 40  # three files and the mark of the folder, a dozen lines each
