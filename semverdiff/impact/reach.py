"""What the findings of a comparison reach: each dependent looked at once, and judged by every finding."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import api, packages
from semverdiff.enums import StrEnum
from semverdiff.impact.index import index_of
from semverdiff.impact.judgement import Judge
from semverdiff.impact.model import UseKind
from semverdiff.impact.question import Verdict, question_of
from semverdiff.impact.sources import Dependent, Unread
from semverdiff.impact.touches import touches_of
from semverdiff.impact.typed import World
from semverdiff.packages import Package, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from semverdiff.api import ModelStore, Surface
    from semverdiff.impact.judgement import Judged
    from semverdiff.impact.question import Question
    from semverdiff.impact.touches import Touches
    from semverdiff.packages import Dependency
    from semverdiff.rules import Finding

__all__ = ["Concern", "DependentReach", "FindingReach", "Meeting", "Place", "Reach", "reached", "worst"]

_BUNDLED: Final = ("ballerina/lang.", "ballerina/jballerina.java", "ballerinai/")
_NOT_READ: Final = Unavailable("only the package that changed is read for dependents")


# What stands in place of a name: a value is handed on, and a key that is no literal has no words.
_PRONOUNS: Final = {UseKind.PUT: "", UseKind.READ_KEY: "", UseKind.WRITE_KEY: ""}


class Concern(StrEnum):
    """What a finding is to a dependent."""

    BREAKS = "breaks"
    UNKNOWN = "could not tell"
    SURVIVES = "survives"
    NOT_USED = "not used"


class Place(msgspec.Struct, frozen=True):
    """A use in a dependent, what becomes of it, and why. A file that does not parse has no `use`."""

    verdict: Verdict
    reason: str
    use: str
    file: str
    line: int | None = None
    column: int | None = None


class Meeting(msgspec.Struct, frozen=True):
    """What a finding is to one dependent, which the number names, and all uses that it concerns."""

    dependent: int
    concern: Concern
    places: tuple[Place, ...]


class FindingReach(msgspec.Struct, frozen=True):
    """A breaking finding, and the dependents that use what it is about.

    Where it is not `is_told`, no source says who is concerned; uses in sources are listed all the same.
    """

    finding: Finding
    meetings: tuple[Meeting, ...]
    is_told: bool = True


class DependentReach(msgspec.Struct, frozen=True):
    """A package that was looked at, where it was found, and whether it imports the changed one at all.

    `source` names it as it was asked for.
    """

    organization: str
    name: str
    version: str
    source: str
    imports: bool

    @property
    def full_name(self) -> str:
        """Return the name as clients write it."""
        return f"{self.organization}/{self.name}"


class Reach(msgspec.Struct, frozen=True):
    """What the breaking findings reach among some packages; `unread` is what could not be looked at."""

    findings: tuple[FindingReach, ...]
    dependents: tuple[DependentReach, ...]
    unread: tuple[Unread, ...] = ()

    def by_dependent(self) -> tuple[Counter[Concern], ...]:
        """Return for each dependent how many findings are what to it; those that it does not use are none."""
        counts: tuple[Counter[Concern], ...] = tuple(Counter() for _ in self.dependents)
        for finding in self.findings:
            for meeting in finding.meetings:
                counts[meeting.dependent][meeting.concern] += 1
        return counts


def worst(counts: Counter[Concern]) -> Concern:
    """Return what all findings together are to somebody."""
    return next((one for one in _WORST_FIRST if counts[one]), Concern.NOT_USED)


_WORST_FIRST: Final = (Concern.BREAKS, Concern.UNKNOWN, Concern.SURVIVES)


def reached(  # noqa: PLR0913, PLR0917 (both versions, who uses them, where it is kept)
    findings: Iterable[Finding],
    old: Package,
    new: Package,
    dependents: Iterable[Dependent | Unread],
    store: ModelStore | None = None,
    announce: Callable[[str], None] = lambda _: None,
) -> Reach:
    """Return what the findings of a comparison of two versions reach among some packages.

    One dependent is in memory at a time. `store` keeps the indexes of uses from run to run, and `announce` is
    told what comes next.
    """
    questions = [(one, question_of(one)) for one in findings]
    meetings: list[list[Meeting]] = [[] for _ in questions]
    opened = None if store is None else (lambda: store)
    shared = api.Outlines(opened)
    may_lead = _leads(old)
    looked_at: list[DependentReach] = []
    unread: list[Unread] = []
    for dependent in dependents:
        if isinstance(dependent, Unread):
            unread.append(dependent)
            continue
        package = dependent.package
        number = len(looked_at)
        is_used = _imports(package, old)
        looked_at.append(
            DependentReach(package.organization, package.name, package.version, dependent.source, is_used)
        )
        if not is_used:
            continue
        announce(f"looking at {package.organization}/{package.name}")
        own = api.Outlines(opened)
        worlds = _Worlds(package, may_lead, own, shared)
        uses = index_of(package, own, store)
        touches = touches_of(uses, worlds.world(old))
        judge = Judge(uses, touches, partial(worlds.world, new))
        for row, (_, question) in zip(meetings, questions, strict=True):
            meeting = None if question is None else _meeting(number, question, judge, touches)
            if meeting is not None:
                row.append(meeting)
        own.store()
    shared.store()
    return Reach(
        tuple(
            FindingReach(finding, tuple(row), question is not None and question.is_told)
            for (finding, question), row in zip(questions, meetings, strict=True)
        ),
        tuple(looked_at),
        tuple(unread),
    )


def _meeting(number: int, question: Question, judge: Judge, touches: Touches) -> Meeting | None:
    places = [_place(one) for one in judge.judged(question)]
    places += _damages(question, touches)
    if not places:
        return None
    concerns = {Concern(one.verdict) for one in places}
    concern = next(one for one in _WORST_FIRST if one in concerns)
    return Meeting(number, concern, tuple(places))


def _place(judged: Judged) -> Place:
    use = judged.touch.use
    words = f"{use.kind} '{use.name}'" if use.name else f"{use.kind}{_PRONOUNS.get(use.kind, ' it')}"
    return Place(judged.verdict, judged.reason, words, judged.touch.file, use.place.line, use.place.column)


def _damages(question: Question, touches: Touches) -> Iterator[Place]:
    """Yield the files of a dependent in which the name may be used where nothing parses."""
    symbol = question.symbol[1]
    member = symbol[len(question.owner[1]) :].lstrip(".") if question.is_member else symbol
    words = {question.part or member.strip("[]@").partition(" ")[0]}
    for file, names in touches.damaged:
        if names is None or not words.isdisjoint(names):
            yield Place(Verdict.UNKNOWN, "a part of the file that may use it does not parse", "", file)


def _imports(dependent: Package, package: Package) -> bool:
    """Return whether a package imports a module of another one, and is not that package itself."""
    if (dependent.organization, dependent.name) == (package.organization, package.name):
        return False
    modules = {(package.organization, module.name) for module in package.modules}
    # An import without an organization is one of the own, and so of this package only in its workspace.
    return not modules.isdisjoint(packages.imported_modules(dependent.modules)) or (
        dependent.organization == package.organization and _names_own(dependent, package)
    )


def _names_own(dependent: Package, package: Package) -> bool:
    names = {module.name.encode() for module in package.modules}
    own = set(dependent.module_names)
    return any(
        name in file.content and name.decode() not in own
        for module in dependent.modules
        for file in module.files
        for name in names
    )


def _leads(package: Package) -> Callable[[str], bool]:
    """Return what tells whether a module that is not read may lead to a package: what that needs does not.

    SPEC, Modules: no two depend on each other.
    """
    manifest = package.manifest
    needed = {f"{one.organization}/{one.name}" for one in (*manifest.locked, *manifest.dependencies)}
    own = {module.name for module in package.modules}
    needed |= {
        f"{organization}/{name}"
        for organization, name in packages.imported_modules(package.modules)
        if organization != package.organization or name not in own
    }

    def may_lead(module: str) -> bool:
        if module.startswith(_BUNDLED) or module in needed:
            return False
        return not any(module.startswith(f"{one}.") for one in needed)

    return may_lead


class _Worlds:
    """A dependent among the packages that it may be built with."""

    def __init__(
        self,
        dependent: Package,
        may_lead: Callable[[str], bool],
        own: api.Outlines,
        shared: api.Outlines,
    ) -> None:
        self._dependent = dependent
        self._may_lead = may_lead
        self._own = own
        self._shared = shared

    def world(self, package: Package) -> World:
        """Return the world in which a dependent has that version of the package, and nothing else is read."""

        def find(dependency: Dependency) -> Package | Unavailable:
            if dependency.organization != package.organization:
                return _NOT_READ
            name = dependency.name
            is_named = name == package.name or name in package.module_names
            return package if is_named else _NOT_READ

        def show(found: Package) -> Surface:
            return api.Surface(found, self._shared, world)

        surface = api.Surface(self._dependent, self._own)
        world = surface.world = api.World(self._dependent, surface, find, show)
        own = world.surface(self._dependent, f"{package.organization}/{package.module_names[0]}")
        return World(surface, api.Surface(package, self._shared) if own is None else own, self._may_lead)
