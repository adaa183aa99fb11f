"""How a history is shown: as text for a terminal, as JSON, as a page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from lxml import html as parser
from msgspec.structs import replace

from semverdiff.history import Change, Failure, History, Judgement, Step, Transition
from semverdiff.history.formats import FORMATS, render
from semverdiff.releases import Archive, Omission, Release
from semverdiff.reports import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = 86_400
START = 1_767_225_600  # 2026-01-01


def _release(version: str, day: int | None = 0, deprecation: str | None = None) -> Release:
    released = None if day is None else START + day * DAY
    return Release(version, f"v{version}", Archive(f"/{version}.bala"), version, released, deprecation)


def _change(level: str, symbol: str = "f", certainty: str = "proved") -> Change:
    return Change("function-removed", level, certainty, "shop", symbol, "function is removed")


def _judgement(
    outcome: str = "passed", changes: Sequence[Change] = (), symbols: int | None = 10
) -> Judgement:
    levels = [one.level for one in changes]
    return Judgement(
        outcome=outcome,
        declared=None if outcome == "first-release" else "minor",
        required=None if outcome == "first-release" else ("major" if "major" in levels else "minor"),
        required_version="2.0.0",
        major=levels.count("major"),
        minor=levels.count("minor"),
        patch=levels.count("patch"),
        undecided=0,
        changes=tuple(changes),
        unread=(),
        source_bytes=100,
        is_generated=False,
        symbols=symbols,
    )


FIRST = Step(Transition("acme", "shop", _release("1.0.0")), _judgement("first-release"))


def _step(
    version: str, result: Judgement | Failure, day: int | None = 1, deprecation: str | None = None
) -> Step:
    return Step(
        Transition("acme", "shop", _release(version, day, deprecation), FIRST.transition.release), result
    )


BROKEN = _step("1.1.0", _judgement("under-bumped", [_change("major", f"f{at}") for at in range(5)]), 31)
UNKNOWN = _step("1.2.0", _judgement("undecided", [_change("major", "g", "undecided")]), 59)
FAILED = _step("1.3.0", Failure("unreadable-archive", "it is no zip"), 90)
GOOD = _step("2.0.0", _judgement("passed", [_change("minor", "h")]), 400)
WHOLE = History("acme", "shop", (FIRST, BROKEN, UNKNOWN, FAILED, GOOD), (Omission("v9", "it is no version"),))


def _text(history: History, style: Style | None = None) -> str:
    return render(history, "text", style or Style())


def _line(text: str, version: str) -> str:
    return next(line for line in text.splitlines() if version in line)


def test_the_head_counts_what_matters() -> None:
    first, second, *_ = _text(WHOLE).splitlines()
    assert first == "acme/shop: 5 releases, 2026-01-01 to 2027-02-05"
    assert second == "1 under-bumped, 2 with breaking changes, 2 unknown, 0 on maintenance branches"


def test_a_history_without_a_release_has_no_table() -> None:
    text = _text(replace(WHOLE, steps=()))
    assert text.splitlines()[0] == "acme/shop: 0 releases"
    assert text.endswith("\n\nLeft out (1):\n  v9: it is no version\n")
    assert "version" not in text.partition("Left out")[0].lower()


def test_each_release_has_a_line_with_its_mark() -> None:
    text = _text(WHOLE)
    assert _line(text, "1.0.0").split() == ["1.0.0", "2026-01-01", "first", "10"]
    assert _line(text, "1.1.0").split() == ["✗", "1.1.0", "2026-02-01", "minor", "major", "5", "10"]
    assert _line(text, "1.2.0").startswith("?")
    assert _line(text, "1.3.0").startswith("!")
    assert _line(text, "2.0.0").startswith(" ")


def test_what_broke_unannounced_stands_below_the_first_of_it() -> None:
    lines = _text(WHOLE).splitlines()
    at = lines.index(_line("\n".join(lines), "1.1.0"))
    assert lines[at + 1 : at + 5] == [
        "      f0: function is removed",
        "      f1: function is removed",
        "      f2: function is removed",
        "      and 2 more",
    ]


def test_what_is_decided_stands_before_what_is_not() -> None:
    changes = [_change("major", "a", "undecided"), _change("major", "b")]
    text = _text(History("acme", "shop", (FIRST, _step("1.1.0", _judgement("under-bumped", changes)))))
    assert text.index("b: function is removed") < text.index("a: function is removed (undecided)")


def test_what_was_announced_is_listed_for_who_wants_more() -> None:
    announced = _step("2.0.0", _judgement("passed", [_change("major")]))
    history = History("acme", "shop", (FIRST, announced))
    assert "function is removed" not in _text(history)
    assert "f: function is removed" in _text(history, Style(verbose=True))


def test_an_under_bumped_addition_is_listed_by_what_needed_it() -> None:
    judgement = replace(_judgement("under-bumped", [_change("minor", "g")]), declared="patch")
    assert "g: function is removed" in _text(History("acme", "shop", (FIRST, _step("1.0.1", judgement))))


def test_a_release_that_could_not_be_judged_says_why() -> None:
    assert "      not judged: it is no zip" in _text(WHOLE).splitlines()


@pytest.mark.parametrize(("message", "line"), [("too slow", "deprecated: too slow"), (" ", "deprecated")])
def test_a_deprecated_release_says_so(message: str, line: str) -> None:
    history = History("acme", "shop", (FIRST, _step("1.1.0", _judgement(), deprecation=message)))
    assert f"      {line}" in _text(history).splitlines()


def test_a_maintenance_release_has_a_mark_unless_it_is_worse() -> None:
    good, bad = (
        replace(one, transition=replace(one.transition, is_maintenance=True)) for one in (GOOD, BROKEN)
    )
    text = _text(History("acme", "shop", (FIRST, bad, good)))
    assert (_line(text, "2.0.0")[0], _line(text, "1.1.0")[0]) == ("·", "✗")
    assert "· maintenance: a higher version was there already" in text


def test_the_legend_explains_the_marks_that_occur_and_no_others() -> None:
    text = _text(History("acme", "shop", (FIRST, BROKEN)))
    assert "✗ under-bumped: " in text
    assert "? undecided: " not in text


def test_sources_that_are_worked_on_are_not_yet_released() -> None:
    step = replace(GOOD, transition=replace(GOOD.transition, is_released=False))
    text = _text(History("acme", "shop", (FIRST, step)))
    assert "not yet" in _line(text, "2.0.0")
    assert text.startswith("acme/shop: 1 release,")


def test_what_was_left_out_is_named() -> None:
    assert _text(WHOLE).splitlines()[-2:] == ["Left out (1):", "  v9: it is no version"]


def test_without_days_there_is_no_span() -> None:
    history = History("acme", "shop", (_step("1.0.0", _judgement(), day=None),))
    assert _text(history).splitlines()[0] == "acme/shop: 1 release"


@pytest.mark.parametrize("seconds", [10**30, -(10**30)])
def test_a_day_that_no_calendar_has_is_left_out(seconds: int) -> None:
    release = replace(FIRST.transition.release, released=seconds)
    history = History(
        "acme", "shop", (replace(FIRST, transition=replace(FIRST.transition, release=release)),)
    )
    assert _text(history).splitlines()[0] == "acme/shop: 1 release"


def test_text_fits_a_terminal_and_is_whole_elsewhere() -> None:
    long = _step("1.1.0", _judgement("under-bumped", [_change("major", "x" * 200)]))
    history = History("acme", "shop", (FIRST, long))
    narrow = _text(history, Style(terminal=True, width=80))
    assert max(map(len, narrow.splitlines())) == 80
    assert "x" * 200 in _text(history, Style(width=80))


def test_colours_repeat_the_marks() -> None:
    colored = _text(WHOLE, Style(color=True))
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == _text(WHOLE)


HOSTILE = "a\x1b[2J\u202e\n::error::b<script>"


@pytest.mark.parametrize("format_name", FORMATS)
def test_no_name_is_obeyed_by_a_terminal_or_a_browser(format_name: str) -> None:
    step = _step(
        "1.1.0",
        _judgement("under-bumped", [replace(_change("major", HOSTILE), message=HOSTILE)]),
        deprecation=HOSTILE,
    )
    text = render(History("acme", "shop", (FIRST, step), (Omission(HOSTILE, HOSTILE),)), format_name, Style())
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert format_name != "html" or "<script" not in text


def test_json_has_every_release_with_its_findings() -> None:
    document = json.loads(render(WHOLE, "json", Style()))
    assert document["package"] == {"org": "acme", "name": "shop"}
    assert document["counts"] == {
        "releases": 5,
        "under_bumped": 1,
        "breaking": 2,
        "unknown": 2,
        "maintenance": 0,
    }
    first, broken, _, failed, _ = document["releases"]
    assert (first["baseline"], first["outcome"], first["declared_bump"]) == (None, "first-release", None)
    assert (broken["baseline"], broken["required_bump"], len(broken["findings"])) == ("1.0.0", "major", 5)
    assert broken["findings"][0]["symbol"] == "f0"
    assert (failed["outcome"], failed["error"]["code"]) == ("error", "unreadable-archive")
    assert document["omissions"] == [{"what": "v9", "why": "it is no version"}]


DRAWING = "//div[@class='timeline']/svg[1]"


def _page(history: History) -> parser.HtmlElement:
    return parser.document_fromstring(render(history, "html", Style()))


def test_the_page_has_a_column_for_each_release_that_leads_to_it() -> None:
    page = _page(WHOLE)
    links = [one.get("href", "") for one in page.xpath(f"{DRAWING}//a")]
    assert len(links) == 5
    assert all(page.get_element_by_id(link.removeprefix("#")) is not None for link in links)


def test_the_page_is_red_where_a_release_is_under_bumped() -> None:
    page = _page(WHOLE)
    shapes = [one.get("class") for one in page.xpath(f"{DRAWING}//a")]
    assert shapes == ["neutral", "bad", "open", "skipped", "good"]
    assert "banner bad" in page.xpath("//header")[0].get("class", "")


def test_the_page_has_columns_in_the_order_of_time_and_releases_by_version() -> None:
    early = _step("3.0.0", _judgement(), day=2)
    page = _page(History("acme", "shop", (FIRST, BROKEN, early)))
    titles = [one.text_content().split()[0] for one in page.xpath(f"{DRAWING}//title")]
    assert titles == ["1.0.0", "3.0.0", "1.1.0"]
    assert [one.text_content() for one in page.xpath("//summary/strong")] == ["3.0.0", "1.1.0", "1.0.0"]


def test_where_a_release_has_no_day_columns_stand_in_the_order_of_versions() -> None:
    unknown = _step("3.0.0", _judgement(), day=None)
    page = _page(History("acme", "shop", (FIRST, BROKEN, unknown)))
    titles = [one.text_content().split()[0] for one in page.xpath(f"{DRAWING}//title")]
    assert titles == ["1.0.0", "1.1.0", "3.0.0"]


def test_the_page_without_days_names_versions_below_the_columns() -> None:
    steps = [_step(f"1.{at}.0", _judgement(), day=None) for at in range(60)]
    labels = [
        one.text_content()
        for one in _page(History("acme", "shop", tuple(steps))).xpath("//svg[@class='years']/text")
    ]
    assert labels[0] == "1.0.0"
    assert 1 < len(labels) < 30


def test_the_page_with_days_names_years_below_the_columns() -> None:
    labels = [one.text_content() for one in _page(WHOLE).xpath("//svg[@class='years']/text")]
    assert labels == ["2026", "2027"]


def test_of_many_changes_the_page_lists_the_first_and_counts_the_others() -> None:
    many = _step("2.0.0", _judgement("passed", [_change("major", f"f{at}") for at in range(512)]))
    page = _page(History("acme", "shop", (FIRST, many)))
    assert len(page.xpath("//tbody/tr")) == 500
    assert "And 12 more." in page.text_content()


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        ((FIRST, BROKEN), "1 release promised more than it kept"),
        ((FIRST, BROKEN, BROKEN), "2 releases promised more than they kept"),
        ((FIRST, FAILED), "No release is known to be under-bumped, 1 could not be judged"),
        ((FIRST, GOOD), "Every release kept what its version promised"),
        ((), "Every release kept what its version promised"),
    ],
)
def test_the_page_says_first_what_came_out(steps: tuple[Step, ...], verdict: str) -> None:
    assert _page(History("acme", "shop", steps)).xpath("//h1")[0].text_content().strip() == verdict


def test_the_page_needs_no_network_and_no_script() -> None:
    text = render(WHOLE, "html", Style())
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=\"(?!#)", text)
    assert "default-src 'none'" in text
