"""Flag over variable over file over default; and what each section of the file becomes."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from msgspec.structs import replace
from support.semver_toml import VOCABULARY, settings

from semverdiff.config import (
    Options,
    Policies,
    PolicyValue,
    SemverToml,
    Settings,
    SuppressionEntry,
    combine,
    read_semver_toml,
)
from semverdiff.config.model import Decisions
from semverdiff.errors import UsageError
from semverdiff.versions import Level, parse_version

# By option: a value as the flag, the variable and the file give it, all different if there are that many.
SOURCES = {
    "baseline": (Options(baseline="1.0.0"), "2.0.0", '"3.0.0"'),
    "formats": (Options(formats=("html",)), "json", '"text"'),
    "strict": (Options(strict=True), "0", "true"),
    "show_diff": (Options(show_diff=True), "0", "true"),
    "offline": (Options(offline=True), "0", "true"),
    "refresh": (Options(refresh=True), "0", "true"),
    "fail_on": (Options(fail_on="major"), "minor", '"patch"'),
    "merge_base": (Options(merge_base="main"), "dev", '"next"'),
    "accept_settings": (Options(accept_settings="base"), "suppressions", '"head"'),
    "require_baseline": (Options(require_baseline=True), "0", "true"),
    "dependencies": (Options(dependencies="fetch"), "local", '"none"'),
    "strict_suppressions": (Options(strict_suppressions=True), "0", "true"),
}
VALUES = {
    "baseline": ("1.0.0", "2.0.0", "3.0.0", "auto"),
    "formats": (("html",), ("json",), ("text",), ("text",)),
    "fail_on": ("major", "minor", "patch", "under-bumped"),
    "merge_base": ("main", "dev", "next", None),
    "accept_settings": ("base", "suppressions", "head", "suppressions"),
    "dependencies": ("fetch", "local", "none", "auto"),
}
FLAG_VALUES = (True, False, True, False)
OPTIONS = {"formats": "format"}


@pytest.mark.parametrize("name", SOURCES)
def test_flag_over_variable_over_file_over_default(name: str) -> None:
    flag, variable, in_file = SOURCES[name]
    option = OPTIONS.get(name, name).replace("_", "-")
    environment = {f"SEMVERDIFF_{option.upper().replace('-', '_')}": variable}
    text = f"[check]\n{option} = {in_file}\n"
    found = (
        settings(text, flags=flag, environment=environment),
        settings(text, environment=environment),
        settings(text),
        settings(),
    )
    assert tuple(getattr(one, name) for one in found) == VALUES.get(name, FLAG_VALUES)


@pytest.mark.parametrize(
    ("flags", "environment", "text", "offline", "refresh"),
    [
        (Options(refresh=True), {"SEMVERDIFF_OFFLINE": "1"}, None, False, True),
        (Options(offline=True), {"SEMVERDIFF_REFRESH": "1"}, None, True, False),
        (Options(), {"SEMVERDIFF_OFFLINE": "yes"}, "[check]\nrefresh = true\n", True, False),
        (Options(), {}, "[check]\nrefresh = true\n", False, True),
    ],
)
def test_of_two_wishes_that_exclude_each_other_the_stronger_stays(
    flags: Options,
    environment: dict[str, str],
    text: str | None,
    offline: bool,  # noqa: FBT001 (a column of the table)
    refresh: bool,  # noqa: FBT001 (as above)
) -> None:
    found = settings(text, flags=flags, environment=environment)
    assert (found.offline, found.refresh) == (offline, refresh)


def test_two_flags_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(UsageError, match="--offline and --refresh exclude each other"):
        settings(flags=Options(offline=True, refresh=True))


@pytest.mark.parametrize("text", [None, "", "# nothing decided\n", "[check]\n[rules]\n[policy]\n"])
def test_a_file_that_decides_nothing_is_as_good_as_none(text: str | None) -> None:
    assert settings(text) == Settings(path=Path(), typed=Options())


def test_an_empty_variable_says_nothing() -> None:
    assert settings(environment={"SEMVERDIFF_STRICT": "", "SEMVERDIFF_FAIL_ON": ""}).fail_on == "under-bumped"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("auto", "auto"),
        ("none", "none"),
        ("1.2.3", "1.2.3"),
        ("central:1.2.3", "central:1.2.3"),
        ("git:origin/main", "git:origin/main"),
        ("./1.2.3", "file:shop/1.2.3"),
        ("../old.bala", "file:shop/../old.bala"),
        (".", "file:shop"),
        ("releases/old", "file:shop/releases/old"),
        (r"releases\old", r"file:shop/releases\old"),
        ("old.bala", "file:shop/old.bala"),
        ("old.balo", "file:shop/old.balo"),
        ("C:old", "C:old"),
        ("file:old", "file:shop/old"),
        ("api:api.lock", "api:shop/api.lock"),
        ("file:/srv/old.bala", "file:/srv/old.bala"),
        ("file:", "file:"),
    ],
)
def test_paths_are_seen_from_the_file(written: str, found: str) -> None:
    assert settings(f"[check]\nbaseline = '{written}'\n", directory="shop").baseline == found


def test_reports_are_written_beside_the_file() -> None:
    text = "[check]\nformat = ['text', 'html=reports/api.html']\n"
    assert settings(text, directory="shop").formats == ("text", "html=shop/reports/api.html")


@pytest.mark.parametrize(
    ("text", "flags", "directory"),
    [
        ("[check]\nformat = 'html=api.html'\n", Options(), Path("shop")),
        ("[check]\nformat = 'html=api.html'\n", Options(formats=("html=api.html",)), None),
        ("", Options(formats=("html=api.html",)), None),
        ("", Options(), None),
        (None, Options(), None),
    ],
)
def test_only_reports_that_a_file_chose_are_kept_to_its_directory(
    text: str | None, flags: Options, directory: Path | None
) -> None:
    assert settings(text, flags=flags, directory="shop").output_directory == directory


def test_every_policy_is_read() -> None:
    text = """
        [policy]
        enum-member-added = "minor"
        constant-value-changed = "major"
        construct-output-records = "no"
        open-classes = "implement"
        ambiguous-arguments = "minor"
        zero-minor = "as-stable"
        undecided = "minor"
        removal = "after-deprecation"
    """
    assert settings(text).policies == Policies(
        enum_member_added=PolicyValue.MINOR,
        constant_value_changed=PolicyValue.MAJOR,
        construct_output_records=PolicyValue.NO,
        open_classes=PolicyValue.IMPLEMENT,
        ambiguous_arguments=PolicyValue.MINOR,
        zero_minor=PolicyValue.AS_STABLE,
        undecided=PolicyValue.MINOR,
        removal=PolicyValue.AFTER_DEPRECATION,
    )


def test_rules_get_levels() -> None:
    text = "[rules]\nenum-member-added = 'off'\nfunction-removed = 'minor'\n"
    assert settings(text).rules == {"enum-member-added": Level.NONE, "function-removed": Level.MINOR}


def test_the_catalogue_is_asked_only_where_a_rule_is_named() -> None:
    asked: list[str] = []

    def rule_ids() -> tuple[str, ...]:
        asked.append("rules")
        return ("function-removed",)

    vocabulary = replace(VOCABULARY, rule_ids=rule_ids)
    suppressed = "[[suppress]]\nsymbol = 'f'\nreason = 'r'\n"
    texts = {
        "[check]\nstrict = true\n": 0,
        suppressed: 0,
        f"{suppressed}rule = 'function-removed'\n": 1,
        "[rules]\nfunction-removed = 'off'\n": 1,
    }
    for text, times in texts.items():
        asked.clear()
        combine(Path(), Options(), {}, SemverToml(text.encode(), PurePosixPath()), vocabulary)
        assert len(asked) == times, text


def test_a_file_for_another_version_decides_nothing() -> None:
    file = SemverToml(b"required-version = '>=2'\n[check]\nstrict = true\n", PurePosixPath())
    assert read_semver_toml(file, VOCABULARY, []) == Decisions()


def test_suppressions_are_read() -> None:
    text = """
[[suppress]]
rule = "record-field-removed"
symbol = "Order.id"
module = "shop"
reason = " was never filled "
until = 2027-01-31

[[suppress]]
fingerprint = "0123456789abcdef"
reason = "agreed"
until = "2.0.0"

[[suppress]]
symbol = "Order.code"
reason = "agreed"
until = "2027-01-31"
"""
    assert settings(text).suppressions == (
        SuppressionEntry(
            rule="record-field-removed",
            symbol="Order.id",
            module="shop",
            reason="was never filled",
            until=dt.date(2027, 1, 31),
            line=2,
        ),
        SuppressionEntry(
            fingerprint="0123456789abcdef", reason="agreed", until=parse_version("2.0.0"), line=9
        ),
        SuppressionEntry(symbol="Order.code", reason="agreed", until=dt.date(2027, 1, 31), line=14),
    )


def test_a_token_in_the_environment_is_kept_but_never_shown() -> None:
    found = settings(environment={"BALLERINA_CENTRAL_ACCESS_TOKEN": "secret"})
    assert found.environment == {"BALLERINA_CENTRAL_ACCESS_TOKEN": "secret"}
    assert "secret" not in repr(found)


def test_without_a_file_no_parser_is_loaded() -> None:
    program = """
import sys
before = set(sys.modules)  # what measures coverage reads TOML itself
from pathlib import Path
from semverdiff.config import Options, Vocabulary, combine
from semverdiff.versions import SEMANTIC, any_scheme
combine(Path(), Options(), {}, None, Vocabulary((), list, str, any_scheme(SEMANTIC)))
loaded = set(sys.modules) - before
print(sorted({"tomllib", "semverdiff.config.semver_toml", "semverdiff.rules"} & loaded))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


SUPPRESSED = {
    "symbol 'Order'": SuppressionEntry(symbol="Order", reason="agreed"),
    "rule 'enum-removed', module 'shop' (line 3)": SuppressionEntry(
        rule="enum-removed", module="shop", reason="agreed", line=3
    ),
}


@pytest.mark.parametrize(("text", "entry"), SUPPRESSED.items())
def test_a_suppression_is_named_by_what_it_is_about_and_its_line(text: str, entry: SuppressionEntry) -> None:
    assert str(entry) == text
