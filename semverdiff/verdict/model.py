"""What a verdict rests on, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

import msgspec

from semverdiff.enums import StrEnum
from semverdiff.versions import Level, V

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.config import FailOn
    from semverdiff.rules import Finding
    from semverdiff.versions import VersionScheme

__all__ = ["Counts", "Decision", "Declared", "Evidence", "Gate", "Outcome", "Required", "Tone", "Verdict"]


class Gate(msgspec.Struct, frozen=True):
    """One condition that the candidate has to meet, and the sentence that says why it does or does not.

    `bars_bump` says that `semver bump` writes no version while it fails, as another decision is asked for.
    What another version may mend does not bar it, nor what only counts changes.
    """

    name: str
    passed: bool
    why: str
    bars_bump: bool = True


class Counts(msgspec.Struct, frozen=True):
    """Findings by level (suppressed ones apart), and those whose level is undecided."""

    major: int = 0
    minor: int = 0
    patch: int = 0
    suppressed: int = 0
    undecided: int = 0

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> Counts:
        """Return how many findings there are of each kind."""
        effective = [finding for finding in findings if finding.suppressed is None]
        return cls(
            major=sum(finding.level is Level.MAJOR for finding in effective),
            minor=sum(finding.level is Level.MINOR for finding in effective),
            patch=sum(finding.level is Level.PATCH for finding in effective),
            suppressed=len(findings) - len(effective),
            undecided=sum(finding.certainty == "undecided" for finding in effective),
        )


class Outcome(StrEnum):
    """How the run ended, in the words of the interface."""

    PASSED = "passed"
    FIRST_RELEASE = "first-release"
    UNDER_BUMPED = "under-bumped"
    ALREADY_PUBLISHED = "already-published"
    GATE_FAILED = "gate-failed"
    UNDECIDED = "undecided"
    NOTHING_CHECKED = "nothing-checked"
    ERROR = "error"


class Declared(StrEnum):
    """The step from the baseline's version to the candidate's."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    PRERELEASE = "prerelease"
    NONE = "none"
    DOWNGRADE = "downgrade"


class Tone(StrEnum):
    """How the sentence of a verdict is to be taken.

    `warning` passes, but only because something that counts is waived or not enforced; `open` could not be
    told; `neutral` judges nothing.
    """

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    OPEN = "open"
    NEUTRAL = "neutral"


class Evidence(msgspec.Struct, Generic[V], frozen=True):
    """Everything that the verdict depends on.

    `is_judged` is False where two packages are only compared: then no version can be wrong. `baseline` is
    `None` for a first release, and where none was wanted; `absence` says which. `published` are the versions
    known to be published, `tagged` those that tags name, where one of them is the baseline.
    `unread` counts declarations of the baseline that could not be compared, `unchecked` conditions of
    publishing that nobody could answer. `same_sources` says that both
    packages hold the same source files. `doubt` says why something may be published although there is no
    baseline. `start` is the version that a change set started from. `breaking_step` is what a breaking change
    needs from 1.0.0 on. `gates` are conditions that were looked at before.
    """

    scheme: VersionScheme[V]
    candidate: str
    baseline: str | None
    findings: Sequence[Finding] = ()
    published: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()
    candidate_is_published: bool = False
    same_sources: bool = False
    doubt: str | None = None
    start: str | None = None
    unread: int = 0
    unchecked: int = 0
    initial_is_unstable: bool = True
    breaking_step: Level = Level.MAJOR
    fail_on: FailOn = "under-bumped"
    gates: tuple[Gate, ...] = ()
    is_judged: bool = True
    is_baseline_wanted: bool = True
    absence: str = "no published version is visible"

    @property
    def is_same_version(self) -> bool:
        """Whether the candidate is compared with a package of its own version."""
        parse = self.scheme.parse
        return self.baseline is not None and parse(self.candidate) == parse(self.baseline)


class Verdict(msgspec.Struct, frozen=True):
    """Which version is required, and how the run ends; `summary` is the one sentence of every report.

    The bumps and versions are `None` for a first release. `suggested_version` is what to write into the
    manifest: the required version, or the pre-release of it where the candidate is one. The check fails by
    findings of `failing_level` and above that are not suppressed, `None` where it does not fail by findings.
    """

    outcome: Outcome
    counts: Counts
    summary: str
    tone: Tone
    gates: tuple[Gate, ...] = ()
    declared_bump: Declared | None = None
    required_bump: Level | None = None
    required_version: str | None = None
    suggested_version: str | None = None
    failing_level: Level | None = None
    notes: tuple[str, ...] = ()


class Required(msgspec.Struct, frozen=True):
    """What the changes require.

    `step` follows from `level`, the highest of the changes that count, and from the policies. `version` is
    the lowest unpublished one that suffices, `suggested` the one to write down; `notes` say which numbers
    are taken.
    """

    level: Level
    step: Level
    version: str
    suggested: str
    notes: tuple[str, ...]


class Decision(msgspec.Struct, frozen=True):
    """What the words of a verdict are about.

    `enforced` is how the run would end if nothing kept it from failing. `is_waived` says that the version
    would be too low without the suppressions. `failing_level` is as in `Verdict`.
    """

    counts: Counts
    declared: Declared
    required: Required
    gates: tuple[Gate, ...]
    outcome: Outcome
    enforced: Outcome
    is_waived: bool
    failing_level: Level | None
