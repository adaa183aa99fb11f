"""Both versions of an example are packages that the language allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.validity import mistakes

from semverdiff.rules import all_rules
from semverdiff.rules.examples import CODE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.rules import Rule

RULES = {rule.id: rule for rule in all_rules()}


def sources(rule: Rule, side: Mapping[str, str]) -> dict[str, str]:
    """Return the sources of one version of an example, with what it only mentions."""
    files = {path: text for path, text in side.items() if path.endswith(".bal")}
    return {**files, CODE: f"{side.get(CODE, '')}\n{rule.example.around}"}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_both_versions_of_an_example_are_valid(rule: Rule) -> None:
    for side in (rule.example.before, rule.example.after):
        assert mistakes(sources(rule, side), side.get("Ballerina.toml")) == []


INVALID = {
    "what does not parse": ("public type A record {", "lib.bal: "),
    "a name that is not declared": ("public type A B[];", "A: B is not declared"),
    "a final field of an object type": (
        "public type A object { public final int a; };",
        "A: SPEC, Object types: field a must not be final",
    ),
    "a field of a class without a value": (
        "public class A { public int a; }",
        "A: SPEC, Fields: a has no value, and there is no init",
    ),
    "an included field without a value": (
        "public class A { *B; } type B object { public int a; };",
        "A: SPEC, Fields: a has no value, and there is no init",
    ),
    "an included method that is not defined": (
        "public class A { *B; } type B object { public function m(); };",
        "A: SPEC, Class definition: m is included and not defined",
    ),
    "a client type in a class that is none": (
        "public class A { *B; } type B client object { };",
        "A: SPEC, Inclusion and type-ids: client of B is missing",
    ),
    "a readonly class that is included": (
        "type A object { *B; }; readonly class B { }",
        "A: SPEC, Inclusion and type-ids: B cannot be included",
    ),
    "a remote method of no client": (
        "public class A { remote function m() { } }",
        "A: SPEC, Remote methods, Resources: m is of no client or service",
    ),
    "a required parameter behind a default": (
        "function f(int a = 1, int b) { }",
        "f: SPEC, Functions: the parameters are not in the order of their kinds",
    ),
    "an included parameter that is no record": (
        "function f(*A a) { } type A int;",
        "f: the included a is no record",
    ),
    "a default of another type": ('function f(int a = "") { }', 'f: "" is no int'),
    "a value of another type": ("public class A { public string a = 0; }", "A: 0 is no string"),
    "a default of an optional field": ("type A record { int a? = 1; };", "lib.bal: "),
    "a public variable without a type": (
        "public var a = 1;",
        "a: SPEC, Module variable declaration: a public one must not use var",
    ),
    "two fields of a name": ("type A record {| int a; int a; |};", "A: a is there twice"),
}


@pytest.mark.parametrize(("text", "mistake"), INVALID.values(), ids=INVALID)
def test_what_the_specification_does_not_allow_is_noticed(text: str, mistake: str) -> None:
    assert [one.startswith(mistake) for one in mistakes({CODE: text})] == [True]
