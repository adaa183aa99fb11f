"""`semver schema`: what programs may rely on in the JSON report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from semverdiff import reports
from semverdiff.cli.options import Command

if TYPE_CHECKING:
    from semverdiff.cli.output import Console

__all__ = ["command"]

_EXAMPLES = """\b
Examples:
  semver schema > report.schema.json
"""


@click.command("schema", cls=Command, epilog=_EXAMPLES)
@click.pass_obj
def command(console: Console) -> int:
    """Print the JSON Schema of what --format json writes, of one package and of several."""
    console.show(reports.schema_text(), "utf-8")
    return 0
