"""Which of the packages that are checked together depend on each other, in sentences for their reports."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (the types of fields)
from typing import TYPE_CHECKING

import msgspec

from semverdiff.packages import Package, imported_modules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Owners", "notes_on_dependencies", "owners_among"]


class Owners(msgspec.Struct, frozen=True):
    """The packages that are checked by organization and name, and by organization and module.

    Dots alone do not say where in the name of a module that of its package ends.
    """

    by_name: Mapping[tuple[str, str], Package]
    by_module: Mapping[tuple[str, str], Package]


def owners_among(packages: Sequence[Package]) -> Owners:
    """Return some packages by what dependencies and imports call them."""
    return Owners(
        {(one.organization, one.name): one for one in packages},
        {(one.organization, module.name): one for one in packages for module in one.modules},
    )


def notes_on_dependencies(package: Package, owners: Owners) -> Iterator[str]:
    """Yield a sentence for each of the packages that one depends on, by its manifest or by an import."""
    declared = ((one.organization, one.name) for one in package.manifest.dependencies)
    found = (
        *map(owners.by_name.get, declared),
        *map(owners.by_module.get, imported_modules(package.modules)),
    )
    others = (one for one in found if one is not None and one.identity.package != package.identity.package)
    for name in sorted({f"{one.identity.package} {one.version}" for one in others}):
        yield f"It depends on {name}, which is checked as well."
