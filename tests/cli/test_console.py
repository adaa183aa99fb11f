"""Streams that are terminals, pipes that nobody reads, disks that are full, and streams that are closed."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from semverdiff.cli.output import Console
from semverdiff.errors import SemverdiffError
from semverdiff.reports import Style

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

CONSOLE = Console(color=True, error_color=False, verbosity=0, debug=False)
full_disk = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="there is no device that is always full"
)


def _left_pipe() -> TextIO:
    """Return the end of a pipe whose reader has left."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w", encoding="utf-8")


def _full_disk() -> TextIO:
    return Path("/dev/full").open("w", encoding="utf-8")


def _pipe_to_a_terminal() -> tuple[int, TextIO]:
    reading, writing = os.openpty()
    return reading, os.fdopen(writing, "w", encoding="ascii")


def test_on_a_terminal_texts_are_as_wide_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, terminal = _pipe_to_a_terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "57")
    try:
        style = CONSOLE.style()
    finally:
        terminal.close()
        os.close(reading)
    assert (style.color, style.width) == (True, 57)
    assert shutil.get_terminal_size().columns == 57


def test_a_terminal_that_cannot_show_a_character_shows_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, terminal = _pipe_to_a_terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    try:
        CONSOLE.show("größer")
        assert os.read(reading, 100) == rb"gr\xf6\xdfer"
        CONSOLE.show("größer", "utf-8")
        assert os.read(reading, 100) == "größer".encode()
    finally:
        terminal.close()
        os.close(reading)


def test_a_stream_that_the_user_closed_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    CONSOLE.show("text")
    CONSOLE.complain("text")
    assert CONSOLE.style() == Style(color=True)


def test_a_reader_may_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _left_pipe()
    monkeypatch.setattr(sys, "stdout", stream)
    CONSOLE.show("text")
    CONSOLE.show("what is left is thrown away")
    stream.close()


@full_disk
def test_a_result_that_cannot_be_written_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with _full_disk() as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        with pytest.raises(SemverdiffError) as caught:
            CONSOLE.show("text")
    assert str(caught.value) == "standard output cannot be written: No space left on device"


@pytest.mark.parametrize("stream", [_left_pipe, pytest.param(_full_disk, marks=full_disk)])
def test_where_no_complaint_can_be_written_there_is_nothing_left_to_do(
    monkeypatch: pytest.MonkeyPatch, stream: Callable[[], TextIO]
) -> None:
    with stream() as opened:
        monkeypatch.setattr(sys, "stderr", opened)
        CONSOLE.complain("text")
        CONSOLE.mention("what is left is thrown away")


@pytest.mark.parametrize(
    ("said", "wanted", "heard"),
    [(0, 0, True), (1, 0, False), (1, 1, True), (0, -1, False), (-1, -1, True)],
)
def test_what_is_no_result_is_heard_by_those_who_want_to(
    capsys: pytest.CaptureFixture[str], said: int, wanted: int, *, heard: bool
) -> None:
    Console(color=False, error_color=False, verbosity=wanted, debug=False).mention("text", said)
    assert capsys.readouterr().err == ("text\n" if heard else "")


@pytest.mark.parametrize("encoding", [None, "utf-8"])
def test_a_program_may_put_a_text_in_the_place_of_standard_output(encoding: str | None) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as written:
        CONSOLE.show("größer\n", encoding)

    assert written.getvalue() == "größer\n"
