"""Releases that tags of a git repository name, of one package or of all that lie in it."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from posixpath import join
from typing import TYPE_CHECKING

import msgspec

from semverdiff import packages
from semverdiff.config import parse_toml
from semverdiff.errors import BaselineError
from semverdiff.releases.model import Commit, Omission, PackageReleases, Release, Releases, sorted_releases
from semverdiff.text import quote
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from semverdiff.packages import Entry, GitRepository, Tag

__all__ = ["releases_in_git"]

_MANIFEST = "Ballerina.toml"

# `v1.2.3`, `1.2.3`, `shop-v1.2.3`, `shop/1.2.3`, `v.1.2.3`: what is before the version may name a package.
_VERSION_TAG = re.compile(r"(?:(?P<prefix>.*?)[-/@_])?v?\.?(?P<version>[0-9]+\.[0-9]+\.[0-9]+.*)")

# What builds write behind a version that is still worked on.
_UNRELEASED = "SNAPSHOT"

# Folders whose packages nobody publishes: those of tests and examples, templates that a build fills in.
_UNPUBLISHED = re.compile(r"(?:.*[-_.])?(?:tests?|examples?|samples?|resources|templates?)", re.IGNORECASE)


class _Tagged(msgspec.Struct, frozen=True):
    """A package in the commit of a tag: its folder there, its manifest's object, and a digest of its files.

    `version` is what the name of the tag says.
    """

    tag: Tag
    prefix: str | None
    version: str
    folder: str
    manifest: str
    digest: str


class _Named(msgspec.Struct, frozen=True):
    """A package in the commit of a tag with the names that its manifest gives, and the version there."""

    tagged: _Tagged
    organization: str
    name: str
    written: str | None

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells packages apart."""
        return self.organization, self.name


def releases_in_git(path: Path, folders: str = "*") -> Releases:
    """Return the releases of the packages in a git repository.

    The path is a working tree or a directory in it, a bare repository, or the `.git` of one. At the directory
    of a package only that one counts, wherever it lay. `folders` is a pattern (`openapi/*`) that the folder
    of a package has to match; `*` matches any.

    Raises:
        UsageError: there is no repository, or no git.
        BaselineError: its tags cannot be read.

    """
    repository = _opened(path)
    tags = [one for one in packages.dated_tags(repository) if _version_of(one.name) is not None]
    if not tags:
        raise BaselineError(
            f"no tag of the git repository {quote(repository.name)} names a version: expected some such as "
            "'v1.2.3' or 'shop-v1.2.3'; 'git fetch --tags' brings those of the remote repository"
        )
    omissions: list[Omission] = []
    tagged = [one for tag in tags for one in _tagged(repository, tag, folders, omissions)]
    named = _named(repository, tagged, omissions)
    wanted = _own_name(path)
    if wanted is not None:
        named = [one for one in named if one.key == wanted]
    found = tuple(_by_package(repository, named, omissions))
    return Releases(found, tuple(omissions))


def _opened(path: Path) -> GitRepository:
    if (path / "HEAD").is_file() and (path / "objects").is_dir():
        return packages.open_directory(path.resolve())
    return packages.open_repository(path)


def _own_name(path: Path) -> tuple[str, str] | None:
    """Return the names of the package in a directory, None where it holds none, or only a workspace."""
    try:
        content = packages.read_file(path / _MANIFEST)
    except OSError:
        return None
    names = _names_in(content)
    return None if names is None else names[:2]


def _names_in(manifest: bytes) -> tuple[str, str, str | None] | None:
    """Return the organization, the name and the version in a manifest; None where it lacks a name."""
    package = parse_toml(manifest, _MANIFEST, []).table("package")
    organization, name, version = (package.text(key) for key in ("org", "name", "version"))
    if not organization or not name:
        return None
    return organization, name, version


def _version_of(name: str) -> tuple[str | None, str] | None:
    """Return what stands before the version in the name of a tag, if anything, and the version; or None."""
    match = _VERSION_TAG.fullmatch(name)
    if match is None or not _is_version(match["version"]):
        return None
    return match["prefix"], match["version"]


def _is_version(text: str) -> bool:
    """Return whether a text is a version that may have been released; `1.2.3-SNAPSHOT` was not yet."""
    try:
        version = parse_version(text)
    except ValueError:
        return False
    return _UNRELEASED not in version.pre_release


def _tagged(
    repository: GitRepository, tag: Tag, pattern: str, omissions: list[Omission]
) -> Iterator[_Tagged]:
    """Yield the packages in the commit of a tag, by folder."""
    found = _version_of(tag.name)
    entries = packages.entries_below(repository, tag.commit)
    if found is None or entries is None:
        omissions.append(Omission(f"the tag {tag.name}", "the files of its commit cannot be listed"))
        return
    prefix, version = found
    manifests = {
        folder: entry.oid
        for path, entry in entries.items()
        if path.rpartition("/")[2] == _MANIFEST
        and _may_be_published(folder := path.rpartition("/")[0])
        and fnmatchcase(folder, pattern)
    }
    digests = _digests(entries, manifests)
    for folder, oid in sorted(manifests.items()):
        yield _Tagged(tag, prefix, version, folder, oid, digests[folder])


def _may_be_published(folder: str) -> bool:
    return not any(_UNPUBLISHED.fullmatch(part) for part in folder.split("/"))


def _digests(entries: Mapping[str, Entry], folders: Collection[str]) -> dict[str, str]:
    """Return a digest of the names and objects of all files in each folder, by folder."""
    lines: dict[str, list[bytes]] = {folder: [] for folder in folders}
    # Of a path only beginnings of these lengths can be one of the folders.
    lengths = sorted({len(folder) for folder in folders})
    for path, entry in sorted(entries.items()):
        for length in lengths:
            if length and path[length : length + 1] != "/":
                continue
            folder = path[:length]
            if folder in lines:
                line = f"{entry.mode} {entry.oid} {path[length + 1 if length else 0 :]}\0"
                lines[folder].append(line.encode(errors="surrogateescape"))
    return {folder: packages.digest_of(found).hex() for folder, found in lines.items()}


def _named(repository: GitRepository, tagged: Iterable[_Tagged], omissions: list[Omission]) -> list[_Named]:
    """Return the packages whose manifests name them, in the order of the tags."""
    tagged = list(tagged)
    oids = sorted({one.manifest for one in tagged})
    contents = packages.read_objects(repository, oids)
    if contents is None:
        raise BaselineError(
            f"the manifests of the git repository {quote(repository.name)} cannot be read: 'git fsck' tells "
            "what is damaged"
        )
    names = {oid: _names_in(content or b"") for oid, content in zip(oids, contents, strict=True)}
    found = []
    for one in tagged:
        known = names[one.manifest]
        if known is None:
            what = f"{join(one.folder, _MANIFEST)} at the tag {one.tag.name}"
            omissions.append(Omission(what, "it names no package"))
        else:
            found.append(_Named(one, *known))
    return found


def _by_package(
    repository: GitRepository, named: Iterable[_Named], omissions: list[Omission]
) -> Iterator[PackageReleases]:
    """Yield the packages with their releases, sorted by name."""
    by_tag: dict[str, list[_Named]] = {}
    for one in named:
        by_tag.setdefault(one.tagged.tag.name, []).append(one)
    found: dict[tuple[str, str], list[Release]] = {}
    for tag, candidates in by_tag.items():
        released = list(_released(candidates))
        for one, version in released:
            found.setdefault(one.key, []).append(_release(repository, one.tagged, version))
        if not released:
            omissions.append(Omission(f"the tag {tag}", "no package of its commit is clearly meant"))
    for key in sorted(found):
        yield PackageReleases(*key, *sorted_releases(found[key]))


def _released(candidates: list[_Named]) -> Iterator[tuple[_Named, str]]:
    """Yield the packages that a tag released, and as which version.

    The tag says so, where it means one package: what its manifest holds may be a template. Where that holds
    another version, the tag is about something else. A tag of several packages says only that there was a
    release; each manifest holds the version that was published last.
    """
    first = candidates[0].tagged
    meant = candidates if first.prefix is None else _meant(first.prefix, candidates, first.version)
    if len(meant) == 1:
        if not _is_other(meant[0].written, first.version):
            yield meant[0], first.version
    elif first.prefix is None:
        for one in meant:
            if one.written is not None and _is_version(one.written):
                yield one, one.written


def _is_other(written: str | None, version: str) -> bool:
    """Return whether a manifest holds another release than a version is, or leads to."""
    if written is None or not _is_version(written):
        return False
    return parse_version(written).release != parse_version(version).release


def _meant(prefix: str, candidates: list[_Named], version: str) -> list[_Named]:
    """Return the packages that the beginning of a tag names: by their folder or their own name.

    Of those that it names equally well the one counts that has the version of the tag.
    """
    if len(candidates) == 1:
        return candidates
    ranks = [_rank(prefix, one) for one in candidates]
    best = max(ranks)
    named = [one for one, rank in zip(candidates, ranks, strict=True) if rank == best and rank]
    return named if len(named) == 1 else [one for one in named if one.written == version]


def _rank(prefix: str, one: _Named) -> int:
    """Return how well a text names a package: 2 as it is called, 1 by a part of it, 0 not at all."""
    wanted = _letters(prefix)
    names = (_letters(one.tagged.folder.rpartition("/")[2]), _letters(one.name))
    if wanted in names:
        return 2
    return int(bool(wanted) and any(name.startswith(wanted) or name.endswith(wanted) for name in names))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _release(repository: GitRepository, tagged: _Tagged, version: str) -> Release:
    tag = tagged.tag
    return Release(
        version=version,
        place=f"the tag {tag.name}",
        source=Commit(str(repository.directory), f"refs/tags/{tag.name}", tag.commit, tagged.folder),
        digest=tagged.digest,
        released=tag.created,
    )
