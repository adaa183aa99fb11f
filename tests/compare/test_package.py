"""The package as a whole: what its manifest says to clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support import packages
from support.two_versions import rules

from semverdiff.changes import Change, DependencyVersions
from semverdiff.compare.details import PackageChanged
from semverdiff.compare.package import package_differences
from semverdiff.packages import Dependency, Manifest, Package

if TYPE_CHECKING:
    from semverdiff.compare.difference import Difference


def package(manifest: Manifest | None = None, source: str = "") -> Package:
    return replace(packages.package(source), manifest=manifest or Manifest())


def found_between(old: Package, new: Package) -> list[Difference]:
    """Compare packages in whose API no type of a dependency is."""
    return list(package_differences(old, new, lambda _: False))


def differences(old: Manifest, new: Manifest) -> list[Difference]:
    return found_between(package(old), package(new))


MANIFESTS = {
    "same": (Manifest(), Manifest(), []),
    "private": (Manifest(), Manifest(visibility="private"), ["visibility-made-private"]),
    "public": (Manifest(visibility="private"), Manifest(), ["visibility-made-public"]),
    "native image": (Manifest(), Manifest(graalvm_compatible=True), ["graalvm-compatibility-gained"]),
    "no native image": (
        Manifest(graalvm_compatible=True),
        Manifest(graalvm_compatible=False),
        ["graalvm-compatibility-lost"],
    ),
    "silence is no promise": (Manifest(graalvm_compatible=False), Manifest(), []),
    "export rule": (
        Manifest(export_rule="default"),
        Manifest(export_rule="modules"),
        ["export-rule-switched"],
    ),
    "an archive does not tell the export rule": (Manifest(), Manifest(export_rule="modules"), []),
    "description": (
        Manifest(metadata=(("authors", "a"), ("keywords", "b"))),
        Manifest(metadata=(("keywords", "c"), ("licenses", "d"))),
        ["metadata-changed"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), MANIFESTS.values(), ids=MANIFESTS)
def test_manifest(old: Manifest, new: Manifest, expected: list[str]) -> None:
    assert rules(differences(old, new)) == [f"(package): package-{one}" for one in expected]


def test_the_identity_changes_with_organisation_or_name() -> None:
    old = package()
    (found,) = found_between(old, replace(old, organization="other"))
    assert (found.rule, found.symbol, found.module) == ("package-identity-changed", "(package)", "")
    assert found.detail == PackageChanged("acme/shop", "other/shop")


def test_the_version_is_no_fact() -> None:
    assert found_between(package(), replace(package(), version="9.9.9")) == []


@pytest.mark.parametrize(
    ("platform", "conditions"), [("any", {"the new platform is any"}), ("java25", set())]
)
def test_the_platform_changes(platform: str, conditions: set[str]) -> None:
    (found,) = found_between(replace(package(), platform="java21"), replace(package(), platform=platform))
    assert found.rule == "package-platform-changed"
    assert found.conditions == conditions


IN_ORDER = (
    "1.2.13",
    "slp8",
    "slalpha5",
    "slalpha11",
    "slbeta1",
    "slbeta10",
    "2201.0.0",
    "2201.0.1",
    "2201.1.0",
    "2201.10.2",
    "2301.0.0",
)
DISTRIBUTIONS = st.integers(0, len(IN_ORDER) - 1)


@given(DISTRIBUTIONS, DISTRIBUTIONS)
def test_distributions_are_in_order(one: int, other: int) -> None:
    found = differences(Manifest(distribution=IN_ORDER[one]), Manifest(distribution=IN_ORDER[other]))
    facts = {difference.fact for difference in found}
    raised = {"distribution-raised", "distribution-patch-raised"}
    assert facts <= (raised if one < other else {"distribution-lowered"})
    assert bool(facts) == (one != other)


STEPS = {
    ("2201.8.0", "2201.8.3"): ["distribution-patch-raised"],
    ("2201.8.3", "2201.9.0"): ["distribution-raised"],
    ("slbeta1", "slbeta2"): ["distribution-raised"],
    ("2201.8.0", "2201.8.0-SNAPSHOT"): [],
    ("2201.8.0", "nightly"): ["distribution-raised?"],
    (None, "2201.8.0"): [],
}


@pytest.mark.parametrize(("pair", "expected"), STEPS.items(), ids=str)
def test_the_size_of_a_step(pair: tuple[str | None, str], expected: list[str]) -> None:
    old, new = (Manifest(distribution=one) for one in pair)
    assert rules(differences(old, new)) == [f"(package): package-{one}" for one in expected]


def depending(*versions: str, resolved: bool = True) -> Manifest:
    dependencies = tuple(Dependency("ballerina", "http", version) for version in versions)
    return Manifest(dependencies=dependencies, dependencies_resolved=resolved)


DEPENDENCIES = {
    "added": (depending(), depending("2.1.0"), ["added"], set()),
    "removed": (depending("2.1.0"), depending(), ["removed"], set()),
    "minor": (depending("2.1.0"), depending("2.2.0"), ["minimum-raised"], set()),
    "patch": (depending("2.1.0"), depending("2.1.1"), ["minimum-raised"], {"patch level only"}),
    "release": (depending("2.1.0-rc1"), depending("2.1.0"), ["minimum-raised"], {"patch level only"}),
    "lowered": (depending("2.2.0"), depending("2.1.0"), [], set()),
    "major": (
        depending("2.1.0"),
        depending("3.0.0"),
        ["major-changed"],
        {"no type of the dependency is in the API"},
    ),
    "initial versions": (
        depending("0.1.0"),
        depending("0.2.0"),
        ["major-changed"],
        {"no type of the dependency is in the API"},
    ),
    "patch of an initial version": (
        depending("0.1.0"),
        depending("0.1.4"),
        ["minimum-raised"],
        {"patch level only"},
    ),
}


@pytest.mark.parametrize(("old", "new", "facts", "conditions"), DEPENDENCIES.values(), ids=DEPENDENCIES)
def test_dependency(old: Manifest, new: Manifest, facts: list[str], conditions: set[str]) -> None:
    found = differences(old, new)
    assert rules(found) == [f"(package): package-dependency-{one}" for one in facts]
    assert all(one.conditions == conditions for one in found)
    details = [one.detail for one in found]
    assert {one.dependency for one in details if isinstance(one, PackageChanged)} <= {"ballerina/http"}


UNRESOLVED = {
    "not listed any more": (depending("2.1.0"), depending(resolved=False), []),
    "listed for the first time": (depending(resolved=False), depending("2.1.0"), []),
    "resolved to a later version": (depending("2.1.0", resolved=False), depending("2.3.0"), []),
    "asked for a later one": (
        depending("2.1.0"),
        depending("2.3.0", resolved=False),
        ["minimum-raised"],
    ),
    "another major version": (
        depending("2.1.0", resolved=False),
        depending("3.0.0"),
        ["major-changed"],
    ),
}


@pytest.mark.parametrize(("old", "new", "facts"), UNRESOLVED.values(), ids=UNRESOLVED)
def test_a_manifest_says_less_than_a_resolution(old: Manifest, new: Manifest, facts: list[str]) -> None:
    assert rules(differences(old, new)) == [f"(package): package-dependency-{one}" for one in facts]


def test_a_dependency_whose_types_are_in_the_api_is_certain() -> None:
    old, new = package(depending("1.0.0")), package(depending("2.0.0"))
    (found,) = package_differences(old, new, lambda _: True)
    assert (found.undecided, found.conditions) == (None, frozenset())


def test_a_library_more_or_fewer_is_told_beside_none() -> None:
    one, two = Manifest(libraries=("a.jar",)), Manifest(libraries=("a.jar", "b.jar"))
    (added,), (removed,) = differences(one, two), differences(two, one)
    assert added.detail == PackageChanged("no other library", "b.jar")
    assert removed.detail == PackageChanged("b.jar", "no other library")


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (depending(), depending("2.1.0"), Change.ADDED),
        (depending("2.1.0"), depending(), Change.REMOVED),
        (depending("2.1.0"), depending("2.2.0"), Change.MODIFIED),
    ],
)
def test_a_dependency_is_added_removed_or_another_one(old: Manifest, new: Manifest, change: Change) -> None:
    assert [one.change for one in differences(old, new)] == [change]


def test_a_dependency_of_any_version_is_told_so() -> None:
    any_version = Manifest(dependencies=(Dependency("acme", "money", None),), dependencies_resolved=True)
    none = Manifest(dependencies_resolved=True)
    (removed,), (added,) = differences(any_version, none), differences(none, any_version)
    assert removed.detail == PackageChanged("any version", None, "acme/money")
    assert added.detail == PackageChanged(None, "any version", "acme/money")


def test_a_dependency_is_quoted_where_the_manifest_names_its_version() -> None:
    entry = '\n[[dependency]]\norg = "acme"\nname = "money"\nversion = "{}"\n'
    old, new = (packages.package("", packages.manifest(more=entry.format(one))) for one in ("1.0.0", "2.0.0"))
    (found,) = found_between(old, new)
    assert [(one.text, one.file, one.line) for one in (found.old, found.new) if one is not None] == [
        ("acme/money:1.0.0", "Ballerina.toml", 9),
        ("acme/money:2.0.0", "Ballerina.toml", 9),
    ]


def test_a_package_in_doubt_of_which_one_build_has_any_version_is_told_so() -> None:
    doubts = {DependencyVersions("acme/money", None, "1.1.0"): "it was not read"}
    (found,) = package_differences(package(), package(), lambda _: False, doubts)
    assert found.detail == PackageChanged("any version", "1.1.0", "acme/money")
