"""What a command makes of its settled settings: where reports go, and what registries are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from semverdiff.cli.destinations import Destination, DestinationType
from semverdiff.cli.shared_options import checked_once
from semverdiff.errors import SemverdiffError
from semverdiff.reports import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.config import Options, Settings

__all__ = ["ASKING", "asks_central", "destinations_of", "destinations_of_failure", "registry_environment"]

# Besides what starts with BALLERINA_ or SEMVERDIFF_: how other programs are told to reach the network.
_NETWORK_VARIABLES = frozenset(
    {"HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"}
)
_TEXT = (Destination("text"),)


ASKING = "checking for the latest compatible release version available in central..."


def asks_central(settings: Settings | SemverdiffError) -> bool:
    """Return whether a run will ask which versions are published; of what could not be settled nothing is."""
    return (
        not isinstance(settings, SemverdiffError)
        and not settings.offline
        and settings.baseline in {"auto", "central"}
    )


def destinations_of(settings: Settings, context: click.Context) -> tuple[Destination, ...]:
    """Return where reports go, or complain about what cannot be written."""
    reader = DestinationType(FORMATS)
    try:
        return checked_once(tuple(reader.convert(one, None, context) for one in settings.formats))
    except click.BadParameter as error:
        raise click.UsageError(
            f"Invalid format in SEMVERDIFF_FORMAT or Semver.toml: {error.message}", context
        ) from error


def destinations_of_failure(flags: Options, environment: Mapping[str, str]) -> tuple[Destination, ...]:
    """Return where the report goes that settings are wrong: as far as these can be relied on."""
    wanted = flags.formats or tuple(environment.get("SEMVERDIFF_FORMAT", "").split())
    reader = DestinationType(FORMATS)
    try:
        return tuple(reader.convert(one, None, None) for one in wanted) or _TEXT
    except click.BadParameter:
        return _TEXT


def registry_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Choose the variables that say how registries are reached; the others are nobody's business."""
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(("BALLERINA_", "SEMVERDIFF_")) or name.upper() in _NETWORK_VARIABLES
    }
