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


@pytest.mark.parametrize("form", ["map<record {{| {} int a; |}}>", "map<object {{ {} int a; }}>"])
def test_what_is_not_known_of_several_inclusions_is_listed_by_name(form: str) -> None:
    # In the order of a set, the sentence would depend on the seed of the process.
    names = [f"other:T{at}" for at in range(8)]
    inclusions = " ".join(f"*{name};" for name in reversed(names))
    old = f"{_IMPORT} public function f({form.format(inclusions)} p) {{ }}"
    outlines = Outlines()
    before, after = (Surface(package(one), outlines) for one in (old, old.replace(" int a;", " string b;")))
    (found,) = compare(before, after)
    assert found.undecided is not None
    assert ", ".join(f"acme/{name}" for name in names) in found.undecided
