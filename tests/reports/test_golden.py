"""The bytes of every format. `UPDATE_GOLDEN=1 pytest tests/reports/test_golden.py` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from reports.examples import EXAMPLES

from semverdiff.reports import Style, render

_FOLDER = Path(__file__).parent / "golden"
_STYLES = {
    "txt": ("text", Style()),
    "color.txt": ("text", Style(color=True, width=72)),
    "bal.txt": ("bal", Style()),
    "diff.bal.txt": ("bal", Style(show_diff=True)),
    "json": ("json", Style()),
    "html": ("html", Style()),
    "md": ("markdown", Style(source_url="https://example.com/{path}#L{line}")),
    "sarif": ("sarif", Style()),
    "junit.xml": ("junit", Style()),
    "github.txt": ("github", Style()),
    "gitlab.json": ("gitlab", Style()),
}
# A page holds its style and script; a few pages show every part of it.
_PAGES = {"change-set", "decided", "error", "hostile", "under-bumped", "unpublishable"}
_LARGE = {"html", "sarif", "junit.xml", "github.txt", "gitlab.json"}
_CASES = [
    (example, suffix)
    for example in sorted(EXAMPLES)
    for suffix in _STYLES
    if suffix not in _LARGE or example in _PAGES
]


@pytest.mark.parametrize(("example", "suffix"), _CASES)
def test_a_report_is_drawn_in_exactly_these_bytes(
    example: str, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("html", "json", "sarif"):
        monkeypatch.setattr(f"semverdiff.reports.formats.{module}.__version__", "9.8.7")
    format_name, style = _STYLES[suffix]
    golden = _FOLDER / f"{example}.{suffix}"
    drawn = render(EXAMPLES[example], format_name, style).encode()
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.write_bytes(drawn)
    assert drawn == golden.read_bytes()


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in _FOLDER.iterdir()} == {f"{example}.{suffix}" for example, suffix in _CASES}
