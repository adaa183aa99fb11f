from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.vein_modules import elf_of, part_of, write_module

from semverdiff import limits
from semverdiff.errors import ArchiveError
from semverdiff.vein.module import (
    ClassFlag,
    Constant,
    FieldFlag,
    MethodFlag,
    Module,
    ModuleAlias,
    ModuleClass,
    ModuleField,
    ModuleMethod,
    ModuleParameter,
    ModuleType,
    Signature,
    read_module,
)

if TYPE_CHECKING:
    from pathlib import Path

T = ModuleType("", "", "T", is_parameter=True)
INT = ModuleType("std", "std", "Int32")
OBJECT = ModuleType("std", "std", "Object")
POINT = ModuleType("demo", "demo", "Point")
ADD = ModuleMethod(
    "add(Int32) -> Int32",
    MethodFlag.PUBLIC | MethodFlag.STATIC,
    Signature((ModuleParameter("value", INT),), INT),
)
CLASS = ModuleClass(POINT, ClassFlag.PUBLIC, (OBJECT,), (ADD,), (ModuleField("x", INT, FieldFlag.PUBLIC),))
MODULE = Module(
    name="demo",
    version="1.0.0.0",
    il=28,
    strings=("demo", "1.0.0.0"),
    types=(INT, OBJECT, POINT),
    dependencies=(("std", "0.30.0.0"),),
    classes=(CLASS,),
    aliases=(ModuleAlias(POINT, INT), ModuleAlias(POINT, Signature((ModuleParameter("a", T),), INT))),
    generics=("T",),
    constants=(Constant("Point.x", "1"),),
)
# What IL 18 has no place for.
OLDER = replace(MODULE, il=18, aliases=(), generics=())


def read(content: bytes) -> Module:
    return read_module(content, "demo.wll")


def refusal(content: bytes) -> str:
    with pytest.raises(ArchiveError) as caught:
        read(content)
    return str(caught.value)


def without_tables(module: Module) -> Module:
    """Return a module without the tables that a writer completes."""
    return replace(module, strings=(), types=())


# Every module that the reference lists as made: `expected.json` says what is in it.


def test_made_modules_have_the_counts_of_the_reference(shared: Path) -> None:
    folder = shared / "vein" / "wll-made"
    expected = json.loads((shared / "vein" / "expected.json").read_text())["wll-made"]
    for name, entry in expected.items():
        if name.startswith("bad-"):
            continue
        module = read((folder / name).read_bytes())
        found = {
            "il": module.il,
            "classes": len(module.classes),
            "methods": sum(len(one.methods) for one in module.classes),
            "fields": sum(len(one.fields) for one in module.classes),
            "aliases": len(module.aliases),
            "generics": list(module.generics),
        }
        assert {key: entry.get(key, value) for key, value in found.items()} == found, name
        assert (module.lost is None) == (not name.startswith("constraint")), name
        assert module.is_experimental, name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty", "is empty"),
        ("huge-count", "2,147,483,647 entries cannot stand in"),
        ("negative-count", "-1 entries cannot stand in"),
        ("not-elf", "is no ELF file"),
        ("note", "lacks the note"),
        ("truncated", "is truncated"),
        ("truncated-code", "is damaged"),
        ("unknown-il", "is a module of IL 99"),
    ],
)
def test_broken_modules_are_refused_with_a_sentence(shared: Path, name: str, said: str) -> None:
    told = refusal((shared / "vein" / "wll-made" / f"bad-{name}.wll").read_bytes())
    assert told.startswith("'demo.wll' ")
    assert said in told


# Laws: what was written is read, and nothing else is.

words = st.text(st.characters(codec="utf-8"), max_size=6)
types = st.sampled_from([INT, OBJECT, POINT])
signatures = st.builds(
    Signature, st.lists(st.builds(ModuleParameter, words, types), max_size=3).map(tuple), types
)
methods = st.builds(ModuleMethod, words, st.integers(0, 0xFFFF).map(MethodFlag), signatures)


@st.composite
def classes(draw: st.DrawFn, il: int) -> ModuleClass:
    flags = ClassFlag(draw(st.integers(0, 0xFFFF)))
    has_offsets = il == 34 and ClassFlag.STRUCT in flags
    fields = st.builds(
        ModuleField,
        words,
        types,
        st.integers(0, 0xFFFF).map(FieldFlag),
        st.integers(0, 99) if has_offsets else st.none(),
    )
    least, most = (1, 1) if il <= 12 else (0, 3)
    return ModuleClass(
        draw(types),
        flags,
        draw(st.lists(types, min_size=least, max_size=most).map(tuple)),
        draw(st.lists(methods, max_size=3).map(tuple)),
        draw(st.lists(fields, max_size=3, unique_by=lambda field: field.name).map(tuple)),
    )


@st.composite
def modules(draw: st.DrawFn) -> Module:
    il = draw(st.sampled_from([3, 11, 12, 13, 14, 15, 16, 17, 18, 26, 28, 34]))
    is_generic = il >= 26
    targets = st.one_of(types, signatures)
    return Module(
        name=draw(words),
        version=draw(words),
        il=il,
        strings=(),
        types=(),
        dependencies=draw(st.lists(st.tuples(words, words), max_size=2).map(tuple)),
        classes=draw(st.lists(classes(il), max_size=3).map(tuple)),
        aliases=draw(st.lists(st.builds(ModuleAlias, types, targets), max_size=2).map(tuple))
        if is_generic
        else (),
        generics=draw(st.lists(words, max_size=2, unique=True).map(tuple)) if is_generic else (),
        constants=draw(st.lists(st.builds(Constant, words, words), max_size=2).map(tuple)),
    )


@given(modules())
def test_what_was_written_is_read(module: Module) -> None:
    assert without_tables(read(write_module(module))) == module


@pytest.mark.slow
@given(modules(), st.data())
def test_a_module_that_was_cut_is_refused(module: Module, data: st.DataObject) -> None:
    code = part_of(write_module(module))
    assert without_tables(read(elf_of(code))) == module
    refusal(elf_of(code[: data.draw(st.integers(0, len(code) - 1))]))
    refusal(elf_of(code + b"\0"))


@pytest.mark.parametrize("one_base", [False, True])
def test_the_two_layouts_of_il_13_are_told_apart(one_base: bool) -> None:  # noqa: FBT001 (a case)
    module = replace(OLDER, il=13)
    assert read(write_module(module, one_base=one_base)) == read(write_module(module))


@pytest.mark.parametrize("il", [0, 4, 10, 19, 20, 25, 27, 30, 31, 32, 35, 2**31 - 1, -1])
def test_an_unknown_layout_is_refused(il: int) -> None:
    assert f"is a module of IL {il}: expected one of 3, 11" in refusal(write_module(replace(OLDER, il=il)))


@pytest.mark.parametrize(("il", "is_experimental"), [(18, False), (26, True), (28, True), (34, True)])
def test_layouts_of_which_no_real_module_is_public_are_experimental(il: int, is_experimental: bool) -> None:  # noqa: FBT001 (a case)
    assert read(write_module(replace(OLDER, il=il))).is_experimental == is_experimental


def test_a_class_without_a_body_is_left_out() -> None:
    module = replace(OLDER, classes=(), constants=(), dependencies=())
    code = part_of(write_module(module))
    tail = struct.pack("<4i", 0, 0, 4, 0)  # no dependency, no class, no constant
    assert code.endswith(tail)
    stored = code[: -len(tail)] + struct.pack("<5i", 0, 1, 0, 4, 0)
    assert read(elf_of(stored)) == read(elf_of(code))


# What today's compiler writes for a constraint hides what follows it.


def test_what_follows_a_constraint_is_lost_and_said() -> None:
    generic = ModuleMethod("id(T) -> T", MethodFlag.PUBLIC, Signature((ModuleParameter("a", T),), T), (T,))
    later = replace(T, name="U")
    other = ModuleMethod("id(U) -> U", MethodFlag.PUBLIC, Signature((), later), (later,))
    module = replace(
        MODULE, classes=(replace(CLASS, methods=(generic, other)),), aliases=(), generics=("T", "U")
    )
    whole = read(write_module(module))
    assert (whole.lost, whole.classes) == (None, module.classes)
    found = read(write_module(module, constrained=["T"]))
    assert "type parameters with constraints" in (found.lost or "")
    assert found.constants == ()
    assert found.classes[0].methods[0] == generic
    assert found.classes[0].methods[1].signature.returned.name == ""


# Each guard of the reader, by a module with one thing wrong.


def cut(code: bytes, old: bytes, new: bytes) -> bytes:
    assert code.count(old) == 1, code.count(old)
    return elf_of(code.replace(old, new))


def test_a_key_that_no_table_has_is_refused() -> None:
    code = part_of(write_module(MODULE))
    head = struct.pack("<3i", 0, 1, 28)
    assert "no text has the key 99" in refusal(cut(code, head, struct.pack("<3i", 99, 1, 28)))
    base = struct.pack("<h2i", 1, 1, 1923)
    assert "no type has the key 98" in refusal(cut(code, base, struct.pack("<h2i", 1, 98, 1923)))
    field = struct.pack("<2iib", 8712, 1, 0, 0)
    assert "no field has the key 97" in refusal(cut(code, field, struct.pack("<2iib", 8712, 1, 97, 0)))
    parameter = struct.pack("<ib", 4, 1)
    told = refusal(cut(code, parameter + struct.pack("<i", 0), parameter + struct.pack("<i", 96)))
    assert "no type parameter has the key 96" in told


def test_two_entries_with_one_key_are_refused() -> None:
    code = part_of(write_module(MODULE))
    version = struct.pack("<i", 1) + b"\xff\xff" + struct.pack("<i", 7) + b"1.0.0.0"
    told = refusal(cut(code, version, struct.pack("<i", 0) + version[4:]))
    assert "two entries of a table have the key 0" in told


@pytest.mark.parametrize(
    ("mark", "width"), [(1923, "<i"), (8712, "<i"), (4089, "<i"), (228, "<q"), (428, "<q")]
)
def test_the_numbers_between_parts_are_compared(mark: int, width: str) -> None:
    structure = replace(CLASS, flags=ClassFlag.STRUCT, fields=(replace(CLASS.fields[0], offset=0),))
    code = part_of(write_module(replace(MODULE, il=34, classes=(structure,))))
    read(elf_of(code))
    told = refusal(cut(code, struct.pack(width, mark), struct.pack(width, mark + 1)))
    assert f"expected the number {mark}" in told


def test_a_method_whose_code_has_another_size_is_refused() -> None:
    code = part_of(write_module(MODULE))
    head = struct.pack("<hi", 3, 2) + b"\x40"
    told = refusal(cut(code, head, struct.pack("<hi", 3, 3) + b"\x40"))
    assert "a method has 2 bytes of code where it says 3" in told


def test_a_text_that_is_none_is_refused() -> None:
    code = part_of(write_module(MODULE))
    constant = b"\xff\xff" + struct.pack("<i", 7) + b"Point.x"
    assert "expected a text" in refusal(cut(code, constant, b"\xff\xfe" + constant[2:]))
    assert "is not UTF-8" in refusal(cut(code, constant, constant[:-1] + b"\xff"))
    assert "expected a length of at most" in refusal(
        cut(code, constant, b"\xff\xff\xff\xff\xff\xff" + constant[6:])
    )


def test_a_class_with_bytes_behind_it_is_refused() -> None:
    code = part_of(write_module(replace(OLDER, constants=())))
    body = code[code.index(struct.pack("<ih", 2, 2) + struct.pack("<hi", 1, 1)) : -8]
    sized = struct.pack("<i", len(body)) + body
    told = refusal(cut(code, sized, struct.pack("<i", len(body) + 1) + body + b"\0"))
    assert "1 bytes follow where a class should end" in told


# The container.


def test_what_is_no_container_of_a_module_is_refused() -> None:
    content = write_module(MODULE)
    code = part_of(content)
    assert "lacks the note" in refusal(elf_of(code, note=b"insomniac"))
    assert "expected one part '.code'" in refusal(elf_of(code, part=b".data"))
    assert "is no ELF file" in refusal(content.replace(b"\x7fELF\x01", b"\x7fELF\x02", 1))
    assert "is truncated" in refusal(content[:40])
    assert "is truncated" in refusal(content[:-1])
    width = struct.pack("<HH", 40, 3)
    assert "section headers of 64 bytes" in refusal(content.replace(width, struct.pack("<HH", 64, 3), 1))


@pytest.mark.parametrize(("kind", "said"), [(1, "has 2 sections of code"), (7, "lacks the note")])
def test_a_second_section_of_a_kind_is_refused(kind: int, said: str) -> None:
    content = write_module(MODULE)
    unused = bytes(40)
    assert content.count(unused) == 1
    section = struct.pack("<10I", 0, kind, 0, 0, 52, 8, 0, 0, 0, 0)
    assert said in refusal(content.replace(unused, section))


def test_a_module_that_is_larger_than_it_may_be_is_refused() -> None:
    content = write_module(MODULE)
    assert "takes more than" in refusal(content + bytes(limits.MODULE_BYTES))
