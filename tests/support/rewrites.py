"""The same Ballerina module written in another way: other files, another order, other names that nobody sees.

Each rewrite takes the files of a module by name, and chance. `support.layouts` has those of one file's text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.layouts import LAYOUTS

from semverdiff.syntax.tree import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from random import Random

    from tree_sitter import Node

__all__ = ["RESPELLING", "UNSEEN"]

Files = dict[str, bytes]

_IMPORTS = frozenset({"import_declaration", "xml_namespace_declaration"})
_TYPES = frozenset({"type_definition", "class_definition"})
# What has a type that clients see, and takes one in parentheses.
_TYPED = frozenset(
    {"required_parameter", "defaultable_parameter", "record_field", "object_field", "return_type_descriptor"}
)


def _nodes(root: Node, *, bodies: bool = True) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if bodies or not node.type.startswith("function_body"):
            waiting += reversed(node.children)


def _pieces(content: bytes) -> tuple[bytes, list[bytes]]:
    """Return what a file imports, and its declarations, both with the comments above them."""
    head, start = b"", 0
    pieces: list[bytes] = []
    for node in parse(content).children:
        if node.type == "comment":
            continue
        if node.type in _IMPORTS:
            head, pieces, start = content[: node.end_byte], [], node.end_byte
        else:
            # What stands behind it on its line is its own comment.
            end = content.find(b"\n", node.end_byte)
            end = len(content) if end < 0 else end + 1
            if end <= start:
                pieces[-1] += content[start : node.end_byte]
                continue
            pieces.append(content[start:end])
            start = end
    return head, [*pieces, content[start:]]


def _joined(head: bytes, pieces: list[bytes]) -> bytes:
    return b"\n".join([head, *pieces]) + b"\n"


def _in_another_order(files: Mapping[str, bytes], random: Random) -> Files:
    """Return the files with the declarations of each in another order."""
    shuffled = {}
    for name, content in files.items():
        head, pieces = _pieces(content)
        random.shuffle(pieces)
        shuffled[name] = _joined(head, pieces)
    return shuffled


def _in_other_files(files: Mapping[str, bytes], random: Random) -> Files:
    """Return the declarations in other files, each of which imports what its declarations came with."""
    split: Files = {}
    for content in files.values():
        head, pieces = _pieces(content)
        at = random.randint(0, len(pieces))
        for part in (pieces[:at], pieces[at:]):
            split[f"f{random.getrandbits(40):x}.bal"] = _joined(head, part)
    return split


def _in_one_layout(files: Mapping[str, bytes], random: Random) -> Files:
    """Return the files in another layout, each in one of its own."""
    return {name: LAYOUTS[random.choice(sorted(LAYOUTS))](content) for name, content in files.items()}


def _without_comments(files: Mapping[str, bytes], _random: Random) -> Files:
    """Return the files without comments; documentation is none."""
    stripped = {}
    for name, content in files.items():
        kept, at = [], 0
        for node in _nodes(parse(content)):
            if node.type == "comment":
                kept.append(content[at : node.start_byte])
                at = node.end_byte
        stripped[name] = b"".join([*kept, content[at:]])
    return stripped


def _with_quoted_names(files: Mapping[str, bytes], random: Random) -> Files:
    """Return the files with a quote before some names: `'name` is `name`."""
    return {
        name: _replaced(
            content,
            {
                node.start_byte: (node.end_byte, b"'" + content[node.start_byte : node.end_byte])
                for node in _nodes(parse(content), bodies=False)
                if _is_plain_name(node, content) and random.random() < 0.3
            },
        )
        for name, content in files.items()
    }


def _is_plain_name(node: Node, content: bytes) -> bool:
    """Return whether a node is a name of one token, and no part of a documentation or a module's name."""
    parent = node.parent
    return (
        node.type == "identifier"
        and not node.children
        and parent is not None
        and parent.type in {"required_parameter", "record_field", "type_reference"}
        and re.fullmatch(rb"\w+", content[node.start_byte : node.end_byte]) is not None
    )


def _with_parentheses(files: Mapping[str, bytes], random: Random) -> Files:
    """Return the files with some types in parentheses."""
    rewritten = {}
    for name, content in files.items():
        places: dict[int, tuple[int, bytes]] = {}
        end = 0
        for node in _nodes(parse(content), bodies=False):
            type_ = node.child_by_field_name("type") if node.type in _TYPED else None
            # One within another would be replaced with it.
            if type_ is None or type_.start_byte < end or random.random() < 0.5:
                continue
            end = type_.end_byte
            places[type_.start_byte] = (end, b"(" + content[type_.start_byte : end] + b")")
        rewritten[name] = _replaced(content, places)
    return rewritten


def _with_other_private_names(files: Mapping[str, bytes], random: Random) -> Files:
    """Return the files with other names for types that are private, and stand as a type only."""
    private: set[bytes] = set()
    otherwise: set[bytes] = set()
    for content in files.values():
        for node in _nodes(parse(content)):
            if node.type != "identifier" or node.parent is None:
                continue
            text = content[node.start_byte : node.end_byte]
            declares = node.parent.type in _TYPES and node.parent.child_by_field_name("name") == node
            if declares and not any(child.type == "public" for child in node.parent.children):
                private.add(text)
            elif node.parent.type != "type_reference":
                otherwise.add(text)
    names = {text: b"X%x" % random.getrandbits(32) + text for text in private - otherwise}
    return {
        name: _replaced(
            content,
            {
                node.start_byte: (node.end_byte, names[content[node.start_byte : node.end_byte]])
                for node in _nodes(parse(content))
                if node.type == "identifier" and content[node.start_byte : node.end_byte] in names
            },
        )
        for name, content in files.items()
    }


def _replaced(content: bytes, places: Mapping[int, tuple[int, bytes]]) -> bytes:
    """Return a text with others from some bytes on to others."""
    parts, at = [], 0
    for start in sorted(places):
        end, text = places[start]
        parts += [content[at:start], text]
        at = end
    return b"".join([*parts, content[at:]])


UNSEEN: Mapping[str, Callable[[Mapping[str, bytes], Random], Files]] = {
    "another order": _in_another_order,
    "other files": _in_other_files,
    "another layout": _in_one_layout,
    "no comments": _without_comments,
    "quoted names": _with_quoted_names,
}
"""What may be done to the files of a module so that nothing differs, not even for who reads the API."""

RESPELLING: Mapping[str, Callable[[Mapping[str, bytes], Random], Files]] = {
    "parentheses": _with_parentheses,
    "other private names": _with_other_private_names,
}
"""What may be done so that some types are written differently, which is at most a patch."""
