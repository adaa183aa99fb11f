"""Everything that a mouse can do, keys can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.pages import document

if TYPE_CHECKING:
    from browser.conftest import Open
    from playwright.sync_api import Page


def _focused(page: Page) -> str:
    """Return what has the focus: the beginning of its text."""
    text: str = page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ').slice(0, 60)")
    return text


def test_a_slash_leads_to_the_words_and_types_none(open_page: Open) -> None:
    page = open_page(document("under-bumped"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.type("j/k")
    assert page.locator("[name=text]").input_value() == "j/k"


def test_j_and_k_go_from_finding_to_finding_and_over_what_is_folded(open_page: Open) -> None:
    page = open_page(document("under-bumped"))
    page.keyboard.press("j")
    assert _focused(page).startswith("patch The minimum version of a dependency")
    page.keyboard.press("j")
    assert _focused(page).startswith("major Order.id")
    page.keyboard.press("j")
    assert _focused(page).startswith("major createOrder")
    page.keyboard.press("k")
    assert _focused(page).startswith("major Order.id")


def test_k_begins_at_the_end_and_nothing_comes_after_it(open_page: Open) -> None:
    page = open_page(document("under-bumped"))
    page.keyboard.press("k")
    last = _focused(page)
    assert last.startswith("minor LIMIT")
    page.keyboard.press("j")
    assert _focused(page) == last


def test_enter_unfolds_a_cause_and_j_goes_into_it(open_page: Open) -> None:
    page = open_page(document("grouped"))
    for _ in range(2):
        page.keyboard.press("j")
    assert _focused(page).startswith("major A field was removed")
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    assert _focused(page).startswith("Order.field0")


def test_the_buttons_of_a_finding_follow_it_in_the_order_of_the_tabulator(open_page: Open) -> None:
    page = open_page(document("under-bumped"))
    for _ in range(2):
        page.keyboard.press("j")
    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(_focused(page))
    assert names == ["Order.id", "Copy link", "Copy suppression", "record-field-removed"]


def test_keys_with_a_modifier_belong_to_the_browser(open_page: Open) -> None:
    page = open_page(document("under-bumped"))
    page.keyboard.press("Control+j")
    assert page.evaluate("document.activeElement === document.body")
