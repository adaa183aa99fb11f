"""Functions, methods and `init`: parameters, result, qualifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.api import Type, parameter_text, record_members, record_shape, type_text
from semverdiff.compare.callbacks import are_callbacks, callback_differences
from semverdiff.compare.details import Added, Removed, Renamed, TypeChanged, ValueChanged
from semverdiff.compare.difference import Step
from semverdiff.compare.facts import Condition
from semverdiff.compare.sides import Typed
from semverdiff.compare.type_changes import type_differences
from semverdiff.syntax.nodes import (
    NIL,
    ArrayType,
    BuiltinType,
    IntersectionType,
    OptionalType,
    ParameterizedType,
    Reference,
    StreamType,
    TableType,
    TupleType,
    UnionType,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.api import Surface
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Expression, Metadata, Parameter, Signature, TypeDescriptor

__all__ = [
    "Callable",
    "parameter_differences",
    "qualifier_differences",
    "result_differences",
]

_NEVER = BuiltinType("never")


class Callable(msgspec.Struct, frozen=True):
    """What functions and methods have in common; `text` writes it without a body, as a person would.

    `module` is where its names are looked up.
    """

    signature: Signature
    qualifiers: frozenset[str]
    metadata: Metadata
    module: str
    text: str


def qualifier_differences(place: Place, old: Callable, new: Callable) -> Iterator[Difference]:
    """Compare `isolated` and `transactional`."""
    for word in ("isolated", "transactional"):
        if (word in old.qualifiers) == (word in new.qualifiers):
            continue
        fact = f"{word}-added" if word in new.qualifiers else f"{word}-removed"
        yield place.differs(
            fact, place.old_excerpt(old.text, old.metadata), place.new_excerpt(new.text, new.metadata)
        )


def parameter_differences(place: Place, sides: Sides, old: Callable, new: Callable) -> Iterator[Difference]:
    """Compare the parameters of two signatures; nothing is reported twice."""
    yield from _Parameters(place, sides, old, new).differences()


class _Parameters:
    """One comparison of two parameter lists: pairs by name first, then by place and type."""

    def __init__(self, place: Place, sides: Sides, old: Callable, new: Callable) -> None:
        self._place = place
        self._sides = sides
        self._old_callable = old
        self._new_callable = new
        self._old = {one.name: one for one in old.signature.parameters if one.kind != "rest"}
        self._new = {one.name: one for one in new.signature.parameters if one.kind != "rest"}
        self._renamed = self._certain_renames()

    def differences(self) -> Iterator[Difference]:
        whole = self._collapsed_or_expanded() or self._reordered()
        if whole is not None:
            yield whole
        if whole is None or whole.fact == "parameters-reordered":
            yield from self._gone_and_come()
        for name, before in self._old.items():
            after = self._new.get(self._renamed.get(name, name))
            if after is not None:
                yield from self._changed(before, after)
        yield from self._rest()

    def _types(self, before: Parameter, after: Parameter) -> tuple[Typed, Typed]:
        return self._old_type(before), self._new_type(after)

    def _old_type(self, parameter: Parameter) -> Typed:
        return Typed(parameter.type, self._old_callable.module, parameter.metadata)

    def _new_type(self, parameter: Parameter) -> Typed:
        return Typed(parameter.type, self._new_callable.module, parameter.metadata)

    def _same_type(self, before: Parameter, after: Parameter) -> bool:
        return self._sides.same_type(*self._types(before, after))

    def _certain_renames(self) -> Mapping[str, str]:
        """Pair an old with a new name where kind, type and place leave no other reading."""
        lost = [one for name, one in self._old.items() if name not in self._new]
        come = [one for name, one in self._new.items() if name not in self._old]
        old_order, new_order = list(self._old), list(self._new)
        return {
            before.name: after.name
            for before in lost
            for after in come
            if old_order.index(before.name) == new_order.index(after.name)
            and before.kind == after.kind
            and self._same_type(before, after)
        }

    def _at(self, name: str) -> Place:
        return self._place.below(
            self._place.subject, f"{self._place.symbol}({name})", Step("parameter", name)
        )

    def _reordered(self) -> Difference | None:
        kept_old = [name for name in self._old if name in self._new and self._positional(name)]
        kept_new = [name for name in self._new if name in self._old and self._positional(name)]
        return self._whole("parameters-reordered") if kept_old != kept_new else None

    def _positional(self, name: str) -> bool:
        return self._old[name].kind != "included" and self._new[name].kind != "included"

    def _whole(self, fact: str) -> Difference:
        return self._place.differs(
            fact,
            self._place.old_excerpt(self._old_callable.text, self._old_callable.metadata),
            self._place.new_excerpt(self._new_callable.text, self._new_callable.metadata),
        )

    def _collapsed_or_expanded(self) -> Difference | None:
        """Recognise `int a, int b` becoming `*R` whose fields are a and b, and the other way round."""
        lost, come = self._old.keys() - self._new.keys(), self._new.keys() - self._old.keys()
        if self._collects(self._new, come, lost, self._new_callable, self._sides.new):
            return self._whole("parameters-collapsed")
        if self._collects(self._old, lost, come, self._old_callable, self._sides.old):
            return self._whole("parameters-expanded")
        return None

    @staticmethod
    def _collects(
        parameters: Mapping[str, Parameter],
        record: set[str],
        singles: set[str],
        owner: Callable,
        surface: Surface,
    ) -> bool:
        if len(record) != 1 or len(singles) < 2:  # noqa: PLR2004 (one parameter is no collection)
            return False
        parameter = parameters[next(iter(record))]
        shape = record_shape(Type(parameter.type, owner.module, surface))
        return shape is not None and singles <= record_members(shape.type).fields.keys()

    def _gone_and_come(self) -> Iterator[Difference]:
        for name, before in self._old.items():
            if name in self._new:
                continue
            place = self._at(name)
            excerpt = place.old_excerpt(parameter_text(before), before.metadata)
            if name in self._renamed:
                after = self._new[self._renamed[name]]
                renamed = place.new_excerpt(parameter_text(after), after.metadata)
                yield place.differs("parameter-renamed", excerpt, renamed, Renamed(name, after.name))
            else:
                removed = Removed(before, self._sides.old_term(self._old_type(before)))
                yield place.differs("parameter-removed", excerpt, None, removed)
        for name, after in self._new.items():
            if name in self._old or name in self._renamed.values():
                continue
            if self._makes_dependent(after):
                continue
            place = self._at(name)
            excerpt = place.new_excerpt(parameter_text(after), after.metadata)
            added = Added(after, self._sides.new_term(self._new_type(after)))
            yield place.differs(self._added_fact(after), None, excerpt, added)

    def _makes_dependent(self, parameter: Parameter) -> bool:
        """Return whether an added parameter only serves to let the result depend on the caller."""
        old, new = self._old_callable.signature, self._new_callable.signature
        return (
            parameter.inferred
            and not _is_dependent(old)
            and parameter.name in _plain_names(new.result)
            and _is_typedesc(parameter.type)
        )

    def _added_fact(self, parameter: Parameter) -> str:
        match parameter.kind:
            case "required":
                return "parameter-required-added"
            case "included":
                return (
                    "parameter-included-added"
                    if self._all_optional(parameter)
                    else "parameter-required-added"
                )
        known = {*self._old, *self._renamed.values()}
        after = self._new_callable.signature.parameters
        later = after[after.index(parameter) + 1 :]
        shifted = any(one.kind in {"included", "rest"} or one.name in known for one in later)
        return "parameter-defaultable-inserted" if shifted else "parameter-defaultable-added"

    def _all_optional(self, parameter: Parameter) -> bool:
        shape = record_shape(Type(parameter.type, self._new_callable.module, self._sides.new))
        if shape is None:
            return False
        members = record_members(shape.type)
        fields = (member.declared for member in members.fields.values())
        return not members.opaque and all(field.optional or field.default is not None for field in fields)

    def _changed(self, before: Parameter, after: Parameter) -> Iterator[Difference]:
        place = self._at(before.name)
        old = place.old_excerpt(parameter_text(before), before.metadata)
        new = place.new_excerpt(parameter_text(after), after.metadata)
        fact = _kind_fact(before, after)
        if fact is not None:
            yield place.differs(fact, old, new)
            if before.kind == "defaultable" and after.kind == "included" and not self._all_optional(after):
                # Who passed nothing has to name the required fields now.
                yield place.differs("parameter-default-removed", old, new)
        elif before.default and after.default and not self._same_default(before.default, after.default):
            values = ValueChanged(before.default, after.default)
            yield place.differs("parameter-default-value-changed", old, new, values)
        elif before.kind == "included" == after.kind and self._other_defaults(before, after):
            yield place.differs("parameter-included-record-changed", old, new)
            return
        types = self._types(before, after)
        # Who implements an open object type is given the function, and calls it.
        if are_callbacks(*types) and Condition.OPEN_OBJECT_TYPE not in place.conditions:
            yield from callback_differences(place, self._sides, *types)
        else:
            yield from type_differences(place, self._sides, "parameter-type", *types)

    def _same_default(self, before: Expression, after: Expression) -> bool:
        return self._sides.same_expression(
            before, self._old_callable.module, after, self._new_callable.module
        )

    def _other_defaults(self, before: Parameter, after: Parameter) -> bool:
        """Return whether callers may leave out other fields now, though the type is the same."""
        old, new = self._types(before, after)
        if self._sides.same_reference(old, new) or not self._sides.same_type(old, new):
            return False
        return _defaulted(old, self._sides.old) != _defaulted(new, self._sides.new)

    def _rest(self) -> Iterator[Difference]:
        before, after = _rest_parameter(self._old_callable), _rest_parameter(self._new_callable)
        if before is None and after is None:
            return
        one = before or after
        place = self._at(one.name if one is not None else "")
        old = place.old_excerpt(parameter_text(before), before.metadata) if before else None
        new = place.new_excerpt(parameter_text(after), after.metadata) if after else None
        if before is None or after is None:
            if after is not None:
                added = Added(after, self._sides.new_term(self._new_type(after)))
                yield place.differs("parameter-rest-added", old, new, added)
            elif before is not None:
                removed = Removed(before, self._sides.old_term(self._old_type(before)))
                yield place.differs("parameter-rest-removed", old, new, removed)
            return
        if before.name != after.name:
            yield place.differs("parameter-rest-renamed", old, new, Renamed(before.name, after.name))
        yield from type_differences(place, self._sides, "parameter-rest-type", *self._types(before, after))


def _defaulted(typed: Typed, surface: Surface) -> set[str] | None:
    """Return the fields of a record that have defaults."""
    shape = record_shape(Type(typed.descriptor, typed.module, surface))
    if shape is None:
        return None
    fields = record_members(shape.type).fields
    return {name for name, member in fields.items() if member.declared.default is not None}


def _rest_parameter(owner: Callable) -> Parameter | None:
    return next((one for one in owner.signature.parameters if one.kind == "rest"), None)


def _kind_fact(before: Parameter, after: Parameter) -> str | None:
    match before.kind, after.kind:
        case "required", "defaultable":
            return "parameter-default-added"
        case "defaultable", "required":
            return "parameter-default-removed"
        case "defaultable", "defaultable" if before.inferred and not after.inferred and after.default is None:
            return "parameter-default-removed"
        case "required" | "defaultable", "included":
            return "parameter-inclusion-added"
        case "included", "required" | "defaultable":
            return "parameter-inclusion-removed"
    return None


def result_differences(place: Place, sides: Sides, old: Callable, new: Callable) -> Iterator[Difference]:
    """Compare the results of functions and methods; those of `init` are errors only."""
    before, after = _result(old), _result(new)
    fact = _result_fact(place.subject, sides, old, new)
    if fact is None:
        yield from type_differences(place, sides, "return-type", before, after)
        return
    yield place.differs(
        fact,
        place.old_excerpt(type_text(before.descriptor), old.metadata),
        place.new_excerpt(type_text(after.descriptor), new.metadata),
        TypeChanged(sides.old_term(before), sides.new_term(after)),
    )


def _result(owner: Callable) -> Typed:
    return Typed(owner.signature.result, owner.module, owner.metadata)


def _result_fact(subject: str, sides: Sides, old: Callable, new: Callable) -> str | None:
    """Name a change that is one whatever the types hold; `None` leaves it to the comparison of types."""
    before, after = old.signature.result, new.signature.result
    if _is_dependent(old.signature) != _is_dependent(new.signature):
        return "return-dependent-removed" if _is_dependent(old.signature) else "return-dependent-added"
    if after == _NEVER != before:
        return "return-never"
    lost, gained = sides.errors_only(_result(old), _result(new))
    if gained and not sides.old_has_error(_result(old)):
        return "error-added" if subject == "init" else "return-error-added"
    if lost and not sides.new_has_error(_result(new)):
        return "error-removed" if subject == "init" else "return-error-removed"
    if before == NIL != after:
        return "return-type-added"
    return "return-type-removed" if after == NIL != before else None


def _is_dependent(signature: Signature) -> bool:
    """Return whether the result is given by a typedesc parameter: `returns t` with `typedesc<T> t = <>`."""
    names = {one.name for one in signature.parameters if _is_typedesc(one.type)}
    return bool(names) and any(name in names for name in _plain_names(signature.result))


def _is_typedesc(descriptor: TypeDescriptor) -> bool:
    match descriptor:
        case BuiltinType(name="typedesc") | ParameterizedType(name="typedesc"):
            return True
    return False


def _plain_names(descriptor: TypeDescriptor) -> Iterator[str]:
    """Yield the unqualified names that stand as the type itself, in a union, or as its parts."""
    match descriptor:
        case Reference(module=None, name=name):
            yield name
        case UnionType(members=members) | IntersectionType(members=members) | TupleType(members=members):
            for member in members:
                yield from _plain_names(member)
        case OptionalType(member=member) | ArrayType(member=member):
            yield from _plain_names(member)
        case ParameterizedType(parameter=parameter):
            yield from _plain_names(parameter)
        case StreamType(value=value, completion=completion):
            yield from _plain_names(value)
            yield from _plain_names(completion)
        case TableType(row=row):
            yield from _plain_names(row)
