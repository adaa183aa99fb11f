"""Writes docs/reference/commands.md from the parser of the command line.

python scripts/command_page.py            write it
python scripts/command_page.py --check    fail unless it is that of the program

The page is committed, as those of the rules are: it is read in the repository, too, where nothing is built.
"""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semverdiff.cli.options import Command
from semverdiff.cli.program import program

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PAGE", "main", "page"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "commands.md"

_INTRODUCTION = """\
# Commands

What `--help` of each command shows, on one page. `semver`, `semverdiff` and `python -m semverdiff` are the
same program.

Where a variable is named, it counts unless the option is typed. Those of `semver check` may stand in
[Semver.toml](semver-toml.md) as well, where they count last, for `semver bump` and `semver suppress`, too;
but not `--source-url`, and not the options of every command.
"""
_COMMON = """\
## Options of every command

They may also stand before the name of the command: `semver -q check`.
"""
_VARIABLE_AND_DEFAULT = re.compile(
    r"\s*\[(?:env var: (?P<variable>\w+))?(?:; )?(?:default: (?P<default>[^\]]+))?\]$"
)


def page() -> str:
    """Return the page of all commands."""
    root = click.Context(program, info_name="semver")
    parts = [_INTRODUCTION, *(part for command in _commands(root) for part in _sections(command))]
    return "\n".join([*parts, _COMMON, _options(root, _common(root))])


def main(arguments: list[str], file: Path = PAGE) -> str | None:
    """Write or check the page; return what is wrong, if anything is."""
    if arguments == ["--check"]:
        is_current = file.is_file() and file.read_text("utf-8") == page()
        return (
            None if is_current else f"{file.name} is not of this program; run python scripts/command_page.py"
        )
    if arguments:
        return __doc__
    file.write_text(page(), "utf-8", newline="\n")
    return None


def _commands(context: click.Context) -> Iterator[click.Context]:
    """Yield the context of each command below one, those of groups in the place of their group."""
    group = context.command
    if not isinstance(group, click.Group):
        yield context
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            yield from _commands(click.Context(command, info_name=name, parent=context))


def _sections(context: click.Context) -> Iterator[str]:
    command = context.command
    yield f"## {context.command_path}\n"
    yield f"```text\n{' '.join([context.command_path, *command.collect_usage_pieces(context)])}\n```\n"
    yield f"{_prose(command.help or '')}\n"
    own = [one for one in _own(context) if not one.hidden]
    if own:
        yield _options(context, own)
    if command.epilog:
        yield f"```text\n{_plain(command.epilog)}\n```\n"


def _own(context: click.Context) -> list[click.Option]:
    common = {one.name for one in _common(context)}
    return [one for one in _parameters(context) if one.name not in common]


def _common(context: click.Context) -> list[click.Option]:
    """Return the options that a command without any has."""
    return _parameters(click.Context(Command("semver"), info_name="semver", parent=context.parent))


def _parameters(context: click.Context) -> list[click.Option]:
    return [one for one in context.command.get_params(context) if isinstance(one, click.Option)]


def _options(context: click.Context, options: list[click.Option]) -> str:
    records = [record for option in options if (record := option.get_help_record(context)) is not None]
    return "\n".join([*(_option(words, text) for words, text in records), ""])


def _option(words: str, text: str) -> str:
    """Return an option as an entry of a list: a table would be wider than a page."""
    found = _VARIABLE_AND_DEFAULT.search(text)
    variable, default = (found["variable"], found["default"]) if found else (None, None)
    means = text[: found.start()] if found else text
    told = [f"default `{default}`"] if default else []
    told += [f"variable `{variable}`"] if variable else []
    return f"* **`{words}`** {means}" + (f" ({', '.join(told)})" if told else "")


def _plain(text: str) -> str:
    r"""Return examples as they are printed, without the mark of what is not to be wrapped, `\b`."""
    return textwrap.dedent(text.replace("\b\n", "")).strip()


def _prose(text: str) -> str:
    """Return the help of a command as paragraphs, in which brackets and words of a type are no links."""
    return re.sub(r"(\[\[?\w+\]\]?)", r"`\1`", inspect.cleandoc(text))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
