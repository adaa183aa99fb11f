"""What a command takes from around it: variables of the process, and packages that lie on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff import ballerina, config

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.packages import Dependency, Package, Unavailable

__all__ = ["find_here", "registry_variables", "source_url_of"]

# Besides what starts with BALLERINA_ or SEMVERDIFF_: how other programs reach the network.
_NETWORK_VARIABLES = frozenset(
    {"HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"}
)


# Where the caches of a user lie.
_FOLDER_VARIABLES = frozenset({"ANDROID_DATA", "HOME", "XDG_CACHE_HOME"})


def registry_variables() -> dict[str, str]:
    """Return the variables of this process that say how registries are reached, and options of commands."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("BALLERINA_", "SEMVERDIFF_"))
        or name.upper() in _NETWORK_VARIABLES
        or name in _FOLDER_VARIABLES
    }


def source_url_of(variables: Mapping[str, str]) -> str:
    """Return the address of a line at the commit that a CI system builds, empty outside of one.

    It has `{path}` and `{line}` in it, as `--source-url` has. GitHub names a change set's merge with its
    branch, which it shows as long as it keeps that.
    """
    given = variables.get
    server, repository, commit = (given(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    if server and repository and commit:
        # Services that run the same workflows have other addresses.
        folder = "src/commit" if given("GITEA_ACTIONS") or given("FORGEJO_ACTIONS") else "blob"
        return f"{server}/{repository}/{folder}/{commit}/{{path}}#L{{line}}"
    project, commit = given("CI_PROJECT_URL"), given("CI_COMMIT_SHA")
    if project and commit:
        return f"{project}/-/blob/{commit}/{{path}}#L{{line}}"
    return ""


def find_here(dependency: Dependency) -> Package | Unavailable:
    """Return a package from this machine, or why it cannot be had; nobody is asked."""
    settings = config.Settings(Path(), environment=registry_variables())
    return ballerina.local_packages(settings)(dependency)
