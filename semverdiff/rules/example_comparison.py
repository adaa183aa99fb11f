"""Comparison of an example's two versions, by the same steps as of any package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import packages
from semverdiff.api import Outlines, Surface
from semverdiff.compare import compare
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
    folders = packages.folders_of(contents)
    tree = packages.ListedTree("shop", folders, lambda path: contents[path].encode())
    return packages.read_sources(tree, packages.Provenance("directory"))
