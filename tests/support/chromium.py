"""The Chromium of the system, under one of the names that it has there."""

from __future__ import annotations

import shutil
from typing import Final

__all__ = ["CHROMIUM_NAMES", "find_chromium"]

CHROMIUM_NAMES: Final = ("chromium", "google-chrome", "chromium-browser")


def find_chromium() -> str | None:
    """Return the path of the program; None if there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
