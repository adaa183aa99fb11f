"""Small packages from texts: in memory, read by the same code as those on disk, or as a directory.

`archives` builds archives of them, `git_repositories` revisions, and `sources` says what they declare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.artifact import Provenance
from semverdiff.packages import ListedTree, folders_of, read_sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from semverdiff.packages import Package

__all__ = ["manifest", "package", "write_package"]


def manifest(version: str = "1.4.0", name: str = "shop", more: str = "") -> str:
    """Return a small Ballerina.toml of the organization acme."""
    return f'[package]\norg = "acme"\nname = "{name}"\nversion = "{version}"\n{more}'


def package(
    files: str | Mapping[str, str], ballerina_toml: str | None = None, *, exported: bool = True
) -> Package:
    """Read the sources of a package, acme/shop 1.0.0 if nothing else is said.

    A text alone is the one file of the default module; `modules/orders/lib.bal` is in shop.orders. With
    `exported=False` clients can import none of its modules.
    """
    sources = {"lib.bal": files} if isinstance(files, str) else files
    contents = {"Ballerina.toml": ballerina_toml or manifest("1.0.0"), **sources}
    tree = ListedTree("shop", folders_of(contents), lambda path: contents[path].encode())
    read = read_sources(tree, Provenance("directory"))
    if exported:
        return read
    return replace(read, modules=tuple(replace(module, exported=False) for module in read.modules))


def write_package(root: Path, files: Mapping[str, str | bytes], version: str = "1.4.0") -> Path:
    """Write the files of a package below a directory, with a Ballerina.toml unless one is given."""
    for path, content in {"Ballerina.toml": manifest(version), **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root
