"""The headline of an audit as text for people, and as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.text import escape, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from semverdiff.audit.headline import Choice, Count, Group, Headline, Tally

__all__ = ["as_json", "as_text", "one_in", "share"]

_SCHEMA_VERSION: Final = 1
_MOST_FAILURES: Final = 20
_GROUP_COLUMNS: Final = ("releases", "breaking", "", "too low", "undecided")
_CHOICE_COLUMNS: Final = (
    *("all", "breaking", "too low", "undec."),
    *("promising", "breaking"),
    *("changed", "breaking"),
)


def as_json(headline: Headline) -> str:
    """Return the document for programs."""
    document = {"schema_version": _SCHEMA_VERSION, **msgspec.to_builtins(headline)}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def as_text(headline: Headline) -> str:
    """Return the tables for people."""
    return "\n".join(escape(line) for line in _lines(headline)) + "\n"


def share(part: int, whole: int) -> str:
    """Return a part in percent; nothing of nothing has none."""
    return f"{100 * part / whole:.1f}%" if whole else "-"


def one_in(part: int, whole: int) -> str:
    """Return a part as `1 in 8.5`."""
    return f"1 in {whole / part:.1f}" if part else f"0 of {whole:,}"


def _lines(headline: Headline) -> Iterator[str]:
    count = headline.releases
    yield f"{plural(headline.found, 'release')} in {plural(headline.sources, 'source')}"
    if headline.states:
        yield "  " + ", ".join(f"{one.name} {one.count:,}" for one in headline.states)
    yield ""
    yield (
        f"{one_in(count.breaking, count.releases)} releases hid a breaking change: {count.breaking:,} of "
        f"{count.releases:,} ({share(count.breaking, count.releases)})"
    )
    yield (
        f"{one_in(count.under_bumped, count.releases)} had a version that was too low for its changes: "
        f"{count.under_bumped:,} ({share(count.under_bumped, count.releases)})"
    )
    yield f"undecided: {count.undecided:,} ({share(count.undecided, count.releases)})"
    packages = headline.packages
    yield (
        f"packages that ever hid a breaking change: {packages.breaking:,} of {packages.releases:,} "
        f"({share(packages.breaking, packages.releases)})"
    )
    yield from _section("what moves the headline", _CHOICE_COLUMNS, map(_choice, headline.choices))
    yield ("  promising: versions that promise no break; changed: other sources than the release before")
    for title, groups in (
        ("by declared step", headline.declared),
        ("by year", headline.years),
        ("by organization", headline.organizations),
        ("by origin of the sources", headline.origins),
        ("packages that hid most breaks", headline.most_breaking),
    ):
        yield from _section(title, _GROUP_COLUMNS, map(_group, groups))
    yield from _section(
        "rules that were broken most, by releases", ("releases",), map(_tally, headline.rules)
    )
    yield from _section("not judged, and why", ("releases",), map(_tally, headline.reasons))
    if headline.omissions:
        yield f"  left out by sources: {headline.omissions:,}"
    if headline.failures:
        yield ""
        yield "sources that could not be read"
        for failure in headline.failures[:_MOST_FAILURES]:
            yield f"  {failure.source}: {failure.why}"
        if len(headline.failures) > _MOST_FAILURES:
            yield f"  and {len(headline.failures) - _MOST_FAILURES:,} more"


def _choice(choice: Choice) -> tuple[str, ...]:
    return (
        choice.name,
        *_numbers(choice.all)[:1],
        *(share(one, choice.all.releases) for one in _parts(choice.all)),
        *(cell for one in (choice.promising, choice.changed) for cell in _with_breaking(one)),
    )


def _parts(count: Count) -> tuple[int, int, int]:
    return count.breaking, count.under_bumped, count.undecided


def _with_breaking(count: Count) -> tuple[str, str]:
    return f"{count.releases:,}", share(count.breaking, count.releases)


def _group(group: Group) -> tuple[str, ...]:
    releases, breaking, under_bumped, undecided = _numbers(group.count)
    part = share(group.count.breaking, group.count.releases)
    return group.name, releases, breaking, part, under_bumped, undecided


def _numbers(count: Count) -> tuple[str, str, str, str]:
    releases, breaking, under_bumped, undecided = (
        f"{number:,}" for number in (count.releases, *_parts(count))
    )
    return releases, breaking, under_bumped, undecided


def _tally(tally: Tally) -> tuple[str, str]:
    return tally.name, f"{tally.count:,}"


def _section(title: str, columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield a table with its title; nothing where it is empty."""
    table = [(title, *columns), *rows]
    if len(table) == 1:
        return
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    yield ""
    for number, row in enumerate(table):
        indent = "  " if number else ""
        name = f"{indent}{row[0]}".ljust(widths[0] + 2)
        cells = "  ".join(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        yield f"{name}  {cells}".rstrip()
