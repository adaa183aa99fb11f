"""Packages that were raised: what changed in those of their types that clients meet in this API.

A type of another package that both versions name is the same name, and is compared at its own: by the same
rules, in the positions in which clients meet it here. What is not met makes no difference, and packages whose
types are not met, or that are the same in both builds, are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.api import Surface, connect, met_elsewhere
from semverdiff.compare.context import Context
from semverdiff.compare.declarations import declaration_differences, declaration_place
from semverdiff.compare.facts import Fact
from semverdiff.compare.matching import Match, Mentions, follow_meanings
from semverdiff.packages import imports_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.api import Met, Origin
    from semverdiff.compare.difference import Difference, Excerpt

    _Types = Mapping[Origin, Met]

__all__ = ["raised_differences"]

_Names = tuple[str, str]


def raised_differences(context: Context) -> Iterator[Difference]:
    """Yield what changed in types of other packages that clients of the old version meet in both versions.

    A type that one version alone names makes a difference where it is named.
    """
    for names, met in _raised(context).items():
        old, new = context.package_of(context.old, names), context.package_of(context.new, names)
        if old is None or new is None:
            continue
        before, after = Surface(old.package, old.outlines), Surface(new.package, new.outlines)
        if old.world is not None and new.world is not None:
            connect(before, after, old.world.find, new.world.find)
        inner = Context(before, after, met={name: one.position for name, one in met.items()})
        for match in _changed(inner, met):
            place = declaration_place(inner, match)
            if place is not None:
                for difference in declaration_differences(place):
                    if not _is_new(difference):
                        yield _as_met(context, names, met[match.name], difference)


def _is_new(difference: Difference) -> bool:
    """Return whether clients can only now name a type: whoever met it before could do without."""
    return difference.fact is Fact.ADDED and len(difference.trail) == 1


def _raised(context: Context) -> dict[_Names, _Types]:
    """Return the types that clients meet of packages that have other versions in both builds.

    They are keyed by the names of the package, then by module and name in it.
    """
    found: dict[_Names, dict[Origin, Met]] = {}
    if context.has_raises and _imports_others(context):
        for one in met_elsewhere(context.old, context.is_raised).values():
            if not one.named:
                continue
            package = one.surface.package
            types = found.setdefault((package.organization, package.name), {})
            types[one.module, one.key] = one
    return {names: types for names, types in found.items() if _is_raised(context, names)}


def _is_raised(context: Context, names: _Names) -> bool:
    return context.package_of(context.old, names) is not context.package_of(context.new, names)


def _imports_others(context: Context) -> bool:
    """Return whether a source imports another package: one that was raised, or that may lead to one."""
    return any(
        context.may_be_raised("/".join(one))
        for module in context.old.modules.values()
        for file in module.files
        for one in imports_of(file.content)
    )


def _changed(inner: Context, met: _Types) -> list[Match]:
    """Return the declarations among these that may differ: their texts do, or what these lead to."""
    changed: dict[Origin, Match] = {}
    for name in met:
        old, new = inner.old.locate(*name), inner.new.locate(*name)
        if old is None or new is None or old.item.content != new.item.content:
            changed[name] = Match(*name, old, new)
    if changed:
        follow_meanings(inner, Mentions(inner), changed)
    return [changed[name] for name in sorted(changed) if name in met]


def _as_met(context: Context, names: _Names, met: Met, difference: Difference) -> Difference:
    """Return a difference inside of another package as clients of this API meet it.

    They write its symbol with a prefix, and the place is that of the first declaration which leads there.
    """
    module, key = met.through
    prefix = met.module.rpartition(".")[2]
    package = replace(context.dependency(names), met_in=key.removeprefix("@"))
    guessed = f"no lock says with which version of {package.package} both were built"
    return replace(
        difference,
        symbol=f"{prefix}:{difference.symbol}",
        module=module,
        old=_here(context.old, met, difference.old),
        new=_here(context.new, met, difference.new),
        dependency=package,
        undecided=difference.undecided or (guessed if context.is_guessed(package) else None),
    )


def _here(side: Surface, met: Met, excerpt: Excerpt | None) -> Excerpt | None:
    """Return an excerpt at the place of the declaration that leads there."""
    located = side.locate(*met.through)
    if excerpt is None or located is None:
        return excerpt
    return replace(excerpt, file=located.file, line=located.item.line, column=located.item.column + 1)
