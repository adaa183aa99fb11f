"""The public API of a Ballerina package as a list of symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
from msgspec.structs import replace

from semverdiff import limits
from semverdiff.api import printing
from semverdiff.api.members import object_members, record_members
from semverdiff.api.resolution import record_shape, written_object_type
from semverdiff.api.surface import Type, require_whole
from semverdiff.errors import Mistake, SourceError
from semverdiff.symbols import ModuleApi, Symbol, size_of
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.api.members import Member, Origin
    from semverdiff.api.resolution import RecordShape
    from semverdiff.api.surface import Surface

__all__ = ["describe"]

_METHOD_KINDS = {"normal": "method", "remote": "remote method", "resource": "resource method", "init": "init"}
_OBJECT_QUALIFIERS = ("isolated", "client", "service")


def describe(surface: Surface, *, private: bool = False) -> tuple[ModuleApi, ...]:
    """List the public symbols of every exported module; with `private` also what clients cannot see.

    Raises `SourceError` where a declaration does not parse, or where there are too many to be listed.
    """
    modules: list[ModuleApi] = []
    listed = 0
    for name, module in sorted(surface.modules.items()):
        if not module.exported and not private:
            continue
        symbols: list[Symbol] = []
        for symbol in _symbols(surface, name, private=private):
            symbols.append(symbol)
            listed += size_of(symbol)
            if listed > limits.LISTED_SYMBOLS:
                raise _too_many(symbol)
        modules.append(ModuleApi(name, module.exported, tuple(symbols)))
    require_whole(surface)
    return tuple(modules)


def _too_many(symbol: Symbol) -> SourceError:
    """Return the error of an API that nobody could read: types that include each other in a long chain."""
    message = (
        f"the API has more than {limits.LISTED_SYMBOLS:,} symbols up to '{symbol.name}', members that types "
        "include among them; list modules of a smaller package, or let types include less"
    )
    return SourceError(mistakes=(Mistake(message, symbol.file, symbol.line, 1),))


class _Site(msgspec.Struct, frozen=True):
    """The file in which members are shown, and what brings them there if another package does.

    `line` is then that of the type that includes them; a member of this package has its own.
    """

    file: str
    line: int | None = None
    origin: str | None = None

    def symbol(
        self, kind: str, name: str, signature: str, metadata: nodes.Metadata, members: tuple[Symbol, ...] = ()
    ) -> Symbol:
        """Return the symbol of what has this metadata."""
        line = metadata.location.line if self.line is None else self.line
        return Symbol(kind, name, signature, self.file, line, members, self.origin)


class _Home(msgspec.Struct, frozen=True):
    """Where a declaration stands, and whether also what clients cannot see of it is listed."""

    surface: Surface
    module: str
    file: str
    private: bool

    @property
    def site(self) -> _Site:
        """Return where what the declaration writes itself is shown."""
        return _Site(self.file)

    def shows(self, visibility: str) -> bool:
        """Return whether a member of that visibility is listed."""
        return self.private or visibility == "public"


def _symbols(surface: Surface, module: str, *, private: bool) -> Iterator[Symbol]:
    for key, located in sorted(surface.all(module).items()):
        if not located.item.public and not private:
            continue
        declaration = surface.declaration(module, key)
        # A service is reached over the network: it is no symbol of the module.
        if declaration is not None and not isinstance(declaration, nodes.Service):
            yield _symbol(_Home(surface, module, located.file, private), declaration)


def _symbol(home: _Home, declaration: nodes.Declaration) -> Symbol:
    visibility = "public " if declaration.public else ""
    return Symbol(
        kind=printing.declaration_kind(declaration),
        name=declaration.name,
        signature=f"{visibility}{_head(declaration)}",
        file=home.file,
        line=declaration.metadata.location.line,
        members=tuple(_members(home, declaration)),
    )


def _head(declaration: nodes.Declaration) -> str:
    """Write a declaration without what is listed as its members."""
    if not isinstance(declaration, nodes.TypeDefinition):
        return printing.declaration_text(declaration)
    record, object_type = _written_record(declaration), written_object_type(declaration.type)
    if record is not None:
        readonly = "readonly & " if record is not declaration.type else ""
        return f"type {declaration.name} {readonly}record {'{|...|}' if record.closed else '{...}'}"
    if object_type is not None:
        distinct = "distinct " if isinstance(declaration.type, nodes.DistinctType) else ""
        qualifiers = "".join(f"{word} " for word in _OBJECT_QUALIFIERS if word in object_type.qualifiers)
        return f"type {declaration.name} {distinct}{qualifiers}object {{...}}"
    return printing.declaration_text(declaration)


def _written_record(declaration: nodes.TypeDefinition) -> nodes.RecordType | None:
    """Return the record type that stands in the definition itself, with members to list."""
    match declaration.type:
        case nodes.RecordType() as record:
            pass
        case nodes.IntersectionType(
            members=(nodes.RecordType() as record, other) | (other, nodes.RecordType() as record)
        ):
            if printing.type_text(other) != "readonly":
                return None
        case _:
            return None
    return record if record.fields or record.inclusions or record.rest is not None else None


def _members(home: _Home, declaration: nodes.Declaration) -> Iterator[Symbol]:
    match declaration:
        case nodes.Function(signature=signature):
            yield from _parameters(home.site, signature)
        case nodes.Enum(members=members):
            for one in sorted(members, key=lambda member: member.name):
                yield home.site.symbol("enum member", one.name, printing.enum_member_text(one), one.metadata)
        case nodes.Class(type=type_):
            yield from _object_members(home, type_, declaration.metadata)
        case nodes.TypeDefinition(type=type_):
            object_type = written_object_type(type_)
            if object_type is not None:
                yield from _object_members(home, object_type, declaration.metadata)
            elif _written_record(declaration) is not None:
                yield from _record_fields(home, declaration)


def _record_fields(home: _Home, declaration: nodes.TypeDefinition) -> Iterator[Symbol]:
    # What writes a record has its shape.
    shape = cast("RecordShape", record_shape(Type(declaration.type, home.module, home.surface)))
    members = record_members(shape.type)
    yield from _opaque(members.opaque, home.site, declaration.metadata)
    for name, field in sorted(members.fields.items()):
        text = printing.record_field_text(field.declared)
        yield _site(home, field, declaration.metadata).symbol("field", name, text, field.declared.metadata)
    if members.rest is not None and shape.record.closed:
        rest = f"{printing.type_text(members.rest.descriptor)}..."
        yield home.site.symbol("rest field", "...", rest, declaration.metadata)


def _object_members(home: _Home, object_type: nodes.ObjectType, metadata: nodes.Metadata) -> Iterator[Symbol]:
    members = object_members(Type(object_type, home.module, home.surface))
    yield from _opaque(members.opaque, home.site, metadata)
    for name, field in sorted(members.fields.items()):
        if home.shows(field.declared.visibility):
            text = printing.object_field_text(field.declared)
            yield _site(home, field, metadata).symbol("field", name, text, field.declared.metadata)
    for key, method in sorted(members.methods.items()):
        if home.shows(method.declared.visibility):
            yield _method(_site(home, method, metadata), key, method.declared)


def _site(
    home: _Home,
    member: Member[nodes.Method] | Member[nodes.ObjectField] | Member[nodes.RecordField],
    metadata: nodes.Metadata,
) -> _Site:
    """Return where a member of the type with this metadata is shown."""
    if member.surface is home.surface:
        return _Site(_file_of(home.surface, member.origin, home.file))
    module, name = member.origin or ("", "")
    origin = f"{module}:{name} {member.surface.package.version}"
    return _Site(home.file, metadata.location.line, origin)


def _opaque(inclusions: Iterable[nodes.Reference], site: _Site, metadata: nodes.Metadata) -> Iterator[Symbol]:
    """List the inclusions whose members are not known here, because another package declares them."""
    for name in sorted(f"*{printing.type_text(inclusion)}" for inclusion in inclusions):
        yield site.symbol("inclusion", name, name, metadata)


def _file_of(surface: Surface, origin: Origin | None, otherwise: str) -> str:
    """Return the file of the type that declares a member, if it was included."""
    located = None if origin is None else surface.locate(*origin)
    return located.file if located is not None else otherwise


def _method(site: _Site, key: str, method: nodes.Method) -> Symbol:
    kind, text = _METHOD_KINDS[method.kind], printing.method_text(method)
    # What brings the method is said of it, and not again of each parameter.
    parameters = tuple(_parameters(replace(site, origin=None), method.signature))
    return site.symbol(kind, key, text, method.metadata, parameters)


def _parameters(site: _Site, signature: nodes.Signature) -> Iterator[Symbol]:
    for parameter in signature.parameters:
        text = printing.parameter_text(parameter)
        yield site.symbol("parameter", parameter.name, text, parameter.metadata)
