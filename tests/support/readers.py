"""Where the reader of a document begins: files, published packages, and the variables of his commands."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from support import bal
from support.central import Central, Published, serve_central
from support.git_repositories import commit, repository_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["ROOT", "Reader", "checkout", "example", "nothing", "reader", "repository"]

ROOT = Path(__file__).resolve().parents[2]

_GIT = """\
[user]
\tname = Reader
\temail = reader@example.org
[init]
\tdefaultBranch = main
[advice]
\tdetachedHead = false
"""
# Nothing is fetched: what is built and installed needs is in the folder of the dependencies.
_PIP = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0"}
_SOURCES = ("semverdiff", "grammars", "setup.py", "pyproject.toml", "README.md", "LICENSE")


class Reader(NamedTuple):
    """Who types the commands of a document."""

    directory: Path
    variables: Mapping[str, str]
    central: Central

    @property
    def pushed(self) -> Path:
        """The folder of archives on their way to the registry: `<org>-<name>-any-<version>.bala`."""
        return Path(self.variables["BALLERINA_CENTRAL"])

    def publish(self) -> None:
        """Publish what was pushed. A registry takes no version twice."""
        for archive in self.pushed.iterdir():
            organization, name, platform, version = archive.stem.split("-", 3)
            self.central.publish(Published(organization, name, version, archive.read_bytes(), platform))
            archive.unlink()


def nothing(_: Path) -> list[Published]:
    """Begin with an empty directory, and a registry without packages."""
    return []


def example(directory: Path) -> list[Published]:
    """Begin in the package `acme/shop`: 1.4.0 is in work, and 1.3.0 published."""
    shutil.copytree(ROOT / "fixtures" / "shop-1.4.0", directory, dirs_exist_ok=True)
    content = (ROOT / "fixtures" / "acme-shop-any-1.3.0.bala").read_bytes()
    return [Published("acme", "shop", "1.3.0", content)]


def checkout(directory: Path) -> list[Published]:
    """Begin beside a checkout of this project, in which nothing is built."""
    (directory / "semverdiff").mkdir()
    for name in _SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, directory / "semverdiff" / name)
    for built in directory.rglob("*.so"):
        built.unlink()
    return []


def repository(directory: Path) -> list[Published]:
    """Begin with the same package, committed on the branch `main`."""
    published = example(directory)
    repository_at(directory)
    commit(directory, {}, tag=None)
    return published


@contextmanager
def reader(
    begin: Callable[[Path], list[Published]], folder: Path, programs: Path, dependencies: Path | None = None
) -> Iterator[Reader]:
    """Yield a reader whose commands reach nothing outside of a folder but a registry on loopback.

    `programs` is the folder of the `semver` that is tried, `dependencies` one of packages that it may import.
    """
    directory, home, tools, pushed = (folder / name for name in ("work", "home", "tools", "pushed"))
    for one in (directory, home, tools, pushed):
        one.mkdir(parents=True)
    (tools / "bal").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{bal.__file__}" "$@"\n', "utf-8")
    (tools / "bal").chmod(0o755)
    (home / ".gitconfig").write_text(_GIT, "utf-8")
    with serve_central(begin(directory)) as central:
        variables = {
            "PATH": os.pathsep.join((str(programs), str(tools), "/usr/local/bin", "/usr/bin", "/bin")),
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
            "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
            "GIT_CONFIG_NOSYSTEM": "1",
            "BALLERINA_CENTRAL": str(pushed),
            "SEMVERDIFF_CENTRAL_URL": central.address,
        }
        if dependencies is not None:
            variables |= {"PYTHONPATH": str(dependencies)} | _PIP
        yield Reader(directory, variables, central)
