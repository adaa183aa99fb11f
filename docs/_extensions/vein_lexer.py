"""Colours of Vein code: Pygments has no lexer for it, and its words are few."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pygments.lexer import RegexLexer, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["VeinLexer", "setup"]

_MODIFIERS = (
    *("public", "protected", "private", "internal", "static", "virtual", "abstract", "override"),
    *("extern", "async", "readonly", "const", "global"),
)
_WORDS = (
    *("class", "interface", "struct", "aspect", "alias", "new", "delete", "when", "is", "get", "set"),
    *("return", "if", "else", "while", "let", "auto"),
)


class VeinLexer(RegexLexer):  # type: ignore[misc] # to mypy its base is Any: Pygments has no types
    """Vein, as far as the examples of rules have it."""

    name = "Vein"
    aliases: ClassVar = ["vein"]
    tokens: ClassVar = {
        "root": [
            (r"//[^\n]*|/\*.*?\*/", Comment),
            (r'"[^"\n]*"', String),
            (r"#(?:space|use)\b", Keyword.Namespace),
            (words((*_MODIFIERS, *_WORDS), prefix=r"\b", suffix=r"\b"), Keyword),
            (r"\[[A-Za-z]+(?=[(\]])", Name.Decorator),
            (r"\d[\w.]*", Number),
            (r"[A-Za-z_]\w*", Name),
            (r"<\||\|>|[=+*/<>!-]+", Operator),
            (r"[{}()\[\],;:.]", Punctuation),
            (r"\s+|.", Text),
        ]
    }


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the language known to Sphinx."""
    app.add_lexer("vein", VeinLexer)
    return {"parallel_read_safe": True}
