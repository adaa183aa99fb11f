"""What the composer asks of an ecosystem: a front end is one value, chosen once by what lies at the path."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from semverdiff.artifact import Artifact, Identity, ManifestPlace
    from semverdiff.baselines import Base, Baseline, Operand, Spec
    from semverdiff.baselines.spec import AtRevision
    from semverdiff.config import SemverToml, Settings
    from semverdiff.ecosystem import Ecosystem
    from semverdiff.pipeline.bumps import Bumps, Wish
    from semverdiff.pipeline.model import Comparison, Grounds, Listing, Workspace
    from semverdiff.publish import PublishCondition, Readiness
    from semverdiff.registry import Environment
    from semverdiff.reports import Gate
    from semverdiff.symbols import ModuleApi

__all__ = ["Announce", "Baselines", "Compare", "FrontEnd"]

Announce = Callable[[str], None]
"""Is told what comes next: what is looked for, fetched, compared."""


Compare = Callable[["Artifact", "Artifact", "Settings"], "Comparison"]
"""Compares the old and the new version of a package; the policies and strictness of the settings judge."""


class Baselines(Protocol):
    """Where published versions come from: the room `baselines` for Ballerina; a module will do.

    Each function raises a `SemverdiffError` that says why there is no answer.
    """

    def parse_spec(self, text: str, /) -> Spec:
        """Return a baseline as users write it."""

    def parse_revision(self, text: str, /) -> AtRevision:
        """Return what the text after `git:` names."""

    def resolve(
        self, spec: Spec, candidate: Identity, environment: Environment, base: Baseline | None = None, /
    ) -> Baseline:
        """Return what the candidate is compared with; `base` is what its change set started from."""

    def resolve_pre_release(
        self, spec: Spec, baseline: Baseline, candidate: Identity, environment: Environment, /
    ) -> Baseline | None:
        """Return the pre-release that was published before a candidate that is one, too."""

    def merge_base(self, name: str, candidate: Identity, environment: Environment, /) -> Base:
        """Return the candidate's package as it was where the history parted from a revision."""

    def revision_base(self, spec: AtRevision, candidate: Identity, environment: Environment, /) -> Base:
        """Return the candidate's package in a revision."""

    def is_altered(self, spec: Spec, base: Base, environment: Environment, /) -> bool:
        """Return whether a baseline lies in the repository, and is not what it was at the base."""

    def lost_members(self, merge_base: str, root: Path, present: Collection[str], /) -> Mapping[str, str]:
        """Return the names of packages that a workspace lists no longer, by their directories."""


class FrontEnd(Protocol):
    """One ecosystem, as far as the composer uses it. It gives packages and gets them back, and no others."""

    @property
    def ecosystem(self) -> Ecosystem:
        """Its words and rules."""

    @property
    def baselines(self) -> Baselines:
        """Where its published versions come from."""

    def read_candidate(self, path: Path, workspace: Path | None = None, /) -> Artifact:
        """Return the package to be released that lies at a path.

        Raises:
            SemverdiffError: there is none, or it cannot be read.

        """

    def read_operands(self, old: str, new: str, environment: Environment, /) -> tuple[Operand, Operand]:
        """Return the two packages that texts name, as `semver diff` takes them. Raise as above."""

    def settings_directory(self, path: Path, workspace: Path | None = None, /) -> Path | None:
        """Return where the Semver.toml of the sources at a path lies, or would lie; None for an archive."""

    def semver_toml(self, path: Path, workspace: Path | None = None, /) -> SemverToml | None:
        """Return the Semver.toml of the sources at a path. Raise `UsageError` if it cannot be read."""

    def folder(self, path: Path, workspace: Path | None = None, /) -> str | None:
        """Return where the sources at a path lie in their repository, with `/`; None where none are."""

    def require_api(self, candidate: Artifact, /) -> None:
        """Raise `NothingToCheckError` if a package has no API at all."""

    def comparison_on(
        self,
        grounds: Grounds,
        workspace: Workspace,
        *,
        clients: bool,
        merge_base: str | None = None,
        announce: Announce | None = None,
    ) -> Compare:
        """Return what compares packages of a check, with `clients` written for what breaks.

        The old one is from the merge base with `merge_base`, if that is given.
        """

    def bumps(
        self,
        path: Path,
        settings_of: Callable[[Path, Path | None], Settings],
        wish: Wish,
        announce: Announce,
        /,
    ) -> Bumps:
        """Return what becomes of the version of the package at a path, or of all in its workspace.

        `settings_of` loads the settings of a package, with the directory of its workspace if that is known.
        Raise `SemverdiffError` if it is not certain which version is high enough.
        """

    def listing(self, settings: Settings, /, *, private: bool) -> Listing:
        """Return what clients see of the package of the settings; `private` adds what they do not.

        Raises:
            SemverdiffError: it cannot be read, or has no API.

        """

    def api_of(self, package: Artifact, /) -> tuple[ModuleApi, ...]:
        """Return what clients see of a package that was read already, by module.

        Raises:
            SemverdiffError: a part of it cannot be read.

        """

    def gates(self, grounds: Grounds, candidate: Artifact, /) -> Iterable[Gate]:
        """Return the gates of this ecosystem alone that a candidate does not pass."""

    def readiness(self, candidate: Artifact, grounds: Grounds, workspace: Workspace, /) -> Readiness:
        """Return whether a candidate can be published. Raise `SemverdiffError` if that cannot be told."""

    def publish_rules(self) -> Sequence[PublishCondition]:
        """Return the rules about publishing, in the order of reports."""

    def version_place(self, candidate: Artifact, /) -> ManifestPlace | None:
        """Return where the manifest of a candidate says its version."""

    def notes_on_neighbours(self, packages: Sequence[Artifact], /) -> Callable[[Artifact], Iterable[str]]:
        """Return what tells of one of some packages which of the others it depends on, in sentences."""
