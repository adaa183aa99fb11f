"""The package that another one depends on, so that the types that come from there can be resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.baselines.identity import identity_from
from semverdiff.baselines.model import wanted_version
from semverdiff.errors import ArchiveError, BaselineError, NetworkError, SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.baselines.model import Wanted
    from semverdiff.baselines.surroundings import Surroundings
    from semverdiff.packages import Package

__all__ = ["find_dependency"]


def find_dependency(  # noqa: PLR0913 (a dependency has three names)
    organization: str,
    name: str,
    version: str | None,
    surroundings: Surroundings,
    *,
    members: Sequence[Package] = (),
    fetch: bool = False,
) -> Package | None:
    """Return a dependency as `bal` would resolve it, as far as this machine knows it; `None` if it does not.

    `members` of the same workspace go before all else, whatever their version. Then comes what was
    downloaded, by us or by `bal`; without a version the latest that is there. With `fetch`, and not
    offline, Central is asked last. What is damaged counts as absent.

    Raises:
        NetworkError: Central did not answer, so that asking for others would only take as long again.

    """
    member = next((one for one in members if (one.organization, one.name) == (organization, name)), None)
    if member is not None:
        return member
    wanted = _wanted(organization, name, version)
    if wanted is None:
        return None
    return _on_this_machine(wanted, surroundings) or (
        _on_central(wanted, surroundings) if fetch and not surroundings.offline else None
    )


def _wanted(organization: str, name: str, version: str | None) -> Wanted | None:
    """Say what is looked for; the names come from manifests, which may hold anything."""
    identity = identity_from(f"{organization}/{name}")
    try:
        return wanted_version(identity, version) if identity is not None else None
    except ValueError:
        return None


def _on_this_machine(wanted: Wanted, surroundings: Surroundings) -> Package | None:
    from semverdiff.baselines.from_shelves import cached_baseline  # noqa: PLC0415 (slow, as the file says)

    try:
        return cached_baseline(wanted, surroundings).package
    except BaselineError:
        return None


def _on_central(wanted: Wanted, surroundings: Surroundings) -> Package | None:
    from semverdiff.baselines.from_registry import ask_central  # noqa: PLC0415 (slow: only for the network)

    try:
        return ask_central(wanted, surroundings, private=False).package
    except NetworkError:
        raise
    except (BaselineError, ArchiveError, SourceError):
        return None
