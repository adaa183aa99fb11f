"""The catalogue of rules: a table, JSON, and the page of one rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from semverdiff import publish, reports
from semverdiff.rules.page_model import page_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.ecosystem import Catalogue, Rule
    from semverdiff.publish import PublishCondition
    from semverdiff.reports.formats.interface import Style
    from semverdiff.rules.page_model import RulePage

__all__ = ["explain", "explain_publish", "render", "render_publish"]

_SCHEMA_VERSION = 1


def render(rules: Sequence[Rule], catalogue: Catalogue, format_name: str, style: Style) -> str:
    """Return rules of a catalogue in the format `text` or `json`."""
    if format_name == "json":
        entries = [catalogue.rule_entry(rule.id) for rule in rules]
        document = {"schema_version": _SCHEMA_VERSION, "rules": entries}
        return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n"
    rows = [(rule.id, rule.levels, rule.title) for rule in rules]
    if style.color:
        return reports.terminal.table(rows, style)
    return _table([(rule_id, "/".join(level.word for level in cell), title) for rule_id, cell, title in rows])


def render_publish(rules: Sequence[PublishCondition], format_name: str) -> str:
    """Return the rules about publishing in the format `text` or `json`."""
    if format_name == "json":
        document = {
            "schema_version": _SCHEMA_VERSION,
            "publish_rules": [publish.entry_of(rule) for rule in rules],
        }
        return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n"
    return _table([(rule.id, rule.severity.value, rule.title) for rule in rules])


def explain(page: RulePage, style: Style) -> str:
    """Return everything that there is to say about a rule: Markdown, or colours instead of its signs."""
    text = page_text(page)
    return reports.terminal.page(text, style) if style.color else text


def explain_publish(rule: PublishCondition, style: Style) -> str:
    """Return everything that there is to say about a rule about publishing, as `explain` does."""
    return reports.terminal.page(publish.page(rule), style) if style.color else publish.page(rule)


def _table(lines: Sequence[tuple[str, str, str]]) -> str:
    """Return the table; no column is cut, so that ids can be copied and lines be searched."""
    widths = [max((len(line[column]) for line in lines), default=0) for column in range(2)]
    return "".join(f"{line[0]:{widths[0]}}  {line[1]:{widths[1]}}  {line[2]}\n" for line in lines)
