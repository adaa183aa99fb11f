"""Is a client a program that its package's types allow? Parsed, every name resolved, and types checked.

An answer of its own, beside what writes clients: the text is parsed again, and the engine of types decides
what fits. What is no mistake for sure is none, so that a client without problems may still have some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.client_check.program import OWN_FILE, Program
from support.client_check.statements import Statements
from support.packages import package

from semverdiff.api import Surface
from semverdiff.syntax import outline

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["OWN_FILE", "problems"]


def problems(
    files: Mapping[str, str], manifest: str | None, program: str, *, runs: bool = False
) -> list[str]:
    """Return what is wrong with a client of a package, as far as it can be told for sure.

    `runs` asks what goes wrong while it runs: variables have the types of the values that they hold.
    """
    found = outline(program.encode())
    if found.damages:
        return [f"does not parse: {one.message}" for one in found.damages]
    surface = Surface(package({**files, OWN_FILE: program}, manifest))
    return list(Statements(Program(surface, program, runs=runs)).problems())
