"""Texts of a package that try to be more than texts: none of them runs, loads or leaves its place.

`open_page` fails a test when a page opens a dialog or a window, asks for anything, or violates its policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import msgspec
import pytest
from browser.pages import page_of
from msgspec.structs import replace
from reports.examples import EXAMPLES

from semverdiff.enums import StrEnum
from semverdiff.reports.formats import html

if TYPE_CHECKING:
    from pathlib import Path

    from browser.conftest import Open
    from playwright.sync_api import Browser, Page

    from semverdiff.reports import Report

_T = TypeVar("_T")

_PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "end of script": "</script><script>alert(1)</script>",
    "end of noscript": "</noscript><script>alert(1)</script><img src=x onerror=alert(1)>",
    "end of style": "</style></title></textarea></pre></template><script>alert(1)</script>",
    "handler": "\"><img src=x onerror=alert(1)> ' onfocus=alert(1) autofocus x='",
    "drawing": "<svg onload=alert(1)><style>*{display:none}</style></svg>",
    "comment": "<!--<script>--><!-- ]]><script>alert(1)</script>",
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt;&#60;img src=x onerror=alert(1)&#62;",
    "address": "javascript:alert(1)//https://example.org/",
    "template": "{{ 7 * 7 }}{% raw %}${alert(1)}`$(alert(1))`",
    "direction": "\u202ealert(1)\u2066\u200f\u061c\ufeff",
    "control": "\x00<\x1bscript>\r\n\u2028alert(1)\x85\ud800",
}
# A page a handful: opening one takes longer than looking at what it holds.
_HANDFULS = [list(_PAYLOADS.values())[at : at + 4] for at in range(0, len(_PAYLOADS), 4)]
# What a report says in words of this program.
_OWN = frozenset({"ecosystem", "fingerprint", "rule"})


def _poisoned(value: _T, payload: str) -> _T:
    """Return a value all of whose texts are the payload."""
    changed: object
    match value:
        case StrEnum() | int() | None:
            changed = value
        case str():
            changed = payload
        case tuple():
            changed = tuple(_poisoned(part, payload) for part in value)
        case msgspec.Struct():
            names = [name for name in value.__struct_fields__ if name not in _OWN]
            changed = replace(value, **{name: _poisoned(getattr(value, name), payload) for name in names})
        case _:
            changed = value
    return cast("_T", changed)


def _attack(page: Page) -> None:
    """Do whatever a reader does that makes the script handle texts."""
    page.get_by_role("button", name="Unfold all").click()
    page.wait_for_timeout(100)
    for row in page.locator(".block li[id]:visible").all()[:2]:
        row.hover()
    for link in page.locator("a.r:visible, a.w:visible").all()[:3]:
        link.click()
    for button in page.locator("th button").all()[:2]:
        button.click()
    page.fill("[name=text]", "<img src=x onerror=alert(1)>")
    page.wait_for_timeout(150)


@pytest.fixture(params=["short", "long"])
def _length(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages be such whose rows are elements, and such whose rows are made."""
    if request.param == "long":
        monkeypatch.setattr(html, "_MANY_FINDINGS", 0)


@pytest.mark.usefixtures("_length")
@pytest.mark.parametrize("payloads", _HANDFULS, ids=["markup", "elements", "others"])
def test_no_text_runs(open_page: Open, payloads: list[str]) -> None:
    poisoned = _poisoned(EXAMPLES["under-bumped"], " ".join(payloads))
    twins = tuple(
        replace(one, fingerprint=f"{at:016x}")
        for at, one in enumerate((*poisoned.findings, *poisoned.findings))
    )
    content = page_of(replace(poisoned, findings=twins))
    _attack(open_page(content))
    quiet = open_page(content, script=False)
    assert quiet.locator("script, style, img, iframe, object, embed, link, base").count() == 2


def test_an_address_does_not_run(open_page: Open) -> None:
    page = open_page(
        page_of(EXAMPLES["hostile"]),
        address="#module=%3Cimg%20src=x%20onerror=alert(1)%3E&text=%3Cscript%3Ealert(1)%3C/script%3E&rule='\"",
    )
    assert page.locator("[name=text]").input_value() == "<script>alert(1)</script>"


def test_the_policy_stops_what_would_get_through_all_the_same(chromium: Browser, tmp_path: Path) -> None:
    content = page_of(EXAMPLES["under-bumped"])
    inserted = "<script>document.title = 'run'</script><p style='display: none' id='probe'>shown</p>"
    file = tmp_path / "page.html"
    file.write_text(content.replace("<footer", f"{inserted}<footer"), "utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    assert page.title() != "run"
    assert page.locator("#probe").is_visible()
    page.close()


def test_no_character_of_a_package_changes_the_direction_of_a_line(open_page: Open) -> None:
    poisoned: Report = _poisoned(EXAMPLES["under-bumped"], _PAYLOADS["direction"])
    text: str = open_page(page_of(poisoned)).evaluate("document.documentElement.textContent")
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
