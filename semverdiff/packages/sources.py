"""A package from its sources: Ballerina.toml, what lies beside it, and the rule for exported modules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff.config import SEMVER_TOML, parse_toml
from semverdiff.errors import ManifestError, UsageError
from semverdiff.packages.imports import imported_modules, imports_java
from semverdiff.packages.layout import read_modules, source_paths
from semverdiff.packages.manifest import (
    exported_modules,
    locked_dependencies,
    locked_packages,
    read_ballerina_toml,
    read_lock,
)
from semverdiff.packages.model import Manifest, Package, SourceFile, graalvm_compatible
from semverdiff.packages.names import package_name_from
from semverdiff.packages.workspace import members_of
from semverdiff.text import quote
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from semverdiff.artifact import Provenance
    from semverdiff.config import Table
    from semverdiff.errors import Mistake
    from semverdiff.packages.filesystem import Tree
    from semverdiff.packages.manifest import BallerinaToml
    from semverdiff.packages.model import Dependency, Module

__all__ = ["manifests_in", "read_sources"]

_DEFAULT_VERSION = "0.1.0"
# The update release of 2201 since which `bal` builds for a JVM, newest first.
_JVMS = ((11, "java21"), (8, "java17"), (0, "java11"))
# Each is a program of the JVM that is packed with the package.
_JVM_MANIFESTS = frozenset({"BalTool.toml", "CompilerPlugin.toml"})


def read_sources(tree: Tree, provenance: Provenance) -> Package:
    """Return the package whose Ballerina.toml lies at the root of a tree.

    Raises:
        UsageError: the root is that of a workspace.
        ManifestError: everything that is wrong in Ballerina.toml and Dependencies.toml.
        SourceError: sources are missing, unreadable, not UTF-8 or in two places.

    """
    mistakes: list[Mistake] = []
    manifests = manifests_in(tree, ("Ballerina.toml", "Dependencies.toml"))
    root = _table(tree, manifests, "Ballerina.toml", mistakes)
    if "workspace" in root.entries:
        members = ", ".join(map(quote, members_of(root)))
        raise UsageError(
            f"{quote(tree.label)} is a workspace, not a package. Check one of its packages: {members}; or "
            "all of them with --workspace."
        )
    beside = tree.files("")
    declared = read_ballerina_toml(root, has_package_md="Package.md" in beside)
    name = declared.name or package_name_from(tree.label)
    paths = source_paths(tree, name)
    exported = exported_modules(declared, name, paths)
    has_lock = any(file.path == "Dependencies.toml" for file in manifests)
    lock = read_lock(_table(tree, manifests, "Dependencies.toml", mistakes) if has_lock else None)
    if mistakes:
        raise ManifestError(mistakes=tuple(mistakes))
    modules = read_modules(tree, name, paths, exported)
    imported = imported_modules(modules) if lock else ()
    organization = declared.organization or ""
    locked = locked_dependencies(lock, organization, name, imported)
    platform, platform_notes = _platform(
        declared, modules, is_jvm_program=not _JVM_MANIFESTS.isdisjoint(beside)
    )
    return Package(
        organization=organization,
        name=name,
        version=declared.version or _DEFAULT_VERSION,
        modules=modules,
        provenance=provenance,
        platform=platform,
        manifest=Manifest(
            distribution=declared.distribution,
            visibility=declared.visibility,
            graalvm_compatible=graalvm_compatible(declared.graalvm_compatible, platform),
            export_rule=declared.export_rule,
            dependencies=declared.minimums if locked is None else _raised(locked, declared.minimums),
            dependencies_resolved=locked is not None,
            locked=()
            if locked is None
            else _raised(locked_packages(lock, organization, name), declared.minimums),
            libraries=declared.libraries,
            metadata=declared.metadata,
        ),
        notes=(*_missing_keys(declared, name), *declared.notes, *platform_notes),
        semver_toml=tree.read(SEMVER_TOML) if SEMVER_TOML in beside else None,
        manifests=manifests,
    )


def manifests_in(tree: Tree, names: Sequence[str]) -> tuple[SourceFile, ...]:
    """Return those manifests that lie at the root of a tree, for whoever quotes a line of one."""
    beside = tree.files("")
    return tuple(SourceFile(name, tree.read(name)) for name in names if name in beside)


def _table(tree: Tree, manifests: Iterable[SourceFile], name: str, mistakes: list[Mistake]) -> Table:
    """Return a manifest; what is no file by then is the tree's to refuse."""
    content = next((file.content for file in manifests if file.path == name), None)
    return parse_toml(tree.read(name) if content is None else content, name, mistakes)


def _raised(locked: Iterable[Dependency], minimums: Iterable[Dependency]) -> tuple[Dependency, ...]:
    """Return locked dependencies, each in the version that the manifest asks for at least.

    A Dependencies.toml may be older than the Ballerina.toml beside it: the next build raises it.
    """
    least = {(one.organization, one.name): one for one in minimums}
    return tuple(_higher(one, least.get((one.organization, one.name))) for one in locked)


def _higher(locked: Dependency, minimum: Dependency | None) -> Dependency:
    if minimum is None or minimum.version is None or locked.version is None:
        return locked
    try:
        return minimum if parse_version(locked.version) < parse_version(minimum.version) else locked
    except ValueError:  # what is no version is nothing to build with
        return minimum


def _missing_keys(declared: BallerinaToml, name: str) -> Iterator[str]:
    """Yield what is assumed; a user's name on this machine says nothing about a package, so it is not."""
    if declared.organization is None:
        yield _missing("org", "The organization is not known.")
    if declared.name is None:
        yield _missing("name", f"Defaulting to {quote(name)}, after the directory.")
    if declared.version is None:
        yield _missing("version", f"Defaulting to '{_DEFAULT_VERSION}'.")


def _missing(key: str, consequence: str) -> str:
    return f"missing key '{key}' in table '[package]' in 'Ballerina.toml'. {consequence}"


def _platform(
    declared: BallerinaToml, modules: tuple[Module, ...], *, is_jvm_program: bool
) -> tuple[str, tuple[str, ...]]:
    """Return the platform that `bal pack` would write into the archive."""
    if declared.platform != "any":
        return declared.platform, ()
    uses_java = is_jvm_program or any(
        imports_java(file.content) for module in modules for file in module.files
    )
    if not uses_java:
        return "any", ()
    if declared.platforms:
        return declared.platforms[-1], ()
    guess = _jvm_of(declared.distribution)
    return guess, (f"Ballerina.toml names no platform, but the package needs Java: {guess} is assumed.",)


def _jvm_of(distribution: str | None) -> str:
    """Return the JVM that a distribution builds for; the newest for one that is not named by a number."""
    found = re.match(r"2201\.(\d{1,4})\.", distribution or "")
    if found is None:
        return _JVMS[0][1]
    return next(jvm for since, jvm in _JVMS if int(found[1]) >= since)
