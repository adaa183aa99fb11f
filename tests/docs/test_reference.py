"""The reference leaves nothing out: what has a closed vocabulary is held against it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import yaml

import semverdiff
from semverdiff.reports import FORMATS, Outcome, schema_text

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = json.loads(schema_text())["$defs"]


def words_of(repository: Path, page: str) -> set[str]:
    """Return what a page of the reference puts between back quotes."""
    return set((repository / "docs" / "reference" / page).read_text("utf-8").split("`")[1::2])


@pytest.mark.parametrize("part", ["report", "finding", "counts", "skipped", "gate"])
def test_every_key_of_the_json_report_is_on_its_page(repository: Path, part: str) -> None:
    assert set(SCHEMA[part]["properties"]) - words_of(repository, "json.md") == set()


def test_every_format_is_on_the_page_of_formats(repository: Path) -> None:
    assert set(FORMATS) - words_of(repository, "formats.md") == set()


def test_every_outcome_is_on_the_page_of_exit_codes(repository: Path) -> None:
    assert set(map(str, Outcome)) - words_of(repository, "exit-codes.md") == set()


@pytest.mark.parametrize("part", ["inputs", "outputs"])
def test_every_input_and_output_of_the_action_is_on_its_page(repository: Path, part: str) -> None:
    action = yaml.safe_load((repository / "action.yml").read_text("utf-8"))
    rows = (repository / "docs" / "how-to" / "github.md").read_text("utf-8").splitlines()
    assert [name for name in action[part] if not any(row.startswith(f"| `{name}` |") for row in rows)] == []


def test_every_public_name_is_on_the_page_of_python(repository: Path) -> None:
    text = (repository / "docs" / "reference" / "python.md").read_text("utf-8")
    names = [name for name in semverdiff.__all__ if name not in {"__version__", "api"}]
    assert [name for name in names if not re.search(rf":: semverdiff\.{name}\b", text)] == []
