"""The page of a rule says all there is to say, and docs/reference/rules/ holds the same pages."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from semverdiff.config import choices
from semverdiff.rules import all_rules, rule
from semverdiff.rules.examples import Code
from semverdiff.rules.pages import by_subject, entry_of, index_page, page, subject_page
from semverdiff.rules.policies import policies_of
from semverdiff.rules.subjects import SUBJECTS
from semverdiff.syntax import outline
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from semverdiff.rules import Rule

pytestmark = pytest.mark.slow

RULES = tuple(all_rules())
BY_ID = pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.id)

ENUM_MEMBER_ADDED = """\
## enum-member-added

An enum member was added. Reported as: enum member 'GREEN' is added.

Level, by the first line that holds:

1. **minor** if the enum has no new value: a member renamed with its value kept, or a union alias turned \
into an enum. Nobody breaks: the enum has no new value.
2. **minor** (**major** with `--strict`) if the policy `enum-member-added` is `minor`. Clients that handle \
every member miss the new one, which the project allows.
3. **minor** (**major** with `--strict`) if clients pass it in (position `in`). Clients only pass the \
enum; only those that handle every member of it themselves break.
4. **major** if clients receive it (position `out` or `both`). Clients that handle every member miss the \
new one.

Before:

```ballerina
public enum Color {
    RED, BLUE
}
```

After:

```ballerina
public enum Color {
    RED, BLUE, GREEN
}
```

A client that breaks:

```ballerina
import acme/shop;

function describe(shop:Color value) returns string {
    match value {  // breaks
        shop:RED => {
            return "red";
        }
        shop:BLUE => {
            return "blue";
        }
    }
}
```

To avoid it: Say in the documentation that members may be added, so that clients write a clause for the \
rest; then set the policy `enum-member-added` to `minor`.

To configure it in Semver.toml: `enum-member-added` (off, patch, minor or major) under `[rules]`, \
`enum-member-added` (by-position or minor) under `[policy]`, or `[[suppress]]` for a single finding.

Reference: language specification, "Enumerations"; compatibility contract, 2.8. Since semverdiff 0.1.0.
"""


def test_the_page_of_a_rule() -> None:
    entry = rule("enum-member-added")
    assert entry is not None
    assert page(entry) == ENUM_MEMBER_ADDED


@BY_ID
def test_a_page_is_whole(entry: Rule) -> None:
    text = page(entry)
    assert text.startswith(f"## {entry.id}\n\n{entry.title} Reported as: ")
    assert text.count("**") >= 2 * len(entry.rows)
    assert not re.search(r"\$[a-z_]|«|»|\?\?|\[\$| {3,}$|\n\n\n", text)
    assert text.count("```") % 2 == 0
    for name in policies_of(entry):
        assert f"`{name}` ({' or '.join(choices()[name])}) under `[policy]`" in text


def _shapes(code: str) -> Iterator[str]:
    """Yield the files that code of a client may stand in: declarations, statements, both."""
    declared, _, stated = code.rpartition("\n\n")
    for declarations, statements in ((code, ""), ("", code), (declared, stated)):
        yield f"import acme/shop;\n{declarations}\nfunction use() returns error? {{\n{statements}\n}}\n"


@BY_ID
def test_the_client_is_ballerina(entry: Rule) -> None:
    client = entry_of(entry)["client"]
    assert client is None or any(not outline(text.encode()).damages for text in _shapes(str(client))), client


@BY_ID
def test_there_is_a_remediation_where_ordinary_clients_break(entry: Rule) -> None:
    breaks = any(row.effect.level is Level.MAJOR for row in entry.rows)
    assert not breaks or entry.remediation is not None


@BY_ID
def test_there_is_no_remediation_where_nobody_breaks(entry: Rule) -> None:
    breaks = any(row.effect.strict is Level.MAJOR for row in entry.rows)
    assert breaks or entry.remediation is None


def _rule_pages(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(repository / "scripts" / "rule_pages.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=repository)


def test_the_pages_in_the_repository_are_those_of_the_catalogue(repository: Path) -> None:
    done = _rule_pages(repository, "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_every_rule_is_on_the_page_of_its_subject_and_on_the_index(repository: Path) -> None:
    folder = repository / "docs" / "reference" / "rules"
    index = (folder / "README.md").read_text("utf-8")
    for entry in RULES:
        assert f"({entry.subject}.md#{entry.id})" in index
        assert page(entry) in (folder / f"{entry.subject}.md").read_text("utf-8")


def test_the_index_leads_to_every_subject_and_policy() -> None:
    text = index_page(RULES)
    assert text.startswith(f"# Rules\n\n{len(RULES)} rules for {len(SUBJECTS)} subjects. ")
    for subject in SUBJECTS:
        assert f"\n## [{subject}]({subject}.md)\n\n- [{subject}-" in text
    for name, values in choices().items():
        assert f"| [{name}](policies.md#{name}) | {', '.join(f'`{value}`' for value in values)} |" in text
    assert (
        "(map.md#map-alias-to-record) (major): A map type became a record type with declared fields.\n"
        in text
    )
    assert "(variable.md#variable-type-narrowed) (major/minor): A public variable gives less.\n" in text


def test_the_page_of_a_subject_counts_its_rules_and_leads_to_the_contract() -> None:
    one = [entry for entry in RULES if entry.subject == "map"]
    links = "[All subjects](README.md), [compatibility contract](../../explanation/compatibility.md)"
    assert subject_page("map", one).startswith(f"# Rules: map\n\n1 rule. {links} 2.6\n\n## map-")
    several = [entry for entry in RULES if entry.subject == "resource"]
    head, *pages = subject_page("resource", several).split("\n\n## ")
    assert len(pages) == len(several)
    assert head.startswith(f"# Rules: resource\n\n{len(several)} rules. ")
    assert head.endswith("2.1 and 2.3")


def test_rules_are_grouped_by_subject_in_their_order() -> None:
    groups = by_subject(RULES)
    assert list(groups) == sorted(SUBJECTS)
    assert all(group == [entry for entry in RULES if entry.subject == name] for name, group in groups.items())


def test_levels_are_those_without_strict_the_highest_first() -> None:
    entry = rule("variable-type-narrowed")
    assert entry is not None
    assert entry.levels == [Level.MAJOR, Level.MINOR]
    assert [level for one in RULES if one.id == "record-field-optional-added" for level in one.levels] == [
        Level.MINOR
    ]


def test_a_rule_as_json() -> None:
    entry = rule("record-field-required-added")
    assert entry is not None
    assert entry_of(entry) == {
        "id": "record-field-required-added",
        "subject": "record-field",
        "title": "A required field without default was added.",
        "levels": [
            {
                "when": "out, policy construct-output-records = no",
                "level": "minor",
                "strict": "major",
                "reason": (
                    "Clients only receive the record, and the project decided that they do not construct it."
                ),
            },
            {
                "when": None,
                "level": "major",
                "strict": "major",
                "reason": "Clients that construct the record miss the field.",
            },
        ],
        "certainty": "proved",
        "message": "required field 'code' of type 'int' is added",
        "client": (
            "import acme/shop;\n\npublic function main() {\n    shop:Order instance = {id: 1};  // breaks\n}"
        ),
        "reference": {"chapter": "Record type descriptors", "section": "2.5"},
        "since": "0.1.0",
    }


def test_a_page_shows_files_by_name_where_an_example_is_more_than_code() -> None:
    entry = rule("module-added")
    assert entry is not None
    text = page(entry)
    assert "Before:\n\n`Ballerina.toml`\n\n```toml\n[package]" in text
    assert "`modules/payment/payment.bal`\n\n```ballerina\npublic function pay" in text
    assert "Both versions have:" not in text


def test_a_page_shows_what_both_versions_have_and_where_nothing_is_declared() -> None:
    entry = rule("function-parameter-included-added")
    assert entry is not None
    assert "Both versions have:\n\n```ballerina\npublic type Options record" in page(entry)
    added = rule("function-added")
    assert added is not None
    assert "Before:\n\n```ballerina\n// nothing of that name\n```\n\nAfter:" in page(added)


def test_a_rule_whose_example_finds_nothing_has_a_page_nevertheless() -> None:
    entry = rule("module-removed")
    assert entry is not None
    idle = replace(entry, entry=replace(entry.entry, example=Code("(module)", "", "")))
    assert "Reported as: module 'shop' is removed." in page(idle)
