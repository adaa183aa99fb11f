"""Settings from the text of a Semver.toml, as the command line makes them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from semverdiff.config import Options, SemverToml, Vocabulary, combine
from semverdiff.errors import UsageError
from semverdiff.versions import SEMANTIC, any_scheme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.config import Settings

__all__ = ["VOCABULARY", "mistakes", "settings"]

VOCABULARY = Vocabulary(
    formats=("text", "json", "html"),
    rule_ids=lambda: ("enum-member-added", "function-removed", "record-field-removed"),
    tool_version=lambda: "1.4.0",
    scheme=any_scheme(SEMANTIC),
    publish_rules=lambda: {"license-missing": "warning", "readme-missing": "error"},
)


def settings(
    text: str | bytes | None = None,
    *,
    flags: Options | None = None,
    environment: Mapping[str, str] | None = None,
    directory: str = "",
) -> Settings:
    """Settle a run; without a text there is no file."""
    content = text.encode() if isinstance(text, str) else text
    file = SemverToml(content, PurePosixPath(directory)) if content is not None else None
    return combine(Path(), flags or Options(), environment or {}, file, VOCABULARY)


def mistakes(text: str | bytes | None = None, **said: Mapping[str, str]) -> list[str]:
    """Return the mistakes as `line:column message`, in the order in which they are told."""
    try:
        settings(text, environment=said.get("environment"))
    except UsageError as error:
        return [
            f"{one.line}:{one.column} {one.message}" if one.file else one.message for one in error.mistakes
        ]
    return []
