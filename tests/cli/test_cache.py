"""`semver cache`: what a check leaves behind, counted and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.examples import OLD, report_of
from rich import filesize
from support.archives import build_bala
from support.central import Published, serve_central

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

_ARCHIVE = build_bala("acme", "shop", "1.3.0", {"modules/shop/orders.bal": OLD})


@pytest.fixture
def folder(tmp_path: Path, semver: Semver, new: Path) -> Path:
    """Return a cache that a check against a registry has filled."""
    cache = tmp_path / "cache"
    with serve_central([Published("acme", "shop", "1.3.0", _ARCHIVE)]) as central:
        semver("check", new, SEMVERDIFF_CENTRAL_URL=central.address, SEMVERDIFF_CACHE_DIR=str(cache))
    return cache


def test_what_is_kept_is_counted_by_kind(semver: Semver, folder: Path) -> None:
    ended = semver("cache", "info", "--format", "json", SEMVERDIFF_CACHE_DIR=str(folder))
    told = report_of(ended)
    parts = told["parts"]
    assert isinstance(parts, dict)
    assert (ended.code, told["folder"]) == (0, str(folder))
    assert parts["archives"] == {"files": 1, "size": len(_ARCHIVE)}
    assert set(parts) == {"answers", "archives"}
    assert told["size"] == sum(part["size"] for part in parts.values())
    assert "archives" in semver("cache", "info", SEMVERDIFF_CACHE_DIR=str(folder)).out


def test_what_is_kept_is_removed_and_nothing_else(semver: Semver, folder: Path) -> None:
    (folder / "mine.txt").write_text("not of this program", encoding="utf-8")
    ended = semver("cache", "clear", SEMVERDIFF_CACHE_DIR=str(folder))
    assert (ended.code, ended.out.startswith(f"removed from {folder}: ")) == (0, True)
    assert [one.name for one in folder.iterdir()] == ["mine.txt"]
    empty = report_of(semver("cache", "info", "--format", "json", SEMVERDIFF_CACHE_DIR=str(folder)))
    assert (empty["size"], empty["parts"]) == (0, {})


def test_no_cache_is_an_empty_one(tmp_path: Path, semver: Semver) -> None:
    for command in ("info", "clear"):
        ended = semver("cache", command, SEMVERDIFF_CACHE_DIR=str(tmp_path / "none"))
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.endswith("none: 0 bytes\n")


def test_a_terminal_gets_the_same_words(semver: Semver, folder: Path) -> None:
    plain, colored = (
        semver("cache", "info", "--color", color, SEMVERDIFF_CACHE_DIR=str(folder)).out
        for color in ("never", "always")
    )
    assert f"  archives        1 files {filesize.decimal(len(_ARCHIVE)):>10}\n" in plain
    assert colored.split() == plain.split()
