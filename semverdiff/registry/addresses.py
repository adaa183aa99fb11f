"""Addresses: which ones may be asked, and what of them may stand in a message."""

from __future__ import annotations

from urllib.parse import urlsplit

from semverdiff.errors import UsageError

__all__ = ["checked_registry", "host_of", "is_loopback", "is_safe", "origin_of"]


def checked_registry(address: str, variable: str, example: str, secret: str = "") -> str:
    """Return the address of a registry that a variable holds, without a slash at its end.

    `secret` is the variable for the token of that registry, if it has one.

    Raises:
        UsageError: it is no address, says more than an address, or would send a token in plain text.

    """
    expected = f"{variable} should be an address such as {example}"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise UsageError(f"{expected}, but it cannot be read as an address") from None
    if parts.scheme not in {"http", "https"} or not host or not address.isascii():
        raise UsageError(f"{expected}, but it has no 'https://' or no host")
    if parts.username is not None or parts.query or parts.fragment:
        remedy = f"; a token goes into {secret}" if secret else ""
        raise UsageError(f"{expected}, without user name, '?' and '#'{remedy}")
    if parts.scheme == "http" and not is_loopback(host):
        raise UsageError(f"{expected}: plain http is accepted for this machine only, not for '{host}'")
    return address.rstrip("/")


def is_safe(address: str, *, plain_loopback: bool) -> bool:
    """Return whether an address is https, or where that is allowed plain http on this machine."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    plain = parts.scheme == "http" and plain_loopback and is_loopback(host)
    return bool(host) and (parts.scheme == "https" or plain)


def is_loopback(host: str | None) -> bool:
    """Return whether a host name means this machine."""
    return host in {"localhost", "::1"} or (host or "").startswith("127.")


def host_of(address: str) -> str:
    """Return the host of an address for messages; the rest of it may be secret."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2] or "an address without host"
    except ValueError:
        return "a malformed address"


def origin_of(address: str) -> tuple[str, str | None, int | None]:
    """Return what secrets are bound to: scheme, host and port of a well-formed address."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port
