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
from support.git_repositories import commit, git, repository_at
from support.maven import Maven, index_of, serve_maven

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = [
    "ROOT",
    "Reader",
    "branches",
    "checkout",
    "example",
    "nothing",
    "reader",
    "repository",
    "tagged",
    "workspace",
]

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
    company: Maven

    @property
    def pushed(self) -> Path:
        """The folder of archives on their way to the registry: `<org>-<name>-any-<version>.bala`."""
        return Path(self.variables["BALLERINA_CENTRAL"])

    def shown(self, line: str) -> str:
        """Return a line as documents show it: with the address of the company's repository."""
        return line.replace(self.company.address, "https://packages.example.org/ballerina")

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
    # With times of their own: git takes a file of the same size and time, as after a checkout, for the same.
    shutil.copytree(
        ROOT / "fixtures" / "shop-1.4.0", directory, copy_function=shutil.copy, dirs_exist_ok=True
    )
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


def branches(directory: Path) -> list[Published]:
    """Begin on the branch `next`, which has 1.4.0 of the package; `main` has 1.3.0, which is tagged."""
    repository_at(directory)
    shutil.copytree(ROOT / "fixtures" / "shop-1.3.0", directory, dirs_exist_ok=True)
    commit(directory, {}, tag="v1.3.0")
    git(directory, "switch", "--quiet", "--create", "next")
    published = example(directory)
    commit(directory, {})
    return published


def tagged(directory: Path) -> list[Published]:
    """Begin in a repository whose tags are two releases of the example package, a month apart."""
    repository_at(directory)
    shutil.copytree(ROOT / "fixtures" / "shop-1.3.0", directory, dirs_exist_ok=True)
    commit(directory, {}, tag="v1.3.0", day="2026-01-01")
    published = example(directory)
    commit(directory, {}, tag="v1.4.0", day="2026-02-01")
    return published


def workspace(directory: Path) -> list[Published]:
    """Begin in a workspace of the example package and of a new one."""
    (directory / "Ballerina.toml").write_text('[workspace]\npackages = ["shop", "cart"]\n', "utf-8")
    published = example(directory / "shop")
    cart = directory / "cart"
    cart.mkdir()
    (cart / "Ballerina.toml").write_text(
        '[package]\norg = "acme"\nname = "cart"\nversion = "0.1.0"\n', "utf-8"
    )
    (cart / "main.bal").write_text("public function size() returns int => 0;\n", "utf-8")
    return published


def _company(published: list[Published]) -> dict[str, bytes]:
    """Return the files of a custom repository that has what is published of `acme/shop`."""
    found = [one for one in published if one.name == "shop"]
    archives = {f"{one.version}/shop-{one.version}.bala": one.content for one in found}
    return {"maven-metadata.xml": index_of(*(one.version for one in found)), **archives}


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
    published = begin(directory)
    files = {f"acme/shop/{name}": content for name, content in _company(published).items()}
    with serve_central(published) as central, serve_maven(files) as company:
        (home / ".ballerina").mkdir()
        settings = f'[[repository.maven]]\nid = "company"\nurl = "{company.address}"\n'
        (home / ".ballerina" / "Settings.toml").write_text(settings, "utf-8")
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
        yield Reader(directory, variables, central, company)
