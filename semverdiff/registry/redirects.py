"""Redirects of a registry, followed without handing its secrets to others."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from semverdiff import limits
from semverdiff.errors import NetworkError
from semverdiff.registry.addresses import host_of, is_loopback, is_safe, origin_of
from semverdiff.registry.http import WITHOUT_NETWORK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.registry.downloads import Download
    from semverdiff.registry.http import Response, Transport

__all__ = ["Redirects"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Redirects:
    """Sends requests that start at a registry with the address `base`; `name` is its name in messages."""

    def __init__(self, transport: Transport, base: str, name: str) -> None:
        self._transport = transport
        self._base = base
        self._name = name

    def ask(
        self,
        url: str,
        headers: Mapping[str, str],
        limit: int,
        question: bytes,
        *,
        secret: Mapping[str, str] | None = None,
    ) -> Response:
        """Return the response to a question that is sent along. No redirect is followed with it."""
        self._check_address(url)
        at_home = origin_of(url) == origin_of(self._base)
        sent = {**headers, **secret} if at_home and secret is not None else headers
        return self._transport.ask(url, sent, limit, question)

    def get(
        self,
        url: str,
        headers: Mapping[str, str],
        limit: int,
        *,
        secret: Mapping[str, str] | None = None,
        into: Download | None = None,
    ) -> tuple[Response, ...]:
        """Return the responses on the way from an address; the last one is no redirect.

        The `secret` headers go to the registry only. `into` takes what arrives, as in `Transport.get`.
        """
        steps: list[Response] = []
        self._check_address(url)
        at_home = True
        while True:
            # Once away from the registry, the secrets stay behind, even if a later redirect leads back.
            at_home = at_home and origin_of(url) == origin_of(self._base)
            sent = {**headers, **secret} if at_home and secret is not None else headers
            response = self._transport.get(url, sent, limit, into)
            steps.append(response)
            if response.status not in _REDIRECTS:
                return tuple(steps)
            if len(steps) > limits.REDIRECTS:
                raise NetworkError(
                    f"{host_of(self._base)} redirects in a circle, or more than {limits.REDIRECTS} times; "
                    f"{WITHOUT_NETWORK}"
                )
            location = response.headers.get("location")
            if not location:
                raise NetworkError(f"{host_of(url)} redirects without saying where to; {WITHOUT_NETWORK}")
            url = self._target(url, location)

    def _target(self, url: str, location: str) -> str:
        try:
            target = urljoin(url, location)
        except ValueError:
            target = ""
        self._check_address(target)
        return target

    def _check_address(self, url: str) -> None:
        # A registry on this machine may point to this machine, but no other may.
        local = is_loopback(urlsplit(self._base).hostname)
        if not is_safe(url, plain_loopback=local):
            raise NetworkError(
                f"{self._name} points to {host_of(url)} by an address that is not safe to follow: expected "
                f"https; {WITHOUT_NETWORK}"
            )
