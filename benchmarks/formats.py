"""What do formats cost? A run with several beside one with `json` alone, by the time of the processor.

    python benchmarks/formats.py                 the example, and a synthetic package that changes everywhere
    python benchmarks/formats.py OLD NEW ...     also these pairs of packages

Three formats may take at most 1.3 times as long. All take turns with `json`, and the least of the runs
counts: other processes only ever add to it.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_REPOSITORY = Path(__file__).resolve().parent.parent
_FIXTURES = _REPOSITORY / "fixtures"
_MANIFEST = '[package]\norg = "acme"\nname = "bulk"\nversion = "{version}"\n'
_BLOCKS = 300  # each with a break, an addition and a change of a body
_RUNS = 3
_ALLOWED = 1.3

_TRIPLES = (
    ("json", "text", "markdown"),
    ("json", "markdown", "sarif"),
    ("json", "html", "sarif"),
    ("json", "junit", "gitlab"),
    ("text", "html", "github"),
)
_SINGLE = ("text", "bal", "html", "markdown", "sarif", "junit", "github", "gitlab")


def main() -> int:
    """Print the ratios, and return whether three formats cost more than is allowed."""
    paths = [Path(argument).resolve() for argument in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        pairs = {
            "example": (_FIXTURES / "shop-1.3.0", _FIXTURES / "shop-1.4.0"),
            "synthetic": (_package(place / "old", new=False), _package(place / "new", new=True)),
            **{f"{new.parent.name}/{new.name}": (old, new) for old, new in list(pairwise(paths))[::2]},
        }
        worst = max(_printed(name, old, new, place) for name, (old, new) in pairs.items())
    print(f"three formats cost at most {worst:.2f} times json alone, {_ALLOWED} are allowed")
    return int(worst > _ALLOWED)


def _printed(name: str, old: Path, new: Path, place: Path) -> float:
    """Print what formats cost for a pair, and return the most of three."""
    chosen = [("json",), *((one,) for one in _SINGLE), *_TRIPLES]
    commands = {formats: _command(old, new, formats, place) for formats in chosen}
    seconds = {formats: float("inf") for formats in chosen}
    for _ in range(_RUNS):
        for formats, command in commands.items():
            seconds[formats] = min(seconds[formats], _processor_time(command))
    base = seconds["json",]
    print(f"{name}: json alone takes {base:.2f} s; ratios to it")
    for formats in chosen[1:]:
        print(f"  {', '.join(formats):28} {seconds[formats] / base:5.2f}")
    return max(seconds[formats] / base for formats in _TRIPLES)


def _command(old: Path, new: Path, formats: Sequence[str], place: Path) -> list[str]:
    options = [part for one in formats for part in ("--format", f"{one}={place / 'report'}.{one}")]
    return [sys.executable, "-m", "semverdiff", "diff", str(old), str(new), "--offline", *options]


def _processor_time(command: Sequence[str]) -> float:
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "PYTHONHASHSEED": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603 (own commands)
        command,
        cwd=_REPOSITORY,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _package(directory: Path, *, new: bool) -> Path:
    """Write a package of blocks, each of which its next version changes in three ways."""
    directory.mkdir()
    version = "1.1.0" if new else "1.0.0"
    (directory / "Ballerina.toml").write_text(_MANIFEST.format(version=version), "utf-8")
    blocks = (
        f"public type Order{number} record {{|\n    {'int' if new else 'string'} id;\n"
        f"{'    string note?;' if new else ''}\n|}};\n\n"
        f"public function total{number}(int count) returns int {{\n"
        f"    return count * {2 if new else 3};\n}}\n"
        for number in range(_BLOCKS)
    )
    (directory / "orders.bal").write_text("\n".join(blocks), "utf-8")
    return directory


if __name__ == "__main__":
    sys.exit(main())
