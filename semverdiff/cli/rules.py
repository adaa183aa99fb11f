"""`semver rules`: what is judged, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from semverdiff.cli.choices import Choice, suggestion
from semverdiff.cli.command import Command
from semverdiff.cli.destinations import deliver
from semverdiff.cli.shared_options import format_option
from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from semverdiff.cli.destinations import Destination
    from semverdiff.cli.screen import Screen
    from semverdiff.reports import Style
    from semverdiff.rules.entries import Rule

__all__ = ["command"]

_LEVELS = ("major", "minor", "patch")
_SUGGESTED = 5

_LIST_EXAMPLES = """\b
Examples:
  semver rules list                                    all rules, one a line
  semver rules list --subject record-field --level major
  semver rules list --format json=rules.json
"""

_EXPLAIN_EXAMPLES = """\b
Examples:
  semver rules explain record-field-removed

\b
Exit codes:
  0  explained                           2  there is no such rule
"""


@click.group("rules")
def command() -> None:
    """Show the rules by which changes are judged."""


@command.command("list", cls=Command, epilog=_LIST_EXAMPLES)
@click.option(
    "--level",
    "wanted",
    type=Choice(_LEVELS),
    multiple=True,
    help="Only rules that can give that level. Repeatable.",
)
@click.option(
    "--subject",
    "subjects",
    metavar="NAME",
    multiple=True,
    help="Only rules about that: function, record-field, enum-member ... Repeatable.",
)
@format_option(("text", "json"))
@click.pass_obj
def _list(
    screen: Screen,
    *,
    wanted: tuple[str, ...],
    subjects: tuple[str, ...],
    destinations: tuple[Destination, ...],
) -> int:
    """List the rules: id, levels, and what happened.

    A rule has several levels where circumstances decide; `semver rules explain ID` says which.
    """
    # Slow: not for --help and mistyped options.
    from semverdiff.rules import all_rules  # noqa: PLC0415
    from semverdiff.rules.pages import by_subject, levels  # noqa: PLC0415

    rules = list(all_rules())
    _require_subjects(subjects, by_subject(rules))
    chosen = [
        one
        for one in rules
        if (not subjects or one.subject in subjects)
        and (not wanted or any(level.word in wanted for level in levels(one)))
    ]

    def draw(format_name: str, _style: Style) -> str:
        return _json(chosen) if format_name == "json" else _lines(chosen)

    deliver(draw, destinations, screen)
    return 0


@command.command("explain", cls=Command, epilog=_EXPLAIN_EXAMPLES)
@click.argument("rule_id", metavar="ID")
@click.pass_obj
def _explain(screen: Screen, *, rule_id: str) -> int:
    """Explain one rule: levels and their conditions, who breaks, how to avoid and to configure it."""
    from semverdiff.rules import rule  # noqa: PLC0415 (as above)

    found = rule(rule_id)
    if found is None:
        raise _unknown(rule_id)
    from semverdiff.rules.pages import page  # noqa: PLC0415 (as above)

    text = page(found)
    if screen.color:
        from semverdiff.cli.highlighting import highlighted  # noqa: PLC0415 (as above)

        text = highlighted(text)
    screen.show(text)
    return 0


def _require_subjects(subjects: Sequence[str], known: Collection[str]) -> None:
    for one in subjects:
        if one not in known:
            raise UsageError(
                f"no rule is about '{one}': expected one of {', '.join(known)}.{suggestion(one, known)}"
            )


def _unknown(rule_id: str) -> UsageError:
    from semverdiff.config.suggestions import nearest  # noqa: PLC0415 (only for a mistake)
    from semverdiff.rules import all_rules  # noqa: PLC0415 (as above)

    ids = [one.id for one in all_rules()]
    close = nearest(rule_id, ids, _SUGGESTED)
    meant = f"; the nearest are {', '.join(close)}" if close else ""
    return UsageError(f"there is no rule '{rule_id}'{meant} (`semver rules list` shows all)")


def _lines(rules: Sequence[Rule]) -> str:
    """Draw the table; no column is cut, so that ids can be copied and lines be searched."""
    from semverdiff.rules.pages import levels  # noqa: PLC0415 (as above)

    rows = [(one.id, "/".join(level.word for level in levels(one)), one.title) for one in rules]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
    return "".join(f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]}\n" for row in rows)


def _json(rules: Sequence[Rule]) -> str:
    import json  # noqa: PLC0415 (slow: only for this format)

    from semverdiff.rules.pages import entry_of  # noqa: PLC0415 (as above)

    document = {"schema_version": 1, "rules": [entry_of(one) for one in rules]}
    return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n"
