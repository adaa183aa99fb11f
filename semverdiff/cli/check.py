"""`semver check`: the gate."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from semverdiff.cli.choices import Choice
from semverdiff.cli.command import Command, given
from semverdiff.cli.destinations import deliver_report
from semverdiff.cli.failures import attempt, exit_code
from semverdiff.cli.shared_options import report_format_option, show_diff_option, strict_option
from semverdiff.config import FailOn, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.cli.destinations import Destination
    from semverdiff.cli.screen import Screen
    from semverdiff.reports import Report

__all__ = ["command"]

_EXAMPLES = """\b
Examples:
  semver check                                   the package around this directory
  semver check -c 1.2.3                          against that published version
  semver check --baseline old.bala               against an archive, without any network
  semver check --format json=report.json --format text

\b
Exit codes:
  0  passed, or a first release          3  could not complete
  1  the version is too low              4  nothing to check: no module is exported
  2  wrong usage or configuration        130  interrupted
"""

# Besides what starts with BALLERINA_ or SEMVERDIFF_: how other programs are told to reach the network.
_NETWORK_VARIABLES = frozenset(
    {"HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"}
)


@click.command("check", cls=Command, epilog=_EXAMPLES)
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option(
    "--baseline",
    metavar="SPEC",
    default="auto",
    show_default=True,
    envvar="SEMVERDIFF_BASELINE",
    show_envvar=True,
    help="Compare with: auto (the closest published version), none, a version, central[:V], local[:V], "
    "file:PATH, or the path of a .bala or a directory.",
)
@click.option("-c", "--compare-version", metavar="VERSION", help="Compare with that published version.")
@report_format_option
@click.option(
    "--offline", is_flag=True, envvar="SEMVERDIFF_OFFLINE", show_envvar=True, help="Never ask the network."
)
@click.option(
    "--refresh",
    is_flag=True,
    envvar="SEMVERDIFF_REFRESH",
    show_envvar=True,
    help="Fetch again what is in the cache.",
)
@strict_option
@click.option(
    "--fail-on",
    type=Choice(get_args(FailOn)),
    default="under-bumped",
    show_default=True,
    envvar="SEMVERDIFF_FAIL_ON",
    show_envvar=True,
    help="End with 1 when the version is too low, or when there is any change of that level.",
)
@show_diff_option
@click.pass_context
def command(
    context: click.Context,
    *,
    path: Path,
    baseline: str,
    compare_version: str | None,
    destinations: tuple[Destination, ...],
    offline: bool,
    refresh: bool,
    strict: bool,
    fail_on: FailOn,
    show_diff: bool,
) -> int:
    """Tell whether the version of the package at PATH is high enough for its changes.

    PATH is a directory in a package, or a built .bala.
    """
    screen: Screen = context.obj
    offline, refresh = _one_of_both(context, offline=offline, refresh=refresh)
    settings = Settings(
        path=path,
        baseline=_baseline(context, baseline, compare_version),
        offline=offline,
        refresh=refresh,
        strict=strict,
        fail_on=fail_on,
        environment=_network_environment(os.environ),
    )
    if not offline and settings.baseline in {"auto", "central"}:
        screen.mention("checking for the latest compatible release version available in central...")
    report = attempt(lambda: _check(settings), debug=screen.debug)
    if report.baseline is not None:
        screen.mention(f"baseline {report.baseline.version}: {report.baseline_reason}", verbosity=1)
    deliver_report(report, destinations, screen, show_diff=show_diff)
    screen.mention(f"outcome {report.outcome}, exit code {exit_code(report)}", verbosity=2)
    return exit_code(report)


def _check(settings: Settings) -> Report:
    from semverdiff.checking import check  # noqa: PLC0415 (slow: not for --help and mistyped options)

    return check(settings)


def _baseline(context: click.Context, baseline: str, version: str | None) -> str:
    """Give the wanted baseline; `-c` is the reference tool's way to name a published version."""
    if version is None:
        return baseline
    if given(context, "baseline"):
        raise click.UsageError("-c/--compare-version and --baseline both name a baseline: give one of them.")
    from semverdiff.versions import parse_version  # noqa: PLC0415 (slow: only for this option)

    try:
        return str(parse_version(version))
    except ValueError as error:
        raise click.BadParameter(f"{error}.", context, param_hint="'-c' / '--compare-version'") from error


def _one_of_both(context: click.Context, *, offline: bool, refresh: bool) -> tuple[bool, bool]:
    """Settle two wishes that exclude each other: the command line goes before the environment."""
    if not (offline and refresh):
        return offline, refresh
    if given(context, "offline") == given(context, "refresh"):
        raise click.UsageError("--offline and --refresh exclude each other: fetching needs the network.")
    return given(context, "offline"), given(context, "refresh")


def _network_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Choose the variables that say how registries are reached; the others are nobody's business."""
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(("BALLERINA_", "SEMVERDIFF_")) or name.upper() in _NETWORK_VARIABLES
    }
