"""The console blocks of a document, run as a reader would type them, and their outputs held to what is shown.

    ```console
    $ semver check
    1.4.0 is too low: 2.0.0 is required by 3 breaking changes
    ...
    $ echo $?
    1
    ```

A line that begins with `$ ` is a command, and `> ` continues it; what follows is what it writes, to standard
output or error. A line of three dots stands for any lines, also none. A command may fail only where `echo $?`
shows so next, with the number. A fence after a sentence that ends with a path in back quotes and a colon is
that file, which the reader writes. Blocks of one session share a directory, and the one that `cd` leads to is
kept.

Sybil finds the blocks, also in lists and quotations; what is shown in other languages is text.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sybil import Document
from sybil.parsers.markdown.lexers import FencedCodeBlockLexer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Command", "File", "Session", "agrees", "steps_of", "with_outputs"]

_ELISION = "..."
_FENCE = FencedCodeBlockLexer(language=r".*", mapping={"language": "arguments", "source": "source"})
_NAMED = re.compile(r"`([\w./-]+)`:\s*\Z")
_SECONDS = 600  # a command may build the parser, on a machine that is busy


class Command(msgspec.Struct, frozen=True):
    """A command, the lines that it is said to write, and the line of the page that it stands in."""

    text: str
    output: tuple[str, ...]
    line: int


class File(msgspec.Struct, frozen=True):
    """A file that the reader writes."""

    path: str
    text: str


def steps_of(page: str) -> Iterator[Command | File]:
    """Yield what a reader of a page does, in order.

    Raises `ValueError` for an output without a command, for an exit code that is not shown, and for a block
    that nobody would run, because its language is spelled otherwise.
    """
    document = Document(page, "page")
    for region in sorted(_FENCE(document), key=lambda one: one.start):
        source = str(region.lexemes["source"])
        line = page.count("\n", 0, region.start) + 2
        language = str(region.lexemes["arguments"])
        if language == "console":
            yield from map(_with_exit_code, _commands(source, line))
        elif language.lower().startswith("console"):
            raise ValueError(f"line {line - 1}: expected 'console' alone, found: {language}")
        elif named := _NAMED.search(page[: region.start]):
            yield File(named[1], source)


def _commands(source: str, line: int) -> Iterator[Command]:
    text: list[str] = []
    output: list[str] = []
    begun = line
    for number, one in enumerate(source.splitlines(), line):
        if one.startswith("$ "):
            if text:
                yield Command("\n".join(text), tuple(output), begun)
            text, output, begun = [one[2:]], [], number
        elif not text:
            raise ValueError(f"line {number}: expected '$ ' and a command, found: {one}")
        elif one.startswith("> ") and not output:
            text.append(one[2:])
        else:
            output.append(one)
    if text:
        yield Command("\n".join(text), tuple(output), begun)


def _with_exit_code(command: Command) -> Command:
    """Return a command. Three dots in the place of an exit code would let any failure pass."""
    if command.text == "echo $?" and not (len(command.output) == 1 and command.output[0].isdigit()):
        raise ValueError(f"line {command.line}: expected an exit code, found: {' '.join(command.output)}")
    return command


class Session:
    """A directory in which commands run one after the other, with the variables that they get."""

    def __init__(self, directory: Path, variables: Mapping[str, str]) -> None:
        self._root = directory
        self._current = directory
        self._variables = variables
        self._status = 0

    @property
    def status(self) -> int:
        """The exit code of the last command, 0 in the beginning."""
        return self._status

    def write(self, file: File) -> None:
        """Write a file, as seen from the current directory."""
        path = self._current / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, "utf-8")

    def run(self, command: Command) -> list[str]:
        """Return the lines that a command writes. Where it leads and its exit code are kept."""
        place = self._root.parent / f"{self._root.name}.directory"
        script = f"trap 'pwd > \"$DIRECTORY\"' EXIT\n(exit {self._status})\n{command.text}\n"
        done = subprocess.run(
            ["/bin/bash", "--noprofile", "--norc", "-c", script],
            cwd=self._current,
            env={**self._variables, "DIRECTORY": str(place)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
            check=False,
        )
        self._status = done.returncode
        self._current = Path(place.read_text("utf-8").rstrip("\n"))
        return [line.rstrip() for line in done.stdout.decode().splitlines()]


def agrees(shown: tuple[str, ...], written: list[str]) -> bool:
    """Return whether lines are those that are shown, where a line of dots stands for any of them."""
    parts = [re.escape(line) + "\n" if line != _ELISION else r"(?:.*\n)*?" for line in shown]
    return re.fullmatch("".join(parts), "".join(f"{line}\n" for line in written)) is not None


def with_outputs(page: str, outputs: Mapping[int, list[str]]) -> str:
    """Return a page with other outputs of commands, by the lines of the page that these stand in.

    What is shown without its elided lines gets them back: whoever writes the page chooses again.
    """
    lines = page.splitlines()
    for number in sorted(outputs, reverse=True):
        start = number
        while lines[start].startswith("> "):
            start += 1
        end = start
        while not lines[end].startswith(("$ ", "```")):
            end += 1
        lines[start:end] = outputs[number]
    return "\n".join(lines) + "\n"
