"""How long does `semver check` take, and how much memory? Whole processes, ratios to `import click`.

    python benchmarks/check.py                       synthetic packages of 1,000 to 100,000 symbols
    python benchmarks/check.py --pairs DIR           every DIR/*/old with DIR/*/new beside it as well
    python benchmarks/check.py --before CHECKOUT     and how that compares with another checkout

Machines differ and are noisy, so what counts is a ratio within one run: every case is run in turn with
`python -c "import click"`, and the medians are compared. Those of another checkout are compared by the
time of the processor, which other processes disturb least.
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
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import resource

_REPOSITORY = Path(__file__).resolve().parent.parent
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
    processor_ratio_to_before: float | None = None
    peak_ratio_to_before: float | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """What one process took."""

    wall_seconds: float
    processor_seconds: float
    peak_mib: float


def main() -> None:
    """Build the synthetic packages, time every case, print a table and write JSON if asked for."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        cases = list(_synthetic(Path(folder), arguments.symbols))
        if arguments.pairs is not None:
            cases += _pairs(arguments.pairs)
        # What is compiled is kept, whatever the surroundings say: it is when users run the command.
        environment = os.environ | {"PYTHONHASHSEED": "0", "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        timings = [_timed(case, arguments.runs, arguments.before, environment) for case in cases]
    _print(timings)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps([asdict(one) for one in timings], indent=2) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=Path, help="a folder of folders that hold `old` and `new`")
    parser.add_argument("--before", type=Path, help="another checkout, with its parser built")
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


def _timed(case: Case, runs: int, before: Path | None, environment: dict[str, str]) -> Timing:
    command = [sys.executable, "-m", "semverdiff", "check", str(case.new), "--baseline", f"file:{case.old}"]
    command += ["--format", "json"]
    reference = [sys.executable, "-c", "import click"]
    checkouts = [_REPOSITORY] if before is None else [_REPOSITORY, before]
    references: list[Used] = []
    measured: dict[Path, list[Used]] = {checkout: [] for checkout in checkouts}
    for checkout in checkouts:
        _run(command, checkout, environment)  # compiles
    for _ in range(runs):
        references.append(_run(reference, _REPOSITORY, environment))
        for checkout in checkouts:
            measured[checkout].append(_run(command, checkout, environment))
    sizes = [file.stat().st_size for side in (case.old, case.new) for file in side.rglob("*.bal")]
    now = measured[_REPOSITORY]
    wall = statistics.median(used.wall_seconds for used in now)
    peak = max(used.peak_mib for used in now)
    timing = Timing(
        name=case.name,
        symbols=case.symbols,
        kilobytes=sum(sizes) // 1000,
        wall_seconds=round(wall, 4),
        ratio_to_import_click=round(wall / statistics.median(used.wall_seconds for used in references), 2),
        peak_mib=round(peak, 1),
        allowed_mib=round(60 + 2 * case.symbols * 2 / 1024 + 25 * max(sizes, default=0) / 2**20, 1),
    )
    if before is None:
        return timing
    then = measured[before]
    return replace(
        timing,
        processor_ratio_to_before=round(_processor(now) / _processor(then), 2),
        peak_ratio_to_before=round(peak / max(used.peak_mib for used in then), 2),
    )


def _processor(measured: list[Used]) -> float:
    return statistics.median(used.processor_seconds for used in measured)


def _run(command: list[str], checkout: Path, environment: dict[str, str]) -> Used:
    started = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 (own commands)
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=checkout
    ) as process:
        _, _, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = 0
    return Used(wall, usage.ru_utime + usage.ru_stime, _mebibytes(usage))


def _mebibytes(usage: resource.struct_rusage) -> float:
    # Linux counts in KiB, macOS in bytes.
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _print(timings: list[Timing]) -> None:
    titles = ("KB", "wall s", "x click", "MiB", "allowed", "x time", "x MiB")
    print(f"{'case':52} " + " ".join(f"{title:>8}" for title in titles))
    for one in timings:
        print(
            f"{one.name:52} {one.kilobytes:8} {one.wall_seconds:8.3f} {one.ratio_to_import_click:8.2f} "
            f"{one.peak_mib:8.1f} {one.allowed_mib:8.1f} {one.processor_ratio_to_before or '':>8} "
            f"{one.peak_ratio_to_before or '':>8}"
        )


if __name__ == "__main__":
    main()
