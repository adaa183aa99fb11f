"""The shards that a shard is built with, in two versions of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.changes import DependencyVersions, Excerpt, Step
from semverdiff.vein.difference import Condition, Fact, Subject, VeinDifference
from semverdiff.vein.versions import NUGET
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Final

    from semverdiff.vein.module import Module, ModuleType
    from semverdiff.vein.shard import ShardDependency

__all__ = ["compare_dependencies", "shards_met"]

_SYMBOL: Final = "(package)"
_MAY_BE_MET: Final = "which shard a type of the API comes from is not known of sources"


def compare_dependencies(
    old: tuple[str, Iterable[ShardDependency]],
    new: tuple[str, Iterable[ShardDependency]],
    met: frozenset[str] | None,
) -> tuple[VeinDifference, ...]:
    """Return the dependencies that came, went, or have another version, sorted by name.

    Each side is the file that lists them and what it lists. `met` are the shards whose types stand in the
    API, in lower case, `None` where that is not known: then any of them may.
    """
    before, after = ({one.name.lower(): one for one in side[1]} for side in (old, new))
    found = []
    for key in sorted({*before, *after}):
        mine, other = before.get(key), after.get(key)
        if mine is not None and other is not None and _is_same(mine.version, other.version):
            continue
        is_broken = mine is not None and other is not None and _is_major(mine.version, other.version)
        may_be_met = met is None or key in met
        found.append(
            VeinDifference(
                Subject.PACKAGE,
                Fact.DEPENDENCY_CHANGED,
                _SYMBOL,
                "",
                (Step("dependency", (mine or other or after[key]).name),),
                _excerpt(mine, old[0]),
                _excerpt(other, new[0]),
                _written(mine),
                _written(other),
                frozenset({Condition.BREAKS_WHAT_IS_MET} if is_broken and may_be_met else ()),
                assumed=_MAY_BE_MET if is_broken and met is None else None,
                dependency=DependencyVersions(
                    (mine or other or after[key]).name,
                    None if mine is None else mine.version,
                    None if other is None else other.version,
                ),
            )
        )
    return tuple(found)


def shards_met(module: Module) -> frozenset[str]:
    """Return the names of the modules whose types a module mentions in its declarations, in lower case."""
    types: set[ModuleType] = set()
    for one in module.classes:
        types.update(one.bases)
        types.update(field.type for field in one.fields)
        for method in one.methods:
            types.add(method.signature.returned)
            types.update(parameter.type for parameter in method.signature.parameters)
    return frozenset(one.module.lower() for one in types if one.module)


def _written(one: ShardDependency | None) -> str:
    return "nothing of it" if one is None else f"{one.name} {one.version}"


def _excerpt(one: ShardDependency | None, file: str) -> Excerpt | None:
    return None if one is None else Excerpt(f"{one.name}@{one.version}", file, None, None)


def _is_same(old: str, new: str) -> bool:
    try:
        return NUGET.parse(old) == NUGET.parse(new)
    except ValueError:
        return old == new


def _is_major(old: str, new: str) -> bool:
    """Return whether the major version is another one; of what is no version anything may be."""
    try:
        return NUGET.step(NUGET.parse(old), NUGET.parse(new)) is Level.MAJOR
    except ValueError:
        return True
