"""`semver bump`: the version that the changes require, written into Ballerina.toml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semverdiff import packages, pipeline
from semverdiff.cli import options
from semverdiff.cli.comparison import comparison_options
from semverdiff.cli.environment import registry_variables
from semverdiff.cli.progress import Progress
from semverdiff.errors import in_package
from semverdiff.front_ends import front_end_at
from semverdiff.text import escape, quote
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.cli.output import Console
    from semverdiff.config import Options, Settings
    from semverdiff.pipeline import Bump, Bumps, DependencyBump

__all__ = ["command"]

_LEVELS = {level.word: level for level in (Level.MAJOR, Level.MINOR, Level.PATCH)}
# A number alone would be the second part.
_NAME = re.compile(r"[0-9A-Za-z-]*[A-Za-z-][0-9A-Za-z-]*")

_EXAMPLES = """\b
Examples:
  semver bump                   the lowest version that is high enough
  semver bump --level major     at least the next major version
  semver bump --pre rc          2.0.0-rc.1 on the way to 2.0.0, and rc.2 when that is published
  semver bump --final           2.0.0 after 2.0.0-rc.2
  semver bump --workspace       every package of this workspace, and what they ask of each other
  semver bump --refresh         right after a push: which versions are published is asked again

\b
Exit codes:
  0  written, or right already          4  nothing to check: no module is exported
  2  wrong usage, or a lower version    130  interrupted
  3  could not complete, or not for certain
"""


@click.command("bump", cls=options.Command, epilog=_EXAMPLES)
@click.argument("path", metavar="[PATH]", type=options.PathType(), default=Path())
@options.option(
    "--level", type=options.Choice(tuple(_LEVELS)), help="Step at least so far from the baseline."
)
@options.option("--pre", metavar="NAME", help="Write a pre-release of that name (rc), after published ones.")
@options.option("--final", is_flag=True, help="Write the release that the pre-release leads to.")
@options.option("--dry-run", is_flag=True, help="Show what would be written.")
@options.option("--workspace", is_flag=True, help="Bump every package of the workspace that PATH lies in.")
@options.option(
    "--dependents/--no-dependents",
    default=True,
    help="Let [[dependency]] entries in the workspace ask for the new version, or leave them.",
)
@comparison_options
@click.pass_context
def command(
    context: click.Context,
    *,
    path: Path,
    level: str | None,
    pre: str | None,
    final: bool,
    dry_run: bool,
    workspace: bool,
    dependents: bool,
    flags: Options,
) -> int:
    """Write the version into Ballerina.toml that the changes of the package at PATH require.

    One line of the file changes, and nothing else in it. A version that is high enough stays, and none gets
    lower. Where something could not be read or decided, or another gate than that of the version fails,
    nothing is written: `semver check` says what it is.
    """
    console: Console = context.obj
    if pre is not None and final:
        raise click.UsageError("--pre and --final exclude each other.", context)
    if pre is not None and _NAME.fullmatch(pre) is None:
        raise click.BadParameter(
            f"expected a word as in rc or beta, found {quote(pre)}.", context, param_hint="'--pre'"
        )
    wish = pipeline.Wish(None if level is None else _LEVELS[level], pre, final, workspace, dependents)
    front_end, variables = front_end_at(path), registry_variables()

    def settings_of(directory: Path, around: Path | None) -> Settings:
        return pipeline.load_settings(front_end, directory, flags, variables, around)

    with in_package(path), Progress(console) as progress:
        progress.tell("reading the package")
        found = front_end.bumps(path, settings_of, wish, progress.tell)
        if not dry_run:
            packages.write_edited(found.edits)
    _show(console, found)
    if dry_run:
        console.show("nothing is written (--dry-run)\n")
    return 0


def _show(console: Console, found: Bumps) -> None:
    for one in found.bumps:
        change = f"{one.old} stays" if one.new == one.old else f"{one.old} -> {one.new}"
        console.show(f"{_file(one)}: version {escape(change)}\n  {escape(one.why)}\n")
    for other in found.dependencies:
        change = f"{other.name} {other.old} -> {other.new}"
        console.show(f"{_file(other)}: dependency {escape(change)}\n")


def _file(bump: Bump | DependencyBump) -> str:
    """Return a manifest as seen from here."""
    return escape((packages.from_here(bump.directory) / bump.file).as_posix())
