"""An edit of a TOML text changes what was asked for, and not one byte beside it."""

from __future__ import annotations

import datetime as dt
import tomllib
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.manifests import LAYOUTS, spelled
from support.semver_toml import settings

from semverdiff import limits
from semverdiff.config import (
    SuppressionEntry,
    with_changed_entries,
    with_entries,
    with_text,
    written_entry,
)
from semverdiff.errors import UsageError
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.versions import Version

VERSION = ("package", "version")
_SECONDS = 10  # of the processor; one after the other the entries take minutes
ENDS = (None, dt.date(2031, 1, 31), parse_version("2.0.0-rc.1"))
ENTRY = {"rule": "function-removed", "symbol": "place", "reason": "agreed"}
WRITTEN = '[[suppress]]\nrule = "function-removed"\nsymbol = "place"\nreason = "agreed"\n'

# Before, and what is written below it.
SEMVER_TOML = {
    "nothing": ("", WRITTEN),
    "options": ("[check]\nstrict = true\n", f"\n{WRITTEN}"),
    "an empty line at the end": ("[check]\nstrict = true\n\n", WRITTEN),
    "no line end at the end": ("[check]\nstrict = true", f"\n\n{WRITTEN}"),
    "comments only": ("# [[suppress]]\n# rule = 'x'\n", f"\n{WRITTEN}"),
    "entries": ('[[suppress]]\nsymbol = "a"\nreason = "b"\n', f"\n{WRITTEN}"),
    "a text that looks like a header": (
        '[[suppress]]\nsymbol = "a"\nreason = """\nb\n[policy]\n# c\n"""\n\n[policy]\nundecided = "minor"\n',
        f"\n{WRITTEN}",
    ),
}
# Before, split where the entry goes.
BETWEEN = {
    "a comment of the next table": (
        '[[suppress]]\nsymbol = "a"\nreason = "b" # why\n',
        f"\n{WRITTEN}",
        '\n# Where rules leave a choice.\n[policy]\nundecided = "minor"\n',
    ),
    "no line between": (
        '[[suppress]]\nsymbol = "a"\nreason = "b"\n',
        f"\n{WRITTEN}\n",
        '[policy]\nundecided = "minor"\n',
    ),
    "an array in brackets": (
        'suppress = [\n  { symbol = "a", reason = "b" }',
        ',\n  {rule = "function-removed", symbol = "place", reason = "agreed"}',
        "\n]\n",
    ),
    "an empty array": (
        "suppress = [",
        '{rule = "function-removed", symbol = "place", reason = "agreed"}',
        "] # none yet\n",
    ),
}

_spellings = st.fixed_dictionaries(
    {"crlf": st.booleans(), "mark": st.booleans(), "final_newline": st.booleans()}
)
_lines = st.sampled_from(
    [
        "",
        "# a comment",
        "  # another, indented",
        '[check]\nbaseline = "auto"\nformat = ["text",\n  "json=out.json", # a report\n]',
        "[rules]\nfunction-removed = 'minor'",
        '[policy]\nundecided = "minor"',
        '[[suppress]]\nsymbol = "a"\nreason = "b"',
        (
            "[[suppress]]\nfingerprint = '0123456789abcdef'\nreason = '''\nlong\n[rules]\n# text'''\n"
            "until = 2030-01-01"
        ),
    ]
)


@st.composite
def _semver_toml(draw: st.DrawFn) -> bytes:
    """Draw a text of sections, which are written at most once, entries, comments and blanks."""
    seen: set[str] = set()
    parts = []
    for part in draw(st.lists(_lines, max_size=8)):
        if part.startswith("[") and not part.startswith("[[") and part in seen:
            continue
        seen.add(part)
        parts.append(part)
    return spelled("\n".join(parts) + "\n", **draw(_spellings))


def _inserted(before: bytes, after: bytes) -> bool:
    """Return whether a text is another one with one part more."""
    start = next((at for at in range(len(before)) if after[at : at + 1] != before[at : at + 1]), len(before))
    return after.endswith(before[start:]) and len(after) >= len(before)


@pytest.mark.parametrize(("before", "added"), SEMVER_TOML.values(), ids=SEMVER_TOML)
@pytest.mark.parametrize("mark", [False, True])
@pytest.mark.parametrize("crlf", [False, True])
def test_an_entry_is_written_below(before: str, added: str, crlf: bool, mark: bool) -> None:  # noqa: FBT001 (cases)
    # A file without a line end does not say which one it has.
    crlf = crlf and "\n" in before
    old, new = (spelled(text, crlf=crlf, mark=mark) for text in (before, before + added))
    assert with_entries(old, "suppress", [ENTRY]) == new


@pytest.mark.parametrize(("start", "added", "end"), BETWEEN.values(), ids=BETWEEN)
def test_an_entry_follows_the_others_and_takes_no_comment_from_what_follows(
    start: str, added: str, end: str
) -> None:
    assert with_entries((start + end).encode(), "suppress", [ENTRY]).decode() == start + added + end


def test_several_entries_are_apart() -> None:
    assert with_entries(b"", "suppress", [ENTRY, ENTRY]).decode() == f"{WRITTEN}\n{WRITTEN}"


@given(_semver_toml(), st.text(min_size=1).filter(str.strip), st.sampled_from(ENDS))
def test_an_entry_is_read_as_it_was_meant_and_the_rest_stays(
    before: bytes, reason: str, until: dt.date | Version | None
) -> None:
    entry = SuppressionEntry(
        rule="function-removed", symbol="Client[get users/{}]", reason=reason, until=until
    )
    after = with_entries(before, "suppress", [written_entry(entry)])
    assert _inserted(before, after)
    known = settings(before).suppressions
    found = settings(after).suppressions
    assert len(found) == len(known) + 1
    last = found[-1]
    assert (last.rule, last.symbol, last.until) == (entry.rule, entry.symbol, entry.until)
    assert last.reason == reason.strip()


def test_several_entries_are_changed_and_what_stands_around_them_stays() -> None:
    around = "# first\n{}\n# second\n[[suppress]]\nsymbol='b' # b\n\n{}\n[policy]\n"
    before = around.format(
        '[[suppress]]\nsymbol = "a" # a\nuntil = 2020-01-31\n', "[[suppress]]\nsymbol = 'c'\n"
    )
    after = around.format('[[suppress]]\nsymbol = "x" # a\n', "[[suppress]]\nsymbol = 'c'\nreason = \"z\"\n")
    changed = {2: {"symbol": "c", "reason": "z"}, 0: {"symbol": "x"}}
    assert with_changed_entries(before.encode(), "suppress", changed) == after.encode()


@pytest.mark.parametrize("numbers", [(0, 2), (1,), (0, 1)])
def test_entries_within_one_line_are_changed(numbers: tuple[int, ...]) -> None:
    before = after = 'suppress = [{symbol = "f0"}, {symbol = "f1"}, {symbol = "f2"}] # d\n'
    for number in numbers:
        after = after.replace(f"f{number}", f"g{number}")
    changed = {number: {"symbol": f"g{number}"} for number in numbers}
    assert with_changed_entries(before.encode(), "suppress", changed) == after.encode()


@pytest.mark.parametrize(
    "text",
    [
        # The second line of the reason looks like the header of what follows.
        '[[suppress]]\nreason = """\n[policy]\n"""\n',
        # Another table between the entries would move behind them.
        '[[suppress]]\nreason = "a"\n[rules]\n# none\n[[suppress]]\nreason = "b"\n',
        # There is nothing in it to change.
        "suppress = [1]\n",
    ],
)
def test_an_entry_that_cannot_be_changed_alone_is_not_changed(text: str) -> None:
    with pytest.raises(UsageError, match="line 1 cannot be changed alone"):
        with_changed_entries(text.encode(), "suppress", {0: {"reason": "x"}})


def test_an_entry_that_would_make_the_file_too_large_is_not_changed() -> None:
    with pytest.raises(UsageError, match="nobody reads it"):
        with_changed_entries(
            b'[[suppress]]\nsymbol = "a"\n', "suppress", {0: {"symbol": "x" * limits.TOML_BYTES}}
        )


def test_many_entries_are_changed_in_time_that_grows_with_them() -> None:
    text = "".join(f'[[suppress]]\nsymbol = "f{number}"\n' for number in range(1_000))
    changed = {number: {"symbol": f"g{number}"} for number in range(1_000)}
    begun = process_time()
    after = with_changed_entries(text.encode(), "suppress", changed)
    assert process_time() - begun < _SECONDS
    assert after == text.replace('"f', '"g').encode()


def test_a_file_that_nobody_could_read_any_more_is_not_written() -> None:
    many = [{"symbol": "x" * 100, "reason": "y" * 100}] * (limits.TOML_BYTES // 200)
    with pytest.raises(UsageError, match="nobody reads it"):
        with_entries(b"", "suppress", many)


def test_an_entry_whose_place_needs_a_comma_elsewhere_is_refused() -> None:
    # The comma stands before the comment, and the new entry behind it.
    text = 'suppress = [\n  { symbol = "a", reason = "b" } # agreed\n]\n'
    with pytest.raises(UsageError, match="by hand"):
        with_entries(text.encode(), "suppress", [{"symbol": "c", "reason": "d"}])


@pytest.mark.parametrize("layout", LAYOUTS)
@given(spelling=_spellings)
def test_one_value_is_replaced_and_every_other_byte_stays(layout: str, spelling: dict[str, bool]) -> None:
    before = spelled(LAYOUTS[layout], **spelling)
    after = with_text(before, VERSION, "2.0.0-rc.1")
    document = tomllib.loads(before.decode().removeprefix("\ufeff"))
    document["package"]["version"] = "2.0.0-rc.1"
    assert tomllib.loads(after.decode().removeprefix("\ufeff")) == document
    old, new = before.split(b"\n"), after.split(b"\n")
    ((one, other),) = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    # Quotes, blanks and comments around it are those that were there.
    assert other == one.replace(b"1.4.0", b"2.0.0-rc.1", 1)


@pytest.mark.parametrize("layout", ["native libraries between dependencies", "an array of dependencies"])
@pytest.mark.parametrize("number", [0, 1])
def test_a_value_of_an_entry_is_replaced(layout: str, number: int) -> None:
    before = LAYOUTS[layout]
    old = ("0.9.1", "2.0.0")[number]
    after = with_text(before.encode(), ("dependency", number, "version"), "3.1.0").decode()
    assert after == before.replace(old, "3.1.0", 1)


@pytest.mark.parametrize(
    "text",
    [
        '[package]\nname = "shop"\n',
        "[package]\nversion = 14\n",
        '[package]\nversion = { is = "1.4.0" }\n',
        "",
    ],
)
def test_what_is_not_there_is_not_replaced(text: str) -> None:
    with pytest.raises(UsageError, match="version"):
        with_text(text.encode(), VERSION, "2.0.0")


def test_what_cannot_be_replaced_in_one_line_is_refused() -> None:
    # Between brackets of several lines, beside a form that the editor would write in another way.
    text = 'dependency = [ { version = """\n1.4.0""" } ]\n'
    with pytest.raises(UsageError, match="by hand"):
        with_text(text.encode(), ("dependency", 0, "version"), "2.0.0")


@pytest.mark.parametrize(
    "name", ["testorg-myproject-any-0.1.0.bala", "testorg-multimoduleproject-any-0.1.0.bala"]
)
def test_a_published_manifest_is_edited_in_one_line(shared: Path, name: str) -> None:
    import zipfile  # noqa: PLC0415 (of one test)

    with zipfile.ZipFile(shared / "balas" / name) as archive:
        before = archive.read("Ballerina.toml")
    after = with_text(before, VERSION, "0.2.0")
    assert after == before.replace(b'version = "0.1.0"', b'version = "0.2.0"', 1)
    assert _inserted(before, with_entries(before, "suppress", [ENTRY]))
