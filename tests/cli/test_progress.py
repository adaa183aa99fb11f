"""What a run waits for is shown on a terminal, where it takes long, and nowhere else."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
import time
from threading import Timer
from typing import TYPE_CHECKING

import pytest
from support.archives import build_bala, dependency_graph
from support.central import Fault, Published, serve_central
from support.packages import write_package

from semverdiff.cli import progress
from semverdiff.cli.output import Console
from semverdiff.cli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.central import Reply

CONSOLE = Console(color=False, error_color=False, verbosity=0, debug=False)
QUIET = Console(color=False, error_color=False, verbosity=-1, debug=False)


def _until(reading: int, text: str, seconds: float) -> str:
    """Return what arrives until a text is in it, or until the time is over."""
    written = b""
    end = time.monotonic() + seconds
    while (
        text.encode() not in written and select.select([reading], [], [], max(0, end - time.monotonic()))[0]
    ):
        written += os.read(reading, 10_000)
    return written.decode(errors="replace")  # a character may end with the next piece


def test_what_takes_long_is_shown_on_a_terminal_and_is_gone_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.01)
    reading, writing = os.openpty()
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with Progress(CONSOLE) as waiting:
            for text, shown in (("acme/money", "acme/money"), ("acme/gold\x1b[2J", "acme/gold\\u{1B}[2J")):
                waiting.tell(text)
                assert shown in _until(reading, shown, 60)
        print("end", file=stream, flush=True)
        assert _until(reading, "end", 60).endswith("\x1b[2Kend\r\n")
    os.close(reading)


def test_how_far_it_is_replaces_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.01)
    reading, writing = os.openpty()
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with Progress(CONSOLE) as waiting:
            waiting.tell("judging 10 releases")
            assert "judging 10 releases" in _until(reading, "judging 10 releases", 60)
            waiting.count("judged 3 of 10")
            assert "judged 3 of 10" in _until(reading, "judged 3 of 10", 60)
    os.close(reading)


@pytest.mark.parametrize(("console", "written"), [(CONSOLE, "judged 3 of 10\n"), (QUIET, "")])
def test_a_log_says_now_and_then_how_far_it_is(
    console: Console, written: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Progress(console) as waiting:
        waiting.tell("judging 10 releases")
        waiting.count("judged 1 of 10")
        monkeypatch.setattr(progress, "_SECONDS_BETWEEN_COUNTS", 0.0)
        waiting.count("judged 3 of 10")
        monkeypatch.setattr(progress, "_SECONDS_BETWEEN_COUNTS", 60.0)
        waiting.count("judged 4 of 10")
    assert capsys.readouterr().err == written


def test_what_ends_before_anything_was_waited_for_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(Console(color=False, error_color=False, verbosity=2, debug=False)):
        pass
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("console", "patience", "terminal"),
    [(CONSOLE, 60.0, True), (QUIET, 0.01, True), (CONSOLE, 0.01, False)],
    ids=["soon done", "quiet", "no terminal"],
)
def test_otherwise_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, console: Console, patience: float, *, terminal: bool
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", patience)
    reading, writing = os.openpty() if terminal else os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with Progress(console) as waiting:
            waiting.tell("acme/money")
            assert not _until(reading, "acme", 0.3)
        print("end", file=stream, flush=True)
        assert _until(reading, "end", 60).strip() == "end"
    os.close(reading)


@pytest.mark.slow
def test_a_dependency_that_is_long_in_coming_is_named(tmp_path: Path) -> None:
    graph = dependency_graph("acme", "shop", "1.0.0", {"org": "acme", "name": "money", "version": "1.0.0"})
    source = "import acme/money; public function price() returns money:Amount => make();"
    files = {"modules/shop/lib.bal": source, "dependency-graph.json": graph}
    money = build_bala("acme", "money", "1.0.0", {"modules/money/a.bal": "public type Amount int;"})
    rows = [
        Published("acme", "shop", "1.0.0", build_bala("acme", "shop", "1.0.0", files)),
        Published("acme", "money", "1.0.0", money),
    ]
    new = write_package(tmp_path / "new", {"lib.bal": source.replace("money:Amount", "string")})

    def delayed(reply: Reply) -> Reply:
        time.sleep(2.5 if reply.body == money else 0)
        return reply

    reading, writing = os.openpty()
    with serve_central(rows, [Fault("file", delayed)]) as central:
        environment = {
            **os.environ,
            "SEMVERDIFF_CENTRAL_URL": central.address,
            "SEMVERDIFF_CACHE_DIR": str(tmp_path / "cache"),
            "TERM": "xterm",
        }
        ended = subprocess.run(
            [sys.executable, "-m", "semverdiff", "check", str(new)],
            stdout=subprocess.PIPE,
            stderr=writing,
            env=environment,
            check=False,
        )
    assert b"fetching" not in ended.stdout
    assert "fetching acme/money 1.0.0" in _until(reading, "fetching acme/money 1.0.0", 10)


def test_what_would_be_shown_in_the_moment_of_the_end_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock may have rung when it is stopped: what it starts has to see that all is over."""
    rung: list[Callable[[], None]] = []

    class Late(Timer):
        def start(self) -> None:
            rung.append(self.function)

    monkeypatch.setattr(threading, "Timer", Late)
    reading, writing = os.openpty()
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with Progress(CONSOLE) as waiting:
            waiting.tell("acme/money")
        (show,) = rung
        show()
        print("end", file=stream, flush=True)
        assert _until(reading, "end", 60) == "end\r\n"
    os.close(reading)
