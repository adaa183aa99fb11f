"""`semver check` of several packages: those that were named, or those of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import pipeline
from semverdiff.cli.destinations import deliver_report, deliver_reports
from semverdiff.cli.failures import explained, worst_exit_code
from semverdiff.cli.settled import ASKING, asks_central, destinations_of, destinations_of_failure
from semverdiff.errors import SemverdiffError
from semverdiff.packages import find_workspace, workspace_members
from semverdiff.reports import Reports, failed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import click

    from semverdiff.cli.screen import Screen
    from semverdiff.config import Options

__all__ = ["check_several"]


def check_several(
    context: click.Context,
    paths: Sequence[Path],
    flags: Options,
    environment: Mapping[str, str],
    *,
    workspace: bool,
) -> int:
    """Check packages and deliver one report; the exit code is the worst.

    Where it goes is said by flags, variables, or the Semver.toml beside the workspace's Ballerina.toml.
    """
    screen: Screen = context.obj
    try:
        root = find_workspace(paths[0]) if workspace else None
        common = pipeline.load_settings(root, flags, environment)
    except SemverdiffError as error:
        deliver_report(failed(error), destinations_of_failure(flags, environment), screen)
        return error.exit_code
    places = destinations_of(common, context)
    if root is None:
        members = [_member(path, None, flags, environment) for path in paths]
    else:
        members = [_member(root / one, one, flags, environment) for one in workspace_members(root)]
    if any(asks_central(one.settings) for one in members):
        screen.mention(ASKING)
    try:
        reports = pipeline.check_all(members)
    except Exception as error:  # noqa: BLE001 (also a fault of this program ends in a report)
        reports = Reports((failed(explained(error, debug=screen.debug)),))
    deliver_reports(reports, places, screen, show_diff=common.show_diff)
    screen.mention(f"outcome {reports.outcome}, exit code {worst_exit_code(reports)}", verbosity=2)
    return worst_exit_code(reports)


def _member(
    path: Path, directory: str | None, flags: Options, environment: Mapping[str, str]
) -> pipeline.Member:
    """Settle one package; one whose Semver.toml is wrong does not keep the others from being checked."""
    try:
        return pipeline.Member(pipeline.load_settings(path, flags, environment), directory)
    except SemverdiffError as error:
        return pipeline.Member(error, directory)
