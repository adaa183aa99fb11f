"""Outlines and declarations as bytes: what is read is what was written, or it is not there."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.rules import all_rules
from semverdiff.syntax import outline
from semverdiff.syntax.records import (
    EXTRACTOR,
    read_record,
    record_of,
)

if TYPE_CHECKING:
    from pathlib import Path

_SOURCES = sorted(
    {
        text.encode()
        for rule in all_rules()
        for side in (rule.example.before, rule.example.after)
        for text in side.values()
    }
)
_SOURCE = b"""\
import acme/money as m;\r
# An order.\r
@m:Kept {by: "id"}
public type Order record {| *m:Amount; readonly int id = 1; m:Amount[]|error? all; |};
public isolated client class Shop { resource function get a/[int id](@m:A Order... o) returns Order|() {} }
enum Color { RED, BLUE = "b" }
public const annotation map<string> Note on source type, parameter;
configurable int port = ?;
public listener m:Listener at = new (8080);
service /shop on at, new m:Listener(1) { remote function f(function (int) returns string g) {} }
const X = "unicode: \xc3\xa9";
function broken( { }
type T distinct table<map<json>> key<string>|stream<int, error?>|[int, string...]|typedesc<"a"|-1.5d>;
"""


def test_the_extractor_is_named_by_its_sources(repository: Path) -> None:
    folder = repository / "semverdiff" / "syntax"
    names = (
        "declarations",
        "descriptors",
        "nodes",
        "outlines",
        "plain_declarations",
        "records",
        "spelling",
        "tree",
        "words",
    )
    grammar = repository / "grammars" / "ballerina"
    bindings = (
        "_ballerina.c",
        "declarations.c",
        "declarations.h",
        "plain_declarations.c",
        "plain_declarations.h",
        "plain_expressions.c",
        "plain_members.c",
        "plain_nodes.c",
        "plain_nodes.h",
        "plain_reader.h",
        "plain_statements.c",
        "plain_tokens.c",
        "plain_types.c",
    )
    sources = ("src/parser.c", "src/scanner.c", *(f"bindings/c/{name}" for name in bindings))
    digest = hashlib.sha256()
    for file in (*(folder / f"{name}.py" for name in names), *(grammar / name for name in sources)):
        digest.update(re.sub(rb'\nEXTRACTOR: Final = ".*"\n', b"\n", file.read_bytes()))
    # With another value, models that the former extractor has made are not read.
    assert digest.hexdigest()[:12] == EXTRACTOR, "set EXTRACTOR in semverdiff/syntax/records.py to this value"


@pytest.mark.parametrize("content", [_SOURCE, *_SOURCES])
def test_what_is_read_is_what_was_written(content: bytes) -> None:
    known = outline(content)
    record = record_of(known, content)
    assert record is not None
    found = read_record(record, content)
    assert found == known
    assert not known.damages or found.damages


def test_an_outline_of_another_text_has_no_record() -> None:
    assert record_of(outline(b"type T int;"), b"type U int;") is None


@given(st.binary(max_size=40))
def test_bytes_that_are_no_record_are_none(record: bytes) -> None:
    assert read_record(record, b"type T int;") is None


OUTLINES = {
    "behind the end": [{}, [["T", "type_definition", True, 1, 0, "", 5, 60]], []],
    "before the start": [{}, [["T", "type_definition", True, 1, 0, "", -1, 5]], []],
    "of less than nothing": [{}, [["T", "type_definition", True, 1, 0, "", 5, -5]], []],
    "on a line before the first": [{}, [["T", "type_definition", True, -1, 0, "", 0, 5]], []],
    "in a column before the first": [{}, [["T", "type_definition", True, 1, -1, "", 0, 5]], []],
    "of no kind": [{}, [["T", "word", True, 1, 0, "", 0, 5]], []],
    "of another type": [{}, [["T", "type_definition", 1, 1, 0, "", 0, 5]], []],
}


@pytest.mark.parametrize("record", OUTLINES.values(), ids=OUTLINES)
def test_an_outline_that_does_not_fit_is_none(record: object) -> None:
    assert read_record(msgspec.msgpack.encode(record), b"type T int;") is None
    fits = [{}, [["T", "type_definition", False, 1, 0, "", 0, 11]], []]
    assert read_record(msgspec.msgpack.encode(fits), b"type T int;") == outline(b"type T int;")
