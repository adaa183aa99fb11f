"""A compiled module of Vein (`.wll`): its tables and classes, by every layout of which the reader is known.

The layout has a number, IL, that the module states. No layout reads the modules of another, so that an
unknown number is refused, as the compiler and the virtual machine of Vein refuse every number but their own.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

import msgspec

from semverdiff.errors import ArchiveError
from semverdiff.vein.elf import code_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Final, TypeVar

    from semverdiff.vein.cursor import Cursor

    Value = TypeVar("Value")

__all__ = [
    "AliasTarget",
    "ClassFlag",
    "Constant",
    "FieldFlag",
    "MethodFlag",
    "Module",
    "ModuleAlias",
    "ModuleClass",
    "ModuleField",
    "ModuleMethod",
    "ModuleParameter",
    "ModuleType",
    "Signature",
    "read_module",
]


class ClassFlag(enum.IntFlag):
    """What a module says of a class."""

    PUBLIC = 1 << 1
    STATIC = 1 << 2
    INTERNAL = 1 << 3
    PROTECTED = 1 << 4
    PRIVATE = 1 << 5
    ABSTRACT = 1 << 6
    SPECIAL = 1 << 7
    INTERFACE = 1 << 8
    ASPECT = 1 << 9
    AMORPHOUS = 1 << 14
    STRUCT = 1 << 15


class MethodFlag(enum.IntFlag):
    """What a module says of a method."""

    PUBLIC = 1 << 0
    STATIC = 1 << 1
    INTERNAL = 1 << 2
    PROTECTED = 1 << 3
    PRIVATE = 1 << 4
    EXTERN = 1 << 5
    VIRTUAL = 1 << 6
    ABSTRACT = 1 << 7
    OVERRIDE = 1 << 8
    SPECIAL = 1 << 9
    ASYNC = 1 << 10
    GENERIC = 1 << 11


class FieldFlag(enum.IntFlag):
    """What a module says of a field."""

    LITERAL = 1 << 1
    PUBLIC = 1 << 2
    STATIC = 1 << 3
    PROTECTED = 1 << 4
    VIRTUAL = 1 << 5
    ABSTRACT = 1 << 6
    OVERRIDE = 1 << 7
    SPECIAL = 1 << 8
    READONLY = 1 << 9
    INTERNAL = 1 << 10
    EXPLICIT_OFFSET = 1 << 11


class ModuleType(msgspec.Struct, frozen=True):
    """A type as a module names it. A type parameter has a name only, or none where it was lost."""

    module: str
    space: str
    name: str
    is_parameter: bool = False


class ModuleParameter(msgspec.Struct, frozen=True):
    """A parameter of a method or delegate."""

    name: str
    type: ModuleType


class Signature(msgspec.Struct, frozen=True):
    """What a method or delegate takes and returns."""

    parameters: tuple[ModuleParameter, ...]
    returned: ModuleType


class ModuleMethod(msgspec.Struct, frozen=True):
    """A method; `name` is its link name, which holds the types of its parameters: `add(Int32,Int32)`."""

    name: str
    flags: MethodFlag
    signature: Signature
    generics: tuple[ModuleType, ...] = ()


class ModuleField(msgspec.Struct, frozen=True):
    """A field of a class. `offset` is that of a struct, as IL 34 stores it."""

    name: str
    type: ModuleType
    flags: FieldFlag
    offset: int | None = None


class ModuleClass(msgspec.Struct, frozen=True):
    """A class, interface, struct, aspect or delegate with what it declares itself."""

    type: ModuleType
    flags: ClassFlag
    bases: tuple[ModuleType, ...]
    methods: tuple[ModuleMethod, ...]
    fields: tuple[ModuleField, ...]


AliasTarget = ModuleType | Signature
"""What an alias stands for: another type, or the signature of a delegate."""


class ModuleAlias(msgspec.Struct, frozen=True):
    """An entry of the table of aliases."""

    type: ModuleType
    target: AliasTarget


class Constant(msgspec.Struct, frozen=True):
    """A constant, or an argument of a use of an aspect: what the key says."""

    key: str
    value: str


class Module(msgspec.Struct, frozen=True):
    """A compiled module.

    `lost` says what could not be read of it, `None` if nothing is missing. `is_experimental` is true of
    layouts of which no module that the compiler wrote is public.
    """

    name: str
    version: str
    il: int
    strings: tuple[str, ...]
    types: tuple[ModuleType, ...]
    dependencies: tuple[tuple[str, str], ...]
    classes: tuple[ModuleClass, ...]
    aliases: tuple[ModuleAlias, ...]
    generics: tuple[str, ...]
    constants: tuple[Constant, ...]
    lost: str | None = None

    @property
    def is_experimental(self) -> bool:
        """Return whether nobody has compared this layout with a module that the compiler wrote."""
        return self.il in _EXPERIMENTAL


class _Layout(msgspec.Struct, frozen=True):
    """What the layouts differ in."""

    has_one_base: bool = False
    has_generics: bool = False
    has_wide_flags: bool = False


_OLDEST, _OLD = _Layout(has_one_base=True), _Layout()
_GENERIC = _Layout(has_generics=True)
# In the summer of 2021 the list of bases came without another number.
_LAYOUTS: Final[Mapping[int, tuple[_Layout, ...]]] = {
    **dict.fromkeys((3, 11, 12), (_OLDEST,)),
    13: (_OLD, _OLDEST),
    **dict.fromkeys((14, 15, 16, 17, 18), (_OLD,)),
    **dict.fromkeys((26, 28), (_GENERIC,)),
    34: (_Layout(has_generics=True, has_wide_flags=True),),
}
_EXPERIMENTAL: Final = frozenset({26, 28, 34})

_METHODS_MARK, _FIELDS_MARK, _STRUCT_MARK = 1923, 8712, 4089
_GENERICS_START, _GENERICS_END = 228, 428
_NEWER: Final = "A newer semverdiff may read it."
_TEXT_BYTES: Final = 6
"""The bytes of a text without characters: what an entry takes at least is a sum of these and of numbers."""

_CONSTRAINTS_LOST: Final = (
    "the module has type parameters with constraints, which today's compiler writes so that nothing behind "
    "the first can be read: values of constants, uses of aspects, and names of further type parameters are "
    "not known"
)


def read_module(content: bytes, file: str) -> Module:
    """Return a compiled module; `file` is the name that messages use.

    Raises `ArchiveError` if it is no module, damaged, of an unknown layout, or larger than it may be.
    """
    code = code_of(content, file)
    name, version, il = code.i32(), code.i32(), code.i32()
    if il not in _LAYOUTS:
        known = ", ".join(map(str, sorted(_LAYOUTS)))
        code.refuse(f"is a module of IL {il}: expected one of {known}", _NEWER)
    return _Reader(code, il, _LAYOUTS[il]).module(name, version)


class _Reference(msgspec.Struct, frozen=True):
    """A type by its key in one of two tables, of which the second may not be read yet."""

    is_parameter: bool
    key: int


class _Reader:
    """The tables of a module, as far as they were read: later ones refer to earlier ones by keys."""

    def __init__(self, code: Cursor, il: int, layouts: tuple[_Layout, ...]) -> None:
        self._code = code
        self._il = il
        self._layouts = layouts
        self._layout = layouts[0]
        self._strings: dict[int, str] = {}
        self._types: dict[int, ModuleType] = {}
        self._fields: dict[int, tuple[str, str]] = {}
        self._generics: dict[int, str] = {}
        self._lost: str | None = None

    def module(self, name: int, version: int) -> Module:
        """Return the module whose tables begin here."""
        code = self._code
        self._strings = self._table(_TEXT_BYTES, code.text)
        self._types = self._table(3 * _TEXT_BYTES, lambda: ModuleType(code.text(), code.text(), code.text()))
        self._fields = self._table(2 * _TEXT_BYTES, lambda: (code.text(), code.text()))
        dependencies = tuple((code.text(), code.text()) for _ in range(code.count(2 * _TEXT_BYTES)))
        bodies = [code.inner(code.length()) for _ in range(code.count(4))]
        aliases, constants = self._tail()
        return Module(
            name=self._string(name),
            version=self._string(version),
            il=self._il,
            strings=tuple(self._strings.values()),
            types=tuple(self._types.values()),
            dependencies=dependencies,
            classes=self._classes([body for body in bodies if body.left]),
            aliases=aliases,
            generics=tuple(self._generics.values()),
            constants=constants,
            lost=self._lost,
        )

    def _tail(self) -> tuple[tuple[ModuleAlias, ...], tuple[Constant, ...]]:
        """Return what stands behind the classes, and keep the names of type parameters."""
        code, aliases = self._code, []
        if self._layout.has_generics:
            aliases = [self._alias() for _ in range(code.count(13))]
            self._read_generics()
        constants = () if self._lost else self._constants(code.inner(code.length()))
        if self._lost is None:
            code.finish("its tables")
        return tuple(resolve() for resolve in aliases), constants

    def _read_generics(self) -> None:
        code = self._code
        for _ in range(code.count(8 + _TEXT_BYTES)):
            key, name = code.i32(), code.text()
            self._enter(self._generics, key, name)
            if code.i32():
                self._lost = _CONSTRAINTS_LOST
                return

    def _constants(self, part: Cursor) -> tuple[Constant, ...]:
        constants = []
        for _ in range(part.count(4 + 2 * _TEXT_BYTES)):
            part.i32()  # the code of its type, which the field tells as well
            constants.append(Constant(part.text(), part.text()))
        part.finish("the table of constants")
        return tuple(constants)

    def _alias(self) -> Callable[[], ModuleAlias]:
        """Return what makes an alias when all tables are read."""
        code = self._code
        code.i32()  # its key: nothing refers to it
        type_key, is_type = code.i32(), code.u8()
        if is_type:
            target = code.i32()
            return lambda: ModuleAlias(self._type(type_key), self._type(target))
        returned, parameters = self._reference(code), self._parameters(code)
        return lambda: ModuleAlias(self._type(type_key), self._signature(returned, parameters))

    def _classes(self, bodies: list[Cursor]) -> tuple[ModuleClass, ...]:
        """Return the classes by the layout that uses up every body; the last one says what is wrong."""
        *others, last = self._layouts
        for layout in others:
            self._layout = layout
            try:
                return tuple(self._class(body.again()) for body in bodies)
            except ArchiveError:
                continue
        self._layout = last
        return tuple(self._class(body) for body in bodies)

    def _class(self, body: Cursor) -> ModuleClass:
        key = body.i32()
        wide = self._layout.has_wide_flags
        flags = ClassFlag(body.i32() & 0xFFFF_FFFF if wide else body.i16() & 0xFFFF)
        has_offsets = wide and ClassFlag.STRUCT in flags
        bases = [body.i32() for _ in range(1 if self._layout.has_one_base else body.short_count(4))]
        self._expect(body, _METHODS_MARK)
        methods = [self._method(body.inner(body.length())) for _ in range(body.count(4))]
        self._expect(body, _FIELDS_MARK)
        fields = [self._field(body, has_offset=has_offsets) for _ in range(body.count(10))]
        if has_offsets:
            self._expect(body, _STRUCT_MARK)
            body.take(6)  # layout, pack and size, which no compiler sets yet
        body.finish("a class")
        return ModuleClass(
            self._type(key), flags, tuple(map(self._type, bases)), tuple(methods), tuple(fields)
        )

    def _method(self, body: Cursor) -> ModuleMethod:
        name, flags = body.i32(), MethodFlag(body.i16() & 0xFFFF)
        size = body.i32()
        body.take(2)  # the sizes of its stack and of its locals
        returned, parameters = self._reference(body), self._parameters(body)
        generics: list[int] = []
        if self._layout.has_generics:
            count = body.count(4)
            self._expect(body, _GENERICS_START, wide=True)
            generics = [body.i32() for _ in range(count)]
            self._expect(body, _GENERICS_END, wide=True)
        if body.left != size:
            body.refuse(f"is damaged: a method has {body.left:,} bytes of code where it says {size:,}")
        return ModuleMethod(
            self._string(name),
            flags,
            self._signature(returned, parameters),
            tuple(self._resolved(_Reference(is_parameter=True, key=key)) for key in generics),
        )

    def _field(self, body: Cursor, *, has_offset: bool) -> ModuleField:
        key = body.i32()
        reference, flags = self._reference(body), FieldFlag(body.i16() & 0xFFFF)
        offset = body.i32() if has_offset else None
        if has_offset:
            body.i32()  # its size, which follows from its type
        if key not in self._fields:
            body.refuse(f"is damaged: no field has the key {key}")
        return ModuleField(self._fields[key][0], self._resolved(reference), flags, offset)

    def _reference(self, body: Cursor) -> _Reference:
        is_parameter = self._layout.has_generics and body.u8() != 0
        return _Reference(is_parameter, body.i32())

    def _parameters(self, body: Cursor) -> list[tuple[int, _Reference]]:
        return [(body.i32(), self._reference(body)) for _ in range(body.count(8))]

    def _signature(self, returned: _Reference, parameters: list[tuple[int, _Reference]]) -> Signature:
        return Signature(
            tuple(ModuleParameter(self._string(name), self._resolved(type_)) for name, type_ in parameters),
            self._resolved(returned),
        )

    def _resolved(self, reference: _Reference) -> ModuleType:
        if not reference.is_parameter:
            return self._type(reference.key)
        name = self._generics.get(reference.key)
        if name is None and self._lost is None:
            self._code.refuse(f"is damaged: no type parameter has the key {reference.key}")
        return ModuleType("", "", name or "", is_parameter=True)

    def _type(self, key: int) -> ModuleType:
        if key not in self._types:
            self._code.refuse(f"is damaged: no type has the key {key}")
        return self._types[key]

    def _string(self, key: int) -> str:
        if key not in self._strings:
            self._code.refuse(f"is damaged: no text has the key {key}")
        return self._strings[key]

    def _expect(self, body: Cursor, mark: int, *, wide: bool = False) -> None:
        """Refuse a body without the number that divides its parts, where the layout has such numbers."""
        if self._layout.has_generics and (body.i64() if wide else body.i32()) != mark:
            body.refuse(f"is damaged: expected the number {mark} between the parts of a class")

    def _table(self, least: int, read: Callable[[], Value]) -> dict[int, Value]:
        """Return a table whose entries have a key and what `read` reads, of `least` bytes or more."""
        table: dict[int, Value] = {}
        for _ in range(self._code.count(4 + least)):
            key = self._code.i32()
            self._enter(table, key, read())
        return table

    def _enter(self, table: dict[int, Value], key: int, value: Value) -> None:
        if key in table:
            self._code.refuse(f"is damaged: two entries of a table have the key {key}")
        table[key] = value
