"""Declarations into data without a tree, where they are plain: most are, but for rare or ambiguous forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.syntax import _ballerina, nodes
from semverdiff.syntax.spelling import documentation
from semverdiff.syntax.tree import module_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.syntax.outlines import Item

__all__ = ["plain_declaration", "read_plain"]

_CLASSES: Final[dict[str, type[nodes.Declaration]]] = {
    "class_definition": nodes.Class,
    "constant_declaration": nodes.Constant,
    "enum_declaration": nodes.Enum,
    "function_definition": nodes.Function,
    "module_variable_declaration": nodes.Variable,
    "type_definition": nodes.TypeDefinition,
}
# In the order of `enum plain_kind` and `enum maker`; a token is a text.
_MAKERS: Final = (
    nodes.BuiltinType,
    nodes.NIL,
    nodes.SingletonType,
    nodes.Reference,
    nodes.ArrayType,
    nodes.OptionalType,
    nodes.UnionType,
    nodes.IntersectionType,
    nodes.DistinctType,
    nodes.ParameterizedType,
    nodes.StreamType,
    nodes.TableType,
    nodes.TupleType,
    nodes.RecordType,
    nodes.FunctionType,
    nodes.ObjectType,
    nodes.Expression,
    nodes.Annotation,
    nodes.RecordField,
    nodes.Parameter,
    nodes.Signature,
    nodes.PathSegment,
    nodes.ObjectField,
    nodes.Method,
    nodes.EnumMember,
    nodes.Function,
    nodes.TypeDefinition,
    nodes.Class,
    nodes.Enum,
    nodes.Constant,
    nodes.Variable,
    str,
    nodes.Metadata,
    nodes.Location,
    documentation,
    module_of,
)
# Types that are a name or keyword, and sets of qualifiers: most are written many times in a package.
_KEPT: Final[dict[str | int, object]] = {}


def read_plain(item: Item, imports: Mapping[str, str]) -> tuple[nodes.Declaration, list[bytes]] | None:
    """Return a declaration of a file with these imports, or `None` if it takes a tree to tell.

    With it are the bodies of functions in it for which the parser must be asked: there may be syntax errors
    in them. There is none elsewhere.
    """
    declared = _CLASSES.get(item.kind)
    if declared is None:
        return None
    read = plain_declaration(item.content, item.line, item.column, imports)
    if read is None:
        return None
    found = read[0]
    if not isinstance(found, declared) or found.name != item.key or found.public != item.public:
        return None
    return read


def plain_declaration(
    content: bytes, line: int, column: int, imports: Mapping[str, str]
) -> tuple[nodes.Declaration, list[bytes]] | None:
    """Return the plain declaration that a text is, or `None`, as `read_plain` does for an item.

    The text begins on a line behind so many columns.
    """
    return _ballerina.plain_declaration(content, line, column, imports, _MAKERS, _KEPT)
