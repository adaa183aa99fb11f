"""SECURITY.md names the test of each defence, and the tests are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
FILE = re.compile(r"`((?:tests|semverdiff|scripts|\.github|docs)/[\w./-]+)`")


def test_each_file_that_is_named_is_there() -> None:
    named = set(FILE.findall(PAGE))
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


def test_each_law_that_is_named_is_there() -> None:
    laws = (ROOT / "tests" / "fuzz" / "laws.py").read_text("utf-8")
    named = {
        law for words in re.findall(r"laws\.py` \((.*?)\)", PAGE) for law in re.findall(r"`(\w+)`", words)
    }
    assert named == {"answers", "archive", "manifests", "settings", "sources"}
    assert [law for law in sorted(named) if f"\ndef {law}(data: bytes)" not in laws] == []


def test_each_defence_has_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and line.count("|") == 3]
    defences = [row for row in rows if not row.startswith(("| what stops it", "| ---"))]
    assert len(defences) > 15
    assert [row for row in defences if not FILE.search(row.split("|")[2])] == []
