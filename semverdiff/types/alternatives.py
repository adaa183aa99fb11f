"""What a type is made of as it is written: the alternatives of a union, and what names stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from semverdiff.api.constants import constant_value, enum_member_value
from semverdiff.syntax.declarations import Class, Constant, Enum, TypeDefinition
from semverdiff.syntax.descriptors import (
    NIL,
    DistinctType,
    ObjectType,
    OptionalType,
    RecordType,
    Reference,
    SingletonType,
    UnionType,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api.surface import Found, Surface
    from semverdiff.syntax.descriptors import TypeDescriptor

__all__ = ["Current", "Term", "alternatives", "declared", "flat", "is_declared", "meaning", "structure"]


class Term(msgspec.Struct, frozen=True):
    """A type descriptor, the module in which its names are looked up, and the package's surface."""

    descriptor: TypeDescriptor
    module: str
    surface: Surface

    def with_descriptor(self, descriptor: TypeDescriptor) -> Term:
        """Give another descriptor of the same place."""
        return Term(descriptor, self.module, self.surface)


Current = Callable[[Term], Term]
"""Gives a name that counts as equal on both sides as the new side means it, and any other term as it is."""


def alternatives(term: Term, current: Current | None = None) -> list[Term]:
    """Open unions and aliases until none is left. Records, objects, classes, distinct types stay names.

    With `current`, public names of both sides are opened as the new side means them.
    """
    found: list[Term] = []
    waiting = [term]
    opened: set[tuple[str, TypeDescriptor]] = set()
    while waiting:
        for written in flat(waiting.pop(0)):
            one = written if current is None else current(written)
            place = (one.module, one.descriptor)
            inner = meaning(one, one.descriptor) if isinstance(one.descriptor, Reference) else None
            if inner is None or place in opened:
                found.append(one)
            else:
                opened.add(place)
                waiting.extend(inner)
    return found


def flat(term: Term) -> Iterator[Term]:
    """Yield the members of a union as it is written; `T?` has two."""
    match term.descriptor:
        case UnionType(members=members):
            for member in members:
                yield from flat(term.with_descriptor(member))
        case OptionalType(member=member):
            yield from flat(term.with_descriptor(member))
            yield term.with_descriptor(NIL)
        case _:
            yield term


def declared(term: Term) -> Found | None:
    """Give the declaration that a term names."""
    match term.descriptor:
        case Reference() as reference:
            return term.surface.resolve(reference, term.module)
    return None


def meaning(term: Term, reference: Reference) -> list[Term] | None:
    """Give what a name stands for, if that is an alias, a union or values; else `None`.

    Records, objects, classes and distinct types stay names: the pair of names is what recursion is
    recognised by.
    """
    found = term.surface.resolve(reference, term.module)
    if found is None:
        return _enum_member(term, reference)
    match found.declaration:
        case TypeDefinition(type=type_) if not isinstance(type_, RecordType | ObjectType | DistinctType):
            return [Term(type_, found.module, term.surface)]
        case Enum(members=members):
            values = (enum_member_value(member, found.module, term.surface) for member in members)
            return [_singleton(term, value) for value in values]
        case Constant() as constant:
            return [_singleton(term, constant_value(constant, found.module, term.surface))]
    return None


def is_declared(term: Term, owner: str, name: str) -> bool:
    """Tell whether a module declares a name, be it as a member of an enum."""
    surface = term.surface
    return surface.locate(owner, name) is not None or surface.enum_of_member(owner, name) is not None


def _enum_member(term: Term, reference: Reference) -> list[Term] | None:
    owner = term.surface.owner(reference, term.module)
    enum = term.surface.enum_of_member(owner, reference.name) if owner is not None else None
    for member in enum.members if enum is not None and owner is not None else ():
        if member.name == reference.name:
            return [_singleton(term, enum_member_value(member, str(owner), term.surface))]
    return None


def _singleton(term: Term, value: tuple[str, object]) -> Term:
    kind, content = value
    quoted = '"' + str(content).replace("\\", "\\\\").replace('"', '\\"') + '"'
    shown = {"boolean": str(content).lower(), "decimal": f"{content}d", "string": quoted}.get(
        kind, str(content)
    )
    return term.with_descriptor(SingletonType(shown))


def structure(term: Term) -> Term | None:
    """Give the structure that a name stands for; `None` for a name that leads nowhere."""
    found = declared(term)
    if found is None:
        return None if isinstance(term.descriptor, Reference) else term
    match found.declaration:
        case Class(type=type_) | TypeDefinition(type=type_):
            return Term(type_, found.module, term.surface)
    return None
