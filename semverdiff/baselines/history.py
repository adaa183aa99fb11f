"""What the git history says of releases that a registry does not show: earlier versions and earlier names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff import packages
from semverdiff.baselines.git import named_by, package_directory, version_tags
from semverdiff.errors import BaselineError, UsageError
from semverdiff.registry import sorted_versions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from semverdiff.baselines.model import Baseline
    from semverdiff.packages import GitRepository, Identity

__all__ = ["with_history"]

_MANIFEST = "Ballerina.toml"
# Enough to find an earlier release.
_MOST_TAGS = 50
_SHORT_ID = 10


class _Earlier(msgspec.Struct, frozen=True):
    """What the manifest in the candidate's directory said at a place of the history."""

    place: str
    identity: Identity


def with_history(
    baseline: Baseline, candidate: Identity, place: Path, base: Baseline | None = None
) -> Baseline:
    """Return the answer "nothing is published" with what the git history around `place` says against it.

    A package whose manifest had another version before, or that was tagged with one, was probably
    published; one whose directory held a package of another name is no new package for its clients. `base` is
    the package that the change set started from, wherever it lay.
    """
    try:
        repository = packages.open_repository(package_directory(place))
    except UsageError:  # no git, or no repository: then there is nothing to ask
        return baseline
    notes = baseline.notes
    if repository.is_shallow:
        notes = (*notes, "The git history is a shallow clone, so earlier releases in it may not be seen.")
    earlier = _earlier(repository, candidate)
    if earlier is None:
        return replace(baseline, doubt="the git history could not be read", notes=notes)
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


def _earlier(repository: GitRepository, candidate: Identity) -> list[_Earlier] | None:
    """Return what tags and commits of the history say, those of the highest version and the newest first.

    None where git fails: whoever wants nothing to be found may have made the history too large.
    """
    try:
        head = packages.find_revision(repository, "HEAD")
    except BaselineError:  # nothing was ever committed
        return []
    path = f"{repository.folder}/{_MANIFEST}".lstrip("/")
    commits = packages.commits_of(repository, head, path)
    if commits is None:
        return None
    tags = version_tags(packages.tags_of(repository), candidate.name)
    versions, _ = sorted_versions(tags)
    tagged = [tags[str(one)] for one in reversed(versions[-_MOST_TAGS:])]
    places = [(f"the tag {tag}", f"refs/tags/{tag}") for tag in tagged]
    places += [(f"the commit {commit[:_SHORT_ID]}", commit) for commit in commits]
    contents = packages.read_objects(repository, [f"{revision}:{path}" for _, revision in places])
    if contents is None:
        return None
    named = [(place, named_by(content or b"")) for (place, _), content in zip(places, contents, strict=True)]
    return [_Earlier(place, identity) for place, identity in named if identity is not None]
