"""The baseline from Ballerina Central: ask what is published, choose, fetch, and never guess."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from semverdiff.baselines.central import open_registry
from semverdiff.baselines.choosing import (
    Deprecation,
    asked_for,
    choose,
    passed_over,
    sorted_versions,
    used_nevertheless,
)
from semverdiff.baselines.identity import check_answers_for
from semverdiff.baselines.model import Baseline
from semverdiff.baselines.on_disk import central_cache, read_version
from semverdiff.baselines.user_settings import with_user_settings
from semverdiff.baselines.wording import listed
from semverdiff.errors import ArchiveError, BaselineError, SourceError
from semverdiff.packages import Provenance, read_archive

if TYPE_CHECKING:
    from semverdiff.baselines.central import Registry, Release
    from semverdiff.baselines.choosing import Choice
    from semverdiff.baselines.identity import Identity
    from semverdiff.baselines.surroundings import Surroundings
    from semverdiff.packages import Package
    from semverdiff.versions import Version

__all__ = ["ask_central"]

# A package whose versions are all deprecated should not cost a request for each of hundreds.
_MOST_DEPRECATED = 20


def ask_central(
    identity: Identity,
    own: Version,
    version: Version | None,
    surroundings: Surroundings,
    *,
    private: bool,
) -> Baseline:
    """Find the version that was asked for, or the closest to the candidate's `own`.

    `private` says that the candidate is: then "no such package" proves nothing to those without a token.
    """
    surroundings = with_user_settings(surroundings)
    with open_registry(surroundings) as registry:
        texts = registry.versions(identity)
        published, unreadable = sorted_versions(texts)
        if not texts:
            _check_nothing_hidden(registry, identity, surroundings, private=private)
        choice = _choice(identity, own, version, published)
        if choice is None:
            baseline = _first_release(identity, unreadable)
        else:
            baseline = _fetched(registry, identity, choice, surroundings)
        token = ("the registry refused the access token (401) and was asked without it",)
        return replace(
            baseline,
            published=tuple(str(one) for one in published),
            candidate_is_published=own in published,
            notes=(
                *surroundings.notes,
                *(token if registry.token_refused else ()),
                *_skipped(unreadable),
                *baseline.notes,
            ),
        )


def _check_nothing_hidden(
    registry: Registry, identity: Identity, surroundings: Surroundings, *, private: bool
) -> None:
    """Refuse to call it a first release where a private package would look the same."""
    if registry.token_refused:
        doubt = "the access token was refused (401)"
    elif surroundings.token is not None:
        return
    elif surroundings.token_lost is not None:
        doubt = surroundings.token_lost
    elif private:
        doubt = "this package is private, and no access token is set"
    else:
        return
    raise BaselineError(
        f"{surroundings.registry} shows no package {identity}, but {doubt}, so it may only be hidden; set a "
        "valid BALLERINA_CENTRAL_ACCESS_TOKEN (or accesstoken under [central] in Settings.toml), or use "
        "--baseline none if nothing was ever published"
    )


def _choice(
    identity: Identity, own: Version, version: Version | None, published: tuple[Version, ...]
) -> Choice | None:
    if version is None:
        return choose(own, published)
    if str(version) in map(str, published):
        return asked_for(version)
    newest_first = tuple(str(one) for one in reversed(published))
    there = f"published are {listed(newest_first)}" if newest_first else "no version of it is visible"
    raise BaselineError(f"{identity} {version} is not published: {there}; choose another --baseline")


def _first_release(identity: Identity, unreadable: tuple[str, ...]) -> Baseline:
    if unreadable:
        raise BaselineError(
            f"none of the published versions of {identity} can be read ({listed(unreadable)}), so none "
            "can be compared with; name an archive by --baseline file:PATH"
        )
    return Baseline(None, "no published version visible")


def _fetched(registry: Registry, identity: Identity, choice: Choice, surroundings: Surroundings) -> Baseline:
    release, said = _undeprecated(registry, identity, choice)
    cached, why_not = _from_cache(identity, release, surroundings)
    if cached is not None:
        note = f"{release.version} was taken from the cache on this machine, where no digest can be verified"
        return Baseline(cached, choice.reason, notes=(*choice.notes, *said, note))
    archive = registry.archive(identity, release)
    provenance = Provenance("central", surroundings.registry, archive.digest, archive.digest_verified)
    name = f"{identity.organization}-{identity.name}-{release.platform}-{release.version}.bala"
    package = read_archive(archive.content, name=name, provenance=provenance)
    check_answers_for(package, identity, release.version)
    unverified = () if archive.digest_verified else (f"the registry gives no SHA-256 digest of {name}",)
    return Baseline(package, choice.reason, notes=(*choice.notes, *said, *why_not, *unverified))


def _undeprecated(registry: Registry, identity: Identity, choice: Choice) -> tuple[Release, tuple[str, ...]]:
    """Describe the best version that is not deprecated, else the best, and say what happened to others."""
    releases: list[Release] = []
    for version in choice.versions[:_MOST_DEPRECATED]:
        releases.append(registry.release(identity, version))
        if not releases[-1].deprecated:
            break
    deprecations = [Deprecation(one.version, one.deprecation) for one in releases if one.deprecated]
    if releases[-1].deprecated:
        return releases[0], used_nevertheless(deprecations[0])
    return releases[-1], passed_over(deprecations)


def _from_cache(
    identity: Identity, release: Release, surroundings: Surroundings
) -> tuple[Package | None, tuple[str, ...]]:
    """Read what `bal` has pulled of this release, or say why that is not used."""
    if surroundings.refresh:
        return None, ()
    try:
        cached = read_version(central_cache(surroundings), identity, release.version, release.platform)
    except (ArchiveError, SourceError) as error:
        return None, (f"the cached {release.version} is not usable, so it was downloaded: {error}",)
    return cached, ()


def _skipped(unreadable: tuple[str, ...]) -> tuple[str, ...]:
    if not unreadable:
        return ()
    return (f"published versions that cannot be read were skipped: {listed(unreadable)}",)
