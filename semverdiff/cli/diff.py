"""`semver diff`: what changed between any two packages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semverdiff.cli import planned
from semverdiff.cli.command import Command
from semverdiff.cli.destinations import deliver_report
from semverdiff.cli.failures import attempt, exit_code
from semverdiff.cli.shared_options import report_format_option, show_diff_option, strict_option
from semverdiff.config import Policies

if TYPE_CHECKING:
    from semverdiff.cli.destinations import Destination
    from semverdiff.cli.screen import Screen
    from semverdiff.reports import Report

__all__ = ["command"]

_EXAMPLES = """\b
Examples:
  semver diff shop-1.3.0 shop-1.4.0                    two directories
  semver diff acme-shop-any-1.3.0.bala shop-1.4.0      an archive and a directory
  semver diff --format html=changes.html old.bala new.bala

\b
Exit codes:
  0  compared, whatever was found        3  could not complete
  2  wrong usage                         130  interrupted
"""


class _Side(click.Path):
    """A path; the other things that a side may be one day are refused by name."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Give the path."""
        text = os.fspath(value)
        if text.startswith(planned.SIDES) and not os.path.lexists(text):
            self.fail(f"'{text}' is not available yet: expected a path.", param, ctx)
        return Path(text)


@click.command("diff", cls=Command, epilog=_EXAMPLES)
@click.argument("old", type=_Side())
@click.argument("new", type=_Side())
@report_format_option
@strict_option
@show_diff_option
@click.pass_obj
def command(
    screen: Screen,
    *,
    old: Path,
    new: Path,
    destinations: tuple[Destination, ...],
    strict: bool,
    show_diff: bool,
) -> int:
    """Show what changed from the package OLD to the package NEW, and what that means for clients.

    Each is a directory, a built .bala, or an extracted one.
    """
    report = attempt(lambda: _diff(old, new, strict=strict), debug=screen.debug)
    deliver_report(report, destinations, screen, show_diff=show_diff)
    return exit_code(report) if report.errors else 0


def _diff(old: Path, new: Path, *, strict: bool) -> Report:
    from semverdiff.checking import diff  # noqa: PLC0415 (slow: not for --help and mistyped options)

    return diff(old, new, Policies(), strict=strict)
