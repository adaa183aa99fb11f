"""`semver impact`: what breaking changes do to the packages that use this one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from semverdiff import ballerina, impact, packages, pipeline, registry, reports
from semverdiff.cli import options
from semverdiff.cli.comparison import comparison_options
from semverdiff.cli.environment import registry_variables
from semverdiff.cli.errors import explained
from semverdiff.cli.output import deliver
from semverdiff.cli.progress import Progress
from semverdiff.errors import BaselineError, UsageError, in_package
from semverdiff.front_ends import front_end_at
from semverdiff.reports import listings
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.cli.output import Console, Destination
    from semverdiff.config import Options, Settings
    from semverdiff.impact import Impact
    from semverdiff.pipeline import Announce
    from semverdiff.reports import Style

__all__ = ["command"]

_EXAMPLES = """\b
Examples:
  semver impact --dependents ../shop-app             one package that uses this one
  semver impact --dependents ~/work                  all packages below a directory
  semver impact --dependents a.bala --dependents b   several sources
  semver impact --dependents central                 what Ballerina Central knows to depend on it
  semver impact --baseline 1.2.3 --dependents git:main:apps --format json=impact.json

\b
Exit codes:
  0  told, whatever breaks               3  could not complete
  2  wrong usage or configuration        4  nothing to check: no module is exported
                                         130  interrupted
"""


@click.command("impact", cls=options.Command, epilog=_EXAMPLES)
@click.argument("path", metavar="[PATH]", type=options.PathType(), default=Path())
@options.option(
    "--dependents",
    "sources",
    metavar="SOURCE",
    multiple=True,
    required=True,
    help="Where dependents are: a package, a workspace, a directory or central cache around packages and "
    "archives, a .bala, git:REV[:DIR], central:ORG/NAME[:VERSION], or central for what Ballerina Central "
    "knows to depend on this package. Repeatable.",
)
@options.format_option(listings.FORMATS)
@comparison_options
@click.pass_context
def command(
    context: click.Context,
    *,
    path: Path,
    sources: tuple[str, ...],
    destinations: tuple[Destination, ...],
    flags: Options,
) -> int:
    """Tell which dependents the breaking changes of the package at PATH break, and where.

    Its changes are found as `semver check` finds them. For each that is breaking, the dependents that use
    what changed are listed with every use: what breaks, what survives, and what could not be told apart.
    Only sources are read; nothing is built, and nothing is gated.
    """
    console: Console = context.obj
    try:
        with in_package(path), Progress(console) as progress:
            found = _impact(path, sources, flags, progress.tell)
    except Exception as fault:  # noqa: BLE001 (JSON stays valid, whatever goes wrong)
        error = explained(fault, debug=console.debug)

        def draw_failure(format_name: str, style: Style) -> str:  # noqa: ARG001 (as every listing)
            return impact.render_failure(error) if format_name == "json" else ""

        deliver(draw_failure, destinations, console, failure=reports.failed(error))
        return error.exit_code

    def draw(format_name: str, style: Style) -> str:  # noqa: ARG001 (as every listing)
        return impact.render(found, format_name)

    deliver(draw, destinations, console)
    if all(destination.file is not None for destination in destinations):
        console.mention(impact.summary(found))
    return 0


def _impact(path: Path, sources: tuple[str, ...], flags: Options, announce: Announce) -> Impact:
    front_end = front_end_at(path)
    if front_end is not ballerina.FRONT_END:
        raise UsageError(
            "only for packages of Ballerina it is known how others use them: expected the directory of one, "
            "or a .bala"
        )
    announce("reading the package")
    settings = pipeline.load_settings(front_end, path, flags, registry_variables())
    candidate = packages.as_package(front_end.read_candidate(path))
    report, grounds = pipeline.check_on_grounds(front_end, candidate, settings, announce=announce)
    reported = reports.ReportedPackage.of(candidate)
    if grounds.baseline.package is None:
        empty = impact.Reach((), ())
        return impact.Impact(reported, None, report.baseline_reason, empty, report.notes)
    old = packages.as_package(grounds.baseline.package)
    if old.is_api_file:
        raise BaselineError(
            "an API file does not hold what dependents are resolved with: expected a baseline with sources, "
            "a version or an archive"
        )
    environment = pipeline.environment_of(settings, _place(path))
    breaking = [one for one in report.findings if one.level is Level.MAJOR]
    name = registry.PackageName(candidate.organization, candidate.name)
    reach = impact.reached(
        breaking,
        old,
        candidate,
        impact.dependents_of(sources, name, environment),
        _store(settings, path),
        announce,
    )
    return impact.Impact(
        reported, report.baseline, report.baseline_reason, reach, report.notes, report.skipped
    )


def _place(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _store(settings: Settings, path: Path) -> registry.Cache:
    """Return what keeps the indexes of dependents."""
    return registry.cache_of(pipeline.environment_of(settings, _place(path)))
