"""The registry's JSON and its refusals: typed values out, or a `NetworkError` that says what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.errors import NetworkError
from semverdiff.registry.http import WITHOUT_NETWORK
from semverdiff.text import quote_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.registry.http import Answer

__all__ = ["flag_in", "message_of", "object_of", "refusal", "text_in", "texts_of", "unexpected"]


def texts_of(answer: Answer, source: str) -> tuple[str, ...]:
    """Read a list of texts."""
    value = _json_of(answer, source)
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise unexpected(source, "a list of versions", "other JSON")
    return tuple(value)


def object_of(answer: Answer, source: str) -> dict[str, object]:
    """Read an object."""
    value = _json_of(answer, source)
    if not isinstance(value, dict):
        raise unexpected(source, "an object that describes a package", "other JSON")
    return value


def text_in(values: Mapping[str, object], key: str, source: str) -> str | None:
    """Take a text out of an object; absent, `null` and empty are `None`."""
    value = values.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise unexpected(source, f"a text for '{key}'", "other JSON")


def flag_in(values: Mapping[str, object], key: str, source: str) -> bool:
    """Take a truth value out of an object; absent and `null` are false."""
    value = values.get(key)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise unexpected(source, f"true or false for '{key}'", "other JSON")


def message_of(answer: Answer) -> str | None:
    """Return the `message` of the registry's own errors, `None` for the pages of proxies."""
    try:
        value = _json_of(answer, "")
    except NetworkError:
        return None
    # The gateway's errors have a `code` beside the message and say nothing about packages.
    if not isinstance(value, dict) or "code" in value:
        return None
    message = value.get("message")
    return message if isinstance(message, str) else None


def refusal(answer: Answer, source: str, wanted: str, remedy: str, secret: str | None) -> NetworkError:
    """Describe an answer that is an error; the server may echo the `secret`, we do not."""
    message = message_of(answer)
    if message is not None and secret is not None:
        message = message.replace(secret, "***")
    said = f": {quote_line(message)}" if message else ""
    return NetworkError(f"{source} answered {answer.status} when asked for {wanted}{said}; {remedy}")


def unexpected(source: str, expected: str, found: str) -> NetworkError:
    """Describe an answer that is not what the interface of the registry promises."""
    return NetworkError(
        f"{source} should have answered with {expected}, but sent {found}; check that the registry's address "
        f"(SEMVERDIFF_CENTRAL_URL) is right and that no proxy answers in its place; {WITHOUT_NETWORK}"
    )


def _json_of(answer: Answer, source: str) -> object:
    import json  # noqa: PLC0415 (slow: only when the network is asked)

    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kind != "application/json" and not kind.endswith("+json"):
        raise unexpected(source, "JSON", quote_line(kind))
    try:
        value: object = json.loads(answer.body)
    # Deep nesting, numbers of thousands of digits and bytes that are no text are all the same mistake.
    except (ValueError, RecursionError):
        raise unexpected(source, "JSON", "something that cannot be read as JSON") from None
    return value
