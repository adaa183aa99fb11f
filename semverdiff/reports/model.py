"""The one frozen value that every format draws. A format adds words and layout, never a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.artifact import full_name
from semverdiff.ecosystem import UNKNOWN, Ecosystem
from semverdiff.errors import NothingToCheckError
from semverdiff.text import plural
from semverdiff.verdict import Counts, Declared, Gate, Outcome, Tone
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.artifact import Artifact, ManifestPlace
    from semverdiff.errors import Mistake, SemverdiffError
    from semverdiff.publish import Readiness
    from semverdiff.rules import Finding

__all__ = [
    "ChangeSet",
    "Counts",
    "DecidedSettings",
    "Declared",
    "ErrorEntry",
    "Gate",
    "Outcome",
    "Report",
    "ReportedPackage",
    "Reports",
    "Skipped",
    "StaleSuppression",
    "Tone",
    "failed",
]


class ReportedPackage(msgspec.Struct, frozen=True, rename={"organization": "org"}):
    """What a report says about one of the two packages; its fields are the keys of the JSON report."""

    organization: str | None
    name: str
    version: str
    source: str
    platform: str | None
    repository: str | None
    digest: str | None
    digest_verified: bool

    @classmethod
    def of(cls, package: Artifact) -> ReportedPackage:
        """Return what a report says about a package."""
        return cls(
            organization=package.organization,
            name=package.name,
            version=package.version,
            source=package.provenance.source,
            platform=package.platform,
            repository=package.provenance.repository,
            digest=package.provenance.digest,
            digest_verified=package.provenance.digest_verified,
        )

    @property
    def full_name(self) -> str:
        """The name as clients write it, with its organization where there is one."""
        return full_name(self.organization, self.name)


class Skipped(msgspec.Struct, frozen=True):
    """Something that was not compared, and why: never the same as compatible."""

    what: str
    why: str


class StaleSuppression(msgspec.Struct, frozen=True, kw_only=True):
    """A suppression of the project that does nothing; `about` names it in words, with its line."""

    about: str
    rule: str | None
    symbol: str | None
    module: str | None
    fingerprint: str | None
    reason: str
    until: str | None
    line: int | None


class ChangeSet(msgspec.Struct, frozen=True):
    """The changes since the history parted from a branch: the part that a review is about.

    `baseline` is `None` where the package is new since then, `required_bump` what these changes alone need.
    """

    baseline: ReportedPackage | None
    reason: str
    required_bump: Level | None = None
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()


class DecidedSettings(msgspec.Struct, frozen=True):
    """Whose settings judged the run, in sentences about those that differ.

    `base` names the git revision whose Semver.toml judged, or is None where none is known: then the
    candidate's own did. What the candidate's own file relaxes against the base is accepted or refused, and
    `weaker` lets more pass than the defaults, by a file that no known base has confirmed.
    """

    base: str | None = None
    accepted_suppressions: tuple[str, ...] = ()
    accepted_settings: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    weaker: tuple[str, ...] = ()


class ErrorEntry(msgspec.Struct, frozen=True):
    """One mistake of the error that ended the run, with the error's stable code.

    `folder` is that of the sources which the mistake is in, as in `Report`: the baseline may have some too.
    """

    code: str
    mistake: Mistake
    folder: str | None = None


class Report(msgspec.Struct, frozen=True):
    """Everything there is to say about one check. Findings are sorted by module, symbol, rule.

    `declared_bump`, `required_bump` and `required_version` are `None` only where there is nothing to
    compare (a first release, an error); `suggested_version` is the one to write into the manifest.
    A check fails by findings of `failing_level` and above that are not suppressed, `None` where it does not
    fail by findings. `summary` is the verdict in one sentence, first and last in every format, and `tone` how
    it is to be taken.

    `unused_suppressions` agree with no finding, `expired_suppressions` no longer act; `relaxed_settings` are
    sentences about what lets more pass than at the git revision that was compared with, and `settings` say
    which of them count. `directory` is that of the package within its workspace, or beside others of its
    name, where several packages are checked, and `folder` that of its sources within the repository, empty
    for the root, `None` where they lie in none: a service that shows places knows no other paths.
    `version_place` is where the candidate's manifest says its version: what is to be changed. `publish` says
    whether the package can be published, where that was asked. `ecosystem` has the words for what only one
    has, such as the name of its manifest.
    """

    outcome: Outcome
    candidate: ReportedPackage | None
    baseline: ReportedPackage | None = None
    baseline_reason: str | None = None
    gates: tuple[Gate, ...] = ()
    declared_bump: Declared | None = None
    required_bump: Level | None = None
    required_version: str | None = None
    suggested_version: str | None = None
    failing_level: Level | None = None
    counts: Counts = msgspec.field(default_factory=Counts)
    findings: tuple[Finding, ...] = ()
    change_set: ChangeSet | None = None
    unused_suppressions: tuple[StaleSuppression, ...] = ()
    expired_suppressions: tuple[StaleSuppression, ...] = ()
    relaxed_settings: tuple[str, ...] = ()
    settings: DecidedSettings = DecidedSettings()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    errors: tuple[ErrorEntry, ...] = ()
    summary: str = ""
    tone: Tone = Tone.OPEN
    directory: str | None = None
    folder: str | None = None
    version_place: ManifestPlace | None = None
    publish: Readiness | None = None
    ecosystem: Ecosystem = UNKNOWN

    @property
    def manifest(self) -> str:
        """The file that says the version; one that is named after its package is known once it was read."""
        pattern, place = self.ecosystem.manifest, self.version_place
        return place.file if place is not None and "*" in pattern else pattern

    @property
    def accepted(self) -> str:
        """What counts less because this change set says so, as the first line of every format; or nothing."""
        return accepted_sentence(self.findings, self.settings)

    def fails_by(self, finding: Finding) -> bool:
        """Return whether a finding is one of those that make the check fail."""
        if self.failing_level is None or finding.suppressed is not None:
            return False
        return finding.level >= self.failing_level

    def is_listed(self, finding: Finding) -> bool:
        """Return whether a finding is worth a line of a review: clients may notice it, or it is a failure."""
        return finding.suppressed is None and (finding.level > Level.PATCH or self.fails_by(finding))

    @property
    def is_failure(self) -> bool:
        """Whether somebody has to do something before the check passes."""
        return self.outcome not in {Outcome.PASSED, Outcome.FIRST_RELEASE}

    @property
    def version_to_write(self) -> str | None:
        """The suggested version, where the manifest does not have it already."""
        has_it = self.candidate is not None and self.candidate.version == self.suggested_version
        return None if has_it else self.suggested_version

    @property
    def doubts(self) -> int:
        """How many changes could not be decided, and declarations of the baseline not be read."""
        return self.counts.undecided + len(self.skipped)

    @property
    def gates_against_bump(self) -> tuple[Gate, ...]:
        """The gates that fail, and that no other version would open."""
        return tuple(gate for gate in self.gates if gate.bars_bump and not gate.passed)

    @property
    def is_version_wrong(self) -> bool:
        """Whether the candidate needs another version."""
        return self.outcome in {Outcome.UNDER_BUMPED, Outcome.ALREADY_PUBLISHED}

    @property
    def is_bumpable(self) -> bool:
        """Whether `semver bump` would write the suggested version: into sources, and with a clean answer."""
        is_here = self.candidate is not None and self.candidate.source == "directory"
        is_wanted = self.is_version_wrong and self.suggested_version is not None
        return is_here and is_wanted and not self.doubts and not self.gates_against_bump

    @property
    def is_comparison(self) -> bool:
        """Whether two sides were compared to the end, so that no finding means no change."""
        failed = self.outcome in {Outcome.ERROR, Outcome.NOTHING_CHECKED}
        return self.candidate is not None and self.baseline is not None and not failed


def accepted_sentence(findings: Iterable[Finding], settings: DecidedSettings) -> str:
    """Return a sentence about findings that the change set suppresses, and settings that it relaxes."""
    levels = [one.level for one in findings if one.suppressed is not None and one.suppressed.is_new]
    counts = (
        (sum(one is Level.MAJOR for one in levels), "breaking change"),
        (sum(one is Level.MINOR for one in levels), "addition"),
        (sum(one < Level.MINOR for one in levels), "other change"),
        (len(settings.accepted_settings), "relaxed setting"),
    )
    parts = [plural(count, noun) for count, noun in counts if count]
    return f"{', '.join(parts)} accepted in this change set" if parts else ""


def failed(
    error: SemverdiffError,
    candidate: Artifact | None = None,
    folder: str | None = None,
    error_folder: str | None = None,
    ecosystem: Ecosystem = UNKNOWN,
) -> Report:
    """Return the report of a run that an error ended, with the candidate if it was read by then.

    `folder` is that of its sources, `error_folder` that of the sources which the error is about.
    """
    return Report(
        outcome=Outcome.NOTHING_CHECKED if isinstance(error, NothingToCheckError) else Outcome.ERROR,
        candidate=None if candidate is None else ReportedPackage.of(candidate),
        errors=tuple(ErrorEntry(error.code, mistake, error_folder) for mistake in error.mistakes),
        summary=error.mistakes[0].message if error.mistakes else "",
        tone=Tone.OPEN if isinstance(error, NothingToCheckError) else Tone.BAD,
        folder=folder,
        ecosystem=ecosystem,
    )


class Reports(msgspec.Struct, frozen=True):
    """The reports of several packages, in the order in which these were named."""

    packages: tuple[Report, ...]

    @property
    def outcome(self) -> Outcome:
        """The worst of all. An answer that is missing is worse than a bad one."""
        outcomes = {report.outcome for report in self.packages}
        return next((outcome for outcome in _WORST_FIRST if outcome in outcomes), Outcome.NOTHING_CHECKED)


_WORST_FIRST = (
    Outcome.ERROR,
    Outcome.UNDER_BUMPED,
    Outcome.ALREADY_PUBLISHED,
    Outcome.GATE_FAILED,
    Outcome.UNDECIDED,
    Outcome.NOTHING_CHECKED,
    Outcome.PASSED,
    Outcome.FIRST_RELEASE,
)
