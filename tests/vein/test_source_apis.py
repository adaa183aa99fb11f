from __future__ import annotations

import pytest
from support.vein_sources import api_of, type_of

from semverdiff.changes import Excerpt
from semverdiff.errors import SourceError
from semverdiff.vein.model import Identity, TypeKind, TypeName, Visibility


def field_type(written: str, *others: str, generic: str = "") -> TypeName:
    """Return the type of a field of the class A."""
    return type_of(f"class A{generic} {{ x: {written}; }}", *others).fields[0].type


@pytest.mark.parametrize(
    ("written", "text", "erased"),
    [
        ("i32", "Int32", "Int32"),
        ("string", "String", "String"),
        ("u8[]", "Byte[]", "Byte"),
        ("Span<u8>", "Span<Byte>", "Span`1"),
        ("Map<string, List<u8[]>>[]", "Map<String,List<Byte[]>>[]", "Map`2"),
        ("std.Guid", "Guid", "Guid"),
        ("Unknown", "Unknown", "Unknown"),
        ("self", "A", "A"),
    ],
)
def test_types_have_simple_names_and_what_a_module_holds(written: str, text: str, erased: str) -> None:
    found = field_type(written)
    assert (found.text, found.erased) == (text, erased)


@pytest.mark.parametrize(
    ("written", "text", "full", "erased"),
    [
        ("T", "T", "!0", "!0"),
        ("U[]", "U[]", "!1[]", "!1"),
        ("Map<U, T>", "Map<U,T>", "Map<!1,!0>", "Map`2"),
        ("self", "A<T,U>", "A<!0,!1>", "A`2"),
    ],
)
def test_type_parameters_stand_by_their_place(written: str, text: str, full: str, erased: str) -> None:
    found = field_type(written, generic="<T, U>")
    assert (found.text, found.full, found.erased) == (text, full, erased)


def test_type_parameters_of_a_method_come_before_those_of_the_type_and_aliases() -> None:
    method = type_of("class A<i32> { f<T, string>(a: T, b: string, c: i32): u8; }").methods[0]
    assert [one.type.full for one in method.parameters] == ["!!0", "!!1", "!0"]
    assert method.symbol == "f(T,string,i32)"


@pytest.mark.parametrize(
    ("aliases", "text", "erased"),
    [
        ("alias B <| i64;", "Int64", "Int64"),
        ("alias B <| C; alias C <| D; alias D <| u8;", "Byte", "Byte"),
        ("alias B <| Span<u8>;", "Span<Byte>", "Span`1"),
        ("alias B <| C; alias C <| Span<D>; alias D <| Map<u8, u8>;", "Span<D>", "Span`1"),
        ("alias B <| C; alias C <| B;", "B", "B"),
        ("alias B <| C<u8>; alias C <| D<i64>; alias D <| Span<string>;", "Span<Byte>", "Span`1"),
        ("alias B <| C<u8>; alias C<T> <| List<T>;", "List<Byte>", "List`1"),
        ("alias B <| u8; class Byte {}", "Byte", "Byte"),
        ("alias B <| B;", "B", "B"),
        ("alias B <| (): void;", "B", "B"),
        ('alias B <| u8; #space "other"', "Byte", "Byte"),
    ],
)
def test_aliases_are_followed(aliases: str, text: str, erased: str) -> None:
    found = field_type("B", aliases)
    assert (found.text, found.erased) == (text, erased)


def test_an_alias_with_many_type_arguments_is_not_written_out() -> None:
    few, many = (f"alias B <| P<{','.join(['Circle'] * count)}>;" for count in (3, 100))
    assert field_type("B", few).text == "P<Circle,Circle,Circle>"
    found = field_type("B", many)
    assert (found.text, found.erased) == ("B", "P`100")


def test_an_alias_with_type_arguments_keeps_those_that_it_is_given() -> None:
    found = field_type("B<u8>", "alias B<T> <| List<T>;")
    assert (found.text, found.erased) == ("List<Byte>", "List`1")


def test_chains_and_circles_of_aliases_take_no_longer_than_their_length() -> None:
    chain = " ".join(f"alias a{place} <| a{place + 1};" for place in range(20_000))
    assert field_type("a0", chain).text == "a20000"
    wide = " ".join(f"alias a{place} <| P<a{place + 1}, a{place + 1}>;" for place in range(60))
    assert len(field_type("a0", wide).text) < 100


def test_a_name_comes_from_the_own_space_then_from_those_in_use_then_from_the_only_one() -> None:
    spaces = [f'#space "{name}" class B {{}} alias C <| {name};' for name in ("one", "two")]
    text = '#space "demo" {} class A {{ x: B; y: C; }}'

    def found(uses: str, *more: str) -> tuple[str, str]:
        fields = type_of(text.format(uses), *more).fields
        return fields[0].type.space, fields[1].type.text

    assert found("", *spaces) == ("", "C")
    assert found('#use "two"', *spaces) == ("two", "two")
    assert found('#use "two" #use "one"', *spaces) == ("two", "two")
    assert found('#use "two"', *spaces, "class B {} alias C <| here;") == ("demo", "here")
    assert found("", spaces[0]) == ("one", "one")


@pytest.mark.parametrize(
    ("declared", "visibility"),
    [
        ("class A {}", Visibility.UNMARKED),
        ("public class A {}", Visibility.PUBLIC),
        ("protected class A {}", Visibility.PUBLIC),
        ("internal class A {}", Visibility.INTERNAL),
        ("public internal class A {}", Visibility.INTERNAL),
        ("protected internal class A {}", Visibility.INTERNAL),
        ("private struct A {}", Visibility.PRIVATE),
        ("aspect A();", Visibility.PUBLIC),
        ("private aspect A();", Visibility.PUBLIC),
        ("alias A <| (): void;", Visibility.PUBLIC),
        ("alias A <| u8;", Visibility.UNMARKED),
        ("global alias A <| u8;", Visibility.PUBLIC),
    ],
)
def test_a_type_is_as_visible_as_it_says(declared: str, visibility: Visibility) -> None:
    assert type_of(declared).visibility is visibility


@pytest.mark.parametrize(
    ("modifier", "visibility"),
    [
        ("", Visibility.UNMARKED),
        ("public", Visibility.PUBLIC),
        ("protected", Visibility.PROTECTED),
        ("internal", Visibility.INTERNAL),
        ("private", Visibility.PRIVATE),
        ("protected internal", Visibility.PROTECTED),
    ],
)
def test_a_member_is_as_visible_as_it_says_and_in_an_interface_public(
    modifier: str, visibility: Visibility
) -> None:
    members = f"{modifier} f(): void; {modifier} x: i32; {modifier} p: i32 {{ get; }}"
    found = type_of(f"class A {{ {members} {modifier} new(); }}")
    assert {
        found.methods[0].visibility,
        found.fields[0].visibility,
        found.properties[0].visibility,
        *(one.visibility for one in found.constructors or ()),
    } == {visibility}
    interface = type_of(f"interface A {{ {members} }}")
    assert interface.methods[0].visibility is Visibility.PUBLIC
    assert interface.properties[0].visibility is Visibility.PUBLIC


def test_properties_are_those_that_are_written_and_pairs_of_methods() -> None:
    found = type_of(
        "class A { public a: i32 { get; private set; } b: i32 |> 1; c: i32 { get { } }"
        " get_d(): u8; set_d(x: u8): void; set_e(x: u8): void; get_f(a: u8): u8; get_(): u8;"
        " set_b(a: u8): u8; static set_c(x: i32): void; set_g(x: u8): void; set_g(x: i16): void;"
        " get_h<T>(): u8; }"
    )
    assert [(one.name, one.getter, one.setter, one.is_computed) for one in found.properties] == [
        ("d", Visibility.UNMARKED, Visibility.UNMARKED, True),
        ("a", Visibility.PUBLIC, Visibility.PRIVATE, False),
        ("b", Visibility.UNMARKED, None, True),
        ("c", Visibility.UNMARKED, None, True),
        ("e", None, Visibility.UNMARKED, True),
    ]
    assert [one.type.text for one in found.properties] == ["Byte", "Int32", "Int32", "Int32", "Byte"]
    assert {one.symbol for one in found.methods} == {
        *("get_f(Byte)", "get_()", "set_b(Byte)", "set_c(Int32)", "set_g(Byte)", "set_g(Int16)", "get_h()"),
    }
    interface = type_of("interface A { a: i32 { get; set; } }")
    assert interface.properties[0].is_computed is None


def test_a_class_without_a_constructor_has_one_without_parameters() -> None:
    def constructors(text: str) -> list[tuple[str, bool]]:
        return [(one.symbol, one.is_implicit) for one in type_of(text).constructors or ()]

    assert constructors("class A {}") == [("new()", True)]
    assert constructors("struct A {}") == [("new()", True)]
    assert constructors("class A { new(a: u8); delete() {} }") == [("new(Byte)", False)]
    assert constructors("class A { delete() {} }") == [("new()", True)]
    assert constructors("static class A {}") == []
    assert constructors("interface A {}") == []


def test_a_field_beside_a_getter_makes_no_automatic_property() -> None:
    found = type_of("class A { x: u8; get_x(): u8; y: u8; }")
    assert [(one.name, one.is_computed) for one in found.properties] == [("x", True)]


def test_of_two_getters_the_first_is_the_property() -> None:
    found = type_of("class A { get_x(): u8; get_x(): i16; set_x(a: u8): void; }")
    assert [(one.name, one.type.text, one.setter is None) for one in found.properties] == [
        ("x", "Byte", False)
    ]
    assert [one.symbol for one in found.methods] == ["get_x()"]


def test_fields_are_constants_read_only_or_static() -> None:
    constant, readonly, static = type_of(
        "class A { const a: u8 = 1 + 1; readonly b: u8 = 2; static c: u8; }"
    ).fields
    assert (constant.is_literal, constant.is_static, constant.value) == (True, True, "1 + 1")
    assert (readonly.is_readonly, readonly.is_static, readonly.value) == (True, False, None)
    assert (static.is_static, static.is_literal) == (True, False)


def test_methods_have_their_modifiers() -> None:
    found = type_of(
        "class A { static a(): u8; virtual b(): u8; abstract c(): u8; override d(): u8; e(): u8; }"
    ).methods
    flags = [(one.is_static, one.is_virtual, one.is_abstract, one.is_override) for one in found]
    nothing = (False, False, False, False)
    assert flags == [*(tuple(place == flag for flag in range(4)) for place in range(4)), nothing]


def test_types_have_their_kinds_and_bases() -> None:
    found = api_of(
        "abstract class A : Object, B, ValueType {} static class C {} interface D : E {}"
        " struct F : ValueType {} aspect g(x: u8); aspect HAspect(); alias I <| u8;"
        " alias J<T> <| (a: T): T when T is A;"
    ).types
    assert [(key.name, key.arity, one.kinds) for key, one in found.items()] == [
        ("A", 0, (TypeKind.CLASS,)),
        ("C", 0, (TypeKind.CLASS,)),
        ("D", 0, (TypeKind.INTERFACE,)),
        ("F", 0, (TypeKind.STRUCT,)),
        ("gAspect", 0, (TypeKind.ASPECT,)),
        ("HAspect", 0, (TypeKind.ASPECT,)),
        ("I", 0, (TypeKind.ALIAS,)),
        ("J", 1, (TypeKind.DELEGATE,)),
    ]
    a, c, d, f, g, _, i, j = found.values()
    assert ([one.text for one in a.bases], [one.text for one in d.bases], f.bases) == (["B"], ["E"], ())
    assert (a.is_abstract, a.is_static, c.is_abstract, c.is_static) == (True, False, False, True)
    assert [one.type.text for one in g.parameters or ()] == ["Byte"]
    assert i.target is not None
    assert i.target.text == "Byte"
    assert j.returned is not None
    assert (j.symbol, j.returned.full) == ("J<T>", "!0")
    assert [(one.subject.full, one.bound.text) for one in j.constraints or ()] == [("!0", "A")]


def test_aspects_that_only_the_compiler_knows_are_left_out() -> None:
    found = type_of('[special, Native("x"), forwarded, alias("y"), TestAspect, Log] class A { [b] x: u8; }')
    assert found.aspects == ("Log", "Test")
    assert found.fields[0].aspects == ("b",)


def test_places_are_those_of_the_declaration() -> None:
    found = type_of('#space "demo"\n[a]\n  public class A\n{\n x :\ti32 = 1; }')
    assert found.place == Excerpt("public class A", "0.vein", 3, 3)
    assert found.fields[0].place == Excerpt("x : i32", "0.vein", 5, 2)


def test_a_type_that_is_declared_twice_is_a_mistake_with_both_places() -> None:
    assert set(api_of("class A {}", "class A<T> {}", '#space "b" class A {}').types) == {
        Identity("demo", "A", 0),
        Identity("demo", "A", 1),
        Identity("b", "A", 0),
    }
    with pytest.raises(SourceError) as caught:
        api_of("class A {}", "\nalias A <| u8;")
    (mistake,) = caught.value.mistakes
    assert mistake.message == "expected one declaration of 'A': 0.vein has another"
    assert (mistake.file, mistake.line, mistake.excerpt) == ("1.vein", 2, "alias A <| u8")
