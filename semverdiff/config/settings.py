"""What the user decided, as one frozen value: flags over environment over defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from semverdiff.config.policies import Policies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["FailOn", "Settings"]

FailOn = Literal["under-bumped", "major", "minor", "patch", "never"]


@dataclass(frozen=True, slots=True)
class Settings:
    """One run of `semver check`.

    `environment` holds the variables that say how registries are reached; it may hold a token, and so is
    never shown.
    """

    path: Path
    baseline: str = "auto"
    offline: bool = False
    refresh: bool = False
    strict: bool = False
    fail_on: FailOn = "under-bumped"
    policies: Policies = field(default_factory=Policies)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
