"""The format `text`: what, why and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from msgspec.structs import replace
from reports.examples import EXAMPLES
from reports.strategies import hostile_texts, law, reports

from semverdiff.changes import Change, Excerpt, Step
from semverdiff.errors import Mistake
from semverdiff.reports import Counts, ErrorEntry, Gate, Outcome, Report, Skipped, Style, render
from semverdiff.reports.drawing import excerpt_lines
from semverdiff.reports.printable import printable, printable_text
from semverdiff.rules import Certainty, Finding, Suppression
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Mapping


def _text(report: Report) -> str:
    return render(report, "text", Style())


def _verbose(report: Report) -> str:
    return render(report, "text", Style(verbose=True))


def _lines(report: Report) -> list[str]:
    return _text(report).splitlines()


@pytest.mark.slow
@law
@given(reports)
def test_on_request_every_change_that_clients_may_notice_is_listed_with_its_symbol(
    report: Report,
) -> None:
    drawn = _verbose(report)
    for finding in report.findings if report.is_comparison else ():
        if finding.level > Level.PATCH:
            assert f"symbol {printable_text(finding.symbol)}, rule {finding.rule}" in drawn
            assert f"{printable_text(finding.message)} [version impact: {finding.level.name}" in drawn


@law
@given(hostile_texts, hostile_texts)
def test_the_rows_of_the_title_bar_are_exactly_as_long_as_the_title(old: str, new: str) -> None:
    example = EXAMPLES["unchanged"]
    assert example.candidate is not None
    assert example.baseline is not None
    report = replace(
        example,
        candidate=replace(example.candidate, version=new),
        baseline=replace(example.baseline, version=old),
    )
    above, title, below = _text(report).split("\n")[2:5]
    assert above == below == "=" * len(title)
    assert (title[:2], title[-1]) == (" C", " ")


@pytest.mark.slow
@law
@given(reports)
def test_the_summary_is_the_last_line(report: Report) -> None:
    summary = printable_text(report.summary)
    assert not summary or _text(report).endswith(f"\n{summary}\n") or _text(report) == f"{summary}\n"


def test_the_indentation_shows_the_nesting() -> None:
    lines = _lines(EXAMPLES["under-bumped"])
    nested = [
        "  [+-] module 'shop.http' is modified [version impact: MAJOR]",
        "    [+-] client class 'Client' is modified [version impact: MAJOR]",
        "      [+-] remote method 'get' is modified [version impact: MAJOR]",
        "        [--] 'isolated' qualifier is removed [version impact: MAJOR]",
    ]
    assert [line for line in lines if line in nested] == nested


def test_the_largest_changes_come_first() -> None:
    drawn = _text(EXAMPLES["under-bumped"])
    assert drawn.index("field 'id' is removed") < drawn.index("function 'cancelOrder' is added")


def test_many_patches_of_a_module_are_counted_and_few_are_listed() -> None:
    assert "7 patch-level changes: bodies (5), documentation (2)" in _text(EXAMPLES["under-bumped"])
    assert "body of function 'pay' is changed" not in _text(EXAMPLES["under-bumped"])
    assert "body of function 'find' is changed" in _text(EXAMPLES["patch-only"])


def test_many_patches_of_the_package_itself_are_counted_too() -> None:
    dependency = next(one for one in EXAMPLES["under-bumped"].findings if one.symbol == "(package)")
    findings = tuple(
        replace(dependency, trail=(Step("dependency", f"acme/log{number}"),)) for number in range(7)
    )
    drawn = _text(replace(EXAMPLES["patch-only"], findings=findings))
    assert "  [+-] 7 patch-level changes: dependencies (7) [version impact: PATCH]" in drawn
    assert "in acme/log0, acme/log1, acme/log2, acme/log3 and 3 more" in drawn


def test_a_breaking_change_that_the_project_made_a_patch_is_never_only_counted() -> None:
    report = EXAMPLES["under-bumped"]
    findings = tuple(replace(finding, level=Level.PATCH) for finding in report.findings)
    drawn = _text(replace(report, findings=findings))
    assert "field 'id' is removed [version impact: PATCH]" in drawn
    assert "breaks: string id = order.id;" in drawn


def test_a_thing_gets_no_line_of_its_own_when_its_only_message_names_it() -> None:
    drawn = _text(EXAMPLES["under-bumped"])
    assert "parameter 'quantity' is narrowed" in drawn
    assert "parameter 'quantity' is modified" not in drawn


def test_undecided_and_suppressed_findings_stand_apart() -> None:
    drawn = _text(EXAMPLES["under-bumped"])
    order = ["'Order' is modified", "could not be decided", "'settings' is changed", "suppressed,", "'LIMIT'"]
    places = [drawn.index(part) for part in order]
    assert places == sorted(places)
    assert "suppressed: documented as a tunable value (until 2.0.0)" in drawn


def test_what_only_moved_shows_both_places_and_not_two_equal_forms() -> None:
    assert "[version impact: PATCH]  orders.bal:70:1 -> orders.bal:74:1" in _text(EXAMPLES["patch-only"])
    assert "at orders.bal:70:1 -> orders.bal:74:1" in _verbose(EXAMPLES["patch-only"])


def test_what_a_package_gains_stands_right_below_the_heading() -> None:
    dependency = replace(
        EXAMPLES["modules"].findings[0],
        symbol="(package)", trail=(Step("package", "acme/shop"), Step("dependency", "acme/log")),
        change=Change.ADDED, message="dependency 'acme/log' is added",
    )  # fmt: skip
    lines = _lines(replace(EXAMPLES["modules"], findings=(dependency,)))
    place = lines.index("breaking changes (1):")
    assert "dependency 'acme/log' is added" in lines[place + 1]


def test_two_things_of_one_name_and_different_kinds_stay_apart() -> None:
    first = EXAMPLES["modules"].findings[-1]
    removed = replace(
        first, trail=(Step("record", "A"),), change=Change.REMOVED, message="record 'A' is removed"
    )
    added = replace(first, trail=(Step("class", "A"),), change=Change.ADDED, message="class 'A' is added")
    lines = _lines(replace(EXAMPLES["modules"], findings=(removed, added)))
    assert "    [--] record 'A' is removed [version impact: MAJOR]" in lines
    assert any("class 'A' is added" in line for line in lines)
    assert not any("'A' is modified" in line for line in lines)


@pytest.mark.parametrize(
    ("excerpt", "column", "marked"),
    [
        ('version = "1.x"', 11, '"'),
        ("\ttab", 2, "t"),
        ("\x1b\x1bbad", 3, "b"),
        ("x" * 500 + "y", 501, "y"),
        ("end", 4, ""),
        ("end", 99, ""),
    ],
)
def test_the_caret_stands_under_the_column(excerpt: str, column: int, marked: str) -> None:
    mistake = Mistake("expected another thing", "a.bal", 7, column, excerpt)
    report = Report(outcome=Outcome.ERROR, candidate=None, errors=(ErrorEntry("wrong-usage", mistake),))
    lines = _lines(report)
    caret = next(line for line in lines if line.endswith("^"))
    code = lines[lines.index(caret) - 1]
    assert code[len(caret) - 1 : len(caret)] == marked


def test_the_caret_counts_wide_characters_twice() -> None:
    mistake = Mistake("expected another thing", "a.bal", 7, 3, "漢字x")
    report = Report(outcome=Outcome.ERROR, candidate=None, errors=(ErrorEntry("wrong-usage", mistake),))
    assert _lines(report)[-2:] == ["  7 | 漢字x", "    |     ^"]


@pytest.mark.parametrize("name", sorted(EXAMPLES.keys() - {"hostile"}))
def test_ordinary_texts_are_shown_as_they_are(name: str) -> None:
    assert printable(EXAMPLES[name]) == EXAMPLES[name]


@pytest.mark.parametrize(("count", "shown"), [(2, 2), (8, 8), (9, 7)])
def test_of_long_client_code_the_beginning_is_shown(count: int, shown: int) -> None:
    report = EXAMPLES["under-bumped"]
    code = "\n".join(f"line{number};" for number in range(count))
    (first, *_) = (one for one in report.findings if one.client)
    lines = _lines(replace(report, findings=(replace(first, client=code),)))
    written = [line.strip() for line in lines if line.strip().startswith("line")]
    assert written == [f"line{number};" for number in range(shown)]
    assert ("..." in map(str.strip, lines)) is (shown < count)


def test_a_report_holds_nothing_that_could_be_changed_on_the_way() -> None:
    report = replace(EXAMPLES["under-bumped"], notes=["a list"])
    with pytest.raises(
        TypeError, match="a report holds texts, numbers, tuples and structs, not <class 'list'>"
    ):
        printable(report)


def _same_rule(count: int, level: Level) -> tuple[Finding, ...]:
    (first, *_) = (
        one for one in EXAMPLES["under-bumped"].findings if one.level is level and not one.suppressed
    )
    return tuple(
        replace(first, symbol=f"f{number}", trail=(Step("function", f"f{number}"),))
        for number in range(count)
    )


def test_of_what_happens_often_one_is_told_and_the_others_are_named() -> None:
    findings = _same_rule(9, Level.MAJOR)
    drawn = _text(replace(EXAMPLES["under-bumped"], findings=findings))
    assert drawn.count("breaks: ") == 1
    assert "A field was removed: 9 changes [version impact: MAJOR]" in drawn
    assert "for example f0: field 'id' is removed" in drawn
    assert "also in f1, f2, f3, f4 and 4 more" in drawn


def test_of_additions_that_happen_often_there_is_no_example() -> None:
    drawn = _text(replace(EXAMPLES["under-bumped"], findings=_same_rule(9, Level.MINOR)))
    assert "9 changes [version impact: MINOR]\n       in f0, f1, f2, f3 and 5 more" in drawn
    assert "for example" not in drawn


def test_a_remark_stands_beside_many_changes_only_if_it_holds_for_all() -> None:
    findings = _same_rule(9, Level.MAJOR)
    assumed = tuple(replace(one, certainty=Certainty.ASSUMED) for one in findings)
    line = "A field was removed: 9 changes [version impact: MAJOR"
    example = EXAMPLES["under-bumped"]
    assert f"{line}, assumed]" in _text(replace(example, findings=assumed))
    assert f"{line}]" in _text(replace(example, findings=(*assumed[:4], *findings[4:])))


def test_a_report_that_is_too_long_says_how_much_more_there_is_and_how_to_see_it() -> None:
    (single,) = _same_rule(1, Level.MAJOR)
    alone = [replace(single, symbol=f"x{number}", rule=f"unknown-{number}") for number in range(250)]
    report = replace(EXAMPLES["under-bumped"], findings=tuple(alone))
    assert "  ... 50 more: -v lists them all, and so do the formats html and json" in _text(report)
    assert "more: -v lists" not in _verbose(report)


def test_what_breaks_only_clients_that_the_contract_does_not_protect_is_called_tolerated() -> None:
    (added, *_) = (one for one in EXAMPLES["under-bumped"].findings if one.level is Level.MINOR)
    for client, remark in (("x = y;", ", tolerated]"), (None, "]")):
        drawn = _text(replace(EXAMPLES["under-bumped"], findings=(replace(added, client=client),)))
        assert f"[version impact: MINOR{remark}" in drawn


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_version_that_is_not_right_ends_with_what_to_do(name: str) -> None:
    report = EXAMPLES[name]
    is_wrong = report.outcome in {Outcome.UNDER_BUMPED, Outcome.ALREADY_PUBLISHED}
    version = f'version = "{report.suggested_version}" in Ballerina.toml'
    step = f"next: semver bump    sets {version}" if report.is_bumpable else f"next: set {version}"
    assert (step in _text(report)) is is_wrong
    assert ("semver suppress " in _text(report)) is (is_wrong and report.counts.major > 0)
    assert "next: " not in _text(replace(report, suggested_version=None))


def test_what_was_typed_is_repeated_in_the_next_commands() -> None:
    style = Style(package="shop", baseline="git:v1.3.0")

    drawn = render(EXAMPLES["already-published"], "text", style)
    assert "next: semver bump shop --baseline git:v1.3.0    sets version" in drawn
    drawn = render(EXAMPLES["under-bumped"], "text", style)
    assert "semver suppress FINGERPRINT --package shop --baseline git:v1.3.0 --reason" in drawn


@pytest.mark.parametrize("text", ["\r", "int ", " "])
def test_white_space_at_the_end_of_a_form_is_drawn_in_no_colour(text: str) -> None:
    report = EXAMPLES["under-bumped"]
    (broken, *_) = (one for one in report.findings if one.old is not None and one.new is not None)
    blank = replace(broken, old=Excerpt("", "a.bal", 1, 1), new=Excerpt(text, "a.bal", 1, 1))
    drawn = replace(report, findings=(blank,))

    plain, colored = (render(drawn, "text", Style(color=color)) for color in (False, True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def test_a_single_break_is_named_in_the_command_that_accepts_it() -> None:
    report = EXAMPLES["under-bumped"]
    first, *_ = (one for one in report.findings if one.level is Level.MAJOR)
    command = f'semver suppress {first.fingerprint} --reason "..."'
    others = tuple(one for one in report.findings if one.level is not Level.MAJOR)
    assert command in _text(replace(report, findings=(first, *others)))
    second = replace(first, symbol="other", suppressed=Suppression("agreed"))
    assert command in _text(replace(report, findings=(first, second)))
    several = _text(replace(report, findings=(first, replace(second, suppressed=None))))
    assert 'semver suppress FINGERPRINT --reason "..." (-v shows them)' in several


_WRONG = replace(EXAMPLES["under-bumped"], counts=Counts(major=1), skipped=(), gates=())
NOT_BUMPABLE = {
    "an archive": {"candidate": replace(_WRONG.candidate, source="bala") if _WRONG.candidate else None},
    "no package": {"candidate": None},
    "another outcome": {"outcome": Outcome.PASSED},
    "no suggestion": {"suggested_version": None},
    "an undecided change": {"counts": Counts(major=1, undecided=1)},
    "something that was not read": {"skipped": (Skipped("f", "unreadable"),)},
    "another gate": {"gates": (Gate("suppressions", passed=False, why="1 unused"),)},
}


@pytest.mark.parametrize("change", NOT_BUMPABLE.values(), ids=NOT_BUMPABLE)
def test_the_command_that_writes_a_version_is_named_where_it_would_write_one(
    change: Mapping[str, object],
) -> None:
    assert _WRONG.is_bumpable
    gates = Gate("version", passed=False, why="", bars_bump=False), Gate("suppressions", passed=True, why="")
    assert replace(_WRONG, gates=gates).is_bumpable
    assert not replace(_WRONG, **change).is_bumpable


EXCERPTS = {
    "a column": (Mistake("m", "f", 12, 3, "code"), ["   |", "12 | code", "   |   ^"]),
    "a line alone": (Mistake("m", "f", 12, None, "code"), ["   |", "12 | code"]),
    "no line": (Mistake("m", "f", None, None, "code"), [" |", " | code"]),
    "an empty line": (Mistake("m", "f", 1, 1, ""), ["  |", "1 |", "  | ^"]),
    "a column behind the end": (Mistake("m", "f", 1, 9, "ab"), ["  |", "1 | ab", "  |   ^"]),
    "wide characters": (Mistake("m", "f", 1, 3, "漢字x"), ["  |", "1 | 漢字x", "  |     ^"]),
    "no excerpt": (Mistake("m", "f", 1, 1), []),
}


@pytest.mark.parametrize(("mistake", "lines"), EXCERPTS.values(), ids=EXCERPTS)
def test_the_line_of_a_mistake_has_a_caret_where_the_column_is_known(
    mistake: Mistake, lines: list[str]
) -> None:
    assert excerpt_lines(mistake) == lines


def test_on_request_the_rule_of_what_publishing_meets_is_named() -> None:
    report = EXAMPLES["unpublishable"]
    assert report.publish is not None
    named = {f"rule {one.rule}" for one in report.publish.findings}
    assert all(one in _verbose(report) for one in named)
    assert not any(one in _text(report) for one in named)
