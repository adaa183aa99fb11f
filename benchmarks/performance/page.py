"""What a page of 12,500 findings costs whoever opens and searches it, in time of the processor.

Opening counts in all processes of Chromium, a filter in the thread of the page, which is deaf meanwhile.
`make browser` installs what drives Chromium.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from browser.pages import document
from playwright.sync_api import sync_playwright

from performance.figures import Figure, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession

__all__ = ["page_rows"]

_OPENED_MS: Final = 3_000
_FILTERED_MS: Final = 150
# What else the machine does can only add to what something costs: the least of so many counts.
_ROUNDS: Final = 4
_PAINTED: Final = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def _spent(browser: Browser) -> float:
    """Return the seconds that all processes of the browser have worked."""
    session = browser.new_browser_cdp_session()
    answer = session.send("SystemInfo.getProcessInfo")
    session.detach()
    return sum(float(process["cpuTime"]) for process in answer["processInfo"])


def _worked(session: CDPSession) -> float:
    """Return the seconds that the page's own thread has worked: what keeps it from answering."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def page_rows(program: str) -> Iterator[Row]:
    """Measure in a Chromium what opening the page costs, and each of a few filters."""
    content = document("huge")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        loads = []
        for _ in range(_ROUNDS):
            page = browser.new_page()
            before = _spent(browser)
            page.set_content(content)
            page.evaluate(_PAINTED)
            loads.append(_spent(browser) - before)
        yield _row("open a page of 12,500 findings", min(loads), _OPENED_MS)
        page.wait_for_timeout(1_000)
        page.get_by_role("button", name="Unfold all").click()
        page.wait_for_timeout(500)
        session = page.context.new_cdp_session(page)
        # Of the thread, not of the clock: how busy the machine is says nothing about a page.
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        costs: dict[str, float] = {}
        for words in ("Order77", "e", "createOrder is removed", "") * _ROUNDS:
            before = _worked(session)
            page.fill("[name=text]", words)
            page.wait_for_timeout(120)
            page.evaluate(_PAINTED)
            costs[words] = min(_worked(session) - before, costs.get(words, 60.0))
        for words, cost in costs.items():
            yield _row(f"filter by '{words}'", cost, _FILTERED_MS)
        browser.close()


def _row(case: str, seconds: float, most: float) -> Row:
    return Row(
        case=case,
        figures={Figure.CPU_MS: round(1000 * seconds, 1)},
        most={Figure.CPU_MS: most},
        runs=_ROUNDS,
    )
