"""The front door's functions: what kind of thing lies at a path, and who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.errors import ArchiveError, UsageError
from semverdiff.packages.filesystem import DiskTree
from semverdiff.packages.model import Provenance
from semverdiff.packages.names import quoted
from semverdiff.packages.sources import read_sources

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.packages.model import Package

__all__ = ["find_root", "read_archive", "read_directory", "read_extracted", "read_package", "sources_root"]

_JSON_MANIFESTS = frozenset({"bala.json", "package.json", "dependency-graph.json"})
_TOML_MANIFESTS = frozenset({"Bala.toml", "Ballerina.toml"})


def read_package(path: Path) -> Package:
    """Read what a user points at: a package directory or any below it, a `.bala`, an extracted bala.

    Raises:
        UsageError: nothing is there, or something that is no package (a lone `.bal`, a workspace).
        ManifestError: the manifest of a package directory is broken.
        ArchiveError: an archive is broken or must not be trusted.
        SourceError: sources are missing or cannot be read.

    """
    if path.is_dir():
        if _is_extracted(path):
            return read_extracted(path, Provenance("bala"))
        return read_directory(find_root(path))
    name = path.name
    if not path.exists():
        raise UsageError(
            f"{quoted(name)} does not exist: expected the directory of a package, or a .bala file."
        )
    if path.suffix == ".bal":
        raise UsageError(
            f"{quoted(name)} is a single file, which has no version: expected a package. Give the directory "
            "that holds its Ballerina.toml."
        )
    if path.suffix == ".toml":
        raise UsageError(
            f"{quoted(name)} is a manifest: expected a package. Give the directory that it lies in."
        )
    content = _content(path)
    import hashlib  # noqa: PLC0415 (slow: only where an archive is read)

    digest = hashlib.sha256(content).hexdigest()
    return read_archive(content, name=name, provenance=Provenance("bala", digest=digest))


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
        f"{quoted(start.name)} is not in a Ballerina package: expected a Ballerina.toml there or above, "
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


def read_directory(path: Path) -> Package:
    """Read the package whose Ballerina.toml lies in a directory; errors as `read_package`."""
    return read_sources(DiskTree(path), Provenance("directory"))


def read_archive(content: bytes, *, name: str, provenance: Provenance) -> Package:
    """Read a `.bala`, in memory; `name` is the file name that messages use.

    Raises:
        ArchiveError: it is broken, or must not be trusted.
        SourceError: sources in it cannot be read.

    """
    # Slow, and sources need neither: what reads archives.
    from semverdiff.packages.archive import archive_tree  # noqa: PLC0415
    from semverdiff.packages.bala import read_bala  # noqa: PLC0415

    with archive_tree(content, name) as tree:
        return read_bala(tree, provenance)


def read_extracted(path: Path, provenance: Provenance) -> Package:
    """Read a directory that an archive was unpacked into, a cached one say; links out of it are refused.

    Raises:
        ArchiveError: files are missing (an interrupted pull leaves such directories), or are broken.
        SourceError: sources in it cannot be read.

    """
    from semverdiff.packages.bala import read_bala  # noqa: PLC0415 (as above)

    tree = DiskTree(path, confined=True)
    files = frozenset(tree.files(""))
    expected = _TOML_MANIFESTS if "Bala.toml" in files else _JSON_MANIFESTS
    missing = sorted(expected - files)
    if missing:
        raise ArchiveError(
            f"{quoted(tree.label)} is not a complete archive: {', '.join(missing)} missing. Remove the "
            "directory and pull the package again."
        )
    return read_bala(tree, provenance)


def _is_extracted(path: Path) -> bool:
    """Return an unpacked archive from a package that is worked on, also beside other tools' package.json."""
    if (path / "Bala.toml").is_file():
        return True
    if (path / "Ballerina.toml").is_file():
        return False
    return (path / "bala.json").is_file() or (
        (path / "package.json").is_file() and (path / "modules").is_dir()
    )


def _content(path: Path) -> bytes:
    from semverdiff.packages.archive import MAX_ARCHIVE_BYTES  # noqa: PLC0415 (as above)

    try:
        if not path.is_file():
            raise UsageError(
                f"{quoted(path.name)} is not a regular file: expected a package directory or a .bala."
            )
        if path.stat().st_size > MAX_ARCHIVE_BYTES:
            raise ArchiveError(
                f"{quoted(path.name)} is too large: expected at most {MAX_ARCHIVE_BYTES:,} bytes."
            )
        return path.read_bytes()
    except OSError as error:
        raise ArchiveError(f"{quoted(path.name)} cannot be read: {error.strerror}.") from error
