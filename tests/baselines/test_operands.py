"""The packages that can be compared with each other, as users name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.central import serve_central
from support.git_repositories import commit, repository_at
from support.packages import manifest, write_package
from support.registries import Pauses, bala, published, table

from semverdiff.baselines.operands import read_operand, read_operands
from semverdiff.errors import BaselineError, UsageError
from semverdiff.registry import Environment

if TYPE_CHECKING:
    from pathlib import Path


def around(
    folder: Path, address: str = "http://127.0.0.1:1/2.0/registry", *, offline: bool = False
) -> Environment:
    return Environment(
        folder,
        base=address,
        downloads=folder / "downloads",
        place=folder,
        clock=Pauses().clock(),
        offline=offline,
    )


@pytest.mark.parametrize("prefix", ["", "file:"])
def test_a_path(tmp_path: Path, prefix: str) -> None:
    (tmp_path / "old.bala").write_bytes(bala("1.1.0"))
    side = read_operand(f"{prefix}{tmp_path / 'old.bala'}", around(tmp_path))
    assert (side.package.version, side.notes) == ("1.1.0", ())


def test_a_revision(tmp_path: Path) -> None:
    repository_at(tmp_path)
    commit(tmp_path, {"shop/Ballerina.toml": manifest("1.2.0"), "shop/main.bal": ""})
    package = read_operand("git:HEAD:shop", around(tmp_path)).package
    assert (package.version, package.provenance.source) == ("1.2.0", "git")


def test_the_latest_tag_needs_a_candidate(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="name the tag, as in git:v1"):
        read_operand("git:latest-tag", around(tmp_path))


@pytest.mark.parametrize(
    ("text", "version", "reason"),
    [
        ("central:acme/shop", "2.0.0", "the latest release in "),
        ("central:acme/shop:1.3.0", "1.3.0", "version 1.3.0 was asked for"),
        ("central:acme/shop:1.0.0", "1.0.0", "version 1.0.0 was asked for"),
    ],
)
def test_a_version_on_central_the_latest_release_unless_named(
    tmp_path: Path, text: str, version: str, reason: str
) -> None:
    with serve_central([published("3.0.0-rc.1"), *table()]) as central:
        side = read_operand(text, around(tmp_path, central.address))
    assert (side.package.version, side.notes) == (version, ())
    assert side.reason.startswith(reason)
    kept = read_operand(text, around(tmp_path, central.address, offline=True))
    assert kept.package == side.package


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("central:", "names no package"),
        ("central:shop", "names no package"),
        ("central:acme/shop/x", "names no package"),
        ("central:../shop", "names no package"),
        ("central:acme/shop:latest", "names no version"),
        ("central:acme/shop:", "names no version"),
        ("git:", "names no revision"),
        ("absent", "'absent' does not exist"),
    ],
)
def test_what_names_nothing_is_a_usage_error(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_operand(text, around(tmp_path))


def test_a_package_that_central_does_not_show_is_an_error(tmp_path: Path) -> None:
    with serve_central([]) as central, pytest.raises(BaselineError, match="shows no package acme/shop"):
        read_operand("central:acme/shop", around(tmp_path, central.address))


# Two operands, one of which may say only where the other's package is published.


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory, which holds a version of the package."""
    (tmp_path / "shop.bala").write_bytes(bala("1.4.0"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "versions"),
    [
        ("shop.bala", "shop.bala", ("1.4.0", "1.4.0")),
        ("central", "shop.bala", ("1.3.0", "1.4.0")),
        ("central:1.0.0", "shop.bala", ("1.0.0", "1.4.0")),
        ("shop.bala", "central:2.0.0", ("1.4.0", "2.0.0")),
    ],
)
def test_a_place_alone_stands_for_the_package_of_the_other_operand(
    here: Path, old: str, new: str, versions: tuple[str, str]
) -> None:
    with serve_central(table()) as central:
        sides = read_operands(old, new, around(here, central.address))
    assert tuple(side.package.version for side in sides) == versions


@pytest.mark.parametrize(("old", "new"), [("central", "local"), ("repository:nexus", "git:latest-tag")])
def test_two_places_name_no_package(here: Path, old: str, new: str) -> None:
    with pytest.raises(UsageError, match=f"neither '{old}' nor '{new}' names a package"):
        read_operands(old, new, around(here))


def test_a_place_where_nothing_is_published_names_nothing(here: Path) -> None:
    with (
        serve_central([]) as central,
        pytest.raises(BaselineError, match="'central' names nothing: no version of acme/shop is published"),
    ):
        read_operands("central", "shop.bala", around(here, central.address))


@pytest.mark.parametrize("word", ["central", "local", "repository"])
def test_a_directory_that_is_named_like_a_place_is_meant_by_its_name(here: Path, word: str) -> None:
    write_package(here / word, {"main.bal": ""}, "1.1.0")
    old, _ = read_operands(word, "shop.bala", around(here))
    assert old.package.version == "1.1.0"


def test_the_latest_tag_may_have_the_package_in_another_directory(here: Path) -> None:
    repository_at(here)
    commit(here, {"shop/Ballerina.toml": manifest("1.2.0"), "shop/main.bal": ""}, tag="v1.2.0")
    old, new = read_operands("git:latest-tag:shop", "shop.bala", around(here))
    assert (old.package.version, new.package.version) == ("1.2.0", "1.4.0")


@pytest.mark.parametrize("name", ["central", "api"])
def test_a_directory_may_have_the_name_of_a_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write_package(tmp_path / name, {"main.bal": ""}, version="3.0.0")
    monkeypatch.chdir(tmp_path)
    assert read_operand(name, around(tmp_path)).package.version == "3.0.0"
