"""One declaration of an outline into data, from its own text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from semverdiff.syntax import nodes
from semverdiff.syntax.descriptors import (
    BODIES,
    QUALIFIERS,
    BrokenSyntaxError,
    child,
    descriptor,
    index_of,
    members,
    metadata,
    metadata_of,
    parts_of,
    qualifiers,
    read,
    signature,
)
from semverdiff.syntax.outlines import is_item
from semverdiff.syntax.plain_declarations import read_plain
from semverdiff.syntax.tree import Characters, Slice, broken, expression, identifier, listeners, parse, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from semverdiff.syntax.outlines import Item

__all__ = ["read_declaration", "read_scanned", "read_tree"]

# So many bodies are remembered that have no more bytes: those of both versions are mostly the same.
_BODIES_KEPT: Final = 4096
_LONGEST_KEPT: Final = 4096
_OBJECT_QUALIFIERS = frozenset({"isolated", "client", "service"})


def read_declaration(item: Item, imports: Mapping[str, str]) -> nodes.Declaration:
    """Read one declaration of a file with these imports.

    Raises `BrokenSyntaxError` if a syntax error leaves no whole declaration.
    """
    plain = _read_sound(item, imports)
    if plain is not None:
        return plain
    node = next((one for one in parse(item.content).children if one.type == item.kind), None)
    if node is None or (node.has_error and not all(in_body for _, in_body in broken(node))):
        raise BrokenSyntaxError(f"{item.key} does not parse on its own")
    return _declaration(node, item, _slice(item, imports))


def read_scanned(item: Item, imports: Mapping[str, str]) -> nodes.Declaration:
    """Read one declaration of which only the extent is known, because its file was scanned.

    Raises `BrokenSyntaxError` if there is an error anywhere in it, or if its text is another declaration.
    """
    plain = _read_sound(item, imports)
    return read_tree(item, imports) if plain is None else plain


def read_tree(item: Item, imports: Mapping[str, str]) -> nodes.Declaration:
    """Read one declaration as `read_scanned` does, from its tree whatever its form."""
    return _declaration(_sole_node(item), item, _slice(item, imports))


def _read_sound(item: Item, imports: Mapping[str, str]) -> nodes.Declaration | None:
    """Return a declaration without a tree, if it is plain and the bodies in it parse."""
    plain = read_plain(item, imports)
    if plain is None:
        return None
    declaration, doubtful = plain
    return declaration if all(map(_is_sound, doubtful)) else None


def _is_sound(body: bytes) -> bool:
    """Return whether the body of a function parses."""
    return _short_is_sound(body) if len(body) <= _LONGEST_KEPT else _parses(body)


@lru_cache(_BODIES_KEPT)
def _short_is_sound(body: bytes) -> bool:
    return _parses(body)


def _parses(body: bytes) -> bool:
    text = b"function f() " + body
    root = parse(text)
    return not root.has_error and root.child_count == 1 and root.children[0].end_byte == len(text)


def _sole_node(item: Item) -> Node:
    root = parse(item.content)
    if root.has_error or root.child_count != 1 or not is_item(root.children[0], item):
        raise BrokenSyntaxError(f"{item.key} does not parse")
    return root.children[0]


def _slice(item: Item, imports: Mapping[str, str]) -> Slice:
    return Slice(item.content.decode("latin-1"), Characters(item.content), imports, item.line, item.column)


def _declaration(node: Node, item: Item, piece: Slice) -> nodes.Declaration:
    match item.kind:
        case "function_definition":
            return _function(node, item, piece)
        case "type_definition":
            parts, kinds = parts_of(node)
            type_ = descriptor(child(node, "type"), piece)
            place = parts[index_of("identifier", kinds)]
            return nodes.TypeDefinition(item.key, item.public, type_, metadata_of(parts, kinds, place, piece))
        case "class_definition":
            return _class(node, item, piece)
        case "enum_declaration":
            listed = tuple(
                nodes.EnumMember(
                    identifier(child(one, "name")),
                    _optional_expression(one, "value", piece),
                    metadata(one, piece),
                )
                for one in node.named_children
                if one.type == "enum_member"
            )
            return nodes.Enum(item.key, item.public, listed, metadata(node, piece))
        case "constant_declaration" | "listener_declaration":
            declared = nodes.Constant if item.kind == "constant_declaration" else nodes.Listener
            value = expression(child(node, "value"), piece)
            return declared(item.key, item.public, _optional_type(node, piece), value, metadata(node, piece))
        case "module_variable_declaration":
            return _variable(node, item, piece)
        case "annotation_declaration":
            return _annotation_declaration(node, item, piece)
        case "service_declaration":
            return _service(node, item, piece)
    raise TypeError(f"no declaration: {item.kind}")


def _function(node: Node, item: Item, piece: Slice) -> nodes.Function:
    parts, kinds = parts_of(node)
    place = parts[index_of("identifier", kinds)]
    return nodes.Function(
        name=item.key,
        public=item.public,
        qualifiers=QUALIFIERS.intersection(kinds),
        signature=read(signature(parts[index_of("signature", kinds)], piece), piece),
        body=parts[-1].text if kinds[-1] in BODIES else None,
        metadata=metadata_of(parts, kinds, place, piece),
    )


def _class(node: Node, item: Item, piece: Slice) -> nodes.Class:
    inner = read(members(node, piece), piece)
    return nodes.Class(
        name=item.key,
        public=item.public,
        qualifiers=inner.qualifiers - _OBJECT_QUALIFIERS,
        type=nodes.ObjectType(
            inner.qualifiers & _OBJECT_QUALIFIERS, inner.fields, inner.methods, inner.inclusions
        ),
        metadata=metadata(node, piece),
    )


def _variable(node: Node, item: Item, piece: Slice) -> nodes.Variable:
    value = node.child_by_field_name("value")
    required = value is not None and value.type == "required_configurable"
    return nodes.Variable(
        name=item.key,
        public=item.public,
        qualifiers=qualifiers(node),
        type=_optional_type(node, piece),
        initial=None if value is None or required else expression(value, piece),
        required=required,
        metadata=metadata(node, piece),
    )


def _annotation_declaration(node: Node, item: Item, piece: Slice) -> nodes.AnnotationDeclaration:
    return nodes.AnnotationDeclaration(
        name=item.key.removeprefix("@"),
        public=item.public,
        const="const" in qualifiers(node),
        type=_optional_type(node, piece),
        attach_points=frozenset(" ".join(tokens(one)) for one in node.children if one.type == "attach_point"),
        metadata=metadata(node, piece),
    )


def _service(node: Node, item: Item, piece: Slice) -> nodes.Service:
    service_type = _optional_type(node, piece)
    place = node.child_by_field_name("attach_point")
    return nodes.Service(
        name=item.key.removeprefix("service "),
        attach_point="".join(tokens(place)) if place else "",
        listeners=tuple(expression(one, piece) for one in listeners(node)),
        service_type=service_type if isinstance(service_type, nodes.Reference) else None,
        type=read(members(node, piece), piece),
        metadata=metadata(node, piece),
    )


def _optional_type(node: Node, piece: Slice) -> nodes.TypeDescriptor | None:
    found = node.child_by_field_name("type")
    # `var` is a keyword in the type's place: the type follows from the value.
    return descriptor(found, piece) if found is not None and found.type != "var" else None


def _optional_expression(node: Node, name: str, piece: Slice) -> nodes.Expression | None:
    found = node.child_by_field_name(name)
    return expression(found, piece) if found is not None else None
