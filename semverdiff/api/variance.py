"""In which positions do clients meet a type? In, out or both, by reachability from what they can call.

The contract, section 0.2: a parameter is `in`, a result is `out`, a mutable variable both; members keep
the position of what holds them; a function type turns its parameters round, and an object type's
methods follow from whose object it is. A public type that nothing reaches is a data type of clients: both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

import msgspec
from msgspec.structs import replace

from semverdiff.api.mentions import Mentions
from semverdiff.api.surface import TYPE_KINDS
from semverdiff.syntax import nodes
from semverdiff.syntax.words import holds

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from semverdiff.api.outlines import Located
    from semverdiff.api.surface import Surface

__all__ = ["IN", "OUT", "Met", "Positions", "references", "uses"]

IN: Final[int] = 1
OUT: Final[int] = 2
_BOTH = IN | OUT
_NAMELESS: Final = nodes.LEAVES - {nodes.Reference}

_Name = tuple[str, str]
_Use = tuple["nodes.TypeDescriptor", int]
"""A type that a declaration brings into a position, and that position."""
_Step = tuple["Surface", str, "nodes.TypeDescriptor", int, bool]
"""Where a descriptor is written, the position of its values, and whether what it includes is here."""


class Met(msgspec.Struct, frozen=True):
    """A type of the API: the positions of its values, and the first public declaration that leads to it.

    `surface` declares it, in `module` under `key`; `through` is the declaration by module and key. What is
    only included here is not `named`: its members are those of the types that include it.
    """

    surface: Surface
    module: str
    key: str
    position: int
    through: _Name
    named: bool


class Positions:
    """The positions of the type declarations of a surface, `IN`, `OUT` or both bits.

    What leads to a type mentions it, or something that does. For the first type that is asked for, and all
    that are expected by then, that is followed backwards, and nothing else is read. Any further type has the
    whole surface read: declarations that lead to many would be read once for each. So does the question
    about types of other packages, which tells the positions of all.
    """

    def __init__(self, surface: Surface) -> None:
        self.mentions = Mentions(surface)
        self._surface = surface
        self._expected: set[_Name] = set()
        self._known: dict[_Name, int] = {}
        # The declarations whose positions are known; `None` stands for all.
        self._covered: set[_Name] | None = set()

    def expect(self, names: Iterable[_Name]) -> None:
        """Note types that may be asked for, by module and key."""
        self._expected |= {*names}

    def of(self, module: str, key: str) -> int:
        """Return the positions in which clients can meet a type; 0 if they cannot."""
        name = module, key
        if self._covered is not None and name not in self._covered:
            self._covered = None if self._covered else self._leading({name, *self._expected})
            self._note(_walked(self._surface, None, self._covered))
        return self._known.get(name, 0)

    def met_elsewhere(self, enters: Callable[[str], bool]) -> Mapping[_Name, Met]:
        """Return the types of other packages that clients can meet, by module with organization and name.

        `enters` says by its path (`ballerina/http`) which modules of other packages are looked into.
        """
        found = _walked(self._surface, enters)
        self._covered = None
        self._note(found)
        return {name: one for name, one in found.items() if one.surface is not self._surface}

    def _note(self, found: Mapping[_Name, Met]) -> None:
        self._known = {name: one.position for name, one in found.items()}

    def _leading(self, names: set[_Name]) -> set[_Name]:
        """Return types and all declarations that may lead to one of them."""
        found = {*names}
        level = names
        while level:
            mentioning = self.mentions.of({key for _, key in level})
            fresh = set().union(*mentioning.values()) - found
            found |= fresh
            # Nothing leads on but types: nobody names a function to have its parameters.
            level = {one for one in fresh if self._is_type(one)}
        return found

    def _is_type(self, name: _Name) -> bool:
        located = self._surface.locate(*name)
        return located is not None and located.item.kind in TYPE_KINDS


def _walked(
    surface: Surface, enters: Callable[[str], bool] | None, among: Collection[_Name] | None = None
) -> dict[_Name, Met]:
    """Return every type that clients meet: by what they call, what deployers give, and else by its name.

    If there are `among`, these declarations alone are looked at.
    """
    found: dict[_Name, Met] = {}
    walk = _Spread(surface, enters, found)
    located = list(_located(surface, among))
    for name, one in located:
        if one.item.public and surface.exported(name[0]):
            declaration = surface.declaration(*name)
            if declaration is not None:
                walk.follow(name, uses(declaration))
    for name, one in located:
        if not one.item.public and holds(one.item.content, b"configurable"):
            walk.follow(name, _given(surface.declaration(*name)))
    unreached = [
        name
        for name, one in located
        if one.item.public and one.item.kind in TYPE_KINDS and name not in found and surface.exported(name[0])
    ]
    # Whether one of these leads to another one, which makes them no less data of clients.
    for name in unreached:
        walk.follow(name, [(nodes.Reference(None, name[1]), _BOTH)])
    return found


def _located(surface: Surface, among: Collection[_Name] | None) -> Iterator[tuple[_Name, Located]]:
    if among is None:
        for module in surface.modules:
            for key, located in surface.all(module).items():
                yield (module, key), located
        return
    for name in sorted(among):
        one = surface.locate(*name)
        if one is not None:
            yield name, one


class _Spread:
    """The spread of positions from declarations to the types that they lead to, as far as `enters` allows."""

    def __init__(self, root: Surface, enters: Callable[[str], bool] | None, found: dict[_Name, Met]) -> None:
        self._root = root
        self._enters = enters
        self._found = found

    def follow(self, through: _Name, uses: Iterable[_Use]) -> None:
        """Follow uses to the declarations that they name, until no position is new."""
        waiting = [
            (self._root, through[0], descriptor, position, True)
            for descriptor, position in uses
            if not _is_nameless(descriptor)
        ]
        while waiting:
            surface, where, descriptor, position, is_here = waiting.pop()
            # What types of this package include, and what is included there, has its members here.
            included = _inclusions(descriptor) if is_here else frozenset()
            for reference, seen in references(descriptor, position):
                home = self._home(surface, reference, where)
                if home is not None:
                    met = Met(*home, reference.name, seen, through, reference not in included)
                    waiting += self._enter(met)

    def _enter(self, met: Met) -> Iterator[_Step]:
        """Note a type that is met, and yield where that leads to if it was not met so before."""
        surface = met.surface
        place = (surface.qualified(met.module), met.key)
        known = self._found.get(place)
        fresh = met.position if known is None else met.position & ~known.position
        if known is not None:
            if fresh or (met.named and not known.named):
                position, named = known.position | met.position, known.named or met.named
                self._found[place] = replace(known, position=position, named=named)
            if not fresh:
                return
        is_root = surface is self._root
        declaration = surface.declaration(met.module, met.key)
        # What another package declares and nobody can read is met all the same.
        if known is None and not (is_root and declaration is None):
            self._found[place] = met
        if declaration is None:
            return
        for one, side in _inner_uses(declaration, fresh, is_root=is_root):
            yield surface, met.module, one, side, is_root or not met.named

    def _home(self, surface: Surface, reference: nodes.Reference, module: str) -> tuple[Surface, str] | None:
        owner = surface.owner(reference, module)
        if owner is not None:
            return surface, owner
        if self._enters is None or reference.module is None or not self._enters(reference.module):
            return None
        return surface.home(reference, module)


def _is_nameless(descriptor: nodes.TypeDescriptor) -> bool:
    """Return whether surely no name stands for a part of a type: of a leaf, or of what is made of some."""
    if type(descriptor) is nodes.UnionType:
        return _NAMELESS.issuperset(map(type, descriptor.members))
    if type(descriptor) is nodes.ArrayType or type(descriptor) is nodes.OptionalType:
        return type(descriptor.member) in _NAMELESS
    return type(descriptor) in _NAMELESS


def _inclusions(descriptor: nodes.TypeDescriptor) -> frozenset[nodes.Reference]:
    """Return what the record or object type that a descriptor writes down includes."""
    if type(descriptor) in nodes.LEAVES:
        return frozenset()
    found: set[nodes.Reference] = set()
    waiting = [descriptor]
    while waiting:
        match waiting.pop():
            case nodes.RecordType(inclusions=inclusions) | nodes.ObjectType(inclusions=inclusions):
                found.update(inclusions)
            case nodes.IntersectionType(members=members):
                waiting += members
            case nodes.DistinctType(member=member):
                waiting.append(member)
    return frozenset(found)


def _inner_uses(declaration: nodes.Declaration, position: int, *, is_root: bool) -> Iterator[_Use]:
    """Yield the types that a declaration leads to; a walk starts from the public classes of the root."""
    match declaration:
        case nodes.TypeDefinition(type=type_):
            yield type_, position
        case nodes.Class(type=type_, public=public) if not (public and is_root):
            yield from _object_uses(type_, OUT)


def _given(declaration: nodes.Declaration | None) -> Iterator[_Use]:
    """Yield the type of what deployers give, which clients need not see."""
    match declaration:
        case nodes.Variable(type=type_, qualifiers=qualifiers) if (
            type_ is not None and "configurable" in qualifiers
        ):
            yield type_, IN


def uses(declaration: nodes.Declaration) -> Iterator[_Use]:
    """Yield the types that a declaration itself brings into positions."""
    match declaration:
        case nodes.TypeDefinition():
            return  # what it names is met where it is, and most are types
        case nodes.Function(signature=signature):
            yield from _signature_uses(signature, IN, OUT)
        case nodes.Class(type=type_):
            # Clients make objects of a class by `new` and call them: its methods are functions. What it
            # includes is none the more in a position: clients meet the class.
            yield from _member_uses(type_, OUT)
        case nodes.AnnotationDeclaration(type=type_) if type_ is not None:
            yield type_, IN
        case nodes.Variable(type=type_, qualifiers=qualifiers) if type_ is not None:
            yield type_, _BOTH if "final" not in qualifiers else OUT
        case nodes.Listener(type=type_) if type_ is not None:
            yield type_, OUT


def _signature_uses(signature: nodes.Signature, parameters: int, result: int) -> Iterator[_Use]:
    for parameter in signature.parameters:
        yield parameter.type, parameters
    yield signature.result, result


def _turned(position: int) -> int:
    return (IN if position & OUT else 0) | (OUT if position & IN else 0)


def _object_uses(object_type: nodes.ObjectType, position: int) -> Iterator[_Use]:
    yield from _member_uses(object_type, position)
    for inclusion in object_type.inclusions:
        yield inclusion, position


def _member_uses(object_type: nodes.ObjectType, position: int) -> Iterator[_Use]:
    """Yield the types of an object's members: who holds an object calls it, who gives one implements it."""
    for field in object_type.fields:
        if field.visibility == "public":
            yield field.type, _field_position(field, position)
    for method in object_type.methods:
        if method.visibility == "public":
            yield from _method_uses(method, position)


def _field_position(field: nodes.ObjectField, position: int) -> int:
    return position if field.final else _BOTH


def _method_uses(method: nodes.Method, position: int) -> Iterator[_Use]:
    yield from _signature_uses(method.signature, _turned(position), position)
    for segment in method.path:
        if segment.type is not None:
            yield segment.type, _turned(position)


def references(descriptor: nodes.TypeDescriptor, position: int) -> Iterator[tuple[nodes.Reference, int]]:
    """Yield the names in a descriptor with the positions in which their values cross."""
    waiting = [(descriptor, position)]
    while waiting:
        descriptor, position = waiting.pop()
        if type(descriptor) is nodes.Reference:
            yield descriptor, position
        elif type(descriptor) not in nodes.LEAVES:
            parts = [part for part in _parts(descriptor, position) if not _is_nameless(part[0])]
            waiting += reversed(parts)


def _parts(descriptor: nodes.TypeDescriptor, position: int) -> Iterator[_Use]:  # noqa: C901, PLR0912 (one case a form)
    match descriptor:
        case nodes.RecordType(fields=fields, inclusions=inclusions, rest=rest):
            for field in fields:
                yield field.type, position
            for inclusion in inclusions:
                yield inclusion, position
            if rest is not None:
                yield rest, position
        case nodes.UnionType(members=members) | nodes.IntersectionType(members=members):
            for member in members:
                yield member, position
        case (
            nodes.OptionalType(member=member)
            | nodes.ArrayType(member=member)
            | nodes.DistinctType(member=member)
        ):
            yield member, position
        case nodes.ParameterizedType(parameter=parameter):
            yield parameter, position
        case nodes.StreamType(value=value, completion=completion):
            yield value, position
            yield completion, position
        case nodes.TableType(row=row, key_type=key_type):
            yield row, position
            if key_type is not None:
                yield key_type, position
        case nodes.TupleType(members=members, rest=rest):
            for member in (*members, *([] if rest is None else [rest])):
                yield member, position
        case nodes.FunctionType(signature=signature):
            if signature is not None:
                yield from _signature_uses(signature, _turned(position), position)
        case nodes.ObjectType():
            yield from _object_uses(descriptor, position)
        case (  # pragma: no cover (for the type checker: nobody asks them for their parts)
            nodes.BuiltinType() | nodes.NilType() | nodes.SingletonType() | nodes.Reference()
        ):
            return
        case _:
            assert_never(descriptor)
