"""APIs of Vein from texts, as a project with one file for each would have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.packages import SourceFile
from semverdiff.vein.source import read_sources
from semverdiff.vein.source_api import api_of_sources

if TYPE_CHECKING:
    from semverdiff.vein.model import Api, ApiType

__all__ = ["api_of", "type_of"]


def api_of(*texts: str) -> Api:
    """Return the API of sources; the space is `demo` where a text names none."""
    files = [
        SourceFile(f"{place}.vein", (text if "#space" in text else f'#space "demo" {text}').encode())
        for place, text in enumerate(texts)
    ]
    return api_of_sources(read_sources(files))


def type_of(*texts: str) -> ApiType:
    """Return the first type that sources declare."""
    return next(iter(api_of(*texts).types.values()))
