"""Where services show what was found: paths from the root of the repository, and links to a commit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cli.examples import NEW, OLD
from support.git_repositories import commit, repository_at
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

_GITHUB = {
    "GITHUB_SERVER_URL": "https://git.example.org",
    "GITHUB_REPOSITORY": "acme/shop",
    "GITHUB_SHA": "c0ffee",
}
_GITLAB = {"CI_PROJECT_URL": "https://git.example.org/acme/shop", "CI_COMMIT_SHA": "c0ffee"}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a package in a folder of a repository, beside a workspace of two, all broken since `v1`."""
    root = repository_at(tmp_path / "repository")
    files = {"all/Ballerina.toml": '[workspace]\npackages = ["one", "two"]\n'}
    for place, name in (("shop", "shop"), ("all/one", "one"), ("all/two", "two")):
        files[f"{place}/Ballerina.toml"] = manifest("1.3.0", name)
        files[f"{place}/orders.bal"] = OLD
    commit(root, files, tag="v1")
    commit(root, {name: NEW for name in files if name.endswith(".bal")})
    return root / "shop"


def paths_in(text: str) -> set[str]:
    return {str(one["location"]["path"]) for one in json.loads(text)}


def test_a_package_below_the_root_of_its_repository_is_shown_by_its_path_there(
    semver: Semver, package: Path
) -> None:
    ended = semver("check", package, "--baseline", "git:v1", "--format", "gitlab")
    assert paths_in(ended.out) == {"shop/Ballerina.toml"}


def test_a_directory_of_modules_is_part_of_the_same_package(semver: Semver, package: Path) -> None:
    folder = package / "modules" / "stock"
    folder.mkdir(parents=True)
    (folder / "stock.bal").write_text("public int limit = 1;\n")
    ended = semver("check", folder, "--baseline", "git:v1", "--format", "gitlab")
    assert paths_in(ended.out) == {"shop/Ballerina.toml", "shop/modules/stock/stock.bal"}


def test_each_package_of_a_workspace_is_shown_by_its_own_path(semver: Semver, package: Path) -> None:
    root = package.parent / "all"
    ended = semver("check", "--workspace", root, "--baseline", "git:v1", "--format", "gitlab")
    assert paths_in(ended.out) == {"all/one/Ballerina.toml", "all/two/Ballerina.toml"}


def test_a_broken_manifest_is_shown_where_it_is(semver: Semver, package: Path) -> None:
    (package / "Ballerina.toml").write_text("[package\n")
    ended = semver("check", package, "--baseline", "git:v1", "--format", "gitlab")
    assert paths_in(ended.out) == {"shop/Ballerina.toml"}
    ended = semver("check", package, "--baseline", "git:v1", "--format", "github")
    assert "::error file=shop/Ballerina.toml,line=1," in ended.out


@pytest.mark.parametrize("broken", ["one/Ballerina.toml", "one/Semver.toml"])
def test_a_broken_member_of_a_workspace_is_shown_where_it_is(
    semver: Semver, package: Path, broken: str
) -> None:
    root = package.parent / "all"
    (root / broken).write_text("[package\n")
    ended = semver("check", "--workspace", root, "--baseline", "git:v1", "--format", "gitlab")
    assert f"all/{broken}" in paths_in(ended.out)


def test_wrong_settings_are_shown_where_they_are(semver: Semver, package: Path) -> None:
    (package / "Semver.toml").write_text("[check]\nnothing = 1\n")
    ended = semver("check", package, "--format", "gitlab")
    assert "shop/Semver.toml" in paths_in(ended.out)


def test_a_comparison_shows_paths_of_the_new_side(semver: Semver, package: Path) -> None:
    ended = semver("diff", "git:v1:shop", package, "--format", "gitlab")
    assert paths_in(ended.out) == {"shop/Ballerina.toml"}


def test_an_archive_and_a_package_without_repository_are_roots_of_their_own(
    semver: Semver, old: Path, new: Path
) -> None:
    ended = semver("diff", old, new, "--format", "gitlab")
    assert paths_in(ended.out) == {"Ballerina.toml"}


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        (_GITHUB, "https://git.example.org/acme/shop/blob/c0ffee/shop/Ballerina.toml#L"),
        (
            {**_GITHUB, "GITEA_ACTIONS": "true"},
            "https://git.example.org/acme/shop/src/commit/c0ffee/shop/Ballerina.toml#L",
        ),
        (_GITLAB, "https://git.example.org/acme/shop/-/blob/c0ffee/shop/Ballerina.toml#L"),
    ],
)
def test_places_are_linked_to_the_commit_that_is_built(
    semver: Semver, package: Path, variables: dict[str, str], address: str
) -> None:
    ended = semver("check", package, "--baseline", "git:v1", "--format", "markdown", **variables)
    assert address in ended.out


def test_an_option_prevails_over_what_is_built(semver: Semver, package: Path) -> None:
    ended = semver(
        "check", package, "--baseline", "git:v1", "--format", "markdown",
        "--source-url", "https://example.com/see?file={path}&line={line}", **_GITHUB,
    )  # fmt: skip
    assert "https://example.com/see?file=shop/Ballerina.toml&line=" in ended.out
    assert "git.example.org" not in ended.out


@pytest.mark.parametrize("missing", sorted(_GITHUB))
def test_nothing_is_linked_where_the_commit_is_not_known(semver: Semver, package: Path, missing: str) -> None:
    variables = {name: value for name, value in _GITHUB.items() if name != missing}
    ended = semver("check", package, "--baseline", "git:v1", "--format", "markdown", **variables)
    assert "](<" not in ended.out


@pytest.mark.parametrize("template", ["javascript:alert(1)//{path}", "https://example.com/", "{path}"])
def test_an_address_that_leads_to_no_file_is_refused(semver: Semver, package: Path, template: str) -> None:
    ended = semver("check", package, "--source-url", template)
    assert ended.code == 2
    assert f"'{template}' is no address of a file" in " ".join(ended.err.split())


def test_several_directories_are_each_shown_by_their_path(semver: Semver, package: Path) -> None:
    other = write_package(package.parent / "other", {"orders.bal": NEW})
    ended = semver("check", package, other, "--baseline", "git:v1:shop", "--format", "gitlab")
    assert "shop/Ballerina.toml" in paths_in(ended.out)
