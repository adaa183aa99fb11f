"""The page of a rule says all there is to say, and docs/rules/ holds the same pages."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from semverdiff.config import choices
from semverdiff.rules import all_rules, rule
from semverdiff.rules.pages import entry_of, page
from semverdiff.rules.policies import policies_of
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
function describe(shop:Color value) returns string {
    match value {
        // a clause for each member of the old version, none for the rest
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
    folder = repository / "docs" / "rules"
    index = (folder / "README.md").read_text("utf-8")
    for entry in RULES:
        assert f"({entry.subject}.md#{entry.id})" in index
        assert page(entry) in (folder / f"{entry.subject}.md").read_text("utf-8")
