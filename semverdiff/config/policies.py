"""The named choices of section 1 of the compatibility contract, with their defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Policies"]


@dataclass(frozen=True, slots=True)
class Policies:
    """What the project decided where the contract leaves a choice; the first value is the default."""

    enum_member_added: Literal["by-position", "minor"] = "by-position"
    constant_value_changed: Literal["minor", "major"] = "minor"
    construct_output_records: Literal["yes", "no"] = "yes"
    open_classes: Literal["use", "implement"] = "use"
    ambiguous_arguments: Literal["major", "minor"] = "major"
    zero_minor: Literal["breaking-minor", "as-stable"] = "breaking-minor"
    undecided: Literal["major", "minor"] = "major"

    def value(self, name: str) -> str:
        """Give the value of a policy by the name that Semver.toml uses, `open-classes` say."""
        return str(getattr(self, name.replace("-", "_")))
