"""The page of a rule: what `semver rules explain` prints, docs/reference/rules/ holds, reports show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import packages
from semverdiff.api import Outlines, Surface
from semverdiff.artifact import Provenance
from semverdiff.changes import Change
from semverdiff.clients import Client, Writer
from semverdiff.compare import Difference, compare
from semverdiff.compare.facts import Condition, Subject
from semverdiff.config import Policies, choices
from semverdiff.rules import catalogue
from semverdiff.rules.conditions import (
    BOTH,
    IN,
    IN_OR_BOTH,
    OUT,
    OUT_OR_BOTH,
    PolicyIs,
    Positions,
    contract_text,
)
from semverdiff.rules.evaluation import finding_of
from semverdiff.rules.examples import CODE
from semverdiff.rules.messages import sentence
from semverdiff.rules.page_model import LevelRow, RulePage, page_text
from semverdiff.rules.policies import policies_of
from semverdiff.rules.subjects import SUBJECTS
from semverdiff.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from semverdiff.packages import Package
    from semverdiff.rules.conditions import Requirement
    from semverdiff.rules.examples import Versions
    from semverdiff.rules.schema import Row, Rule

__all__ = [
    "by_subject",
    "entry_of",
    "example_differences",
    "index_page",
    "page",
    "page_of",
    "rule_entry",
    "rule_page",
    "subject_page",
]

_MANIFEST = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n'
_POSITIONS: Mapping[Positions, str] = {
    IN: "clients pass it in (position `in`)",
    OUT: "clients receive it (position `out`)",
    BOTH: "clients pass it in and receive it (position `both`)",
    IN_OR_BOTH: "clients pass it in (position `in` or `both`)",
    OUT_OR_BOTH: "clients receive it (position `out` or `both`)",
}
_CONTEXTS: Mapping[Condition, str] = {
    Condition.SEALED: "clients cannot implement the type: a member is not public",
    Condition.OPEN_CLASS: "all members of the class are public",
    Condition.OPEN_OBJECT_TYPE: "all members of the object type are public",
}


def page_of(rule: Rule) -> RulePage:
    """Return everything that there is to say about a rule."""
    versions = rule.example
    sides = _surfaces(versions)
    difference = _difference(rule, sides)
    client = _client(rule, sides, difference)
    about = SUBJECTS[rule.subject]
    return RulePage(
        id=rule.id,
        title=rule.title,
        message=f"{sentence(rule.entry.message, difference)}.",
        levels=tuple(_level_row(row, difference) for row in rule.rows),
        before=versions.before,
        after=versions.after,
        around=versions.around,
        client=None if client is None else client.program,
        remediation=rule.remediation,
        configuration=_configuration(rule),
        reference=(
            f'language specification, "{about.chapter}"; compatibility contract, '
            f"{' and '.join(about.sections)}. Since semverdiff {rule.entry.since}."
        ),
        language="ballerina",
        lone_file=CODE,
    )


def rule_page(rule_id: str) -> RulePage | None:
    """Return everything that there is to say about the rule of an id, or `None` if the catalogue has none."""
    known = catalogue.rule(rule_id)
    return None if known is None else page_of(known)


def rule_entry(rule_id: str) -> dict[str, object] | None:
    """Return the rule of an id as JSON has it, or `None` as above."""
    known = catalogue.rule(rule_id)
    return None if known is None else entry_of(known)


def page(rule: Rule) -> str:
    """Return the page of a rule in Markdown."""
    return page_text(page_of(rule))


def entry_of(rule: Rule) -> dict[str, object]:
    """Return a rule as JSON has it: the words of its page, without the example."""
    sides = _surfaces(rule.example)
    difference = _difference(rule, sides)
    client = _client(rule, sides, difference)
    about = SUBJECTS[rule.subject]
    return {
        "id": rule.id,
        "subject": rule.subject,
        "title": rule.title,
        "levels": [
            {
                "when": contract_text(row.requirements) or None,
                "level": row.effect.level.word,
                "strict": row.effect.strict.word,
                "reason": sentence(row.effect.reason, difference),
            }
            for row in rule.rows
        ],
        "certainty": rule.entry.certainty.value,
        "message": sentence(rule.entry.message, difference),
        "client": None if client is None else client.program,
        "reference": {"chapter": about.chapter, "section": " and ".join(about.sections)},
        "since": rule.entry.since,
    }


def subject_page(subject: str, rules: Iterable[Rule]) -> str:
    """Return the page of all rules of a subject."""
    pages = [page(one) for one in rules]
    sections = " and ".join(SUBJECTS[Subject(subject)].sections)
    links = (
        f"[All subjects](README.md), [compatibility contract](../../explanation/compatibility.md) {sections}"
    )
    return f"# Rules: {subject}\n\n{plural(len(pages), 'rule')}. {links}\n\n" + "\n".join(pages)


def index_page(rules: Iterable[Rule]) -> str:
    """Return the page that leads to the others: what the words mean, the policies, every rule."""
    groups = by_subject(rules)
    count = sum(map(len, groups.values()))
    policies = "\n".join(
        f"| [{name}](policies.md#{name}) | {', '.join(f'`{value}`' for value in values)} |"
        for name, values in choices().items()
    )
    listed = "\n\n".join(
        f"## [{subject}]({subject}.md)\n\n" + "\n".join(map(_line, group))
        for subject, group in groups.items()
    )
    introduction = _INTRODUCTION.format(count=count, subjects=len(groups), policies=policies)
    return f"{introduction}\n{listed}\n\n{_TOCTREE}"


_INTRODUCTION = """\
# Rules

{count} rules for {subjects} subjects. Each says which version step a change of a package's API asks for, and
which client decides that. `semver rules list` and `semver rules explain ID` show the same in a terminal.

Levels: **major** (an ordinary use breaks), **minor** (the API grew, or only an unusual use breaks), **patch**
(neither). Where a page says "with `--strict`", unusual uses count: own types that repeat those of the
package, inferred types, redundant handling.

Positions: a type is `in` where clients pass its values to the package, `out` where they receive them, `both`
where they do both or use the type for data of their own.

The [compatibility contract](../../explanation/compatibility.md) says what decides, in words and tables. A
project decides otherwise in its Semver.toml:

```toml
[rules]
record-field-optional-added = "major"    # off, patch, minor or major

[policy]
zero-minor = "as-stable"

[[suppress]]
rule = "record-field-removed"            # and/or: symbol, module, fingerprint
symbol = "Order.id"
reason = "was never filled"
until = 2027-01-31                       # or a version: "2.0.0"
```

| policy | values, the default first |
| --- | --- |
{policies}
"""
# What the site of the documentation lists below this page; hosting services show it as it stands.
_TOCTREE = "```{toctree}\n:hidden:\n:glob:\n\n*\n```\n"


def by_subject(rules: Iterable[Rule]) -> Mapping[str, list[Rule]]:
    """Return the rules of each subject, in their order."""
    groups: dict[str, list[Rule]] = {}
    for one in rules:
        groups.setdefault(one.subject, []).append(one)
    return groups


def _line(rule: Rule) -> str:
    words_of_levels = "/".join(level.word for level in rule.levels)
    return f"- [{rule.id}]({rule.subject}.md#{rule.id}) ({words_of_levels}): {rule.title}"


def _level_row(row: Row, difference: Difference) -> LevelRow:
    effect = row.effect
    return LevelRow(
        level=effect.level.word,
        strict=effect.strict.word if effect.strict is not effect.level else "",
        condition=" and ".join(map(_condition, row.requirements)),
        reason=sentence(effect.reason, difference),
    )


def _condition(requirement: Requirement) -> str:
    match requirement:
        case PolicyIs(policy, value):
            return f"the policy `{policy}` is `{value}`"
        case Positions():
            return _POSITIONS[requirement]
        case _:
            return _CONTEXTS.get(requirement, requirement.value)


def _client(rule: Rule, sides: tuple[Surface, Surface], difference: Difference) -> Client | None:
    """Return the client that the example breaks; if none, that of the row with the highest level."""
    writer = Writer(*sides)
    finding = finding_of(difference, Policies(), strict=True, writer=writer)
    if finding.client is not None:
        return Client(finding.client, finding.client_program)
    breaking = [row.effect for row in rule.rows if row.effect.client is not None]
    uses = [one.client for one in sorted(breaking, key=lambda one: (one.level, one.strict), reverse=True)]
    return next((writer.client(difference, use) for use in uses if use is not None), None)


def _configuration(rule: Rule) -> str:
    policies = "".join(
        f", `{name}` ({' or '.join(choices()[name])}) under `[policy]`" for name in policies_of(rule)
    )
    return (
        f"`{rule.id}` (off, patch, minor or major) under `[rules]`"
        f"{policies}, or `[[suppress]]` for a single finding."
    )


def _difference(rule: Rule, sides: tuple[Surface, Surface]) -> Difference:
    """Return what comparing an example tells; no more than its name where it finds the rule's parts only."""
    bare = Difference(
        subject=rule.subject,
        fact=rule.entry.fact,
        symbol=rule.example.symbol,
        module="shop",
        trail=(),
        change=Change.MODIFIED,
    )
    return next((one for one in compare(*sides) if one.rule == rule.id), bare)


def example_differences(versions: Versions) -> list[Difference]:
    """Return the differences between the versions of an example, in a package acme/shop."""
    return compare(*_surfaces(versions))


def _surfaces(versions: Versions) -> tuple[Surface, Surface]:
    outlines = Outlines()
    old, new = (_package(files, versions.around) for files in (versions.before, versions.after))
    return Surface(old, outlines), Surface(new, outlines)


def _package(files: Mapping[str, str], around: str) -> Package:
    contents = {"Ballerina.toml": _MANIFEST, **files, CODE: f"{files.get(CODE, '')}\n{around}"}
    folders = packages.folders_of(contents)
    tree = packages.ListedTree("shop", folders, lambda path: contents[path].encode())
    return packages.read_sources(tree, Provenance("directory"))
