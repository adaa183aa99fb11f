"""How is a history shown? One frozen `History` in, text out; a file a format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from semverdiff.history.model import History
    from semverdiff.reports import Style

__all__ = ["FORMATS", "render"]

FORMATS: Final = ("text", "json", "html")
"""The names of the formats, each that of a file here."""


def render(history: History, format_name: str, style: Style) -> str:
    """Return a history in one of the formats."""
    text: str = import_module(f"{__name__}.{format_name}").render(history, style)
    return text
