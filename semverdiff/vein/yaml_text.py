"""YAML that nobody has to trust: read event by event, with places, and with limits on all that grows.

Scalars are their texts: YAML would take the version `0.30` for a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, Protocol

import msgspec
import yaml

from semverdiff import limits
from semverdiff.errors import Mistake
from semverdiff.text import quote

if TYPE_CHECKING:
    from typing import Final

__all__ = ["YamlMapping", "YamlNode", "YamlScalar", "YamlSequence", "parse_yaml"]

# The parser in C where there is one: the other takes forty times as long.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


class YamlScalar(msgspec.Struct, frozen=True):
    """A text, and whether it stands for no value. Line and column count from 1."""

    text: str
    is_null: bool
    line: int
    column: int


class YamlSequence(msgspec.Struct):
    """A list of values, which is complete when it is handed out."""

    line: int
    column: int
    items: list[YamlNode]


class YamlMapping(msgspec.Struct):
    """Values by their keys, which is complete when it is handed out."""

    line: int
    column: int
    entries: dict[str, YamlNode]


YamlNode = YamlScalar | YamlSequence | YamlMapping
"""A value. One that is mentioned by an alias is the same object in both places."""


def parse_yaml(content: bytes, file: str, mistakes: list[Mistake]) -> YamlMapping:
    """Return the mapping that a document is; what is none, or broken, is a mistake, and an empty mapping."""
    nothing = YamlMapping(1, 1, {})
    if len(content) > limits.YAML_BYTES:
        mistakes.append(
            Mistake(f"expected at most {limits.YAML_BYTES:,} bytes, found {len(content):,}", file)
        )
        return nothing
    try:
        return _Reader(file).mapping(content.decode("utf-8-sig"))
    except _MistakeError as error:
        mistakes.append(error.mistake)
    except UnicodeDecodeError:
        mistakes.append(Mistake("expected UTF-8, found other bytes", file))
    except yaml.MarkedYAMLError as error:
        mistakes.append(Mistake(f"invalid YAML: {error.problem}", file, *_place(error.problem_mark)))
    except yaml.YAMLError as error:
        mistakes.append(Mistake(f"invalid YAML: {str(error).splitlines()[0]}", file))
    return nothing


class _Mark(Protocol):
    """A place as both parsers have it, from 0."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""


def _place(mark: _Mark | None) -> tuple[int, int]:
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


class _MistakeError(Exception):
    """A mistake that ends the reading."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.message)
        self.mistake = mistake


class _Frame(msgspec.Struct):
    """A value that is still open: its anchor, and the key that waits for a value."""

    node: YamlSequence | YamlMapping
    anchor: str | None
    key: str | None = None


class _Reader:
    """The values of a document; those that are open are on a stack."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[_Frame] = []
        self._anchors: dict[str, YamlNode] = {}
        self._aliases = 0
        self._root: YamlNode | None = None

    def mapping(self, text: str) -> YamlMapping:
        """Return the mapping that the only document is."""
        for event in yaml.parse(text, Loader=_LOADER):
            line, column = _place(event.start_mark)
            match event:
                case yaml.DocumentStartEvent():
                    if self._root is not None:
                        self._refuse("expected one document, found a second one", line, column)
                case yaml.ScalarEvent():
                    is_null = event.implicit[0] and event.value in _NULLS  # written without quotes
                    self._add(YamlScalar(event.value, is_null, line, column), event.anchor)
                case yaml.AliasEvent():
                    self._add(self._meant(event.anchor or "", line, column), None)
                case yaml.SequenceStartEvent():
                    self._enter(YamlSequence(line, column, []), event.anchor)
                case yaml.MappingStartEvent():
                    self._enter(YamlMapping(line, column, {}), event.anchor)
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    frame = self._open.pop()
                    self._add(frame.node, frame.anchor)
        if isinstance(self._root, YamlMapping):
            return self._root
        return self._refuse("expected keys with values, found none", 1, 1)

    def _enter(self, node: YamlSequence | YamlMapping, anchor: str | None) -> None:
        if len(self._open) == limits.YAML_LEVELS:
            self._refuse(
                f"expected at most {limits.YAML_LEVELS} levels of nesting, found more", node.line, node.column
            )
        self._open.append(_Frame(node, anchor))

    def _add(self, node: YamlNode, anchor: str | None) -> None:
        """Put a complete value where it belongs; its anchor is known from then on, so none holds itself."""
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._open:
            self._root = node
            return
        frame = self._open[-1]
        match frame.node:
            case YamlSequence(items=items):
                items.append(node)
            case YamlMapping(entries=entries) if frame.key is not None:
                entries[frame.key], frame.key = node, None
            case YamlMapping(entries=entries):
                if not isinstance(node, YamlScalar):
                    self._refuse("expected a text as a key", node.line, node.column)
                if node.text in entries:
                    self._refuse(f"expected the key {quote(node.text)} once", node.line, node.column)
                frame.key = node.text

    def _meant(self, anchor: str, line: int, column: int) -> YamlNode:
        """Return the value that an alias means: the same object, so that aliases of aliases stay small."""
        self._aliases += 1
        if self._aliases > limits.YAML_ALIASES:
            self._refuse(f"expected at most {limits.YAML_ALIASES} aliases, found more", line, column)
        if anchor not in self._anchors:
            self._refuse(f"expected a value that is named {quote(anchor)} before its alias", line, column)
        return self._anchors[anchor]

    def _refuse(self, message: str, line: int, column: int) -> NoReturn:
        raise _MistakeError(Mistake(message, self._file, line, column))
