"""`semver check`: the gate."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from semverdiff import pipeline
from semverdiff.cli.choices import Choice
from semverdiff.cli.command import Command, given
from semverdiff.cli.destinations import deliver_report
from semverdiff.cli.failures import exit_code, explained
from semverdiff.cli.settled import (
    ASKING,
    asks_central,
    destinations_of,
    destinations_of_failure,
    registry_environment,
)
from semverdiff.cli.shared_options import (
    Settled,
    offline_option,
    refresh_option,
    report_format_option,
    show_diff_option,
    strict_option,
)
from semverdiff.config import FailOn, Options
from semverdiff.errors import SemverdiffError
from semverdiff.reports import failed

if TYPE_CHECKING:
    from semverdiff.cli.destinations import Destination
    from semverdiff.cli.screen import Screen
    from semverdiff.config import Settings
    from semverdiff.reports import Report

__all__ = ["command"]

_EXAMPLES = """\b
Examples:
  semver check                                   the package around this directory
  semver check -c 1.2.3                          against that published version
  semver check --baseline old.bala               against an archive, without any network
  semver check --merge-base origin/main          and what this branch adds to that
  semver check --workspace                       every package of this workspace
  semver check --format json=report.json --format text

\b
Exit codes:
  0  passed, or a first release          3  could not complete
  1  the version is too low              4  nothing to check: no module is exported
  2  wrong usage or configuration        130  interrupted
"""


@click.command("check", cls=Command, epilog=_EXAMPLES)
@click.argument("paths", metavar="[PATH]...", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "--baseline",
    cls=Settled,
    metavar="SPEC",
    default="auto",
    show_default=True,
    envvar="SEMVERDIFF_BASELINE",
    show_envvar=True,
    help="Compare with: auto (the closest published version), none, a version, central[:V], local[:V], "
    "repository:ID[:V], git:REV[:DIR], git:latest-tag, file:PATH, or the path of a .bala or a directory.",
)
@click.option("-c", "--compare-version", metavar="VERSION", help="Compare with that published version.")
@report_format_option(Settled)
@offline_option(Settled)
@refresh_option(Settled)
@strict_option(
    "Take changes that break only unusual clients as breaking, and fail on suppressions that do nothing and "
    "on settings that were relaxed since the merge base or a git baseline.",
    Settled,
)
@click.option(
    "--fail-on",
    cls=Settled,
    type=Choice(get_args(FailOn)),
    default="under-bumped",
    show_default=True,
    envvar="SEMVERDIFF_FAIL_ON",
    show_envvar=True,
    help="End with 1 when the version is too low, or when there is any change of that level.",
)
@click.option(
    "--merge-base",
    cls=Settled,
    metavar="REV",
    envvar="SEMVERDIFF_MERGE_BASE",
    show_envvar=True,
    help="Show also what came since the history parted from that git revision, origin/main say, with what it "
    "alone requires. The gate stays that of the baseline.",
)
@click.option(
    "--workspace", is_flag=True, help="Check every package of the workspace that PATH lies in, as one report."
)
@show_diff_option(Settled)
@click.pass_context
def command(
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    baseline: str,
    compare_version: str | None,
    destinations: tuple[Destination, ...],
    offline: bool,
    refresh: bool,
    strict: bool,
    fail_on: FailOn,
    merge_base: str | None,
    workspace: bool,
    show_diff: bool,
) -> int:
    """Return whether the version of the package at PATH is high enough for its changes.

    PATH is a directory in a package, or a built .bala; this directory unless given. Several packages are
    told in one report, and the exit code is the worst of theirs.

    Semver.toml beside Ballerina.toml may hold the same options under [check], levels of rules under
    [rules], choices under [policy] and exceptions under [[suppress]]. The command line prevails over
    variables, and these over the file. Packages of a workspace that have none obey that of the workspace.
    """
    screen: Screen = context.obj
    flags = Options(
        baseline=_baseline(context, baseline, compare_version),
        formats=tuple(map(str, destinations)) if given(context, "destinations") else None,
        offline=offline if given(context, "offline") else None,
        refresh=refresh if given(context, "refresh") else None,
        strict=strict if given(context, "strict") else None,
        show_diff=show_diff if given(context, "show_diff") else None,
        fail_on=fail_on if given(context, "fail_on") else None,
        merge_base=merge_base,
    )
    environment = registry_environment(os.environ)
    if workspace and len(paths) > 1:
        raise click.UsageError(
            "--workspace takes one PATH: every package of the workspace is checked.", context
        )
    chosen = paths or (Path(),)
    if workspace or len(chosen) > 1:
        from semverdiff.cli.check_several import check_several  # noqa: PLC0415 (slow: loads what checks)

        return check_several(context, chosen, flags, environment, workspace=workspace)
    try:
        settings = pipeline.load_settings(chosen[0], flags, environment)
    except SemverdiffError as error:
        report = failed(error)
        deliver_report(report, destinations_of_failure(flags, environment), screen)
        return exit_code(report)
    places = destinations_of(settings, context)
    if asks_central(settings):
        screen.mention(ASKING)
    report = _checked(settings, debug=screen.debug)
    if report.baseline is not None:
        screen.mention(f"baseline {report.baseline.version}: {report.baseline_reason}", verbosity=1)
    deliver_report(report, places, screen, show_diff=settings.show_diff)
    screen.mention(f"outcome {report.outcome}, exit code {exit_code(report)}", verbosity=2)
    return exit_code(report)


def _checked(settings: Settings, *, debug: bool) -> Report:
    """Check the package; a fault of this program ends in a report too, so that JSON stays valid."""
    from semverdiff.packages import read_package  # noqa: PLC0415 (slow: not for --help and mistyped options)

    candidate = None
    try:
        candidate = read_package(settings.path)
        return pipeline.check_package(candidate, settings)
    except Exception as error:  # noqa: BLE001 (nobody knows what kind of error a fault is)
        return failed(explained(error, debug=debug), candidate)


def _baseline(context: click.Context, baseline: str, version: str | None) -> str | None:
    """Return the wanted baseline; `-c` is the reference tool's way to name a published version."""
    if version is None:
        return baseline if given(context, "baseline") else None
    if given(context, "baseline"):
        raise click.UsageError("-c/--compare-version and --baseline both name a baseline: give one of them.")
    from semverdiff.versions import parse_version  # noqa: PLC0415 (slow: only for this option)

    try:
        return str(parse_version(version))
    except ValueError as error:
        raise click.BadParameter(f"{error}.", context, param_hint="'-c' / '--compare-version'") from error
