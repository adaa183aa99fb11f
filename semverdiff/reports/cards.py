"""The findings of a report arranged for a page: chapters of causes, and rows below what they share.

A page of ten thousand findings is read by nobody, but it is opened, searched and linked to. So each text
stands on it once: what all rows of a block say stands above them, and a client that several rows break at
different lines is written out at the first of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.reports import drawing
from semverdiff.reports.causes import meaning_of
from semverdiff.reports.outline import is_about_package, is_suppressed, is_tolerated, is_undecided
from semverdiff.reports.sections import Heading, sections_of
from semverdiff.reports.tokens import Segment, abridged, token_diff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from semverdiff.rules import Finding
    from semverdiff.versions import Level

    _Forms = tuple[tuple[Segment, ...], tuple[Segment, ...]]

__all__ = [
    "Block",
    "Chapter",
    "Deck",
    "Fold",
    "Program",
    "Row",
    "Shared",
    "kind_of",
    "shape_of",
]

# So many findings of one rule stand one by one; where there is much to read, fewer.
_FEW = 3
_FEW_OF_MANY = 1
_MANY = 200


class Shared(msgspec.Struct, frozen=True):
    """What the rows of a block have in common.

    `shape` is the level, or what overrules it: the page filters by it. `kind` is the declaration that the
    rows are about or are a part of.
    """

    rule: str
    shape: str
    level: str
    certainty: str
    position: str
    module: str
    kind: str
    is_tolerated: bool
    explanation: str


class Program(msgspec.Struct, frozen=True):
    """A whole client around the line that breaks; `name` is that of the place where it is written out."""

    name: str
    before: str
    line: str
    after: str


class Row(msgspec.Struct, frozen=True):
    """A finding. Its forms are empty where it has none, or where both are the same.

    `program` is given where a client is written out for the first time, and `same_program` names that place
    in every other row.
    """

    finding: Finding
    anchor: str
    old: tuple[Segment, ...]
    new: tuple[Segment, ...]
    program: Program | None
    same_program: str


class Block(msgspec.Struct, frozen=True):
    """Rows of one rule, level, reason and module."""

    shared: Shared
    rows: tuple[Row, ...]


class Fold(msgspec.Struct, frozen=True):
    """What made some findings. A finding that stands alone has no title: its message says everything."""

    title: str
    shape: str
    blocks: tuple[Block, ...]

    @property
    def count(self) -> int:
        """The number of findings in it."""
        return sum(len(block.rows) for block in self.blocks)

    @property
    def is_open(self) -> bool:
        """Whether it is unfolded at first: a few that somebody has to read."""
        return self.count <= _FEW and self.shape in {"major", "undecided"}


class Chapter(msgspec.Struct, frozen=True):
    """The findings below one heading."""

    title: str
    anchor: str
    folds: tuple[Fold, ...]

    @property
    def count(self) -> int:
        """The number of findings in it."""
        return sum(fold.count for fold in self.folds)


class Deck:
    """The rows of one page on their way there: which anchors and which clients it has already."""

    def __init__(self) -> None:
        self._anchors: dict[str, int] = {}
        self._programs: dict[tuple[str, str], str] = {}
        self._differences: dict[tuple[str, str], _Forms] = {}

    def chapters(self, findings: Sequence[Finding], prefix: str) -> Iterator[Chapter]:
        """Yield the chapters that have a finding, what is about the package first."""
        package = [one for one in findings if is_about_package(one) and not is_suppressed(one)]
        if package:
            folds = [self._fold(title, members) for title, members in _by_rule(package)]
            yield Chapter("Package", f"{prefix}-package", tuple(folds))
        others = [one for one in findings if not is_about_package(one) or is_suppressed(one)]
        for section in sections_of(others, _few(others)):
            heading = section.heading
            groups = [(group.title, group.findings) for group in section.groups]
            singles: Sequence[Finding] = section.others
            if heading is Heading.PATCHES:
                groups, singles = [*groups, *_by_rule(singles)], ()
            folds = [self._fold(title, members) for title, members in groups]
            folds += [self._single(one) for one in singles]
            yield Chapter(_title(heading, folds), f"{prefix}-{heading.name.lower()}", tuple(folds))

    def single_chapter(self, title: str, findings: Iterable[Finding], anchor: str) -> Chapter:
        """Return a chapter in which every finding stands alone, the largest level first."""
        ordered = sorted(findings, key=lambda one: -one.level)
        return Chapter(title, anchor, tuple(self._single(one) for one in ordered))

    def _single(self, finding: Finding) -> Fold:
        return self._fold("", (finding,))

    def _fold(self, title: str, findings: Sequence[Finding]) -> Fold:
        blocks: dict[Shared, list[Finding]] = {}
        for finding in findings:
            blocks.setdefault(_shared(finding), []).append(finding)
        arranged = tuple(Block(shared, tuple(map(self._row, rows))) for shared, rows in blocks.items())
        return Fold(title, next(iter(blocks)).shape, arranged)

    def _row(self, finding: Finding) -> Row:
        old, new = self._forms(finding)
        program = _program_of(finding)
        same = ""
        if program is not None:
            frame = (program.before, program.after)
            same = self._programs.get(frame, "")
            if not same:
                self._programs[frame] = name = f"c-{len(self._programs) + 1}"
                program = Program(name, program.before, program.line, program.after)
        return Row(finding, self._anchor(finding), old, new, None if same else program, same)

    def _anchor(self, finding: Finding) -> str:
        """Return the name of a finding on the page; twins get names of their own."""
        count = self._anchors[finding.fingerprint] = self._anchors.get(finding.fingerprint, 0) + 1
        return f"f-{finding.fingerprint}" + ("" if count == 1 else f"-{count}")

    def _forms(self, finding: Finding) -> _Forms:
        if drawing.places_of_same_form(finding):
            return (), ()
        old = "" if finding.old is None else finding.old.text
        new = "" if finding.new is None else finding.new.text
        if not (old and new):
            return _whole(old), _whole(new)
        # Of a release with many findings half have the forms of another one.
        known = self._differences.get((old, new))
        if known is None:
            before, after = token_diff(old, new)
            known = self._differences[old, new] = abridged(before), abridged(after)
        return known


def _title(heading: Heading, folds: Iterable[Fold]) -> str:
    """Return the words of a heading. What has one cause stands together, whatever the levels of its parts."""
    shapes = {block.shared.shape for fold in folds for block in fold.blocks}
    is_mixed = heading is Heading.BREAKING and shapes != {"major"}
    return heading.value.capitalize() + (" and what comes with them" if is_mixed else "")


def _few(findings: Sequence[Finding]) -> int:
    return _FEW_OF_MANY if len(findings) > _MANY else _FEW


def _by_rule(findings: Sequence[Finding]) -> list[tuple[str, tuple[Finding, ...]]]:
    """Return findings by what their rules say at one level, the largest level and the largest group first."""
    groups: dict[tuple[str, Level], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.level), []).append(finding)
    ordered = sorted(groups.items(), key=lambda item: (-item[0][1], -len(item[1])))
    return [(meaning_of(members[0]), tuple(members)) for _, members in ordered]


def _shared(finding: Finding) -> Shared:
    return Shared(
        rule=finding.rule,
        shape=shape_of(finding),
        level=finding.level.word,
        certainty=finding.certainty.value,
        position="" if finding.position is None else finding.position.value,
        module=finding.module,
        kind=kind_of(finding),
        is_tolerated=is_tolerated(finding),
        explanation=finding.explanation or "",
    )


def shape_of(finding: Finding) -> str:
    """Return the level of a finding, or what overrules it."""
    if is_suppressed(finding):
        return "suppressed"
    return "undecided" if is_undecided(finding) else finding.level.word


def kind_of(finding: Finding) -> str:
    """Return the kind of the declaration that a finding is about or inside of."""
    if is_about_package(finding):
        return "package"
    return next((step.kind for step in finding.trail if step.kind not in {"package", "module"}), "module")


def _whole(text: str) -> tuple[Segment, ...]:
    return (Segment(text, marked=False),) if text else ()


def _program_of(finding: Finding) -> Program | None:
    """Return the whole client of a finding; the line is all of it where it is not found inside."""
    if finding.client_program is None:
        return None
    if not finding.client or finding.client not in finding.client_program:
        return Program("", "", finding.client_program, "")
    before, line, after = finding.client_program.partition(finding.client)
    return Program("", before, line, after)
