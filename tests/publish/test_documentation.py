"""`docs/how-to/publish.md` has every rule; with `UPDATE_GOLDEN=1` this test writes them there."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from semverdiff.publish import PublishCondition, publish_rules
from semverdiff.publish.pages import page

_PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "publish.md"
_TABLE = re.compile(r"(?<=<!-- publish rules: begin -->\n).*?(?=<!-- publish rules: end -->)", re.DOTALL)


def _table() -> str:
    rows = [
        f"| `{rule.id}` | {rule.severity} | {rule.title} | {f'`{rule.prints}`' if rule.prints else ''} |"
        for rule in publish_rules()
    ]
    head = ["| rule | severity | what is wrong | what `bal` prints |", "| --- | --- | --- | --- |"]
    return "\n".join(["", *head, *rows, "", ""])


def test_the_page_lists_every_rule() -> None:
    text = _PAGE.read_text("utf-8")
    if os.environ.get("UPDATE_GOLDEN") == "1":
        _PAGE.write_text(_TABLE.sub(lambda _: _table(), text), "utf-8")
        text = _PAGE.read_text("utf-8")
    assert _TABLE.findall(text) == [_table()]


@pytest.mark.parametrize("rule", publish_rules(), ids=lambda rule: rule.id)
def test_the_page_of_a_rule_says_what_bal_prints_if_it_prints_anything(rule: PublishCondition) -> None:
    text = page(rule)
    assert text.startswith(f"# {rule.id}\n")
    assert f"To mend it: {rule.remedy}" in text
    assert ("`bal` prints:" in text) is bool(rule.prints)
    assert rule.prints in text
