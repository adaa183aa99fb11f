"""Packages that a listing or a question leads to, as they lie on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff.cli.options import registry_environment

if TYPE_CHECKING:
    from semverdiff.packages import Dependency, Package, Unavailable

__all__ = ["find_here"]


def find_here(dependency: Dependency) -> Package | Unavailable:
    """Return a package from this machine, or why it cannot be had; nobody is asked."""
    from semverdiff import config, pipeline  # noqa: PLC0415 (only where a type of another package is met)

    settings = config.Settings(Path(), environment=registry_environment(os.environ))
    return pipeline.local_packages(settings)(dependency)
