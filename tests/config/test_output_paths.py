"""Where a Semver.toml may let reports be written."""

from __future__ import annotations

import pytest

from semverdiff.config.output_paths import output_mistake


@pytest.mark.parametrize(
    "file",
    ["a.json", "a", "./a.txt", "target/a.html", "a.b.json", "A.JSON", "Ä.md", "x y.txt"],
)
def test_a_report_below_the_project_is_right(file: str) -> None:
    assert output_mistake(file) == ""


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("/a.json", "leads out of the project"),
        (r"\a.json", "leads out of the project"),
        ("c:a.json", "leads out of the project"),
        ("~/a.json", "leads out of the project"),
        ("a/../../b.json", "leads out of the project"),
        (r"a\..\..\b.json", "leads out of the project"),
        ("a/.git/b.json", "no hidden file or directory, found '.git'"),
        ("a/.b.json", "no hidden file or directory, found '.b.json'"),
        ("CVS/a.json", "no hidden file or directory, found 'CVS'"),
        ("_darcs/a.json", "no hidden file or directory"),
        ("a./b.json", "another name on other systems"),
        ("a /b.json", "another name on other systems"),
        ("a:b.json", "leads out of the project"),
        ("ab:c.json", "another name on other systems"),
        ("git~1/b.json", "another name on other systems"),
        ("a\u200cb.json", "another name on other systems"),
        ("a\n.json", "another name on other systems"),
        (".", "is not named like a report"),
        ("a/.", "is not named like a report"),
        ("a.sh", "expected one of .htm, .html, .json, .log, .md, .out, .sarif, .txt, .xml, found '.sh'"),
        ("a.json.py", "found '.py'"),
    ],
)
def test_other_paths_are_mistakes(file: str, says: str) -> None:
    assert says in output_mistake(file)
