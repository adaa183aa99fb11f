"""Evaluation: the row of a rule's levels that holds for a difference, and the finding in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.compare.details import DataLost, Moved, Renamed
from semverdiff.config import PolicyValue
from semverdiff.rules.catalogue import rule_of
from semverdiff.rules.conditions import holds
from semverdiff.rules.effects import always, major
from semverdiff.rules.examples import Files
from semverdiff.rules.fingerprints import fingerprint
from semverdiff.rules.messages import because, meaning_of
from semverdiff.rules.model import Certainty, Finding
from semverdiff.rules.schema import Effect, Entry, Row, Rule
from semverdiff.rules.templates import sentence
from semverdiff.text import escape
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from semverdiff.clients import Writer
    from semverdiff.compare import Difference, Fact, Subject
    from semverdiff.config import Policies

__all__ = ["evaluate", "finding_of"]

_UNREAD = "what '$symbol' includes was not read"
_WITHOUT_CLIENT = "No client is shown: {}."


def evaluate(
    differences: Iterable[Difference], policies: Policies, *, strict: bool, writer: Writer | None = None
) -> tuple[Finding, ...]:
    """Return the findings of a whole comparison, in its order and without repetitions of one cause.

    `writer` writes the clients that break; without one the findings have none.
    """
    pairs = [(one, finding_of(one, policies, strict=strict, writer=writer)) for one in differences]
    return _deduped(pairs)


def _deduped(pairs: Sequence[tuple[Difference, Finding]]) -> tuple[Finding, ...]:
    """Return the findings, without those about lost data that a breaking change of the same type caused.

    Clients of a type that breaks them anyway need not read that it is no longer json, too.
    """
    breaking = {
        (difference.module, difference.trail[0].name)
        for difference, finding in pairs
        if finding.level is Level.MAJOR and difference.trail and type(difference.detail) is not DataLost
    }
    return tuple(
        [
            finding
            for difference, finding in pairs
            if not _is_caused_by(difference, breaking) and not _is_news_of_others(finding)
        ]
    )


def _is_news_of_others(finding: Finding) -> bool:
    """Return whether nobody notices what changed in a package that is only met here."""
    dependency = finding.dependency
    return finding.level is Level.PATCH and dependency is not None and dependency.met_in is not None


def _is_caused_by(difference: Difference, breaking: set[tuple[str, str]]) -> bool:
    return type(difference.detail) is DataLost and difference.detail.cause in breaking


def finding_of(
    difference: Difference, policies: Policies, *, strict: bool, writer: Writer | None = None
) -> Finding:
    """Return the finding that a difference leads to. What cannot be decided gets the safe reading."""
    subject, fact = difference.subject, difference.fact
    rule = rule_of(subject, fact) or _gap(subject, fact)
    effect, certainty, assumption = _decide(rule, difference, policies)
    level = effect.strict if strict else effect.level
    client = None
    if writer is not None and effect.client is not None and level > Level.PATCH:
        client = writer.client(difference, effect.client)
    meaning = meaning_of(difference)
    parts = (
        sentence(effect.reason, meaning),
        _origin(difference),
        because(difference, meaning),
        _about_strict(effect, strict=strict),
        assumption,
        "" if client is None or client.missing is None else _WITHOUT_CLIENT.format(client.missing),
    )
    return Finding(
        rule=difference.rule,
        level=level,
        certainty=certainty,
        symbol=difference.symbol,
        module=difference.module,
        position=difference.position,
        # Sentences are for people, wherever they are shown; what they quote comes from anybody.
        message=escape(sentence(_UNREAD if difference.is_unread else rule.entry.message, meaning)),
        explanation=escape(" ".join(filter(None, parts))),
        client=None if client is None else client.line,
        client_program=None if client is None else client.program,
        old=difference.old,
        new=difference.new,
        fingerprint=fingerprint(difference),
        trail=difference.trail,
        change=difference.change,
        dependency=difference.dependency,
        replacement=_replacement(difference),
        announced=difference.announced,
        title=rule.title,
    )


def _replacement(difference: Difference) -> str | None:
    """Return the name that has taken the place of another one; `None` where nothing has."""
    detail = difference.detail
    return detail.new if type(detail) is Renamed or type(detail) is Moved else None


def _origin(difference: Difference) -> str:
    """Return the sentence on the package that brings what changed; empty if it is this one, or not known."""
    dependency = difference.dependency
    if dependency is None or difference.is_unread:
        return ""
    met = "" if dependency.met_in is None else f"; clients meet it in `{dependency.met_in}`"
    return f"`{difference.symbol}` comes from {dependency}{met}."


def _decide(rule: Rule, difference: Difference, policies: Policies) -> tuple[Effect, Certainty, str]:
    """Return the effect, how sure it is, and the sentence that says what was assumed, if anything was."""
    certainty = rule.entry.certainty
    unsure = Certainty.ASSUMED if certainty is Certainty.PROVED else certainty
    if difference.undecided is not None:
        if rule.entry.undecided is Certainty.UNDECIDED or difference.is_unread:
            return _left_to_policy(policies), Certainty.UNDECIDED, f"Not decided: {difference.undecided}."
        effect = _highest(_possible(rule.rows, difference, policies))
        return effect, unsure, f"Not decided: {difference.undecided}; the safe reading counts."
    possible = _possible(rule.rows, difference, policies)
    if len(possible) == 1 or len({(effect.level, effect.strict) for effect in possible}) == 1:
        return possible[0], certainty, ""
    return _highest(possible), unsure, "Its position or context is not known; the safe reading counts."


def _highest(effects: Iterable[Effect]) -> Effect:
    return max(effects, key=lambda effect: (effect.level, effect.strict))


def _possible(rows: tuple[Row, ...], difference: Difference, policies: Policies) -> list[Effect]:
    """Return the effects that it may be: those of the rows up to the first that surely holds.

    If no row can hold, the difference contradicts itself and may be anything.
    """
    possible: list[Effect] = []
    for row in rows:
        if not row.requirements:
            possible.append(row.effect)
            break
        answers = [holds(requirement, difference, policies) for requirement in row.requirements]
        if False in answers:
            continue
        possible.append(row.effect)
        if None not in answers:
            break
    return possible or [row.effect for row in rows]


def _left_to_policy(policies: Policies) -> Effect:
    """Return the effect of something that nobody could read."""
    level = Level.MINOR if policies.undecided is PolicyValue.MINOR else Level.MAJOR
    return Effect(level, Level.MAJOR, "The policy `undecided` gives the level.")


def _about_strict(effect: Effect, *, strict: bool) -> str:
    """Return the sentence on what a tolerated use means for the level; empty if the modes agree."""
    if effect.strict == effect.level:
        return ""
    if strict:
        return f"Without --strict this use is tolerated: {effect.level.word}."
    return f"This use is tolerated; with --strict it is {effect.strict.word}."


def _gap(subject: Subject, fact: Fact) -> Rule:
    """Return the rule for a fact that the catalogue does not know: a gap to report, and never a patch."""
    lacks = f"The catalogue lacks `{subject}-{fact}`; please report it. The safe reading counts."
    entry = Entry(
        fact=fact,
        title="The catalogue has no rule for this change.",
        message="'$symbol' is changed in a way that the catalogue has no rule for",
        levels=always(subject, major(lacks)),
        example=Files("", {}, {}),
        certainty=Certainty.UNDECIDED,
    )
    return Rule(subject, entry.title, entry.levels[subject], entry)
