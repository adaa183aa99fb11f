"""A page whose script does not run: all of it is there, and nothing that would do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import LONG, document

if TYPE_CHECKING:
    from browser.conftest import Open


def test_nothing_is_offered_that_needs_a_script(open_page: Open) -> None:
    page = open_page(document("grouped"), script=False)
    assert page.locator("form").is_hidden()
    assert page.locator("button:visible").count() == 0


@pytest.mark.parametrize(("name", "count"), [("grouped", 57), ("long", LONG + 17)])
def test_every_finding_can_be_unfolded(open_page: Open, name: str, count: int) -> None:
    page = open_page(document(name), script=False)
    for fold in page.locator(".fold").all():
        if fold.get_attribute("open") is None:
            # By key: where a row is may change under the mouse, as those before it are drawn.
            fold.locator("> summary").press("Enter")
    assert page.locator(".block li[id]:visible").count() == count


@pytest.mark.parametrize("name", ["grouped", "long"])
def test_the_address_of_a_finding_leads_to_it(open_page: Open, name: str) -> None:
    page = open_page(document(name), script=False, address="#f-0000000000000027")
    assert page.locator("#f-0000000000000027").is_visible()


def test_the_name_of_a_rule_leads_to_its_text(open_page: Open) -> None:
    page = open_page(document("under-bumped"), script=False)
    page.locator("#s-breaking a.r").first.click()
    assert page.url.endswith("#rule-record-field-removed")
    assert page.locator("#rule-record-field-removed").is_visible()


def test_a_client_leads_to_where_it_is_written_out(open_page: Open) -> None:
    page = open_page(document("grouped"), script=False, address="#f-0000000000000009")
    page.locator("#f-0000000000000009").get_by_role("link", name="The whole client").click()
    page.locator("pre:target").wait_for()
    assert "function use(shop:Order order)" in page.locator("pre:target").inner_text()
