"""`semver cache`: what is kept of downloads, and how to be rid of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from semverdiff.cli.command import Command
from semverdiff.cli.destinations import deliver
from semverdiff.cli.shared_options import format_option

if TYPE_CHECKING:
    from semverdiff.cli.destinations import Destination
    from semverdiff.cli.screen import Screen
    from semverdiff.registry.cache import CacheInfo
    from semverdiff.reports import Style

__all__ = ["command"]

_UNITS = ((9, "GB"), (6, "MB"), (3, "kB"))

_INFO_EXAMPLES = """\b
Examples:
  semver cache info
  semver cache info --format json
"""

_CLEAR_EXAMPLES = """\b
Examples:
  semver cache clear
  SEMVERDIFF_CACHE_DIR=.cache semver cache clear
"""


@click.group("cache")
def command() -> None:
    """Show or clear what is kept of downloads: archives, and what registries answered.

    It lies where programs of this system keep such files, or in the folder that SEMVERDIFF_CACHE_DIR names.
    """


@command.command("info", cls=Command, epilog=_INFO_EXAMPLES)
@format_option(("text", "json"))
@click.pass_obj
def _info(screen: Screen, *, destinations: tuple[Destination, ...]) -> int:
    """Return where the cache is, and how much it holds, by kind."""
    from semverdiff.registry.cache import cache_info  # noqa: PLC0415 (slow: not for --help)

    _tell(cache_info(_folder()), "", destinations, screen)
    return 0


@command.command("clear", cls=Command, epilog=_CLEAR_EXAMPLES)
@format_option(("text", "json"))
@click.pass_obj
def _clear(screen: Screen, *, destinations: tuple[Destination, ...]) -> int:
    """Remove everything that any version of this program has kept, and tell what that was.

    Other files in that folder stay.
    """
    from semverdiff.registry.cache import clear_cache  # noqa: PLC0415 (as above)

    _tell(clear_cache(_folder()), "removed from ", destinations, screen)
    return 0


def _folder() -> Path:
    from semverdiff.registry.cache import cache_folder  # noqa: PLC0415 (as above)

    named = os.environ.get("SEMVERDIFF_CACHE_DIR")
    return cache_folder(Path(named) if named else None)


def _tell(info: CacheInfo, doing: str, destinations: tuple[Destination, ...], screen: Screen) -> None:
    def draw(format_name: str, _style: Style) -> str:
        return _json(info) if format_name == "json" else _lines(info, doing)

    deliver(draw, destinations, screen)


def _lines(info: CacheInfo, doing: str) -> str:
    parts = [f"  {part.kind:10} {part.files:6} files {_size(part.size):>10}\n" for part in info.parts]
    return f"{doing}{info.folder}: {_size(info.size)}\n" + "".join(parts)


def _size(count: int) -> str:
    """Return bytes as people read them."""
    power, unit = next((one for one in _UNITS if count >= 10 ** one[0]), (0, "B"))
    return f"{count / 10**power:.1f} {unit}" if power else f"{count} {unit}"


def _json(info: CacheInfo) -> str:
    document = {
        "schema_version": 1,
        "folder": str(info.folder),
        "size": info.size,
        "parts": {part.kind: {"files": part.files, "size": part.size} for part in info.parts},
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
