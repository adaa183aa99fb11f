"""Labelled cases: what the change of a small package does to a small dependent, finding by finding."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from impact.dependents import dependent, findings_between, reach_of
from support.packages import manifest, package

from semverdiff.impact import Concern, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
_CASES = [
    (f"{file.stem}: {case['name']}", case)
    for file in _FILES
    for case in tomllib.loads(file.read_text())["case"]
]
_EXPORTS = 'export = ["shop", "shop.inner"]\n'
_FIND = re.compile(r"(?P<rule>\S+) (?P<symbol>.+): (?P<concern>[a-z ]+?)(?P<lines>( \d+,?)*)")


def _sorted(lines: object) -> list[str]:
    assert isinstance(lines, list)
    return sorted(lines)


def _sources(case: Mapping[str, object], side: str) -> Mapping[str, str]:
    files = case.get(f"{side}_files")
    return files if isinstance(files, dict) else {"lib.bal": str(case[side])}


def _client(case: Mapping[str, object]) -> Mapping[str, str]:
    files = case.get("files")
    return files if isinstance(files, dict) else {"main.bal": str(case["client"]).lstrip("\n")}


@pytest.mark.parametrize("case", [case for _, case in _CASES], ids=[name for name, _ in _CASES])
def test_a_case_is_told_as_it_is_labelled(case: Mapping[str, object]) -> None:
    more = _EXPORTS if case.get("exports") else str(case.get("before_manifest", ""))
    old = package(_sources(case, "before"), manifest("1.0.0", more=more))
    new = package(_sources(case, "after"), manifest("2.0.0", more=str(case.get("after_manifest", ""))))
    found = reach_of(findings_between(old, new), old, new, dependent(_client(case)))
    told = {}
    said = set()
    for one in found.findings:
        concern = one.meetings[0].concern if one.meetings else Concern.NOT_USED
        places = one.meetings[0].places if one.meetings else ()
        lines = {place.line or 0 for place in places if place.verdict is Verdict.BREAKS}
        said |= {f"{place.line or 0} {place.verdict}: {place.reason}" for place in places}
        shown = ", ".join(map(str, sorted(lines)))
        told[f"{one.finding.rule} {one.finding.symbol}"] = f"{concern} {shown}".strip()
    finds = case["finds"]
    assert isinstance(finds, list)
    for text in finds:
        match = _FIND.fullmatch(text)
        assert match is not None, text
        key = f"{match['rule']} {match['symbol']}"
        assert f"{key}: {told.get(key)}" == text
    # A finding that nobody has labelled is about a name that the case does not use.
    labelled = {text.rpartition(":")[0] for text in finds}
    others = {key: told[key] for key in told.keys() - labelled}
    assert [f"{key}: {concern}" for key, concern in others.items() if concern.startswith("breaks")] == []
    # Where a case says what becomes of each use, and why, it says all.
    says = case.get("says")
    assert sorted(said) == (sorted(said) if says is None else _sorted(says))


def test_there_are_as_many_cases_as_the_documents_say() -> None:
    assert len(_CASES) >= 60
    assert len({name for name, _ in _CASES}) == len(_CASES)
