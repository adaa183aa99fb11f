"""`semver rules`: the catalogue of rules, and each of them explained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from semverdiff.cli.options import Choice, Command, Group, completed, format_option, option, suggestion
from semverdiff.cli.output import deliver
from semverdiff.errors import UsageError
from semverdiff.front_ends import front_end_at, front_ends
from semverdiff.reports import listings
from semverdiff.text import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from semverdiff.cli.output import Console, Destination
    from semverdiff.publish import PublishCondition
    from semverdiff.reports import Style

__all__ = ["command"]

_LEVELS = ("major", "minor", "patch")
_SUGGESTED = 5

_LIST_EXAMPLES = """\b
Examples:
  semver rules list                                    all rules, one a line
  semver rules list --subject record-field --level major
  semver rules list --format json=rules.json
  semver rules list --publish                          those of `semver check --publish`
"""

_EXPLAIN_EXAMPLES = """\b
Examples:
  semver rules explain record-field-removed

\b
Exit codes:
  0  explained                           2  there is no such rule
"""


@click.group("rules", cls=Group)
def command() -> None:
    """Show the rules by which changes are judged."""


@command.command("list", cls=Command, epilog=_LIST_EXAMPLES)
@option(
    "--level",
    "words",
    type=Choice(_LEVELS),
    multiple=True,
    help="Only rules that can give that level. Repeatable.",
)
@option(
    "--subject",
    "subjects",
    metavar="NAME",
    multiple=True,
    shell_complete=completed("subjects"),
    help="Only rules about that: function, record-field, enum-member ... Repeatable.",
)
@option("--publish", "of_publish", is_flag=True, help="The rules of `semver check --publish` instead.")
@format_option(listings.FORMATS)
@click.pass_obj
def _list(
    console: Console,
    *,
    words: tuple[str, ...],
    subjects: tuple[str, ...],
    of_publish: bool,
    destinations: tuple[Destination, ...],
) -> int:
    """List the rules: id, levels, and what happened.

    They are those of Ballerina, and in a project of Vein those of Vein. A rule has several levels where
    circumstances decide; `semver rules explain ID` says which.
    """
    if of_publish:
        if words or subjects:
            raise click.UsageError("--publish lists rules without levels and subjects: give it alone.")
        about_publishing = front_end_at(Path()).publish_rules()
        deliver(
            lambda format_name, _: listings.rules.render_publish(about_publishing, format_name),
            destinations,
            console,
        )
        return 0
    catalogue = front_end_at(Path()).ecosystem.catalogue
    every = list(catalogue.all_rules())
    _require_subjects(subjects, dict.fromkeys(rule.subject for rule in every))
    chosen = [
        rule
        for rule in every
        if (not subjects or rule.subject in subjects)
        and (not words or any(level.word in words for level in rule.levels))
    ]

    def draw(format_name: str, style: Style) -> str:
        return listings.rules.render(chosen, catalogue, format_name, style)

    deliver(draw, destinations, console)
    return 0


@command.command("explain", cls=Command, epilog=_EXPLAIN_EXAMPLES)
@click.argument("rule_id", metavar="ID", shell_complete=completed("explained_rule_ids"))
@click.pass_obj
def _explain(console: Console, *, rule_id: str) -> int:
    """Explain one rule: levels and their conditions, who breaks, how to avoid and to configure it.

    Of a rule of `check --publish`: what goes wrong, what `bal` prints, and how to mend it.
    """
    pages = (one.ecosystem.catalogue.rule_page(rule_id) for one in front_ends())
    page = next((one for one in pages if one is not None), None)
    if page is None:
        about_publishing = next((rule for rule in _publish_rules() if rule.id == rule_id), None)
        if about_publishing is None:
            raise _unknown(rule_id)
        console.show(listings.rules.explain_publish(about_publishing, console.style()))
        return 0
    console.show(listings.rules.explain(page, console.style()))
    return 0


def _require_subjects(subjects: Sequence[str], known: Collection[str]) -> None:
    for subject in subjects:
        if subject not in known:
            expected = f"expected one of {', '.join(known)}.{suggestion(subject, known)}"
            raise UsageError(f"no rule is about '{subject}': {expected}")


def _publish_rules() -> Iterator[PublishCondition]:
    """Yield the rules about publishing of all ecosystems."""
    for front_end in front_ends():
        yield from front_end.publish_rules()


def _unknown(rule_id: str) -> UsageError:
    ids = [rule.id for one in front_ends() for rule in one.ecosystem.catalogue.all_rules()]
    ids += [rule.id for rule in _publish_rules()]
    close = nearest(rule_id, ids, _SUGGESTED)
    meant = f"; the nearest are {', '.join(close)}" if close else ""
    return UsageError(f"there is no rule '{rule_id}'{meant} (`semver rules list` shows all)")
