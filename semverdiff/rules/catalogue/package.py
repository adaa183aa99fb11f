"""Facts about symbols whatever their kind, modules and the package (compatibility contract, 2.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.rules.model import Certainty
from semverdiff.rules.tables import always, fact, major, minor, on, otherwise, patch, tolerated, when

if TYPE_CHECKING:
    from semverdiff.rules.entries import Effect, Fact

__all__ = ["FACTS"]

_OTHER_TYPES = "Clients that hand types of the dependency to the API use another major version of them."


def _symbol(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always("symbol", effect))


def _module(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always("module", effect))


def _package(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always("package", effect))


_SYMBOLS = (
    _symbol(
        "kind-changed",
        "A name stands for another kind of thing: function, constant, class, type and so on.",
        "kind of '$symbol' is changed[ from '$old' to '$new']",
        major("Clients that use it as the old kind are refused."),
    ),
    _symbol(
        "moved-to-other-module",
        "A symbol moved to another module of the package.",
        "[$kind ]'$symbol' is moved[ from module '$old' to module '$new']",
        major("Clients that use it with the prefix of the old module find it unknown."),
    ),
    _symbol(
        "deprecation-added",
        "`@deprecated` was added.",
        "[$kind ]'$symbol' is deprecated",
        minor("Nobody breaks: clients get a warning."),
    ),
    _symbol(
        "deprecation-removed",
        "`@deprecated` was removed.",
        "[$kind ]'$symbol' is no longer deprecated",
        patch("Nobody breaks: clients get one warning less."),
    ),
    fact(
        "changed",
        "Documentation changed.",
        "documentation of[ $kind] '$symbol' is modified",
        always("documentation", patch("Nobody breaks: documentation is not code.")),
    ),
)

_MODULES = (
    _module(
        "added",
        "A module was added to the exported modules.",
        "module '$name' is added",
        minor("Nobody breaks: no client imports it yet."),
    ),
    _module(
        "removed",
        "A module was removed or is no longer exported.",
        "module '$name' is removed",
        major("Clients that import the module find none."),
    ),
    _module(
        "renamed",
        "An exported module was renamed.",
        "module '$name' is renamed[ to '$new']",
        major("Clients that import the module by its old name find none."),
    ),
    _module(
        "init-changed",
        "The init function of a module was added, removed or changed.",
        "'init' function of module '$name' is $verb",
        patch("Nobody breaks: what a module does when it starts is behaviour."),
    ),
)

_PACKAGES = (
    _package(
        "identity-changed",
        "The organisation or the name of the package changed.",
        "identity of the package is changed[ from '$old' to '$new']",
        major("Clients that import the package find none of that name."),
    ),
    _package(
        "export-rule-switched",
        "`readme`, Package.md or the listed modules changed which rule decides the exported modules.",
        "rule that decides the exported modules is changed[ from '$old' to '$new']",
        patch(
            "Nobody breaks by the rule alone: modules that are no longer exported are findings of their own."
        ),
    ),
    _package(
        "distribution-raised",
        "The minimum distribution is a later update release.",
        "minimum distribution is raised[ from '$old' to '$new']",
        minor("Clients compile unchanged once their distribution is updated."),
    ),
    _package(
        "distribution-patch-raised",
        "The minimum distribution is a later patch of the same update release.",
        "minimum distribution is raised to a later patch[: from '$old' to '$new']",
        patch("Nobody breaks: the update release is the same."),
    ),
    _package(
        "distribution-lowered",
        "The minimum distribution is an earlier one.",
        "minimum distribution is lowered[ from '$old' to '$new']",
        patch("Nobody breaks: every distribution that worked still does."),
    ),
    replace(
        fact(
            "dependency-major-changed",
            "A dependency has an incompatible version.",
            "dependency[ '$name'] has an incompatible version[: '$new' instead of '$old']",
            on(
                "package",
                when(
                    "no type of the dependency is in the API",
                    then=tolerated(
                        "Only clients that use the old major version of the dependency cannot resolve both."
                    ),
                ),
                otherwise(major(_OTHER_TYPES)),
            ),
        ),
        undecidable=Certainty.UNDECIDED,
    ),
    fact(
        "dependency-minimum-raised",
        "The minimum version of a dependency was raised within the major version.",
        "minimum version of dependency[ '$name'] is raised[ from '$old' to '$new']",
        on(
            "package",
            when("patch level only", then=patch("Nobody breaks: clients resolve the later patch.")),
            otherwise(minor("Nobody breaks: clients resolve the later version.")),
        ),
    ),
    _package(
        "dependency-added",
        "A dependency was added.",
        "dependency[ '$name'] is added",
        patch("Nobody breaks: it is resolved with the package."),
    ),
    _package(
        "dependency-removed",
        "A dependency was removed.",
        "dependency[ '$name'] is removed",
        patch("Nobody breaks: clients import what they use themselves."),
    ),
    _package(
        "metadata-changed",
        "Description, keywords, authors, licence, icon or repository changed.",
        "metadata of the package[ ('$name')] is modified",
        patch("Nobody breaks: metadata is not code."),
    ),
    _package(
        "visibility-made-private",
        "The package became private.",
        "visibility of the package is changed to 'private'",
        major("Clients of other organisations cannot resolve the package."),
    ),
    _package(
        "visibility-made-public",
        "The package became public.",
        "visibility of the package is changed to 'public'",
        minor("Nobody breaks: more clients can resolve the package."),
    ),
    fact(
        "platform-changed",
        "The platform of the archive changed.",
        "platform of the archive is changed[ from '$old' to '$new']",
        on(
            "package",
            when(
                "the new platform is any", then=patch("Nobody breaks: the archive works on every platform.")
            ),
            otherwise(
                tolerated("Clients compile unchanged; only builds for a target without the platform fail.")
            ),
        ),
    ),
    _package(
        "graalvm-compatibility-gained",
        "The package declares that it works in native images.",
        "compatibility with GraalVM is gained",
        patch("Nobody breaks: nobody relied on its absence."),
    ),
    _package(
        "graalvm-compatibility-lost",
        "The package no longer declares that it works in native images.",
        "compatibility with GraalVM is lost",
        tolerated("Clients compile unchanged; only their native image builds warn or fail."),
    ),
)

FACTS = _SYMBOLS + _MODULES + _PACKAGES
