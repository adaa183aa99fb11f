"""Suppressions to be written: the entries of Semver.toml that accept what somebody has pointed at.

An entry is never wider than what was pointed at: without a pattern it names one finding, so that a later
change at the same place is a new finding, and a pull request may bring the entry along.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.config import SuppressionEntry, matches
from semverdiff.errors import UsageError
from semverdiff.pipeline.runs import check_on_grounds
from semverdiff.reports import causes_of
from semverdiff.text import nearest, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from semverdiff.config import Settings
    from semverdiff.pipeline.front_end import FrontEnd
    from semverdiff.reports import Report
    from semverdiff.rules import Finding
    from semverdiff.versions import Ordered

__all__ = ["ByCause", "ByFingerprint", "ByName", "Suppressions", "Target", "suppressions_for"]


class ByFingerprint(msgspec.Struct, frozen=True):
    """The finding that reports show with a fingerprint."""

    fingerprint: str


class ByName(msgspec.Struct, frozen=True):
    """What a rule found about a symbol: one finding, or one in each of several modules.

    `*` stands for any text in both; the entry then has them as they are written here.
    """

    rule: str
    symbol: str


class ByCause(msgspec.Struct, frozen=True):
    """All findings of a cause: by its title in a report, or by the fingerprint of one of them."""

    cause: str


Target = ByFingerprint | ByName | ByCause


class Suppressions(msgspec.Struct, frozen=True):
    """The entries to add to the Semver.toml of a directory, and the findings that they suppress.

    `renewed` are entries that are there and act no longer, each with its number in the file: as they are to
    be. `known` are findings that were pointed at and that an entry suppresses already.
    """

    directory: Path
    entries: tuple[SuppressionEntry, ...]
    renewed: tuple[tuple[int, SuppressionEntry], ...]
    findings: tuple[Finding, ...]
    known: tuple[Finding, ...]


def suppressions_for(  # noqa: PLR0913, PLR0917 (what is typed, and where)
    front_end: FrontEnd,
    settings: Settings,
    target: Target,
    reason: str,
    until: date | Ordered | None,
    today: date,
) -> Suppressions:
    """Check the package of the settings, and return the entries that suppress what is pointed at.

    Raises:
        UsageError: nothing is there to be suppressed so; the message has what comes nearest.
        SemverdiffError: the check could not complete.

    """
    directory = front_end.settings_directory(settings.path)
    if directory is None:
        raise UsageError("an archive has no Semver.toml: name the directory of a package")
    # The file that is written judges, whatever it was at a base; and nobody looks at clients.
    asked = replace(settings, typed=None, merge_base=None, formats=("bal",))
    report, _ = check_on_grounds(front_end, front_end.read_candidate(settings.path), asked)
    _require_acting(until, report, today)
    if not reason.strip():
        raise UsageError("a suppression needs a reason: say why the finding does not count")
    found = _pointed_at(target, report)
    wanted = tuple(one for one in found if one.suppressed is None)
    entries = tuple(
        replace(one, reason=reason.strip(), until=until)
        for one in _entries(target, wanted, is_alone=len(found) == 1, is_shared=settings.is_shared)
    )
    ended = {_names(one): number for number, one in enumerate(settings.suppressions)}
    added = tuple(one for one in entries if _names(one) not in ended)
    renewed = {
        ended[_names(one)]: replace(settings.suppressions[ended[_names(one)]], reason=one.reason, until=until)
        for one in entries
        if _names(one) in ended
    }
    known = tuple(one for one in found if one.suppressed is not None)
    return Suppressions(directory, added, tuple(renewed.items()), wanted, known)


def _require_acting(until: date | Ordered | None, report: Report, today: date) -> None:
    """Raise `UsageError` for an end that has passed before the entry is written."""
    candidate, scheme = report.candidate, report.ecosystem.scheme
    match until:
        case None:
            return
        case date() as last_day:
            if last_day < today:
                raise UsageError(f"{until} has passed: the entry would act no longer")
        case first_without if candidate is not None:
            if not scheme.release(scheme.parse(candidate.version)) < first_without:
                raise UsageError(
                    f"until {until} it would not act for {candidate.version}: the version is the first "
                    "without it"
                )


def _names(entry: SuppressionEntry) -> tuple[str | None, ...]:
    """Return what an entry is about; a fingerprint says all of it."""
    if entry.fingerprint is not None:
        return (entry.fingerprint,)
    return entry.rule, entry.symbol, entry.module


def _pointed_at(target: Target, report: Report) -> tuple[Finding, ...]:
    """Return the findings that are meant. Raise `UsageError` where there are none, with the nearest."""
    findings = report.findings
    if not findings:
        raise UsageError(f"there is nothing to suppress: {report.summary}")
    match target:
        case ByFingerprint(fingerprint):
            found = tuple(one for one in findings if one.fingerprint == fingerprint)
        case ByName(rule, symbol):
            found = tuple(one for one in findings if matches(rule, one.rule) and matches(symbol, one.symbol))
        case ByCause(cause):
            found = _of_cause(cause, findings)
    if not found:
        raise UsageError(f"{_problem(target, report)}; `semver check -v` lists all {len(findings)}")
    return found


def _problem(target: Target, report: Report) -> str:
    """Return what is wrong with what was pointed at, and what comes nearest."""
    findings = report.findings
    rule_ids = [one.id for one in report.ecosystem.catalogue.all_rules()]
    match target:
        case ByFingerprint(fingerprint):
            meant = suggest(fingerprint, [one.fingerprint for one in findings])
            return f"no finding has the fingerprint '{fingerprint}'{meant}"
        case ByCause(cause):
            meant = suggest(cause, [one.title for one in causes_of(findings)])
            return f"no finding that counts has the cause '{cause}'{meant}"
        case ByName(rule, _) if not any(matches(rule, one) for one in rule_ids):
            meant = suggest(rule.replace("*", ""), rule_ids)
            return f"there is no rule '{rule}'{meant}"
        case ByName(rule, symbol):
            close = nearest(f"{rule} {symbol}", [f"{one.rule} {one.symbol}" for one in findings])
            meant = f" (did you mean {close[0]}?)" if close else ""
            return f"the rule '{rule}' found nothing about '{symbol}'{meant}"


def _of_cause(cause: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    for one in causes_of(findings):
        members = tuple(findings[index] for index in one.members)
        if cause == one.title or any(finding.fingerprint == cause for finding in members):
            return members
    return ()


def _entries(
    target: Target, wanted: Sequence[Finding], *, is_alone: bool, is_shared: bool
) -> tuple[SuppressionEntry, ...]:
    """Return an entry for each finding: by its names where those were given and mean it alone.

    A pattern stays one: whoever writes it means what comes later as well. In the file of a workspace an entry
    says which module it is about: it would be one without a finding for all other packages.
    """
    if isinstance(target, ByName) and "*" in target.rule + target.symbol:
        return (SuppressionEntry(rule=target.rule, symbol=target.symbol, reason=""),) if wanted else ()
    is_named = isinstance(target, ByName) and is_alone
    return tuple(
        SuppressionEntry(
            rule=one.rule,
            symbol=one.symbol,
            module=one.module if is_shared else None,
            fingerprint=None if is_named else one.fingerprint,
            reason="",
        )
        for one in wanted
    )
