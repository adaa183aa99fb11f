"""The labelled compatibility cases, and what the rules say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from support.packages import package

from semverdiff import rules
from semverdiff.api import Outlines, Surface
from semverdiff.compare import compare
from semverdiff.config import Policies
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from semverdiff.rules import Finding

__all__ = ["Case", "Label", "cases_in", "findings", "highest"]


class Label(msgspec.Struct, frozen=True):
    """A change that a case expects; `kind` is the id of a rule, `module` empty for the package."""

    symbol: str
    kind: str
    level: str
    module: str = ""


class Expectation(msgspec.Struct, frozen=True):
    """The smallest honest bump (`none`: no difference for anybody) and the changes that ask for it."""

    level: str
    changes: tuple[Label, ...]


class Case(msgspec.Struct, frozen=True):
    """Two versions of acme/shop. `needs` names what has to be known beyond the text of the change."""

    id: str
    old: dict[str, str]
    new: dict[str, str]
    expected: Expectation
    old_toml: str | None = None
    new_toml: str | None = None
    needs: frozenset[str] = frozenset()


def cases_in(folder: Path) -> list[Case]:
    """Return the cases of every file of a folder."""
    return [
        case
        for file in sorted(folder.glob("*.json"))
        for case in msgspec.json.decode(file.read_bytes(), type=list[Case])
    ]


def findings(case: Case) -> list[Finding]:
    """Judge the differences of a case by the default policies."""
    outlines = Outlines()
    old = Surface(package(case.old, case.old_toml), outlines)
    new = Surface(package(case.new, case.new_toml), outlines)
    return list(rules.evaluate(compare(old, new), Policies(), strict=False))


def highest(found: Iterable[Finding]) -> str:
    """Return the level that findings ask for; without a finding a patch is enough."""
    return max((one.level for one in found), default=Level.PATCH).word
