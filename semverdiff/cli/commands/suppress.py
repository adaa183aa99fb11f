"""`semver suppress`: accept a finding in the open, as an entry of Semver.toml."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semverdiff import config, packages, pipeline
from semverdiff.cli import options
from semverdiff.cli.comparison import comparison_options
from semverdiff.cli.environment import registry_variables
from semverdiff.cli.progress import Progress
from semverdiff.config import SEMVER_TOML
from semverdiff.errors import in_package
from semverdiff.front_ends import front_end_at
from semverdiff.text import escape, plural

if TYPE_CHECKING:
    from semverdiff.cli.output import Console
    from semverdiff.config import Options
    from semverdiff.pipeline import Suppressions, Target
    from semverdiff.versions import AnyScheme, Ordered

__all__ = ["command"]

_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMES = 2  # a rule and a symbol

_EXAMPLES = """\b
Examples:
  semver suppress 98c14a3bb1c25d51 --reason "renamed by agreement with the only client"
  semver suppress record-field-removed Order.note --reason "nobody reads it" --until 2.0.0
  semver suppress "record-field-*" "Draft.*" --reason "nobody has seen a draft"
  semver suppress --all-of 98c14a3bb1c25d51 --reason "all that follows from the same move"

\b
Exit codes:
  0  written, or there already           3  could not complete
  2  nothing to suppress, wrong usage    130  interrupted
"""


@click.command("suppress", cls=options.Command, epilog=_EXAMPLES)
@click.argument(
    "target",
    metavar="[FINGERPRINT | RULE SYMBOL]",
    nargs=-1,
    shell_complete=options.completed("rule_ids"),
)
@options.option(
    "--all-of",
    "cause",
    metavar="CAUSE",
    help="Suppress every finding of a cause: its title in a report, or the fingerprint of one of them.",
)
@options.option("--reason", metavar="TEXT", required=True, help="Why the finding does not count.")
@options.option(
    "--until",
    metavar="DATE|VERSION",
    help="The last day on which the entry acts (2027-01-31), or the first version without it (2.0.0).",
)
@options.option(
    "--package",
    "path",
    metavar="PATH",
    type=options.PathType(),
    default=Path(),
    help="A directory in the package; this one unless given.",
)
@comparison_options
@click.pass_context
def command(
    context: click.Context,
    *,
    target: tuple[str, ...],
    cause: str | None,
    reason: str,
    until: str | None,
    path: Path,
    flags: Options,
) -> int:
    """Accept findings of `semver check`: add entries to Semver.toml, with the reason.

    A finding is named by its fingerprint, or by its rule and symbol, in which * stands for any text;
    `semver check -v` shows all of them. It stays in every report, marked, and does not count. The entry is
    refused where nothing is found that it would suppress; one that has expired is renewed. Everything else in
    the file stays as it is, byte by byte.

    A pull request may bring such an entry for a single finding; reports name it in their first line.
    """
    console: Console = context.obj
    wanted = _target(context, target, cause)
    with in_package(path), Progress(console) as progress:
        progress.tell("checking the package")
        front_end = front_end_at(path)
        end = _until(context, until, front_end.ecosystem.scheme)
        settings = pipeline.load_settings(front_end, path, flags, registry_variables())
        found = pipeline.suppressions_for(front_end, settings, wanted, reason, end, datetime.now(UTC).date())
        if found.entries or found.renewed:
            _write(found)
    for count, verb in ((len(found.entries), "added"), (len(found.renewed), "renewed")):
        if count:
            console.show(f"{SEMVER_TOML}: {count} {'entry' if count == 1 else 'entries'} {verb}\n")
    if any(map(config.has_pattern, found.entries)):
        console.mention(
            "note: a pattern suppresses what comes later, too, and in a pull request it does not count: "
            "merge it before, or use --accept-settings head there"
        )
    for one in found.findings:
        console.show(f"  {one.level.word}: {escape(f'{one.symbol}: {one.message}')}\n")
    if found.known:
        console.show(f"{plural(len(found.known), 'finding')} suppressed already:\n")
    for one in found.known:
        why = "" if one.suppressed is None else f" ({one.suppressed.reason})"
        console.show(f"  {escape(f'{one.symbol}: {one.message}{why}')}\n")
    return 0


def _write(found: Suppressions) -> None:
    file = packages.open_edited(found.directory, SEMVER_TOML)
    content = file.content or b""
    if found.renewed:
        renewed = {number: config.written_entry(entry) for number, entry in found.renewed}
        content = config.with_changed_entries(content, "suppress", renewed)
    added = [config.written_entry(entry) for entry in found.entries]
    if added:
        content = config.with_entries(content, "suppress", added)
    packages.write_edited([(file, content)])


def _target(context: click.Context, target: tuple[str, ...], cause: str | None) -> Target:
    if cause is not None:
        if target:
            raise click.UsageError("--all-of and another finding: give one of them.", context)
        return pipeline.ByCause(cause)
    if len(target) == 1 and _FINGERPRINT.fullmatch(target[0]):
        return pipeline.ByFingerprint(target[0])
    if len(target) == _NAMES:
        return pipeline.ByName(*target)
    raise click.UsageError(
        "expected a fingerprint of 16 hex digits, or a rule and a symbol, as `semver check -v` shows them.",
        context,
    )


def _until(context: click.Context, text: str | None, scheme: AnyScheme) -> date | Ordered | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else scheme.parse(text)
    except ValueError:
        raise click.BadParameter(
            f"expected a date as in 2027-01-31 or a version as in 2.0.0, found '{text}'.",
            context,
            param_hint="'--until'",
        ) from None
