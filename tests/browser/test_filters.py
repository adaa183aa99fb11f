"""The filters: what is shown, what is counted, and that the address remembers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import LONG, RULE, document

if TYPE_CHECKING:
    from browser.conftest import Open
    from playwright.sync_api import Page

_SIZES = pytest.mark.parametrize("name", ["grouped", "long"])


def _shown(page: Page) -> str:
    """Return how many findings there are, once whoever types has been waited for."""
    page.wait_for_timeout(150)
    text: str = page.locator("output").inner_text()
    return text


def _total(name: str) -> str:
    return f"{(LONG if name == 'long' else 40) + 17:,}"


@_SIZES
def test_at_first_everything_is_counted(open_page: Open, name: str) -> None:
    assert _shown(open_page(document(name))) == f"{_total(name)} findings"


@_SIZES
def test_a_level_that_is_not_wanted_is_left_out(open_page: Open, name: str) -> None:
    page = open_page(document(name))
    page.locator("label.major input").uncheck()
    assert _shown(page) == f"12 of {_total(name)} findings"
    assert page.locator("#s-breaking").is_hidden()
    assert page.locator("#s-additions").is_visible()
    assert page.url.endswith("#level=minor%2Cpatch%2Cundecided%2Csuppressed")


@_SIZES
def test_words_are_looked_up_in_every_row(open_page: Open, name: str) -> None:
    page = open_page(document(name))
    page.fill("[name=text]", "text7 ORDER.field7;")
    assert _shown(page) == f"1 of {_total(name)} findings"
    assert page.locator(".block li:visible").count() == 1
    assert page.locator("#f-0000000000000007").is_visible()
    assert page.url.endswith("#text=text7+ORDER.field7%3B")


@_SIZES
def test_a_fingerprint_finds_its_row(open_page: Open, name: str) -> None:
    page = open_page(document(name))
    page.fill("[name=text]", "0000000000000011")
    assert _shown(page) == f"1 of {_total(name)} findings"
    assert page.locator("#f-0000000000000011").is_visible()


@_SIZES
def test_words_of_a_reason_find_all_rows_that_share_it(open_page: Open, name: str) -> None:
    page = open_page(document(name))
    page.fill("[name=text]", "read or set the field")
    assert _shown(page).startswith(f"{(LONG if name == 'long' else 40) + 1:,} of")


@_SIZES
@pytest.mark.parametrize(
    ("facet", "value", "left"),
    [("rule", "function-added", 1), ("module", "shop.http", 2), ("kind", "enum", 2)],
)
def test_a_choice_leaves_what_has_it(open_page: Open, name: str, facet: str, value: str, left: int) -> None:
    page = open_page(document(name))
    page.select_option(f"[name={facet}]", value)
    assert _shown(page) == f"{left} of {_total(name)} findings"
    assert page.url.endswith(f"#{facet}={value}")


def test_each_choice_says_how_many_it_would_show(open_page: Open) -> None:
    page = open_page(document("grouped"))
    page.select_option("[name=module]", "shop.http")
    page.wait_for_timeout(150)
    assert page.locator("label.major .count").inner_text() == "2"
    assert page.locator("[name=module] option[value=shop]").inner_text() == "shop (54)"
    assert page.locator("[name=rule] option[value=enum-member-added]").inner_text() == "enum-member-added (1)"
    assert page.locator(f"[name=rule] option[value={RULE}]").inner_text() == f"{RULE} (0)"


def test_the_name_of_a_module_in_the_table_is_a_choice(open_page: Open) -> None:
    page = open_page(document("grouped"))
    page.get_by_role("button", name="shop.http").click()
    assert page.locator("[name=module]").input_value() == "shop.http"
    assert _shown(page) == "2 of 57 findings"


@_SIZES
def test_an_address_brings_the_same_view_back(open_page: Open, name: str) -> None:
    page = open_page(document(name), address=f"#level=major&rule={RULE}&module=shop&kind=record&text=field39")
    assert page.locator("label.minor input").is_checked() is False
    assert page.locator("[name=rule]").input_value() == RULE
    assert page.locator("[name=text]").input_value() == "field39"
    assert page.locator("#f-0000000000000027").is_visible()


def test_an_address_of_something_that_is_not_there_hides_nothing(open_page: Open) -> None:
    page = open_page(document("grouped"), address="#rule=no-such-rule&kind=")
    assert _shown(page) == "57 findings"


@_SIZES
def test_show_all_and_escape_bring_everything_back(open_page: Open, name: str) -> None:
    page = open_page(document(name), address="#text=field7")
    page.get_by_role("button", name="Show all").click()
    assert _shown(page) == f"{_total(name)} findings"
    page.fill("[name=text]", "field7")
    page.wait_for_timeout(150)
    page.keyboard.press("Escape")
    assert _shown(page) == f"{_total(name)} findings"
    assert page.url.endswith("#")


@_SIZES
def test_few_that_are_left_are_unfolded_and_folded_again_with_everything(open_page: Open, name: str) -> None:
    page = open_page(document(name))
    fold = page.locator("#s-breaking .fold")
    assert fold.get_attribute("open") is None
    page.fill("[name=text]", "field39")
    page.wait_for_timeout(150)
    assert fold.get_attribute("open") is not None
    page.fill("[name=text]", "")
    page.wait_for_timeout(150)
    assert fold.get_attribute("open") is None


@_SIZES
def test_a_cause_says_how_many_of_its_findings_are_left(open_page: Open, name: str) -> None:
    page = open_page(document(name), address="#text=field7")
    left = 1 if name == "grouped" else 111
    assert _shown(page) == f"{left} of {_total(name)} findings"
    total = f"{(LONG if name == 'long' else 40) + 1:,}"
    assert page.locator("#s-breaking .fold > summary > .count").inner_text() == f"{left} of {total}"


def test_what_was_unfolded_before_a_filter_shows_what_is_left_only(open_page: Open) -> None:
    page = open_page(document("grouped"))
    page.locator("#s-breaking .fold > summary").click()
    page.fill("[name=text]", "field7")
    page.wait_for_timeout(150)
    assert page.locator("#s-breaking .fold li:visible").count() == 1


def test_what_somebody_unfolded_stays_unfolded_when_a_filter_ends(open_page: Open) -> None:
    page = open_page(document("grouped"))
    page.locator("#s-breaking .fold > summary").click()
    for words in ("field7", ""):
        page.fill("[name=text]", words)
        page.wait_for_timeout(150)
    assert page.locator("#s-breaking .fold").get_attribute("open") is not None


def test_what_is_unfolded_after_a_filter_shows_what_is_left_only(open_page: Open) -> None:
    page = open_page(document("long"), address="#text=order.field1")
    page.locator("#s-breaking .fold > summary").click()
    page.locator("#s-breaking .fold li").first.wait_for()
    assert page.locator("#s-breaking .fold li[id]").count() == 25
    assert page.locator("li.more").text_content() == "Show 100 of 286 more"


def test_rows_of_a_long_page_are_made_as_they_are_asked_for(open_page: Open) -> None:
    page = open_page(document("long"))
    rows = page.locator("#s-breaking .fold li[id]")
    assert rows.count() == 0
    page.get_by_role("button", name="Unfold all").click()
    page.locator("#s-breaking .fold ul, #s-breaking .fold ol").first.scroll_into_view_if_needed()
    rows.first.wait_for()
    assert rows.count() == 25
    page.get_by_role("button", name="Show 100 of").click()
    assert rows.count() == 125
    assert page.evaluate("document.activeElement === document.querySelectorAll('#s-breaking .fold li')[25]")


def test_everything_is_unfolded_and_folded_by_one_button(open_page: Open) -> None:
    page = open_page(document("grouped"))
    page.get_by_role("button", name="Unfold all").click()
    assert page.locator(".fold:not([open])").count() == 0
    page.get_by_role("button", name="Fold all", exact=True).click()
    assert page.locator(".fold[open]").count() == 0


def test_one_filter_is_for_all_packages_of_a_workspace(open_page: Open) -> None:
    page = open_page(document("several"))
    total = _shown(page)
    page.fill("[name=text]", "isolated")
    assert _shown(page).endswith(f" of {total}")
    assert page.locator(".block li:visible").count() > 0
