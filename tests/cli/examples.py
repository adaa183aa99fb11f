"""Packages as users have them on disk, and the program run as they run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["NEW", "OLD", "Ended", "report_of", "start"]

# The last is how coverage.py measures processes that tests start.
_NEEDED = ("PATH", "SYSTEMROOT", "COVERAGE_PROCESS_CONFIG")

OLD = """\
public type Order record {|
    int id;
    string note?;
|};

public function total(Order item) returns int {
    return item.id;
}

public function added(int one, int other) returns int => one + other;
"""

NEW = OLD.replace("    string note?;\n", "")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code and what it wrote where."""

    code: int
    out: str
    err: str


def start(
    arguments: tuple[str, ...], directory: Path, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Start the program as a process of its own, in a directory, with an environment of a few words."""
    needed = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "semverdiff", *arguments],
        cwd=directory,
        env={**needed, "HOME": str(directory), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def report_of(ended: Ended) -> dict[str, object]:
    """Read standard output, which has to be one JSON document."""
    report = json.loads(ended.out)
    assert isinstance(report, dict)
    return report
