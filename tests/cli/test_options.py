"""The options that say how to talk, where reports go, and what counts as failing."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from cli.examples import NEW, OLD, report_of
from support.git_repositories import commit, repository_at
from support.packages import manifest, write_package

from semverdiff import __version__
from semverdiff.cli.errors import explained
from semverdiff.cli.options import DestinationType
from semverdiff.cli.output import color_wanted
from semverdiff.cli.program import program
from semverdiff.reports import schema_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cli.conftest import Semver

_COMMANDS = ("api", "check", "diff", "explain-type")
_CHECK = ("check", "new", "--baseline", "old")


class _Stream(io.StringIO):
    """A stream that says whether it is a terminal."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize("command", [(), *((name,) for name in _COMMANDS)])
def test_help_ends_with_examples(semver: Semver, command: tuple[str, ...]) -> None:
    long, short = semver(*command, "--help"), semver(*command, "-h")
    assert long == short
    assert (long.code, long.err) == (0, "")
    assert "Examples:\n" in long.out
    assert f"  semver {' '.join(command)}" in long.out
    assert len(max(long.out.splitlines(), key=len)) <= 100


@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_has_the_common_options(semver: Semver, command: str) -> None:
    shown = semver(command, "--help").out
    for option in ("--format", "--color", "-q, --quiet", "-v, --verbose", "--debug", "--version", "--help"):
        assert option in shown


@pytest.mark.parametrize("command", [(), *((name,) for name in _COMMANDS)])
def test_tells_its_version(semver: Semver, command: tuple[str, ...]) -> None:
    ended = semver(*command, "--version")
    assert (ended.code, ended.out, ended.err) == (0, f"semverdiff {__version__}\n", "")


def test_without_a_command_the_help_is_for_standard_error(semver: Semver) -> None:
    ended = semver()
    assert (ended.code, ended.out) == (2, "")
    assert "Commands:" in ended.err


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "wanted"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colours_follow_the_option_then_the_environment_then_the_terminal(
    choice: str, environment: Mapping[str, str], *, terminal: bool, wanted: bool
) -> None:
    assert color_wanted(choice, environment, _Stream(terminal=terminal)) is wanted


@pytest.mark.usefixtures("old", "new")
def test_colours_are_on_standard_output_only_if_wanted(semver: Semver) -> None:
    assert "\x1b[" not in semver(*_CHECK).out
    assert "\x1b[" in semver(*_CHECK, "--color", "always").out
    assert "\x1b[" in semver(*_CHECK, FORCE_COLOR="1").out
    assert "\x1b[" in semver("check", "gone", "--color", "always").err
    assert "\x1b[" not in semver(*_CHECK, "--color", "always", "--format", "json").out


@pytest.mark.usefixtures("old", "new")
def test_what_is_said_besides_the_report_grows_with_every_v(semver: Semver) -> None:
    plain, once, twice = (semver(*_CHECK, *more) for more in ((), ("-v",), ("-vv",)))
    assert plain.err == ""
    assert once.err == "baseline 1.3.0: the package at the given path\n"
    assert re.sub(r"^ +[0-9]+\.[0-9]{3} s", "TIME", twice.err, flags=re.MULTILINE) == (
        "TIME  reading the package\n"
        "TIME  looking for the version to compare with\n"
        "TIME  comparing with shop 1.3.0\n"
        f"{once.err}"
        "outcome under-bumped, exit code 1\n"
    )
    assert "import acme/shop;" not in plain.out  # the line of a client that breaks, without the client
    assert "import acme/shop;" in once.out
    assert once.out == twice.out


@pytest.mark.usefixtures("old", "new")
def test_every_report_goes_to_its_own_place(tmp_path: Path, semver: Semver) -> None:
    files = ("--format", "html=page.html", "--format", "bal=bal.txt", "--format", "text=text.txt")
    ended = semver(*_CHECK, *files, "--format", "json")
    assert report_of(ended)["outcome"] == "under-bumped"
    assert (tmp_path / "page.html").read_text(encoding="utf-8").lstrip().startswith("<!DOCTYPE html>")
    shown = semver(*_CHECK).out
    for typed in (" --package PATH --baseline ...", " PATH --baseline ..."):
        shown = shown.replace(typed, "")  # in commands that a terminal is told to run next
    assert (tmp_path / "text.txt").read_text(encoding="utf-8") == shown
    assert (tmp_path / "bal.txt").read_text(encoding="utf-8") == semver(*_CHECK, "--format", "bal").out


@pytest.mark.usefixtures("old", "new")
def test_with_files_only_the_summary_is_told_on_standard_error(semver: Semver) -> None:
    ended = semver(*_CHECK, "--format", "json=report.json")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "1.4.0 is too low: 2.0.0 is required by 1 breaking change\n"
    assert semver(*_CHECK, "--format", "json=report.json", "-q").err == ""


def test_errors_are_in_the_files_too(tmp_path: Path, semver: Semver) -> None:
    assert semver("check", "gone", "--format", "json=report.json").code == 2
    assert '"outcome": "error"' in (tmp_path / "report.json").read_text(encoding="utf-8")


def test_a_report_goes_where_a_link_leads_and_replaces_one_that_leads_nowhere(
    tmp_path: Path, semver: Semver
) -> None:
    (tmp_path / "link.json").symlink_to("report.json")
    (tmp_path / "circle.json").symlink_to("circle.json")
    assert semver("api", "gone", "--format", "json=link.json").code == 2
    assert (tmp_path / "link.json").is_symlink()
    assert '"errors"' in (tmp_path / "report.json").read_text(encoding="utf-8")
    assert semver("api", "gone", "--format", "json=circle.json").code == 2
    assert '"errors"' in (tmp_path / "circle.json").read_text(encoding="utf-8")


def test_a_listing_that_fails_is_told_in_each_form(tmp_path: Path, semver: Semver) -> None:
    semver("api", "gone", "--format", "json=api.json", "--format", "text=api.txt")
    assert (tmp_path / "api.json").read_text(encoding="utf-8").startswith("{")
    assert (tmp_path / "api.txt").read_text(encoding="utf-8").startswith("error: 'gone' does not exist")


def test_a_wrong_variable_is_named(semver: Semver) -> None:
    ended = semver("check", SEMVERDIFF_OFFLINE="maybe", SEMVERDIFF_FORMAT="json")
    assert ended.code == 2
    assert "SEMVERDIFF_OFFLINE" in ended.err
    assert report_of(ended)["outcome"] == "error"
    assert semver(SEMVERDIFF_FORMAT="json").code == 2
    assert semver("api", "--knd", SEMVERDIFF_FORMAT="json").out == ""


@pytest.mark.usefixtures("old", "new")
def test_the_environment_chooses_formats_unless_the_command_line_does(semver: Semver) -> None:
    assert report_of(semver(*_CHECK, SEMVERDIFF_FORMAT="json"))["outcome"] == "under-bumped"
    assert semver(*_CHECK, "--format", "text", SEMVERDIFF_FORMAT="json") == semver(*_CHECK)


@pytest.mark.usefixtures("old", "new")
@pytest.mark.parametrize(
    ("gate", "code"), [("never", 0), ("major", 1), ("minor", 1), ("patch", 1), ("under-bumped", 1)]
)
def test_the_gate_decides_about_the_exit_code(semver: Semver, gate: str, code: int) -> None:
    assert semver(*_CHECK, "--fail-on", gate).code == code


@pytest.mark.usefixtures("old", "new")
def test_a_comparison_ends_well_whatever_it_finds(semver: Semver) -> None:
    assert semver("diff", "old", "new").code == 0
    assert semver("diff", "new", "old").code == 0


def test_options_exclude_each_other(semver: Semver) -> None:
    assert semver("check", "--offline", "--refresh").code == 2


@pytest.mark.usefixtures("new")
def test_the_command_line_wins_over_a_variable_that_excludes_it(semver: Semver) -> None:
    ended = semver("check", "new", "--offline", "--baseline", "none", SEMVERDIFF_REFRESH="1")
    assert ended.code == 0


def test_a_fault_of_the_program_is_a_sentence_with_a_traceback_on_request(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fault = ZeroDivisionError("division by zero")
    assert "ZeroDivisionError: division by zero" in str(explained(fault, debug=False))
    assert capsys.readouterr().err == ""
    assert "--debug" not in str(explained(fault, debug=True))
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["ch"], {"check"}),
        (["check", "--off"], {"--offline"}),
        (["check", "--format", "h"], {"html"}),
        (["check", "--fail-on", "ma"], {"major"}),
        (["api", "--kind", "t"], {"type"}),
    ],
)
def test_shells_complete_commands_options_and_values(
    tmp_path: Path, typed: list[str], offered: set[str]
) -> None:
    assert _completed(tmp_path, "bash_complete", typed) >= {f"plain,{word}" for word in offered}


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_has_a_script_for_each_shell(tmp_path: Path, shell: str) -> None:
    assert any("_SEMVER_COMPLETE" in line for line in _completed(tmp_path, f"{shell}_source", []))


def _completed(directory: Path, instruction: str, typed: list[str]) -> set[str]:
    ended = subprocess.run(
        [Path(sys.executable).with_name("semver")],
        cwd=directory,
        env={
            "PATH": "/usr/bin:/bin",
            "_SEMVER_COMPLETE": instruction,
            "COMP_WORDS": " ".join(["semver", *typed]),
            "COMP_CWORD": str(len(typed)),
        },
        capture_output=True,
        check=True,
        text=True,
    )
    return set(ended.stdout.splitlines())


def test_two_options_that_exclude_each_other_are_refused(semver: Semver) -> None:
    ended = semver("diff", "old", "new", "--offline", "--refresh")
    assert ended.code == 2
    assert "--offline and --refresh exclude each other: fetching needs the network." in ended.err


@pytest.mark.parametrize(("option", "variable"), [("--offline", "REFRESH"), ("--refresh", "OFFLINE")])
@pytest.mark.usefixtures("old", "new")
def test_an_option_prevails_over_a_variable_that_excludes_it(
    semver: Semver, option: str, variable: str
) -> None:
    assert semver("diff", "old", "new", option, **{f"SEMVERDIFF_{variable}": "1"}).code == 0


def test_a_directory_is_no_file_for_a_report(semver: Semver, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    ended = semver("diff", "old", "new", "--format", "json=reports")
    assert ended.code == 2
    assert "'reports' is a directory: expected the name of a file to write." in ended.err


def test_a_shell_completes_the_names_of_formats() -> None:
    formats = DestinationType(("json", "html", "junit"))
    completed = formats.shell_complete(click.Context(program), click.Option(["--format"]), "j")
    assert [one.value for one in completed] == ["json", "junit"]


@pytest.mark.usefixtures("old", "new")
@pytest.mark.parametrize(
    ("before", "after"),
    [(("-v",), ("-v",)), (("-v", "-v"), ()), ((), ("-v", "-v"))],
)
def test_what_every_command_takes_stands_before_its_name_or_behind(
    semver: Semver, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    ended = semver(*before, *_CHECK, *after)
    assert "outcome under-bumped, exit code 1" in ended.err


@pytest.mark.usefixtures("old", "new")
def test_quiet_before_the_name_is_quiet(semver: Semver) -> None:
    ended = semver("-q", *_CHECK, "--format", "json=report.json")
    assert (ended.code, ended.err) == (1, "")


@pytest.mark.usefixtures("old", "new")
@pytest.mark.parametrize(
    "arguments",
    [
        (*_CHECK, "-q", "--format", "json=report.json"),
        (*_CHECK, "--format", "json=report.json", "-q"),
        (*_CHECK, "--format=json=report.json", "-q"),
        (*_CHECK, "--offline", "-q", "-q", "--format", "json=report.json"),
        ("check", "-qq", "new", "--baseline", "old", "--format", "json=report.json"),
    ],
)
def test_quiet_counts_wherever_it_stands(semver: Semver, arguments: tuple[str, ...]) -> None:
    ended = semver(*arguments)
    assert (ended.code, ended.err) == (1, "")


@pytest.mark.usefixtures("old", "new")
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "new", "--baseline", "file:-q"),
        ("check", "new", "--baseline", "-q"),
        ("diff", "--", "-q", "new"),
    ],
)
def test_what_looks_like_quiet_and_is_none_stays_as_it_was_typed(
    semver: Semver, arguments: tuple[str, ...]
) -> None:
    ended = semver(*arguments)
    assert ended.code != 0
    assert "-q" in ended.err
    assert "--quiet" not in ended.err


@pytest.mark.usefixtures("old", "new")
@pytest.mark.parametrize(
    ("arguments", "is_coloured"),
    [
        (("--color", "always", *_CHECK), True),
        (("--color", "always", *_CHECK, "--color", "never"), False),
        (("--color", "never", *_CHECK, "--color", "always"), True),
        (_CHECK, False),
    ],
)
def test_the_colour_that_stands_nearest_counts(
    semver: Semver, arguments: tuple[str, ...], *, is_coloured: bool
) -> None:
    assert ("\x1b[" in semver(*arguments).out) is is_coloured


def test_colours_before_the_name_of_a_group_reach_its_commands(semver: Semver) -> None:
    arguments = ("rules", "--color", "always", "explain", "record-field-removed")
    assert "\x1b[" in semver(*arguments).out


@pytest.mark.parametrize("command", [(), ("check",), ("rules",), ("rules", "explain")])
def test_help_is_a_word_as_well(semver: Semver, command: tuple[str, ...]) -> None:
    assert semver("help", *command) == semver(*command, "--help")


def test_help_about_what_does_not_exist_says_so(semver: Semver) -> None:
    ended = semver("help", "chek")
    assert ended.code == 2
    assert "no such command 'chek'" in ended.err
    assert "'check'" in ended.err


@pytest.mark.usefixtures("old", "new")
def test_folders_of_a_report_are_made(semver: Semver, tmp_path: Path) -> None:
    semver(*_CHECK, "--format", "json=reports/today/report.json")
    assert (tmp_path / "reports" / "today" / "report.json").is_file()


@pytest.mark.usefixtures("old", "new")
def test_errors_name_files_as_they_were_typed_and_reports_do_not(semver: Semver, tmp_path: Path) -> None:
    (tmp_path / "old" / "Ballerina.toml").write_text("[package\n")
    for arguments in (_CHECK, ("diff", "old", "new"), ("diff", "new", "old")):
        ended = semver(*arguments, "--format", "json", "--format", "text=report.txt")
        assert "  --> old/Ballerina.toml:1:" in ended.err
        assert "old" not in ended.out
        assert "  --> Ballerina.toml:1:" in (tmp_path / "report.txt").read_text()


def test_errors_name_what_is_not_there_as_it_was_typed(semver: Semver) -> None:
    ended = semver("api", "some/where/shop")
    assert "  --> some/where/shop\n" in ended.err


@pytest.mark.usefixtures("new")
def test_errors_of_a_package_found_upwards_name_its_directory(semver: Semver, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "modules" / "stock"
    folder.mkdir(parents=True)
    (tmp_path / "new" / "Ballerina.toml").write_text("[package\n")
    ended = semver("check", "new/modules/stock", "--baseline", "none")
    assert f"  --> {tmp_path / 'new' / 'Ballerina.toml'}:1:" in ended.err


@pytest.mark.parametrize(
    ("baseline", "repeated"),
    [("git:v1.3.0", "git:v1.3.0"), ("file:old", "..."), ("old", "..."), ("git:HEAD~0", "...")],
    ids=["a revision", "a file", "a path", "what a shell may change"],
)
def test_the_next_commands_repeat_what_was_typed(
    semver: Semver, tmp_path: Path, baseline: str, repeated: str
) -> None:
    write_package(tmp_path / "old", {"lib.bal": OLD}, "1.3.0")
    root = repository_at(tmp_path / "new")
    commit(root, {"Ballerina.toml": manifest("1.3.0"), "lib.bal": OLD}, tag="v1.3.0")
    write_package(root, {"lib.bal": NEW})

    ended = semver(
        "check", "new", "--baseline", baseline, "--format", "text", "--format", "markdown=report.md"
    )

    assert f"next: semver bump PATH --baseline {repeated}    sets" in ended.out
    assert "--baseline" not in (tmp_path / "report.md").read_text()


def test_the_schema_of_the_report_is_printed(semver: Semver) -> None:
    ended = semver("schema")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == schema_text()
