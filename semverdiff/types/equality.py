"""Do two type descriptors mean the same type, however they are written?

Names are resolved, aliases and inclusions expanded, unions unordered and flat, `T?` is `T|()`, an
array of fixed length is a tuple. Recursive types are compared coinductively: two definitions that are
reached again while they are being compared count as equal until something else decides.

Equal is certain. Not equal only says that the spellings differ in more than these rules explain: a
type that says the same in another algebraic form (`int|byte`) is for the subtype engine to see.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from semverdiff.api.constants import literal_value
from semverdiff.api.members import field_type, object_members, record_members
from semverdiff.syntax.nodes import (
    NIL,
    ArrayType,
    BuiltinType,
    Class,
    DistinctType,
    FunctionType,
    IntersectionType,
    NilType,
    ObjectType,
    OptionalType,
    ParameterizedType,
    RecordType,
    Reference,
    SingletonType,
    StreamType,
    TableType,
    TupleType,
    TypeDefinition,
)
from semverdiff.types.alternatives import Type, declared, flat, is_declared, meaning, structure
from semverdiff.types.rows import as_record, length, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.api.members import Member
    from semverdiff.api.surface import Surface
    from semverdiff.syntax.nodes import Method, PathSegment, Signature, TypeDescriptor

__all__ = ["Anchor", "Type", "equal", "exchanged"]

Anchor = Callable[[str, str], bool]
"""Tells whether module and name are a public type on both sides: compared once, at its own name."""

_Atom = tuple[object, ...]


def equal(old: Type, new: Type, anchor: Anchor) -> bool:
    """Return whether two terms are the same type, where anchors stand for themselves."""
    return _plainly_equal(old.descriptor, new.descriptor) or _Equality(anchor, new.surface).same(old, new)


def exchanged(old: Type, new: Type, anchor: Anchor) -> tuple[list[Type], list[Type]]:
    """Return the members of a union that only the old, and those that only the new side has."""
    left, right = _Equality(anchor, new.surface).unmatched(old, new)
    return list(left), list(right)


def _plainly_equal(old: TypeDescriptor, new: TypeDescriptor) -> bool:
    """Return whether two descriptors are equal whatever names mean; most that are compared are."""
    match old, new:
        case (BuiltinType(), BuiltinType()) | (NilType(), NilType()):
            return old == new
        case OptionalType(member=one), OptionalType(member=other):
            return _plainly_equal(one, other)
        case ArrayType(member=one, length=None), ArrayType(member=other, length=None):
            return _plainly_equal(one, other)
        case _:
            return False


class _Equality:
    """One question with what is assumed on the way to its answer.

    `_assumed` are pairs of definitions that are being compared or were found equal; when a comparison
    fails, what was assumed since it began is taken back. `_refuted` pairs stay refuted: they differ
    even under the most favourable assumptions.
    """

    def __init__(self, anchor: Anchor, home: Surface) -> None:
        self._anchor = anchor
        self._home = home
        self._assumed: dict[_Atom, None] = {}
        self._refuted: set[_Atom] = set()

    def same(self, old: Type, new: Type) -> bool:
        """Return whether two terms are the same type."""
        if not (_names_something(old) or _names_something(new)):
            return self._matched(old, new)
        # A name may lead back here, through a union that is open again by then.
        pair = ("terms", old.module, old.descriptor, new.module, new.descriptor)
        return self._assuming(pair, lambda: self._matched(old, new))

    def _matched(self, old: Type, new: Type) -> bool:
        lost, gained = self.unmatched(old, new)
        return not lost and not gained

    def unmatched(self, old: Type, new: Type) -> tuple[tuple[Type, ...], tuple[Type, ...]]:
        """Return the members of either union that the other has not."""
        left, right = self._alternatives(old), self._alternatives(new)
        opened: set[_Atom] = set()
        while True:
            self._cancel(left, right)
            if not left or not right:
                break
            if not self._expand(left, opened) | self._expand(right, opened):
                break
        lost = [one for one in left.values() if not any(self._same_form(one, two) for two in right.values())]
        gained = [
            two for two in right.values() if not any(self._same_form(one, two) for one in left.values())
        ]
        return tuple(lost), tuple(gained)

    def _alternatives(self, term: Type) -> dict[_Atom, Type]:
        """Return the members of a union by what identifies them, unions flattened, nothing expanded."""
        found: dict[_Atom, Type] = {}
        for member in flat(term):
            found[self._atom(member, len(found))] = self._current(member)
        truth = (("value", "boolean", True), ("value", "boolean", False))
        if all(value in found for value in truth):
            for value in truth:
                del found[value]
            found["builtin", "boolean"] = term.with_descriptor(BuiltinType("boolean"))
        return found

    def _current(self, term: Type) -> Type:
        """Return a public name of both sides as clients of the new side mean it, should it be looked into."""
        match term.descriptor:
            case Reference(name=name) as reference if term.surface is not self._home:
                owner = term.surface.owner(reference, term.module)
                if owner is not None and self._anchor(owner, name):
                    return Type(Reference(None, name), owner, self._home)
        return term

    def _atom(self, term: Type, number: int) -> _Atom:
        """Name a member so that equal names mean equal types; structures get a name of their own."""
        match term.descriptor:
            case BuiltinType(name=name):
                return "builtin", name
            case NilType():
                return ("nil",)
            case SingletonType(text=text):
                return "value", *(literal_value(text) or ("text", text))
            case Reference() as reference:
                owner = term.surface.owner(reference, term.module)
                if owner is None:
                    return "imported", reference.module, reference.name
                if self._anchor(owner, reference.name):
                    return "anchor", owner, reference.name
                if not is_declared(term, owner, reference.name):
                    # A parameter that decides the result (`returns t`), or a name in error.
                    return "undeclared", owner, reference.name
        return "structure", id(term.surface), term.module, number

    @staticmethod
    def _cancel(left: dict[_Atom, Type], right: dict[_Atom, Type]) -> None:
        for atom in [atom for atom in left if atom in right and atom[0] != "structure"]:
            del left[atom], right[atom]

    def _expand(self, members: dict[_Atom, Type], opened: set[_Atom]) -> bool:
        """Put in place of each name that stands for a union, a value or an alias what it stands for.

        `opened` are the names done before: an alias of itself is an error, not a reason to hang.
        """
        changed = False
        for atom, term in list(members.items()):
            if not isinstance(term.descriptor, Reference):
                continue
            name = (id(term.surface), term.module, term.descriptor)
            expanded = None if name in opened else meaning(term, term.descriptor)
            if expanded is None:
                continue
            changed = True
            opened.add(name)
            del members[atom]
            for one in expanded:
                for inner_atom, inner in self._alternatives(one).items():
                    key = (*inner_atom, len(members), atom) if inner_atom[0] == "structure" else inner_atom
                    members[key] = inner
        return changed

    def _same_form(self, old: Type, new: Type) -> bool:
        """Compare two terms that are no unions and no aliases."""
        if _identity(old) != _identity(new):
            return False
        pair = _pair(old, new)
        if pair is None:
            return self._same_structure(old, new)
        return self._assuming(pair, lambda: self._same_structure(old, new))

    def _assuming(self, pair: _Atom, decide: Callable[[], bool]) -> bool:
        """Decide whether two things are equal, where meeting them again on the way counts as equal."""
        if pair in self._assumed:
            return True
        if pair in self._refuted:
            return False
        before = len(self._assumed)
        self._assumed[pair] = None
        if decide():
            return True
        while len(self._assumed) > before:
            self._assumed.popitem()
        self._refuted.add(pair)
        return False

    def _same_structure(self, old: Type, new: Type) -> bool:
        one, other = structure(old), structure(new)
        if one is None or other is None:
            return False
        old, new = one, other
        match old.descriptor, new.descriptor:
            case IntersectionType(members=left), IntersectionType(members=right):
                return self._same_members(old, left, new, right)
            case (TupleType() | ArrayType(), TupleType() | ArrayType()):
                return self._same_list(old, new)
            case (RecordType() | ParameterizedType(name="map"), RecordType() | ParameterizedType(name="map")):
                return self._same_mapping(old, new)
            case ParameterizedType(name=left_name, parameter=left), ParameterizedType(
                name=right_name, parameter=right
            ):
                return left_name == right_name and self._same_parts(old, left, new, right)
            case StreamType() as left, StreamType() as right:
                return self._same_parts(old, left.value, new, right.value) and self._same_parts(
                    old, left.completion, new, right.completion
                )
            case TableType() as left, TableType() as right:
                return (
                    sorted(left.key_names or ()) == sorted(right.key_names or ())
                    and self._same_parts(old, left.row, new, right.row)
                    and self._same_parts(old, left.key_type or NIL, new, right.key_type or NIL)
                )
            case FunctionType() as left, FunctionType() as right:
                return self._same_function(old, left, new, right)
            case ObjectType() as left, ObjectType() as right:
                return self._same_object(old, left, new, right)
            case DistinctType(member=left), DistinctType(member=right):
                return self._same_parts(old, left, new, right)
        return False

    def _same_parts(self, old: Type, left: TypeDescriptor, new: Type, right: TypeDescriptor) -> bool:
        return self.same(old.with_descriptor(left), new.with_descriptor(right))

    def _same_members(
        self, old: Type, left: tuple[TypeDescriptor, ...], new: Type, right: tuple[TypeDescriptor, ...]
    ) -> bool:
        """Compare intersections, whose order and repetitions do not count."""
        return all(any(self._same_parts(old, one, new, other) for other in right) for one in left) and all(
            any(self._same_parts(old, one, new, other) for one in left) for other in right
        )

    def _same_list(self, old: Type, new: Type) -> bool:
        left, right = row(old), row(new)
        if left is None or right is None:
            return (
                isinstance(old.descriptor, ArrayType)
                and isinstance(new.descriptor, ArrayType)
                and length(old, old.descriptor) == length(new, new.descriptor)
                and self._same_parts(old, old.descriptor.member, new, new.descriptor.member)
            )
        (left_members, left_rest), (right_members, right_rest) = left, right
        if len(left_members) != len(right_members) or (left_rest is None) != (right_rest is None):
            return False
        pairs = list(zip(left_members, right_members, strict=True))
        if left_rest is not None and right_rest is not None:
            pairs.append((left_rest, right_rest))
        return all(self._same_parts(old, one, new, other) for one, other in pairs)

    def _same_mapping(self, old: Type, new: Type) -> bool:
        left, right = as_record(old.descriptor), as_record(new.descriptor)
        one = record_members(old.with_descriptor(left))
        other = record_members(new.with_descriptor(right))
        if one.fields.keys() != other.fields.keys() or one.opaque != other.opaque:
            return False
        if (one.rest is None) != (other.rest is None):
            return False
        if one.rest is not None and other.rest is not None and not self.same(one.rest, other.rest):
            return False
        for name, member in one.fields.items():
            counterpart = other.fields[name]
            field, twin = member.declared, counterpart.declared
            if (field.optional, field.readonly) != (twin.optional, twin.readonly):
                return False
            old_field = field_type(member)
            if not self.same(old_field, field_type(counterpart)):
                return False
        return True

    def _same_function(self, old: Type, left: FunctionType, new: Type, right: FunctionType) -> bool:
        if left.qualifiers != right.qualifiers:
            return False
        if left.signature is None or right.signature is None:
            return left.signature is right.signature
        return self._same_signature(old, left.signature, new, right.signature)

    def _same_signature(self, old: Type, left: Signature, new: Type, right: Signature) -> bool:
        """Compare what is part of a function type: SPEC, neither names nor defaults are."""
        if [one.kind == "rest" for one in left.parameters] != [
            one.kind == "rest" for one in right.parameters
        ]:
            return False
        return self._same_parts(old, left.result, new, right.result) and all(
            self._same_parts(old, one.type, new, other.type)
            for one, other in zip(left.parameters, right.parameters, strict=True)
        )

    def _same_object(self, old: Type, old_type: ObjectType, new: Type, new_type: ObjectType) -> bool:
        left = object_members(old.with_descriptor(old_type))
        right = object_members(new.with_descriptor(new_type))
        if left.qualifiers != right.qualifiers or left.opaque != right.opaque:
            return False
        if left.fields.keys() != right.fields.keys():
            return False
        for name, member in left.fields.items():
            counterpart = right.fields[name]
            field, twin = member.declared, counterpart.declared
            if (field.visibility, field.final) != (twin.visibility, twin.final):
                return False
            old_field = field_type(member)
            if not self.same(old_field, field_type(counterpart)):
                return False
        methods, twins = _without_init(left.methods), _without_init(right.methods)
        return methods.keys() == twins.keys() and all(
            self._same_method(member, old, twins[key], new) for key, member in methods.items()
        )

    def _same_method(self, one: Member[Method], old: Type, other: Member[Method], new: Type) -> bool:
        method, twin = one.declared, other.declared
        left, right = Type(NIL, one.module, old.surface), Type(NIL, other.module, new.surface)
        return (
            (method.kind, method.visibility, method.qualifiers)
            == (twin.kind, twin.visibility, twin.qualifiers)
            and self._same_signature(left, method.signature, right, twin.signature)
            and self._same_path(left, method.path, right, twin.path)
        )

    def _same_path(
        self, old: Type, left: tuple[PathSegment, ...], new: Type, right: tuple[PathSegment, ...]
    ) -> bool:
        """Compare the types of path parameters; the keys of the methods agree on the rest."""
        return all(
            self._same_parts(old, one.type, new, other.type)
            for one, other in zip(left, right, strict=True)
            if one.type is not None and other.type is not None
        )


def _names_something(term: Type) -> bool:
    return any(isinstance(one.descriptor, Reference) for one in flat(term))


def _pair(old: Type, new: Type) -> _Atom | None:
    """Name the pair of definitions that two references lead to."""
    left, right = declared(old), declared(new)
    if left is None and right is None:
        return None
    return (
        (left.module, left.key) if left is not None else id(old.descriptor),
        (right.module, right.key) if right is not None else id(new.descriptor),
    )


def _identity(term: Type) -> _Atom:
    """Return what tells a type apart beside its structure: the name of a distinct type, a readonly class."""
    found = declared(term)
    match found.declaration if found is not None else None:
        case Class(qualifiers=qualifiers) as declaration if found is not None:
            name = (found.module, declaration.name) if "distinct" in qualifiers else None
            return name, "readonly" in qualifiers
        case TypeDefinition(type=DistinctType()) if found is not None:
            return (found.module, found.key), False
    return None, False


def _without_init(methods: Mapping[str, Member[Method]]) -> dict[str, Member[Method]]:
    """Leave out `init`: SPEC, it is no part of a class's type."""
    return {key: member for key, member in methods.items() if member.declared.kind != "init"}
