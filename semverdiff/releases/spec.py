"""Where releases are looked for, as users write it: `git:PATH`, `central:ORG/NAME`, a directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff import registry
from semverdiff.errors import UsageError
from semverdiff.releases.archives import releases_in_folder
from semverdiff.releases.central import releases_on_central
from semverdiff.releases.git import releases_in_git
from semverdiff.text import quote

if TYPE_CHECKING:
    from semverdiff.registry import Environment
    from semverdiff.releases.model import Releases

__all__ = ["find_releases"]


def find_releases(text: str, environment: Environment) -> Releases:
    """Return the releases in the place that a text names.

    `git:[PATH][:FOLDERS]` means those that tags name in the repository there, of packages whose folder
    matches a pattern; `central:ORG/NAME` those on Central; any other text is a directory of archives.

    Raises:
        UsageError: the text names nothing.
        SemverdiffError: what it names cannot be read.

    """
    kind, colon, value = text.partition(":")
    if colon and kind == "git":
        path, _, folders = value.partition(":")
        return releases_in_git(Path(path), folders or "*")
    if colon and kind == "central":
        package = registry.parse_package_name(value)
        if package is None:
            raise UsageError(f"{quote(text)} names no package: expected central:ORG/NAME")
        return releases_on_central(package, environment)
    return releases_in_folder(Path(text))
