"""The search of the browser: it finds rows of a long page that are not made, and then they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.pages import LONG, document

if TYPE_CHECKING:
    from browser.conftest import Open
    from playwright.sync_api import Page

_NAME = f"f-{LONG - 1:016x}"
_FOUND = "document.querySelectorAll('.block:not([hidden]) :is(.rest > div, li[id])').length"


def _opened(open_page: Open) -> Page:
    page = open_page(document("long"))
    page.wait_for_timeout(1_500)
    return page


def test_every_row_is_made_or_a_text_that_the_search_sees(open_page: Open) -> None:
    page = _opened(open_page)
    assert page.evaluate(_FOUND) >= LONG
    line = page.locator(f".rest > [data-row='{_NAME}']")
    assert line.get_attribute("hidden") == "until-found"
    assert line.locator("..").get_attribute("hidden") == "until-found"
    assert f"Order.field{LONG - 1} " in (line.text_content() or "")


def test_a_row_that_is_found_is_made_and_looked_at(open_page: Open) -> None:
    page = _opened(open_page)
    # What the browser does with a line before it shows it; no driver reaches its search.
    page.evaluate(
        "name => document.querySelector(`.rest > [data-row='${name}']`)"
        ".dispatchEvent(new Event('beforematch', { bubbles: true }))",
        _NAME,
    )
    page.wait_for_timeout(500)
    row = page.locator(f"li[id='{_NAME}']")
    assert "target" in (row.get_attribute("class") or "")
    assert row.evaluate("one => one.getBoundingClientRect().top > 0")
    assert row.evaluate("one => one.getBoundingClientRect().bottom < innerHeight")


def test_the_search_finds_nothing_that_a_filter_hides(open_page: Open) -> None:
    page = _opened(open_page)
    page.fill("[name=text]", "field77")
    page.wait_for_timeout(1_500)
    assert page.locator(f".block:not([hidden]) .rest > [data-row='{_NAME}']").count() == 0
    assert page.evaluate(_FOUND) == 11
