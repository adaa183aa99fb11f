"""The judgement: the row of a rule's table that holds for a difference, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.catalogue import rule
from semverdiff.rules.entries import Case, Effect, Rule
from semverdiff.rules.fingerprints import fingerprint
from semverdiff.rules.model import Certainty, Finding
from semverdiff.rules.wording import client_code, sentence, words
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from semverdiff.compare import Difference
    from semverdiff.config.policies import Policies

__all__ = ["judge"]

_POLICY = "policy "
_POSITIONS = frozenset({"in", "out", "both"})

# Of each group one holds: if a difference names none of them, it is not known which.
_EITHER = (frozenset({"sealed", "open class", "open object type"}), frozenset({"public", "not public"}))


def judge(difference: Difference, policies: Policies, *, strict: bool) -> Finding:
    """Return the finding that a difference leads to. What cannot be decided is read the safe way."""
    found = rule(difference.rule) or _gap(difference)
    effect, certainty, assumption = _decide(found, difference, policies)
    level = effect.strict if strict else effect.level
    known = words(difference)
    why = known.get("why", "")
    parts = (sentence(effect.reason, known), why, _about_strict(effect, strict=strict), assumption)
    shown = effect.client if level > Level.PATCH else None
    return Finding(
        rule=difference.rule,
        level=level,
        certainty=certainty,
        symbol=difference.symbol,
        module=difference.module,
        position=difference.position,
        message=sentence(found.message, known),
        explanation=" ".join(part for part in parts if part),
        client=client_code(shown, known) if shown is not None else None,
        old=difference.old,
        new=difference.new,
        fingerprint=fingerprint(difference),
        trail=difference.trail,
        change=difference.change,
    )


def _decide(found: Rule, difference: Difference, policies: Policies) -> tuple[Effect, Certainty, str]:
    """Return the effect, how sure it is, and the sentence that says what was assumed, if anything was."""
    unsure = Certainty.ASSUMED if found.certainty is Certainty.PROVED else found.certainty
    if difference.undecided is not None:
        if found.undecidable is Certainty.UNDECIDED:
            return _left_to_policy(policies), Certainty.UNDECIDED, f"Not decided: {difference.undecided}."
        possible = _possible(found.cases, policies, lambda word: _holds(word, difference))
        return _highest(possible), unsure, f"Not decided: {difference.undecided}; the safe reading counts."
    possible = _possible(found.cases, policies, lambda word: _holds(word, difference))
    if len({(effect.level, effect.strict) for effect in possible}) == 1:
        return possible[0], found.certainty, ""
    return _highest(possible), unsure, "Its position or context is not known; the safe reading counts."


def _highest(effects: Iterable[Effect]) -> Effect:
    return max(effects, key=lambda effect: (effect.level, effect.strict))


def _possible(
    cases: tuple[Case, ...], policies: Policies, holds: Callable[[str], bool | None]
) -> list[Effect]:
    """Return the effects that it may be: those of the rows up to the first that surely holds.

    `holds` answers `None` for a word of which nobody knows whether it holds. If no row can hold,
    the difference contradicts itself and may be anything.
    """
    possible: list[Effect] = []
    for case in cases:
        answers = [_chosen(word, policies) if word.startswith(_POLICY) else holds(word) for word in case.when]
        if False in answers:
            continue
        possible.append(case.effect)
        if None not in answers:
            break
    return possible or [case.effect for case in cases]


def _chosen(word: str, policies: Policies) -> bool:
    """Return whether `policy NAME = VALUE` is what the project decided."""
    name, _, value = word.removeprefix(_POLICY).partition(" = ")
    return policies.value(name) == value


def _holds(word: str, difference: Difference) -> bool | None:
    """Return whether a position, context or sentence holds for a difference; `None` if that is not known."""
    positions = word.split(" or ")
    if _POSITIONS.issuperset(positions):
        return None if difference.position is None else difference.position.value in positions
    if word in difference.conditions:
        return True
    unknown = any(word in group and group.isdisjoint(difference.conditions) for group in _EITHER)
    return None if unknown else False


def _left_to_policy(policies: Policies) -> Effect:
    """Return the effect of something that nobody could read."""
    level = Level.MINOR if policies.undecided == "minor" else Level.MAJOR
    return Effect(level, Level.MAJOR, "The policy `undecided` gives the level.")


def _about_strict(effect: Effect, *, strict: bool) -> str:
    """Say what a tolerated use means for the level."""
    if effect.strict == effect.level:
        return ""
    if strict:
        return f"Without --strict this use is tolerated: {effect.level.word}."
    return f"This use is tolerated; with --strict it is {effect.strict.word}."


def _gap(difference: Difference) -> Rule:
    """Return the rule for a fact that the catalogue does not know: a gap to report, and never a patch."""
    lacks = f"The catalogue lacks `{difference.rule}`; please report it. The safe reading counts."
    return Rule(
        id=difference.rule,
        subject=difference.subject,
        title="The catalogue has no rule for this change.",
        message="'$symbol' is changed in a way that the catalogue has no rule for",
        cases=(Case((), Effect(Level.MAJOR, Level.MAJOR, lacks)),),
        certainty=Certainty.UNDECIDED,
        undecidable=Certainty.ASSUMED,
        since="",
    )
