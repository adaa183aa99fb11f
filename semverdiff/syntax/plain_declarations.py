"""Plain declarations into data without a tree: most records, aliases, constants and heads of functions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from semverdiff.syntax import _ballerina, nodes
from semverdiff.syntax.spelling import documentation
from semverdiff.syntax.tree import module_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.syntax.outlines import Item

__all__ = ["read_plain"]

_KINDS: Final = {
    "record": "type_definition",
    "alias": "type_definition",
    "constant": "constant_declaration",
    "function": "function_definition",
}
_READONLY: Final = 1
_OPTIONAL: Final = 2
_INCLUDED: Final = 4
_REST: Final = 8
# The keywords that are a type by themselves, and begin no longer one.
_KEYWORDS: Final = frozenset(
    [
        "any",
        "anydata",
        "boolean",
        "byte",
        "decimal",
        "error",
        "float",
        "handle",
        "int",
        "json",
        "never",
        "string",
    ]
)
_NO_QUALIFIERS: Final[frozenset[str]] = frozenset()
_ISOLATED: Final = frozenset({"isolated"})
# Types of fields and parameters that a package repeats: most are of one or two words.
_TYPES_KEPT: Final = 1024
_LONGEST_KEPT: Final = 40


def read_plain(item: Item, imports: Mapping[str, str]) -> nodes.Declaration | None:
    """Return a declaration of a file with these imports, or `None` if it takes a tree to tell.

    The text is that declaration and has no syntax error, but perhaps in the body of a function: for that the
    parser must be asked.
    """
    found = _ballerina.plain_declaration(item.content)
    if found is None:
        return None
    form, public, isolated, closed, head, parts, body = found
    _, _, type_, name, value, _, _ = head
    if name != item.key or public != item.public or _KINDS[form] != item.kind:
        return None
    metadata = _metadata(head, item)
    match form:
        case "record":
            record = _record(parts, item, imports, closed=closed)
            return nodes.TypeDefinition(item.key, public, record, metadata)
        case "alias":
            return nodes.TypeDefinition(item.key, public, _type(type_, imports), metadata)
        case "constant":
            declared = _type(type_, imports) if type_ else None
            return nodes.Constant(item.key, public, declared, _literal(value), metadata)
    parameters = tuple([_parameter(part, item, imports) for part in parts])
    result = _type(type_, imports) if type_ else nodes.NIL
    return nodes.Function(
        name=item.key,
        public=public,
        qualifiers=_ISOLATED if isolated else _NO_QUALIFIERS,
        signature=nodes.Signature(parameters, result),
        body=item.content[body:],
        metadata=metadata,
    )


def _record(
    parts: list[_ballerina.Part], item: Item, imports: Mapping[str, str], *, closed: bool
) -> nodes.RecordType:
    fields: list[nodes.RecordField] = []
    inclusions: list[nodes.Reference] = []
    rest: nodes.TypeDescriptor | None = None
    for part in parts:
        marks, _, type_, name, value, _, _ = part
        if marks & _INCLUDED:
            inclusions.append(_reference(type_, imports))
        elif marks & _REST:
            rest = _type(type_, imports)
        else:
            fields.append(
                nodes.RecordField(
                    name,
                    _type(type_, imports),
                    marks & _OPTIONAL != 0,
                    marks & _READONLY != 0,
                    _literal(value) if value else None,
                    _metadata(part, item),
                )
            )
    return nodes.RecordType(tuple(fields), tuple(inclusions), closed, rest)


def _parameter(part: _ballerina.Part, item: Item, imports: Mapping[str, str]) -> nodes.Parameter:
    marks, _, type_, name, value, _, _ = part
    kind: nodes.ParameterKind = "required"
    if marks & _INCLUDED:
        kind = "included"
    elif marks & _REST:
        kind = "rest"
    elif value:
        kind = "defaultable"
    default = _literal(value) if value else None
    return nodes.Parameter(kind, name, _type(type_, imports), default, False, _metadata(part, item))


def _metadata(part: _ballerina.Part, item: Item) -> nodes.Metadata:
    """Return what stands before a name, with its place in the file."""
    _, written, _, _, _, row, column = part
    place = nodes.Location(item.line + row, column + 1 if row else item.column + column + 1)
    return nodes.Metadata(place, documentation(written)) if written else nodes.Metadata(place)


def _literal(written: str) -> nodes.Expression:
    return nodes.Expression((written,), " ".join(written.split()))


def _type(written: str, imports: Mapping[str, str]) -> nodes.TypeDescriptor:
    is_kept = len(written) <= _LONGEST_KEPT and ":" not in written
    return _of_this_module(written) if is_kept else _composed(written, imports)


@lru_cache(_TYPES_KEPT)
def _of_this_module(written: str) -> nodes.TypeDescriptor:
    return _composed(written, {})


def _composed(written: str, imports: Mapping[str, str]) -> nodes.TypeDescriptor:
    """Read a type of names, strings and nil, in arrays, maps, options and unions."""
    if written.isidentifier():
        return _leaf(written, imports)
    for sign in ("|", "<", ">", "[]", "?"):
        written = written.replace(sign, f" {sign} ")
    unions: list[list[nodes.TypeDescriptor]] = [[]]
    for token in written.split():
        operand: nodes.TypeDescriptor
        match token:
            case "|" | "<":
                continue  # between operands, and behind `map`
            case "map":
                unions.append([])
                continue
            case ">":
                operand = nodes.ParameterizedType("map", _united(unions.pop()))
            case "[]":
                operand = nodes.ArrayType(unions[-1].pop(), None)
            case "?":
                operand = nodes.OptionalType(unions[-1].pop())
            case _:
                operand = _leaf(token, imports)
        unions[-1].append(operand)
    return _united(unions.pop())


def _united(operands: list[nodes.TypeDescriptor]) -> nodes.TypeDescriptor:
    return operands[0] if len(operands) == 1 else nodes.UnionType(tuple(operands))


def _leaf(written: str, imports: Mapping[str, str]) -> nodes.TypeDescriptor:
    if written in _KEYWORDS:
        return nodes.BuiltinType(written)
    if written == "()":
        return nodes.NIL
    return nodes.SingletonType(written) if written[0] == '"' else _reference(written, imports)


def _reference(written: str, imports: Mapping[str, str]) -> nodes.Reference:
    prefix, sign, name = written.rpartition(":")
    return nodes.Reference(module_of(prefix, imports) if sign else None, name)
