"""What registries know about packages. Each question is asked once; where nobody answers it has no answer."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeVar

from semverdiff import registry
from semverdiff.errors import ArchiveError, BaselineError, NetworkError, SemverdiffError, SourceError
from semverdiff.publish.answers import Unknown
from semverdiff.registry import sorted_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from semverdiff.registry import Environment, PackageName, SearchableRegistry
    from semverdiff.versions import Version

__all__ = ["PublishedPackages", "open_published"]

_T = TypeVar("_T")


@contextmanager
def open_published(environment: Environment, own: Version) -> Iterator[PublishedPackages]:
    """Return what Central and the repositories of this machine know; connections are closed at the end.

    `own` is the version that is to be published: an answer from the cache does not say that it is not.
    """
    with ExitStack() as stack:

        def connect() -> tuple[Environment, SearchableRegistry]:
            ready = registry.with_credentials(environment)
            return ready, stack.enter_context(registry.open_cached_central(ready, own))

        yield PublishedPackages(environment, connect)


class PublishedPackages:
    """The published packages of one run. A registry that did not answer once is not asked again."""

    def __init__(
        self, environment: Environment, connect: Callable[[], tuple[Environment, SearchableRegistry]]
    ) -> None:
        self._environment = environment
        self._connect = connect
        self._central: SearchableRegistry | None = None
        self._silence: Unknown | None = None
        self._token: str | None = None
        self._lost_token: str | None = None
        self._listed: dict[PackageName, tuple[str, ...] | Unknown] = {}

    @property
    def name(self) -> str:
        """Return the registry as messages name it."""
        return self._environment.registry

    def versions(self, package: PackageName, *, is_private: bool = False) -> tuple[Version, ...] | Unknown:
        """Return the published versions of a package, lowest first; none where it was never published.

        One that may be private is not known where nothing is shown to somebody without a token.
        """
        if package not in self._listed:
            self._listed[package] = self._ask(lambda central: central.versions(package))
        found = self._listed[package]
        return found if isinstance(found, Unknown) else self._told(package, found, is_private=is_private)

    def deprecation(self, package: PackageName, version: Version) -> str | Unknown | None:
        """Return the message of the publisher of a version that is deprecated, None for any other."""
        found = self._ask(lambda central: central.release(package, version))
        return found if isinstance(found, Unknown) else found.deprecation

    def latest_modules(self, package: PackageName) -> tuple[Version, frozenset[str]] | Unknown | None:
        """Return the latest version of a package with its modules, None where it was never published."""
        versions = self.versions(package)
        if isinstance(versions, Unknown):
            return versions
        if not versions:
            return None
        releases = [one for one in versions if not one.is_pre_release]
        latest = (releases or list(versions))[-1]

        def load(central: SearchableRegistry) -> frozenset[str]:
            release = central.release(package, latest)
            read = registry.read_release(
                central.download(package, release), central.provenance, package, release
            )
            return frozenset(module.name for module in read.modules)

        modules = self._ask(load)
        return modules if isinstance(modules, Unknown) else (latest, modules)

    def other_spellings(self, package: PackageName) -> tuple[PackageName, ...] | Unknown:
        """Return packages, published or on this machine, whose names differ from one by case alone.

        A package that is published has the name that it has, whatever else was pushed locally.
        """
        versions = self.versions(package)
        if not isinstance(versions, Unknown) and versions:
            return ()
        here = tuple(self._spellings_here(package))
        if isinstance(versions, Unknown):
            return here or versions
        listed = self._ask(lambda central: central.packages_like(package))
        if isinstance(listed, Unknown):
            return here or listed
        return tuple(sorted({*here, *(one for one in listed if _is_other_spelling(one, package))}, key=str))

    def _spellings_here(self, package: PackageName) -> Iterator[PackageName]:
        """Yield the packages pulled by `bal`, or pushed locally, whose names differ by case."""
        for repository in (
            registry.pulled_from_central(self._environment),
            registry.local_registry(self._environment, "local"),
        ):
            try:
                known = repository.packages_like(package)
            except BaselineError:
                continue  # Of what cannot be read nothing is known; what is published is asked besides.
            yield from (one for one in known if _is_other_spelling(one, package))

    def is_pushed_locally(self, package: PackageName, version: Version) -> bool | Unknown:
        """Return whether the local repository has a version."""
        try:
            found = registry.local_registry(self._environment, "local").versions(package)
        except BaselineError as error:
            return Unknown(str(error))
        return version in sorted_versions(found)[0]

    def _told(
        self, package: PackageName, texts: tuple[str, ...], *, is_private: bool
    ) -> tuple[Version, ...] | Unknown:
        """Return versions that were listed; where none are, something may hide them."""
        readable, unreadable = sorted_versions(texts)
        if unreadable:
            return Unknown(f"{self.name} lists versions of {package} that cannot be read")
        if readable:
            return readable
        if self._central is not None and self._central.token_refused:
            return Unknown(f"{self.name} refused the access token, so {package} may only be hidden")
        if self._token is None and (is_private or self._lost_token is not None):
            why = self._lost_token or "no access token is set"
            return Unknown(f"{self.name} shows no package {package}, but {why}, so it may only be hidden")
        return ()

    def _ask(self, question: Callable[[SearchableRegistry], _T]) -> _T | Unknown:
        """Return the answer of Central to a question."""
        if self._environment.offline:
            return Unknown(f"offline: {self.name} was not asked")
        if self._silence is not None:
            return self._silence
        try:
            if self._central is None:
                environment, self._central = self._connect()
                self._token, self._lost_token = environment.token, environment.token_lost
            return question(self._central)
        except NetworkError as error:
            self._silence = Unknown(f"{self.name} gave no answer: {_first(error)}")
            return self._silence
        except (ArchiveError, SourceError, BaselineError) as error:
            return Unknown(f"{self.name} gave an answer that cannot be used: {_first(error)}")


def _is_other_spelling(one: PackageName, other: PackageName) -> bool:
    return one != other and str(one).casefold() == str(other).casefold()


def _first(error: SemverdiffError) -> str:
    """Return what an error says first, without what to do about it, which is meant for other runs."""
    return str(error).partition(";")[0].rstrip(".")
