"""Texts in messages stay on one line, short and printable, whatever they come from."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.text import (
    UNSAFE,
    escape,
    is_secret,
    nearest,
    plural,
    quote,
    quote_all,
    quote_line,
    suggest,
    without_secrets,
)

NASTY = st.text(st.characters() | st.sampled_from("\n\r\t\x1b\u202e\u2028'…"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("shop", "'shop'"),
        ("", "''"),
        ("a\x1b[2Jb\nc", "'a?[2Jb?c'"),
        ("x" * 60, f"'{'x' * 60}'"),
        ("x" * 61, f"'{'x' * 60}...'"),
    ],
)
def test_a_name_is_quoted(name: str, shown: str) -> None:
    assert quote(name) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("package not found", "'package not found'"),
        ("  two\r\n\tlines ", "'two lines'"),
        ("a\x1bb", "'a b'"),
        ("x" * 200, f"'{'x' * 200}'"),
        ("x" * 201, f"'{'x' * 200}...'"),
        (" " * 400 + "x", "''"),
    ],
)
def test_a_text_of_a_server_is_quoted_on_one_line(text: str, shown: str) -> None:
    assert quote_line(text) == shown


@given(NASTY)
def test_what_is_quoted_is_printable_and_short(text: str) -> None:
    for shown, longest in ((quote(text), 65), (quote_line(text), 205)):
        assert shown.isprintable()
        assert len(shown) <= longest


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        ((), ""),
        (("a",), "'a'"),
        (("a", "b", "c", "d", "e"), "'a', 'b', 'c', 'd', 'e'"),
        (("a", "b", "c", "d", "e", "f", "g"), "'a', 'b', 'c', 'd', 'e' and 2 more"),
    ],
)
def test_of_many_texts_the_first_are_listed(texts: tuple[str, ...], shown: str) -> None:
    assert quote_all(texts) == shown


def test_a_text_with_an_unsafe_character_is_never_printable() -> None:
    every_character = "".join(map(chr, range(sys.maxunicode + 1)))
    assert [unsafe for unsafe in re.findall(UNSAFE, every_character) if unsafe.isprintable()] == []


def test_unsafe_characters_are_written_as_ballerina_escapes_them() -> None:
    assert escape("é\x1b\u202e…'") == "é\\u{1B}\\u{202E}…'"


@pytest.mark.parametrize(("count", "shown"), [(0, "0 findings"), (1, "1 finding"), (2, "2 findings")])
def test_a_number_has_its_noun(count: int, shown: str) -> None:
    assert plural(count, "finding") == shown


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("ofline", " (did you mean 'offline'?)"),
        ("OFFLINE", " (did you mean 'offline'?)"),
        ("orders", " (did you mean 'Orders'?)"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_the_nearest_word_is_suggested(word: str, meant: str) -> None:
    assert suggest(word, ("offline", "refresh", "Orders")) == meant


def test_the_likeliest_word_comes_first() -> None:
    assert nearest("function-remove", ("function-renamed", "function-removed"), 2) == [
        "function-removed",
        "function-renamed",
    ]


def test_a_word_without_end_is_compared_by_its_beginning() -> None:
    assert nearest("offline" * 1_000_000, ("offline" * 12,)) == ["offline" * 12]


# Secrets.


@pytest.mark.parametrize(
    "key",
    [
        *("password", "dbPassword", "PASSWD", "passphrase", "'pass phrase'", "pwd", "client_secret"),
        *(
            "token",
            "accessToken",
            "accesstoken",
            "X-Auth-Token",
            "credentials",
            "API_KEY",
            "api-key",
            "apiKey",
        ),
        *("aws.secretAccessKey", "privateKeyPath", "auth", "AUTHORIZATION", "connection-string", "sessionId"),
    ],
)
def test_a_key_is_secret_by_what_it_means(key: str) -> None:
    assert is_secret(key)


@pytest.mark.parametrize(
    "key", ["authors", "keywords", "name", "bypass", "author", "version", "key", "license", "platform", ""]
)
def test_other_keys_are_no_secrets(key: str) -> None:
    assert not is_secret(key)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('password = "x"', "password = ***"),
        ('{ "id": 1, "accessToken": "x", "b": 2 }', '{ "id": 1, "accessToken": ***'),
        ("a.'api key'='x'", "a.'api key'= ***"),
        ('url = "https://me:x@example.com/a@b"', 'url = "https://***@example.com/a@b"'),
        ('name = "token"', 'name = "token"'),
        ("string token;", "string token;"),
        ("", ""),
    ],
)
def test_a_line_is_shown_up_to_its_first_secret(line: str, shown: str) -> None:
    assert without_secrets(line) == shown
