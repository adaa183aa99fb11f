"""Services that the package declares: what the network can call."""

from __future__ import annotations

import pytest
from support.two_versions import MODULE, declared, place, rules, sides

from semverdiff.compare.services import is_moved_service, service_differences
from semverdiff.syntax.nodes import Service

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
    "annotation of a parameter": (
        "resource function post a(string b) { }",
        "resource function post a(@http:Header string b) { }",
        ["service /x[post a](b): contract-annotation-changed?"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_service(old: str, new: str, expected: list[str]) -> None:
    both = sides(*(f"import ballerina/http; service /x on l {{ {members} }}" for members in (old, new)))
    before, after = (declared(one, "service /x", Service) for one in (both.old, both.new))
    assert rules(service_differences(place("service", "service /x"), both, before, after)) == expected


def test_a_signature_counts_as_called() -> None:
    both = sides(
        "service /x on l { remote function f() { } }", "service /x on l { remote function f(int a) { } }"
    )
    before, after = (declared(one, "service /x", Service) for one in (both.old, both.new))
    (found,) = service_differences(place("service", "service /x"), both, before, after)
    assert found.conditions == frozenset({"sealed"})


def test_a_service_comes_and_goes() -> None:
    both = sides("", "service /x on l { }")
    service, at = declared(both.new, "service /x", Service), place("service", "service /x")
    assert rules(service_differences(at, both, None, service)) == ["service /x: service-added?"]
    assert rules(service_differences(at, both, service, None)) == ["service /x: service-removed?"]


def test_a_service_moves_with_its_methods() -> None:
    method = "resource function get a() { }"
    both = sides(f"service /x on l {{ {method} }}", f"service /y on l {{ {method} }}")
    before, after = declared(both.old, "service /x", Service), declared(both.new, "service /y", Service)
    assert is_moved_service(both, MODULE, before, after)
    assert rules(service_differences(place("service", "service /x"), both, before, after)) == [
        "service /x: service-attach-point-changed?"
    ]


@pytest.mark.parametrize("method", ["", "resource function get b() { }"])
def test_a_service_with_other_methods_is_another_one(method: str) -> None:
    both = sides(f"service /x on l {{ {method} }}", "service /y on l { resource function get a() { } }")
    before, after = declared(both.old, "service /x", Service), declared(both.new, "service /y", Service)
    assert not is_moved_service(both, MODULE, before, after)
