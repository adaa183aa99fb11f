"""Functions of a module: as a whole, their words and their bodies."""

from __future__ import annotations

import pytest
from support.sources import differences, facts

CASES = {
    "the same": ("public function f() {}", "public function f() {}", []),
    "added": ("", "public function f() {}", ["f: function-added"]),
    "removed": ("public function f() {}", "", ["f: function-removed"]),
    "hidden": ("public function f() {}", "function f() {}", ["f: function-visibility-reduced"]),
    "made public": ("function f() {}", "public function f() {}", ["f: function-added"]),
    "renamed": ("public function f(int a) {}", "public function g(int a) {}", ["f: function-renamed"]),
    "another signature is no rename": (
        "public function f(int a) {}",
        "public function g(string a) {}",
        ["f: function-removed", "g: function-added"],
    ),
    "two candidates are no rename": (
        "public function f() {}",
        "public function g() {} public function h() {}",
        ["f: function-removed", "g: function-added", "h: function-added"],
    ),
    "isolated": ("public function f() {}", "public isolated function f() {}", ["f: function-isolated-added"]),
    "not isolated": (
        "public isolated function f() {}",
        "public function f() {}",
        ["f: function-isolated-removed"],
    ),
    "transactional": (
        "public function f() {}",
        "public transactional function f() {}",
        ["f: function-transactional-added"],
    ),
    "not transactional": (
        "public transactional function f() {}",
        "public function f() {}",
        ["f: function-transactional-removed"],
    ),
    "order of the words": (
        "public isolated transactional function f() {}",
        "public transactional isolated function f() {}",
        [],
    ),
    "body": ("public function f() {}", "public function f() { g(); }", ["f: function-body-changed"]),
    "layout of a body": ("public function f() {g();}", "public function f() {\n\tg(); // why\n}", []),
    "body in another form": (
        "public function f() returns int => 1;",
        "public function f() returns int { return 1; }",
        ["f: function-body-changed"],
    ),
    "body, beside a constant with an escape in its name": (
        r"const A\-B = 1; public function f(int a = A\-B) {}",
        r"const A\-B = 2; public function f(int a = A\-B) { g(); }",
        ["f(a): function-parameter-default-value-changed", "f: function-body-changed"],
    ),
    "external": (
        'public function f() = @j:M {name: "a"} external;',
        'public function f() = @j:M {name: "b"} external;',
        ["(package): package-native-binding-changed", "f: function-body-changed"],
    ),
    "private": ("function f(int a) {}", "function f(string a) {}", []),
    "init of the module": ("function init() {}", "function init() { g(); }", ["init: module-init-changed"]),
    "init that a module gets": ("", "function init() {}", ["init: module-init-changed"]),
    "init that a module loses": ("function init() {}", "", ["init: module-init-changed"]),
    "several facts": (
        "public isolated function f(int a) returns int { return 1; }",
        "public function f(string a) returns error? {}",
        [
            "f(a): function-parameter-type-changed",
            "f: function-body-changed",
            "f: function-isolated-removed",
            "f: function-return-type-changed",
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_function(old: str, new: str, expected: list[str]) -> None:
    assert facts(old, new) == expected


def test_the_init_of_a_module_that_clients_cannot_import_is_not_theirs() -> None:
    old, new = ({"lib.bal": "", "modules/m/a.bal": f"function init() {{ {body} }}"} for body in ("", "g();"))
    assert facts(old, new) == []


def test_a_difference_tells_both_forms_and_where_they_stand() -> None:
    old = "// first\npublic function f(string ä,\n    int b) {}"
    (found,) = differences({"a.bal": old}, {"b.bal": f"\n{old}".replace("int", "float")})
    assert (found.rule, found.symbol, found.module) == ("function-parameter-type-changed", "f(b)", "shop")
    assert found.old is not None
    assert found.new is not None
    assert (found.old.text, found.old.file, found.old.line, found.old.column) == ("int", "a.bal", 3, 9)
    assert (found.new.text, found.new.file, found.new.line, found.new.column) == ("float", "b.bal", 4, 11)
    assert [(one.kind, one.name) for one in found.trail] == [("function", "f"), ("parameter", "b")]
