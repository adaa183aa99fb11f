"""Real git repositories in temporary folders, made by the real git with a configuration of their own."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["commit", "git", "repository_at"]

_CONFIGURATION = {
    "user.name": "Test",
    "user.email": "test@example.com",
    "init.defaultBranch": "main",
    "commit.gpgSign": "false",
    "protocol.file.allow": "always",
    "advice.detachedHead": "false",
}


_DAY = "2026-01-01"


def git(folder: Path, *arguments: str, day: str = _DAY) -> str:
    """Run git in a folder, whatever the configuration of the one who runs the tests."""
    options = [word for key, value in _CONFIGURATION.items() for word in ("-c", f"{key}={value}")]
    done = subprocess.run(
        ["git", *options, *arguments],  # noqa: S607 (the git that the tests are run with)
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        env={
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_DATE": f"{day}T00:00:00Z",
            "GIT_COMMITTER_DATE": f"{day}T00:00:00Z",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
        },
    )
    return done.stdout.strip()


def repository_at(folder: Path) -> Path:
    """Make an empty repository."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet")
    return folder


def commit(repository: Path, files: Mapping[str, str], *, tag: str | None = None, day: str = _DAY) -> str:
    """Write files and commit everything; gives the commit's id."""
    for path, text in files.items():
        file = repository / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, newline="")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "Change", day=day)
    if tag is not None:
        git(repository, "tag", tag)
    return git(repository, "rev-parse", "HEAD")
