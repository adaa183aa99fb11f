"""`semver explain-type`: how two types relate, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from semverdiff import limits

if TYPE_CHECKING:
    from cli.conftest import Semver

TYPES = """
import acme/other;
type Item record {| int number; |};
type Order record {| Item[] items; |};
type Loose record {| record {| int|string number; |}[] items; |};
type Foreign other:Thing|int;
"""


@pytest.fixture
def types(tmp_path: Path) -> Path:
    """Write a module of types."""
    file = tmp_path / "types.bal"
    file.write_text(TYPES)
    return file


SHOWN = {
    "equal": ("Item", "record {| int number; |}", ["every value of either type is one of the other"]),
    "narrower": (
        "Order",
        "Loose",
        [
            "every value of Order is one of Loose, but not the other way round",
            'because field "items" > element > field "number": int|string is not a subtype of int',
            'for example {"items": [{"number": "a"}]} is a value of Loose only',
        ],
    ),
    "wider": (
        "int?",
        "int",
        [
            "every value of int is one of int?, but not the other way round",
            "because int? is not a subtype of int",
            "for example () is a value of int? only",
        ],
    ),
    "unrelated": (
        "int",
        "string",
        [
            "either type has values that the other has not",
            "because int is not a subtype of string",
            "for example 0 is a value of int only",
        ],
    ),
    "unknown": (
        "Foreign",
        "int",
        ["not certain", "int is a subtype of Foreign", "missing: acme/other:Thing"],
    ),
    "a projection": ('Order["items"]', "Item[]", ["every value of either type is one of the other"]),
}
SYMBOLS = {
    "equal": "=",
    "narrower": "<",
    "wider": ">",
    "unrelated": "<>",
    "unknown": "?",
    "a projection": "=",
}


@pytest.mark.parametrize("case", SHOWN)
def test_text_gives_the_sign_the_meaning_the_place_and_a_value(
    semver: Semver, types: Path, case: str
) -> None:
    left, right, lines = SHOWN[case]

    ended = semver("explain-type", types, left, right)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [f"{left} {SYMBOLS[case]} {right}", *(f"  {line}" for line in lines)]


def test_json_holds_the_whole_answer(semver: Semver, types: Path) -> None:
    ended = semver("explain-type", types, "Loose", "Order", "--format", "json")

    assert json.loads(ended.out) == {
        "schema_version": 1,
        "left": "Loose",
        "right": "Order",
        "relation": "wider",
        "symbol": ">",
        "left_within_right": False,
        "right_within_left": True,
        "path": 'field "items" > element > field "number": int|string is not a subtype of int',
        "example": '{"items": [{"number": "a"}]}',
        "missing": [],
    }


def test_json_leaves_open_what_is_not_known(semver: Semver, types: Path) -> None:
    ended = semver("explain-type", types, "Foreign", "int", "--format", "json")

    document = json.loads(ended.out)
    assert (document["left_within_right"], document["right_within_left"]) == (None, True)
    assert (document["path"], document["example"], document["missing"]) == (None, None, ["acme/other:Thing"])


def test_a_file_takes_the_result(semver: Semver, types: Path, tmp_path: Path) -> None:
    ended = semver("explain-type", types, "int", "int", "--format", "json=answer.json")

    assert (ended.code, ended.out) == (0, "")
    assert json.loads((tmp_path / "answer.json").read_text())["symbol"] == "="


def test_what_would_repaint_a_terminal_is_escaped(semver: Semver, types: Path) -> None:
    ended = semver("explain-type", types, '"\x1b[31m"', "int")

    assert "\x1b" not in ended.out
    assert ended.out.startswith('"\\u{1B}[31m" <> int\n')


REFUSED = {
    "no file": (("missing.bal", "int", "int"), 2, "missing.bal"),
    "a directory": ((".", "int", "int"), 2, "is a directory"),
    "no type descriptor": (("types.bal", "int[", "int"), 2, "'int[' is no type descriptor: expected a name"),
    "one type only": (("types.bal", "int"), 2, "missing argument 'RIGHT'"),
    "a name that is misspelt": (("types.bal", "Ordre", "int"), 2, "type 'Ordre'. Did you mean 'Order'?"),
    "a broken file": (("broken.bal", "int", "int"), 3, "broken.bal:1:"),
    "no text": (("bytes.bal", "int", "int"), 3, "bytes.bal is not UTF-8 (byte 5)"),
}


@pytest.mark.parametrize(("arguments", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_a_mistake_is_told_with_its_remedy(
    semver: Semver, types: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    types.with_name("broken.bal").write_text("type Half record {| int")
    types.with_name("bytes.bal").write_bytes(b"type \xff int;")

    ended = semver("explain-type", *arguments)

    assert (ended.code, ended.out) == (code, "")
    assert message in ended.err


def test_a_file_that_is_too_large_or_cannot_be_read_is_said(
    semver: Semver, types: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TEXT_BYTES", types.stat().st_size - 1)
    ended = semver("explain-type", types, "int", "int")
    assert (ended.code, ended.out) == (3, "")
    assert "types.bal is too large: expected at most" in ended.err

    if Path("/proc/self/mem").exists():  # the first page of the memory of a process is nobody's
        ended = semver("explain-type", "/proc/self/mem", "int", "int")
        assert (ended.code, ended.out) == (3, "")
        assert "mem cannot be read: Input/output error" in ended.err
