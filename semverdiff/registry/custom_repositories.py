"""The custom repositories of `Settings.toml`: `[[repository.maven]]`, by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.errors import UsageError
from semverdiff.registry.credentials import SETTINGS, read_settings
from semverdiff.registry.redirects import is_safe_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.registry.environment import Environment

__all__ = ["CustomRepository", "custom_repository"]

_KEYS = ("url", "username", "accesstoken")


class CustomRepository(msgspec.Struct, frozen=True):
    """Where a repository is, and who we are there."""

    identifier: str
    url: str
    username: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return f"CustomRepository({self.identifier!r})"


def custom_repository(environment: Environment, identifier: str) -> CustomRepository:
    """Find the repository with an id.

    Raises:
        UsageError: Settings.toml cannot be read, has no such repository, or does not describe it properly.

    """
    try:
        _, tables = read_settings(environment.home)
    except ValueError as error:
        raise UsageError(f"the repository '{identifier}' cannot be looked up: {error}; correct it") from error
    known = {str(entry.get("id")): entry for entry in _entries(tables)}
    if identifier not in known:
        there = ", ".join(f"'{one}'" for one in sorted(known)) or "none"
        raise UsageError(
            f"{SETTINGS} describes no repository '{identifier}': expected a [[repository.maven]] with that "
            f"id, found {there}"
        )
    values = [known[identifier].get(key, "") for key in _KEYS]
    if not all(isinstance(value, str) for value in values):
        raise UsageError(
            f"the repository '{identifier}' in {SETTINGS} is not described properly: expected texts for "
            f"{', '.join(_KEYS)}"
        )
    url, username, token = map(str, values)
    if not url.isascii() or "@" in url or "?" in url or not is_safe_address(url, plain_loopback=True):
        raise UsageError(
            f"the 'url' of the repository '{identifier}' in {SETTINGS} should be an address such as "
            "https://nexus.example.com/repository/ballerina, without user name and '?' (those go into "
            "'username' and 'accesstoken'); plain http is accepted for this machine only"
        )
    return CustomRepository(identifier, url.rstrip("/"), username, token)


def _entries(tables: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Return the tables of `[[repository.maven]]`, passing over what is none."""
    repository = tables.get("repository")
    entries = repository.get("maven") if isinstance(repository, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield entry
