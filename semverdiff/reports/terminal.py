"""Tables and pages of Markdown on a terminal with colours, drawn by `rich`; code by the grammar's own query.

`rich` is large, and so imported here and in a listing only: a report must not wait for it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from rich import markdown
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from semverdiff.syntax import highlights
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import ConsoleOptions, RenderableType, RenderResult

    from semverdiff.reports.formats.interface import Style

    Cell: TypeAlias = str | Sequence[Level]

__all__ = ["fitted", "page", "table"]

# As `drawing.Ink`: readable on black and on white.
_RED, _ORANGE, _GREEN, _BLUE = "color(160)", "color(166)", "color(28)", "color(31)"
_LEVELS = {Level.MAJOR.word: f"bold {_RED}", Level.MINOR.word: _ORANGE, Level.PATCH.word: _GREEN}
_THEME = Theme(
    {
        "markdown.h1": "bold",
        "markdown.h2": "bold",
        "markdown.strong": "bold",
        "markdown.code": _BLUE,
        "markdown.item.number": "none",
    }
)
# By the name of a capture, or by the part of it before the dot.
_INKS = {
    "keyword": _BLUE,
    "type": _BLUE,
    "string": _GREEN,
    "number": _GREEN,
    "comment": "dim",
    "function": "bold",
    "attribute": _ORANGE,
}
_INDENT = 4
_SIGN_WIDTH = 5
_NARROWEST = 20
_BALLERINA = "ballerina"


def table(rows: Sequence[Sequence[Cell]], style: Style) -> str:
    """Return rows of texts and levels below each other; the last column is wrapped, the others are whole."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    columns = max(map(len, rows), default=0)
    for number in range(columns):
        grid.add_column(no_wrap=number < columns - 1)
    for row in rows:
        grid.add_row(*map(_cell, row))
    return _drawn(grid, style)


def page(text: str, style: Style) -> str:
    """Return a page of Markdown; colours stand for its signs."""
    return _drawn(_Page(text), style)


def fitted(text: str, style: Style) -> str:
    """Return a text whose lines fit: the rest of one that does not stands under it, a little further in."""
    lines: list[Text] = []
    for line in text.split("\n")[:-1]:
        drawn = Text.from_ansi(line)
        if drawn.cell_len <= style.width:
            lines.append(drawn)
            continue
        indent = len(drawn.plain) - len(drawn.plain.lstrip(" "))
        hanging = indent + _SIGN_WIDTH
        room = max(style.width - hanging, _NARROWEST)
        first, *others = drawn[indent:].wrap(_console(io.StringIO(), style), room, overflow="fold")
        lines += [Text(" " * indent) + first, *(Text(" " * hanging) + other for other in others)]
    return _drawn(Text("\n").join(lines), style)


class _Paragraph(markdown.Paragraph):
    """A paragraph in which a level that stands out has the colour of that level."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for span in list(self.text.spans):
            word = self.text.plain[span.start : span.end]
            if word in _LEVELS:
                self.text.stylize(_LEVELS[word], span.start, span.end)
        yield from super().__rich_console__(console, options)


class _Code(markdown.CodeBlock):
    """Code that is indented and never wrapped, so that it can be copied."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console, options
        code = Text(self.text.plain.rstrip("\n"), no_wrap=True, overflow="ignore")
        if self.lexer_name == _BALLERINA:
            for part in highlights(code.plain):
                code.stylize(_INKS.get(part.capture.partition(".")[0], "none"), part.start, part.end)
        yield Padding(code, (0, 0, 0, _INDENT), expand=False)


class _Page(markdown.Markdown):
    elements: ClassVar[dict[str, type[markdown.MarkdownElement]]] = {
        **markdown.Markdown.elements,
        "paragraph_open": _Paragraph,
        "fence": _Code,
    }


def _cell(cell: Cell) -> Text:
    if isinstance(cell, str):
        return Text(cell)
    return Text("/").join(Text(level.word, _LEVELS[level.word]) for level in cell)


def _drawn(renderable: RenderableType, style: Style) -> str:
    """Return what `rich` draws."""
    stream = io.StringIO()
    _console(stream, style).print(renderable, soft_wrap=isinstance(renderable, Text))
    # The cells of a grid are filled up to their width; nobody wants to copy that.
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def _console(stream: io.StringIO, style: Style) -> Console:
    """Return a console of that width. Nothing is left to what it finds in the environment."""
    return Console(
        file=stream,
        width=style.width,
        theme=_THEME,
        color_system="256" if style.color else None,
        force_terminal=True,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
        _environ={},
    )
