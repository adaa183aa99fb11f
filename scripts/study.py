"""Reproduce the study of published releases: docs/study.

    python scripts/study.py CLONES OUT [--jobs N]

CLONES holds clones of the repositories in docs/study/repositories.csv, with their tags, each in a folder that
is called like the repository, or OWNER+NAME/repo where it is bare. OUT gets the store, the tables and the
pages of `semver audit`; given again, it goes on where it was. The numbers and plots of docs/study are written
anew, and what was read by people is held against what is reported now.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.audit.headline import Group, Headline
from semverdiff.audit.plots import shares_plot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_STUDY: Final = Path(__file__).resolve().parents[1] / "docs" / "study"
_DECIDED: Final = ("proved", "assumed")


def main() -> None:
    """Run the audit, and write what the study shows of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("clones", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--jobs", default="2")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    sources = arguments.out / "sources.txt"
    sources.write_text("".join(f"{line}\n" for line in _sources(arguments.clones)), "utf-8")
    _audit(sources, arguments.out, arguments.jobs)
    headline = msgspec.json.decode((arguments.out / "audit.json").read_bytes(), type=Headline)
    (_STUDY / "numbers.txt").write_text((arguments.out / "audit.txt").read_text("utf-8"), "utf-8")
    choices = tuple(Group(one.name, one.all) for one in headline.choices)
    for name, groups in (("years", headline.years), ("choices", choices), ("steps", headline.declared)):
        (_STUDY / f"{name}.svg").write_bytes(shares_plot(groups))
    print("".join(f"{line}\n" for line in _triage(arguments.out / "changes.csv")), end="")


def _sources(clones: Path) -> Iterator[str]:
    """Yield a line for each repository; one that is missing or at another commit ends the program."""
    for row in _rows(_STUDY / "repositories.csv"):
        owner, _, name = row["repository"].partition("/")
        places = (clones / name, clones / f"{owner}+{name}" / "repo")
        place = next((one for one in places if one.is_dir()), None)
        if place is None:
            sys.exit(f"{row['repository']} is not there: expected a clone of it at {places[0]}")
        command = ["git", "-C", str(place), "rev-parse", "--verify", "--quiet", f"{row['commit']}^{{commit}}"]
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:  # noqa: S603 (git, no shell)
            sys.exit(f"{place} lacks the commit {row['commit']}: fetch it, with all tags")
        yield f"git:{place.resolve()}:{row['folders']}"


def _audit(sources: Path, out: Path, jobs: str) -> None:
    command = [sys.executable, "-m", "semverdiff", "audit", f"list:{sources}", "--jobs", jobs]
    command += ["--store", str(out / "audit.sqlite"), "--output", str(out), "--dependencies", "none"]
    command += ["--format", f"text={out / 'audit.txt'}", "--format", f"json={out / 'audit.json'}"]
    subprocess.run(command, check=True)  # noqa: S603 (this program)


def _triage(changes: Path) -> Iterator[str]:
    """Yield how many findings people took for what, of all that were read and of those still reported."""
    reported = {
        _key(row) for row in _rows(changes) if row["level"] == "major" and row["certainty"] in _DECIDED
    }
    read = list(_rows(_STUDY / "triage.csv"))
    still = [row for row in read if _key(row) in reported]
    for name, rows in (("read", read), ("still reported", still)):
        counts = Counter(row["verdict"] for row in rows)
        yield f"{name}: {len(rows)}, " + ", ".join(
            f"{count} {verdict}" for verdict, count in counts.most_common()
        )


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    package = row.get("package") or f"{row['organization']}/{row['name']}"
    return package, row.get("new") or row["version"], row["rule"], row["module"], row["symbol"]


def _rows(file: Path) -> Iterator[Mapping[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


if __name__ == "__main__":
    main()
