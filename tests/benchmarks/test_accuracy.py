"""How accuracy is measured: the scoring, the emulation of the reference, and what the page claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from accuracy_disputes import DISPUTES, LEFT_OUT, MOST_DISPUTED, OPEN_BUGS, RELEASE_DISPUTES
from accuracy_page import page
from accuracy_scoring import NO_ANSWER, Counts, Scored, Told, found_between, measure_cases, scored
from real_releases import Release, ReleaseLabel, Results, measure_releases
from reference_rules import Change, compare_modules, impact
from support.cases import Label
from support.git_repositories import commit, git, repository_at
from support.packages import manifest, package

from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.rules import Finding

# Words that differ between versions of the reference are left out: what is compared is type and impact.
Shape = tuple[str, str, list["Shape"]]


class ReferenceDiff(msgspec.Struct, rename="camel"):
    """An answer of the reference, as its own cases write it; a list of annotations is a list in the list."""

    type: str = ""
    version_impact: str = ""
    child_diffs: list[ReferenceDiff | list[ReferenceDiff]] = []


class ReferenceCase(msgspec.Struct, rename="camel"):
    description: str
    old_code: str
    new_code: str
    expected_output: ReferenceDiff


@pytest.fixture(scope="session")
def measured(repository: Path) -> tuple[list[Scored], list[str]]:
    return measure_cases(repository / "fixtures" / "cases")


@pytest.fixture(scope="session")
def results(repository: Path) -> Results:
    file = repository / "benchmarks" / "results" / "real_releases.json"
    return msgspec.json.decode(file.read_bytes(), type=Results)


def between(old: str, new: str) -> tuple[Finding, ...]:
    return found_between(package(old), package(new))


@pytest.mark.slow
def test_a_case_is_wrong_only_where_its_label_is_disputed_or_a_bug_is_known(
    measured: tuple[list[Scored], list[str]],
) -> None:
    cases, _ = measured
    wrong = {one.id for one in cases if not one.right}
    assert wrong == DISPUTES.keys() | LEFT_OUT.keys() | OPEN_BUGS.keys()
    assert len(DISPUTES) <= MOST_DISPUTED * len(cases)


@pytest.mark.slow
def test_where_a_label_leaves_changes_out_bump_and_labelled_changes_are_right(
    measured: tuple[list[Scored], list[str]],
) -> None:
    cases = [one for one in measured[0] if one.id in LEFT_OUT]
    assert [(one.id, one.found, one.missed) for one in cases] == [(one.id, one.expected, ()) for one in cases]


@pytest.mark.slow
def test_no_two_cases_have_the_same_name(measured: tuple[list[Scored], list[str]]) -> None:
    names = [one.id for one in measured[0]]
    assert sorted(set(names)) == sorted(names)


def test_releases_differ_from_their_labels_only_where_that_is_disputed(results: Results) -> None:
    wrong = {one.name for one in results.releases if one.required != one.found or one.missed or one.extra}
    assert wrong == RELEASE_DISPUTES.keys()


def test_a_finding_without_a_label_and_a_label_without_a_finding_count_against_us() -> None:
    labels = [Label("gone", "function-removed", "major", "shop")]
    found = between("", "public function f() {}")
    outcome = scored("x", "major", labels, found)
    assert (outcome.expected, outcome.found, outcome.right) == ("major", "minor", False)
    assert outcome.missed == (Told("gone", "shop", "major"),)
    assert outcome.extra == (Told("f", "shop", "minor"),)
    assert (outcome.counts.precision, outcome.counts.recall) == (0, 0)


def test_the_module_and_the_level_of_a_change_have_to_be_right() -> None:
    found = between("", "public function f() {}")
    for label in (Label("f", "function-added", "major", "shop"), Label("f", "function-added", "minor", "x")):
        assert scored("x", "minor", [label], found).counts == Counts(hits=0, missed=1, extra=1)


def test_a_certain_rename_stands_for_the_two_changes_of_its_label() -> None:
    found = between("public function fetchOrders(int page) {}", "public function listOrders(int page) {}")
    assert [one.rule for one in found] == ["function-renamed"]
    labels = [
        Label("fetchOrders", "function-removed", "major", "shop"),
        Label("listOrders", "function-added", "minor", "shop"),
    ]
    assert scored("x", "major", labels, found).right
    # It stands for one added name, no more.
    more = [*labels, Label("other", "function-added", "minor", "shop")]
    assert scored("x", "major", more, found).missed == (Told("other", "shop", "minor"),)


def test_no_change_and_a_patch_are_the_same_bump_and_patches_are_not_scored() -> None:
    found = between("# One.\npublic function f() {}", "# Two.\npublic function f() {}")
    assert [one.level.word for one in found] == ["patch"]
    assert scored("x", "none", [], found).right
    assert scored("x", "none", [], found).hits == 0


def test_without_anything_to_find_nothing_is_wrong() -> None:
    assert (Counts().precision, Counts().recall) == (1, 1)


def test_the_emulation_gives_the_answers_of_the_reference(shared: Path) -> None:
    asked = 0
    for file in sorted((shared / "cases" / "bal-semver").rglob("*.json")):
        for case in msgspec.json.decode(file.read_bytes(), type=list[ReferenceCase]):
            if not case.expected_output.type:
                continue  # disabled by the reference
            asked += 1
            old, new = ({"io": [code.encode()]} for code in (case.old_code, case.new_code))
            found = compare_modules(old, new)
            shapes = ("modified", impact(found).name.lower(), sorted(map(_found_shape, found)))
            assert shapes == _expected_shape(case.expected_output), (file.name, case.description)
    assert asked > 100


def _expected_shape(diff: ReferenceDiff) -> Shape:
    children = [inner for one in diff.child_diffs for inner in (one if isinstance(one, list) else [one])]
    return diff.type, diff.version_impact, sorted(map(_expected_shape, children))


def _found_shape(change: Change) -> Shape:
    return change.type, change.impact.name.lower(), sorted(map(_found_shape, change.children))


def test_the_emulation_reads_texts_where_we_read_types() -> None:
    old, new = ({"shop": [f"public function f() returns {one} {{}}".encode()]} for one in ("A|B", "B|A"))
    assert impact(compare_modules(old, new)).name == "AMBIGUOUS"


def test_the_page_names_each_miss_and_its_reason() -> None:
    name = next(iter(DISPUTES))
    extra = (Told("V", "shop", "minor"),)
    cases = [
        Scored(name, "major", "major", 1, (), extra),
        Scored("group/open", "minor", "patch", 0, (Told("f(a)", "shop", "minor"),), ()),
        Scored("group/right", "patch", "patch", 0, (), ()),
    ]
    drawn = page(cases, ["major", NO_ANSWER, "minor"], None)
    assert f"| {name} | major | major | - | `V` minor | disputed: {DISPUTES[name]} |" in drawn
    assert "| group/open | minor | patch | `f(a)` minor | - | not explained yet |" in drawn
    assert "group/right" not in drawn
    assert "- 3 cases: exact bump in 2 of 3 (66.7%); " in drawn
    assert "| group | 2 | 1 | 1.000 | 0.000 | 0 | 1 | 1 |" in drawn
    assert drawn == page(cases, ["major", NO_ANSWER, "minor"], None)


@pytest.fixture
def release(tmp_path: Path) -> Release:
    repository = repository_at(tmp_path / "work")
    commit(
        repository, {"ballerina/Ballerina.toml": manifest("1.0.0"), "ballerina/a.bal": "public const A = 1;"}
    )
    commit(
        repository,
        {
            "ballerina/Ballerina.toml": manifest("1.0.1") + 'export = ["shop", "shop.new"]\n',
            "ballerina/a.bal": "",
            "ballerina/modules/new/b.bal": "public const B = 1;",
        },
    )
    git(tmp_path, "clone", "--quiet", "--bare", "work", "module-shop.git")
    return Release(
        repo="module-shop",
        package="shop",
        old_commit=git(repository, "rev-parse", "HEAD~1"),
        new_commit=git(repository, "rev-parse", "HEAD"),
        old_dir="ballerina",
        new_dir="ballerina",
        old_version="1.0.0",
        new_version="1.0.1",
        declared_bump="patch",
        required_level="major",
        complete=True,
        changes=(
            ReleaseLabel("A", "constant-removed", "major", "shop"),
            ReleaseLabel("(module)", "module-added", "minor", "shop.new"),
            ReleaseLabel("B", "constant-added", "minor", "shop.new", "shop.new module-added"),
        ),
    )


def test_a_release_is_read_from_a_bare_repository_and_implied_labels_are_optional(
    release: Release, tmp_path: Path
) -> None:
    (one,) = measure_releases([release], tmp_path, {}).releases
    assert (one.required, one.found, one.hits, one.missed, one.extra) == ("major", "major", 2, (), ())
    assert measure_releases([release], tmp_path, {"module-shop": "work"}).releases == (one,)


def test_a_repository_that_is_not_there_is_named_with_the_remedy(release: Release, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'module-shop'.*--map module-shop=FOLDER"):
        measure_releases([release], tmp_path / "work", {})
