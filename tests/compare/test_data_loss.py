"""Types that were data and are no longer, and the types that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.sources import differences, facts, surface

from semverdiff import rules
from semverdiff.compare import compare
from semverdiff.compare.context import Context
from semverdiff.compare.data_loss import data_losses
from semverdiff.compare.details import DataLost
from semverdiff.compare.mentions import Mentions
from semverdiff.config import Policies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.compare.mentions import Match

# Fields of `public type R record {| int a; ... |}` that come, and what R is no longer.
COMING = {
    "data": ("string b?;", []),
    "xml": ("xml b?;", ["json-lost"]),
    "an open record": ("record {} b?;", ["json-lost"]),
    "a closed record": ("record {| int c; |} b?;", []),
    "a table": ("table<map<int>> b?;", ["json-lost"]),
    "an error": ("error b?;", ["anydata-lost"]),
    "a function": ("function () b?;", ["anydata-lost"]),
    "an object": ("object {} b?;", ["anydata-lost"]),
    "an enum": ("E b?;", []),
    "a member of an enum": ("A b?;", []),
    "itself": ("R b?;", []),
    "itself in a list": ("R[] b?;", []),
    "a private type of data": ("P b?;", []),
    "a private type that is none": ("Q b?;", ["json-lost"]),
    "a type of another package": ("x:T b?;", []),
    "a type of the language library": ("int:Signed32 b?;", []),
    "xml of the language library": ("xml:Element b?;", ["json-lost"]),
}
OTHERS = "import other/x; public enum E { A } type P map<string>; type Q xml[];"


@pytest.mark.parametrize(("field", "lost"), COMING.values(), ids=COMING)
def test_a_field_that_is_no_data_takes_the_record_along(field: str, lost: list[str]) -> None:
    old, new = (f"{OTHERS} public type R record {{| int a; {more} |}};" for more in ("", field))
    assert facts(old, new) == ["R.b: record-field-optional-added", *(f"R: type-{one}" for one in lost)]


# What holds `public type R record {| int a; |}`, and whether it is data with it.
HOLDERS = {
    "field": ("public type H record {| R r; |};", True),
    "list": ("public type H R[];", True),
    "map": ("public type H map<R>;", True),
    "union": ("public type H R|string;", True),
    "through a private type": ("type I R[]; public type H record {| I i; |};", False),
    "inclusion": ("public type H record {| *R; |};", True),
    "nothing of it": ("public type H record {| string r; |};", False),
    "no data before": ("public type H record {| R r; error e; |};", False),
}


@pytest.mark.parametrize(("holder", "loses"), HOLDERS.values(), ids=HOLDERS)
def test_what_holds_the_type_loses_it_too(holder: str, loses: bool) -> None:  # noqa: FBT001 (data)
    old, new = (f"{holder} public type R record {{| int a; {more} |}};" for more in ("", "xml b?;"))
    assert ("H: type-json-lost" in facts(old, new)) is loses


READONLY = {
    "field": ("readonly int a;", "int a;", ["R.a: record-field-readonly-removed", "R: type-readonly-lost"]),
    "further field": (
        "readonly int a;",
        "readonly int a; int b?;",
        ["R.b: record-field-optional-added", "R: type-readonly-lost"],
    ),
    "mutable before": ("readonly int a; int b;", "int a; int b;", ["R.a: record-field-readonly-removed"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), READONLY.values(), ids=READONLY)
def test_a_record_of_readonly_fields_was_readonly(old: str, new: str, expected: list[str]) -> None:
    assert facts(*(f"public type R record {{| {text} |}};" for text in (old, new))) == expected


def test_a_record_that_says_that_it_is_no_longer_readonly_says_it_once() -> None:
    new = "public type R record {| int a; |};"
    assert facts(new.replace("record", "readonly & record"), new) == ["R: record-readonly-removed"]


def test_an_opened_record_says_it_once() -> None:
    old, new = "public type R record {| int a; |};", "public type R record { int a; };"
    assert facts(old, new) == ["R: record-opened"]


BREAKING = "public type H record {| R r; |}; public function get() returns R => {}; public type R "


def test_a_loss_beside_a_breaking_change_of_the_same_type_is_no_finding() -> None:
    found = differences(f"{BREAKING} record {{| int a; |}};", f"{BREAKING} record {{| xml a; |}};")
    assert {one.rule for one in found} == {"record-field-type-changed", "type-json-lost"}
    judged = rules.evaluate(found, Policies(), strict=False)
    assert [one.rule for one in judged] == ["record-field-type-changed"]


def test_a_loss_that_comes_with_an_addition_is_a_finding_of_its_own() -> None:
    found = differences(f"{BREAKING} record {{| int a; |}};", f"{BREAKING} record {{| int a; xml b?; |}};")
    judged = rules.evaluate(found, Policies(), strict=False)
    assert sorted((one.symbol, one.level.word) for one in judged) == [
        ("H", "major"),
        ("R", "major"),
        ("R.b", "minor"),
    ]


def test_many_records_that_lead_to_each_other_are_looked_into_once() -> None:
    names = [f"R{number}" for number in range(40)]
    fields = " ".join(f"{name}? f{name};" for name in names)
    old = " ".join(f"public type {name} record {{| {fields} |}};" for name in names)
    new = old.replace(fields, f"{fields} xml page?;", 1)
    lost = [one for one in facts(old, new) if one.endswith("type-json-lost")]
    assert lost == sorted(f"{name}: type-json-lost" for name in names)


def test_a_type_that_broken_text_hides_holds_nothing() -> None:
    old = "public type A record {| int a; |}; public type B record {| A a |};"
    assert facts(old, old.replace("int", "xml")) == ["A.a: record-field-type-changed", "A: type-json-lost"]


def test_only_what_lost_something_leads_to_other_types() -> None:
    old, new = (
        surface(f"public type A record {{| {one} a; |}}; public type B record {{| A a; |}};")
        for one in ("int", "string")
    )
    context = Context(old, new)
    asked: list[str] = []

    class Asked(Mentions):
        def of(self, names: Iterable[str]) -> Iterator[Match]:
            asked.extend(names)
            return super().of(names)

    assert list(data_losses(context, Asked(context), compare(old, new))) == []
    assert asked == []


def test_the_cause_of_a_loss_is_the_type_that_lost_and_not_another_one_that_changed() -> None:
    holder = "public type H record {| A a; B b; |};"
    old, new = (
        f"public type A record {{| {one} x; |}}; public type B record {{| {other} x; |}}; {holder}"
        for one, other in (("int", "int"), ("string", "future<int>"))
    )
    losses = {one.symbol: one.detail for one in differences(old, new) if isinstance(one.detail, DataLost)}
    assert losses == {"B": DataLost(("shop", "B")), "H": DataLost(("shop", "B"))}
