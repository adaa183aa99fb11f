"""The labelled compatibility cases: their findings get the levels that the labels give."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from semverdiff.changes import Change, Position
from semverdiff.compare import Condition, Difference
from semverdiff.config import Policies
from semverdiff.rules import finding_of, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A label says `open` of classes and of object types, and never whether a sentence of the contract holds.
CONTEXTS = {
    "open": ({Condition.OPEN_CLASS}, {Condition.OPEN_OBJECT_TYPE}),
    "sealed": ({Condition.SEALED},),
}
EVERY_CONTEXT = {Condition.OPEN_CLASS, Condition.OPEN_OBJECT_TYPE, Condition.SEALED}

Label = dict[str, str]


def labels(shared: Path) -> Iterator[tuple[str, Label]]:
    for file in sorted((shared / "cases" / "compat").glob("*.json")):
        for case in json.loads(file.read_text()):
            for label in case["expected"]["changes"]:
                yield case["id"], label


def levels(label: Label) -> set[str]:
    """Return the levels that are possible with what a label tells."""
    entry = rule(label["kind"])
    if entry is None:
        return set()
    required = {one for row in entry.rows for one in row.requirements if isinstance(one, Condition)}
    sentences = required - EVERY_CONTEXT
    differences = (
        Difference(
            subject=entry.subject,
            fact=entry.entry.fact,
            symbol=label["symbol"],
            module=label["module"],
            trail=(),
            change=Change.MODIFIED,
            position=Position(label["position"]) if "position" in label else None,
            conditions=frozenset({*context, *holding}),
        )
        for context in CONTEXTS.get(label.get("context", ""), (set[Condition](),))
        for holding in (set[Condition](), sentences)
    )
    return {finding_of(difference, Policies(), strict=False).level.word for difference in differences}


def test_every_label_is_a_level_that_the_catalogue_gives(shared: Path) -> None:
    wrong = [(case, label) for case, label in labels(shared) if label["level"] not in levels(label)]
    assert wrong == []


def test_there_are_labels(shared: Path) -> None:
    assert len(list(labels(shared))) > 500
