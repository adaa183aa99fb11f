"""What types of packages that were not read, and private ones, leave to compare."""

from __future__ import annotations

import pytest
from support.packages import package
from support.two_versions import rules

from semverdiff.api import Outlines, Surface
from semverdiff.compare import compare

_IMPORT = "import acme/other; "
CASES = {
    "a readonly record that a private one makes": (
        "type P record {| int a; |}; public type R readonly & P;",
        "type P record {| string a; |}; public type R readonly & P;",
        ["R.a: record-field-type-changed"],
    ),
    "a readonly record of another package": (
        f"{_IMPORT} public type R readonly & other:P;",
        f"{_IMPORT} public type R readonly & other:Q;",
        ["R: type-changed?"],
    ),
    "another supertype of an error": (
        f"{_IMPORT} public type E error<other:D> & other:F;",
        f"{_IMPORT} public type E error<other:D> & other:G;",
        ["E: error-supertype-changed?"],
    ),
    "an included record that stays": (
        f"{_IMPORT} public function f(*other:R r) {{ }}",
        f"{_IMPORT} public function f(int a, *other:R r) {{ }}",
        ["f(a): function-parameter-required-added"],
    ),
    "a new name for a record of the same types": (
        f"{_IMPORT} public type A record {{| other:T a; |}};",
        f"{_IMPORT} public type B record {{| other:T a; |}};",
        ["A: type-renamed"],
    ),
    "a record of other types": (
        f"{_IMPORT} public type A record {{| other:T a; |}};",
        f"{_IMPORT} public type B record {{| other:U a; |}};",
        ["A: type-removed", "B: type-added"],
    ),
    "a type that is inferred no more": (
        "public function f(typedesc<int> t = <>) returns t = external;",
        "public function f(typedesc<int> t) returns t = external;",
        ["f(t): function-parameter-default-removed"],
    ),
}


@pytest.mark.parametrize(("old", "new", "found"), CASES.values(), ids=CASES)
def test_what_is_known_of_types_that_are_not_read_is_compared(old: str, new: str, found: list[str]) -> None:
    outlines = Outlines()
    before, after = (Surface(package(one), outlines) for one in (old, new))
    assert rules(compare(before, after)) == found
