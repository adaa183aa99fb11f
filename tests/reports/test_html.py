"""The format `html`: complete without a script, safe with any name, readable in both themes."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given
from msgspec.structs import replace
from reports.examples import EXAMPLES
from reports.strategies import hostile_texts, law, reports

from semverdiff.reports import Report, Style, render
from semverdiff.reports.formats.html import token_diff
from semverdiff.reports.printable import printable_text
from semverdiff.rules import Certainty
from semverdiff.versions import Level

_VOID = {"meta", "input"}
# The least that WCAG 2 asks for at level AA in running text.
_AA = 4.5


class _Page(HTMLParser):
    """A strict reader: every element is closed in order, ids are unique."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.elements.append((tag, known))
        self.ids.extend(value for name, value in attrs if name == "id" and value)
        self.targets.extend(value[1:] for name, value in attrs if name == "href" and value)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _html(report: Report) -> str:
    return render(report, "html", Style())


@pytest.mark.slow
@law
@given(reports)
def test_every_page_is_balanced_and_its_ids_are_unique_and_found(report: Report) -> None:
    page = _Page(_html(report))
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert set(page.targets) <= set(page.ids)


@pytest.mark.slow
@law
@given(reports)
def test_every_message_is_on_the_page_escaped(report: Report) -> None:
    page = _html(report)
    for finding in report.findings:
        assert f'<span class="message">{_escaped(finding.message)}</span>' in page


@pytest.mark.slow
@law
@given(reports)
def test_every_finding_is_one_card(report: Report) -> None:
    since = report.change_set.findings if report.change_set is not None else ()
    cards = [known for _, known in _Page(_html(report)).elements if "data-shape" in known]
    assert len(cards) == len(report.findings) + len(since)


@pytest.mark.slow
@law
@given(reports)
def test_no_report_adds_an_element_that_runs_or_loads(report: Report) -> None:
    page = _Page(_html(report))
    assert [tag for tag, _ in page.elements if tag in {"script", "style"}] == ["style", "script"]
    assert not {tag for tag, _ in page.elements} & {"img", "iframe", "link", "object", "base"}
    assert not [
        name for _, known in page.elements for name in known if name.startswith(("on", "style", "src"))
    ]


def test_the_policy_of_the_page_allows_its_own_style_and_script_only() -> None:
    page = _html(EXAMPLES["under-bumped"])
    for tag in ("style", "script"):
        content = page.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in page or f"{tag}-src 'sha256-{digest}'" in page


def test_a_small_page_is_small() -> None:
    assert len(_html(EXAMPLES["under-bumped"]).encode()) < 60_000


def test_the_filter_is_hidden_until_the_script_shows_it() -> None:
    assert '<form class="filter" id="filter" hidden>' in _html(EXAMPLES["under-bumped"])


def test_words_between_back_quotes_are_code() -> None:
    assert "the field <code>id</code> no longer compile." in _html(EXAMPLES["under-bumped"])


def test_twins_get_anchors_of_their_own() -> None:
    ids = _Page(_html(EXAMPLES["hostile"])).ids
    assert {"f-0123456789abcdef", "f-0123456789abcdef-2"} <= set(ids)


@law
@given(hostile_texts, hostile_texts)
def test_the_segments_of_a_form_add_up_to_it(old: str, new: str) -> None:
    before, after = token_diff(old, new)
    assert "".join(segment.text for segment in before) == old
    assert "".join(segment.text for segment in after) == new


@law
@given(hostile_texts)
def test_equal_forms_have_nothing_marked(text: str) -> None:
    assert not any(segment.marked for form in token_diff(text, text) for segment in form)


def test_only_the_words_that_differ_are_marked() -> None:
    _, after = token_diff("int quantity", "int:Signed32 quantity")
    assert [segment.text for segment in after if segment.marked] == [":Signed32"]


def test_of_very_long_forms_no_words_are_marked() -> None:
    old, new = "int a, " * 200, "int b, " * 200
    before, after = token_diff(old, new)
    assert [(segment.text, segment.marked) for segment in (*before, *after)] == [(old, False), (new, False)]
    assert token_diff("", new) == ((), after)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("foreground", "background"),
    [
        *((text, ground) for text in ("text", "muted", "link") for ground in ("ground", "card")),
        *((level, ground) for level in ("major", "minor", "patch", "undecided")
          for ground in ("ground", "card", f"{level}-ground")),
        *(("muted", ground) for ground in ("code", "old-ground", "new-ground")),
        *(("text", ground) for ground in ("code", "old-ground", "new-ground", "old-mark", "new-mark")),
    ],
)  # fmt: skip
def test_text_has_the_contrast_of_level_aa(theme: str, foreground: str, background: str) -> None:
    colors = _colors(theme)
    darker, lighter = sorted((_luminance(colors[foreground]), _luminance(colors[background])))
    assert (lighter + 0.05) / (darker + 0.05) >= _AA


def _escaped(text: str) -> str:
    return escape(printable_text(text)).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")


def _colors(theme: str) -> dict[str, str]:
    style = (files("semverdiff.reports") / "templates" / "report.css").read_text("utf-8")
    light, _, rest = style.partition("@media (prefers-color-scheme: dark)")
    part = light if theme == "light" else rest.partition("\n}\n")[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part))


def _luminance(color: str) -> float:
    """Return the relative luminance as WCAG 2 defines it."""
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _many(count: int) -> Report:
    report = EXAMPLES["under-bumped"]
    (first, *_) = (one for one in report.findings if one.level is Level.MAJOR)
    names = [f"f{number}" for number in range(count)]
    return replace(
        report, findings=tuple(replace(first, symbol=name, fingerprint=f"{name:0>16}") for name in names)
    )


def test_a_cause_is_a_row_that_links_its_findings_and_says_how_many_more_there_are() -> None:
    page = _html(_many(60))
    rows = page[page.index("What changed, by cause") : page.index('<section class="module"')]
    assert rows.count("<details>") == 1
    assert "60 changes" in rows
    assert rows.count('<li><a href="#f-') == 50
    assert "<li>and 10 more</li>" in rows
    assert "more</li>" not in _html(_many(50))


def test_where_nothing_happens_twice_there_is_no_list_of_causes() -> None:
    assert "What changed, by cause" not in _html(_many(1))
    assert "What changed, by cause" in _html(_many(2))


def test_what_nobody_notices_is_no_cause_to_read_about() -> None:
    report = _many(9)
    quiet = tuple(replace(one, level=Level.PATCH, client=None) for one in report.findings)
    assert "What changed, by cause" not in _html(replace(report, findings=quiet))


def test_what_could_not_be_decided_is_called_so_in_its_row() -> None:
    report = _many(3)
    open_ones = tuple(replace(one, certainty=Certainty.UNDECIDED) for one in report.findings)
    page = _html(replace(report, findings=open_ones))
    assert '<details>\n<summary><span class="badge undecided">' in page
