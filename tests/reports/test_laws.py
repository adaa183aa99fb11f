"""What holds for every report, however it came about and whoever wrote its names."""

from __future__ import annotations

import json
import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports.examples import EXAMPLES
from reports.strategies import law, reports

from semverdiff.errors import UsageError
from semverdiff.reports import FORMATS, Report, Style, render
from semverdiff.reports.printable import printable

_PLAIN = Style(show_diff=True)
_COLORS = re.compile(r"\x1b\[[0-9;]*m")
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

formats = st.sampled_from(FORMATS)


@pytest.mark.slow
@law
@given(reports, formats)
def test_the_same_report_gives_the_same_bytes(report: Report, format_name: str) -> None:
    assert render(report, format_name, _PLAIN).encode() == render(report, format_name, _PLAIN).encode()


@pytest.mark.slow
@law
@given(reports, formats)
def test_nothing_that_a_terminal_or_editor_would_obey_gets_through(report: Report, format_name: str) -> None:
    assert not _CONTROLS.search(render(report, format_name, _PLAIN))


@pytest.mark.slow
@law
@given(reports, formats)
def test_every_report_ends_with_exactly_one_line_break(report: Report, format_name: str) -> None:
    drawn = render(report, format_name, _PLAIN)
    assert drawn.endswith("\n")
    assert not drawn.endswith("\n\n")


@pytest.mark.slow
@law
@given(reports)
def test_colour_adds_sequences_and_changes_no_character(report: Report) -> None:
    plain = render(report, "text", Style())
    assert _COLORS.sub("", render(report, "text", Style(color=True))) == plain


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("report", EXAMPLES.values(), ids=EXAMPLES)
def test_no_format_loses_the_version_to_choose(report: Report, format_name: str) -> None:
    # What GitLab lists are problems: of a check that passes there is none to name a version in.
    is_silent = format_name == "gitlab" and report.outcome == "passed"
    if not report.errors and report.suggested_version is not None and not is_silent:
        assert report.suggested_version in render(report, format_name, _PLAIN)


@pytest.mark.parametrize("report", EXAMPLES.values(), ids=EXAMPLES)
def test_the_sentence_of_the_verdict_stands_first_and_last_for_people(report: Report) -> None:
    shown = printable(report)
    lines = [line for line in render(report, "text", _PLAIN).splitlines() if line]
    if report.errors:
        assert lines[0] == f"error: {shown.errors[0].mistake.message}"
    else:
        assert lines[1 if report.accepted else 0] == lines[-1] == shown.summary


@pytest.mark.parametrize("report", EXAMPLES.values(), ids=EXAMPLES)
def test_the_page_and_the_document_say_the_sentence_of_the_verdict(report: Report) -> None:
    page, document = (render(report, name, _PLAIN) for name in ("html", "json"))
    assert f'<header class="banner {report.tone}">' in page
    assert f"</svg>{escape(printable(report).summary)}</h1>" in page
    parsed = json.loads(document)
    summary = report.summary.encode("utf-8", "replace").decode()
    assert (parsed["summary"].replace("\ufffd", "?"), parsed["tone"]) == (summary, report.tone.value)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", ["broken-off", "error", "nothing-checked"])
def test_what_was_not_compared_never_looks_unchanged(name: str, format_name: str) -> None:
    assert "no changes detected" not in render(EXAMPLES[name], format_name, _PLAIN).lower()


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="unknown format 'txt': expected one of text, bal, json, html, mark"):
        render(EXAMPLES["unchanged"], "txt", _PLAIN)
