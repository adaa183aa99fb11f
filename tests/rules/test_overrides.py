"""What Semver.toml does to findings: levels, rules that are off, suppressions and their ends."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.findings import finding

from semverdiff.config import Settings, SuppressionEntry
from semverdiff.errors import UsageError
from semverdiff.rules import Suppression
from semverdiff.rules.overrides import Overridden, apply_overrides
from semverdiff.versions import SEMANTIC, Level, Version, any_scheme, parse_version

if TYPE_CHECKING:
    from types import FrameType

    from semverdiff.rules import Finding

TODAY = dt.date(2027, 1, 31)
SCHEME = any_scheme(SEMANTIC)
REMOVED = finding(Level.MAJOR)  # function-removed at `place` in `shop`
ADDED = replace(finding(Level.MINOR), rule="function-added", symbol="order", fingerprint="fedcba9876543210")


def applied(
    *entries: SuppressionEntry, rules: dict[str, Level] | None = None, candidate: str = "1.4.0"
) -> Overridden:
    settings = Settings(path=Path(), rules=rules or {}, suppressions=entries)
    return apply_overrides((REMOVED, ADDED), settings, candidate=candidate, scheme=SCHEME, today=TODAY)


def suppressed(overridden: Overridden) -> list[str]:
    return [one.rule for one in overridden.findings if one.suppressed is not None]


def test_without_overrides_nothing_changes() -> None:
    assert applied() == Overridden((REMOVED, ADDED))


def test_a_rule_gets_the_level_of_the_project_and_says_so() -> None:
    first, second = applied(rules={"function-removed": Level.MINOR}).findings
    assert (first.level, second) == (Level.MINOR, ADDED)
    assert first.explanation == "Semver.toml makes this rule minor; it would be major."


def test_what_the_rule_says_stands_before_what_the_project_made_of_it() -> None:
    given = replace(REMOVED, explanation="Callers break.")
    settings = Settings(path=Path(), rules={"function-removed": Level.PATCH})
    (found,) = apply_overrides((given,), settings, candidate="1.4.0", scheme=SCHEME, today=TODAY).findings
    assert found.explanation == "Callers break. Semver.toml makes this rule patch; it would be major."


def test_a_level_that_is_what_it_would_be_needs_no_words() -> None:
    assert applied(rules={"function-removed": Level.MAJOR}).findings == (REMOVED, ADDED)


def test_a_rule_that_is_off_has_no_finding_but_a_note() -> None:
    overridden = applied(rules={"function-removed": Level.NONE, "enum-removed": Level.NONE})
    assert overridden.findings == (ADDED,)
    assert overridden.notes == (
        "1 finding of the rule 'function-removed' not listed: Semver.toml turns it off.",
    )


def test_the_note_on_a_rule_that_is_off_counts_its_findings() -> None:
    settings = Settings(path=Path(), rules={"function-removed": Level.NONE, "function-added": Level.NONE})
    several = (REMOVED, ADDED, replace(REMOVED, symbol="other"))
    overridden = apply_overrides(several, settings, candidate="1.4.0", scheme=SCHEME, today=TODAY)
    assert overridden.notes == (
        "1 finding of the rule 'function-added' not listed: Semver.toml turns it off.",
        "2 findings of the rule 'function-removed' not listed: Semver.toml turns it off.",
    )


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (SuppressionEntry(rule="function-removed", reason="r"), ["function-removed"]),
        (SuppressionEntry(symbol="order", reason="r"), ["function-added"]),
        (SuppressionEntry(fingerprint="fedcba9876543210", reason="r"), ["function-added"]),
        (
            SuppressionEntry(rule="function-removed", symbol="place", module="shop", reason="r"),
            ["function-removed"],
        ),
        (SuppressionEntry(rule="function-removed", symbol="order", reason="r"), []),
        (SuppressionEntry(symbol="place", module="shop.orders", reason="r"), []),
        (SuppressionEntry(symbol="plac", reason="r"), []),
    ],
)
def test_all_that_an_entry_names_must_match(entry: SuppressionEntry, expected: list[str]) -> None:
    overridden = applied(entry)
    assert suppressed(overridden) == expected
    assert overridden.unused == (() if expected else (entry,))


def test_a_suppressed_finding_stays_with_reason_and_end() -> None:
    overridden = applied(SuppressionEntry(symbol="place", reason="agreed", until=TODAY))
    assert overridden.findings == (replace(REMOVED, suppressed=Suppression("agreed", "2027-01-31")), ADDED)


def test_an_entry_about_a_rule_that_is_off_is_unused() -> None:
    entry = SuppressionEntry(rule="function-removed", reason="r")
    assert applied(entry, rules={"function-removed": Level.NONE}).unused == (entry,)


def test_the_first_entry_that_matches_gives_the_reason_and_the_others_are_used_too() -> None:
    overridden = applied(
        SuppressionEntry(symbol="place", reason="first"),
        SuppressionEntry(rule="function-removed", reason="second"),
    )
    assert [one.suppressed.reason for one in overridden.findings if one.suppressed] == ["first"]
    assert overridden.unused == ()


@pytest.mark.parametrize(
    ("until", "candidate", "acts"),
    [
        (TODAY, "1.4.0", True),
        (TODAY - dt.timedelta(days=1), "1.4.0", False),
        (parse_version("1.4.1"), "1.4.0", True),
        (parse_version("1.4.0"), "1.4.0", False),
        (parse_version("1.4.0"), "1.4.0-rc.1", False),
        (parse_version("2.0.0"), "2.0.0-alpha", False),
        (parse_version("1.4.0"), "2.0.0", False),
    ],
)
def test_an_entry_acts_until_its_end(until: dt.date, candidate: str, acts: bool) -> None:  # noqa: FBT001 (data)
    entry = SuppressionEntry(symbol="place", reason="agreed", until=until, line=7)
    overridden = applied(entry, candidate=candidate)
    assert suppressed(overridden) == (["function-removed"] if acts else [])
    assert overridden.expired == (() if acts else (entry,))
    assert overridden.unused == ()


def test_an_entry_that_has_ended_has_a_note() -> None:
    entry = SuppressionEntry(
        rule="function-removed", symbol="place", reason="agreed", until=dt.date(2026, 12, 31), line=7
    )
    assert applied(entry).notes == (
        (
            "The suppression of rule 'function-removed', symbol 'place' (line 7) in Semver.toml acted until"
            " 2026-12-31 and does so no longer: remove it, or give it a new end."
        ),
    )


def test_a_candidate_without_a_version_is_an_error_in_words() -> None:
    entry = SuppressionEntry(symbol="place", reason="r", until=parse_version("2.0.0"))
    with pytest.raises(UsageError, match=r"expected a version as in 1\.2\.3"):
        applied(entry, candidate="one")


def _entry(rule: str | None, symbol: str | None, until: dt.date | Version | None) -> SuppressionEntry:
    return SuppressionEntry(rule=rule, symbol=symbol, reason="r", until=until)


_ENTRIES = st.builds(
    _entry,
    rule=st.sampled_from([None, "function-removed", "function-added"]),
    symbol=st.sampled_from([None, "place", "order"]),
    until=st.sampled_from([None, TODAY, TODAY - dt.timedelta(days=1), parse_version("1.0.0")]),
)
_RULES = st.dictionaries(st.sampled_from(["function-removed", "function-added"]), st.sampled_from(Level))


@given(st.lists(_ENTRIES), _RULES)
def test_nothing_is_lost_without_a_note(entries: list[SuppressionEntry], rules: dict[str, Level]) -> None:
    overridden = applied(*entries, rules=rules)
    left_out = [rule for rule, level in rules.items() if level is Level.NONE]
    assert len(overridden.findings) + len(left_out) == 2
    assert len(overridden.notes) == len(left_out) + len(overridden.expired)
    assert set(overridden.unused) <= set(entries)
    assert not set(overridden.unused) & set(overridden.expired)


def _plain(one: Finding) -> Finding:
    return replace(one, suppressed=None)


@given(st.lists(_ENTRIES))
def test_suppressing_changes_nothing_else_about_a_finding(entries: list[SuppressionEntry]) -> None:
    assert tuple(map(_plain, applied(*entries).findings)) == (REMOVED, ADDED)


@pytest.mark.parametrize(
    ("rules", "least", "levels"),
    [
        ({}, {"function-removed": Level.MINOR}, [Level.MAJOR, Level.MINOR]),
        ({}, {"function-added": Level.MAJOR}, [Level.MAJOR, Level.MAJOR]),
        ({"function-removed": Level.PATCH}, {"function-removed": Level.MINOR}, [Level.MINOR, Level.MINOR]),
    ],
)
def test_a_rule_may_have_a_level_at_least(
    rules: dict[str, Level], least: dict[str, Level], levels: list[Level]
) -> None:
    settings = Settings(Path(), rules=rules, least_levels=least)
    found = apply_overrides((REMOVED, ADDED), settings, candidate="1.4.0", scheme=SCHEME, today=TODAY)
    assert [one.level for one in found.findings] == levels


@pytest.mark.parametrize(("most", "count"), [(None, 2), (2, 2), (1, 0)])
def test_a_suppression_of_more_findings_than_it_may_match_suppresses_none(
    most: int | None, count: int
) -> None:
    entry = SuppressionEntry(symbol="place", reason="r", is_new=True, most=most)
    twins = (REMOVED, replace(REMOVED, fingerprint="aaaaaaaaaaaaaaaa"))
    found = apply_overrides(
        twins, Settings(Path(), suppressions=(entry,)), candidate="1.4.0", scheme=SCHEME, today=TODAY
    )
    assert len(suppressed(found)) == count
    assert [note.startswith("The suppression of symbol 'place' is new in") for note in found.notes] == (
        [] if count else [True]
    )
    assert found.unused == ()


@pytest.mark.parametrize("is_new", [True, False])
def test_a_finding_says_whether_its_suppression_is_new(*, is_new: bool) -> None:
    entry = SuppressionEntry(symbol="place", reason="agreed", is_new=is_new)
    assert applied(entry).findings[0].suppressed == Suppression("agreed", None, is_new)


def test_many_entries_and_many_findings_take_steps_in_proportion() -> None:
    """A change set may write thousands of entries, and remove thousands of functions."""

    def steps(count: int) -> int:
        entries = [
            SuppressionEntry(reason="r", line=at, rule="function-removed", symbol=f"f{at}")
            for at in range(count)
        ]
        found = [replace(REMOVED, symbol=f"f{at}") for at in range(count)]
        settings = Settings(path=Path(), suppressions=tuple(entries))
        calls = 0

        def profile(_frame: FrameType, _event: str, _argument: object) -> None:
            nonlocal calls
            calls += 1

        before = sys.getprofile()
        sys.setprofile(profile)
        try:
            overridden = apply_overrides(found, settings, candidate="1.4.0", scheme=SCHEME, today=TODAY)
        finally:
            sys.setprofile(before)
        assert len(suppressed(overridden)) == count
        return calls

    assert steps(400) < 5 * steps(100)


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_entries_that_agree_the_first_counts(order: int) -> None:
    entries = [
        SuppressionEntry(reason="wide", line=1, rule="function-removed"),
        SuppressionEntry(reason="narrow", line=2, rule="function-removed", symbol=REMOVED.symbol),
    ][::order]
    found = applied(*entries).findings[0].suppressed
    assert found is not None
    assert found.reason == entries[0].reason


def test_a_pattern_suppresses_what_is_like_it() -> None:
    for entry in (
        SuppressionEntry(rule="function-*", reason="r"),
        SuppressionEntry(symbol="*", rule="function-*", module="shop", reason="r"),
    ):
        assert suppressed(applied(entry)) == ["function-removed", "function-added"]
    assert suppressed(applied(SuppressionEntry(rule="*-removed", reason="r"))) == ["function-removed"]
    assert suppressed(applied(SuppressionEntry(symbol="o*r", reason="r"))) == ["function-added"]


@pytest.mark.parametrize(
    "entry",
    [
        SuppressionEntry(rule="record-*", reason="r"),
        SuppressionEntry(rule="function-*", symbol="other*", reason="r"),
        SuppressionEntry(rule="function-*", module="other", reason="r"),
        SuppressionEntry(rule="function-*", fingerprint="0" * 16, reason="r"),
    ],
)
def test_a_pattern_that_matches_nothing_is_unused(entry: SuppressionEntry) -> None:
    overridden = applied(entry)
    assert (suppressed(overridden), overridden.unused) == ([], (entry,))


def test_of_a_pattern_and_a_name_the_first_says_why() -> None:
    pattern = SuppressionEntry(rule="function-*", reason="a pattern")
    name = SuppressionEntry(rule="function-removed", symbol="place", reason="a name")
    for first, second in ((pattern, name), (name, pattern)):
        found = applied(first, second).findings[0].suppressed
        assert found == Suppression(first.reason)


def test_an_expired_pattern_acts_no_longer() -> None:
    entry = SuppressionEntry(rule="function-*", reason="r", until=dt.date(2027, 1, 30))
    overridden = applied(entry)
    assert (suppressed(overridden), overridden.expired) == ([], (entry,))
