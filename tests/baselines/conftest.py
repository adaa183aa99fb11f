"""What the tests of this room are given: a way to find a baseline without waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from baselines.examples import Find, Pauses, candidate
from msgspec.structs import replace

from semverdiff.baselines import Auto, Baseline, Spec, resolve
from semverdiff.registry import Environment, Timeouts

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.packages import Package


CLOSEST = Auto()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def find(tmp_path: Path, pauses: Pauses) -> Find:
    def find(address: str, spec: Spec = CLOSEST, *, of: Package | None = None, **changes: object) -> Baseline:
        timeouts = Timeouts(connect=5, read=5, write=5, retries=2)
        plain = Environment(
            tmp_path,
            base=address,
            downloads=tmp_path / "downloads",
            timeouts=timeouts,
            clock=pauses.clock(),
            agent="semverdiff/1.2.3",
        )
        environment = replace(plain, **changes)
        return resolve(spec, of or candidate(), environment)

    return find
