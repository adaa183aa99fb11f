"""What was measured, as a page: ACCURACY.md. The same measurements give the same bytes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from accuracy_disputes import DISPUTES, LEFT_OUT, OPEN_BUGS, RELEASE_DISPUTES
from accuracy_scoring import LEVELS, NO_ANSWER, Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accuracy_scoring import Scored, Told
    from real_releases import Measured, Results

__all__ = ["page"]

_UNEXPLAINED = "not explained yet"

_REASONS = {
    **{name: f"disputed: {evidence}" for name, evidence in DISPUTES.items()},
    **{name: f"left out of the label: {what}" for name, what in LEFT_OUT.items()},
    **{name: f"open bug: {what}." for name, what in OPEN_BUGS.items()},
}

_INTRODUCTION = """\
# Accuracy

How often `semver check` is right, and where it is not. Written by `benchmarks/accuracy.py`, never by hand.

A change is right if its symbol, module and level are as labelled, for every minor and major change; a bump is
right if it is exactly the one labelled, where no change at all and a patch count as one. Precision is the
share of what was found that is labelled, recall the share of what is labelled that was found. All settings
have their defaults.
"""

_CASES = """\
## The labelled cases

`fixtures/cases` holds old and new versions of a small package. Each label says what it rests on: clients that
were compiled against both versions (`basis: compiler`), a decision about what was measured (`policy`), the
language specification (`spec`), or the compatibility contract alone (`contract`).

The last are the groups that end in `-more`. They were written with the tool at hand: where the two disagreed
the contract was read again, and some labels were corrected. So they guard what works and name what does not,
but the figures that measure are those of the others. Run `make accuracy` to measure again; CI fails if this
part is not current.
"""

_REFERENCE = """\
*Reference* is what the rules of `bal semver` say about the same cases (`benchmarks/reference_rules.py`, which
gives its answer to each of its own test cases): it compares types as text and calls most changes ambiguous,
which leaves the choice to people and counts as no answer.
"""

_RELEASES = """\
## Real releases

Consecutive releases of public Ballerina packages, labelled by reading both versions.
Changes are scored where all of them are labelled; what another label says already may be found or not.
"""


def page(cases: Sequence[Scored], answers: Sequence[str], results: Results | None) -> str:
    """Draw the page; `answers` are those of the reference, a level or `NO_ANSWER` for each case."""
    parts = [_INTRODUCTION, _CASES, *_about_cases(cases, answers)]
    if results is not None:
        parts += [_RELEASES, *_about_releases(results)]
    return "\n".join(parts)


def _about_cases(cases: Sequence[Scored], answers: Sequence[str]) -> Iterable[str]:
    answered = sum(answer != NO_ANSWER for answer in answers)
    agreed = sum(answer == one.expected for one, answer in zip(cases, answers, strict=True))
    further = [one for one in cases if _group_of(one).endswith("-more")]
    measuring = [one for one in cases if not _group_of(one).endswith("-more")]
    yield _lines(
        _claim("cases", [one.expected == one.found for one in measuring], _sum(measuring)),
        _claim("further cases", [one.expected == one.found for one in further], _sum(further)),
        f"- The reference: {_share(answered, len(cases))} answered, {_share(agreed, len(cases))} right.",
    )
    yield _groups(cases, answers)
    yield "### Bumps\n"
    yield _REFERENCE
    yield _bumps(cases, answers)
    yield "### Misses\n"
    yield _misses([(one.id, one.expected, one.found, one.missed, one.extra) for one in cases], _REASONS)


def _about_releases(results: Results) -> Iterable[str]:
    releases = results.releases
    enough = sum(LEVELS.index(one.declared) >= LEVELS.index(one.required) for one in releases)
    yield _lines(
        f"- Measured with semverdiff {results.tool_version}; commits are in "
        "`benchmarks/results/real_releases.json`.",
        _claim(
            "releases",
            [one.required == one.found for one in releases],
            _sum(one for one in releases if one.complete),
        ),
        f"- The publishers: {len(releases) - enough} of {len(releases)} raised the version by too little.",
    )
    yield _table(
        ("release", "published as", "labelled", "found", "changes right", "missed", "extra"),
        [(one.name, one.declared, one.required, one.found, *map(str, one.counts)) for one in releases],
    )
    yield "### Misses among the releases\n"
    yield _misses(
        [(one.name, one.required, one.found, one.missed, one.extra) for one in releases], RELEASE_DISPUTES
    )


def _claim(things: str, right: Sequence[bool], counts: Counts) -> str:
    return (
        f"- {len(right)} {things}: exact bump in {_share(sum(right), len(right))}; "
        f"{counts.hits + counts.missed} labelled changes, precision {counts.precision:.3f}, "
        f"recall {counts.recall:.3f}."
    )


def _sum(listed: Iterable[Scored] | Iterable[Measured]) -> Counts:
    total = Counts()
    for one in listed:
        total = total.plus(one.counts)
    return total


def _groups(cases: Sequence[Scored], answers: Sequence[str]) -> str:
    rows: dict[str, list[tuple[Scored, str]]] = {}
    for one, answer in zip(cases, answers, strict=True):
        rows.setdefault(_group_of(one), []).append((one, answer))
    return _table(
        ("group", "cases", "exact bump", "precision", "recall", "reference right", "wrong", "no answer"),
        [_group(name, members) for name, members in sorted(rows.items())],
    )


def _group_of(one: Scored) -> str:
    return one.id.partition("/")[0]


def _group(name: str, members: list[tuple[Scored, str]]) -> tuple[str, ...]:
    counts = _sum(one for one, _ in members)
    agreed = sum(answer == one.expected for one, answer in members)
    silent = sum(answer == NO_ANSWER for _, answer in members)
    return (
        name,
        str(len(members)),
        str(sum(one.expected == one.found for one, _ in members)),
        f"{counts.precision:.3f}",
        f"{counts.recall:.3f}",
        str(agreed),
        str(len(members) - agreed - silent),
        str(silent),
    )


def _bumps(cases: Sequence[Scored], answers: Sequence[str]) -> str:
    ours = Counter((one.expected, one.found) for one in cases)
    theirs = Counter((one.expected, answer) for one, answer in zip(cases, answers, strict=True))
    found, answered = (*LEVELS,), (*LEVELS, NO_ANSWER)
    heading = ("labelled", *found, *(f"reference: {one}" for one in answered))
    return _table(
        heading,
        [
            (
                level,
                *(str(ours[level, one]) for one in found),
                *(str(theirs[level, one]) for one in answered),
            )
            for level in LEVELS
        ],
    )


def _misses(
    listed: Iterable[tuple[str, str, str, tuple[Told, ...], tuple[Told, ...]]], reasons: dict[str, str]
) -> str:
    rows = [
        (name, expected, found, _told(missed), _told(extra), reasons.get(name, _UNEXPLAINED))
        for name, expected, found, missed, extra in listed
        if expected != found or missed or extra
    ]
    if not rows:
        return "None.\n"
    return _table(("what", "labelled", "found", "missed", "extra", "reason"), rows)


def _told(changes: tuple[Told, ...]) -> str:
    return "<br>".join(f"`{one.symbol}` {one.level}" for one in changes) or "-"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "0"


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    # Names stand to the left, numbers to the right; reasons are sentences.
    numbers = [all(row[at].replace(".", "").isdigit() for row in rows) for at in range(len(heading))]
    rule = ("---:" if number else "---" for number in numbers)
    return _lines(*("| " + " | ".join(row) + " |" for row in (heading, tuple(rule), *rows)))


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)
