"""The files that results are written to: whole or not at all, and where the one who may choose has chosen.

Who types a path chooses what is overwritten. A repository does not: neither by its Semver.toml, whose paths
stay inside the project (`config/output_paths.py`), nor by a link that it put in the place of the report.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff import packages
from semverdiff.errors import SemverdiffError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["target_of", "write_file"]

_OF_PROJECTS = (".git", "Ballerina.toml", "Semver.toml")


def write_file(file: Path, text: str, within: Path | None) -> None:
    """Write a file so that others see the old or the new content, never a part; make the folders above it.

    `within` is the directory of the Semver.toml that chose the file, or None if the user did.

    Raises:
        UsageError: the file must not be written, as `target_of` says.
        SemverdiffError: it cannot be written.

    """
    content = text.encode("utf-8", "backslashreplace")
    target = target_of(file, within)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not _is_replaceable(target):
            target.write_bytes(content)
        else:
            packages.replace_file(target, content)
    except OSError as error:
        raise SemverdiffError(f"the report cannot be written to '{file}': {error.strerror}") from error


def target_of(file: Path, within: Path | None) -> Path:
    """Return the file that a path means, after the links of the user; those of a project are refused.

    A link is the user's own where it lies in no project: `/tmp`, `/dev/stdout`, a folder of reports. One in a
    repository or a package was put there by whoever sent it.

    Raises:
        UsageError: the path leads over a link of a project, or to a pipe or a device in one.

    """
    reached = Path.cwd() if not file.is_absolute() else Path(file.anchor)
    for link, leads_to in _steps(reached, file):
        if link is not None and (within is not None or _is_in_project(link.parent)):
            raise UsageError(
                f"the report is not written to '{file}', because '{link.name}' is a link in the project: "
                "remove it, or name another file"
            )
        reached = leads_to
    # What `/dev/stdout` leads to has no name of its own where it is a pipe: the path itself is asked.
    if _is_replaceable(file):
        return reached
    if within is not None or _is_in_project(reached.parent):
        raise UsageError(
            f"the report is not written to '{file}', which is no regular file: remove it, or name another"
        )
    return file


def _steps(start: Path, file: Path) -> Iterator[tuple[Path | None, Path]]:
    """Yield for each part of a path the link that it is, if it is one, and what the path means so far."""
    here = start
    for part in file.parts[1:] if file.is_absolute() else file.parts:
        there = here.parent if part == ".." else here / part
        is_link = there.is_symlink()
        # A link that leads in a circle leads nowhere else than to itself.
        here = Path(os.path.realpath(there)) if is_link else there
        yield there if is_link else None, here


def _is_replaceable(file: Path) -> bool:
    """Return whether a file is regular or absent: a device or a pipe cannot be replaced."""
    return file.is_file() or not file.exists()


def _is_in_project(directory: Path) -> bool:
    return any(
        os.path.lexists(one / name) for one in (directory, *directory.parents) for name in _OF_PROJECTS
    )
