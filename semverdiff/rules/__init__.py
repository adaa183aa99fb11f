"""What does a difference mean for clients? Differences in, findings out; the catalogue is data.

catalogue/<subject>.py   one entry a fact: title, levels, client code, the example before and after
elements                 what entries are about, and the messages and advice that they share
conditions, levels       what the levels depend on, and the tables that many facts share
evaluation               differences to findings, one finding a cause
overrides                levels of a project's own, rules that are off, suppressions
messages                 what the placeholders of templates stand for (its docstring lists them)
pages, policies          the published pages of rules and policies
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.rules.catalogue import all_rules, rule
    from semverdiff.rules.evaluation import evaluate, finding_of
    from semverdiff.rules.model import Certainty, Finding, Suppression
    from semverdiff.rules.overrides import apply_overrides
    from semverdiff.rules.pages import rule_entry, rule_page
    from semverdiff.rules.schema import Rule

__all__ = [
    "Certainty",
    "Finding",
    "Rule",
    "Suppression",
    "all_rules",
    "apply_overrides",
    "evaluate",
    "finding_of",
    "rule",
    "rule_entry",
    "rule_page",
]

# Loaded when asked for: rules are slow, and reports without findings need none.
_HOMES = {
    "Certainty": "model",
    "Finding": "model",
    "Rule": "schema",
    "Suppression": "model",
    "all_rules": "catalogue",
    "apply_overrides": "overrides",
    "evaluate": "evaluation",
    "finding_of": "evaluation",
    "rule": "catalogue",
    "rule_entry": "pages",
    "rule_page": "pages",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
