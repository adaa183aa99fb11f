"""The front end of Ballerina: what the composer asks of an ecosystem, answered by the rooms that know it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff import api, ballerina, baselines, packages, publish, rules
from semverdiff.artifact import MANIFESTS
from semverdiff.ballerina.comparison import compare_packages
from semverdiff.ballerina.decisions import semver_toml, settings_directory
from semverdiff.ballerina.dependencies import dependencies_of, local_packages
from semverdiff.ballerina.gates import unlocked
from semverdiff.ballerina.neighbours import notes_on_dependencies, owners_among
from semverdiff.ecosystem import Ecosystem
from semverdiff.errors import NothingToCheckError
from semverdiff.packages import as_package
from semverdiff.pipeline import Listing
from semverdiff.reports import Gate
from semverdiff.versions import SEMANTIC, any_scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from semverdiff.artifact import Artifact, ManifestPlace
    from semverdiff.baselines import Operand
    from semverdiff.config import SemverToml, Settings
    from semverdiff.packages import Package
    from semverdiff.pipeline import (
        Announce,
        Baselines,
        Bumps,
        Compare,
        Comparison,
        FrontEnd,
        Grounds,
        Wish,
        Workspace,
    )
    from semverdiff.publish import PublishCondition, Readiness
    from semverdiff.registry import Environment
    from semverdiff.symbols import ModuleApi

__all__ = ["FRONT_END"]


class _Ballerina:
    """Packages of Ballerina: `Ballerina.toml`, `.bala`, Ballerina Central."""

    ecosystem = Ecosystem(
        manifest=MANIFESTS["ballerina"],
        version_line='version = "{}"',
        language="ballerina",
        deprecation="@deprecated",
        registry="central",
        scheme=any_scheme(SEMANTIC),
        catalogue=rules,
    )
    baselines: Baselines = baselines

    def read_candidate(self, path: Path, workspace: Path | None = None, /) -> Package:
        return packages.read_candidate(path, workspace)

    def read_operands(self, old: str, new: str, environment: Environment, /) -> tuple[Operand, Operand]:
        return baselines.read_operands(old, new, environment)

    def settings_directory(self, path: Path, workspace: Path | None = None, /) -> Path | None:
        return settings_directory(path, workspace)

    def semver_toml(self, path: Path, workspace: Path | None = None, /) -> SemverToml | None:
        return semver_toml(path, workspace)

    def folder(self, path: Path, workspace: Path | None = None, /) -> str | None:
        return packages.repository_folder(path, workspace)

    def require_api(self, candidate: Artifact, /) -> None:
        if not any(module.exported for module in as_package(candidate).modules):
            raise NothingToCheckError(
                f"{candidate.name} exports no module: name one in `export` of Ballerina.toml, "
                "or there is no API to check"
            )

    def comparison_on(
        self,
        grounds: Grounds,
        workspace: Workspace,
        *,
        clients: bool,
        merge_base: str | None = None,
        announce: Announce | None = None,
    ) -> Compare:
        context = dependencies_of(grounds, workspace.neighbours, merge_base, announce, clients=clients)

        def compare(old: Artifact, new: Artifact, settings: Settings) -> Comparison:
            return compare_packages(as_package(old), as_package(new), settings, context)

        return compare

    def bumps(
        self,
        path: Path,
        settings_of: Callable[[Path, Path | None], Settings],
        wish: Wish,
        announce: Announce,
        /,
    ) -> Bumps:
        return ballerina.bumps_at(path, settings_of, wish, announce)

    def listing(self, settings: Settings, /, *, private: bool) -> Listing:
        package = packages.read_package(settings.path)
        shown = [module.name for module in package.modules if module.exported or private]
        if not shown:
            raise NothingToCheckError(
                f"{package.name} exports no module: name one in `export` of Ballerina.toml, or ask for "
                "--private"
            )
        surface = api.Surface(package)
        api.surround(surface, local_packages(settings))
        hidden = tuple(name for name in package.module_names if name not in shown)
        return Listing(package, api.describe(surface, private=private), hidden)

    def api_of(self, package: Artifact, /) -> tuple[ModuleApi, ...]:
        return api.describe(api.Surface(as_package(package)))

    def gates(self, grounds: Grounds, candidate: Artifact, /) -> Iterator[Gate]:
        why = unlocked(grounds, as_package(candidate))
        if why:
            yield Gate("dependencies", passed=False, why=why)

    def readiness(self, candidate: Artifact, grounds: Grounds, workspace: Workspace, /) -> Readiness:
        return ballerina.readiness_for(as_package(candidate), grounds, workspace)

    def publish_rules(self) -> Sequence[PublishCondition]:
        return publish.publish_rules()

    def version_place(self, candidate: Artifact, /) -> ManifestPlace | None:
        return packages.ManifestPlaces(as_package(candidate)).of((packages.ManifestKey.VERSION,))

    def notes_on_neighbours(self, packages: Sequence[Artifact], /) -> Callable[[Artifact], Iterable[str]]:
        owners = owners_among([as_package(one) for one in packages])
        return lambda package: notes_on_dependencies(as_package(package), owners)


FRONT_END: Final[FrontEnd] = _Ballerina()
