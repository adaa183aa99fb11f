"""Classes and object types: qualifiers, who can implement them, what they include; members in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import msgspec
from msgspec.structs import replace

from semverdiff.api import (
    Member,
    ObjectMembers,
    declared_object_type,
    field_type,
    included_object,
    method_key,
    object_members,
    references,
    type_text,
)
from semverdiff.changes import Step
from semverdiff.compare import declarations, details
from semverdiff.compare.declarations.functions import means_the_same, references_in, written_signature
from semverdiff.compare.declarations.methods import init_differences, init_of, is_visible, member_differences
from semverdiff.compare.facts import Condition, Fact, Kind, Subject
from semverdiff.compare.matching import only_rename
from semverdiff.compare.metadata import metadata_differences
from semverdiff.compare.types import FINAL_FIELD, OBJECT_FIELD, type_differences
from semverdiff.syntax.nodes import Class, DistinctType, ObjectType, Reference, TypeDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.api import Origin, Type
    from semverdiff.compare.context import Context
    from semverdiff.compare.denotation import Denotations
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Form, Place
    from semverdiff.syntax.nodes import Declaration, Method, ObjectField

    Fields = Mapping[str, Member[ObjectField]]

__all__ = ["object_differences"]

_NETWORK_FACTS = {
    "client": (Fact.CLIENT_QUALIFIER_ADDED, Fact.CLIENT_QUALIFIER_REMOVED),
    "service": (Fact.SERVICE_QUALIFIER_ADDED, Fact.SERVICE_QUALIFIER_REMOVED),
}
_NETWORK = frozenset(_NETWORK_FACTS)

# SPEC, Listener: the methods of object:Listener.
_LISTENER_METHODS = frozenset({"attach", "detach", "start", "gracefulStop", "immediateStop"})

_Declared = TypeVar("_Declared", "ObjectField", "Method")


class _Object(msgspec.Struct, frozen=True):
    """One version of a class or object type, with its inclusions expanded.

    `words` are the qualifiers that are no part of the object type: `distinct`, and `readonly` of a class.
    `included` says of every included type whether it is distinct, by the name that both versions know it by;
    `identity` is that name of the type itself.
    """

    declared: Class | TypeDefinition
    type: Type
    written: ObjectType
    words: frozenset[str]
    members: ObjectMembers
    included: Mapping[Origin, bool]
    identity: Origin

    @property
    def is_class(self) -> bool:
        """Return whether clients create the objects."""
        return isinstance(self.declared, Class)

    @property
    def methods(self) -> Mapping[str, Member[Method]]:
        """Return the methods without `init`."""
        return {key: one for key, one in self.members.methods.items() if one.declared.kind != "init"}

    @property
    def public(self) -> frozenset[str]:
        """Return the members that clients see, by name or key."""
        fields = {name for name, one in self.members.fields.items() if _is_public(one)}
        return frozenset(fields | {key for key, one in self.methods.items() if is_visible(one)})

    @property
    def hidden(self) -> frozenset[str]:
        """Return the members that are not public; the contract: `init` does not count."""
        return frozenset(self.members.fields.keys() | self.methods.keys()) - self.public

    def head(self) -> str:
        """Write the declaration without its members."""
        bare = ObjectType(self.words | self.written.qualifiers, (), (), ())
        words, _, _ = type_text(bare).partition("object {")
        name = self.declared.name
        return f"{words}class {name}" if self.is_class else f"type {name} {words}object"


def object_differences(
    place: Place, old: Class | TypeDefinition, new: Class | TypeDefinition
) -> Iterator[Difference]:
    """Compare two classes or two object types, without their own documentation and annotations.

    `place` is the type's; its subject is `class` or `object`.
    """
    names = place.context.names
    if isinstance(old, Class) and isinstance(new, Class) and _differ_in_bodies_alone(place, old, new):
        # What the class includes, perhaps from another package, need not be looked at.
        one, two = _alone(place.old, old, names), _alone(place.new, new, names)
        yield from _Objects(place, one, two).differences()
        return
    before, after = _expanded(place.old, old, names), _expanded(place.new, new, names)
    yield from _Objects(place, before, after).differences()


def _differ_in_bodies_alone(place: Place, old: Class, new: Class) -> bool:
    """Return whether two versions of a class have the same members, but for what methods do."""
    if _without_bodies(old) != _without_bodies(new):
        return False
    texts: list[str] = [one.name for one in old.type.inclusions]
    used: list[Reference] = [*old.type.inclusions]
    for field in old.type.fields:
        texts += [type_text(field.type), *(() if field.initial is None else field.initial.tokens)]
        used += [one for one, _ in references(field.type, 0)]
    for method in old.type.methods:
        path = [segment.type for segment in method.path if segment.type is not None]
        texts += [*written_signature(method.signature), *map(type_text, path)]
        used += [
            *references_in(method.signature),
            *(one for type_ in path for one, _ in references(type_, 0)),
        ]
    return means_the_same(place, texts, used)


def _without_bodies(declared: Class) -> Class:
    methods = tuple(replace(one, body=None) for one in declared.type.methods)
    return replace(declared, type=replace(declared.type, methods=methods))


def _alone(form: Form, declared: Class, names: Denotations) -> _Object:
    """Return a class with the methods that it declares itself, and nothing else that it has."""
    methods = {method_key(one): Member(one, form.module, form.surface) for one in declared.type.methods}
    return _Object(
        declared,
        form.type_of(replace(declared.type, inclusions=())),
        declared.type,
        declared.qualifiers,
        ObjectMembers({}, methods, declared.type.qualifiers, frozenset()),
        {},
        names.identity(form.surface, (form.module, declared.name)),
    )


def _expanded(form: Form, declaration: Class | TypeDefinition, names: Denotations) -> _Object:
    written = cast("ObjectType", declared_object_type(declaration))  # what denotes objects has one
    type_ = form.type_of(written)
    identity = names.identity(form.surface, (form.module, declaration.name))
    return _Object(
        declaration,
        type_,
        written,
        _words(declaration),
        object_members(type_),
        _included_types(type_, names),
        identity,
    )


def _words(declaration: Declaration) -> frozenset[str]:
    match declaration:
        case Class(qualifiers=qualifiers):
            return qualifiers
        case TypeDefinition(type=DistinctType()):
            return frozenset({"distinct"})
    return frozenset()


def _included_types(
    type_: Type, names: Denotations, without: frozenset[Origin] = frozenset()
) -> dict[Origin, bool]:
    """Return the types of this package that a type includes, directly or not, and whether they are distinct.

    Types in `without` are left out, and what only they include.
    """
    found: dict[Origin, bool] = {}
    waiting = [type_]
    while waiting:
        including = waiting.pop()
        written = cast("ObjectType", including.descriptor)  # as `included_object` gives it
        for inclusion in written.inclusions:
            included = included_object(including.with_descriptor(inclusion))
            if included is None:
                continue
            target, inner = included
            origin = names.identity(target.surface, target.origin)
            if origin not in found and origin not in without:
                found[origin] = "distinct" in _words(target.declaration)
                waiting.append(inner)
    return found


class _Objects:
    """One comparison. `_shared` are included types that are compared at their own name."""

    def __init__(self, place: Place, old: _Object, new: _Object) -> None:
        context = place.context
        both = old.included.keys() & new.included.keys()
        self._shared = frozenset(origin for origin in both if context.is_anchor(*origin))
        openness = Condition.OPEN_CLASS if old.is_class else Condition.OPEN_OBJECT_TYPE
        self._place = place.on(Condition.SEALED if old.hidden else openness)
        self._whole = self._place.quoting(old.head(), new.head())
        self._old = old
        self._new = new

    def differences(self) -> Iterator[Difference]:
        """Yield the differences from the outside in."""
        yield from self._qualifiers()
        yield from self._openness()
        yield from self._inclusions()
        yield from self._fields()
        if self._old.is_class and self._new.is_class:
            yield from self._inits()
        yield from self._methods()

    def _qualifiers(self) -> Iterator[Difference]:
        yield from self._word("distinct", Fact.DISTINCT_ADDED, Fact.DISTINCT_REMOVED)
        if "distinct" in self._old.words & self._new.words and self._old.identity != self._new.identity:
            # The name denotes another distinct type now.
            yield self._whole.differs(Fact.DISTINCT_REMOVED)
        fields = self._old.members.fields.values()
        writable = any(_is_public(one) and not one.declared.final for one in fields)
        conditions = () if writable else (Condition.NO_WRITABLE_PUBLIC_FIELD,)
        yield from self._word("readonly", Fact.READONLY_ADDED, Fact.READONLY_REMOVED, *conditions)
        old, new = self._effective(self._old), self._effective(self._new)
        if ("isolated" in old) != ("isolated" in new):
            yield self._whole.differs(Fact.ISOLATED_ADDED if "isolated" in new else Fact.ISOLATED_REMOVED)
        yield from self._network(old & _NETWORK, new & _NETWORK)

    def _word(self, word: str, added: Fact, removed: Fact, *conditions: Condition) -> Iterator[Difference]:
        if (word in self._old.words) != (word in self._new.words):
            fact = added if word in self._new.words else removed
            yield self._whole.on(*conditions).differs(fact)

    def _network(self, old: frozenset[str], new: frozenset[str]) -> Iterator[Difference]:
        match tuple(old), tuple(new):
            case ("client",), ("service",):
                yield self._whole.differs(
                    Fact.CLIENT_TO_SERVICE, details.QualifierChanged("client", "service")
                )
            case ("service",), ("client",):
                yield self._whole.differs(
                    Fact.SERVICE_TO_CLIENT, details.QualifierChanged("service", "client")
                )
            case _:
                yield from (self._whole.differs(_NETWORK_FACTS[word][0]) for word in sorted(new - old))
                yield from (self._whole.differs(_NETWORK_FACTS[word][1]) for word in sorted(old - new))

    def _effective(self, side: _Object) -> frozenset[str]:
        """Return the qualifiers, with those of inclusions where the versions include different types."""
        same = self._old.included.keys() == self._new.included.keys()
        return side.written.qualifiers if same else side.members.qualifiers

    def _openness(self) -> Iterator[Difference]:
        """Yield whether clients lost or gained the possibility to implement the type."""
        before, after = self._old.hidden, self._new.hidden
        if before and not after and self._declares(self._old, before):
            yield self._whole.differs(Fact.OPENED)
        # A member that is no longer public has a finding of its own, which says as much.
        if after and not before and self._declares(self._new, after - self._old.public):
            yield self._whole.differs(Fact.SEALED)

    def _declares(self, side: _Object, names: frozenset[str]) -> bool:
        """Return whether one of these members is not brought by a type that is compared on its own."""
        members = (side.members.fields.get(name) or side.members.methods.get(name) for name in names)
        return any(one is not None and self._shared.isdisjoint(self._origins(side, one)) for one in members)

    def _origins(self, side: _Object, member: Member[ObjectField] | Member[Method]) -> set[Origin]:
        """Return the included types that bring a member, by the names that both versions know them by."""
        names = self._place.context.names
        return {names.identity(side.type.surface, origin) for origin in member.origins}

    def _inclusions(self) -> Iterator[Difference]:
        removed = self._distinct(self._old) - self._new.included.keys()
        added = self._distinct(self._new) - self._old.included.keys()
        facts = [
            *((Fact.TYPE_ID_REMOVED, _reference(origin)) for origin in sorted(removed)),
            *((Fact.TYPE_ID_ADDED, _reference(origin)) for origin in sorted(added)),
        ]
        for fact, included in facts:
            yield self._whole.differs(fact, details.InclusionChanged(included))
        before, after = self._old.members.opaque, self._new.members.opaque
        unread = self._place.context.unread(before | after, before ^ after)
        if unread is not None:
            # Members, qualifiers, type-ids: what the inclusions bring is one finding.
            yield self._whole.unread(Fact.TYPE_ID_REMOVED if before else Fact.TYPE_ID_ADDED, unread)
        elif not facts and self._respelled():
            yield self._whole.differs(Fact.INCLUSION_RESPELLED)

    def _distinct(self, side: _Object) -> set[Origin]:
        """Return the distinct types whose ids a version gets otherwise than through a shared type."""
        included = _included_types(side.type, self._place.context.names, self._shared)
        return {origin for origin, distinct in included.items() if distinct}

    def _respelled(self) -> bool:
        """Return whether other types are included without another member for clients."""
        old, new = set(self._old.written.inclusions), set(self._new.written.inclusions)
        return old != new and self._old.public == self._new.public

    def _own(
        self, old: Mapping[str, Member[_Declared]], new: Mapping[str, Member[_Declared]]
    ) -> tuple[Mapping[str, Member[_Declared]], Mapping[str, Member[_Declared]]]:
        """Leave out what both versions, or the only one that has it, get from a shared type."""
        if not self._shared:
            return old, new
        elsewhere: set[str] = set()
        for name in old.keys() | new.keys():
            members = ((self._old, old.get(name)), (self._new, new.get(name)))
            origins = (self._origins(side, one) for side, one in members if one is not None)
            if self._shared.intersection(*origins):
                elsewhere.add(name)
        return (
            {name: one for name, one in old.items() if name not in elsewhere},
            {name: one for name, one in new.items() if name not in elsewhere},
        )

    def _fields(self) -> Iterator[Difference]:
        # SPEC, Class definition: the fields of a readonly class are final, whether they say so or not.
        readonly = "readonly" in self._old.words | self._new.words
        yield from _field_differences(
            self._place, *self._own(self._old.members.fields, self._new.members.fields), final=not readonly
        )

    def _inits(self) -> Iterator[Difference]:
        old, new = (
            init_of(one.members.methods, one.type.module, one.type.surface, one.declared.metadata)
            for one in (self._old, self._new)
        )
        yield from init_differences(self._place, old, new)

    def _methods(self) -> Iterator[Difference]:
        old, new = self._own(self._old.methods, self._new.methods)
        differences = member_differences(self._place, old, new)
        if _are_of_listeners(old) and _are_of_listeners(new):
            yield from declarations.listener_class_differences(self._place, old, differences)
        else:
            yield from differences


def _reference(origin: Origin) -> Reference:
    """Return the name of an included type as this package writes it."""
    module, name = origin
    return Reference(module if "/" in module else None, name)


def _are_of_listeners(methods: Mapping[str, Member[Method]]) -> bool:
    """Return whether objects of a class with these methods can be listeners."""
    return methods.keys() >= _LISTENER_METHODS


def _is_public(field: Member[ObjectField]) -> bool:
    """Return whether clients see a field."""
    return field.declared.visibility == "public"


def _field_differences(place: Place, old: Fields, new: Fields, *, final: bool) -> Iterator[Difference]:
    """Compare fields by name; `final` says whether it makes a difference that a field is final.

    Fields that clients do not see belong to the maps, too: a public one may have become one of them.
    """
    removed = {name: one for name, one in old.items() if _is_public(one) and name not in new}
    added = {name: one for name, one in new.items() if _is_public(one) and name not in old}
    renamed = only_rename(removed, added, lambda before, after: _same_shape(place.context, before, after))
    for name, field in old.items():
        if not _is_public(field):
            continue
        other = new.get(renamed.get(name, name))
        at = place.member(place.subject, Step(Kind.FIELD, name), field, other)
        if other is None:
            yield at.differs(Fact.FIELD_REMOVED, details.Removed(field.declared, field_type(field)))
        elif name in renamed:
            yield at.differs(Fact.FIELD_RENAMED, details.Renamed(name, other.declared.name))
        elif not _is_public(other):
            yield at.differs(Fact.FIELD_VISIBILITY_REDUCED)
        else:
            yield from _changed_field(at, field, other, final=final)
    new_names = set(renamed.values())
    for name, field in new.items():
        was_public = name in old and _is_public(old[name])
        if _is_public(field) and not was_public and name not in new_names:
            at = place.member(place.subject, Step(Kind.FIELD, name), None, field)
            yield at.differs(Fact.FIELD_ADDED, details.Added(field.declared, field_type(field)))


def _changed_field(
    place: Place, old: Member[ObjectField], new: Member[ObjectField], *, final: bool
) -> Iterator[Difference]:
    before, after = old.declared, new.declared
    if final and before.final != after.final:
        yield place.differs(Fact.FIELD_FINAL_ADDED if after.final else Fact.FIELD_FINAL_REMOVED)
    if before.initial and after.initial and not place.same_value(before.initial, after.initial):
        yield place.differs(
            Fact.FIELD_INITIAL_VALUE_CHANGED, details.ValueChanged(before.initial, after.initial)
        )
    at = place.on(Condition.FIELD_FINAL) if before.final else place
    facts = FINAL_FIELD if before.final and place.subject is Subject.CLASS else OBJECT_FIELD
    yield from type_differences(at, facts, field_type(old), field_type(new))
    yield from metadata_differences(place, before.metadata, after.metadata)


def _same_shape(context: Context, old: Member[ObjectField], new: Member[ObjectField]) -> bool:
    return old.declared.final == new.declared.final and context.types.same_type(
        field_type(old), field_type(new)
    )
