"""Which modules of other packages clients meet in the API."""

from __future__ import annotations

import pytest
from support.sources import surface

from semverdiff.api import exposed_modules

IMPORTS = "import ballerina/http; import ballerina / log as l; import other/x.y as z;"
EXPOSED = {
    "parameter": ("public function f(http:Request r) {}", {"ballerina/http"}),
    "result": ("public function f() returns l:Level? {}", {"ballerina/log"}),
    "in a list of a union": ("public type T (z:A|int)[];", {"other/x.y"}),
    "field": ("public type R record { http:Request r; };", {"ballerina/http"}),
    "through a private type": ("type P record { l:Level a; }; public type R P[];", {"ballerina/log"}),
    "through itself": ("public type R record { R? r; l:Level a; };", {"ballerina/log"}),
    "inclusion in a class": ("public class C { *http:Service; }", {"ballerina/http"}),
    "method": ("public class C { public function m(http:Request r) {} }", {"ballerina/http"}),
    "annotation": ("public annotation http:Config C on type;", {"ballerina/http"}),
    "error": ("public type E distinct http:Error;", {"ballerina/http"}),
    # what clients do not meet
    "import only": ("", set()),
    "body": ("public function f() { http:Request r = new; }", set()),
    "private function": ("function f(http:Request r) {}", set()),
    "private field": ("public class C { private http:Client c = new; }", set()),
    "private method": ("public class C { function m(http:Request r) {} }", set()),
    "default value": ("public function f(int a = http:STATUS_OK) {}", set()),
}


@pytest.mark.parametrize(("source", "expected"), EXPOSED.values(), ids=EXPOSED)
def test_exposed_modules(source: str, expected: set[str]) -> None:
    assert exposed_modules(surface(f"{IMPORTS}\n{source}")) == expected


def test_a_module_that_is_not_exported_shows_nothing_by_itself() -> None:
    files = {
        "lib.bal": "public function f() {}",
        "modules/inner/a.bal": "import ballerina/http; public type T http:Request;",
    }
    assert exposed_modules(surface(files)) == set()
