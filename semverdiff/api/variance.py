"""In which positions do clients meet a type? In, out or both, by reachability from what they can call.

The contract, section 0.2: a parameter is `in`, a result is `out`, a mutable variable both; members keep
the position of what holds them; a function type turns its parameters round, and an object type's
methods follow from whose object it is. A public type that nothing reaches is a data type of clients: both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.api.surface import TYPE_KINDS
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from semverdiff.api.surface import Surface

__all__ = ["IN", "OUT", "positions", "references", "uses"]

IN: Final[int] = 1
OUT: Final[int] = 2
_BOTH = IN | OUT

_Name = tuple[str, str]
_Use = tuple["nodes.TypeDescriptor", int]


def positions(surface: Surface) -> Mapping[_Name, int]:
    """Return the positions of every type declaration that a client can meet, `IN`, `OUT` or both bits."""
    found: dict[_Name, int] = {}
    for name in surface.modules:
        if surface.exported(name):
            for key, located in surface.all(name).items():
                if located.item.public and (declaration := surface.declaration(name, key)) is not None:
                    _spread(surface, name, uses(declaration), found)
    for name in surface.modules:
        for key, located in surface.all(name).items():
            if b"configurable" in located.item.content and not located.item.public:
                _spread(surface, name, _given(surface.declaration(name, key)), found)
    for name in surface.modules:
        if surface.exported(name):
            for key, located in surface.all(name).items():
                if located.item.public and located.item.kind in TYPE_KINDS and (name, key) not in found:
                    _spread(surface, name, [(nodes.Reference(None, key), _BOTH)], found)
    return found


def _spread(surface: Surface, module: str, uses: Iterable[_Use], found: dict[_Name, int]) -> None:
    """Follow uses to the declarations that they name, until no position is new."""
    waiting = [(module, descriptor, position) for descriptor, position in uses]
    while waiting:
        where, descriptor, position = waiting.pop()
        for reference, seen in references(descriptor, position):
            owner = surface.owner(reference, where)
            if owner is None:
                continue
            place = (owner, reference.name)
            fresh = seen & ~found.get(place, 0)
            if not fresh:
                continue
            declaration = surface.declaration(owner, reference.name)
            if declaration is None:
                continue
            found[place] = found.get(place, 0) | fresh
            if isinstance(declaration, nodes.TypeDefinition):
                waiting.append((owner, declaration.type, fresh))
            elif isinstance(declaration, nodes.Class) and not declaration.public:
                waiting += [(owner, one, side) for one, side in _object_uses(declaration.type, OUT)]


def _given(declaration: nodes.Declaration | None) -> Iterator[_Use]:
    """Yield the type of what deployers give, which clients need not see."""
    match declaration:
        case nodes.Variable(type=type_, qualifiers=qualifiers) if (
            type_ is not None and "configurable" in qualifiers
        ):
            yield type_, IN


def uses(declaration: nodes.Declaration) -> Iterator[_Use]:
    """Yield the types that a declaration itself brings into positions."""
    match declaration:
        case nodes.Function(signature=signature):
            yield from _signature_uses(signature, IN, OUT)
        case nodes.Class(type=type_):
            # Clients make objects of a class by `new` and call them: its methods are functions. What it
            # includes is none the more in a position: clients meet the class.
            yield from _member_uses(type_, OUT)
        case nodes.AnnotationDeclaration(type=type_) if type_ is not None:
            yield type_, IN
        case nodes.Variable(type=type_, qualifiers=qualifiers) if type_ is not None:
            yield type_, _BOTH if "final" not in qualifiers else OUT
        case nodes.Listener(type=type_) if type_ is not None:
            yield type_, OUT


def _signature_uses(signature: nodes.Signature, parameters: int, result: int) -> Iterator[_Use]:
    for parameter in signature.parameters:
        yield parameter.type, parameters
    yield signature.result, result


def _turned(position: int) -> int:
    return (IN if position & OUT else 0) | (OUT if position & IN else 0)


def _object_uses(object_type: nodes.ObjectType, position: int) -> Iterator[_Use]:
    yield from _member_uses(object_type, position)
    for inclusion in object_type.inclusions:
        yield inclusion, position


def _member_uses(object_type: nodes.ObjectType, position: int) -> Iterator[_Use]:
    """Yield the types of an object's members: who holds an object calls it, who gives one implements it."""
    for field in object_type.fields:
        if field.visibility == "public":
            yield field.type, _field_position(field, position)
    for method in object_type.methods:
        if method.visibility == "public":
            yield from _method_uses(method, position)


def _field_position(field: nodes.ObjectField, position: int) -> int:
    return position if field.final else _BOTH


def _method_uses(method: nodes.Method, position: int) -> Iterator[_Use]:
    yield from _signature_uses(method.signature, _turned(position), position)
    for segment in method.path:
        if segment.type is not None:
            yield segment.type, _turned(position)


def references(descriptor: nodes.TypeDescriptor, position: int) -> Iterator[tuple[nodes.Reference, int]]:
    """Yield the names in a descriptor with the positions in which their values cross."""
    waiting = [(descriptor, position)]
    while waiting:
        descriptor, position = waiting.pop()
        if isinstance(descriptor, nodes.Reference):
            yield descriptor, position
        else:
            waiting += reversed([*_parts(descriptor, position)])


def _parts(descriptor: nodes.TypeDescriptor, position: int) -> Iterator[_Use]:  # noqa: C901, PLR0912 (one case a form)
    match descriptor:
        case nodes.UnionType(members=members) | nodes.IntersectionType(members=members):
            for member in members:
                yield member, position
        case (
            nodes.OptionalType(member=member)
            | nodes.ArrayType(member=member)
            | nodes.DistinctType(member=member)
        ):
            yield member, position
        case nodes.ParameterizedType(parameter=parameter):
            yield parameter, position
        case nodes.StreamType(value=value, completion=completion):
            yield value, position
            yield completion, position
        case nodes.TableType(row=row, key_type=key_type):
            yield row, position
            if key_type is not None:
                yield key_type, position
        case nodes.TupleType(members=members, rest=rest):
            for member in (*members, *([] if rest is None else [rest])):
                yield member, position
        case nodes.RecordType(fields=fields, inclusions=inclusions, rest=rest):
            for field in fields:
                yield field.type, position
            for inclusion in inclusions:
                yield inclusion, position
            if rest is not None:
                yield rest, position
        case nodes.FunctionType(signature=signature) if signature is not None:
            yield from _signature_uses(signature, _turned(position), position)
        case nodes.ObjectType():
            yield from _object_uses(descriptor, position)
