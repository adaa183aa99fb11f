"""The text on a terminal: lines that fit, colours that can be read, tokens that stand out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports.examples import EXAMPLES
from rich.cells import cell_len

from semverdiff.reports import Style, render
from semverdiff.reports.drawing import Ink
from semverdiff.reports.terminal import fitted

_SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")
_STEPS = (0, 95, 135, 175, 215, 255)


def drawn(name: str, *, width: int, color: bool = False) -> str:
    return render(EXAMPLES[name], "text", Style(color=color, width=width, terminal=True))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_terminal_shows_the_same_words_as_a_pipe(name: str) -> None:
    piped = render(EXAMPLES[name], "text", Style(width=60))
    for color in (False, True):
        shown = _SEQUENCE.sub("", drawn(name, width=60, color=color))
        # A word that is wider than the terminal is broken.
        assert "".join(shown.split()) == "".join(piped.split())


@pytest.mark.parametrize("name", sorted(EXAMPLES.keys() - {"hostile"}))
def test_lines_fit_where_more_than_a_place_fits(name: str) -> None:
    for line in drawn(name, width=60).splitlines():
        assert cell_len(line) <= 60 or set(line) == {"="} or line.startswith(" Comparing")


def test_the_rest_of_a_line_stands_under_its_text() -> None:
    text = "  [+-] " + "word " * 30 + "\n"
    first, *others = fitted(text, Style(width=40, terminal=True)).splitlines()
    assert first.startswith("  [+-] word")
    assert others
    assert all(re.match(r" {7}word", line) for line in others)


def test_a_line_that_fits_stays_as_it_is() -> None:
    text = "  x" + " " * 3 + "y\n\nz\n"
    assert fitted(text, Style(width=40, terminal=True)) == text


@given(st.lists(st.sampled_from(["  [++] a b", "wörd", "長い", "x" * 50, "", "- a.bal:1:2  int a;"])))
def test_nothing_is_lost_and_nothing_is_repeated(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    assert "".join(fitted(text, Style(width=24, terminal=True)).split()) == "".join(text.split())


def test_tokens_that_the_other_form_lacks_stand_out() -> None:
    shown = drawn("under-bumped", width=200, color=True)
    assert f"\x1b[{Ink.LOST.value}m" in shown
    assert f"\x1b[{Ink.GAINED.value}m" in shown
    assert "\x1b[" not in drawn("under-bumped", width=200)


def luminance(color: int) -> float:
    """Return the relative luminance of a colour of the cube of 216, by WCAG 2."""
    number = color - 16
    channels = [_STEPS[number // 36], _STEPS[number // 6 % 6], _STEPS[number % 6]]
    linear = [
        one / 255 / 12.92 if one / 255 <= 0.04045 else ((one / 255 + 0.055) / 1.055) ** 2.4
        for one in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ink", [one for one in Ink if ";5;" in one.value])
def test_a_colour_can_be_read_on_black_and_on_white(ink: Ink) -> None:
    found = luminance(int(ink.value.rpartition(";")[2]))
    assert (found + 0.05) / 0.05 > 3.8
    assert 1.05 / (found + 0.05) > 3.8
