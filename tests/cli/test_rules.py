"""`semver rules`: the catalogue as a table, as JSON, and one rule explained."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from semverdiff.cli.commands.rules import command
from semverdiff.rules import all_rules, rule
from semverdiff.rules.pages import page

_COLORS = re.compile("\\x1b[^m]*m")

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Semver

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return the exit code and both outputs of `semver rules` with arguments."""

    def called(*arguments: str) -> tuple[int, str, str]:
        exit_code = command.main(arguments, standalone_mode=False)
        captured = capsys.readouterr()
        return exit_code, captured.out, captured.err

    return called


def test_every_rule_is_listed_with_levels_and_title(run: Run) -> None:
    exit_code, out, err = run("list")
    lines = out.splitlines()
    assert (exit_code, err, len(lines)) == (0, "", len(list(all_rules())))
    assert [line.split()[0] for line in lines] == [entry.id for entry in all_rules()]
    (line,) = (line for line in lines if line.startswith("enum-member-added "))
    assert line.split(maxsplit=2) == ["enum-member-added", "major/minor", "An enum member was added."]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ("--subject", "module"),
            ["module-added", "module-init-changed", "module-removed", "module-renamed"],
        ),
        (("--subject", "module", "--level", "major"), ["module-removed", "module-renamed"]),
        (
            ("--subject", "module", "--level", "minor", "--level", "patch"),
            ["module-added", "module-init-changed"],
        ),
        (
            ("--subject", "map", "--subject", "documentation"),
            ["documentation-changed", "map-alias-to-record"],
        ),
        (("--subject", "map", "--level", "patch"), []),
    ],
)
def test_filters_choose_rules(run: Run, arguments: tuple[str, ...], expected: list[str]) -> None:
    exit_code, out, _ = run("list", *arguments)
    assert (exit_code, [line.split()[0] for line in out.splitlines()]) == (0, expected)


def test_json_holds_levels_with_their_conditions(run: Run) -> None:
    _, out, _ = run("list", "--format", "json", "--subject", "enum-member")
    document = json.loads(out)
    by_id = {entry["id"]: entry for entry in document["rules"]}
    assert document["schema_version"] == 1
    assert list(by_id) == [f"enum-member-{fact}" for fact in ("added", "removed", "renamed", "value-changed")]
    assert by_id["enum-member-removed"] == {
        "id": "enum-member-removed",
        "subject": "enum-member",
        "title": "An enum member was removed.",
        "levels": [
            {
                "when": None,
                "level": "major",
                "strict": "major",
                "reason": "Clients that use the member find it unknown.",
            }
        ],
        "certainty": "proved",
        "message": "enum member 'GREEN' is removed",
        "client": (
            "import acme/shop;\n\npublic function main() {\n    shop:Color member = shop:GREEN;  // breaks\n}"
        ),
        "reference": {"chapter": "Enumerations", "section": "2.8"},
        "since": "0.1.0",
    }
    assert by_id["enum-member-added"]["levels"][1] == {
        "when": "policy enum-member-added = minor",
        "level": "minor",
        "strict": "major",
        "reason": "Clients that handle every member miss the new one, which the project allows.",
    }


def test_a_subject_that_nothing_is_about_is_refused_with_a_suggestion(run: Run) -> None:
    exit_code, out, err = run("list", "--subject", "enum-mebmer")
    assert (exit_code, out) == (2, "")
    assert "no rule is about 'enum-mebmer'" in err
    assert "Did you mean 'enum-member'?" in err


def test_a_rule_is_explained_by_its_page(run: Run) -> None:
    entry = rule("record-field-removed")
    assert entry is not None
    assert run("explain", "record-field-removed") == (0, page(entry), "")


def test_on_a_terminal_colours_stand_for_the_signs_of_markdown(semver: Semver) -> None:
    shown = semver("rules", "explain", "record-field-removed", "--color", "always").out
    assert shown.startswith("\x1b[1mrecord-field-removed\x1b[0m\n")
    assert "Level: \x1b[1;38;5;160mmajor\x1b[0m. " in shown
    assert "\nBefore:\n\n    \x1b[38;5;31mpublic\x1b[0m \x1b[38;5;31mtype\x1b[0m " in shown
    entry = rule("record-field-removed")
    assert entry is not None
    signs = re.compile(r"^## |^```.*\n|\*\*|`", re.MULTILINE)
    assert _COLORS.sub("", shown).split() == signs.sub("", page(entry)).split()


def test_every_page_can_be_shown_on_a_terminal(semver: Semver) -> None:
    for entry in all_rules():
        shown = _COLORS.sub("", semver("rules", "explain", entry.id, "--color", "always").out)
        assert shown.startswith(f"{entry.id}\n\n")
        assert not re.search(r"```|\*\*|[ \t]$", shown, re.MULTILINE)


def test_on_a_terminal_the_table_has_the_same_words(semver: Semver) -> None:
    colored = semver("rules", "list", "--subject", "enum-member", "--color", "always").out
    assert "\x1b[1;38;5;160mmajor\x1b[0m/\x1b[38;5;166mminor\x1b[0m" in colored
    plain = semver("rules", "list", "--subject", "enum-member").out
    assert _COLORS.sub("", colored).split() == plain.split()


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("record-field-remove", "record-field-removed"), ("Enum-Member-Added", "enum-member-added")],
)
def test_an_unknown_rule_is_answered_with_the_nearest_names(run: Run, typed: str, nearest: str) -> None:
    exit_code, out, err = run("explain", typed)
    assert (exit_code, out) == (2, "")
    assert f"there is no rule '{typed}'; the nearest are {nearest}" in " ".join(err.split())
    assert "semver rules list" in err
