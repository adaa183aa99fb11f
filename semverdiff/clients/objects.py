"""Classes of a client that implement object types of the package, with all of their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from semverdiff import api
from semverdiff.clients import functions
from semverdiff.clients.errors import NotWritableError, TooDeepError
from semverdiff.clients.program import Block, Line
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import spelled

if TYPE_CHECKING:
    from semverdiff.api import ObjectMembers, Target, Type
    from semverdiff.clients.draft import Draft
    from semverdiff.clients.program import Part

__all__ = ["has_type_id", "is_readonly", "own_class", "written"]

_MOST_MEMBERS = 40
_NETWORK = frozenset({"client", "service"})
_WORDS = ("isolated", "client", "service")


def own_class(
    draft: Draft,
    type_: Type,
    *,
    includes: bool,
    changed: str | None = None,
    breaks: bool = False,
) -> str:
    """Declare a class with all members of an object type, and return its name.

    `includes` writes `*T` for a type with a name. `changed` is the key of the method whose line breaks, and
    `breaks` says that the inclusion does. Raise `NotWritableError` if a member is hidden from clients.
    """
    members = draft.members.whole_object(written(type_))
    _require_open(members)
    name = draft.names.fresh("Mine")
    body: list[Part] = []
    if includes:
        body.append(Line(f"*{draft.names.text(type_)};", breaks))
    body += _fields(draft, members)
    for key, member in members.methods.items():
        if member.declared.kind != "init":
            body.append(functions.implementation(draft, member, breaks=key == changed))
    words = "".join(f"{word} " for word in _WORDS if word in members.qualifiers)
    if is_readonly(type_):
        words = f"readonly {words}"
    draft.declare(Block(Line(f"{words}class {name} {{"), tuple(body)))
    return name


def has_type_id(type_: Type) -> bool:
    """Return whether only classes that include an object type are of it: SPEC, Distinct types."""
    waiting, seen = [type_], set[tuple[str, str]]()
    while waiting:
        target = api.object_type_of(waiting.pop())
        if target is None or target.origin in seen:
            continue
        seen.add(target.origin)
        match target.declaration:
            case nodes.TypeDefinition(type=nodes.DistinctType()):
                return True
            case nodes.Class(qualifiers=qualifiers) if "distinct" in qualifiers:
                return True
        waiting += [target.type_of(one) for one in _object_type(target).inclusions]
    return False


def _object_type(target: Target) -> nodes.ObjectType:
    """Return what `api.object_type_of` ended at, which writes an object type down."""
    return cast("nodes.ObjectType", api.declared_object_type(target.declaration))


def written(type_: Type) -> Type:
    """Return an object type as it is written where a name leads; raise `NotWritableError` for others."""
    if isinstance(type_.descriptor, nodes.ObjectType):
        return type_
    target = api.object_type_of(type_)
    if target is None:
        raise NotWritableError(f"'{api.type_text(type_.descriptor)}' is no object type")
    return target.type_of(_object_type(target))


def is_readonly(type_: Type) -> bool:
    """Return whether all objects of a type are immutable."""
    target = api.object_type_of(type_)
    match None if target is None else target.declaration:
        case nodes.Class(qualifiers=qualifiers):
            return "readonly" in qualifiers
        case nodes.TypeDefinition(type=nodes.IntersectionType()):
            return True
    return False


def _require_open(members: ObjectMembers) -> None:
    if len(members.fields) + len(members.methods) > _MOST_MEMBERS:
        raise NotWritableError("the type has too many members to be implemented in a short client")
    hidden = [
        *(name for name, one in members.fields.items() if one.declared.visibility != "public"),
        *(
            name
            for name, one in members.methods.items()
            if one.declared.kind == "normal" and one.declared.visibility != "public"
        ),
    ]
    if hidden:
        raise NotWritableError(f"clients cannot implement the type: '{hidden[0]}' is not public")


def _fields(draft: Draft, members: ObjectMembers) -> list[Part]:
    begun = id(members)
    if begun in draft.implemented:
        raise TooDeepError("each object would hold another one, without an end")
    draft.implemented.add(begun)
    try:
        return _values(draft, members)
    finally:
        draft.implemented.remove(begun)


def _values(draft: Draft, members: ObjectMembers) -> list[Part]:
    lines: list[Part] = []
    isolated = "isolated" in members.qualifiers
    for name, member in members.fields.items():
        type_ = api.field_type(member)
        final = "final " if member.declared.final or isolated else ""
        value = draft.constructed_inline(type_, name)
        lines.append(Line(f"public {final}{draft.names.text(type_)} {spelled(name)} = {value};"))
    return lines
