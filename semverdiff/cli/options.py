"""The options of commands: those that all have, those that some share, and the types of their values."""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click
import msgspec

from semverdiff import __version__, config, reports
from semverdiff.cli.environment import source_url_of
from semverdiff.cli.errors import error_text, exit_code, explained, with_typed_paths
from semverdiff.cli.files import target_of
from semverdiff.cli.output import Console, Destination, color_wanted
from semverdiff.errors import UsageError
from semverdiff.text import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from click.shell_completion import CompletionItem

__all__ = [
    "VERSION_OPTION",
    "Choice",
    "Command",
    "DestinationType",
    "Group",
    "Option",
    "PathType",
    "SettingOption",
    "Typed",
    "checked_once",
    "choice_option",
    "completed",
    "dependencies_option",
    "flag_option",
    "format_option",
    "given",
    "offline_option",
    "option",
    "refresh_option",
    "report_format_option",
    "show_diff_option",
    "source_url_option",
    "strict_option",
    "suggestion",
    "text_option",
]

_Function = TypeVar("_Function", bound="Callable[..., object]")
_Value = TypeVar("_Value")


class Choice(click.Choice[str]):
    """A choice of a few words; a mistyped one is answered with the word that was probably meant."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return what was expected, what was found, and what was probably meant."""
        expected = super().get_invalid_choice_message(value, ctx)
        return f"{expected}{suggestion(str(value), self.choices)}"


def completed(name: str) -> Callable[..., list[CompletionItem]]:
    """Return what completes a parameter, by its name in `cli/completion.py`: loaded when a shell asks."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from semverdiff.cli import completion  # noqa: PLC0415 (only when a shell asks)

        found: list[CompletionItem] = getattr(completion, name)(context, parameter, incomplete)
        return found

    return complete


def suggestion(word: str, known: Collection[str]) -> str:
    """Return a sentence, after a blank, with what was probably meant; nothing if that is not clear."""
    close = nearest(word, known)
    return f" Did you mean '{close[0]}'?" if close else ""


class DestinationType(click.ParamType[Destination]):
    """Reads `NAME[=FILE]`, the name being one of `formats`; `within` is as in `Destination`."""

    name = "NAME[=FILE]"

    def __init__(self, formats: tuple[str, ...], within: Path | None = None) -> None:
        self.formats = formats
        self.within = within

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Destination:
        """Return the destination of that text."""
        name, equals, file = value.partition("=")
        if name not in self.formats:
            self.fail(self._unknown(name), param, ctx)
        if not equals:
            return Destination(name)
        if not file:
            self.fail(f"'{value}' names no file: expected {name}=FILE, or {name} alone.", param, ctx)
        return Destination(name, self._checked(Path(file), param, ctx), self.within)

    def _unknown(self, name: str) -> str:
        expected = f"expected one of {', '.join(self.formats)}."
        return f"there is no format '{name}': {expected}{suggestion(name, self.formats)}"

    def _checked(self, file: Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the file, and refuse now one that could not be written after all the work."""
        try:
            is_directory, obstacle = file.is_dir(), _obstacle(file.parent)
            target_of(file, self.within)
        except OSError as error:
            self.fail(f"'{file}' cannot be written: {error.strerror}.", param, ctx)
        except UsageError as error:
            self.fail(f"{error}.", param, ctx)
        if is_directory:
            self.fail(f"'{file}' is a directory: expected the name of a file to write.", param, ctx)
        if obstacle is not None:
            self.fail(f"'{file}' cannot be written, because '{obstacle}' is no directory.", param, ctx)
        return file

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 (click's signature)
        param: click.Parameter,  # noqa: ARG002 (as above)
        incomplete: str,
    ) -> list[CompletionItem]:
        """Return the formats that a shell may complete."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 (only when a shell asks)

        return [CompletionItem(name) for name in self.formats if name.startswith(incomplete)]


def _obstacle(directory: Path) -> Path | None:
    """Return what stands where a directory is to be made, if that is none."""
    there = next((one for one in (directory, *directory.parents) if os.path.lexists(one)), None)
    return None if there is None or there.is_dir() else there


class Option(click.Option):
    """An option whose help is one line, as it stands.

    Click looks for indentation in it, with what loads a reader of sources.
    """

    def __init__(
        self,
        declarations: Sequence[str],
        *,
        help: str,  # noqa: A002 (click's name)
        **attributes: Any,  # noqa: ANN401 (click's types)
    ) -> None:
        super().__init__(declarations, **attributes)
        self.help = help


def option(
    *declarations: str,
    cls: type[Option] = Option,
    **attributes: Any,  # noqa: ANN401 (click's types)
) -> Callable[[_Function], _Function]:
    """Return an option of a command; beside `help` it takes what one of click takes."""
    return click.option(*declarations, cls=cls, **attributes)


class PathType(click.ParamType[Path]):
    """Reads a path, and refuses what is there and cannot be read.

    As click's own, which looks for a translation of its name with what finds languages.
    """

    name = "path"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return that path."""
        if os.access(value, os.R_OK):
            return Path(value)
        return click.Path(path_type=Path).convert(value, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return what lets a shell complete paths."""
        return click.Path().shell_complete(ctx, param, incomplete)


class SettingOption(Option):
    """An option that a variable and Semver.toml may set as well: they are read together, and not here.

    The help names the variable as for every other option.
    """

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:  # noqa: ARG002 (click's signature)
        """Return nothing: the variable is read with the settings."""
        return None


def _each_once(
    _context: click.Context, _option: click.Parameter, destinations: tuple[Destination, ...]
) -> tuple[Destination, ...]:
    return checked_once(destinations)


def checked_once(destinations: tuple[Destination, ...]) -> tuple[Destination, ...]:
    """Refuse two reports in one place: they would mix, or one would be lost."""
    seen: set[str | None] = set()
    for destination in destinations:
        place = None if destination.file is None else os.path.realpath(destination.file)
        if place in seen:
            where = "standard output" if place is None else f"'{destination.file}'"
            raise click.BadParameter(
                f"two reports would go to {where}: give all but one a file of its own, NAME=FILE."
            )
        seen.add(place)
    return destinations


def format_option(
    formats: tuple[str, ...], variable: str | None = None, cls: type[Option] = Option
) -> Callable[[_Function], _Function]:
    """Return the option `--format` of a command that has these formats; text is the default."""
    return option(
        "--format",
        "destinations",
        cls=cls,
        type=DestinationType(formats),
        multiple=True,
        default=("text",),
        callback=_each_once,
        envvar=variable,
        show_envvar=variable is not None,
        help=f"Write the result as {', '.join(formats)}; to a file, or to standard output. Repeatable; text "
        "unless given.",
    )


def report_format_option(cls: type[Option] = Option) -> Callable[[_Function], _Function]:
    """Return the option `--format` of a command whose result is a report."""
    return format_option(reports.FORMATS, "SEMVERDIFF_FORMAT", cls)


def text_option(
    name: str, *, metavar: str, text: str, default: str | None = None, completion: str
) -> Callable[[_Function], _Function]:
    """Return a setting that is a text, with its variable; `completion` is what `completed` takes."""
    return _with_variable(
        name, SettingOption, text, metavar=metavar, default=default, shell_complete=completed(completion)
    )


def flag_option(
    name: str, *short: str, text: str, cls: type[Option] = Option
) -> Callable[[_Function], _Function]:
    """Return an option that is there or not, with its variable."""
    return _with_variable(name, cls, text, *short, is_flag=True)


def choice_option(
    name: str, words: tuple[str, ...], *, default: str, text: str, cls: type[Option] = Option
) -> Callable[[_Function], _Function]:
    """Return an option that is one of a few words, with its variable."""
    return _with_variable(name, cls, text, type=Choice(words), default=default)


def _with_variable(
    name: str, cls: type[Option], text: str, *short: str, **attributes: object
) -> Callable[[_Function], _Function]:
    """Return an option `--some-name`, which the variable `SEMVERDIFF_SOME_NAME` gives as well."""
    return option(
        *short,
        f"--{name}",
        cls=cls,
        envvar=f"SEMVERDIFF_{name.upper().replace('-', '_')}",
        show_envvar=True,
        show_default=attributes.get("default") is not None,
        help=text,
        **attributes,
    )


def offline_option(cls: type[Option] = Option) -> Callable[[_Function], _Function]:
    """Return the option `--offline`."""
    return flag_option("offline", text="Never ask the network.", cls=cls)


def refresh_option(cls: type[Option] = Option) -> Callable[[_Function], _Function]:
    """Return the option `--refresh`."""
    return flag_option("refresh", text="Fetch again what is in the cache.", cls=cls)


def show_diff_option(cls: type[Option] = Option) -> Callable[[_Function], _Function]:
    """Return the option `-d`, which the reference has too."""
    return flag_option(
        "show-diff", "-d", text="List the changes in format bal too; the others always do.", cls=cls
    )


def strict_option(
    text: str = "Take changes that break only unusual clients as breaking.",
    cls: type[Option] = Option,
) -> Callable[[_Function], _Function]:
    """Return the option `--strict`."""
    return flag_option("strict", text=text, cls=cls)


def _source_url(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """Return the address of a line, refused where it leads nowhere or would be taken for a program."""
    if value is None:
        return source_url_of(os.environ)
    if value and not (value.startswith(("https://", "http://")) and "{path}" in value):
        raise click.BadParameter(
            f"'{value}' is no address of a file: expected https:// or http:// with {{path}} in it, as in "
            "https://git.example.org/shop/{path}#L{line}."
        )
    return value


def source_url_option() -> Callable[[_Function], _Function]:
    """Return the option `--source-url`; no file of a project gives it, whose reports would link anywhere."""
    return _with_variable(
        "source-url",
        Option,
        "Link places of sources to that address, with {path} from the root of the repository, and {line}. "
        "Unless given, to the commit that GitHub or GitLab builds.",
        metavar="TEMPLATE",
        callback=_source_url,
    )


def dependencies_option(cls: type[Option] = Option) -> Callable[[_Function], _Function]:
    """Return the option `--dependencies`."""
    return choice_option(
        "dependencies",
        get_args(config.Dependencies),
        default="auto",
        text="Where to look for packages whose types are met: also on Ballerina Central (fetch), on this "
        "machine (local), or nowhere (none); auto: fetch if the baseline is from a registry, else local.",
        cls=cls,
    )


def _print_version(context: click.Context, _option: click.Parameter, value: object) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"semverdiff {__version__}")
        context.exit()


VERSION_OPTION = Option(
    ["--version"],
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show the version of this program and exit.",
)

_COMMON_OPTIONS = (
    Option(
        ["--color"],
        type=Choice(["auto", "always", "never"]),
        default="auto",
        envvar="SEMVERDIFF_COLOR",
        show_envvar=True,
        show_default=True,
        help="Colour the output; auto looks at the terminal, NO_COLOR, FORCE_COLOR and TERM.",
    ),
    Option(["-q", "--quiet"], is_flag=True, help="No progress on standard error, only errors."),
    Option(
        ["-v", "--verbose"],
        count=True,
        help="Say more on standard error, and show whole clients; -vv says most.",
    ),
    Option(
        ["--debug"],
        is_flag=True,
        envvar="SEMVERDIFF_DEBUG",
        show_envvar=True,
        help="Show where in the program an unexpected error happened.",
    ),
)

_FLAGS = {
    short: long
    for option in _COMMON_OPTIONS
    for short, long in pairwise(option.opts)
    if option.is_flag or option.count
}


def _spelled_out(arguments: Sequence[str]) -> list[str]:
    """Return arguments with `--quiet` for `-q` where that is certainly an option, and no option's value.

    Click looks among long options for what begins with one dash, too. Where it finds none, it looks for what
    may have been meant, before it looks among short ones: that takes as long as to load all of click.
    """
    spelled: list[str] = []
    before = ""
    for position, argument in enumerate(arguments):
        if argument == "--":
            return [*spelled, *arguments[position:]]
        is_option = not before.startswith("-") or before in _FLAGS
        spelled.append(_FLAGS.get(argument, argument) if is_option else argument)
        before = argument
    return spelled


def _show_help(context: click.Context, _parameter: click.Parameter, is_wanted: bool) -> None:  # noqa: FBT001 (click's)
    if is_wanted and not context.resilient_parsing:
        click.echo(context.get_help(), color=context.color)
        context.exit()


# As click makes it, but without a look for a translation of the text, which loads what finds languages.
_HELP_OPTION = Option(
    ["-h", "--help"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_help,
    help="Show this message and exit.",
)

# Where a context keeps what was said before the name of its command.
_SAID = f"{__name__}.said"


class _Said(msgspec.Struct, frozen=True):
    """The values of the options that every command has; no colour is that nothing was said."""

    color: str = ""
    quiet: bool = False
    verbose: int = 0
    debug: bool = False


class Group(click.Group):
    """Commands under one name. What all commands take may stand before it as well: `semver -q check`."""

    def get_help_option(self, _context: click.Context) -> click.Option:
        """Return the option `--help`."""
        return _HELP_OPTION

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options that every command has, `--help` last."""
        return [*_COMMON_OPTIONS, *super().get_params(ctx)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; `help` asks for the help of what follows."""
        if args[:1] == ["help"]:
            args = [*args[1:], "--help"]
        return super().parse_args(ctx, _spelled_out(args))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that is named; what was said before its name counts as if it stood behind it."""
        ctx.meta[_SAID] = _said(ctx)
        return super().invoke(ctx)


def _said(context: click.Context) -> _Said:
    """Take the common options out of the parameters of a command, with what was said before its name."""
    before: _Said = context.meta.get(_SAID) or _Said()
    own = {option.name: context.params.pop(option.name) for option in _COMMON_OPTIONS if option.name}
    return _Said(
        color=own["color"] if given(context, "color") or not before.color else before.color,
        quiet=own["quiet"] or before.quiet,
        verbose=own["verbose"] + before.verbose,
        debug=own["debug"] or before.debug,
    )


class Command(click.Command):
    """A command with the options that every command has. Its function gets a `Console` from them."""

    def get_help_option(self, _context: click.Context) -> click.Option:
        """Return the option `--help`."""
        return _HELP_OPTION

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own options, then the common ones, `--help` last."""
        *own, help_option = super().get_params(ctx)
        return [*own, *_COMMON_OPTIONS, VERSION_OPTION, help_option]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        return super().parse_args(ctx, _spelled_out(args))

    def invoke(self, ctx: click.Context) -> int:
        """Run the command and return its exit code, whatever happens on the way."""
        said = _said(ctx)
        console = Console(
            color=color_wanted(said.color, os.environ, sys.stdout),
            error_color=color_wanted(said.color, os.environ, sys.stderr),
            verbosity=said.verbose - said.quiet,
            debug=said.debug,
        )
        ctx.obj = console
        try:
            code: int = super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 (the edge: users get a sentence, never a traceback)
            known = explained(error, debug=console.debug)
            failure = with_typed_paths(reports.failed(known), known.package)
            console.complain(error_text(failure, color=console.error_color))
            return exit_code(failure)
        return code


def given(context: click.Context, parameter: str) -> bool:
    """Return whether a parameter stands on the command line, which goes before the environment."""
    return context.get_parameter_source(parameter) is click.core.ParameterSource.COMMANDLINE


class Typed:
    """The values of parameters that stand on the command line of a command; of others nothing was said."""

    def __init__(self, context: click.Context) -> None:
        self._context = context

    def of(self, parameter: str, value: _Value) -> _Value | None:
        """Return the value of a parameter, None if it is the default or comes from the environment."""
        return value if given(self._context, parameter) else None
