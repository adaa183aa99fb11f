"""What does a file declare? The first look at a file: names and extents, nothing below.

The tree is dropped here. A declaration whose text turns out to matter is parsed again on its own
(`read_declaration`), which is cheaper than keeping the trees of every file.
"""

from __future__ import annotations

import re
from itertools import starmap
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff import limits
from semverdiff.syntax import _ballerina
from semverdiff.syntax.spelling import name_of
from semverdiff.syntax.tree import (
    Characters,
    broken,
    identifier,
    listeners,
    parse,
    spaced,
    text,
    tokens,
    walk,
)
from semverdiff.text import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tree_sitter import Node

__all__ = ["DECLARATIONS", "Damage", "Item", "Outline", "is_item", "normalized", "outline", "scan"]

DECLARATIONS = frozenset(
    {
        "annotation_declaration",
        "class_definition",
        "constant_declaration",
        "enum_declaration",
        "function_definition",
        "listener_declaration",
        "module_variable_declaration",
        "service_declaration",
        "type_definition",
    }
)
"""The kinds of nodes that are declarations."""
_NAMELESS = frozenset({"comment", "import_declaration", "xml_namespace_declaration"})
# A word as the grammar reads it, and what it may be a part of: both may be names.
_WORD = rb"(?s)(?:[\w\x80-\xff]|\\(?:u\{[0-9A-Fa-f]+\}|.))+"
# To parse many declarations at once costs less than each alone, and their tree takes no memory to speak of.
# So many bytes hold no more words than a piece may have.
_PIECE_BYTES = 2**19
# Words that stand in no body: an error that holds one has taken in another declaration.
_OF_THE_MODULE = frozenset({"public", "import", "class", "enum", "listener", "configurable", "annotation"})


class Item(msgspec.Struct, frozen=True, gc=False):
    """One declaration of a file, unread.

    `key` is its name within the module: annotations have a symbol space of their own (`@Name`),
    services are keyed by `service` and what stands before their braces. `kind` is the node's type.
    The text, whose lines end at LF, starts at `line`, counted from 1, behind `column` characters.
    `listeners` are those of a service that its key does not name.
    """

    key: str
    kind: str
    public: bool
    line: int
    content: bytes
    column: int = 0
    listeners: str = ""


class Damage(msgspec.Struct, frozen=True):
    """A place that does not parse, or that declares a name again.

    `key` names the declaration around it, if one could be recognised; `in_body` says that only the
    body of a function is hurt, so that the declaration can still be read. If not, `names` are the words
    that the broken text holds: declarations of these names may be hidden in it; any, where they are `None`.
    `first` is the place of the first declaration of a name that is declared again; `names`, then, are others
    of which that is true.
    """

    line: int
    column: int
    excerpt: str
    message: str
    key: str | None
    in_body: bool
    names: frozenset[str] | None
    first: str = ""

    @property
    def problem(self) -> str:
        """Return what is wrong, as a sentence about the source goes on."""
        if self.first:
            more = ", and more names twice from here on" if self.names else ""
            return f"declares '{self.excerpt}' twice, first at {self.first}{more}"
        return f"does not parse: {self.message}"


class Outline(msgspec.Struct, frozen=True):
    """The imports (prefix to module), declarations and damages of one file.

    A module is written `organization/name`, or as its name alone where the import gives no
    organization, which means the importing package's own. Of a file that was scanned (not `is_parsed`) only
    the extents of the items are known: there may be damages in them.
    """

    imports: Mapping[str, str]
    items: tuple[Item, ...]
    damages: tuple[Damage, ...]
    is_parsed: bool = True


def normalized(content: bytes) -> bytes:
    """Return a text whose lines end at LF."""
    # SPEC, Lexical structure: CR and CR LF are normalized to LF, also in templates. The parser counts by LF.
    if b"\r" in content:
        return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content


def outline(content: bytes) -> Outline:
    """Return what the file declares, up to a mistake behind which all is one damage."""
    content = normalized(content)
    if _is_large(content):
        return _outline_of_pieces(content)
    root = parse(content)
    children = root.children
    imports = dict(_imported(node) for node in children if node.type == "import_declaration")
    source = _Source(content)
    damages, end = _told_damages(root, source) if root.has_error else ((), len(content))
    found = (_item(node, source.characters) for node in children if node.end_byte <= end)
    return Outline(imports, tuple(item for item in found if item is not None), damages)


def scan(content: bytes) -> Outline | None:
    """Return what the file declares by its tokens, without a tree: fifty times as fast as `outline`.

    It has the same imports and items wherever the file parses. Declarations of the common kinds are not
    parsed: there may be damages in them. Return `None` for a file that is not known to be sound around them.
    """
    content = normalized(content)
    found = _ballerina.declarations(content) if _is_text(content) else None
    if found is None:
        return None
    rows, imports, others = found
    imported = parse(b"\n".join(imports))
    nodes = imported.children
    if imported.has_error or [node.text for node in nodes] != imports:
        return None
    items: list[Item | None] = list(starmap(Item, rows))
    for number in others:
        *_, line, text, column = rows[number]
        root = parse(text)
        if root.has_error or root.child_count != 1 or root.children[0].text != text:
            return None
        item = _item(root.children[0], Characters(text))
        items[number] = None if item is None else replace(item, line=line, column=column)
    return Outline(dict(map(_imported, nodes)), tuple(filter(None, items)), (), is_parsed=False)


def _outline_of_pieces(content: bytes) -> Outline:
    """Return what a file declares that is too large to be parsed at once, up to its first mistake."""
    scanned = scan(content)
    if scanned is None:
        message = f"its declarations have no clear end, and it has more than {limits.PIECE_WORDS:,} words"
        return Outline({}, (), (_damage_of_rest(content, 0, 0, message),))
    items: list[Item] = []
    for start, end, first in _pieces(content, scanned.items):
        piece = content[start:end]
        if _is_large(piece):
            message = f"more than {limits.PIECE_WORDS:,} words up to the end of a declaration"
            return Outline(scanned.imports, tuple(items), (_damage_of_rest(content, start, start, message),))
        root = parse(piece)
        if root.has_error:
            node, _, damage = next(_damages(root, _Source(piece)))
            rest = _damage_of_rest(content, start, start + node.start_byte, damage.message)
            return Outline(scanned.imports, tuple(items), (rest,))
        items += _items_of_piece(root, Characters(piece), first)
    return Outline(scanned.imports, tuple(items), ())


def _pieces(content: bytes, items: Iterable[Item]) -> Iterator[tuple[int, int, Item | None]]:
    """Yield start and end of the pieces of a file, and the declaration that each begins with, if any."""
    start, place, line = 0, 0, 1
    first: Item | None = None
    for item in items:
        before = place
        place = content.index(item.content, place)
        line += content.count(b"\n", before, place)
        while line < item.line:  # the same text in a comment before it
            before, place = place, content.index(item.content, place + 1)
            line += content.count(b"\n", before, place)
        if place + len(item.content) - start > _PIECE_BYTES:
            yield start, place, first
            start, first = place, item
        line += item.content.count(b"\n")
        place += len(item.content)
    yield start, len(content), first


def _items_of_piece(root: Node, characters: Characters, first: Item | None) -> Iterator[Item]:
    line, column = (1, 0) if first is None else (first.line, first.column)
    for node in root.children:
        item = _item(node, characters)
        if item is not None:
            in_row = column if item.line == 1 else 0
            yield replace(item, line=item.line + line - 1, column=item.column + in_row)


def _damage_of_rest(content: bytes, start: int, place: int, message: str) -> Damage:
    """Return the damage that a file is from some byte on; its first mistake is at another one."""
    lines = content.count(b"\n", 0, place)
    line_start = content.rfind(b"\n", 0, place) + 1
    line_end = content.find(b"\n", place)
    line = content[line_start : line_end if line_end >= 0 else len(content)]
    return Damage(
        line=lines + 1,
        column=len(content[line_start:place].decode(errors="replace")) + 1,
        excerpt=line.decode(errors="replace").rstrip(),
        message=message,
        key=None,
        in_body=False,
        names=_names_in(content[start:]),
    )


def _names_in(content: bytes) -> frozenset[str] | None:
    """Return all that may be a name in a text that is not parsed; `None` for more than are kept."""
    if count_words(content) > limits.HIDDEN_WORDS:
        return None
    return frozenset(_possible_names(content))


def _possible_names(content: bytes) -> Iterator[str]:
    for word in re.finditer(_WORD, content):
        name = name_of(word.group().decode(errors="replace"))
        yield name
        if not name.isidentifier():
            yield from re.findall(r"\w+", name)


def _is_large(content: bytes) -> bool:
    return len(content) > limits.PIECE_WORDS and count_words(content) > limits.PIECE_WORDS


def _is_text(content: bytes) -> bool:
    if not content.isascii():
        try:
            content.decode()
        except UnicodeDecodeError:
            return False
    return True


def _imported(node: Node) -> tuple[str, str]:
    organization, module = node.child_by_field_name("organization"), node.child_by_field_name("module")
    names = [identifier(name) for name in module.named_children if name.type != "comment"] if module else []
    prefix = node.child_by_field_name("prefix")
    path = ".".join(names)
    full = f"{identifier(organization)}/{path}" if organization else path
    # SPEC, Imports: without `as`, the prefix is the last part of the module's name.
    return (identifier(prefix) if prefix else names[-1] if names else "", full)


def _item(node: Node, characters: Characters) -> Item | None:
    kind = node.type
    if kind not in DECLARATIONS:
        return None  # also a member, where what holds it never ends
    key = _key(node)
    if key is None:
        return None
    public = node.child_by_field_name("visibility") is not None
    row, offset = node.start_point
    column = characters.between(node.start_byte - offset, node.start_byte)
    beside_key = _listeners(node) if node.child_by_field_name("attach_point") else ""
    return Item(key, kind, public, row + 1, node.text or b"", column, beside_key)


def is_item(node: Node, item: Item) -> bool:
    """Return whether a node of the tree of an item's text is the declaration that the item tells of."""
    if node.type != item.kind or (node.start_byte, node.end_byte) != (0, len(item.content)):
        return False
    # The key of a service may have more to tell it from another one.
    is_named = node.type == "service_declaration" or _key(node) == item.key
    return is_named and item.public == (node.child_by_field_name("visibility") is not None)


def _key(node: Node) -> str | None:
    """Return a declaration's key in its module; `None` for what declares no single name."""
    if node.type == "service_declaration":
        place = node.child_by_field_name("attach_point")
        return f"service {''.join(tokens(place)) if place else _listeners(node)}"
    name = node.child_by_field_name("name") or node.child_by_field_name("binding")
    if name is None or name.is_missing:
        return None
    if name.type.endswith("_binding_pattern") and node.child_by_field_name("visibility") is not None:
        return spaced(name)  # `[host, port]` declares several names, which change together
    if name.type != "identifier":
        return None
    return f"@{identifier(name)}" if node.type == "annotation_declaration" else identifier(name)


def _listeners(service: Node) -> str:
    return ", ".join(spaced(one) for one in listeners(service))


def _told_damages(root: Node, source: _Source) -> tuple[tuple[Damage, ...], int]:
    """Return the damages of a tree with an error, and the byte at which what they leave of it ends.

    Behind as many as are told apart, all is one: from the declaration that the next one is in.
    """
    told: list[Damage] = []
    for _, declaration, damage in _damages(root, source):
        if len(told) == limits.DAMAGES:
            start = declaration.start_byte
            message = f"{damage.message}, after {limits.DAMAGES:,} other mistakes"
            names = _names_in(source.content[start:])
            told.append(replace(damage, message=message, key=None, in_body=False, names=names))
            return tuple(told), start
        told.append(damage)
    return tuple(told), len(source.content)


def _damages(root: Node, source: _Source) -> Iterator[tuple[Node, Node, Damage]]:
    """Yield the damages of a tree with an error: at least one, whatever the parser made of it.

    With each its node, and the child of the root that this is in.
    """
    found = False
    for declaration in root.children:
        if not declaration.has_error:
            continue
        key = _key(declaration) if declaration.type in DECLARATIONS else None
        for node, below_body in broken(declaration):
            found = True
            in_body = below_body and key is not None and not _takes_in_declarations(node)
            line, column = source.place(node)
            damage = Damage(
                line=line,
                column=column,
                excerpt=source.line(line),
                message=f"`{node.type}` is missing" if node.is_missing else f"unexpected {_shown(node)}",
                key=key,
                in_body=in_body,
                names=frozenset() if in_body else frozenset(_words([node])),
            )
            yield node, declaration, damage
    if root.is_error or not found:
        yield _of_the_file(root, source)


def _of_the_file(root: Node, source: _Source) -> tuple[Node, Node, Damage]:
    """Return the damage of a file that is no list of declarations: no part of its tree need be an error.

    It stands at the first loose word beside them; what follows may be a part of what begins there.
    """
    children = root.children
    start = next((at for at, child in enumerate(children) if _is_loose(child)), None)
    first = root if start is None else children[start]
    line, column = source.place(first)
    damage = Damage(
        line=line,
        column=column,
        excerpt=source.line(line),
        message=f"unexpected {_shown(first)}",
        key=None,
        in_body=False,
        names=frozenset(_words(children[start or 0 :])),
    )
    return first, first, damage


def _is_loose(node: Node) -> bool:
    return node.type not in DECLARATIONS and node.type not in _NAMELESS


class _Source:
    """The text of a file by places. A line is decoded once, because it may hold thousands of damages."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.characters = Characters(content)
        self._lines = content.split(b"\n")
        self._decoded: dict[int, str] = {}

    def place(self, node: Node) -> tuple[int, int]:
        """Return the line and the column of a node, counted from 1."""
        row, offset = node.start_point
        return row + 1, self.characters.between(node.start_byte - offset, node.start_byte) + 1

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without the white space at its end."""
        if number not in self._decoded:
            line = self._lines[number - 1] if number <= len(self._lines) else b""
            self._decoded[number] = line.decode(errors="replace").rstrip()
        return self._decoded[number]


def _takes_in_declarations(node: Node) -> bool:
    return any(part.type in _OF_THE_MODULE for part in walk(node))


def _shown(node: Node, limit: int = 40) -> str:
    # As many words are longer than what is shown; there may be a million of them.
    shown = " ".join(text(node).split(maxsplit=limit + 1)[: limit + 1])
    return f"`{shown[:limit]}...`" if len(shown) > limit else f"`{shown}`"


def _words(nodes: Iterable[Node]) -> Iterator[str]:
    return (identifier(part) for node in nodes for part in walk(node) if part.type == "identifier")
