"""The public API of a package as a list of symbols: what `semver api` prints, and what is counted.

A public symbol is a declaration, member or parameter that stands in this list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from semverdiff.api.members import (
    object_members,
    record_members,
    record_shape,
    written_object_type,
)
from semverdiff.api.printing import (
    declaration_text,
    enum_member_text,
    method_text,
    object_field_text,
    parameter_text,
    record_field_text,
)
from semverdiff.syntax.declarations import (
    AnnotationDeclaration,
    Class,
    Constant,
    Enum,
    Function,
    Listener,
    Service,
    TypeDefinition,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api.surface import Surface
    from semverdiff.syntax.declarations import Declaration
    from semverdiff.syntax.descriptors import Metadata, Method, ObjectType, RecordType, Signature

__all__ = ["ModuleApi", "Symbol", "describe", "render_text", "symbol_count"]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A public symbol: its kind in a word, its name as clients read it, and its signature on one line.

    `file` is relative to the package, `line` counts from 1.
    """

    kind: str
    name: str
    signature: str
    file: str
    line: int
    members: tuple[Symbol, ...] = ()


@dataclass(frozen=True, slots=True)
class ModuleApi:
    """The public symbols of one module, sorted by name."""

    name: str
    exported: bool
    symbols: tuple[Symbol, ...]


def describe(surface: Surface, *, private: bool = False) -> tuple[ModuleApi, ...]:
    """List the public symbols of every exported module; with `private` also what clients cannot see."""
    return tuple(
        ModuleApi(name, module.exported, tuple(_symbols(surface, name, private=private)))
        for name, module in sorted(surface.modules.items())
        if module.exported or private
    )


def symbol_count(modules: tuple[ModuleApi, ...]) -> int:
    """Count declarations, members and parameters."""
    return sum(_count(symbol) for module in modules for symbol in module.symbols)


def _count(symbol: Symbol) -> int:
    return 1 + sum(_count(member) for member in symbol.members)


def render_text(modules: tuple[ModuleApi, ...]) -> str:
    """Write one signature a line: modules, declarations and members in their order, members qualified."""
    lines: list[str] = []
    for module in modules:
        lines.append(f"module {module.name}" if module.exported else f"module {module.name} (not exported)")
        for symbol in module.symbols:
            lines.append(f"  {symbol.signature}")
            lines += [
                f"    {symbol.name}.{member.signature}"
                if member.kind == "enum member"
                else f"    {member.signature}"
                for member in symbol.members
                if member.kind != "parameter"
            ]
    return "".join(f"{line}\n" for line in lines)


def _symbols(surface: Surface, module: str, *, private: bool) -> Iterator[Symbol]:
    for key, located in sorted(surface.all(module).items()):
        if not located.item.public and not private:
            continue
        declaration = surface.declaration(module, key)
        if declaration is not None and not isinstance(declaration, Service):
            yield _symbol(surface, module, located.file, declaration)


def _symbol(surface: Surface, module: str, file: str, declaration: Declaration) -> Symbol:
    return Symbol(
        kind=_kind(declaration),
        name=declaration.name,
        signature=_signature(surface, module, declaration),
        file=file,
        line=declaration.metadata.location.line,
        members=tuple(_members(surface, module, file, declaration)),
    )


def _kind(declaration: Declaration) -> str:
    match declaration:
        case Function():
            return "function"
        case TypeDefinition():
            return "type"
        case Class():
            return "class"
        case Enum():
            return "enum"
        case Constant():
            return "constant"
        case Variable(qualifiers=qualifiers):
            return "configurable" if "configurable" in qualifiers else "variable"
        case Listener():
            return "listener"
        case AnnotationDeclaration():
            return "annotation"
        case Service():
            return "service"


def _signature(surface: Surface, module: str, declaration: Declaration) -> str:
    """Write the head of a declaration; what is listed as its members is left out."""
    if isinstance(declaration, TypeDefinition):
        shape = record_shape(declaration.type, module, surface)
        if shape is not None and shape.type.fields and shape.type is _written_record(declaration):
            return f"type {declaration.name} {_record_head(shape.type, readonly=shape.readonly)}"
        object_type = written_object_type(declaration.type)
        if object_type is not None:
            qualifiers = "".join(f"{word} " for word in sorted(object_type.qualifiers))
            distinct = "distinct " if object_type is not declaration.type else ""
            return f"type {declaration.name} {distinct}{qualifiers}object"
    return declaration_text(declaration)


def _written_record(declaration: TypeDefinition) -> object:
    """Give the record type that stands in the definition itself."""
    written = declaration.type
    members = getattr(written, "members", (written,))
    return next((one for one in members if type(one).__name__ == "RecordType"), None)


def _record_head(record: RecordType, *, readonly: bool) -> str:
    return f"{'readonly & ' if readonly else ''}record {'{|...|}' if record.closed else '{...}'}"


def _members(surface: Surface, module: str, file: str, declaration: Declaration) -> Iterator[Symbol]:
    match declaration:
        case Function(signature=signature):
            yield from _parameters(file, signature)
        case Enum(members=members):
            for one in members:
                yield _leaf("enum member", one.name, enum_member_text(one), file, one.metadata)
        case Class(type=type_):
            yield from _object_members(surface, module, file, type_)
        case TypeDefinition(type=type_):
            object_type = written_object_type(type_)
            if object_type is not None:
                yield from _object_members(surface, module, file, object_type)
            elif _written_record(declaration) is not None:
                yield from _record_fields(surface, module, file, declaration)


def _record_fields(surface: Surface, module: str, file: str, declaration: TypeDefinition) -> Iterator[Symbol]:
    shape = record_shape(declaration.type, module, surface)
    if shape is None:
        return
    for name, member in sorted(record_members(shape.type, shape.module, surface).fields.items()):
        field = member.declared
        where = file if not member.origins else _file_of(surface, member.origins[-1], file)
        yield _leaf("field", name, record_field_text(field), where, field.metadata)


def _file_of(surface: Surface, origin: tuple[str, str], otherwise: str) -> str:
    located = surface.locate(*origin)
    return located.file if located is not None else otherwise


def _object_members(surface: Surface, module: str, file: str, object_type: ObjectType) -> Iterator[Symbol]:
    members = object_members(object_type, module, surface)
    for name, field in sorted(members.fields.items()):
        if field.declared.visibility == "public":
            where = _file_of(surface, field.origins[-1], file) if field.origins else file
            yield _leaf("field", name, object_field_text(field.declared), where, field.declared.metadata)
    for key, method in sorted(members.methods.items()):
        if method.declared.visibility == "public":
            where = _file_of(surface, method.origins[-1], file) if method.origins else file
            yield _method(key, where, method.declared)


def _method(key: str, file: str, method: Method) -> Symbol:
    kinds = {"normal": "method", "remote": "remote method", "resource": "resource", "init": "init"}
    return Symbol(
        kind=kinds[method.kind],
        name=key,
        signature=method_text(method),
        file=file,
        line=method.metadata.location.line,
        members=tuple(_parameters(file, method.signature)),
    )


def _parameters(file: str, signature: Signature) -> Iterator[Symbol]:
    for parameter in signature.parameters:
        yield _leaf("parameter", parameter.name, parameter_text(parameter), file, parameter.metadata)


def _leaf(kind: str, name: str, signature: str, file: str, metadata: Metadata) -> Symbol:
    return Symbol(kind, name, signature, file, metadata.location.line)
