from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.vein_modules import module_of
from support.vein_sources import api_of

from semverdiff.changes import Excerpt
from semverdiff.errors import ArchiveError
from semverdiff.vein.model import Identity, TypeKind, Visibility
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
from semverdiff.vein.module_api import api_of_module

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.vein.model import Api, ApiType

VOID, INT, STRING, OBJECT, DELEGATE = (
    ModuleType("std", "global::std", name)
    for name in ("Void", "Int32", "String", "Object", "FunctionMulticast")
)
A = ModuleType("demo", "global::demo", "A")
THIS = ModuleParameter("<this>", A)
T = ModuleType("", "", "T", is_parameter=True)
U = ModuleType("", "", "U", is_parameter=True)


def method(name: str, flags: int = 0, *given: ModuleType, returned: ModuleType = VOID) -> ModuleMethod:
    """Return a method of an instance, or a static one, by the name of the language."""
    this = () if MethodFlag.STATIC in MethodFlag(flags) else (THIS,)
    parameters = tuple(ModuleParameter(f"p{place}", one) for place, one in enumerate(given))
    link = f"{name}({','.join(one.name for one in given)}) -> [std]::std::{returned.name}"
    generics = tuple(dict.fromkeys(one for one in given if one.is_parameter))
    return ModuleMethod(link, MethodFlag(flags), Signature((*this, *parameters), returned), generics)


def field(name: str, flags: int = 0, type_: ModuleType = INT, offset: int | None = None) -> ModuleField:
    return ModuleField(name, type_, FieldFlag(flags), offset)


def type_of(
    *members: ModuleMethod | ModuleField,
    flags: int = ClassFlag.PUBLIC,
    bases: tuple[ModuleType, ...] = (),
    name: str = "A",
    il: int = 28,
    constants: dict[str, str] | None = None,
) -> ApiType:
    """Return the type that a class of a module is."""
    methods = tuple(one for one in members if isinstance(one, ModuleMethod))
    fields = tuple(one for one in members if isinstance(one, ModuleField))
    one = ModuleClass(replace(A, name=name), ClassFlag(flags), bases, methods, fields)
    table = tuple(Constant(key, value) for key, value in (constants or {}).items())
    return next(iter(api(replace(module_of(one, il=il), constants=table)).types.values()))


def api(one: Module) -> Api:
    return api_of_module(one, "lib/demo.wll")


def test_a_type_has_the_space_and_the_name_of_the_language() -> None:
    found = type_of(name="Box<T,U>")
    assert (found.identity, found.symbol) == (Identity("demo", "Box", 2), "Box<T,U>")
    assert found.place == Excerpt("public class Box<T,U>", "lib/demo.wll", None, None)


@pytest.mark.parametrize(
    ("flags", "visibility"),
    [
        (0, Visibility.UNMARKED),
        (ClassFlag.PUBLIC, Visibility.PUBLIC),
        (ClassFlag.PROTECTED, Visibility.PUBLIC),
        (ClassFlag.INTERNAL, Visibility.INTERNAL),
        (ClassFlag.PRIVATE, Visibility.PRIVATE),
        (ClassFlag.PUBLIC | ClassFlag.PRIVATE, Visibility.PRIVATE),
    ],
)
def test_flags_of_classes_are_their_visibility(flags: int, visibility: Visibility) -> None:
    assert type_of(flags=flags).visibility is visibility


@pytest.mark.parametrize(
    ("flags", "visibility"),
    [
        (0, Visibility.UNMARKED),
        (MethodFlag.PUBLIC, Visibility.PUBLIC),
        (MethodFlag.PROTECTED, Visibility.PROTECTED),
        (MethodFlag.INTERNAL, Visibility.INTERNAL),
        (MethodFlag.PRIVATE, Visibility.PRIVATE),
    ],
)
def test_flags_of_methods_are_their_visibility(flags: int, visibility: Visibility) -> None:
    assert type_of(method("f", flags)).methods[0].visibility is visibility


@pytest.mark.parametrize(
    ("flags", "visibility"),
    [
        (0, Visibility.UNFLAGGED),
        (FieldFlag.PUBLIC, Visibility.PUBLIC),
        (FieldFlag.PROTECTED, Visibility.PROTECTED),
        (FieldFlag.INTERNAL, Visibility.INTERNAL),
    ],
)
def test_a_field_without_a_flag_may_be_private(flags: int, visibility: Visibility) -> None:
    found = type_of(field("x", flags)).fields[0].visibility
    assert found is visibility
    assert found.is_api == (visibility in {Visibility.PUBLIC, Visibility.PROTECTED})


@pytest.mark.parametrize(
    ("flags", "il", "kinds"),
    [
        (0, 18, (TypeKind.CLASS, TypeKind.STRUCT)),
        (0, 28, (TypeKind.CLASS, TypeKind.STRUCT)),
        (0, 34, (TypeKind.CLASS,)),
        (ClassFlag.STRUCT, 34, (TypeKind.STRUCT,)),
        (ClassFlag.STATIC, 28, (TypeKind.CLASS,)),
        (ClassFlag.INTERFACE | ClassFlag.ABSTRACT, 28, (TypeKind.INTERFACE,)),
        (ClassFlag.ASPECT, 28, (TypeKind.ASPECT,)),
        (ClassFlag.ABSTRACT, 28, (TypeKind.CLASS,)),
        (ClassFlag.ABSTRACT, 18, (TypeKind.INTERFACE, TypeKind.CLASS)),
    ],
)
def test_a_class_of_a_module_is_what_its_layout_tells(
    flags: int, il: int, kinds: tuple[TypeKind, ...]
) -> None:
    generated = method("ctor", MethodFlag.PUBLIC | MethodFlag.SPECIAL), method("type_ctor", MethodFlag.STATIC)
    found = type_of(method("f", MethodFlag.ABSTRACT), *generated, flags=flags, il=il)
    assert found.kinds == kinds
    assert found.is_abstract == (kinds == (TypeKind.CLASS,) and flags == ClassFlag.ABSTRACT)


@pytest.mark.parametrize(
    "members",
    [[], [method("f")], [method("f", MethodFlag.ABSTRACT), field("x")]],
    ids=["none", "own", "field"],
)
def test_an_abstract_class_of_il_18_is_an_interface_only_if_all_is_abstract(
    members: list[ModuleMethod | ModuleField],
) -> None:
    assert type_of(*members, flags=ClassFlag.ABSTRACT, il=18).kinds == (TypeKind.CLASS,)


def test_members_of_an_interface_are_public_and_it_has_no_constructor() -> None:
    members = method("f"), method("get_x", returned=INT), method("ctor", MethodFlag.SPECIAL)
    found = type_of(*members, flags=ClassFlag.INTERFACE)
    assert found.methods[0].visibility is Visibility.PUBLIC
    assert (found.properties[0].getter, found.properties[0].is_computed) == (Visibility.PUBLIC, None)
    assert found.constructors == ()
    maybe = type_of(method("f", MethodFlag.ABSTRACT), members[2], flags=ClassFlag.ABSTRACT, il=18)
    assert maybe.constructors is None


def constructors(*methods: ModuleMethod, flags: int = 0, il: int = 28) -> list[tuple[str, bool]]:
    found = type_of(*methods, flags=flags, il=il)
    return [(one.symbol, one.is_implicit) for one in found.constructors or ()]


def test_a_constructor_that_the_compiler_added_is_the_implicit_one_or_none() -> None:
    added = method("ctor", MethodFlag.PUBLIC | MethodFlag.SPECIAL)
    hidden = method("ctor", MethodFlag.PRIVATE | MethodFlag.SPECIAL)
    written = method("ctor", MethodFlag.PUBLIC)
    sized = method("ctor", MethodFlag.PUBLIC, INT)
    assert constructors(added) == [("new()", True)]
    assert constructors(written) == [("new()", False)]
    assert constructors(sized, hidden) == [("new(Int32)", False)]
    assert constructors(written, sized) == [("new()", False), ("new(Int32)", False)]
    assert constructors(added, flags=ClassFlag.STATIC) == []
    assert constructors(method("new", 0, INT), method("ctor", 1), il=17) == [("new(Int32)", False)]
    assert constructors(method("ctor", 1), il=17) == [("new()", True)]


def test_what_the_compiler_adds_to_a_class_is_dropped() -> None:
    found = type_of(
        *(method(name) for name in ("type_ctor", "dtor", "delete", "f")),
        field("$_prop_shadow_Name_"),
        field("StaticArray_INIT_x_0"),
        bases=(OBJECT, A, replace(OBJECT, name="ValueType")),
    )
    assert [one.name for one in found.methods] == ["f"]
    assert found.fields == ()
    assert [one.text for one in found.bases] == ["A"]


def test_classes_of_array_data_are_dropped() -> None:
    data = ModuleClass(replace(A, name="StaticArray_INIT_object_0"), ClassFlag(0), (), (), ())
    assert api(module_of(data)).types == {}


def test_a_property_is_automatic_if_it_has_a_field_of_its_own() -> None:
    accessors = method("get_x", returned=INT), method("set_x", 0, INT)
    shadow = field("$_prop_shadow_x_")
    assert type_of(*accessors, shadow).properties[0].is_computed is False
    assert type_of(*accessors).properties[0].is_computed is True
    assert type_of(*accessors, il=18).properties[0].is_computed is None
    # Compilers of 2021 stored a field beside the getter.
    assert type_of(*accessors, field("x"), field("y"), il=18).fields[0].name == "y"


def test_fields_have_the_names_that_somebody_wrote() -> None:
    members = field("!!x", FieldFlag.PUBLIC), field("!!y")
    for sign in "#/":
        key = sign.join(("aspect", "Native", "class", "A", "field", "Length._0"))
        other = key.replace(f"{sign}A{sign}", f"{sign}B{sign}").replace("Length", "y")
        found = type_of(*members, constants={key: "!!x", other: "!!y"})
        assert [one.name for one in found.fields] == ["Length", "!!y"]


def test_constants_have_their_values() -> None:
    constant = field("X", FieldFlag.PUBLIC | FieldFlag.LITERAL)
    found = type_of(constant, field("Y"), constants={"A.X": "1", "A.Y": "2"})
    assert [(one.value, one.is_static) for one in found.fields] == [("1", True), (None, False)]
    assert found.fields[0].place.text == "public const X: Int32 = 1"


def test_uses_of_aspects_are_those_of_types_and_members() -> None:
    used = method("f", 0, INT)
    keys = [
        "aspect#TestAspect#class#A.@",
        "aspect#Log#class#A._0",
        "aspect#Log#class#A._1",
        f"aspect#Old#class#A#method#{used.name}.@",
        "aspect#New#class#A#field#x.@",
        "aspect#native#class#A.@",
        "aspect#Other#class#B.@",
        "aspect#broken",
    ]
    found = type_of(used, field("x"), constants=dict.fromkeys(keys, ""))
    assert found.aspects == ("Log", "Test")
    assert (found.methods[0].aspects, found.fields[0].aspects) == (("Old",), ("New",))


def test_type_parameters_stand_by_their_place() -> None:
    found = type_of(method("f", 0, T, U, INT, returned=U), name="Box<U>").methods[0]
    assert [one.type.full for one in found.parameters] == ["!!0", "!!1", "Int32"]
    generic = type_of(
        replace(method("f", 0, T, replace(T, name=""), replace(INT, name="Map<K,V>")), generics=()),
        name="Box<T>",
    ).methods[0]
    assert [one.type.erased for one in generic.parameters] == ["!0", "!?", "Map`2"]
    assert generic.symbol == "f(T,?,Map<K,V>)"


def test_aliases_and_delegates_come_from_their_table() -> None:
    delegate = ModuleClass(A, ClassFlag(0), (DELEGATE,), (method("invoke", 0, STRING),), ())
    signature = Signature((ModuleParameter("code", INT),), VOID)
    aliases = ModuleAlias(A, signature), ModuleAlias(replace(A, name="Meters"), INT)
    done, meters = api(module_of(delegate, aliases=aliases)).types.values()
    assert (done.kinds, done.visibility) == ((TypeKind.DELEGATE,), Visibility.PUBLIC)
    assert [one.type.text for one in done.parameters or ()] == ["Int32"]
    assert meters.kinds == (TypeKind.ALIAS,)
    assert meters.target is not None
    assert meters.target.text == "Int32"
    # Before IL 20 there is the class alone.
    (older,) = api(module_of(delegate, il=18)).types.values()
    assert older.kinds == (TypeKind.DELEGATE,)
    assert [one.type.text for one in older.parameters or ()] == ["String"]


def test_a_delegate_has_both_the_base_and_the_method() -> None:
    invoke = method("invoke", 0, STRING)
    assert type_of(invoke, il=18).kind is TypeKind.CLASS
    assert type_of(method("call"), bases=(DELEGATE,), il=18).kind is TypeKind.CLASS
    assert type_of(method("call"), invoke, bases=(OBJECT, DELEGATE), il=18).kind is TypeKind.DELEGATE


def test_an_aspect_with_a_value_like_that_of_native_renames_nothing() -> None:
    found = type_of(field("!!x"), constants={"aspect#Log#class#A#field#Length._0": "!!x"})
    assert found.fields[0].name == "!!x"


def test_the_flag_of_structs_counts_since_il_34() -> None:
    assert type_of(flags=ClassFlag.STRUCT, il=28).kinds == (TypeKind.CLASS, TypeKind.STRUCT)


def test_members_are_written_as_a_source_would_have_them() -> None:
    found = type_of(
        method("f", MethodFlag.PROTECTED | MethodFlag.STATIC, INT),
        method("g", MethodFlag.ABSTRACT),
        field("x", FieldFlag.PUBLIC | FieldFlag.STATIC | FieldFlag.READONLY),
        flags=ClassFlag.PUBLIC | ClassFlag.ABSTRACT,
    )
    texts = [
        found.place.text,
        *(one.place.text for one in found.methods),
        *(one.place.text for one in found.fields),
    ]
    assert texts == [
        "public abstract class A",
        "protected static f(p0: Int32): Void",
        "abstract g(): Void",
        "public static readonly x: Int32",
    ]
    interface = type_of(method("g", MethodFlag.ABSTRACT), flags=ClassFlag.INTERFACE)
    assert interface.methods[0].place.text == "public g(): Void"


def test_names_that_would_make_each_symbol_long_are_refused() -> None:
    for one in (
        ModuleClass(A, ClassFlag(0), (), (method("f" * 257),), ()),
        ModuleClass(A, ClassFlag(0), (), (), (field("x" * 257),)),
    ):
        with pytest.raises(ArchiveError, match="has a name of more than 256 characters"):
            api(module_of(one))
    with pytest.raises(ArchiveError, match="has a name of more than 256 characters"):
        api(replace(module_of(), types=(replace(A, name="A" * 513),)))
    assert api(replace(module_of(), types=(replace(A, name="A" * 512),))).types == {}


def test_parameters_of_aspects_are_not_known() -> None:
    found = type_of(method("getUsages"), flags=ClassFlag.ASPECT)
    assert (found.parameters, found.methods, found.visibility) == (None, (), Visibility.PUBLIC)


def test_fields_of_a_struct_stand_as_they_are_laid_out() -> None:
    members = field("x", offset=8), field("y", offset=0)
    assert [one.name for one in type_of(*members, flags=ClassFlag.STRUCT, il=34).fields] == ["y", "x"]
    assert [one.name for one in type_of(*members, il=34).fields] == ["x", "y"]


def test_a_module_with_two_types_of_one_name_is_refused() -> None:
    one = ModuleClass(A, ClassFlag(0), (), (), ())
    with pytest.raises(ArchiveError, match=r"^'lib/demo\.wll' declares 'A' twice in 'demo'"):
        api(module_of(one, one))


def test_notes_say_what_is_experimental_and_what_was_lost() -> None:
    assert [note[:22] for note in api(module_of()).notes] == ["modules of IL 28 are r"]
    assert api(replace(module_of(il=18), lost="lost")).notes == ("lost",)
    assert not api(replace(module_of(il=18), lost="lost")).has_constants


def test_a_made_module_has_the_types_that_its_source_would(shared: Path) -> None:
    content = (shared / "vein" / "wll-made" / "demo-1.0.0-il34.wll").read_bytes()
    compiled = api(read_module(content, "demo.wll"))
    written = api_of(
        "public struct Point { public x: i32; public y: i32; }"
        "public interface IShape { area(): f64; Name: string { get; set; } }"
        "public class Circle : IShape { public radius: f64; private secret: i32;"
        " [native('x')] public Cached: f64;"
        " public new(r: f64) { } public override area(): f64 |> 1; public Name: string { get; set; }"
        " private helper(): void { } scale(k: f64): void { } scale(k: i32): void { } }"
        "public class Box<T> { public Get(index: i32): T { } public Set(value: T): void { } }"
        'public static class Util { public const VERSION: string = "1"; public static readonly limit: i32;'
        " public static join<T>(a: T, b: T): T { } public static parse(text: string): i32 { } }"
        "aspect Log(); internal class Hidden { public go(): void { } }"
        "global alias Meters <| f64; global alias OnDone <| (code: i32): void;".replace("'", '"')
    )
    assert set(compiled.types) == set(written.types)
    for identity, one in compiled.types.items():
        other = written.types[identity]
        assert {member.symbol for member in one.methods} == {member.symbol for member in other.methods}
        assert [member.name for member in one.properties] == [member.name for member in other.properties]
        assert {member.name for member in one.fields} == {member.name for member in other.fields}
        assert {member.symbol for member in one.constructors or ()} == {
            member.symbol for member in other.constructors or ()
        }
        assert (one.kind, one.is_static) == (other.kind, other.is_static)


def test_modules_of_the_reference_have_an_api(shared: Path) -> None:
    names = json.loads((shared / "vein" / "expected.json").read_text())["wll-made"]
    for name in names:
        if not name.startswith("bad-"):
            content = (shared / "vein" / "wll-made" / name).read_bytes()
            assert api(read_module(content, name)).types
