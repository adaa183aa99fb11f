"""Compares two packages again and again in one process, and prints how many KiB of memory that holds.

    python repetition.py OLD NEW TIMES

Prints it after a tenth of the times and at the end. Given to the interpreter of the program that is measured.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import semverdiff


def main() -> None:
    """Compare, and print."""
    old, new, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
    for at in range(1, times + 1):
        semverdiff.diff(old, new, offline=True, environment={})
        if at in {times // 10, times}:
            gc.collect()
            print(_resident_kib())


def _resident_kib() -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    main()
