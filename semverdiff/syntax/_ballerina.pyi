from collections.abc import Mapping
from typing import TypeAlias

from semverdiff.syntax.nodes import Declaration

_Row: TypeAlias = tuple[str, str, bool, int, bytes, int]

def language() -> object: ...
def declarations(content: bytes, /) -> tuple[list[_Row], list[bytes], list[int]] | None: ...
def plain_declaration(
    content: bytes,
    line: int,
    column: int,
    imports: Mapping[str, str],
    makers: tuple[object, ...],
    kept: dict[str | int, object],
    /,
) -> tuple[Declaration, list[bytes]] | None: ...
def wanted(names: tuple[bytes, ...], /) -> object: ...
def mentions(texts: list[bytes], wanted: object, /) -> list[tuple[int, int]]: ...
