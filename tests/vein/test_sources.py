from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff import limits
from semverdiff.errors import SourceError
from semverdiff.packages import SourceFile
from semverdiff.vein.declarations import AspectUse, Constraint, MemberForm, SourceParameter, TypeForm
from semverdiff.vein.source import read_source, read_sources

UNIT = """\
#use "std"
#space "demo"
// A comment, and /* another */
global alias Meters <| f64;
alias Names<T> <| Map<string, List<T[]>>;
alias OnDone <| (code: i32, name: std.String): void;
alias Pick <| <T>(one: T): T when T is IShape |> one;

/* class Hidden { */
[test, log("a(,]")]
public ASPECT route(path: string);

[special]
Public Static class Box<T, U> : Object, demo.IShape when T is IShape, U is Box<T, T>
{
    public const NAME: string = "a;b" + f(1, { x: 2 });
    [native("!!x")] readonly _x: i32;
    public new(size: i32) { if (size > 0) { "}" } // }
    }
    delete() |> drop();
    protected static extern async get<K>(key: K, const other: Box<K, u8[]>[]): Box<T, U>;
    private virtual abstract override @run(): void { }
    size: i32 |> { a; b; };
    public Name: string { get; private set; }
    Age: i32 { GET { return 1; } }
}
interface IShape { area(): f64; }
struct Point { x: i32; y: i32; }
"""


def refusal(text: str) -> str:
    with pytest.raises(SourceError) as caught:
        read_source(text, "a.vein")
    (mistake,) = caught.value.mistakes
    return f"{mistake.place()}: {mistake.message}"


def test_every_kind_of_declaration_is_read() -> None:
    unit = read_source(UNIT, "a.vein")
    assert (unit.file, unit.space, unit.uses) == ("a.vein", "demo", ("std",))
    assert [(one.form, one.name) for one in unit.types] == [
        (TypeForm.ASPECT, "route"),
        (TypeForm.CLASS, "Box"),
        (TypeForm.INTERFACE, "IShape"),
        (TypeForm.STRUCT, "Point"),
    ]
    route, box, *_ = unit.types
    assert route.parameters == (SourceParameter("path", ("string",)),)
    assert route.aspects == (AspectUse("test", ""), AspectUse("log", '"a(,]"'))
    assert route.modifiers == {"public"}
    assert (route.line, route.column) == (11, 1)
    assert box.modifiers == {"public", "static"}
    assert box.type_parameters == ("T", "U")
    assert box.bases == (("Object",), ("IShape",))
    assert box.constraints == (
        Constraint(("T",), ("IShape",)),
        Constraint(("U",), ("Box", "<", "T", ",", "T", ">")),
    )
    assert box.text == (
        "Public Static class Box<T, U> : Object, demo.IShape when T is IShape, U is Box<T, T>"
    )


def test_every_kind_of_member_is_read() -> None:
    members = {one.name: one for one in read_source(UNIT, "a.vein").types[1].members}
    assert {name: one.form for name, one in members.items()} == {
        "NAME": MemberForm.FIELD,
        "_x": MemberForm.FIELD,
        "new": MemberForm.CONSTRUCTOR,
        "delete": MemberForm.DESTRUCTOR,
        "get": MemberForm.METHOD,
        "@run": MemberForm.METHOD,
        "size": MemberForm.PROPERTY,
        "Name": MemberForm.PROPERTY,
        "Age": MemberForm.PROPERTY,
    }
    assert members["NAME"].value == '"a;b" + f(1, { x: 2 })'
    assert members["NAME"].text == "public const NAME: string"
    assert (members["_x"].value, members["_x"].aspects) == (None, (AspectUse("native", '"!!x"'),))
    assert (members["_x"].line, members["_x"].column) == (17, 21)
    get = members["get"]
    assert get.modifiers == {"protected", "static", "extern", "async"}
    assert get.type_parameters == ("K",)
    assert get.parameters == (
        SourceParameter("key", ("K",)),
        SourceParameter("other", ("Box", "<", "K", ",", "u8", "[]", ">", "[]")),
    )
    assert get.type == ("Box", "<", "T", ",", "U", ">")
    assert members["new"].type == ()
    assert (members["size"].is_computed, set(members["size"].accessors)) == (True, {"get"})
    assert (members["Name"].is_computed, set(members["Name"].accessors)) == (False, {"get", "set"})
    assert members["Name"].accessors["get"].modifiers == {"public"}
    assert members["Name"].accessors["set"].modifiers == {"private"}
    assert (members["Age"].is_computed, set(members["Age"].accessors)) == (True, {"get"})


def test_aliases_and_delegates_are_read() -> None:
    meters, names, done, pick = read_source(UNIT, "a.vein").aliases
    assert (meters.name, meters.is_global, meters.target, meters.parameters) == (
        "Meters",
        True,
        ("f64",),
        None,
    )
    assert names.type_parameters == ("T",)
    assert names.target == ("Map", "<", "string", ",", "List", "<", "T", "[]", ">", ">")
    assert not done.is_global
    assert done.parameters == (SourceParameter("code", ("i32",)), SourceParameter("name", ("String",)))
    assert done.target == ("void",)
    assert (pick.type_parameters, pick.constraints) == (("T",), (Constraint(("T",), ("IShape",)),))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("class A {", "a.vein:1:10: expected the name of a member, found the end"),
        ("class A {\n  x: ;\n}", "a.vein:2:6: expected the name of a type, found ';'"),
        ("class A { x: i32 }", "a.vein:1:18: expected ';', found '}'"),
        ("class A { f(): i32 }", "a.vein:1:20: expected ';', '{' or '|>', found '}'"),
        ("class A { f() {} }", "a.vein:1:15: expected ':', found '{'"),
        ("class A { f(a i32): void; }", "a.vein:1:15: expected ':', found 'i32'"),
        ("class A { f(): void { ( } }", "a.vein:1:25: expected ')', found '}'"),
        ("class A { f(): void { }", "a.vein:1:24: expected the name of a member, found the end"),
        ("class A { f(): void {", "a.vein:1:21: expected '}' behind this, found the end of the file"),
        ("class A { x: i32 = 1 }", "a.vein:1:22: expected ';', found '}'"),
        ("class A { x: i32 = (1", "a.vein:1:20: expected ';' behind this, found the end of the file"),
        ("class A { x: M<i32; }", "a.vein:1:19: expected ',', found ';'"),
        ("class A { x: i32[1]; }", "a.vein:1:18: expected ']', found '1'"),
        ("class A { x: i32 { get; get; } }", "a.vein:1:25: expected 'get' or 'set', each once"),
        ("class A { x: i32 { init; } }", "a.vein:1:20: expected 'get' or 'set', each once"),
        ("class A { x: i32 { } }", "a.vein:1:18: expected 'get' or 'set' in the brackets"),
        ("class A { x: i32 { get |> 1; } }", "a.vein:1:24: expected ';', found '|>'"),
        ("class A when T B {}", "a.vein:1:16: expected 'is', found 'B'"),
        ("class 1 {}", "a.vein:1:7: expected the name of a class, found '1'"),
        ("class", "a.vein:1:6: expected the name of a class, found the end"),
        ("interface {}", "a.vein:1:11: expected the name of an interface, found '{'"),
        ("enum A {}", "a.vein:1:1: expected a class, interface, struct, aspect or alias, found 'enum'"),
        ("aspect a() {}", "a.vein:1:12: expected ';', found '{'"),
        ("[a class A {}", "a.vein:1:4: expected ']', found 'class'"),
        ("[a] alias A <| B;", "a.vein:1:5: expected no aspect and no modifier but 'global' before an alias"),
        (
            "public alias A <| B;",
            "a.vein:1:8: expected no aspect and no modifier but 'global' before an alias",
        ),
        ("alias A B;", "a.vein:1:9: expected '<|', found 'B'"),
        ('#space "a"\n#space "b"', "a.vein:2:1: expected one '#space' in a file, found a second one"),
        ("#include", "a.vein:1:2: expected 'space' or 'use' behind '#', found 'include'"),
        ("#use std", "a.vein:1:6: expected a string, found 'std'"),
        ("class " + "a" * 257 + " {}", "a.vein:1:7: expected a name of at most 256 characters"),
        (
            "class A<" + ",".join(["a" * 86] * 3) + "> {}",
            "a.vein:1:9: expected type parameters of at most 256 characters",
        ),
        ('#use "std', "a.vein:1:6: expected the end of this string, found the end of the file"),
        ("/* class", "a.vein:1:1: expected the end of this comment, found the end of the file"),
        ("class A { f(): void { /* } }", "a.vein:1:23: expected the end of this comment"),
        ('class A { f(): void { "\\" } }', "a.vein:1:23: expected the end of this string"),
    ],
)
def test_a_mistake_says_what_was_expected_and_where(text: str, said: str) -> None:
    assert refusal(text).startswith(said)


def test_a_mistake_shows_its_line() -> None:
    with pytest.raises(SourceError) as caught:
        read_source("class A {\r\n  x: ;\r\n}", "a.vein")
    assert caught.value.mistakes[0].excerpt == "  x: ;"


def test_files_are_read_together_with_a_mistake_for_each() -> None:
    files = [
        SourceFile("a.vein", b"\xef\xbb\xbfclass A {}"),
        SourceFile("b.vein", b"#ignore\nnothing of Vein"),
        SourceFile("c.vein", b"\xef\xbb\xbf#ignore"),
    ]
    assert [unit.file for unit in read_sources(files)] == ["a.vein"]
    broken = [*files, SourceFile("d.vein", b"class"), SourceFile("e.vein", b"\xff")]
    with pytest.raises(SourceError) as caught:
        read_sources(broken)
    assert [mistake.file for mistake in caught.value.mistakes] == ["d.vein", "e.vein"]


def test_a_source_that_is_longer_than_it_may_be_is_refused() -> None:
    assert "expected at most" in refusal(" " * (limits.MODULE_SOURCE_CHARACTERS + 1))


@pytest.mark.parametrize(
    "text",
    [
        "class A { x: " + "M<" * 30_000 + "A" + ">" * 30_000 + "; }",
        "class A { f(): void " + "{" * 30_000 + "}" * 30_000 + " }",
        "class A { x: i32 = " + "(" * 30_000 + ")" * 30_000 + "; }",
    ],
)
def test_nesting_may_be_as_deep_as_somebody_likes(text: str) -> None:
    assert len(read_source(text, "a.vein").types[0].members) == 1


# What stands in a body, whatever it looks like, changes nothing.

pieces = st.lists(
    st.sampled_from(
        ['"}"', '"\\""', "// }\n", "/* } */", "{ x; }", "(a, b)", "[1]", ";", " class B ", "|>", "<"]
    )
).map("".join)


@given(pieces)
def test_a_body_is_skipped_whatever_is_in_it(body: str) -> None:
    unit = read_source(f"class A {{ f(): void {{ {body} }} g(): void; }}", "a.vein")
    assert [member.name for member in unit.types[0].members] == ["f", "g"]
