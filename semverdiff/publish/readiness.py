"""Can a package be published? Each rule is asked, and says where it does not hold or cannot be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import limits
from semverdiff.errors import ArchiveError, SourceError
from semverdiff.publish.answers import Problem, Unknown
from semverdiff.publish.catalogue import publish_rules
from semverdiff.publish.model import PublishFinding, Readiness, Severity, Unchecked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.config import PublishChoice
    from semverdiff.publish.model import PublishRule
    from semverdiff.publish.publication import Publication

__all__ = ["readiness_of"]


def readiness_of(publication: Publication, decided: Mapping[str, PublishChoice] = {}) -> Readiness:
    """Return what the rules find about a package; of one rule no more places than anybody reads.

    `decided` is what rules count as where the project says otherwise than the catalogue.
    """
    findings: list[PublishFinding] = []
    unchecked: dict[tuple[str, str], Unchecked] = {}
    for rule in publish_rules():
        choice = decided.get(rule.id)
        if choice is not None and choice.word == "off":
            continue
        severity = rule.severity if choice is None else Severity(choice.word)
        count = doubts = 0
        for found in _answers(rule, publication):
            if not isinstance(found, Problem):
                if doubts < limits.MISTAKES:  # One is enough for the outcome.
                    doubts += 1
                    unchecked.setdefault((rule.id, found.why), Unchecked(rule.id, severity, found.why))
                continue
            findings.append(
                PublishFinding(
                    rule=rule.id,
                    severity=severity,
                    message=found.message,
                    prints=found.prints or None,
                    remedy=rule.remedy,
                    place=found.place,
                )
            )
            count += 1
            if count == limits.MISTAKES:
                why = f"it does not hold in {limits.MISTAKES} places, and more were not looked for"
                unchecked[rule.id, why] = Unchecked(rule.id, severity, why)
                break
    findings.sort(key=lambda one: not one.is_error)
    return Readiness(tuple(findings), tuple(unchecked.values()))


def _answers(rule: PublishRule, publication: Publication) -> Iterator[Problem | Unknown]:
    """Yield what a rule finds; a file or folder that cannot be read ends it, as not known."""
    try:
        yield from rule.find(publication)
    except (SourceError, ArchiveError) as error:
        yield Unknown(str(error).rstrip("."))
