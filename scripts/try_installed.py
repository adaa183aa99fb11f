"""Tries the installed program on the example: that it starts, finds what its wheel has to hold, and judges.

python scripts/try_installed.py    by an interpreter that has semverdiff; the sources here are not used
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

_FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
_HIGHLIGHTS = "from semverdiff.syntax import highlights; assert highlights('type T int;')"


def main() -> str | None:
    """Run the program from a folder where no sources are; return what is wrong, if anything is."""
    with tempfile.TemporaryDirectory() as folder:
        for command, expected in (
            (("-m", "semverdiff", "--version"), 0),
            (("-c", _HIGHLIGHTS), 0),
            (("-m", "semverdiff", "rules", "explain", "record-field-removed", "--color", "always"), 0),
            (_check("--format", "html=report.html"), 1),
        ):
            done = subprocess.run(  # noqa: S603 (the commands above)
                [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False
            )
            if done.returncode != expected:
                return (
                    f"try_installed: {' '.join(command)}: expected the exit code {expected}, found "
                    f"{done.returncode}\n{done.stderr}"
                )
        print(done.stdout.splitlines()[-1])
        if not (Path(folder) / "report.html").is_file():
            return "try_installed: expected a page of the report, found none"
    return None


def _check(*formats: str) -> tuple[str, ...]:
    old, new = _FIXTURES / "acme-shop-any-1.3.0.bala", _FIXTURES / "shop-1.4.0"
    return ("-m", "semverdiff", "check", str(new), "--baseline", str(old), "--format", "text", *formats)


if __name__ == "__main__":
    sys.exit(main())
