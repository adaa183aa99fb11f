"""Of two settings the stricter one counts, key by key; what the head relaxes is listed, the rest is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.semver_toml import settings

from semverdiff.config import Options, Settings, choices, merge_settings, relaxations, stricter
from semverdiff.config.model import ACCEPT_SETTINGS, OPTIONS
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.config import MergedSettings

_SUPPRESSED = "[[suppress]]\nsymbol = 'f'\nreason = 'r'\n"
_SINGLE = "[[suppress]]\nrule = 'function-removed'\nsymbol = 'f'\nreason = 'r'\n"

# By field of the settings: a Semver.toml of the base, a laxer one of the head, and what the head relaxes.
RELAXED = {
    "baseline": ("", "[check]\nbaseline = 'none'\n", "option 'baseline': none, before auto"),
    "offline": ("", "[check]\noffline = true\n", "option 'offline': true, before false"),
    "refresh": ("[check]\nrefresh = true\n", "", "option 'refresh': false, before true"),
    "strict": ("[check]\nstrict = true\n", "", "option 'strict': false, before true"),
    "fail_on": ("", "[check]\nfail-on = 'never'\n", "option 'fail-on': never, before under-bumped"),
    "merge_base": (
        "[check]\nmerge-base = 'main'\n",
        "[check]\nmerge-base = 'HEAD'\n",
        "option 'merge-base': HEAD, before main",
    ),
    "accept_settings": (
        "[check]\naccept-settings = 'base'\n",
        "",
        "option 'accept-settings': suppressions, before base",
    ),
    "require_baseline": (
        "[check]\nrequire-baseline = true\n",
        "",
        "option 'require-baseline': false, before true",
    ),
    "dependencies": ("", "[check]\ndependencies = 'none'\n", "option 'dependencies': none, before auto"),
    "strict_suppressions": (
        "[check]\nstrict-suppressions = true\n",
        "",
        "option 'strict-suppressions': false, before true",
    ),
    "publish": ("[check]\npublish = true\n", "", "option 'publish': false, before true"),
    "required_version": ("required-version = '>=1.0'\n", "", "'required-version': none, before >=1.0"),
    "policies": ("", "[policy]\nundecided = 'minor'\n", "policy 'undecided': minor, before major"),
    "rules": ("", "[rules]\nfunction-removed = 'off'\n", "rule 'function-removed': off, before major"),
    "publish_rules": (
        "",
        "[publish]\nreadme-missing = 'off'\n",
        "publish rule 'readme-missing': off, before error",
    ),
    "suppressions": ("", _SUPPRESSED, "suppression of symbol 'f' (line 1): new"),
}
# Not of a file, or only for the eye; `least_levels` are made of both sides' rules.
NEVER_RELAXED = {
    "path",
    "typed",
    "environment",
    "formats",
    "output_directory",
    "show_diff",
    "least_levels",
    "is_shared",
}


def merged(old: str, new: str, accept: str | None = None) -> MergedSettings:
    flags = Options(accept_settings=next((one for one in ACCEPT_SETTINGS if one == accept), None))
    return merge_settings(settings(old, flags=flags), settings(new, flags=flags), lambda _: Level.MAJOR)


def relaxed(old: str, new: str) -> tuple[str, ...]:
    return tuple(one.sentence for one in merged(old, new).relaxations)


def test_every_field_of_the_settings_has_a_case() -> None:
    assert RELAXED.keys() | NEVER_RELAXED == set(Settings.__struct_fields__)
    of_the_file = {option.replace("-", "_") for option in OPTIONS} - {"format", "show_diff"}
    assert of_the_file <= RELAXED.keys()


@pytest.mark.parametrize("field", RELAXED)
def test_what_the_head_relaxes_is_listed_and_does_not_count(field: str) -> None:
    base, head, sentence = RELAXED[field]
    found = merged(base, head)
    assert [(one.sentence, one.is_accepted) for one in found.relaxations] == [(sentence, False)]
    expected = settings(base)
    assert getattr(found.settings, field) == getattr(expected, field)
    assert getattr(found.settings, field) != getattr(settings(head), field)


@pytest.mark.parametrize("field", sorted(RELAXED.keys() - {"baseline", "dependencies", "merge_base"}))
def test_the_way_back_is_not_listed_and_counts(field: str) -> None:
    laxer, stricter = RELAXED[field][1], RELAXED[field][0]
    found = merged(laxer, stricter)
    assert found.relaxations == ()
    assert getattr(found.settings, field) == getattr(settings(stricter), field)


@pytest.mark.parametrize("field", RELAXED)
def test_what_was_typed_is_relaxed_by_no_file(field: str) -> None:
    typed = Options(
        baseline="1.0.0",
        offline=False,
        refresh=False,
        strict=True,
        fail_on="minor",
        merge_base="main",
        accept_settings="suppressions",
        require_baseline=True,
        dependencies="local",
        strict_suppressions=True,
        publish=True,
    )
    base, head, _ = RELAXED[field]
    found = merge_settings(settings(base, flags=typed), settings(head, flags=typed), lambda _: Level.MAJOR)
    if field in Options.__struct_fields__:
        assert found.relaxations == ()
        assert getattr(found.settings, field) == getattr(typed, field)
    else:
        assert len(found.relaxations) == 1


@pytest.mark.parametrize("field", RELAXED)
def test_everything_counts_where_the_head_is_accepted(field: str) -> None:
    base, head, sentence = RELAXED[field]
    if field == "accept_settings":
        return
    found = merged(base, head, "head")
    assert [(one.sentence, one.is_accepted) for one in found.relaxations] == [(sentence, True)]
    accepted = getattr(found.settings, field)
    if field == "suppressions":
        accepted = tuple(replace(one, is_new=False) for one in accepted)
    assert accepted == getattr(settings(head), field)


@pytest.mark.parametrize(("base", "head"), [("base", "head"), ("head", "base"), ("suppressions", "head")])
def test_of_two_wishes_what_to_accept_the_stricter_counts(base: str, head: str) -> None:
    sides = [f"[check]\naccept-settings = '{one}'\n{_SINGLE}" for one in (base, head)]
    stricter = next(one for one in ACCEPT_SETTINGS if one in {base, head})
    found = merged(sides[0].removesuffix(_SINGLE), sides[1])
    assert found.settings.accept_settings == stricter
    assert len(found.settings.suppressions) == (stricter != "base")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
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
        (
            "[policy]\nremoval = 'after-deprecation'\n",
            "",
            "policy 'removal': at-once, before after-deprecation",
        ),
        (
            f"{_SUPPRESSED}until = '2.0.0'\n",
            f"\n{_SUPPRESSED}until = '3.0.0'\n",
            "suppression of symbol 'f' (line 2): other end",
        ),
        ("[check]\nfail-on = 'minor'\n", "", "option 'fail-on': under-bumped, before minor"),
        (
            "[publish]\nlicense-missing = 'error'\n",
            "",
            "publish rule 'license-missing': warning, before error",
        ),
        (
            "[publish]\nreadme-missing = 'warning'\n",
            "[publish]\nreadme-missing = 'off'\n",
            "publish rule 'readme-missing': off, before warning",
        ),
    ],
)
def test_each_step_to_something_laxer_is_listed(old: str, new: str, expected: str) -> None:
    assert relaxed(old, new) == (expected,)
    assert relaxed(new, old) == ()


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("off", "warning", "warning"),
        ("warning", "off", "warning"),
        ("off", "off", "off"),
        ("off", "error", None),
        (None, "warning", None),
        ("warning", None, None),
    ],
)
def test_of_a_rule_about_publishing_the_stricter_word_counts(
    old: str | None, new: str | None, word: str | None
) -> None:
    texts = ["" if one is None else f"[publish]\nreadme-missing = '{one}'\n" for one in (old, new)]
    found = merged(*texts).settings.publish_rules
    assert {name: one.word for name, one in found.items()} == (
        {} if word is None else {"readme-missing": word}
    )


@pytest.mark.parametrize("level", ["off", "minor", "major"])
def test_a_rule_that_keeps_its_level_is_no_news(level: str) -> None:
    same = f"[rules]\nfunction-removed = '{level}'\n"
    assert relaxed(same, same) == ()
    assert relaxed("", "[rules]\nfunction-removed = 'major'\n") == ()


@pytest.mark.parametrize(
    ("old", "new", "rules", "least"),
    [
        ("", "minor", {}, {"function-removed": Level.MINOR}),
        ("minor", "", {}, {"function-removed": Level.MINOR}),
        ("off", "minor", {"function-removed": Level.MINOR}, {}),
        ("major", "patch", {"function-removed": Level.MAJOR}, {}),
        ("", "", {}, {}),
    ],
)
def test_a_rule_has_the_higher_level_of_both_sides(
    old: str, new: str, rules: dict[str, Level], least: dict[str, Level]
) -> None:
    sides = [f"[rules]\nfunction-removed = '{one}'\n" if one else "" for one in (old, new)]
    found = merged(*sides).settings
    assert (found.rules, found.least_levels) == (rules, least)


def test_a_suppression_that_moved_or_got_a_better_reason_is_no_news() -> None:
    better = _SUPPRESSED.replace("'r'", "'agreed with all clients'")
    assert relaxed(_SUPPRESSED, f"# Decided in May.\n\n{better}") == ()


@pytest.mark.parametrize(
    ("old", "new", "is_news"),
    [
        (_SUPPRESSED, f"{_SUPPRESSED}rule = 'function-removed'\n", False),
        (_SUPPRESSED, f"{_SUPPRESSED}module = 'shop'\n", False),
        (f"{_SUPPRESSED}module = 'shop'\n", _SUPPRESSED, True),
        (_SUPPRESSED, f"{_SUPPRESSED}until = '2.0.0'\n", False),
        (f"{_SUPPRESSED}until = '2.0.0'\n", _SUPPRESSED, True),
        (f"{_SUPPRESSED}until = '3.0.0'\n", f"{_SUPPRESSED}until = '2.0.0'\n", False),
        (f"{_SUPPRESSED}until = 2027-01-02\n", f"{_SUPPRESSED}until = 2027-01-01\n", False),
        (f"{_SUPPRESSED}until = 2027-01-01\n", f"{_SUPPRESSED}until = 2027-01-01\n", False),
        (f"{_SUPPRESSED}until = 2027-01-01\n", f"{_SUPPRESSED}until = 2027-01-02\n", True),
        (f"{_SUPPRESSED}until = 2027-01-01\n", f"{_SUPPRESSED}until = '2.0.0'\n", True),
    ],
)
def test_a_suppression_of_less_than_before_is_no_news(old: str, new: str, *, is_news: bool) -> None:
    assert bool(relaxed(old, new)) is is_news


def test_each_new_suppression_is_news_behind_a_known_one() -> None:
    another = _SUPPRESSED.replace("'f'", "'g'")
    assert relaxed(_SUPPRESSED, _SUPPRESSED + another) == ("suppression of symbol 'g' (line 4): new",)


def test_a_suppression_that_acts_longer_keeps_its_end() -> None:
    base = f"{_SUPPRESSED}until = '2.0.0'\n"
    assert merged(base, _SUPPRESSED).settings.suppressions == settings(base).suppressions


def test_a_suppression_that_the_head_removes_acts_no_longer() -> None:
    assert merged(_SUPPRESSED, "").settings.suppressions == ()


@pytest.mark.parametrize(
    ("keys", "is_single"),
    [
        ("fingerprint = '0123456789abcdef'", True),
        ("rule = 'function-removed'\nsymbol = 'f'", True),
        ("rule = 'function-removed'", False),
        ("symbol = 'f'", False),
        ("rule = 'function-removed'\nmodule = 'shop'", False),
    ],
)
@pytest.mark.parametrize("accept", ["base", "suppressions", "head"])
def test_a_new_suppression_counts_if_it_names_one_finding(accept: str, keys: str, *, is_single: bool) -> None:
    entry = f"[[suppress]]\n{keys}\nreason = 'r'\n"
    found = merged("", entry, accept)
    accepted = accept == "head" or (accept == "suppressions" and is_single)
    assert [(one.is_accepted, one.is_suppression) for one in found.relaxations] == [(accepted, True)]
    most = None if accept == "head" else 1
    assert [(one.is_new, one.most) for one in found.settings.suppressions] == [(True, most)] * accepted


@pytest.mark.parametrize("started", ACCEPT_SETTINGS)
@pytest.mark.parametrize("newest", ACCEPT_SETTINGS)
def test_of_two_revisions_of_a_target_the_stricter_settings_count(
    started: Literal["base", "suppressions", "head"], newest: Literal["base", "suppressions", "head"]
) -> None:
    found = stricter(
        settings("[check]\nstrict = true\n", flags=Options(accept_settings=started)),
        settings("[check]\nfail-on = 'minor'\n", flags=Options(accept_settings=newest)),
        lambda _: Level.MAJOR,
    )
    assert (found.strict, found.fail_on) == (True, "minor")
    assert found.accept_settings == min(started, newest, key=ACCEPT_SETTINGS.index)


@pytest.mark.parametrize("name", choices())
def test_of_the_values_of_a_policy_one_is_the_laxer(name: str) -> None:
    first, second = (f"[policy]\n{name} = '{value}'\n" for value in choices()[name])
    assert sorted(map(len, (relaxed(first, second), relaxed(second, first)))) == [0, 1]
    assert merged(first, second).settings.policies == merged(second, first).settings.policies


def test_what_a_file_decides_can_be_held_against_the_defaults() -> None:
    text = (
        f"[check]\nfail-on = 'never'\nmerge-base = 'HEAD'\n[rules]\nfunction-removed = 'off'\n{_SUPPRESSED}"
    )
    assert relaxations(settings(), settings(text), lambda _: Level.MAJOR, before="default") == (
        "option 'merge-base': HEAD, default none",
        "option 'fail-on': never, default under-bumped",
        "rule 'function-removed': off, default major",
        "suppression of symbol 'f' (line 6): default none",
    )


@given(st.sampled_from([side for case in RELAXED.values() for side in case[:2]]))
def test_nothing_is_relaxed_by_the_same_file(text: str) -> None:
    found = merged(text, text)
    assert found.relaxations == ()
    assert replace(found.settings, path=Path()) == settings(text, flags=Options())


@given(
    st.sampled_from([side for case in RELAXED.values() for side in case[:2]]),
    st.sampled_from([side for case in RELAXED.values() for side in case[:2]]),
)
def test_the_stricter_of_two_is_relaxed_against_neither(base: str, head: str) -> None:
    judge = merged(base, head).settings
    for side in (base, head):
        against = relaxations(settings(side), judge, lambda _: Level.PATCH)
        assert [
            one
            for one in against
            if not one.startswith(("option 'baseline'", "option 'dependencies'", "option 'merge-base'"))
        ] == []


def _pattern(rule: str, symbol: str, more: str = "") -> str:
    return f"[[suppress]]\nrule = '{rule}'\nsymbol = '{symbol}'\nreason = 'r'\n{more}"


_OF_BASE = _pattern("function-*", "Draft.*")


@pytest.mark.parametrize(
    ("head", "is_covered"),
    [
        (_OF_BASE, True),
        (_pattern("function-removed", "Draft.f"), True),
        (_pattern("function-r*", "Draft.*"), True),
        (_pattern("function-removed", "Draft.*", "fingerprint = '0123456789abcdef'\n"), True),
        (_pattern("function-removed", "Draft.f", "until = 2030-01-01\n"), True),
        (_pattern("*-removed", "Draft.*"), False),
        (_pattern("function-*", "D*"), False),
        (_pattern("record-field-removed", "Draft.f"), False),
        ("[[suppress]]\nsymbol = 'Draft.*'\nreason = 'r'\n", False),
    ],
)
def test_a_pattern_of_the_base_covers_what_hides_no_more(head: str, is_covered: bool) -> None:  # noqa: FBT001 (a column)
    found = merged(_OF_BASE, head, "base")
    assert (found.relaxations == ()) is is_covered
    assert len(found.settings.suppressions) == is_covered


def test_a_pattern_of_the_base_that_ends_covers_nothing_that_does_not() -> None:
    base = _pattern("function-*", "Draft.*", "until = 2030-01-01\n")
    assert merged(base, _pattern("function-removed", "Draft.f"), "base").settings.suppressions == ()


@pytest.mark.parametrize(("rule", "symbol"), [("function-*", "f"), ("function-removed", "f*")])
def test_a_pattern_is_no_single_finding(rule: str, symbol: str) -> None:
    (found,) = merged("", _pattern(rule, symbol)).relaxations
    assert (found.is_accepted, found.is_suppression) == (False, True)
