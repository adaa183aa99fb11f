"""Releases on Ballerina Central, asked at a stand-in, and those that caches hold."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace as changed
from typing import TYPE_CHECKING

import pytest
from support.central import Fault, json_with, serve_central, status
from support.registries import bala, published

from semverdiff.errors import BaselineError, NetworkError, UsageError
from semverdiff.registry import Environment, PackageName, Timeouts
from semverdiff.releases import find_releases, read_release, releases_on_central

if TYPE_CHECKING:
    from pathlib import Path

SHOP = PackageName("acme", "shop")


def _environment(home: Path, address: str, *, offline: bool = False) -> Environment:
    timeouts = Timeouts(connect=5, read=5, write=5, retries=0)
    return Environment(home, base=address, downloads=home / "downloads", timeouts=timeouts, offline=offline)


def test_releases_have_their_day_and_say_what_is_deprecated(tmp_path: Path) -> None:
    table = [published("1.0.0", "too slow"), published("2.0.0")]
    with serve_central(table) as central:
        (package,) = releases_on_central(SHOP, _environment(tmp_path, central.address)).packages
    assert [(one.version, one.deprecation) for one in package.releases] == [
        ("1.0.0", "too slow"),
        ("2.0.0", None),
    ]
    assert all(one.released is not None and one.released > 0 for one in package.releases)
    assert [one.digest for one in package.releases] == [one.digest for one in table]


@pytest.mark.parametrize("date", ["yesterday", None, True, [1]])
def test_a_day_that_is_none_is_not_known(tmp_path: Path, date: object) -> None:
    faults = [Fault("metadata", json_with(createdDate=date))]
    with serve_central([published("1.0.0")], faults=faults) as central:
        (package,) = releases_on_central(SHOP, _environment(tmp_path, central.address)).packages
    assert [one.released for one in package.releases] == [None]


def test_a_release_is_read_again_from_central(tmp_path: Path) -> None:
    with serve_central([published("1.0.0"), published("2.0.0")]) as central:
        environment = _environment(tmp_path, central.address)
        (package,) = releases_on_central(SHOP, environment).packages
        assert [read_release(one, environment).version for one in package.releases] == ["1.0.0", "2.0.0"]


def test_offline_what_was_downloaded_is_there(tmp_path: Path) -> None:
    with serve_central([published("1.0.0"), published("2.0.0")]) as central:
        environment = _environment(tmp_path, central.address)
        (package,) = releases_on_central(SHOP, environment).packages
        read_release(package.releases[0], environment)
        offline = _environment(tmp_path, central.address, offline=True)
        before = len(central.requests)
        (cached,) = releases_on_central(SHOP, offline).packages
        assert len(central.requests) == before
    assert cached.releases == package.releases[:1]


def test_offline_what_bal_has_pulled_is_there_too(tmp_path: Path) -> None:
    environment = _environment(tmp_path, "http://127.0.0.1:9", offline=True)
    place = tmp_path / "repositories" / environment.cache / "bala" / "acme" / "shop" / "1.0.0" / "any"
    place.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(bala("1.0.0"))) as archive:
        archive.extractall(place)
    (package,) = releases_on_central(SHOP, environment).packages
    assert [read_release(one, environment).version for one in package.releases] == ["1.0.0"]


def test_a_package_that_central_does_not_show_has_no_releases(tmp_path: Path) -> None:
    with (
        serve_central([]) as central,
        pytest.raises(BaselineError, match="shows no version of acme/shop: check its name and your token"),
    ):
        releases_on_central(SHOP, _environment(tmp_path, central.address))


def test_offline_nothing_in_a_cache_is_said(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="no version is in a cache here"):
        releases_on_central(SHOP, _environment(tmp_path, "http://127.0.0.1:9", offline=True))


def test_a_version_that_central_shows_no_longer_is_said(tmp_path: Path) -> None:
    with serve_central([published("1.0.0"), published("2.0.0")]) as central:
        (package,) = releases_on_central(SHOP, _environment(tmp_path, central.address)).packages
    with serve_central([]) as central:
        environment = _environment(tmp_path / "other", central.address)
        with pytest.raises(BaselineError, match=r"acme/shop 1\.0\.0 is not published"):
            read_release(package.releases[0], environment)


def test_a_version_that_nobody_can_read_is_left_out(tmp_path: Path) -> None:
    table = [published("1.0.0"), changed(published("2.0.0"), version="two")]
    with serve_central(table) as central:
        (package,) = releases_on_central(SHOP, _environment(tmp_path, central.address)).packages
    assert [one.version for one in package.releases] == ["1.0.0"]
    assert [(one.what, one.why) for one in package.omissions] == [("acme/shop:two", "that is no version")]


def test_a_version_about_which_central_does_not_answer_is_left_out_with_its_reason(tmp_path: Path) -> None:
    faults = [Fault("metadata", status(500), times=1)]
    with serve_central([published("1.0.0"), published("2.0.0")], faults=faults) as central:
        (package,) = releases_on_central(SHOP, _environment(tmp_path, central.address)).packages
    assert len(package.releases) == 1
    (omission,) = package.omissions
    assert "answered 500" in omission.why


def test_a_central_that_does_not_answer_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NetworkError):
        releases_on_central(SHOP, _environment(tmp_path, "http://127.0.0.1:9"))


def test_a_text_names_a_package_on_central(tmp_path: Path) -> None:
    with serve_central([published("1.0.0")]) as central:
        found = find_releases("central:acme/shop", _environment(tmp_path, central.address))
    assert [one.package for one in found.packages] == ["acme/shop"]


def test_a_text_that_names_no_package_on_central_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="names no package: expected central:ORG/NAME"):
        find_releases("central:shop", _environment(tmp_path, "http://127.0.0.1:9"))
