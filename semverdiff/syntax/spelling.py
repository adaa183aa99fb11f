"""How a name is written in a source: reserved words and special characters need quotes and escapes."""

from __future__ import annotations

import re

__all__ = ["spelled"]

# SPEC, Identifiers: keywords that need a quote to be a name. The grammar has the same list.
_RESERVED = frozenset(
    """
    abstract annotation any anydata as ascending base16 base64 boolean break by byte check checkpanic class
    client commit configurable conflict const continue decimal descending distinct do else enum equals error
    external fail false field final float flush foreach fork from function future handle if import in int is
    isolated join json let limit listener lock map match never new null object on order outer panic parameter
    private public readonly record remote resource retry return returns rollback select service source start
    stream string table transaction transactional trap true type typedesc typeof var wait where while worker
    xml xmlns
    """.split()  # noqa: SIM905 (a hundred quotes would hide the words)
)
_PLAIN = re.compile(r"[^\W\d]\w*")
_SPECIAL = re.compile(r"[^\w]")


def spelled(name: str) -> str:
    r"""Write a name so that the compiler reads it as that name: `'order`, `a\-b`, `'4XX`."""
    if _PLAIN.fullmatch(name):
        return f"'{name}" if name in _RESERVED else name
    escaped = _SPECIAL.sub(lambda one: f"\\{one[0]}", name)
    return f"'{escaped}" if name[:1].isdigit() else escaped
