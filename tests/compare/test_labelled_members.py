"""The labelled cases about classes, object types, enums, values, annotations and services."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

import pytest
from support.sources import differences

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


FILES = (
    "annotation",
    "builtin-class",
    "class",
    "client",
    "configurable",
    "constant",
    "enum",
    "object-type",
    "service",
    "variable",
)
# Labelled as two findings, of which the contract allows to make one: a certain rename.
RENAMED = {
    "annotation/renamed",
    "client/resource-accessor-changed",
    "client/resource-path-renamed",
    "configurable/renamed",
    "constant/renamed",
    "enum/member-renamed-value-kept",
}
# The label leaves out that the snippet gets a constant.
NOT_LABELLED = {"annotation/removed"}


class _Change(TypedDict):
    symbol: str
    kind: str
    level: str


class _Expected(TypedDict):
    changes: list[_Change]


class _Case(TypedDict, total=False):
    id: str
    old: dict[str, str]
    new: dict[str, str]
    needs: list[str]
    expected: _Expected


class _Level(TypedDict):
    level: str


class _Rule(TypedDict):
    id: str
    subject: str
    fact: str
    levels: list[_Level]


@pytest.fixture(scope="module")
def rules(shared: Path) -> Mapping[str, _Rule]:
    entries: list[_Rule] = json.loads((shared / "reference" / "rules.json").read_text())
    return {entry["id"]: entry for entry in entries}


@pytest.fixture(scope="module", params=FILES)
def cases(request: pytest.FixtureRequest, shared: Path) -> list[_Case]:
    found: list[_Case] = json.loads((shared / "cases" / "compat" / f"{request.param}.json").read_text())
    return found


@pytest.mark.slow
def test_every_difference_has_a_rule(cases: list[_Case], rules: Mapping[str, _Rule]) -> None:
    for case in cases:
        for old, new in ((case["old"], case["new"]), (case["new"], case["old"])):
            for found in differences(old, new):
                entry = rules[found.rule]
                assert (entry["subject"], entry["fact"]) == (found.subject, found.fact), case["id"]


def test_nothing_differs_from_itself(cases: list[_Case]) -> None:
    for case in cases:
        assert not differences(case["old"], dict(case["old"])), case["id"]


def test_changes_that_need_no_subtype_decision_are_as_labelled(
    cases: list[_Case], rules: Mapping[str, _Rule]
) -> None:
    for case in cases:
        if "types" in case.get("needs", ()) or case["id"] in RENAMED | NOT_LABELLED:
            continue
        found = {(one.symbol, one.rule) for one in differences(case["old"], case["new"])}
        labelled = {(one["symbol"], one["kind"]) for one in case["expected"]["changes"]}
        assert labelled <= found, case["id"]
        # The labels of patches need not be complete.
        assert {rule for _, rule in found - labelled if not _is_patch(rules[rule])} == set(), case["id"]


def _is_patch(rule: _Rule) -> bool:
    return {row["level"] for row in rule["levels"]} == {"patch"}
