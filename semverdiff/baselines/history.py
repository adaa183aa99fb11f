"""What tags and commits say about releases: the closest tag, earlier versions, earlier names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff import limits, packages
from semverdiff.baselines.inquiry import own_version
from semverdiff.baselines.layout import BALLERINA_LAYOUT
from semverdiff.baselines.selection import choose
from semverdiff.errors import BaselineError, UsageError
from semverdiff.registry import sorted_versions
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from semverdiff.artifact import Identity
    from semverdiff.baselines.layout import Layout
    from semverdiff.baselines.model import Baseline
    from semverdiff.packages import GitRepository

__all__ = ["closest_tag", "tagged_versions", "with_history"]

_SHORT_ID = 10


class _Earlier(msgspec.Struct, frozen=True):
    """What the manifest in the candidate's directory said at a place of the history."""

    place: str
    identity: Identity


def with_history(
    baseline: Baseline,
    candidate: Identity,
    place: Path,
    base: Baseline | None = None,
    layout: Layout = BALLERINA_LAYOUT,
) -> Baseline:
    """Return the answer "nothing is published" with what the git history around `place` says against it.

    A package whose manifest had another version before, or that was tagged with one, was probably
    published; one whose directory held a package of another name is no new package for its clients. `base` is
    the package that the change set started from, wherever it lay.
    """
    try:
        repository = packages.open_repository(layout.directory_of(place))
    except UsageError:  # no git, or no repository: then there is nothing to ask
        return baseline
    notes = baseline.notes
    if repository.is_shallow:
        notes = (*notes, "The git history is a shallow clone, so earlier releases in it may not be seen.")
    earlier = _earlier(repository, candidate, layout)
    if earlier is None:
        partial = " (a partial clone: 'git fetch --refetch --no-filter origin' completes it)"
        doubt = f"the git history could not be read{partial if repository.is_partial else ''}"
        return replace(baseline, doubt=doubt, notes=notes)
    if base is not None and base.package is not None:
        earlier.append(_Earlier(base.reason, base.package.identity))
    former = next((one for one in earlier if one.identity.package != candidate.package), None)
    if former is not None:
        name = former.identity.package
        consequence = f"clients of that name get no {candidate.package}"
        notes = (*notes, f"The package was {name} at {former.place}: {consequence}.")
    return replace(
        baseline,
        doubt=_doubt(earlier, candidate),
        former_name=None if former is None else former.identity.package,
        notes=notes,
    )


def _doubt(earlier: Iterable[_Earlier], candidate: Identity) -> str | None:
    for one in earlier:
        if one.identity.package == candidate.package and one.identity.version != candidate.version:
            return f"{one.place} has version {one.identity.version}"
    return None


def _earlier(repository: GitRepository, candidate: Identity, layout: Layout) -> list[_Earlier] | None:
    """Return what tags and commits of the history say, those of the highest version and the newest first.

    None where git fails: whoever wants nothing to be found may have made the history too large.
    """
    try:
        names = packages.tags_of(repository)  # asked first: where git cannot read them, it may not read HEAD
    except BaselineError:
        return None
    try:
        head = packages.find_revision(repository, "HEAD")
    except BaselineError:  # nothing was ever committed
        return []
    paths = layout.manifests_of(repository, head)
    if paths is None:
        return None
    tags = _version_tags(names, candidate.name)
    versions, _ = sorted_versions(tags)
    tagged = [tags[str(one)] for one in reversed(versions[-limits.GIT_TAGS :])]
    places = [(f"the tag {tag}", f"refs/tags/{tag}", path) for tag in tagged for path in paths]
    for path in paths:
        commits = packages.commits_of(repository, head, path)
        if commits is None:
            return None
        places += [(f"the commit {commit[:_SHORT_ID]}", commit, path) for commit in commits]
    contents = packages.read_objects(repository, [f"{revision}:{path}" for _, revision, path in places])
    if contents is None:  # in a partial clone also where one manifest is not there
        return None
    named = [
        (place, layout.named_by(content or b"", path))
        for (place, _, path), content in zip(places, contents, strict=True)
    ]
    return [_Earlier(place, identity) for place, identity in named if identity is not None]


def closest_tag(repository: GitRepository, candidate: Identity) -> tuple[str, str]:
    """Return the tag whose version is the closest to the candidate's, and why."""
    tags = _version_tags(packages.tags_of(repository), candidate.name)
    versions, _ = sorted_versions(tags)
    choice = choose(own_version(candidate), versions, "tagged")
    if choice is None:
        fetch = "git fetch --depth=1 --tags origin" if repository.is_shallow else "git fetch --tags origin"
        raise BaselineError(
            f"no tag of this git repository names a version: expected one such as 'v1.2.3' or "
            f"'{candidate.name}-v1.2.3'; fetch those of the remote repository with '{fetch}', or choose "
            "another --baseline"
        )
    tag = tags[str(choice.versions[0])]
    return tag, f"{choice.reason}, the tag {tag}"


def tagged_versions(repository: GitRepository, candidate: Identity) -> tuple[str, ...]:
    """Return the versions that tags name, lowest first."""
    versions, _ = sorted_versions(_version_tags(packages.tags_of(repository), candidate.name))
    return tuple(map(str, versions))


def _version_tags(tags: tuple[str, ...], name: str) -> dict[str, str]:
    """Return the tags of a package, by version: `shop-v1.2.3`, `shop/1.2.3`, else `v1.2.3`, `1.2.3`.

    Where there are tags with the package's name, those without belong to something else in the repository.
    """
    for pattern in (rf"{re.escape(name)}[-/@_]v?([0-9].*)", r"v?([0-9].*)"):
        matches = ((re.fullmatch(pattern, tag), tag) for tag in tags)
        found = {match[1]: tag for match, tag in matches if match is not None and _is_version(match[1])}
        if found:
            return found
    return {}


def _is_version(text: str) -> bool:
    try:
        parse_version(text)
    except ValueError:
        return False
    return True
