"""Colours of Ballerina code: Pygments has no lexer for it, and the grammar of this project reads it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from pygments.lexer import Lexer
from pygments.token import (
    Comment,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
)

from semverdiff.syntax import highlights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.token import _TokenType
    from sphinx.application import Sphinx

__all__ = ["BallerinaLexer", "setup"]

# Captures of `semverdiff/syntax/highlights.scm` by their first words, the longest that fits.
_TOKENS = {
    "attribute": Name.Decorator,
    "boolean": Keyword.Constant,
    "comment": Comment,
    "constant": Name.Constant,
    "constant.builtin": Keyword.Constant,
    "function": Name.Function,
    "keyword": Keyword,
    "keyword.type": Keyword.Declaration,
    "module": Name.Namespace,
    "number": Number,
    "operator": Operator,
    "property": Name.Attribute,
    "punctuation": Punctuation,
    "string": String,
    "type": Name.Class,
    "type.builtin": Keyword.Type,
    "variable": Name,
}


class BallerinaLexer(Lexer):  # type: ignore[misc] # to mypy its base is Any: Pygments has no types
    """Ballerina, as the grammar of this project reads it: whole files, and the parts that examples are."""

    name = "Ballerina"
    aliases: ClassVar = ["ballerina"]

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """Yield each run of characters of one token, with where it begins; inner parts prevail."""
        tokens = [Text] * len(text)
        for start, end, capture in ((one.start, one.end, one.capture) for one in highlights(text)):
            tokens[start:end] = [_token(capture)] * (end - start)
        position = 0
        for token, run in groupby(tokens):
            length = sum(1 for _ in run)
            yield position, token, text[position : position + length]
            position += length


def _token(capture: str) -> _TokenType:
    """Return the token of a capture: `keyword.repeat` is a `keyword`."""
    while capture and capture not in _TOKENS:
        capture = capture.rpartition(".")[0]
    return _TOKENS.get(capture, Text)


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the language known to Sphinx."""
    app.add_lexer("ballerina", BallerinaLexer)
    return {"parallel_read_safe": True}
