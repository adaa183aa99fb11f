"""`semver cache`: what it holds of downloads, and how to clear it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semverdiff import registry
from semverdiff.cli.options import Command, Group, format_option
from semverdiff.cli.output import deliver
from semverdiff.reports import listings

if TYPE_CHECKING:
    from semverdiff.cli.output import Console, Destination
    from semverdiff.registry import CacheInfo
    from semverdiff.reports import Style

__all__ = ["command"]

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


@click.group("cache", cls=Group)
def command() -> None:
    """Show or clear what is kept of published packages: archives, what registries answered, and models.

    A model is what a package declares, so that its sources need not be parsed again.

    It lies where programs of this system keep such files, or in the folder that SEMVERDIFF_CACHE_DIR names.
    """


@command.command("info", cls=Command, epilog=_INFO_EXAMPLES)
@format_option(listings.FORMATS)
@click.pass_obj
def _info(console: Console, *, destinations: tuple[Destination, ...]) -> int:
    """Tell where the cache is, and how much it holds, by kind."""
    _deliver(registry.cache_info(_folder()), destinations, console)
    return 0


@command.command("clear", cls=Command, epilog=_CLEAR_EXAMPLES)
@format_option(listings.FORMATS)
@click.pass_obj
def _clear(console: Console, *, destinations: tuple[Destination, ...]) -> int:
    """Remove everything that any version of this program has kept, and tell what that was.

    Other files in that folder stay.
    """
    _deliver(registry.clear_cache(_folder()), destinations, console, removed=True)
    return 0


def _folder() -> Path:
    named = os.environ.get("SEMVERDIFF_CACHE_DIR")
    return registry.cache_folder(Path(named) if named else None)


def _deliver(
    info: CacheInfo, destinations: tuple[Destination, ...], console: Console, *, removed: bool = False
) -> None:
    def draw(format_name: str, style: Style) -> str:
        return listings.cache.render(info, format_name, style, removed=removed)

    deliver(draw, destinations, console)
