"""The program that documents are tried with: that of this environment, or the installed wheel."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def programs() -> Path:
    """Return the folder of `semver` as this environment has it."""
    return Path(sys.executable).parent
