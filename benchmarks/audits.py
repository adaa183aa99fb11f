"""Does an audit grow with its releases and no faster, and could the one process that writes keep many busy?

    python benchmarks/audits.py               measure 1,000, 3,000 and 10,000 pairs, write results/audits.md
    python benchmarks/audits.py 100 300       measure others, and print

Packages are made: eleven releases each, of twenty functions and records, some of which change.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

_REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_REPOSITORY / "tests"))

from support.releases import archive_of  # noqa: E402 (the path is set above)

from semverdiff import audit, history, pipeline  # noqa: E402 (as above)
from semverdiff.audit.codec import encode  # noqa: E402 (as above)
from semverdiff.audit.output import write_report  # noqa: E402 (as above)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from semverdiff.audit import Measured

RESULT: Final = _REPOSITORY / "benchmarks" / "results" / "audits.md"
_SIZES: Final = (1_000, 3_000, 10_000)
_JOBS: Final = 2
_RELEASES: Final = 11
_DECLARATIONS: Final = 20


class Row(msgspec.Struct, frozen=True):
    """What an audit of so many pairs took: seconds of the processor by part, and what became of it."""

    pairs: int
    found: float
    judged: float
    handled: float
    written: float
    reported: float
    store_bytes: int
    peak_bytes: int


class _Immediate(Executor):
    """Answers every task at once with the same answer: what is left is the work of the one who asks."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401, ARG002 (the interface)
        future: Future[Any] = Future()
        future.set_result(self._answer)
        return future


def main(arguments: Sequence[str]) -> None:
    """Measure; write the page, or print it where other sizes are asked for."""
    page = _page([measured(pairs) for pairs in map(int, arguments or map(str, _SIZES))])
    if arguments:
        print(page)
    else:
        RESULT.write_text(page, encoding="utf-8")


def measured(pairs: int) -> Row:
    """Return what an audit of so many pairs takes."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _write_archives(place / "archives", pairs)
        settings = history.settings_for(dict(os.environ), offline=True, dependencies="none")
        environment = pipeline.environment_of(settings, place)
        choices = audit.Choices("none", offline=True)
        with audit.open_store(place / "store.sqlite") as store:
            start = time.process_time()
            plan = audit.plan([str(place / "archives")], store, choices, environment, lambda _: None)
            found = time.process_time() - start
            _require(len(plan.pending) == pairs)
            start, before = time.process_time(), _children()
            with audit.on_this_machine(_JOBS) as workforce:
                steps = list(audit.judge_all(plan.pending, store, workforce))
            _require(steps[-1].judged == pairs)
            handled, judged = time.process_time() - start, _children() - before
            start = time.process_time()
            report = audit.report_of(plan.sources, store)
            write_report(report, store, place / "report")
            reported = time.process_time() - start
            answer = next(one.measured for one in store.entries(plan.sources) if one.measured is not None)
        return Row(
            pairs=pairs,
            found=found,
            judged=judged,
            handled=handled,
            written=_written(place, plan, answer),
            reported=reported,
            store_bytes=(place / "store.sqlite").stat().st_size,
            peak_bytes=max(_peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN)),
        )


def _written(place: Path, plan: audit.Plan, answer: Measured) -> float:
    """Return the seconds that it takes to give tasks out, collect the answers and write them, all alone."""
    workforce = audit.Workforce(_Immediate(encode(answer)), lambda task: task, 2 * _JOBS)
    with audit.open_store(place / "writer.sqlite") as store:
        start = time.process_time()
        for _ in audit.judge_all(plan.pending, store, workforce):
            pass
        return time.process_time() - start


def _write_archives(directory: Path, pairs: int) -> None:
    directory.mkdir()
    for package in range(pairs // (_RELEASES - 1)):
        for minor in range(_RELEASES):
            name, version = f"shop{package}", f"1.{minor}.0"
            file = directory / f"acme-{name}-any-{version}.bala"
            file.write_bytes(archive_of("acme", name, version, _source(package, minor)))


def _source(package: int, minor: int) -> str:
    """Return a source of which one declaration in twenty changes from release to release."""
    parts = []
    for number in range(_DECLARATIONS):
        more = f", int more{minor}" if (number + minor + package) % _DECLARATIONS == 0 else ""
        parts.append(
            f"public type Order{number} record {{|\n    int id;\n    string name;\n|}};\n\n"
            f'public function order{number}(int id{more}) returns Order{number} => {{id, name: ""}};\n'
        )
    return "\n".join(parts)


def _require(holds: bool) -> None:  # noqa: FBT001 (as an assertion)
    if not holds:
        raise AssertionError("not every pair was judged")


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss * 1024


def _page(rows: Sequence[Row]) -> str:
    lines = [
        "# Audits of many releases",
        "",
        "By `python benchmarks/audits.py`: made packages, eleven releases each, of twenty functions and",
        "records. Milliseconds of the processor for each pair of releases. *Found*: archives are read and",
        "planned. *Judged*: by two processes, with their starts. *Handled*: what the one process that writes",
        "does meanwhile, with the threads that wait. *Written*: that alone, where answers are there at once.",
        "*Reported*: tables and pages. The store is the size of its file, the peak that of the largest",
        "process.",
        "",
        "| pairs | found | judged | handled | written | reported | store | peak |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        parts = (row.found, row.judged, row.handled, row.written, row.reported)
        cells = " | ".join(f"{1000 * part / row.pairs:.2f}" for part in parts)
        lines.append(
            f"| {row.pairs:,} | {cells} | {row.store_bytes / 1e6:.1f} MB | {row.peak_bytes / 2**20:.0f} MiB |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
