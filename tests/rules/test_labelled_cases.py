"""The labelled compatibility cases: their findings get the levels that the labels give."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from semverdiff.compare import Change, Condition, Difference, Fact, Position, Subject
from semverdiff.config.policies import Policies
from semverdiff.rules import judge, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A label says `open` of classes and of object types, and never whether a sentence of the contract holds.
CONTEXTS = {"open": ("open class", "open object type"), "sealed": ("sealed",)}
POSITIONS_AND_CONTEXTS = {"in", "out", "both", "in or both", "out or both", "sealed", *CONTEXTS["open"]}

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
    words = {word for case in entry.cases for word in case.when}
    sentences = {word for word in words - POSITIONS_AND_CONTEXTS if not word.startswith("policy ")}
    told = (
        Difference(
            subject=Subject(entry.subject),
            fact=Fact(entry.id.removeprefix(f"{entry.subject}-")),
            symbol=label["symbol"],
            module=label["module"],
            trail=(),
            change=Change.MODIFIED,
            position=Position(label["position"]) if "position" in label else None,
            conditions=frozenset(map(Condition, {context, *holding} - {""})),
        )
        for context in CONTEXTS.get(label.get("context", ""), ("",))
        for holding in ((), sentences)
    )
    return {judge(difference, Policies(), strict=False).level.word for difference in told}


def test_every_label_is_a_level_that_the_catalogue_gives(shared: Path) -> None:
    wrong = [(case, label) for case, label in labels(shared) if label["level"] not in levels(label)]
    assert wrong == []


def test_there_are_labels(shared: Path) -> None:
    assert len(list(labels(shared))) > 500
