"""What a project's Semver.toml says: bytes in, its decisions and everything that is wrong with it out."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, TypeVar

from semverdiff import limits
from semverdiff.config import model
from semverdiff.config.loading import format_mistake
from semverdiff.config.output_paths import output_mistake
from semverdiff.config.suppressions import has_pattern, matches
from semverdiff.config.toml import parse_toml
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import PurePath

    from semverdiff.config.toml import Table
    from semverdiff.errors import Mistake
    from semverdiff.versions import AnyScheme, Ordered

__all__ = ["read_semver_toml"]


_Word = TypeVar("_Word", bound=str)

_SECTIONS = ("check", "rules", "policy", "publish", "suppress", "required-version")
_LEVELS = {"off": Level.NONE, "patch": Level.PATCH, "minor": Level.MINOR, "major": Level.MAJOR}
_SUPPRESS = ("rule", "symbol", "module", "fingerprint", "reason", "until")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_KIND = re.compile(r"[a-z]{2,}:")  # one letter before a colon is a drive


def read_semver_toml(
    file: model.SemverToml, vocabulary: model.Vocabulary, mistakes: list[Mistake]
) -> model.Decisions:
    """Return what the file says; what is wrong is left out, and noted in the order of the file.

    A file for another version of the program has that mistake alone: the rest may be right there.
    """
    found: list[Mistake] = []
    decisions = _decisions(parse_toml(file.content, model.SEMVER_TOML, found), file.directory, vocabulary)
    mistakes.extend(sorted(found, key=lambda one: (one.line or 0, one.column or 0)))
    return decisions


def _decisions(document: Table, directory: PurePath, vocabulary: model.Vocabulary) -> model.Decisions:
    if not _is_for_this_version(document, vocabulary):
        return model.Decisions()
    document.only(_SECTIONS, "section or key")
    rules, suppressions = document.table("rules"), document.tables("suppress")
    names_rules = bool(rules.entries) or any("rule" in one.entries for one in suppressions)
    rule_ids = vocabulary.rule_ids() if names_rules else ()
    return model.Decisions(
        required_version=document.text("required-version"),
        options=_options(document.table("check"), directory, vocabulary.formats),
        policies=_policies(document.table("policy")),
        rules=_rules(rules, rule_ids),
        publish_rules=_publish_rules(document.table("publish"), vocabulary),
        suppressions=_suppressions(suppressions, rule_ids, vocabulary.scheme),
    )


def _is_for_this_version(document: Table, vocabulary: model.Vocabulary) -> bool:
    wanted = document.text("required-version")
    if wanted is None:
        return True
    mine = vocabulary.tool_version()
    try:
        if _fits(wanted, mine):
            return True
    except ValueError as error:
        document.complain("required-version", f"incompatible value for 'required-version': {error}")
        return True
    document.complain(
        "required-version",
        f"the project expects semverdiff {wanted}, found {mine}: install a version that fits, or change it",
    )
    return False


def _fits(specifiers: str, version: str) -> bool:
    """Return whether a version meets specifiers of Python packaging. Raise `ValueError` for what is none."""
    from packaging.specifiers import InvalidSpecifier, Specifier  # noqa: PLC0415 (slow, and rarely written)

    fits = True
    for text in specifiers.split(","):
        try:
            # Whoever runs a pre-release chose to, so that pre-releases count.
            fits = Specifier(text).contains(version, prereleases=True) and fits
        except InvalidSpecifier:
            raise ValueError(f"expected specifiers as in '>=1.2,<2', found '{text.strip()}'") from None
    return fits


def _options(check: Table, directory: PurePath, formats: Collection[str]) -> model.Options:
    check.only(model.OPTIONS, "option")
    baseline = check.text("baseline")
    found = model.Options(
        baseline=_baseline_beside(directory, baseline) if baseline is not None else None,
        formats=_formats(check, directory, formats),
        offline=check.flag("offline"),
        refresh=check.flag("refresh"),
        strict=check.flag("strict"),
        show_diff=check.flag("show-diff"),
        fail_on=_word(check, "fail-on", model.FAIL_ON),
        merge_base=check.text("merge-base"),
        accept_settings=_word(check, "accept-settings", model.ACCEPT_SETTINGS),
        require_baseline=check.flag("require-baseline"),
        dependencies=_word(check, "dependencies", model.DEPENDENCIES),
        strict_suppressions=check.flag("strict-suppressions"),
        publish=check.flag("publish"),
    )
    if found.contradicts_itself:
        check.complain("refresh", "'offline' and 'refresh' exclude each other: fetching needs the network")
    return found


def _word(check: Table, key: str, known: tuple[_Word, ...]) -> _Word | None:
    found = check.choice(key, known)
    return next((one for one in known if one == found), None)


def _baseline_beside(directory: PurePath, spec: str) -> str:
    """Return a baseline with its path, if it is one, seen from where the program was called."""
    kind = _KIND.match(spec)
    if kind is not None:
        holds_path = kind[0] in {"file:", "api:"} and spec != kind[0]
        return f"{kind[0]}{directory / spec.removeprefix(kind[0])}" if holds_path else spec
    # As the command line distinguishes paths from words: a separator, a dot in front, the end of an archive.
    is_path = spec.startswith(".") or spec.endswith((".bala", ".balo")) or "/" in spec or "\\" in spec
    return f"file:{directory / spec}" if is_path else spec


def _formats(check: Table, directory: PurePath, known: Collection[str]) -> tuple[str, ...] | None:
    """Return the destinations, each `NAME` or `NAME=FILE`; a single one may stand without brackets."""
    single = isinstance(check.entries.get("format"), str)
    text = check.text("format") if single else None
    wanted = (text,) if text is not None else check.texts("format")
    if wanted is None:
        return None
    right = []
    for one in wanted:
        name, _, file = one.partition("=")
        mistake = format_mistake(one, known) or output_mistake(file)
        if mistake:
            check.complain("format", mistake)
        else:
            right.append(f"{name}={directory / file}" if file else name)
    return tuple(right) or None


def _policies(policy: Table) -> model.Policies:
    if not policy.entries:
        return model.Policies()
    known = model.choices()
    policy.only(known, "policy")
    chosen = {name: policy.choice(name, values) for name, values in known.items()}
    return model.Policies(
        **{
            name.replace("-", "_"): model.PolicyValue(value)
            for name, value in chosen.items()
            if value is not None
        }
    )


def _rules(rules: Table, rule_ids: Collection[str]) -> Mapping[str, Level]:
    rules.only(rule_ids, "rule")
    chosen = ((rule_id, rules.choice(rule_id, _LEVELS)) for rule_id in rules.entries if rule_id in rule_ids)
    return {rule_id: _LEVELS[level] for rule_id, level in chosen if level is not None}


def _publish_rules(publish: Table, vocabulary: model.Vocabulary) -> Mapping[str, model.PublishChoice]:
    if not publish.entries:
        return {}
    defaults = vocabulary.publish_rules()
    publish.only(defaults, "rule")
    chosen = ((rule_id, _word(publish, rule_id, model.PUBLISH_WORDS)) for rule_id in publish.entries)
    return {
        rule_id: model.PublishChoice(word, defaults[rule_id])
        for rule_id, word in chosen
        if word is not None and rule_id in defaults
    }


def _suppressions(
    tables: Sequence[Table], rule_ids: Collection[str], scheme: AnyScheme
) -> tuple[model.SuppressionEntry, ...]:
    """Return the entries that are right; with patterns, each of which asks about all findings, a few."""
    read = (_suppression(one, rule_ids, scheme) for one in tables)
    entries = tuple(entry for entry in read if entry is not None)
    if sum(map(has_pattern, entries)) > limits.SUPPRESSION_PATTERNS:
        tables[0].complain(
            "", f"more than {limits.SUPPRESSION_PATTERNS} suppressions with '*': name findings"
        )
    return entries


def _suppression(entry: Table, rule_ids: Collection[str], scheme: AnyScheme) -> model.SuppressionEntry | None:
    """Return an entry, or nothing if anything about it is wrong: a wider one would hide too much."""
    mistakes_before = len(entry.document.mistakes)
    entry.only(_SUPPRESS)
    place = entry.place
    found = model.SuppressionEntry(
        rule=_rule(entry, rule_ids),
        symbol=_pattern(entry, "symbol"),
        module=_filled(entry, "module"),
        fingerprint=_fingerprint(entry),
        reason=_reason(entry),
        until=_until(entry, scheme),
        line=place[0] if place is not None else None,
    )
    if not any(key in entry.entries for key in ("rule", "symbol", "fingerprint")):
        entry.complain("", "expected 'rule', 'symbol' or 'fingerprint' in [[suppress]], found none of them")
    return found if len(entry.document.mistakes) == mistakes_before else None


def _rule(entry: Table, rule_ids: Collection[str]) -> str | None:
    found = _pattern(entry, "rule")
    if found is not None and not any(matches(found, one) for one in rule_ids):
        kind = "unknown rule" if "*" not in found else "no rule is like"
        meant = entry.document.meant(found.replace("*", ""), rule_ids)
        entry.complain("rule", f"{kind} '{found}' under [suppress]{meant}")
    return found


def _pattern(entry: Table, key: str) -> str | None:
    """Return a text in which `*` stands for any other; alone it would say no more than no key at all."""
    found = _filled(entry, key)
    if found is not None and not found.strip("* "):
        entry.complain(key, f"expected a text around '*' for '{key}' under [suppress], or no '{key}' at all")
    return found


def _filled(entry: Table, key: str) -> str | None:
    found = entry.text(key)
    if found is not None and not found.strip():
        entry.complain(key, f"expected a text for '{key}' under [suppress], found an empty one")
    return found


def _fingerprint(entry: Table) -> str | None:
    found = entry.text("fingerprint")
    if found is not None and not _FINGERPRINT.match(found):
        entry.complain(
            "fingerprint", f"expected 16 hex digits as reports show them for 'fingerprint', found '{found}'"
        )
    return found


def _reason(entry: Table) -> str:
    if "reason" not in entry.entries:
        entry.complain("", "missing 'reason' under [suppress]: say why the finding does not count")
    return (_filled(entry, "reason") or "").strip()


def _until(entry: Table, scheme: AnyScheme) -> dt.date | Ordered | None:
    """Return a date or a version; TOML has dates of its own, which need no quotes."""
    match entry.entries.get("until"):
        case dt.date() as day if not isinstance(day, dt.datetime):
            return day
        case str(text):
            try:
                return dt.date.fromisoformat(text) if _DATE.match(text) else scheme.parse(text)
            except ValueError:
                expected = "expected a date as in 2027-01-31 or a version as in 2.0.0 for 'until'"
                entry.complain("until", f"{expected}, found '{text}'")
        case value:
            entry.expected("a date or a version", "until", value)
    return None
