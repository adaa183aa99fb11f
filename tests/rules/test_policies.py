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
    policy = POLICIES[name]
    obeying = [one for one in all_rules() if name in policies_of(one)]
    links = ", ".join(f"[{one.id}]({one.subject}.md#{one.id})" for one in obeying)
    table = [f"| `{value}` | {policy.wanted_by[value]} |" for value in choices()[name]]
    # What no rule has in its conditions needs a sentence about what it does instead.
    beyond = [f"Rules that obey it: {links}."] if obeying else [policy.beyond_rules]
    paragraphs = part.strip().split("\n\n")
    assert paragraphs[0] == policy.decides
    assert paragraphs[1].splitlines()[2:] == table
    assert paragraphs[2:] in ([policy.beyond_rules, *beyond], beyond)
    assert all(paragraphs)


def test_the_policies_of_a_rule_are_those_of_its_conditions() -> None:
    entry = rule("record-field-required-added")
    assert entry is not None
    assert policies_of(entry) == ["construct-output-records"]
