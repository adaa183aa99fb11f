"""The values of configuration: what one source says, what the project decided, and the settings of a run."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final, Literal, get_args

import msgspec

from semverdiff.enums import StrEnum

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date
    from pathlib import Path

    from semverdiff.versions import AnyScheme, Level, Ordered

__all__ = [
    "ACCEPT_SETTINGS",
    "DEPENDENCIES",
    "FAIL_ON",
    "OPTIONS",
    "PUBLISH_WORDS",
    "SEMVER_TOML",
    "AcceptSettings",
    "Decisions",
    "Dependencies",
    "FailOn",
    "Options",
    "Policies",
    "Policy",
    "PolicyValue",
    "PublishChoice",
    "PublishWord",
    "SemverToml",
    "Settings",
    "SuppressionEntry",
    "Vocabulary",
    "choices",
]

PublishWord = Literal["off", "warning", "error"]
PUBLISH_WORDS: tuple[PublishWord, ...] = get_args(PublishWord)
"""What a rule about publishing can count as, from the one that lets most pass to the strictest."""

FailOn = Literal["under-bumped", "major", "minor", "patch", "never"]
FAIL_ON: tuple[FailOn, ...] = get_args(FailOn)

AcceptSettings = Literal["base", "suppressions", "head"]
ACCEPT_SETTINGS: tuple[AcceptSettings, ...] = get_args(AcceptSettings)

Dependencies = Literal["auto", "fetch", "local", "none"]
DEPENDENCIES: tuple[Dependencies, ...] = get_args(Dependencies)

OPTIONS = (
    "baseline",
    "format",
    "offline",
    "refresh",
    "strict",
    "show-diff",
    "fail-on",
    "merge-base",
    "accept-settings",
    "require-baseline",
    "dependencies",
    "strict-suppressions",
    "publish",
)
"""The options as Semver.toml names them. The command line puts `--` in front of them."""


class Policy(StrEnum):
    """A choice that the compatibility contract leaves to the project (section 1), as Semver.toml names it."""

    ENUM_MEMBER_ADDED = "enum-member-added"
    CONSTANT_VALUE_CHANGED = "constant-value-changed"
    CONSTRUCT_OUTPUT_RECORDS = "construct-output-records"
    OPEN_CLASSES = "open-classes"
    AMBIGUOUS_ARGUMENTS = "ambiguous-arguments"
    MIRRORED_RECORDS = "mirrored-records"
    BREAKING_BUMP = "breaking-bump"
    ZERO_MINOR = "zero-minor"
    UNDECIDED = "undecided"
    REMOVAL = "removal"


class PolicyValue(StrEnum):
    """What a project can decide; `choices` says which of these a policy takes."""

    AFTER_DEPRECATION = "after-deprecation"
    AS_STABLE = "as-stable"
    AT_ONCE = "at-once"
    BREAKING_MINOR = "breaking-minor"
    BY_POSITION = "by-position"
    IMPLEMENT = "implement"
    MAJOR = "major"
    MINOR = "minor"
    MINOR_WITH_DISTRIBUTION = "minor-with-distribution"
    NO = "no"
    USE = "use"
    YES = "yes"


class Policies(msgspec.Struct, frozen=True):
    """What the project decided where the contract leaves a choice, with the contract's defaults."""

    enum_member_added: PolicyValue = PolicyValue.BY_POSITION
    constant_value_changed: PolicyValue = PolicyValue.MINOR
    construct_output_records: PolicyValue = PolicyValue.YES
    open_classes: PolicyValue = PolicyValue.USE
    ambiguous_arguments: PolicyValue = PolicyValue.MAJOR
    mirrored_records: PolicyValue = PolicyValue.NO
    breaking_bump: PolicyValue = PolicyValue.MAJOR
    zero_minor: PolicyValue = PolicyValue.BREAKING_MINOR
    undecided: PolicyValue = PolicyValue.MAJOR
    removal: PolicyValue = PolicyValue.AT_ONCE

    def value(self, policy: str) -> PolicyValue:
        """Return what the project decided about a policy."""
        value: PolicyValue = getattr(self, policy.replace("-", "_"))
        return value


_OTHER_VALUES = {
    Policy.ENUM_MEMBER_ADDED: PolicyValue.MINOR,
    Policy.CONSTANT_VALUE_CHANGED: PolicyValue.MAJOR,
    Policy.CONSTRUCT_OUTPUT_RECORDS: PolicyValue.NO,
    Policy.OPEN_CLASSES: PolicyValue.IMPLEMENT,
    Policy.AMBIGUOUS_ARGUMENTS: PolicyValue.MINOR,
    Policy.MIRRORED_RECORDS: PolicyValue.YES,
    Policy.BREAKING_BUMP: PolicyValue.MINOR_WITH_DISTRIBUTION,
    Policy.ZERO_MINOR: PolicyValue.AS_STABLE,
    Policy.UNDECIDED: PolicyValue.MINOR,
    Policy.REMOVAL: PolicyValue.AFTER_DEPRECATION,
}


def choices() -> Mapping[str, tuple[PolicyValue, ...]]:
    """Return the values that each policy takes; the first is the default."""
    defaults = Policies()
    return {policy: (defaults.value(policy), other) for policy, other in _OTHER_VALUES.items()}


class PublishChoice(msgspec.Struct, frozen=True):
    """What a rule about publishing counts as for the project, and what it counts as by itself."""

    word: PublishWord
    default: PublishWord


class SuppressionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One `[[suppress]]` of Semver.toml: which findings do not count, why, and until when.

    What is given of `rule`, `symbol`, `module` and `fingerprint` must all agree with a finding; in the first
    two `*` stands for any text. A date is the last day on which the entry acts, a version the first for which
    it no longer does.

    `is_new` says that the change set brings the entry, and `most` how many findings it may match at most.
    """

    rule: str | None = None
    symbol: str | None = None
    module: str | None = None
    fingerprint: str | None = None
    reason: str
    until: date | Ordered | None = None
    line: int | None = None
    is_new: bool = False
    most: int | None = None

    @property
    def names_one_finding(self) -> bool:
        """Return whether the entry names a finding, and no pattern such as all findings of a rule."""
        named = self.rule, self.symbol
        return self.fingerprint is not None or not any(one is None or "*" in one for one in named)

    def __str__(self) -> str:
        """Return the entry as messages name it: what it is about, and where it is written."""
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


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The options that one source gives: the command line, the environment or the file. None: nothing."""

    baseline: str | None = None
    formats: tuple[str, ...] | None = None
    offline: bool | None = None
    refresh: bool | None = None
    strict: bool | None = None
    show_diff: bool | None = None
    fail_on: FailOn | None = None
    merge_base: str | None = None
    accept_settings: AcceptSettings | None = None
    require_baseline: bool | None = None
    dependencies: Dependencies | None = None
    strict_suppressions: bool | None = None
    publish: bool | None = None

    @property
    def contradicts_itself(self) -> bool:
        """Return whether this source alone wants what excludes each other."""
        return bool(self.offline and self.refresh)


class Decisions(msgspec.Struct, frozen=True):
    """What a Semver.toml says: a value for each of its sections."""

    required_version: str | None = None

    options: Options = Options()
    policies: Policies = Policies()
    rules: Mapping[str, Level] = {}
    publish_rules: Mapping[str, PublishChoice] = {}
    suppressions: tuple[SuppressionEntry, ...] = ()


SEMVER_TOML: Final = "Semver.toml"
"""The file of a project's decisions, beside its manifest."""


class SemverToml(msgspec.Struct, frozen=True):
    """The project's file as it was read; `directory` is where it lies, as the user sees it.

    `is_shared` says that it is that of a workspace, which decides about its other packages as well.
    """

    content: bytes
    directory: PurePath = PurePath()
    is_shared: bool = False


class Vocabulary(msgspec.Struct, frozen=True):
    """What the rooms above know and a source may name; the functions are called only if one does.

    `scheme` is that of the versions of the package.
    `publish_rules` returns the ids of the rules about publishing, with what each counts as.
    """

    formats: Collection[str]
    rule_ids: Callable[[], Collection[str]]
    tool_version: Callable[[], str]
    scheme: AnyScheme
    publish_rules: Callable[[], Mapping[str, PublishWord]] = dict


class Settings(msgspec.Struct, frozen=True):
    """One run of `semver check`.

    `formats` are texts as `--format` takes them. `output_directory` is that of the Semver.toml which chose
    them, or None where the user did: a project writes nowhere else. `rules` gives the level of each rule that
    the project judges differently from the catalogue, `Level.NONE` being off; `least_levels` gives the level
    that each finding of a rule has at least, whatever `rules` say. `publish_rules` are the rules about
    publishing that the project judges differently. `merge_base` is a git revision: what
    changed since the history parted from it is reported as well. `accept_settings` says what the Semver.toml
    of a change set may decide where that of its base is known. `require_baseline` fails a first release.
    `dependencies` says where packages are looked for whose types are met: `auto` is where the baseline is.
    `strict_suppressions` fails a run with suppressions that do nothing, as `strict` does among other things.
    `publish` asks also whether publishing the package would work.

    `is_shared` says that the Semver.toml is that of a workspace: suppressions in it that name a module of
    another package are not about this one.

    `typed` holds the options that the command line or the environment gave; no file changes those. It is
    None where a program made the settings: all of them are its own then.

    `environment` holds the variables that say how registries are reached; it may hold a token, and so is
    never shown.
    """

    path: Path
    baseline: str = "auto"
    formats: tuple[str, ...] = ("text",)
    output_directory: PurePath | None = None
    offline: bool = False
    refresh: bool = False
    strict: bool = False
    show_diff: bool = False
    fail_on: FailOn = "under-bumped"
    merge_base: str | None = None
    accept_settings: AcceptSettings = "suppressions"
    require_baseline: bool = False
    dependencies: Dependencies = "auto"
    strict_suppressions: bool = False
    publish: bool = False
    is_shared: bool = False
    required_version: str | None = None
    policies: Policies = Policies()
    rules: Mapping[str, Level] = {}
    least_levels: Mapping[str, Level] = {}
    publish_rules: Mapping[str, PublishChoice] = {}
    suppressions: tuple[SuppressionEntry, ...] = ()
    typed: Options | None = None
    environment: Mapping[str, str] = {}

    def __repr__(self) -> str:
        names = (name for name in self.__struct_fields__ if name != "environment")
        return f"Settings({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"
