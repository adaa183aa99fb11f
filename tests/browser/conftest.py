"""Chromium as the system has it, and pages that tell when a text of a package did anything."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

import pytest
from support.chromium import CHROMIUM_NAMES, find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

_FOLDER = Path(__file__).parent


class Open(Protocol):
    """Opens a page of HTML in a window of its own."""

    def __call__(  # noqa: PLR0913 (what a reader of a page may have chosen)
        self,
        content: str,
        *,
        address: str = "",
        theme: str = "light",
        width: int = 1300,
        script: bool = True,
        media: str = "screen",
    ) -> Page:
        """Return the page as a reader of that theme and width sees it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: a browser takes its time."""
    for item in items:
        if item.path.is_relative_to(_FOLDER):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium. Without one the tests are skipped; a build has to have it."""
    program = find_chromium()
    if program is None:
        _missing("there is no Chromium: expected one of " + ", ".join(CHROMIUM_NAMES))
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 (installed by `make browser` only)
    except ImportError:
        _missing("playwright is not installed: run 'make browser'")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


def _missing(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Return what opens pages, and fail if any of them asked for more than its own file allows."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def check(url: str) -> None:
        if not url.startswith(tmp_path.as_uri()):
            complaints.append(f"request: {url}")

    def watch(page: Page) -> None:
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        # A violation of the page's policy is told on the console only.
        page.on("console", lambda message: complaints.append(f"console: {message.text}"))
        page.on("request", lambda request: check(str(request.url)))
        page.on("popup", lambda other: complaints.append(f"window: {other.url}"))

    def opened(  # noqa: PLR0913 (as above)
        content: str,
        *,
        address: str = "",
        theme: str = "light",
        width: int = 1300,
        script: bool = True,
        media: str = "screen",
    ) -> Page:
        file = tmp_path / f"page-{len(contexts)}.html"
        file.write_text(content, "utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=script,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        watch(page)
        if media == "print":
            page.emulate_media(media="print")
        page.goto(f"{file.as_uri()}{address}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
