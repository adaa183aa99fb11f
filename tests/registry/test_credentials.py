"""Settings.toml: what it says about Central, and that a broken one never ends the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.registries import RIGHT

from semverdiff.registry import Environment, Proxy, Release, Timeouts
from semverdiff.registry.credentials import with_credentials
from semverdiff.registry.maven import CustomRepository
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from pathlib import Path


def settled(home: Path, text: str, **given: object) -> Environment:
    (home / "Settings.toml").write_text(text)
    return with_credentials(Environment(home, **given))  # type: ignore[arg-type] # any field of it


def test_no_file_changes_nothing(tmp_path: Path) -> None:
    environment = Environment(tmp_path / "absent", token=RIGHT)
    assert with_credentials(environment) == environment


def test_the_empty_file_that_bal_creates_changes_nothing(tmp_path: Path) -> None:
    assert settled(tmp_path, "") == Environment(tmp_path)


def test_reads_token_timeouts_and_proxy(tmp_path: Path) -> None:
    found = settled(
        tmp_path,
        """
        [central]
        accesstoken = "t0ken-value"
        connectTimeout = 1
        readTimeout = 2
        writeTimeout = 3
        callTimeout = 4
        maxRetries = 5

        [proxy]
        host = "proxy.example.com"
        port = 8080
        username = "user"
        password = "pa55"
        """,
    )
    assert found.token == RIGHT
    assert found.timeouts == Timeouts(connect=1, read=2, write=3, total=4, retries=5)
    assert found.proxy == Proxy("[proxy] of Settings.toml", "http://proxy.example.com:8080", "user", "pa55")
    assert found.notes == ()
    assert RIGHT not in repr(found)
    assert "pa55" not in repr(found)


def test_zero_means_the_default(tmp_path: Path) -> None:
    found = settled(tmp_path, "[central]\nconnectTimeout = 0\nmaxRetries = 0\n[proxy]\nhost = 'p'\nport = 0")
    assert (found.timeouts, found.proxy) == (Timeouts(), None)


@pytest.mark.parametrize("missing", ["username", "password"])
def test_proxy_credentials_count_only_together(tmp_path: Path, missing: str) -> None:
    entries = {"username": "'u'", "password": "'p'"} | {missing: "''"}
    lines = "\n".join(f"{key} = {value}" for key, value in entries.items())
    proxy = settled(tmp_path, f"[proxy]\nhost = 'p'\nport = 1\n{lines}").proxy
    assert proxy is not None
    assert (proxy.username, proxy.password) == (None, None)


def test_the_environments_token_goes_before_the_files(tmp_path: Path) -> None:
    assert settled(tmp_path, "[central]\naccesstoken = 'file'", token=RIGHT).token == RIGHT


def test_the_files_proxy_goes_before_the_environments_and_says_so(tmp_path: Path) -> None:
    found = settled(tmp_path, "[proxy]\nhost = 'p'\nport = 1", proxy=Proxy("HTTPS_PROXY", "http://q:1"))
    assert found.proxy is not None
    assert found.proxy.address == "http://p:1"
    assert found.notes == ("the proxy of Settings.toml is used; HTTPS_PROXY is ignored",)


def test_never_tries_again_without_end(tmp_path: Path) -> None:
    assert settled(tmp_path, "[central]\nmaxRetries = 60000").timeouts.retries == 10


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "[central]\n\nreadTimeout = 'long'",
            "Settings.toml, line 3: [central] readTimeout should be a whole",
        ),
        ("[central]\nreadTimeout = -1", "Settings.toml, line 2: [central] readTimeout"),
        ("[central]\nreadTimeout = true", "Settings.toml, line 2: [central] readTimeout"),
        ("[central]\nreadTimeout = 1.5", "Settings.toml, line 2: [central] readTimeout"),
        ("[x]\nport = 1\n[proxy]\nhost = 'p'\nport = 65536", "Settings.toml, line 5: [proxy] port"),
        ("[proxy]\nhost = 1", "Settings.toml, line 2: [proxy] host should be a text"),
        ("central = { readTimeout = 'x' }", "Settings.toml, line 1: [central] readTimeout"),
        ("central = 1\n[proxy]\nhost = []", "Settings.toml, line 3: [proxy] host"),
    ],
)
def test_a_wrong_value_is_a_note_with_its_place(tmp_path: Path, text: str, note: str) -> None:
    found = settled(tmp_path, text)
    assert [one.startswith(note) for one in found.notes] == [True]
    assert (found.timeouts, found.proxy) == (Timeouts(), None)


@pytest.mark.parametrize("value", ["5", "'two words'", "'t\N{LATIN SMALL LETTER O WITH DIAERESIS}ken'"])
def test_an_unusable_token_is_noted_remembered_and_not_shown(tmp_path: Path, value: str) -> None:
    found = settled(tmp_path, f"[central]\naccesstoken = {value}")
    assert found.token is None
    assert found.token_lost is not None
    assert found.token_lost.startswith("Settings.toml, line 2: [central] accesstoken")
    assert value.strip("'") not in found.notes[0].replace("line 2", "")


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"[central]\naccesstoken = ", "Settings.toml is not valid TOML: Invalid value (at"),
        (b"[central]\naccesstoken = '\xff'", "Settings.toml, line 2: not UTF-8 text"),
        (b"#" * (2**20 + 1), "Settings.toml cannot be read (it has more than 1,048,576 bytes)"),
    ],
)
def test_a_broken_file_is_a_note_and_casts_doubt_on_the_token(
    tmp_path: Path, content: bytes, note: str
) -> None:
    (tmp_path / "Settings.toml").write_bytes(content)
    found = with_credentials(Environment(tmp_path))
    assert found.notes[0].startswith(note)
    assert found.token_lost is not None
    assert with_credentials(Environment(tmp_path, token=RIGHT)).token_lost is None


def test_a_directory_in_the_files_place_is_a_note(tmp_path: Path) -> None:
    (tmp_path / "Settings.toml").mkdir()
    assert with_credentials(Environment(tmp_path)).notes[0].startswith("Settings.toml cannot be read")


@pytest.mark.parametrize("content", [b"\xfe\xed\xfe\xed a Java key store", None])
def test_certificates_that_are_not_pem_are_noted_and_left_out(tmp_path: Path, content: bytes | None) -> None:
    store = tmp_path / "store"
    if content is not None:
        store.write_bytes(content)
    found = with_credentials(Environment(tmp_path, certificates=store))
    assert found.certificates is None
    assert "not in PEM format" in found.notes[0]


def test_certificates_in_pem_format_are_kept(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_text("-----BEGIN CERTIFICATE-----\n")
    assert with_credentials(Environment(tmp_path, certificates=bundle)).certificates == bundle


@pytest.mark.parametrize(
    "value",
    [
        Proxy("HTTPS_PROXY", "http://user:s3cret@proxy", "user", "s3cret"),
        Release(parse_version("1.0.0"), address="https://files/x?signature=s3cret"),
        CustomRepository("nexus", "https://user:s3cret@nexus", "user", "s3cret"),
    ],
)
def test_what_is_shown_of_a_value_holds_no_secret(value: object) -> None:
    assert "s3cret" not in repr(value)
    assert repr(value).startswith(f"{type(value).__name__}(")
