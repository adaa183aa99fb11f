"""The baseline from a registry: ask what is published, choose, fetch, and never guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.baselines.model import Baseline
from semverdiff.baselines.selection import (
    Deprecation,
    asked_for,
    choose,
    passed_over,
    used_nevertheless,
)
from semverdiff.errors import ArchiveError, BaselineError, SourceError
from semverdiff.packages import Provenance, read_archive
from semverdiff.registry.caching import open_remembering
from semverdiff.registry.credentials import with_user_settings
from semverdiff.registry.identity import check_answers_for
from semverdiff.registry.interface import sorted_versions
from semverdiff.registry.local import pulled
from semverdiff.text import quote_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    from semverdiff.baselines.model import Wanted
    from semverdiff.baselines.selection import Choice
    from semverdiff.packages import Package
    from semverdiff.registry.environment import Environment
    from semverdiff.registry.identity import Identity
    from semverdiff.registry.interface import Registry, Release
    from semverdiff.registry.local import Shelf
    from semverdiff.versions import Version

__all__ = ["ask_central", "ask_repository"]

# A package whose versions are all deprecated should not cost a request for each of hundreds.
_MOST_DEPRECATED = 20


def ask_central(wanted: Wanted, environment: Environment, *, private: bool) -> Baseline:
    """Find the version that was asked for, or the closest, on Ballerina Central.

    `private` says that the candidate is: then "no such package" proves nothing to those without a token.
    """
    environment = with_user_settings(environment)
    with open_remembering(environment, wanted.identity, _connection(environment)) as registry:
        provenance = Provenance("central", environment.registry)
        shelf = None if environment.refresh else pulled(environment, wanted.identity)

        def check_absence() -> None:
            _check_nothing_hidden(registry, wanted.identity, environment, private=private)

        baseline = _ask(registry, wanted, provenance, shelf, check_absence)
        return replace(baseline, notes=(*environment.notes, *registry.notes, *baseline.notes))


def ask_repository(identifier: str, wanted: Wanted, environment: Environment) -> Baseline:
    """Find the version that was asked for, or the closest, in a custom repository of Settings.toml.

    Nothing is kept of its answers: unlike on Central, a version may be published again there.
    """
    from semverdiff.registry.maven import open_maven  # noqa: PLC0415 (slow: only for such a repository)

    environment = with_user_settings(environment)
    with open_maven(identifier, environment) as registry:

        def refuse_absence() -> None:
            raise BaselineError(
                f"the repository '{identifier}' has no version of {wanted.identity}; check its 'url' in "
                "Settings.toml, or use --baseline none if nothing was ever published"
            )

        baseline = _ask(registry, wanted, Provenance("repository", identifier), None, refuse_absence)
        return replace(baseline, notes=(*environment.notes, *registry.notes, *baseline.notes))


def _connection(environment: Environment) -> Callable[[ExitStack], Registry]:
    def connect(stack: ExitStack) -> Registry:
        from semverdiff.registry.central import open_central  # noqa: PLC0415 (slow: only for the network)

        return stack.enter_context(open_central(environment))

    return connect


def _ask(
    registry: Registry,
    wanted: Wanted,
    provenance: Provenance,
    shelf: Shelf | None,
    check_absence: Callable[[], None],
) -> Baseline:
    """Choose and fetch. `shelf` may have the version already, `check_absence` refuses to find nothing."""
    texts = registry.versions(wanted.identity, wanted.version)
    if not texts:
        check_absence()
    published, unreadable = sorted_versions(texts)
    choice = _choice(wanted, published)
    if choice is None:
        baseline = _first_release(wanted.identity, unreadable)
    else:
        baseline = _fetched(registry, wanted.identity, choice, provenance, shelf)
    return replace(
        baseline,
        published=tuple(str(one) for one in published),
        candidate_is_published=wanted.own in published,
        notes=(*_skipped(unreadable), *baseline.notes),
    )


def _check_nothing_hidden(
    registry: Registry, identity: Identity, environment: Environment, *, private: bool
) -> None:
    """Refuse to call it a first release where a private package would look the same."""
    if registry.token_refused:
        doubt = "the access token was refused (401)"
    elif environment.token is not None:
        return
    elif environment.token_lost is not None:
        doubt = environment.token_lost
    elif private:
        doubt = "this package is private, and no access token is set"
    else:
        return
    raise BaselineError(
        f"{environment.registry} shows no package {identity}, but {doubt}, so it may only be hidden; set a "
        "valid BALLERINA_CENTRAL_ACCESS_TOKEN (or accesstoken under [central] in Settings.toml), or use "
        "--baseline none if nothing was ever published"
    )


def _choice(wanted: Wanted, published: tuple[Version, ...]) -> Choice | None:
    if wanted.version is None:
        return choose(wanted.own, published)
    if str(wanted.version) in map(str, published):
        return asked_for(wanted.version)
    newest_first = tuple(str(one) for one in reversed(published))
    there = f"published are {quote_all(newest_first)}" if newest_first else "no version of it is visible"
    raise BaselineError(f"{wanted} is not published: {there}; choose another --baseline")


def _first_release(identity: Identity, unreadable: tuple[str, ...]) -> Baseline:
    if unreadable:
        raise BaselineError(
            f"none of the published versions of {identity} can be read ({quote_all(unreadable)}), so none "
            "can be compared with; name an archive by --baseline file:PATH"
        )
    return Baseline(None, "no published version visible")


def _fetched(
    registry: Registry, identity: Identity, choice: Choice, provenance: Provenance, shelf: Shelf | None
) -> Baseline:
    release, said = _undeprecated(registry, identity, choice)
    pulled_package, why_not = _from_shelf(shelf, release)
    if pulled_package is not None:
        note = f"{release.version} was taken from the cache on this machine, where no digest can be verified"
        return Baseline(pulled_package, choice.reason, notes=(*choice.notes, *said, note))
    archive = registry.archive(identity, release)
    name = f"{identity.organization}-{identity.name}-{release.platform}-{release.version}.bala"
    verified = Provenance(
        provenance.source, provenance.repository, archive.digest, digest_verified=archive.digest_verified
    )
    package = read_archive(archive.content, name=name, provenance=verified)
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


def _from_shelf(shelf: Shelf | None, release: Release) -> tuple[Package | None, tuple[str, ...]]:
    """Read what `bal` has pulled of this release, or say why that is not used."""
    if shelf is None:
        return None, ()
    try:
        package = shelf.read(release.version, release.platform)
    except (ArchiveError, SourceError) as error:
        return None, (f"the cached {release.version} is not usable, so it was downloaded: {error}",)
    return package, ()


def _skipped(unreadable: tuple[str, ...]) -> tuple[str, ...]:
    if not unreadable:
        return ()
    return (f"published versions that cannot be read were skipped: {quote_all(unreadable)}",)
