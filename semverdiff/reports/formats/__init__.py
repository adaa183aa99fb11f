"""The formats of a report: each is one file of this folder, as `interface.Format` says, and one line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from semverdiff.errors import UsageError
from semverdiff.reports.log_commands import without_commands

if TYPE_CHECKING:
    from semverdiff.reports.formats.interface import Format, Style
    from semverdiff.reports.model import Report, Reports

__all__ = ["FORMATS", "FORMATS_FOR_PEOPLE", "render", "render_all"]

# In the order of help and messages, and whether they are for people. On standard output those follow the
# terminal, and stay away where an error is told instead; programs rely on UTF-8, and always get theirs.
_FOR_PEOPLE = {
    "text": True,
    "bal": True,
    "json": False,
    "html": False,
    "markdown": False,
    "sarif": False,
    "junit": False,
    "github": False,
    "gitlab": False,
}
FORMATS = tuple(_FOR_PEOPLE)
FORMATS_FOR_PEOPLE = frozenset(name for name, for_people in _FOR_PEOPLE.items() if for_people)


def render(report: Report, format_name: str, style: Style) -> str:
    """Return the report in a format, with a line break at the end, and nothing that a CI system obeys.

    Raises:
        UsageError: there is no such format, or none for the ecosystem of the package.

    """
    _require_offered(report, format_name)
    return without_commands(_format(format_name).render(report, style), format_name)


def render_all(reports: Reports, format_name: str, style: Style) -> str:
    """Return the reports of several packages as one text. Raises as `render` does."""
    for report in reports.packages:
        _require_offered(report, format_name)
    return without_commands(_format(format_name).render_all(reports, style), format_name)


def _require_offered(report: Report, format_name: str) -> None:
    why = report.ecosystem.withheld.get(format_name)
    if why is not None:
        raise UsageError(why)


def _format(name: str) -> Format:
    """Return the module of a format; a run loads its own only."""
    if name not in FORMATS:
        raise UsageError(f"unknown format '{name}': expected one of {', '.join(FORMATS)}")
    return cast("Format", import_module(f"{__name__}.{name}"))
