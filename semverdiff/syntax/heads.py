"""A declaration as text without what no client sees: bodies, documentation, comments, layout.

What is left is valid Ballerina, one line for the declaration and one for each of its members.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from semverdiff.syntax.spelling import name_of, spelled
from semverdiff.syntax.tree import identifier, parse, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from semverdiff.syntax.outlines import Item

__all__ = ["MEMBERS", "Head", "HeadLine", "head"]

MEMBERS = "..."
"""What stands for the members of a declaration, between its braces."""

_MEMBER_KINDS = frozenset(
    {
        "enum_member",
        "method_declaration",
        "method_definition",
        "object_field",
        "record_field",
        "record_rest",
        "type_inclusion",
    }
)
_SKIPPED = frozenset({"comment", "documentation"})
_EMPTIED = frozenset({"expression_function_body", "function_body_block"})
# White space counts in a template, and a string is one word.
_WHOLE = frozenset({"raw_template", "regexp_template", "string_literal", "string_template", "xml_template"})
# Declarations behind whose brace a semicolon says nothing.
_BRACED = frozenset({"class_definition", "enum_declaration", "function_definition", "service_declaration"})
# Forms whose first token belongs to the second: `-1`, `*Order`.
_PREFIXED = frozenset({"included_record_parameter", "singleton_type", "type_inclusion", "unary_expression"})
_PATHS = frozenset({"absolute_resource_path", "resource_path"})
_OWN_NAMES = frozenset({"name", "type name"})
# What has a blank on both sides, although its characters have none elsewhere.
_SPACED = frozenset({"binary_expression", "conditional_expression", "elvis_expression"})

_NO_BLANK_BEHIND = frozenset({"(", "[", "@", ".", "?.", "->", "<", "|"})
_NO_BLANK_BEFORE = frozenset({")", "]", ",", ";", ":", ".", "?.", "->", "?", "...", ">", "|"})
_OPENING = frozenset({"(", "[", "<"})
_CLOSING = frozenset({")", "]", "}", "|}", ">", "?"})
_KEYWORDS = frozenset(
    {"check", "final", "in", "is", "let", "new", "on", "public", "readonly", "returns", "var"}
)
_EMPTY = frozenset({("{", "}"), ("{|", "|}")})


class HeadLine(msgspec.Struct, frozen=True):
    """One line: the declaration itself, whose `key` is empty, or the member of that key.

    `row` and `column` are the place in the declaration's text where it begins, counted from 0.
    """

    key: str
    text: str
    row: int
    column: int


class Head(msgspec.Struct, frozen=True):
    """The lines of a declaration, its own first, and the names that they mention: prefix, or none, and name.

    A name that is the tag of an annotation has `@` in front, as the key of its declaration has.
    """

    lines: tuple[HeadLine, ...]
    names: frozenset[tuple[str, str]]


def head(item: Item) -> Head:
    """Return what clients see of a declaration that parses, bodies aside."""
    declaration = next(one for one in parse(item.content).children if one.type == item.kind)
    holder = _holder(declaration)
    members = [one for one in holder.children if one.type in _MEMBER_KINDS] if holder is not None else []
    names: set[tuple[str, str]] = set()
    inside = frozenset(one.id for one in members)
    first = _line("", declaration, names, inside)
    lines = [first, *(_line(_key(one), one, names) for one in members)]
    if item.kind == "enum_declaration":
        lines = [first, *(replace(one, text=f"{one.text},") for one in lines[1:])]
    return Head(tuple(lines), frozenset(names))


def _holder(declaration: Node) -> Node | None:
    """Return the node whose members have lines of their own: a class, or the type that is defined."""
    if declaration.type in {"class_definition", "enum_declaration", "service_declaration"}:
        return declaration
    node = declaration.child_by_field_name("type") if declaration.type == "type_definition" else None
    while node is not None and node.type not in {"record_type", "object_type"}:
        if node.type not in {"distinct_type", "intersection_type", "parenthesized_type"}:
            return None
        holders = [one for one in node.named_children if one.type not in _SKIPPED | {"builtin_type"}]
        node = holders[0] if len(holders) == 1 else None
    return node


def _key(member: Node) -> str:
    """Return what members are sorted by: their name, `*` for what is included, `...` for a rest."""
    name = member.child_by_field_name("name")
    path = member.child_by_field_name("path")
    if member.type == "record_rest":
        return "..."
    if name is None:
        return _joined(_words(member, set())).rstrip(";")
    if path is not None:
        return f"[{identifier(name)} {_joined(_words(path, set()))}]"
    return identifier(name)


def _line(
    key: str, node: Node, names: set[tuple[str, str]], members: frozenset[int] = frozenset()
) -> HeadLine:
    row, column = (node.child_by_field_name("name") or _start(node)).start_point
    return HeadLine(key, _joined(_words(node, names, members)), row, column)


def _start(node: Node) -> Node:
    """Return what a declaration without a name begins with, behind what describes it."""
    return next((one for one in node.children if one.type not in _SKIPPED | {"annotation"}), node)


class _Word(NamedTuple):
    """A token, and whether a blank stands before and behind it where that does not follow from both words."""

    text: str
    before: bool | None = None
    behind: bool | None = None


def _words(node: Node, names: set[tuple[str, str]], members: frozenset[int] = frozenset()) -> Iterator[_Word]:
    """Yield the tokens of a node, a name of another module as one; note the names that it mentions.

    `members` are nodes that have lines of their own: one word stands for all of them.
    """
    has_members = bool(members)
    waiting: list[tuple[Node, str]] = [(node, "")]
    while waiting:
        node, role = waiting.pop()
        kind = node.type
        if kind in _SKIPPED:
            continue
        if node.id in members:
            if has_members:
                yield _Word(MEMBERS, before=False, behind=False)
            has_members = False
        elif kind in _EMPTIED:
            yield _Word("{}")
        elif kind == "external_function_body":
            yield from (_Word("="), _Word("external"), _Word(";"))
        elif kind in {"identifier", "qualified_identifier"}:
            yield _name(node, role, names)
        elif kind in _WHOLE:
            names |= {("", name) for name in _words_in(node)}
            yield _Word(text(node))
        elif node.child_count == 0:
            yield _token(node, role)
        else:
            if kind in _PATHS:
                yield _Word("", before=True, behind=False)
            waiting += reversed(list(_parts(node, members)))


def _parts(node: Node, members: frozenset[int]) -> Iterator[tuple[Node, str]]:
    """Yield the children of a node, each with its role: what its layout, or what it names, depends on."""
    kind = node.type
    own = node.child_by_field_name("name")
    for index, one in enumerate(node.children):
        # The comma of an enum stands behind each member, in a line of its own.
        is_between_members = one.type == "," and kind == "enum_declaration" and bool(members)
        if is_between_members or (one.type == ";" and kind in _BRACED):
            continue
        if kind in _PREFIXED and index == 0 and node.child_count > 1:
            yield one, "prefix"
        elif kind in _SPACED and not one.is_named:
            yield one, "operator"
        elif kind in _PATHS and one.type == "/":
            yield one, "slash"
        elif kind == "annotation":
            yield one, "tag"
        elif kind == "type_definition" and one.type == "identifier":
            yield one, "type name"
        else:
            yield one, "name" if one == own else ""


def _name(node: Node, role: str, names: set[tuple[str, str]]) -> _Word:
    """Return a name as it is always written, and note it unless it is the name of what is declared."""
    mark = "@" if role == "tag" else ""
    if node.type == "qualified_identifier":
        prefix, name = (one for one in node.named_children if one.type == "identifier")
        names.add((identifier(prefix), f"{mark}{identifier(name)}"))
        return _Word(f"{_spelling(prefix)}:{_spelling(name)}")
    meant = identifier(node)
    if role not in _OWN_NAMES:
        names.add(("", f"{mark}{meant}"))
    return _Word(spelled(meant), behind=True if role == "type name" else None)


def _spelling(part: Node) -> str:
    """Return a part of a qualified name as it is always written: `int:MAX_VALUE` needs no quote."""
    written = text(part)
    return written if written.isalpha() else spelled(name_of(written))


def _token(node: Node, role: str) -> _Word:
    token = text(node).strip()  # some have the white space before them
    if role == "prefix":
        return _Word(token, behind=False)
    if role == "slash":
        return _Word(token, before=False, behind=False)
    if role == "operator":
        return _Word(token, before=True, behind=True)
    return _Word(token)


def _words_in(template: Node) -> Iterator[str]:
    return (identifier(one) for one in walk(template) if one.type == "identifier")


def _joined(words: Iterable[_Word]) -> str:
    """Write words on one line, with blanks where people expect them."""
    parts: list[str] = []
    last = _Word("")
    for word in words:
        if parts and _is_apart(last, word):
            parts.append(" ")
        parts.append(word.text)
        last = word
    return "".join(parts)


def _is_apart(last: _Word, word: _Word) -> bool:
    for wanted in (last.behind, word.before):
        if wanted is not None:
            return wanted
    a, b = last.text, word.text
    if a in _NO_BLANK_BEHIND:
        return b.startswith("-")  # `<-` is another token
    if b in _NO_BLANK_BEFORE or (a, b) in _EMPTY:
        return False
    if b in _OPENING:
        return a in _KEYWORDS or not (a[-1].isalnum() or a[-1] == "_" or a in _CLOSING)
    return True
