"""Programs under a recursion limit that leaves no room for recursion over what they read."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

__all__ = ["run_without_recursion"]

_LIMIT = 200
_PROLOGUE = """
import sys
sys.path.insert(0, {tests!r})
from support.sources import descriptor, read, surface
from support.packages import package
{imports}
sys.setrecursionlimit({limit})
"""


def run_without_recursion(imports: str, program: str) -> str:
    """Run a program in an interpreter of its own, and return what it prints.

    `imports` are done before the limit holds, because Python's own imports recurse.
    """
    prologue = _PROLOGUE.format(tests=str(Path(__file__).parents[1]), imports=imports, limit=_LIMIT)
    ended = subprocess.run(
        [sys.executable, "-c", prologue + textwrap.dedent(program)],
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout.strip()
