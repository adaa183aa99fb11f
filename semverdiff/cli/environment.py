"""What a command takes from around it: variables of the process, and packages that lie on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.packages import Dependency, Package, Unavailable

__all__ = ["find_here", "registry_variables"]

# Besides what starts with BALLERINA_ or SEMVERDIFF_: how other programs reach the network.
_NETWORK_VARIABLES = frozenset(
    {"HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"}
)


def registry_variables() -> dict[str, str]:
    """Return the variables of this process that say how registries are reached, and options of commands."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("BALLERINA_", "SEMVERDIFF_")) or name.upper() in _NETWORK_VARIABLES
    }


def find_here(dependency: Dependency) -> Package | Unavailable:
    """Return a package from this machine, or why it cannot be had; nobody is asked."""
    from semverdiff import config, pipeline  # noqa: PLC0415 (only where a type of another package is met)

    settings = config.Settings(Path(), environment=registry_variables())
    return pipeline.local_packages(settings)(dependency)
