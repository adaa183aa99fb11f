"""Links of the documents beside the site lead somewhere; those within it are held by its build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_LINK = re.compile(r"\]\(([^)\s:]+)\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
LINKS = [
    (page.name, target)
    for page in sorted(ROOT.glob("*.md"))
    for target in sorted(set(_LINK.findall(page.read_text("utf-8"))))
]


@pytest.mark.parametrize(("page", "target"), LINKS)
def test_a_link_leads_to_a_file_and_a_heading(page: str, target: str) -> None:
    path, _, anchor = target.partition("#")
    file = ROOT / (path or page)
    assert file.exists()
    assert not anchor or anchor in {_slug(one) for one in _HEADING.findall(file.read_text("utf-8"))}


def test_there_are_links() -> None:
    assert {"README.md", "CONTRIBUTING.md", "SECURITY.md"} <= {page for page, _ in LINKS}


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
