"""How long does `semver check` take, and how much memory? Whole processes, ratios to `import click`.

    python benchmarks/check.py                       synthetic packages of 1,000 to 100,000 symbols
    python benchmarks/check.py --pairs DIR           every DIR/*/old with DIR/*/new beside it as well

Machines differ and are noisy, so what counts is a ratio within one run: every case is run in turn with
`python -c "import click"`, and the medians are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import resource

_MANIFEST = '[package]\norg = "acme"\nname = "bulk"\nversion = "{version}"\n'
_SYMBOLS_A_BLOCK = 8  # a record with 3 fields, a function with 2 parameters, a constant


@dataclass(frozen=True, slots=True)
class Case:
    """One comparison to time. `symbols` counts declarations, members and parameters of one side."""

    name: str
    old: Path
    new: Path
    symbols: int


@dataclass(frozen=True, slots=True)
class Timing:
    """What one case took: seconds and MiB of the whole process, and the ratio to `import click`."""

    name: str
    symbols: int
    kilobytes: int
    wall_seconds: float
    ratio_to_import_click: float
    peak_mib: float
    allowed_mib: float


def main() -> None:
    """Build the synthetic packages, time every case, print a table and write JSON if asked for."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        cases = list(_synthetic(Path(folder), arguments.symbols))
        if arguments.pairs is not None:
            cases += _pairs(arguments.pairs)
        timings = [_timed(case, arguments.runs) for case in cases]
    _print(timings)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps([asdict(one) for one in timings], indent=2) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=Path, help="a folder of folders that hold `old` and `new`")
    parser.add_argument("--symbols", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, help="where to write the figures")
    return parser.parse_args()


def _synthetic(folder: Path, sizes: list[int]) -> list[Case]:
    cases = []
    for symbols in sizes:
        for files in (1, 100):
            for label, every in (("equal", 0), ("few", 1000), ("many", 2)):
                place = folder / f"{symbols}-{files}-{label}"
                _write_package(place / "old", symbols, files, changed_every=0)
                _write_package(place / "new", symbols, files, changed_every=every)
                name = f"{symbols} symbols in {files} file{'s' if files > 1 else ''}, {label} changes"
                cases.append(Case(name, place / "old", place / "new", symbols))
    return cases


def _write_package(place: Path, symbols: int, files: int, *, changed_every: int) -> None:
    place.mkdir(parents=True)
    blocks = symbols // _SYMBOLS_A_BLOCK
    version = "1.1.0" if changed_every else "1.0.0"
    (place / "Ballerina.toml").write_text(_MANIFEST.format(version=version))
    for number in range(files):
        texts = [
            _block(block, changed=bool(changed_every) and block % changed_every == 0)
            for block in range(number, blocks, files)
        ]
        (place / f"part{number:03}.bal").write_text("\n".join(texts))


def _block(number: int, *, changed: bool) -> str:
    extra = "    string note?;\n" if changed else ""
    parameter = ", boolean dry = false" if changed else ""
    return (
        f"# An order of kind {number}.\n"
        f"public type Order{number} record {{|\n"
        f"    int id;\n    string[] lines;\n    decimal total?;\n{extra}|}};\n\n"
        f"public isolated function place{number}(Order{number} 'order, int times = 1{parameter}) "
        f"returns string|error {{\n    return 'order.id.toString();\n}}\n\n"
        f'public const NAME{number} = "order {number}";\n'
    )


def _pairs(folder: Path) -> list[Case]:
    return [
        Case(place.name, place / "old", place / "new", 0)
        for place in sorted(folder.iterdir())
        if (place / "old").is_dir() and (place / "new").is_dir()
    ]


def _timed(case: Case, runs: int) -> Timing:
    command = [sys.executable, "-m", "semverdiff", "check", str(case.new), "--baseline", f"file:{case.old}"]
    reference = [sys.executable, "-c", "import click"]
    _run(command)
    walls, references, peaks = [], [], []
    for _ in range(runs):
        references.append(_run(reference)[0])
        wall, peak = _run([*command, "--format", "json"])
        walls.append(wall)
        peaks.append(peak)
    sizes = [file.stat().st_size for side in (case.old, case.new) for file in side.rglob("*.bal")]
    return Timing(
        name=case.name,
        symbols=case.symbols,
        kilobytes=sum(sizes) // 1000,
        wall_seconds=round(statistics.median(walls), 4),
        ratio_to_import_click=round(statistics.median(walls) / statistics.median(references), 2),
        peak_mib=round(max(peaks), 1),
        allowed_mib=round(60 + 2 * case.symbols * 2 / 1024 + 25 * max(sizes, default=0) / 2**20, 1),
    )


def _run(command: list[str]) -> tuple[float, float]:
    """Return wall seconds and peak MiB of a process."""
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    started = time.perf_counter()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment) as process:  # noqa: S603 (own commands)
        _, _, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = 0
    return wall, _mebibytes(usage)


def _mebibytes(usage: resource.struct_rusage) -> float:
    # Linux counts in KiB, macOS in bytes.
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _print(timings: list[Timing]) -> None:
    print(f"{'case':52} {'KB':>7} {'wall s':>8} {'x click':>8} {'MiB':>8} {'allowed':>8}")
    for one in timings:
        print(
            f"{one.name:52} {one.kilobytes:7} {one.wall_seconds:8.3f} {one.ratio_to_import_click:8.2f} "
            f"{one.peak_mib:8.1f} {one.allowed_mib:8.1f}"
        )


if __name__ == "__main__":
    main()
