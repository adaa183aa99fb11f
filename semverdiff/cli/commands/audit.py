"""`semver audit`: every release of many packages, each judged against the one before."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from semverdiff import audit, history, pipeline, reports
from semverdiff.cli import options
from semverdiff.cli.environment import registry_variables
from semverdiff.cli.errors import COULD_NOT_COMPLETE, error_text, explained
from semverdiff.cli.output import deliver
from semverdiff.cli.progress import Progress
from semverdiff.text import escape, plural

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from semverdiff.audit import Choices, Plan, Report, Step, Store, Workforce
    from semverdiff.cli.output import Console, Destination
    from semverdiff.config import Dependencies
    from semverdiff.reports import Style

__all__ = ["command"]

_EXAMPLES = """\b
Examples:
  semver audit central:ballerinax                     all packages of an organization
  semver audit git:connectors:openapi/* list:more.txt the tags of a repository, and sources from a file
  semver audit ~/.ballerina --offline                 what lies in a directory, or in the cache of bal
  semver audit list:all.txt --output audit --jobs 8   with tables and a page

\b
Exit codes:
  0  all releases were judged, or have a row that says why not, whatever was found
  2  wrong usage                3  a source or the store failed, or a registry went away
  130  interrupted: the same command goes on
"""
_MIB = 2**20
_MINUTE = 60


@click.command("audit", cls=options.Command, epilog=_EXAMPLES)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@options.option(
    "--store",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    default="semver-audit.sqlite",
    show_default=True,
    help="Keep results in that file: what is in it is not judged again.",
)
@options.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write tables (Parquet and CSV) and pages into that directory. Needs semverdiff[audit].",
)
@options.format_option(("text", "json"))
@options.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="Judge that many releases at a time; as many as there are processors unless given.",
)
@options.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Judge them on the Dask cluster of that scheduler (tcp://HOST:PORT). Needs semverdiff[dask].",
)
@options.option(
    "--cpu-limit",
    metavar="SECONDS",
    type=click.IntRange(min=1),
    default=300,
    show_default=True,
    help="End the judgement of a release that takes more of the processor.",
)
@options.option(
    "--time-limit",
    metavar="SECONDS",
    type=click.IntRange(min=1),
    default=900,
    show_default=True,
    help="End one that takes longer, whatever it waits for.",
)
@options.option(
    "--memory-limit",
    metavar="MIB",
    type=click.IntRange(min=256),
    default=4096,
    show_default=True,
    help="End one that takes more memory.",
)
@options.option("--retry", is_flag=True, help="Try again what failed, crashed or exceeded a limit.")
@options.offline_option()
@options.dependencies_option()
@click.pass_context
def command(
    context: click.Context,
    *,
    sources: tuple[str, ...],
    file: Path,
    output: Path | None,
    destinations: tuple[Destination, ...],
    jobs: int | None,
    scheduler: str | None,
    cpu_limit: int,
    time_limit: int,
    memory_limit: int,
    retry: bool,
    offline: bool,
    dependencies: Dependencies,
) -> int:
    """Judge every release of many packages against the one before, and count what was found.

    A SOURCE is git:PATH[:FOLDERS] (the releases that tags name, of packages in folders of that pattern),
    central:ORG/NAME, central:ORG, central-search:TEXT, a directory with archives in it (also a cache), or
    list:FILE, which names a source a line. Those of Ballerina Central are fetched, the others are read in
    place.

    Each release becomes a row of the store: judged, or failed, crashed or over a limit with the reason. Stop
    at any time, and give the same command to go on; only what is missing is judged, also after new releases.
    """
    console: Console = context.obj
    limits = audit.Limits(cpu_limit, time_limit, memory_limit * _MIB)
    choices = audit.Choices(dependencies, offline, limits, again=retry)
    try:
        if output is not None:
            audit.require_extra("audit", "--output")
            # Now, and not after all the work.
            output.mkdir(parents=True, exist_ok=True)
        if scheduler is not None:
            audit.require_extra("dask", "--scheduler")
        with audit.open_store(file) as store:
            workforce = _workforce(scheduler, jobs)
            report, is_complete = _audited(sources, store, choices, workforce, console)
            if output is not None:
                audit.write_report(report, store, output)
    except KeyboardInterrupt:
        console.mention(f"what was judged is kept in {file}: the same command goes on")
        raise
    except Exception as fault:  # noqa: BLE001 (nobody knows what kind of error a fault is)
        error = explained(fault, debug=console.debug)
        console.complain(error_text(reports.failed(error), color=console.error_color))
        return error.exit_code
    _deliver(report, destinations, console)
    return 0 if is_complete else COULD_NOT_COMPLETE


def _workforce(scheduler: str | None, jobs: int | None) -> AbstractContextManager[Workforce]:
    return (
        audit.on_this_machine(jobs or os.cpu_count() or 1)
        if scheduler is None
        else audit.on_cluster(scheduler)
    )


def _audited(
    sources: tuple[str, ...],
    store: Store,
    choices: Choices,
    workforce: AbstractContextManager[Workforce],
    console: Console,
) -> tuple[Report, bool]:
    """Judge what has no result yet; return the report, and whether nothing was left for another time."""
    settings = history.settings_for(
        registry_variables(), offline=choices.offline, dependencies=choices.dependencies
    )
    environment = pipeline.environment_of(settings, Path())
    with Progress(console) as progress:
        plan = audit.plan(sources, store, choices, environment, progress.tell)
        stopped = _judge(plan, store, workforce, progress)
        progress.tell("counting")
        report = audit.report_of(plan.sources, store)
    if stopped:
        console.complain(f"error: {stopped}: give the same command again later\n")
    for failure in report.headline.failures:
        console.complain(f"error: {escape(failure.source)}: {escape(failure.why)}\n")
    return report, not stopped and not report.headline.failures


def _judge(plan: Plan, store: Store, workforce: AbstractContextManager[Workforce], progress: Progress) -> str:
    """Judge the releases of a plan; return why some were left, if they were."""
    total = len(plan.pending)
    if not total:
        return ""
    progress.tell(f"judging {plural(total, 'release')} of {plan.releases:,}")
    start, stopped = monotonic(), ""
    with workforce as those_who_work:
        for step in audit.judge_all(plan.pending, store, those_who_work):
            progress.count(_progress(step, total, monotonic() - start))
            stopped = step.stopped
    return stopped


def _progress(step: Step, total: int, seconds: float) -> str:
    """Return how far it is, how fast, and how long it will take."""
    done = step.judged + step.failed
    failed = f"; {step.failed:,} not judged" if step.failed else ""
    rate = done / seconds if seconds else 0
    if not rate:
        return f"judging {total:,} releases{failed}"
    rest = step.left / rate
    left = f"{rest:.0f} s" if rest < _MINUTE else f"{rest / _MINUTE:.0f} min"
    return f"judged {done:,} of {total:,} releases, {rate:.1f} a second, {left} left{failed}"


def _deliver(report: Report, destinations: tuple[Destination, ...], console: Console) -> None:
    def draw(format_name: str, _: Style) -> str:
        return audit.as_json(report.headline) if format_name == "json" else audit.as_text(report.headline)

    deliver(draw, destinations, console)
