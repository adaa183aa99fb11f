"""Baselines that are on this machine: a path, the local repository, what `bal` has pulled."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from support.central import Fault, json_with, serve_central
from support.registries import NAME, ORGANIZATION, bala, candidate, published, version_of

from semverdiff.baselines import AtPath, Auto, Central, Local, NoBaseline
from semverdiff.errors import BaselineError, SemverdiffError, UsageError
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from pathlib import Path

    from support.registries import Find

# Nothing on this machine needs an answer from there.
NOWHERE = "http://127.0.0.1:1/2.0/registry"


def extract(
    home: Path, content: bytes, version: str, repository: str = "central.ballerina.io", platform: str = "any"
) -> Path:
    """Put an archive where `bal` would have put it."""
    folder = home / "repositories" / repository / "bala" / ORGANIZATION / NAME / version / platform
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def tree(home: Path) -> dict[str, bytes]:
    """Return the files of a user's home of Ballerina; our own cache lies beside it in these tests."""
    found = [path for path in home.rglob("*") if path.is_file() and home / "downloads" not in path.parents]
    return {str(path): path.read_bytes() for path in found}


# Without looking anywhere.


def test_no_baseline_is_none_and_asks_nobody(find: Find) -> None:
    baseline = find(NOWHERE, NoBaseline(), of=candidate("nonsense"))
    assert (baseline.package, baseline.reason) == (None, "no baseline was wanted")


# A path.


def test_an_archive_is_read_from_its_path(find: Find, tmp_path: Path) -> None:
    path = tmp_path / "old.bala"
    path.write_bytes(bala("1.1.0"))
    baseline = find(NOWHERE, AtPath(path))
    assert version_of(baseline) == "1.1.0"
    assert baseline.reason == "the package at the given path"
    assert (baseline.published, baseline.candidate_is_published, baseline.notes) == ((), False, ())


def test_an_extracted_archive_is_read_from_its_path(find: Find, tmp_path: Path) -> None:
    assert version_of(find(NOWHERE, AtPath(extract(tmp_path, bala("1.1.0"), "1.1.0")))) == "1.1.0"


def test_another_package_at_a_path_is_mentioned(find: Find, tmp_path: Path) -> None:
    path = tmp_path / "old.bala"
    path.write_bytes(bala("1.1.0", name="shoe"))
    assert find(NOWHERE, AtPath(path)).notes == (
        "the baseline is another package: acme/shoe instead of acme/shop",
    )


def test_a_path_to_nothing_is_a_usage_error_that_does_not_repeat_the_folder(
    find: Find, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"'absent.bala' does not exist") as caught:
        find(NOWHERE, AtPath(tmp_path / "absent.bala"))
    assert str(tmp_path) not in str(caught.value)


# The local repository.


def test_the_local_repository_gives_the_closest(find: Find, tmp_path: Path) -> None:
    for version in ("1.2.0", "1.3.0", "2.0.0"):
        extract(tmp_path, bala(version), version, repository="local")
    baseline = find(NOWHERE, Local())
    assert version_of(baseline) == "1.3.0"
    assert baseline.reason == "highest locally pushed version not above 1.4.0"
    assert baseline.package is not None
    provenance = baseline.package.provenance
    assert (provenance.source, provenance.repository) == ("repository", "local")
    assert (baseline.published, baseline.candidate_is_published) == ((), False)


def test_the_local_repository_gives_the_version_that_was_asked_for(find: Find, tmp_path: Path) -> None:
    extract(tmp_path, bala("2.0.0"), "2.0.0", repository="local")
    baseline = find(NOWHERE, Local(parse_version("2.0.0")))
    assert (version_of(baseline), baseline.reason) == ("2.0.0", "version 2.0.0 was asked for")


@pytest.mark.parametrize("spec", [Local(), Local(parse_version("1.0.0"))])
def test_nothing_in_the_local_repository_is_an_error(find: Find, spec: Local) -> None:
    with pytest.raises(BaselineError, match=r"local repository has no usable version of acme/shop"):
        find(NOWHERE, spec)


# Offline.


def test_offline_takes_the_closest_cached_version_and_says_that_nobody_was_asked(
    find: Find, tmp_path: Path
) -> None:
    for version in ("1.2.0", "1.3.0", "2.0.0"):
        extract(tmp_path, bala(version), version)
    (tmp_path / "repositories/central.ballerina.io/bala/acme/shop/1.3.9_temp/any").mkdir(parents=True)
    baseline = find(NOWHERE, offline=True)
    assert version_of(baseline) == "1.3.0"
    assert baseline.reason == (
        "highest cached version not above 1.4.0 (offline: Ballerina Central was not asked)"
    )
    assert baseline.published == ("1.2.0", "1.3.0", "2.0.0")
    assert not baseline.candidate_is_published


def test_offline_knows_that_a_cached_candidate_is_published(find: Find, tmp_path: Path) -> None:
    extract(tmp_path, bala("1.4.0"), "1.4.0")
    assert find(NOWHERE, offline=True).candidate_is_published


def test_offline_gives_the_cached_version_that_was_asked_for(find: Find, tmp_path: Path) -> None:
    extract(tmp_path, bala("1.2.0"), "1.2.0")
    extract(tmp_path, bala("1.3.0"), "1.3.0")
    assert version_of(find(NOWHERE, Central(parse_version("1.2.0")), offline=True)) == "1.2.0"


@pytest.mark.parametrize("spec", [Auto(), Central(), Central(parse_version("1.3.0"))])
def test_offline_without_a_cache_is_an_error_and_no_first_release(find: Find, spec: Auto | Central) -> None:
    with pytest.raises(
        BaselineError, match=r"offline, and the cache .* what is published cannot be known"
    ) as caught:
        find(NOWHERE, spec, offline=True)
    assert caught.value.exit_code == 3
    assert "--baseline none" in str(caught.value)


def test_offline_skips_interrupted_pulls_with_a_note(find: Find, tmp_path: Path) -> None:
    extract(tmp_path, bala("1.2.0"), "1.2.0")
    (extract(tmp_path, bala("1.3.0"), "1.3.0") / "package.json").unlink()
    baseline = find(NOWHERE, offline=True)
    assert version_of(baseline) == "1.2.0"
    assert baseline.notes[0].startswith("1.3.0 on this machine was not used: ")
    assert str(tmp_path) not in baseline.notes[0]


def test_offline_with_interrupted_pulls_only_is_an_error(find: Find, tmp_path: Path) -> None:
    (extract(tmp_path, bala("1.3.0"), "1.3.0") / "package.json").unlink()
    with pytest.raises(BaselineError, match="no usable version"):
        find(NOWHERE, offline=True)


def test_offline_skips_what_bal_marked_as_deprecated(find: Find, tmp_path: Path) -> None:
    extract(tmp_path, bala("1.2.0"), "1.2.0")
    (extract(tmp_path, bala("1.3.0"), "1.3.0") / "deprecated.txt").write_text("broken\n")
    baseline = find(NOWHERE, offline=True)
    assert version_of(baseline) == "1.2.0"
    assert baseline.notes == ("1.3.0 is deprecated ('broken') and was passed over",)


def test_offline_takes_a_deprecated_version_where_there_is_no_other(find: Find, tmp_path: Path) -> None:
    (extract(tmp_path, bala("1.3.0"), "1.3.0") / "deprecated.txt").write_text("")
    assert find(NOWHERE, offline=True).notes == ("1.3.0 is deprecated; it is used nevertheless",)


def test_any_platform_goes_first_then_the_newest_machine(find: Find, tmp_path: Path) -> None:
    for platform in ("java11", "java21", "go1.26"):
        extract(tmp_path, bala("1.3.0", platform=platform), "1.3.0", platform=platform)
    baseline = find(NOWHERE, offline=True)
    assert baseline.package is not None
    assert baseline.package.platform == "java21"
    extract(tmp_path, bala("1.3.0"), "1.3.0")
    baseline = find(NOWHERE, offline=True)
    assert baseline.package is not None
    assert baseline.package.platform == "any"


def test_a_cached_package_that_answers_for_another_is_not_used(find: Find, tmp_path: Path) -> None:
    extract(tmp_path, bala("1.3.1"), "1.3.0")
    with pytest.raises(BaselineError, match="no usable version"):
        find(NOWHERE, offline=True)


def test_a_cache_of_staging_is_another_one(find: Find, tmp_path: Path) -> None:
    extract(tmp_path, bala("1.3.0"), "1.3.0")
    with pytest.raises(BaselineError, match="no usable version"):
        find(NOWHERE, offline=True, cache="staging-central.ballerina.io")


# What `bal` has pulled, when Central is asked.


def test_a_cached_version_is_not_downloaded_again(find: Find, tmp_path: Path) -> None:
    extract(tmp_path, bala("1.3.0"), "1.3.0")
    with serve_central([published("1.3.0")]) as central:
        baseline = find(central.address)
    assert version_of(baseline) == "1.3.0"
    assert central.endpoints == ("versions", "metadata")
    assert baseline.package is not None
    assert baseline.package.provenance.source == "central"
    assert not baseline.package.provenance.digest_verified
    assert baseline.notes == (
        "1.3.0 was taken from the cache on this machine, where no digest can be verified",
    )


def test_refresh_downloads_what_is_cached(find: Find, tmp_path: Path) -> None:
    extract(tmp_path, bala("1.3.0"), "1.3.0")
    with serve_central([published("1.3.0")]) as central:
        baseline = find(central.address, refresh=True)
    assert central.endpoints == ("versions", "metadata", "file")
    assert baseline.notes == ()


def test_the_cache_does_not_decide_which_version_is_the_closest(find: Find, tmp_path: Path) -> None:
    extract(tmp_path, bala("1.3.5"), "1.3.5")
    with serve_central([published("1.3.0")]) as central:
        assert version_of(find(central.address)) == "1.3.0"


def test_a_cached_version_for_another_platform_is_not_the_same_archive(find: Find, tmp_path: Path) -> None:
    extract(tmp_path, bala("1.3.0", platform="java11"), "1.3.0", platform="java11")
    with serve_central([published("1.3.0")], [Fault("metadata", json_with(platform="any"))]) as central:
        find(central.address)
    assert central.endpoints == ("versions", "metadata", "file")


def test_a_broken_cached_version_is_downloaded_with_a_note(find: Find, tmp_path: Path) -> None:
    (extract(tmp_path, bala("1.3.0"), "1.3.0") / "package.json").unlink()
    with serve_central([published("1.3.0")]) as central:
        baseline = find(central.address)
    assert version_of(baseline) == "1.3.0"
    assert baseline.notes[0].startswith("the cached 1.3.0 is not usable, so it was downloaded: ")


@pytest.mark.parametrize("cached", [True, False])
def test_nothing_is_written_into_ballerinas_home(find: Find, tmp_path: Path, *, cached: bool) -> None:
    if cached:
        extract(tmp_path, bala("1.3.0"), "1.3.0")
    before = tree(tmp_path)
    with serve_central([published("1.3.0")]) as central:
        find(central.address)
    assert tree(tmp_path) == before


def test_a_file_in_place_of_a_folder_is_not_there(find: Find, tmp_path: Path) -> None:
    (tmp_path / "repositories").write_text("")
    with pytest.raises(SemverdiffError, match="no usable version"):
        find(NOWHERE, offline=True)
