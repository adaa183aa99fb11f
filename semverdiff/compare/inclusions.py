"""Which types does an object type or class include, and whose type ids does it get from them?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import Type, declared_object_type, object_type_of
from semverdiff.syntax.nodes import Class, DistinctType, TypeDefinition

if TYPE_CHECKING:
    from semverdiff.api import Origin, Surface
    from semverdiff.syntax.nodes import Declaration, ObjectType

__all__ = ["included_types"]


def included_types(
    type_: ObjectType, module: str, surface: Surface, without: frozenset[Origin] = frozenset()
) -> dict[Origin, bool]:
    """Return the types of this package that a type includes, directly or not, and whether they are distinct.

    Types in `without` are left out, and what only they include.
    """
    found: dict[Origin, bool] = {}
    waiting = [(type_, module)]
    while waiting:
        including, looked_up_in = waiting.pop()
        for inclusion in including.inclusions:
            target = object_type_of(Type(inclusion, looked_up_in, surface))
            inner = declared_object_type(target.declaration) if target is not None else None
            if target is None or inner is None:
                continue
            origin = (target.module, target.key)
            if origin not in found and origin not in without:
                found[origin] = _is_distinct(target.declaration)
                waiting.append((inner, target.module))
    return found


def _is_distinct(declaration: Declaration) -> bool:
    match declaration:
        case Class(qualifiers=qualifiers):
            return "distinct" in qualifiers
        case TypeDefinition(type=DistinctType()):
            return True
    return False
