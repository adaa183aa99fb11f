"""What a change set made easier for itself is listed, and what it made harder is not."""

from __future__ import annotations

import pytest
from support.semver_toml import settings

from semverdiff.config import choices, loosened
from semverdiff.versions import Level

_SUPPRESSED = "[[suppress]]\nsymbol = 'f'\nreason = 'r'\n"


def relaxed(old: str, new: str) -> tuple[str, ...]:
    return loosened(settings(old), settings(new), lambda _: Level.MAJOR)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "[rules]\nfunction-removed = 'off'\n", "rule 'function-removed': off, before major"),
        ("", "[rules]\nfunction-removed = 'minor'\n", "rule 'function-removed': minor, before major"),
        (
            "[rules]\nfunction-removed = 'minor'\n",
            "[rules]\nfunction-removed = 'patch'\n",
            "rule 'function-removed': patch, before minor",
        ),
        (
            "[policy]\nzero-minor = 'as-stable'\n",
            "",
            "policy 'zero-minor': breaking-minor, before as-stable",
        ),
        ("", "[policy]\nundecided = 'minor'\n", "policy 'undecided': minor, before major"),
        ("", _SUPPRESSED, "suppression of symbol 'f' (line 1): new"),
        (
            f"{_SUPPRESSED}until = '2.0.0'\n",
            f"\n{_SUPPRESSED}until = '3.0.0'\n",
            "suppression of symbol 'f' (line 2): other end",
        ),
    ],
)
def test_what_lets_more_pass_is_listed_and_the_way_back_is_not(old: str, new: str, expected: str) -> None:
    assert relaxed(old, new) == (expected,)
    assert [one for one in relaxed(new, old) if "other end" not in one] == []


@pytest.mark.parametrize("level", ["off", "minor", "major"])
def test_a_rule_that_keeps_its_level_is_no_news(level: str) -> None:
    same = f"[rules]\nfunction-removed = '{level}'\n"
    assert relaxed(same, same) == ()
    assert relaxed("", "[rules]\nfunction-removed = 'major'\n") == ()


def test_a_suppression_that_moved_or_got_a_better_reason_is_no_news() -> None:
    better = _SUPPRESSED.replace("'r'", "'agreed with all clients'")
    assert relaxed(_SUPPRESSED, f"# Decided in May.\n\n{better}") == ()


@pytest.mark.parametrize("name", choices())
def test_of_the_values_of_a_policy_one_is_the_laxer(name: str) -> None:
    first, second = (f"[policy]\n{name} = '{value}'\n" for value in choices()[name])
    assert sorted(map(len, (relaxed(first, second), relaxed(second, first)))) == [0, 1]
