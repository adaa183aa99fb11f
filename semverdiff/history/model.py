"""The history of a package: its releases, each judged against the one before."""

from __future__ import annotations

import msgspec

from semverdiff.artifact import full_name
from semverdiff.releases import Omission, Release  # noqa: TC001 (types of fields)

__all__ = ["Change", "Failure", "History", "Judgement", "Step", "Tally", "Transition"]


class Transition(msgspec.Struct, frozen=True):
    """A release and the one that its clients came from; that is None for the first one.

    `is_maintenance` says that a higher version was there already: time says so, where it is known. Sources
    that are worked on are a release that is not `is_released`, the last of all.
    """

    organization: str
    name: str
    release: Release
    before: Release | None = None
    is_maintenance: bool = False
    is_released: bool = True


class Change(msgspec.Struct, frozen=True):
    """A finding, as far as a history tells of it; `level` and `certainty` are the words of reports."""

    rule: str
    level: str
    certainty: str
    module: str
    symbol: str
    message: str


class Judgement(msgspec.Struct, frozen=True, tag="judged"):
    """What a release was judged to be. The words are those of the report of `check`.

    `declared`, `required` and `required_version` are None for a first release. `changes` are sorted as in
    reports. `unread` names declarations of the release before that could not be compared. `source_bytes` is
    the size of all sources of the release, and `symbols` the number of declarations, members and parameters
    that clients see, None where nobody asked, or part of them cannot be read. `same_sources` says that both
    releases have the same source files. `is_generated` says that most of its sources tell so.
    """

    outcome: str
    declared: str | None
    required: str | None
    required_version: str | None
    major: int
    minor: int
    patch: int
    undecided: int
    changes: tuple[Change, ...]
    unread: tuple[str, ...]
    source_bytes: int
    is_generated: bool
    same_sources: bool = False
    symbols: int | None = None

    @property
    def is_under_bumped(self) -> bool:
        """Return whether its version told clients less than what changed."""
        return self.outcome == "under-bumped"

    @property
    def is_undecided(self) -> bool:
        """Return whether nobody can tell: findings that are not decided might need another version."""
        return self.outcome == "undecided"


class Failure(msgspec.Struct, frozen=True, tag="failed"):
    """Why a release has no judgement: the code of an error and its sentence."""

    code: str
    why: str


class Step(msgspec.Struct, frozen=True):
    """A transition and what became of it."""

    transition: Transition
    result: Judgement | Failure


class Tally(msgspec.Struct, frozen=True):
    """How many releases there are, and of those that follow another one how many are what.

    One is `breaking` if something in it breaks clients, whatever its version said, and `unknown` if it could
    not be judged, or nobody can tell.
    """

    releases: int
    under_bumped: int
    breaking: int
    unknown: int
    maintenance: int


class History(msgspec.Struct, frozen=True):
    """All releases of a package, the lowest version first, and what was left out."""

    organization: str
    name: str
    steps: tuple[Step, ...]
    omissions: tuple[Omission, ...] = ()

    @property
    def package(self) -> str:
        """Return the name as clients write it."""
        return full_name(self.organization, self.name)

    @property
    def tally(self) -> Tally:
        """Return the counts that stand at the head of every format."""
        judged = [one.result for one in self.steps if isinstance(one.result, Judgement)]
        failed = len(self.steps) - len(judged)
        return Tally(
            releases=sum(one.transition.is_released for one in self.steps),
            under_bumped=sum(one.is_under_bumped for one in judged),
            breaking=sum(one.major > 0 for one in judged),
            unknown=failed + sum(one.is_undecided for one in judged),
            maintenance=sum(one.transition.is_maintenance for one in self.steps),
        )
