"""Writes docs/rules/: the page of every rule, one file a subject, the policies, and the index.

python scripts/rule_pages.py            write the pages
python scripts/rule_pages.py --check    fail unless the pages are those of the catalogue
"""

from __future__ import annotations

import sys
from pathlib import Path

from semverdiff.rules import all_rules
from semverdiff.rules.pages import by_subject, index_page, subject_page
from semverdiff.rules.policies import policies_page

__all__ = ["FOLDER", "main", "pages", "stale"]

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"


def pages() -> dict[str, str]:
    """Return the text of each page by the name of its file."""
    rules = list(all_rules())
    subjects = by_subject(rules).items()
    return {"README.md": index_page(rules), "policies.md": policies_page(rules)} | {
        f"{subject}.md": subject_page(subject, group) for subject, group in subjects
    }


def stale(folder: Path) -> list[str]:
    """Return the names of files that are missing, out of date, or of no subject any more."""
    wanted = pages()
    present = {file.name: file.read_text("utf-8") for file in folder.glob("*.md")}
    return sorted(name for name in wanted | present if wanted.get(name) != present.get(name))


def main(arguments: list[str], folder: Path = FOLDER) -> str | None:
    """Write or check the pages; give what is wrong, if anything is."""
    names = stale(folder)
    if arguments == ["--check"]:
        remedy = "run python scripts/rule_pages.py"
        return f"not the pages of the catalogue: {', '.join(names)}; {remedy}" if names else None
    if arguments:
        return __doc__
    wanted = pages()
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        if name in wanted:
            (folder / name).write_text(wanted[name], "utf-8", newline="\n")
        else:
            (folder / name).unlink()
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
