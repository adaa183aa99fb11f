"""A package from a path that a user gives: a directory, an archive, or what one was extracted into."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from semverdiff import packages
from semverdiff.artifact import Provenance
from semverdiff.errors import UsageError, in_package
from semverdiff.packages.filesystem import DiskTree, EditedTree
from semverdiff.packages.model import API_FILE_ENDING
from semverdiff.packages.sources import read_sources
from semverdiff.packages.workspace import bounds_of
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from semverdiff.packages.filesystem import Tree
    from semverdiff.packages.model import Package

__all__ = [
    "disk_tree",
    "find_root",
    "folder_within",
    "open_tree",
    "read_candidate",
    "read_directory",
    "read_package",
    "repository_folder",
    "sources_root",
]


def read_package(path: Path) -> Package:
    """Return the package at a path: a package directory or any below it, a `.bala`, an extracted bala.

    Raises:
        UsageError: nothing is there, or something that is no package (a lone `.bal`, a workspace).
        ManifestError: the manifest of a package directory is broken.
        ArchiveError: an archive is broken or must not be trusted.
        SourceError: sources are missing or cannot be read.

    """
    with in_package(path):
        if not path.is_dir():
            return _read_file(path)
        if _is_extracted(path):
            return packages.read_extracted(path, Provenance("bala"))
        root = find_root(path)
    with in_package(path if (path / "Ballerina.toml").is_file() else root):
        return read_directory(root)


def _read_file(path: Path) -> Package:
    name = path.name
    if not path.exists():
        raise UsageError(
            f"{quote(name)} does not exist: expected the directory of a package, or a .bala file."
        )
    if path.suffix == ".bal":
        raise UsageError(
            f"{quote(name)} is a single file, which has no version: expected a package. Give the directory "
            "that holds its Ballerina.toml."
        )
    if path.suffix == ".toml":
        raise UsageError(
            f"{quote(name)} is a manifest: expected a package. Give the directory that it lies in."
        )
    if path.suffix == API_FILE_ENDING:
        return packages.read_api_file(path)
    return packages.read_archive_file(path)


def read_candidate(path: Path, workspace: Path | None = None) -> Package:
    """Return the package that is to be released; raise as `read_package`.

    `workspace` is the directory of the workspace that it is a member of, where that is known.

    A Ballerina.toml makes a directory that of sources, whatever lies beside it. `bal pack` reads no
    Bala.toml, which a change set may have added to export other modules than those that clients will find.
    """
    if not (path / "Ballerina.toml").is_file():
        return read_package(path)
    with in_package(path):
        return read_directory(path, workspace)


def find_root(path: Path) -> Path:
    """Return the nearest directory with a Ballerina.toml, from a directory upward, as `bal` looks for it.

    Raises:
        UsageError: there is none.

    """
    start = path.resolve()
    for directory in (start, *start.parents):
        if (directory / "Ballerina.toml").is_file():
            return directory
    raise UsageError(
        f"{quote(start.name)} is not in a Ballerina package: expected a Ballerina.toml there or above, "
        "found none. Give the directory of a package, or a .bala file."
    )


def sources_root(path: Path) -> Path | None:
    """Return the directory that holds the Ballerina.toml of the sources at a path.

    `None` for an archive, an extracted one, and where there is no package: reading it says what is wrong.
    """
    if not path.is_dir() or _is_extracted(path):
        return None
    try:
        return find_root(path)
    except UsageError:
        return None


def repository_folder(path: Path, workspace: Path | None = None) -> str | None:
    """Return where the sources at a path lie, from the root of their repository or workspace, with `/`.

    Empty for that root itself, and `None` where no sources are: for an archive, or nothing at all.
    `workspace` is the directory of the workspace that they are a member of, where that is known.
    """
    try:
        root = sources_root(path)
    except OSError:  # The working directory is gone: told elsewhere.
        return None
    return None if root is None else folder_within(bounds_of(root, workspace), root)


def folder_within(bounds: Path, root: Path) -> str:
    """Return where a directory lies in one around it, with `/`; empty for that itself. Both are resolved."""
    folder = root.relative_to(bounds).as_posix()
    return "" if folder == "." else folder


def read_directory(
    path: Path, workspace: Path | None = None, edited: Mapping[str, bytes] | None = None
) -> Package:
    """Return the package whose Ballerina.toml lies in a directory; raise as `read_package`.

    `workspace` is the directory of the workspace that it is a member of, where that is known. `edited` are
    files that are to have another content than on disk, by their paths within the package.
    """
    root = path.resolve()
    tree = DiskTree(root, bounds=bounds_of(root, workspace))
    return read_sources(EditedTree(tree, edited) if edited else tree, Provenance("directory"))


def disk_tree(directory: Path) -> DiskTree:
    """Return the files of a directory, out of which no link leads."""
    root = directory.resolve()
    return DiskTree(root, bounds=root)


@contextmanager
def open_tree(path: Path, workspace: Path | None = None) -> Iterator[Tree]:
    """Return the files of the package at a path, which was read before; raise as `read_package` does."""
    root = sources_root(path)
    if root is not None:
        resolved = root.resolve()
        yield DiskTree(resolved, bounds=bounds_of(resolved, workspace))
    elif path.is_dir():
        yield disk_tree(path)
    else:
        with packages.open_archive(path) as tree:
            yield tree


def _is_extracted(path: Path) -> bool:
    """Return an unpacked archive from a package that is worked on, also beside other tools' package.json."""
    if (path / "Bala.toml").is_file():
        return True
    if (path / "Ballerina.toml").is_file():
        return False
    return (path / "bala.json").is_file() or (
        (path / "package.json").is_file() and (path / "modules").is_dir()
    )
