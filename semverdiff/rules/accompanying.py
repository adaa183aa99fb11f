"""All differences of a comparison to findings: a loss that a breaking change brings along is no finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.judging import judge
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.compare import Difference
    from semverdiff.config.policies import Policies
    from semverdiff.rules.model import Finding

__all__ = ["judge_all"]

_ACCOMPANYING = frozenset({"type-anydata-lost", "type-json-lost", "type-readonly-lost"})


def judge_all(differences: Iterable[Difference], policies: Policies, *, strict: bool) -> tuple[Finding, ...]:
    """Return the findings of all differences, in their order.

    Clients of a type that breaks them anyway need not be told that it is no longer json, too.
    """
    judged = [(one, judge(one, policies, strict=strict)) for one in differences]
    breaking = {
        (finding.module, finding.trail[0].name)
        for _, finding in judged
        if finding.level is Level.MAJOR and finding.rule not in _ACCOMPANYING and finding.trail
    }
    return tuple(finding for one, finding in judged if not _goes_along(one, breaking))


def _goes_along(difference: Difference, breaking: set[tuple[str, str]]) -> bool:
    cause = dict(difference.details).get("cause")
    return difference.rule in _ACCOMPANYING and (difference.module, cause) in breaking
