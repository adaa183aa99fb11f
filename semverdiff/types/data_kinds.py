"""Is every value of a type data: json, anydata, or immutable?

Clients assign values to these builtin types (`json j = order;`), and stop compiling when a field comes
that is none. The answer needs no subtype engine: it follows the parts of the type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.api.members import field_type, record_members
from semverdiff.syntax.nodes import (
    ArrayType,
    BuiltinType,
    Class,
    Constant,
    DistinctType,
    Enum,
    FunctionType,
    IntersectionType,
    NilType,
    OptionalType,
    ParameterizedType,
    RecordType,
    Reference,
    SingletonType,
    TableType,
    TupleType,
    TypeDefinition,
    UnionType,
)
from semverdiff.types.forms import Type, is_declared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from semverdiff.syntax.nodes import TypeDescriptor

__all__ = ["ANYDATA", "JSON", "READONLY", "DataKinds"]

JSON: Final = "json"
ANYDATA: Final = "anydata"
READONLY: Final = "readonly"

Kinds = frozenset[str]
_Name = tuple[int, str, str]
_NONE_OPEN: Final = 2**31
_ALL: Final = frozenset({JSON, ANYDATA, READONLY})
_NONE: Final[Kinds] = frozenset()
_IMMUTABLE: Final = frozenset({READONLY})

_BUILTIN: Final[Mapping[str, Kinds]] = {
    **dict.fromkeys(("boolean", "byte", "decimal", "float", "int", "never", "string"), _ALL),
    **dict.fromkeys(("error", "function", "handle", "readonly", "typedesc"), _IMMUTABLE),
    "json": frozenset({JSON, ANYDATA}),
    "anydata": frozenset({ANYDATA}),
    "xml": frozenset({ANYDATA}),
}
# Of the language library: subtypes of basic types.
_MODULES: Final[Mapping[str, Kinds]] = {
    "ballerina/lang.int": _ALL,
    "ballerina/lang.string": _ALL,
    "ballerina/lang.regexp": frozenset({ANYDATA, READONLY}),
    "ballerina/lang.xml": frozenset({ANYDATA}),
}


class DataKinds:
    """What types lie within of `json`, `anydata` and `readonly`; each definition is looked into once.

    Definitions may lead back to themselves, which adds nothing to the answer. What was found for one on the
    way round a circle holds for good when it is known what was found where the circle was entered.
    """

    def __init__(self) -> None:
        self._known: dict[_Name, Kinds | None] = {}
        self._open: dict[_Name, int] = {}
        # What was found within circles that are still open, with the outermost definition it relied on.
        self._provisional: dict[_Name, tuple[Kinds | None, int]] = {}
        # The outermost open definition that an answer relied on.
        self._outermost = _NONE_OPEN

    def of(self, term: Type) -> Kinds | None:
        """Return the kinds of data that a type lies within; `None` if that is not known."""
        self._outermost = _NONE_OPEN
        return self._kinds(term)

    def _kinds(self, term: Type) -> Kinds | None:  # noqa: C901 (one case a form)
        match term.descriptor:
            case NilType() | SingletonType():
                return _ALL
            case BuiltinType(name=name):
                return _BUILTIN.get(name, _NONE)
            case FunctionType() | ParameterizedType(name="error" | "typedesc"):
                return _IMMUTABLE
            case OptionalType(member=member) | DistinctType(member=member):
                return self._of(term, [member])
            case UnionType(members=members):
                return self._of(term, members)
            case IntersectionType(members=members):
                return self._intersection(term, members)
            case ArrayType(member=member) | ParameterizedType(name="map", parameter=member):
                return self._mutable(self._of(term, [member]))
            case TupleType(members=members, rest=rest):
                return self._mutable(self._of(term, [*members, *([] if rest is None else [rest])]))
            case TableType(row=row):
                inner = self._of(term, [row])
                return None if inner is None else inner & {ANYDATA}
            case ParameterizedType(name="xml"):
                return frozenset({ANYDATA})
            case RecordType():
                return self._record(term, term.descriptor)
            case Reference():
                return self._reference(term, term.descriptor)
        return _NONE

    def _of(self, term: Type, members: Iterable[TypeDescriptor]) -> Kinds | None:
        return _together(self._kinds(term.with_descriptor(member)) for member in members)

    @staticmethod
    def _mutable(inner: Kinds | None) -> Kinds | None:
        return None if inner is None else inner - _IMMUTABLE

    def _intersection(self, term: Type, members: tuple[TypeDescriptor, ...]) -> Kinds | None:
        """Whatever one member lies within the intersection lies within."""
        found = [self._kinds(term.with_descriptor(member)) for member in members]
        known = [kinds for kinds in found if kinds is not None]
        all_ = frozenset[str]().union(*known)
        return all_ if len(known) == len(found) or all_ == _ALL else None

    def _record(self, term: Type, record: RecordType) -> Kinds | None:
        members = record_members(term.with_descriptor(record))
        parts = [field_type(member) for member in members.fields.values()]
        if members.rest is not None:
            parts.append(members.rest)
        found = _together(self._kinds(part) for part in parts)
        if members.opaque or found is None:
            return None
        fields = members.fields.values()
        # SPEC, Record types: a record whose every field is readonly is readonly. One without fields is, too,
        # but means nothing by it.
        frozen = bool(fields) and members.rest is None and all(one.declared.readonly for one in fields)
        return found | _IMMUTABLE if frozen else found - _IMMUTABLE

    def _reference(self, term: Type, reference: Reference) -> Kinds | None:
        owner = term.surface.owner(reference, term.module)
        if owner is None:
            return _MODULES.get(reference.module or "")
        name = (id(term.surface), owner, reference.name)
        if name in self._known:
            return self._known[name]
        if name in self._open:
            self._outermost = min(self._outermost, self._open[name])
            return _ALL
        if name in self._provisional:
            found, relied_on = self._provisional[name]
            self._outermost = min(self._outermost, relied_on)
            return found
        return self._found(name, term, owner, reference)

    def _found(self, name: _Name, term: Type, owner: str, reference: Reference) -> Kinds | None:
        before, position = self._outermost, len(self._open)
        self._outermost, self._open[name] = _NONE_OPEN, position
        found = self._declared(term, owner, reference)
        del self._open[name]
        if self._outermost >= position:
            self._known[name] = found
            self._close_circle(position, found)
            self._outermost = before
        else:
            self._provisional[name] = (found, self._outermost)
            self._outermost = min(before, self._outermost)
        return found

    def _close_circle(self, position: int, entered: Kinds | None) -> None:
        """Settle what was found in a circle: all of it leads to where the circle was entered."""
        inside = [name for name, (_, relied_on) in self._provisional.items() if relied_on >= position]
        for name in inside:
            found, _ = self._provisional.pop(name)
            if found is not None and not found:
                self._known[name] = found
            elif found is None or entered is None:
                self._known[name] = None
            elif READONLY not in found:
                self._known[name] = found & (entered | _IMMUTABLE)
            # Immutability is not handed on by what holds a value, so it is asked for again by itself.

    def _declared(self, term: Type, owner: str, reference: Reference) -> Kinds | None:
        found = term.surface.resolve(reference, term.module)
        match found.declaration if found is not None else None:
            case TypeDefinition(type=type_):
                return self._kinds(Type(type_, owner, term.surface))
            case Class(qualifiers=qualifiers):
                return _IMMUTABLE if "readonly" in qualifiers else _NONE
            case Enum() | Constant():
                return _ALL
        # A member of an enum, or a name in error.
        return _ALL if is_declared(term, owner, reference.name) else None


def _together(parts: Iterable[Kinds | None]) -> Kinds | None:
    """Return what all parts lie within. One that lies within nothing decides, whatever the others are."""
    common, known = _ALL, True
    for kinds in parts:
        if kinds is None:
            known = False
        else:
            common &= kinds
            if not common:
                return common
    return common if known else None
