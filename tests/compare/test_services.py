"""Services that the package declares: what the network can call."""

from __future__ import annotations

import pytest
from support.sources import differences, facts, surface
from support.two_versions import compared, rules

from semverdiff.compare import Condition, compare

CASES = {
    "same": ("resource function get a() { }", "resource function get a() { }", []),
    "resource added": (
        "",
        "resource function get a/[int id]() { }",
        ["service /x[get a/{}]: service-resource-added?"],
    ),
    "resource removed": (
        "resource function get a() { }",
        "",
        ["service /x[get a]: service-resource-removed?"],
    ),
    "remote method added": ("", "remote function f() { }", ["service /x.f: service-remote-method-added?"]),
    "remote method removed": (
        "remote function f() { }",
        "",
        ["service /x.f: service-remote-method-removed?"],
    ),
    "other methods": ("function f() { }", "private int a = 0; function g() { }", []),
    "signature": (
        "resource function get a(int page) { }",
        "resource function get a(int page, int size) { }",
        ["service /x[get a](size): resource-parameter-required-added"],
    ),
    "path parameter": (
        "resource function get a/[int id]() { }",
        "resource function get a/[string id]() { }",
        ["service /x[get a/{}]: resource-path-parameter-type-changed"],
    ),
    "documentation of a method": (
        "remote function f() { }",
        "# Does it.\nremote function f() { }",
        ["service /x.f: documentation-changed"],
    ),
    "annotation of a parameter": (
        "resource function post a(string b) { }",
        "resource function post a(@http:Header string b) { }",
        ["service /x[post a](b): contract-annotation-changed?"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_service(old: str, new: str, expected: list[str]) -> None:
    before, after = (f"import ballerina/http; service /x on l {{ {members} }}" for members in (old, new))
    assert rules(compared(before, after, "service /x")) == expected


def test_a_signature_counts_as_called() -> None:
    old, new = (f"service /x on l {{ remote function f({one}) {{ }} }}" for one in ("", "int a"))
    (found,) = compared(old, new, "service /x")
    assert found.conditions == frozenset({Condition.SEALED})


def test_services_that_nothing_runs_are_no_network_api() -> None:
    services = "service /a on l {{ resource function {0} }} service /b on l {{ resource function {0} }}"
    old, new = (
        {"main.bal": "public function f() {}", "modules/more/more.bal": services.format(one)}
        for one in ("get a() { }", "get a(int b) { }")
    )
    assert facts(old, new) == []


def test_a_service_is_added_and_removed() -> None:
    service = "service /x on l { }"
    assert rules(compared("", service, "service /x")) == ["service /x: service-added?"]
    assert rules(compared(service, "", "service /x")) == ["service /x: service-removed?"]


def test_a_service_moves_with_its_methods() -> None:
    old, new = (f"service /{path} on l {{ resource function get a() {{ }} }}" for path in "xy")
    assert rules(compared(old, new, "service /x")) == ["service /x: service-attach-point-changed?"]
    assert compared(old, new, "service /y") == []


@pytest.mark.parametrize("method", ["", "resource function get b() { }"])
def test_a_service_with_other_methods_is_another_one(method: str) -> None:
    old, new = f"service /x on l {{ {method} }}", "service /y on l { resource function get a() { } }"
    assert rules(compared(old, new, "service /x")) == ["service /x: service-removed?"]
    assert rules(compared(old, new, "service /y")) == ["service /y: service-added?"]


def test_two_services_that_may_have_moved_are_two_others() -> None:
    method = "{ resource function get a() { } }"
    old, new = f"service /x on l {method}", f"service /y on l {method} service /z on l {method}"
    assert rules(compared(old, new, "service /x")) == ["service /x: service-removed?"]


def test_a_service_has_documentation() -> None:
    old, new = "service /x on l { }", "# Takes orders.\nservice /x on l { }"
    assert rules(compared(old, new, "service /x")) == ["service /x: documentation-changed"]


DOOR = """\
public type Shop service object {{}};
class {0} {{
    public function attach({1} one, string[]|string? name = ()) returns error? {{ }}
    public function detach({1} one) returns error? {{ }}
    public function 'start() returns error? {{ }}
    public function gracefulStop() returns error? {{ }}
    public function immediateStop() returns error? {{ }}
}}
"""
OPEN = DOOR.format("Door", "service object {}")

# A listener that a function of another package makes, whose type only its declaration says.
ELSEWHERE = {
    "no type any more": ("Door door = other:make()", "door = other:make()", ["listener-type-changed"]),
    "a type": ("door = other:make()", "Door door = other:make()", ["listener-type-changed"]),
    "the type of an object": (
        "Door door = other:make()",
        "door = new Door()",
        ["listener-initial-value-changed"],
    ),
    "an object": (
        "door = other:make()",
        "door = new Door()",
        ["listener-initial-value-changed", "listener-type-changed"],
    ),
    "the same function": (
        "door = check other:make()",
        "door = checkpanic other:make(1)",
        ["listener-initial-value-changed"],
    ),
    "another function": (
        "door = other:make()",
        "door = other:makeAll()",
        ["listener-initial-value-changed", "listener-type-changed"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_listener_that_another_package_makes(old: str, new: str, expected: list[str]) -> None:
    sides = (f"import acme/other; {OPEN} public listener {text};" for text in (old, new))
    assert [one.rule for one in differences(*sides) if one.symbol == "door"] == expected


@pytest.mark.parametrize(
    ("declared", "type_", "made"),
    [
        ("public class 'type {}", "'type", "new 'type()"),
        ("function 'type() returns Door => new;", "Door", "'type()"),
    ],
)
def test_what_makes_a_listener_may_have_the_name_of_a_keyword(declared: str, type_: str, made: str) -> None:
    sides = (
        f"import acme/other; {OPEN} {declared} public listener {text};"
        for text in (f"{type_} door = other:make()", f"door = {made}")
    )
    found = [one.rule for one in differences(*sides) if one.symbol == "door"]
    assert found == ["listener-initial-value-changed"]


def test_a_service_is_compared_without_a_look_at_other_files() -> None:
    old, new = (
        surface({"a.bal": f"service /x on l {{ {one} }}", "b.bal": "public type A int"})
        for one in ("", "remote function f() { }")
    )
    assert [one.symbol for one in compare(old, new)] == ["service /x.f"]
    assert not list(old.damages())


# What makes a listener, in a file of its own, before and after; and the functions that do.
INFERRED = {
    "an object": ("new Door()", "new Door()", "", "", []),
    "an object in other words": (
        "new Door()",
        "check new Door()",
        "",
        "",
        ["listener-initial-value-changed"],
    ),
    "a function": ("make()", "make()", "returns Door => new", "returns Door => new", []),
    "a function that may fail": ("make()", "make()", "returns Door => new", "returns Door|error => new", []),
    "a function that always fails": (
        "check make()",
        "check make()",
        "returns Door => new",
        "returns error|error => error('')",
        ["listener-type-changed"],
    ),
    "another function": (
        "make()",
        "make(1)",
        "returns Door => new",
        "returns Door => new",
        ["listener-initial-value-changed"],
    ),
    "what is not looked into": ("x.y", "x.y", "", "", []),
    "something else that is not looked into": (
        "x.y",
        "x.z",
        "",
        "",
        ["listener-initial-value-changed", "listener-type-changed"],
    ),
}


@pytest.mark.parametrize(("old", "new", "made", "makes", "expected"), INFERRED.values(), ids=INFERRED)
def test_the_type_of_a_listener_may_follow_from_what_makes_it(
    old: str, new: str, made: str, makes: str, expected: list[str]
) -> None:
    def files(expression: str, function: str) -> dict[str, str]:
        made = f"function make(int i = 0) {function};" if function else ""
        return {"a.bal": f"public listener door = {expression};", "b.bal": OPEN + made}

    found = differences(files(old, made), files(new, makes) | {"c.bal": "// another file\n"})
    assert [one.rule for one in found if one.symbol == "door"] == expected


def test_a_listener_that_is_gone_is_removed_whatever_made_it() -> None:
    files = {
        "a.bal": "public listener door = make();",
        "b.bal": f"{OPEN} function make() returns Door => new;",
    }
    found = differences(files, {"a.bal": "", "b.bal": f"{files['b.bal']} public function f() {{}}"})
    assert [one.rule for one in found] == ["listener-removed", "function-added"]


@pytest.mark.parametrize("between", [" ", "\n\t", " // a type?\n ", "\t// one\n// two\n"])
def test_wherever_the_name_of_a_listener_stands_its_class_decides(between: str) -> None:
    files = {"a.bal": f"public listener{between}door{between}= new Door();"}
    new = DOOR.format("Door", "service object { remote function a(); }")
    found = differences({**files, "b.bal": OPEN}, {**files, "b.bal": new})
    assert [one.rule for one in found] == ["listener-type-widened"]
