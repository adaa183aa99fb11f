"""A client as a program: imports, declarations and one function, with the lines that break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NOT_SHOWN", "Block", "Layout", "Line", "Part", "Program"]

_INDENT = "    "
_MARK = "  // breaks"


class Line(msgspec.Struct, frozen=True):
    """A line of code; `breaks` marks the one that the new version refuses, or that behaves differently."""

    text: str
    breaks: bool = False


class Block(msgspec.Struct, frozen=True):
    """What a head opens and a brace closes: a class, a function, a statement with a body."""

    head: Line
    body: tuple[Part, ...]


Part = Line | Block

NOT_SHOWN = Line('panic error("not shown");')
"""The body of a function of which nothing but its type matters."""


class Program(msgspec.Struct, frozen=True):
    """A whole client. `imports` and `declarations` stand above the function that begins with `head`."""

    imports: tuple[Line, ...]
    declarations: tuple[Part, ...]
    head: Line
    statements: tuple[Part, ...]

    def layout(self) -> Layout:
        """Return the program as it is written, with a comment behind each line that breaks."""
        layout = Layout([], [])
        _write(self.imports, layout)
        is_attached = False  # an annotation and what it is attached to are one group
        for one in self.declarations:
            if layout.lines and not is_attached:
                layout.lines.append("")
            _write((one,), layout)
            is_attached = isinstance(one, Line) and one.text.startswith("@")
        if self.statements or self.head.breaks:
            if layout.lines:
                layout.lines.append("")
            _write((Block(self.head, self.statements),), layout)
        return layout


class Layout(msgspec.Struct, frozen=True):
    """The lines of a program, and those that break as they stand in it but for their indentation."""

    lines: list[str]
    breaking: list[str]


def _write(parts: Iterable[Part], layout: Layout, indent: str = "") -> None:
    """Write parts, one below the other; blocks are nested as deeply as their makers say."""
    for part in parts:
        # Most are lines: to ask whether one is a block takes several times as long.
        line, body = (part, None) if isinstance(part, Line) else (part.head, part.body)
        if line.breaks:
            layout.breaking.append(line.text)
            layout.lines.append(f"{indent}{line.text}{_MARK}")
        else:
            layout.lines.append(indent + line.text)
        if body is not None:
            _write(body, layout, indent + _INDENT)
            layout.lines.append(indent + "}")
