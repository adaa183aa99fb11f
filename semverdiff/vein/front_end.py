"""The front end of Vein: what the composer asks of an ecosystem, answered for shards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff import packages, vein
from semverdiff.artifact import MANIFESTS
from semverdiff.ecosystem import Ecosystem
from semverdiff.errors import NothingToCheckError, UsageError
from semverdiff.pipeline import Comparison, Listing
from semverdiff.vein.baselines import VEIN_BASELINES, read_operands
from semverdiff.vein.decisions import semver_toml, settings_directory
from semverdiff.vein.package import as_shard, read_package
from semverdiff.vein.versions import NUGET
from semverdiff.versions import any_scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from semverdiff.artifact import Artifact, ManifestPlace
    from semverdiff.baselines import Operand
    from semverdiff.config import SemverToml, Settings
    from semverdiff.pipeline import Announce, Baselines, Bumps, Compare, FrontEnd, Grounds, Wish, Workspace
    from semverdiff.publish import PublishCondition, Readiness
    from semverdiff.registry import Environment
    from semverdiff.reports import Gate
    from semverdiff.symbols import ModuleApi
    from semverdiff.vein.package import ShardPackage

__all__ = ["FRONT_END"]


class _Vein:
    """Shards of Vein: `*.vproj`, `.shard`, the gallery."""

    ecosystem = Ecosystem(
        manifest=MANIFESTS["vein"],
        version_line='version: "{}"',
        language="vein",
        deprecation="[Deprecated]",
        registry="the gallery",
        scheme=any_scheme(NUGET),
        catalogue=vein.catalogue,
        withheld={"bal": "the format 'bal' is that of `bal semver`, which knows no shards"},
    )
    baselines: Baselines = VEIN_BASELINES

    def read_candidate(self, path: Path, _workspace: Path | None = None, /) -> ShardPackage:
        return read_package(path)

    def read_operands(self, old: str, new: str, environment: Environment, /) -> tuple[Operand, Operand]:
        return read_operands(old, new, environment)

    def settings_directory(self, path: Path, _workspace: Path | None = None, /) -> Path | None:
        return settings_directory(path)

    def semver_toml(self, path: Path, _workspace: Path | None = None, /) -> SemverToml | None:
        return semver_toml(path)

    def folder(self, path: Path, _workspace: Path | None = None, /) -> str | None:
        directory = settings_directory(path)
        if directory is None:
            return None
        return packages.folder_within(packages.bounds_of(directory, directory), directory)

    def require_api(self, candidate: Artifact, /) -> None:
        if not any(one.visibility.is_api for one in as_shard(candidate).api.types.values()):
            raise NothingToCheckError(f"{candidate.name} declares no type that clients see: there is no API")

    def comparison_on(
        self,
        _grounds: Grounds,
        _workspace: Workspace,
        *,
        clients: bool,
        merge_base: str | None = None,
        announce: Announce | None = None,
    ) -> Compare:
        del merge_base, announce  # nothing of other shards is looked for

        def compare(old: Artifact, new: Artifact, settings: Settings) -> Comparison:
            before, after = as_shard(old), as_shard(new)
            if before.contents and before.contents == after.contents:
                return Comparison(same_sources=True)
            met = None if before.met is None or after.met is None else before.met | after.met
            differences = (
                *vein.compare_dependencies(before.listed, after.listed, met),
                *vein.compare_apis(before.api, after.api),
            )
            findings = vein.evaluate(differences, settings.policies, strict=settings.strict, clients=clients)
            return Comparison(findings, notes=(*before.api.notes, *after.api.notes))

        return compare

    def bumps(
        self,
        path: Path,
        settings_of: Callable[[Path, Path | None], Settings],
        wish: Wish,
        announce: Announce,
        /,
    ) -> Bumps:
        if wish.of_workspace:
            raise UsageError("projects of Vein have no workspaces: name the directory of each")
        return vein.bumps_at(path, settings_of(path, None), wish, announce)

    def listing(self, settings: Settings, /, *, private: bool) -> Listing:
        package = read_package(settings.path)
        if not private:
            self.require_api(package)
        return Listing(package, vein.describe(package.api, private=private))

    def api_of(self, package: Artifact, /) -> tuple[ModuleApi, ...]:
        return vein.describe(as_shard(package).api)

    def gates(self, _grounds: Grounds, _candidate: Artifact, /) -> Iterable[Gate]:
        return ()

    def readiness(self, candidate: Artifact, grounds: Grounds, _workspace: Workspace, /) -> Readiness:
        return vein.readiness_for(as_shard(candidate), grounds)

    def publish_rules(self) -> Sequence[PublishCondition]:
        return vein.PUBLISH_RULES

    def version_place(self, candidate: Artifact, /) -> ManifestPlace | None:
        project = as_shard(candidate).project
        return None if project is None else project.version_place

    def notes_on_neighbours(self, _packages: Sequence[Artifact], /) -> Callable[[Artifact], Iterable[str]]:
        return lambda _: ()


FRONT_END: Final[FrontEnd] = _Vein()
