"""What the user decided, as one frozen value: flags over environment over Semver.toml over defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from semverdiff.config.policies import Policies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from semverdiff.versions import Level, Version

__all__ = ["FailOn", "Settings", "SuppressionEntry"]

FailOn = Literal["under-bumped", "major", "minor", "patch", "never"]


class SuppressionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One `[[suppress]]` of Semver.toml: which findings do not count, why, and until when.

    What is given of `rule`, `symbol`, `module` and `fingerprint` must all agree with a finding. A date is
    the last day on which the entry acts, a version the first for which it no longer does.
    """

    rule: str | None = None
    symbol: str | None = None
    module: str | None = None
    fingerprint: str | None = None
    reason: str
    until: date | Version | None = None
    line: int | None = None

    def __str__(self) -> str:
        """Name the entry as messages do: what it is about, and where it is written."""
        about = [
            f"{key} '{value}'"
            for key, value in (
                ("rule", self.rule),
                ("symbol", self.symbol),
                ("module", self.module),
                ("fingerprint", self.fingerprint),
            )
            if value is not None
        ]
        place = f" (line {self.line})" if self.line is not None else ""
        return f"{', '.join(about)}{place}"


class Settings(msgspec.Struct, frozen=True):
    """One run of `semver check`.

    `formats` are texts as `--format` takes them. `rules` gives the level of each rule that the project
    judges differently from the catalogue, `Level.NONE` being off. `merge_base` is a git revision: what came
    since the history parted from it is told as well.

    `environment` holds the variables that say how registries are reached; it may hold a token, and so is
    never shown.
    """

    path: Path
    baseline: str = "auto"
    formats: tuple[str, ...] = ("text",)
    offline: bool = False
    refresh: bool = False
    strict: bool = False
    show_diff: bool = False
    fail_on: FailOn = "under-bumped"
    merge_base: str | None = None
    policies: Policies = Policies()
    rules: Mapping[str, Level] = {}
    suppressions: tuple[SuppressionEntry, ...] = ()
    environment: Mapping[str, str] = {}

    def __repr__(self) -> str:
        names = (name for name in self.__struct_fields__ if name != "environment")
        return f"Settings({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"
