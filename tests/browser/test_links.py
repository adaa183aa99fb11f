"""Addresses of findings, explanations in place, and what is copied."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from browser.pages import LONG, RULE, document

if TYPE_CHECKING:
    from browser.conftest import Open
    from playwright.sync_api import Page

_FAR = "f-000000000000001f"


def _is_in_sight(page: Page, name: str) -> bool:
    """Return whether the beginning of an element is within the window, once the page has come to rest."""
    page.wait_for_timeout(300)
    answer: bool = page.evaluate(
        "name => { const { top, height } = document.getElementById(name).getBoundingClientRect();"
        " return height > 0 && top > -1 && top < innerHeight; }",
        name,
    )
    return answer


@pytest.mark.parametrize("name", ["grouped", "long"])
def test_the_address_of_a_finding_unfolds_and_shows_it(open_page: Open, name: str) -> None:
    page = open_page(document(name), address="#f-0000000000000027")
    assert _is_in_sight(page, "f-0000000000000027")
    assert page.locator("li.target").get_attribute("id") == "f-0000000000000027"


def test_a_finding_far_down_a_long_page_is_made_with_all_before_it(open_page: Open) -> None:
    name = f"f-{999:016x}"
    page = open_page(document("long"), address=f"#{name}")
    assert _is_in_sight(page, name)
    assert page.locator("#s-breaking .fold li[id]").count() == LONG


def test_the_address_of_a_finding_wins_over_a_filter(open_page: Open) -> None:
    page = open_page(document("grouped"), address="#text=function")
    page.evaluate("name => { location.hash = name; }", _FAR)
    assert _is_in_sight(page, _FAR)
    assert page.locator("[name=text]").input_value() == ""


def test_an_address_that_no_finding_has_shows_the_page_as_it_is(open_page: Open) -> None:
    page = open_page(document("long"), address="#f-ffffffffffffffff")
    assert page.locator("output").inner_text() == "1,217 findings"


def test_the_name_of_a_symbol_is_the_link_to_its_finding(open_page: Open) -> None:
    page = open_page(document("under-bumped"))
    page.get_by_role("link", name="Order.id").click()
    identity = page.locator("li.target").get_attribute("id")
    assert page.url.endswith(f"#{identity}")


def test_a_rule_is_explained_where_it_is_named(open_page: Open) -> None:
    page = open_page(document("grouped"))
    page.locator("#s-breaking .fold > summary").click()
    link = page.locator("#s-breaking .fold a.r").first
    link.click()
    shown = page.locator("#s-breaking .fold article.rule")
    assert "Clients that read the field or construct the record with it are refused." in shown.inner_text()
    assert link.get_attribute("aria-expanded") == "true"
    link.click()
    assert shown.count() == 0
    assert link.get_attribute("aria-expanded") is None


@pytest.mark.parametrize("name", ["grouped", "long"])
def test_a_client_that_stands_elsewhere_is_shown_with_the_line_of_its_own_row(
    open_page: Open, name: str
) -> None:
    page = open_page(document(name), address="#f-0000000000000009")
    row = page.locator("#f-0000000000000009")
    row.get_by_role("link", name="The whole client").click()
    program = row.locator("pre.shown")
    assert program.inner_text() == (
        "import acme/shop;\n\nfunction use(shop:Order order) {\n"
        "    string text9 = order.field9;  // breaks\n}"
    )


def test_the_address_of_a_finding_is_copied(open_page: Open) -> None:
    page = open_page(document("grouped"), address="#f-0000000000000009")
    row = page.locator("#f-0000000000000009")
    row.hover()
    row.get_by_role("button", name="Copy link").click()
    row.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_the_entry_that_suppresses_a_finding_is_copied(open_page: Open) -> None:
    page = open_page(document("grouped"), address="#f-0000000000000009")
    row = page.locator("#f-0000000000000009")
    row.hover()
    row.get_by_role("button", name="Copy suppression").click()
    row.get_by_role("button", name="Copied").wait_for()
    text: str = page.evaluate("navigator.clipboard.readText()")
    assert tomllib.loads(text)["suppress"] == [
        {"rule": RULE, "fingerprint": "0000000000000009", "reason": "why this is accepted"}
    ]
    assert text.startswith("[[suppress]] # Order.field9 in module shop\n")


def test_where_the_browser_keeps_its_clipboard_the_entry_is_there_to_be_selected(open_page: Open) -> None:
    page = open_page(document("grouped"), address="#f-0000000000000009")
    page.context.clear_permissions()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    row = page.locator("#f-0000000000000009")
    row.hover()
    row.get_by_role("button", name="Copy suppression").click()
    area = row.get_by_label("To be copied")
    assert 'fingerprint = "0000000000000009"' in area.input_value()
    assert page.evaluate("document.activeElement.selectionEnd") == len(area.input_value())


def test_the_second_of_two_findings_with_one_fingerprint_has_an_address_and_the_same_entry(
    open_page: Open,
) -> None:
    page = open_page(document("hostile"), address="#f-0123456789abcdef-2")
    row = page.locator("li.target")
    row.hover()
    row.get_by_role("button", name="Copy suppression").click()
    row.get_by_role("button", name="Copied").wait_for()
    assert 'fingerprint = "0123456789abcdef"' in page.evaluate("navigator.clipboard.readText()")


def test_the_table_of_a_workspace_leads_to_its_packages(open_page: Open) -> None:
    page = open_page(document("several"))
    page.locator(".packages a").nth(3).click()
    assert _is_in_sight(page, "p-4")
