"""Errors as a client creates them: by the name of a distinct type, with the details that are demanded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import api
from semverdiff.clients.errors import NotWritableError
from semverdiff.clients.program import Line
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import spelled

if TYPE_CHECKING:
    from semverdiff.api import Type
    from semverdiff.clients.draft import Draft

__all__ = ["detail_fields", "details_of", "error", "of_several", "unnamed"]


def error(draft: Draft, type_: Type, given: dict[str, str], name: str = "", *, level: int = 0) -> str:
    """Return an error constructor with the fields that the detail demands."""
    fields = detail_fields(draft, type_, given, level=level)
    arguments = ", ".join(['"message"', *(f"{key} = {value}" for key, value in fields.items())])
    return f"error{f' {name}' if name else ''}({arguments})"


def detail_fields(draft: Draft, type_: Type, given: dict[str, str], *, level: int = 0) -> dict[str, str]:
    """Return the values of the detail fields that an error type demands, by their keys."""
    parts: dict[str, str] = {}
    for detail in details_of(type_):
        shown = api.record_shape(detail)
        if shown is None:
            continue
        draft.members.whole_record(shown.type)
        for name, member in draft.members.demanded(shown.type).items():
            key = spelled(name)
            if key in given:
                continue
            parts[key] = draft.constructed(api.field_type(member), name, level=level + 1)
    return parts | given


def details_of(type_: Type) -> list[Type]:
    """Return the detail types of an error type, through names, `distinct` and intersections."""
    found: list[Type] = []
    waiting, seen = [type_], set[tuple[str, str]]()
    while waiting:
        current = waiting.pop()
        match current.descriptor:
            case nodes.ParameterizedType(name="error", parameter=parameter):
                found.append(current.with_descriptor(parameter))
            case nodes.DistinctType(member=member):
                waiting.append(current.with_descriptor(member))
            case nodes.IntersectionType(members=members):
                waiting += [current.with_descriptor(one) for one in members]
            case nodes.Reference():
                target = current.target()
                if target is None or target.origin in seen:
                    continue
                seen.add(target.origin)
                if isinstance(target.declaration, nodes.TypeDefinition):
                    waiting.append(target.type_of(target.declaration.type))
    return found


def of_several(draft: Draft, type_: Type, *, level: int = 0) -> str:
    """Return an error of an intersection of error types."""
    if not _is_distinct(type_):
        return error(draft, type_, {}, level=level)
    # SPEC, Error constructor: only a name says of which distinct type the error is.
    text = draft.names.text(type_)
    name = draft.names.fresh("Mine")
    draft.declare(Line(f"type {name} {text};"))
    return error(draft, type_, {}, name, level=level)


def unnamed(draft: Draft, type_: Type, key: str, *, level: int = 0) -> str:
    """Return an error of the type that a private name stands for."""
    if isinstance(type_.descriptor, nodes.DistinctType):
        raise NotWritableError(f"clients cannot name the private distinct type '{key}'")
    return draft.constructed(type_, "failure", level=level + 1)


def _is_distinct(type_: Type) -> bool:
    """Return whether an intersection of error types has a distinct one."""
    waiting, seen = [type_], set[tuple[str, str]]()
    while waiting:
        current = waiting.pop()
        match current.descriptor:
            case nodes.DistinctType():
                return True
            case nodes.IntersectionType(members=members):
                waiting += map(current.with_descriptor, members)
            case nodes.Reference():
                target = current.target()
                if target is None or target.origin in seen:
                    continue
                seen.add(target.origin)
                if isinstance(target.declaration, nodes.TypeDefinition):
                    waiting.append(target.type_of(target.declaration.type))
    return False
