"""A train of pre-releases on a registry: judged against the last release, with what came since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.archives import build_bala
from support.central import Published, serve_central
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cli.conftest import Semver

_FIRST = "public function place() {}\npublic function cancel() {}\n"
_BROKEN = "public function place() {}\n"
_MORE = f"{_BROKEN}public function refund() {{}}\n"
_LESS = f"{_BROKEN}public function refunds() {{}}\n"


class Train:
    """A package on its way, and what the registry has of it."""

    def __init__(self, directory: Path, semver: Semver) -> None:
        self._directory = directory
        self._semver = semver
        self._table: list[Published] = []

    def write(self, version: str, source: str) -> None:
        """Write the sources of a version."""
        write_package(self._directory / "shop", {"lib.bal": source}, version)

    def publish(self) -> None:
        """Publish what is written."""
        source = (self._directory / "shop" / "lib.bal").read_text()
        self._table.insert(0, _released(self.version, source))

    @property
    def version(self) -> str:
        """The version in Ballerina.toml."""
        text = (self._directory / "shop" / "Ballerina.toml").read_text()
        return text.partition('version = "')[2].partition('"')[0]

    def check(self) -> Mapping[str, object]:
        """Return the report of a check."""
        with serve_central(self._table) as central:
            ended = self._semver(
                *("check", "shop", "--refresh", "--format", "json"), SEMVERDIFF_CENTRAL_URL=central.address
            )
        report: Mapping[str, object] = json.loads(ended.out)
        assert ended.code == (0 if report["outcome"] in {"passed", "first-release"} else 1)
        return report

    def bump(self, *words: str) -> str:
        """Bump the package, and return the version that is written then."""
        with serve_central(self._table) as central:
            ended = self._semver("bump", "shop", *words, SEMVERDIFF_CENTRAL_URL=central.address)
        assert ended.code == 0, ended.err
        return self.version


def _said(report: Mapping[str, object]) -> tuple[object, object, object]:
    """Return the outcome, the version that was compared with, and the pre-release of the second section."""
    baseline, change_set = report["baseline"], report["change_set"]
    assert baseline is None or isinstance(baseline, dict)
    assert change_set is None or isinstance(change_set, dict)
    since = None if change_set is None else change_set["baseline"]["version"]
    return report["outcome"], None if baseline is None else baseline["version"], since


def _since(report: Mapping[str, object]) -> list[str]:
    change_set = report["change_set"]
    assert isinstance(change_set, dict)
    return [f"{one['rule']} {one['symbol']}" for one in change_set["findings"]]


def _released(version: str, source: str) -> Published:
    return Published(
        *("acme", "shop", version),
        build_bala("acme", "shop", version, {"modules/shop/lib.bal": source}),
    )


@pytest.fixture
def train(tmp_path: Path, semver: Semver) -> Train:
    train = Train(tmp_path, semver)
    train.write("1.3.0", _FIRST)
    train.publish()
    return train


@pytest.mark.slow
def test_a_train_from_the_first_break_to_the_release(train: Train) -> None:
    # A break asks for the next major version, and its first pre-release.
    train.write("1.3.0", _BROKEN)
    assert train.bump("--pre", "rc") == "2.0.0-rc.1"
    assert _said(train.check()) == ("passed", "1.3.0", None)
    train.publish()

    # What is published is the same package; after a change the next pre-release is asked for.
    assert _said(train.check()) == ("passed", "2.0.0-rc.1", None)
    train.write("2.0.0-rc.1", _MORE)
    report = train.check()
    assert report["outcome"] == "already-published"
    assert report["suggested_version"] == "2.0.0-rc.2"
    assert train.bump("--pre", "rc") == "2.0.0-rc.2"

    # The gate stays that of the release; the second section has what the pre-release did not have.
    report = train.check()
    assert _said(report) == ("passed", "1.3.0", "2.0.0-rc.1")
    assert _since(report) == ["function-added refund"]
    train.publish()

    # A pre-release promised nothing: what it brought may go again.
    train.write("2.0.0-rc.3", _LESS)
    report = train.check()
    assert _said(report) == ("passed", "1.3.0", "2.0.0-rc.2")
    assert _since(report) == ["function-renamed refund"]
    train.publish()

    # The release is compared with the last release, and is a major step from there.
    assert train.bump("--final") == "2.0.0"
    report = train.check()
    assert _said(report)[:2] == ("passed", "1.3.0")
    assert (report["declared_bump"], report["required_bump"]) == ("major", "major")
    train.publish()

    # What comes after it is compared with it.
    assert train.bump() == "2.0.0"
    train.write("2.0.1", _LESS)
    assert _said(train.check()) == ("passed", "2.0.0", None)


def test_a_train_to_a_release_that_is_too_low_is_refused_at_its_first_stop(train: Train) -> None:
    train.write("1.4.0-rc.1", _BROKEN)
    report = train.check()
    assert _said(report)[:2] == ("under-bumped", "1.3.0")
    assert (report["required_version"], report["suggested_version"]) == ("2.0.0", "2.0.0-rc.1")


@pytest.mark.slow
def test_a_pre_release_after_the_release_is_lower(train: Train) -> None:
    train.write("2.0.0", _BROKEN)
    train.publish()
    train.write("2.0.0-rc.9", _BROKEN)
    report = train.check()
    assert _said(report)[1] == "1.3.0"
    train.write("2.0.1-rc.1", _FIRST)
    report = train.check()
    assert _said(report)[:2] == ("under-bumped", "2.0.0")
    assert report["suggested_version"] == "2.1.0-rc.1"


def test_pre_releases_alone_are_compared_with_each_other(tmp_path: Path, semver: Semver) -> None:
    train = Train(tmp_path, semver)
    train.write("1.0.0-alpha.1", _FIRST)
    train.publish()
    train.write("1.0.0-alpha.2", _BROKEN)
    report = train.check()
    assert _said(report)[:2] == ("passed", "1.0.0-alpha.1")
    assert report["declared_bump"] == "prerelease"
    assert manifest("1.0.0-alpha.2") in (tmp_path / "shop" / "Ballerina.toml").read_text()


def test_a_bump_right_after_a_push_asks_for_the_versions_again_with_refresh(
    tmp_path: Path, semver: Semver
) -> None:
    write_package(tmp_path / "shop", {"lib.bal": _BROKEN}, "2.0.0-rc.1")
    first, pushed = _released("1.3.0", _FIRST), _released("2.0.0-rc.1", _BROKEN)
    with serve_central([first]) as central:

        def bump(*words: str) -> str:
            ended = semver("bump", "shop", "--pre", "rc", *words, SEMVERDIFF_CENTRAL_URL=central.address)
            assert ended.code == 0, ended.err
            return ended.out.splitlines()[0].removeprefix("shop/Ballerina.toml: version ")

        assert bump() == "2.0.0-rc.1 stays"
        central.publish(pushed)
        write_package(tmp_path / "shop", {"lib.bal": _MORE}, "2.0.0-rc.1")
        assert bump() == "2.0.0-rc.1 stays"
        assert bump("--refresh") == "2.0.0-rc.1 -> 2.0.0-rc.2"


def test_a_suppression_right_after_a_push_is_refused_with_refresh(tmp_path: Path, semver: Semver) -> None:
    write_package(tmp_path / "shop", {"lib.bal": _BROKEN}, "1.3.1")
    first, pushed = _released("1.3.0", _FIRST), _released("1.3.1", _BROKEN)
    words = ("suppress", "function-removed", "cancel", "--package", "shop", "--reason", "nobody calls it")
    with serve_central([first]) as central:
        assert semver("check", "shop", SEMVERDIFF_CENTRAL_URL=central.address).code == 1
        central.publish(pushed)
        assert semver(*words, "--refresh", SEMVERDIFF_CENTRAL_URL=central.address).code == 2
        assert semver(*words, SEMVERDIFF_CENTRAL_URL=central.address).code == 2
    assert not (tmp_path / "shop" / "Semver.toml").exists()
