"""The package: manifest, dependencies, platform (compatibility contract, 2.11)."""

from __future__ import annotations

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.effects import major, minor, on, otherwise, patch, tolerated, when
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import CODE, Files
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


def _identity(before: str, after: str) -> Files:
    old, new = (_PACKAGE.replace("acme", organization) for organization in (before, after))
    return Files("(package)", {_MANIFEST: old}, {_MANIFEST: new})


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


_WHOLE = Element(Subject.PACKAGE, "the package", _manifest)
_DISTRIBUTION = _WHOLE.shown(_distribution)
_DEPENDENCY = Element(Subject.PACKAGE, "dependency[ '$name']", _lock)


ENTRIES = (
    _WHOLE.of("identity")
    .shown(_identity)
    .changed(
        Fact.IDENTITY_CHANGED,
        "The organisation or the name of the package changed.",
        major("Clients that import the package find none of that name.", Use.IMPORT),
        ("acme", "globex"),
        RELEASE_NOTES,
    ),
    _WHOLE.entry(
        Fact.EXPORT_RULE_SWITCHED,
        "Ballerina.toml names the exported modules in another way than before.",
        "exported modules are named in another way[: by $new, before by $old]",
        patch("This alone breaks nobody: modules that are no longer exported are findings of their own."),
        ("", 'export = ["shop"]\n'),
    ),
    _DISTRIBUTION.entry(
        Fact.DISTRIBUTION_RAISED,
        "The minimum distribution is a later update release.",
        "minimum distribution is raised[ from '$old' to '$new']",
        minor("Clients compile unchanged once their distribution is updated."),
        ("2201.8.0", "2201.10.0"),
    ),
    _DISTRIBUTION.entry(
        Fact.DISTRIBUTION_PATCH_RAISED,
        "The minimum distribution is a later patch of the same update release.",
        "minimum distribution is raised to a later patch[: from '$old' to '$new']",
        patch("Nobody breaks: the update release is the same."),
        ("2201.8.0", "2201.8.4"),
    ),
    _DISTRIBUTION.entry(
        Fact.DISTRIBUTION_LOWERED,
        "The minimum distribution is an earlier one.",
        "minimum distribution is lowered[ from '$old' to '$new']",
        patch("Nobody breaks: every distribution that worked still does."),
        ("2201.10.0", "2201.8.0"),
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
    _WHOLE.entry(
        Fact.DEPENDENCY_MINIMUM_RAISED,
        "The minimum version of a dependency was raised within the major version.",
        "minimum version of dependency[ '$name'] is raised[ from '$old' to '$new']",
        (
            when(Condition.PATCH_LEVEL_ONLY, then=patch("Nobody breaks: clients resolve the later patch.")),
            otherwise(minor("Nobody breaks: clients resolve the later version.")),
        ),
        (_money("1.4.0"), _money("1.6.0")),
    ),
    _DEPENDENCY.added(
        Fact.DEPENDENCY_ADDED,
        "A dependency was added.",
        patch("Nobody breaks: it is resolved with the package."),
        (_resolved("money"), _resolved("log", "money")),
    ),
    _DEPENDENCY.removed(
        Fact.DEPENDENCY_REMOVED,
        "A dependency was removed.",
        patch("Nobody breaks: clients import what they use themselves."),
        (_resolved("log", "money"), _resolved("money")),
    ),
    _WHOLE.entry(
        Fact.METADATA_CHANGED,
        "Description, keywords, authors, licence, icon or repository changed.",
        "metadata of the package[ ('$name')] is modified",
        patch("Nobody breaks: metadata is not code."),
        ('keywords = ["shop"]\n', 'keywords = ["shop", "orders"]\n'),
    ),
    _WHOLE.entry(
        Fact.VISIBILITY_MADE_PRIVATE,
        "The package became private.",
        "visibility of the package is changed to 'private'",
        major("Clients of other organisations cannot resolve the package."),
        ("", 'visibility = "private"\n'),
        RELEASE_NOTES,
    ),
    _WHOLE.entry(
        Fact.VISIBILITY_MADE_PUBLIC,
        "The package became public.",
        "visibility of the package is changed to 'public'",
        minor("Nobody breaks: more clients can resolve the package."),
        ('visibility = "private"\n', ""),
    ),
    _WHOLE.named("platform of the archive").changed(
        Fact.PLATFORM_CHANGED,
        "The platform of the archive changed.",
        (
            when(
                Condition.PLATFORM_BECOMES_ANY,
                then=patch("Nobody breaks: the archive works on every platform."),
            ),
            otherwise(
                tolerated("Clients compile unchanged; only builds for a target without the platform fail.")
            ),
        ),
        ("", _NATIVE),
        RELEASE_NOTES,
    ),
    _WHOLE.entry(
        Fact.GRAALVM_COMPATIBILITY_GAINED,
        "The package declares that it works in native images.",
        "compatibility with GraalVM is gained",
        patch("Nobody breaks: nobody relied on its absence."),
        (_NATIVE_UNCHECKED, _NATIVE),
    ),
    _WHOLE.entry(
        Fact.NATIVE_BINDING_CHANGED,
        "A native library, or the binding of a function to one, changed.",
        "native code is changed[ from '$old' to '$new']",
        patch("Nobody breaks by what is declared: behaviour only. Native code is not compared."),
        (_NATIVE, _NATIVE.replace("store.jar", "store-2.jar")),
    ),
    _WHOLE.entry(
        Fact.GRAALVM_COMPATIBILITY_LOST,
        "The package no longer declares that it works in native images.",
        "compatibility with GraalVM is lost",
        tolerated("Clients compile unchanged; only their native image builds warn or fail."),
        (_NATIVE, _NATIVE_UNCHECKED),
        RELEASE_NOTES,
    ),
)
