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

__all__ = [
    "Settled",
    "checked_once",
    "format_option",
    "offline_option",
    "refresh_option",
    "report_format_option",
    "show_diff_option",
    "strict_option",
]

_Function = TypeVar("_Function", bound="Callable[..., object]")


class Settled(click.Option):
    """An option that a variable and Semver.toml may settle as well: they are read together, and not here.

    The help names the variable as for every other option.
    """

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:  # noqa: ARG002 (click's signature)
        """Leave the variable alone."""
        return None


def _each_once(
    _context: click.Context, _option: click.Parameter, destinations: tuple[Destination, ...]
) -> tuple[Destination, ...]:
    return checked_once(destinations)


def checked_once(destinations: tuple[Destination, ...]) -> tuple[Destination, ...]:
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


def format_option(
    formats: tuple[str, ...], variable: str | None = None, cls: type[click.Option] = click.Option
) -> Callable[[_Function], _Function]:
    """Return the option `--format` of a command that has these formats; text is the default."""
    return click.option(
        "--format",
        "destinations",
        cls=cls,
        type=DestinationType(formats),
        multiple=True,
        default=("text",),
        callback=_each_once,
        envvar=variable,
        show_envvar=variable is not None,
        help=f"Write the result as {', '.join(formats)}; to a file, or to standard output. Repeatable; text "
        "unless given.",
    )


def report_format_option(cls: type[click.Option] = click.Option) -> Callable[[_Function], _Function]:
    """Return the option `--format` of a command whose result is a report."""
    return format_option(FORMATS, "SEMVERDIFF_FORMAT", cls)


def _flag(
    name: str, *short: str, text: str, cls: type[click.Option] = click.Option
) -> Callable[[_Function], _Function]:
    """Return an option that is there or not, with its variable."""
    return click.option(
        *short,
        f"--{name}",
        cls=cls,
        is_flag=True,
        envvar=f"SEMVERDIFF_{name.upper().replace('-', '_')}",
        show_envvar=True,
        help=text,
    )


def offline_option(cls: type[click.Option] = click.Option) -> Callable[[_Function], _Function]:
    """Return the option `--offline`."""
    return _flag("offline", text="Never ask the network.", cls=cls)


def refresh_option(cls: type[click.Option] = click.Option) -> Callable[[_Function], _Function]:
    """Return the option `--refresh`."""
    return _flag("refresh", text="Fetch again what is in the cache.", cls=cls)


def show_diff_option(cls: type[click.Option] = click.Option) -> Callable[[_Function], _Function]:
    """Return the option `-d`, which the reference has too."""
    return _flag("show-diff", "-d", text="List the changes in format bal too; the others always do.", cls=cls)


def strict_option(
    text: str = "Take changes that break only unusual clients as breaking.",
    cls: type[click.Option] = click.Option,
) -> Callable[[_Function], _Function]:
    """Return the option `--strict`."""
    return _flag("strict", text=text, cls=cls)
