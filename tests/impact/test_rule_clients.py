"""The client that a rule shows breaks: whoever looks for breaks must never say that it survives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from impact.dependents import dependent, reach_of
from support.packages import manifest, package

from semverdiff import clients
from semverdiff.api import Surface
from semverdiff.compare import compare
from semverdiff.config import Policies
from semverdiff.impact import Concern
from semverdiff.rules import all_rules, evaluate
from semverdiff.rules.examples import CODE
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.packages import Package
    from semverdiff.rules import Rule

_MANIFEST = manifest("1.0.0")
_RULES = {rule.id: rule for rule in all_rules()}
# So many clients of the catalogue are told for certain; a change that tells fewer has to say so here.
_LEAST_CERTAIN = 220


def _package(files: Mapping[str, str], around: str) -> Package:
    return package({**files, CODE: f"{files.get(CODE, '')}\n{around}"}, _MANIFEST)


def _told(rule: Rule) -> Concern | None:
    """Return what the client of a rule's example is to it; None where it has none, or breaks nobody."""
    shown = rule.example
    old, new = (Surface(_package(side, shown.around)) for side in (shown.before, shown.after))
    found = evaluate(compare(old, new), Policies(), strict=True, writer=clients.Writer(old, new))
    own = next((one for one in found if one.rule == rule.id), None)
    if own is None or own.level < Level.MAJOR or own.client_program is None:
        return None
    reach = reach_of([own], old.package, new.package, dependent(own.client_program))
    meetings = reach.findings[0].meetings
    return meetings[0].concern if meetings else Concern.NOT_USED


@pytest.mark.slow
def test_the_client_of_no_rule_survives() -> None:
    told = {rule_id: _told(rule) for rule_id, rule in _RULES.items()}
    wrong = {rule_id: concern for rule_id, concern in told.items() if concern in _HARMLESS}
    assert wrong == {}
    assert sum(concern is Concern.BREAKS for concern in told.values()) >= _LEAST_CERTAIN


_HARMLESS = frozenset({Concern.SURVIVES, Concern.NOT_USED})


@pytest.mark.parametrize(
    "rule_id",
    [
        "class-method-removed",
        "enum-member-added",
        "function-parameter-required-added",
        "record-field-type-widened",
        "class-resource-removed",
    ],
)
def test_the_client_of_a_rule_breaks(rule_id: str) -> None:
    assert _told(_RULES[rule_id]) is Concern.BREAKS
