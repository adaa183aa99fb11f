"""Names in a client: prefixes of imports, fresh names of its own, and types as it writes them."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Final, TypeVar, cast

import msgspec

from semverdiff import api
from semverdiff.api.printing import reference_text
from semverdiff.clients.errors import NotWritableError, TooLargeError
from semverdiff.clients.program import Line
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import quoted, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from semverdiff.api import Surface, Type
    from semverdiff.clients.members import Members

    Kept = Mapping[str, nodes.TypeDescriptor]
    """What names mean that are no types of the package: typedesc parameters."""

__all__ = ["INERT", "PARTS", "KeptNames", "Names", "enum_string", "shorten", "wanted_prefix"]

_Entry = TypeVar("_Entry")

_LONGEST_TYPE = 1_200
_PRIVATE_LEVELS = 6
_MOST_NODES = 300
_LIBRARY = "ballerina/lang."
_OWN = "client", "main"
_NO_NAMES: Kept = {}
# Parts of types in which no name of a type stands.
INERT: Final = (
    nodes.BuiltinType,
    nodes.NilType,
    nodes.SingletonType,
    nodes.Expression,
    nodes.Metadata,
    str,
)
_INERT: Final = frozenset(INERT)
_HOLDERS: Final = (msgspec.Struct, tuple)
# The fields of nodes that may hold names: most of what is written are types, and most fields of them are not.
PARTS: Final[Mapping[type, tuple[str, ...]]] = {
    nodes.Annotation: ("tag", "value"),
    nodes.ArrayType: ("member", "length"),
    nodes.OptionalType: ("member",),
    nodes.UnionType: ("members",),
    nodes.IntersectionType: ("members",),
    nodes.DistinctType: ("member",),
    nodes.ParameterizedType: ("parameter",),
    nodes.StreamType: ("value", "completion"),
    nodes.TableType: ("row", "key_type", "key_names"),
    nodes.TupleType: ("members", "rest"),
    nodes.RecordField: ("type", "default", "metadata"),
    nodes.RecordType: ("fields", "inclusions", "rest"),
    nodes.Parameter: ("type", "default", "metadata"),
    nodes.Signature: ("parameters", "result", "result_annotations"),
    nodes.FunctionType: ("signature",),
    nodes.PathSegment: ("type",),
    nodes.Method: ("path", "signature", "metadata"),
    nodes.ObjectField: ("type", "initial", "metadata"),
    nodes.ObjectType: ("fields", "methods", "inclusions"),
}


class KeptNames(msgspec.Struct, frozen=True):
    """How many names were given at a moment."""

    prefixes: int
    taken: int
    used: int


class Names:
    """The names of one client, which are taken one by one while it is written.

    `members` is what all clients know of types, also of those that none of them spells out.
    """

    def __init__(self, surface: Surface, members: Members) -> None:
        self._surface = surface
        self._members = members
        self._prefixes: dict[str, str] = {}
        self._breaking: str | None = None  # a module that is imported for nothing but that
        self._taken = dict.fromkeys(_OWN)  # in the order in which they were taken
        self._used: list[str] = []  # the modules whose prefixes were written, one by one

    def kept(self) -> KeptNames:
        """Return how many names were given so far, for `restore`."""
        return KeptNames(len(self._prefixes), len(self._taken), len(self._used))

    def restore(self, kept: KeptNames) -> None:
        """Forget all names that were given since."""
        shorten(self._prefixes, kept.prefixes)
        shorten(self._taken, kept.taken)
        del self._used[kept.used :]

    def agree(self, prefixes: Mapping[str, str]) -> bool:
        """Return whether modules have these prefixes here; those without any get one, in this order."""
        return all(self._prefix(module) == prefix for module, prefix in prefixes.items())

    def used(self) -> int:
        """Return how often a prefix was written, for `prefixes_since`."""
        return len(self._used)

    def prefixes_since(self, used: int) -> dict[str, str]:
        """Return the prefixes that were written since, by their modules, in their order."""
        return {module: self._prefixes[module] for module in self._used[used:]}

    def imports(self) -> tuple[Line, ...]:
        """Return the import declarations of all modules that were named, sorted."""
        return tuple([self._import(*one) for one in sorted(self._prefixes.items())])

    def _import(self, module: str, prefix: str) -> Line:
        key = module, prefix
        known = self._members.imports.get(key)
        if known is None:
            known = self._members.imports[key] = Line(_import_text(module, prefix))
        return known if module != self._breaking else Line(known.text, breaks=True)

    def imported(self, module: str) -> None:
        """Import a module of the package for nothing but the import itself, which breaks."""
        full = f"{self._surface.package.organization}/{module}"
        self._prefixes[full] = "_"
        self._breaking = full

    def are_free(self, names: Iterable[str]) -> bool:
        """Return whether nothing in the client has any of these names yet."""
        return self._taken.keys().isdisjoint(names)

    def fresh(self, wanted: str) -> str:
        """Return a name that nothing else in the client has, spelled; close to the wanted one."""
        number, name = 1, wanted or "value"
        while name in self._taken:
            number += 1
            name = f"{wanted}{number}"
        self._taken[name] = None
        return spelled(name)

    def of(self, module: str, name: str, surface: Surface | None = None) -> str:
        """Return the qualified name of a declaration of the package, or of another one's surface."""
        return reference_text(nodes.Reference(self._prefix(_full(module, surface or self._surface)), name))

    def _prefix(self, module: str) -> str:
        if module.startswith(_LIBRARY):
            return module.removeprefix(_LIBRARY)  # predeclared, without an import
        self._used.append(module)
        known = self._prefixes.get(module)
        if known is None:
            known = self._prefixes[module] = self.fresh(wanted_prefix(module))
        return known

    def text(self, type_: Type, kept: Kept = _NO_NAMES) -> str:
        """Return a type as the client writes it."""
        return self.written(self.descriptor(type_, kept))

    def refuse(self, type_: Type) -> None:
        """Raise `NotWritableError` for a private name that could not be written in another client."""
        if not self._members.refused:
            return
        target = type_.target()
        refused = None if target is None else self._members.refused.get((target.origin, 0))
        if refused is not None:
            raise NotWritableError(refused)

    def written(self, descriptor: nodes.TypeDescriptor) -> str:
        """Return the text of a type whose names are those of the client."""
        if type(descriptor) is nodes.OptionalType:
            match descriptor.member:
                # At the beginning of a statement compilers take `(m:T[]|int)? x` for an expression.
                case nodes.UnionType(members=members):
                    descriptor = nodes.UnionType((*members, nodes.NIL))
        text = api.type_text(descriptor)
        if len(text) > _LONGEST_TYPE:
            raise TooLargeError
        return text

    def descriptor(self, type_: Type, kept: Kept = _NO_NAMES, level: int = 0) -> nodes.TypeDescriptor:
        """Return a type with the client's names: public ones have a prefix, others are spelled out.

        `kept` are names that mean something else here: typedesc parameters, which dependent results name.
        """
        descriptor = type_.descriptor
        if _is_inert(descriptor):
            return descriptor
        if type(descriptor) is nodes.Reference:
            return self._named(descriptor, type_, kept, level)
        return cast("nodes.TypeDescriptor", self._node(descriptor, type_, kept, level))

    def _node(self, node: msgspec.Struct, home: Type, kept: Kept, level: int) -> msgspec.Struct:
        """Return a node of the syntax with the client's names; its own are looked up where `home` stands."""
        written: dict[int, object] = {}
        waiting: list[object] = [node]
        while waiting:
            current = waiting[-1]
            if type(current) is nodes.Reference:
                written[id(current)] = self._named(current, home, kept, level)
                waiting.pop()
                continue
            ahead = [part for part in _parts(current) if id(part) not in written]
            if ahead:
                if len(written) + len(waiting) + len(ahead) > _MOST_NODES:
                    raise TooLargeError
                for part in ahead:
                    # What gives no prefix need not wait for its turn.
                    if type(part) in _INERT:
                        written[id(part)] = part
                    else:
                        waiting.append(part)
                if waiting[-1] is not current:
                    continue
            waiting.pop()
            written[id(current)] = self._rewritten(current, written, home, kept, level)
        return cast("msgspec.Struct", written[id(node)])

    def _rewritten(
        self,
        node: object,
        written: dict[int, object],
        home: Type,
        kept: Kept,
        level: int,
    ) -> object:
        if type(node) is tuple:
            parts = tuple([written[id(part)] for part in node])
            return node if all(map(is_, parts, node)) else parts
        if type(node) is nodes.DistinctType:
            # SPEC, Distinct types: each that is written is another one.
            raise NotWritableError("clients cannot name a distinct type that has no name")
        if type(node) is nodes.RecordField and node.default is not None:
            return self._changed(node, written, default=None)
        if type(node) is nodes.RecordType and node.inclusions:
            return self._included(home.with_descriptor(node), kept, level)
        return self._changed(cast("msgspec.Struct", node), written)

    @staticmethod
    def _changed(node: msgspec.Struct, written: dict[int, object], **changed: None) -> msgspec.Struct:
        """Return a node with the parts that were written in another way; itself if there are none."""
        values: dict[str, object] = {**changed}
        for name in PARTS.get(type(node), ()):
            part = getattr(node, name)
            other = written.get(id(part), part)
            if other is not part:
                values.setdefault(name, other)
        return msgspec.structs.replace(node, **values) if values else node

    def _named(self, reference: nodes.Reference, home: Type, kept: Kept, level: int) -> nodes.TypeDescriptor:
        if reference.module is None and reference.name in kept:
            return kept[reference.name]
        return self._reference(reference, home, level)

    def _reference(self, reference: nodes.Reference, home: Type, level: int) -> nodes.TypeDescriptor:
        """Return a name with its prefix, or what a private name stands for."""
        key = id(home.surface), home.module, reference
        public = self._members.public.get(key)
        if public is not None:
            return nodes.Reference(self._prefix(public), reference.name)
        target = home.surface.resolve(reference, home.module)
        if target is not None:
            if target.declaration.public and target.surface.exported(target.module):
                public = self._members.public[key] = _full(target.module, target.surface)
                return nodes.Reference(self._prefix(public), reference.name)
            return self._private(target, level)
        found = home.surface.home(reference, home.module)
        if found is None:
            if reference.module is None or reference.module.startswith("?/"):
                raise NotWritableError(f"'{reference.name}' is not known")
            return nodes.Reference(self._prefix(reference.module), reference.name)
        surface, owner = found
        member = surface.enum_member(owner, reference.name)
        if member is None or not member[0].public or not surface.exported(owner):
            raise NotWritableError(f"'{reference.name}' is not known to clients")
        return nodes.Reference(self._prefix(_full(owner, surface)), reference.name)

    def _private(self, target: api.Target, level: int) -> nodes.TypeDescriptor:
        if level > _PRIVATE_LEVELS:
            raise NotWritableError(f"the private '{target.key}' is nested too deeply to be written out")
        if target.origin in self._members.large:
            raise TooLargeError
        match target.declaration:
            case nodes.TypeDefinition(type=nodes.DistinctType()):
                raise NotWritableError(f"clients cannot name the private distinct type '{target.key}'")
            case nodes.TypeDefinition(type=type_):
                return self._spelled_out(target, type_, level)
            case nodes.Enum(members=members):
                texts = tuple(nodes.SingletonType(enum_string(target, one)) for one in members)
                return texts[0] if len(texts) == 1 else nodes.UnionType(texts)
            case _:
                raise NotWritableError(f"clients cannot name the private '{target.key}'")

    def _spelled_out(
        self, target: api.Target, type_: nodes.TypeDescriptor, level: int
    ) -> nodes.TypeDescriptor:
        """Return what a private name stands for; other clients that give the same prefixes share it."""
        key = target.origin, level
        known = self._members.private.get(key)
        if known is not None:
            written, prefixes = known
            if self.agree(prefixes):
                return written
        refused = self._members.refused.get(key)
        if refused is not None:
            raise NotWritableError(refused)
        before = self.used()
        try:
            written = self.descriptor(target.type_of(type_), level=level + 1)
        except TooLargeError:
            self._members.large.add(target.origin)
            raise
        except NotWritableError as error:
            self._members.refused[key] = str(error)
            raise
        self._members.private[key] = written, self.prefixes_since(before)
        return written

    def _included(self, record: Type, kept: Kept, level: int) -> nodes.RecordType:
        """Return a record without inclusions: the fields that they bring are spelled out."""
        if level > _PRIVATE_LEVELS:
            raise NotWritableError("records that include others are nested too deeply to be written out")
        return self.record(record, kept, level + 1)

    def record(self, record: Type, kept: Kept = _NO_NAMES, level: int = 0) -> nodes.RecordType:
        """Return a record type of the client's own that repeats the fields of another, without defaults."""
        members = self._members.whole_record(record)
        if len(members.fields) > _MOST_NODES:
            raise TooLargeError
        fields = tuple(
            [
                one.declared
                if one.declared.default is None and _is_inert(one.declared.type)
                else cast("nodes.RecordField", self._node(one.declared, api.field_type(one), kept, level))
                for one in members.fields.values()
            ]
        )
        rest = None if members.rest is None else self.descriptor(members.rest, kept, level)
        is_open = rest == nodes.BuiltinType("anydata")
        return nodes.RecordType(fields, (), closed=not is_open, rest=None if is_open else rest)


def enum_string(target: api.Target, member: nodes.EnumMember) -> str:
    """Return the literal of the string that a member of an enum stands for."""
    match api.enum_member_value(member, target.module, target.surface):
        case ("string", str(text)):
            return quoted(text)
    raise NotWritableError(f"the string of '{member.name}' is not known")


def wanted_prefix(module: str) -> str:
    """Return the prefix that a module has where nothing else has that name."""
    return module.rpartition("/")[2].rpartition(".")[2]


def shorten(entries: dict[str, _Entry], length: int) -> None:
    """Take the last entries away until so many are left."""
    while len(entries) > length:
        entries.popitem()


def _import_text(module: str, prefix: str) -> str:
    """Return the import declaration of a module that has this prefix."""
    organization, _, name = module.rpartition("/")
    parts = [spelled(one) for one in name.split(".")]
    renamed = "" if prefix == parts[-1] else f" as {prefix}"
    return f"import {spelled(organization)}/{'.'.join(parts)}{renamed};"


def _full(module: str, surface: Surface) -> str:
    """Return the name by which a client imports a module."""
    return f"{surface.package.organization}/{module}"


def _is_inert(node: msgspec.Struct) -> bool:
    """Return whether there is surely no name in a node, as in most: it is of a builtin type, or of many."""
    if type(node) in _INERT:
        return True
    if type(node) is nodes.ArrayType:
        return type(node.member) in _INERT and type(node.length) is not nodes.Reference
    if type(node) is nodes.OptionalType:
        return type(node.member) in _INERT
    return type(node) is nodes.UnionType and _INERT.issuperset(map(type, node.members))


def _parts(node: object) -> tuple[object, ...]:
    """Return the parts that may hold names: of a tuple its members, of a node its fields."""
    names = PARTS.get(type(node))
    if names is not None:
        if isinstance(node, nodes.RecordType) and node.inclusions:
            return ()
        return tuple([part for name in names if isinstance(part := getattr(node, name), _HOLDERS)])
    return node if isinstance(node, tuple) else ()
