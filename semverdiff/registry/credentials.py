"""Credentials and proxy in `Settings.toml` of the user's home of Ballerina; a broken file is a note."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import limits, packages
from semverdiff.config import key_places
from semverdiff.registry.environment import Proxy, is_usable_token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from semverdiff.registry.environment import Environment, Timeouts

__all__ = ["SETTINGS", "read_settings", "with_credentials"]

SETTINGS = "Settings.toml"
_LARGEST = 65535  # the last port; as seconds, most of a day


def with_credentials(environment: Environment) -> Environment:
    """Return the environment with the token, time-outs and proxy of Settings.toml.

    The environment's token goes before the file's, the file's proxy before the environment's.
    """
    environment = _with_usable_certificates(environment)
    try:
        text, tables = read_settings(environment.home)
    except ValueError as error:
        return _without_file(environment, str(error))
    reader = _Reader(text, tables)
    token, token_lost = _token(reader)
    proxy = _proxy(reader)
    timeouts = _timeouts(reader, environment.timeouts)
    notes = list(reader.notes)
    if proxy is not None and environment.proxy is not None:
        notes.append(f"the proxy of {SETTINGS} is used; {environment.proxy.origin} is ignored")
    return replace(
        environment,
        token=environment.token or token,
        token_lost=None if environment.token else token_lost,
        proxy=proxy or environment.proxy,
        timeouts=timeouts,
        notes=(*environment.notes, *notes),
    )


def read_settings(home: Path) -> tuple[str, Mapping[str, object]]:
    """Return the text of Settings.toml and what it means, nothing where there is none.

    Raises:
        ValueError: it cannot be read; the text says why.

    """
    try:
        content = packages.read_file(home / SETTINGS, limits.SETTINGS_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return "", {}
    except OSError as error:
        raise ValueError(f"{SETTINGS} cannot be read ({error.strerror})") from error
    try:
        text = content.decode()
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{SETTINGS}, line {line}: not UTF-8 text") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(f"{SETTINGS} is not valid TOML: {error}") from error


def _without_file(environment: Environment, why: str) -> Environment:
    return replace(
        environment,
        # The file may have held the token without which a private package looks as if it did not exist.
        token_lost=None if environment.token else why,
        notes=(*environment.notes, f"{why}; continued without it"),
    )


def _with_usable_certificates(environment: Environment) -> Environment:
    """Return the environment without certificates that are not PEM: bal also takes Java key stores."""
    path = environment.certificates
    if path is None:
        return environment
    try:
        usable = b"-----BEGIN " in packages.read_file(path)
    except OSError:
        usable = False
    if usable:
        return environment
    note = (
        "the file of trusted certificates (BALLERINA_CA_BUNDLE, BALLERINA_CA_CERT, SSL_CERT_FILE or "
        "REQUESTS_CA_BUNDLE) is missing or not in PEM format; continued with the usual authorities"
    )
    return replace(environment, certificates=None, notes=(*environment.notes, note))


def _token(reader: _Reader) -> tuple[str | None, str | None]:
    """Return the token, or why there may be one that cannot be used."""
    complaints = len(reader.notes)
    token = reader.text("central", "accesstoken")
    if token is not None and not is_usable_token(token):
        reader.complain("central", "accesstoken", "one word of ASCII characters")
        token = None
    return token, reader.notes[-1] if len(reader.notes) > complaints else None


def _proxy(reader: _Reader) -> Proxy | None:
    host, port = reader.text("proxy", "host"), reader.number("proxy", "port")
    if host is None or port is None:
        return None
    username, password = reader.text("proxy", "username"), reader.text("proxy", "password")
    both = username is not None and password is not None
    return Proxy(
        origin=f"[proxy] of {SETTINGS}",
        address=f"http://{host}:{port}",
        username=username if both else None,
        password=password if both else None,
    )


def _timeouts(reader: _Reader, given: Timeouts) -> Timeouts:
    retries = reader.number("central", "maxRetries")
    return replace(
        given,
        connect=reader.number("central", "connectTimeout") or given.connect,
        read=reader.number("central", "readTimeout") or given.read,
        write=reader.number("central", "writeTimeout") or given.write,
        total=reader.number("central", "callTimeout") or given.total,
        retries=min(retries, limits.RETRIES) if retries is not None else given.retries,
    )


class _Reader:
    """Takes typed values out of the parsed file and collects a note for each that has the wrong type."""

    def __init__(self, text: str, tables: Mapping[str, object]) -> None:
        self._text = text
        self._tables = tables
        self.notes: list[str] = []

    def text(self, table: str, key: str) -> str | None:
        """Return a text; the empty one and absence are `None`."""
        value = self._value(table, key)
        if value is None or isinstance(value, str):
            return value or None
        self.complain(table, key, "a text in quotes")
        return None

    def number(self, table: str, key: str) -> int | None:
        """Return a whole number above 0; 0 and absence are `None`, bal's words for the default."""
        match self._value(table, key):
            case None:
                return None
            case int(value) if type(value) is int and 0 <= value <= _LARGEST:
                return value or None
        self.complain(table, key, f"a whole number from 0 to {_LARGEST}")
        return None

    def complain(self, table: str, key: str, expected: str) -> None:
        """Note a wrong value. The value is not shown: it may be the token."""
        found = key_places(self._text).find((table, key))
        place = f"{SETTINGS}, line {found[0]}" if found is not None else SETTINGS
        self.notes.append(f"{place}: [{table}] {key} should be {expected}; continued without it")

    def _value(self, table: str, key: str) -> object:
        entries = self._tables.get(table)
        return entries.get(key) if isinstance(entries, dict) else None
