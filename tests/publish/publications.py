"""Packages that are to be published: one that nothing is wrong with, and what is changed about it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from support.archives import build_bala, zip_of
from support.central import Published
from support.packages import manifest, package

from semverdiff.artifact import Provenance
from semverdiff.ballerina.publication import publication_of
from semverdiff.baselines import Baseline
from semverdiff.config import Settings
from semverdiff.packages import read_archive, read_candidate
from semverdiff.pipeline import Grounds, Neighbour, Workspace
from semverdiff.pipeline.model import JudgingSettings
from semverdiff.publish import PublishedPackages, readiness_of
from semverdiff.registry import Environment, PackageName, Packed, Release

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from semverdiff.publish import Readiness
    from semverdiff.versions import Version

__all__ = [
    "ARCHIVED",
    "CLASS",
    "SOURCES",
    "Shelf",
    "Situation",
    "archive",
    "dependency",
    "jar",
    "lock",
    "png",
    "published",
    "readiness",
    "toml",
    "write_situation",
]

SOURCES = {
    "README.md": "# Shop\n\nSells things.\n",
    "lib.bal": "public function total() returns int => 1;\n",
}
ARCHIVED = {
    "docs/Package.md": "# Shop\n\nSells things.\n",
    "modules/shop/lib.bal": SOURCES["lib.bal"],
}
_DESCRIBED = {
    "license": ["Apache-2.0"],
    "keywords": ["shop"],
    "repository": "https://example.org/acme/shop",
}
_ARCHIVED_AS = {
    "licenses": ["Apache-2.0"],
    "keywords": ["shop"],
    "source_repository": "https://example.org/acme/shop",
}


def toml(more: str = "", **keys: object) -> str:
    """Return a Ballerina.toml; keys of `[package]` replace those of a complete one, None takes one out."""
    package = {"org": "acme", "name": "shop", "version": "1.4.0", **_DESCRIBED, **keys}
    lines = [f"{key} = {json.dumps(value)}" for key, value in package.items() if value is not None]
    return "\n".join(["[package]", *lines, more, ""])


def published(
    version: str = "1.3.0",
    name: str = "shop",
    files: Mapping[str, str] | None = None,
    deprecated: str | None = None,
    **package_json: object,
) -> Published:
    """Return a version of a package on Central."""
    sources = {f"modules/{name}/lib.bal": SOURCES["lib.bal"]} if files is None else files
    content = build_bala("acme", name, version, sources, **(_ARCHIVED_AS | package_json))
    return Published("acme", name, version, content, deprecated=deprecated)


def archive(
    files: Mapping[str, str] | None = None,
    version: str = "1.4.0",
    name: str = "shop",
    **package_json: object,
) -> bytes:
    """Return a built `.bala` of the package that nothing is wrong with, with other files and keys."""
    contents = ARCHIVED | dict(files or {})
    if name != "shop":
        del contents["modules/shop/lib.bal"]
    return build_bala("acme", name, version, contents, **(_ARCHIVED_AS | package_json))


def png() -> bytes:
    """Return the beginning of a PNG image."""
    return b"\x89PNG\r\n\x1a\n" + bytes(64)


CLASS = "org.acme.Shop"


def jar(*classes: str) -> bytes:
    """Return a library with these classes."""
    return zip_of({f"{name.replace('.', '/')}.class": "" for name in classes})


def dependency(name: str = "util", version: str = "2.0.0") -> dict[str, str]:
    """Return an entry of a dependency-graph.json."""
    return {"org": "acme", "name": name, "version": version}


def lock(*dependencies: Mapping[str, str]) -> str:
    """Return a Dependencies.toml, in which the package depends on each."""
    needs = ", ".join(f'{{org = "{one["org"]}", name = "{one["name"]}"}}' for one in dependencies)
    own = f'[[package]]\norg = "acme"\nname = "shop"\nversion = "1.4.0"\ndependencies = [{needs}]\n'
    others = [
        f'[[package]]\norg = "{one["org"]}"\nname = "{one["name"]}"\nversion = "{one["version"]}"\n'
        for one in dependencies
    ]
    return '[ballerina]\ndependencies-toml-version = "2"\n\n' + "\n".join([own, *others])


@dataclass(frozen=True)
class Situation:
    """A package in a directory, what Central has, and what this machine has.

    `files` are written over those of the good package; None takes one away. `pushed` are paths of packages
    in the local repository. `old` is the baseline, the first of the table unless it is given. An `archive` is
    checked instead of the sources, as a file of `target/bala`. `members` are the versions of the packages of
    its workspace.
    """

    files: Mapping[str, str | bytes | None] = field(default_factory=dict)
    table: Sequence[Published] = (published(),)
    baseline: str = "central"
    pushed: Sequence[str] = ()
    archive: bytes | None = None
    old: Published | None = None
    members: Mapping[tuple[str, str], str] = field(default_factory=dict)


class Shelf:
    """A registry in memory that has the packages of a table."""

    provenance = Provenance("central", "central.example")
    notes = ()
    token_refused = False

    def __init__(self, table: Sequence[Published]) -> None:
        self._table = table

    def versions(self, package: PackageName) -> tuple[str, ...]:
        """Return the published versions."""
        return tuple(one.version for one in self._of(package))

    def packages_like(self, package: PackageName) -> tuple[PackageName, ...]:
        """Return the packages that a search finds: whatever the case."""
        wanted = str(package).lower()
        names = {PackageName(one.organization, one.name) for one in self._table}
        return tuple(one for one in names if wanted in str(one).lower())

    def release(self, package: PackageName, version: Version) -> Release:
        """Return what is known about a version."""
        return Release(version, "any", deprecation=self._one(package, str(version)).deprecated)

    def download(self, package: PackageName, release: Release) -> Packed:
        """Return an archive."""
        content = self._one(package, str(release.version)).content
        return Packed(BytesIO(content), sha256(content).hexdigest(), digest_verified=False)

    def _of(self, package: PackageName) -> list[Published]:
        return [
            one for one in self._table if (one.organization, one.name) == (package.organization, package.name)
        ]

    def _one(self, package: PackageName, version: str) -> Published:
        return next(one for one in self._of(package) if one.version == version)


def write_situation(directory: Path, situation: Situation) -> Path:
    """Write the files of a situation, and return the path of what is checked."""
    root = directory / "shop"
    contents: dict[str, str | bytes | None] = {"Ballerina.toml": toml(), **SOURCES, **situation.files}
    for path, content in contents.items():
        if content is None:
            continue
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    for path in situation.pushed:
        (directory / "home" / "repositories" / "local" / "bala" / path).mkdir(parents=True)
    if situation.archive is None:
        return root
    archive_path = root / "target" / "bala" / "acme-shop-any-1.4.0.bala"
    archive_path.parent.mkdir(parents=True, exist_ok=True)
    archive_path.write_bytes(situation.archive)
    return archive_path


def readiness(directory: Path, situation: Situation, *, offline: bool = False) -> Readiness:
    """Return what the rules find about a situation, compared with the first package of its table."""
    path = write_situation(directory, situation)
    candidate = read_candidate(path)
    first = situation.table[0] if situation.baseline == "central" and situation.table else None
    old = situation.old or first
    environment = Environment(home=directory / "home", offline=offline, base="https://central.example/2.0")
    grounds = Grounds(
        JudgingSettings(Settings(path, publish=True)),
        environment,
        Baseline(
            None
            if old is None
            else read_archive(old.content, name="old.bala", provenance=Provenance("central")),
            "",
        ),
    )
    shelf = Shelf(situation.table)
    published = PublishedPackages(environment, lambda: (environment, shelf))
    workspace = Workspace(
        neighbours={names: _member(*names, version) for names, version in situation.members.items()}
    )
    with publication_of(candidate, grounds, workspace, published) as publication:
        return readiness_of(publication)


def _member(organization: str, name: str, version: str) -> Neighbour:
    member = replace(package("", manifest(version, name)), organization=organization)
    return Neighbour(member, Path(name))
