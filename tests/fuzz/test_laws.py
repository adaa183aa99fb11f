"""The laws on what chance makes of the seeds, bounded; `make fuzz TARGET=name` goes on, led by coverage."""

from __future__ import annotations

import sys
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from fuzz.mutations import DIVIDER
from fuzz.targets import TARGETS
from hypothesis import example, given, settings
from hypothesis import strategies as st

from semverdiff.config import parse_toml
from semverdiff.syntax import outline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

NAMES = list(TARGETS)

chances = st.integers(0, 2**32)


@cache
def seeds(name: str) -> Sequence[bytes]:
    return TARGETS[name].seeds()


def mutated(name: str, chance: int) -> bytes:
    """Return a seed of a target after one to six mutations."""
    random = Random(chance)  # noqa: S311 (no secret)
    data = random.choice(seeds(name))
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        data = TARGETS[name].mutate(data, random, seeds(name))
    return data


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_laws_hold_for_the_seeds(name: str) -> None:
    for seed in seeds(name):
        TARGETS[name].check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_laws_hold_for_mutations_of_the_seeds(name: str) -> None:
    @settings(max_examples=300)
    @given(chances)
    def law(chance: int) -> None:
        TARGETS[name].check(mutated(name, chance))

    law()


@pytest.mark.parametrize("name", NAMES)
def test_the_laws_hold_for_nothing_and_for_anything(name: str) -> None:
    @settings(max_examples=30)
    @given(st.binary(max_size=200))
    def law(data: bytes) -> None:
        TARGETS[name].check(data)

    TARGETS[name].check(b"")
    law()


def steps(work: Callable[[], object]) -> int:
    """Count the calls that some work makes, of Python and of C: the same number on a busy machine."""
    count = 0

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.slow
@settings(max_examples=100)
@given(chances)
@example(823)  # cut within a letter
def test_an_outline_takes_steps_in_proportion_to_the_source(chance: int) -> None:
    source = mutated("sources", chance).partition(DIVIDER)[2]
    source = source.decode(errors="replace").encode()  # no other sources are read
    assert steps(lambda: outline(source)) <= 60 * (len(source) + 50)


@pytest.mark.slow
@settings(max_examples=100)
@given(chances)
def test_toml_takes_steps_in_proportion_to_the_text(chance: int) -> None:
    text = mutated("toml", chance)
    assert steps(lambda: _places(text)) <= 40 * (len(text) + 50)


def _places(text: bytes) -> None:
    parse_toml(text, "x.toml", []).document.places()
