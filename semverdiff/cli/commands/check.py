"""`semver check`: the gate."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
import msgspec

from semverdiff import ballerina, packages, pipeline, reports
from semverdiff.cli import options
from semverdiff.cli.environment import registry_variables
from semverdiff.cli.errors import exit_code, explained, worst_exit_code
from semverdiff.cli.output import Destination, deliver_report, deliver_reports
from semverdiff.cli.progress import Progress
from semverdiff.config import AcceptSettings, Dependencies, FailOn, Options
from semverdiff.errors import SemverdiffError, UsageError, in_package
from semverdiff.front_ends import front_end_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from semverdiff.cli.output import Console
    from semverdiff.config import Settings
    from semverdiff.pipeline import FrontEnd, Member
    from semverdiff.reports import Report, Style
    from semverdiff.versions import AnyScheme

__all__ = ["command"]

_TEXT = (Destination("text"),)
_ASKING = "checking for the latest compatible release version available in {}..."

# Most baselines are paths, which are told by their starts without the pattern.
_REPEATED_STARTS = ("git:", "repository:", "central", "local", "gallery")
_REPEATED = r"(?:git:|repository:|(?:central|local|gallery)(?::|\Z)|\d)[\w./:@+=^-]*"

_EXAMPLES = """\b
Examples:
  semver check                                   the package around this directory
  semver check -c 1.2.3                          against that published version
  semver check --baseline old.bala               against an archive, without any network
  semver check --merge-base origin/main          by the rules of that branch; what does this add?
  semver check --workspace                       every package of this workspace
  semver check --publish                         would `bal push` take it, too?
  semver check --format json=report.json --format text

\b
Exit codes:
  0  passed, or a first release          3  could not complete
  1  the version is too low              4  nothing to check: no module is exported
  2  wrong usage or configuration        130  interrupted
"""


@click.command("check", cls=options.Command, epilog=_EXAMPLES)
@click.argument("paths", metavar="[PATH]...", type=options.PathType(), nargs=-1)
@options.text_option(
    "baseline",
    metavar="SPEC",
    default="auto",
    completion="baselines",
    text="Compare with: auto (the closest published version), none, a version, central[:V], local[:V], "
    "repository:ID[:V], git:REV[:DIR], git:latest-tag, file:PATH, api:FILE, or the path of a .bala or a "
    "directory.",
)
@options.option("-c", "--compare-version", metavar="VERSION", help="Compare with that published version.")
@options.report_format_option(options.SettingOption)
@options.offline_option(options.SettingOption)
@options.refresh_option(options.SettingOption)
@options.strict_option(
    "Take changes that break only unusual clients as breaking, and fail on suppressions that do nothing and "
    "on settings that were relaxed since the merge base or a git baseline.",
    options.SettingOption,
)
@options.choice_option(
    "fail-on",
    get_args(FailOn),
    default="under-bumped",
    text="End with 1 when the version is too low, or when there is any change of that level.",
    cls=options.SettingOption,
)
@options.text_option(
    "merge-base",
    metavar="REV",
    completion="revisions",
    text="Show also what came since the history parted from that git revision, origin/main say, with what it "
    "alone requires. The gate stays that of the baseline.",
)
@options.choice_option(
    "accept-settings",
    get_args(AcceptSettings),
    default="suppressions",
    text="With --merge-base or a git baseline the Semver.toml of that revision judges. Take from the one "
    "that is checked what is stricter (base), also new suppressions of single findings, or all (head).",
    cls=options.SettingOption,
)
@options.flag_option(
    "require-baseline",
    text="End with 1 where there is nothing to compare with, as for a package that was published before.",
    cls=options.SettingOption,
)
@options.flag_option(
    "strict-suppressions",
    text="End with 1 where a suppression of Semver.toml has no finding, or has expired.",
    cls=options.SettingOption,
)
@options.flag_option(
    "publish",
    text="Tell also whether `bal push` would take the package, and what would go out for good. Asks Central.",
    cls=options.SettingOption,
)
@options.dependencies_option(options.SettingOption)
@options.option(
    "--workspace", is_flag=True, help="Check every package of the workspace that PATH lies in, as one report."
)
@options.show_diff_option(options.SettingOption)
@options.source_url_option()
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
    accept_settings: AcceptSettings,
    require_baseline: bool,
    strict_suppressions: bool,
    publish: bool,
    dependencies: Dependencies,
    workspace: bool,
    show_diff: bool,
    source_url: str,
) -> int:
    """Tell whether the version of the package at PATH is high enough for its changes.

    PATH is a directory in a package, or a built .bala; this directory unless given. Several packages share
    one report, and the exit code is the worst of theirs.

    Semver.toml beside Ballerina.toml may hold the same options under [check], levels of rules under
    [rules], choices under [policy] and exceptions under [[suppress]]. The command line prevails over
    variables, and these over the file. Packages of a workspace that have none obey that of the workspace.
    With --merge-base the Semver.toml of that revision judges: a change set cannot make the gate weaker.
    """
    typed = options.Typed(context)
    flags = Options(
        baseline=_baseline(context, baseline, compare_version, front_end_at(_path(paths)).ecosystem.scheme),
        formats=typed.of("destinations", tuple(map(str, destinations))),
        offline=typed.of("offline", offline),
        refresh=typed.of("refresh", refresh),
        strict=typed.of("strict", strict),
        show_diff=typed.of("show_diff", show_diff),
        fail_on=typed.of("fail_on", fail_on),
        merge_base=merge_base,
        accept_settings=typed.of("accept_settings", accept_settings),
        require_baseline=typed.of("require_baseline", require_baseline),
        dependencies=typed.of("dependencies", dependencies),
        strict_suppressions=typed.of("strict_suppressions", strict_suppressions),
        publish=typed.of("publish", publish),
    )
    environment = registry_variables()
    if workspace and len(paths) > 1:
        raise click.UsageError(
            "--workspace takes one PATH: every package of the workspace is checked.", context
        )
    path = _path(paths)
    try:
        chosen = _chosen(paths, flags, environment, is_workspace=workspace)
    except Exception as fault:  # noqa: BLE001 (before there is a report JSON has to stay valid, too)
        # Wrong settings, no workspace, a directory that was removed: what a check finds is in its report.
        error = explained(fault, debug=context.obj.debug)
        report = pipeline.failed_check(front_end_at(path), error, path)
        deliver_report(report, _destinations_of_failure(flags, environment), context.obj, about=error.package)
        return exit_code(report)
    if isinstance(chosen, _Several):
        return _check_all(context, chosen, source_url)
    return _check(context, *chosen, _style(chosen[1], source_url, flags, path))


def _chosen(
    paths: tuple[Path, ...], flags: Options, environment: Mapping[str, str], *, is_workspace: bool
) -> tuple[FrontEnd, Settings] | _Several:
    """Return the front end and the settings of the package to check, or the packages if there are several."""
    path = _path(paths)
    if is_workspace:
        return _workspace(path, flags, environment)
    if len(paths) > 1:
        return _packages(paths, flags, environment)
    with in_package(path):
        front_end = front_end_at(path)
        return front_end, pipeline.load_settings(front_end, path, flags, environment)


def _path(paths: tuple[Path, ...]) -> Path:
    return paths[0] if paths else Path()


def _check(context: click.Context, front_end: FrontEnd, settings: Settings, style: Style) -> int:
    """Check one package and deliver its report."""
    console: Console = context.obj
    destinations = _destinations(settings, context)
    if _asks_registry(settings):
        console.mention(_ASKING.format(front_end.ecosystem.registry))
    with Progress(console) as progress:
        report, about = _report(front_end, settings, progress, debug=console.debug)
    if report.baseline is not None:
        console.mention(f"baseline {report.baseline.version}: {report.baseline_reason}", verbosity=1)
    deliver_report(report, destinations, console, style, about=about)
    console.mention(f"outcome {report.outcome}, exit code {exit_code(report)}", verbosity=2)
    return exit_code(report)


def _style(
    settings: Settings, source_url: str, flags: Options | None = None, path: Path | None = None
) -> Style:
    """Return how to draw; for one package with what was typed for it and its baseline."""
    return reports.Style(
        show_diff=settings.show_diff,
        source_url=source_url,
        package="" if path in {None, Path()} else "PATH",
        baseline="" if flags is None or flags.baseline is None else _repeated(flags.baseline),
    )


def _repeated(baseline: str) -> str:
    """Return a baseline that was typed as a shell takes it; no report says where something lies."""
    may_be = baseline.startswith(_REPEATED_STARTS) or baseline[:1].isdecimal()
    return baseline if may_be and re.fullmatch(_REPEATED, baseline) else "..."


def _report(
    front_end: FrontEnd, settings: Settings, progress: Progress, *, debug: bool
) -> tuple[Report, Path | None]:
    """Return the report of a package, and the path of the package that an error is about.

    A fault of this program ends in a report too, so that JSON stays valid.
    """
    candidate = None
    try:
        progress.tell("reading the package")
        candidate = front_end.read_candidate(settings.path)
        return pipeline.check_package(front_end, candidate, settings, announce=progress.tell), None
    except Exception as fault:  # noqa: BLE001 (nobody knows what kind of error a fault is)
        error = explained(fault, debug=debug)
        return pipeline.failed_check(front_end, error, settings.path, candidate), error.package


class _Several(msgspec.Struct, frozen=True):
    """Packages to check: the settings that they share, and reports of members that are none any more."""

    common: Settings
    members: Sequence[Member]
    lost: tuple[Report, ...] = ()


def _packages(paths: tuple[Path, ...], flags: Options, environment: Mapping[str, str]) -> _Several:
    """Return the packages at several paths."""
    common = pipeline.load_settings(front_end_at(paths[0]), None, flags, environment)
    roots = [packages.sources_root(path) for path in paths]
    workspaces = packages.workspaces_of(root for root in roots if root is not None)
    members = [
        _member(path, flags, environment, None if root is None else workspaces.get(root))
        for path, root in zip(paths, roots, strict=True)
    ]
    return _Several(common, members)


def _workspace(path: Path, flags: Options, environment: Mapping[str, str]) -> _Several:
    """Return the packages of a workspace; where the report goes is said beside its Ballerina.toml, too."""
    if front_end_at(path) is not ballerina.FRONT_END:
        raise UsageError("only packages of Ballerina have workspaces: name the directory of each project")
    root = packages.find_workspace(path)
    with in_package(root):
        common = pipeline.load_settings(ballerina.FRONT_END, root, flags, environment)
    names = packages.workspace_members(root)
    members = [_member(root / name, flags, environment, root, name) for name in names]
    return _Several(common, members, pipeline.lost_members(ballerina.FRONT_END, common, root, names))


def _member(
    path: Path,
    flags: Options,
    environment: Mapping[str, str],
    workspace: Path | None = None,
    directory: str | None = None,
) -> Member:
    """Return a package to check; wrong settings of one do not keep the others from being checked."""
    front_end = front_end_at(path)
    try:
        with in_package(path):
            settings = pipeline.load_settings(front_end, path, flags, environment, workspace)
    except SemverdiffError as error:
        return pipeline.Member(front_end, error, directory, path, workspace)
    return pipeline.Member(front_end, settings, directory, workspace=workspace)


def _check_all(context: click.Context, several: _Several, source_url: str) -> int:
    """Check several packages and deliver one report, as the settings that they share say."""
    common, members, lost = several.common, several.members, several.lost
    console: Console = context.obj
    destinations = _destinations(common, context)
    asked = (one.front_end.ecosystem.registry for one in members if _asks_registry(one.settings))
    for registry in dict.fromkeys(asked):
        console.mention(_ASKING.format(registry))
    with Progress(console) as progress:
        try:
            combined = pipeline.check_all(members, lost, progress.tell)
        except Exception as error:  # noqa: BLE001 (also a fault of this program ends in a report)
            combined = reports.Reports((reports.failed(explained(error, debug=console.debug)),))
    deliver_reports(combined, destinations, console, _style(common, source_url))
    code = worst_exit_code(combined)
    console.mention(f"outcome {combined.outcome}, exit code {code}", verbosity=2)
    return code


def _asks_registry(settings: Settings | SemverdiffError) -> bool:
    """Return whether a run will ask which versions are published; one with wrong settings asks nothing."""
    return (
        not isinstance(settings, SemverdiffError)
        and not settings.offline
        and settings.baseline in {"auto", "central", "gallery"}
    )


def _destinations(settings: Settings, context: click.Context) -> tuple[Destination, ...]:
    """Return where reports go. Raises `UsageError` of click for what cannot be written."""
    within = None if settings.output_directory is None else Path(settings.output_directory)
    reader = options.DestinationType(reports.FORMATS, within)
    try:
        return options.checked_once(tuple(reader.convert(text, None, context) for text in settings.formats))
    except click.BadParameter as error:
        raise click.UsageError(
            f"Invalid format in SEMVERDIFF_FORMAT or Semver.toml: {error.message}", context
        ) from error


def _destinations_of_failure(flags: Options, environment: Mapping[str, str]) -> tuple[Destination, ...]:
    """Return where the report goes that settings are wrong: as far as these can be relied on."""
    texts = flags.formats or tuple(environment.get("SEMVERDIFF_FORMAT", "").split())
    reader = options.DestinationType(reports.FORMATS)
    try:
        return tuple(reader.convert(text, None, None) for text in texts) or _TEXT
    except click.BadParameter:
        return _TEXT


def _baseline(context: click.Context, baseline: str, version: str | None, scheme: AnyScheme) -> str | None:
    """Return the baseline that was asked for; `-c` is the reference's way to name a published version."""
    if version is None:
        return baseline if options.given(context, "baseline") else None
    if options.given(context, "baseline"):
        raise click.UsageError("-c/--compare-version and --baseline both name a baseline: give one of them.")
    try:
        return str(scheme.parse(version))
    except ValueError as error:
        raise click.BadParameter(f"{error}.", context, param_hint="'-c' / '--compare-version'") from error
