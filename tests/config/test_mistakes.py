"""What is wrong in Semver.toml: each mistake with its place and what was probably meant, all at once."""

from __future__ import annotations

import pytest
from support.semver_toml import mistakes, settings

from semverdiff.errors import UsageError

ONE_MISTAKE = {
    "a pattern that no rule is like": (
        "[[suppress]]\nrule = 'functoin-*'\nreason = 'r'\n",
        "2:1 no rule is like 'functoin-*' under [suppress] (did you mean 'function-removed'?)",
    ),
    "a pattern for every rule": (
        "[[suppress]]\nrule = '*'\nreason = 'r'\n",
        "2:1 expected a text around '*' for 'rule' under [suppress], or no 'rule' at all",
    ),
    "a pattern for every symbol": (
        "[[suppress]]\nrule = 'function-removed'\nsymbol = '**'\nreason = 'r'\n",
        "3:1 expected a text around '*' for 'symbol' under [suppress], or no 'symbol' at all",
    ),
    "too many patterns": (
        "[[suppress]]\nsymbol = 'a*'\nreason = 'r'\n" * 101,
        "1:3 more than 100 suppressions with '*': name findings",
    ),
    "a section": (
        "[chek]\n",
        "1:2 unknown section or key 'chek' (did you mean 'check'?)",
    ),
    "a section that is no table": (
        "check = 1\n",
        "1:1 incompatible type for key 'check': expected a table, found a number",
    ),
    "an option": (
        "[check]\nofline = true\n",
        "2:1 unknown option 'ofline' under [check] (did you mean 'offline'?)",
    ),
    "an option far from any": (
        "[check]\n\nzzz = true\n",
        "3:1 unknown option 'zzz' under [check]",
    ),
    "the type of an option": (
        "[check]\nstrict = 'yes'\n",
        "2:1 incompatible type for key 'strict' under [check]: expected a boolean, found a string",
    ),
    "the value of an option": (
        "[check]\nfail-on = 'mayor'\n",
        (
            "2:1 expected under-bumped, major, minor, patch, never for 'fail-on' under [check], found 'mayor'"
            " (did you mean 'major'?)"
        ),
    ),
    "a format": (
        "[check]\nformat = ['text', 'jsn=out.json']\n",
        "2:1 there is no format 'jsn': expected text, json, html (did you mean 'json'?)",
    ),
    "a format without its file": (
        "[check]\nformat = 'json='\n",
        "2:1 'json=' names no file: expected json=FILE, or json alone",
    ),
    "options that exclude each other": (
        "[check]\noffline = true\nrefresh = true\n",
        "3:1 'offline' and 'refresh' exclude each other: fetching needs the network",
    ),
    "a rule": (
        "[rules]\nfunction-removd = 'minor'\n",
        "2:1 unknown rule 'function-removd' under [rules] (did you mean 'function-removed'?)",
    ),
    "a level": (
        "[rules]\nfunction-removed = 'of'\n",
        (
            "2:1 expected off, patch, minor, major for 'function-removed' under [rules], found 'of'"
            " (did you mean 'off'?)"
        ),
    ),
    "a policy": (
        "policy.zero-minr = 'as-stable'\n",
        "1:8 unknown policy 'zero-minr' under [policy] (did you mean 'zero-minor'?)",
    ),
    "the value of a policy": (
        "policy = {zero-minor = 'as-stabel'}\n",
        (
            "1:11 expected breaking-minor, as-stable for 'zero-minor' under [policy], found 'as-stabel'"
            " (did you mean 'as-stable'?)"
        ),
    ),
    "a key of a suppression": (
        "[[suppress]]\nsymbl = 'f'\nrule = 'function-removed'\nreason = 'r'\n",
        "2:1 unknown key 'symbl' under [suppress] (did you mean 'symbol'?)",
    ),
    "the rule of the second suppression": (
        "[[suppress]]\nsymbol = 'f'\nreason = 'r'\n[[suppress]]\nreason = 'r'\nrule = 'function-remove'\n",
        "6:1 unknown rule 'function-remove' under [suppress] (did you mean 'function-removed'?)",
    ),
    "a suppression in one line": (
        "suppress = [\n  {symbol = 'f', reason = 'r'},\n  {symbol = 'f', reason = ' '},\n]\n",
        "3:18 expected a text for 'reason' under [suppress], found an empty one",
    ),
    "no reason": (
        "\n[[suppress]]\nsymbol = 'f'\n",
        "2:3 missing 'reason' under [suppress]: say why the finding does not count",
    ),
    "a suppression of everything": (
        "[[suppress]]\nmodule = 'shop'\nreason = 'r'\n",
        "1:3 expected 'rule', 'symbol' or 'fingerprint' in [[suppress]], found none of them",
    ),
    "a fingerprint": (
        "[[suppress]]\nfingerprint = '12'\nreason = 'r'\n",
        "2:1 expected 16 hex digits as reports show them for 'fingerprint', found '12'",
    ),
    "an end": (
        "[[suppress]]\nsymbol = 'f'\nreason = 'r'\nuntil = '2027-02-30'\n",
        "4:1 expected a date as in 2027-01-31 or a version as in 2.0.0 for 'until', found '2027-02-30'",
    ),
    "an end with a time of day": (
        "[[suppress]]\nsymbol = 'f'\nreason = 'r'\nuntil = 2027-01-31T00:00:00\n",
        (
            "4:1 incompatible type for key 'until' under [suppress]: expected a date or a version, "
            "found a date or time"
        ),
    ),
    "specifiers": (
        "required-version = '1.2'\n",
        "1:1 incompatible value for 'required-version': expected specifiers as in '>=1.2,<2', found '1.2'",
    ),
}


@pytest.mark.parametrize(("text", "expected"), ONE_MISTAKE.values(), ids=ONE_MISTAKE)
def test_a_mistake_is_told_with_its_place_and_what_was_probably_meant(text: str, expected: str) -> None:
    assert mistakes(text) == [expected]


@pytest.mark.parametrize(
    ("text", "place"), [("[check\n", "1:7"), ("[check]\nformat = [", "2:11"), ("\nstrict = yes\n", "2:10")]
)
def test_a_text_that_is_no_toml_is_one_mistake(text: str, place: str) -> None:
    (told,) = mistakes(text)  # the words are those of the parser, which Python may improve
    assert told.startswith(f"{place} invalid TOML: ")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = "[[suppress]]\nsymbol = 'f'\n[polcy]\n[rules]\nnothing-known = 'off'\n[check]\nstrict = 1\n"
    told = mistakes(text, environment={"SEMVERDIFF_STRICT": "perhaps"})
    assert told == [
        "environment variable SEMVERDIFF_STRICT: expected 1 or 0, true or false, yes or no; found 'perhaps'",
        "1:3 missing 'reason' under [suppress]: say why the finding does not count",
        "3:2 unknown section or key 'polcy' (did you mean 'policy'?)",
        "5:1 unknown rule 'nothing-known' under [rules]",
        "7:1 incompatible type for key 'strict' under [check]: expected a boolean, found a number",
    ]


def test_mistakes_in_one_line_are_told_from_left_to_right() -> None:
    assert [
        one.partition(" ")[0] for one in mistakes("check = { strict = 1, baseline = 2, offline = 3 }")
    ] == [
        "1:11",
        "1:23",
        "1:37",
    ]


def test_a_rule_that_is_not_known_is_the_only_mistake_of_its_line() -> None:
    assert mistakes("[rules]\nnothing-known = 'loud'\n") == ["2:1 unknown rule 'nothing-known' under [rules]"]


def test_the_line_of_a_mistake_is_shown() -> None:
    with pytest.raises(UsageError) as raised:
        settings("[check]\n  strict = 1 # really\n")
    (mistake,) = raised.value.mistakes
    assert (mistake.place(), mistake.excerpt) == ("Semver.toml:2:3", "  strict = 1 # really")


def test_bytes_that_are_no_text_are_a_mistake() -> None:
    assert mistakes(b"[check]\n# \xff\n") == [
        "2:3 expected UTF-8 text, found the byte 0xFF at offset 10 of 'Semver.toml'. Save the file as UTF-8."
    ]


def test_a_file_for_another_version_is_told_that_and_nothing_else() -> None:
    assert mistakes("required-version = '>=2'\n[a-later-section]\n") == [
        "1:1 the project expects semverdiff >=2, found 1.4.0: install a version that fits, or change it"
    ]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (
            {"SEMVERDIFF_FAIL_ON": "mayor"},
            (
                "environment variable SEMVERDIFF_FAIL_ON: expected under-bumped, major, minor, patch, never;"
                " found 'mayor' (did you mean 'major'?)"
            ),
        ),
        (
            {"SEMVERDIFF_FORMAT": "json txt"},
            (
                "environment variable SEMVERDIFF_FORMAT: there is no format 'txt': expected text, json, html"
                " (did you mean 'text'?)"
            ),
        ),
        (
            {"SEMVERDIFF_OFFLINE": "1", "SEMVERDIFF_REFRESH": "1"},
            (
                "environment variable SEMVERDIFF_REFRESH: excludes SEMVERDIFF_OFFLINE: "
                "fetching needs the network"
            ),
        ),
    ],
)
def test_a_variable_is_named_with_what_is_wrong_with_it(environment: dict[str, str], expected: str) -> None:
    assert mistakes(environment=environment) == [expected]
