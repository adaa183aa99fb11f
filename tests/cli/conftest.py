"""Two ways to run the program: as a process, where that matters, and quicker in this one."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Protocol

import pytest
from cli.examples import NEW, OLD, Ended, start
from support.packages import write_package

from semverdiff.cli.program import run

if TYPE_CHECKING:
    from pathlib import Path


_READ = re.compile(
    r"SEMVERDIFF_|BALLERINA_|GITHUB_|CI_|(HTTPS|ALL|NO)_PROXY$|SSL_CERT_FILE|REQUESTS_CA_", re.IGNORECASE
)


class Semver(Protocol):
    """Runs `semver` with arguments; keywords are environment variables."""

    def __call__(self, *arguments: str | Path, **environment: str) -> Ended: ...


@pytest.fixture
def process(tmp_path: Path) -> Semver:
    """Run a process of its own in the test's directory."""

    def call(*arguments: str | Path, **environment: str) -> Ended:
        running = start(tuple(map(str, arguments)), tmp_path, environment)
        out, err = running.communicate(timeout=60)
        return Ended(running.returncode, out.decode(), err.decode())

    return call


@pytest.fixture
def semver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Semver:
    """Run in this process, in the test's directory, with no environment that the program reads."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in os.environ:
        if name in {"NO_COLOR", "FORCE_COLOR", "TERM"} or _READ.match(name):
            monkeypatch.delenv(name)

    def call(*arguments: str | Path, **environment: str) -> Ended:
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            code = run(list(map(str, arguments)))
        written = capsys.readouterr()
        return Ended(code, written.out, written.err)

    return call


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a package."""
    return write_package(tmp_path / "old", {"orders.bal": OLD}, version="1.3.0")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Return its next version, which breaks clients but has only a higher minor number."""
    return write_package(tmp_path / "new", {"orders.bal": NEW})
