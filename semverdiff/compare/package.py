"""The package as a whole: identity, distribution, dependencies, platform, visibility, description."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from semverdiff.changes import Change, Excerpt, Step
from semverdiff.compare.details import PackageChanged
from semverdiff.compare.difference import Difference
from semverdiff.compare.facts import Condition, Fact, Kind, Subject
from semverdiff.packages import ManifestKey, ManifestPlaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from semverdiff.changes import DependencyVersions
    from semverdiff.packages import Dependency, Package

__all__ = ["package_differences", "raises_distribution"]

# What a build has behind the patch number (`2201.11.0-20241112-...`) does not count.
_RELEASE = r"(?:Ballerina )?([0-9]+)\.([0-9]+)\.([0-9]+)"
_PREVIEW = r"sl(p|alpha|beta)([0-9]+)"
_PREVIEW_STAGES = ("p", "alpha", "beta")
_FIRST_UPDATE_RELEASE = 2201
_PREVIEW_ERA = 1
_VERSION = r"([0-9]+)\.([0-9]+)\.([0-9]+)(?![0-9.])"


# How Ballerina.toml names the exported modules, as people would say it.
_EXPORTS: dict[str, str] = {
    "listed": "`export`",
    "modules": "`[[package.modules]]`",
    "default": "default (the module named like the package)",
}


class _Fact(msgspec.Struct, frozen=True):
    """A fact about the package, or about the dependency of that name. `None`: there was, or is, none.

    `keys` are those of the manifest that say it.
    """

    fact: Fact
    old: str | None
    new: str | None
    conditions: frozenset[Condition] = frozenset()
    undecided: str | None = None
    dependency: str | None = None
    keys: tuple[ManifestKey, ...] = ()


def package_differences(
    old: Package,
    new: Package,
    exposed: Callable[[Dependency], bool],
    doubts: Mapping[DependencyVersions, str] = {},
    bindings: Iterable[str] = (),
) -> Iterator[Difference]:
    """Compare what is said of two packages as a whole, without their modules and versions.

    `exposed` tells whether types of a dependency are in the API, `doubts` why it is not known what a raised
    one changes there. `bindings` are the declarations that are bound to native code in another way.
    """
    places = ManifestPlaces(old), ManifestPlaces(new)
    for fact in (
        *_identity(old, new),
        *_manifest(old, new),
        *_native(old, new, sorted(bindings)),
        *_distribution(old.manifest.distribution, new.manifest.distribution),
        *(fact for fact in _dependencies(old, new, exposed, doubts) if _comparable(old, new, fact)),
        *_transitive(old, new, doubts),
    ):
        yield _difference(_identity_text(old), fact, *places)


def raises_distribution(old: Package, new: Package) -> bool:
    """Return whether the new package surely asks for a later update of the distribution."""
    facts = _distribution(old.manifest.distribution, new.manifest.distribution)
    return any(one.fact is Fact.DISTRIBUTION_RAISED and one.undecided is None for one in facts)


def _difference(name: str, fact: _Fact, old: ManifestPlaces, new: ManifestPlaces) -> Difference:
    package = Step(Kind.PACKAGE, name)
    trail = (package, Step(Kind.DEPENDENCY, fact.dependency)) if fact.dependency else (package,)
    return Difference(
        subject=Subject.PACKAGE,
        fact=fact.fact,
        symbol="(package)",
        module="",
        trail=trail,
        change=Change.ADDED if fact.old is None else Change.REMOVED if fact.new is None else Change.MODIFIED,
        old=_excerpt(old, fact, fact.old),
        new=_excerpt(new, fact, fact.new),
        conditions=fact.conditions,
        detail=PackageChanged(fact.old, fact.new, fact.dependency),
        undecided=fact.undecided,
    )


def _excerpt(places: ManifestPlaces, fact: _Fact, text: str | None) -> Excerpt | None:
    """Quote a manifest; a package that was put together by a program has none."""
    if text is None:
        return None
    dependency = fact.dependency
    place = places.of(fact.keys) if dependency is None else places.of_dependency(dependency)
    if place is None:
        return None
    quoted = text if dependency is None else f"{dependency}:{text}"
    return Excerpt(quoted, place.file, place.line, place.column)


def _identity(old: Package, new: Package) -> Iterator[_Fact]:
    if _identity_text(old) != _identity_text(new):
        key = ManifestKey.NAME if old.organization == new.organization else ManifestKey.ORGANIZATION
        yield _Fact(Fact.IDENTITY_CHANGED, _identity_text(old), _identity_text(new), keys=(key,))


def _identity_text(package: Package) -> str:
    return f"{package.organization}/{package.name}"


def _manifest(old: Package, new: Package) -> Iterator[_Fact]:
    before, after = old.manifest, new.manifest
    if before.visibility != after.visibility:
        private = after.visibility == "private"
        fact = Fact.VISIBILITY_MADE_PRIVATE if private else Fact.VISIBILITY_MADE_PUBLIC
        yield _Fact(fact, before.visibility, after.visibility, keys=(ManifestKey.VISIBILITY,))
    if old.platform != new.platform:
        conditions = frozenset({Condition.PLATFORM_BECOMES_ANY}) if new.platform == "any" else frozenset()
        platforms = old.platform, new.platform
        yield _Fact(Fact.PLATFORM_CHANGED, *platforms, conditions, keys=(ManifestKey.PLATFORM,))
    # Saying nothing promises as little as saying no.
    was, is_now = bool(before.graalvm_compatible), bool(after.graalvm_compatible)
    if was != is_now:
        fact = Fact.GRAALVM_COMPATIBILITY_GAINED if is_now else Fact.GRAALVM_COMPATIBILITY_LOST
        key = ManifestKey.GRAALVM_COMPATIBLE
        yield _Fact(fact, str(was).lower(), str(is_now).lower(), keys=(key,))
    if before.export_rule and after.export_rule and before.export_rule != after.export_rule:
        ways = _EXPORTS[before.export_rule], _EXPORTS[after.export_rule]
        yield _Fact(Fact.EXPORT_RULE_SWITCHED, *ways, keys=(ManifestKey.EXPORT,))
    left, right = dict(before.metadata), dict(after.metadata)
    changed = sorted(key for key in left.keys() | right.keys() if left.get(key) != right.get(key))
    if changed:
        keys = tuple(map(ManifestKey, changed))
        yield _Fact(Fact.METADATA_CHANGED, _entries(left, changed), _entries(right, changed), keys=keys)


def _native(old: Package, new: Package, bindings: list[str]) -> Iterator[_Fact]:
    """Compare native code by the names of its libraries, and by how the sources are bound to it."""
    before, after = old.manifest.libraries, new.manifest.libraries
    removed: list[str] = []
    added: list[str] = []
    # The first and the last library change the platform.
    if before and after:
        removed, added = (sorted(set(one) - set(other)) for one, other in ((before, after), (after, before)))
    if removed or added or bindings:
        bound = [f"binding of {name}" for name in bindings]
        yield _Fact(
            Fact.NATIVE_BINDING_CHANGED,
            ", ".join([*removed, *bound]) or "no other library",
            ", ".join([*added, *bound]) or "no other library",
            keys=(ManifestKey.LIBRARIES,),
        )


def _entries(metadata: dict[str, str], keys: list[str]) -> str:
    return "; ".join(f"{key} = {metadata.get(key, '(not set)')}" for key in keys)


def _distribution(old: str | None, new: str | None) -> Iterator[_Fact]:
    """Compare the distributions that the sides ask for; the contract, 2.11, gives their order."""
    if old is None or new is None or old == new:
        return
    keys = (ManifestKey.DISTRIBUTION,)
    before, after = _distribution_order(old), _distribution_order(new)
    if before is None or after is None:
        unknown = "the order of the distributions is not known"
        yield _Fact(Fact.DISTRIBUTION_RAISED, old, new, undecided=unknown, keys=keys)
    elif after < before:
        yield _Fact(Fact.DISTRIBUTION_LOWERED, old, new, keys=keys)
    elif before < after:
        same_update = before[:3] == after[:3] and before[0] != _PREVIEW_ERA
        fact = Fact.DISTRIBUTION_PATCH_RAISED if same_update else Fact.DISTRIBUTION_RAISED
        yield _Fact(fact, old, new, keys=keys)


def _distribution_order(distribution: str) -> tuple[int, ...] | None:
    """Return a key that sorts 1.x before previews (`slalpha5` before `slbeta1`) before update releases."""
    preview = re.match(_PREVIEW, distribution)
    if preview is not None:
        return _PREVIEW_ERA, _PREVIEW_STAGES.index(preview[1]), int(preview[2])
    release = re.match(_RELEASE, distribution)
    if release is None:
        return None
    numbers = tuple(int(part) for part in release.groups())
    return (_PREVIEW_ERA + 1 if numbers[0] >= _FIRST_UPDATE_RELEASE else _PREVIEW_ERA - 1, *numbers)


def _dependencies(
    old: Package,
    new: Package,
    in_api: Callable[[Dependency], bool],
    doubts: Mapping[DependencyVersions, str],
) -> Iterator[_Fact]:
    reasons = {one.package: reason for one, reason in doubts.items()}
    before = {(one.organization, one.name): one for one in old.manifest.dependencies}
    after = {(one.organization, one.name): one for one in new.manifest.dependencies}
    for key in sorted(before.keys() | after.keys()):
        left, right = before.get(key), after.get(key)
        if left is None or right is None:
            fact = Fact.DEPENDENCY_ADDED if left is None else Fact.DEPENDENCY_REMOVED
            # A side that lists only what its manifest asks for may have the dependency all the same.
            if (old if left is None else new).manifest.dependencies_resolved:
                yield _Fact(fact, _version_text(left), _version_text(right), dependency="/".join(key))
        elif left.version is not None and right.version is not None and left.version != right.version:
            for change in _version_change(right, left.version, right.version, in_api):
                # Another major version is another package to clients, whatever it changes.
                decides = change.fact is Fact.DEPENDENCY_MINIMUM_RAISED
                undecided = reasons.get("/".join(key)) if decides else None
                yield msgspec.structs.replace(change, undecided=undecided)


def _transitive(old: Package, new: Package, doubts: Mapping[DependencyVersions, str]) -> Iterator[_Fact]:
    """Yield the raises in doubt of packages that neither manifest names, but that the API leads to.

    What others depend on is no fact of this package. That it is not known whether the API changed is one.
    """
    direct = {f"{one.organization}/{one.name}" for side in (old, new) for one in side.manifest.dependencies}
    for one, reason in sorted(doubts.items(), key=lambda doubt: doubt[0].package):
        if one.package not in direct:
            before, after = (version or "any version" for version in (one.old, one.new))
            yield _Fact(Fact.DEPENDENCY_MINIMUM_RAISED, before, after, frozenset(), reason, one.package)


def _comparable(old: Package, new: Package, fact: _Fact) -> bool:
    """Return whether a later version is news: a resolved one is later than the minimum by nature."""
    resolved_only_now = new.manifest.dependencies_resolved and not old.manifest.dependencies_resolved
    return fact.fact is not Fact.DEPENDENCY_MINIMUM_RAISED or not resolved_only_now


def _version_text(dependency: Dependency | None) -> str | None:
    return None if dependency is None else dependency.version or "any version"


def _version_change(
    dependency: Dependency, old: str, new: str, in_api: Callable[[Dependency], bool]
) -> Iterator[_Fact]:
    name, before, after = f"{dependency.organization}/{dependency.name}", _numbers(old), _numbers(new)
    if before is None or after is None or _compatible_range(before) != _compatible_range(after):
        conditions = frozenset() if in_api(dependency) else frozenset({Condition.DEPENDENCY_NOT_EXPOSED})
        yield _Fact(Fact.DEPENDENCY_MAJOR_CHANGED, old, new, conditions, dependency=name)
    elif before <= after:
        # Equal numbers: another pre-release. A lowered minimum is no news to clients.
        conditions = frozenset({Condition.PATCH_LEVEL_ONLY}) if before[:2] == after[:2] else frozenset()
        yield _Fact(Fact.DEPENDENCY_MINIMUM_RAISED, old, new, conditions, dependency=name)


def _numbers(version: str) -> tuple[int, ...] | None:
    found = re.match(_VERSION, version)
    return tuple(int(part) for part in found.groups()) if found is not None else None


def _compatible_range(version: tuple[int, ...]) -> tuple[int, ...]:
    """Return what versions that may replace each other share: below 1.0.0 that is the minor number, too."""
    return version[:1] if version[0] else version[:2]
