"""Reports of every size, drawn once in a process: many tests look at the same page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace
from reports.examples import EXAMPLES
from reports.runs import huge

from semverdiff.artifact import ManifestPlace
from semverdiff.reports import Report, Reports, Style, render, render_all

if TYPE_CHECKING:
    from semverdiff.rules import Finding

__all__ = ["LONG", "RULE", "document", "grouped", "page_of"]

RULE = "record-field-removed"
# More than that are made in a browser when somebody looks at them.
LONG = 1_200


def page_of(report: Report) -> str:
    """Return the page of a report, with links to where its sources are."""
    return render(report, "html", Style(source_url="https://example.com/{path}#L{line}"))


@cache
def document(name: str) -> str:
    """Return one of the pages that several tests open."""
    match name:
        case "several":
            chosen = ("under-bumped", "error", "modules", "undecided")
            packages = tuple(replace(EXAMPLES[one], directory=f"packages/{one}") for one in chosen)
            return render_all(Reports(packages), "html", Style())
        case "grouped":
            return page_of(grouped(40))
        case "long":
            return page_of(grouped(LONG))
        case "huge":
            return page_of(huge())
    report = replace(EXAMPLES[name], version_place=ManifestPlace("Ballerina.toml", 4, 1))
    return page_of(report)


def grouped(count: int) -> Report:
    """Return a report with as many findings of one cause, beside those of a common one."""
    report = EXAMPLES["under-bumped"]
    removed = next(one for one in report.findings if one.rule == RULE)
    added = tuple(_field(removed, number) for number in range(count))
    findings = sorted((*report.findings, *added), key=lambda one: (one.module, one.symbol, one.rule))
    return replace(report, findings=tuple(findings))


def _field(removed: Finding, number: int) -> Finding:
    """Return a finding about another field, with a client like that of all the others."""
    line = f"string text{number} = order.field{number};"
    program = f"import acme/shop;\n\nfunction use(shop:Order order) {{\n    {line}  // breaks\n}}\n"
    return replace(
        removed,
        symbol=f"Order.field{number}",
        message=f"field 'field{number}' is removed",
        fingerprint=f"{number:016x}",
        client=line,
        client_program=program,
    )
