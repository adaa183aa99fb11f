"""What does anything large cost? Each kind in a process of its own, at a size and at ten times that size.

    python benchmarks/limits.py                     every kind, 1,000 and 10,000 of each
    python benchmarks/limits.py NAME-PART...        the kinds whose names hold one of these
    python benchmarks/limits.py --json FILE         also write down what was measured, each kind at once
    python benchmarks/limits.py --size 100          100 and 1,000 of each
    python benchmarks/limits.py --json FILE --page  write a page of what FILE has, and measure nothing

A kind is two packages that differ in one place (`leaf`), in comments alone (`same`), or everywhere (`all`),
one package whose API is listed (`api`), a report in one format, or settings. Seconds are those that the
processor spent on the program and what it started (`wait4`); those of the clock stand beside them. Growth is
the ratio of the two without the floor, which is what the program takes for one of the first kind of that
sort, least of five. What takes less than a second above the floor grows as it likes: it is not tried smaller.
Other work makes a run longer and never shorter, so that the least of some runs counts: three of the smaller
size, and up to three of the larger one until it misses nothing.
MISSED stands where growth is more than 12 (ten, and what caches cost), where one takes more than 10 s
or 500 MB, or where the answer is a crash.
"""

# ruff: noqa: E501 (a shape reads best on one line)

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from changes import CHANGES
from msgspec.structs import replace
from performance.program import commit_of
from shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SECONDS = 10.0
_MEGABYTES = 500
_GROWTH = 12.0
_NOTHING = 0.1
_LITTLE = 1.0
_LONGEST = 60
_RUNS = 3
_RUNS_OF_FLOOR = 5
_ADDRESS_SPACE = 3 * 2**30
_PAGE = (
    "# What anything large costs",
    "",
    "Written by `python benchmarks/limits.py --json benchmarks/results/limits.json --page` from what was measured",
    "there. Seconds are those of the processor, for the program and what it started; those of the clock are longer",
    "where the machine had other work, which makes seconds of the processor up to twice as long, too. So the least",
    "of up to three runs counts. Growth is the ratio to a tenth of the size, both without the floor: what the program",
    "takes for one of such a kind. What takes less than a second above the floor is not tried smaller.",
    "Missed is what takes more than 10 s or 500 MB, grows more than twelvefold, or crashes.",
    "",
    "| kind | largest tried | s | floor s | clock s | growth | MB | runs | ended |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
)
_FAULTS = ("has a fault", "Traceback", "Segmentation")


class Measured(msgspec.Struct, frozen=True):
    """What one run took and how it ended: its exit code, `killed` or `crashed`. `seconds` are the processor's."""

    seconds: float
    clock: float
    megabytes: float
    outcome: str


class Row(msgspec.Struct, frozen=True):
    """One kind: how it did at a size, and at ten times that size; what takes little there is not tried smaller.

    `floor` are the seconds for one of such a kind, `runs` how often the larger size was tried.
    """

    kind: str
    size: int
    floor: float
    small: Measured | None
    large: Measured
    runs: int
    commit: str

    @property
    def growth(self) -> float | None:
        """Return how much longer ten times as many take; `None` where they take next to nothing."""
        if self.small is None:
            return None
        # What takes next to nothing has no growth to speak of.
        return (self.large.seconds - self.floor) / max(self.small.seconds - self.floor, _NOTHING)

    @property
    def missed(self) -> bool:
        """Return whether the kind costs more than anything may."""
        return (
            self.large.seconds > _SECONDS
            or self.large.megabytes > _MEGABYTES
            or (self.growth is not None and self.growth > _GROWTH)
            or self.large.outcome in {"killed", "crashed"}
        )


def _write(root: Path, made: str | Mapping[str, str], comment: str = "") -> None:
    files = {"main.bal": made} if isinstance(made, str) else made
    manifest = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n'
    for path, text in {"Ballerina.toml": manifest, **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((comment if path.endswith(".bal") else "") + text)


def _two(
    shape: Callable[[int, str], str | Mapping[str, str]], old: str, new: str
) -> Callable[[Path, int], list[str]]:
    def prepared(root: Path, size: int) -> list[str]:
        _write(root / "old", shape(size, old))
        _write(root / "new", shape(size, new), "// a comment\n" if old == new else "")
        return ["diff", str(root / "old"), str(root / "new"), "--format", "json"]

    return prepared


def _listed(shape: Callable[[int, str], str | Mapping[str, str]]) -> Callable[[Path, int], list[str]]:
    def prepared(root: Path, size: int) -> list[str]:
        _write(root / "old", shape(size, "int"))
        return ["api", str(root / "old"), "--format", "json"]

    return prepared


def _reported(name: str) -> Callable[[Path, int], list[str]]:
    def prepared(root: Path, size: int) -> list[str]:
        command = _two(CHANGES["changed parameters of functions"], "int", "string")(root, size)
        return [*command[:-1], name]

    return prepared


def _with_semver_toml(text: Callable[[int], str], most: int = 100) -> Callable[[Path, int], list[str]]:
    """Prepare a check with these settings of a package that has so many findings at most."""

    def prepared(root: Path, size: int) -> list[str]:
        _two(CHANGES["changed parameters of functions"], "int", "string")(root, min(size, most))
        (root / "new/Semver.toml").write_text(text(size))
        return ["check", str(root / "new"), "--baseline", f"file:{root / 'old'}", "--format", "json"]

    return prepared


def _with_manifest(file: str, text: Callable[[int], str]) -> Callable[[Path, int], list[str]]:
    def prepared(root: Path, size: int) -> list[str]:
        command = _two(SHAPES["functions declared"], "int", "string")(root, 3)
        for side in ("old", "new"):
            before = (root / side / file).read_text() if file == "Ballerina.toml" else ""
            (root / side / file).write_text(before + text(size))
        return command

    return prepared


def _versions(root: Path, size: int) -> list[str]:
    command = _two(SHAPES["functions declared"], "int", "string")(root, 3)
    for at in range(size):
        (root / f"repositories/local/bala/acme/shop/0.{at}.0/any").mkdir(parents=True)
    return ["check", command[2], "--baseline", "local", "--format", "json"]


def _workspace(root: Path, size: int) -> list[str]:
    """Prepare a workspace outside of version control: of which each package depends on the one before."""
    listed = ", ".join(f'"p{at}"' for at in range(size))
    root.joinpath("Ballerina.toml").write_text(f"[workspace]\npackages = [{listed}]\n")
    for at in range(size):
        package = root / f"p{at}"
        package.mkdir()
        package.joinpath("Ballerina.toml").write_text(
            f'[package]\norg = "acme"\nname = "p{at}"\nversion = "1.0.0"\n'
        )
        imported = f"import acme/p{at - 1};\n" if at else ""
        package.joinpath("main.bal").write_text(f"{imported}public function f(int a) {{ }}\n")
    return ["check", str(root), "--workspace", "--baseline", "none", "--format", "json"]


def _explained(shape: Callable[[int], str]) -> Callable[[Path, int], list[str]]:
    def prepared(root: Path, size: int) -> list[str]:
        (root / "types.bal").write_text(shape(size))
        return ["explain-type", str(root / "types.bal"), "Old", "New"]

    return prepared


_FORMATS = ("text", "bal", "json", "html")

SETTINGS: Mapping[str, Callable[[Path, int], list[str]]] = {
    "suppressions": _with_semver_toml(
        lambda n: "".join(
            f'[[suppress]]\nrule = "function-parameter-type-changed"\nsymbol = "f{at}(a)"\nreason = "r"\n'
            for at in range(n)
        ),
        most=10_000,
    ),
    "suppressions by pattern": _with_semver_toml(
        lambda n: "".join(f'[[suppress]]\nsymbol = "*f*{at}*"\nreason = "r"\n' for at in range(n))
    ),
    "a pattern with stars": _with_semver_toml(
        lambda n: "[[suppress]]\nsymbol = '" + "*f" * n + "'\nreason = 'r'\n"
    ),
    "unknown rules": _with_semver_toml(
        lambda n: "[rules]\n" + "".join(f'rule-{at} = "off"\n' for at in range(n))
    ),
    "unknown keys": _with_semver_toml(lambda n: "[check]\n" + "".join(f"key{at} = 1\n" for at in range(n))),
    "unknown tables": _with_semver_toml(lambda n: "".join(f"[table{at}]\n" for at in range(n))),
    "dotted keys": _with_semver_toml(
        lambda n: "[check]\n" + ".".join(f"a{at}" for at in range(n)) + " = 1\n"
    ),
    "dotted tables": _with_semver_toml(lambda n: f"[{'.'.join(f'a{at}' for at in range(n))}]\n"),
    "arrays in TOML": _with_semver_toml(lambda n: f"[check]\nformat = {'[' * n}{']' * n}\n"),
    "tables in TOML": _with_semver_toml(lambda n: f"[check]\nformat = {'{a = ' * n}1{'}' * n}\n"),
    "values in TOML": _with_semver_toml(lambda n: f"[check]\nformat = [{'1, ' * n}]\n"),
    "a long string in TOML": _with_semver_toml(lambda n: "[check]\nformat = '" + "a" * n + "'\n"),
    "headers in TOML": _with_semver_toml(
        lambda n: "".join(f"[check.a{at}]\n[[x.y{at}]]\n" for at in range(n))
    ),
    "keys of two parts": _with_semver_toml(
        lambda n: "[check]\n" + "".join(f"a.b{at} = 1\n" for at in range(n))
    ),
    "exported modules": _with_manifest(
        "Ballerina.toml", lambda n: "export = [" + ", ".join(f"'shop.m{at}'" for at in range(n)) + "]\n"
    ),
    "dependencies": _with_manifest(
        "Dependencies.toml",
        lambda n: "".join(
            f'[[package]]\norg = "o"\nname = "p{at}"\nversion = "1.0.0"\ndependencies = [{{org = "o", name = "p{at + 1}"}}]\n'
            for at in range(n)
        ),
    ),
    "minimums": _with_manifest(
        "Ballerina.toml",
        lambda n: "".join(
            f'[[dependency]]\norg = "o"\nname = "p{at}"\nversion = "1.0.0"\n' for at in range(n)
        ),
    ),
    "broken minimums": _with_manifest(
        "Ballerina.toml", lambda n: "".join(f'[[dependency]]\norg = 1\nname = "p{at}"\n' for at in range(n))
    ),
    "versions in a repository": _versions,
    "packages of a workspace": _workspace,
}


def _kinds() -> dict[str, Callable[[Path, int], list[str]]]:
    kinds: dict[str, Callable[[Path, int], list[str]]] = {}
    for name, shape in SHAPES.items():
        kinds[f"leaf: {name}"] = _two(shape, "int", "string")
        kinds[f"same: {name}"] = _two(shape, "int", "int")
        kinds[f"api: {name}"] = _listed(shape)
    for name, shape in CHANGES.items():
        kinds[f"all: {name}"] = _two(shape, "int", "string")
    for name in _FORMATS:
        kinds[f"findings as {name}"] = _reported(name)
    for name, prepared in SETTINGS.items():
        kinds[f"settings: {name}"] = prepared
    return kinds


def main() -> None:
    """Measure the kinds that were asked for, and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*")
    parser.add_argument("--size", type=int, default=1_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--page", action="store_true")
    given = parser.parse_args()
    if given.page:
        given.json.with_suffix(".md").write_text(_page(_written_down(given.json)))
        return
    kinds = _kinds()
    wanted = [one for one in kinds if not given.names or any(name in one for name in given.names)]
    print(f"{'kind':<46} {'size':>6} {'s':>7} {'10 n: s':>8} {'growth':>7} {'MB':>5}  ended")
    rows = []
    floors: dict[str, float] = {}
    for kind in wanted:
        family = kind.partition(":")[0]
        if family not in floors:
            floors[family] = _least(kinds[kind], 1, _RUNS_OF_FLOOR).seconds
        row = _row(kind, kinds[kind], given.size, floors[family])
        rows.append(row)
        print(_line(row), flush=True)
        if given.json:
            _write_down(given.json, row)
    missed = sum(row.missed for row in rows)
    print(f"{len(rows)} kinds, {missed} missed")
    sys.exit(min(missed, 1))


def _write_down(file: Path, row: Row) -> None:
    """Put a row in place of that of its kind: a run over all of them takes the better part of an hour."""
    rows = {**{one.kind: one for one in _written_down(file)}, row.kind: row}
    encoded = msgspec.json.encode([rows[kind] for kind in sorted(rows)])
    file.write_bytes(msgspec.json.format(encoded, indent=1) + b"\n")


def _written_down(file: Path) -> list[Row]:
    return msgspec.json.decode(file.read_bytes(), type=list[Row]) if file.exists() else []


def _page(rows: list[Row]) -> str:
    """Return a document of what was measured."""
    lines = [
        f"| {row.kind} | {10 * row.size:,} | {row.large.seconds:.2f} | {row.floor:.2f} | {row.large.clock:.2f} "
        f"| {_shown(row.growth)} | {row.large.megabytes:.0f} | {row.runs} "
        f"| {row.large.outcome}{', **missed**' if row.missed else ''} |"
        for row in rows
    ]
    missed, commits = sum(row.missed for row in rows), Counter(row.commit for row in rows)
    measured = ", ".join(f"{count} at {commit}" for commit, count in sorted(commits.items()))
    return "\n".join([*_PAGE, *lines, "", f"{len(rows)} kinds, {missed} missed. Measured: {measured}.", ""])


def _row(kind: str, prepared: Callable[[Path, int], list[str]], size: int, floor: float) -> Row:
    large = _run(prepared, 10 * size)
    if large.seconds - floor < _LITTLE:
        return Row(kind, size, floor, None, large, 1, _commit())
    row = Row(kind, size, floor, _least(prepared, size, _RUNS), large, 1, _commit())
    while row.missed and row.runs < _RUNS:
        again = _run(prepared, 10 * size)
        row = replace(row, large=min(row.large, again, key=_seconds), runs=row.runs + 1)
    return row


def _least(prepared: Callable[[Path, int], list[str]], size: int, runs: int) -> Measured:
    return min((_run(prepared, size) for _ in range(runs)), key=_seconds)


def _seconds(measured: Measured) -> float:
    return measured.seconds


@cache
def _commit() -> str:
    """Return the commit that is measured, asked for once: a table of results is written between kinds."""
    return commit_of(Path(__file__).parent)


def _line(row: Row) -> str:
    small = "" if row.small is None else f"{row.small.seconds:.2f}"
    outcomes = dict.fromkeys(one.outcome for one in (row.small, row.large) if one is not None)
    return (
        f"{row.kind:<46} {row.size:>6} {small:>7} {row.large.seconds:>8.2f} {_shown(row.growth):>7} "
        f"{row.large.megabytes:>5.0f}  {', '.join(outcomes)}{'  MISSED' if row.missed else ''}"
    )


def _shown(growth: float | None) -> str:
    return "" if growth is None else f"{growth:.1f}"


def _run(prepared: Callable[[Path, int], list[str]], size: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        command = prepared(root, size)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "BALLERINA_HOME_DIR": folder,
            "SEMVERDIFF_OFFLINE": "1",
        }
        began = time.monotonic()
        with (root / "output").open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 (this program's own commands)
                [sys.executable, "-m", "semverdiff", *command],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                preexec_fn=_restrain,  # noqa: PLW1509 (no threads here)
            )
            # Of the program and of what it waited for: git, say.
            _, status, usage = os.wait4(process.pid, 0)
        clock = time.monotonic() - began
        said = (root / "output").read_bytes()[-2_000_000:].decode(errors="replace")
    code = os.waitstatus_to_exitcode(status)
    outcome = "killed" if code < 0 else "crashed" if any(one in said for one in _FAULTS) else f"exit {code}"
    seconds = usage.ru_utime + usage.ru_stime
    return Measured(round(seconds, 2), round(clock, 2), round(usage.ru_maxrss / 1024), outcome)


def _restrain() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, _LONGEST))
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))


if __name__ == "__main__":
    main()
