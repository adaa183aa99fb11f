"""Releases that tags of a git repository name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.git_repositories import commit, git, repository_at
from support.packages import manifest

from semverdiff.errors import BaselineError, UsageError
from semverdiff.registry import environment_from
from semverdiff.releases import Commit, read_release, releases_in_git

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.releases import Releases

SOURCE = "public function f() {}\n"
DAYS = {"2026-01-01": 1_767_225_600, "2026-03-01": 1_772_323_200}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository_at(tmp_path / "repository")


def _shop(version: str, folder: str = "", name: str = "shop", source: str = SOURCE) -> dict[str, str]:
    prefix = f"{folder}/" if folder else ""
    return {f"{prefix}Ballerina.toml": manifest(version, name), f"{prefix}main.bal": source}


def _versions(found: Releases) -> dict[str, list[tuple[str, str]]]:
    return {
        one.package: [(release.version, release.place) for release in one.releases] for one in found.packages
    }


def _left_out(found: Releases) -> list[tuple[str, str]]:
    own = [one for package in found.packages for one in package.omissions]
    return [(one.what, one.why) for one in (*found.omissions, *own)]


def test_releases_come_lowest_version_first_with_the_day_of_their_tags(root: Path) -> None:
    commit(root, _shop("1.10.0"), tag="v1.10.0")
    commit(root, _shop("1.9.1", source=f"{SOURCE}\n"), tag="v1.9.1", day="2026-03-01")
    (package,) = releases_in_git(root).packages
    assert [(one.version, one.released) for one in package.releases] == [
        ("1.9.1", DAYS["2026-03-01"]),
        ("1.10.0", DAYS["2026-01-01"]),
    ]


def test_a_tag_that_is_an_object_of_its_own_counts_since_it_was_made(root: Path) -> None:
    commit(root, _shop("1.0.0"))
    git(root, "tag", "--annotate", "--message", "Release", "v1.0.0", day="2026-03-01")
    (package,) = releases_in_git(root).packages
    (release,) = package.releases
    assert isinstance(release.source, Commit)
    assert release.released == DAYS["2026-03-01"]
    assert release.source.commit == git(root, "rev-parse", "HEAD")


@pytest.mark.parametrize(
    "tag",
    ["v1.2.0", "1.2.0", "v.1.2.0", "shop-v1.2.0", "shop-1.2.0", "shop/v1.2.0", "shop@1.2.0", "rel_v1.2.0"],
)
def test_a_version_is_found_in_the_names_that_tags_have(root: Path, tag: str) -> None:
    commit(root, _shop("1.2.0"), tag=tag)
    assert _versions(releases_in_git(root)) == {"acme/shop": [("1.2.0", f"the tag {tag}")]}


@pytest.mark.parametrize("tag", ["nightly", "v1.2", "v1.2.0.1", "build-77"])
def test_a_tag_that_names_no_version_is_no_release(root: Path, tag: str) -> None:
    commit(root, _shop("1.2.0"), tag=tag)
    commit(root, _shop("1.3.0"), tag="v1.3.0")
    found = releases_in_git(root)
    assert _versions(found) == {"acme/shop": [("1.3.0", "the tag v1.3.0")]}
    assert _left_out(found) == []


def test_without_any_version_among_the_tags_the_remedy_is_named(root: Path) -> None:
    commit(root, _shop("1.2.0"), tag="nightly")
    with pytest.raises(BaselineError, match="no tag of the git repository 'repository' names a version"):
        releases_in_git(root)


def test_without_a_repository_there_are_no_releases(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is in no git repository"):
        releases_in_git(tmp_path)


def test_a_version_that_is_still_worked_on_was_not_released(root: Path) -> None:
    commit(root, _shop("1.2.0-SNAPSHOT"), tag="v1.2.0-SNAPSHOT")
    commit(root, _shop("1.2.0"), tag="v1.2.0")
    assert _versions(releases_in_git(root)) == {"acme/shop": [("1.2.0", "the tag v1.2.0")]}


def test_of_one_package_the_tag_says_the_version_where_the_manifest_is_a_template(root: Path) -> None:
    commit(root, _shop("@toml.version@"), tag="v1.2.0")
    (package,) = releases_in_git(root).packages
    (release,) = package.releases
    read = read_release(release, environment_from({}, root))
    assert (read.version, [module.name for module in read.modules]) == ("1.2.0", ["shop"])


@pytest.mark.parametrize("tag", ["v3.0.2", "r4-v3.0.2"])
def test_a_tag_whose_version_the_manifest_contradicts_is_about_something_else(root: Path, tag: str) -> None:
    commit(root, {**_shop("6.2.4", "r4")}, tag=tag)
    found = releases_in_git(root)
    assert _left_out(found) == [(f"the tag {tag}", "no package of its commit is clearly meant")]


@pytest.mark.parametrize("written", ["3.0.2", "3.0.2-SNAPSHOT", "3.0.2-rc.1", "3.0.3-SNAPSHOT", "@version@"])
def test_a_manifest_on_its_way_to_the_version_of_its_tag_does_not_contradict_it(
    root: Path, written: str
) -> None:
    commit(root, _shop(written), tag="v3.0.2")
    assert _versions(releases_in_git(root)) == {"acme/shop": [("3.0.2", "the tag v3.0.2")]}


def test_of_several_packages_each_manifest_says_the_version(root: Path) -> None:
    commit(root, {**_shop("1.0.0", "a", "one"), **_shop("3.0.0", "b", "two")}, tag="v7.0.0")
    commit(root, _shop("1.1.0", "a", "one"), tag="v7.1.0")
    assert _versions(releases_in_git(root)) == {
        "acme/one": [("1.0.0", "the tag v7.0.0"), ("1.1.0", "the tag v7.1.0")],
        "acme/two": [("3.0.0", "the tag v7.0.0")],
    }


def test_of_several_packages_one_without_a_version_is_not_released(root: Path) -> None:
    commit(root, {**_shop("1.0.0", "a", "one"), **_shop("next", "b", "two")}, tag="v7.0.0")
    assert _versions(releases_in_git(root)) == {"acme/one": [("1.0.0", "the tag v7.0.0")]}


@pytest.mark.parametrize(
    ("tag", "package"),
    [
        ("r4-v2.0.0", "acme/fhir.r4"),  # as its folder
        ("fhir.r4-v2.0.0", "acme/fhir.r4"),  # as the package
        ("parser-v2.0.0", "acme/fhir.parser"),
        ("pars-v2.0.0", "acme/fhir.parser"),  # as both begin
    ],
)
def test_what_stands_before_the_version_names_one_of_several_packages(
    root: Path, tag: str, package: str
) -> None:
    commit(root, {**_shop("2.0.0", "r4", "fhir.r4"), **_shop("2.0.0", "parser", "fhir.parser")}, tag=tag)
    assert _versions(releases_in_git(root)) == {package: [("2.0.0", f"the tag {tag}")]}


def test_of_packages_that_a_tag_names_alike_the_one_with_its_version_counts(root: Path) -> None:
    files = {**_shop("2.0.0", "au410", "fhir.au410"), **_shop("1.0.0", "au421", "fhir.au421")}
    commit(root, files, tag="au-v2.0.0")
    assert _versions(releases_in_git(root)) == {"acme/fhir.au410": [("2.0.0", "the tag au-v2.0.0")]}


@pytest.mark.parametrize("tag", ["other-v2.0.0", "au-v3.0.0", "_v2.0.0"])
def test_a_tag_of_which_nobody_knows_what_it_means_is_left_out(root: Path, tag: str) -> None:
    files = {**_shop("2.0.0", "au410", "fhir.au410"), **_shop("1.0.0", "au421", "fhir.au421")}
    commit(root, files, tag=tag)
    commit(root, {}, tag="v1.0.0")
    found = releases_in_git(root)
    assert (f"the tag {tag}", "no package of its commit is clearly meant") in _left_out(found)
    assert all(one.releases[0].place == "the tag v1.0.0" for one in found.packages)


def test_of_tags_with_one_version_the_first_is_what_clients_got(root: Path) -> None:
    commit(root, _shop("1.0.0"), tag="v1.0.0")
    commit(root, _shop("1.0.0", source="public function g() {}\n"), tag="shop-v1.0.0", day="2026-03-01")
    found = releases_in_git(root)
    assert _versions(found) == {"acme/shop": [("1.0.0", "the tag v1.0.0")]}
    assert _left_out(found) == [("the tag shop-v1.0.0", "1.0.0 is already the tag v1.0.0, with other files")]


def test_a_second_tag_of_the_same_files_goes_without_saying(root: Path) -> None:
    commit(root, _shop("1.0.0"), tag="v1.0.0")
    commit(root, {}, tag="shop-v1.0.0", day="2026-03-01")
    assert _left_out(releases_in_git(root)) == []


@pytest.mark.parametrize(
    "folder", ["tests", "examples/shop", "shop-tests", "src/test/resources/a", "Samples", "load_tests"]
)
def test_packages_of_tests_and_examples_are_not_published(root: Path, folder: str) -> None:
    commit(root, {**_shop("1.0.0", "shop"), **_shop("1.0.0", folder, "other")}, tag="v1.0.0")
    assert list(_versions(releases_in_git(root))) == ["acme/shop"]


def test_a_folder_whose_name_only_holds_such_a_word_is_published(root: Path) -> None:
    commit(root, _shop("1.0.0", "contest"), tag="v1.0.0")
    assert list(_versions(releases_in_git(root))) == ["acme/shop"]


def test_a_pattern_chooses_folders(root: Path) -> None:
    commit(root, {**_shop("1.0.0", "a/one", "one"), **_shop("1.0.0", "b/two", "two")}, tag="v1.0.0")
    assert list(_versions(releases_in_git(root, "b/*"))) == ["acme/two"]


def test_at_the_directory_of_a_package_only_that_one_counts_wherever_it_lay(root: Path) -> None:
    commit(root, {**_shop("1.0.0", "old", "one"), **_shop("2.0.0", "b", "two")}, tag="v1.0.0")
    git(root, "mv", "old", "new")
    commit(root, _shop("1.1.0", "new", "one"), tag="v1.1.0")
    assert _versions(releases_in_git(root / "new")) == {
        "acme/one": [("1.0.0", "the tag v1.0.0"), ("1.1.0", "the tag v1.1.0")]
    }


def test_a_bare_repository_that_is_named_is_read(root: Path, tmp_path: Path) -> None:
    commit(root, _shop("1.0.0"), tag="v1.0.0")
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "bare.git")
    (package,) = releases_in_git(tmp_path / "bare.git").packages
    read = read_release(package.releases[0], environment_from({}, root))
    assert (package.package, read.version) == ("acme/shop", "1.0.0")


def test_a_manifest_that_names_no_package_is_left_out(root: Path) -> None:
    commit(root, {"Ballerina.toml": "[package]\nname = 'shop'\n"}, tag="v1.0.0")
    found = releases_in_git(root)
    assert _left_out(found) == [("Ballerina.toml at the tag v1.0.0", "it names no package")]


def test_a_tag_of_no_commit_is_left_out(root: Path) -> None:
    commit(root, _shop("1.0.0"), tag="v1.0.0")
    git(root, "tag", "v2.0.0", git(root, "rev-parse", "HEAD:main.bal"))
    found = releases_in_git(root)
    assert _left_out(found) == [("the tag v2.0.0", "the files of its commit cannot be listed")]


def test_the_digest_tells_what_lies_in_the_folder_of_a_package_and_nothing_else(root: Path) -> None:
    commit(root, {**_shop("1.0.0", "a", "one"), **_shop("1.0.0", "ab", "two")}, tag="v1.0.0")
    commit(root, {**_shop("1.1.0", "ab", "two"), "other.txt": "x"}, tag="v1.1.0")
    found = releases_in_git(root)
    one, two = found.packages
    assert len(one.releases) == 1
    assert _left_out(found) == []
    assert len({release.digest for release in two.releases}) == 2


def test_a_package_at_the_root_has_all_files_in_its_digest(root: Path) -> None:
    commit(root, _shop("1.0.0"), tag="v1.0.0")
    commit(root, {"Ballerina.toml": manifest("1.0.1"), "modules/a/a.bal": SOURCE}, tag="v1.0.1")
    (package,) = releases_in_git(root).packages
    assert len({one.digest for one in package.releases}) == 2


def test_manifests_that_git_does_not_give_are_no_packages_of_other_names(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(root, _shop("1.0.0"), tag="v1.0.0")
    monkeypatch.setattr("semverdiff.releases.git.packages.read_objects", lambda *_: None)
    with pytest.raises(BaselineError, match="manifests of the git repository 'repository' cannot be read"):
        releases_in_git(root)
