"""Comparison of an example's two versions, by the same steps as of any package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import Outlines, Surface
from semverdiff.compare import compare
from semverdiff.packages import ListedTree, Provenance, folders_of, read_sources
from semverdiff.rules.examples import CODE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.compare import Difference
    from semverdiff.packages import Package
    from semverdiff.rules.examples import Versions

__all__ = ["example_differences"]

_MANIFEST = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n'


def example_differences(versions: Versions) -> list[Difference]:
    """Return the differences between the versions of an example, in a package acme/shop."""
    outlines = Outlines()
    old, new = (
        Surface(_package(files, versions.around), outlines) for files in (versions.before, versions.after)
    )
    return compare(old, new)


def _package(files: Mapping[str, str], around: str) -> Package:
    contents = {"Ballerina.toml": _MANIFEST, **files, CODE: f"{files.get(CODE, '')}\n{around}"}
    tree = ListedTree("shop", folders_of(contents), lambda path: contents[path].encode())
    return read_sources(tree, Provenance("directory"))
