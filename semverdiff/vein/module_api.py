"""The API of a compiled module: what the compiler added is dropped, what it renamed has its name again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import limits
from semverdiff.changes import Excerpt
from semverdiff.errors import ArchiveError
from semverdiff.text import quote
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
    TypeKind,
    TypeName,
    Visibility,
)
from semverdiff.vein.module import ClassFlag, FieldFlag, MethodFlag, Signature
from semverdiff.vein.properties import split_properties

if TYPE_CHECKING:
    import enum
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Final, TypeVar

    from semverdiff.vein.module import (
        Module,
        ModuleAlias,
        ModuleClass,
        ModuleField,
        ModuleMethod,
        ModuleParameter,
        ModuleType,
    )

    Flags = TypeVar("Flags", bound=enum.IntFlag)

__all__ = ["api_of_module"]

_DELEGATE_BASE: Final = "FunctionMulticast"
_THIS: Final = "<this>"
_CONSTRUCTORS: Final = frozenset({"ctor", "new"})
_GENERATED_METHODS: Final = frozenset({"type_ctor", "dtor", "delete"})
_ARRAY_DATA: Final = "StaticArray_INIT_"
_SHADOW, _SHADOW_END = "$_prop_shadow_", "_"
_NATIVE: Final = "!!"
# Since this IL constructors have a name of their own, and what the compiler adds is marked as special.
_SPECIAL_SINCE: Final = 18
_STRUCT_SINCE: Final = 34
_ALIASES_SINCE: Final = 20

_ASPECT: Final = "aspect"

_CLASS_VISIBILITY: Final = (
    (ClassFlag.PRIVATE, Visibility.PRIVATE),
    (ClassFlag.INTERNAL, Visibility.INTERNAL),
    (ClassFlag.PUBLIC | ClassFlag.PROTECTED, Visibility.PUBLIC),
)
_METHOD_VISIBILITY: Final = (
    (MethodFlag.PUBLIC, Visibility.PUBLIC),
    (MethodFlag.PROTECTED, Visibility.PROTECTED),
    (MethodFlag.INTERNAL, Visibility.INTERNAL),
    (MethodFlag.PRIVATE, Visibility.PRIVATE),
)
_FIELD_VISIBILITY: Final = (
    (FieldFlag.PUBLIC, Visibility.PUBLIC),
    (FieldFlag.PROTECTED, Visibility.PROTECTED),
    (FieldFlag.INTERNAL, Visibility.INTERNAL),
)


def api_of_module(module: Module, file: str) -> Api:
    """Return the API of a module; `file` is its path in the shard.

    Raises `ArchiveError` if it has two types of one name.
    """
    return _Lowering(module, file).api()


class _Scope:
    """The type parameters that a name may mean: those of the type, and those of a method in it."""

    def __init__(self, of_type: tuple[str, ...], of_method: tuple[str, ...] = ()) -> None:
        self._places = {name: f"!{place}" for place, name in enumerate(of_type)}
        self._places |= {name: f"!!{place}" for place, name in enumerate(of_method)}

    def name(self, type_: ModuleType) -> TypeName:
        """Return a type as the API mentions it."""
        if type_.is_parameter:
            place = self._places.get(type_.name, f"!{type_.name or '?'}")
            return TypeName(type_.name or "?", place, place)
        name, parameters = _parts(type_.name)
        erased = f"{name}`{len(parameters)}" if parameters else name
        return TypeName(type_.name, erased, erased, _space(type_))

    def parameters(self, parameters: Iterable[ModuleParameter]) -> tuple[Parameter, ...]:
        """Return what a caller gives."""
        return tuple(Parameter(one.name, self.name(one.type)) for one in parameters)


class _Constants:
    """What the table of constants says: values, uses of aspects, and names of fields that were renamed."""

    def __init__(self, module: Module) -> None:
        self.values: dict[str, str] = {}
        self.natives: dict[tuple[str, str], str] = {}
        self._uses: dict[tuple[str, str], dict[str, None]] = {}
        for constant in module.constants:
            # `aspect#Name#class#C#method#M._0`; before IL 20 with `/` for `#`.
            sign = "#" if constant.key.startswith(f"{_ASPECT}#") else "/"
            start, *parts = constant.key.rpartition(".")[0].split(sign, 5)
            if start != _ASPECT or len(parts) not in {3, 5}:
                self.values[constant.key] = constant.value
                continue
            name, _, owner, *member = parts
            if name.lower() == "native" and member[:1] == ["field"] and constant.value.startswith(_NATIVE):
                self.natives[owner, constant.value] = member[1]
            if name.lower() not in BUILT_IN_ASPECTS:
                self._uses.setdefault((owner, "".join(member[1:])), {})[name.removesuffix("Aspect")] = None

    def aspects(self, owner: str, member: str = "") -> tuple[str, ...]:
        """Return the aspects on a type, or on a member by its name in the module, sorted."""
        return tuple(sorted(self._uses.get((owner, member), ())))


class _Lowering:
    """One module on its way to an API."""

    def __init__(self, module: Module, file: str) -> None:
        self._module = module
        self._file = file
        self._constants = _Constants(module)

    def _refuse_long_names(self) -> None:
        """Refuse what would make each symbol long: members repeat the name of their type."""
        longest = max((len(one.name) for one in self._module.types), default=0)
        members = (
            len(name)
            for one in self._module.classes
            for name in (*map(_method_name, one.methods), *(field.name for field in one.fields))
        )
        if longest > 2 * limits.NAME_CHARACTERS or max(members, default=0) > limits.NAME_CHARACTERS:
            raise ArchiveError(
                f"{quote(self._file)} has a name of more than {limits.NAME_CHARACTERS} characters, which no "
                "source of Vein has. Build the module again."
            )

    def api(self) -> Api:
        delegates = {
            alias.type: alias for alias in self._module.aliases if isinstance(alias.target, Signature)
        }
        self._refuse_long_names()
        types: dict[Identity, ApiType] = {}
        for one in (*self._classes(delegates), *map(self._alias, self._module.aliases)):
            if one.identity in types:
                raise ArchiveError(
                    f"{quote(self._file)} declares {quote(one.symbol)} twice in {quote(one.identity.space)}: "
                    "what clients get of the two cannot be told. Build the module again."
                )
            types[one.identity] = one
        return Api(
            types,
            is_erased=True,
            has_constants=self._module.lost is None,
            has_layouts=self._module.il >= _STRUCT_SINCE,
            notes=tuple(self._notes()),
        )

    def _notes(self) -> Iterator[str]:
        module = self._module
        if module.is_experimental:
            yield (
                f"modules of IL {module.il} are read by an experimental reader: no real one is public that "
                "it could be compared with"
            )
        if module.lost is not None:
            yield module.lost

    def _classes(self, delegates: Mapping[ModuleType, ModuleAlias]) -> Iterator[ApiType]:
        for one in self._module.classes:
            if one.type.name.startswith(_ARRAY_DATA) or one.type in delegates:
                continue
            yield self._class(one)

    def _place(self, text: str) -> Excerpt:
        return Excerpt(text, self._file, None, None)

    def _alias(self, alias: ModuleAlias) -> ApiType:
        name, parameters = _parts(alias.type.name)
        identity = Identity(_space(alias.type), name, len(parameters))
        scope = _Scope(parameters)
        if isinstance(alias.target, Signature):
            return self._delegate(identity, parameters, alias.target, scope)
        target = scope.name(alias.target)
        place = self._place(f"alias {alias.type.name} <| {target.text}")
        return ApiType((TypeKind.ALIAS,), identity, Visibility.PUBLIC, place, parameters, target=target)

    def _delegate(
        self, identity: Identity, type_parameters: tuple[str, ...], signature: Signature, scope: _Scope
    ) -> ApiType:
        parameters, returned = scope.parameters(_given(signature)), scope.name(signature.returned)
        text = f"alias {identity.name} <| {_written(parameters)}: {returned.text}"
        return ApiType(
            (TypeKind.DELEGATE,),
            identity,
            Visibility.PUBLIC,
            self._place(text),
            type_parameters,
            returned=returned,
            parameters=parameters,
        )

    def _class(self, one: ModuleClass) -> ApiType:
        name, type_parameters = _parts(one.type.name)
        identity = Identity(_space(one.type), name, len(type_parameters))
        scope = _Scope(type_parameters)
        invoke = next((method for method in one.methods if _method_name(method) == "invoke"), None)
        if invoke is not None and any(base.name == _DELEGATE_BASE for base in one.bases):
            return self._delegate(identity, type_parameters, invoke.signature, scope)
        kinds = self._kinds(one)
        visibility = _visibility(one.flags, _CLASS_VISIBILITY)
        if kinds[0] is TypeKind.ASPECT:
            place = self._place(f"aspect {name.removesuffix('Aspect')}")
            return ApiType(kinds, identity, Visibility.PUBLIC, place, parameters=None)
        is_interface = kinds[0] is TypeKind.INTERFACE
        has_shadows = self._module.il >= _ALIASES_SINCE and not is_interface
        shadows = frozenset(
            field.name[len(_SHADOW) : -len(_SHADOW_END)]
            for field in one.fields
            if field.name.startswith(_SHADOW)
        )
        properties, methods = split_properties(
            (
                self._method(method, one, type_parameters, is_interface=is_interface)
                for method in one.methods
                if _method_name(method) not in _CONSTRUCTORS | _GENERATED_METHODS
            ),
            shadows if has_shadows else None,
        )
        hidden = {property_.name for property_ in properties}
        is_static = ClassFlag.STATIC in one.flags
        is_abstract = ClassFlag.ABSTRACT in one.flags and not is_interface
        return ApiType(
            kinds=kinds,
            identity=identity,
            visibility=visibility,
            place=self._place(
                f"{_shown(visibility, static=is_static, abstract=is_abstract)}{kinds[0]} {one.type.name}"
            ),
            type_parameters=type_parameters,
            is_static=is_static,
            is_abstract=is_abstract,
            bases=tuple(scope.name(base) for base in one.bases if base.name not in IMPLIED_BASES),
            constructors=self._constructors(one, scope, kinds),
            methods=methods,
            properties=properties,
            fields=tuple(
                field
                for field in self._fields(one, scope, is_struct=kinds == (TypeKind.STRUCT,))
                if field.name not in hidden
            ),
            constraints=None,
            aspects=self._constants.aspects(one.type.name),
        )

    def _kinds(self, one: ModuleClass) -> tuple[TypeKind, ...]:
        """Return what a class of the module may be in the language."""
        flags, il = one.flags, self._module.il
        if ClassFlag.ASPECT in flags:
            return (TypeKind.ASPECT,)
        if ClassFlag.INTERFACE in flags:
            return (TypeKind.INTERFACE,)
        if ClassFlag.STRUCT in flags and il >= _STRUCT_SINCE:
            return (TypeKind.STRUCT,)
        if ClassFlag.ABSTRACT in flags and il <= _SPECIAL_SINCE and _is_all_abstract(one):
            return (TypeKind.INTERFACE, TypeKind.CLASS)
        if il >= _STRUCT_SINCE or flags & (ClassFlag.ABSTRACT | ClassFlag.STATIC):
            return (TypeKind.CLASS,)
        return (TypeKind.CLASS, TypeKind.STRUCT)

    def _method(
        self, method: ModuleMethod, owner: ModuleClass, of_type: tuple[str, ...], *, is_interface: bool
    ) -> Method:
        of_method = tuple(generic.name for generic in method.generics)
        scope = _Scope(of_type, of_method)
        name, flags = _method_name(method), method.flags
        parameters, returned = (
            scope.parameters(_given(method.signature)),
            scope.name(method.signature.returned),
        )
        visibility = Visibility.PUBLIC if is_interface else _visibility(flags, _METHOD_VISIBILITY)
        is_static, is_abstract = MethodFlag.STATIC in flags, MethodFlag.ABSTRACT in flags
        generics = f"<{','.join(of_method)}>" if of_method else ""
        start = _shown(visibility, static=is_static, abstract=is_abstract and not is_interface)
        return Method(
            name=name,
            parameters=parameters,
            returned=returned,
            visibility=visibility,
            place=self._place(f"{start}{name}{generics}{_written(parameters)}: {returned.text}"),
            type_parameters=of_method,
            is_static=is_static,
            is_virtual=MethodFlag.VIRTUAL in flags,
            is_abstract=is_abstract,
            is_override=MethodFlag.OVERRIDE in flags,
            aspects=self._constants.aspects(owner.type.name, method.name),
        )

    def _constructors(
        self, one: ModuleClass, scope: _Scope, kinds: tuple[TypeKind, ...]
    ) -> tuple[Constructor, ...] | None:
        if kinds[0] is TypeKind.INTERFACE:
            return () if len(kinds) == 1 else None
        if ClassFlag.STATIC in one.flags:
            return ()
        methods = [method for method in one.methods if _method_name(method) in _CONSTRUCTORS]
        is_only = len(methods) == 1
        found = []
        for method in methods:
            parameters = scope.parameters(_given(method.signature))
            is_added = not parameters and self._is_added(method)
            if is_added and not is_only:
                continue  # what the compiler adds beside others is private
            visibility = Visibility.PUBLIC if is_added else _visibility(method.flags, _METHOD_VISIBILITY)
            place = self._place(f"{_shown(visibility)}new{_written(parameters)}")
            uses = self._constants.aspects(one.type.name, method.name)
            found.append(Constructor(parameters, visibility, place, is_implicit=is_added, aspects=uses))
        return tuple(found)

    def _is_added(self, method: ModuleMethod) -> bool:
        """Return whether the compiler wrote a constructor without parameters."""
        if self._module.il < _SPECIAL_SINCE:
            return _method_name(method) == "ctor"
        return MethodFlag.SPECIAL in method.flags

    def _fields(self, one: ModuleClass, scope: _Scope, *, is_struct: bool) -> list[Field]:
        """Return the fields that somebody wrote; those of a struct in the order in which they lie there."""
        fields = [field for field in one.fields if not field.name.startswith((_SHADOW, _ARRAY_DATA))]
        if is_struct:
            fields.sort(key=lambda field: field.offset or 0)
        return [self._field(field, one, scope) for field in fields]

    def _field(self, field: ModuleField, owner: ModuleClass, scope: _Scope) -> Field:
        flags = field.flags
        name = self._constants.natives.get((owner.type.name, field.name), field.name)
        visibility = _visibility(flags, _FIELD_VISIBILITY, Visibility.UNFLAGGED)
        is_literal, is_readonly = FieldFlag.LITERAL in flags, FieldFlag.READONLY in flags
        is_static = FieldFlag.STATIC in flags or is_literal
        type_ = scope.name(field.type)
        start = _shown(
            visibility, const=is_literal, static=is_static and not is_literal, readonly=is_readonly
        )
        value = self._constants.values.get(f"{owner.type.name}.{field.name}") if is_literal else None
        return Field(
            name=name,
            type=type_,
            visibility=visibility,
            place=self._place(f"{start}{name}: {type_.text}{f' = {value}' if value is not None else ''}"),
            is_static=is_static,
            is_readonly=is_readonly,
            is_literal=is_literal,
            value=value,
            aspects=self._constants.aspects(owner.type.name, name),
        )


def _parts(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the name of a type and its type parameters: `Box<T>` has one."""
    start, sign, rest = name.partition("<")
    return (start, tuple(rest[:-1].split(","))) if sign and rest.endswith(">") else (name, ())


def _space(type_: ModuleType) -> str:
    return type_.space.removeprefix("global::")


def _method_name(method: ModuleMethod) -> str:
    return method.name.partition("(")[0]


def _given(signature: Signature) -> tuple[ModuleParameter, ...]:
    """Return what a caller gives: the instance, which comes first, is none of it."""
    parameters = signature.parameters
    return parameters[1:] if parameters and parameters[0].name == _THIS else parameters


def _is_all_abstract(one: ModuleClass) -> bool:
    """Return whether a class has methods and no fields, and all that somebody wrote is abstract."""
    own = [method for method in one.methods if _method_name(method) not in _CONSTRUCTORS | _GENERATED_METHODS]
    return bool(own) and not one.fields and all(MethodFlag.ABSTRACT in method.flags for method in own)


def _visibility(
    flags: Flags, words: Iterable[tuple[Flags, Visibility]], otherwise: Visibility = Visibility.UNMARKED
) -> Visibility:
    """Return the word of the first flag that is set."""
    return next((word for flag, word in words if flags & flag), otherwise)


def _shown(visibility: Visibility, **modifiers: bool) -> str:
    """Return modifiers as a source would have them, with a blank behind each."""
    words = [] if visibility in {Visibility.UNMARKED, Visibility.UNFLAGGED} else [visibility.value]
    return "".join(f"{word} " for word in (*words, *(word for word, holds in modifiers.items() if holds)))


def _written(parameters: Iterable[Parameter]) -> str:
    return f"({', '.join(f'{one.name}: {one.type.text}' for one in parameters)})"
