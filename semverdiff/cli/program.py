"""The program `semver`: its commands, each loaded when asked for, and the way out."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from semverdiff.cli.command import VERSION_OPTION

__all__ = ["main"]

_COMMANDS = ("check", "diff")

_INTERRUPTED = 130  # 128 + SIGINT, as shells report it
_WRONG_USAGE = 2

_EXAMPLES = """\b
Examples:
  semver check                             is the version in Ballerina.toml high enough?
  semver check --format html=report.html   the same, as a page
  semver diff 1.3.0.bala 1.4.0.bala        what changed between two packages?
  semver api                               what can clients of this package see?

\b
Shell completion, for bash (zsh and fish likewise):
  eval "$(_SEMVER_COMPLETE=bash_source semver)"
"""


class _LazyGroup(click.Group):
    """A group that imports a command's file only when the command is used or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (as above)
        if cmd_name in _COMMANDS:
            command: click.Command = import_module(f"semverdiff.cli.{cmd_name}").command
            return command
        # Not found: click looks among `commands` for what may have been meant.
        self.commands = {name: click.Command(name) for name in _COMMANDS}
        return None


@click.group(
    cls=_LazyGroup,
    params=[VERSION_OPTION],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EXAMPLES,
)
def _program() -> None:
    """Tell which version the next release of a Ballerina package must be, and why."""


def main() -> None:
    """Run the program with the arguments of this process, and leave with its exit code."""
    sys.exit(_run())


def _run() -> int:
    try:
        # A command returns its exit code; `--help` and `--version` return 0.
        exit_code: int = _program.main(standalone_mode=False)
    except click.ClickException as error:
        # Every such error is about what was typed, also those that click would give another code.
        error.show()
        return _WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        print("interrupted", file=sys.stderr)
        return _INTERRUPTED
    return exit_code
