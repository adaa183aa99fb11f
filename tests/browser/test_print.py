"""On paper: everything unfolded, nothing that only a screen can do, nothing cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import LONG, document

if TYPE_CHECKING:
    from browser.conftest import Open

# Of A4 within usual margins, in pixels of CSS.
_PAPER = 700


def test_what_is_folded_is_printed(open_page: Open) -> None:
    page = open_page(document("grouped"), media="print")
    assert page.locator(".fold:not([open])").count() > 0
    assert page.get_by_text("field 'field7' is removed").evaluate("one => one.checkVisibility()")
    height = page.get_by_text("field 'field7' is removed").evaluate(
        "one => one.getBoundingClientRect().height"
    )
    assert height > 0


def test_controls_are_not_printed(open_page: Open) -> None:
    page = open_page(document("grouped"), media="print")
    assert page.locator("form, nav").first.is_hidden()


@pytest.mark.parametrize("name", ["grouped", "hostile", "several", "under-bumped"])
def test_nothing_is_wider_than_the_paper(open_page: Open, name: str) -> None:
    page = open_page(document(name), media="print", width=_PAPER)
    assert page.evaluate("document.documentElement.scrollWidth") <= _PAPER


def test_a_browser_makes_a_document_of_it(open_page: Open) -> None:
    assert open_page(document("under-bumped")).pdf().startswith(b"%PDF-")


def test_rows_of_a_long_page_that_nobody_looked_at_are_printed(open_page: Open) -> None:
    page = open_page(document("long"))
    rows = "document.querySelectorAll('.block li[id]').length"
    before = page.evaluate(rows)
    assert before < LONG
    page.evaluate(f"addEventListener('beforeprint', () => {{ window.printed = {rows}; }})")
    page.pdf()
    assert page.evaluate("window.printed") >= LONG
    page.wait_for_timeout(300)
    assert page.evaluate(rows) <= before


def test_what_a_filter_leaves_is_printed(open_page: Open) -> None:
    page = open_page(document("long"))
    page.fill("[name=text]", "field77")
    page.wait_for_timeout(500)
    rows = "document.querySelectorAll('.block:not([hidden]) li[id]').length"
    page.evaluate(f"addEventListener('beforeprint', () => {{ window.printed = {rows}; }})")
    page.pdf()
    assert page.evaluate("window.printed") == 11  # field77 and field770 to field779
