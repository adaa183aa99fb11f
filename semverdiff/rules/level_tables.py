"""The level tables of docs/explanation/compatibility.md, written from the catalogue between its markers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff.compare.facts import Condition, Subject
from semverdiff.rules.catalogue import entries_of
from semverdiff.rules.conditions import IN, contract_text
from semverdiff.rules.templates import title
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.compare.facts import Fact
    from semverdiff.rules.schema import Effect, Entry, Row

__all__ = ["with_level_tables"]

_TABLE = re.compile(r"<!-- levels: (?P<subjects>[a-z, -]+) -->\n.*?(?=<!-- end -->)", re.DOTALL)
_SIGNS = {Level.MAJOR: "M", Level.MINOR: "m", Level.PATCH: "p"}


def with_level_tables(document: str) -> str:
    """Return a document with its tables, each between `<!-- levels: SUBJECT, ... -->` and `<!-- end -->`."""

    def table(marker: re.Match[str]) -> str:
        subjects = [Subject(name) for name in marker["subjects"].split(", ")]
        return f"<!-- levels: {marker['subjects']} -->\n\n{_table(subjects)}\n\n"

    return _TABLE.sub(table, document)


def _table(subjects: list[Subject]) -> str:
    head = "| what happened | rules | level |\n| --- | --- | --- |"
    return "\n".join([head, *(_line(entry, subjects) for entry in entries_of(subjects))])


def _line(entry: Entry, subjects: Iterable[Subject]) -> str:
    concerned = [subject for subject in subjects if subject in entry.levels]
    links = ", ".join(f"[{subject}]({_page(subject, entry.fact)})" for subject in concerned)
    return f"| {title(entry.title, concerned[0])} | `{entry.fact}`: {links} | {_levels(entry, concerned)} |"


def _page(subject: Subject, fact: Fact) -> str:
    return f"../reference/rules/{subject}.md#{subject}-{fact}"


def _levels(entry: Entry, subjects: Iterable[Subject]) -> str:
    groups: dict[str, list[Subject]] = {}
    for subject in subjects:
        groups.setdefault(_rows(entry.levels[subject]), []).append(subject)
    if len(groups) == 1:
        return next(iter(groups))
    return "; ".join(f"{', '.join(named)}: {levels}" for levels, named in groups.items())


def _rows(rows: tuple[Row, ...]) -> str:
    by_requirements = {row.requirements: row.effect for row in rows}
    implemented = by_requirements.get((Condition.OPEN_OBJECT_TYPE, IN))
    if implemented is not None:
        return f"called {_sign(rows[0].effect)}, implemented {_sign(implemented)}"
    if len(rows) == 1:
        return _sign(rows[0].effect)
    return ", ".join(_row(row) for row in rows)


def _row(row: Row) -> str:
    return f"{_sign(row.effect)} {f'({contract_text(row.requirements)})' if row.requirements else 'else'}"


def _sign(effect: Effect) -> str:
    level, strict = _SIGNS[effect.level], _SIGNS[effect.strict]
    return level if level == strict else f"{level}/{strict}"
