"""Arranges findings as the code is nested: package, module, declaration, member, parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.changes import Change, Step
from semverdiff.rules import Certainty
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from semverdiff.rules import Finding

__all__ = ["Node", "is_about_package", "is_quiet", "is_suppressed", "is_tolerated", "is_undecided", "outline"]


class Node(msgspec.Struct, frozen=True):
    """One level of nesting: the findings about the thing itself, then its parts, largest level first."""

    step: Step
    findings: tuple[Finding, ...]
    children: tuple[Node, ...]

    @property
    def level(self) -> Level:
        """The largest level of everything in it."""
        return max((finding.level for finding in self.all_findings()), default=Level.NONE)

    @property
    def added_or_removed(self) -> tuple[Finding, ...]:
        """The findings that the thing itself was added or removed: they stand in the place of the thing.

        The package is always there; what it gains or loses (a dependency) is a change of it.
        """
        if self.step.kind == "package":
            return ()
        return tuple(finding for finding in self.findings if finding.change is not Change.MODIFIED)

    @property
    def changes(self) -> tuple[Finding, ...]:
        """What is different about a thing that both sides have."""
        added_or_removed = self.added_or_removed
        return tuple(finding for finding in self.findings if finding not in added_or_removed)

    def only(self, keep: Callable[[Finding], bool]) -> Node:
        """Return the node with the findings to keep, and the parts that still hold one."""
        children = tuple(child.only(keep) for child in self.children)
        return Node(
            self.step,
            tuple(finding for finding in self.findings if keep(finding)),
            tuple(child for child in children if child.all_findings()),
        )

    def all_findings(self) -> tuple[Finding, ...]:
        """Return the findings of the node and of everything below it, depth first."""
        below = (finding for child in self.children for finding in child.all_findings())
        return (*self.findings, *below)


def outline(findings: Iterable[Finding], package: str) -> Node:
    """Return the package as the root. Parts are ordered by level, then as the findings are."""
    return _node(Step("package", package), [(_path(finding), finding) for finding in findings])


def is_undecided(finding: Finding) -> bool:
    """Return whether the level of a finding is open; that of a suppressed one does not matter."""
    return finding.certainty is Certainty.UNDECIDED and finding.suppressed is None


def is_tolerated(finding: Finding) -> bool:
    """Return whether the client that breaks is one that a minor version may break."""
    return finding.level is Level.MINOR and finding.client is not None


def is_suppressed(finding: Finding) -> bool:
    """Return whether the project says that the finding does not count."""
    return finding.suppressed is not None


def is_about_package(finding: Finding) -> bool:
    """Return whether a finding is about the package beside its modules: a dependency, say."""
    return finding.symbol == "(package)"


def is_quiet(finding: Finding) -> bool:
    """Return whether a finding is of patch level and breaks nobody's code.

    A breaking change that the project's own rules made a patch is not quiet.
    """
    return finding.level is Level.PATCH and finding.client is None and not is_undecided(finding)


def _path(finding: Finding) -> tuple[Step, ...]:
    """Return the steps from the package to the thing, whether or not its trail starts there."""
    inside = tuple(step for step in finding.trail if step.kind not in {"package", "module"})
    if is_about_package(finding):
        return inside
    return (Step("module", finding.module), *inside)


def _node(step: Step, placed: Iterable[tuple[tuple[Step, ...], Finding]]) -> Node:
    own: list[Finding] = []
    parts: dict[Step, list[tuple[tuple[Step, ...], Finding]]] = {}
    for path, finding in placed:
        if path:
            parts.setdefault(path[0], []).append((path[1:], finding))
        else:
            own.append(finding)
    children = [_node(first, inside) for first, inside in parts.items()]
    return Node(step, tuple(own), tuple(sorted(children, key=lambda child: -child.level)))
