"""Packages that are not read for dependents: what is declared in them is known of neither version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from impact.dependents import dependent, reach_of
from support.worlds import built, connected, shelf

from semverdiff.compare import compare
from semverdiff.config import Policies
from semverdiff.rules import evaluate
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

_IMPORT = "import acme/base; "


def _told(old: str, new: str, base: str, client: str) -> Iterable[str]:
    """Return rules and what becomes of the uses, where the comparison had read acme/base."""
    before = built(_IMPORT + old, "shop", "1.0.0", base="1.0.0")
    after = built(_IMPORT + new, "shop", "2.0.0", base="1.0.0")
    surfaces = connected(before, after, shelf([built(base, "base", "1.0.0")]))
    found = evaluate(compare(*surfaces), Policies(), strict=False)
    breaking = [one for one in found if one.level is Level.MAJOR]
    reach = reach_of(breaking, before, after, dependent(f"import acme/shop;\n{client}"))
    for one in reach.findings:
        for meeting in one.meetings:
            for place in meeting.places:
                yield f"{one.finding.rule} {place.line}: {place.verdict}: {place.reason}"


_METHODS = "public function a(int x); public function b(int x); public function c() returns int;"
_OTHERS = "public function a(int x, int y); public function b(string x); public function c() returns string;"
_LIKE_IT = "a record whose type is not known, with fields that this one has"
CASES = {
    "methods that an included type declares now": (
        f"public type Plug object {{ {_METHODS} }};",
        "public type Plug object { *base:Thing; };",
        f"public type Thing object {{ {_OTHERS} }};",
        "function f(shop:Plug p) {\n p.a(1);\n p.b(1);\n int i = p.c();\n}",
        [
            "method-parameter-required-added 3: could not tell: the signature is not known",
            "method-parameter-type-changed 4: could not tell: the signature is not known",
            "method-return-type-changed 5: could not tell: the signature is not known",
        ],
    ),
    "a field that an included record declares now": (
        "public type Order record {| int id; |};",
        "public type Order record {| *base:Thing; |};",
        "public type Thing record {| string id; |};",
        "function f(shop:Order p) {\n int i = p.id;\n p.id = 1;\n shop:Order q = {id: 1};\n}",
        [
            f"record-field-type-changed {line}: could not tell: the type of 'id' is not known"
            for line in (3, 4, 5)
        ],
    ),
    "a field that an included object type declares now": (
        "public type Plug object { public int total; };",
        "public type Plug object { *base:Thing; };",
        "public type Thing object { public int|string total; };",
        "function f(shop:Plug p) {\n int n = p.total;\n}",
        ["object-field-type-widened 3: could not tell: the type of 'total' is not known"],
    ),
    "a record that is closed now, and may have the field by inclusion": (
        "public type Order record { int id; };",
        "public type Order record {| int id; *base:Thing; |};",
        "public type Thing record {| string note?; |};",
        'function f() {\n var q = <shop:Order>{id: 1, "note": ""};\n}',
        [
            "record-closed 3: could not tell: it names the type in a cast",
            "record-closed 3: could not tell: the new fields are not known",
        ],
    ),
    "a record that may have had the field by inclusion, and one that is not known": (
        "public type Order record { int id; *base:Thing; };",
        "public type Order record {| int id; *base:Thing; |};",
        "public type Thing record {| string note?; |};",
        'import acme/bank;\nfunction f() {\n bank:Order q = {id: 1, note: ""};\n}',
        [f"record-closed 4: could not tell: {_LIKE_IT}"],
    ),
}


@pytest.mark.parametrize(("old", "new", "base", "client", "told"), CASES.values(), ids=CASES)
def test_what_a_package_that_is_not_read_declares_is_not_known(
    old: str, new: str, base: str, client: str, told: list[str]
) -> None:
    assert sorted(_told(old, new, base, client)) == told
