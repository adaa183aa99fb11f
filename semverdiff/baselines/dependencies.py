"""The package that another one depends on, so that the types that come from there can be resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.baselines.model import wanted_version
from semverdiff.errors import ArchiveError, BaselineError, NetworkError, SourceError
from semverdiff.registry.identity import identity_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.baselines.model import Wanted
    from semverdiff.packages import Package
    from semverdiff.registry.environment import Environment

__all__ = ["find_dependency"]


def find_dependency(  # noqa: PLR0913 (a dependency has three names)
    organization: str,
    name: str,
    version: str | None,
    environment: Environment,
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
    return _on_this_machine(wanted, environment) or (
        _on_central(wanted, environment) if fetch and not environment.offline else None
    )


def _wanted(organization: str, name: str, version: str | None) -> Wanted | None:
    """Say what is looked for; the names come from manifests, which may hold anything."""
    identity = identity_from(f"{organization}/{name}")
    try:
        return wanted_version(identity, version) if identity is not None else None
    except ValueError:
        return None


def _on_this_machine(wanted: Wanted, environment: Environment) -> Package | None:
    from semverdiff.baselines.offline import cached_baseline  # noqa: PLC0415 (slow, as the file says)

    try:
        return cached_baseline(wanted, environment).package
    except BaselineError:
        return None


def _on_central(wanted: Wanted, environment: Environment) -> Package | None:
    from semverdiff.baselines.online import ask_central  # noqa: PLC0415 (slow: only for the network)

    try:
        return ask_central(wanted, environment, private=False).package
    except NetworkError:
        raise
    except (BaselineError, ArchiveError, SourceError):
        return None
