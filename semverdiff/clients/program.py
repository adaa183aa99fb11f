"""A client as a program: imports, declarations and one function, with the lines that break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NOT_SHOWN", "Block", "Line", "Part", "Program"]

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
_END = Line("}")


class Program(msgspec.Struct, frozen=True):
    """A whole client. `imports` and `declarations` stand above the function that begins with `head`."""

    imports: tuple[Line, ...]
    declarations: tuple[Part, ...]
    head: Line
    statements: tuple[Part, ...]

    def text(self) -> str:
        """Return the source of the program, with a comment behind each line that breaks."""
        groups: list[tuple[Part, ...]] = [self.imports] if self.imports else []
        groups += _grouped(self.declarations)
        if self.statements or self.head.breaks:
            groups.append((Block(self.head, self.statements),))
        return "\n\n".join(["\n".join(_written(group)) for group in groups])

    def breaking(self) -> str:
        """Return the lines that break, as they stand in the program but for their indentation."""
        parts: tuple[Part, ...] = (*self.imports, *self.declarations, Block(self.head, self.statements))
        return "\n".join([line.text for line, _ in _lines(parts) if line.breaks])


def _grouped(declarations: Iterable[Part]) -> list[tuple[Part, ...]]:
    """Return declarations with an annotation and what it is attached to as one group."""
    groups: list[tuple[Part, ...]] = []
    attached: tuple[Part, ...] = ()
    for one in declarations:
        if isinstance(one, Line) and one.text.startswith("@"):
            attached = (*attached, one)
            continue
        groups.append((*attached, one))
        attached = ()
    return groups


def _written(parts: Iterable[Part]) -> list[str]:
    """Return the lines of parts as they are written."""
    return [
        f"{_INDENT * level}{line.text}{_MARK}" if line.breaks else _INDENT * level + line.text
        for line, level in _lines(parts)
    ]


def _lines(parts: Iterable[Part]) -> list[tuple[Line, int]]:
    """Return the lines of parts with their level; blocks are nested as deeply as their makers say."""
    lines: list[tuple[Line, int]] = []
    waiting: list[tuple[Part, int]] = [(one, 0) for one in parts][::-1]
    while waiting:
        part, level = waiting.pop()
        if isinstance(part, Line):
            lines.append((part, level))
            continue
        lines.append((part.head, level))
        waiting.append((_END, level))
        waiting += [(one, level + 1) for one in reversed(part.body)]
    return lines
