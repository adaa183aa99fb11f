"""The releases of an audit as rows: all that tables hold and headlines count, one release a row."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from semverdiff import verdict
from semverdiff.audit.model import Crashed, Entry, Exceeded, State
from semverdiff.ballerina import FRONT_END
from semverdiff.history import Change, Failure, Judgement
from semverdiff.versions import SEMANTIC, Level, parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from semverdiff.versions import Version

__all__ = ["READINGS", "Answer", "Reading", "Row", "row_of"]

Answer = Literal["high enough", "too low", "undecided"]
"""Whether a version told clients enough. What nobody can tell is never taken for enough."""

_UNDECIDED: Final = "undecided"
_PROVED: Final = "proved"
_BREAKING: Final = "major"
_ABOUT_PACKAGES: Final = frozenset({"package"})
_ABOUT_MODULES: Final = frozenset({"package", "module"})


class Reading(msgspec.Struct, frozen=True):
    """Which findings count: those of rules about certain subjects do not, and with `proved` no assumed ones.

    What is assumed is then as good as undecided.
    """

    left_out: frozenset[str] = frozenset()
    proved: bool = False


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A release and what is known of it; `None` is what nobody knows, or what has no meaning for its state.

    `answers` is whether the version was high enough by each reading of `READINGS`, and `breaks` the same
    where only breaking changes count; both are empty unless the release was judged. `allows_breaks` says
    that its version was high enough for anything. `rules` are the rules of its breaking changes that are
    decided, each once. `code` and `why` say why it was not judged. `released` is in seconds since 1970.
    """

    source: str
    organization: str
    name: str
    version: str
    before: str | None
    place: str
    released: int | None
    deprecated: bool
    is_pre_release: bool
    is_initial: bool
    is_maintenance: bool
    state: State
    code: str = ""
    why: str = ""
    outcome: str | None = None
    declared: str | None = None
    required: str | None = None
    required_version: str | None = None
    major: int | None = None
    minor: int | None = None
    patch: int | None = None
    undecided: int | None = None
    unread: int | None = None
    same_sources: bool | None = None
    is_generated: bool | None = None
    source_bytes: int | None = None
    allows_breaks: bool | None = None
    answers: tuple[Answer, ...] = ()
    breaks: tuple[Answer, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def package(self) -> str:
        """Return the name as clients write it."""
        return f"{self.organization}/{self.name}"

    @property
    def year(self) -> int | None:
        """Return the year of the release, in UTC."""
        return None if self.released is None else datetime.fromtimestamp(self.released, UTC).year


READINGS: Final = (
    Reading(),
    Reading(left_out=_ABOUT_PACKAGES),
    Reading(left_out=_ABOUT_MODULES),
    Reading(proved=True),
    Reading(left_out=_ABOUT_MODULES, proved=True),
)
"""The readings by which each release is judged: the first is that of `semver check`."""


def row_of(entry: Entry) -> Row:
    """Return the row of a release."""
    transition = entry.transition
    version = parse_version(transition.release.version)
    before = None if transition.before is None else parse_version(transition.before.version)
    row = Row(
        source=entry.source,
        organization=transition.organization,
        name=transition.name,
        version=transition.release.version,
        before=None if transition.before is None else transition.before.version,
        place=transition.release.place,
        released=transition.release.released,
        deprecated=transition.release.deprecation is not None,
        is_pre_release=version.is_pre_release,
        is_initial=SEMANTIC.is_initial_development(version if before is None else before),
        is_maintenance=transition.is_maintenance,
        state=entry.state,
    )
    if entry.duplicate_of is not None:
        return msgspec.structs.replace(
            row, code="duplicate", why=f"this version counts as one of {entry.duplicate_of}"
        )
    if entry.measured is None or before is None:
        return row
    match entry.measured.result:
        case Judgement() as judgement:
            return _judged(row, judgement, before, version)
        case Failure(code, why):
            return msgspec.structs.replace(row, code=code, why=why)
        case Exceeded(what, allowed):
            return msgspec.structs.replace(row, code=f"{what}-limit", why=_limit_words(what, allowed))
        case Crashed(how):
            return msgspec.structs.replace(row, code="crashed", why=how)


def _limit_words(what: str, allowed: int) -> str:
    """Return the half sentence for a limit that was exceeded."""
    match what:
        case "cpu":
            return f"it took more than {allowed} seconds of the processor"
        case "time":
            return f"it took more than {allowed} seconds"
    return f"it took more than {allowed >> 20:,} MiB of memory"


def _judged(row: Row, judgement: Judgement, before: Version, version: Version) -> Row:
    breaking = [one for one in judgement.changes if one.level == _BREAKING]
    return msgspec.structs.replace(
        row,
        outcome=judgement.outcome,
        declared=judgement.declared,
        required=judgement.required,
        required_version=judgement.required_version,
        major=judgement.major,
        minor=judgement.minor,
        patch=judgement.patch,
        undecided=judgement.undecided,
        unread=len(judgement.unread),
        same_sources=judgement.same_sources,
        is_generated=judgement.is_generated,
        source_bytes=judgement.source_bytes,
        allows_breaks=verdict.is_high_enough(SEMANTIC, before, version, Level.MAJOR),
        answers=tuple(_answer(one, judgement, judgement.changes, before, version) for one in READINGS),
        breaks=tuple(_answer(one, judgement, breaking, before, version) for one in READINGS),
        rules=tuple(sorted({one.rule for one in breaking if _is_decided(one)})),
    )


def _answer(
    reading: Reading, judgement: Judgement, changes: Sequence[Change], before: Version, version: Version
) -> Answer:
    """Return whether a version is high enough for those of its changes that count by a reading."""
    counted = [one for one in changes if _subject_of(one.rule) not in reading.left_out]
    is_certain = _is_proved if reading.proved else _is_decided

    def fits(changes: Iterable[Change]) -> bool:
        return verdict.is_high_enough(SEMANTIC, before, version, _highest(changes))

    if not fits(filter(is_certain, counted)):
        return "too low"
    return "high enough" if fits(counted) and not judgement.unread else "undecided"


def _is_proved(change: Change) -> bool:
    return change.certainty == _PROVED


def _is_decided(change: Change) -> bool:
    return change.certainty != _UNDECIDED


def _highest(changes: Iterable[Change]) -> Level:
    return max((Level[one.level.upper()] for one in changes), default=Level.NONE)


def _subject_of(rule: str) -> str:
    return _subjects().get(rule, "")


@cache
def _subjects() -> dict[str, str]:
    """Return the subjects of all rules: to look one up takes longer than to judge by it."""
    return {one.id: one.subject for one in FRONT_END.ecosystem.catalogue.all_rules()}
