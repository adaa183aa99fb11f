"""What people copy installs nothing by a bare name: no index has this project, and anybody may claim it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    ROOT / "action.yml",
    ROOT / ".pre-commit-hooks.yaml",
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "Makefile",
    *sorted((ROOT / ".github").rglob("*.yml")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "scripts").rglob("*.sh")),
    *sorted((ROOT / "semverdiff" / "cli" / "templates").iterdir()),
]
_INSTALLS = re.compile(
    r"(?:\bpip3?\s+(?:install|download|wheel)|\bpipx\s+(?:install|run)|\buvx|\buv\s+(?:add|pip\s+install|tool\s+(?:install|run)))\b"
    r"(?P<rest>(?:\\\n|[^\n`])*)"
)
# These take the word after them.
_WITH_VALUE = frozenset(
    {"--requirement", "-r", "--constraint", "-c", "--find-links", "--dest", "--index-url", "--wheel-dir"}
)
# Of the user or of the maintainers, never of a pull request: a variable, and what a folder holds.
_GIVEN = re.compile(r"[$./].*|.*\.whl|.*://.*")


def installed_by_name(text: str) -> list[str]:
    """Return the words behind commands that install, which an index would be asked for."""
    found = []
    for match in _INSTALLS.finditer(text):
        words = iter(_words(match["rest"]))
        for word in words:
            if word in _WITH_VALUE:
                next(words, None)
            elif not word.startswith("-") and not _GIVEN.fullmatch(word):
                found.append(word)
    return found


def _words(rest: str) -> list[str]:
    lexer = shlex.shlex(rest.replace("\\\n", " "), posix=True, punctuation_chars=";&|")
    lexer.whitespace_split = True
    words: list[str] = []
    try:
        for word in lexer:
            if word[0] in ";&|":
                break
            words.append(word)
    except ValueError:  # a sentence with an apostrophe
        return rest.split()
    return words


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_nothing_is_installed_by_its_bare_name(file: Path) -> None:
    assert installed_by_name(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("run: python -m pip install semverdiff", ["semverdiff"]),
        ("pip install --quiet semverdiff==0.1.0 && semver check", ["semverdiff==0.1.0"]),
        ("pip install \\\n  --upgrade semverdiff", ["semverdiff"]),
        ("`pipx run semverdiff`", ["semverdiff"]),
        ("`uvx semverdiff check`", ["semverdiff", "check"]),
        ('python -m pip install "$SEMVERDIFF"   # a wheel', []),
        ('pip install "${SEMVERDIFF:?set this variable to what is installed}"', []),
        ("pip install --require-hashes --requirement requirements/run.txt", []),
        ("To install it: `pip install .`", []),
        ("pip install git+https://git.example.org/semverdiff@0123456", []),
    ],
)
def test_a_bare_name_is_noticed(text: str, names: list[str]) -> None:
    assert installed_by_name(text) == names
