"""Which version of the list is taken from Ballerina Central, and when there is none."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.central import (
    Fault,
    Published,
    json_value,
    serve_central,
)
from support.registries import NAME, ORGANIZATION, OTHER, RIGHT, bala, candidate, published, table, version_of

from semverdiff.baselines import Auto, Central
from semverdiff.errors import BaselineError, UsageError
from semverdiff.packages import as_package
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from pathlib import Path

    from support.registries import Find

TABLE = table()


def test_takes_the_highest_version_not_above_and_verifies_its_digest(find: Find) -> None:
    with serve_central(TABLE) as central:
        baseline = find(central.address)
    assert baseline.package is not None
    assert baseline.package.version == "1.3.0"
    assert as_package(baseline.package).modules[0].files[0].content.startswith(b"public function version1")
    provenance = baseline.package.provenance
    assert provenance.source == "central"
    assert provenance.digest == hashlib.sha256(bala("1.3.0")).hexdigest()
    assert provenance.digest_verified
    assert provenance.repository == central.proxy_address.removeprefix("http://")
    assert baseline.reason == "highest published version not above 1.4.0"
    assert baseline.published == ("1.0.0", "1.3.0", "2.0.0")
    assert (baseline.candidate_is_published, baseline.notes) == (False, ())
    assert central.endpoints == ("versions", "metadata", "file")


def test_takes_the_candidates_own_version_where_that_is_published(find: Find) -> None:
    with serve_central([*TABLE, published("1.4.0")]) as central:
        baseline = find(central.address)
    assert version_of(baseline) == "1.4.0"
    assert baseline.candidate_is_published
    assert baseline.reason == "version 1.4.0 itself is already published"


def test_takes_the_newest_where_only_newer_ones_are_published(find: Find) -> None:
    with serve_central(TABLE) as central:
        baseline = find(central.address, of=candidate("0.9.0"))
    assert version_of(baseline) == "2.0.0"
    assert baseline.reason == "newest published version, as all are above 0.9.0"


def test_skips_deprecated_versions_and_says_so(find: Find) -> None:
    table = [
        published("1.3.0", deprecated="broken \x1b[31mbuild"),
        published("1.2.0", deprecated=""),
        published("1.1.0"),
    ]
    with serve_central(table) as central:
        baseline = find(central.address)
    assert version_of(baseline) == "1.1.0"
    assert baseline.notes == (
        "1.3.0 is deprecated ('broken [31mbuild') and was passed over",
        "1.2.0 is deprecated and was passed over",
    )
    assert central.endpoints == ("versions", "metadata", "metadata", "metadata", "file")


def test_takes_the_best_deprecated_version_where_there_is_no_other(find: Find) -> None:
    table = [published("2.0.0"), published("1.3.0", deprecated="old"), published("1.2.0", deprecated="older")]
    with serve_central(table) as central:
        baseline = find(central.address)
    assert version_of(baseline) == "1.3.0"
    assert baseline.notes == ("1.3.0 is deprecated ('old'); it is used nevertheless",)


def test_does_not_ask_about_hundreds_of_deprecated_versions(find: Find) -> None:
    table = [published(f"1.3.{patch}", deprecated="") for patch in range(50)]
    with serve_central(table) as central:
        assert version_of(find(central.address)) == "1.3.49"
    assert central.endpoints.count("metadata") == 20


def test_skips_versions_that_cannot_be_read_and_says_so(find: Find) -> None:
    with serve_central([*TABLE, published("1.3.x"), published("latest")]) as central:
        baseline = find(central.address)
    assert version_of(baseline) == "1.3.0"
    assert baseline.notes == ("published versions that cannot be read were skipped: '1.3.x', 'latest'",)
    assert baseline.published == ("1.0.0", "1.3.0", "2.0.0")


def test_versions_that_cannot_be_read_do_not_make_a_first_release(find: Find) -> None:
    with serve_central([published("latest")]) as central, pytest.raises(BaselineError, match="'latest'"):
        find(central.address)


def test_sees_versions_of_every_platform(find: Find) -> None:
    table = [Published(ORGANIZATION, NAME, "1.3.0", bala("1.3.0", platform="java25"), platform="java25")]
    with serve_central(table) as central:
        baseline = find(central.address)
    assert baseline.package is not None
    assert baseline.package.platform == "java25"


def test_takes_the_version_that_was_asked_for(find: Find) -> None:
    with serve_central([published("2.0.0", deprecated="why not"), *TABLE[1:]]) as central:
        baseline = find(central.address, Central(parse_version("2.0.0")))
    assert version_of(baseline) == "2.0.0"
    assert baseline.reason == "version 2.0.0 was asked for"
    assert baseline.published == ("1.0.0", "1.3.0", "2.0.0")
    assert baseline.notes == ("2.0.0 is deprecated ('why not'); it is used nevertheless",)


@pytest.mark.parametrize(("table", "there"), [(TABLE, "'2.0.0', '1.3.0', '1.0.0'"), ([], "no version of it")])
def test_a_version_that_is_not_published_is_an_error(find: Find, table: list[Published], there: str) -> None:
    with serve_central(table) as central, pytest.raises(BaselineError, match=there):
        find(central.address, Central(parse_version("1.2.3")))


def test_versions_with_build_metadata_are_percent_encoded(find: Find) -> None:
    with serve_central([published("1.3.0+build.7")]) as central:
        assert version_of(find(central.address)) == "1.3.0+build.7"
    assert central.requests[1].path.endswith("/1.3.0%2Bbuild.7")


def test_says_who_asks(find: Find) -> None:
    with serve_central(TABLE) as central:
        find(central.address, agent="semverdiff/1.2.3")
    assert {request.headers["user-agent"] for request in central.requests} == {"semverdiff/1.2.3"}
    assert central.requests[0].headers["ballerina-platform"] == "java25,java21,java17,java11"


# No such package.


@pytest.mark.parametrize("faults", [[], [Fault("versions", json_value([]))]])
def test_no_such_package_is_a_first_release(find: Find, faults: list[Fault]) -> None:
    with serve_central([], faults) as central:
        baseline = find(central.address)
    assert (baseline.package, baseline.reason) == (None, "no published version is visible")
    assert (baseline.published, baseline.candidate_is_published) == ((), False)


def test_no_such_package_proves_nothing_for_a_private_one_without_a_token(find: Find) -> None:
    with (
        serve_central([published("1.3.0", private=True)]) as central,
        pytest.raises(BaselineError, match="private, and no access token is set") as caught,
    ):
        find(central.address, of=candidate(private=True))
    assert caught.value.exit_code == 3


def test_a_private_package_is_found_with_a_token(find: Find) -> None:
    with serve_central([published("1.3.0", private=True)], token=RIGHT) as central:
        assert version_of(find(central.address, of=candidate(private=True), token=RIGHT)) == "1.3.0"


def test_a_private_package_with_an_accepted_token_may_be_a_first_release(find: Find) -> None:
    with serve_central([], token=RIGHT) as central:
        assert find(central.address, of=candidate(private=True), token=RIGHT).package is None


def test_no_such_package_proves_nothing_after_a_token_was_refused(find: Find) -> None:
    with (
        serve_central([published("1.3.0", private=True)], token=OTHER) as central,
        pytest.raises(BaselineError, match=r"the access token was refused \(401\)"),
    ):
        find(central.address, token=RIGHT)


def test_no_such_package_proves_nothing_where_the_token_could_not_be_read(find: Find, tmp_path: Path) -> None:
    (tmp_path / "Settings.toml").write_text("[central]\naccesstoken = oops\n")
    with serve_central([]) as central, pytest.raises(BaselineError, match="not valid TOML"):
        find(central.address)


# Who asks for what.


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"organization": ""}, "no 'org'"),
        ({"name": ""}, "no 'name'"),
        ({"organization": "../acme"}, "'org' '../acme' can only contain"),
        ({"organization": "$anon"}, "can only contain alphanumerics and underscores"),
        ({"name": ".."}, "cannot consist of periods only"),
        ({"name": "shop/../../x"}, "'name' 'shop/../../x' can only contain"),
        ({"name": "x" * 257}, "cannot be longer than 256"),
        ({"version": "1.4"}, "did you mean 1.4.0"),
    ],
)
def test_a_candidate_that_cannot_be_looked_up_is_a_usage_error(
    find: Find, changes: dict[str, str], said: str
) -> None:
    package = replace(candidate(), **changes)
    with serve_central(TABLE) as central, pytest.raises(UsageError, match=said):
        find(central.address, Auto(), of=package)
    assert central.requests == ()


def test_every_deprecated_version_that_was_passed_over_is_told(find: Find) -> None:
    rows = [published("1.3.0", "broken"), published("1.2.0", " "), published("1.1.0"), published("1.0.0")]
    with serve_central(rows) as central:
        baseline = find(central.address)
    assert version_of(baseline) == "1.1.0"
    assert baseline.notes == (
        "1.3.0 is deprecated ('broken') and was passed over",
        "1.2.0 is deprecated and was passed over",
    )


def test_offline_a_version_that_was_asked_for_has_no_closer_one(find: Find) -> None:
    wanted = Central(parse_version("1.0.0"))
    with serve_central(TABLE) as central:
        find(central.address, wanted)
        asked = find(central.address, wanted, offline=True)
        closest = find(central.address, offline=True)
    assert (version_of(asked), asked.notes) == ("1.0.0", ())
    assert version_of(closest) == "1.0.0"
    assert closest.notes == ("published and closer, but not on this machine: '1.3.0'",)
