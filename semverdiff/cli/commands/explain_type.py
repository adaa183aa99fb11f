"""`semver explain-type`: how two types relate, and why."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from semverdiff import api, limits, packages, types
from semverdiff.cli.environment import find_here
from semverdiff.cli.options import Command, format_option, suggestion
from semverdiff.cli.output import deliver
from semverdiff.errors import SemverdiffError, SourceError, UsageError
from semverdiff.reports import listings

if TYPE_CHECKING:
    from semverdiff.cli.output import Console, Destination
    from semverdiff.reports import Style
    from semverdiff.types import TypeRelation

__all__ = ["command"]

_EXAMPLES: Final = """\b
Examples:
  semver explain-type types.bal Order Receipt             two types that the file declares
  semver explain-type types.bal Order 'map<anydata>'      any type descriptor
  semver explain-type types.bal 'Order["items"]' Item[]   what a member holds
  semver explain-type types.bal Old New --format json

\b
Exit codes:
  0  told, also where no answer is certain       3  could not complete: the file does not parse
  2  wrong usage                               130  interrupted
"""


@click.command("explain-type", cls=Command, epilog=_EXAMPLES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("left")
@click.argument("right")
@format_option(listings.FORMATS)
@click.pass_obj
def command(
    console: Console, *, file: Path, left: str, right: str, destinations: tuple[Destination, ...]
) -> int:
    """Tell how the type LEFT relates to the type RIGHT, in the scope of the module in FILE.

    Imports lead to packages on this machine, in the versions that the package around FILE was built with.

    Each is a name, a type descriptor, or `T[k]`: what lists and mappings of the type T hold at the key k.
    """
    answer = _answer(file, left, right)

    def draw(format_name: str, _style: Style) -> str:
        return listings.types.render(left, right, answer, format_name)

    deliver(draw, destinations, console)
    return 0


def _answer(file: Path, left: str, right: str) -> TypeRelation:
    asked = types.Questions(_source(file), file=file.name, find=find_here, manifest=_manifest(file))
    for module in asked.surface.modules:
        asked.surface.all(module)
    api.require_whole(asked.surface)
    answer = asked.relation(left, right)
    if any(reason.endswith(types.NO_DESCRIPTOR) for reason in answer.missing):
        raise UsageError(
            f"{answer.missing[0]}: expected a name that {file.name} declares, a type descriptor such as "
            "'int|string', or T[k]"
        )
    for name in answer.missing:
        if any(_holds(text, name) for text in (left, right)):
            known = [one for module in asked.surface.modules for one in asked.surface.all(module)]
            raise UsageError(f"{file.name} declares no type '{name}'.{suggestion(name, known)}")
    return answer


def _holds(text: str, name: str) -> bool:
    """Return whether a type descriptor names a type of this module, as the user has typed it."""
    return re.search(rf"(?<![\w:']){re.escape(name)}(?![\w:'])", text) is not None


def _manifest(file: Path) -> packages.Manifest | None:
    """Return what the package around a file was built with; `None` if there is none that can be read."""
    try:
        return packages.read_directory(packages.find_root(file.absolute().parent)).manifest
    except SemverdiffError:
        return None


def _source(file: Path) -> str:
    try:
        with file.open("rb") as stream:  # also a pipe, as shells make of `<(...)`
            content = stream.read(limits.TEXT_BYTES + 1)
        if len(content) > limits.TEXT_BYTES:
            raise SourceError(f"{file.name} is too large: expected at most {limits.TEXT_BYTES:,} bytes")
        return content.decode()
    except OSError as error:
        raise SourceError(f"{file.name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{file.name} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
