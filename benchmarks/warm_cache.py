"""What does a published version cost that is in the cache already? Ratios to the same archive as a file.

    python benchmarks/warm_cache.py            a small package, and one of 10,000 symbols

A stand-in for Ballerina Central on loopback is asked once; then whole processes take turns, one with
`--baseline file:ARCHIVE`, one with `--baseline auto`, and the medians of their processor times are compared.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT / "tests"))

from support.archives import build_bala  # noqa: E402 (found by the line above)
from support.central import Published, serve_central  # noqa: E402 (as above)

_ALLOWED = 1.10
_MANIFEST = '[package]\norg = "acme"\nname = "bulk"\nversion = "1.1.0"\n'


def main() -> None:
    """Time both ways for each size, and print what they cost."""
    arguments = _arguments()
    print(f"{'symbols':>8} {'file ms':>8} {'cached ms':>10} {'ratio':>6}   allowed {_ALLOWED}")
    for symbols in arguments.symbols:
        with tempfile.TemporaryDirectory() as folder:
            file, cached = _timed(Path(folder), symbols, arguments.runs)
        print(f"{symbols:8} {file * 1000:8.0f} {cached * 1000:10.0f} {cached / file:6.2f}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--symbols", type=int, nargs="*", default=[10, 10_000])
    parser.add_argument("--runs", type=int, default=15)
    return parser.parse_args()


def _timed(folder: Path, symbols: int, runs: int) -> tuple[float, float]:
    old = build_bala("acme", "bulk", "1.0.0", {"modules/bulk/lib.bal": _source(symbols)})
    archive, package = folder / "old.bala", folder / "bulk"
    archive.write_bytes(old)
    package.mkdir()
    (package / "Ballerina.toml").write_text(_MANIFEST)
    (package / "lib.bal").write_text(_source(symbols) + "public function more() {}\n")
    check = [sys.executable, "-m", "semverdiff", "check", str(package), "--format", "json"]
    with serve_central([Published("acme", "bulk", "1.0.0", old)]) as central:
        environment = {
            **os.environ,
            "SEMVERDIFF_CENTRAL_URL": central.address,
            "SEMVERDIFF_CACHE_DIR": str(folder / "cache"),
        }
        ways = ([*check, "--baseline", f"file:{archive}"], check)
        for way in ways:
            _run(way, environment)
        times = [[_run(way, environment) for way in ways] for _ in range(runs)]
    file, cached = zip(*times, strict=True)
    return statistics.median(file), statistics.median(cached)


def _source(symbols: int) -> str:
    return "".join(
        f"public function place{number}(int id) returns int => id;\n" for number in range(symbols // 2)
    )


def _run(command: list[str], environment: dict[str, str]) -> float:
    """Return the processor time of a process, which says more on a busy machine than the wall clock."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment) as process:  # noqa: S603 (own commands)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
