"""The suites: each asks one question about what the program costs, of cases with targets."""

from __future__ import annotations

import subprocess
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from sources import head
from support.central import Published, serve_central
from support.chromium import find_chromium

from performance.cases import Bench, Case, Prepare, checked
from performance.figures import Figure, Row
from performance.packages import HUNDRED_FILES, LAYOUTS, ONE_FILE, Synthetic, few, many, write_archive
from performance.peers import peer_rows, whole_row
from performance.processes import run
from performance.releases import GITHUB, HTTP, KAFKA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["SUITES", "Request", "Suite", "above"]

_REPOSITORY = Path(__file__).resolve().parents[2]
_REPETITION = Path(__file__).with_name("repetition.py")
_SIZES: Final = (1_000, 10_000, 100_000)


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a suite is run with: the bench, and what of the machine it may read.

    What cannot be measured is named in `left_out`, with the reason.
    """

    bench: Bench
    sizes: tuple[int, ...] = _SIZES
    repositories: Path | None = None
    java: Path | None = None
    peers: Path | None = None
    left_out: list[str] = []


class Suite(msgspec.Struct, frozen=True):
    """A question, and what measures the answer row by row."""

    name: str
    question: str
    rows: Callable[[Request], Iterator[Row]]


def _startup(request: Request) -> Iterator[Row]:
    for arguments in (("--version",), ("--help",), ("check", "--help"), ("rules", "list")):
        yield request.bench.measured(Case(name=f"semver {' '.join(arguments)}", prepare=_fixed(*arguments)))


def _fixed(*arguments: str) -> Prepare:
    return lambda _: arguments


def _equal(request: Request) -> Iterator[Row]:
    for symbols in request.sizes:
        for layout in LAYOUTS:
            yield request.bench.measured(
                Case(
                    name=f"{symbols:,} symbols in {layout.name}",
                    prepare=checked(Synthetic(symbols, layout, 0).write),
                    most={Figure.CPU_RATIO: 1.5},
                    symbols=symbols,
                    series="equal" if layout is ONE_FILE else "",
                )
            )


_FEW: Final = {10_000: 4.0, 100_000: 25.0}
_MANY: Final = {10_000: 8.0, 100_000: 60.0}
_FEW_WITH_MODEL: Final = {100_000: 15.0}
_MANY_WITH_MODEL: Final = {100_000: 45.0}


def _synthetic(request: Request) -> Iterator[Row]:
    yield from _changed(request, _FEW, _MANY, archived=False)


def _models(request: Request) -> Iterator[Row]:
    yield from _changed(request, _FEW_WITH_MODEL, _MANY_WITH_MODEL, archived=True)


def _changed(
    request: Request, few_most: dict[int, float], many_most: dict[int, float], *, archived: bool
) -> Iterator[Row]:
    for symbols in request.sizes:
        for label, changed, most in (("few", few(symbols), few_most), ("many", many(symbols), many_most)):
            for layout in LAYOUTS:
                series = f"{label} changes{', of an archive' if archived else ''}"
                yield request.bench.measured(
                    Case(
                        name=f"{symbols:,} symbols in {layout.name}, {changed:,} changed declarations",
                        prepare=checked(Synthetic(symbols, layout, changed).write, archived=archived),
                        most={Figure.CPU_RATIO: most[symbols]} if symbols in most else {},
                        symbols=symbols,
                        series=series if layout is ONE_FILE else "",
                    )
                )


def _changes(request: Request) -> Iterator[Row]:
    """Measure k changed declarations among n symbols. Scanning is what a comment costs."""
    for symbols in request.sizes:
        scanning = request.bench.measured(
            Case(
                name=f"{symbols:,} symbols, a comment",
                prepare=checked(Synthetic(symbols, ONE_FILE, 0, comment=True).write),
                symbols=symbols,
            )
        )
        yield scanning
        earlier: Row | None = None
        for changed in (1, 10, 100):
            row = request.bench.measured(
                Case(
                    name=f"{symbols:,} symbols, {changed} changed",
                    prepare=checked(Synthetic(symbols, ONE_FILE, changed).write),
                    symbols=symbols,
                )
            )
            earlier = above(row, scanning, earlier)
            yield earlier


_TENFOLD: Final = 12.0  # ten times as much, and what caches cost


def above(row: Row, scanning: Row, tenth: Row | None) -> Row:
    """Return a row with what its changes cost beyond scanning, and its growth from a tenth as many."""
    figures = dict(row.figures)
    for whole, part in (
        (Figure.CPU_MS, Figure.ABOVE_SCANNING_MS),
        (Figure.INSTRUCTIONS, Figure.ABOVE_SCANNING),
    ):
        if whole in row.figures and whole in scanning.figures:
            figures[part] = round(row.figures[whole] - scanning.figures[whole], 1)
    most = dict(row.most)
    cost = Figure.ABOVE_SCANNING
    if tenth is not None and cost in figures and tenth.figures.get(cost, 0.0) > 0:
        figures[Figure.GROWTH] = round(figures[cost] / tenth.figures[cost], 1)
        most[Figure.GROWTH] = _TENFOLD
    return msgspec.structs.replace(row, figures=figures, most=most)


def _releases(request: Request) -> Iterator[Row]:
    for pair, formats, archived, most in (
        (KAFKA, (), False, 2.6),
        (KAFKA, (), True, 2.1),
        (HTTP, (), False, 5.0),
        (HTTP, (), True, None),
        (GITHUB, (), False, 40.0),
        (GITHUB, (), True, None),
        (GITHUB, ("html",), False, 55.0),
    ):
        if request.repositories is None or not pair.is_in(request.repositories):
            request.left_out.append(f"{pair.name}: there is no repository {pair.repository} (--repositories)")
            continue
        shown = " ".join(formats or ("json",))
        yield request.bench.measured(
            Case(
                name=f"{pair.name}, {shown}{', of an archive' if archived else ''}",
                prepare=checked(partial(pair.write, request.repositories), *formats, archived=archived),
                most={} if most is None else {Figure.CPU_RATIO: most},
            )
        )


_SINGLE: Final = ("text", "bal", "html", "markdown", "sarif", "junit", "github", "gitlab")
_TRIPLES: Final = (
    ("json", "text", "markdown"),
    ("json", "markdown", "sarif"),
    ("json", "html", "sarif"),
    ("json", "junit", "gitlab"),
    ("text", "html", "github"),
)


def _formats(request: Request) -> Iterator[Row]:
    package = Synthetic(5_000, ONE_FILE, many(5_000))
    for formats in (*((one,) for one in _SINGLE), *_TRIPLES):
        yield request.bench.measured(
            Case(
                name=", ".join(formats),
                prepare=checked(package.write, *formats),
                beside=checked(package.write),
                most={Figure.CPU_RATIO: 1.3} if formats in _TRIPLES else {},
            )
        )


def _registry(request: Request) -> Iterator[Row]:
    """Measure a version that is in the cache beside the same archive as a file."""
    for symbols in request.sizes[:2]:
        package = Synthetic(symbols, ONE_FILE, few(symbols))
        archive = write_archive(package.write(request.bench.folder).old)
        with serve_central([Published("acme", "bulk", "1.0.0", archive.read_bytes())]) as central:
            yield request.bench.measured(
                Case(
                    name=f"{symbols:,} symbols, the baseline from the cache",
                    prepare=_from_registry(package),
                    beside=checked(package.write, archived=True),
                    environment={"SEMVERDIFF_CENTRAL_URL": central.address},
                    most={Figure.CPU_RATIO: 1.1},
                )
            )


def _from_registry(package: Synthetic) -> Prepare:
    return lambda folder: ("check", str(package.write(folder).new), "--format", "json")


_KIB_A_SYMBOL: Final = 2.5
_REPETITIONS: Final = 1_000
_NO_GROWTH: Final = 1.05


def _memory(request: Request) -> Iterator[Row]:
    largest = max(request.sizes)
    for label, changed in (("few", few(largest)), ("many", many(largest))):
        for layout in (ONE_FILE, HUNDRED_FILES):
            row = msgspec.structs.replace(request.bench, runs=1, counted_seconds=0.0).measured(
                Case(
                    name=f"{largest:,} symbols in {layout.name}, {label} changes",
                    prepare=checked(Synthetic(largest, layout, changed).write),
                    most={Figure.KIB_A_SYMBOL: _KIB_A_SYMBOL},
                    symbols=largest,
                )
            )
            wanted = (Figure.PEAK_MIB, Figure.KIB_A_SYMBOL)
            yield msgspec.structs.replace(row, figures={figure: row.figures[figure] for figure in wanted})
    sides = Synthetic(1_000, ONE_FILE, many(1_000)).write(request.bench.folder)
    early, late = _resident(request.bench, (str(sides.old), str(sides.new), str(_REPETITIONS)))
    yield Row(
        case=f"{_REPETITIONS:,} comparisons of 1,000 symbols in one process, beside the first tenth of them",
        figures={Figure.PEAK_MIB: round(late / 1024, 1), Figure.GROWTH: round(late / early, 3)},
        most={Figure.GROWTH: _NO_GROWTH},
    )


def _resident(bench: Bench, arguments: tuple[str, ...]) -> tuple[int, int]:
    """Return the KiB that a process holds after a tenth of its comparisons, and after the last."""
    command = (bench.program.python, str(_REPETITION), *arguments)
    done = subprocess.run(  # noqa: S603 (own commands)
        command, check=True, capture_output=True, text=True, env=bench.floor.environment, cwd=bench.folder
    )
    early, late = map(int, done.stdout.split())
    return early, late


def _types(_: Request) -> Iterator[Row]:
    from performance.questions import question_rows  # noqa: PLC0415 (loads most of the program)

    yield from question_rows(_REPOSITORY.parent / "shared")


def _page(request: Request) -> Iterator[Row]:
    try:
        from performance.page import page_rows  # noqa: PLC0415 (needs what `make browser` installs)
    except ModuleNotFoundError:
        request.left_out.append("the page: there is nothing that drives Chromium (make browser)")
        return
    program = find_chromium()
    if program is None:
        request.left_out.append("the page: there is no Chromium (scripts/system_package.sh chromium)")
        return
    yield from page_rows(program)


def _parser(request: Request) -> Iterator[Row]:
    from performance.parser import parser_row  # noqa: PLC0415 (loads most of the program)

    if request.java is None or request.repositories is None or head(request.java) is None:
        request.left_out.append("the parser: there is no clone of tree-sitter-java (--java) and of packages")
        return
    places = sorted(request.repositories.iterdir())
    yield parser_row(request.java, [one / "repo" if (one / "repo").is_dir() else one for one in places])


def _peers(request: Request) -> Iterator[Row]:
    if request.peers is None:
        request.left_out.append("tools for other languages: benchmarks/peers.sh installs and measures them")
        return
    bench = request.bench
    for symbols in request.sizes:
        for label, changed in (("few", few(symbols)), ("many", many(symbols))):
            case = Case(name="", prepare=checked(Synthetic(symbols, ONE_FILE, changed).write))
            name = f"semverdiff (Ballerina), {symbols:,} symbols, {label} changes"
            command = bench.command(case)
            run(command)
            yield whole_row(name, command, bench.runs)
    for one in peer_rows(request.peers, bench.folder / "peers", request.sizes, bench.runs):
        if isinstance(one, str):
            request.left_out.append(one)
        else:
            yield one


SUITES: Final = {
    suite.name: suite
    for suite in (
        Suite("startup", "What does the program cost before it does anything?", _startup),
        Suite("equal", "What does a check of equal packages cost?", _equal),
        Suite("synthetic", "What do packages of any size cost, with few and many changes?", _synthetic),
        Suite("models", "And if the published side is an archive that was read before?", _models),
        Suite("changes", "Do k changes among n symbols cost in proportion to k, beyond scanning?", _changes),
        Suite("releases", "What do releases of public packages cost?", _releases),
        Suite("formats", "What do formats cost beside JSON alone?", _formats),
        Suite("registry", "What does a baseline from the cache cost beside the same file?", _registry),
        Suite("memory", "How much memory does a symbol take, and do many comparisons take more?", _memory),
        Suite("types", "What do questions about types cost?", _types),
        Suite("page", "What does a page of 12,500 findings cost in Chromium?", _page),
        Suite("parser", "Is the parser as fast as that of tree-sitter-java?", _parser),
        Suite("peers", "What do tools for other languages take for as many symbols?", _peers),
    )
}
