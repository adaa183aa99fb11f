"""Where a difference stands: the file and line of the changed text itself."""

from __future__ import annotations

import pytest
from support.sources import differences

# What stands in b.bal, five lines down, before and after; a.bal includes it in a public type.
INCLUDED = {
    "field": (
        "public type A record {| *P; |};",
        "type P record {| int p?; |};",
        "type P record {| string p?; |};",
    ),
    "field that comes": (
        "public type A record {| *P; |};",
        "type P record {| |};",
        "type P record {| int p?; |};",
    ),
    "field of an object": (
        "public type A object { *P; };",
        "type P object { public int p; };",
        "type P object { public string p; };",
    ),
    "method": (
        "public type A object { *P; };",
        "type P object { public function p(int a); };",
        "type P object { public function p(string a); };",
    ),
    "method that goes": (
        "public type A object { *P; };",
        "type P object { public function p(); };",
        "type P object { };",
    ),
}


@pytest.mark.parametrize(("including", "old", "new"), INCLUDED.values(), ids=INCLUDED)
def test_an_included_member_stands_in_the_file_that_declares_it(including: str, old: str, new: str) -> None:
    before, after = ({"a.bal": including, "b.bal": "\n" * 4 + one} for one in (old, new))
    (found,) = differences(before, after)
    assert {(one.file, one.line) for one in (found.old, found.new) if one is not None} == {("b.bal", 5)}


def test_a_renamed_declaration_shows_both_places() -> None:
    old, new = {"a.bal": "public const A = 1;"}, {"b.bal": "\npublic const B = 1;"}
    (found,) = differences(old, new)
    assert found.rule == "constant-renamed"
    assert [(one.file, one.line) for one in (found.old, found.new) if one is not None] == [
        ("a.bal", 1),
        ("b.bal", 2),
    ]
