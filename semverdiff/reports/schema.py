"""The JSON Schema of the format `json`: what `semver schema` prints.

It is made from the values that the format writes: a key has the type of its field. A program may rely on what
is there, and has to live with keys that it does not know: more may be added without another `schema_version`.
"""

from __future__ import annotations

import json
from types import NoneType
from typing import TYPE_CHECKING, TypeAlias, get_args, get_origin, get_type_hints

import msgspec

from semverdiff import artifact, changes, errors, publish, rules, verdict, versions
from semverdiff.enums import StrEnum
from semverdiff.reports import model
from semverdiff.reports.causes import Cause
from semverdiff.reports.formats import json as document

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    Schema: TypeAlias = Mapping[str, "Schema | Sequence[Schema | str | None] | str | int"]

__all__ = ["report_schema", "schema_text"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {str: "string", int: "integer", bool: "boolean"}
# What annotations name that their modules import for type checkers only.
_NAMES = {
    kind.__name__: kind
    for kind in (
        changes.Change,
        changes.DependencyVersions,
        changes.Excerpt,
        changes.Position,
        changes.Step,
        errors.Mistake,
        artifact.ManifestPlace,
        publish.PublishFinding,
        publish.Readiness,
        publish.Severity,
        publish.Unchecked,
        rules.Finding,
        versions.Level,
    )
}

# By definition and key: what the name does not say.
_MEANINGS = {
    "report": {
        "outcome": "How the check ended. The exit code follows from it.",
        "candidate": "The package that was checked; null where it could not be read.",
        "baseline": "The package that it was compared with; null where there was nothing to compare with.",
        "declared_bump": "The step from the baseline's version to the candidate's.",
        "required_bump": "The step that the changes need.",
        "required_version": "The lowest version that nobody has published and that suffices.",
        "suggested_version": "The version to write into the manifest.",
        "findings": "Every change, sorted by module, symbol and rule.",
        "change_set": "What came since the merge base; null without --merge-base.",
        "causes": "The findings that count, grouped by what made them.",
        "relaxed_settings": "Sentences about settings that let more pass than at the base.",
        "skipped": "What was not compared. It is not known to be compatible.",
        "accepted": "What counts less because this change set says so; null where nothing does.",
        "summary": "The verdict in one sentence.",
        "publish": "Whether the package can be published; null without --publish.",
        "directory": "Where the package lies in its workspace, or beside others of its name; else null.",
    },
    "finding": {
        "rule": "The id of the rule; `semver rules explain ID` explains it.",
        "certainty": "Undecided: whether clients break is not known.",
        "symbol": "The name as a client reads it in the module: `Order.id`, `create(item)`.",
        "position": "How clients meet the values: they give them (in), get them (out), or both.",
        "client": "The line of a client that breaks.",
        "client_program": "The whole client.",
        "fingerprint": "16 hexadecimal digits that stay the same when code moves or is reformatted.",
        "suppressed": "Why the finding does not count; null where it counts.",
        "dependency": "The package that brings what changed, where that is another one.",
    },
    "readiness": {
        "findings": "Conditions of publishing that do not hold. An error fails the check.",
        "unchecked": "Conditions that could not be checked. They are not known to hold.",
    },
    "publish-finding": {
        "rule": "The id of the rule; `semver rules explain ID` explains it.",
        "prints": "What `bal` would say; null where it says nothing.",
        "remedy": "How to mend it.",
    },
    "excerpt": {"file": "Relative to the package.", "column": "In characters."},
    "cause": {"findings": "Their fingerprints."},
    "error": {"code": "A stable word for programs."},
    "suppression": {"is_new": "Whether the change set under review brings it."},
}


def schema_text() -> str:
    """Return the schema as JSON with a line break at the end."""
    return json.dumps(report_schema(), indent=2) + "\n"


def report_schema() -> Schema:
    """Return the schema of one report and of the report of several packages, as plain values."""
    definitions: dict[str, Schema] = {}
    whole: dict[str, Schema] = {
        "schema_version": {"const": document.SCHEMA_VERSION},
        "tool": _object({"name": {"const": "semverdiff"}, "version": {"type": "string"}}),
    }
    _define_parts(definitions)
    empty = document.document(model.Report(model.Outcome.ERROR, None))
    fields = _fields(model.Report, definitions, empty)
    known: dict[str, Schema] = {
        **fields,
        **whole,
        "accepted": {"type": ["string", "null"]},
        "causes": _list_of("cause"),
    }
    definitions["report"] = _object({key: known[key] for key in empty}, "report")
    several = {**whole, "outcome": fields["outcome"], "packages": _list_of("report")}
    definitions["reports"] = _object(several)
    return {
        "$schema": _DIALECT,
        "$id": f"urn:semverdiff:report:{document.SCHEMA_VERSION}",
        "title": "A report of semver check or semver diff",
        "description": "One package, or several in one document. Keys may be added without notice.",
        "anyOf": [_reference("report"), _reference("reports")],
        "$defs": dict(sorted(definitions.items())),
    }


def _define_parts(definitions: dict[str, Schema]) -> None:
    """Define the values of which the document holds other keys than they have fields."""
    finding = _fields(rules.Finding, definitions)
    definitions["finding"] = _object({key: finding[key] for key in document.FINDING}, "finding")
    change_set = _fields(model.ChangeSet, definitions)
    change_set["baseline_reason"] = change_set["reason"]
    definitions["change-set"] = _object({key: change_set[key] for key in document.CHANGE_SET})
    gate = _fields(verdict.Gate, definitions)
    definitions["gate"] = _object({key: gate[key] for key in document.GATE})
    stale = _fields(model.StaleSuppression, definitions)
    definitions["stale-suppression"] = _object({key: stale[key] for key in document.STALE_SUPPRESSION})
    error: dict[str, Schema] = {**_fields(errors.Mistake, definitions), "code": {"type": "string"}}
    definitions["error"] = _object({key: error[key] for key in document.ERROR}, "error")
    cause = _fields(Cause, definitions)
    del cause["members"]
    cause |= {"count": {"type": "integer"}, "findings": {"type": "array", "items": {"type": "string"}}}
    definitions["cause"] = _object(cause, "cause")


# The definitions that `_define_parts` makes, by the value that the document shows so.
_DEFINED = {
    rules.Finding: "finding",
    verdict.Gate: "gate",
    model.ChangeSet: "change-set",
    model.StaleSuppression: "stale-suppression",
    model.ErrorEntry: "error",
}


def _fields(
    value: type[msgspec.Struct], definitions: dict[str, Schema], shown: Container[str] | None = None
) -> dict[str, Schema]:
    """Return the schema of each field by its key, and define the values in them; of `shown` keys only."""
    keys = {
        key: field
        for field, key in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
        if shown is None or key in shown
    }
    # What the other fields hold is not looked up: it may be of a room that nobody needs for this.
    written = {field: value.__annotations__[field] for field in keys.values()}
    part = type(value.__name__, (), {"__annotations__": written, "__module__": value.__module__})
    hints = get_type_hints(part, localns=_NAMES)
    return {key: _schema_of(hints[field], definitions) for key, field in keys.items()}


def _schema_of(kind: object, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of what is written for a type.

    Raises:
        TypeError: nothing is known of such a type.

    """
    match get_args(kind):
        case (present, missing) if missing is NoneType:
            return _or_null(_schema_of(present, definitions))
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _schema_of(get_args(kind)[0], definitions)}
    if isinstance(kind, type):
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        if issubclass(kind, StrEnum):
            return {"enum": [member.value for member in kind]}
        if kind is versions.Level:
            return {"enum": [level.word for level in versions.Level]}
        if issubclass(kind, msgspec.Struct):
            name = _DEFINED.get(kind) or _hyphenated(kind.__name__)
            if kind not in _DEFINED and name not in definitions:
                definitions[name] = _object(_fields(kind, definitions), name)
            return _reference(name)
    raise TypeError(f"no value of the report has the type {kind}")


def _or_null(schema: Schema) -> Schema:
    """Return the schema of a value that may be missing."""
    match schema:
        case {"type": str(word)}:
            return {"type": [word, "null"]}
        case {"enum": [*words]}:
            return {"enum": [*words, None]}
    return {"anyOf": [schema, {"type": "null"}]}


def _object(properties: Mapping[str, Schema], name: str = "") -> Schema:
    meanings = _MEANINGS.get(name, {})
    described = {
        key: {"description": meanings[key], **schema} if key in meanings else schema
        for key, schema in properties.items()
    }
    return {"type": "object", "properties": described, "required": list(properties)}


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": _reference(name)}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _hyphenated(name: str) -> str:
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("-")
