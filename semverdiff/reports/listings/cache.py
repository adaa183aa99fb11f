"""What the cache of downloads holds: text, a line a kind, and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from rich import filesize

from semverdiff import reports

if TYPE_CHECKING:
    from semverdiff.registry import CacheInfo
    from semverdiff.reports.formats.interface import Style

__all__ = ["render"]

_SCHEMA_VERSION = 1


def render(info: CacheInfo, format_name: str, style: Style, *, removed: bool = False) -> str:
    """Return the listing in the format `text` or `json`; the text says if all of it is `removed` by now."""
    if format_name == "text":
        heading = f"{'removed from ' if removed else ''}{info.folder}: {filesize.decimal(info.size)}\n"
        return heading + (_table(info, style) if style.color else _lines(info))
    document = {
        "schema_version": _SCHEMA_VERSION,
        "folder": str(info.folder),
        "size": info.size,
        "parts": {part.kind: {"files": part.files, "size": part.size} for part in info.parts},
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _lines(info: CacheInfo) -> str:
    return "".join(
        f"  {part.kind:10} {part.files:6} files {filesize.decimal(part.size):>10}\n" for part in info.parts
    )


def _table(info: CacheInfo, style: Style) -> str:
    rows = [("", part.kind, f"{part.files} files", filesize.decimal(part.size)) for part in info.parts]
    return reports.terminal.table(rows, style)
