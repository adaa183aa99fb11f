"""A shard: a zip with a compiled module, a manifest, and what the gallery shows of it; no sources."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import msgspec

from semverdiff import packages
from semverdiff.artifact import Provenance
from semverdiff.errors import ArchiveError, NothingToCheckError, SourceError
from semverdiff.packages import ArchiveForm
from semverdiff.text import quote, quote_line
from semverdiff.vein.module import Module, read_module
from semverdiff.vein.shard_names import NAME_FORM, is_shard_name
from semverdiff.vein.versions import parse_nuget_version

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO, Final

    from semverdiff.packages import Tree

__all__ = [
    "MANIFEST",
    "SHARD",
    "Author",
    "Shard",
    "ShardDependency",
    "ShardManifest",
    "Urls",
    "read_shard",
    "read_shard_file",
    "read_unpacked_shard",
]

SHARD: Final = ArchiveForm("a shard of Vein (.shard)", "'rune'", (".wll", ".json"))
"""The archives of Vein."""

MANIFEST: Final = "manifest.json"
"""The file of a shard that says its name, its version and its dependencies."""
_WORKLOAD: Final = "workload.manifest.json"
_LIBRARIES: Final = "lib"
_MODULE_ENDING: Final = ".wll"
_REMEDY: Final = "Build the shard, or get it from its publisher, again."


class Author(msgspec.Struct, frozen=True):
    """Who wrote a shard."""

    name: str = ""
    github: str = ""


class Urls(msgspec.Struct, frozen=True):
    """Where a shard can be found; `other` is a text that holds JSON."""

    bugs: str | None = None
    homepage: str | None = None
    repository: str | None = None
    other: str | None = None


class ShardDependency(msgspec.Struct, frozen=True):
    """Another shard that this one was built with; the version is empty where it cannot be told."""

    name: str
    version: str


class ShardManifest(msgspec.Struct, frozen=True):
    """What a shard says of itself. `version` is the text as written."""

    name: str
    version: str
    description: str = ""
    license: str = ""
    authors: tuple[Author, ...] = ()
    urls: Urls = Urls()
    is_preview: bool = False
    is_workload: bool = False
    dependencies: tuple[ShardDependency, ...] = ()


class Shard(msgspec.Struct, frozen=True):
    """A shard with a library; `files` are the names of what lies at its root."""

    manifest: ShardManifest
    module: Module
    module_path: str
    provenance: Provenance
    files: tuple[str, ...]


class _Written(msgspec.Struct, frozen=True, rename="camel"):
    """The manifest as its writers write it: the gallery and the compiler spell dependencies differently."""

    name: str
    version: str
    description: str | None = None
    license: str | None = None
    authors: list[Author] | None = None
    urls: Urls | None = None
    preview: bool = False
    is_workload: bool = False
    dependencies: list[dict[str, object]] | None = None


def read_shard_file(path: Path) -> Shard:
    """Return the shard in a file. Raise as `read_shard` does, or `UsageError` for no file."""
    with packages.open_digested(path, SHARD) as (tree, digest):
        return _read(tree, Provenance("shard", digest=digest))


def read_shard(content: bytes | IO[bytes], name: str, provenance: Provenance) -> Shard:
    """Return the shard in an archive; `name` is the file name that messages use.

    Raises:
        ArchiveError: it is broken, or must not be trusted.
        NothingToCheckError: it is a workload, which has no library.

    """
    with packages.archive_tree(content, name, SHARD) as tree:
        return _read(tree, provenance)


def read_unpacked_shard(path: Path, provenance: Provenance) -> Shard:
    """Return the shard in a directory that an archive was unpacked into; raise as `read_shard` does."""
    try:
        return _read(packages.disk_tree(path), provenance)
    except SourceError as error:
        raise ArchiveError(f"{quote(path.name)} cannot be read.", mistakes=error.mistakes) from error


def _read(tree: Tree, provenance: Provenance) -> Shard:
    label, files = quote(tree.label), tree.files("")
    modules = [name for name in tree.files(_LIBRARIES) if name.endswith(_MODULE_ENDING)]
    if not modules and _WORKLOAD in files:
        raise NothingToCheckError(
            f"{label} is a workload: it brings tools and has no library, so there is no API to check."
        )
    if MANIFEST not in files:
        raise _broken(label, f"it has no {MANIFEST}")
    manifest = _manifest(tree, label)
    if len(modules) != 1:
        found = ", ".join(map(quote, modules)) or "none"
        raise _broken(label, f"expected one module in '{_LIBRARIES}', found {found}")
    module_path = f"{_LIBRARIES}/{modules[0]}"
    module = read_module(tree.read(module_path), module_path)
    # The gallery and the resolver of modules know names without their case.
    if module.name.lower() != manifest.name.lower():
        raise _broken(
            label, f"its manifest calls it {quote(manifest.name)}, and its module {quote(module.name)}"
        )
    return Shard(manifest, module, module_path, provenance, files)


def _manifest(tree: Tree, label: str) -> ShardManifest:
    try:
        written = msgspec.json.decode(tree.read(MANIFEST).removeprefix(codecs.BOM_UTF8), type=_Written)
    except RecursionError as error:
        raise _broken(label, f"{MANIFEST} is nested too deeply") from error
    except ValueError as error:  # what is no JSON, no UTF-8, or has another shape
        raise _broken(label, f"{MANIFEST} cannot be read ({quote_line(str(error))})") from error
    try:
        parse_nuget_version(written.version)
    except ValueError as error:
        raise _broken(label, f"'version' in {MANIFEST}: {error}") from error
    if not is_shard_name(written.name):
        raise _broken(label, f"'name' in {MANIFEST}: expected {NAME_FORM}, found {quote(written.name)}")
    return ShardManifest(
        name=written.name,
        version=written.version,
        description=written.description or "",
        license=written.license or "",
        authors=tuple(written.authors or ()),
        urls=written.urls or Urls(),
        is_preview=written.preview,
        is_workload=written.is_workload,
        dependencies=tuple(map(_dependency, written.dependencies or ())),
    )


def _dependency(written: dict[str, object]) -> ShardDependency:
    """Return a dependency in either spelling: that of the compiler, or that of the gallery."""
    name, version = (written.get(key.title(), written.get(key)) for key in ("name", "version"))
    if isinstance(version, dict):
        texts = {key.lower(): text for key, text in version.items()}
        version = texts.get("originalversion") or texts.get("version")
    return ShardDependency(name if isinstance(name, str) else "", version if isinstance(version, str) else "")


def _broken(label: str, why: str) -> ArchiveError:
    return ArchiveError(f"{label} is a broken shard: {why}. {_REMEDY}")
