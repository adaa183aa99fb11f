"""Differences of a shard to findings: level, certainty and words by the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.config import PolicyValue
from semverdiff.rules.fingerprints import fingerprint_of
from semverdiff.rules.model import Certainty, Finding
from semverdiff.text import escape
from semverdiff.vein import catalogue
from semverdiff.vein.rule import VeinRow, VeinRule
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.config import Policies
    from semverdiff.vein.difference import VeinDifference

__all__ = ["evaluate"]


def evaluate(
    differences: Iterable[VeinDifference], policies: Policies, *, strict: bool, clients: bool
) -> tuple[Finding, ...]:
    """Return a finding for each difference, in their order; with `clients` what breaks is shown in code.

    No rule of Vein tolerates anything, so that `strict` changes no level.
    """
    del strict
    return tuple(_finding(one, policies, clients=clients) for one in differences)


def _finding(difference: VeinDifference, policies: Policies, *, clients: bool) -> Finding:
    rule = catalogue.rule(difference.rule) or _gap(difference)
    row = _row(rule, difference)
    words = _words(difference)
    level, certainty = row.level, rule.certainty
    reasons = [row.reason]
    if difference.undecided is not None:
        level = Level.MINOR if policies.undecided is PolicyValue.MINOR else Level.MAJOR
        certainty = Certainty.UNDECIDED
        reasons.append(f"Not decided: {difference.undecided}. The policy `undecided` gives the level.")
    elif difference.assumed is not None:
        certainty = Certainty.ASSUMED
        reasons.append(f"Assumed: {difference.assumed}.")
    line = (
        rule.client.format(**words) if clients and rule.client is not None and level > Level.PATCH else None
    )
    return Finding(
        rule=difference.rule,
        level=level,
        certainty=certainty,
        symbol=difference.symbol,
        module=difference.module,
        position=None,
        message=escape(rule.message.format(**words)),
        explanation=escape(" ".join(reasons)),
        client=line,
        client_program=None if line is None else catalogue.client_program(line, difference.module),
        old=difference.old,
        new=difference.new,
        fingerprint=fingerprint_of(
            (difference.rule, difference.module, difference.symbol, difference.before, difference.after),
            difference.old,
            difference.new,
        ),
        trail=difference.trail,
        change=difference.change,
        dependency=difference.dependency,
        announced=difference.announced,
        title=rule.title,
    )


def _gap(difference: VeinDifference) -> VeinRule:
    """Return the rule for a fact that the catalogue does not know: a gap to report, and never a patch."""
    reason = f"The catalogue lacks `{difference.rule}`; please report it. The safe reading counts."
    return VeinRule(
        about=difference.subject,
        fact=difference.fact,
        title="The catalogue has no rule for this change.",
        message="'{symbol}' is changed in a way that the catalogue has no rule for",
        rows=(VeinRow(Level.MAJOR, reason),),
        old="",
        new="",
        certainty=Certainty.UNDECIDED,
    )


def _row(rule: VeinRule, difference: VeinDifference) -> VeinRow:
    """Return the first row that holds; the last one always does."""
    return next(row for row in rule.rows if row.condition is None or row.condition in difference.conditions)


def _words(difference: VeinDifference) -> dict[str, str]:
    """Return what the placeholders of templates stand for."""
    type_name = difference.trail[0].name if difference.trail else difference.symbol
    member = difference.trail[-1].name.partition("(")[0] if len(difference.trail) > 1 else type_name
    return {
        "symbol": difference.symbol,
        "type": type_name,
        "name": member,
        "before": difference.before,
        "after": difference.after,
    }
