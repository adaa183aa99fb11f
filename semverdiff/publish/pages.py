"""The page of a rule about publishing, and its entry in the catalogue as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.publish.model import PublishCondition

__all__ = ["entry_of", "page"]


def page(rule: PublishCondition) -> str:
    """Return everything that there is to say about a rule, in Markdown."""
    parts = [
        f"# {rule.id}",
        f"{rule.title[0].upper()}{rule.title[1:]}. `semver check --publish` reports it as {_article(rule)}.",
        rule.why,
    ]
    if rule.prints:
        parts.append(f"`bal` prints:\n\n```text\n{rule.prints}\n```")
    parts.append(f"To mend it: {rule.remedy}")
    return "\n\n".join(parts) + "\n"


def _article(rule: PublishCondition) -> str:
    return f"{'an' if rule.severity == 'error' else 'a'} {rule.severity}"


def entry_of(rule: PublishCondition) -> dict[str, str | None]:
    """Return a rule as plain values."""
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "title": rule.title,
        "why": rule.why,
        "prints": rule.prints or None,
        "remedy": rule.remedy,
    }
