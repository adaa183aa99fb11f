"""How often is semverdiff right? The labelled cases and, if there are clones, real releases: ACCURACY.md.

    python benchmarks/accuracy.py                    measure the cases, write the page
    python benchmarks/accuracy.py --check            fail unless the page is current
    python benchmarks/accuracy.py --corpora DIR      measure the real releases as well

DIR holds clones or bare mirrors of the repositories that the labels name, each in a folder of its name;
`--map NAME=FOLDER` tells where another folder holds one. The result is kept in benchmarks/results, so
that the page can be drawn without them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

_REPOSITORY = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(_REPOSITORY), str(_REPOSITORY / "tests")]

from accuracy_page import page  # noqa: E402 (of this repository, not of another)
from accuracy_scoring import measure_cases  # noqa: E402 (as above)
from real_releases import Results, measure_releases, read_releases  # noqa: E402 (as above)

from semverdiff.errors import SemverdiffError  # noqa: E402 (as above)

_PAGE = _REPOSITORY / "ACCURACY.md"
_CASES = _REPOSITORY / "fixtures" / "cases"
_RESULTS = _REPOSITORY / "benchmarks" / "results" / "real_releases.json"
_LABELS = _REPOSITORY.parent / "shared" / "cases" / "real" / "releases.json"


def main() -> None:
    """Measure, and write the page or compare it."""
    arguments = _arguments()
    if arguments.corpora is not None:
        try:
            results = measure_releases(
                read_releases(arguments.labels), arguments.corpora, dict(arguments.map)
            )
        except SemverdiffError as error:
            sys.exit(f"error: {error}")
        _RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")
    written = page(*measure_cases(_CASES), _stored_results())
    if not arguments.check:
        _PAGE.write_text(written, encoding="utf-8")
    elif not _PAGE.is_file() or _PAGE.read_text(encoding="utf-8") != written:
        sys.exit(f"{_PAGE.name} is not current: expected what `make accuracy` writes. Run it and commit.")


def _stored_results() -> Results | None:
    if not _RESULTS.is_file():
        return None
    return msgspec.json.decode(_RESULTS.read_bytes(), type=Results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare the page instead of writing it")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="a folder of repositories")
    parser.add_argument("--labels", type=Path, default=_LABELS, metavar="FILE", help="the labelled releases")
    parser.add_argument(
        "--map", type=_mapped, action="append", default=[], metavar="NAME=FOLDER", help="repeatable"
    )
    return parser.parse_args()


def _mapped(text: str) -> tuple[str, str]:
    name, separator, folder = text.partition("=")
    if not separator:
        raise argparse.ArgumentTypeError(f"expected NAME=FOLDER, found '{text}'")
    return name, folder


if __name__ == "__main__":
    main()
