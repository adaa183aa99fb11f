"""Whoever sends a package wants the CI system that checks it to obey what stands in its log.

The victim is a runner, which reads what a step prints: `::set-env`, `##vso[task.setvariable]` and others are
commands. The attacker writes names, documentation, values and file names of the package.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from support.packages import write_package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cli.conftest import Semver

COMMANDS = {
    "GitHub": "::error file=a.bal::owned",
    "GitHub, an older form": "##[set-env name=PATH]owned",
    "Azure": "##vso[task.setvariable variable=PATH]owned",
    "TeamCity": "##teamcity[setParameter name='PATH' value='owned']",
    "GitLab": "section_start:1:owned",
    "Travis": "travis_fold:start:owned",
}
# How a command gets to the beginning of a line, as runners end lines.
BEFORE = ("", " ", "\r", "\n", "\r\n", "\u2028", "\u0085", "\u000b", "\u001b[0m", "x ")

FORMATS = ("text", "bal", "json", "html", "markdown", "sarif", "junit", "gitlab")


def obeyed(log: str) -> Iterator[str]:
    """Yield the lines that some runner would obey: GitHub's, Azure's, TeamCity's, GitLab's, Travis'."""
    for line in re.split(r"\r\n|\r|\n", log):
        if re.match(r"\s*::[A-Za-z-]+[^:]*::", line):
            yield line
        if re.search(r"##[A-Za-z]*\[|section_(start|end):[0-9]|travis_(fold|time):", line):
            yield line
    yield from re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f]", log)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_this_file_knows_what_a_runner_obeys(command: str) -> None:
    assert list(obeyed(f"x\r {command}"))
    assert not list(obeyed("error: a.bal:1:2: `x` is missing\n# ## [a](b)\n"))


def escaped(text: str) -> str:
    """Write a text as a string of Ballerina and of TOML."""
    return "".join(one if one.isascii() and one.isprintable() else f"\\u{{{ord(one):X}}}" for one in text)


@pytest.fixture(params=list(COMMANDS.values()), ids=list(COMMANDS))
def command(request: pytest.FixtureRequest) -> str:
    text: str = request.param
    return text


@pytest.mark.parametrize("form", FORMATS)
def test_code_of_the_package_is_no_command(semver: Semver, tmp_path: Path, command: str, form: str) -> None:
    values = [f"{before}{command}" for before in BEFORE]
    for name, version, more in (("old", "1.0.0", ""), ("new", "1.0.1", "!")):
        constants = "".join(
            f'# {command}\npublic const string C{number} = "{escaped(value)}{more}";\n'
            f'public function f{number}(string s = "{escaped(value)}{more}") {{}}\n'
            for number, value in enumerate(values)
        )
        # What is gone breaks clients, which every format lists.
        if name == "old":
            constants += "".join(
                f'public const string C{number}Gone = "{escaped(value)}";\n'
                for number, value in enumerate(values)
            )
        write_package(tmp_path / name, {"a.bal": constants}, version)
    ended = semver("check", "new", "--baseline", "old", "--format", form, "-d", "-vv")
    assert not list(obeyed(ended.out))
    assert not list(obeyed(ended.err))
    assert "C1" in ended.out
    if form == "json":
        texts = [one["new"]["text"] for one in json.loads(ended.out)["findings"] if one["new"]]
        assert any(command in text for text in texts)
    if form == "html":
        assert any(command in unescape(part) for part in re.split("<[^>]*>", ended.out))


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_listing_holds_no_command(semver: Semver, tmp_path: Path, command: str, form: str) -> None:
    source = f'public const string C = "{escaped(command)}";\n'
    write_package(tmp_path / "shop", {"a.bal": source})
    ended = semver("api", "shop", "--format", form)
    assert (ended.code, list(obeyed(ended.out))) == (0, [])
    semver("api", "shop", "--format", f"{form}=api.out")
    assert (tmp_path / "api.out").read_text(encoding="utf-8") == ended.out


@pytest.mark.parametrize("before", ["\n", "\r", "\u2028", ""])
def test_what_is_wrong_with_a_package_is_told_without_commands(
    semver: Semver, tmp_path: Path, command: str, before: str
) -> None:
    text = json.dumps(before + command)
    broken = {
        "Ballerina.toml": f"[package]\norg = {text}\nname = {text}\nversion = {text}\n{text} = 1",
        "Semver.toml": f"required-version = {text}\n[check]\nformat = {text}\nfail-on = {text}\n{text} = 1",
        "Dependencies.toml": f"{command}\n",
        "a.bal": f"public type A record {{ {command}\n",
    }
    for name, content in broken.items():
        root = write_package(tmp_path / name.replace(".", ""), {"b.bal": "", name: content})
        for form in FORMATS:
            ended = semver("check", root, "--baseline", "none", "--format", form, "--debug", "-vv")
            assert not list(obeyed(ended.out))
            assert not list(obeyed(ended.err))


def test_the_name_of_a_file_is_no_command(semver: Semver, tmp_path: Path, command: str) -> None:
    name = command.replace("/", "") + ".bal"
    root = write_package(tmp_path / "shop", {name: "public function ("})
    for arguments in (
        ("check", root, "--baseline", "none"),
        ("api", root),
        ("explain-type", root / name, "A", "B"),
    ):
        ended = semver(*arguments)
        assert not list(obeyed(ended.out + ended.err))


@pytest.mark.parametrize("form", FORMATS)
def test_a_reason_that_is_wrapped_is_no_command(
    semver: Semver, tmp_path: Path, command: str, form: str
) -> None:
    """A sentence is wrapped where the line is full: whoever counts chooses what stands at its beginning."""
    entry = f'[[suppress]]\nsymbol = "f"\nreason = {json.dumps("a" * 120 + " " + command)}\n'
    write_package(tmp_path / "old", {"a.bal": "public function f() {}\n"}, "1.0.0")
    write_package(tmp_path / "new", {"a.bal": "", "Semver.toml": entry}, "1.0.1")
    ended = semver("check", "new", "--baseline", "old", "--format", form, "-d")
    assert ended.code == 0
    assert not list(obeyed(ended.out + ended.err))


def test_what_git_says_is_no_command(semver: Semver, tmp_path: Path, command: str) -> None:
    root = write_package(tmp_path / "shop", {"a.bal": "", ".git": f"gitdir: {command}\n"})
    ended = semver("check", root, "--baseline", "git:HEAD")
    assert "not a git repository" in ended.err
    assert not list(obeyed(ended.out + ended.err))


def test_what_is_torn_apart_stays_readable(semver: Semver, tmp_path: Path) -> None:
    write_package(tmp_path / "shop", {"a.bal": 'public const string C = "::error::a ##[b]";\n'})
    assert '": :error: :a # #[b]"' in semver("api", "shop").out
