"""Laws, first inputs and mutations for what a shard or a project of Vein holds."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from fuzz.mutations import DIVIDER, mutate_bytes
from msgspec.structs import replace
from support.vein_modules import elf_of, module_of, part_of, write_module

from semverdiff.errors import ArchiveError, ManifestError, SourceError
from semverdiff.vein.comparison import compare_apis
from semverdiff.vein.module import (
    ClassFlag,
    Constant,
    FieldFlag,
    MethodFlag,
    ModuleAlias,
    ModuleClass,
    ModuleField,
    ModuleMethod,
    ModuleParameter,
    ModuleType,
    Signature,
    read_module,
)
from semverdiff.vein.module_api import api_of_module
from semverdiff.vein.project import read_project
from semverdiff.vein.source import read_source
from semverdiff.vein.source_api import api_of_sources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from semverdiff.errors import Mistake, SemverdiffError
    from semverdiff.vein.model import Api

__all__ = [
    "check_module",
    "check_project",
    "check_sources",
    "modules",
    "mutate_module",
    "projects",
    "sources",
]

_NUMBERS = (0, 1, 2, 3, 7, 13, 18, 28, 34, 228, 428, 1923, 4089, 8712, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000)
_SOURCE = """\
#use "std"
#space "demo"
global alias Meters <| f64;
alias Names<T> <| Map<string, List<T[]>>;
alias OnDone <| (code: i32, name: std.String): void;
[test, log("a(,]")]
public aspect route(path: string);
public static class Box<T, U> : Object, demo.IShape when T is IShape, U is Box<T, T>
{
    public const NAME: string = "a;b" + f(1, { x: 2 });
    [native("!!x")] readonly _x: i32;
    public new(size: i32) { if (size > 0) { "}" } /* } */ }
    delete() |> drop();
    protected static async get<K>(key: K, other: Box<K, u8[]>[]): Box<T, U>;
    override @run(): void { }
    size: i32 |> a;
    public Name: string { get; private set { } }
    get_age(): u8; set_age(age: u8): void;
}
interface IShape { area(): f64; }
struct Point : ValueType { x: i32; y: i32; }
"""
_OTHER = """\
#space "demo"
internal class Box<T, U> { private new(); public NAME: string; }
class Circle : IShape { area(): Meters; virtual grow(by: OnDone): Names<u8>; }
abstract class IShape { abstract area(): f64; }
alias A <| B; alias B <| A;
"""
_PROJECT = """\
name: &name demo
version: "0.30"
author: [{name: *name, github: author}]
urls: {Repository: https://example.org}
packages:
  - std@0.30.9.3
  - ..\\std\\std.vproj
packable: true
"""


def modules() -> list[bytes]:
    """Return small modules of each layout."""
    integer, void, a = (ModuleType("std", "std", name) for name in ("Int32", "Void", "A<T>"))
    t = ModuleType("", "", "T", is_parameter=True)
    this = ModuleParameter("<this>", a)
    given = ModuleParameter("value", integer)
    methods = (
        ModuleMethod("ctor()", MethodFlag.PUBLIC | MethodFlag.SPECIAL, Signature((this,), a)),
        ModuleMethod("get_x()", MethodFlag.PUBLIC, Signature((this,), integer)),
        ModuleMethod("set_x(Int32)", MethodFlag.PUBLIC, Signature((this, given), void)),
        ModuleMethod("f(Int32)", MethodFlag.PUBLIC | MethodFlag.ABSTRACT, Signature((given,), void)),
    )
    generic = ModuleMethod("g(T)", MethodFlag.STATIC, Signature((ModuleParameter("t", t),), t), (t,))
    fields = (
        ModuleField("!!x", integer, FieldFlag.PUBLIC),
        ModuleField("X", integer, FieldFlag.PUBLIC | FieldFlag.LITERAL),
    )
    constants = (Constant("A<T>.X", "1"), Constant("aspect#native#class#A<T>#field#Y._0", "!!x"))
    found = []
    for il in (3, 13, 17, 18, 26, 28, 34):
        is_generic = il >= 26
        flags = ClassFlag.PUBLIC | (ClassFlag.STRUCT if il == 34 else 0)
        one = ModuleClass(a, flags, (void,), (*methods, generic) if is_generic else methods, fields)
        aliases = (ModuleAlias(integer, void), ModuleAlias(void, Signature((given,), void)))
        module = replace(
            module_of(one, il=il, aliases=aliases if is_generic else ()),
            dependencies=(("std", "0.30.9.3"),),
            generics=("T",) if is_generic else (),
            constants=constants,
        )
        found.append(write_module(module))
        if is_generic:
            found.append(write_module(module, constrained=["T"]))
    return found


def sources() -> list[bytes]:
    """Return pairs of sources."""
    texts = (_SOURCE.encode(), _OTHER.encode())
    return [DIVIDER.join((old, new)) for old in texts for new in texts]


def projects() -> list[bytes]:
    """Return project files."""
    return [_PROJECT.encode(), b"<project/>", b"version: 1.0\n---\na: [*b, {c: d}]", b"a: &a [*a, *a]"]


def mutate_module(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Return a module with other numbers or bytes in its tables, in a container that is whole again."""
    if random.random() < 0.1:
        return mutate_bytes(data, random)
    code = bytearray(part_of(data))
    if not code:
        return mutate_bytes(data, random)
    at = random.randrange(len(code))
    match random.randrange(5):
        case 0:
            return elf_of(mutate_bytes(bytes(code), random))
        case 1:
            other = part_of(random.choice(others))
            start = random.randrange(len(other))
            code[at:at] = other[start : start + random.choice((4, 8, 40, 200))]
        case 2:
            code[at] = random.randrange(256)
        case 3:
            number = random.choice(_NUMBERS) if random.random() < 0.7 else random.getrandbits(32)
            code[at : at + 4] = struct.pack("<I", number)
        case _:
            step = struct.unpack_from("<I", bytes(code[at : at + 4]).ljust(4, b"\0"))[0]
            code[at : at + 4] = struct.pack("<I", (step + random.choice((-1, 1))) & 0xFFFF_FFFF)
    return elf_of(bytes(code))


def check_module(data: bytes) -> None:
    """Assert that bytes are a module with an API that does not differ from itself, or are refused."""
    try:
        module = read_module(data, "demo.wll")
        api = api_of_module(module, "lib/demo.wll")
    except ArchiveError as error:
        _assert_said(error)
        return
    assert compare_apis(api, api) == ()


def check_sources(data: bytes) -> None:
    """Assert that each of two texts is read or refused with a place, and does not differ from itself."""
    apis = [api for api in map(_api, data.split(DIVIDER, 1)) if api is not None]
    for api in apis:
        assert compare_apis(api, api) == ()
    if len(apis) == 2:
        there, back = compare_apis(*apis), compare_apis(*reversed(apis))
        assert bool(there) == bool(back)


def _api(data: bytes) -> Api | None:
    try:
        return api_of_sources([read_source(data.decode("utf-8", "replace"), "a.vein")])
    except SourceError as error:
        _assert_said(error)
        for mistake in error.mistakes:
            _assert_placed(mistake, data)
        return None


def check_project(data: bytes) -> None:
    """Assert that bytes are a project, or are refused with every mistake in its place."""
    try:
        project = read_project(data, "demo.vproj")
    except ManifestError as error:
        _assert_said(error)
        return
    assert project.name


def _assert_said(error: SemverdiffError) -> None:
    assert all(mistake.message.strip() for mistake in error.mistakes)


def _assert_placed(mistake: Mistake, data: bytes) -> None:
    lines = data.decode("utf-8", "replace").split("\n")
    assert mistake.line is not None
    assert mistake.column is not None
    assert 1 <= mistake.line <= len(lines)
    assert 1 <= mistake.column <= len(lines[mistake.line - 1]) + 1
