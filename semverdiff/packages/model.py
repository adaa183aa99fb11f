"""A package as it was found: identity, modules, files as bytes, and where it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from semverdiff.artifact import Identity, Provenance

if TYPE_CHECKING:
    from semverdiff.artifact import Artifact

__all__ = [
    "API_FILE_ENDING",
    "Dependency",
    "ExportRule",
    "FindPackage",
    "Manifest",
    "Module",
    "Package",
    "SourceFile",
    "Unavailable",
    "as_package",
]

API_FILE_ENDING: Final = ".api"
"""How the name of a file ends that holds the public API of a package as text."""

ExportRule = Literal["listed", "modules", "default"]


class SourceFile(msgspec.Struct, frozen=True):
    """One `.bal` file. `path` is relative to the package root and uses `/`."""

    path: str
    content: bytes


class Module(msgspec.Struct, frozen=True):
    """A module with its full name (`shop`, `shop.orders`) and its files, sorted by path.

    Clients can import it if it is `exported`: by the rule of its manifest, or because it is the default one.
    """

    name: str
    exported: bool
    files: tuple[SourceFile, ...]


class Dependency(msgspec.Struct, frozen=True):
    """A package that this one was built against, with the exact version where one is known."""

    organization: str
    name: str
    version: str | None


class Manifest(msgspec.Struct, frozen=True):
    """The facts of Ballerina.toml or package.json that clients can notice, None where they say nothing.

    `export_rule` says what in Ballerina.toml names the exported modules: `[package].export` (`listed`),
    `[[package.modules]]` (`modules`) or neither; it is None for an archive without Ballerina.toml.
    `dependencies` are the direct ones, without those of tests, sorted. They are all of them where
    `dependencies_resolved`; if not, those that the manifest asks for, with their minimum versions.
    `locked` are all packages of the resolved graph but this one, the dependencies of dependencies among
    them, sorted: a build has one version of each.
    `graalvm_compatible` is what the package says, and true without a word where it has no native code.
    `libraries` are the file names of the native libraries that clients get, sorted.
    `metadata` holds the descriptive entries (licences, authors, keywords, ...) as sorted key and
    canonical text, only good for telling whether one changed.
    """

    distribution: str | None = None
    visibility: Literal["public", "private"] = "public"
    graalvm_compatible: bool | None = None
    export_rule: ExportRule | None = None
    dependencies: tuple[Dependency, ...] = ()
    dependencies_resolved: bool = False
    locked: tuple[Dependency, ...] = ()
    libraries: tuple[str, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()


def graalvm_compatible(said: bool | None, platform: str) -> bool | None:  # noqa: FBT001 (one of three values)
    """Return what a manifest says about native images; without native code there is no obstacle."""
    return True if said is None and platform == "any" else said


class Package(msgspec.Struct, frozen=True):
    """Everything that later rooms may know about a package.

    `version` is the text as written; the version policy parses it. `notes` are sentences for the
    report about what was found on the way (an ignored key, a tolerated oddity). `semver_toml` is the
    file beside its Ballerina.toml; archives have none. `manifests` are the files that `manifest` was read
    from, none where a program has put the package together: reports quote their lines.
    """

    organization: str
    name: str
    version: str
    modules: tuple[Module, ...]
    provenance: Provenance
    platform: str = "any"
    manifest: Manifest = msgspec.field(default_factory=Manifest)
    notes: tuple[str, ...] = ()
    semver_toml: bytes | None = None
    manifests: tuple[SourceFile, ...] = ()

    @property
    def is_api_file(self) -> bool:
        """Return whether an API file stands for it: only what clients see is known."""
        return self.provenance.source == "api"

    @property
    def module_names(self) -> tuple[str, ...]:
        """Return the full names of its modules."""
        return tuple(module.name for module in self.modules)

    @property
    def identity(self) -> Identity:
        """Return what the package is called where it is published."""
        is_private = self.manifest.visibility == "private"
        return Identity(self.organization, self.name, self.version, is_private)


def as_package(artifact: Artifact) -> Package:
    """Return an artifact that is a Ballerina package. Raise `TypeError` for one of another ecosystem.

    Whoever hands packages on without a look at them gives each back to where it came from.
    """
    if not isinstance(artifact, Package):
        raise TypeError(f"{artifact.name} is no Ballerina package")
    return artifact


class Unavailable(msgspec.Struct, frozen=True):
    """Why a package cannot be read, and what makes it available: half a sentence, a command, or both."""

    why: str
    remedy: str = ""
    command: str = ""


FindPackage = Callable[[Dependency], Package | Unavailable]
"""Returns the package of that version, without one the newest that there is, or why there is none."""
