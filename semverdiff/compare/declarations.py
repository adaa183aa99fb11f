"""One declaration on both sides: came, went, was hidden, changed its kind, or changed inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.api import (
    Type,
    constant_value,
    declaration_text,
    declared_object_type,
    enum_member_value,
    is_error,
    record_shape,
)
from semverdiff.compare.annotations import annotation_differences
from semverdiff.compare.details import KindChanged, Moved, Renamed
from semverdiff.compare.difference import Difference, Excerpt, Step
from semverdiff.compare.enums import enum_differences
from semverdiff.compare.errors import error_differences, writes_error
from semverdiff.compare.functions import function_differences
from semverdiff.compare.kinds import is_map, kind_change, kind_of, subject_of
from semverdiff.compare.metadata import metadata_differences
from semverdiff.compare.objects import ObjectSide, object_differences
from semverdiff.compare.place import Place, Spot
from semverdiff.compare.records import RecordSide, record_differences
from semverdiff.compare.services import service_differences
from semverdiff.compare.sides import Typed
from semverdiff.compare.type_changes import type_differences
from semverdiff.compare.values import is_configurable, listener_differences, value_differences
from semverdiff.syntax.nodes import (
    AnnotationDeclaration,
    BuiltinType,
    Class,
    Constant,
    DistinctType,
    Enum,
    Function,
    IntersectionType,
    Listener,
    RecordType,
    Reference,
    Service,
    TypeDefinition,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.compare.details import Detail
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Declaration, TypeDescriptor

__all__ = ["Pair", "declaration_differences", "moved", "renamed"]

_READONLY = BuiltinType("readonly")

# Changes of kind by which the names of an enum's members come to a module, or are gone from it.
_NAMES_COME_OR_GO = frozenset({"alias-to-enum", "to-type-alias"})


class Pair(msgspec.Struct, frozen=True):
    """A declaration of one name on both sides, read; `None` where a side has none."""

    module: str
    key: str
    old: Declaration | None
    new: Declaration | None
    old_file: str
    new_file: str


def declaration_differences(sides: Sides, pair: Pair) -> Iterator[Difference]:
    """Compare the two sides of a pair, as far as clients, deployers or the network can tell them apart."""
    old, new = pair.old, pair.new
    match old, new:
        case (Service() | None, Service() | None):
            yield from service_differences(_place(sides, pair), sides, old, new)
        case (Constant() | Variable() | None, Constant() | Variable() | None) if _values(pair):
            if _is_enum_member_instead(sides, pair):
                return
            if _exported(sides, pair.module) or _configured(pair):
                yield from value_differences(_place(sides, pair), sides, old, new)
                yield from _metadata(sides, pair)
        case (Function(name="init") | None, Function(name="init") | None):
            if _exported(sides, pair.module):
                yield _whole(sides, pair, "module", "init-changed")
        case _ if _exported(sides, pair.module):
            yield from _named_differences(sides, pair)


def _values(pair: Pair) -> bool:
    return pair.old is not None or pair.new is not None


def _configured(pair: Pair) -> bool:
    """Return whether deployers give this value: they do, whether or not the module is exported."""
    return any(isinstance(one, Variable) and is_configurable(one) for one in (pair.old, pair.new))


def _exported(sides: Sides, module: str) -> bool:
    """Return whether clients of both versions can import the module; else it is one finding as a whole."""
    return sides.old.exported(module) and sides.new.exported(module)


def _named_differences(sides: Sides, pair: Pair) -> Iterator[Difference]:
    old = pair.old if pair.old is not None and pair.old.public else None
    new = pair.new if pair.new is not None and pair.new.public else None
    if old is None and new is None:
        return
    if old is None and new is not None:
        yield _whole(sides, pair, subject_of(new), "added")
    elif old is not None and pair.new is None:
        yield _whole(sides, pair, subject_of(old), "removed")
    elif old is not None and new is None:
        yield _whole(sides, pair, subject_of(old), "visibility-reduced")
    elif old is not None and new is not None:
        changed = kind_change(old, new, pair.module, (sides.old, sides.new))
        if changed is not None:
            subject, fact = changed
            kinds = KindChanged(kind_of(old, pair.module, sides.old), kind_of(new, pair.module, sides.new))
            yield _whole(sides, pair, subject, fact, kinds)
            if fact in _NAMES_COME_OR_GO:
                yield from _enum_names(sides, pair, old, new)
        else:
            yield from _inner_differences(sides, pair, old, new)
        yield from _metadata(sides, pair)


def _enum_names(sides: Sides, pair: Pair, old: Declaration, new: Declaration) -> Iterator[Difference]:
    """State the member names that an enum takes along when it comes or goes in place of an alias."""
    if isinstance(old, Enum | TypeDefinition) and isinstance(new, Enum | TypeDefinition):
        yield from enum_differences(_place(sides, pair), sides, old, new)


def _is_enum_member_instead(sides: Sides, pair: Pair) -> bool:
    """Return whether a constant of one side is an enum's member on the other: same name, same value."""
    match pair.old, pair.new:
        case (Constant() as constant, None):
            surface, other = sides.old, sides.new
        case (None, Constant() as constant):
            surface, other = sides.new, sides.old
        case _:
            return False
    enum = other.enum_of_member(pair.module, pair.key)
    if enum is None or not enum.public:
        return False
    member = next(one for one in enum.members if one.name == pair.key)
    value = constant_value(constant, pair.module, surface)
    return value == enum_member_value(member, pair.module, other)


def _inner_differences(sides: Sides, pair: Pair, old: Declaration, new: Declaration) -> Iterator[Difference]:
    place = _place(sides, pair)
    match old, new:
        case Function(), Function():
            yield from function_differences(place, sides, old, new)
        case Class(), Class():
            yield from _object_differences(place, sides, old, new)
        case Enum(), Enum():
            yield from enum_differences(place, sides, old, new)
        case Listener(), Listener():
            yield from listener_differences(place, sides, old, new)
        case AnnotationDeclaration(), AnnotationDeclaration():
            yield from annotation_differences(place, sides, old, new)
        case TypeDefinition(), TypeDefinition():
            yield from _type_definition_differences(place, sides, pair, old, new)


def _type_definition_differences(
    place: Place, sides: Sides, pair: Pair, old: TypeDefinition, new: TypeDefinition
) -> Iterator[Difference]:
    module = pair.module
    before, after = Type(old.type, module, sides.old), Type(new.type, module, sides.new)
    shape, new_shape = record_shape(before), record_shape(after)
    aliases = any(_names_public_type(sides, module, one.type) for one in (old, new))
    if shape is not None and new_shape is not None and not aliases:
        at = replace(place, subject="record")
        found = list(
            record_differences(
                at, sides, RecordSide(shape, old.metadata), RecordSide(new_shape, new.metadata)
            )
        )
        yield from found
        if not found and any(isinstance(one.type, Reference) for one in (old, new)):
            # The same record under another name.
            types = (Typed(old.type, module, old.metadata), Typed(new.type, module, new.metadata))
            yield from type_differences(replace(place, subject="type"), sides, "", *types)
        return
    if is_map(old.type) and isinstance(new.type, RecordType) and new.type.fields:
        yield _whole(sides, pair, "map", "alias-to-record")
        return
    if isinstance(old.type, RecordType) and old.type.fields and is_map(new.type):
        yield _whole(sides, pair, "record", "to-map-alias")
        return
    are_errors = is_error(before) and is_error(after)
    # A further name for errors that are declared elsewhere (`A|B`) is a type like any other.
    if are_errors and any(writes_error(one.type) for one in (old, new)):
        yield from error_differences(replace(place, subject="error"), sides, old, new)
        return
    written, now_written = (declared_object_type(one) is not None for one in (old, new))
    if written and now_written and _is_readonly(old.type) == _is_readonly(new.type):
        yield from _object_differences(replace(place, subject="object"), sides, old, new)
        return
    if written != now_written and not aliases:
        yield _whole(sides, pair, "symbol", "kind-changed")
        return
    at = replace(place, subject="type")
    types = (Typed(old.type, module, old.metadata), Typed(new.type, module, new.metadata))
    yield from type_differences(at, sides, "", *types)


def _is_readonly(descriptor: TypeDescriptor) -> bool:
    return isinstance(descriptor, IntersectionType) and _READONLY in descriptor.members


def _names_public_type(sides: Sides, module: str, descriptor: TypeDescriptor) -> bool:
    """Return whether a definition only gives a public type a further name: `readonly & Order`, say."""
    match descriptor:
        case IntersectionType(members=members):
            return any(_names_public_type(sides, module, member) for member in members)
        case Reference() as reference:
            owner = sides.old.owner(reference, module)
            return owner is None or sides.is_anchor(owner, reference.name)
    return False


def _object_differences(
    place: Place, sides: Sides, old: Class | TypeDefinition, new: Class | TypeDefinition
) -> Iterator[Difference]:
    before, after = _object_side(old, place.module), _object_side(new, place.module)
    if before is not None and after is not None:
        yield from object_differences(place, sides, before, after)


def _object_side(declaration: Class | TypeDefinition, module: str) -> ObjectSide | None:
    written = declared_object_type(declaration)
    if written is None:
        return None
    if isinstance(declaration, Class):
        return ObjectSide(written, module, declaration.metadata, declaration.qualifiers, is_class=True)
    distinct = frozenset({"distinct"}) if isinstance(declaration.type, DistinctType) else frozenset()
    return ObjectSide(written, module, declaration.metadata, distinct, is_class=False)


def renamed(sides: Sides, pair: Pair, new_name: str) -> Difference:
    """State that a declaration has another name now."""
    names = Renamed(pair.key.removeprefix("@"), new_name.removeprefix("@"))
    found = _whole(sides, pair, subject_of(_declared(pair)), "renamed", names)
    return _with_successor(found, sides, pair.module, new_name)


def moved(sides: Sides, pair: Pair, new_module: str) -> Difference:
    """State that a declaration stands in another module now."""
    found = _whole(sides, pair, "symbol", "moved-to-other-module", Moved(pair.module, new_module))
    return _with_successor(found, sides, new_module, pair.key)


def _declared(pair: Pair) -> Declaration:
    if pair.old is None:
        message = "only a declaration of the old side is renamed or moved"
        raise ValueError(message)
    return pair.old


def _with_successor(difference: Difference, sides: Sides, module: str, key: str) -> Difference:
    """Show what took the place of a declaration."""
    located = sides.new.locate(module, key)
    file = located.file if located is not None else ""
    return replace(difference, new=_excerpt(sides.new.declaration(module, key), file))


def _metadata(sides: Sides, pair: Pair) -> Iterator[Difference]:
    if pair.old is not None and pair.new is not None:
        yield from metadata_differences(_place(sides, pair), pair.old.metadata, pair.new.metadata)


def _place(sides: Sides, pair: Pair) -> Place:
    declaration, surface = (pair.old, sides.old) if pair.old is not None else (pair.new, sides.new)
    if declaration is None:
        message = f"a pair without a declaration: {pair.key}"
        raise ValueError(message)
    symbol = pair.key.removeprefix("@")
    return Place(
        spot=Spot(pair.module, pair.old_file, pair.new_file),
        subject=subject_of(declaration),
        symbol=symbol,
        trail=(Step(kind_of(declaration, pair.module, surface), symbol),),
    )


def _whole(sides: Sides, pair: Pair, subject: str, fact: str, detail: Detail | None = None) -> Difference:
    """State a fact about the declaration as a whole."""
    place = replace(_place(sides, pair), subject=subject)
    if isinstance(pair.old, Function):
        place = replace(place, declared=pair.old)
    before = _excerpt(pair.old, pair.old_file) if fact != "added" else None
    after = _excerpt(pair.new, pair.new_file)
    return place.differs(fact, before, after, detail)


def _excerpt(declaration: Declaration | None, file: str) -> Excerpt | None:
    if declaration is None:
        return None
    place = declaration.metadata.location
    return Excerpt(declaration_text(declaration), file, place.line, place.column)
