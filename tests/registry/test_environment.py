"""The environment variables of `bal` and of the usual network tools, read once at the edge."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest
from support.registries import RIGHT

from semverdiff.errors import UsageError
from semverdiff.registry import Environment, cache_folder, environment_from

USER = Path("user")


def read(**environment: str) -> Environment:
    return environment_from(environment, USER)


def test_an_empty_environment_means_production_and_the_home_of_the_user() -> None:
    found = read()
    assert found.base == "https://api.central.ballerina.io/2.0/registry"
    assert found.registry == found.cache == "central.ballerina.io"
    assert found.home == USER / ".ballerina"
    assert (found.token, found.proxy, found.certificates) == (None, None, None)
    assert (found.timeouts.connect, found.timeouts.read, found.timeouts.write) == (60, 60, 60)


@pytest.mark.parametrize(
    ("environment", "registry"),
    [
        ({"BALLERINA_STAGE_CENTRAL": "true"}, "staging-central.ballerina.io"),
        ({"BALLERINA_DEV_CENTRAL": "TRUE"}, "dev-central.ballerina.io"),
        (
            {"BALLERINA_STAGE_CENTRAL": "true", "BALLERINA_DEV_CENTRAL": "true"},
            "staging-central.ballerina.io",
        ),
        ({"BALLERINA_STAGE_CENTRAL": "false", "BALLERINA_DEV_CENTRAL": "1"}, "central.ballerina.io"),
        (
            {"SEMVERDIFF_CENTRAL_URL": "https://central.example.com/2.0/registry/"}
            | {"BALLERINA_STAGE_CENTRAL": "true"},
            "central.example.com",
        ),
        ({"SEMVERDIFF_CENTRAL_URL": "http://localhost:8080"}, "localhost:8080"),
        ({"SEMVERDIFF_CENTRAL_URL": ""}, "central.ballerina.io"),
    ],
)
def test_knows_the_registries(environment: dict[str, str], registry: str) -> None:
    found = environment_from(environment, USER)
    assert found.registry == registry
    assert not found.base.endswith("/")


@pytest.mark.parametrize(
    "address",
    [
        "central.example.com",
        "http://central.example.com",
        "ftp://127.0.0.1",
        "https://",
        "https://user:word@central.example.com",
        "https://central.example.com?x=1",
        "https://central.example.com#x",
        "https://central.example.com:port",
        "https://[::1",
        "https://cent\N{CYRILLIC SMALL LETTER ER}al.example.com",
    ],
)
@pytest.mark.parametrize("variable", ["SEMVERDIFF_CENTRAL_URL", "SEMVERDIFF_GALLERY_URL"])
def test_refuses_an_address_that_is_not_safe(variable: str, address: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(**{variable: address})
    assert f"{variable} should be an address such as https://" in str(caught.value)
    assert "word" not in str(caught.value).replace("one word", "")


def test_only_a_registry_that_takes_tokens_is_told_where_they_go() -> None:
    told = {}
    for variable in ("SEMVERDIFF_CENTRAL_URL", "SEMVERDIFF_GALLERY_URL"):
        with pytest.raises(UsageError) as caught:
            read(**{variable: "https://user@example.com"})
        told[variable] = "BALLERINA_CENTRAL_ACCESS_TOKEN" in str(caught.value)
    assert told == {"SEMVERDIFF_CENTRAL_URL": True, "SEMVERDIFF_GALLERY_URL": False}


def test_the_gallery_has_an_address_that_can_be_another() -> None:
    assert read().gallery == read(SEMVERDIFF_GALLERY_URL="").gallery == "https://api.vein-lang.org"
    assert read(SEMVERDIFF_GALLERY_URL="http://127.0.0.1:8080/").gallery == "http://127.0.0.1:8080"
    assert read().shards == USER / ".vein" / "shards"


def test_the_home_can_be_elsewhere() -> None:
    assert read(BALLERINA_HOME_DIR="elsewhere").home == Path("elsewhere")
    assert read(BALLERINA_HOME_DIR="").home == USER / ".ballerina"


def test_takes_the_token_without_the_line_break_of_a_pasted_one() -> None:
    assert read(BALLERINA_CENTRAL_ACCESS_TOKEN=f" {RIGHT}\n").token == RIGHT
    assert read(BALLERINA_CENTRAL_ACCESS_TOKEN="").token is None


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "t\N{LATIN SMALL LETTER O WITH DIAERESIS}ken"])
def test_a_token_that_cannot_be_sent_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(BALLERINA_CENTRAL_ACCESS_TOKEN=token)
    assert token not in str(caught.value)


def test_secrets_are_not_in_the_repr() -> None:
    found = read(BALLERINA_CENTRAL_ACCESS_TOKEN=RIGHT, HTTPS_PROXY="http://user:pa55@proxy.example.com:8080")
    assert found.token == RIGHT
    assert RIGHT not in repr(found)
    assert "pa55" not in repr(found)


@pytest.mark.parametrize(
    ("environment", "origin", "address"),
    [
        ({"HTTPS_PROXY": "http://p:1"}, "HTTPS_PROXY", "http://p:1"),
        ({"https_proxy": "p:1"}, "https_proxy", "http://p:1"),
        ({"ALL_PROXY": "http://p:1"}, "ALL_PROXY", "http://p:1"),
        ({"ALL_PROXY": "http://p:1", "HTTPS_PROXY": "http://q:1"}, "HTTPS_PROXY", "http://q:1"),
    ],
)
def test_finds_the_proxy(environment: dict[str, str], origin: str, address: str) -> None:
    proxy = environment_from(environment, USER).proxy
    assert proxy is not None
    assert (proxy.origin, proxy.address, proxy.exempt) == (origin, address, ())


def test_a_proxy_for_plain_http_is_of_no_use() -> None:
    assert read(HTTP_PROXY="http://p:1").proxy is None


def test_knows_who_needs_no_proxy() -> None:
    proxy = read(HTTPS_PROXY="http://p:1", NO_PROXY="localhost, .example.com,,").proxy
    assert proxy is not None
    assert proxy.exempt == ("localhost", ".example.com")


def test_ballerinas_certificates_go_before_the_general_ones() -> None:
    assert read(SSL_CERT_FILE="b.pem").certificates == Path("b.pem")
    assert read(SSL_CERT_FILE="b.pem", BALLERINA_CA_BUNDLE="a.pem").certificates == Path("a.pem")


VARIABLES = {
    "a home": {"HOME": "/home/someone"},
    "a home with a slash at its end": {"HOME": "/home/someone/"},
    "a folder for caches": {"HOME": "/home/someone", "XDG_CACHE_HOME": "/mnt/caches"},
    "a relative folder for caches": {"HOME": "/home/someone", "XDG_CACHE_HOME": "caches"},
    "an empty folder for caches": {"HOME": "/home/someone", "XDG_CACHE_HOME": ""},
    "a folder for caches in a home that is not expanded": {"HOME": "/home/a", "XDG_CACHE_HOME": "~/caches"},
    "no home": {},
    "a relative home": {"HOME": "someone"},
    "a relative home, and a folder for caches": {"HOME": "someone", "XDG_CACHE_HOME": "/mnt/caches"},
    "Android": {"HOME": "/home/a", "ANDROID_DATA": "/data", "ANDROID_ROOT": "/system", "SHELL": "/bin/sh"},
}


@pytest.mark.parametrize("variables", VARIABLES.values(), ids=VARIABLES)
def test_the_usual_folder_is_that_of_the_library(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "ANDROID_DATA", "ANDROID_ROOT", "SHELL", "PREFIX"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = environment_from(variables, Path()).downloads
    assert cache_folder(found) == platformdirs.user_cache_path("semverdiff", appauthor=False)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the library is asked")
def test_the_library_need_not_be_asked_on_linux() -> None:
    assert read(HOME="/home/someone").downloads == Path("/home/someone/.cache/semverdiff")


def test_the_library_is_asked_on_android_where_programs_have_folders_of_their_own() -> None:
    assert read(HOME="/home/someone", ANDROID_DATA="/data").downloads is None


def test_the_folder_that_the_user_named_comes_first() -> None:
    assert read(HOME="/home/someone", SEMVERDIFF_CACHE_DIR="/mnt/mine").downloads == Path("/mnt/mine")
