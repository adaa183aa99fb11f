"""Rules about what is published already: the version itself, names, modules, and what clients had before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import compare, limits
from semverdiff.artifact import ManifestPlace
from semverdiff.packages import ManifestKey
from semverdiff.publish.answers import Problem, Unknown
from semverdiff.publish.model import PublishRule, Severity
from semverdiff.registry import parse_package_name
from semverdiff.text import quote, quote_line
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.packages import Package
    from semverdiff.publish.publication import Publication
    from semverdiff.registry import PackageName
    from semverdiff.versions import Version

__all__ = ["RULES"]


def _identity(package: Package) -> tuple[PackageName, Version] | None:
    """Return name and version, None where the name is none; no package is read without a version."""
    name = parse_package_name(f"{package.organization}/{package.name}")
    return None if name is None else (name, parse_version(package.version))


def _place(publication: Publication, key: ManifestKey) -> ManifestPlace | None:
    return publication.places.of((key,))


def _published(publication: Publication) -> Iterator[Problem | Unknown]:
    identity = _identity(publication.package)
    if identity is None:
        return
    name, version = identity
    is_private = publication.package.manifest.visibility == "private"
    versions = publication.published.versions(name, is_private=is_private)
    if isinstance(versions, Unknown):
        yield versions
    elif version in versions:
        yield Problem(
            f"{name} {version} is published already, and a published version is never replaced",
            _place(publication, ManifestKey.VERSION),
            f"package '{name}:{version}' already exists in remote repository :... build and push after "
            "updating the version in the Ballerina.toml.",
        )


def _pushed_locally(publication: Publication) -> Iterator[Problem | Unknown]:
    identity = _identity(publication.package)
    if identity is None:
        return
    name, version = identity
    found = publication.published.is_pushed_locally(name, version)
    if isinstance(found, Unknown):
        yield found
    elif found:
        yield Problem(
            f"the local repository has a {name} {version}, which packages with "
            "'repository = \"local\"' are built with",
            _place(publication, ManifestKey.VERSION),
        )


def _other_case(publication: Publication) -> Iterator[Problem | Unknown]:
    package = publication.package
    name = parse_package_name(f"{package.organization}/{package.name}")
    if name is None:
        return
    others = publication.published.other_spellings(name)
    if isinstance(others, Unknown):
        yield others
    for other in () if isinstance(others, Unknown) else others:
        yield Problem(
            f"it is called {name}, and {other} is known already: the names differ by case alone",
            _place(publication, ManifestKey.NAME),
        )
    old = publication.baseline
    if old is not None and _is_other_spelling(old, package):
        yield Problem(
            f"it is called {name}, and was {old.organization}/{old.name} before: the names differ by case "
            "alone",
            _place(publication, ManifestKey.NAME),
        )


def _is_other_spelling(old: Package, new: Package) -> bool:
    before, after = (f"{one.organization}/{one.name}" for one in (old, new))
    return before != after and before.casefold() == after.casefold()


def _split(publication: Publication) -> Iterator[Problem | Unknown]:
    """Yield the modules that the latest version of another package has as well."""
    package = publication.package
    modules = {module.name for module in package.modules}
    others = sorted({one for module in modules for one in _owners(module)} - {package.name})
    for asked, other in enumerate(others):
        if asked == limits.ASKED_PACKAGES:
            yield Unknown(f"more than {limits.ASKED_PACKAGES} packages may have the same modules")
            return
        name = parse_package_name(f"{package.organization}/{other}")
        found = None if name is None else publication.published.latest_modules(name)
        if isinstance(found, Unknown):
            yield found
        elif found is not None:
            version, theirs = found
            for module in sorted(modules & theirs):
                yield Problem(
                    f"module {quote(module)} is one of {name} {version}, too: an import means one of them",
                    _module_place(publication, module),
                )


def _owners(module: str) -> Iterator[str]:
    """Yield the names that a package with a module may have: each beginning of the module's that is whole."""
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        yield ".".join(parts[:length])


def _module_place(publication: Publication, name: str) -> ManifestPlace | None:
    module = next(one for one in publication.package.modules if one.name == name)
    return ManifestPlace(module.files[0].path, 1, 1) if module.files else None


def _visibility(publication: Publication) -> Iterator[Problem]:
    old, new = publication.baseline, publication.package.manifest.visibility
    if old is None or old.manifest.visibility == new:
        return
    effect = (
        "who does not belong to the organization gets no more versions"
        if new == "private"
        else "everybody sees this version and its sources, for good"
    )
    yield Problem(f"the package becomes {new}: {effect}", _place(publication, ManifestKey.VISIBILITY))


def _deprecated(publication: Publication) -> Iterator[Problem | Unknown]:
    old = publication.baseline
    identity = None if old is None else _identity(old)
    if old is None or identity is None:
        return
    name, version = identity
    versions = publication.published.versions(name)
    if isinstance(versions, Unknown) or version not in versions:
        return  # Whether they are known is told by the rule about the version itself.
    message = publication.published.deprecation(name, version)
    if isinstance(message, Unknown):
        yield message
    elif message is not None:
        said = f": {quote_line(message)}" if message.strip() else ""
        yield Problem(
            f"{version}, with which this version is compared, is deprecated{said}",
            _place(publication, ManifestKey.VERSION),
        )


def _distribution(publication: Publication) -> Iterator[Problem]:
    old, new = publication.baseline, publication.package
    if old is not None and compare.raises_distribution(old, new):
        yield Problem(
            f"it needs Ballerina {new.manifest.distribution}, and {old.version} was built for "
            f"{old.manifest.distribution}: clients with an older one do not get it",
            _place(publication, ManifestKey.DISTRIBUTION),
        )


def _graalvm(publication: Publication) -> Iterator[Problem]:
    old, new = publication.baseline, publication.package
    if old is None or not old.manifest.graalvm_compatible or new.manifest.graalvm_compatible:
        return
    is_denied = new.manifest.graalvm_compatible is False
    yield Problem(
        f"{old.version} is compatible with GraalVM, and this version "
        f"{'says that it is not' if is_denied else 'does not say that it is'}",
        _place(publication, ManifestKey.GRAALVM_COMPATIBLE),
        ""
        if is_denied
        else f"The GraalVM compatibility property has not been defined for the package '{new.name}'. This "
        "could potentially lead to compatibility issues with GraalVM.",
    )


RULES = (
    PublishRule(
        id="version-published",
        severity=Severity.ERROR,
        title="the version is published already",
        why="A published version is never replaced or removed.",
        prints="package '...' already exists in remote repository :... build and push after updating the "
        "version in the Ballerina.toml.",
        remedy="Take the next version: `semver bump --refresh` writes it.",
        find=_published,
    ),
    PublishRule(
        id="version-in-local-repository",
        severity=Severity.WARNING,
        title="the local repository has the version already",
        why="A rehearsal (`bal push --repository local`) is left over: who builds with it goes on getting "
        "that one after the push.",
        remedy="Push it once more after the last change, or remove it when the rehearsal is over.",
        find=_pushed_locally,
    ),
    PublishRule(
        id="name-case-changed",
        severity=Severity.ERROR,
        title="the name differs from a known one by case alone",
        why="Central takes it for another package, without versions and clients, while directories on many "
        "machines take both for one.",
        remedy="Write the name as it is published.",
        find=_other_case,
    ),
    PublishRule(
        id="module-split",
        severity=Severity.ERROR,
        title="a module is in another package, too",
        why="`import acme/a.b` names no package: with the module in the latest versions of two, which one "
        "clients get is not for them to say.",
        remedy="Rename the module, or publish the other package without it first.",
        find=_split,
    ),
    PublishRule(
        id="visibility-changed",
        severity=Severity.WARNING,
        title="the visibility of the package changes",
        why="A private version is not seen by others, and a public one is seen by all, for good.",
        remedy="Keep `visibility` as it was, unless it is meant.",
        find=_visibility,
    ),
    PublishRule(
        id="baseline-deprecated",
        severity=Severity.WARNING,
        title="the version before is deprecated",
        why="What it was deprecated for may still be there, and its clients were told to leave it.",
        remedy="Make sure that the reason is gone, and say so in the README.",
        find=_deprecated,
    ),
    PublishRule(
        id="distribution-raised",
        severity=Severity.WARNING,
        title="a newer distribution is needed than before",
        why="`bal` offers a version to nobody whose distribution is older.",
        remedy="Build with the older distribution where that does, or take a minor version for it.",
        find=_distribution,
    ),
    PublishRule(
        id="graalvm-compatibility-lost",
        severity=Severity.WARNING,
        title="compatibility with GraalVM is lost",
        why="Clients that build native images get warnings, or images that fail.",
        prints="The GraalVM compatibility property has not been defined for the package '...'. This could "
        "potentially lead to compatibility issues with GraalVM.",
        remedy="Try the native libraries with GraalVM, and write `graalvmCompatible = true` under "
        "`[platform.java21]`.",
        find=_graalvm,
    ),
)
