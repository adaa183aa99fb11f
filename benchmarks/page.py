"""What a page of 12,500 findings costs whoever opens and searches it, in seconds of the processor.

    make browser && python benchmarks/page.py

A page should open in 3 s of all processes of Chromium, and a filter keep its thread for 0.15 s at most.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from browser.pages import document

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession

# What else the machine does can only add to what something costs: the least of so many counts.
_ROUNDS = 4
_PAINTED = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


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


def main() -> None:
    """Print what opening the page costs, and each of a few filters."""
    content = document("huge")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        loads = []
        for _ in range(_ROUNDS):
            page = browser.new_page()
            before = _spent(browser)
            page.set_content(content)
            page.evaluate(_PAINTED)
            loads.append(_spent(browser) - before)
        print(f"open: {min(loads):.2f} s")
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
            print(f"filter by '{words}': {cost:.3f} s")
        browser.close()


if __name__ == "__main__":
    main()
