"""The rules about publishing, by families: a file each, whose `RULES` are listed there, and a line here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.publish.model import PublishRule

__all__ = ["FAMILIES", "publish_rule", "publish_rules"]

# In the order of reports.
FAMILIES = (
    "manifest",
    "documentation",
    "modules",
    "contents",
    "libraries",
    "dependencies",
    "releases",
    "archives",
)


@cache
def publish_rules() -> tuple[PublishRule, ...]:
    """Return all rules, in the order of reports."""
    return tuple(rule for family in FAMILIES for rule in import_module(f"{__name__}.{family}").RULES)


def publish_rule(rule_id: str) -> PublishRule | None:
    """Return the rule of that id, or None."""
    return next((one for one in publish_rules() if one.id == rule_id), None)
