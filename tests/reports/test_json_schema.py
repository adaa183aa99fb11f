"""What `semver schema` prints describes every document of the format `json`, whatever the run was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from reports.examples import EXAMPLES
from reports.runs import RUNS

from semverdiff.reports import Report, Reports, Style, render, render_all, schema_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"

SCHEMA = json.loads(schema_text())


def closed(schema: object) -> object:
    """Return the schema with no room for keys that it does not name."""
    match schema:
        case dict():
            whole = {key: closed(value) for key, value in schema.items()}
            return {**whole, "additionalProperties": False} if "properties" in schema else whole
        case list():
            return [closed(value) for value in schema]
    return schema


CLOSED = jsonschema.Draft202012Validator(closed(SCHEMA))


def written(run: Report | Reports) -> object:
    if isinstance(run, Reports):
        return json.loads(render_all(run, "json", Style()))
    return json.loads(render(run, "json", Style()))


def replaced(document: object, path: Sequence[str | int], value: object) -> object:
    """Return the document with another value at a path."""
    if not path:
        return value
    key, *rest = path
    match document:
        case dict():
            return {**document, key: replaced(document[key], rest, value)}
        case list():
            assert isinstance(key, int)
            return [*document[:key], replaced(document[key], rest, value), *document[key + 1 :]]
    raise KeyError(path)


def test_the_schema_is_one_by_its_dialect() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.slow
@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_every_key_and_value_of_a_run_is_in_the_schema(run: Callable[[], Report | Reports]) -> None:
    assert [error.message for error in CLOSED.iter_errors(written(run()))] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_key_and_value_of_an_example_is_in_the_schema(name: str) -> None:
    assert [error.message for error in CLOSED.iter_errors(written(EXAMPLES[name]))] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("outcome",), "fine"),
        (("schema_version",), 2),
        (("candidate", "name"), None),
        (("required_bump",), "prerelease"),
        (("findings", 0, "level"), 3),
        (("findings", 0, "old"), {"text": "x"}),
        (("findings",), None),
        (("causes", 0, "findings"), [1]),
    ],
)
def test_another_value_is_refused(path: tuple[str | int, ...], value: object) -> None:
    document = replaced(written(EXAMPLES["under-bumped"]), path, value)
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(document)


@pytest.mark.parametrize("key", json.loads(render(EXAMPLES["unchanged"], "json", Style())))
def test_a_document_that_lacks_a_key_is_refused(key: str) -> None:
    document = json.loads(render(EXAMPLES["unchanged"], "json", Style()))
    del document[key]
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(document)


def test_keys_of_a_later_version_are_no_mistake() -> None:
    document = {**json.loads(render(EXAMPLES["unchanged"], "json", Style())), "later": 1}
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid(document)


def test_the_copy_in_the_documentation_is_current() -> None:
    copy = (_DOCS / "report.schema.json").read_text("utf-8")
    assert copy == schema_text(), "run: semver schema > docs/reference/report.schema.json"
