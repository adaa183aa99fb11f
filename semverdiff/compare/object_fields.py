"""Fields of classes and object types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.api import object_field_text
from semverdiff.compare.details import Added, Removed, Renamed, ValueChanged
from semverdiff.compare.difference import Step
from semverdiff.compare.facts import Condition, Fact
from semverdiff.compare.metadata import metadata_differences
from semverdiff.compare.renames import certain_renames
from semverdiff.compare.sides import Typed
from semverdiff.compare.type_changes import type_differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.api import Member
    from semverdiff.compare.difference import Difference, Excerpt
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import ObjectField

__all__ = ["field_differences", "is_public_field"]

_FINAL_FACTS = frozenset({"field-type-narrowed", "field-type-widened"})


def is_public_field(member: Member[ObjectField]) -> bool:
    """Return whether clients see a field."""
    return member.declared.visibility == "public"


def field_differences(
    place: Place, sides: Sides, old: Mapping[str, Member[ObjectField]], new: Mapping[str, Member[ObjectField]]
) -> Iterator[Difference]:
    """Compare fields by name. `place` is the type's, with the subject `class` or `object`.

    Fields that clients do not see belong to the maps, too: a public one may have become one of them.
    """
    gone = {name: one for name, one in old.items() if is_public_field(one) and name not in new}
    come = {name: one for name, one in new.items() if is_public_field(one) and name not in old}
    renamed = certain_renames(gone, come, lambda one, other: _same_shape(sides, one, other))
    for name, member in old.items():
        if not is_public_field(member):
            continue
        successor = new.get(renamed.get(name, name))
        came = successor.origins if successor is not None else ()
        at = replace(sides.placed(_at(place, name), member.origins, came), declared=member.declared)
        before = _old_excerpt(at, member)
        if successor is None:
            removed = Removed(member.declared, sides.old_term(_typed(member)))
            yield at.differs("field-removed", before, None, removed)
        elif name in renamed:
            names = Renamed(name, successor.declared.name)
            yield at.differs("field-renamed", before, _new_excerpt(at, successor), names)
        elif not is_public_field(successor):
            yield at.differs("field-visibility-reduced", before, _new_excerpt(at, successor))
        else:
            yield from _changed(at, sides, member, successor)
    for name, member in new.items():
        was_public = name in old and is_public_field(old[name])
        if is_public_field(member) and not was_public and name not in renamed.values():
            at = sides.placed(_at(place, name), (), member.origins)
            added = Added(member.declared, sides.new_term(_typed(member)))
            yield at.differs("field-added", None, _new_excerpt(at, member), added)


def _changed(
    place: Place, sides: Sides, old: Member[ObjectField], new: Member[ObjectField]
) -> Iterator[Difference]:
    before, after = old.declared, new.declared
    excerpts = (_old_excerpt(place, old), _new_excerpt(place, new))
    if before.final != after.final:
        yield place.differs("field-final-added" if after.final else "field-final-removed", *excerpts)
    if before.initial and after.initial and before.initial.tokens != after.initial.tokens:
        values = ValueChanged(before.initial, after.initial)
        yield place.differs("field-initial-value-changed", *excerpts, values)
    yield from _type_differences(place, sides, old, new)
    yield from metadata_differences(place, before.metadata, after.metadata)


def _type_differences(
    place: Place, sides: Sides, old: Member[ObjectField], new: Member[ObjectField]
) -> Iterator[Difference]:
    """Compare the types; a final field of a class is read only, and has facts of its own for that."""
    final = old.declared.final
    at = replace(place, conditions=place.conditions | {Condition.FIELD_FINAL}) if final else place
    for difference in type_differences(at, sides, "field-type", _typed(old), _typed(new)):
        own = final and place.subject == "class" and difference.fact in _FINAL_FACTS
        yield replace(difference, fact=Fact(f"final-{difference.fact}")) if own else difference


def _at(place: Place, name: str) -> Place:
    return place.below(place.subject, f"{place.symbol}.{name}", Step("field", name))


def _same_shape(sides: Sides, old: Member[ObjectField], new: Member[ObjectField]) -> bool:
    return old.declared.final == new.declared.final and sides.same_type(_typed(old), _typed(new))


def _typed(member: Member[ObjectField]) -> Typed:
    return Typed(member.declared.type, member.module, member.declared.metadata)


def _old_excerpt(place: Place, member: Member[ObjectField]) -> Excerpt:
    return place.old_excerpt(object_field_text(member.declared), member.declared.metadata)


def _new_excerpt(place: Place, member: Member[ObjectField]) -> Excerpt:
    return place.new_excerpt(object_field_text(member.declared), member.declared.metadata)
