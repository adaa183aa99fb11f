"""The front door: one report and the name of a format in, the text of it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from semverdiff.reports.model import Report, Reports
    from semverdiff.reports.style import Style

__all__ = ["FORMATS", "render", "render_several"]

FORMATS = ("text", "bal", "json", "html")


def render(report: Report, format_name: str, style: Style) -> str:
    """Draw the report, with a line break at the end. Raises `UsageError` for a format that does not exist."""
    match format_name:
        case "text":
            from semverdiff.reports import text  # noqa: PLC0415 (a run pays for its own format only)

            return text.render(report, style)
        case "bal":
            from semverdiff.reports import bal  # noqa: PLC0415 (as above)

            return bal.render(report, style)
        case "json":
            from semverdiff.reports import json_document  # noqa: PLC0415 (as above)

            return json_document.render(report)
        case "html":
            from semverdiff.reports import html  # noqa: PLC0415 (as above)

            return html.render(report)
        case _:
            raise UsageError(f"unknown format '{format_name}': expected one of {', '.join(FORMATS)}")


def render_several(reports: Reports, format_name: str, style: Style) -> str:
    """Draw the reports of several packages as one text; otherwise as `render`."""
    match format_name:
        case "json":
            from semverdiff.reports import json_document  # noqa: PLC0415 (a run pays for its own format only)

            return json_document.render_several(reports)
        case "html":
            from semverdiff.reports import html  # noqa: PLC0415 (as above)

            return html.render_several(reports)
        case _:
            from semverdiff.reports import several  # noqa: PLC0415 (as above)

            return several.render(reports, lambda one: render(one, format_name, style), style)
