"""What the sources of an audit name: lists of them, and what Central is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.releases import PLAIN, write_releases

from semverdiff import limits
from semverdiff.audit.sources import releases_in
from semverdiff.errors import SemverdiffError
from semverdiff.registry import Environment

if TYPE_CHECKING:
    from semverdiff.releases import Releases


def _found(text: str) -> dict[str, str]:
    """Return the sources that a text names, and what is there: the versions, or why nobody knows."""
    environment = Environment(Path("nowhere"), offline=True)
    return {source: _told(what) for source, what in releases_in([text], environment)}


def _told(what: Releases | SemverdiffError) -> str:
    if isinstance(what, SemverdiffError):
        return str(what)
    return ", ".join(one.version for package in what.packages for one in package.releases)


def _list(tmp_path: Path, *lines: str) -> str:
    file = tmp_path / "sources.txt"
    file.write_text("\n".join(lines))
    return f"list:{file}"


def test_a_list_may_name_packages_of_central_beside_paths(tmp_path: Path) -> None:
    write_releases(tmp_path / "archives", {"acme/shop": {"1.0.0": PLAIN}})
    found = _found(_list(tmp_path, "archives", "central:acme/shop", "git:archives"))
    assert found[str(tmp_path / "archives")] == "1.0.0"
    # That of Central is asked for by its name, and no path below the list.
    assert "no version is in a cache here" in found["central:acme/shop"]
    assert f"git:{tmp_path / 'archives'}" in found


def test_a_list_names_no_other_list(tmp_path: Path) -> None:
    source = _list(tmp_path, "list:others.txt")
    assert _found(source) == {
        source: "'sources.txt' names another list, 'list:others.txt': name that beside it"
    }


def test_a_list_is_read_only_as_long_as_a_list_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _list(tmp_path, "# two sources", "one", "two")
    assert set(_found(source)) == {str(tmp_path / "one"), str(tmp_path / "two")}
    monkeypatch.setattr(limits, "LISTED_SOURCES", 1)
    assert _found(source) == {source: "'sources.txt' names too many sources: expected at most 1"}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("central:", "'central:' names nothing: expected central:ORG or central:ORG/NAME"),
        ("central:a b", "'central:a b' names nothing: expected central:ORG or central:ORG/NAME"),
        ("central-search: ", "'central-search:' names nothing to search for: expected central-search:TEXT"),
    ],
)
def test_what_asks_central_for_nothing_is_refused(source: str, why: str) -> None:
    assert _found(source) == {source: why}
