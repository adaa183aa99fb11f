"""What a type is made of as it is written: the alternatives of a union, and what names stand for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from semverdiff.api.constants import constant_value, enum_member_value
from semverdiff.api.terms import Type
from semverdiff.syntax.nodes import (
    NIL,
    Class,
    Constant,
    DistinctType,
    Enum,
    ObjectType,
    OptionalType,
    RecordType,
    Reference,
    SingletonType,
    TypeDefinition,
    UnionType,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api.surface import Target
    from semverdiff.syntax.nodes import TypeDescriptor

__all__ = ["Current", "Type", "alternatives", "declared", "flat", "is_declared", "meaning", "structure"]


Current = Callable[[Type], Type]
"""Gives a name that counts as equal on both sides as the new side means it, and any other term as it is."""


def alternatives(term: Type, current: Current | None = None) -> list[Type]:
    """Open unions and aliases until none is left. Records, objects, classes, distinct types stay names.

    With `current`, public names of both sides are opened as the new side means them.
    """
    found: list[Type] = []
    waiting = deque([term])
    opened: set[tuple[str, TypeDescriptor]] = set()
    while waiting:
        for written in flat(waiting.popleft()):
            one = written if current is None else current(written)
            place = (one.module, one.descriptor)
            inner = meaning(one, one.descriptor) if isinstance(one.descriptor, Reference) else None
            if inner is None or place in opened:
                found.append(one)
            else:
                opened.add(place)
                waiting.extend(inner)
    return found


def flat(term: Type) -> Iterator[Type]:
    """Yield the members of a union as it is written; `T?` has two."""
    waiting = [term.descriptor]
    while waiting:
        match waiting.pop():
            case UnionType(members=members):
                waiting.extend(reversed(members))
            case OptionalType(member=member):
                waiting += (NIL, member)
            case descriptor:
                yield term.with_descriptor(descriptor)


def declared(term: Type) -> Target | None:
    """Return the declaration that a term names."""
    match term.descriptor:
        case Reference() as reference:
            return term.surface.resolve(reference, term.module)
    return None


def meaning(term: Type, reference: Reference) -> list[Type] | None:
    """Return what a name stands for, if that is an alias, a union or values; else `None`.

    Records, objects, classes and distinct types stay names: the pair of names is what recursion is
    recognised by.
    """
    found = term.surface.resolve(reference, term.module)
    if found is None:
        return _enum_member(term, reference)
    match found.declaration:
        case TypeDefinition(type=type_) if not isinstance(type_, RecordType | ObjectType | DistinctType):
            return [Type(type_, found.module, term.surface)]
        case Enum(members=members):
            values = (enum_member_value(member, found.module, term.surface) for member in members)
            return [_singleton(term, value) for value in values]
        case Constant() as constant:
            return [_singleton(term, constant_value(constant, found.module, term.surface))]
    return None


def is_declared(term: Type, owner: str, name: str) -> bool:
    """Return whether a module declares a name, be it as a member of an enum."""
    surface = term.surface
    return surface.locate(owner, name) is not None or surface.enum_of_member(owner, name) is not None


def _enum_member(term: Type, reference: Reference) -> list[Type] | None:
    owner = term.surface.owner(reference, term.module)
    enum = term.surface.enum_of_member(owner, reference.name) if owner is not None else None
    for member in enum.members if enum is not None and owner is not None else ():
        if member.name == reference.name:
            return [_singleton(term, enum_member_value(member, str(owner), term.surface))]
    return None


def _singleton(term: Type, value: tuple[str, object]) -> Type:
    kind, content = value
    quoted = '"' + str(content).replace("\\", "\\\\").replace('"', '\\"') + '"'
    shown = {"boolean": str(content).lower(), "decimal": f"{content}d", "string": quoted}.get(
        kind, str(content)
    )
    return term.with_descriptor(SingletonType(shown))


def structure(term: Type) -> Type | None:
    """Return the structure that a name stands for; `None` for a name that leads nowhere."""
    found = declared(term)
    if found is None:
        return None if isinstance(term.descriptor, Reference) else term
    match found.declaration:
        case Class(type=type_) | TypeDefinition(type=type_):
            return Type(type_, found.module, term.surface)
    return None
