"""What is reported where no package was read, so that no ecosystem is known."""

from __future__ import annotations

from semverdiff.ecosystem import UNKNOWN


def test_where_no_ecosystem_is_known_there_are_no_rules() -> None:
    rules = UNKNOWN.catalogue
    assert list(rules.all_rules()) == []
    assert [rules.rule("x"), rules.rule_page("x"), rules.rule_entry("x")] == [None, None, None]
    assert UNKNOWN.written("1.0.0") == 'version = "1.0.0"'
