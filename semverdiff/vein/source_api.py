"""The API that sources declare, lowered to what their compiled module would hold of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.changes import Excerpt
from semverdiff.errors import Mistake, SourceError
from semverdiff.text import quote
from semverdiff.vein.declarations import MemberForm, TypeForm
from semverdiff.vein.model import (
    BUILT_IN_ASPECTS,
    IMPLIED_BASES,
    Api,
    ApiType,
    Constructor,
    Field,
    Identity,
    Method,
    Parameter,
    TypeConstraint,
    TypeKind,
    TypeName,
    Visibility,
)
from semverdiff.vein.names import Names, Scope
from semverdiff.vein.properties import GETTER, SETTER, split_properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from semverdiff.vein.declarations import (
        AspectUse,
        Constraint,
        SourceAlias,
        SourceMember,
        SourceType,
        SourceUnit,
    )

__all__ = ["api_of_sources"]

_ASPECT: Final = "Aspect"
_VOID: Final = TypeName("Void", "Void", "Void")
_KINDS: Final = {
    TypeForm.ASPECT: TypeKind.ASPECT,
    TypeForm.CLASS: TypeKind.CLASS,
    TypeForm.INTERFACE: TypeKind.INTERFACE,
    TypeForm.STRUCT: TypeKind.STRUCT,
}


def api_of_sources(units: Iterable[SourceUnit]) -> Api:
    """Return the API that the sources of a package declare.

    Raises `SourceError` with a mistake for each type that is declared a second time.
    """
    listed = tuple(units)
    names = Names(listed)
    types: dict[Identity, ApiType] = {}
    mistakes = []
    for unit in listed:
        for one in _types(unit, names):
            first = types.setdefault(one.identity, one)
            if first is not one:
                place = one.place
                message = f"expected one declaration of {quote(one.symbol)}: {first.place.file} has another"
                mistakes.append(Mistake(message, place.file, place.line, place.column, place.text))
    if mistakes:
        raise SourceError(mistakes=tuple(mistakes))
    return Api(types, is_erased=False)


def _types(unit: SourceUnit, names: Names) -> Iterator[ApiType]:
    for declared in unit.types:
        if declared.form is TypeForm.ASPECT:
            yield _aspect(declared, unit, names)
        else:
            yield _Type(declared, unit, names).api_type()
    for alias in unit.aliases:
        yield _alias(alias, unit, names)


def _aspect(declared: SourceType, unit: SourceUnit, names: Names) -> ApiType:
    name = declared.name if declared.name.endswith(_ASPECT) else f"{declared.name}{_ASPECT}"
    return ApiType(
        (TypeKind.ASPECT,),
        Identity(unit.space, name, 0),
        Visibility.PUBLIC,
        _place(declared, unit),
        parameters=Scope(names, unit, name, ()).parameters(declared.parameters),
    )


def _alias(alias: SourceAlias, unit: SourceUnit, names: Names) -> ApiType:
    identity = Identity(unit.space, alias.name, len(alias.type_parameters))
    scope = Scope(names, unit, alias.name, alias.type_parameters)
    target = scope.type(alias.target)
    if alias.parameters is None:
        visibility = Visibility.PUBLIC if alias.is_global else Visibility.UNMARKED
        return ApiType(
            (TypeKind.ALIAS,), identity, visibility, _place(alias, unit), alias.type_parameters, target=target
        )
    return ApiType(
        (TypeKind.DELEGATE,),
        identity,
        Visibility.PUBLIC,
        _place(alias, unit),
        alias.type_parameters,
        returned=target,
        parameters=scope.parameters(alias.parameters),
        constraints=_constraints(alias.constraints, scope),
    )


class _Type:
    """A class, interface or struct on its way to the API."""

    def __init__(self, declared: SourceType, unit: SourceUnit, names: Names) -> None:
        self._declared = declared
        self._unit = unit
        self._scope = Scope(names, unit, declared.name, declared.type_parameters)
        self._is_interface = declared.form is TypeForm.INTERFACE

    def api_type(self) -> ApiType:
        """Return the type with its members."""
        declared = self._declared
        bases = map(self._scope.type, declared.bases)
        automatic = frozenset(
            member.name
            for member in declared.members
            if member.form is MemberForm.PROPERTY and not member.is_computed
        )
        properties, methods = split_properties(self._methods(), None if self._is_interface else automatic)
        return ApiType(
            kinds=(_KINDS[declared.form],),
            identity=Identity(self._unit.space, declared.name, len(declared.type_parameters)),
            visibility=_type_visibility(declared.modifiers),
            place=_place(declared, self._unit),
            type_parameters=declared.type_parameters,
            is_static="static" in declared.modifiers,
            is_abstract="abstract" in declared.modifiers and not self._is_interface,
            bases=tuple(base for base in bases if base.text not in IMPLIED_BASES),
            constructors=tuple(self._constructors()),
            methods=methods,
            properties=properties,
            fields=tuple(self._fields()),
            constraints=_constraints(declared.constraints, self._scope),
            aspects=_aspects(declared.aspects),
        )

    def _members(self, form: MemberForm) -> Iterator[SourceMember]:
        return (member for member in self._declared.members if member.form is form)

    def _methods(self) -> Iterator[Method]:
        for member in self._members(MemberForm.METHOD):
            scope = self._scope.within(member.type_parameters)
            yield self._method(member, member.name, scope, scope.type(member.type))
        for member in self._members(MemberForm.PROPERTY):
            type_ = self._scope.type(member.type)
            for word, accessor in member.accessors.items():
                visibility = self._visibility(accessor.modifiers)
                if word == "get":
                    method = self._method(member, GETTER + member.name, self._scope, type_)
                else:
                    method = self._method(member, SETTER + member.name, self._scope, _VOID)
                    method = replace(method, parameters=(Parameter("value", type_),))
                yield replace(method, visibility=visibility)

    def _method(self, member: SourceMember, name: str, scope: Scope, returned: TypeName) -> Method:
        modifiers = member.modifiers
        return Method(
            name=name,
            parameters=scope.parameters(member.parameters),
            returned=returned,
            visibility=self._visibility(modifiers),
            place=_place(member, self._unit),
            type_parameters=member.type_parameters,
            is_static="static" in modifiers,
            is_virtual="virtual" in modifiers,
            is_abstract="abstract" in modifiers or self._is_interface,
            is_override="override" in modifiers,
            aspects=_aspects(member.aspects),
        )

    def _constructors(self) -> Iterator[Constructor]:
        """Yield what makes values of the type; where none is written, there is one without parameters."""
        if self._is_interface or "static" in self._declared.modifiers:
            return
        is_implicit = True
        for member in self._members(MemberForm.CONSTRUCTOR):
            is_implicit = False
            yield Constructor(
                self._scope.parameters(member.parameters),
                self._visibility(member.modifiers),
                _place(member, self._unit),
                aspects=_aspects(member.aspects),
            )
        if is_implicit:
            yield Constructor((), Visibility.PUBLIC, _place(self._declared, self._unit), is_implicit=True)

    def _fields(self) -> Iterator[Field]:
        for member in self._members(MemberForm.FIELD):
            modifiers = member.modifiers
            is_literal = "const" in modifiers
            yield Field(
                name=member.name,
                type=self._scope.type(member.type),
                visibility=self._visibility(modifiers),
                place=_place(member, self._unit),
                is_static=is_literal or "static" in modifiers,
                is_readonly="readonly" in modifiers,
                is_literal=is_literal,
                value=member.value if is_literal else None,
                aspects=_aspects(member.aspects),
            )

    def _visibility(self, modifiers: frozenset[str]) -> Visibility:
        if self._is_interface:
            return Visibility.PUBLIC
        return next((word for word in Visibility if word.value in modifiers), Visibility.UNMARKED)


def _type_visibility(modifiers: frozenset[str]) -> Visibility:
    """Return the visibility of a type: one that is `protected` is no less than public."""
    words = (Visibility.PRIVATE, Visibility.INTERNAL, Visibility.PUBLIC)
    marked = next((word for word in words if word.value in modifiers), Visibility.UNMARKED)
    return Visibility.PUBLIC if marked is Visibility.UNMARKED and "protected" in modifiers else marked


def _constraints(written: Iterable[Constraint], scope: Scope) -> tuple[TypeConstraint, ...]:
    return tuple(TypeConstraint(scope.type(one.subject), scope.type(one.bound)) for one in written)


def _aspects(uses: Iterable[AspectUse]) -> tuple[str, ...]:
    """Return the names of aspects that mean something to clients, sorted."""
    names = {use.name.removesuffix(_ASPECT) for use in uses if use.name.lower() not in BUILT_IN_ASPECTS}
    return tuple(sorted(names))


def _place(declared: SourceType | SourceMember | SourceAlias, unit: SourceUnit) -> Excerpt:
    return Excerpt(declared.text, unit.file, declared.line, declared.column)
