"""The libraries that only an audit needs, which are installed by request: looked for before any work."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from packaging.requirements import Requirement

from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Extra", "require_extra"]

Extra = Literal["audit", "dask"]
"""The name of an optional dependency in pyproject.toml."""


def require_extra(extra: Extra, option: str) -> None:
    """Raise `UsageError` with the command that installs them if libraries of an option are missing."""
    missing = [one for one in _libraries(extra) if find_spec(one.name) is None]
    if missing:
        # By their own names: no index has this project, and anybody may claim its name.
        wanted = " ".join(f"'{one.name}{one.specifier}'" for one in missing)
        raise UsageError(f"{option} needs libraries that are not installed: python -m pip install {wanted}")


def _libraries(extra: str) -> Iterator[Requirement]:
    try:
        requirements = requires("semverdiff") or []
    except PackageNotFoundError:  # run from its sources
        return
    for text in requirements:
        requirement = Requirement(text)
        if requirement.marker is not None and requirement.marker.evaluate({"extra": extra}):
            yield requirement
