"""Git revisions and repositories of packages, as baseline and as sides of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from cli.examples import NEW, OLD, report_of
from support.archives import build_bala
from support.central import Published, serve_central
from support.git_repositories import commit, git, repository_at
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cli.conftest import Semver
    from cli.examples import Ended


def _baseline(ended: Ended) -> Mapping[str, object]:
    return cast("Mapping[str, object]", report_of(ended)["baseline"])


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with two releases in a folder, and a third in the working copy."""
    root = repository_at(tmp_path / "repository")
    commit(root, {"shop/Ballerina.toml": manifest("1.2.0"), "shop/orders.bal": OLD}, tag="v1.2.0")
    commit(root, {"shop/Ballerina.toml": manifest("1.3.0"), "shop/orders.bal": OLD}, tag="v1.3.0")
    write_package(root / "shop", {"Ballerina.toml": manifest("1.4.0"), "orders.bal": NEW})
    return root


@pytest.mark.parametrize(
    ("spec", "version"),
    [
        ("git:v1.2.0", "1.2.0"),
        ("git:HEAD", "1.3.0"),
        ("git:HEAD~1:shop", "1.2.0"),
        ("git:latest-tag", "1.3.0"),
        ("git:latest-tag:shop", "1.3.0"),
    ],
)
def test_a_revision_is_a_baseline(semver: Semver, repository: Path, spec: str, version: str) -> None:
    ended = semver("check", repository / "shop", "--baseline", spec, "--format", "json")
    assert (ended.code, report_of(ended)["required_version"]) == (1, "2.0.0")
    baseline = _baseline(ended)
    assert (baseline["version"], baseline["source"]) == (version, "git")
    assert len(str(baseline["repository"])) == 40  # the commit


@pytest.mark.parametrize("side", ["git:v1.3.0", "git:HEAD:shop", "git:latest-tag"])
def test_a_revision_is_a_side(semver: Semver, repository: Path, side: str) -> None:
    there = semver("diff", side, repository / "shop", "--format", "json")
    back = semver("diff", repository / "shop", side, "--format", "json")
    assert (there.code, back.code) == (0, 0)
    assert _baseline(there)["version"] == "1.3.0"
    assert cast("Mapping[str, object]", report_of(back)["candidate"])["version"] == "1.3.0"
    assert report_of(there)["required_bump"] == "major"
    assert report_of(back)["required_bump"] == "minor"


def test_two_revisions_of_the_repository_around(
    semver: Semver, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    ended = semver("diff", "git:v1.2.0:shop", "git:v1.3.0:shop", "--format", "json")
    assert (ended.code, report_of(ended)["findings"]) == (0, [])


def test_a_revision_that_is_not_there_is_told_with_the_remedy(
    tmp_path: Path, semver: Semver, repository: Path
) -> None:
    ended = semver("check", repository / "shop", "--baseline", "git:v9.0.0")
    assert (ended.code, ended.out) == (3, "")
    assert "git fetch --tags" in ended.err
    git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), "shallow")
    shallow = semver("diff", "git:v1.2.0", "shallow/shop")
    assert shallow.code == 3
    assert "git fetch --depth=1 origin tag v1.2.0" in shallow.err


def test_the_working_copy_is_left_alone(semver: Semver, repository: Path) -> None:
    before = git(repository, "status", "--porcelain=v2", "--branch")
    semver("check", repository / "shop", "--baseline", "git:v1.2.0")
    semver("diff", "git:v1.2.0", repository / "shop")
    assert git(repository, "status", "--porcelain=v2", "--branch") == before
    assert git(repository, "worktree", "list").count("\n") == 0


def _push(home: Path, repository: str, version: str) -> None:
    """Put a version into a repository on disk, as `bal push` and `bal pull` do: unpacked."""
    import io  # noqa: PLC0415 (for this helper only)
    import zipfile  # noqa: PLC0415 (as above)

    folder = home / "repositories" / repository / "bala/acme/shop" / version / "any"
    archive = build_bala("acme", "shop", version, {"modules/shop/orders.bal": OLD})
    zipfile.ZipFile(io.BytesIO(archive)).extractall(folder)


@pytest.mark.parametrize(
    ("spec", "version"), [("local", "1.3.0"), ("local:1.2.0", "1.2.0"), ("repository:ours:1.2.0", "1.2.0")]
)
def test_repositories_on_disk(tmp_path: Path, semver: Semver, new: Path, spec: str, version: str) -> None:
    home = tmp_path / "home"
    for repository in ("local", "ours"):
        for one in ("1.2.0", "1.3.0", "2.0.0"):
            _push(home, repository, one)
    home_of_bal = {"BALLERINA_HOME_DIR": str(home)}
    ended = semver("check", new, "--baseline", spec, "--offline", "--format", "json", **home_of_bal)
    assert (ended.code, _baseline(ended)["version"]) == (1, version)
    compared = semver("diff", spec, new, "--offline", "--format", "json", **home_of_bal)
    assert (compared.code, _baseline(compared)["version"]) == (0, version)
    back = semver("diff", new, spec, "--offline", "--format", "json", **home_of_bal)
    assert cast("Mapping[str, object]", report_of(back)["candidate"])["version"] == version


def test_a_side_on_central(semver: Semver, new: Path) -> None:
    table = [
        Published(
            "acme", "shop", version, build_bala("acme", "shop", version, {"modules/shop/orders.bal": OLD})
        )
        for version in ("1.2.0", "1.3.0", "1.5.0")
    ]
    with serve_central(table) as central:
        address = central.address
        versions = [
            _baseline(semver("diff", side, new, "--format", "json", SEMVERDIFF_CENTRAL_URL=address))[
                "version"
            ]
            for side in ("central:acme/shop", "central:acme/shop:1.2.0", "central:1.2.0", "central")
        ]
        offline = semver(
            "diff",
            "central:acme/shop:1.2.0",
            new,
            "--offline",
            "--format",
            "json",
            SEMVERDIFF_CENTRAL_URL=address,
        )
    assert versions == ["1.5.0", "1.2.0", "1.2.0", "1.3.0"]
    assert _baseline(offline)["version"] == "1.2.0"


def test_a_package_that_is_new_since_a_revision_is_a_first_release(semver: Semver, repository: Path) -> None:
    write_package(repository / "other", {"Ballerina.toml": manifest("0.1.0", name="other"), "lib.bal": NEW})

    ended = semver("check", repository / "other", "--baseline", "git:v1.3.0", "--format", "json")

    assert (ended.code, report_of(ended)["outcome"]) == (0, "first-release")
    assert "has no acme/other" in str(report_of(ended)["baseline_reason"])
    assert "warning: nothing was compared for acme/other" in ended.err
    required = semver("check", repository / "other", "--baseline", "git:v1.3.0", "--require-baseline")
    assert required.code == 1


def test_a_package_that_moved_is_judged_by_what_it_was(semver: Semver, repository: Path) -> None:
    git(repository, "mv", "shop", "moved")

    ended = semver("check", repository / "moved", "--baseline", "git:v1.3.0", "--format", "json")

    assert (ended.code, report_of(ended)["required_version"]) == (1, "2.0.0")
