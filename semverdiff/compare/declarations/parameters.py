"""The parameters of functions, methods and `init`: which calls still compile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import record_members, record_shape
from semverdiff.compare import declarations
from semverdiff.compare.dependence import makes_dependent
from semverdiff.compare.details import Added, Removed, Renamed, ValueChanged
from semverdiff.compare.facts import Condition, Fact
from semverdiff.compare.types import PARAMETER, REST_PARAMETER, is_one_keyword, type_differences
from semverdiff.syntax.nodes import FunctionType, OptionalType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api import Type
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Form, Place
    from semverdiff.syntax import nodes

__all__ = ["parameter_differences"]


def parameter_differences(place: Place, old: nodes.Signature, new: nodes.Signature) -> Iterator[Difference]:
    """Compare the parameters of the function or method at a place; nothing is stated twice."""
    lists = _ParameterLists(place, old, new)
    whole = lists.rearranged()
    if whole is not None:
        yield place.differs(whole)
    if whole in {None, Fact.PARAMETERS_REORDERED}:
        yield from lists.removed_or_renamed()
        yield from lists.added()
    yield from lists.changed()
    yield from _rest(place, old, new)


class _ParameterLists:
    """Two parameter lists, matched by name, and by position where only the name changed."""

    def __init__(self, place: Place, old: nodes.Signature, new: nodes.Signature) -> None:
        self._place = place
        self._old = {one.name: one for one in old.parameters if one.kind != "rest"}
        self._new = {one.name: one for one in new.parameters if one.kind != "rest"}
        self._signatures = (old, new)
        self._has_rest = _rest_parameter(new) is not None
        self._renamed = self._renames()
        self._new_names = set(self._renamed.values())

    def _renames(self) -> dict[str, str]:
        """Return old and new names where kind, type and position leave no other reading."""
        return {
            before.name: after.name
            for before, after in zip(self._old.values(), self._new.values(), strict=False)
            if before.name not in self._new
            and after.name not in self._old
            and before.kind == after.kind
            and self._same_type(before, after)
        }

    def _same_type(self, before: nodes.Parameter, after: nodes.Parameter) -> bool:
        return self._place.context.types.same_type(
            self._place.old.type_of(before.type), self._place.new.type_of(after.type)
        )

    def rearranged(self) -> Fact | None:
        """Return the fact if the lists as a whole are other ones.

        `int a, int b` becomes `*R` whose fields are a and b, or the other way round; or what both lists
        pass by position stands in another order.
        """
        removed, added = self._old.keys() - self._new.keys(), self._new.keys() - self._old.keys()
        if _collects(self._place.new, [self._new[name] for name in added], removed):
            return Fact.PARAMETERS_COLLAPSED
        if _collects(self._place.old, [self._old[name] for name in removed], added):
            return Fact.PARAMETERS_EXPANDED
        shared = {name for name in self._old.keys() & self._new.keys() if self._positional(name)}
        old_order = [name for name in self._old if name in shared]
        new_order = [name for name in self._new if name in shared]
        return Fact.PARAMETERS_REORDERED if old_order != new_order else None

    def _positional(self, name: str) -> bool:
        return self._old[name].kind != "included" and self._new[name].kind != "included"

    def removed_or_renamed(self) -> Iterator[Difference]:
        """Yield what became of old names that are no longer there."""
        for name, before in self._old.items():
            if name in self._new:
                continue
            after = self._new[self._renamed[name]] if name in self._renamed else None
            place = self._place.parameter(name, before, after)
            if after is not None:
                yield place.differs(Fact.PARAMETER_RENAMED, Renamed(name, after.name))
            else:
                type_ = self._place.old.type_of(before.type)
                yield place.differs(Fact.PARAMETER_REMOVED, Removed(before, type_))

    def added(self) -> Iterator[Difference]:
        """Yield the additions: new names that are no old ones renamed."""
        last = max((index for index, name in enumerate(self._new) if self._fixes_order(name)), default=0)
        replacing = self._replacing()
        for index, (name, after) in enumerate(self._new.items()):
            if name in self._old or name in self._new_names or self._makes_dependent(after):
                continue
            place = self._place.parameter(name, None, after)
            inserted = (index < last or self._has_rest) and name not in replacing
            fact = self._added_fact(after, inserted=inserted)
            yield place.differs(fact, Added(after, self._place.new.type_of(after.type)))

    def _replacing(self) -> set[str]:
        """Return new names that stand where a positional parameter was removed: they move no other one."""
        return {
            after.name
            for before, after in zip(self._old.values(), self._new.values(), strict=False)
            if before.name not in self._new and before.kind != "included"
        }

    def _makes_dependent(self, parameter: nodes.Parameter) -> bool:
        old, new = self._signatures
        return makes_dependent(parameter, self._place.old, old, new.result)

    def _fixes_order(self, name: str) -> bool:
        """Return whether whoever passes by position notices what is put before a parameter."""
        return name in self._old or name in self._new_names or self._new[name].kind == "included"

    def _added_fact(self, parameter: nodes.Parameter, *, inserted: bool) -> Fact:
        match parameter.kind:
            case "required":
                return Fact.PARAMETER_REQUIRED_ADDED
            case "included":
                optional = _all_optional(self._place.new.type_of(parameter.type))
                return Fact.PARAMETER_INCLUDED_ADDED if optional else Fact.PARAMETER_REQUIRED_ADDED
        return Fact.PARAMETER_DEFAULTABLE_INSERTED if inserted else Fact.PARAMETER_DEFAULTABLE_ADDED

    def changed(self) -> Iterator[Difference]:
        """Compare the parameters that both lists have."""
        for name, before in self._old.items():
            after = self._new.get(self._renamed.get(name, name))
            if after is not None and not _is_plainly_same(self._place, before, after):
                yield from _changed(self._place.parameter(name, before, after), before, after)


def _is_plainly_same(place: Place, before: nodes.Parameter, after: nodes.Parameter) -> bool:
    """Return whether nothing can be said of a parameter, as of most in a signature that changed.

    `place` is that of the function or method. An included record may be another package's, in which fields
    have lost their defaults.
    """
    return (
        _kind_fact(before, after) is None
        and before.kind != "included"
        and (
            is_one_keyword(before.type, after.type)
            or place.context.types.same_by_name(place.old.type_of(before.type), place.new.type_of(after.type))
        )
        and (
            before.default is None or after.default is None or place.same_value(before.default, after.default)
        )
    )


def _collects(form: Form, collecting: list[nodes.Parameter], singles: set[str]) -> bool:
    """Return whether one parameter alone takes a record with all of these names as fields, two or more."""
    if len(collecting) != 1 or len(singles) < 2:  # noqa: PLR2004 (one parameter is no collection)
        return False
    shape = record_shape(form.type_of(collecting[0].type))
    return shape is not None and singles <= record_members(shape.type).fields.keys()


def _all_optional(type_: Type) -> bool:
    """Return whether a record needs no field of its caller."""
    shape = record_shape(type_)
    if shape is None:
        return False
    members = record_members(shape.type)
    fields = (member.declared for member in members.fields.values())
    return not members.opaque and all(field.optional or field.default is not None for field in fields)


def _changed(place: Place, before: nodes.Parameter, after: nodes.Parameter) -> Iterator[Difference]:
    old, new = place.old.type_of(before.type), place.new.type_of(after.type)
    fact = _kind_fact(before, after)
    if fact is not None:
        yield place.differs(fact)
        if before.kind == "defaultable" and after.kind == "included" and not _all_optional(new):
            # Who passed nothing has to name the required fields now.
            yield place.differs(Fact.PARAMETER_DEFAULT_REMOVED)
    elif before.default and after.default and not place.same_value(before.default, after.default):
        yield place.differs(Fact.PARAMETER_DEFAULT_VALUE_CHANGED, ValueChanged(before.default, after.default))
    elif before.kind == "included" == after.kind and _changes_defaults(place, old, new):
        yield place.differs(Fact.PARAMETER_INCLUDED_RECORD_CHANGED)
        return
    # Who implements an open object type is given the function, and calls it.
    if _are_callbacks(before.type, after.type) and Condition.OPEN_OBJECT_TYPE not in place.conditions:
        yield from declarations.callback_differences(place, old, new)
    else:
        yield from type_differences(place, PARAMETER, old, new)


def _are_callbacks(old: nodes.TypeDescriptor, new: nodes.TypeDescriptor) -> bool:
    """Return whether clients pass functions, whose parameters are written.

    If only one of both may be left out, that is a question about the whole type.
    """
    if isinstance(old, OptionalType) and isinstance(new, OptionalType):
        old, new = old.member, new.member
    return all(isinstance(one, FunctionType) and one.signature is not None for one in (old, new))


def _kind_fact(before: nodes.Parameter, after: nodes.Parameter) -> Fact | None:
    if before.kind != after.kind:
        match before.kind, after.kind:
            case "required", "defaultable":
                return Fact.PARAMETER_DEFAULT_ADDED
            case "defaultable", "required":
                return Fact.PARAMETER_DEFAULT_REMOVED
            case "required" | "defaultable", "included":
                return Fact.PARAMETER_INCLUSION_ADDED
            case "included", "required" | "defaultable":
                return Fact.PARAMETER_INCLUSION_REMOVED
    return None


def _changes_defaults(place: Place, old: Type, new: Type) -> bool:
    """Return whether callers may leave out other fields of an included record of the same type."""
    if place.context.same_name(old, new) or not place.context.types.same_type(old, new):
        return False
    return _defaulted(old) != _defaulted(new)


def _defaulted(type_: Type) -> set[str] | None:
    """Return the fields of a record that have defaults; `None` for other types."""
    shape = record_shape(type_)
    if shape is None:
        return None
    fields = record_members(shape.type).fields
    return {name for name, member in fields.items() if member.declared.default is not None}


def _rest(place: Place, old: nodes.Signature, new: nodes.Signature) -> Iterator[Difference]:
    before, after = _rest_parameter(old), _rest_parameter(new)
    if before is not None:
        at = place.parameter(before.name, before, after)
        type_ = place.old.type_of(before.type)
        if after is None:
            yield at.differs(Fact.PARAMETER_REST_REMOVED, Removed(before, type_))
            return
        if before.name != after.name:
            yield at.differs(Fact.PARAMETER_REST_RENAMED, Renamed(before.name, after.name))
        yield from type_differences(at, REST_PARAMETER, type_, place.new.type_of(after.type))
    elif after is not None:
        added = Added(after, place.new.type_of(after.type))
        yield place.parameter(after.name, None, after).differs(Fact.PARAMETER_REST_ADDED, added)


def _rest_parameter(signature: nodes.Signature) -> nodes.Parameter | None:
    # SPEC, Functions: it is the last one.
    last = signature.parameters[-1] if signature.parameters else None
    return last if last is not None and last.kind == "rest" else None
