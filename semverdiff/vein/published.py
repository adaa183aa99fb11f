"""The baseline from Vein's gallery, or without a network from what this machine has of it.

What is published is never guessed: only a search that ends without the name says that nothing is, and where
an answer may hide a version, there is an error and no baseline.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.artifact import Provenance
from semverdiff.baselines import Baseline
from semverdiff.errors import ArchiveError, BaselineError, NothingToCheckError, SourceError, UsageError
from semverdiff.text import quote_all, quote_line
from semverdiff.vein.gallery import MOST_VERSIONS, gallery_name
from semverdiff.vein.gallery_cache import CachedShards, open_cached_gallery
from semverdiff.vein.local_shards import LocalShards
from semverdiff.vein.selection import (
    NoneServesError,
    Trial,
    Wanted,
    choices,
    first_that_serves,
    sorted_versions,
)
from semverdiff.vein.shard import read_shard
from semverdiff.vein.shard_names import NAME_FORM, is_shard_name
from semverdiff.vein.versions import parse_nuget_version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Final

    from semverdiff.artifact import Artifact, Identity
    from semverdiff.registry import Environment, Packed
    from semverdiff.vein.gallery_cache import CachingGallery
    from semverdiff.vein.selection import Choice
    from semverdiff.vein.shard import Shard
    from semverdiff.vein.versions import NugetVersion

    MakeArtifact = Callable[[Shard], Artifact]
    """Makes the package of a shard that was read."""

__all__ = [
    "InGallery",
    "earlier_gallery_pre_release",
    "gallery_baseline",
    "parse_gallery_spec",
]

# A word that begins like this was meant as a version, rightly written or not.
_VERSION_LIKE: Final = r"[vV]?[0-9]+(\.[0-9]+)*([-+].*)?"


class InGallery(msgspec.Struct, frozen=True):
    """A version in the gallery; without one, the closest."""

    version: NugetVersion | None = None


def parse_gallery_spec(text: str) -> InGallery | None:
    """Return what `auto`, a version, `gallery` or `gallery:VERSION` names, and None for another word.

    Raises:
        UsageError: a version is none.

    """
    kind, colon, value = text.partition(":")
    if text in {"auto", "gallery"}:
        return InGallery()
    if kind == "gallery" and colon:
        return InGallery(_version(value, text))
    return InGallery(_version(text, text)) if re.fullmatch(_VERSION_LIKE, text) else None


def gallery_baseline(
    spec: InGallery, candidate: Identity, environment: Environment, make: MakeArtifact
) -> Baseline:
    """Return the version that was asked for, or the closest; without a package where nothing is published.

    Raises:
        UsageError: the candidate does not say what to look for.
        BaselineError: it could not be found out what is published (NetworkError: nobody answered).
        ArchiveError: the shard is broken.

    """
    wanted = _wanted(spec, candidate)
    if environment.offline:
        return _from_this_machine(wanted, environment, make)
    with open_cached_gallery(environment, wanted.version) as gallery:
        return _from_gallery(gallery, wanted, environment, make)


def earlier_gallery_pre_release(
    spec: InGallery, baseline: Baseline, candidate: Identity, environment: Environment, make: MakeArtifact
) -> Baseline | None:
    """Return the pre-release of the same version that was published before a candidate that is one, too.

    `baseline` is what the candidate is compared with. Return None if there is no such pre-release, if it is
    the baseline, or if `spec` asks for one version. Raises as `gallery_baseline` does.
    """
    own = _own_version(candidate)
    if spec.version is not None or baseline.package is None or not own.label:
        return None
    published = map(parse_nuget_version, baseline.published)
    # Below a pre-release of a version there are only others of it.
    earlier = [one for one in published if one < own and one.numbers == own.numbers]
    found = max(earlier, default=None)
    if found is None or parse_nuget_version(baseline.package.version) == found:
        return None
    asked = gallery_baseline(InGallery(found), candidate, environment, make)
    return replace(asked, reason="the pre-release before")


def _version(text: str, spec: str) -> NugetVersion:
    try:
        return parse_nuget_version(text)
    except ValueError as error:
        directory = f"; a directory of that name is written './{text}'" if text == spec else ""
        raise UsageError(f"the baseline {quote_line(spec)} names no version: {error}{directory}") from None


def _wanted(spec: InGallery, candidate: Identity) -> Wanted:
    if not is_shard_name(candidate.name):
        raise UsageError(
            f"the package's 'name' {quote_line(candidate.name)} is no shard's name (expected {NAME_FORM}), "
            "so its published versions cannot be found; correct it in the project file, or use --baseline "
            "file:PATH or none"
        )
    return Wanted(candidate.name, _own_version(candidate), spec.version)


def _own_version(candidate: Identity) -> NugetVersion:
    try:
        return parse_nuget_version(candidate.version)
    except ValueError as error:
        raise UsageError(
            f"the package's own version cannot be compared with others: {error}; correct 'version' in the "
            "project file"
        ) from None


def _from_gallery(
    gallery: CachingGallery, wanted: Wanted, environment: Environment, make: MakeArtifact
) -> Baseline:
    host = gallery_name(environment)
    listing = gallery.find(wanted.name)
    if listing is None:
        if wanted.version is not None:
            raise BaselineError(
                f"{wanted} is not published: {host} has no shard of that name; choose another --baseline"
            )
        return Baseline(None, "no published version is visible")
    published, unreadable = sorted_versions(listing.versions)
    _check_listed(wanted, published, len(listing.versions), host)
    if not published:
        found = f"none of its versions can be read ({quote_all(unreadable)})" if unreadable else "no version"
        raise BaselineError(
            f"{host} has the shard {listing.name}, but lists {found}, so none can be compared with; name an "
            "archive by --baseline file:PATH, or use --baseline none if nothing was ever published"
        )

    stored = wanted._replace(name=listing.name)

    def look_for(choice: Choice) -> Trial:
        return _published(gallery, stored, choice, host, make)

    try:
        baseline = first_that_serves(choices(wanted, published, "published"), look_for)
    except NoneServesError as error:
        raise BaselineError(
            f"no published version can be the baseline of {wanted}{error}; name one by --baseline "
            "gallery:VERSION or file:PATH, or use --baseline none if nobody uses any"
        ) from None
    skipped = f"published versions that cannot be read were skipped: {quote_all(unreadable)}"
    return replace(
        baseline,
        published=tuple(map(str, published)),
        candidate_is_published=wanted.own in published,
        notes=(*((skipped,) if unreadable else ()), *baseline.notes),
    )


def _check_listed(wanted: Wanted, published: Sequence[NugetVersion], count: int, host: str) -> None:
    """Raise a `BaselineError` if the version that was asked for is not listed, or one may be hidden."""
    is_cut = count >= MOST_VERSIONS
    asked = wanted.version
    if asked is not None and asked not in published:
        newest_first = tuple(map(str, reversed(published)))
        visible = f"listed are {quote_all(newest_first)}" if newest_first else "no version is listed"
        raise BaselineError(f"{wanted} is not published: {visible}; choose another --baseline")
    if asked is None and wanted.own not in published and is_cut:
        raise BaselineError(
            f"{host} lists {count} versions of {wanted.name}, and no more than {MOST_VERSIONS}, so a closer "
            "one may be missing; name the version by --baseline gallery:VERSION"
        )


def _published(
    gallery: CachingGallery, wanted: Wanted, choice: Choice, host: str, make: MakeArtifact
) -> Trial:
    """Return a version in the gallery: one that is listed, and has content."""
    version = choice.version
    # A label is listed in lower case, and found as it was published: the user may have written it so.
    written = [one for one in (wanted.version, wanted.own, version) if one == version]
    for text in dict.fromkeys(map(str, written)):
        is_listed = gallery.is_listed(wanted.name, text)
        if is_listed is None:
            continue
        if not is_listed and not choice.serves_unlisted:
            return Trial(None, refusals=(f"{version} is unlisted",))
        notes = () if is_listed else (f"{version} is unlisted; it is used nevertheless",)
        packed = gallery.shard(wanted.name, text)
        if packed is None:
            return Trial(None, refusals=(f"{version} is listed without content",))
        package = make(_read(packed, wanted.name, version, host))
        digest = f"the gallery gives no SHA-256 digest of {_file_name(wanted.name, version)}"
        return Trial(package, (*notes, digest))
    case = " (a label with capitals is listed in lower case)" if version.label else ""
    return Trial(None, refusals=(f"{version} is listed, but the gallery does not find it{case}",))


def _from_this_machine(wanted: Wanted, environment: Environment, make: MakeArtifact) -> Baseline:
    """Return the closest version in what we or `rune` have downloaded."""
    host = gallery_name(environment)
    cached, local = CachedShards(environment), LocalShards(environment.shards)
    downloaded, _ = sorted_versions(cached.versions(wanted.name))
    notes: tuple[str, ...] = ()
    pulled: tuple[NugetVersion, ...] = ()
    try:
        pulled = local.versions(wanted.name)
    except SourceError as error:
        notes = (f"the shards of 'rune' on this machine were not used: {error}",)

    def look_for(choice: Choice) -> Trial:
        version = choice.version
        if not choice.serves_unlisted and cached.is_unlisted(wanted.name, str(version)):
            return Trial(None, refusals=(f"{version} is unlisted",))
        refusals: tuple[str, ...] = ()
        for shards in (cached, local):
            try:
                packed = shards.shard(wanted.name, str(version))
                if packed is not None:
                    return Trial(make(_read(packed, wanted.name, version, host)), refusals)
            except (ArchiveError, SourceError) as error:
                refusals = (*refusals, f"{version} on this machine was not used: {error}")
        return Trial(None, refusals=refusals or (f"{version} is not on this machine",))

    here = tuple(sorted({*downloaded, *pulled}))
    try:
        found = first_that_serves(choices(wanted, here, "cached"), look_for)
    except NoneServesError as error:
        raise BaselineError(
            f"offline, and this machine has no usable version of {wanted}{error}: what is published cannot "
            "be known; run without --offline, name an archive by --baseline file:PATH, or, if nothing was "
            "ever published, use --baseline none"
        ) from None
    listed, _ = sorted_versions(cached.listed(wanted.name))
    published = tuple(sorted({*here, *listed}))
    missed = (
        f"published and closer, but not on this machine: {quote_all(closer)}"
        if (closer := _closer(found, wanted, published, here))
        else ""
    )
    return replace(
        found,
        reason=f"{found.reason} (offline: the gallery was not asked)",
        published=tuple(map(str, published)),
        candidate_is_published=wanted.own in published,
        notes=(*((missed,) if missed else ()), *notes, *found.notes),
    )


def _closer(
    found: Baseline, wanted: Wanted, published: Sequence[NugetVersion], here: Sequence[NugetVersion]
) -> tuple[str, ...]:
    """Return the versions that would be closer than the chosen one, but were never downloaded."""
    if wanted.version is not None or found.package is None:
        return ()
    chosen = parse_nuget_version(found.package.version)
    versions = (choice.version for choice in choices(wanted, published, "published"))
    on_this_machine = set(here)
    return tuple(
        str(one) for one in takewhile(lambda one: one != chosen, versions) if one not in on_this_machine
    )


def _read(packed: Packed, name: str, version: NugetVersion, host: str) -> Shard:
    """Return the shard in an archive, if it is the one that was asked for: its manifest says so.

    Raises:
        ArchiveError: it is broken, or another one.
        BaselineError: it has no library.

    """
    provenance = Provenance("gallery", host, packed.digest)
    try:
        with packed.content as content:
            shard = read_shard(content, _file_name(name, version), provenance)
    except NothingToCheckError:
        raise BaselineError(
            f"{name} {version} is a workload, which has no API to compare with; choose another --baseline"
        ) from None
    found = shard.manifest
    if found.name.lower() != name.lower() or parse_nuget_version(found.version) != version:
        raise ArchiveError(
            f"the archive of {name} {version} holds another shard: its manifest says "
            f"{quote_line(f'{found.name} {found.version}')}; do not trust it, and report it to whoever runs "
            "the gallery"
        )
    return shard


def _file_name(name: str, version: NugetVersion) -> str:
    return f"{name}-{version}.shard"
