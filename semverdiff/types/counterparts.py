"""Which parts of two types of one form answer to each other? What a walk to their difference follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.api.members import field_type, object_members, record_members
from semverdiff.api.surface import Type
from semverdiff.syntax import nodes
from semverdiff.types.forms import as_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api.members import Member, ObjectMembers

__all__ = ["Flaw", "Pair", "counterparts", "form"]

_NEVER: Final = nodes.BuiltinType("never")
_PARAMETERIZED: Final = {
    "map": "map member",
    "future": "value",
    "typedesc": "described type",
    "xml": "item",
    "error": "detail",
}
_NETWORK: Final = ("isolated", "client", "service")


class Pair(msgspec.Struct, frozen=True):
    """Parts of which what is held has to be a subtype of what is wanted, and what leads to them."""

    step: str
    held: Type
    wanted: Type


class Flaw(msgspec.Struct, frozen=True):
    """What keeps one type from being a subtype that is not a matter of types."""

    step: str
    reason: str


def form(descriptor: nodes.TypeDescriptor) -> str:
    """Return a word for the form of a type; only types of one form have parts that answer to each other."""
    match descriptor:
        case nodes.ArrayType() | nodes.TupleType():
            return "list"
        case nodes.RecordType() | nodes.ParameterizedType(name="map"):
            return "mapping"
        case nodes.OptionalType() | nodes.UnionType():
            return "union"
        case nodes.ParameterizedType(name=name) | nodes.BuiltinType(name=name):
            return name
    # Written in one way only.
    return type(descriptor).__name__


def counterparts(held: Type, wanted: Type) -> Iterator[Pair | Flaw]:
    """Yield what decides whether the type held is a subtype of the one wanted, of the same form, in order.

    Neither includes a type that was not read: of such two nothing is known to differ.
    """
    match held.descriptor, wanted.descriptor:
        case (
            (nodes.ArrayType() | nodes.TupleType()) as left,
            (nodes.ArrayType() | nodes.TupleType()) as right,
        ):
            yield from _lists(held, left, wanted, right)
        case nodes.ParameterizedType(name=name, parameter=left), nodes.ParameterizedType(parameter=right):
            yield Pair(_PARAMETERIZED[name], held.with_descriptor(left), wanted.with_descriptor(right))
        case (
            (nodes.RecordType() | nodes.ParameterizedType()),
            (nodes.RecordType() | nodes.ParameterizedType()),
        ):
            yield from _mappings(held, wanted)
        case nodes.StreamType() as left, nodes.StreamType() as right:
            yield Pair("value", held.with_descriptor(left.value), wanted.with_descriptor(right.value))
            completions = held.with_descriptor(left.completion), wanted.with_descriptor(right.completion)
            yield Pair("completion", *completions)
        case nodes.TableType() as left, nodes.TableType() as right:
            yield from _tables(held, left, wanted, right)
        case nodes.FunctionType() as left, nodes.FunctionType() as right:
            yield from _functions(held, left, wanted, right)
        case nodes.ObjectType() as left, nodes.ObjectType() as right:
            yield from _objects(held, left, wanted, right)


def _lists(
    held: Type,
    left_type: nodes.ArrayType | nodes.TupleType,
    wanted: Type,
    right_type: nodes.ArrayType | nodes.TupleType,
) -> Iterator[Pair | Flaw]:
    (left, left_rest), (right, right_rest) = _row(left_type), _row(right_type)
    if len(left) < len(right):
        yield Flaw("", f"{len(left)} {_plural('element', len(left))} instead of {len(right)}")
    for index, member in enumerate(left):
        counterpart = right[index] if index < len(right) else right_rest
        step = f"element [{index}]"
        if counterpart is None:
            yield Flaw(step, "is one too many")
        else:
            yield Pair(step, held.with_descriptor(member), wanted.with_descriptor(counterpart))
    if left_rest is not None:
        rest = wanted.with_descriptor(right_rest or _NEVER)
        yield Pair("rest elements" if left else "element", held.with_descriptor(left_rest), rest)


def _row(
    descriptor: nodes.ArrayType | nodes.TupleType,
) -> tuple[tuple[nodes.TypeDescriptor, ...], nodes.TypeDescriptor | None]:
    match descriptor:
        case nodes.TupleType(members=members, rest=rest):
            return members, rest
        case nodes.ArrayType(member=member):
            # An array of a fixed length differs from a list in its length or in a member: both are seen here.
            return (), member


def _mappings(held: Type, wanted: Type) -> Iterator[Pair | Flaw]:
    left = record_members(held.with_descriptor(as_record(held.descriptor)))
    right = record_members(wanted.with_descriptor(as_record(wanted.descriptor)))
    left_rest, right_rest = left.rest, right.rest
    for name in (*right.fields, *(name for name in left.fields if name not in right.fields)):
        step, mine, theirs = f'field "{name}"', left.fields.get(name), right.fields.get(name)
        if theirs is not None and not theirs.declared.optional and (mine is None or mine.declared.optional):
            yield Flaw(step, "may be absent")
        if (
            theirs is not None
            and theirs.declared.readonly
            and mine is not None
            and not mine.declared.readonly
        ):
            yield Flaw(step, "is not readonly")
        my_type = left_rest if mine is None else field_type(mine)
        their_type = right_rest if theirs is None else field_type(theirs)
        if my_type is None:
            continue
        if their_type is None:
            yield Flaw(step, "is no field of the other type")
        else:
            yield Pair(step, my_type, their_type)
    if left_rest is not None:
        if right_rest is None:
            yield Flaw("", "has further fields, which the other type has not")
        else:
            yield Pair("rest fields", left_rest, right_rest)


def _tables(held: Type, left: nodes.TableType, wanted: Type, right: nodes.TableType) -> Iterator[Pair | Flaw]:
    yield Pair("row", held.with_descriptor(left.row), wanted.with_descriptor(right.row))
    if not (left.key_type or left.key_names) and (right.key_type or right.key_names):
        yield Flaw("key", "is missing")
    if left.key_names and right.key_names and sorted(left.key_names) != sorted(right.key_names):
        yield Flaw("key", f"({', '.join(left.key_names)}) is not ({', '.join(right.key_names)})")
    if left.key_type is not None and right.key_type is not None:
        yield Pair("key", held.with_descriptor(left.key_type), wanted.with_descriptor(right.key_type))


def _functions(
    held: Type, left: nodes.FunctionType, wanted: Type, right: nodes.FunctionType
) -> Iterator[Pair | Flaw]:
    yield from _qualifiers(left.qualifiers, right.qualifiers)
    match left.signature, right.signature:
        case None, _:
            yield Flaw("", "says nothing of parameters and return type")
        # Whatever has parameters is a `function`, if its qualifiers are in order.
        case nodes.Signature() as mine, nodes.Signature() as theirs:
            yield from _signatures(held, mine, wanted, theirs)


def _qualifiers(left: frozenset[str], right: frozenset[str]) -> Iterator[Flaw]:
    if "isolated" in right and "isolated" not in left:
        yield Flaw("", "is not isolated")
    if "transactional" in left and "transactional" not in right:
        yield Flaw("", "is transactional")


def _signatures(
    held: Type, left: nodes.Signature, wanted: Type, right: nodes.Signature
) -> Iterator[Pair | Flaw]:
    """Pair parameters the other way round: what the other type is called with has to be taken."""
    mine, my_rest = _parameters(left)
    theirs, their_rest = _parameters(right)
    if len(mine) > len(theirs):
        yield Flaw("", f"takes {len(mine)} {_plural('argument', len(mine))} instead of {len(theirs)}")
    for index, argument in enumerate(theirs):
        taken = mine[index] if index < len(mine) else my_rest
        if taken is None:
            yield Flaw("", f"takes {len(mine)} {_plural('argument', len(mine))} instead of {len(theirs)}")
        else:
            step = f"parameter {index + 1}"
            yield Pair(step, wanted.with_descriptor(argument), held.with_descriptor(taken))
    if their_rest is not None:
        if my_rest is None:
            yield Flaw("", "takes no rest arguments")
        else:
            yield Pair("rest parameter", wanted.with_descriptor(their_rest), held.with_descriptor(my_rest))
    yield Pair("return type", held.with_descriptor(left.result), wanted.with_descriptor(right.result))


def _parameters(signature: nodes.Signature) -> tuple[list[nodes.TypeDescriptor], nodes.TypeDescriptor | None]:
    rest = [parameter.type for parameter in signature.parameters if parameter.kind == "rest"]
    single = [parameter.type for parameter in signature.parameters if parameter.kind != "rest"]
    return single, rest[0] if rest else None


def _objects(
    held: Type, left_type: nodes.ObjectType, wanted: Type, right_type: nodes.ObjectType
) -> Iterator[Pair | Flaw]:
    left = object_members(held.with_descriptor(left_type))
    right = object_members(wanted.with_descriptor(right_type))
    for qualifier in _NETWORK:
        if qualifier in right.qualifiers and qualifier not in left.qualifiers:
            yield Flaw("", f"is no {qualifier} object")
    yield from _object_fields(left, right)
    for key, theirs in right.methods.items():
        if theirs.declared.kind == "init":
            continue
        kind = "" if theirs.declared.kind == "normal" else f"{theirs.declared.kind} "
        step, mine = f"{kind}method {key}", left.methods.get(key)
        if mine is None or mine.declared.kind != theirs.declared.kind:
            if not _may_serve(left, theirs):
                yield Flaw(step, "is missing")
        elif mine.declared.visibility != theirs.declared.visibility:
            yield Flaw(step, _visibility(mine.declared.visibility))
        else:
            yield from _methods(step, held, mine, wanted, theirs)


def _may_serve(left: ObjectMembers, wanted: Member[nodes.Method]) -> bool:
    """Return whether a method of another name may do: one with a wider path."""
    return any(
        method.declared.kind == wanted.declared.kind == "resource"
        and method.declared.name == wanted.declared.name
        for method in left.methods.values()
    )


def _object_fields(left: ObjectMembers, right: ObjectMembers) -> Iterator[Pair | Flaw]:
    for name, theirs in right.fields.items():
        step, mine = f'field "{name}"', left.fields.get(name)
        if mine is None:
            yield Flaw(step, "is missing")
        else:
            yield from _object_field(step, mine, theirs)


def _object_field(
    step: str, mine: Member[nodes.ObjectField], theirs: Member[nodes.ObjectField]
) -> Iterator[Pair | Flaw]:
    field, twin = mine.declared, theirs.declared
    if field.visibility != twin.visibility:
        yield Flaw(step, _visibility(field.visibility))
    if twin.final and not field.final:
        yield Flaw(step, "is not final")
    yield Pair(step, field_type(mine), field_type(theirs))


def _visibility(visibility: str) -> str:
    return "is visible in its module only" if visibility == "module" else f"is {visibility}"


def _methods(
    step: str, held: Type, mine: Member[nodes.Method], wanted: Type, theirs: Member[nodes.Method]
) -> Iterator[Pair | Flaw]:
    left, right = Type(nodes.NIL, mine.module, held.surface), Type(nodes.NIL, theirs.module, wanted.surface)
    for segment, twin in zip(mine.declared.path, theirs.declared.path, strict=True):
        if segment.type is not None and twin.type is not None:
            path = f"{step} > path parameter {twin.name}".rstrip()
            yield Pair(path, right.with_descriptor(twin.type), left.with_descriptor(segment.type))
    for flaw in _qualifiers(mine.declared.qualifiers, theirs.declared.qualifiers):
        yield Flaw(step, flaw.reason)
    for part in _signatures(left, mine.declared.signature, right, theirs.declared.signature):
        match part:
            case Pair():
                yield Pair(f"{step} > {part.step}", part.held, part.wanted)
            case Flaw():
                yield Flaw(step, part.reason)


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"
