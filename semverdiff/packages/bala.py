"""A package from the inside of a Ballerina archive; its content names the generation, never its file name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.config import parse_toml
from semverdiff.errors import ArchiveError, ManifestError, Mistake, SourceError
from semverdiff.packages.filesystem import DiskTree
from semverdiff.packages.json_text import parse_json
from semverdiff.packages.layout import archived_paths, read_modules
from semverdiff.packages.manifest import archived_descriptions, libraries, read_graph
from semverdiff.packages.model import Manifest, Package, graalvm_compatible
from semverdiff.packages.names import published_name_fault
from semverdiff.packages.sources import manifests_in, read_sources
from semverdiff.text import quote
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from semverdiff.artifact import Provenance
    from semverdiff.config import Table
    from semverdiff.packages.filesystem import Tree
    from semverdiff.packages.manifest import Graph

__all__ = ["read_bala", "read_extracted"]

_JSON_MANIFESTS = frozenset({"bala.json", "package.json", "dependency-graph.json"})
_TOML_MANIFESTS = frozenset({"Bala.toml", "Ballerina.toml"})

_JSON_GENERATIONS = ("2.", "3.")
_TOML_GENERATION = "4"
_PLATFORM = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*\Z")


def read_bala(tree: Tree, provenance: Provenance) -> Package:
    """Return the package in the tree of an archive, packed or extracted.

    Raises:
        ArchiveError: it is no Ballerina archive, one that is too old or too new, or a broken one.
        SourceError: sources in it cannot be read or are not UTF-8.

    """
    label, files = quote(tree.label), tree.files("")
    try:
        if "Bala.toml" in files:
            return _read_toml_generation(tree, provenance)
        if "bala.json" in files or "package.json" in files:
            return _read_json_generation(tree, provenance)
    except ManifestError as error:
        raise ArchiveError(f"{label} is a broken Ballerina archive.", mistakes=error.mistakes) from error
    except SourceError as error:
        raise SourceError(f"{label} holds sources that cannot be used.", mistakes=error.mistakes) from error
    if "BALO.toml" in tree.files("metadata"):
        raise ArchiveError(
            f"{label} is an archive of Ballerina 1.x (balo 1.0.0: one module an archive, in the syntax of "
            "then). Only archives of Swan Lake (2.0.0, 3.0.0 and 4) can be compared."
        )
    raise ArchiveError(
        f"{label} is not a Ballerina archive: expected bala.json and package.json, or Bala.toml, found "
        "neither."
    )


def read_extracted(path: Path, provenance: Provenance) -> Package:
    """Return the package in a directory that an archive was unpacked into; links out of it are refused.

    Raises:
        ArchiveError: files are missing (an interrupted pull leaves such directories), or are broken.
        SourceError: sources in it cannot be read.

    """
    root = path.resolve()
    tree = DiskTree(root, bounds=root)
    files = frozenset(tree.files(""))
    expected = _TOML_MANIFESTS if "Bala.toml" in files else _JSON_MANIFESTS
    missing = sorted(expected - files)
    if missing:
        raise ArchiveError(
            f"{quote(tree.label)} is not a complete archive: {', '.join(missing)} missing. Remove the "
            "directory and pull the package again."
        )
    return read_bala(tree, provenance)


def _read_json_generation(tree: Tree, provenance: Provenance) -> Package:
    """Return the package in generation 2.0.0 or 3.0.0: JSON manifests, modules under their full names."""
    mistakes: list[Mistake] = []
    _check_generation(tree, mistakes)
    if "package.json" not in tree.files(""):
        raise ArchiveError(f"{quote(tree.label)} is a broken Ballerina archive: it has no package.json.")
    package = parse_json(tree.read("package.json"), "package.json", mistakes)
    if mistakes:
        raise ManifestError(mistakes=tuple(mistakes))
    organization, name = (_checked_name(package, key) for key in ("organization", "name"))
    version = _checked_version(package)
    listed = package.texts("export")
    exported = listed if listed is not None else (name, *_exported_entries(package))
    graph = _graph(tree, organization, name, mistakes)
    paths = archived_paths(tree)
    if name and name not in paths:
        mistakes.append(
            Mistake(
                f"expected the default module in {quote('modules/' + name)}, found {_listed(paths)}",
                file="modules",
            )
        )
    platform = _checked_platform(package) or "any"
    manifest = Manifest(
        distribution=package.text("ballerina_version") or None,
        visibility="private" if package.text("visibility") == "private" else "public",
        graalvm_compatible=graalvm_compatible(package.flag("graalvmCompatible"), platform),
        dependencies=() if graph is None else graph.direct,
        dependencies_resolved=graph is not None,
        locked=() if graph is None else graph.packages,
        libraries=tuple(sorted(libraries(package, "platformDependencies"))),
        metadata=archived_descriptions(package),
    )
    if mistakes:
        raise ManifestError(mistakes=tuple(mistakes))
    return Package(
        organization=organization,
        name=name,
        version=version,
        modules=read_modules(tree, name, paths, exported),
        provenance=provenance,
        platform=platform,
        manifest=manifest,
        notes=tuple(_notes(tree, exported, paths, has_dependencies=graph is not None)),
        manifests=manifests_in(tree, ("dependency-graph.json", "package.json")),
    )


def _read_toml_generation(tree: Tree, provenance: Provenance) -> Package:
    """Return the package in generation 4: the package's own manifests and layout, and what the build adds."""
    mistakes: list[Mistake] = []
    bala = parse_toml(tree.read("Bala.toml"), "Bala.toml", mistakes)
    schema = bala.table("bala").text("schema_version")
    build, entries = bala.table("build"), bala.tables("modules")
    if not mistakes and schema != _TOML_GENERATION:
        raise _unknown_generation(tree, schema)
    platform, distribution = _checked_platform(build), build.text("ballerina_version")
    exported = {entry.text("name") for entry in entries if entry.flag("export")}
    if "Ballerina.toml" not in tree.files(""):
        raise ArchiveError(f"{quote(tree.label)} is a broken Ballerina archive: it has no Ballerina.toml.")
    manifest = parse_toml(tree.read("Ballerina.toml"), "Ballerina.toml", mistakes)
    if not mistakes:
        # The defaults for packages that are worked on are none for what was published.
        for key in ("org", "name"):
            _checked_name(manifest.table("package"), key)
        _checked_version(manifest.table("package"))
    if "workspace" in manifest.entries:
        manifest.complain("workspace", "expected a package, found a workspace")
    if mistakes:
        raise ManifestError(mistakes=tuple(mistakes))
    package = read_sources(tree, provenance)
    return replace(
        package,
        platform=platform or package.platform,
        manifest=replace(package.manifest, distribution=distribution or package.manifest.distribution),
        # Early builds wrote down which modules they exported; later ones leave it to Ballerina.toml.
        modules=tuple(replace(module, exported=module.name in exported) for module in package.modules)
        if entries
        else package.modules,
    )


def _check_generation(tree: Tree, mistakes: list[Mistake]) -> None:
    if "bala.json" not in tree.files(""):
        return
    bala = parse_json(tree.read("bala.json"), "bala.json", mistakes)
    # 2020: the archive was still called balo.
    generation = bala.text("bala_version") or bala.text("balo_version")
    if not mistakes and not (generation or "").startswith(_JSON_GENERATIONS):
        raise _unknown_generation(tree, generation)


def _unknown_generation(tree: Tree, generation: str | None) -> ArchiveError:
    return ArchiveError(
        f"{quote(tree.label)} is an archive of an unknown generation: expected 2.0.0, 3.0.0 or 4, found "
        f"{quote(generation or '')}. A newer semverdiff may read it."
    )


def _checked_name(package: Table, key: str) -> str:
    name = _required(package, key)
    fault = published_name_fault(name) if name else None
    if fault is not None:
        package.complain(key, f"invalid '{key}': '{key}' {fault}, found {quote(name)}")
    return name


def _checked_version(package: Table) -> str:
    version = _required(package, "version")
    try:
        parse_version(version or "0.0.0")
    except ValueError:
        package.complain("version", f"'version' should be compatible with semver, found {quote(version)}")
    return version


def _checked_platform(table: Table) -> str | None:
    """Return a checked platform (`any`, `java21`, `go1.26`): like a name, it becomes part of paths."""
    platform = table.text("platform")
    if platform and not _PLATFORM.match(platform):
        table.complain("platform", f"expected a platform such as 'any' or 'java21', found {quote(platform)}")
    return platform or None


def _required(package: Table, key: str) -> str:
    text = package.text(key)
    if text == "" or package.entries.get(key) is None:
        package.complain(key, f"'{key}' does not exist in '{package.document.file}'")
    return text or ""


def _exported_entries(package: Table) -> Iterator[str]:
    for entry in package.tables("modules"):
        name, export = entry.text("name"), entry.flag("export")
        if name is not None and export:
            yield name


def _graph(tree: Tree, organization: str, name: str, mistakes: list[Mistake]) -> Graph | None:
    if "dependency-graph.json" not in tree.files(""):
        return None
    root = parse_json(tree.read("dependency-graph.json"), "dependency-graph.json", mistakes)
    return read_graph(root, organization, name)


def _notes(
    tree: Tree, exported: Iterable[str], paths: Mapping[str, tuple[str, ...]], *, has_dependencies: bool
) -> Iterator[str]:
    for module in exported:
        if module not in paths:
            yield f"{tree.label}: the exported module {quote(module)} is not in the archive."
    if not has_dependencies:
        yield f"{tree.label}: no dependency graph names the package, so its dependencies are not known."


def _listed(modules: Iterable[str]) -> str:
    return ", ".join(map(quote, sorted(modules))) or "no module"
