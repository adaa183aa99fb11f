"""The named choices of section 1 of the compatibility contract, with their defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args, get_type_hints

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Policies", "choices"]


class Policies(msgspec.Struct, frozen=True):
    """What the project decided where the contract leaves a choice; the first value is the default."""

    enum_member_added: Literal["by-position", "minor"] = "by-position"
    constant_value_changed: Literal["minor", "major"] = "minor"
    construct_output_records: Literal["yes", "no"] = "yes"
    open_classes: Literal["use", "implement"] = "use"
    ambiguous_arguments: Literal["major", "minor"] = "major"
    zero_minor: Literal["breaking-minor", "as-stable"] = "breaking-minor"
    undecided: Literal["major", "minor"] = "major"

    def value(self, name: str) -> str:
        """Return the value of a policy by the name that Semver.toml uses, `open-classes` say."""
        return str(getattr(self, name.replace("-", "_")))


def choices() -> Mapping[str, tuple[str, ...]]:
    """Return the values of each policy by the name that Semver.toml uses; the first is the default."""
    return {name.replace("_", "-"): get_args(values) for name, values in get_type_hints(Policies).items()}
