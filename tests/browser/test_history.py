"""The page of a history: a column leads to the changes of its release, in both themes, wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.test_accessibility import violations
from history.test_formats import WHOLE

from semverdiff.history.formats import render
from semverdiff.reports import Style

if TYPE_CHECKING:
    from browser.conftest import Open

PAGE = render(WHOLE, "html", Style())


@pytest.mark.parametrize(("width", "theme"), [(1300, "light"), (375, "dark")])
def test_the_page_has_no_barriers(open_page: Open, width: int, theme: str) -> None:
    page = open_page(PAGE, theme=theme, width=width)
    for summary in page.locator("summary").all():
        summary.click()
    assert violations(page) == []


def test_a_column_unfolds_the_changes_of_its_release(open_page: Open) -> None:
    page = open_page(PAGE, script=False)
    change = page.get_by_text("f0", exact=True)
    assert not change.is_visible()
    page.locator(".timeline a.bad").first.click()
    change.wait_for(state="visible")


def test_the_page_is_as_wide_as_a_narrow_screen(open_page: Open) -> None:
    page = open_page(PAGE, width=375)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
