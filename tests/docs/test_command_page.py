"""The page of the commands is that of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from command_page import main, page

from semverdiff.cli.program import program

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_in_the_repository_is_that_of_the_program() -> None:
    assert main(["--check"]) is None


@pytest.mark.parametrize("text", [None, "", "# Commands\n"])
def test_another_page_is_noticed(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "commands.md"
    if text is not None:
        file.write_text(text, "utf-8")
    assert main(["--check"], file) == "commands.md is not of this program; run python scripts/command_page.py"
    assert main([], file) is None
    assert main(["--check"], file) is None


def test_every_command_has_a_section_with_all_its_options() -> None:
    sections = page().split("\n## ")
    context = click.Context(program, info_name="semver")
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        # Commands of a group stand apart, and options of every command at the end.
        own = [one for one in sections if f"{one.splitlines()[0]} ".startswith(f"semver {name} ")]
        assert own, name
        text = "\n".join([*own, sections[-1]])
        options = [one for one in command.params if isinstance(one, click.Option)]
        assert [
            one
            for option in options
            for one in option.opts
            if f"`{one}" not in text and f", {one}" not in text
        ] == []


def test_an_option_stands_with_its_default_and_its_variable() -> None:
    (entry,) = [line for line in page().splitlines() if line.startswith("* **`--fail-on ")]
    assert entry.endswith("of that level. (default `under-bumped`, variable `SEMVERDIFF_FAIL_ON`)")
