"""The cases of the grammar: source text and its tree, in the format of tree-sitter's own tests."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from semverdiff.syntax.tree import parse

FOLDER = Path(__file__).parents[2] / "grammars" / "ballerina" / "test" / "corpus"
_CASE = re.compile(
    r"^={3,}\n(?P<name>[^\n]+)\n={3,}\n\n(?P<source>.*?)\n---\n\n(?P<tree>\(.*?\))\s*(?=^===|\Z)",
    re.MULTILINE | re.DOTALL,
)


class Case(msgspec.Struct, frozen=True):
    """A piece of source, and its tree as tree-sitter writes it."""

    theme: str
    name: str
    source: str
    tree: str


def cases() -> list[Case]:
    return [
        Case(file.stem, found["name"], found["source"], _on_one_line(found["tree"]))
        for file in sorted(FOLDER.glob("*.txt"))
        for found in _CASE.finditer(file.read_bytes().decode())
    ]


def _on_one_line(tree: str) -> str:
    return re.sub(r"\s+", " ", tree)


CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.theme}: {case.name}")
def test_source_has_the_tree(case: Case) -> None:
    assert str(parse(case.source.encode())) == case.tree


def test_every_case_is_found() -> None:
    text = "".join(file.read_text("utf-8") for file in FOLDER.glob("*.txt"))
    assert len(CASES) == text.count("\n---\n")
    assert len(CASES) >= 300


def test_broken_input_is_a_third_of_the_cases() -> None:
    broken = [case for case in CASES if "ERROR" in case.tree or "MISSING" in case.tree]
    assert len(broken) * 3 >= len(CASES)


def test_names_are_given_once_a_theme() -> None:
    names = [(case.theme, case.name) for case in CASES]
    assert len(names) == len(set(names))
