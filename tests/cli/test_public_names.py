"""`import semverdiff`: cheap, and all of it there when asked for."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import semverdiff
from semverdiff import Outcome, Settings, api, check, diff, public_api, read_package

if TYPE_CHECKING:
    from pathlib import Path


def test_checks_compares_and_describes(old: Path, new: Path) -> None:
    report = check(Settings(new, baseline=str(old)))
    assert (report.outcome, report.required_version) == (Outcome.UNDER_BUMPED, "2.0.0")
    assert diff(old, new).findings == report.findings
    (module,) = api.describe(api.Surface(read_package(new)))
    assert public_api(new) == (module,)
    assert [symbol.name for symbol in module.symbols] == ["Order", "added", "total"]


def test_every_public_name_is_there() -> None:
    assert all(hasattr(semverdiff, name) for name in semverdiff.__all__)
    assert dir(semverdiff) == sorted(semverdiff.__all__)


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'chekc'"):
        _ = semverdiff.chekc  # type: ignore[attr-defined] # what the test is about


def test_importing_loads_no_room() -> None:
    program = (
        "import sys, semverdiff; print(*[name for name in sys.modules if name.startswith('semverdiff.')])"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert ended.stdout == "semverdiff.lazy\n"
