"""The baseline from registries: Central, custom and local repositories, and offline what is in caches.

What is published is never guessed: where an answer may hide a version, there is an error and no baseline.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import packages, registry
from semverdiff.baselines.model import Baseline
from semverdiff.baselines.selection import choose, select, selections
from semverdiff.baselines.spec import InRepository, Local, Published
from semverdiff.errors import ArchiveError, BaselineError, SourceError
from semverdiff.registry import sorted_versions
from semverdiff.text import quote_all

if TYPE_CHECKING:
    from semverdiff.baselines.inquiry import Wanted
    from semverdiff.baselines.selection import Selection
    from semverdiff.packages import Package
    from semverdiff.registry import Environment, PackageName, Registry, RemoteRegistry
    from semverdiff.versions import Version

__all__ = ["from_central", "from_registry", "on_this_machine"]


def from_registry(spec: Published, wanted: Wanted, environment: Environment) -> Baseline:
    """Return the version that was asked for, or the closest, in the registry that a spec names."""
    match spec:
        case Local():
            return _from_local_repository(wanted, environment)
        case InRepository(identifier):
            return _from_custom_repository(identifier, wanted, environment)
    return from_central(wanted, environment)


def from_central(wanted: Wanted, environment: Environment) -> Baseline:
    """Return the version that was asked for, or the closest, on Central, or offline in the caches of it."""
    if environment.offline:
        return _from_caches(wanted, environment)
    environment = registry.with_credentials(environment)
    with registry.open_cached_central(environment, wanted.version) as central:
        published, unreadable = sorted_versions(central.versions(wanted.package))
        if not published and not unreadable:
            _check_nothing_hidden(central, wanted, environment)
        pulled = None if environment.refresh else registry.pulled_from_central(environment)
        baseline = _from_network(central, pulled, wanted, published, unreadable)
        return replace(baseline, notes=(*environment.notes, *central.notes, *baseline.notes))


def _from_custom_repository(identifier: str, wanted: Wanted, environment: Environment) -> Baseline:
    """Return the version that was asked for, or the closest, in a custom repository of Settings.toml.

    Offline it is looked for in what `bal` has pulled from there. Answers of the repository are not cached:
    unlike on Central, a version may be published again there.
    """
    if environment.offline:
        found, _ = _closest((registry.local_registry(environment, identifier),), wanted, "cached")
        if found is None:
            raise BaselineError(
                f"offline, and this machine has no usable version of {wanted} from the repository "
                f"'{identifier}'; run without --offline, or name an archive by --baseline file:PATH"
            )
        return replace(found, reason=f"{found.reason} (offline: the repository '{identifier}' was not asked)")
    environment = registry.with_credentials(environment)
    with registry.open_maven(identifier, environment) as maven:
        published, unreadable = sorted_versions(maven.versions(wanted.package))
        if not published and not unreadable:
            raise BaselineError(
                f"the repository '{identifier}' has no version of {wanted.package}; check its 'url' in "
                "Settings.toml, or use --baseline none if nothing was ever published"
            )
        baseline = _from_network(maven, None, wanted, published, unreadable)
        return replace(baseline, notes=(*environment.notes, *maven.notes, *baseline.notes))


def _from_local_repository(wanted: Wanted, environment: Environment) -> Baseline:
    """Return the version that was asked for, or the closest, in the local repository."""
    found, _ = _closest((registry.local_registry(environment, "local"),), wanted, "locally pushed")
    if found is None:
        raise BaselineError(
            f"the local repository has no usable version of {wanted}; push one by "
            "'bal push --repository local', or choose another --baseline"
        )
    return found


def _check_nothing_hidden(central: RemoteRegistry, wanted: Wanted, environment: Environment) -> None:
    """Raise a `BaselineError` where a private package would look as if nothing were published."""
    if central.token_refused:
        doubt = "the access token was refused (401)"
    elif environment.token is not None:
        return
    elif environment.token_lost is not None:
        doubt = environment.token_lost
    elif wanted.is_private:
        doubt = "this package is private, and no access token is set"
    else:
        return
    raise BaselineError(
        f"{environment.registry} shows no package {wanted.package}, but {doubt}, so it may only be hidden; "
        "set a valid BALLERINA_CENTRAL_ACCESS_TOKEN (or accesstoken under [central] in Settings.toml), or "
        "use --baseline none if nothing was ever published"
    )


def _from_network(
    remote: RemoteRegistry,
    pulled: Registry | None,
    wanted: Wanted,
    published: tuple[Version, ...],
    unreadable: tuple[str, ...],
) -> Baseline:
    """Return the baseline among the published versions; `pulled` may have it already."""
    _check_published(wanted, published)
    selection = select((remote,), wanted, published)
    if selection is not None:
        baseline = _loaded(remote, pulled, wanted.package, selection)
    elif unreadable:
        raise BaselineError(
            f"none of the published versions of {wanted.package} can be read ({quote_all(unreadable)}), so "
            "none can be compared with; name an archive by --baseline file:PATH"
        )
    else:
        baseline = Baseline(None, "no published version is visible")
    skipped = f"published versions that cannot be read were skipped: {quote_all(unreadable)}"
    return replace(
        baseline,
        published=tuple(map(str, published)),
        candidate_is_published=wanted.own in published,
        notes=(*((skipped,) if unreadable else ()), *baseline.notes),
    )


def _check_published(wanted: Wanted, published: tuple[Version, ...]) -> None:
    """Raise a `BaselineError` if a version was asked for that is not published."""
    if wanted.version is None or str(wanted.version) in map(str, published):
        return
    newest_first = tuple(map(str, reversed(published)))
    visible = f"published are {quote_all(newest_first)}" if newest_first else "no version of it is visible"
    raise BaselineError(f"{wanted} is not published: {visible}; choose another --baseline")


def _loaded(
    remote: RemoteRegistry, pulled: Registry | None, package: PackageName, selection: Selection
) -> Baseline:
    """Return the selected release: as `bal` has pulled it, else downloaded."""
    release = selection.release
    notes = selection.notes
    try:
        found = None if pulled is None else registry.load_release(pulled, package, release)
    except (ArchiveError, SourceError) as error:
        found = None
        notes = (*notes, f"the cached {release.version} is not usable, so it was downloaded: {error}")
    if found is not None:
        note = f"{release.version} was taken from the cache on this machine, where no digest can be verified"
        return Baseline(found, selection.reason, notes=(*notes, note))
    archive = remote.download(package, release)
    if not archive.digest_verified:
        notes = (*notes, f"the registry gives no SHA-256 digest of {release.file_name(package)}")
    downloaded = registry.read_release(archive, remote.provenance, package, release)
    return Baseline(downloaded, selection.reason, notes=notes)


def _from_caches(wanted: Wanted, environment: Environment) -> Baseline:
    """Return the closest version in what we or `bal` have downloaded from Central."""
    downloads = registry.OfflineCache(environment)
    registries = (downloads, registry.pulled_from_central(environment))
    found, _ = _closest(registries, wanted, "cached")
    if found is None or found.package is None:
        raise BaselineError(
            f"offline, and the cache on this machine has no usable version of {wanted}: what is published "
            "cannot be known; run without --offline, name an archive by --baseline file:PATH, or, if nothing "
            "was ever published, use --baseline none"
        )
    cached = _versions(registries, wanted.package)
    published, _ = sorted_versions((*map(str, cached), *downloads.listed(wanted.package)))
    closer = _closer(found.package.version, wanted, published, cached)
    missed = f"published and closer, but not on this machine: {quote_all(closer)}"
    return replace(
        found,
        reason=f"{found.reason} (offline: Ballerina Central was not asked)",
        published=tuple(map(str, published)),
        candidate_is_published=wanted.own in published,
        notes=(*((missed,) if closer else ()), *found.notes),
    )


def _closer(
    chosen: str, wanted: Wanted, published: tuple[Version, ...], cached: tuple[Version, ...]
) -> tuple[str, ...]:
    """Return the versions that would be closer than the chosen one, but were never downloaded."""
    choice = choose(wanted.own, published) if wanted.version is None else None
    closer = takewhile(lambda one: one != chosen, map(str, choice.versions if choice is not None else ()))
    here = set(map(str, cached))
    return tuple(one for one in closer if one not in here)


def on_this_machine(wanted: Wanted, environment: Environment) -> tuple[Package | None, tuple[str, ...]]:
    """Return what was downloaded, by us or by `bal`, or pushed locally; and what of it could not be read."""
    registries = (
        registry.OfflineCache(environment),
        registry.pulled_from_central(environment),
        registry.local_registry(environment, "local"),
    )
    found, notes = _closest(registries, wanted, "cached")
    package = None if found is None else found.package
    return (None if package is None else packages.as_package(package)), notes


def _closest(
    registries: tuple[Registry, ...], wanted: Wanted, among: str
) -> tuple[Baseline | None, tuple[str, ...]]:
    """Return the version that was asked for, or the closest that can be read, and what could not be."""
    # What is asked for by its version need not be looked for among all.
    versions = _versions(registries, wanted.package) if wanted.version is None else (wanted.version,)
    notes: list[str] = []
    for selection in selections(registries, wanted, versions, among):
        package, unusable = _first_usable(registries, wanted.package, selection.release.version)
        notes += unusable
        if package is not None:
            return Baseline(package, selection.reason, notes=(*notes, *selection.notes)), tuple(notes)
    return None, tuple(notes)


def _first_usable(
    registries: tuple[Registry, ...], package: PackageName, version: Version
) -> tuple[Package | None, tuple[str, ...]]:
    """Return a version from the first registry that has it whole, and what was wrong with the others."""
    notes: tuple[str, ...] = ()
    for one in registries:
        try:
            found = registry.load_release(one, package, one.release(package, version))
        except (ArchiveError, SourceError) as error:
            notes = (*notes, f"{version} on this machine was not used: {error}")
            continue
        if found is not None:
            return found, notes
    return None, notes


def _versions(registries: tuple[Registry, ...], package: PackageName) -> tuple[Version, ...]:
    versions, _ = sorted_versions(text for one in registries for text in one.versions(package))
    return versions
