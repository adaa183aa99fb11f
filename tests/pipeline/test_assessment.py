"""The assessment of two packages: what differs, what it means, what the project decided."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.packages import package

from semverdiff.ballerina import Context, assess
from semverdiff.config import Settings, SuppressionEntry
from semverdiff.errors import SourceError
from semverdiff.packages import Dependency, Module, SourceFile, Unavailable
from semverdiff.pipeline import Assessment
from semverdiff.reports import Skipped
from semverdiff.versions import Level, parse_version

if TYPE_CHECKING:
    from collections.abc import Mapping


_OLD = "public function place() {\n}\n\npublic function cancel() {\n}\n"
_NEW = "public function place() {\n}\n"
_MORE = "public function more() {\n}\n"
_BROKEN = "public type Order record {|\n    int ;\n|};\n"
_SETTINGS = Settings(Path())
_TODAY = date(2026, 1, 2)


def _rules(assessment: Assessment) -> list[str]:
    return [finding.rule for finding in assessment.findings]


def _suppressing(until: date | None = None, rule: str = "function-removed") -> Settings:
    entry = SuppressionEntry(rule=rule, reason="agreed with all clients", until=until, line=3)
    return Settings(Path(), suppressions=(entry,))


def test_a_first_release_is_compared_with_nothing() -> None:
    assert assess(None, package(_NEW), _suppressing()) == Assessment()


def test_equal_sources_are_no_difference_wherever_they_lie() -> None:
    new = package({"orders.bal": _OLD})
    assert assess(package({"lib.bal": _OLD}), new, _SETTINGS) == Assessment(same_sources=True)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "store"},
        {"platform": "java21"},
        {"organization": "other"},
    ],
)
def test_equal_sources_of_another_package_are_compared(changed: Mapping[str, str]) -> None:
    assessment = assess(package(_OLD), replace(package(_OLD), **changed), _SETTINGS)
    assert assessment.same_sources
    assert all(rule.startswith(("package-", "module-")) for rule in _rules(assessment))
    assert assessment.findings


def test_another_export_of_equal_sources_is_a_difference() -> None:
    files = {"modules/orders/lib.bal": _OLD, "lib.bal": _NEW}
    manifest = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n'
    exported = package(files, f'{manifest}export = ["shop", "shop.orders"]\n')
    assessment = assess(exported, package(files, f'{manifest}export = ["shop"]\n'), _SETTINGS)
    assert not assessment.same_sources
    assert "module-removed" in _rules(assessment)


def test_findings_are_in_the_order_of_module_symbol_and_rule() -> None:
    files = {
        "lib.bal": "public const B = 1;\npublic const A = 1;\n",
        "modules/a/lib.bal": "public const C = 1;\n",
    }
    manifest = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\nexport = ["shop", "shop.a"]\n'
    new = package({path: text.replace("1", "2") for path, text in files.items()}, manifest)
    found = assess(package(files, manifest), new, _SETTINGS).findings
    assert [(one.module, one.symbol) for one in found] == [("shop", "A"), ("shop", "B"), ("shop.a", "C")]


def test_a_declaration_of_the_new_package_that_does_not_parse_is_refused_with_its_place() -> None:
    with pytest.raises(SourceError, match="the source does not parse") as refused:
        assess(package(_OLD), package(_BROKEN), _SETTINGS)
    assert refused.value.mistakes[0].line == 2


def test_a_declaration_of_the_old_package_that_does_not_parse_is_skipped() -> None:
    (skipped,) = assess(package(_OLD + _BROKEN), package(_OLD), _SETTINGS).skipped
    assert isinstance(skipped, Skipped)
    assert skipped.what == "Order"
    assert skipped.why.startswith("lib.bal:7:5: published, but does not parse: ")


def test_what_lies_between_declarations_and_does_not_parse_is_named_by_its_place() -> None:
    skipped = assess(package(f"{_OLD}\n}}}} oh\n"), package(_OLD), _SETTINGS).skipped
    assert [one.what for one in skipped] == ["shop, lib.bal near line 7"]


@pytest.mark.parametrize("broken_side", ["old", "new"])
def test_a_body_that_does_not_parse_is_a_note_of_the_new_package_only(broken_side: str) -> None:
    whole, broken = package(_NEW), package(_NEW.replace("{\n}", "{\n    int = ;\n}"))
    old, new = (broken, whole) if broken_side == "old" else (whole, broken)
    assessment = assess(old, new, _SETTINGS)
    assert assessment.skipped == ()
    assert len(assessment.notes) == (broken_side == "new")
    assert all(
        note.startswith("lib.bal:2:") and "the body of place does not parse" in note
        for note in assessment.notes
    )


def test_strict_findings_are_those_of_unusual_clients_too() -> None:
    old, new = (
        package("public function f(int a) {\n}\n"),
        package("public function f(int a, int b = 1) {\n}\n"),
    )
    usual, strict = (assess(old, new, Settings(Path(), strict=strict)) for strict in (False, True))
    assert (usual.findings[0].level, strict.findings[0].level) == (Level.MINOR, Level.MAJOR)


def test_a_level_of_the_project_replaces_that_of_the_catalogue() -> None:
    settings = Settings(Path(), rules={"function-removed": Level.PATCH})
    (finding,) = assess(package(_OLD), package(_NEW), settings).findings
    assert finding.level is Level.PATCH


def test_a_rule_that_is_off_is_noted() -> None:
    settings = Settings(Path(), rules={"function-removed": Level.NONE})
    assessment = assess(package(_OLD), package(_NEW), settings)
    assert assessment.findings == ()
    assert assessment.notes == (
        "1 finding of the rule 'function-removed' not listed: Semver.toml turns it off.",
    )


@pytest.mark.parametrize(("until", "acts"), [(None, True), (_TODAY, True), (date(2026, 1, 1), False)])
def test_a_suppression_acts_until_its_last_day_has_ended(until: date | None, *, acts: bool) -> None:
    assessment = assess(package(_OLD), package(_NEW), _suppressing(until), today=_TODAY)
    (finding,) = assessment.findings
    assert (finding.suppressed is not None, len(assessment.expired_suppressions)) == (acts, not acts)
    assert assessment.unused_suppressions == ()


def test_a_suppression_without_a_finding_is_unused_and_says_all_about_itself() -> None:
    (unused,) = assess(
        package(_OLD), package(f"{_OLD}\n{_MORE}"), _suppressing(_TODAY), today=_TODAY
    ).unused_suppressions
    assert (unused.about, unused.rule, unused.reason, unused.until, unused.line) == (
        "rule 'function-removed' (line 3)",
        "function-removed",
        "agreed with all clients",
        "2026-01-02",
        3,
    )
    assert (unused.symbol, unused.module, unused.fingerprint) == (None, None, None)


def test_suppressions_may_end_with_a_version() -> None:
    entry = SuppressionEntry(rule="function-removed", reason="agreed", until=parse_version("1.0.0"))
    assessment = assess(package(_OLD), package(_NEW), Settings(Path(), suppressions=(entry,)))
    assert [one.until for one in assessment.expired_suppressions] == ["1.0.0"]


def test_dependencies_are_asked_for_only_if_a_type_comes_from_one() -> None:
    asked: list[str] = []

    def find(dependency: Dependency) -> Unavailable:
        asked.append(str(dependency))
        return Unavailable("nobody looked", "look")

    assess(package(_OLD), package(_NEW), _SETTINGS, Context(find=find))
    assert asked == []


def test_modules_are_compared_by_what_they_export_and_hold() -> None:
    old = package(_OLD)
    (module,) = old.modules
    hidden = replace(
        old, modules=(module, Module("shop.hidden", exported=False, files=(SourceFile("a.bal", b""),)))
    )
    assert not assess(old, hidden, _SETTINGS).same_sources


def test_a_change_of_native_code_is_noted() -> None:
    source = 'function bind() = @java:Method {{ name: "{}" }} external;\n'
    notes = assess(package(source.format("one")), package(source.format("two")), _SETTINGS).notes
    assert notes == ("Native code is not compared: what its change does to clients is not known.",)
    assert assess(package(_OLD), package(_NEW), _SETTINGS).notes == ()
