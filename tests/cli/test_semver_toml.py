"""`Semver.toml` beside Ballerina.toml: what the project decided, as the command obeys it."""

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

_REMOVED = "record-field-removed"
_SUPPRESSED = f"""
[[suppress]]
rule = "{_REMOVED}"
symbol = "Order.note"
reason = "nobody reads it"
"""


def _decide(package: Path, text: str) -> None:
    (package / "Semver.toml").write_text(text, encoding="utf-8")


def _findings(ended: Ended) -> Sequence[Mapping[str, object]]:
    return cast("Sequence[Mapping[str, object]]", report_of(ended)["findings"])


@pytest.mark.usefixtures("old")
def test_its_options_are_those_of_the_command(semver: Semver, new: Path) -> None:
    _decide(new, '[check]\nbaseline = "../old"\nformat = "json"\nfail-on = "never"\n')
    ended = semver("check", "new")
    assert (ended.code, report_of(ended)["outcome"]) == (0, "passed")
    assert _findings(ended)[0]["rule"] == _REMOVED


@pytest.mark.usefixtures("old")
def test_the_command_line_prevails_over_variables_and_these_over_the_file(semver: Semver, new: Path) -> None:
    _decide(new, '[check]\nbaseline = "../old"\nformat = "json"\nfail-on = "never"\n')
    variable = {"SEMVERDIFF_FAIL_ON": "major"}
    assert semver("check", "new", **variable).code == 1
    assert semver("check", "new", "--fail-on", "never", **variable).code == 0
    ended = semver("check", "new", "--format", "text", SEMVERDIFF_FORMAT="bal")
    assert ended.out.startswith("1.4.0 is too low (not enforced): ")


@pytest.mark.usefixtures("old")
def test_it_is_found_from_within_the_package_and_its_paths_are_its_own(
    tmp_path: Path, semver: Semver, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _decide(new, '[check]\nbaseline = "../old"\nformat = "json=report.json"\n')
    (new / "modules/more").mkdir(parents=True)
    (new / "modules/more/more.bal").write_text("")
    monkeypatch.chdir(new / "modules")
    assert semver("check", "more").code == 1
    assert '"under-bumped"' in (new / "report.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in (new / "report.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("old", "new")
@pytest.mark.parametrize(("level", "levels"), [("off", []), ("patch", ["patch"]), ("minor", ["minor"])])
def test_a_rule_has_the_level_that_the_project_gives_it(
    tmp_path: Path, semver: Semver, level: str, levels: list[str]
) -> None:
    _decide(tmp_path / "new", f'[rules]\n{_REMOVED} = "{level}"\n')
    ended = semver("check", "new", "--baseline", "old", "--format", "json")
    assert (ended.code, report_of(ended)["required_bump"]) == (0, levels[0] if levels else "none")
    assert [one["level"] for one in _findings(ended)] == levels
    off = [note for note in cast("list[str]", report_of(ended)["notes"]) if "turns it off" in note]
    assert bool(off) is (level == "off")


def test_a_policy_decides_what_the_contract_leaves_open(tmp_path: Path, semver: Semver) -> None:
    for name, value, version in (("old", 1, "1.0.0"), ("new", 2, "1.1.0")):
        write_package(tmp_path / name, {"lib.bal": f"public const SIZE = {value};\n"}, version)
    check = ("check", "new", "--baseline", "old")
    assert semver(*check).code == 0
    _decide(tmp_path / "new", '[policy]\nconstant-value-changed = "major"\n')
    assert semver(*check).code == 1


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("until", ["", "until = 2999-12-31", 'until = "1.5.0"'])
def test_a_suppressed_finding_is_shown_and_does_not_count(semver: Semver, new: Path, until: str) -> None:
    _decide(new, _SUPPRESSED + until)
    check = ("check", "new", "--baseline", "old")
    ended = semver(*check, "--format", "json")
    assert (ended.code, report_of(ended)["required_bump"]) == (0, "none")
    suppressed = cast("Mapping[str, object]", _findings(ended)[0]["suppressed"])
    assert suppressed["reason"] == "nobody reads it"
    assert "suppressed, does not count (1):" in semver(*check).out
    assert semver(*check, "--strict").code == 0


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("until", ["until = 2020-01-31", 'until = "1.4.0"'])
def test_an_expired_suppression_no_longer_acts(semver: Semver, new: Path, until: str) -> None:
    _decide(new, _SUPPRESSED + until)
    ended = semver("check", "new", "--baseline", "old", "--format", "json")
    report = report_of(ended)
    (expired,) = cast("list[Mapping[str, object]]", report["expired_suppressions"])
    assert (ended.code, expired["rule"], expired["line"]) == (1, _REMOVED, 2)
    assert "does so no longer" in " ".join(cast("list[str]", report["notes"]))


@pytest.mark.parametrize("more", ["", "until = 2020-01-31"])
def test_a_stale_suppression_is_told_and_fails_a_strict_run(
    tmp_path: Path, semver: Semver, old: Path, more: str
) -> None:
    same = write_package(tmp_path / "same", {"orders.bal": OLD + "\npublic const MORE = 1;\n"})
    _decide(same, _SUPPRESSED + more)
    check = ("check", same, "--baseline", old)
    lax, strict = semver(*check, "--format", "json"), semver(*check, "--strict", "--format", "json")
    only = semver(*check, "--strict-suppressions", "--format", "json")
    assert (only.code, report_of(only)["gates"]) == (strict.code, report_of(strict)["gates"])
    key = "expired_suppressions" if more else "unused_suppressions"
    assert (lax.code, strict.code) == (0, 1)
    assert cast("list[Mapping[str, object]]", report_of(lax)[key])[0]["symbol"] == "Order.note"
    assert report_of(strict)["outcome"] == "gate-failed"
    assert "symbol 'Order.note'" in semver(*check).out


def test_every_mistake_is_told_at_once_with_its_place(semver: Semver, new: Path) -> None:
    _decide(new, '[check]\noffline = "no"\n[rules]\nrecord-field-remvoed = "off"\n[polcy]\n')
    ended = semver("check", "new", "--baseline", "old", SEMVERDIFF_FAIL_ON="majr")
    assert (ended.code, ended.out) == (2, "")
    for words in ("SEMVERDIFF_FAIL_ON", "Semver.toml:2:1", "Semver.toml:4:1", "Semver.toml:5:2"):
        assert words in ended.err
    assert f"did you mean '{_REMOVED}'?" in ended.err


def test_its_mistakes_are_valid_json_too(semver: Semver, new: Path) -> None:
    _decide(new, "[check]\nbaselin = 1\n")
    ended = semver("check", "new", "--format", "json")
    (error,) = cast("list[Mapping[str, object]]", report_of(ended)["errors"])
    assert (ended.code, error["file"], error["line"]) == (2, "Semver.toml", 2)


@pytest.mark.usefixtures("old")
def test_a_report_that_it_sends_nowhere_is_refused_before_the_work(semver: Semver, new: Path) -> None:
    _decide(new, '[check]\nformat = "html=Ballerina.toml/page.html"\n')
    ended = semver("check", "new", "--baseline", "old")
    assert ended.code == 2
    assert "SEMVERDIFF_FORMAT or Semver.toml: " in ended.err


def test_one_that_cannot_be_read_is_not_ignored(semver: Semver, new: Path) -> None:
    (new / "Semver.toml").mkdir()
    ended = semver("check", "new", "--baseline", "none")
    assert (ended.code, ended.err) == (
        2,
        "error: 'Semver.toml' cannot be read: it is not a regular file\n  --> new\n",
    )


def test_what_another_version_of_the_program_is_for_is_not_read(semver: Semver, new: Path) -> None:
    _decide(new, 'required-version = ">=9000"\n[future]\nx = 1\n')
    ended = semver("check", "new", "--baseline", "none")
    assert ended.code == 2
    assert ended.err.count("error:") == 1
    assert "expects semverdiff >=9000" in ended.err


def test_a_comparison_obeys_the_rules_of_the_new_side_and_no_options(
    semver: Semver, old: Path, new: Path
) -> None:
    _decide(new, f'[check]\nformat = "html"\nfail-on = "major"\n[rules]\n{_REMOVED} = "minor"\n')
    _decide(old, f'[rules]\n{_REMOVED} = "off"\n')
    ended = semver("diff", "old", "new", "--format", "json")
    assert (ended.code, [one["level"] for one in _findings(ended)]) == (0, ["minor"])
    assert semver("diff", "old", "new").out.startswith("requires minor: ")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with a package and a Semver.toml, whose working copy breaks clients."""
    folder = repository_at(tmp_path / "shop")
    commit(
        folder,
        {
            "Ballerina.toml": manifest("1.3.0"),
            "orders.bal": OLD,
            "Semver.toml": '[policy]\nundecided = "major"\n',
        },
        tag="v1.3.0",
    )
    write_package(folder, {"orders.bal": NEW, "Ballerina.toml": manifest("1.4.0")})
    return folder


def test_what_a_change_relaxes_is_listed_against_a_revision(semver: Semver, repository: Path) -> None:
    check = ("check", repository, "--baseline", "git:v1.3.0", "--format", "json")
    assert report_of(semver(*check))["relaxed_settings"] == []
    _decide(repository, f'[policy]\nundecided = "minor"\n[rules]\n{_REMOVED} = "patch"\n{_SUPPRESSED}')
    ended = semver(*check)
    assert (ended.code, report_of(ended)["relaxed_settings"]) == (
        0,  # by the suppression, which names one finding
        [
            f"rule '{_REMOVED}': patch, before major",
            "policy 'undecided': minor, before major",
            f"suppression of rule '{_REMOVED}', symbol 'Order.note' (line 6): new",
        ],
    )
    shown = semver(*check[:-2]).out
    assert "accepted from this change set's Semver.toml:" in shown
    assert "not accepted, judged by the settings of the git revision v1.3.0" in shown
    strict = semver(*check, "--strict")
    assert (strict.code, report_of(strict)["outcome"]) == (1, "gate-failed")


def test_a_revision_whose_file_is_broken_is_told(semver: Semver, repository: Path) -> None:
    commit(repository, {"Semver.toml": "[polcy]\n"})
    _decide(repository, "")
    git(repository, "reset", "--quiet")
    ended = semver("check", repository, "--baseline", "git:HEAD", "--format", "json")
    assert (ended.code, report_of(ended)["outcome"]) == (1, "gate-failed")
    assert "unknown section or key 'polcy'" in str(report_of(ended)["gates"])
    assert semver("check", repository, "--baseline", "git:HEAD", "--accept-settings", "head").code == 0


def test_a_format_that_is_none_hides_no_mistake_in_the_settings(semver: Semver, new: Path) -> None:
    (new / "Semver.toml").write_text("[chek]\n")
    ended = semver("check", "new", SEMVERDIFF_FORMAT="nonsense")
    assert (ended.code, ended.out) == (2, "")
    assert "unknown section" in ended.err
