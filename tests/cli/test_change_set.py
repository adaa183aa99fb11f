"""`--merge-base`: what a branch adds to the changes since the last release, beside the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from cli.examples import NEW, OLD, report_of
from support.git_repositories import commit, git, repository_at
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cli.conftest import Semver
    from cli.examples import Ended

_ADDED = "\npublic function more() {\n}\n"
_RULES = '[rules]\nrecord-field-removed = "minor"\n'


def _change_set(ended: Ended) -> Mapping[str, object]:
    return cast("Mapping[str, object]", report_of(ended)["change_set"])


def _rules(findings: object) -> list[object]:
    return [one["rule"] for one in cast("Sequence[Mapping[str, object]]", findings)]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository whose main branch breaks clients since the release; the branch adds a function."""
    root = repository_at(tmp_path / "repository")
    commit(root, {"Ballerina.toml": manifest("1.3.0"), "orders.bal": OLD}, tag="v1.3.0")
    commit(root, {"Ballerina.toml": manifest("2.0.0"), "orders.bal": NEW})
    git(root, "switch", "--quiet", "--create", "branch")
    commit(root, {"orders.bal": NEW + _ADDED})
    git(root, "switch", "--quiet", "main")
    commit(root, {"orders.bal": NEW + "\npublic const ELSEWHERE = 1;\n"})
    git(root, "switch", "--quiet", "branch")
    return root


def _check(repository: Path, *more: str | Path) -> tuple[str | Path, ...]:
    return "check", repository, "--baseline", "git:v1.3.0", "--merge-base", "main", "--format", "json", *more


def test_tells_what_the_branch_adds_and_what_that_alone_requires(semver: Semver, repository: Path) -> None:
    ended = semver(*_check(repository))
    report, since = report_of(ended), _change_set(ended)
    assert (ended.code, report["required_bump"], since["required_bump"]) == (0, "major", "minor")
    assert _rules(report["findings"]) == ["record-field-removed", "function-added"]
    assert _rules(since["findings"]) == ["function-added"]
    baseline = cast("Mapping[str, object]", since["baseline"])
    assert (baseline["version"], baseline["source"]) == ("2.0.0", "git")
    assert baseline["repository"] == git(repository, "rev-parse", "main~1")


@pytest.mark.parametrize("baseline", ["git:v1.3.0", "none"])
def test_every_form_of_the_report_tells_it(semver: Semver, repository: Path, baseline: str) -> None:
    forms = {
        form: semver(
            "check", repository, "--baseline", baseline, "--merge-base", "main", "--format", form, "-d"
        ).out
        for form in ("text", "bal", "html")
    }
    assert "in this change set, since the merge base with main (commit " in forms["text"]
    assert "required by this change set alone: minor" in forms["text"]
    assert "change set impact (since the merge base with main" in forms["bal"]
    assert "In this change set" in forms["html"]
    assert all("'more'" in text.replace("&#x27;", "'") for text in forms.values())


def test_what_is_not_committed_yet_belongs_to_it(semver: Semver, repository: Path) -> None:
    write_package(repository, {"orders.bal": OLD, "Ballerina.toml": manifest("2.0.0")})
    since = _change_set(semver(*_check(repository)))
    assert _rules(since["findings"]) == ["record-field-optional-added"]


def test_a_package_that_is_new_is_said_to_be(semver: Semver, repository: Path) -> None:
    files = {"Ballerina.toml": manifest(name="other"), "lib.bal": "public const A = 1;\n"}
    write_package(repository / "other", files)
    check = ("check", repository / "other", "--baseline", "none", "--merge-base", "main")
    ended = semver(*check, "--format", "json")
    since = _change_set(ended)
    assert (ended.code, since["baseline"], since["required_bump"], since["findings"]) == (0, None, None, [])
    for form in ("text", "bal", "html"):
        assert "the package is new" in semver(*check, "--format", form).out


def test_what_the_branch_relaxes_is_listed_and_fails_a_strict_run(semver: Semver, repository: Path) -> None:
    # Against the release nothing is relaxed by this branch alone: main has the same rules.
    commit(repository, {"Semver.toml": _RULES})
    relaxed = ["rule 'record-field-removed': minor, before major"]
    assert report_of(semver(*_check(repository)))["relaxed_settings"] == relaxed
    strict = semver(*_check(repository, "--strict"))
    assert (strict.code, report_of(strict)["outcome"]) == (1, "gate-failed")
    git(repository, "branch", "--force", "main", "branch")
    assert report_of(semver(*_check(repository)))["relaxed_settings"] == []
    assert semver(*_check(repository, "--strict")).code == 0


def test_a_suppressed_finding_does_not_count_there_either(semver: Semver, repository: Path) -> None:
    commit(
        repository,
        {"Semver.toml": '[[suppress]]\nrule = "function-added"\nsymbol = "more"\nreason = "internal"\n'},
    )
    since = _change_set(semver(*_check(repository)))
    assert (since["required_bump"], _rules(since["findings"])) == ("none", ["function-added"])


@pytest.mark.parametrize("settled", ["variable", "file"])
def test_a_variable_or_the_file_may_ask_for_it(semver: Semver, repository: Path, settled: str) -> None:
    environment = {"SEMVERDIFF_MERGE_BASE": "main"} if settled == "variable" else {}
    if settled == "file":
        (repository / "Semver.toml").write_text('[check]\nmerge-base = "main"\n', encoding="utf-8")
    ended = semver("check", repository, "--baseline", "none", "--format", "json", **environment)
    assert _change_set(ended)["required_bump"] == "minor"


def test_a_branch_that_is_not_there_or_shares_nothing_is_told(
    tmp_path: Path, semver: Semver, repository: Path
) -> None:
    missing = semver("check", repository, "--baseline", "none", "--merge-base", "gone")
    assert missing.code == 3
    assert "the git revision 'gone' is not in this repository" in missing.err
    git(repository, "switch", "--quiet", "--orphan", "island")
    commit(repository, {"Ballerina.toml": manifest("1.0.0"), "orders.bal": OLD})
    apart = semver("check", repository, "--baseline", "none", "--merge-base", "main")
    assert apart.code == 3
    assert "have no commit in common: expected a branch that this one started from" in apart.err
    git(repository, "switch", "--quiet", "branch")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", repository.as_uri(), "shallow")
    shallow = semver("check", "shallow", "--baseline", "none", "--merge-base", "origin/main")
    assert shallow.code == 3
    assert "git fetch --unshallow origin" in shallow.err
