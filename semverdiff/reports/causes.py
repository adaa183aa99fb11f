"""The causes of a report's findings: one dependency that was raised, one move, the same change many times.

A release that renames two thousand fields makes one decision, and its report should read like one. Every
finding that counts belongs to exactly one cause. Which one follows from what the finding is about, never from
its words, in this order:

* whether it could be decided at all;
* the package that brings what changed, where that is another one;
* the module that declarations moved to, with whatever only follows them there;
* another convention for names;
* the same change of a type in several places;
* what the rule says at which level, for everything else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

import msgspec

from semverdiff.enums import StrEnum
from semverdiff.rules import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from semverdiff.rules import Finding
    from semverdiff.versions import Level

__all__ = ["Cause", "CauseKind", "causes_of", "meaning_of"]

# A name with its prefix, or one sign.
_WORD = r"[\w']+(?::[\w']+)?|[^\w\s]"
_SEVERAL = 2
# Of what changed in a type so much is compared and shown.
_LONGEST = 80
_MOVED = "symbol-moved-to-other-module"


class CauseKind(StrEnum):
    """What made some findings: the words of the JSON report."""

    DEPENDENCY = "dependency"
    MOVE = "move"
    NAMING = "naming"
    SAME_CHANGE = "same-change"
    UNDECIDED = "undecided"
    RULE = "rule"


class Cause(msgspec.Struct, frozen=True):
    """Findings that have one cause, as their indices in the report; `level` is the highest of theirs."""

    kind: CauseKind
    title: str
    level: Level
    members: tuple[int, ...]


class _Key(msgspec.Struct, frozen=True):
    kind: CauseKind
    about: tuple[str, ...]


def causes_of(findings: Sequence[Finding]) -> tuple[Cause, ...]:
    """Return the causes of the findings that count, the breaking ones first, then those of many findings."""
    keys = dict(_keys(findings))
    counts: dict[_Key, int] = {}
    for key in keys.values():
        counts[key] = counts.get(key, 0) + 1
    groups: dict[_Key, list[int]] = {}
    for index, key in keys.items():
        if key.kind is CauseKind.SAME_CHANGE and counts[key] < _SEVERAL:
            key = _rule_key(findings[index])  # noqa: PLW2901 (what is alone goes with its rule)
        groups.setdefault(key, []).append(index)
    causes = [_cause(key, members, findings) for key, members in groups.items()]
    return tuple(sorted(causes, key=lambda one: (-one.level, -len(one.members), one.members)))


def _cause(key: _Key, members: list[int], findings: Sequence[Finding]) -> Cause:
    level = max(findings[index].level for index in members)
    return Cause(key.kind, _title(key, findings[members[0]]), level, tuple(members))


def _title(key: _Key, first: Finding) -> str:
    match key.kind:
        case CauseKind.DEPENDENCY:
            return f"Something changed that comes from {first.dependency}"
        case CauseKind.MOVE:
            return f"Declarations of module '{key.about[0]}' moved to '{key.about[1]}'"
        case CauseKind.NAMING:
            return f"Names of module '{key.about[0]}' follow another convention"
        case CauseKind.SAME_CHANGE:
            _, _, old, new = key.about
            return f"{meaning_of(first)}: {_quoted(old)} -> {_quoted(new)}"
        case CauseKind.UNDECIDED:
            if first.dependency is not None:
                return f"Something that comes from {first.dependency} could not be decided"
            return f"Could not be decided: {meaning_of(first)}"
        case CauseKind.RULE:
            return meaning_of(first)
        case _:
            assert_never(key.kind)


def meaning_of(finding: Finding) -> str:
    """Return what the rule of a finding says happened, as a title; the id of one without a title."""
    return finding.title.rstrip(".") or finding.rule


def _quoted(words: str) -> str:
    return f"`{words}`" if words else "nothing"


def _keys(findings: Sequence[Finding]) -> Iterator[tuple[int, _Key]]:
    """Yield what each finding that counts belongs to, by its index."""
    moved = _moved(findings)
    for index, finding in enumerate(findings):
        if finding.suppressed is None:
            yield index, _key(finding, moved)


def _moved(findings: Iterable[Finding]) -> dict[tuple[str, str], str]:
    """Return the modules that declarations moved to, by their module and name."""
    return {
        (one.module, one.symbol): one.replacement
        for one in findings
        if one.rule == _MOVED and one.replacement is not None
    }


def _key(finding: Finding, moved: dict[tuple[str, str], str]) -> _Key:
    if finding.certainty is Certainty.UNDECIDED:
        about = finding.rule if finding.dependency is None else str(finding.dependency)
        return _Key(CauseKind.UNDECIDED, (about,))
    if finding.dependency is not None and finding.dependency.is_raised:
        return _Key(CauseKind.DEPENDENCY, (str(finding.dependency),))
    if finding.rule == _MOVED and finding.replacement is not None:
        return _Key(CauseKind.MOVE, (finding.module, finding.replacement))
    if finding.replacement is not None and _is_same_name(finding.trail[-1].name, finding.replacement):
        return _Key(CauseKind.NAMING, (finding.module,))
    if finding.old is None or finding.new is None or not _is_about_types(finding.rule):
        return _rule_key(finding)
    old, new = (re.findall(_WORD, one.text) for one in (finding.old, finding.new))
    if finding.rule.endswith("-respelled"):
        target = next((moved[finding.module, word] for word in old if (finding.module, word) in moved), None)
        if target is not None:
            return _Key(CauseKind.MOVE, (finding.module, target))
        return _rule_key(finding)
    before, after = _different(old, new)
    if before == after:
        return _rule_key(finding)
    if _is_same_name(before, after):
        return _Key(CauseKind.NAMING, (finding.module,))
    return _Key(CauseKind.SAME_CHANGE, (finding.rule, finding.level.word, before, after))


def _rule_key(finding: Finding) -> _Key:
    return _Key(CauseKind.RULE, (finding.rule, finding.level.word))


def _is_about_types(rule: str) -> bool:
    """Return whether the excerpts of a rule's findings quote a type."""
    return "-type-" in rule or rule.startswith("type-")


def _is_same_name(old: str, new: str) -> bool:
    """Return whether two names differ only in their case and underscores."""
    return _letters(old) == _letters(new) and bool(old)


def _letters(name: str) -> str:
    return name.replace("_", "").replace("'", "").casefold()


def _different(old: list[str], new: list[str]) -> tuple[str, str]:
    """Return what is left of both without the words at their start and end that are the same."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    return _shown(before), _shown(after)


def _shown(words: list[str]) -> str:
    """Return words as one text of a bounded length: what is longer is the same change for hardly anything."""
    return "".join(words)[:_LONGEST]
