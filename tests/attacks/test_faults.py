"""Whoever makes the gate fall over may hope that somebody lets the pull request through without it.

What a machine or a sender can do to a run ends in a sentence and an exit code of an error: never in a
traceback, in a request to report a fault, or in an answer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.packages import package, write_package
from support.sources import differences

from semverdiff.cli.errors import explained
from semverdiff.compare import comparison
from semverdiff.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

FUNCTION = "public function pay() { }\n"
FAULT = "has a fault"
COULD_NOT_COMPLETE = 3


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a package of one function."""
    return write_package(tmp_path / "shop", {"a.bal": FUNCTION})


@pytest.mark.parametrize("name", ["a" * 300, "a" * 5_000, "loop", "\udcff\udcfe"])
@pytest.mark.parametrize("arguments", [("check", "?"), ("diff", "?", "?"), ("api", "?")])
def test_a_path_that_no_file_system_takes_is_an_error_with_its_name(
    semver: Semver, tmp_path: Path, name: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")

    run = semver(*(name if argument == "?" else argument for argument in arguments))

    assert run.code in {2, COULD_NOT_COMPLETE}
    assert FAULT not in run.err
    assert name[:20].isascii() <= (name[:20] in run.err)


def test_a_directory_that_was_deleted_is_said_to_be_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    program = "import os, sys; os.rmdir(os.getcwd()); from semverdiff.cli import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", program, "check"], cwd=gone, capture_output=True, check=False, text=True
    )

    assert done.returncode == COULD_NOT_COMPLETE
    assert "is no longer there" in done.stderr
    assert FAULT not in done.stderr


def test_help_that_nobody_reads_is_no_answer_of_a_check(repository: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run(
        [sys.executable, "-m", "semverdiff", "--help"],
        cwd=repository,
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("error", [RecursionError("too deep"), MemoryError()])
def test_what_no_walk_was_prepared_for_is_named_and_never_compatible(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        raise error

    monkeypatch.setattr(comparison, "declaration_differences", fails)

    with pytest.raises(SourceError, match="pay is larger or nested more deeply") as caught:
        differences(FUNCTION, FUNCTION.replace("()", "(int a)"))
    assert [one.place() for one in caught.value.mistakes] == ["lib.bal:1:1"]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (RecursionError("x"), "larger or nested more deeply than this machine"),
        (MemoryError(), "larger or nested more deeply than this machine"),
        (
            OSError(40, "Too many levels", "/private/place"),
            "'/private/place' cannot be used: Too many levels",
        ),
        (OSError(5, "Input/output error"), "cannot be read or written: Input/output error"),
        (ZeroDivisionError("x"), FAULT),
    ],
)
def test_an_error_of_the_machine_is_no_fault_of_the_program(error: Exception, expected: str) -> None:
    said = explained(error, debug=False)

    assert expected in str(said)
    assert said.exit_code == COULD_NOT_COMPLETE


@pytest.mark.parametrize("version", ["1.0.0-\\uD800", "1.0.0\\u0000", "9" * 400 + ".0.0", "\\u202E1.0.0"])
def test_a_version_that_is_none_is_a_mistake_in_the_manifest(
    semver: Semver, shop: Path, version: str
) -> None:
    (shop / "Ballerina.toml").write_text(f'[package]\norg = "acme"\nname = "shop"\nversion = "{version}"\n')

    run = semver("check", str(shop), "--baseline", "none")

    assert run.code == 2
    assert FAULT not in run.err
    assert "Ballerina.toml" in run.err


def test_a_name_of_a_file_that_is_no_text_is_refused(semver: Semver, shop: Path) -> None:
    with open(os.fsencode(shop) + b"/\xff\xfe.bal", "wb") as stream:  # noqa: PTH123 (a name in bytes)
        stream.write(FUNCTION.encode())

    run = semver("check", str(shop), "--baseline", "none")

    assert run.code == COULD_NOT_COMPLETE
    assert "characters that cannot be printed" in run.err
    assert package(FUNCTION).modules
