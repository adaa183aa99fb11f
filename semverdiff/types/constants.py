"""The values of constants, enum members and array lengths, followed through the names that they use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.syntax.declarations import Constant
from semverdiff.syntax.descriptors import BuiltinType, Reference
from semverdiff.types.literals import NotConstantError, fold

if TYPE_CHECKING:
    from semverdiff.api.surface import Surface
    from semverdiff.syntax.declarations import EnumMember
    from semverdiff.syntax.descriptors import ArrayType
    from semverdiff.types.alternatives import Term
    from semverdiff.types.literals import Value

__all__ = ["array_length", "member_value", "no_names", "value_of"]

_LONGEST_CHAIN: Final = 32
_LONGEST_ARRAY: Final = 2**63 - 1


def value_of(surface: Surface, module: str, name: str, depth: int = 0) -> Value:
    """Give the value of a constant or enum member; raise `NotConstantError` for other names."""
    if depth > _LONGEST_CHAIN:
        raise NotConstantError
    declaration = surface.declaration(module, name)
    if isinstance(declaration, Constant):
        expected = declaration.type.name if isinstance(declaration.type, BuiltinType) else ""

        def named(other: str) -> Value:
            return value_of(surface, module, other, depth + 1)

        return fold(declaration.value.tokens, named, expected)
    enum = surface.enum_of_member(module, name) if declaration is None else None
    for member in enum.members if enum is not None else ():
        if member.name == name:
            return member_value(surface, module, member, depth)
    raise NotConstantError


def member_value(surface: Surface, module: str, member: EnumMember, depth: int = 0) -> Value:
    """Give the value of an enum member; without one of its own it is its name."""
    if member.value is None:
        return member.name
    return fold(member.value.tokens, lambda other: value_of(surface, module, other, depth + 1))


def array_length(term: Term, array: ArrayType) -> int | None:
    """Give the length of an array, `None` for any; raise `NotConstantError` if it cannot be known."""
    match array.length:
        case None | "*":
            # SPEC, Array types: the length of `[*]` follows from a value, which is not looked at.
            return None
        case Reference() as reference:
            owner = term.surface.owner(reference, term.module)
            if owner is None:
                raise NotConstantError
            value = value_of(term.surface, owner, reference.name)
        case text:
            value = fold((text,), no_names)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LONGEST_ARRAY:
        raise NotConstantError
    return value


def no_names(name: str) -> Value:
    """Refuse a name where only a literal can stand."""
    raise NotConstantError(name)
