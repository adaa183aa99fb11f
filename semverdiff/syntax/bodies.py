"""Do two function bodies hold the same tokens, whatever their layout and comments?

Most of them are told apart, or seen to be the same, by their text; only the rest is parsed.
"""

from __future__ import annotations

from typing import Final

from semverdiff.syntax.tree import parse, tokens, walk
from semverdiff.syntax.words import words

__all__ = ["native_bindings", "same_body"]

# What begins a comment or documentation, and what names are spelt with in more ways than one.
_COMMENTS: Final = (b"//", b"#")
_NO_TOKENS_AS_WRITTEN: Final = (*_COMMENTS, b"'", b"\\")
_BLANKS: Final = b" \t\r\f"


def same_body(old: bytes, new: bytes) -> bool:
    """Return whether two function bodies hold the same tokens, whatever their layout and comments."""
    if old == new or _have_same_lines(old, new):
        return True
    if _have_other_characters(old, new) or _has_a_new_word(old, new) or _has_a_new_word(new, old):
        return False
    return _body_tokens(old) == _body_tokens(new)


def native_bindings(declaration: bytes) -> list[list[str]]:
    """Return the tokens of the annotations that bind each external function of a declaration, in order."""
    if b"external" not in declaration:
        return []
    bodies = (node for node in walk(parse(declaration)) if node.type == "external_function_body")
    bindings = (
        [token for child in body.children if child.type == "annotation" for token in tokens(child)]
        for body in bodies
    )
    # An external function without an annotation is bound to nothing that could change.
    return [binding for binding in bindings if binding]


def _have_same_lines(old: bytes, new: bytes) -> bool:
    """Return whether two bodies differ in nothing but the ends of lines, and lines without anything.

    Nothing but the text of a template reaches over the end of a line.
    """
    return b"`" not in old and _lines(old) == _lines(new)


def _lines(body: bytes) -> list[bytes]:
    return list(filter(None, (line.strip(_BLANKS) for line in body.split(b"\n"))))


def _have_other_characters(old: bytes, new: bytes) -> bool:
    """Return whether two bodies surely hold other tokens, as most changed ones do.

    Where every name is spelt in one way and nothing is a comment, the tokens hold all but white space.
    """
    if any(mark in body for body in (old, new) for mark in _NO_TOKENS_AS_WRITTEN):
        return False
    return "".join(old.decode().split()) != "".join(new.decode().split())


def _has_a_new_word(old: bytes, new: bytes) -> bool:
    """Return whether a word stands in the new body, and surely not in a comment, that the old one has not.

    Where no name has an escape, a word lies within one token. A number may have letters, and a word right
    behind it.
    """
    if b"\\" in old or b"\\" in new:
        return False
    known = set(words(old))
    if any(word[:1].isdigit() and not word.isdigit() for word in known):
        return False
    lines = set(new.split(b"\n")).difference(old.split(b"\n"))
    return any(
        word not in known and not word[:1].isdigit()
        for line in lines
        if not any(mark in line for mark in _COMMENTS)
        for word in words(line)
    )


def _body_tokens(body: bytes) -> list[str]:
    return tokens(parse(b"function f() " + body))
