"""Every policy has its page: what it decides, who wants which value, which rules obey it."""

from __future__ import annotations

import pytest

from semverdiff.config import choices
from semverdiff.rules import all_rules, rule
from semverdiff.rules.policies import POLICIES, policies_of, policies_page


def test_every_value_of_every_policy_is_explained() -> None:
    explained = {name: tuple(policy.wanted_by) for name, policy in POLICIES.items()}
    assert explained == choices()


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_is_on_the_page_with_the_rules_that_obey_it(name: str) -> None:
    page = policies_page(all_rules())
    _, _, part = page.partition(f"\n## {name}\n")
    part = part.partition("\n## ")[0]
    assert POLICIES[name].decides in part
    assert all(f"| `{value}` | " in part for value in choices()[name])
    obeying = [one.id for one in all_rules() if name in policies_of(one)]
    assert all(f"#{one})" in part for one in obeying)
    # What no rule has in its conditions needs a sentence about what it does instead.
    assert obeying or POLICIES[name].beyond_rules


def test_the_policies_of_a_rule_are_those_of_its_conditions() -> None:
    entry = rule("record-field-required-added")
    assert entry is not None
    assert policies_of(entry) == ["construct-output-records"]
