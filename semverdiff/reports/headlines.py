"""How a report is named among others, and what all of them say in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.reports.model import Report, Reports

__all__ = ["headline", "package_name", "summary_of"]


def headline(report: Report, number: int, total: int) -> str:
    """Name a package among the others."""
    return f"[{number}/{total}] {package_name(report)}"


def package_name(report: Report) -> str:
    """Name a package, and its directory in the workspace."""
    from semverdiff.reports.printable import printable_text  # noqa: PLC0415 (slow: only for several packages)

    side = report.candidate
    known = (
        "a package that could not be read"
        if side is None
        else f"{side.organization}/{side.name} {side.version}"
    )
    where = "" if report.directory is None else f" ({report.directory})"
    return printable_text(f"{known}{where}")


def summary_of(reports: Reports) -> str:
    """Count the packages by outcome."""
    words = [one.outcome.value for one in reports.packages]
    counts = ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words))
    return f"{len(words)} {'package' if len(words) == 1 else 'packages'}: {counts}"
