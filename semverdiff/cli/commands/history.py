"""`semver history`: what each release of a package declared, and what it should have been."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from semverdiff import history, packages, pipeline, releases
from semverdiff.cli import options
from semverdiff.cli.environment import registry_variables
from semverdiff.cli.output import deliver
from semverdiff.cli.progress import Progress
from semverdiff.errors import UsageError
from semverdiff.front_ends import front_end_at
from semverdiff.history import formats
from semverdiff.text import quote, quote_all

if TYPE_CHECKING:
    from semverdiff.cli.output import Console, Destination
    from semverdiff.config import Dependencies, Settings
    from semverdiff.pipeline import FrontEnd

__all__ = ["command"]

_EXAMPLES = """\b
Examples:
  semver history                         releases on Ballerina Central of the package around here
  semver history git:                    those that tags of its git repository name
  semver history central:acme/shop       those of any package
  semver history balas/                  the archives in a directory
  semver history --format html=history.html git:

\b
Exit codes:
  0  told, whatever was found            3  could not complete
  2  wrong usage                         130  interrupted
"""


# Of what was left out where nothing was found.
_SHOWN = 5


@click.command("history", cls=options.Command, epilog=_EXAMPLES)
@click.argument("source", default=".")
@options.option(
    "--package",
    "wanted",
    metavar="ORG/NAME",
    help="That package, where SOURCE holds several.",
)
@options.format_option(formats.FORMATS)
@options.offline_option()
@options.refresh_option()
@options.strict_option()
@options.dependencies_option()
@click.pass_obj
def command(
    console: Console,
    *,
    source: str,
    wanted: str | None,
    destinations: tuple[Destination, ...],
    offline: bool,
    refresh: bool,
    strict: bool,
    dependencies: Dependencies,
) -> int:
    """Tell what each release of a package declared, and what it should have been.

    SOURCE is the directory of a package, whose releases are on Ballerina Central and whose own version comes
    last; central:ORG/NAME; git:[PATH][:FOLDERS], for releases that tags name; or a directory of .bala files.

    Each release is compared with the one that its clients came from: the highest below that was published
    already. The catalogue judges alone; no Semver.toml counts.
    """
    settings = history.settings_for(
        registry_variables(), offline=offline, refresh=refresh, strict=strict, dependencies=dependencies
    )
    with Progress(console) as progress:
        progress.tell("looking for releases")
        front_end = front_end_at(Path(source))
        package, candidate = _found(source, wanted, settings, front_end)
        transitions = history.transitions_of(package, candidate)
        steps = []
        for number, one in enumerate(transitions, start=1):
            progress.tell(f"judging {one.release.version} ({number} of {len(transitions)})")
            result = history.judge(front_end, one, settings, counts_symbols=True)
            steps.append(history.Step(one, result))
    told = history.History(package.organization, package.name, tuple(steps), package.omissions)
    deliver(lambda name, style: formats.render(told, name, style), destinations, console)
    return 0


def _found(
    source: str, wanted: str | None, settings: Settings, front_end: FrontEnd
) -> tuple[releases.PackageReleases, releases.Release | None]:
    """Return the releases of the package that is meant, and its sources where these are given."""
    if front_end.ecosystem.registry != "central":
        raise UsageError("histories are told of Ballerina packages only: 'semver diff' compares two versions")
    environment = pipeline.environment_of(settings, settings.path)
    root = packages.sources_root(Path(source))
    if root is None:
        return _only(releases.find_releases(source, environment), wanted, source), None
    candidate = packages.read_directory(root)
    found = releases.find_releases(f"central:{candidate.organization}/{candidate.name}", environment)
    package = _only(found, wanted, source)
    if any(one.version == candidate.version for one in package.releases):
        return package, None
    place = releases.Directory(str(root.resolve()))
    return package, releases.Release(candidate.version, "these sources", place, digest="")


def _only(found: releases.Releases, wanted: str | None, source: str) -> releases.PackageReleases:
    """Return the package that is wanted, or the only one, with what may have been of it and was left out."""
    names = tuple(one.package for one in found.packages)
    chosen = [one for one in found.packages if wanted in {None, one.package}]
    if not names:
        left_out = "".join(f"\n{one.what}: {one.why}" for one in found.omissions[:_SHOWN])
        raise UsageError(f"{quote(source)} holds no release of a package{left_out}")
    if not chosen:
        suggestion = options.suggestion(wanted or "", names)
        raise UsageError(f"{quote(source)} has no releases of {wanted}.{suggestion}")
    if len(chosen) > 1:
        raise UsageError(
            f"{quote(source)} holds several packages: name one by --package ({quote_all(names)})"
        )
    return replace(chosen[0], omissions=(*chosen[0].omissions, *found.omissions))
