"""`semver diff`: what changed between any two packages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from semverdiff import pipeline, reports
from semverdiff.cli import options
from semverdiff.cli.environment import registry_variables
from semverdiff.cli.errors import exit_code, explained
from semverdiff.cli.output import deliver_report
from semverdiff.cli.progress import Progress
from semverdiff.config import Dependencies, Settings
from semverdiff.errors import in_package
from semverdiff.front_ends import front_end_of

if TYPE_CHECKING:
    from semverdiff.cli.output import Console, Destination
    from semverdiff.reports import Report

__all__ = ["command"]

_EXAMPLES = """\b
Examples:
  semver diff shop-1.3.0 shop-1.4.0                    two directories
  semver diff acme-shop-any-1.3.0.bala shop-1.4.0      an archive and a directory
  semver diff git:v1.3.0 .                             a tag and the working copy
  semver diff central:acme/shop:1.3.0 shop-1.4.0       a published version and a directory
  semver diff --format html=changes.html old.bala new.bala

\b
Exit codes:
  0  compared, whatever was found        3  could not complete
  2  wrong usage                         130  interrupted
"""


@click.command("diff", cls=options.Command, epilog=_EXAMPLES)
@click.argument("old", shell_complete=options.completed("sides"))
@click.argument("new", shell_complete=options.completed("sides"))
@options.report_format_option()
@options.offline_option()
@options.refresh_option()
@options.strict_option()
@options.dependencies_option()
@options.show_diff_option()
@options.source_url_option()
@click.pass_context
def command(
    context: click.Context,
    *,
    old: str,
    new: str,
    destinations: tuple[Destination, ...],
    offline: bool,
    refresh: bool,
    strict: bool,
    dependencies: Dependencies,
    show_diff: bool,
    source_url: str,
) -> int:
    """Show what changed from the package OLD to the package NEW, and what that means for clients.

    Each is a directory, a built .bala, an extracted one, git:REV[:DIR], central:ORG/NAME[:VERSION], or
    api:FILE (by `semver api --write`). One of them may be central[:V], local[:V], repository:ID[:V] or
    git:latest-tag: the other one's package there. Revisions are those of the git repository around the side
    that is a directory, or else around this one.

    Levels and exceptions ([rules], [policy], [[suppress]]) are those of the Semver.toml of NEW, where it has
    sources; its [check] is for the command of that name.
    """
    console: Console = context.obj
    offline, refresh = _one_of_both(context, offline=offline, refresh=refresh)
    settings = Settings(
        Path(),
        offline=offline,
        refresh=refresh,
        strict=strict,
        dependencies=dependencies,
        environment=registry_variables(),
    )
    with Progress(console) as progress:
        report, about = _compared(old, new, settings, progress, debug=console.debug)
    style = reports.Style(show_diff=show_diff, source_url=source_url)
    deliver_report(report, destinations, console, style, about=about)
    return exit_code(report) if report.errors else 0


def _compared(
    old: str, new: str, settings: Settings, progress: Progress, *, debug: bool
) -> tuple[Report, Path | None]:
    """Compare the packages; return the path of the one that an error is about, too.

    A fault of this program ends in a report, so that JSON stays valid.
    """
    candidate, front_end = None, front_end_of(old, new)
    try:
        progress.tell("reading both packages")
        sides = pipeline.load_sides(front_end, old, new, settings)
        candidate = sides[1].package
        with in_package(Path(new)):
            return pipeline.diff_packages(front_end, *sides, settings, progress.tell), None
    except Exception as fault:  # noqa: BLE001 (nobody knows what kind of error a fault is)
        error = explained(fault, debug=debug)
        return pipeline.failed_check(front_end, error, Path(new), candidate), error.package


def _one_of_both(context: click.Context, *, offline: bool, refresh: bool) -> tuple[bool, bool]:
    """Return both options; where they exclude each other the command line prevails over variables."""
    if not (offline and refresh):
        return offline, refresh
    if options.given(context, "offline") == options.given(context, "refresh"):
        raise click.UsageError("--offline and --refresh exclude each other: fetching needs the network.")
    return options.given(context, "offline"), options.given(context, "refresh")
