"""What axe finds: nothing, in both themes, on wide and narrow screens, on paper, folded and unfolded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import document

if TYPE_CHECKING:
    from browser.conftest import Open
    from playwright.sync_api import Page

_NAMES = [
    "change-set",
    "error",
    "first-release",
    "grouped",
    "hostile",
    "several",
    "undecided",
    "under-bumped",
]
_THEMES = pytest.mark.parametrize("theme", ["light", "dark"])


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong, each with the elements that it is about."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (by `make browser`, as playwright)

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]}" for one in found]


# Every page in half of the four, and every one of the four with several pages: axe takes its time.
@pytest.mark.parametrize(
    ("name", "width", "theme"),
    [
        (name, width, theme)
        for number, name in enumerate(_NAMES)
        for width, theme in (
            (1300, "light" if number % 2 else "dark"),
            (375, "dark" if number % 2 else "light"),
        )
    ],
)
def test_a_page_has_no_barriers(open_page: Open, name: str, width: int, theme: str) -> None:
    page = open_page(document(name), theme=theme, width=width)
    assert violations(page) == []


@_THEMES
@pytest.mark.parametrize("width", [1300, 375])
def test_nothing_that_is_unfolded_or_offered_has_barriers(open_page: Open, width: int, theme: str) -> None:
    page = open_page(document("under-bumped"), theme=theme, width=width)
    page.get_by_role("button", name="Unfold all").click()
    for row in page.locator(".block li[id]:visible").all()[:3]:
        row.hover()
    page.locator("a.r:visible").first.click()
    for summary in page.locator("details.w > summary:visible").all()[:1]:
        summary.click()
    assert violations(page) == []


def test_a_long_page_has_no_barriers(open_page: Open) -> None:
    page = open_page(document("long"))
    page.get_by_role("button", name="Unfold all").click()
    page.locator("#s-breaking .fold ul, #s-breaking .fold ol").first.scroll_into_view_if_needed()
    page.get_by_role("button", name="Show 100 of").wait_for()
    assert violations(page) == []


@_THEMES
@pytest.mark.parametrize("name", ["several", "under-bumped"])
def test_paper_has_no_barriers(open_page: Open, name: str, theme: str) -> None:
    assert violations(open_page(document(name), theme=theme, media="print")) == []


@pytest.mark.parametrize("name", _NAMES)
def test_nothing_is_wider_than_a_narrow_screen(open_page: Open, name: str) -> None:
    page = open_page(document(name), width=375)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_themes_follow_the_system(open_page: Open) -> None:
    grounds = {
        open_page(document("under-bumped"), theme=theme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for theme in ("light", "dark")
    }
    assert grounds == {"rgb(246, 247, 249)", "rgb(18, 21, 27)"}
