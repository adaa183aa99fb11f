"""What all commands have in common: the options that say how to talk, and what becomes of errors."""

from __future__ import annotations

import os
import sys

import click

from semverdiff.cli import planned
from semverdiff.cli.choices import Choice
from semverdiff.cli.screen import Screen, color_wanted

__all__ = ["VERSION_OPTION", "Command", "given"]


def _print_version(context: click.Context, _option: click.Parameter, value: object) -> None:
    if value and not context.resilient_parsing:
        from semverdiff import __version__  # noqa: PLC0415 (only when asked for)

        click.echo(f"semverdiff {__version__}")
        context.exit()


VERSION_OPTION = click.Option(
    ["--version"],
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show the version of this program and exit.",
)

_SCREEN_OPTIONS = (
    click.Option(
        ["--color"],
        type=Choice(["auto", "always", "never"]),
        default="auto",
        envvar="SEMVERDIFF_COLOR",
        show_envvar=True,
        show_default=True,
        help="Colour the output; auto looks at the terminal, NO_COLOR, FORCE_COLOR and TERM.",
    ),
    click.Option(["-q", "--quiet"], is_flag=True, help="No progress on standard error, only errors."),
    click.Option(["-v", "--verbose"], count=True, help="Say more on standard error; -vv says most."),
    click.Option(
        ["--debug"],
        is_flag=True,
        envvar="SEMVERDIFF_DEBUG",
        show_envvar=True,
        help="Show where in the program an unexpected error happened.",
    ),
)


class Command(click.Command):
    """A command with the options that every command has. Its function gets a `Screen` from them."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own options, then the common ones, `--help` last."""
        *own, help_option = super().get_params(ctx)
        return [*own, *_SCREEN_OPTIONS, VERSION_OPTION, help_option]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; what is only planned is not taken for a mistyped option."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name not in planned.OPTIONS.get(self.name or "", ()):
                raise
            raise click.UsageError(f"The option '{error.option_name}' is not available yet.", ctx) from error

    def invoke(self, ctx: click.Context) -> int:
        """Run the command and give its exit code, whatever happens on the way."""
        color: str = ctx.params.pop("color")
        screen = Screen(
            color=color_wanted(color, os.environ, sys.stdout),
            error_color=color_wanted(color, os.environ, sys.stderr),
            verbosity=ctx.params.pop("verbose") - ctx.params.pop("quiet"),
            debug=ctx.params.pop("debug"),
        )
        ctx.obj = screen
        try:
            exit_code: int = super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 (the edge: users get a sentence, never a traceback)
            # Slow, and only needed now: the reports.
            from semverdiff.cli.failures import error_text, explained  # noqa: PLC0415
            from semverdiff.reports import failed  # noqa: PLC0415

            known = explained(error, debug=screen.debug)
            screen.complain(error_text(failed(known), color=screen.error_color))
            return known.exit_code
        return exit_code


def given(context: click.Context, parameter: str) -> bool:
    """Return whether a parameter stands on the command line, which goes before the environment."""
    return context.get_parameter_source(parameter) is click.core.ParameterSource.COMMANDLINE
