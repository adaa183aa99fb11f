"""Try a sample of mutants of each of some rooms, and list those that no test notices.

    python -m mutants compare rules --sample 200
    python -m mutants compare --again --tests tests/compare/test_records.py

Which mutants are in the sample depends on the seed and on the code of the line, not on where the line stands:
a sample of the same seed is mostly the same after a change. What became of each is kept in `out/mutants`:
`--again` tries those that no test noticed the last time, and those that are new.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings

from mutants.operators import mutations
from mutants.probes import Places, probe_modules
from mutants.trial import Limits, Mutant, Result, Trial

_REPOSITORY = Path(__file__).resolve().parent.parent.parent
_PACKAGE = _REPOSITORY / "semverdiff"
_RECORDS = _REPOSITORY / "out" / "mutants"
_NOTICED = frozenset({"killed", "time"})


class _Record(msgspec.Struct, frozen=True):
    """A line of the records: a mutant, and what became of it."""

    key: str
    result: Result


def main() -> None:
    """Try the mutants that the command line asks for."""
    arguments = _arguments()
    began = time.monotonic()
    rooms = list(dict.fromkeys(arguments.rooms))
    samples = {room: _sample(room, arguments.sample, arguments.seed) for room in rooms}
    noticed = _noticed_before(arguments.seed) if arguments.again else {}
    mutants = [each for sample in samples.values() for each in sample if each.key not in noticed]
    probe_modules(_places(mutants))
    for room in rooms:
        for file in _files(room):
            importlib.import_module(_module_name(file))  # also those that load late
    # What a law finds has to be the same for every mutant; how small it is does not matter.
    settings.register_profile(
        "mutants",
        deadline=None,
        derandomize=True,
        database=None,
        max_examples=arguments.examples,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    limits = Limits(arguments.workers, arguments.seconds)
    trial = Trial(mutants, limits, partial(_note, arguments.seed))
    options = [
        "-q",
        "-s",
        "--no-header",
        "--no-summary",
        "--tb=no",
        "--assert=plain",
        "--hypothesis-profile=mutants",
    ]
    options += ["-p", "no:cacheprovider", "-p", "no:faulthandler", *arguments.tests]
    status = pytest.main(options, plugins=[trial])
    if not trial.results:
        sys.exit(int(status) or 1)
    results = {mutant.key: result for mutant, result in zip(mutants, trial.results, strict=True)}
    for room, sample in samples.items():
        _report(room, [(each, results.get(each.key) or noticed[each.key]) for each in sample])
    print(f"\nIn {time.monotonic() - began:.0f} s.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutants", description="Which small mistakes would no test notice?")
    parser.add_argument(
        "rooms", nargs="+", help="parts of semverdiff: compare, verdict, rules/catalogue; or all"
    )
    parser.add_argument("--sample", type=int, default=200, help="how many mutants of each (default: 200)")
    parser.add_argument("--seed", default="1", help="another seed, another sample (default: 1)")
    parser.add_argument("--examples", type=int, default=20, help="how many examples a law has (default: 20)")
    parser.add_argument(
        "--again", action="store_true", help="only those that no test noticed in earlier runs of the seed"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many processes")
    parser.add_argument("--seconds", type=float, default=15, help="what its tests may take (default: 15)")
    parser.add_argument(
        "--tests", nargs="+", default=["tests"], help="folders or files of tests (default: all)"
    )
    return parser.parse_args()


def _files(room: str) -> list[Path]:
    folder = _PACKAGE if room == "all" else _PACKAGE / room
    files = sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]
    files = [file for file in files if file.name != "__main__.py"]
    if not files or not files[0].is_file():
        sys.exit(f"mutants: expected a room of semverdiff, found '{room}'")
    return files


def _module_name(file: Path) -> str:
    parts = file.relative_to(_REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _sample(room: str, count: int, seed: str) -> list[Mutant]:
    ranked: list[tuple[str, Mutant]] = []
    for file in _files(room):
        source = file.read_bytes()
        lines = source.splitlines()
        alike: Counter[str] = Counter()
        for mutation in mutations(source):
            text = lines[mutation.line - 1].strip().decode()
            name = f"{seed}\n{file.name}\n{mutation.function}\n{text}\n{mutation.description}"
            alike[name] += 1
            rank = hashlib.sha256(f"{name}\n{alike[name]}".encode()).hexdigest()
            key = f"{file.relative_to(_PACKAGE)} {rank}"
            ranked.append((rank, Mutant(room, file, source, mutation, key)))
    chosen = [mutant for _, mutant in sorted(ranked, key=lambda entry: entry[0])[:count]]
    return sorted(chosen, key=lambda mutant: (mutant.path, mutant.mutation.start))


def _note(seed: str, mutant: Mutant, result: Result) -> None:
    """Append what became of a mutant to the records of the seed."""
    _RECORDS.mkdir(parents=True, exist_ok=True)
    with (_RECORDS / f"{seed}.jsonl").open("ab") as records:
        records.write(msgspec.json.encode(_Record(mutant.key, result)) + b"\n")


def _noticed_before(seed: str) -> dict[str, Result]:
    """Return what was noticed in earlier runs of a seed, by the keys of the mutants."""
    file = _RECORDS / f"{seed}.jsonl"
    lines = file.read_bytes().splitlines() if file.exists() else []
    records = {one.key: one.result for one in (msgspec.json.decode(line, type=_Record) for line in lines)}
    return {key: result for key, result in records.items() if result.outcome in _NOTICED}


def _places(mutants: list[Mutant]) -> dict[str, Places]:
    places: dict[str, Places] = {}
    for number, mutant in enumerate(mutants):
        places.setdefault(str(mutant.path), {}).setdefault(mutant.mutation.statement, []).append(number)
    return places


def _report(room: str, tried: list[tuple[Mutant, Result]]) -> None:
    by_file: dict[Path, Counter[str]] = {}
    for mutant, result in tried:
        path = mutant.path.relative_to(_REPOSITORY)
        by_file.setdefault(path, Counter())[result.outcome] += 1
        if result.outcome in _NOTICED:
            continue
        line = mutant.source.splitlines()[mutant.mutation.line - 1].strip().decode()
        reach = "reached by no test"
        if result.tests:
            reach = f"reached by {result.tests} tests, of which {result.ran} ran"
        if result.at_import:
            reach += "; runs at import too, where it is not tried"
        print(f"\n{path}:{mutant.mutation.line} {mutant.mutation.description}; {reach}")
        print(f"    {line}")
    print(f"\n{'file':<50}{'mutants':>9}{'killed':>9}{'by time':>9}{'survived':>10}{'unreached':>11}")
    total: Counter[str] = Counter()
    for path, counts in by_file.items():
        total.update(counts)
        _row(str(path), counts)
    _row(room, total)
    count = total.total() - total["not tried"]
    killed = total["killed"] + total["time"]
    print(f"\n{room}: {killed} of {count} mutants killed ({killed / count:.1%})")


def _row(name: str, counts: Counter[str]) -> None:
    print(
        f"{name:<50}{counts.total():>9}{counts['killed']:>9}{counts['time']:>9}"
        f"{counts['survived']:>10}{counts['unreached']:>11}"
    )


main()
