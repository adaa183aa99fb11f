"""A git repository: where it is, whose it is, and which commits its revisions name."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from semverdiff.errors import BaselineError, UsageError
from semverdiff.packages.git_commands import (
    BRANCHES,
    COMMIT,
    HOOKS,
    IN_HEAD,
    MERGE_BASE,
    OPEN,
    RELEASES,
    TAGS,
    Answer,
    Question,
    ask,
    git_program,
)
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "GitRepository",
    "Revision",
    "Tag",
    "branches_of",
    "dated_tags",
    "find_merge_base",
    "find_revision",
    "hooks_of",
    "is_committed",
    "open_directory",
    "open_repository",
    "tags_of",
]

_COMMIT_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")  # SHA-1, SHA-256
_VERSION_TAG = re.compile(r"(?:.*[-/@])?v?[0-9]+\.[0-9]+\.[0-9]+.*")
_SHORT_ID = 10
_ROOT_USER = 0


class GitRepository(msgspec.Struct, frozen=True):
    """A working tree with its history.

    `directory` is the repository's own (`shop/.git`), `folder` the one that it was opened at, seen from the
    root of the working tree. `superproject` is the working tree around it where this is a submodule: its
    history is its own, and so is whoever writes it. A partial clone lacks objects that it could fetch.
    """

    git: str
    directory: Path
    folder: str
    is_shallow: bool
    superproject: Path | None = None
    is_partial: bool = False

    @property
    def name(self) -> str:
        """Return the name of the directory that the repository was cloned into."""
        return self.directory.parent.name

    def ask(self, question: Question, *words: str) -> Answer:
        """Return what git answers."""
        return ask(self.git, self.directory, question, *words)


class Revision(msgspec.Struct, frozen=True):
    """A commit and the name that it was asked for by."""

    name: str
    commit: str

    @property
    def short(self) -> str:
        """Return the first digits of the commit, for people."""
        return self.commit[:_SHORT_ID]


class Tag(msgspec.Struct, frozen=True):
    """A tag, the commit that it names, and since when it exists, in seconds since 1970.

    What it names may be no commit; then it has no time.
    """

    name: str
    commit: str
    created: int | None


def open_repository(place: Path) -> GitRepository:
    """Return the repository whose working tree a directory lies in.

    That is the nearest directory with a `.git`, which is a directory, or a file in worktrees and submodules.
    A bare repository is none: anybody can put the files of one into a package.

    Raises:
        UsageError: git is not installed, or there is no repository that can be trusted.

    """
    place = place.resolve()
    root = _root_of(place)
    if root is None:
        raise _no_repository(place, "found none; a bare repository is not used, a clone of it is")
    _require_owner(root, place)
    folder = place.relative_to(root).as_posix()
    return open_directory(root / ".git", "" if folder == "." else folder)


def open_directory(directory: Path, folder: str = "") -> GitRepository:
    """Return the repository with that directory, `shop/.git` or a bare `shop.git`. Raise as for another."""
    git = git_program()
    if git is None:
        raise UsageError(
            "a git revision was asked for, but there is no program 'git' on the PATH: install git, or give "
            "the path of a package instead"
        )
    root = directory.parent
    answer = ask(git, directory, OPEN)
    shallow, _, common = answer.text.removesuffix("\n").partition("\n")
    if not common:
        complaint = answer.complaint.partition("\n")[0].replace(str(directory), directory.name)
        raise _no_repository(root / folder, complaint)
    _require_own_objects(root, root / common)
    # Packs that somebody promised to complete are marked.
    is_partial = any((root / common / "objects" / "pack").glob("*.promisor"))
    superproject = _superproject(root, root / common)
    return GitRepository(git, directory, folder, shallow == "true", superproject, is_partial)


def find_revision(repository: GitRepository, name: str, *, with_history: bool = False) -> Revision:
    """Return the commit that a revision names (a tag, a branch, `HEAD~1`, an id).

    A shallow clone may lack it: `with_history` says that the commits before it will be needed as well.

    Raises:
        BaselineError: there is none, in a shallow clone with the command that fetches it; or there are two.

    """
    # Git takes some options even where it was told that there are no more.
    answer = repository.ask(COMMIT, f"{name}^{{commit}}") if not name.startswith("-") else Answer(None, "")
    if "is ambiguous" in answer.complaint:
        raise BaselineError(
            f"the git revision {quote(name)} has more than one meaning in this repository: write the whole "
            f"name, refs/tags/{name} for a tag, refs/heads/{name} or refs/remotes/{name} for a branch"
        )
    commit = answer.text.strip()
    if _COMMIT_ID.fullmatch(commit):
        return Revision(name, commit)
    if repository.is_shallow:
        command = _fetch_command(name, "--unshallow" if with_history else "--depth=1")
        raise BaselineError(
            f"the git revision {quote(name)} is not in this repository, which is a shallow clone: fetch it "
            f"with '{command}' (on GitHub Actions, fetch-depth: 0 for actions/checkout), then "
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
    other = find_revision(repository, name, with_history=True)
    commit = repository.ask(MERGE_BASE, other.commit).text.partition("\n")[0]
    if _COMMIT_ID.fullmatch(commit):
        return Revision(name, commit)
    remedy = (
        "this is a shallow clone: fetch the history with 'git fetch --unshallow origin' (on GitHub Actions, "
        "fetch-depth: 0 for actions/checkout), then try again"
        if repository.is_shallow
        else "expected a branch that this one started from"
    )
    raise BaselineError(
        f"the git revision {quote(name)} and the one checked out have no commit in common: {remedy}."
    )


def tags_of(repository: GitRepository) -> tuple[str, ...]:
    """Return the names of all tags, sorted.

    Raises:
        BaselineError: git does not list them, or there are too many.

    """
    names = _lines_about_tags(repository, TAGS)
    return tuple(sorted(name.removeprefix("refs/tags/") for name in names if name and name.isprintable()))


def dated_tags(repository: GitRepository) -> tuple[Tag, ...]:
    """Return all tags, the oldest first; those of one second by name. Raise as above."""
    found = []
    for line in _lines_about_tags(repository, RELEASES):
        # The commit is the second one where a tag is an object of its own; else it is empty.
        own, _, rest = line.partition(" ")
        commit, _, rest = rest.partition(" ")
        created, _, name = rest.partition(" ")
        if name and name.isprintable():
            time = int(created) if created.isdecimal() else None
            found.append(Tag(name.removeprefix("refs/tags/"), commit or own, time))
    return tuple(sorted(found, key=lambda tag: (tag.created or 0, tag.name)))


def _lines_about_tags(repository: GitRepository, question: Question) -> list[str]:
    output = repository.ask(question).output
    if output is None:
        raise BaselineError(
            f"the tags of the git repository {quote(repository.name)} cannot be listed: 'git fsck' tells "
            "what is damaged"
        )
    return output.decode(errors="surrogateescape").split("\n")


def branches_of(repository: GitRepository) -> tuple[str, ...]:
    """Return the names of the branches, also of those of other repositories, sorted; none if git fails."""
    output = repository.ask(BRANCHES).output or b""
    names = output.decode(errors="surrogateescape").split("\n")
    return tuple(sorted(name for name in names if name and name.isprintable()))


def hooks_of(repository: GitRepository) -> Path:
    """Return the directory of the hooks that git runs in a repository, its own or a worktree's.

    Raises:
        UsageError: git does not say, or others share the directory.

    """
    root = repository.directory.parent
    answer = repository.ask(HOOKS)
    common, _, hooks = answer.text.removesuffix("\n").partition("\n")
    if not hooks:
        complaint = answer.complaint.partition("\n")[0]
        raise UsageError(f"git does not say where the hooks of {quote(root.name)} are ({complaint})")
    directory = Path(os.path.normpath(root / hooks))
    own = (root, Path(os.path.normpath(root / common)))
    if not any(directory.is_relative_to(one) for one in own):
        raise UsageError(
            f"the hooks of {quote(root.name)} are outside of it (core.hooksPath), where other repositories "
            "may share them: copy the hook of docs/how-to/hooks.md, or set core.hooksPath in this repository"
        )
    return directory


def is_committed(directory: Path) -> bool:
    """Return whether the commit that is checked out around a directory has files there: they came with it.

    Raises `UsageError` where there is a repository that cannot be read.
    """
    # A link may have been committed as well as what it leads to.
    for place in {Path(os.path.abspath(directory)), directory.resolve()}:  # noqa: PTH100 (links are kept)
        root = _root_of(place)
        if root is not None:
            try:
                repository = open_directory(root / ".git")
            except UsageError as error:
                raise UsageError(
                    f"whether the directory {quote(place.name)} came with the git repository around it "
                    f"cannot be told: {error}"
                ) from error
            output = repository.ask(IN_HEAD, place.relative_to(root).as_posix()).output
            # Without a commit nothing was committed; else no answer is none.
            if output or (output is None and repository.ask(COMMIT, "HEAD^{commit}").output is not None):
                return True
    return False


def _root_of(place: Path) -> Path | None:
    return next((one for one in (place, *place.parents) if os.path.lexists(one / ".git")), None)


def _no_repository(place: Path, why: str) -> UsageError:
    return UsageError(
        f"a git revision was asked for, but {quote(place.name)} is in no git repository that "
        f"can be read: expected one there or above ({why}). Give the path of a package instead."
    )


def _require_owner(root: Path, place: Path) -> None:
    """Refuse a repository that somebody else put above the package (`/tmp/.git`): it is not the package's.

    In a container all files belong to another user than the one who reads them, and to the same.
    """
    if not hasattr(os, "geteuid"):
        return
    owner = (root / ".git").lstat().st_uid
    if owner not in {place.stat().st_uid, os.geteuid(), _ROOT_USER}:
        raise UsageError(
            f"the git repository {quote(root.name)} belongs to another user than the package in it, and may "
            "not be the package's: give its files to the owner of the package ('chown -R'), or give the path "
            "of a package instead"
        )


def _require_own_objects(root: Path, common: Path) -> None:
    """Refuse a repository that takes objects from another directory: it may be any on this machine."""
    own = os.path.realpath(common)
    directory = root / ".git"
    if directory.is_dir() and os.path.realpath(directory) != own:
        raise _borrows(root, "commondir")  # of a worktree, `.git` is a file
    if _has_content(common / "objects" / "info" / "alternates"):
        raise _borrows(root, "objects/info/alternates")
    for link in _links(common / "objects"):
        if not Path(os.path.realpath(link)).is_relative_to(own):
            raise _borrows(root, link.relative_to(common).as_posix())


def _has_content(file: Path) -> bool:
    try:
        return bool(file.stat().st_size)
    except OSError:
        return False


def _links(objects: Path) -> Iterator[Path]:
    """Yield the links where git looks for objects: the directory, those in it, and the files in these."""
    folders = [objects]
    if objects.is_symlink():
        yield objects
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_symlink():
                    yield Path(entry)
                elif folder is objects and entry.is_dir():
                    folders.append(Path(entry))


def _borrows(root: Path, how: str) -> UsageError:
    return UsageError(
        f"the git repository {quote(root.name)} takes objects from another directory "
        f"({how}), which is not read: bring them here with 'git repack -a -d' and "
        "remove that file, or clone with --dissociate"
    )


def _superproject(root: Path, common: Path) -> Path | None:
    """Return the working tree that this one is a submodule of; its `.git` holds the history."""
    for outer in root.parents:
        if os.path.lexists(outer / ".git"):
            modules = (outer / ".git" / "modules").resolve()
            return outer if common.resolve().is_relative_to(modules) else None
    return None


def _fetch_command(name: str, depth: str) -> str:
    """Return the command that brings a revision into a shallow clone under the name that was used."""
    if _COMMIT_ID.fullmatch(name):
        return f"git fetch {depth} origin {name}"
    if not re.fullmatch(r"[A-Za-z0-9._/@+-]+", name) or "@{" in name or name in {"HEAD", "@"}:
        return "git fetch --unshallow --tags origin"  # HEAD~3, v1.2.3^: names a place in the history
    if _VERSION_TAG.fullmatch(name):
        return f"git fetch {depth} origin tag {name}"
    branch = name.removeprefix("origin/")
    local = f"refs/remotes/origin/{branch}" if branch != name else branch
    return f"git fetch {depth} origin {branch}:{local}"
