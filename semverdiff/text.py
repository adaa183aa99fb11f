"""Texts in messages: quoted, escaped, counted, listed, and the known word that was probably meant.

Names and words come from packages and servers that nobody has to trust, so that a message shows them in
one line, without what a terminal would act upon, and cut where they get long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

__all__ = [
    "MASK",
    "UNSAFE",
    "assigned_keys",
    "count_words",
    "escape",
    "has_more_words",
    "is_secret",
    "nearest",
    "plural",
    "quote",
    "quote_all",
    "quote_line",
    "replace_unsafe",
    "suggest",
    "without_secrets",
]

# Control characters, direction overrides, line and paragraph separators, byte order marks, surrogates.
# Unicode calls none of them printable, and few texts hold any, so that few runs compile the pattern.
UNSAFE = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
"""The pattern of the characters that are not shown as they are."""

_IN_WORDS = bytes(code for code in range(128) if chr(code).isalnum()) + b"_"
_SPACES = b" \t\n\r\f\v"
_LETTERS = bytes(ord("a") if code in _IN_WORDS else ord(" ") for code in range(256))
_LONGEST_NAME = 60
_LONGEST_LINE = 200
_MOST_LISTED = 5


def quote(name: str) -> str:
    """Return a name in quotes, cut where it gets long; what cannot be printed is a question mark."""
    start = name[: _LONGEST_NAME + 1]
    visible = "".join(character if character.isprintable() else "?" for character in start)
    return f"'{visible}'" if len(name) <= _LONGEST_NAME else f"'{visible[:_LONGEST_NAME]}...'"


def quote_line(text: str) -> str:
    """Return the beginning of a text in quotes, on one line; what cannot be printed is a blank."""
    start = text[: 2 * _LONGEST_LINE]
    visible = "".join(character if character.isprintable() else " " for character in start)
    line = " ".join(visible.split())
    return f"'{line[:_LONGEST_LINE]}...'" if len(line) > _LONGEST_LINE else f"'{line}'"


def quote_all(texts: Sequence[str]) -> str:
    """Return texts in quotes with commas between them; of many the first five, and how many more."""
    shown = ", ".join(quote_line(text) for text in texts[:_MOST_LISTED])
    rest = len(texts) - _MOST_LISTED
    return f"{shown} and {rest} more" if rest > 0 else shown


def escape(text: str) -> str:
    r"""Return a text with its unsafe characters written as Ballerina escapes them, `\u{1B}` say."""
    return replace_unsafe(text, lambda character: f"\\u{{{ord(character):X}}}")


def replace_unsafe(text: str, replacement: Callable[[str], str]) -> str:
    """Return a text in which every character that is not shown as it is has its replacement."""
    return text if text.isprintable() else re.sub(UNSAFE, lambda found: replacement(found[0]), text)


# What names hold that are given to secrets: whole words of a name, and parts of one written without blanks.
_SECRET_WORDS = frozenset(
    [
        *("auth", "authorization", "bearer", "cookie", "cred", "creds", "jwt", "oauth"),
        *("otp", "pass", "passwd", "pat", "pin", "psk", "pwd"),
    ]
)
# Compiled with the first error that quotes a line.
_PARTS_OF_KEYS = (
    "password|passphrase|passcode|passwd|pwd|secret|token|credential|authorization|connectionstring|sessionid"
    "|(?:access|account|api|auth|encryption|license|master|private|service|shared|signing|storage)key"
)
_WORD = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+"
# A key before its value, in TOML, JSON and Ballerina: `token =`, `"api-key":`, `central."access token" =`.
_ASSIGNED = r"""(?<![\w.\-"'])((?:[\w.\-]|"[^"\n]*"|'[^'\n]*')+)[ \t]*[=:]"""
_USER_OF_ADDRESS = r"(?<=://)[^\s/@\"']+(?=@)"
MASK = "***"
"""What stands in the place of a secret."""


def is_secret(key: str) -> bool:
    """Return whether a key means that its value is nobody's business: `password`, `accessToken`, `API_KEY`.

    Its meaning counts, not its spelling: the words of a name, however they are joined.
    """
    words = [word.lower() for word in re.findall(_WORD, key)]
    return not _SECRET_WORDS.isdisjoint(words) or re.search(_PARTS_OF_KEYS, "".join(words)) is not None


def assigned_keys(line: str) -> list[str]:
    """Return the keys that stand before `=` or `:` in a line, with their quotes."""
    return [found[1] for found in re.finditer(_ASSIGNED, line)]


def without_secrets(line: str) -> str:
    """Return a line up to the value of the first key that holds a secret; in addresses nobody has a name."""
    line = re.sub(_USER_OF_ADDRESS, MASK, line)
    found = next((one for one in re.finditer(_ASSIGNED, line) if is_secret(one[1])), None)
    return line if found is None else f"{line[: found.end()]} {MASK}"


def plural(count: int, noun: str) -> str:
    """Return a number and what it counts: `1 finding`, `2 findings`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def nearest(word: str, known: Collection[str], count: int = 1) -> list[str]:
    """Return the known words that look most like a word, the likeliest first; case does not count."""
    from difflib import get_close_matches  # noqa: PLC0415 (slow: only for a mistake)

    by_lower_case = {one.lower(): one for one in known}
    close = get_close_matches(word[: limits.SUGGESTION_CHARACTERS].lower(), list(by_lower_case), n=count)
    return [by_lower_case[one] for one in close]


def suggest(word: str, known: Collection[str]) -> str:
    """Return ` (did you mean 'x'?)`, to stand at the end of a sentence, or nothing."""
    close = nearest(word, known)
    return f" (did you mean '{close[0]}'?)" if close else ""


def has_more_words(content: bytes, most: int) -> bool:
    """Return whether a source has more words and signs than that.

    To count what stands between words takes a fifth of counting words, and nearly always tells: before the
    next word there is a sign or a space.
    """
    between = len(content.translate(None, delete=_IN_WORDS))
    if 2 * between < most:
        return False
    signs = len(content.translate(None, delete=_IN_WORDS + _SPACES))
    return signs + between >= most and count_words(content) > most


def count_words(content: bytes) -> int:
    """Return the number of words and signs of a source.

    Those of comments and texts count as well, which costs less than to tell them apart.
    """
    signs = len(content.translate(None, delete=_IN_WORDS + _SPACES))
    # A word begins where a letter follows something else.
    return signs + (b" " + content.translate(_LETTERS)).count(b" a")
