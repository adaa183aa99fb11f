"""What does the program cost? Whole processes, as ratios to `import click` and in instructions.

    python benchmarks/run.py                         every suite; needs about half an hour
    python benchmarks/run.py equal releases          these suites
    python benchmarks/run.py --write                 and write results/performance.json, .md and .svg
    python benchmarks/run.py instructions            compare six small cases with results/instructions.json,
                                                     and fail where one needs more than 5 % more
    python benchmarks/run.py instructions --write    write that file anew
    python benchmarks/run.py limits                  a thousand and ten thousand of everything; with --write
                                                     into results/limits.json and .md

One suite at its smallest, without valgrind:

    python benchmarks/run.py equal --symbols 1000 --runs 3 --no-instructions

The program is installed from its wheel into out/benchmarks, as users have it, and inputs are left beside it:
a case can be run there by hand. `--before CHECKOUT` lets the program of another checkout take turns. Releases
of public packages are read from `--repositories DIR`, a folder of clones or bare mirrors. What cannot be
measured is left out, and the results say so.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

_REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.append(str(_REPOSITORY / "tests"))

from performance import instructions, tables  # noqa: E402 (of this repository: found by the line above)
from performance.cases import Bench  # noqa: E402 (as above)
from performance.figures import Load, Measured, Results, read_results, write_results  # noqa: E402 (as above)
from performance.plot import plot  # noqa: E402 (as above)
from performance.processes import MissingToolError, valgrind  # noqa: E402 (as above)
from performance.program import commit_of, install  # noqa: E402 (as above)
from performance.suites import SUITES, Request  # noqa: E402 (as above)

_RESULTS = _REPOSITORY / "benchmarks" / "results"
_SCRATCH = _REPOSITORY / "out" / "benchmarks"
_ALONE = ("instructions", "limits")


def main() -> int:
    """Measure what was asked for, and return whether it is too dear."""
    arguments = _arguments()
    if "limits" in arguments.suites:
        return _limits(write=arguments.write)
    try:
        bench = _bench(arguments)
        if "instructions" in arguments.suites:
            return _compare_instructions(bench, write=arguments.write)
        return _measure(bench, arguments)
    except MissingToolError as error:
        print(error, file=sys.stderr)
        return 2


def _limits(*, write: bool) -> int:
    command = [sys.executable, str(_REPOSITORY / "benchmarks" / "limits.py")]
    if write:
        command += ["--json", str(_RESULTS / "limits.json")]
    measured = subprocess.run(command, check=False)  # noqa: S603 (own commands)
    if write:
        subprocess.run([*command, "--page"], check=True)  # noqa: S603 (as above)
    return measured.returncode


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join((*SUITES, *_ALONE)))
    parser.add_argument("--runs", type=int, default=9, help="pairs of runs of each case (default: 9)")
    parser.add_argument("--symbols", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument(
        "--counted-seconds", type=float, default=1.0, help="count commands that take at most that"
    )
    parser.add_argument("--no-instructions", action="store_true", help="count none: needs no valgrind")
    parser.add_argument(
        "--repositories", type=Path, metavar="DIR", help="clones or mirrors of public packages"
    )
    parser.add_argument(
        "--java", type=Path, metavar="DIR", help="a clone of tree-sitter-java, for the parser"
    )
    parser.add_argument("--peers", type=Path, metavar="DIR", help="where benchmarks/peers.sh installs")
    parser.add_argument("--before", type=Path, metavar="CHECKOUT", help="another checkout to compare with")
    parser.add_argument(
        "--write", action="store_true", help="write the results, those of other suites left as they are"
    )
    arguments = parser.parse_args()
    unknown = [name for name in arguments.suites if name not in SUITES and name not in _ALONE]
    if unknown:
        parser.error(f"there is no suite '{unknown[0]}': expected {', '.join((*SUITES, *_ALONE))}")
    if len(arguments.suites) > 1 and set(_ALONE).intersection(arguments.suites):
        parser.error(f"{' and '.join(_ALONE)} are measured alone: name no other suite beside")
    return arguments


def _bench(arguments: argparse.Namespace) -> Bench:
    counted = 0.0 if arguments.no_instructions else arguments.counted_seconds
    if counted or "instructions" in arguments.suites:
        valgrind()  # better missed now than after the first case
    print("installing the program into out/benchmarks", file=sys.stderr)
    return Bench(
        program=install(_REPOSITORY, _SCRATCH / "now"),
        before=None if arguments.before is None else install(arguments.before.resolve(), _SCRATCH / "before"),
        folder=_inputs(),
        runs=arguments.runs,
        counted_seconds=counted,
    )


def _inputs() -> Path:
    """Return an empty folder: what an earlier run left may be made otherwise now."""
    folder = _SCRATCH / "inputs"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _compare_instructions(bench: Bench, *, write: bool) -> int:
    file = _RESULTS / "instructions.json"
    now = instructions.count(bench)
    if write:
        instructions.write_counts(file, now)
        return 0
    written = instructions.read_counts(file)
    if written.python != now.python:
        print(
            f"written down with Python {written.python}, counted with {now.python}: ratios to the floor count"
        )
    for change in instructions.changes(written, now):
        print(change)
    dear = instructions.too_dear(written, now)
    if dear:
        print(
            f"{', '.join(change.case for change in dear)}: more than 5 % more instructions than "
            "benchmarks/results/instructions.json says. Find what costs them; if they are worth it, run "
            "`python benchmarks/run.py instructions --write` and say why in the commit.",
            file=sys.stderr,
        )
    return int(bool(dear))


def _measure(bench: Bench, arguments: argparse.Namespace) -> int:
    commit, python = commit_of(_REPOSITORY), bench.program.build
    results = read_results(_RESULTS / "performance.json")
    missed = 0
    for name in arguments.suites or SUITES:
        suite = SUITES[name]
        print(f"{name}: {suite.question}")
        request = Request(
            bench=bench,
            sizes=tuple(arguments.symbols),
            repositories=arguments.repositories,
            java=arguments.java,
            peers=arguments.peers,
        )
        rows = []
        processes = 0.0
        for row in suite.rows(request):
            print(tables.line(row), flush=True)
            rows.append(row)
            processes = max(processes, os.getloadavg()[0])
        for reason in request.left_out:
            print(f"  not measured: {reason}")
        missed += sum(bool(row.missed()) for row in rows)
        run = Measured(
            suite=name,
            question=suite.question,
            commit=commit,
            python=python,
            rows=tuple(rows),
            left_out=tuple(request.left_out),
            load=Load(round(processes, 1), os.cpu_count() or 1),
        )
        results = results.with_runs([run])
        if arguments.write:
            _write(results)
    print(f"{missed} cases are above what they may be")
    return 0


def _write(results: Results) -> None:
    write_results(_RESULTS / "performance.json", results)
    (_RESULTS / "performance.md").write_text(tables.document(results), "utf-8")
    (_RESULTS / "performance.svg").write_text(plot(results), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
