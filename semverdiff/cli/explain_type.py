"""`semver explain-type`: how two types relate, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from semverdiff.cli.command import Command
from semverdiff.cli.destinations import deliver
from semverdiff.cli.shared_options import format_option
from semverdiff.errors import SourceError, UsageError
from semverdiff.reports.printable import printable_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.cli.destinations import Destination
    from semverdiff.cli.screen import Screen
    from semverdiff.reports import Style
    from semverdiff.types import Answer

__all__ = ["command"]

_EXAMPLES: Final = """\b
Examples:
  semver explain-type types.bal Order Receipt           two types that the file declares
  semver explain-type types.bal Order 'map<anydata>'    any type descriptor
  semver explain-type types.bal 'Order["items"]' Item[] what a member holds
  semver explain-type types.bal Old New --format json

\b
Exit codes:
  0  told, also where no answer is certain       3  could not complete: the file does not parse
  2  wrong usage                               130  interrupted
"""

_MEANINGS: Final = {
    "equal": "every value of either type is one of the other",
    "narrower": "every value of {left} is one of {right}, but not the other way round",
    "wider": "every value of {right} is one of {left}, but not the other way round",
    "unrelated": "either type has values that the other has not",
    "unknown": "not certain",
}


@click.command("explain-type", cls=Command, epilog=_EXAMPLES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("left")
@click.argument("right")
@format_option(("text", "json"))
@click.pass_obj
def command(
    screen: Screen, *, file: Path, left: str, right: str, destinations: tuple[Destination, ...]
) -> int:
    """Return how the type LEFT relates to the type RIGHT, in the scope of the module in FILE.

    Each is a name, a type descriptor, or `T[k]`: what lists and mappings of the type T hold at the key k.
    """
    answer = _answer(file, left, right)

    def draw(format_name: str, _style: Style) -> str:
        if format_name == "json":
            return _json(left, right, answer)
        return "".join(f"{line}\n" for line in _lines(printable_text(left), printable_text(right), answer))

    deliver(draw, destinations, screen)
    return 0


def _answer(file: Path, left: str, right: str) -> Answer:
    # Slow: not for --help and mistyped options.
    from semverdiff.api import require_whole  # noqa: PLC0415
    from semverdiff.types.asking import NO_DESCRIPTOR, Questions  # noqa: PLC0415

    asked = Questions(_source(file), file=file.name)
    for module in asked.surface.modules:
        asked.surface.all(module)
    require_whole(asked.surface)
    answer = asked.relation(left, right)
    if any(reason.endswith(NO_DESCRIPTOR) for reason in answer.missing):
        raise UsageError(
            f"{answer.missing[0]}: expected a name that {file.name} declares, a type descriptor such as "
            "'int|string', or T[k]"
        )
    return answer


def _source(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except OSError as error:
        raise SourceError(f"{file.name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{file.name} is not UTF-8 (byte {error.start}): save it as UTF-8") from error


def _lines(left: str, right: str, answer: Answer) -> Iterator[str]:
    yield f"{left} {answer.symbol} {right}"
    yield f"  {_MEANINGS[answer.relation].format(left=left, right=right)}"
    if answer.relation == "unknown":
        yield from (f"  {known}" for known in _known(left, right, answer))
        yield f"  missing: {printable_text(', '.join(answer.missing))}"
    if answer.path:
        yield f"  because {printable_text(answer.path)}"
    if answer.example is not None:
        holder = left if answer.within is False else right
        yield f"  for example {printable_text(answer.example)} is a value of {holder} only"


def _known(left: str, right: str, answer: Answer) -> Iterator[str]:
    for one, other, within in ((left, right, answer.within), (right, left, answer.covers)):
        if within is not None:
            yield f"{one} is {'' if within else 'not '}a subtype of {other}"


def _json(left: str, right: str, answer: Answer) -> str:
    import json  # noqa: PLC0415 (slow: only for this format)

    document = {
        "schema_version": 1,
        "left": left,
        "right": right,
        "relation": answer.relation,
        "symbol": answer.symbol,
        "left_within_right": answer.within,
        "right_within_left": answer.covers,
        "path": answer.path or None,
        "example": answer.example,
        "missing": list(answer.missing),
    }
    return f"{json.dumps(document, indent=2)}\n"
