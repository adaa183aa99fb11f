"""The stricter of two settings, key by key: those of a base revision and those of the head that it judges.

A change set must not decide how it is judged. Each field of `Settings` has a row in `_MERGES`, which says
whose value counts; a field without one is an error at the first run.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from semverdiff.config.model import (
    ACCEPT_SETTINGS,
    PUBLISH_WORDS,
    Policy,
    PolicyValue,
    PublishChoice,
    Settings,
    SuppressionEntry,
)
from semverdiff.config.suppressions import has_pattern, matches
from semverdiff.text import escape
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["MergedSettings", "Relaxation", "merge_settings", "relaxations", "stricter"]

_LOOSE = {
    Policy.ENUM_MEMBER_ADDED: PolicyValue.MINOR,
    Policy.CONSTANT_VALUE_CHANGED: PolicyValue.MINOR,
    Policy.CONSTRUCT_OUTPUT_RECORDS: PolicyValue.NO,
    Policy.OPEN_CLASSES: PolicyValue.USE,
    Policy.AMBIGUOUS_ARGUMENTS: PolicyValue.MINOR,
    Policy.MIRRORED_RECORDS: PolicyValue.NO,
    Policy.BREAKING_BUMP: PolicyValue.MINOR_WITH_DISTRIBUTION,
    Policy.ZERO_MINOR: PolicyValue.BREAKING_MINOR,
    Policy.UNDECIDED: PolicyValue.MINOR,
    Policy.REMOVAL: PolicyValue.AT_ONCE,
}
"""The value of each policy that lets more pass; each has two."""

_SCALES: Mapping[str, tuple[object, ...]] = {
    # What an option can be, from the value that lets most pass to the one that lets least.
    "fail_on": ("never", "under-bumped", "major", "minor", "patch"),
    "strict": (False, True),
    "offline": (True, False),  # whoever does not ask sees fewer published versions
    "refresh": (False, True),
    "require_baseline": (False, True),
    "strict_suppressions": (False, True),
    "publish": (False, True),
    "accept_settings": tuple(reversed(ACCEPT_SETTINGS)),
}


class Relaxation(msgspec.Struct, frozen=True):
    """A setting of the head that lets more pass than that of the base, and whether it counts nevertheless."""

    sentence: str
    is_accepted: bool = False
    is_suppression: bool = False


class MergedSettings(msgspec.Struct, frozen=True):
    """The settings that judge a head, and what it would have relaxed."""

    settings: Settings
    relaxations: tuple[Relaxation, ...] = ()


class _Sides(msgspec.Struct, frozen=True):
    """Two settings; `before` is the word for the base in sentences."""

    base: Settings
    head: Settings
    highest_level: Callable[[str], Level]
    accept: Literal["base", "suppressions", "head"]
    before: str = "before"


class _Merge(msgspec.Struct, frozen=True):
    """The value of one field, and what the head relaxes there."""

    value: object
    relaxations: tuple[Relaxation, ...] = ()


def merge_settings(base: Settings, head: Settings, highest_level: Callable[[str], Level]) -> MergedSettings:
    """Return the settings that judge a head: of each key the base's value, or the head's if it is stricter.

    The stricter `accept_settings` of the two says what else the head may decide: nothing, suppressions of
    single findings, or everything. `highest_level` gives the highest level that a rule has where nothing was
    decided about it. Options that were typed are the same on both sides.
    """
    accept = next(one for one in ACCEPT_SETTINGS if one in {base.accept_settings, head.accept_settings})
    merges = _merges(_Sides(base, head, highest_level, accept))
    relaxed = _relaxed(merges)
    if accept == "head":
        settings = replace(head, suppressions=merges["suppressions"].value)
        return MergedSettings(settings, tuple(replace(one, is_accepted=True) for one in relaxed))
    values = {name: merge.value for name, merge in merges.items()}
    return MergedSettings(replace(head, **values), relaxed)


def stricter(started: Settings, newest: Settings, highest_level: Callable[[str], Level]) -> Settings:
    """Return the stricter settings of the two revisions of a target: where a change set started, and now."""
    accepted = {started.accept_settings, newest.accept_settings}
    both = merge_settings(replace(newest, accept_settings="base"), started, highest_level).settings
    return replace(both, accept_settings=next(one for one in ACCEPT_SETTINGS if one in accepted))


def relaxations(
    base: Settings, head: Settings, highest_level: Callable[[str], Level], *, before: str = "before"
) -> tuple[str, ...]:
    """Return each setting that lets more pass than that of the base, one sentence each.

    `before` is the word for the base: `rule 'x': minor, default major`.
    """
    merges = _merges(_Sides(base, head, highest_level, "base", before))
    return tuple(one.sentence for one in _relaxed(merges))


def _merges(sides: _Sides) -> dict[str, _Merge]:
    return {name: _MERGES[name](name, sides) for name in Settings.__struct_fields__}


def _relaxed(merges: Mapping[str, _Merge]) -> tuple[Relaxation, ...]:
    return tuple(one for name in _MERGES for one in merges[name].relaxations)


def _head_decides(name: str, sides: _Sides) -> _Merge:
    """Return the head's value: it is typed, or says only how the report is shown."""
    return _Merge(getattr(sides.head, name))


def _base_decides(name: str, sides: _Sides) -> _Merge:
    """Return the base's value: of two of this kind none is the stricter."""
    base, head = getattr(sides.base, name), getattr(sides.head, name)
    return _Merge(base, () if head == base else (_relaxed_option(name, base, head, sides),))


def _base_decides_first(name: str, sides: _Sides) -> _Merge:
    """Return the base's value, or the head's where the base has none: that asks for more, not for less."""
    if getattr(sides.base, name) is None and sides.before == "before":
        return _head_decides(name, sides)
    return _base_decides(name, sides)


def _stricter_decides(name: str, sides: _Sides) -> _Merge:
    base, head = getattr(sides.base, name), getattr(sides.head, name)
    scale = _SCALES[name]
    if scale.index(head) >= scale.index(base):
        return _Merge(head)
    return _Merge(base, (_relaxed_option(name, base, head, sides),))


def _relaxed_option(name: str, base: object, head: object, sides: _Sides) -> Relaxation:
    option = name.replace("_", "-")
    kind = "" if name == "required_version" else "option "
    return Relaxation(f"{kind}'{option}': {_written(head)}, {sides.before} {_written(base)}")


def _written(value: object) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
    return escape(str(value))


def _policies(_name: str, sides: _Sides) -> _Merge:
    base, head = sides.base.policies, sides.head.policies
    relaxed, stricter = [], {}
    for policy, loose in _LOOSE.items():
        before, after = base.value(policy), head.value(policy)
        stricter[policy.replace("-", "_")] = after if before == loose else before
        if after != before and after == loose:
            relaxed.append(Relaxation(f"policy '{policy}': {after}, {sides.before} {before}"))
    return _Merge(replace(head, **stricter), tuple(relaxed))


def _rules(_name: str, sides: _Sides) -> _Merge:
    """Return the levels of rules that both sides decided; `_least_levels` holds those of one side alone."""
    base, head = sides.base.rules, sides.head.rules
    levels = {rule_id: max(level, head[rule_id]) for rule_id, level in base.items() if rule_id in head}
    return _Merge(levels, tuple(_relaxed_rules(sides)))


def _relaxed_rules(sides: _Sides) -> Iterator[Relaxation]:
    base, head = sides.base.rules, sides.head.rules
    for rule_id in sorted(base.keys() | head.keys()):
        before = _highest(sides.base, rule_id, sides.highest_level)
        after = _highest(sides.head, rule_id, sides.highest_level)
        if after < before:
            yield Relaxation(f"rule '{rule_id}': {_word(after)}, {sides.before} {_word(before)}")


def _highest(settings: Settings, rule_id: str, highest_level: Callable[[str], Level]) -> Level:
    """Return the highest level that a finding of a rule can have with these settings."""
    level = settings.rules.get(rule_id)
    least = settings.least_levels.get(rule_id, Level.NONE)
    return max(highest_level(rule_id) if level is None else level, least)


def _word(level: Level) -> str:
    return "off" if level is Level.NONE else level.word


def _least_levels(_name: str, sides: _Sides) -> _Merge:
    """Return the levels that one side alone decided: the catalogue's may be higher, finding by finding.

    So may those that are the least at the base already, which two revisions of it decided.
    """
    base, head = sides.base.rules, sides.head.rules
    levels = {
        rule_id: level
        for rule_id, level in {**base, **head}.items()
        if not (rule_id in base and rule_id in head)
    }
    known = sides.base.least_levels
    return _Merge(
        levels | {rule_id: max(level, levels.get(rule_id, level)) for rule_id, level in known.items()}
    )


def _publish_rules(_name: str, sides: _Sides) -> _Merge:
    """Return what rules about publishing count as: of each the stricter of both, where that is no default."""
    base, head = sides.base.publish_rules, sides.head.publish_rules
    words: dict[str, PublishChoice] = {}
    relaxed: list[Relaxation] = []
    for rule_id in sorted(base.keys() | head.keys()):
        default = (base.get(rule_id) or head[rule_id]).default
        before, after = (one[rule_id].word if rule_id in one else default for one in (base, head))
        if PUBLISH_WORDS.index(after) < PUBLISH_WORDS.index(before):
            relaxed.append(Relaxation(f"publish rule '{rule_id}': {after}, {sides.before} {before}"))
        words[rule_id] = PublishChoice(max(before, after, key=PUBLISH_WORDS.index), default)
    return _Merge({rule_id: one for rule_id, one in words.items() if one.word != one.default}, tuple(relaxed))


def _suppressions(_name: str, sides: _Sides) -> _Merge:
    """Return the head's entries that the base covers, and those that count as new.

    An entry that the head removed acts no longer. One whose end it moved acts until the end in the base,
    unless it counts as new.
    """
    covering = _by_target(sides.base.suppressions)
    patterns = [one for one in sides.base.suppressions if has_pattern(one)]
    acting: list[SuppressionEntry] = []
    relaxed: list[Relaxation] = []
    for entry in sides.head.suppressions:
        if _is_covered(entry, covering, patterns):
            acting.append(entry)
            continue
        known = covering.get(_target(entry), ())
        accepted = sides.accept == "head" or (sides.accept == "suppressions" and entry.names_one_finding)
        new = "new" if sides.before == "before" else f"{sides.before} none"
        change = "other end" if known else new
        relaxed.append(
            Relaxation(f"suppression of {escape(str(entry))}: {change}", accepted, is_suppression=True)
        )
        if accepted:
            acting.append(replace(entry, is_new=True, most=None if sides.accept == "head" else 1))
        else:
            acting.extend(known)
    return _Merge(tuple(acting), tuple(relaxed))


_Target = tuple[str | None, ...]


def _target(entry: SuppressionEntry) -> _Target:
    return entry.rule, entry.symbol, entry.module, entry.fingerprint


def _by_target(entries: Sequence[SuppressionEntry]) -> dict[_Target, list[SuppressionEntry]]:
    found: dict[_Target, list[SuppressionEntry]] = {}
    for one in entries:
        found.setdefault(_target(one), []).append(one)
    return found


def _is_covered(
    entry: SuppressionEntry,
    covering: Mapping[_Target, Sequence[SuppressionEntry]],
    patterns: Sequence[SuppressionEntry],
) -> bool:
    """Return whether an entry hides nothing, and for no longer, that one of others would not hide as well."""
    wider = product(*({one, None} for one in _target(entry)))
    if any(_outlasts(one, entry) for target in wider for one in covering.get(target, ())):
        return True
    # There are few patterns: limits.SUPPRESSION_PATTERNS.
    return any(_is_wider(one, entry) and _outlasts(one, entry) for one in patterns)


def _is_wider(one: SuppressionEntry, other: SuppressionEntry) -> bool:
    """Return whether an entry with a pattern matches everything that another one does."""
    return all(
        mine is None or (its is not None and matches(mine, its))
        for mine, its in ((one.rule, other.rule), (one.symbol, other.symbol))
    ) and all(
        mine in {None, its}
        for mine, its in ((one.module, other.module), (one.fingerprint, other.fingerprint))
    )


def _outlasts(one: SuppressionEntry, other: SuppressionEntry) -> bool:
    """Return whether an entry acts at least as long as another; a date and a version cannot be compared."""
    match one.until, other.until:
        case None, _:
            return True
        case _, None:
            return False
        case date() as day, date() as other_day:
            return day >= other_day
        case (date(), _) | (_, date()):
            return False
        case end, other_end:
            return not end < other_end


_MERGES: Mapping[str, Callable[[str, _Sides], _Merge]] = {
    # What was typed, or comes with it: no file changes it.
    "path": _head_decides,
    "typed": _head_decides,
    "is_shared": _head_decides,
    "environment": _head_decides,
    # How the report is shown, and where.
    "formats": _head_decides,
    "output_directory": _head_decides,
    "show_diff": _head_decides,
    # With what the head is compared, and by which program.
    "baseline": _base_decides,
    "merge_base": _base_decides_first,
    "required_version": _base_decides_first,
    # What is not read may hide a break, and what is read may show that there is none.
    "dependencies": _base_decides,
    # What fails.
    "fail_on": _stricter_decides,
    "strict": _stricter_decides,
    "offline": _stricter_decides,
    "refresh": _stricter_decides,
    "accept_settings": _stricter_decides,
    "require_baseline": _stricter_decides,
    "strict_suppressions": _stricter_decides,
    "publish": _stricter_decides,
    # What counts as what.
    "rules": _rules,
    "least_levels": _least_levels,
    "publish_rules": _publish_rules,
    "policies": _policies,
    "suppressions": _suppressions,
}
