"""Values that are hard to find: errors of several types, described types, and what is lost inside."""

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
