"""The entries of a manifest that describe a package to people: good for telling whether one changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.packages.documents import Table

__all__ = ["archived_descriptions", "manifest_descriptions"]


def manifest_descriptions(package: Table) -> tuple[tuple[str, str], ...]:
    """Return the descriptive entries of `[package]`, under the names that they have in package.json."""
    return _entries(
        package,
        lists={"license": "licenses", "authors": "authors", "keywords": "keywords"},
        texts={"repository": "source_repository", "description": "description", "icon": "icon"},
    )


def archived_descriptions(package: Table) -> tuple[tuple[str, str], ...]:
    """Return the descriptive entries of a package.json."""
    same = {name: name for name in ("licenses", "authors", "keywords")}
    texts = {name: name for name in ("source_repository", "description", "icon")}
    return _entries(package, lists=same, texts=texts)


def _entries(table: Table, lists: Mapping[str, str], texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    found = {name: "\n".join(table.texts(key) or ()) for key, name in lists.items()}
    found |= {name: table.text(key) or "" for key, name in texts.items()}
    # An archive keeps the icon under `docs/`, wherever it was.
    found["icon"] = found["icon"].rpartition("/")[2]
    found["template"] = "true" if table.flag("template") else ""
    return tuple(sorted((name, text) for name, text in found.items() if text))
