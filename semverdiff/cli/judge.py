"""A process that judges releases for `semver audit`: tasks on standard input, answers on standard output."""

from __future__ import annotations

import os
import sys

from semverdiff import audit
from semverdiff.cli.environment import registry_variables

__all__ = ["main"]


def main() -> None:
    """Judge until there are no more tasks. Whatever is printed by mistake is no answer."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    audit.serve(sys.stdin.buffer, answers, registry_variables())


if __name__ == "__main__":
    main()
