"""`semver history`: sources, what is told of each, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cli.examples import NEW, OLD
from support.archives import build_bala
from support.central import Published, serve_central
from support.git_repositories import commit, repository_at
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver
    from cli.examples import Ended


def _bala(version: str, source: str, name: str = "shop") -> bytes:
    return build_bala("acme", name, version, {f"modules/{name}/main.bal": source})


def _outcomes(ended: Ended) -> list[tuple[str, str]]:
    return [(one["version"], one["outcome"]) for one in json.loads(ended.out)["releases"]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = repository_at(tmp_path / "shop")
    commit(root, {"Ballerina.toml": manifest("1.2.0"), "orders.bal": OLD}, tag="v1.2.0")
    commit(root, {"Ballerina.toml": manifest("1.3.0"), "orders.bal": NEW}, tag="v1.3.0")
    return root


def test_tags_of_the_repository_are_releases(semver: Semver, root: Path) -> None:
    ended = semver("history", f"git:{root}", "--format", "json")
    assert (ended.code, _outcomes(ended)) == (0, [("1.2.0", "first-release"), ("1.3.0", "under-bumped")])


def test_a_history_is_told_whatever_was_found(semver: Semver, root: Path) -> None:
    ended = semver("history", f"git:{root}")
    assert ended.code == 0
    assert "1 under-bumped, 1 with breaking changes" in ended.out
    assert "Order.note: field 'note' is removed" in ended.out


def test_a_tag_that_is_about_something_else_is_named(semver: Semver, root: Path) -> None:
    commit(root, {}, tag="v7.0.0")
    ended = semver("history", f"git:{root}")
    assert "the tag v7.0.0: no package of its commit is clearly meant" in ended.out


def test_git_alone_means_the_repository_around(
    semver: Semver, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert semver("history", "git:").code == 0


def test_archives_in_a_directory_are_releases(semver: Semver, tmp_path: Path) -> None:
    (tmp_path / "balas").mkdir()
    for version, source in (("1.2.0", OLD), ("2.0.0", NEW)):
        (tmp_path / "balas" / f"{version}.bala").write_bytes(_bala(version, source))
    ended = semver("history", tmp_path / "balas", "--format", "json")
    assert _outcomes(ended) == [("1.2.0", "first-release"), ("2.0.0", "passed")]


def test_sources_come_after_what_central_has(semver: Semver, tmp_path: Path) -> None:
    place = write_package(tmp_path / "shop", {"orders.bal": NEW}, "1.4.0")
    table = [Published("acme", "shop", "1.3.0", _bala("1.3.0", OLD))]
    with serve_central(table) as central:
        ended = semver("history", place, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    assert _outcomes(ended) == [("1.3.0", "first-release"), ("1.4.0", "under-bumped")]
    assert [one["is_released"] for one in json.loads(ended.out)["releases"]] == [True, False]


def test_sources_of_a_version_that_is_published_are_not_told_twice(semver: Semver, tmp_path: Path) -> None:
    place = write_package(tmp_path / "shop", {"orders.bal": NEW}, "1.3.0")
    table = [Published("acme", "shop", "1.3.0", _bala("1.3.0", OLD))]
    with serve_central(table) as central:
        ended = semver("history", place, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    assert _outcomes(ended) == [("1.3.0", "first-release")]


def test_several_packages_need_a_name(semver: Semver, tmp_path: Path) -> None:
    for name in ("shop", "cart"):
        (tmp_path / f"{name}.bala").write_bytes(_bala("1.2.0", OLD, name))
    ended = semver("history", tmp_path)
    assert ended.code == 2
    assert "holds several packages: name one by --package ('acme/cart', 'acme/shop')" in ended.err
    assert semver("history", tmp_path, "--package", "acme/cart").code == 0


def test_a_mistyped_package_gets_a_suggestion(semver: Semver, tmp_path: Path) -> None:
    (tmp_path / "shop.bala").write_bytes(_bala("1.2.0", OLD))
    ended = semver("history", tmp_path, "--package", "acme/shp")
    assert (ended.code, "Did you mean 'acme/shop'?" in ended.err) == (2, True)


def test_where_nothing_was_released_what_was_left_out_is_named(semver: Semver, tmp_path: Path) -> None:
    (tmp_path / "broken.bala").write_bytes(b"no zip")
    ended = semver("history", tmp_path)
    assert ended.code == 2
    assert "holds no release of a package" in ended.err
    assert "broken.bala: " in ended.err


def test_a_central_that_does_not_answer_is_exit_3(semver: Semver) -> None:
    ended = semver("history", "central:acme/shop", SEMVERDIFF_CENTRAL_URL="http://127.0.0.1:9")
    assert ended.code == 3


def test_packages_of_other_ecosystems_are_refused(semver: Semver, tmp_path: Path) -> None:
    (tmp_path / "a.vproj").write_text("name: a\n")
    ended = semver("history", tmp_path)
    assert ended.code == 2
    assert "histories are told of Ballerina packages only" in ended.err


def test_the_page_and_json_are_the_same_every_time(semver: Semver, root: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        files = [f"--format={kind}={tmp_path / name}.{kind}" for kind in ("html", "json", "text")]
        assert semver("history", f"git:{root}", *files).code == 0
    for kind in ("html", "json", "text"):
        one, two = ((tmp_path / f"{name}.{kind}").read_bytes() for name in ("one", "two"))
        assert one == two
        assert str(tmp_path).encode() not in one
