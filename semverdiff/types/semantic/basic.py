"""The basic types by number: SPEC, Values, types and variables: they are pairwise disjoint.

A semantic type says for each of them: none of its values, all of them, or which (`algebra.SemType`).
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ANY",
    "BOOLEAN",
    "CELL",
    "DECIMAL",
    "ERROR",
    "FINITE",
    "FLOAT",
    "FOREIGN_MUTABLE",
    "FOREIGN_READONLY",
    "FUNCTION",
    "FUTURE",
    "HANDLE",
    "INT",
    "KEYWORDS",
    "LIST",
    "MAPPING",
    "NIL",
    "OBJECT",
    "READONLY_WHOLE",
    "REGEXP",
    "SCALARS",
    "STREAM",
    "STRING",
    "TABLE",
    "TYPEDESC",
    "UNDEFINED",
    "VALUES",
    "WILD",
    "XML",
    "bits",
]

NIL: Final = 0
BOOLEAN: Final = 1
INT: Final = 2
FLOAT: Final = 3
DECIMAL: Final = 4
STRING: Final = 5
ERROR: Final = 6
TYPEDESC: Final = 7
HANDLE: Final = 8
FUNCTION: Final = 9
REGEXP: Final = 10
FUTURE: Final = 11
STREAM: Final = 12
LIST: Final = 13
MAPPING: Final = 14
TABLE: Final = 15
XML: Final = 16
OBJECT: Final = 17

# Values of types that other packages declare, in two parts, because `readonly` holds nothing mutable.
# Their errors are a part of ERROR, like those of a distinct error type.
FOREIGN_READONLY: Final = 18
FOREIGN_MUTABLE: Final = 19

# The value that fits everywhere, for questions in their most favourable reading (`names.Reading`).
WILD: Final = 20

# No values: what a member may be (`cells`), and the absence of a field.
CELL: Final = 21
UNDEFINED: Final = 22


def bits(*codes: int) -> int:
    """Return the set of these basic types as a bit mask."""
    mask = 0
    for code in codes:
        mask |= 1 << code
    return mask


VALUES: Final = bits(*range(WILD + 1))
ANY: Final = VALUES & ~bits(ERROR)
FINITE: Final = bits(NIL, BOOLEAN)
SCALARS: Final = frozenset({BOOLEAN, INT, FLOAT, DECIMAL, STRING})
READONLY_WHOLE: Final = bits(
    NIL,
    BOOLEAN,
    INT,
    FLOAT,
    DECIMAL,
    STRING,
    ERROR,
    TYPEDESC,
    HANDLE,
    FUNCTION,
    REGEXP,
    FOREIGN_READONLY,
    WILD,
)

# The keywords that stand for basic types as wholes.
KEYWORDS: Final = {
    "any": ANY,
    "boolean": bits(BOOLEAN),
    "decimal": bits(DECIMAL),
    "error": bits(ERROR),
    "float": bits(FLOAT),
    "function": bits(FUNCTION),
    "future": bits(FUTURE),
    "handle": bits(HANDLE),
    "int": bits(INT),
    "map": bits(MAPPING),
    "never": 0,
    "stream": bits(STREAM),
    "string": bits(STRING),
    "table": bits(TABLE),
    "typedesc": bits(TYPEDESC),
    "xml": bits(XML),
}
