"""Every command that a document shows is run, and writes what is shown."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from support.console import Command, File, Session, agrees, steps_of, with_outputs
from support.readers import (
    ROOT,
    branches,
    checkout,
    example,
    nothing,
    reader,
    repository,
    tagged,
    workspace,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.central import Published

pytestmark = pytest.mark.slow

LIFE = tuple(
    f"docs/tutorial/{name}.md" for name in ("first-check", "first-failure", "accept-a-break", "publish")
)
INSTALL = "docs/how-to/install.md"
DEPENDENCIES = Path(click.__file__).parents[1]
PAGES: dict[str, Callable[[Path], list[Published]]] = {
    "README.md": example,
    "docs/how-to/api-file.md": repository,
    "docs/how-to/audit.md": tagged,
    "docs/how-to/bump.md": repository,
    "docs/how-to/impact.md": example,
    "docs/how-to/publish.md": example,
    "docs/how-to/connectors.md": example,
    "docs/how-to/git-baselines.md": branches,
    "docs/how-to/history.md": tagged,
    "docs/how-to/offline.md": branches,
    "docs/how-to/private-registry.md": example,
    "docs/how-to/workspace.md": workspace,
    "docs/explanation/how-it-decides.md": nothing,
    "docs/explanation/why-not-text.md": nothing,
    "docs/reference/formats.md": example,
    "docs/reference/json.md": example,
}
_DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# As a block of code, whether fenced or indented.
_COMMAND = re.compile(r"^(?: {4}|\$ )(?:semver|git|bal|python3?|pip|make) ", re.MULTILINE)
_IS_UPDATE = "UPDATE_DOCS" in os.environ


def test_the_life_of_a_package_with_the_wheel(tmp_path: Path, programs: Path) -> None:
    assert (
        read_through((INSTALL,), checkout, tmp_path / "installed", programs, dependencies=DEPENDENCIES) == ""
    )
    installed = tmp_path / "installed" / "work" / ".venv" / "bin"
    assert read_through(LIFE, nothing, tmp_path / "life", installed, dependencies=DEPENDENCIES) == ""


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_what_happens(page: str, tmp_path: Path, programs: Path) -> None:
    assert read_through((page,), PAGES[page], tmp_path, programs) == ""


def test_every_page_with_commands_is_tried() -> None:
    pages = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in _DOCUMENTS}
    commands = {
        name for name, text in pages.items() if any(isinstance(one, Command) for one in steps_of(text))
    }
    assert commands == {INSTALL, *LIFE, *PAGES}
    outside = [
        f"{name}: {match[0]}"
        for name, text in pages.items()
        for match in _COMMAND.finditer(_without_console(text))
    ]
    assert outside == []


def read_through(
    pages: tuple[str, ...],
    begin: Callable[[Path], list[Published]],
    folder: Path,
    programs: Path,
    dependencies: Path | None = None,
) -> str:
    """Do what a reader of pages does, in one session; return where something else happens than is shown."""
    found = []
    with reader(begin, folder, programs, dependencies) as somebody:
        session = Session(somebody.directory, somebody.variables)
        for page in pages:
            text = (ROOT / page).read_text("utf-8")
            outputs = {}
            for step in steps_of(text):
                if isinstance(step, File):
                    session.write(step)
                    continue
                if session.status and step.text != "echo $?":
                    found.append(f"{page}:{step.line}: the command before it failed, and nothing shows that")
                written = [somebody.shown(line) for line in session.run(step)]
                somebody.publish()
                if not agrees(step.output, written):
                    outputs[step.line] = written
                    found.append(
                        "\n".join(
                            (f"{page}:{step.line}: $ {step.text}", *written, "-- is shown as:", *step.output)
                        )
                    )
            if session.status:
                found.append(f"{page}: the last command failed, and nothing shows that")
            if _IS_UPDATE and outputs:
                (ROOT / page).write_text(with_outputs(text, outputs), "utf-8")
    return "\n".join(found)


def _without_console(text: str) -> str:
    return re.sub(r"^```console\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
