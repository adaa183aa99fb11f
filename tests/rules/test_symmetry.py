"""What can be added can be removed: a rule without its mirror image is forgotten, or has a reason here."""

from __future__ import annotations

import pytest

from semverdiff.rules import all_rules

PAIRS = [
    ("added", "removed"),
    ("required-added", "removed"),
    ("defaultable-added", "removed"),
    ("optional-added", "removed"),
    ("included-added", "removed"),
    ("widened", "narrowed"),
    ("raised", "lowered"),
    ("lost", "gained"),
    ("made-optional", "made-required"),
    ("made-private", "made-public"),
    ("collapsed", "expanded"),
    ("generalised", "specialised"),
    ("parameter-to-rest", "rest-to-parameter"),
    ("client-to-service", "service-to-client"),
    ("opened", "closed"),
    ("opened", "sealed"),
]

_MUTABLE = "More values in a mutable part are an ordinary widening: reading decides."
_ACCOMPANIES = "Accompanies the finding that caused it; what fits a builtin type anew breaks nobody."

WAIVED = {
    "configurable-made-public": "The other way round is configurable-visibility-reduced.",
    "callback-parameter-mutable-member-narrowed": _MUTABLE,
    "class-init-not-isolated-added": "class-init-removed: a missing init is isolated.",
    "function-return-mutable-member-narrowed": _MUTABLE,
    "method-return-mutable-member-narrowed": _MUTABLE,
    "package-dependency-minimum-raised": "A lower minimum still admits what clients resolve: no finding.",
    "package-distribution-patch-raised": "package-distribution-lowered covers every lower distribution.",
    "record-field-against-rest-type-added": "record-field-removed covers every field.",
    "remote-method-return-mutable-member-narrowed": _MUTABLE,
    "resource-return-mutable-member-narrowed": _MUTABLE,
    "type-anydata-lost": _ACCOMPANIES,
    "type-json-lost": _ACCOMPANIES,
    "type-mutable-member-narrowed": _MUTABLE,
    "type-readonly-added": "The other way round is type-readonly-lost.",
    "type-readonly-lost": _ACCOMPANIES,
    "variable-mutable-member-narrowed": _MUTABLE,
}


def mirrors(rule_id: str) -> set[str]:
    both_ways = [*PAIRS, *((right, left) for left, right in PAIRS)]
    return {rule_id.removesuffix(word) + other for word, other in both_ways if rule_id.endswith(f"-{word}")}


def lonely() -> set[str]:
    known = {entry.id for entry in all_rules()}
    return {rule_id for rule_id in known if mirrors(rule_id) and not mirrors(rule_id) & known}


def test_every_rule_has_its_mirror_image_or_a_reason() -> None:
    assert sorted(lonely() - set(WAIVED)) == []


def test_no_waiver_is_stale() -> None:
    assert sorted(set(WAIVED) - lonely()) == []


@pytest.mark.parametrize("rule_id", WAIVED)
def test_every_waiver_has_a_reason(rule_id: str) -> None:
    assert WAIVED[rule_id].endswith(".")
