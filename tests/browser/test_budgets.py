"""What a page of 12,500 findings makes of them: its costs are measured by `make bench SUITES=page`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.pages import document

if TYPE_CHECKING:
    from browser.conftest import Open
    from playwright.sync_api import Page

# A row has a dozen: two for each finding would be a sixth of all rows.
_MOST_ELEMENTS = 25_000


def _elements(page: Page) -> int:
    count: int = page.evaluate("document.querySelectorAll('*').length")
    return count


def test_a_page_of_twelve_thousand_findings_has_only_the_rows_that_are_seen(open_page: Open) -> None:
    page = open_page(document("huge"))
    assert _elements(page) < _MOST_ELEMENTS
    page.get_by_role("button", name="Unfold all").click()
    for words in ("Order77", "e", "createOrder is removed", ""):
        page.fill("[name=text]", words)
        page.wait_for_timeout(300)
        assert _elements(page) < _MOST_ELEMENTS
    # Nor when every other one is a text that the browser's search finds, which takes as long as nobody waits.
    # A locator, since the page's policy forbids to evaluate a text again and again inside it.
    page.locator(".rest > div").nth(3_000).wait_for(state="attached")
    page.wait_for_timeout(300)
    assert _elements(page) < _MOST_ELEMENTS
