"""A package as a git revision has it: read from git's object store, without a checkout.

Somebody else may have made the repository, so git is given nothing to act upon: only plumbing is run that
reads (`rev-parse`, `merge-base`, `for-each-ref`, `ls-tree`, `cat-file`), which starts no hook, filter, pager
or editor. The user's and the system's configuration, replacement objects and variables such as `GIT_DIR`,
which git sets for hooks, are shut out: the same revision gives the same package everywhere.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.errors import BaselineError, Mistake, SourceError, UsageError
from semverdiff.packages.filesystem import ListedTree, folders_of
from semverdiff.packages.model import Provenance
from semverdiff.packages.sources import read_sources
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from semverdiff.packages.model import Package

__all__ = [
    "GitRepository",
    "Revision",
    "find_merge_base",
    "find_revision",
    "has_file",
    "is_shallow",
    "open_repository",
    "read_revision",
    "tags_of",
]

_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",  # git takes this name on Windows too
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # In a partial clone reading an object would fetch it, by a program that the repository names.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    # In a container the files often belong to another user. Git refuses such repositories because their
    # configuration could start programs; the commands that are run here start none.
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "safe.directory",
    "GIT_CONFIG_VALUE_0": "*",
    "LC_ALL": "C",
}

_TEXTS = (".bal", ".toml")
_FILE = "blob"
_LINK = "120000"
_SUBMODULE = "160000"
_COMMIT_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_VERSION_TAG = re.compile(r"(?:.*[-/@])?v?[0-9]+\.[0-9]+\.[0-9]+.*")
_SHORT_ID = 10


class GitRepository(msgspec.Struct, frozen=True):
    """A repository with its history. `folder` is the one that it was opened at, seen from its root."""

    git: str
    place: Path
    folder: str

    @property
    def name(self) -> str:
        """Return the name of the directory that the repository was cloned into."""
        root = self.place.resolve()
        return root.parents[self.folder.count("/")].name if self.folder else root.name

    def output(self, *arguments: str, given: bytes = b"") -> bytes | None:
        """Run a command that reads. Return what it prints, or None where it fails."""
        return _run(self.git, self.place, arguments, given)[0]


class Revision(msgspec.Struct, frozen=True):
    """A commit and the name that it was asked for by."""

    name: str
    commit: str

    @property
    def short(self) -> str:
        """Return the first digits of the commit, for people."""
        return self.commit[:_SHORT_ID]


class _Entry(msgspec.Struct, frozen=True):
    mode: str
    kind: str
    oid: str
    size: int


def open_repository(place: Path) -> GitRepository:
    """Return the repository that a directory lies in.

    Raises:
        UsageError: git is not installed, or there is no repository.

    """
    git = shutil.which("git")
    if git is None:
        raise UsageError(
            "a git revision was asked for, but there is no program 'git' on the PATH: install git, or give "
            "the path of a package instead"
        )
    output, said = _run(git, place, ("rev-parse", "--show-prefix"), b"")
    if output is None:
        raise UsageError(
            f"a git revision was asked for, but {quote(place.resolve().name)} is in no git repository that "
            f"can be read: expected one there or above ({said}). Give the path of a package instead."
        )
    return GitRepository(git, place, output.decode(errors="replace").rstrip("\n").rstrip("/"))


def find_revision(repository: GitRepository, name: str) -> Revision:
    """Return the commit that a revision names (a tag, a branch, `HEAD~1`, an id).

    Raises:
        BaselineError: there is none; in a shallow clone with the command that fetches it.

    """
    found = repository.output("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    commit = found.decode(errors="replace").strip() if found is not None else ""
    if _COMMIT_ID.fullmatch(commit):
        return Revision(name, commit)
    if is_shallow(repository):
        raise BaselineError(
            f"the git revision {quote(name)} is not in this repository, which is a shallow clone: fetch it "
            f"with '{_fetch_command(name)}' (on GitHub Actions, fetch-depth: 0 for actions/checkout), then "
            "try again."
        )
    raise BaselineError(
        f"the git revision {quote(name)} is not in this repository: expected a commit, a branch or a tag. "
        "'git fetch --tags' brings those of the remote repository."
    )


def find_merge_base(repository: GitRepository, name: str) -> Revision:
    """Return the newest commit that a revision and the one checked out have in common.

    Raises:
        BaselineError: the revision is not there, or the histories have nothing in common that is.

    """
    other = find_revision(repository, name)
    found = repository.output("merge-base", "HEAD", other.commit)
    commit = found.decode(errors="replace").split("\n", 1)[0] if found is not None else ""
    if _COMMIT_ID.fullmatch(commit):
        return Revision(name, commit)
    remedy = (
        "this is a shallow clone: fetch the history with 'git fetch --unshallow origin' (on GitHub Actions, "
        "fetch-depth: 0 for actions/checkout), then try again"
        if is_shallow(repository)
        else "expected a branch that this one started from"
    )
    raise BaselineError(
        f"the git revision {quote(name)} and the one checked out have no commit in common: {remedy}."
    )


def has_file(repository: GitRepository, revision: Revision, path: str) -> bool:
    """Return whether a revision has a file, by its path from the root of the repository."""
    return repository.output("cat-file", "-e", f"{revision.commit}:{path}") is not None


def tags_of(repository: GitRepository) -> tuple[str, ...]:
    """Return the names of all tags, sorted."""
    output = repository.output("for-each-ref", "--format=%(refname)", "refs/tags") or b""
    names = output.decode(errors="surrogateescape").splitlines()
    return tuple(sorted(name.removeprefix("refs/tags/") for name in names if name.isprintable()))


def is_shallow(repository: GitRepository) -> bool:
    """Return whether part of the history was not fetched."""
    return (repository.output("rev-parse", "--is-shallow-repository") or b"").strip() == b"true"


def read_revision(repository: GitRepository, revision: Revision, folder: str) -> Package:
    """Return the package in a folder of a revision, as seen from the root of the repository.

    Raises:
        BaselineError: the folder or a file of it is not there.
        UsageError: there is no Ballerina.toml in the folder, or that of a workspace.
        ManifestError, SourceError: as for a directory.

    """
    entries = _listed(repository, revision, folder)
    if "Ballerina.toml" not in entries:
        raise UsageError(
            f"{_shown(folder)} of the git revision {quote(revision.name)} is no Ballerina package: expected "
            f"a Ballerina.toml, found none. Name the package's directory: git:{revision.name}:DIRECTORY."
        )
    _refuse_links(entries)
    contents = _contents(repository, {path: one for path, one in entries.items() if _is_source(path)})
    files = folders_of(path for path, one in entries.items() if one.kind == _FILE)
    label = folder.rpartition("/")[2] or repository.name
    return read_sources(ListedTree(label, files, contents.__getitem__), Provenance("git", revision.commit))


def _listed(repository: GitRepository, revision: Revision, folder: str) -> dict[str, _Entry]:
    """Return what is below a folder of a revision, by path from that folder."""
    # After the colon everything is a path: nothing in it can be an option or a pattern.
    tree = f"{revision.commit}:{folder}"
    output = repository.output("ls-tree", "-r", "-l", "-z", "--full-tree", tree)
    if output is None:
        raise BaselineError(
            f"the git revision {quote(revision.name)} has no directory {_shown(folder)}, or not all of it "
            f"is on this machine (a partial clone): name the directory as git:{revision.name}:DIRECTORY, or "
            "fetch all with 'git fetch --refetch --no-filter origin'."
        )
    entries: dict[str, _Entry] = {}
    for line in output.split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, kind, oid, size = facts.decode().split()
        entry = _Entry(mode, kind, oid, int(size) if size.isdecimal() else 0)
        entries[path.decode(errors="surrogateescape")] = entry
    return entries


def _refuse_links(entries: Mapping[str, _Entry]) -> None:
    """Refuse links and submodules where sources could be behind them: a part of the API would be missed."""
    mistakes = tuple(
        Mistake(
            f"{quote(path)} is a {'submodule' if entry.mode == _SUBMODULE else 'link'}, which is not "
            "followed in a git revision. Check the revision out ('git worktree add DIRECTORY REVISION') and "
            "give that directory instead.",
            file=path,
        )
        for path, entry in sorted(entries.items())
        if entry.mode in {_LINK, _SUBMODULE} and (_is_source(path) or _may_be_folder(path))
    )
    if mistakes:
        raise SourceError(mistakes=mistakes)


def _is_source(path: str) -> bool:
    """Return whether a file may be a manifest or a source: the layout has them no deeper than a module."""
    folder, _, name = path.rpartition("/")
    parent = folder.rpartition("/")[0]
    return name.endswith(_TEXTS) and (folder in {"", "generated"} or parent in {"modules", "generated"})


def _may_be_folder(path: str) -> bool:
    """Return whether the layout has a folder with sources at a path."""
    return path in {"modules", "generated"} or path.rpartition("/")[0] in {"modules", "generated"}


def _contents(repository: GitRepository, entries: Mapping[str, _Entry]) -> dict[str, bytes]:
    """Return the bytes of files, read by one process."""
    for path, one in entries.items():
        if one.size > limits.TEXT_BYTES:
            raise SourceError(f"{quote(path)} is too large: expected at most {limits.TEXT_BYTES:,} bytes.")
    if sum(one.size for one in entries.values()) > limits.TEXTS_BYTES:
        raise SourceError(f"the sources are too large: expected at most {limits.TEXTS_BYTES:,} bytes in all.")
    oids = sorted({one.oid for one in entries.values()})
    output = repository.output("cat-file", "--batch", given="".join(f"{oid}\n" for oid in oids).encode())
    if output is None:
        raise BaselineError("git could not read the files of the revision: 'git fsck' tells what is damaged.")
    found = _objects(output, oids)
    return {path: found[one.oid] for path, one in entries.items()}


def _objects(output: bytes, oids: Iterable[str]) -> dict[str, bytes]:
    """Return the objects that `cat-file --batch` prints, each as `<id> <type> <size>` and its bytes."""
    found: dict[str, bytes] = {}
    at = 0
    for oid in oids:
        end = output.index(b"\n", at)
        words = output[at:end].split()
        if words[1:2] != [_FILE.encode()]:
            raise BaselineError(
                "a file of the git revision is not on this machine (a partial clone): fetch all with "
                "'git fetch --refetch --no-filter origin', then try again."
            )
        size = int(words[2])
        found[oid] = output[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def _fetch_command(name: str) -> str:
    """Return the command that brings a revision into a shallow clone under the name that was used."""
    if _COMMIT_ID.fullmatch(name):
        return f"git fetch --depth=1 origin {name}"
    if not re.fullmatch(r"[A-Za-z0-9._/@+-]+", name) or "@{" in name or name in {"HEAD", "@"}:
        return "git fetch --unshallow --tags origin"  # HEAD~3, v1.2.3^: names a place in the history
    if _VERSION_TAG.fullmatch(name):
        return f"git fetch --depth=1 origin tag {name}"
    branch = name.removeprefix("origin/")
    local = f"refs/remotes/origin/{branch}" if branch != name else branch
    return f"git fetch --depth=1 origin {branch}:{local}"


def _shown(folder: str) -> str:
    return quote(folder) if folder else "the root"


def _run(git: str, place: Path, arguments: tuple[str, ...], given: bytes) -> tuple[bytes | None, str]:
    """Run git. Return its output (None where it fails) and the first line of what it complains about."""
    try:
        done = subprocess.run(  # noqa: S603 (no shell, and only the commands of this file)
            [git, "--no-pager", *arguments],
            input=given,
            capture_output=True,
            check=False,
            cwd=place,
            env=_ENVIRONMENT,
        )
    except (OSError, ValueError) as error:  # a removed folder, a NUL in a revision
        return None, str(error)
    said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
    return (done.stdout if done.returncode == 0 else None), said
