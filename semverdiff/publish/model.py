"""What a rule about publishing is and what it finds, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from semverdiff.enums import StrEnum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from semverdiff.artifact import ManifestPlace
    from semverdiff.publish.answers import Problem, Unknown
    from semverdiff.publish.publication import Publication

__all__ = ["PublishCondition", "PublishFinding", "PublishRule", "Readiness", "Severity", "Unchecked"]


class Severity(StrEnum):
    """How much a problem matters.

    An error stops `bal pack` or `bal push`, or goes out for good and harms: a published version is permanent.
    """

    ERROR = "error"
    WARNING = "warning"


class PublishCondition(Protocol):
    """A rule about publishing of whatever ecosystem, as lists and pages show it."""

    @property
    def id(self) -> str:
        """The id that reports print and Semver.toml names."""

    @property
    def severity(self) -> Severity:
        """How much it matters."""

    @property
    def title(self) -> str:
        """What is wrong, on one line."""

    @property
    def why(self) -> str:
        """Whom it harms."""

    @property
    def prints(self) -> str:
        """What the tool that publishes says; empty where it says nothing."""

    @property
    def remedy(self) -> str:
        """How to mend it."""


class PublishRule(msgspec.Struct, frozen=True, kw_only=True):
    """One condition that a package has to meet to be published.

    `title` says in one line what is wrong, `why` whom it harms, `prints` what `bal` says (with `...` for what
    varies; empty where it says nothing), `remedy` how to mend it. `find` yields where it does not hold.
    """

    id: str
    severity: Severity
    title: str
    why: str
    prints: str = ""
    remedy: str
    find: Callable[[Publication], Iterator[Problem | Unknown]]


class PublishFinding(msgspec.Struct, frozen=True):
    """Something that is wrong with a package that is to be published; `prints` is what `bal` would say."""

    rule: str
    severity: Severity
    message: str
    prints: str | None
    remedy: str
    place: ManifestPlace | None = None

    @property
    def is_error(self) -> bool:
        """Whether it keeps the package from being published."""
        return self.severity is Severity.ERROR


class Unchecked(msgspec.Struct, frozen=True):
    """A rule that could not be checked, or not everywhere, and why: never the same as one that holds."""

    rule: str
    severity: Severity
    why: str


class Readiness(msgspec.Struct, frozen=True):
    """Whether a package can be published, as far as it is known; the errors first."""

    findings: tuple[PublishFinding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings keep the package from being published."""
        return sum(one.is_error for one in self.findings)

    @property
    def first_error(self) -> str:
        """The message of the first finding that does, empty where none does."""
        return next((one.message for one in self.findings if one.is_error), "")

    @property
    def warnings(self) -> int:
        """How many findings are worth a look only."""
        return len(self.findings) - self.errors

    @property
    def doubts(self) -> int:
        """How many rules that could keep the package from being published were not checked."""
        return len({one.rule for one in self.unchecked if one.severity is Severity.ERROR})
