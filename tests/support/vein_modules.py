"""Compiled modules of Vein, and a writer of them after the layouts of `semverdiff/vein/module.py`."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from semverdiff.vein.module import ClassFlag, Module, ModuleType, Signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from semverdiff.vein.module import ModuleAlias, ModuleClass, ModuleField, ModuleMethod

__all__ = ["elf_of", "module_of", "part_of", "write_module"]

_HEADER_BYTES, _SECTION_BYTES = 52, 40
NOTE = b"insomnia"
_CODE = b"\x00\x2a"


def module_of(
    *classes: ModuleClass, name: str = "demo", il: int = 28, aliases: tuple[ModuleAlias, ...] = ()
) -> Module:
    """Return a module with classes and aliases, and nothing else in it."""
    return Module(name, "1.0.0.0", il, (), (), (), classes, aliases, (), ())


def write_module(module: Module, *, one_base: bool | None = None, constrained: Iterable[str] = ()) -> bytes:
    """Return a module as bytes. Its own tables come first, and behind them what else its classes need.

    With `one_base`, classes have one base each, as before IL 13. Type parameters that are `constrained` get
    what today's compiler writes for a constraint.
    """
    return elf_of(_Writer(module, one_base=one_base, constrained=constrained).tables())


def elf_of(code: bytes, *, note: bytes = NOTE, part: bytes = b".code") -> bytes:
    """Return the container with tables in it."""
    section = i32(1) + i32(len(part)) + part + i32(len(code)) + code
    places = (_HEADER_BYTES, _HEADER_BYTES + len(section))
    sections = [(0, 0, 0), (1, places[0], len(section)), (7, places[1], len(note))]
    ident = b"\x7fELF\x01\x01\x01" + bytes(9)
    table_at = places[1] + len(note)
    header = struct.pack(
        "<HHIIIIIHHHHHH",
        *(3, 0, 1, 0, 0, table_at, 0, _HEADER_BYTES, 0, 0, _SECTION_BYTES, len(sections), 0),
    )
    table = b"".join(struct.pack("<10I", 0, kind, 0, 0, at, size, 0, 0, 0, 0) for kind, at, size in sections)
    return ident + header + section + note + table


def part_of(content: bytes) -> bytes:
    """Return the tables of a module that `elf_of` wrote, to write others into it."""
    return content[_HEADER_BYTES + 17 : -3 * _SECTION_BYTES - len(NOTE)]


def i16(number: int) -> bytes:
    """Return a number of 16 bits; flags fill all of them."""
    return struct.pack("<H", number & 0xFFFF)


def i32(number: int) -> bytes:
    """Return a number of 32 bits."""
    return struct.pack("<I", number & 0xFFFF_FFFF)


def i64(number: int) -> bytes:
    """Return a number of 64 bits."""
    return struct.pack("<q", number)


def text(value: str) -> bytes:
    """Return a text with its mark and its length."""
    encoded = value.encode()
    return b"\xff\xff" + i32(len(encoded)) + encoded


def counted(parts: Iterable[bytes], width: Callable[[int], bytes] = i32) -> bytes:
    """Return parts behind their number."""
    listed = list(parts)
    return width(len(listed)) + b"".join(listed)


def sized(part: bytes) -> bytes:
    """Return a part behind its length."""
    return i32(len(part)) + part


class _Writer:
    def __init__(self, module: Module, *, one_base: bool | None, constrained: Iterable[str]) -> None:
        self.module = module
        self.one_base = module.il <= 12 if one_base is None else one_base
        self.constrained = frozenset(constrained)
        self.strings: dict[str, int] = {one: key for key, one in enumerate(module.strings)}
        self.types: dict[ModuleType, int] = {one: key for key, one in enumerate(module.types)}
        self.generics: dict[str, int] = {one: key for key, one in enumerate(module.generics)}
        self.fields: dict[tuple[str, str], int] = {}
        self.marked = module.il >= 26
        self.wide = module.il == 34

    def tables(self) -> bytes:
        module = self.module
        head = i32(self.string(module.name)) + i32(self.string(module.version)) + i32(module.il)
        classes = counted(sized(self.class_of(one)) for one in module.classes)
        aliases = b""
        if self.marked:
            aliases = counted(self.alias(key, one) for key, one in enumerate(module.aliases))
            aliases += counted(
                i32(key) + text(name) + (i32(1) + i32(0) if name in self.constrained else i32(0))
                for name, key in self.generics.items()
            )
        constants = counted(i32(17) + text(one.key) + text(one.value) for one in module.constants)
        return (
            head
            + counted(i32(key) + text(one) for one, key in self.strings.items())
            + counted(
                i32(key) + text(one.module) + text(one.space) + text(one.name)
                for one, key in self.types.items()
            )
            + counted(i32(key) + text(name) + text(owner) for (name, owner), key in self.fields.items())
            + counted(text(name) + text(version) for name, version in module.dependencies)
            + classes
            + aliases
            + sized(constants)
        )

    def class_of(self, one: ModuleClass) -> bytes:
        flags = i32(one.flags) if self.wide else i16(one.flags)
        bases = [i32(self.type(base)) for base in one.bases]
        has_offsets = self.wide and ClassFlag.STRUCT in one.flags
        return (
            i32(self.type(one.type))
            + flags
            + (bases[0] if self.one_base else counted(bases, i16))
            + self.mark(1923)
            + counted(sized(self.method(method)) for method in one.methods)
            + self.mark(8712)
            + counted(self.field(one, field, has_offset=has_offsets) for field in one.fields)
            + (i32(4089) + bytes(6) if has_offsets else b"")
        )

    def method(self, one: ModuleMethod) -> bytes:
        generics = b""
        if self.marked:
            keys = b"".join(i32(self.generics[generic.name]) for generic in one.generics)
            generics = i32(len(one.generics)) + i64(228) + keys + i64(428)
        return (
            i32(self.string(one.name))
            + i16(one.flags)
            + i32(len(_CODE))
            + b"\x40\x00"
            + self.signature(one.signature)
            + generics
            + _CODE
        )

    def field(self, owner: ModuleClass, one: ModuleField, *, has_offset: bool) -> bytes:
        key = self.fields.setdefault((one.name, owner.type.name), len(self.fields))
        offset = i32(one.offset or 0) + i32(8) if has_offset else b""
        return i32(key) + self.reference(one.type) + i16(one.flags) + offset

    def signature(self, one: Signature) -> bytes:
        parameters = counted(
            i32(self.string(each.name)) + self.reference(each.type) for each in one.parameters
        )
        return self.reference(one.returned) + parameters

    def alias(self, key: int, one: ModuleAlias) -> bytes:
        head = i32(key) + i32(self.type(one.type))
        if isinstance(one.target, Signature):
            return head + b"\x00" + self.signature(one.target)
        return head + b"\x01" + i32(self.type(one.target))

    def reference(self, one: ModuleType) -> bytes:
        key = self.generics[one.name] if one.is_parameter else self.type(one)
        return (bytes([one.is_parameter]) if self.marked else b"") + i32(key)

    def mark(self, number: int) -> bytes:
        return i32(number) if self.marked else b""

    def string(self, value: str) -> int:
        return self.strings.setdefault(value, len(self.strings))

    def type(self, one: ModuleType) -> int:
        return self.types.setdefault(one, len(self.types))
