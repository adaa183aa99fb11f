"""Declarations beside functions and classes, and what stands before a declaration."""

from __future__ import annotations

import pytest
from support.sources import read

from semverdiff.syntax import Item, declarations, outline, read_declaration
from semverdiff.syntax.declarations import read_scanned
from semverdiff.syntax.descriptors import BrokenSyntaxError
from semverdiff.syntax.nodes import (
    AnnotationDeclaration,
    BuiltinType,
    Class,
    Constant,
    Declaration,
    Enum,
    Function,
    Listener,
    Location,
    ParameterizedType,
    RecordType,
    Reference,
    Service,
    TypeDefinition,
    Variable,
)

INT = BuiltinType("int")


def told(found: Declaration) -> tuple[object, ...]:
    """Return what a declaration says beside its name."""
    match found:
        case Enum():
            return tuple((one.name, one.value.text if one.value else None) for one in found.members)
        case Constant():
            return found.type, found.value.text
        case Variable():
            initial = found.initial.text if found.initial else None
            return " ".join(sorted(found.qualifiers)), found.type, initial, found.required
        case Listener():
            return found.type, found.initial.text
        case AnnotationDeclaration():
            return found.const, found.type, ", ".join(sorted(found.attach_points))
        case Service():
            return found.attach_point, found.service_type, [one.text for one in found.listeners]
        case TypeDefinition():
            return (found.type,)
    return ()


DECLARATIONS: dict[str, tuple[object, ...]] = {
    "type T int;": (INT,),
    "enum E {}": (),
    'enum E { A, \'order, B = "b" }': (("A", None), ("order", None), ("B", '"b"')),
    'enum E { # Text.\n @deprecated A = P + "x" };': (("A", 'P + "x"'),),
    "const A = 5;": (None, "5"),
    "const int A = -(2 * B);": (INT, "-(2 * B)"),
    "const map<int> A = {a: 1};": (ParameterizedType("map", INT), "{a: 1}"),
    "int v;": ("", INT, None, False),
    "var v = 1;": ("", None, "1", False),
    "final int v = 1;": ("final", INT, "1", False),
    "isolated int v = f(1, [2]);": ("isolated", INT, "f(1, [2])", False),
    "configurable int v = ?;": ("configurable", INT, None, True),
    "configurable int v = 1;": ("configurable", INT, "1", False),
    "final configurable int v = 1;": ("configurable final", INT, "1", False),
    "listener L l = new (80);": (Reference(None, "L"), "new (80)"),
    "listener l = new L(80);": (None, "new L(80)"),
    "annotation A;": (False, None, ""),
    "const annotation R A on source type, object  function;": (
        True,
        Reference(None, "R"),
        "object function, source type",
    ),
    "service / on l {}": ("/", None, ["l"]),
    "service S /a/b on l, new M(1) {}": ("/a/b", Reference(None, "S"), ["l", "new M(1)"]),
    'service "x" on l {}': ('"x"', None, ["l"]),
    "service on l {}": ("", None, ["l"]),
    "service / on l // , m\n, new M({a: 1}) // {\n { int a = 1; }": ("/", None, ["l", "new M({a: 1})"]),
    "service S on l, m { resource function a() {} }": ("", Reference(None, "S"), ["l", "m"]),
    '@a {"on": 1} service / on l {}': ("/", None, ["l"]),
}


@pytest.mark.parametrize(("text", "expected"), DECLARATIONS.items(), ids=DECLARATIONS)
def test_declaration(text: str, expected: tuple[object, ...]) -> None:
    assert told(read(text)) == expected


DOCUMENTED = {
    "one line": ("# Text.\n", "Text."),
    "lines": ("# One\n#  two\n#\n# + a - three\n", "One\n two\n\n+ a - three"),
    "marks without a blank": ("#One\n#two\n", "One\ntwo"),
    "indented": ("   # One  \n\t# two\n", "One\ntwo"),
    "ends of lines as on Windows": ("# One\r\n# two\r\n", "One\ntwo"),
    "other letters": ("# größer ✓\n", "größer ✓"),
    "a heading": ("# x\n# # Deprecated\n# y\n", "x\n# Deprecated\ny"),
    "comments are none": ("// no text\n", ""),
}


@pytest.mark.parametrize(("before", "expected"), DOCUMENTED.values(), ids=DOCUMENTED)
def test_documentation(before: str, expected: str) -> None:
    assert read(f"{before}public type T int;").metadata.documentation == expected


def test_annotations_are_told_with_their_modules() -> None:
    found = read(
        "import ballerina/http;\n@deprecated\n@http:ServiceConfig {\n  a: 1 // b\n}\nfunction f() {}"
    )
    assert [
        (one.tag, one.value.text if one.value else None, one.value.tokens if one.value else None)
        for one in found.metadata.annotations
    ] == [
        (Reference(None, "deprecated"), None, None),
        (
            Reference("ballerina/http", "ServiceConfig"),
            "{ a: 1 }",
            ("{", "a", ":", "1", "}"),
        ),
    ]


def test_metadata_of_members() -> None:
    found = read(
        "class C {\n  # Field\n  @m int a;\n  # Method\n  @m function f(@m int x) returns @m int {}\n}"
    )
    assert isinstance(found, Class)
    (field,), (method,) = found.type.fields, found.type.methods
    assert (field.metadata.documentation, method.metadata.documentation) == ("Field", "Method")
    (parameter,) = method.signature.parameters
    marks = (field.metadata, method.metadata, parameter.metadata)
    assert [len(one.annotations) for one in marks] == [1, 1, 1]


PLACES = {
    "name": ("public function f() {}", Location(1, 17)),
    "after metadata": ("# Text.\n@m {a: 1}\n  public type T int;", Location(3, 15)),
    "tabs": ("type\tT int;", Location(1, 6)),
    "other letters before": ('@m {a: "größer"} type T int;', Location(1, 23)),
    "Windows": ("// x\r\n\r\ntype T int;", Location(3, 6)),
    "imports": ("import a/b;\n\ntype T int;", Location(3, 6)),
}


@pytest.mark.parametrize(("text", "place"), PLACES.values(), ids=PLACES)
def test_a_declaration_stands_where_its_name_is(text: str, place: Location) -> None:
    assert read(text).metadata.location == place


INDENTED = {"tabs": "\t\ttype T int;", "another declaration": "int é; type T int;"}


@pytest.mark.parametrize("text", INDENTED.values(), ids=INDENTED)
def test_what_stands_before_a_declaration_on_its_line_counts(text: str) -> None:
    found = outline(text.encode())
    declaration = read_declaration(found.items[-1], found.imports)
    assert declaration.metadata.location == Location(1, text.index("T") + 1)


def test_members_stand_where_their_names_are() -> None:
    found = read('type T record {\n    string? ä = "ö"; int b;\n};')
    assert isinstance(found, TypeDefinition)
    assert isinstance(found.type, RecordType)
    assert [one.metadata.location for one in found.type.fields] == [Location(2, 13), Location(2, 26)]


def test_a_declaration_is_read_from_its_text_alone() -> None:
    found = outline(b"import a/b;\ntype A int; type T b:X;")
    assert told(read_declaration(found.items[1], found.imports)) == (Reference("a/b", "X"),)
    assert told(read_declaration(found.items[1], {"b": "c/d"})) == (Reference("c/d", "X"),)


def test_a_name_is_that_of_the_item() -> None:
    item = Item("@A", "annotation_declaration", public=True, line=1, content=b"public annotation A;")
    assert read_declaration(item, {}).name == "A"


def test_an_external_body_is_a_body() -> None:
    found = read("function f() = external;")
    assert isinstance(found, Function)
    assert found.body == b"= external;"


@pytest.mark.parametrize("further", ["", "g(); " * 1_000], ids=["short", "long"])
def test_a_body_that_takes_the_parser_is_looked_into(further: str) -> None:
    sound, broken = (
        f"function f() {{ _ = from var x in y select x; {further}{end}".encode() for end in ("}", "g(; }")
    )
    assert isinstance(
        read_scanned(Item("f", "function_definition", public=False, line=1, content=sound), {}), Function
    )
    with pytest.raises(BrokenSyntaxError):
        read_scanned(Item("f", "function_definition", public=False, line=1, content=broken), {})


def test_long_bodies_are_not_remembered() -> None:
    body = b"{ _ = from var x in y select x; " + b"g(); " * 1_000 + b"}"
    before = declarations._short_is_sound.cache_info()  # noqa: SLF001 (what is kept shows nowhere else)
    read_scanned(Item("f", "function_definition", public=False, line=1, content=b"function f() " + body), {})
    assert declarations._short_is_sound.cache_info() == before  # noqa: SLF001 (as above)
