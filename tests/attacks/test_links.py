"""Whoever sends a package wants to read what lies on the machine that checks it.

The victim is a CI system whose log everybody can read. It keeps a token in `.git/config`, keys in the home
directory, and what an earlier step wrote beside the sources. The attacker sends links, pipes and broken
files: what is broken is shown, with its line.
"""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cli.conftest import Semver

PRIVATE = "hunter2-0123456789"
KEY = f"[credentials\nvalue = {PRIVATE}\n"
FUNCTION = "public function pay() {}\n"

WRONG_USAGE = 2
COULD_NOT_COMPLETE = 3


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a package in a clone, with what the victim keeps in the clone, beside it and in the home."""
    files = {
        ".git/config": f'[http "https://example.com/"]\n\textraheader = AUTHORIZATION: basic {PRIVATE}\n',
        ".env": f"DEPLOYMENT_{PRIVATE}\n",
        "Config.toml": KEY,
    }
    root = write_package(tmp_path / "shop", {"a.bal": FUNCTION, **files})
    home = tmp_path / "home"
    (home / "package").mkdir(parents=True)
    (home / "id_rsa").write_text(f"-----BEGIN {PRIVATE}\n")
    (home / "package" / "b.bal").write_text(f"public function {PRIVATE}() {{}}\n")
    (home / "package" / "Ballerina.toml").write_text(KEY)
    return root


def link(place: Path, target: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(target)


# The name of the link, where it leads, and what is said.
LINKS = {
    "the token of the clone": ("b.bal", ".git/config", "into the files of version control"),
    "a key in the home directory": ("b.bal", "../home/id_rsa", "a link out of 'shop'"),
    "a key, by way of a folder": ("modules/m", "../../home/package", "a link out of 'shop'"),
    "all modules": ("modules", "../home", "a link out of 'shop'"),
    "generated sources": ("generated", "../home/package", "a link out of 'shop'"),
    "what an earlier step wrote": ("b.bal", ".env", "to another kind of file, '.env'"),
    "a manifest of somebody else": ("Ballerina.toml", "../home/package/Ballerina.toml", "out of 'shop'"),
    "values of the deployer": ("Ballerina.toml", "Config.toml", "another kind of file, 'Config.toml'"),
    "dependencies": ("Dependencies.toml", "../home/id_rsa", "a link out of 'shop'"),
    "settings": ("Semver.toml", "../home/id_rsa", "a link out of 'shop'"),
    "settings, in the clone": ("Semver.toml", ".git/config", "into the files of version control"),
    "the variables of the process": ("Semver.toml", "/proc/self/environ", "a link out of 'shop'"),
}


@pytest.mark.parametrize("attack", LINKS.values(), ids=LINKS)
def test_a_link_does_not_lead_to(semver: Semver, shop: Path, attack: tuple[str, str, str]) -> None:
    name, target, says = attack
    link(shop / name, target)
    ended = semver("check", shop, "--baseline", "none")
    assert PRIVATE not in ended.out + ended.err
    assert says in ended.err
    assert ended.code in {WRONG_USAGE, COULD_NOT_COMPLETE}


def test_a_listing_follows_no_link_either(semver: Semver, shop: Path) -> None:
    link(shop / "b.bal", ".git/config")
    ended = semver("api", shop, "--format", "json")
    assert PRIVATE not in ended.out + ended.err
    assert ended.code == COULD_NOT_COMPLETE


@pytest.mark.parametrize("target", ["../../home/id_rsa", "../.git/config"], ids=["a key", "the token"])
@pytest.mark.parametrize("is_named", [False, True], ids=["found", "named"])
def test_an_api_file_shows_nothing_of_what_is_none(
    semver: Semver, shop: Path, target: str, *, is_named: bool
) -> None:
    link(shop / "api" / "shop.api", target)
    for arguments in (
        ("api", shop, f"--check={shop}/api/shop.api" if is_named else "--check"),
        ("check", shop, "--baseline", f"api:{shop}/api/shop.api"),
    ):
        for output in ("text", "json"):
            ended = semver(*arguments, "--format", output)
            assert PRIVATE not in ended.out + ended.err
            assert ended.code == COULD_NOT_COMPLETE


def test_an_api_file_that_nobody_named_lies_in_the_project(semver: Semver, shop: Path) -> None:
    semver("api", shop, f"--write={shop.parent}/shop.api")
    link(shop / "api" / "shop.api", "../../shop.api")
    ended = semver("api", shop, "--check")
    assert ended.code == COULD_NOT_COMPLETE
    assert "it is a link out of 'shop'" in ended.err


def test_a_member_of_a_workspace_does_not_lie_elsewhere(semver: Semver, shop: Path) -> None:
    (shop / "Ballerina.toml").write_text('[workspace]\npackages = ["ours", "theirs"]\n')
    write_package(shop / "ours", {"a.bal": FUNCTION})
    link(shop / "theirs", "../home/package")
    ended = semver("check", "--workspace", shop, "--baseline", "none")
    assert ended.code == WRONG_USAGE
    assert "'theirs'. It is a link out of the workspace" in ended.err
    assert PRIVATE not in ended.out + ended.err


def test_the_manifest_of_a_workspace_is_no_link_to_a_token(semver: Semver, shop: Path) -> None:
    link(shop / "Ballerina.toml", ".git/config")
    ended = semver("check", "--workspace", shop, "--baseline", "none")
    assert ended.code == WRONG_USAGE
    assert "into the files of version control" in ended.err
    assert PRIVATE not in ended.out + ended.err


# What is no file.


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["Semver.toml", "Dependencies.toml", "b.bal"])
def test_a_pipe_is_not_waited_for(process: Semver, shop: Path, name: str) -> None:
    os.mkfifo(shop / name)
    ended = process("check", shop, "--baseline", "none")
    assert ended.code in {WRONG_USAGE, COULD_NOT_COMPLETE}
    assert f"'{name}' cannot be read: it is not a regular file" in ended.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_the_home_of_ballerina_is_not_waited_for(process: Semver, shop: Path) -> None:
    os.mkfifo(shop.parent / "Settings.toml")
    home, nowhere = str(shop.parent), "http://127.0.0.1:1/registry"
    ended = process("check", shop, BALLERINA_HOME_DIR=home, SEMVERDIFF_CENTRAL_URL=nowhere)
    assert ended.code == COULD_NOT_COMPLETE


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets in directories here")
def test_a_socket_is_not_talked_to(semver: Semver, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("Semver.toml")
        assert semver("check", shop, "--baseline", "none").code == WRONG_USAGE


# Lines that are shown.

BROKEN: Mapping[str, str] = {
    "a password": f'password = "{PRIVATE}',
    "a token": f'accessToken = "{PRIVATE}',
    "a word of several": f'aws_secret_access_key = "{PRIVATE}',
    "a key with a dash": f'api-key = "{PRIVATE}',
    "a key in quotes": f'"pass phrase" = "{PRIVATE}',
    "a key behind others": f'url = "x", client.credential = "{PRIVATE}',
    "an address": f'url = "https://user:{PRIVATE}@example.com/',
    "a text of several lines": f'token = """\nfirst\n{PRIVATE} \\u0\n"""',
    "an array": f'tokens = [\n  "{PRIVATE}\n]',
    "a table": f'[platform.java21.credentials]\nvalue = "{PRIVATE}',
}


@pytest.mark.parametrize("lines", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("file", ["Ballerina.toml", "Semver.toml"])
def test_the_line_of_a_mistake_does_not_hold(semver: Semver, shop: Path, file: str, lines: str) -> None:
    before = manifest() if file == "Ballerina.toml" else ""
    (shop / file).write_text(f"{before}{lines}\n")
    for form in ("text", "json"):
        ended = semver("check", shop, "--baseline", "none", "--format", form)
        assert ended.code == WRONG_USAGE
        assert PRIVATE not in ended.out + ended.err
        assert file in ended.err


def test_the_line_of_a_mistake_is_shown_where_no_secret_is(semver: Semver, shop: Path) -> None:
    (shop / "Ballerina.toml").write_text(manifest() + 'authors = ["me\n')
    assert 'authors = ["me' in semver("check", shop, "--baseline", "none").err


def test_a_source_that_does_not_parse_does_not_tell_its_secrets(semver: Semver, shop: Path) -> None:
    (shop / "b.bal").write_text(f"configurable string apiToken = '{PRIVATE}\n")
    ended = semver("api", shop)
    assert ended.code == COULD_NOT_COMPLETE
    assert PRIVATE not in ended.out + ended.err
    assert "configurable string apiToken =" in ended.err
