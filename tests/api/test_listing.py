"""The public API as a list: what stands in it, how it is written, what it refuses."""

from __future__ import annotations

from typing import get_args

import pytest
from support.packages import manifest, package

from semverdiff.api import Surface, describe
from semverdiff.api.printing import KINDS
from semverdiff.errors import SourceError
from semverdiff.symbols import Symbol, symbol_count
from semverdiff.syntax.nodes import Declaration


def surface(source: str, more: str | None = None, *, exported: bool = True) -> Surface:
    """Return the surface of a package with the module `shop`, and perhaps `shop.more`, of one file each."""
    if more is None:
        return Surface(package({"shop.bal": source}, exported=exported))
    both = manifest("1.0.0", more='export = ["shop", "shop.more"]\n')
    return Surface(package({"shop.bal": source, "modules/more/more.bal": more}, both, exported=exported))


def lines(source: str, *, private: bool = False) -> list[str]:
    """Write the symbols of one module, members indented, parameters left out."""
    (module,) = describe(surface(source), private=private)
    return [line for symbol in module.symbols for line in written(symbol)]


def written(symbol: Symbol) -> list[str]:
    members = [f"  {one.kind}: {one.signature}" for one in symbol.members if one.kind != "parameter"]
    return [f"{symbol.kind}: {symbol.signature}", *members]


CASES = {
    "function": (
        'public isolated function f(int a, string b = "x", *R r, int... more) returns error? {}',
        ['function: public isolated function f(int a, string b = "x", *R r, int... more) returns error?'],
    ),
    "record": (
        "public type R record {|\n  readonly int id;\n  string note?;\n  int count = 1;\n  int...;\n|};",
        [
            "type: public type R record {|...|}",
            "  field: int count = 1",
            "  field: readonly int id",
            "  field: string note?",
            "  rest field: int...",
        ],
    ),
    "open record without fields": ("public type R record {};", ["type: public type R record { }"]),
    "readonly record": (
        "public type R readonly & record {|\n  int id;\n|};",
        ["type: public type R readonly & record {|...|}", "  field: int id"],
    ),
    "intersection of records": (
        "public type R map<int> & record {|\n  int id;\n|};",
        ["type: public type R map<int> & record {| int id; |}"],
    ),
    "included fields": (
        "type Base record {|\n  int id;\n|};\npublic type R record {|\n  *Base;\n  int more;\n|};",
        ["type: public type R record {|...|}", "  field: int id", "  field: int more"],
    ),
    "only included fields": (
        "type Base record {|\n  int id;\n|};\npublic type R record {|\n  *Base;\n|};",
        ["type: public type R record {|...|}", "  field: int id"],
    ),
    "fields included from another package": (
        "import other/lib;\npublic type R record {|\n  *lib:Base;\n|};",
        ["type: public type R record {|...|}", "  inclusion: *lib:Base"],
    ),
    "object type": (
        "public type O distinct isolated client object {\n  public int x;\n  remote function go();\n};",
        [
            "type: public type O distinct isolated client object {...}",
            "  field: public int x",
            "  remote method: remote function go()",
        ],
    ),
    "class": (
        """public client class C {
            public function init() {}
            function own() {}
            private int p = 1;
            resource function get a/[string b](int c) returns int => 1;
        }""",
        [
            "class: public client class C",
            "  resource method: resource function get a/[string b](int c) returns int",
            "  init: public function init()",
        ],
    ),
    "enum": (
        'public enum Color {\n  RED,\n  BLUE = "b"\n}',
        ["enum: public enum Color", '  enum member: BLUE = "b"', "  enum member: RED"],
    ),
    "alias and union": (
        "public type A int|string;\npublic type B A?;",
        ["type: public type A int|string", "type: public type B A?"],
    ),
    "error type": (
        "public type E distinct error<record {| int code; |}>;",
        ["type: public type E distinct error<record {| int code; |}>"],
    ),
    "constant": ("public const int MAX = 5;", ["constant: public const int MAX = 5"]),
    "configurable": (
        "public configurable int port = ?;",
        ["configurable: public configurable int port = ?"],
    ),
    "variable": ("public final int v = 1;", ["variable: public final int v"]),
    "listener": ("public listener L l = new;", ["listener: public listener L l"]),
    "annotation": (
        "public annotation Tag on type;",
        ["annotation: public annotation Tag on type"],
    ),
    "nothing public": ("function f() {}\ntype T int;\nservice / on new L() {}", []),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_writes_each_kind_of_declaration(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


def test_every_declaration_has_a_word_for_its_kind() -> None:
    assert set(KINDS) == set(get_args(Declaration))


def test_private_lists_all_members_and_declarations_but_services() -> None:
    source = "class C {\n  function own() {}\n  private int p = 1;\n}\nservice / on new L() {}"
    assert lines(source, private=True) == [
        "class: class C",
        "  field: private int p",
        "  method: function own()",
    ]


def test_names_resource_methods_by_their_paths() -> None:
    source = """public client class C {
        resource function get .() {}
        resource function get a/[string b]/[int... c]() {}
    }"""
    ((symbol,),) = (module.symbols for module in describe(surface(source)))
    assert [one.name for one in symbol.members] == ["[get .]", "[get a/{}/{...}]"]


def test_says_where_things_stand_also_what_is_included() -> None:
    source = """\
import acme/shop.more;

# Documented.
public type R record {|
    *more:Base;
    int own;
|};
"""
    included = "\n\npublic type Base record {|\n    int id;\n|};\n"
    (record,) = describe(surface(source, included))[0].symbols
    assert (record.file, record.line) == ("shop.bal", 4)
    places = [(one.name, one.file, one.line) for one in record.members]
    assert places == [("id", "modules/more/more.bal", 4), ("own", "shop.bal", 6)]


def test_modules_that_are_not_exported_are_left_out() -> None:
    hidden = surface("public const A = 1;", exported=False)
    assert describe(hidden) == ()
    (module,) = describe(hidden, private=True)
    assert not module.exported


def test_symbols_are_sorted_whatever_their_order_in_the_file() -> None:
    declarations = ["public const B = 1;", "public function a() {}", "public type C int;"]
    assert lines("\n".join(declarations)) == lines("\n".join(reversed(declarations)))


def test_counts_declarations_members_and_parameters() -> None:
    record = "public type R record {|\n  int id;\n|};\n"
    client = "public client class C {\n  remote function go(int a, int b) {}\n}"
    assert symbol_count(describe(surface(record + client))) == 6


def test_refuses_a_broken_declaration_and_names_them_all() -> None:
    broken = surface("public type R record {|\n  int ;\n|};\n", "public function f(int) returns {}\n")
    with pytest.raises(SourceError) as caught:
        describe(broken)
    assert [(one.file, one.line) for one in caught.value.mistakes] == [
        ("shop.bal", 2),
        ("modules/more/more.bal", 1),
    ]


def test_a_broken_body_hides_nothing() -> None:
    assert lines("public function f() {\n  return (1;\n}") == ["function: public function f()"]
