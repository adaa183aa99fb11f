"""Shards on this machine: what `rune`, the tool of Vein, has downloaded, read and never written.

They lie in `~/.vein/shards/<name>/<version, normalised>/<name>-<version>.shard`. Nothing beside that folder
is looked at, and no link leads out of it: a file above it holds a key, and is not ours to open.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, suppress
from os import SEEK_END
from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits, packages
from semverdiff.errors import SourceError
from semverdiff.registry import Packed
from semverdiff.text import quote
from semverdiff.vein.shard_names import is_shard_name
from semverdiff.vein.versions import parse_nuget_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Final

    from semverdiff.packages import Tree
    from semverdiff.vein.versions import NugetVersion

__all__ = ["LocalShards"]

_ENDING: Final = ".shard"
_CHUNK: Final = 2**20


class LocalShards(msgspec.Struct, frozen=True):
    """The folder of shards; None, or one that is absent, holds nothing."""

    folder: Path | None

    def versions(self, name: str) -> tuple[NugetVersion, ...]:
        """Return the versions of a shard, whatever the case of its name, in no order.

        Raises:
            SourceError: a folder cannot be read.

        """
        return tuple({version for _, version in self._places(name)})

    def shard(self, name: str, version: str) -> Packed | None:
        """Return the archive of a version, or None where there is none.

        Raises:
            SourceError: it cannot be read, is no regular file, or a link that leads elsewhere.

        """
        wanted = parse_nuget_version(version)
        for tree, folder in (place for place, found in self._places(name) if found == wanted):
            for file in tree.files(folder):
                if _is_archive(file, name, wanted):
                    return _packed(tree, f"{folder}/{file}")
        return None

    def _places(self, name: str) -> Iterator[tuple[tuple[Tree, str], NugetVersion]]:
        """Yield the folders of the versions of a shard."""
        if self.folder is None or not is_shard_name(name):
            return
        tree = packages.disk_tree(self.folder)
        for stored in tree.folders(""):
            if stored.lower() != name.lower() or not is_shard_name(stored):
                continue
            for text in tree.folders(stored):
                with suppress(ValueError):  # what is no version is of no use
                    yield (tree, f"{stored}/{text}"), parse_nuget_version(text)


def _packed(tree: Tree, path: str) -> Packed:
    """Return an archive with its digest; it is open."""
    with ExitStack() as stack:
        content = stack.enter_context(packages.open_listed(tree, path))
        try:
            if content.seek(0, SEEK_END) > limits.ARCHIVE_BYTES:
                raise SourceError(f"{quote(path)} is larger than {limits.ARCHIVE_BYTES:,} bytes")
            content.seek(0)
            digest = hashlib.sha256()
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
            content.seek(0)
        except OSError as error:
            raise SourceError(f"{quote(path)} cannot be read: {error.strerror}") from error
        stack.pop_all()  # whoever reads the archive closes it
        return Packed(content, digest.hexdigest(), digest_verified=False)


def _is_archive(file: str, name: str, version: NugetVersion) -> bool:
    """Return whether a file is the archive of a version, which it names as it is written."""
    start, ending = f"{name}-".lower(), file[-len(_ENDING) :].lower()
    if not file.lower().startswith(start) or ending != _ENDING:
        return False
    try:
        return parse_nuget_version(file[len(start) : -len(_ENDING)]) == version
    except ValueError:
        return False
