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
from reports.runs import huge
from reports.strategies import law, reports

from semverdiff.artifact import ManifestPlace
from semverdiff.changes import Excerpt, Step
from semverdiff.reports import Report, Reports, Style, render, render_all
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
        message = _escaped(finding.message)
        assert f"</a> {message}" in page if finding.suppressed is None else f"<s>{message}</s>" in page


@pytest.mark.slow
@law
@given(reports)
def test_every_finding_is_one_row(report: Report) -> None:
    since = report.change_set.findings if report.change_set is not None else ()
    rows = [name for name in _Page(_html(report)).ids if name.startswith("f-")]
    assert len(rows) == len(report.findings) + len(since)


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
    (policy,) = (known["content"] for _, known in _Page(page).elements if "http-equiv" in known)
    assert policy is not None
    for tag in ("style", "script"):
        content = page.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy


def test_a_small_page_is_small() -> None:
    page, _, rules = _html(EXAMPLES["under-bumped"]).partition('id="rules">')
    texts, _, rest = rules.partition("</section>")
    assert len(f"{page}{rest}".encode()) < 60_000
    assert len(texts.encode()) < 2_000 * texts.count("<article")


def test_the_filter_is_hidden_until_the_script_shows_it() -> None:
    assert '<form class="filter" id="filter" aria-label="Filter" hidden>' in _html(EXAMPLES["under-bumped"])


def test_words_between_back_quotes_are_code() -> None:
    assert "the field <code>id</code> no longer compile." in _html(EXAMPLES["under-bumped"])


def test_twins_get_anchors_of_their_own() -> None:
    ids = _Page(_html(EXAMPLES["hostile"])).ids
    assert {"f-0123456789abcdef", "f-0123456789abcdef-2"} <= set(ids)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("foreground", "background"),
    [
        *((text, ground) for text in ("text", "muted", "link") for ground in ("ground", "card")),
        *((level, ground) for level in ("major", "minor", "patch", "undecided")
          for ground in ("ground", "card", "code", f"{level}-ground")),
        *(("muted", ground) for ground in ("code", "old-ground", "new-ground")),
        *(("text", ground) for ground in ("code", "old-ground", "new-ground", "old-mark", "new-mark")),
    ],
)  # fmt: skip
def test_text_has_the_contrast_of_level_aa(theme: str, foreground: str, background: str) -> None:
    colors = _colors(theme)
    darker, lighter = sorted((_luminance(colors[foreground]), _luminance(colors[background])))
    assert (lighter + 0.05) / (darker + 0.05) >= _AA


def _escaped(text: str) -> str:
    return escape(printable_text(text)).replace("&#x2f;", "/")


def _colors(theme: str) -> dict[str, str]:
    style = (files("semverdiff.reports") / "templates" / "report.css").read_text("utf-8")
    light, _, rest = style.partition("@media screen and (prefers-color-scheme: dark)")
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


def _chapter(page: str, name: str) -> str:
    """Return the part of a page below a heading."""
    return page.partition(f'<section class="chapter" id="s-{name}">')[2].partition("</section>")[0]


def test_what_has_one_cause_is_folded_below_its_title_with_its_count() -> None:
    breaking = _chapter(_html(_many(60)), "breaking")
    assert breaking.count('<details class="fold">') == 1
    assert '<span class="title">A field was removed</span> <span class="count">60</span>' in breaking
    assert breaking.count('<li id="f-') == 60


def test_what_happens_few_times_stands_one_by_one() -> None:
    breaking = _chapter(_html(_many(3)), "breaking")
    assert '<details class="fold"' not in breaking
    assert breaking.count('<span class="badge major">') == 3


def test_what_the_rows_of_a_block_share_stands_once() -> None:
    breaking = _chapter(_html(_many(60)), "breaking")
    assert breaking.count("no longer compile.") == 1
    assert breaking.count("that compiles with 1.3.2, not with 1.4.0.") == 1


def test_what_nobody_notices_is_folded_by_its_rule() -> None:
    report = EXAMPLES["patch-only"]
    patches = _chapter(_html(report), "patches")
    assert patches.count('<details class="fold">') == 2


def test_what_could_not_be_decided_has_a_chapter_and_says_what_it_counts_as() -> None:
    report = _many(9)
    open_ones = tuple(replace(one, certainty=Certainty.UNDECIDED) for one in report.findings)
    chapter = _chapter(_html(replace(report, findings=open_ones)), "undecided")
    assert '<summary><span class="badge undecided">' in chapter
    assert "counts as major" in chapter


def test_tiles_and_filter_say_which_findings_of_a_level_they_count() -> None:
    report = _many(9)
    first, *others = report.findings
    opened = replace(report, findings=(replace(first, certainty=Certainty.UNDECIDED), *others))
    page, decided = _html(opened), _html(report)
    assert "of these undecided" in page
    assert re.search(r'value="major" checked>[^\n]*</svg>decided major ', page)
    assert re.search(r'value="minor" checked>[^\n]*</svg>minor ', page)
    assert "decided major" not in decided


def test_what_is_about_the_package_comes_first() -> None:
    page = _html(EXAMPLES["under-bumped"])
    assert page.index('id="s-package"') < page.index('id="s-breaking"')
    assert "ballerina/http" in _chapter(page, "package")


def test_a_cause_with_lower_levels_says_so_above_and_at_the_rows() -> None:
    report = _many(9)
    first, *others = report.findings
    moved = replace(
        first,
        rule="symbol-moved-to-other-module",
        replacement="shop.new",
        trail=(Step("type", "A"),),
        symbol="A",
    )
    follower = replace(
        others[0], rule="type-respelled", level=Level.PATCH, client=None,
        old=Excerpt("A", "a.bal", 1, 1), new=Excerpt("new:A", "a.bal", 1, 1),
    )  # fmt: skip
    breaking = _chapter(_html(replace(report, findings=(moved, follower))), "breaking")
    assert "Breaking changes and what comes with them" in breaking
    assert breaking.count('<span class="badge patch">') == 1


def test_a_suppressed_finding_is_struck_through_and_says_why() -> None:
    chapter = _chapter(_html(EXAMPLES["under-bumped"]), "suppressed")
    assert "<s>value of constant &#x27;LIMIT&#x27; is changed" in chapter
    assert "<strong>Suppressed:</strong> documented as a tunable value (until 2.0.0)" in chapter


def test_a_break_that_a_minor_version_may_make_is_called_tolerated() -> None:
    report = _many(1)
    tolerated = replace(report, findings=(replace(report.findings[0], level=Level.MINOR),))
    additions = _chapter(_html(tolerated), "additions")
    assert "<em>tolerated use</em>" in additions
    assert "A tolerated use of clients that compiles with 1.3.2, not with 1.4.0:" in additions
    assert "tolerated" not in _chapter(_html(report), "breaking")


def test_between_equal_versions_a_client_compiles_with_the_old_and_not_with_the_new_one() -> None:
    report = _many(1)
    page = _html(replace(report, baseline=report.candidate))
    assert "that compiles with the old version, not with the new one:" in page


_PROGRAM = "import acme/shop;\n\npublic function main() {{\n    {}  // breaks\n}}\n"


def test_a_client_around_several_lines_is_written_out_once() -> None:
    report = _many(2)
    first, second = (
        replace(one, client=line, client_program=_PROGRAM.format(line))
        for one, line in zip(report.findings, ("int a = order.a;", "int b = order.b;"), strict=True)
    )
    page = _html(replace(report, findings=(first, second)))
    assert page.count("public function main() {") == 1 + _html(report).count("public function main() {")
    assert '<pre id="c-1">import acme/shop;' in page
    assert "<b>int a = order.a;</b>  // breaks" in page
    assert '<pre>int b = order.b;</pre><a class="w" href="#c-1">The whole client</a>' in page


def test_a_client_in_which_its_line_is_not_found_is_written_out_as_it_is() -> None:
    report = _many(1)
    page = _html(
        replace(report, findings=(replace(report.findings[0], client="a()", client_program="b();"),))
    )
    assert '<pre id="c-1"><b>b();</b></pre>' in page


def test_a_rule_is_explained_once_and_linked_from_its_findings() -> None:
    page = _html(_many(60))
    assert page.count('<article class="rule"') == 1
    assert '<article class="rule" id="rule-record-field-removed">' in page
    assert '<a class="r" href="#rule-record-field-removed">record-field-removed</a>' in _chapter(
        page, "breaking"
    )


def test_a_rule_that_this_version_does_not_know_is_named_without_a_link() -> None:
    report = _many(1)
    page = _html(replace(report, findings=(replace(report.findings[0], rule="record-field-lost"),)))
    assert "rule <code>record-field-lost</code>" in page
    assert "The rules" not in page


def test_the_new_place_is_linked_where_the_address_of_sources_is_known() -> None:
    report = replace(
        EXAMPLES["under-bumped"], folder="shop", version_place=ManifestPlace("Ballerina.toml", 4, 1)
    )
    page = render(report, "html", Style(source_url="https://example.com/{path}#L{line}"))
    assert 'orders.bal:40:42 → <a href="https://example.com/shop/orders.bal#L44">orders.bal:44:42</a>' in page
    assert "<small>types.bal:12:5</small>" in page
    assert ' <a href="https://example.com/shop/Ballerina.toml#L4">Ballerina.toml:4</a></p>' in page
    assert "https://" not in _html(report)


@pytest.mark.parametrize(
    ("example", "remedy"),
    [
        (
            "under-bumped",
            'Set <code>version = "2.0.0"</code> in Ballerina.toml. A break that is meant to go out as',
        ),
        (
            "already-published",
            'Run <code>semver bump</code>, which sets <code>version = "1.3.3"</code> in Ballerina.toml.',
        ),
        ("undecided", "Review what could not be decided. If none of it breaks a client, 1.3.3 is right;"),
        ("decided", "Read below which gate failed."),
        ("patch-only", None),
        ("error", None),
    ],
)
def test_the_banner_says_what_to_do_now(example: str, remedy: str | None) -> None:
    banner = _html(EXAMPLES[example]).partition("</header>")[0].replace("&quot;", '"')
    assert remedy in banner if remedy is not None else "remedy" not in banner.partition("<body>")[2]


def test_modules_have_bars_and_a_single_module_has_one_for_each_kind() -> None:
    assert '<th scope="row" data-facet="module" data-value="shop.http">' in _html(EXAMPLES["under-bumped"])
    single = _html(_many(3))
    assert '<th scope="row" data-facet="kind" data-value="record">record</th>' in single
    assert '<rect class="major" x="0.00" width="100.00" height="4"></rect>' in single


def test_of_very_many_modules_the_rest_is_counted() -> None:
    report = _many(45)
    findings = tuple(replace(one, module=f"shop.m{at}") for at, one in enumerate(report.findings))
    page = _html(replace(report, findings=findings))
    assert page.count('data-facet="module"') == 40
    assert "and 5 more" in page


def test_a_workspace_begins_with_a_table_of_its_packages() -> None:
    reports = Reports(
        tuple(replace(EXAMPLES[name], directory=name) for name in ("under-bumped", "error", "patch-only"))
    )
    page = render_all(reports, "html", Style())
    table = page.partition('<table class="packages">')[2].partition("</table>")[0]
    rows = table.partition("<tbody>")[2]
    assert rows.count("<tr ") == 3
    assert '<a href="#p-1">acme/shop</a> <small>under-bumped</small>' in rows
    assert "a package that could not be read</a> <small>error</small>" in rows
    assert page.count('id="filter"') == 1


def test_of_a_long_page_the_rows_are_kept_from_browsers_with_a_script() -> None:
    long, short = _html(_many(1_001)), _html(_many(1_000))
    assert long.count("</noscript>") == 1
    assert long.partition("<noscript>")[2].partition("</noscript>")[0].count('<li id="f-') == 1_001
    assert "</noscript>" not in short


def test_five_hundred_findings_are_a_small_page() -> None:
    assert len(_html(huge(500)).encode()) < 300_000
