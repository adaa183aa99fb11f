"""Runs that a document of a format has to hold for: each rule of the catalogue, nothing, much, failures."""

from __future__ import annotations

from msgspec.structs import replace
from reports.examples import EXAMPLES

from semverdiff import rules
from semverdiff.artifact import ManifestPlace
from semverdiff.changes import Excerpt
from semverdiff.config import Policies
from semverdiff.reports import Report, Reports
from semverdiff.rules.pages import example_differences

__all__ = ["RUNS", "catalogue", "huge", "several"]

_PLACE = ManifestPlace("Ballerina.toml", 4, 1)


def catalogue() -> Reports:
    """Return a report for each rule, of what its example changes."""
    base = replace(EXAMPLES["under-bumped"], version_place=_PLACE)
    found = [
        rules.evaluate(example_differences(rule.example), Policies(), strict=False)
        for rule in rules.all_rules()
    ]
    return Reports(tuple(replace(base, findings=findings) for findings in found))


def huge(count: int = 12_500) -> Report:
    """Return a report with that many findings, each of a rule of its own kind and place."""
    base = replace(EXAMPLES["under-bumped"], version_place=_PLACE)
    kinds = base.findings
    findings = tuple(
        replace(
            kinds[number % len(kinds)],
            symbol=f"Order{number}.id",
            fingerprint=f"{number:016x}",
            new=Excerpt(f"string id{number}", "types.bal", number + 1, 5),
        )
        for number in range(count)
    )
    return replace(base, findings=findings)


def several() -> Reports:
    """Return every example as the report of one workspace."""
    return Reports(
        tuple(
            replace(report, directory=f"packages/{name}", folder=f"shop/packages/{name}")
            for name, report in EXAMPLES.items()
        )
    )


RUNS = {
    "catalogue": catalogue,
    "empty": lambda: EXAMPLES["unchanged"],
    "failing": lambda: EXAMPLES["error"],
    "hostile": lambda: EXAMPLES["hostile"],
    "huge": huge,
    "several": several,
}
