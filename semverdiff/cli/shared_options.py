"""The options of all commands that compare: what is shown where, and how strictly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from semverdiff.cli.destinations import DestinationType
from semverdiff.reports import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.cli.destinations import Destination

__all__ = ["format_option", "show_diff_option", "strict_option"]


def _each_once(
    _context: click.Context, _option: click.Parameter, destinations: tuple[Destination, ...]
) -> tuple[Destination, ...]:
    """Refuse two reports in one place: they would mix, or one would be lost."""
    seen: set[Path | None] = set()
    for one in destinations:
        place = None if one.file is None else one.file.resolve()
        if place in seen:
            where = "standard output" if place is None else f"'{one.file}'"
            raise click.BadParameter(
                f"two reports would go to {where}: give all but one a file of its own, NAME=FILE."
            )
        seen.add(place)
    return destinations


format_option = click.option(
    "--format",
    "destinations",
    type=DestinationType(),
    multiple=True,
    default=("text",),
    callback=_each_once,
    envvar="SEMVERDIFF_FORMAT",
    help=f"Write the report as {', '.join(FORMATS)}; to a file, or to standard output. Repeatable; text "
    "unless given.",
)

show_diff_option = click.option(
    "-d", "--show-diff", is_flag=True, help="List the changes in format bal too; the others always do."
)

strict_option = click.option(
    "--strict",
    is_flag=True,
    envvar="SEMVERDIFF_STRICT",
    help="Take changes that break only unusual clients as breaking.",
)
