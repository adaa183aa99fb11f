"""What does comparing an example find? The whole line runs on it, as on any package."""

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
    from semverdiff.rules.examples import Example

__all__ = ["example_differences"]

_MANIFEST = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n'


def example_differences(shown: Example) -> list[Difference]:
    """Compare the two sides of an example; a package acme/shop has what it does not show."""
    outlines = Outlines()
    old, new = (Surface(_package(files, shown.around), outlines) for files in (shown.before, shown.after))
    return compare(old, new)


def _package(files: Mapping[str, str], around: str) -> Package:
    contents = {"Ballerina.toml": _MANIFEST, **files, CODE: f"{files.get(CODE, '')}\n{around}"}
    tree = ListedTree("shop", folders_of(contents), lambda path: contents[path].encode())
    return read_sources(tree, Provenance("directory"))
