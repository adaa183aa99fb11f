"""The package: manifest, dependencies, platform (compatibility contract, 2.11)."""

from __future__ import annotations

from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.examples import CODE, Files
from semverdiff.rules.levels import always, major, minor, on, otherwise, patch, tolerated, when
from semverdiff.rules.model import Certainty
from semverdiff.rules.remediation import RELEASE_NOTES
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]

_MANIFEST = "Ballerina.toml"
_DEPENDENCIES = "Dependencies.toml"

_PACKAGE = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n'
_PRICE = "import acme/money;\n\npublic function price() returns money:Amount = external;\n"
_NATIVE = """
[platform.java21]
graalvmCompatible = true

[[platform.java21.dependency]]
path = "./libs/store.jar"
"""
_NATIVE_UNCHECKED = _NATIVE.replace("true", "false")

_OTHER_TYPES = "Clients that hand types of the dependency to the API use another major version of them."


def _manifest(before: str, after: str) -> Files:
    """Return a change of Ballerina.toml: what follows organisation, name and version."""
    return Files("(package)", {_MANIFEST: f"{_PACKAGE}{before}"}, {_MANIFEST: f"{_PACKAGE}{after}"})


def _distribution(before: str, after: str) -> Files:
    return _manifest(f'distribution = "{before}"\n', f'distribution = "{after}"\n')


def _money(version: str) -> str:
    return f'\n[[dependency]]\norg = "acme"\nname = "money"\nversion = "{version}"\n'


def _resolved(*names: str) -> str:
    """Return a Dependencies.toml, which names the package itself and what it was built against."""
    wanted = ", ".join(f'{{org = "acme", name = "{name}"}}' for name in names)
    packages = [f'org = "acme"\nname = "{name}"\nversion = "1.4.0"\n' for name in names]
    packages.append(f'org = "acme"\nname = "shop"\nversion = "1.0.0"\ndependencies = [{wanted}]\n')
    return "\n".join(f"[[package]]\n{one}" for one in packages)


def _lock(before: str, after: str) -> Files:
    return Files("(package)", {_DEPENDENCIES: before}, {_DEPENDENCIES: after})


ENTRIES = (
    Entry(
        fact=Fact.IDENTITY_CHANGED,
        title="The organisation or the name of the package changed.",
        message="identity of the package is changed[ from '$old' to '$new']",
        levels=always(Subject.PACKAGE, major("Clients that import the package find none of that name.")),
        remediation=RELEASE_NOTES,
        example=Files("(package)", {_MANIFEST: _PACKAGE}, {_MANIFEST: _PACKAGE.replace("acme", "globex")}),
    ),
    Entry(
        fact=Fact.EXPORT_RULE_SWITCHED,
        title=("`readme`, Package.md or the listed modules changed which rule decides the exported modules."),
        message="rule that decides the exported modules is changed[ from '$old' to '$new']",
        levels=always(
            Subject.PACKAGE,
            patch(
                "Nobody breaks by the rule alone: modules that are no longer exported are findings of "
                "their own."
            ),
        ),
        example=_manifest("", 'export = ["shop"]\n'),
    ),
    Entry(
        fact=Fact.DISTRIBUTION_RAISED,
        title="The minimum distribution is a later update release.",
        message="minimum distribution is raised[ from '$old' to '$new']",
        levels=always(
            Subject.PACKAGE, minor("Clients compile unchanged once their distribution is updated.")
        ),
        example=_distribution("2201.8.0", "2201.10.0"),
    ),
    Entry(
        fact=Fact.DISTRIBUTION_PATCH_RAISED,
        title="The minimum distribution is a later patch of the same update release.",
        message="minimum distribution is raised to a later patch[: from '$old' to '$new']",
        levels=always(Subject.PACKAGE, patch("Nobody breaks: the update release is the same.")),
        example=_distribution("2201.8.0", "2201.8.4"),
    ),
    Entry(
        fact=Fact.DISTRIBUTION_LOWERED,
        title="The minimum distribution is an earlier one.",
        message="minimum distribution is lowered[ from '$old' to '$new']",
        levels=always(Subject.PACKAGE, patch("Nobody breaks: every distribution that worked still does.")),
        example=_distribution("2201.10.0", "2201.8.0"),
    ),
    Entry(
        fact=Fact.DEPENDENCY_MAJOR_CHANGED,
        title="A dependency has an incompatible version.",
        message="dependency[ '$name'] has an incompatible version[: '$new' instead of '$old']",
        levels=on(
            Subject.PACKAGE,
            when(
                Condition.DEPENDENCY_NOT_EXPOSED,
                then=tolerated(
                    "Only clients that use the old major version of the dependency cannot resolve both."
                ),
            ),
            otherwise(major(_OTHER_TYPES)),
        ),
        remediation=(
            "Keep types of the dependency out of the public API, or release together with its new version."
        ),
        example=Files(
            "(package)",
            {_MANIFEST: f"{_PACKAGE}{_money('1.4.0')}", CODE: _PRICE},
            {_MANIFEST: f"{_PACKAGE}{_money('2.0.0')}", CODE: _PRICE},
        ),
        undecided=Certainty.UNDECIDED,
    ),
    Entry(
        fact=Fact.DEPENDENCY_MINIMUM_RAISED,
        title="The minimum version of a dependency was raised within the major version.",
        message="minimum version of dependency[ '$name'] is raised[ from '$old' to '$new']",
        levels=on(
            Subject.PACKAGE,
            when(Condition.PATCH_LEVEL_ONLY, then=patch("Nobody breaks: clients resolve the later patch.")),
            otherwise(minor("Nobody breaks: clients resolve the later version.")),
        ),
        example=_manifest(_money("1.4.0"), _money("1.6.0")),
    ),
    Entry(
        fact=Fact.DEPENDENCY_ADDED,
        title="A dependency was added.",
        message="dependency[ '$name'] is added",
        levels=always(Subject.PACKAGE, patch("Nobody breaks: it is resolved with the package.")),
        example=_lock(_resolved("money"), _resolved("log", "money")),
    ),
    Entry(
        fact=Fact.DEPENDENCY_REMOVED,
        title="A dependency was removed.",
        message="dependency[ '$name'] is removed",
        levels=always(Subject.PACKAGE, patch("Nobody breaks: clients import what they use themselves.")),
        example=_lock(_resolved("log", "money"), _resolved("money")),
    ),
    Entry(
        fact=Fact.METADATA_CHANGED,
        title="Description, keywords, authors, licence, icon or repository changed.",
        message="metadata of the package[ ('$name')] is modified",
        levels=always(Subject.PACKAGE, patch("Nobody breaks: metadata is not code.")),
        example=_manifest('keywords = ["shop"]\n', 'keywords = ["shop", "orders"]\n'),
    ),
    Entry(
        fact=Fact.VISIBILITY_MADE_PRIVATE,
        title="The package became private.",
        message="visibility of the package is changed to 'private'",
        levels=always(Subject.PACKAGE, major("Clients of other organisations cannot resolve the package.")),
        remediation=RELEASE_NOTES,
        example=_manifest("", 'visibility = "private"\n'),
    ),
    Entry(
        fact=Fact.VISIBILITY_MADE_PUBLIC,
        title="The package became public.",
        message="visibility of the package is changed to 'public'",
        levels=always(Subject.PACKAGE, minor("Nobody breaks: more clients can resolve the package.")),
        example=_manifest('visibility = "private"\n', ""),
    ),
    Entry(
        fact=Fact.PLATFORM_CHANGED,
        title="The platform of the archive changed.",
        message="platform of the archive is changed[ from '$old' to '$new']",
        levels=on(
            Subject.PACKAGE,
            when(
                Condition.PLATFORM_BECOMES_ANY,
                then=patch("Nobody breaks: the archive works on every platform."),
            ),
            otherwise(
                tolerated("Clients compile unchanged; only builds for a target without the platform fail.")
            ),
        ),
        remediation=RELEASE_NOTES,
        example=_manifest("", _NATIVE),
    ),
    Entry(
        fact=Fact.GRAALVM_COMPATIBILITY_GAINED,
        title="The package declares that it works in native images.",
        message="compatibility with GraalVM is gained",
        levels=always(Subject.PACKAGE, patch("Nobody breaks: nobody relied on its absence.")),
        example=_manifest(_NATIVE_UNCHECKED, _NATIVE),
    ),
    Entry(
        fact=Fact.GRAALVM_COMPATIBILITY_LOST,
        title="The package no longer declares that it works in native images.",
        message="compatibility with GraalVM is lost",
        levels=always(
            Subject.PACKAGE,
            tolerated("Clients compile unchanged; only their native image builds warn or fail."),
        ),
        remediation=RELEASE_NOTES,
        example=_manifest(_NATIVE, _NATIVE_UNCHECKED),
    ),
)
