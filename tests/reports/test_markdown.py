"""The format `markdown`, as a CommonMark library reads it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from msgspec.structs import replace
from reports.examples import EXAMPLES
from reports.runs import RUNS, catalogue, huge, several
from reports.strategies import law, reports

from semverdiff.changes import Excerpt
from semverdiff.reports import Gate, Report, Reports, Style, causes_of, render, render_all
from semverdiff.versions import Level

_STYLE = Style(source_url="https://example.com/blob/c0ffee/{path}#L{line}")
_LONGEST = 65_536
_OWN_BLOCK = re.compile(
    r"<!-- semverdiff -->\n?|</details>\n?"
    r"|<details><summary>(?:[^<>]|</?code>|<!-- -->)*</summary>\n?"
)


def drawn(run: Report | Reports) -> str:
    return (
        render_all(run, "markdown", _STYLE) if isinstance(run, Reports) else render(run, "markdown", _STYLE)
    )


def check_nesting(text: str) -> None:
    """Assert that the only HTML is our own, and that every fold is closed."""
    assert len(text) <= _LONGEST
    assert text.startswith("<!-- semverdiff -->\n")
    folds = 0
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        if token.type == "html_block":
            assert _OWN_BLOCK.fullmatch(token.content), token.content
            folds += token.content.startswith("<details>") - token.content.startswith("</details>")
            assert folds in {0, 1}
        children = token.children or []
        # Struck through is what is suppressed, as a whole: no name begins that.
        struck = [place for place, child in enumerate(children) if child.type == "s_open"]
        assert not struck or (len(struck) == 1 and not any(one.content for one in children[: struck[0]]))
        for child in children:
            if child.type == "html_inline":
                assert child.content == "<!-- -->"
            assert child.type != "image"
            if child.type == "link_open":
                assert str(child.attrs["href"]).startswith("https://example.com/blob/c0ffee/")
    assert folds == 0


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_a_comment_nests_right_and_fits(run: object) -> None:
    assert callable(run)
    check_nesting(drawn(run()))


@pytest.mark.slow
@law
@given(reports)
def test_no_text_of_a_package_breaks_out(report: Report) -> None:
    check_nesting(drawn(report))


def test_the_verdict_stands_first_then_breaking_changes_then_additions() -> None:
    text = drawn(EXAMPLES["under-bumped"])
    lines = text.splitlines()
    assert lines[1] == "## ❌ Under-bumped\\: acme/shop 1.4.0 must be 2.0.0, because 5 changes break clients."
    assert (
        text.index("### Breaking changes") < text.index("### Additions") < text.index("other changes, which")
    )
    assert "`Suggested version: " not in text
    assert "body of function" not in text


def headed(text: str) -> dict[str, int]:
    return {heading: int(count) for heading, count in re.findall(r"^### (.*): (\d+)$", text, re.MULTILINE)}


def test_headings_count_what_the_verdict_counts() -> None:
    report = EXAMPLES["under-bumped"]
    counted = headed(drawn(report))
    assert counted["Breaking changes"] == report.counts.major
    assert counted["Could not be decided, please review"] == report.counts.undecided
    assert counted["Additions"] == report.counts.minor


def test_what_only_follows_from_a_break_is_counted_as_none_and_stands_behind_it() -> None:
    report = EXAMPLES["under-bumped"]
    removed = next(one for one in report.findings if one.rule == "record-field-removed")
    move = replace(
        removed, rule="symbol-moved-to-other-module", symbol="Order", replacement="shop.http", message="moved"
    )
    follower = replace(
        move,
        rule="type-respelled",
        symbol="Basket",
        message="written differently",
        level=Level.PATCH,
        old=Excerpt("Order", "types.bal", 1, 1),
        new=Excerpt("http:Order", "types.bal", 1, 1),
        replacement=None,
        fingerprint="2" * 16,
    )
    text = drawn(replace(report, findings=(follower, move)))
    assert len(causes_of((follower, move))) == 1
    assert headed(text) == {"Breaking changes": 1}
    assert text.index("`Order`: moved") < text.index("`Basket`: written differently")


def test_what_could_not_be_decided_is_never_a_change_that_nobody_notices() -> None:
    report = EXAMPLES["undecided"]
    open_ones = tuple(
        replace(one, level=Level.PATCH) for one in report.findings if one.certainty == "undecided"
    )
    text = drawn(replace(report, findings=open_ones))
    assert headed(text) == {"Could not be decided, please review": 1}
    assert "no client has to notice" not in text


@pytest.mark.parametrize("format_name", ["markdown", "github", "gitlab", "junit"])
def test_a_version_is_suggested_unless_the_manifest_has_it(format_name: str) -> None:
    report = EXAMPLES["under-bumped"]
    assert report.candidate is not None
    same = replace(report, candidate=replace(report.candidate, version="2.0.0"))
    assert "uggested" in render(report, format_name, _STYLE)
    assert "uggested" not in render(same, format_name, _STYLE)


def test_an_error_without_a_place_is_said_once() -> None:
    text = drawn(EXAMPLES["broken-off"])
    assert "**Errors**" not in text
    assert "**Errors**" in drawn(EXAMPLES["error"])


def test_a_place_is_linked_at_the_commit() -> None:
    text = drawn(EXAMPLES["under-bumped"])
    assert "[`shop/orders.bal:44`](<https://example.com/blob/c0ffee/shop/orders.bal#L44>)" in text


def test_without_an_address_a_place_is_text() -> None:
    text = render(EXAMPLES["under-bumped"], "markdown", Style())
    assert ", `shop/orders.bal:44`" in text
    assert "](<" not in text


def test_what_has_no_room_is_counted() -> None:
    reports = Reports(tuple(replace(huge(200), directory=f"p{number}") for number in range(60)))
    text = render_all(reports, "markdown", _STYLE)
    check_nesting(text)
    assert re.search(r"\*This is not all: \d+ parts of the report had no room here", text)
    assert not re.search(r"#+ [^\n]*\n\n\*This", text)


def test_every_package_has_its_verdict_before_any_change() -> None:
    text = render_all(several(), "markdown", _STYLE)
    assert text.index("Nothing checked") < text.index("### ")


@pytest.mark.parametrize(
    "text",
    ["@owner", "#12", "www.example.com", "http://example.com", "a@b.example", "- x", "1. x", "# x", "+ x"],
)
def test_nothing_refers_to_people_issues_or_addresses(text: str) -> None:
    report = replace(EXAMPLES["unchanged"], notes=(text,), summary=text)
    comment = drawn(report)
    assert not re.search(rf"(?<!\\)(?<!## ✅ ){re.escape(text)}", comment)
    check_nesting(comment)


def test_many_places_of_one_cause_are_one_block() -> None:
    text = drawn(huge())
    assert "more\n" in text
    assert text.count("<details>") < 40
    assert catalogue().packages


def test_what_is_left_of_a_long_list_about_publishing_is_counted() -> None:
    report = EXAMPLES["unpublishable"]
    assert report.publish is not None
    finding = report.publish.findings[0]
    many = tuple(replace(finding, message=f"file {number}") for number in range(43))
    text = drawn(replace(report, publish=replace(report.publish, findings=many)))
    assert "file 39" in text
    assert "file 40" not in text
    assert "- 3 more" in text


@pytest.mark.parametrize(
    ("count", "is_unchecked", "heads"),
    [
        (2, True, ["Publishing would fail", "Conditions of publishing that were not checked: 1"]),
        (1, False, ["Publishing: 1 warning"]),
        (0, True, ["Conditions of publishing that were not checked: 1"]),
        (0, False, []),
    ],
)
def test_what_publishing_meets_is_told_by_how_grave_it_is(
    count: int, heads: list[str], *, is_unchecked: bool
) -> None:
    report = EXAMPLES["unpublishable"]
    assert isinstance(report, Report)
    assert report.publish is not None
    readiness = replace(
        report.publish,
        findings=report.publish.findings[2 - count :],
        unchecked=report.publish.unchecked if is_unchecked else (),
    )
    text = drawn(replace(report, publish=readiness))
    check_nesting(text)
    known = [
        "Publishing would fail",
        "Publishing: 1 warning",
        "Conditions of publishing that were not checked: 1",
    ]
    assert [one for one in known if one in text] == heads


def breaking(client: str) -> Report:
    """Return a report on one change, whose client is this code."""
    report = EXAMPLES["under-bumped"]
    finding = next(one for one in report.findings if one.client is not None)
    return replace(report, findings=(replace(finding, client=client, level=Level.MAJOR),))


def test_a_heading_below_which_nothing_has_room_is_left_out() -> None:
    assert headed(drawn(breaking("x();"))) == {"Breaking changes": 1}
    gates = tuple(Gate("other", passed=False, why="x" * 9_900) for _ in range(60))
    text = drawn(replace(breaking("x" * 9_900), gates=gates))
    assert headed(text) == {}
    assert "of the report had no room here" in text


def test_of_a_long_program_the_beginning_is_shown() -> None:
    text = drawn(breaking("\n".join(f"int line{number} = 0;" for number in range(40))))
    assert "int line29 = 0;\n...\n```" in text
    assert "line30" not in text
