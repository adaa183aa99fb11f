"""What differs between the properties and fields of two versions of a type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.vein.difference import Fact, Subject
from semverdiff.vein.method_comparison import ERASED
from semverdiff.vein.model import TypeKind, Visibility
from semverdiff.vein.pairs import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from semverdiff.vein.difference import VeinDifference
    from semverdiff.vein.model import Field, Property, TypeName
    from semverdiff.vein.pairs import TypePair

__all__ = ["compare_fields", "compare_properties"]

_MAY_BE_STRUCT: Final = (
    "whether the type is a class or a struct is not known, and a struct lays out its fields"
)
_NO_FLAG: Final = "a module does not tell a field without a modifier from a private one"
_SHADOW: Final = "today's compiler finds properties of other modules by the field that it adds to them"
_NO_NAMES: Final = "the names of fields that the virtual machine knows by others are lost in a module"


def compare_properties(pair: TypePair) -> Iterator[VeinDifference]:
    """Yield what differs in the properties of a type, and which became fields or were fields."""
    olds, news = ({one.name: one for one in side.properties} for side in (pair.old, pair.new))
    old_fields, new_fields = (_visible_fields(side.fields) for side in (pair.old, pair.new))
    for name, old in olds.items():
        if name in news:
            yield from _property(Spot(pair, Subject.PROPERTY, name, old, news[name]), old, news[name])
        elif old.visibility.is_api:
            field = new_fields.get(name)
            spot = Spot(pair, Subject.METHOD if old.is_override else Subject.PROPERTY, name, old, field)
            if field is not None:
                yield replace(spot, subject=Subject.PROPERTY).change(Fact.TO_FIELD)
            else:
                yield spot.change(Fact.OVERRIDE_REMOVED if old.is_override else Fact.REMOVED)
    for name, new in news.items():
        if name not in olds and new.visibility.is_api:
            yield _added_property(pair, new, old_fields.get(name))


def compare_fields(pair: TypePair) -> Iterator[VeinDifference]:
    """Yield what differs in the fields of a type."""
    has_layout = (
        pair.old_api.has_layouts
        and pair.new_api.has_layouts
        and pair.old.kind is TypeKind.STRUCT
        and pair.new.kind is TypeKind.STRUCT
    )
    olds, news = ({one.name: one for one in side.fields} for side in (pair.old, pair.new))
    old_properties, new_properties = ({one.name for one in side.properties} for side in (pair.old, pair.new))
    layouts = tuple(_layout(side.values()) if has_layout else [] for side in (olds, news))
    laid_out = frozenset().union(*layouts)
    for name, old in olds.items():
        if name in news:
            yield from _field(pair, old, news[name], in_layout=name in laid_out)
        elif name in laid_out:
            yield Spot(pair, Subject.STRUCT_FIELD, name, old, None).change(Fact.REMOVED)
        elif old.visibility.is_api and name not in new_properties:
            yield _field_change(Spot(pair, Subject.FIELD, name, old, None), Fact.REMOVED)
    for name, new in news.items():
        if name in olds:
            continue
        if name in laid_out:
            yield Spot(pair, Subject.STRUCT_FIELD, name, None, new).change(Fact.ADDED)
        elif new.visibility.is_api and name not in old_properties:
            yield _field_change(Spot(pair, Subject.FIELD, name, None, new), Fact.ADDED)
    both = frozenset(layouts[0]).intersection(layouts[1])
    kept = ([name for name in layout if name in both] for layout in layouts)
    for before, after in zip(*kept, strict=True):
        if before != after:  # the first that has another place stands for all
            spot = Spot(pair, Subject.STRUCT_FIELD, before, olds[before], news[before])
            yield spot.change(Fact.REORDERED, before, after)
            break


def _visible_fields(fields: Iterable[Field]) -> dict[str, Field]:
    return {one.name: one for one in fields if one.visibility.is_api}


def _added_property(pair: TypePair, new: Property, field: Field | None) -> VeinDifference:
    if field is not None:
        return Spot(pair, Subject.FIELD, new.name, field, new).change(Fact.TO_PROPERTY)
    subject, fact = Subject.PROPERTY, Fact.ADDED
    if pair.is_interface:
        subject = Subject.INTERFACE_PROPERTY
    elif new.is_override:
        subject, fact = Subject.METHOD, Fact.OVERRIDE_ADDED
    elif new.is_abstract:
        subject, fact = Subject.METHOD, Fact.ABSTRACT_ADDED
    return Spot(pair, subject, new.name, None, new).change(fact)


def _property(spot: Spot, old: Property, new: Property) -> Iterator[VeinDifference]:
    """Yield what differs between two versions of a property."""
    yield from spot.visibility()
    if not spot.is_visible:
        return
    yield from spot.pair.aspect_uses(old, new)
    yield from _type(spot, old.type, new.type)
    if _is_usable(old.getter) and not _is_usable(new.getter):
        yield spot.change(Fact.GETTER_REMOVED)
    setters = _is_usable(old.setter), _is_usable(new.setter)
    yield from spot.flag(Fact.SETTER_ADDED, Fact.SETTER_REMOVED, before=setters[0], after=setters[1])
    yield from spot.flag(Fact.STATIC_ADDED, Fact.STATIC_REMOVED, before=old.is_static, after=new.is_static)
    if old.is_computed is False and new.is_computed is True:
        yield spot.change(Fact.TO_COMPUTED, assumed=_SHADOW)


def _is_usable(accessor: Visibility | None) -> bool:
    return accessor is not None and accessor.is_api


def _type(spot: Spot, old: TypeName, new: TypeName) -> Iterator[VeinDifference]:
    """Yield that a property or field has another type."""
    if not spot.pair.is_same(old, new):
        yield spot.change(Fact.TYPE_CHANGED, old.text, new.text)
    elif spot.pair.arguments_differ([old], [new]):
        yield spot.change(Fact.TYPE_CHANGED, old.text, new.text, ERASED)


def _layout(fields: Iterable[Field]) -> list[str]:
    """Return the fields that a struct lays out in memory, in their order, which clients hold."""
    return [field.name for field in fields if not field.is_static]


def _field_change(spot: Spot, fact: Fact) -> VeinDifference:
    """Return that a field came or went, with what that rests on."""
    kinds = {*spot.pair.old.kinds, *spot.pair.new.kinds}
    change = spot.change(fact, assumed=_MAY_BE_STRUCT if TypeKind.STRUCT in kinds else None)
    has_names = spot.pair.old_api.has_constants and spot.pair.new_api.has_constants
    return change if has_names else replace(change, undecided=_NO_NAMES)


def _field(pair: TypePair, old: Field, new: Field, *, in_layout: bool) -> Iterator[VeinDifference]:
    """Yield what differs between two versions of a field."""
    spot = Spot(pair, Subject.FIELD, old.name, old, new)
    is_changed = not pair.is_same(old.type, new.type)
    if in_layout and is_changed:
        layout = replace(spot, subject=Subject.STRUCT_FIELD)
        yield layout.change(Fact.TYPE_CHANGED, old.type.text, new.type.text)
    visibilities = {old.visibility, new.visibility}
    if visibilities != {Visibility.UNMARKED, Visibility.UNFLAGGED}:
        yield from spot.visibility(_NO_FLAG if Visibility.UNFLAGGED in visibilities else None)
    if not spot.is_visible:
        return
    yield from pair.aspect_uses(old, new)
    if not (in_layout and is_changed):
        yield from _type(spot, old.type, new.type)
    yield from spot.flag(Fact.STATIC_ADDED, Fact.STATIC_REMOVED, before=old.is_static, after=new.is_static)
    readonly = Fact.READONLY_ADDED, Fact.READONLY_REMOVED
    yield from spot.flag(*readonly, before=old.is_readonly, after=new.is_readonly)
    literal = Fact.LITERAL_ADDED, Fact.LITERAL_REMOVED
    yield from spot.flag(*literal, before=old.is_literal, after=new.is_literal)
    # A module holds the value, a source how it is computed.
    is_comparable = pair.old_api.is_erased == pair.new_api.is_erased
    if is_comparable and old.value is not None and new.value is not None and old.value != new.value:
        yield spot.change(Fact.CONSTANT_VALUE_CHANGED, old.value, new.value)
