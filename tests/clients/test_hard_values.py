"""Values that are hard to find: errors of several types, described types, what is lost inside or written."""

from __future__ import annotations

import pytest
from clients.test_clients import BODY, changed, finding, main, program
from support.client_check import problems

_ERRORS = "public type E error; public type G E; public type D distinct error; public enum K { A }"

ERRORS = {
    "of types of which none is distinct": ("E & error<record {| int a; |}>", 'error("message", a = 1)', ""),
    "of a type by several names": ("E & E & G", 'error("message")', ""),
    "of a type and of what is none": ("E & K", 'error("message")', ""),
    "of a type of which one is distinct": ("E & D", 'error Mine("message")', "type Mine shop:E & shop:D;"),
}


@pytest.mark.parametrize(("type_", "value", "declared"), ERRORS.values(), ids=ERRORS)
def test_an_error_has_a_type_of_the_client_only_where_it_needs_a_name(
    type_: str, value: str, declared: str
) -> None:
    old = f"{_ERRORS} public function f({type_} e) {BODY}"
    client = program("function-removed", old, _ERRORS)
    assert value in client
    assert [line for line in client.splitlines() if line.startswith("type ")] == [declared] * bool(declared)
    assert problems({"lib.bal": old}, None, client) == []


DESCRIBED = {
    "of anything": ("typedesc", "string", "string"),
    "of any data": ("typedesc<anydata>", "string", "string"),
    "of a record": ("typedesc<R>", "shop:R", "shop:R"),
}


@pytest.mark.parametrize(("described", "argument", "result"), DESCRIBED.values(), ids=DESCRIBED)
def test_a_type_that_is_described_is_a_short_one_that_the_parameter_takes(
    described: str, argument: str, result: str
) -> None:
    types = "public type R record {| int a; |};"
    old, new = (
        f"{types} public function f({described} t{more}) returns t|error = external;"
        for more in ("", ", int x")
    )
    client = program("function-parameter-required-added", old, new)
    call = f"{result} result = check shop:f({argument});"
    assert client.endswith(main(call, imports="", result=" returns error?").lstrip())
    assert problems({"lib.bal": old}, None, client) == []


LOST = {
    "a member that is not there any more": ("[int, int...]", "[int]"),
    "a field that may be absent": (
        "record {| int a?; int|string b?; |}",
        "record {| int a?; int b?; |}",
    ),
    "a further key": ("record {| int a; (int|string)...; |}", "record {| int a; |}"),
    "a value in the eighth list": (f"(int|string){'[]' * 8}", f"int{'[]' * 8}"),
}


@pytest.mark.parametrize(("old", "new"), LOST.values(), ids=LOST)
def test_what_is_lost_inside_and_has_no_literal_to_compare_with_has_no_client(old: str, new: str) -> None:
    results = (f"() returns readonly & {one}" for one in (old, new))
    found = finding("function-return-type-narrowed", *changed(old=next(results), new=next(results)))
    assert found.client_program is None
    said = "No client is shown: no single value that is lost can be written."
    assert said in (found.explanation or "")


def test_what_is_lost_in_further_members_of_a_list_is_compared_there() -> None:
    old, new = (f"() returns readonly & [int, [{one}]...]" for one in ("int|string", "int"))
    client = program("function-return-type-narrowed", *changed(old=old, new=new))
    assert client == main("var result = shop:f();", 'boolean lost = result[1][0] == "text";')


_RECORD = "public type R record {| int a; |};"
# All integers that clients write where one is lost.
_INTEGERS = "0|1|-1|1000|1000000|9000000000"

WRITTEN = {
    "another integer, where the usual ones are left": (
        "map<json>",
        f"map<string|{_INTEGERS}|json[]>",
        ['result["key"] = 255;'],
    ),
    "a list with members of which no lost one is known": (
        "map<int[]|string>",
        f"map<({_INTEGERS})[]|string>",
        ["int[] item = [];", 'result["key"] = item;'],
    ),
    "a list of any length": (
        "map<int[]|string>",
        "map<int[2]|string>",
        ["int[] item = [];", 'result["key"] = item;'],
    ),
    "a record with a field of which no lost value is known": (
        "map<record {| int a; |}|string>",
        f"map<record {{| {_INTEGERS} a; |}}|string>",
        ["record {| int a; |} item = {a: 1};", 'result["key"] = item;'],
    ),
    "a further key, where the field is left as one": (
        "record {| int a?; (int|string)...; |}",
        "map<int>",
        ['result["key"] = "text";'],
    ),
}


@pytest.mark.parametrize(("old", "new", "statements"), WRITTEN.values(), ids=WRITTEN)
def test_a_write_into_a_result_is_of_what_the_new_one_refuses(
    old: str, new: str, statements: list[str]
) -> None:
    before, after = changed(old=f"() returns {old}", new=f"() returns {new}")
    client = program("function-return-mutable-member-narrowed", before, after)
    assert client.split(" result = shop:f();\n    ")[1] == main(*statements).partition("{\n    ")[2]
    assert problems({"lib.bal": before}, None, client) == []
    assert problems({"lib.bal": after}, None, client, runs=True) != []


def test_a_write_into_a_result_of_all_kinds_of_data_but_mappings_has_no_client() -> None:
    old, new = (f"() returns map<{one}>" for one in ("json", "string|int|boolean|float|decimal|()|json[]"))
    found = finding("function-return-mutable-member-narrowed", *changed(old=old, new=new))
    assert found.client_program is None
    assert "No client is shown: no single value that is lost can be written." in (found.explanation or "")


def test_a_type_that_is_described_by_what_the_new_result_does_not_fit_is_the_bound() -> None:
    old, new = (
        f"{_RECORD} public function f(typedesc<R> t = <>) returns {one} = external;" for one in ("t", "int")
    )
    client = program("function-return-dependent-removed", old, new)
    assert client == main("shop:R result = shop:f();")
    assert problems({"lib.bal": old}, None, client) == []
    assert problems({"lib.bal": new}, None, client) != []


def test_a_private_type_that_cannot_be_spelled_out_stops_no_client_of_another_type() -> None:
    old, new = (
        f"""
        type Hidden distinct error;
        type Holder record {{| Hidden hidden; |}};
        public type Q record {{| int a; |}};
        public function a(Holder holder{further}) {{}}
        public function b({type_} q) {{}}
        """
        for further, type_ in (("", "Q"), (", int i", "int"))
    )
    refused = finding("function-parameter-required-added", old, new)
    assert "clients cannot name the private distinct type 'Hidden'" in (refused.explanation or "")
    client = program("function-parameter-type-changed", old, new)
    assert client == main("shop:Q q = {a: 1};", "shop:b(q);")


def test_a_client_of_a_library_that_is_predeclared_has_no_import() -> None:
    manifest = '[package]\norg = "ballerina"\nname = "lang.shop"\nversion = "1.0.0"\n'
    client = program("function-removed", f"public function f() {BODY}", "", manifest)
    assert client == "public function main() {\n    shop:f();\n}"


def test_a_further_key_of_a_type_that_was_not_read_is_a_value_that_the_client_receives() -> None:
    old, new = (
        f"import acme/other; public type Q record {{| {one} other:A...; |}}; public function f(Q q) {{}}"
        for one in ("", "other:B a?;")
    )
    client = program("record-field-against-rest-type-added", old, new)
    assert 'function run(other:A item) {\n    shop:Q instance = {"a": item};\n}' in client


def test_a_private_record_whose_further_fields_are_of_itself_is_not_spelled_out() -> None:
    types = "public type B record {| int b; |}; type Tree record {| *B; Tree...; |};"
    old = f"{types} public function f() returns Tree {BODY}"
    found = finding("function-removed", old, types)
    assert "nested too deeply to be written out" in (found.explanation or "")


_ADDED = "object-method-added"


def test_an_object_that_holds_another_one_of_its_type_without_an_end_is_not_written() -> None:
    old, new = (
        f"public type Node object {{ public Node next; {one} }};" for one in ("", "public function m();")
    )
    refused = finding(_ADDED, old, new)
    assert "each object would hold another one, without an end" in (refused.explanation or "")


def test_an_object_that_may_hold_none_of_its_type_holds_none() -> None:
    old, new = (
        f"public type Node object {{ public Node? next; {one} }};" for one in ("", "public function m();")
    )
    client = program(_ADDED, old, new)
    assert client.count("class ") == 1
    assert "public shop:Node? next = ();" in client


def test_a_chain_of_object_types_of_any_length_is_not_written() -> None:
    chain = (
        "".join(f"public type N{at} object {{ public N{at + 1} next; }};" for at in range(1, 500))
        + "public type N500 object { public int x; };"
    )
    old, new = (
        f"public type N0 object {{ public N1 next; {one} }}; {chain}" for one in ("", "public function m();")
    )
    refused = finding(_ADDED, old, new)
    assert "nested too deeply to be written out" in (refused.explanation or "")


def test_what_is_nested_too_deeply_in_one_client_may_be_written_in_another() -> None:
    types = "public type Holder record {| Node node; |}; public type Other object {};"
    old, new = (
        f"{types} public type Zone object {{ public [Holder] holders; {of_zone} }};"
        f"public type Node object {{ public Holder|Other value; {of_node} }};"
        for of_zone, of_node in (("", ""), ("public int a;", "public function m();"))
    )
    assert "public shop:Holder|shop:Other value = new Mine2();" in program(_ADDED, old, new)
    assert "public [shop:Holder] holders = [{node: new Mine2()}];" in program("object-field-added", old, new)


@pytest.mark.parametrize("other", ["int[]", "handle"])
def test_what_fails_behind_a_value_that_is_too_deep_may_be_written_in_another_client(other: str) -> None:
    types = f"public type Holder record {{| Node|{other} node; |}}; public type Other object {{}};"
    old, new = (
        f"{types} public type Zone object {{ public [Holder] holders; {of_zone} }};"
        f"public type Node object {{ public Holder|Other value; {of_node} }};"
        for of_zone, of_node in (("", ""), ("public int a;", "public function m();"))
    )
    assert "public shop:Holder|shop:Other value = new Mine2();" in program(_ADDED, old, new)
    assert "public [shop:Holder] holders = [{node: new Mine2()}];" in program("object-field-added", old, new)


@pytest.mark.parametrize(
    ("fields", "classes"),
    [
        pytest.param("Leaf a; public Leaf b;", 3, id="two of one type"),
        pytest.param("; public ".join(f"int f{at}" for at in range(20)) + ";", 1, id="many of any"),
    ],
)
def test_an_object_type_with_several_fields_has_a_class(fields: str, classes: int) -> None:
    leaf = "public type Leaf object {};"
    old, new = (
        f"{leaf} public type Node object {{ public {fields} {one} }};" for one in ("", "public function m();")
    )
    assert program(_ADDED, old, new).count("class ") == classes
