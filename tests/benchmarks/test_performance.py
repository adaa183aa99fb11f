"""How costs are measured: the inputs of cases, ratios, targets, and when instructions are too many."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from msgspec.structs import replace
from performance import instructions
from performance.cases import Bench, Case, checked, ratio
from performance.figures import Figure, Load, Measured, Results, Row, read_results, write_results
from performance.instructions import Counts, read_counts, too_dear
from performance.packages import LAYOUTS, ONE_FILE, Layout, Synthetic, few, many, write_archive
from performance.plot import plot
from performance.processes import (
    Command,
    CommandError,
    MissingToolError,
    Used,
    count_instructions,
    run,
    valgrind,
)
from performance.program import Program, commit_of
from performance.releases import HTTP, KAFKA
from performance.suites import SUITES, Request, above
from performance.tables import document, line
from support.git_repositories import commit, git, repository_at

import semverdiff
import semverdiff.symbols

_RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin"}


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("changed", [0, 1, 2, 10, 100])
def test_a_synthetic_package_has_the_symbols_and_the_changes_that_were_asked_for(
    tmp_path: Path, layout: Layout, changed: int
) -> None:
    sides = Synthetic(800, layout, changed).write(tmp_path)
    modules = semverdiff.public_api(sides.old)
    assert len(modules) == layout.modules
    assert len(list(sides.old.rglob("*.bal"))) == layout.modules * layout.files
    assert sum(_symbols(symbol) for module in modules for symbol in module.symbols) == 800
    report = semverdiff.diff(sides.old, sides.new, offline=True)
    assert (
        len({(one.module, one.symbol.partition("(")[0].partition(".")[0]) for one in report.findings})
        == changed
    )


def _symbols(symbol: semverdiff.symbols.Symbol) -> int:
    return 1 + sum(map(_symbols, symbol.members))


def test_a_comment_makes_packages_unequal_in_which_nothing_differs(tmp_path: Path) -> None:
    sides = Synthetic(80, ONE_FILE, 0, comment=True).write(tmp_path)
    assert (sides.old / "part000.bal").read_text() != (sides.new / "part000.bal").read_text()
    assert not semverdiff.diff(sides.old, sides.new, offline=True).findings


@pytest.mark.parametrize(
    ("symbols", "expected_few", "expected_many"), [(1_000, 2, 125), (10_000, 4, 1_250), (100_000, 26, 12_500)]
)
def test_few_changes_are_two_of_a_thousand_blocks_and_many_those_of_every_second_one(
    symbols: int, expected_few: int, expected_many: int
) -> None:
    assert (few(symbols), many(symbols)) == (expected_few, expected_many)


def test_an_archive_holds_the_api_of_its_directory(tmp_path: Path) -> None:
    sides = Synthetic(80, LAYOUTS[2], 0).write(tmp_path)
    archive = write_archive(sides.old)
    assert not semverdiff.diff(sides.old, archive, offline=True).findings
    assert [module.name for module in semverdiff.public_api(archive)] == [
        module.name for module in semverdiff.public_api(sides.old)
    ]


def test_an_archive_exports_the_modules_that_its_directory_exports(tmp_path: Path) -> None:
    for path, text in {
        "Ballerina.toml": '[package]\norg = "acme"\nname = "bulk"\nversion = "1.0.0"\nexport = ["bulk"]\n',
        "main.bal": "public const A = 1;\n",
        "modules/hidden/hidden.bal": "public const B = 1;\n",
    }.items():
        file = tmp_path / "package" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    archive = write_archive(tmp_path / "package")
    assert [module.name for module in semverdiff.public_api(archive)] == ["bulk"]


def test_inputs_that_are_there_are_not_written_again(tmp_path: Path) -> None:
    package = Synthetic(80, ONE_FILE, 0)
    sides = package.write(tmp_path)
    archive = write_archive(sides.old)
    archive.write_text("kept")
    (sides.old / "part000.bal").write_text("kept")
    assert package.write(tmp_path) == sides
    assert (sides.old / "part000.bal").read_text() == "kept"
    assert write_archive(sides.old).read_text() == "kept"


@pytest.mark.parametrize(
    ("formats", "archived", "old", "options"),
    [
        ((), False, "old", ["--format", "json"]),
        (("html",), False, "old", ["--format", "html"]),
        (("html",), True, "old.bala", ["--format", "html"]),
        (
            ("json", "text"),
            False,
            "old",
            ["--format", "json={}/report.json", "--format", "text={}/report.text"],
        ),
    ],
)
def test_a_check_is_of_the_new_version_against_the_old_one_and_several_formats_are_files(
    tmp_path: Path, *, formats: tuple[str, ...], archived: bool, old: str, options: list[str]
) -> None:
    sides = Synthetic(80, ONE_FILE, 0).write(tmp_path)
    place = sides.new.parent
    arguments = checked(Synthetic(80, ONE_FILE, 0).write, *formats, archived=archived)(tmp_path)
    expected = ["check", f"{place}/new", "--baseline", f"file:{place}/{old}", "--offline"]
    assert list(arguments) == [*expected, *(one.format(place) for one in options)]
    assert (place / old).exists()


def _used(seconds: float) -> Used:
    return Used(seconds=seconds, wall_seconds=9.0, peak_kib=1, exit_code=0)


def test_a_ratio_is_the_median_of_those_of_pairs_and_not_that_of_medians() -> None:
    pairs = [(_used(1.0), _used(2.0)), (_used(4.0), _used(12.0)), (_used(2.0), _used(20.0))]
    assert ratio(pairs) == 3.0


def _row(**figures: float) -> Row:
    return Row(case="a case", figures={Figure[name]: value for name, value in figures.items()})


def test_what_changes_cost_is_what_is_above_scanning_and_grows_from_that_of_a_tenth_as_many() -> None:
    scanning = _row(CPU_MS=100.0, INSTRUCTIONS=500.0)
    one = above(_row(CPU_MS=110.0, INSTRUCTIONS=520.0), scanning, None)
    ten = above(_row(CPU_MS=190.0, INSTRUCTIONS=760.0), scanning, one)
    assert (one.figures[Figure.ABOVE_SCANNING], one.figures[Figure.ABOVE_SCANNING_MS]) == (20.0, 10.0)
    assert ten.figures[Figure.GROWTH] == 13.0
    assert Figure.GROWTH not in one.figures
    assert ten.missed() == [Figure.GROWTH]


def test_growth_is_left_out_where_nothing_was_counted() -> None:
    scanning = _row(CPU_MS=100.0)
    row = above(_row(CPU_MS=150.0), scanning, above(_row(CPU_MS=110.0), scanning, None))
    assert row.figures == {Figure.CPU_MS: 150.0, Figure.ABOVE_SCANNING_MS: 50.0}


def test_what_is_above_scanning_is_left_out_where_scanning_was_not_counted() -> None:
    row = above(_row(CPU_MS=150.0, INSTRUCTIONS=520.0), _row(CPU_MS=100.0), None)
    assert Figure.ABOVE_SCANNING not in row.figures


@pytest.mark.parametrize("instructions", [500.0, 499.0])
def test_nothing_has_grown_from_what_costs_no_more_than_scanning(instructions: float) -> None:
    scanning = _row(CPU_MS=100.0, INSTRUCTIONS=500.0)
    tenth = above(_row(CPU_MS=100.0, INSTRUCTIONS=instructions), scanning, None)
    row = above(_row(CPU_MS=150.0, INSTRUCTIONS=520.0), scanning, tenth)
    assert Figure.GROWTH not in row.figures


@pytest.mark.parametrize(("found", "missed"), [(1.5, []), (1.51, [Figure.CPU_RATIO])])
def test_a_figure_is_missed_above_what_it_may_be_at_most(found: float, missed: list[Figure]) -> None:
    row = Row(case="a case", figures={Figure.CPU_RATIO: found}, most={Figure.CPU_RATIO: 1.5})
    assert row.missed() == missed
    assert ("MISSED" in line(row)) == bool(missed)


WRITTEN = Counts("3.11.7 x", 100, {"start": 200, "equal": 1000})


@pytest.mark.parametrize(
    ("now", "dear"),
    [
        (Counts("3.11.7 x", 100, {"start": 200, "equal": 1050}), []),
        (Counts("3.11.7 x", 100, {"start": 200, "equal": 1051}), ["equal"]),
        (Counts("3.11.7 x", 100, {"start": 100, "equal": 500}), []),
        (Counts("3.11.7 x", 200, {"start": 211, "equal": 1000}), ["start"]),
        (Counts("3.12.0 x", 200, {"start": 420, "equal": 2100}), []),
        (Counts("3.12.0 x", 200, {"start": 421, "equal": 2100}), ["start"]),
        (Counts("3.12.0 x", 50, {"start": 100, "equal": 530}), ["equal"]),
        (Counts("3.11.7 x", 100, {"start": 200, "another": 5000}), []),
    ],
    ids=[
        "five per cent more",
        "a bit above that",
        "half as many",
        "another floor by the same build",
        "another build, twice as many of everything",
        "another build, and a bit above that",
        "another build, half as many, and a bit above that",
        "a case that is not written down",
    ],
)
def test_a_case_is_too_dear_above_five_per_cent_and_on_another_build_in_ratio_to_the_floor(
    now: Counts, dear: list[str]
) -> None:
    assert [change.case for change in too_dear(WRITTEN, now)] == dear


def test_the_instructions_of_every_case_are_written_down() -> None:
    counts = read_counts(_RESULTS / "instructions.json")
    assert list(counts.cases) == [case.name for case in instructions.CASES]


def test_a_missing_valgrind_is_named_with_what_installs_it(tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match=r"there is no valgrind.*scripts/system_package\.sh valgrind"):
        valgrind(str(tmp_path))


def test_a_program_that_counts_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match="'true' counted nothing"):
        count_instructions(Command(("true",), tmp_path, _ENVIRONMENT), "true")


def test_a_count_of_a_command_that_fails_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ended with 1: expected 0"):
        count_instructions(Command(("true",), tmp_path, _ENVIRONMENT, {0}), "false")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("valgrind") is None, reason="there is no valgrind")
def test_the_same_command_has_the_same_count_of_instructions(tmp_path: Path) -> None:
    command = Command(("/bin/true",), tmp_path, _ENVIRONMENT)
    counted = {count_instructions(command) for _ in range(2)}
    assert len(counted) == 1
    assert min(counted) > 10_000


def test_what_a_process_took_is_its_own_memory_and_that_of_its_children(tmp_path: Path) -> None:
    small, large, children = (
        run(Command((sys.executable, "-S", "-c", code), tmp_path, _ENVIRONMENT))
        for code in (
            "pass",
            "b'x' * 100_000_000",
            f"import subprocess; subprocess.run([{sys.executable!r}, '-S', '-c', \"b'x' * 100_000_000\"])",
        )
    )
    assert small.peak_kib < 15_000  # less than the process of this test, which started it
    assert large.peak_kib > 95_000
    assert children.peak_kib > 95_000
    assert 0 < small.seconds <= children.seconds


def test_a_command_that_fails_is_an_error_and_not_a_figure(tmp_path: Path) -> None:
    failing = Command((sys.executable, "-S", "-c", "raise SystemExit(3)"), tmp_path, _ENVIRONMENT)
    with pytest.raises(CommandError, match="ended with 3: expected 0 or 1"):
        run(failing)


def _bench(folder: Path) -> Bench:
    return Bench(program=Program(folder / "venv"), folder=folder)


def test_releases_whose_repository_is_absent_are_left_out_and_named(tmp_path: Path) -> None:
    request = Request(bench=_bench(tmp_path), repositories=tmp_path)
    assert list(SUITES["releases"].rows(request)) == []
    assert (
        "kafka 4.5.0 -> 4.6.0: there is no repository module-ballerinax-kafka (--repositories)"
        in request.left_out
    )


def test_releases_are_written_as_they_are_at_their_tags(tmp_path: Path) -> None:
    place = tmp_path / "somebody+module-ballerinax-kafka" / "repo"
    repository_at(place)
    for version in (KAFKA.old, KAFKA.new):
        commit(
            place, {"ballerina/lib.bal": f"// {version}\n", "ballerina/modules/a/a.bal": "", "README.md": "x"}
        )
        git(place, "tag", f"v{version}")
    assert KAFKA.is_in(tmp_path)
    assert not HTTP.is_in(tmp_path)
    sides = KAFKA.write(tmp_path, tmp_path / "out")
    assert (sides.old / "lib.bal").read_text() == "// 4.5.0\n"
    assert (sides.new / "lib.bal").read_text() == "// 4.6.0\n"
    assert sorted(path.name for path in sides.new.rglob("*.*")) == ["a.bal", "lib.bal"]
    (sides.old / "lib.bal").write_text("kept")
    KAFKA.write(tmp_path, tmp_path / "out")
    assert (sides.old / "lib.bal").read_text() == "kept"


def _measured(suite: str, *rows: Row) -> Measured:
    return Measured(suite=suite, question=f"What does {suite} cost?", commit="abc", python="3", rows=rows)


RESULTS = Results().with_runs(
    [
        _measured(
            "synthetic",
            *(
                Row(
                    case=f"{symbols:,} symbols",
                    figures={Figure.CPU_RATIO: found},
                    most={Figure.CPU_RATIO: 8.0},
                    symbols=symbols,
                    series="many changes",
                )
                for symbols, found in ((1_000, 4.0), (10_000, 20.0))
            ),
            Row(case="apart", figures={Figure.CPU_RATIO: 1.0, Figure.PEAK_MIB: 1234.5}),
        )
    ]
)


def test_results_are_read_as_they_were_written_and_one_suite_replaces_its_earlier_run(tmp_path: Path) -> None:
    file = tmp_path / "results" / "performance.json"
    assert read_results(file) == Results()
    write_results(file, RESULTS)
    assert read_results(file) == RESULTS
    row = _row(CPU_RATIO=1.0)
    later = RESULTS.with_runs([_measured("equal"), _measured("synthetic", row)])
    assert {name: run.rows for name, run in later.suites.items()} == {"synthetic": (row,), "equal": ()}


def test_a_run_that_could_measure_nothing_leaves_what_was_measured() -> None:
    assert RESULTS.with_runs([_measured("synthetic")]) == RESULTS


@pytest.mark.parametrize(
    ("runs", "load", "said"),
    [
        ((3, 3), None, "Python 3; runs a case: 3; load: not noted."),
        ((9, 1), Load(2.5, 2), "Python 3; runs a case: 1 to 9; load: 2.5 on 2 processors."),
        ((), None, "Python 3; runs a case: 0; load: not noted."),
    ],
)
def test_a_document_says_with_how_many_runs_and_at_which_load_a_suite_was_measured(
    runs: tuple[int, ...], load: Load | None, said: str
) -> None:
    rows = [replace(_row(CPU_RATIO=1.0), runs=one) for one in runs]
    measured = replace(_measured("equal", *rows), load=load)
    assert said in document(Results().with_runs([measured]))


def test_a_document_shows_targets_in_brackets_and_what_is_missed_in_bold() -> None:
    text = document(RESULTS)
    assert "3 cases, 1 above what they may be." in text
    assert "| case | CPU ratio | peak MiB |\n| --- | ---: | ---: |\n" in text
    assert "| 1,000 symbols | 4 (8) |  |\n| 10,000 symbols | **20** (8) |  |\n| apart | 1 | 1,234 |" in text


def test_the_document_and_the_picture_show_the_results_that_are_written_down() -> None:
    results = read_results(_RESULTS / "performance.json")
    assert document(results) == (_RESULTS / "performance.md").read_text("utf-8")
    assert plot(results) == (_RESULTS / "performance.svg").read_text("utf-8")


def test_a_plot_joins_the_rows_of_a_series_and_rings_what_they_may_be() -> None:
    picture = ET.fromstring(plot(RESULTS))  # noqa: S314 (own output)
    kinds = [element.tag.rpartition("}")[2] for element in picture.iter()]
    assert kinds.count("circle") == 4
    lines = [
        one.attrib["d"] for one in picture.iter() if one.attrib.get("fill") == "none" and "d" in one.attrib
    ]
    assert lines == ["M60.0 284.6L550.0 162.3"]
    assert "many changes" in [element.text for element in picture.iter()]


def test_a_plot_of_nothing_is_a_picture() -> None:
    assert ET.fromstring(plot(Results())).tag.endswith("svg")  # noqa: S314 (own output)


def test_names_of_suites_are_those_that_results_have() -> None:
    written = msgspec.json.decode((_RESULTS / "performance.json").read_bytes(), type=Results)
    assert set(written.suites) <= set(SUITES)


def test_a_case_runs_with_no_variable_of_the_program_but_its_own(tmp_path: Path) -> None:
    bench = _bench(tmp_path)
    case = Case(name="a case", prepare=lambda _: ("--version",), environment={"SEMVERDIFF_CENTRAL_URL": "x"})
    command = bench.command(case)
    assert command.arguments == (str(tmp_path / "venv/bin/semver"), "--version")
    assert set(bench.floor.environment) == {"PATH", "HOME", "PYTHONHASHSEED"}
    assert set(command.environment) == {*bench.floor.environment, "SEMVERDIFF_CENTRAL_URL"}


_THIS = Program(Path(sys.prefix))
_VERSION = Case(name="a case", prepare=lambda _: ("--version",))
_FIGURES = {Figure.CPU_RATIO, Figure.CPU_MS, Figure.PEAK_MIB}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "most", "further"),
    [
        (None, {}, set()),
        (_THIS, {}, {Figure.BEFORE_RATIO}),
        (None, {Figure.KIB_A_SYMBOL: 2.5}, {Figure.KIB_A_SYMBOL}),
    ],
    ids=["alone", "beside another version", "memory a symbol"],
)
def test_a_case_has_the_figures_that_it_and_the_bench_ask_for(
    tmp_path: Path, before: Program | None, most: dict[Figure, float], further: set[Figure]
) -> None:
    bench = Bench(program=_THIS, folder=tmp_path, runs=2, before=before)
    row = bench.measured(replace(_VERSION, most=most, symbols=8))
    assert set(row.figures) == _FIGURES | further
    assert (row.case, row.runs, row.symbols) == ("a case", 2, 8)


@pytest.mark.slow
def test_instructions_of_a_command_that_takes_longer_than_may_be_counted_are_not(tmp_path: Path) -> None:
    bench = Bench(program=_THIS, folder=tmp_path, runs=1, counted_seconds=1e-9)
    assert set(bench.measured(_VERSION).figures) == _FIGURES


@pytest.mark.slow
def test_a_case_is_measured_beside_the_command_that_it_names(tmp_path: Path) -> None:
    case = replace(_VERSION, beside=lambda _: ("no-such-command",))
    with pytest.raises(CommandError, match="no-such-command"):
        Bench(program=_THIS, folder=tmp_path, runs=1).measured(case)


def test_a_floor_that_fails_is_no_floor(tmp_path: Path) -> None:
    interpreter = tmp_path / "bin/python"
    interpreter.parent.mkdir()
    interpreter.write_text("#!/bin/sh\nexit 1\n")  # as where click cannot be imported
    interpreter.chmod(0o755)
    with pytest.raises(CommandError, match="import click' ended with 1: expected 0"):
        run(Bench(program=Program(tmp_path), folder=tmp_path).floor)


def test_the_commit_of_a_checkout_is_dirty_by_other_files_than_results(tmp_path: Path) -> None:
    repository_at(tmp_path)
    commit(tmp_path, {"a.py": "", "benchmarks/results/performance.json": "{}"})
    (tmp_path / "benchmarks/results/performance.json").write_text("{ }")
    assert git(tmp_path, "rev-parse", "HEAD").startswith(commit_of(tmp_path))
    (tmp_path / "a.py").write_text("x")
    assert commit_of(tmp_path).endswith("-dirty")
