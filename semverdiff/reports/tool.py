"""The name and version of this program, as reports give them."""

from __future__ import annotations

__all__ = ["TOOL_NAME", "tool_version"]

TOOL_NAME = "semverdiff"


def tool_version() -> str:
    """Give the installed version; `0.0.0` where the program runs without having been installed."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 (slow: json and html only)

    try:
        return version(TOOL_NAME)
    except PackageNotFoundError:
        return "0.0.0"
