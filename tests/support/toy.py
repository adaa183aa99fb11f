"""A front end of an ecosystem that does not exist: what a package offers stands in a JSON file.

    {"name": "clock", "version": "1.2.0.1", "offers": {"now": "number", "zone": "text"}}

Versions have four parts, there are no organizations, and a place has no lines. Whatever the composer, the
settings and the reports take for granted of Ballerina fails with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003 (the type of a field)
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.artifact import Artifact, Identity, Provenance
from semverdiff.baselines import AtPath, Base, Baseline, NoBaseline, Operand, parse_revision, parse_spec
from semverdiff.changes import Change, Excerpt, Step
from semverdiff.config import SemverToml
from semverdiff.ecosystem import Ecosystem
from semverdiff.errors import BaselineError, NothingToCheckError, UsageError
from semverdiff.pipeline import Comparison, Listing
from semverdiff.publish import PublishCondition, Readiness
from semverdiff.rules import Certainty, Finding
from semverdiff.versions import Level, any_scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from semverdiff.artifact import ManifestPlace
    from semverdiff.baselines import Spec
    from semverdiff.baselines.spec import AtRevision
    from semverdiff.config import Settings
    from semverdiff.ecosystem import Rule
    from semverdiff.pipeline import Announce, Bumps, Compare, FrontEnd, Grounds, Wish, Workspace
    from semverdiff.registry import Environment
    from semverdiff.reports import Gate
    from semverdiff.rules.page_model import RulePage
    from semverdiff.symbols import ModuleApi

__all__ = ["TOY", "write_toy"]

_MANIFEST = "toy.json"
_PARTS = 4


class _Version(msgspec.Struct, frozen=True, order=True):
    parts: tuple[int, ...]

    def __str__(self) -> str:
        return ".".join(map(str, self.parts))


class _FourParts:
    """Versions of four numbers; the last one says how often the same was built."""

    def parse(self, text: str) -> _Version:
        parts = text.split(".")
        if len(parts) != _PARTS or not all(map(str.isdigit, parts)):
            raise ValueError(f"expected four numbers as in 1.2.3.4, found '{text}'")
        return _Version(tuple(map(int, parts)))

    def next(self, version: _Version, level: Level) -> _Version:
        at = {Level.MAJOR: 0, Level.MINOR: 1, Level.PATCH: 2, Level.NONE: 3}[level]
        raised = (*version.parts[:at], version.parts[at] + 1)
        return _Version(raised + (0,) * (_PARTS - len(raised)))

    def release(self, version: _Version) -> _Version:
        return version

    def is_pre_release(self, _version: _Version) -> bool:
        return False

    def pre_release(self, release: _Version, _like: _Version, _taken: Collection[_Version]) -> _Version:
        return release

    def is_initial_development(self, version: _Version) -> bool:
        return version.parts[0] == 0

    def step(self, old: _Version, new: _Version) -> Level:
        levels = (Level.MAJOR, Level.MINOR, Level.PATCH)
        pairs = zip(old.parts, new.parts, levels, strict=False)
        return next((level for before, after, level in pairs if before != after), Level.NONE)


class _Package(msgspec.Struct, frozen=True):
    name: str
    version: str
    offers: Mapping[str, str]
    provenance: Provenance = Provenance("directory")
    semver_toml: bytes | None = None
    organization: None = None
    platform: None = None
    notes: tuple[str, ...] = ()

    @property
    def module_names(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def identity(self) -> Identity:
        return Identity(None, self.name, self.version)


class _NoPages:
    """The catalogue: two rules that nobody has written a page about."""

    def rule(self, _rule_id: str, /) -> Rule | None:
        return None

    def all_rules(self) -> Iterator[Rule]:
        return iter(())

    def rule_page(self, _rule_id: str, /) -> RulePage | None:
        return None

    def rule_entry(self, _rule_id: str, /) -> Mapping[str, object] | None:
        return None


def write_toy(
    directory: Path, version: str, offers: Mapping[str, str], semver_toml: str | None = None
) -> Path:
    """Write a package, and return its directory."""
    directory.mkdir(parents=True)
    content = {"name": "clock", "version": version, "offers": offers}
    (directory / _MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    if semver_toml is not None:
        (directory / "Semver.toml").write_text(semver_toml, encoding="utf-8")
    return directory


def _read(path: Path) -> _Package:
    try:
        content = (path / _MANIFEST).read_bytes()
    except OSError as error:
        raise UsageError(f"there is no {_MANIFEST} in '{path.name}'") from error
    file = path / "Semver.toml"
    package = msgspec.json.decode(content, type=_Package)
    return replace(package, semver_toml=file.read_bytes() if file.exists() else None)


class _Baselines:
    """What is published lies at a path."""

    def parse_spec(self, text: str, /) -> Spec:
        return parse_spec(text)

    def parse_revision(self, text: str, /) -> AtRevision:
        return parse_revision(text)

    def resolve(
        self, spec: Spec, _candidate: Identity, _environment: Environment, _base: Baseline | None = None, /
    ) -> Baseline:
        match spec:
            case NoBaseline():
                return Baseline(None, "no baseline was wanted", is_wanted=False)
            case AtPath(path):
                return Baseline(_read(path), "the package at the given path")
        raise BaselineError("nothing is published")

    def resolve_pre_release(
        self, _spec: Spec, _baseline: Baseline, _candidate: Identity, _environment: Environment, /
    ) -> Baseline | None:
        return None

    def merge_base(self, name: str, _candidate: Identity, _environment: Environment, /) -> Base:
        raise BaselineError(f"no history has {name}")

    def revision_base(self, spec: AtRevision, _candidate: Identity, _environment: Environment, /) -> Base:
        raise BaselineError(f"no history has {spec.revision}")

    def is_altered(self, _spec: Spec, _base: Base, _environment: Environment, /) -> bool:
        return False

    def lost_members(self, _base: str, _root: Path, _present: Collection[str], /) -> Mapping[str, str]:
        return {}


class _Toy:
    ecosystem = Ecosystem(
        manifest=_MANIFEST,
        version_line='"version": "{}"',
        scheme=any_scheme(_FourParts()),
        catalogue=_NoPages(),
        withheld={"bal": "the format 'bal' is that of another tool"},
    )
    baselines = _Baselines()

    def read_candidate(self, path: Path, _workspace: Path | None = None, /) -> _Package:
        return _read(path)

    def read_operands(self, old: str, new: str, _environment: Environment, /) -> tuple[Operand, Operand]:
        before, after = (Operand(_read(Path(one)), "the package that was given") for one in (old, new))
        return before, after

    def settings_directory(self, path: Path, _workspace: Path | None = None, /) -> Path | None:
        return path

    def semver_toml(self, path: Path, _workspace: Path | None = None, /) -> SemverToml | None:
        file = path / "Semver.toml"
        return SemverToml(file.read_bytes(), path) if file.exists() else None

    def folder(self, _path: Path, _workspace: Path | None = None, /) -> str | None:
        return None

    def require_api(self, candidate: Artifact, /) -> None:
        if not _own(candidate).offers:
            raise NothingToCheckError(f"{candidate.name} offers nothing")

    def comparison_on(
        self,
        _grounds: Grounds,
        _workspace: Workspace,
        *,
        clients: bool,
        merge_base: str | None = None,
        announce: Announce | None = None,
    ) -> Compare:
        del clients, merge_base, announce
        return lambda old, new, _: _compare(_own(old), _own(new))

    def bumps(
        self,
        _path: Path,
        _settings_of: Callable[[Path, Path | None], Settings],
        _wish: Wish,
        _announce: Announce,
        /,
    ) -> Bumps:
        raise UsageError("a toy keeps its version")

    def listing(self, settings: Settings, /, *, private: bool) -> Listing:
        del private
        return Listing(_read(settings.path), ())

    def api_of(self, _package: Artifact, /) -> tuple[ModuleApi, ...]:
        return ()

    def gates(self, _grounds: Grounds, _candidate: Artifact, /) -> Iterable[Gate]:
        return ()

    def readiness(self, _candidate: Artifact, _grounds: Grounds, _workspace: Workspace, /) -> Readiness:
        return Readiness()

    def publish_rules(self) -> Sequence[PublishCondition]:
        return ()

    def version_place(self, _candidate: Artifact, /) -> ManifestPlace | None:
        return None

    def notes_on_neighbours(self, _packages: Sequence[Artifact], /) -> Callable[[Artifact], Iterable[str]]:
        return lambda _: ()


def _own(artifact: Artifact) -> _Package:
    assert isinstance(artifact, _Package)
    return artifact


def _compare(old: _Package, new: _Package) -> Comparison:
    lost, gained = old.offers.keys() - new.offers.keys(), new.offers.keys() - old.offers.keys()
    findings = [_finding("removed", Level.MAJOR, Change.REMOVED, old, name) for name in lost]
    findings += [_finding("added", Level.MINOR, Change.ADDED, new, name) for name in gained]
    return Comparison(tuple(findings), same_sources=old.offers == new.offers)


def _finding(fact: str, level: Level, change: Change, package: _Package, name: str) -> Finding:
    excerpt = Excerpt(f"{name}: {package.offers[name]}", "lib/clock.bin", None, None)
    return Finding(
        rule=f"toy-offer-{fact}",
        level=level,
        certainty=Certainty.PROVED,
        symbol=name,
        module=package.name,
        position=None,
        message=f"offer '{name}' is {fact}",
        explanation=None,
        client=f"use {name}" if level is Level.MAJOR else None,
        client_program=None,
        old=excerpt if change is Change.REMOVED else None,
        new=excerpt if change is Change.ADDED else None,
        fingerprint=f"{len(name):016x}",
        trail=(Step("offer", name),),
        change=change,
        title=f"An offer was {fact}.",
    )


TOY: FrontEnd = _Toy()
