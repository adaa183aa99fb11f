"""Is a package one that the language specification allows? As far as its declarations say.

What is no mistake for sure is none: a package without mistakes may still have some.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from support.packages import package

from semverdiff import api, types
from semverdiff.api import Surface, Type
from semverdiff.syntax import nodes, outline, read_declaration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["mistakes"]

_MODULES = "modules/"
_LITERAL = re.compile(r"""-?\d[\d.]*[fFdD]?|"[^"\\]*"|true|false|\(\s*\)""")
_WIDER = {"integer": {"byte", "int", "float", "decimal"}, "fraction": {"float", "decimal"}}


def mistakes(files: Mapping[str, str], manifest: str | None = None) -> list[str]:
    """Return what the specification does not allow in the sources of a package."""
    surface = Surface(package(files, manifest))
    return list(dict.fromkeys(_mistakes(surface, files)))


def _mistakes(surface: Surface, files: Mapping[str, str]) -> Iterator[str]:
    for path, text in files.items():
        module = _module(surface, path)
        found = outline(text.encode())
        yield from (f"{path}: {one.message}" for one in found.damages)
        for item in found.items if module is not None and not found.damages else ():
            declaration = read_declaration(item, found.imports)
            yield from (f"{item.key}: {one}" for one in _Declared(surface, str(module)).mistakes(declaration))


def _module(surface: Surface, path: str) -> str | None:
    """Return the module of a source file; `None` for files of tests and other folders."""
    name = surface.package.name
    folder, _, file = path.rpartition("/")
    if not file.endswith(".bal") or (folder and not path.startswith(_MODULES)):
        return None
    return f"{name}.{folder.removeprefix(_MODULES)}" if folder else name


class _Declared:
    """The declarations of a module, which give names in types a meaning."""

    def __init__(self, surface: Surface, module: str) -> None:
        self._surface = surface
        self._module = module

    def _type(self, descriptor: nodes.TypeDescriptor) -> Type:
        return Type(descriptor, self._module, self._surface)

    def mistakes(self, declaration: nodes.Declaration) -> Iterator[str]:
        """Yield what is wrong with a declaration."""
        parts = list(_walk(declaration))
        # A result may name the typedesc parameter that it depends on.
        parameters = {one.name for one in parts if isinstance(one, nodes.Parameter)}
        for node in parts:
            match node:
                case nodes.Reference(module=None, name=name) if name in parameters:
                    pass
                case nodes.Reference():
                    yield from self._name(node)
                case nodes.Signature():
                    yield from self._signature(node)
                case nodes.ObjectType():
                    yield from self._object(node, is_class=_holds(declaration, node))
                case nodes.RecordType():
                    yield from self._record(node)
        yield from self._declaration(declaration)

    def _declaration(self, declaration: nodes.Declaration) -> Iterator[str]:
        match declaration:
            case nodes.Class(type=members):
                yield from self._class(members)
            case nodes.Enum(members=members):
                yield from _twice(one.name for one in members)
            case nodes.Constant(type=descriptor, value=value) if descriptor is not None:
                yield from self._value(descriptor, value)
            case nodes.Variable(type=descriptor, initial=value, public=public):
                if public and descriptor is None:
                    yield "SPEC, Module variable declaration: a public one must not use var"
                if descriptor is not None and value is not None:
                    yield from self._value(descriptor, value)

    def _name(self, reference: nodes.Reference) -> Iterator[str]:
        owner = self._surface.owner(reference, self._module)
        if owner is None:
            return  # of another package
        declared = self._surface.declaration(owner, reference.name)
        if declared is None and self._surface.enum_member(owner, reference.name) is None:
            yield f"{reference.name} is not declared"

    def _signature(self, signature: nodes.Signature) -> Iterator[str]:
        """SPEC, Functions: required, defaultable, included record, and rest parameters in this order."""
        order = ["required", "defaultable", "included", "rest"]
        kinds = [order.index(one.kind) for one in signature.parameters]
        if kinds != sorted(kinds):
            yield "SPEC, Functions: the parameters are not in the order of their kinds"
        yield from _twice(one.name for one in signature.parameters if one.name)
        for one in signature.parameters:
            if one.kind == "included" and api.record_shape(self._type(one.type)) is None:
                yield f"the included {one.name} is no record"
            if one.default is not None and not one.inferred:
                yield from self._value(one.type, one.default)

    def _object(self, type_: nodes.ObjectType, *, is_class: bool) -> Iterator[str]:
        """SPEC, Object types, and Object constructor: which members there are, and what they may say."""
        yield from _twice(
            [one.name for one in type_.fields] + [one.name for one in type_.methods if one.kind == "normal"]
        )
        for field in type_.fields:
            if field.final and not is_class:
                yield f"SPEC, Object types: field {field.name} must not be final"
            if field.initial is not None and not is_class:
                yield f"SPEC, Object types: field {field.name} must not have a value"
            if field.visibility == "private" and not is_class:
                yield f"SPEC, Object types: field {field.name} must not be private"
            if field.initial is not None:
                yield from self._value(field.type, field.initial)
        network = type_.qualifiers & {"client", "service"}
        for method in type_.methods:
            if method.kind in {"remote", "resource"} and not network:
                yield f"SPEC, Remote methods, Resources: {method.name} is of no client or service"
            if (method.body is None) == is_class:
                yield f"the body of {method.name} is {'missing' if is_class else 'too much'}"
            if method.kind == "init" and not is_class:
                yield "SPEC, Object types: a method must not be init"
        for one in type_.inclusions:
            yield from self._included_object(type_, one)

    def _included_object(self, type_: nodes.ObjectType, inclusion: nodes.Reference) -> Iterator[str]:
        """SPEC, Inclusion and type-ids."""
        target = self._surface.resolve(inclusion, self._module)
        if target is None:
            return
        written = api.declared_object_type(target.declaration)
        if api.object_type_of(self._type(inclusion)) is None:
            yield f"the included {inclusion.name} is no object type"
        if written is not None:
            lacks = written.qualifiers & {"client", "service", "isolated"} - type_.qualifiers
            yield from (
                f"SPEC, Inclusion and type-ids: {one} of {inclusion.name} is missing" for one in lacks
            )
        match target.declaration:
            case nodes.Class(qualifiers=qualifiers, type=members):
                visibilities = [one.visibility for one in members.fields]
                visibilities += [one.visibility for one in members.methods]
                if "readonly" in qualifiers or "private" in visibilities:
                    yield f"SPEC, Inclusion and type-ids: {inclusion.name} cannot be included"

    def _class(self, type_: nodes.ObjectType) -> Iterator[str]:
        """SPEC, Fields: without a value there must be an init; Class definition: methods are defined."""
        members = api.object_members(self._type(type_))
        if not any(one.kind == "init" for one in type_.methods):
            initialized = {one.name for one in type_.fields if one.initial is not None}
            for name in members.fields.keys() - initialized:
                yield f"SPEC, Fields: {name} has no value, and there is no init"
        defined = {api.method_key(one) for one in type_.methods} | {"init"}
        for key in members.methods.keys() - defined:
            yield f"SPEC, Class definition: {key} is included and not defined"

    def _record(self, record: nodes.RecordType) -> Iterator[str]:
        yield from _twice(one.name for one in record.fields)
        for inclusion in record.inclusions:
            known = self._surface.owner(inclusion, self._module) is not None
            if known and api.record_shape(self._type(inclusion)) is None:
                yield f"the included {inclusion.name} is no record"
        for field in record.fields:
            if field.default is not None:
                yield from self._value(field.type, field.default)

    def _value(self, descriptor: nodes.TypeDescriptor, value: nodes.Expression) -> Iterator[str]:
        """Notice a literal that is no value of the type where it stands."""
        if not _LITERAL.fullmatch(value.text):
            return
        expected = self._type(descriptor)
        kinds = [value.text]
        if value.text[-1].isdigit():
            kinds += _WIDER["fraction" if "." in value.text else "integer"]
        literals = [self._literal(one) for one in kinds]
        if all(types.relate(one, expected, types.no_anchor).within is False for one in literals):
            yield f"{value.text} is no {api.type_text(descriptor)}"

    def _literal(self, text: str) -> Type:
        if text == "()":
            return self._type(nodes.NIL)
        is_name = text in _WIDER["integer"]
        return self._type(nodes.BuiltinType(text) if is_name else nodes.SingletonType(text))


def _holds(declaration: nodes.Declaration, type_: nodes.ObjectType) -> bool:
    """Return whether an object type is what a class or service declares, and not one inside of it."""
    return isinstance(declaration, nodes.Class | nodes.Service) and declaration.type is type_


def _twice(names: Iterable[str]) -> Iterator[str]:
    listed = list(names)
    yield from (f"{name} is there twice" for name in set(listed) if listed.count(name) > 1)


def _walk(node: object) -> Iterator[object]:
    """Yield what a node of the syntax is made of, but for documentation and annotations."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        match one:
            case nodes.Metadata() | nodes.Annotation():
                continue
            case tuple():
                waiting += one
            case msgspec.Struct():
                waiting += [getattr(one, name) for name in one.__struct_fields__]
