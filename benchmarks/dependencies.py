"""What does a release pair say once the packages are at hand that both sides were built with?

    python benchmarks/dependencies.py HOME REPOSITORY... [--pair NAME OLD NEW]... [--json FILE]

Each REPOSITORY is a clone or a bare mirror. Every package of each of its tags is packed to where `bal pull`
puts it, below HOME (a user's home of Ballerina), unless it is there. Then the named pairs of releases are
compared without the packages of others (`--dependencies none`) and with those in HOME, in turn: how many
findings are proved, assumed and undecided, which stem from another package, and what does that cost? The
cache in HOME is removed first. So the first run of each way parses what the next ones have as models, and of
those the quickest counts.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import corpora
from performance.packages import archive_entries

from semverdiff.ballerina import FRONT_END
from semverdiff.baselines import Operand
from semverdiff.config import Settings
from semverdiff.errors import SemverdiffError
from semverdiff.pipeline import diff_packages
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.config import Dependencies
    from semverdiff.reports import Report
    from semverdiff.rules import Finding

_ARCHIVES = "repositories/central.ballerina.io/bala"
_CACHE = "cache"


def main() -> None:
    """Pack the repositories, compare the pairs, print what was found."""
    arguments = _arguments()
    places = [place / "repo" if (place / "repo").is_dir() else place for place in arguments.repository]
    releases = [one for place in places for one in corpora.releases(place)]
    packed = sum(_pack(arguments.home, one) for one in releases)
    print(f"{len(releases)} releases of {len(places)} repositories, {packed} packed now")
    rows = [_compare(arguments, releases, *pair) for pair in arguments.pair]
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("home", type=Path, help="where archives are put, and looked for")
    parser.add_argument("repository", type=Path, nargs="+", help="clones or bare mirrors")
    parser.add_argument("--pair", nargs=3, action="append", default=[], metavar=("NAME", "OLD", "NEW"))
    parser.add_argument("--runs", type=int, default=3, help="how often each way is timed with models")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    return parser.parse_args()


def _pack(home: Path, release: corpora.Release) -> bool:
    """Write a release as the archive is that `bal pull` extracts; return whether that was possible."""
    try:
        parse_version(release.version)
        package = corpora.read(release)
    except (SemverdiffError, ValueError):
        return False
    folder = home / _ARCHIVES / package.organization / package.name / release.version / "any"
    if folder.exists():
        return False
    for path, content in archive_entries(package, release.version):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return True


def _compare(
    arguments: argparse.Namespace, releases: Iterable[corpora.Release], name: str, old: str, new: str
) -> dict[str, object]:
    """Compare two releases without and with the packages in the home; print and return what differs."""
    by_version = {one.version: one for one in releases if one.package.rpartition("/")[2] == name}
    sides = _operand(by_version[old]), _operand(by_version[new])
    shutil.rmtree(arguments.home / _CACHE, ignore_errors=True)
    times: dict[Dependencies, list[float]] = {"none": [], "local": []}
    row: dict[str, object] = {"package": name, "old": old, "new": new}
    print(f"\n{name} {old} -> {new}")
    for _ in range(arguments.runs + 1):
        for dependencies, seconds in times.items():
            started = time.process_time()
            report = _report(arguments.home, sides, dependencies)
            seconds.append(time.process_time() - started)
            counts = Counter(str(one.certainty) for one in report.findings)
            bump = None if report.required_bump is None else report.required_bump.word
            row[dependencies] = {"required": bump, **counts}
    for dependencies, (first, *later) in times.items():
        print(f"  dependencies {dependencies}: {row[dependencies]}, {first:.3f} s, then {min(later):.3f} s")
    ratio = min(times["local"][1:]) / min(times["none"][1:])
    print(f"  {ratio:.2f} times the check without them")
    for finding in report.findings:
        print(f"    {_line(finding)}")
    return {**row, "seconds": times, "ratio": round(ratio, 2)}


def _operand(release: corpora.Release) -> Operand:
    return Operand(corpora.read(release), "a release")


def _report(home: Path, sides: tuple[Operand, Operand], dependencies: Dependencies) -> Report:
    environment = {"BALLERINA_HOME_DIR": str(home), "SEMVERDIFF_CACHE_DIR": str(home / _CACHE)}
    settings = Settings(Path(), dependencies=dependencies, environment=environment)
    return diff_packages(FRONT_END, *sides, settings)


def _line(finding: Finding) -> str:
    origin = "" if finding.dependency is None else f" from {finding.dependency}"
    return f"{finding.level.word:5} {finding.certainty:9} {finding.rule} {finding.symbol}{origin}"


if __name__ == "__main__":
    main()
