"""What is said to break: only what a finding is sure of, and only as far as values are followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from impact.dependents import dependent, findings_between, reach_of
from msgspec.structs import replace
from support.packages import package

from semverdiff import limits
from semverdiff.rules import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.impact import Reach

OLD = 'public type Order record {| int id; string note = ""; |};'
NEW = "public type Order record {| int id; |};"
READS = "import acme/shop;\nfunction f(shop:Order o) {\n    string s = o.note;\n}\n"
_GONE = "'Order.note' is no longer there under this name"


def _told(reach: Reach) -> Iterator[str]:
    for finding in reach.findings:
        for meeting in finding.meetings:
            yield from (f"{place.verdict}: {place.reason}" for place in meeting.places)


def test_nothing_breaks_for_certain_by_a_change_that_was_not_decided() -> None:
    old, new = package(OLD), package(NEW)
    (finding,) = findings_between(old, new)
    undecided = replace(finding, certainty=Certainty.UNDECIDED)
    assert list(_told(reach_of([undecided], old, new, dependent(READS)))) == [
        f"could not tell: {_GONE}, if anything changed: that was not decided"
    ]


def test_of_a_finding_without_a_rule_no_source_tells_whom_it_concerns() -> None:
    old, new = package(OLD), package(NEW)
    (finding,) = findings_between(old, new)
    (found,) = reach_of([replace(finding, rule="unheard-of")], old, new, dependent(READS)).findings
    assert (found.is_told, found.meetings) == (False, ())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("shop:A|shop:B|shop:Cart c", "c"),
        ("boolean b, shop:A|shop:B one, shop:C|shop:Cart two", "(b ? one : two)"),
    ],
    ids=["a union", "a conditional expression"],
)
def test_what_a_value_is_beyond_the_first_types_is_not_known(
    given: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    types = "public class A { } public class B { } public class C { } "
    old = package(types + "public class Cart { public function clear() { } }")
    new = package(types + "public class Cart { }")
    client = dependent(f"import acme/shop;\nfunction f({given}) {{\n    {said}.clear();\n}}\n")
    findings = findings_between(old, new)
    assert [one.partition(":")[0] for one in _told(reach_of(findings, old, new, client))] == ["breaks"]
    monkeypatch.setattr(limits, "USED_ALTERNATIVES", 3)
    assert list(_told(reach_of(findings, old, new, client))) == [
        "could not tell: 'clear' of a value whose type is not known"
    ]


def test_members_of_an_object_that_is_too_long_to_be_read_are_not_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = package("public type Plug object { };")
    new = package("public type Plug object { public function stop(); };")
    client = dependent("import acme/shop;\nvar a = object shop:Plug {\n    public function stop() { }\n};\n")
    findings = findings_between(old, new)
    fits = "its own 'stop' fits the type as it is now"
    assert list(_told(reach_of(findings, old, new, client))) == [f"survives: {fits}"]
    monkeypatch.setattr(limits, "USED_TYPE_BYTES", 10)
    assert list(_told(reach_of(findings, old, new, client))) == [
        f"could not tell: whether {fits} is not known"
    ]


HOLDS = """import acme/shop;
import acme/bank;
function f(shop:Order[] all) {
    bank:put(all);
    bank:put(all);
    record {| int id; string note; |}[] own = all;
}
"""


@pytest.mark.parametrize(
    ("values", "breaks"), [(3, ["breaks"]), (2, [])], ids=["all are judged", "the rest is not followed"]
)
def test_of_many_values_that_are_handed_on_so_many_places_are_told(
    values: int, breaks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = package(OLD), package(NEW)
    monkeypatch.setattr(limits, "HELD_PLACES", 1)
    monkeypatch.setattr(limits, "HELD_VALUES", values)
    found = list(_told(reach_of(findings_between(old, new), old, new, dependent(HOLDS))))
    assert sorted(one.partition(":")[0] for one in found) == [*breaks, "could not tell"]
