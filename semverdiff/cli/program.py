"""The program `semver`: its commands, each loaded when asked for, and the way out."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from semverdiff import reports
from semverdiff.cli.errors import COULD_NOT_COMPLETE, WRONG_USAGE
from semverdiff.cli.options import VERSION_OPTION, Group
from semverdiff.cli.output import Console, discard
from semverdiff.errors import SemverdiffError, UsageError
from semverdiff.text import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["program", "run"]

_COMMANDS = (
    *("api", "audit", "bump", "cache", "check", "diff", "explain-type", "history", "impact", "init"),
    *("rules", "schema"),
    "suppress",
)

# What is said before a command line is understood.
_CONSOLE = Console(color=False, error_color=False, verbosity=0, debug=False)

_EXAMPLES = """\b
Examples:
  semver check                             is the version in Ballerina.toml high enough?
  semver check --format html=report.html   the same, as a page
  semver diff 1.3.0.bala 1.4.0.bala        what changed between two packages?
  semver api                               what can clients of this package see?

\b
Shell completion, in the file that the shell reads at its start:
  bash   eval "$(_SEMVER_COMPLETE=bash_source semver)"
  zsh    eval "$(_SEMVER_COMPLETE=zsh_source semver)"
  fish   _SEMVER_COMPLETE=fish_source semver | source
For the name semverdiff it is _SEMVERDIFF_COMPLETE, and that name behind it.
"""


class _LazyGroup(Group):
    """A group that imports a command's file only when the command is used or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (as above)
        if cmd_name in _COMMANDS:
            command: click.Command = import_module(_file_of(cmd_name)).command
            return command
        # Not found: click looks among `commands` for what may have been meant.
        self.commands = {name: click.Command(name) for name in _COMMANDS}
        return None


def _file_of(command: str) -> str:
    return f"semverdiff.cli.commands.{command.replace('-', '_')}"


@click.group(
    cls=_LazyGroup,
    params=[VERSION_OPTION],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EXAMPLES,
)
def program() -> None:
    """Tell which version the next release of a Ballerina package must be, and why."""


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit code. An interrupt is the caller's."""
    try:
        # A command returns its exit code; `--help` and `--version` return 0.
        exit_code: int = program.main(arguments, standalone_mode=False)
    except click.ClickException as error:
        # Every such error is about what was typed, also those that click would give another code.
        _refuse(error, arguments)
        return WRONG_USAGE
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except SystemExit:
        # Click's way out where whoever reads the help has stopped reading; that is no answer of a check.
        discard(sys.stdout)
        return 0
    except OSError as error:
        # Of the commands none ends like this: it is the help that could not be written.
        discard(sys.stdout)
        _CONSOLE.complain(f"error: standard output cannot be written: {error.strerror}\n")
        return COULD_NOT_COMPLETE
    return exit_code


def _refuse(error: click.ClickException, arguments: Sequence[str]) -> None:
    """Print what is wrong with the command line, as JSON for a program that waits for that."""
    lines = error.format_message().split("\n")
    if not isinstance(error, click.exceptions.NoArgsIsHelpError):
        # Click begins sentences; here they follow a colon, as in every other error.
        lines[0] = f"error: {lines[0][:1].lower()}{lines[0][1:]}"
        context = error.ctx if isinstance(error, click.UsageError) else None
        if context is not None:
            usage = context.get_usage().removeprefix("Usage: ")
            lines += [f"usage: {usage}", f"'{context.command_path} --help' shows more"]
    # A path of a Semver.toml may stand there.
    _CONSOLE.complain("".join(f"{escape(line)}\n" for line in lines))
    is_api = list(arguments[:1]) == ["api"]
    if not _asks_for_json(arguments, "" if is_api else os.environ.get("SEMVERDIFF_FORMAT", "")):
        return
    report = reports.failed(UsageError(error.format_message()))
    document = (
        reports.listings.api.render_failure(report)
        if is_api
        else reports.render(report, "json", reports.Style())
    )
    try:
        _CONSOLE.show(reports.without_commands(document, "json"), "utf-8")
    except SemverdiffError as unwritable:
        _CONSOLE.complain(f"error: {unwritable}\n")


def _asks_for_json(arguments: Sequence[str], otherwise: str) -> bool:
    """Return whether standard output was to be JSON, as far as a command line that is wrong can tell.

    `otherwise` holds the formats that are meant where the command line names none.
    """
    chosen = [after for before, after in pairwise(arguments) if before == "--format"]
    chosen += [one.removeprefix("--format=") for one in arguments if one.startswith("--format=")]
    return "json" in (chosen or otherwise.split())
