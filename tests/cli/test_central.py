"""The whole way against a stand-in for Ballerina Central: a real server on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from cli.examples import NEW, OLD, report_of
from support.archives import build_bala
from support.central import Fault, Published, json_with, refused_address, serve_central
from support.packages import write_package

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver


def _published(version: str, source: str = OLD) -> Published:
    content = build_bala("acme", "shop", version, {"modules/shop/orders.bal": source})
    return Published("acme", "shop", version, content)


TABLE = [_published("2.0.0", NEW), _published("1.3.0"), _published("1.0.0", NEW)]


@pytest.fixture
def unchanged(tmp_path: Path) -> Path:
    """Return a package with the API that 1.3.0 has."""
    return write_package(tmp_path / "shop", {"orders.bal": OLD})


def test_compares_with_the_highest_version_not_above(semver: Semver, new: Path, unchanged: Path) -> None:
    with serve_central(TABLE) as central:
        address = central.address
        same = semver("check", unchanged, "--format", "json", SEMVERDIFF_CENTRAL_URL=address)
        other = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=address)
    baseline = cast("dict[str, object]", report_of(same)["baseline"])
    assert (same.code, other.code) == (0, 1)
    assert (baseline["version"], baseline["source"], baseline["digest_verified"]) == (
        "1.3.0",
        "central",
        True,
    )
    assert report_of(same)["baseline_reason"] == "highest published version not above 1.4.0"
    assert report_of(other)["required_version"] == "3.0.0"  # 2.0.0 is published


def test_the_most_that_is_said_are_the_addresses_that_were_asked(semver: Semver, unchanged: Path) -> None:
    with serve_central(TABLE) as central:
        said = [
            semver("check", unchanged, *more, "--refresh", SEMVERDIFF_CENTRAL_URL=central.address).err
            for more in ((), ("-v",), ("-vv",))
        ]
    assert [f"GET {central.address}" in text for text in said] == [False, False, True]
    assert '"HTTP/1.1 200 OK"' in said[2]


def test_the_most_that_is_said_is_how_much_came_from_the_cache(semver: Semver, unchanged: Path) -> None:
    with serve_central(TABLE) as central:
        said = [
            semver("check", unchanged, *more, SEMVERDIFF_CENTRAL_URL=central.address).err
            for more in (("-vv",), ("-vv",), ("-v",))
        ]
    assert "registries: 0 answers from the cache, 3 fetched" in said[0]
    assert "registries: 3 answers from the cache, 0 fetched" in said[1]
    assert "from the cache" not in said[2]


def test_a_pre_release_is_judged_by_the_last_release_and_shows_what_changed_since_the_one_before(
    tmp_path: Path, semver: Semver
) -> None:
    third = write_package(tmp_path / "third", {"orders.bal": OLD}, "1.4.0-beta.3")
    table = [_published("1.3.0"), _published("1.4.0-beta.1"), _published("1.4.0-beta.2", NEW)]
    with serve_central(table) as central:
        arguments = ("check", third, "--format", "json")
        report = report_of(semver(*arguments, SEMVERDIFF_CENTRAL_URL=central.address))
        asked = report_of(semver(*arguments, "-c", "1.4.0-beta.1", SEMVERDIFF_CENTRAL_URL=central.address))
    # Equal to the last release, while what beta.2 had added, or taken away, is back as it was.
    assert cast("dict[str, object]", report["baseline"])["version"] == "1.3.0"
    assert (report["outcome"], report["findings"]) == ("passed", [])
    since = cast("dict[str, object]", report["change_set"])
    assert cast("dict[str, object]", since["baseline"])["version"] == "1.4.0-beta.2"
    assert since["findings"] != []
    # Whoever names a version compares with it alone.
    assert cast("dict[str, object]", asked["baseline"])["version"] == "1.4.0-beta.1"
    assert asked["change_set"] is None


def test_a_breaking_pre_release_is_too_low_and_gets_a_pre_release_of_what_is_required(
    tmp_path: Path, semver: Semver
) -> None:
    second = write_package(tmp_path / "second", {"orders.bal": NEW}, "1.4.0-beta.2")
    with serve_central([_published("1.3.0"), _published("1.4.0-beta.1", NEW)]) as central:
        report = report_of(
            semver("check", second, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
        )
    assert (report["outcome"], report["required_version"]) == ("under-bumped", "2.0.0")
    assert report["suggested_version"] == "2.0.0-beta.1"


def test_a_pre_release_before_that_cannot_be_had_is_a_note(tmp_path: Path, semver: Semver) -> None:
    second = write_package(tmp_path / "second", {"orders.bal": OLD}, "1.4.0-beta.2")
    wrong = json_with(digest="sha-256=" + "0" * 64)
    broken = Fault("metadata", lambda reply: wrong(reply) if b"1.4.0-beta.1" in reply.body else reply)
    with serve_central([_published("1.3.0"), _published("1.4.0-beta.1")], [broken]) as central:
        ended = semver("check", second, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    report = report_of(ended)
    assert (ended.code, report["change_set"]) == (0, None)
    notes = cast("list[str]", report["notes"])
    assert any(one.startswith("what changed since the pre-release before is not shown: ") for one in notes)


@pytest.mark.parametrize(
    "arguments", [("-c", "1.0.0"), ("--baseline", "1.0.0"), ("--baseline", "central:1.0.0")]
)
def test_compares_with_the_version_that_was_named(
    semver: Semver, new: Path, arguments: tuple[str, ...]
) -> None:
    with serve_central(TABLE) as central:
        ended = semver("check", new, *arguments, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    report = report_of(ended)
    assert cast("dict[str, object]", report["baseline"])["version"] == "1.0.0"
    assert (ended.code, report["findings"]) == (0, [])


def test_a_version_that_is_published_may_not_be_published_again(semver: Semver, new: Path) -> None:
    with serve_central([*TABLE, _published("1.4.0")]) as central:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    assert (ended.code, report_of(ended)["outcome"]) == (1, "already-published")


def test_a_package_that_nobody_published_is_a_first_release(semver: Semver, new: Path) -> None:
    with serve_central() as central:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    assert (ended.code, report_of(ended)["outcome"]) == (0, "first-release")
    assert "warning: nothing was compared for acme/shop: no published version is visible" in ended.err


def test_a_package_whose_baseline_nobody_wanted_is_not_called_a_first_release(
    semver: Semver, new: Path
) -> None:
    ended = semver("check", new, "--baseline", "none")
    assert ended.out.startswith("1.4.0 is not compared with anything: no baseline was wanted\n")
    assert (ended.code, ended.err) == (0, "")


def test_an_archive_with_another_digest_is_not_used(semver: Semver, new: Path) -> None:
    wrong = Fault("metadata", json_with(digest="sha-256=" + "0" * 64))
    with serve_central(TABLE, [wrong]) as central:
        ended = semver("check", new, SEMVERDIFF_CENTRAL_URL=central.address)
    assert (ended.code, ended.out) == (3, "")
    assert "exchanged on the way" in ended.err


@pytest.mark.slow
def test_a_registry_that_does_not_answer_is_no_first_release(semver: Semver, new: Path) -> None:
    with refused_address() as address:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=address)
    assert (ended.code, report_of(ended)["outcome"]) == (3, "error")


def test_offline_the_registry_is_not_asked(semver: Semver, new: Path) -> None:
    with serve_central(TABLE) as central:
        ended = semver("check", new, "--offline", SEMVERDIFF_CENTRAL_URL=central.address)
    assert (ended.code, central.requests) == (3, ())


def test_says_that_it_asks_unless_told_to_be_quiet(semver: Semver, new: Path) -> None:
    with serve_central(TABLE) as central:
        usual = semver("check", new, SEMVERDIFF_CENTRAL_URL=central.address)
        quiet = semver("check", "-q", new, SEMVERDIFF_CENTRAL_URL=central.address)
    assert usual.err == "checking for the latest compatible release version available in central...\n"
    assert quiet.err == ""
    assert quiet.out == usual.out
