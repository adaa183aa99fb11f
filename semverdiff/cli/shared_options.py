"""The options that commands share: what is shown where, and how strictly."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

import click

from semverdiff.cli.destinations import DestinationType
from semverdiff.reports import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.cli.destinations import Destination

__all__ = ["format_option", "report_format_option", "show_diff_option", "strict_option"]

_Function = TypeVar("_Function", bound="Callable[..., object]")


def _each_once(
    _context: click.Context, _option: click.Parameter, destinations: tuple[Destination, ...]
) -> tuple[Destination, ...]:
    """Refuse two reports in one place: they would mix, or one would be lost."""
    seen: set[str | None] = set()
    for one in destinations:
        place = None if one.file is None else os.path.realpath(one.file)
        if place in seen:
            where = "standard output" if place is None else f"'{one.file}'"
            raise click.BadParameter(
                f"two reports would go to {where}: give all but one a file of its own, NAME=FILE."
            )
        seen.add(place)
    return destinations


def format_option(formats: tuple[str, ...], variable: str | None = None) -> Callable[[_Function], _Function]:
    """Give the option `--format` of a command that has these formats; text is the default."""
    return click.option(
        "--format",
        "destinations",
        type=DestinationType(formats),
        multiple=True,
        default=("text",),
        callback=_each_once,
        envvar=variable,
        show_envvar=variable is not None,
        help=f"Write the result as {', '.join(formats)}; to a file, or to standard output. Repeatable; text "
        "unless given.",
    )


report_format_option = format_option(FORMATS, "SEMVERDIFF_FORMAT")

show_diff_option = click.option(
    "-d", "--show-diff", is_flag=True, help="List the changes in format bal too; the others always do."
)

strict_option = click.option(
    "--strict",
    is_flag=True,
    envvar="SEMVERDIFF_STRICT",
    show_envvar=True,
    help="Take changes that break only unusual clients as breaking.",
)
