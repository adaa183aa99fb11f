"""In which basic types do the values of a type lie? As far as its declaration tells, without lowering it.

Basic types are disjoint. So members of two unions that lie in different ones need not be compared, and what
such members lead to need not be looked at: a class is an object, whatever its methods take.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from semverdiff.api.constants import named_value
from semverdiff.api.folding import NotConstantError
from semverdiff.api.surface import Type
from semverdiff.syntax import nodes
from semverdiff.types.forms import written_members
from semverdiff.types.semantic import basic
from semverdiff.types.walk import run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.api.surface import Surface
    from semverdiff.types.names import Meanings
    from semverdiff.types.walk import Walk

__all__ = ["Bounds"]

# What a form is if it cannot be known: the type of a name (`Context.named`).
_FOREIGN: Final = basic.bits(basic.ERROR, basic.FOREIGN_READONLY, basic.FOREIGN_MUTABLE)
_LEAVES: Final = (nodes.BuiltinType, nodes.NilType, nodes.SingletonType)
_READONLY: Final = nodes.BuiltinType("readonly")
_SIMPLE: Final = basic.bits(basic.NIL, *basic.SCALARS)
_JSON: Final = _SIMPLE | basic.bits(basic.LIST, basic.MAPPING)
_KEYWORDS: Final[Mapping[str, int]] = {
    **basic.KEYWORDS,
    "anydata": _JSON | basic.bits(basic.TABLE, basic.XML, basic.REGEXP),
    "byte": basic.bits(basic.INT),
    "json": _JSON,
    "service": basic.bits(basic.OBJECT),
}
_PARAMETERIZED: Final[Mapping[str, int]] = {
    "error": _FOREIGN,
    "future": basic.bits(basic.FUTURE),
    "map": basic.bits(basic.MAPPING),
    "typedesc": basic.bits(basic.TYPEDESC),
    "xml": _FOREIGN | basic.bits(basic.XML),
}

_OF_VALUES: Final[Mapping[type, int]] = {
    type(None): basic.bits(basic.NIL),
    bool: basic.bits(basic.BOOLEAN),
    int: basic.bits(basic.INT),
    float: basic.bits(basic.FLOAT),
    Decimal: basic.bits(basic.DECIMAL),
    str: basic.bits(basic.STRING),
    tuple: basic.bits(basic.LIST),
    dict: basic.bits(basic.MAPPING),
}


class Bounds:
    """The basic types that types may have values in, as bit masks; each name is looked up once.

    `meanings` says what names stand for.
    """

    def __init__(self, meanings: Meanings) -> None:
        self._meanings = meanings
        self._by_name: dict[tuple[Surface, str, str], int] = {}

    def of(self, type_: Type) -> int:
        """Return the basic types that a type may have values in; all if that is not known."""
        descriptor = type_.descriptor
        return _of_form(descriptor) if isinstance(descriptor, _LEAVES) else run(self._of(type_))

    def _of(self, type_: Type) -> Walk[int]:
        mask = 0
        waiting = [type_]
        while waiting and mask != basic.VALUES:
            for member in written_members(waiting.pop()):
                match member.descriptor:
                    case nodes.Reference() as reference:
                        mask |= yield self._of_name(member, reference)
                    case nodes.DistinctType(member=inner):
                        waiting.append(member.with_descriptor(inner))
                    case nodes.IntersectionType(members=(one, other)) if _READONLY in (one, other):
                        waiting.append(member.with_descriptor(other if one == _READONLY else one))
                    case descriptor:
                        mask |= _of_form(descriptor)
        return mask

    def _of_name(self, type_: Type, reference: nodes.Reference) -> int | Walk[int]:
        found = self._meanings.found(type_, reference)
        if found is None or found.surface is None:
            return basic.VALUES
        known = self._by_name.get((found.surface, found.module, reference.name))
        return self._of_declaration(found.surface, found.module, reference.name) if known is None else known

    def _of_declaration(self, surface: Surface, module: str, name: str) -> Walk[int]:
        # An alias of itself stands for nothing that is known.
        self._by_name[surface, module, name] = basic.VALUES
        match surface.declaration(module, name):
            case nodes.TypeDefinition(type=descriptor):
                mask = yield self._of(Type(descriptor, module, surface))
            case nodes.Class():
                mask = basic.bits(basic.OBJECT)
            case nodes.Enum():
                mask = _FOREIGN | basic.bits(basic.STRING)
            case nodes.Constant() | None:
                mask = _of_value(surface, module, name)
            case _:
                mask = basic.VALUES
        self._by_name[surface, module, name] = mask
        return mask


def _of_value(surface: Surface, module: str, name: str) -> int:
    """Return the basic type of the value of a constant or enum member; all if that is not known."""
    try:
        value = named_value(surface, module, name)
    except NotConstantError:
        return basic.VALUES
    return _OF_VALUES[type(value)]


def _of_form(descriptor: nodes.TypeDescriptor) -> int:
    """Return the basic types of a form that is not followed: all of `distinct` and `&`."""
    match descriptor:
        case nodes.NilType():
            return basic.bits(basic.NIL)
        case nodes.BuiltinType(name=name):
            return _KEYWORDS.get(name, basic.VALUES)
        case nodes.SingletonType():
            return _SIMPLE | _FOREIGN
        case nodes.ArrayType(length=length):
            return basic.bits(basic.LIST) | (0 if length is None else _FOREIGN)
        case nodes.TupleType():
            return basic.bits(basic.LIST)
        case nodes.RecordType():
            return basic.bits(basic.MAPPING)
        case nodes.ParameterizedType(name=name):
            return _PARAMETERIZED.get(name, basic.VALUES)
        case nodes.StreamType():
            return basic.bits(basic.STREAM)
        case nodes.TableType():
            return basic.bits(basic.TABLE)
        case nodes.FunctionType():
            return basic.bits(basic.FUNCTION)
        case nodes.ObjectType():
            return basic.bits(basic.OBJECT)
    return basic.VALUES
