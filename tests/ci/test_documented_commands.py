"""Every command of the program that README and the pages show can be typed as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from semverdiff.cli.program import program

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
# In blocks of code and in sentences, up to a comment or another command.
_SHOWN = re.compile(r"(?:^(?: {2}| {4}|\$ |- run: |  +- run: )|`)(semver [^`\n#]+)", re.MULTILINE)
# What stands for something, or for more of the same, and what a shell would do with the rest.
_REST = re.compile(r"\s(?:\.\.\.|[<>|&]).*| #.*| {2}.*")


def commands(page: Path) -> list[str]:
    found = [_REST.sub("", one).strip() for one in _SHOWN.findall(page.read_text("utf-8"))]
    return sorted({one for one in found if one.split()[1:]})


SHOWN = [(page.name, command) for page in PAGES for command in commands(page)]


@pytest.mark.parametrize(("page", "command"), SHOWN)
def test_a_command_that_is_shown_can_be_typed(
    page: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "types.bal").touch()
    words = shlex.split(command)[1:]
    current: click.Command = program
    context = click.Context(program, info_name="semver")
    while isinstance(current, click.Group) and words and not words[0].startswith("-"):
        name, found, words = current.resolve_command(context, words)
        assert found is not None, page
        current, context = found, click.Context(found, parent=context, info_name=name)
    if isinstance(current, click.Group) or not words:
        return
    current.make_context(context.info_name, list(words), parent=context.parent)


def test_pages_show_commands() -> None:
    assert len(SHOWN) > 20
    assert {"README.md", "github.md"} <= {page for page, _ in SHOWN}
