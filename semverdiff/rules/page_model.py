"""The page of a rule as a value, whatever the ecosystem, and as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["LevelRow", "RulePage", "page_text"]


class LevelRow(msgspec.Struct, frozen=True):
    """A level of a rule, and when it is that: a clause after "if", empty where no other row holds.

    `strict` is the level with `--strict`, empty where that makes no difference.
    """

    level: str
    strict: str
    condition: str
    reason: str


class RulePage(msgspec.Struct, frozen=True):
    """Everything that there is to say about a rule; sentences have code between back quotes.

    `before` and `after` are files by their paths; `lone_file` is the path of what is nothing but code, whose
    name says nothing. `language` is what fences of code in Markdown call the language.
    """

    id: str
    title: str
    message: str
    levels: tuple[LevelRow, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]
    around: str
    client: str | None
    remediation: str | None
    configuration: str
    reference: str
    language: str
    lone_file: str


def page_text(told: RulePage) -> str:
    """Return the page of a rule in Markdown."""
    parts = [f"## {told.id}", f"{told.title} Reported as: {told.message}", _table(told.levels)]
    parts += ["Before:", *_files(told.before, told), "After:", *_files(told.after, told)]
    if told.around:
        parts += ["Both versions have:", _code(told.around, told.language)]
    if told.client is not None:
        parts += ["A client that breaks:", _code(told.client, told.language)]
    if told.remediation is not None:
        parts.append(f"To avoid it: {told.remediation}")
    parts += [f"To configure it in Semver.toml: {told.configuration}", f"Reference: {told.reference}"]
    return "\n\n".join(parts) + "\n"


def _table(rows: tuple[LevelRow, ...]) -> str:
    if len(rows) == 1:
        return f"Level: {_row(rows[0])}"
    listed = "\n".join(f"{number}. {_row(row, otherwise=' otherwise')}" for number, row in enumerate(rows, 1))
    return f"Level, by the first line that holds:\n\n{listed}"


def _row(row: LevelRow, otherwise: str = "") -> str:
    strictly = f" (**{row.strict}** with `--strict`)" if row.strict else ""
    condition = f" if {row.condition}" if row.condition else otherwise
    return f"**{row.level}**{strictly}{condition}. {row.reason}"


def _files(files: Mapping[str, str], told: RulePage) -> Iterator[str]:
    """Draw one version of an example; the names of files matter where it is more than code."""
    if set(files) <= {told.lone_file}:
        yield _code(files.get(told.lone_file, "// nothing of that name"), told.language)
        return
    for path, text in files.items():
        yield f"`{path}`"
        yield _code(text, "toml" if path.endswith(".toml") else told.language)


def _code(text: str, language: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"
