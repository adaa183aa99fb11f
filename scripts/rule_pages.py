"""Writes docs/reference/rules/, the page of every rule, and the tables of docs/explanation/compatibility.md.

python scripts/rule_pages.py            write them
python scripts/rule_pages.py --check    fail unless they are those of the catalogue
"""

from __future__ import annotations

import sys
from pathlib import Path

from semverdiff import vein
from semverdiff.rules import all_rules
from semverdiff.rules.level_tables import with_level_tables
from semverdiff.rules.page_model import page_text
from semverdiff.rules.pages import by_subject, index_page, subject_page
from semverdiff.rules.policies import policies_page

__all__ = ["DOCS", "main", "pages", "stale"]

DOCS = Path(__file__).resolve().parent.parent / "docs"

_RULES = "reference/rules"
_CONTRACT = "explanation/compatibility.md"
_VEIN = """\
# Rules: shards of Vein

{count} rules. [How shards are checked](../../how-to/shards.md), [rules of Ballerina](README.md).

Levels: **major** where source or linked code of clients breaks, or where only the documents of the language
forbid a use (such a finding is `assumed` where nothing enforces it); **minor** for additions; **patch** for
what no client notices.

"""


def pages(docs: Path) -> dict[str, str]:
    """Return the text of each page by its path below the documents, of which the contract is one already."""
    rules = list(all_rules())
    subjects = by_subject(rules).items()
    return {
        _CONTRACT: with_level_tables((docs / _CONTRACT).read_text("utf-8")),
        f"{_RULES}/README.md": index_page(rules),
        f"{_RULES}/policies.md": policies_page(rules),
        f"{_RULES}/vein.md": vein_page(),
    } | {f"{_RULES}/{subject}.md": subject_page(subject, group) for subject, group in subjects}


def vein_page() -> str:
    """Return the page of all rules about shards of Vein."""
    found = (vein.catalogue.rule_page(rule.id) for rule in vein.catalogue.all_rules())
    texts = [page_text(one) for one in found if one is not None]
    head = _VEIN.format(count=len(texts))
    return head + "\n".join(texts)


def stale(docs: Path) -> list[str]:
    """Return the paths of pages that are missing, out of date, or of no subject any more."""
    wanted = pages(docs)
    files = [docs / _CONTRACT, *(docs / _RULES).glob("*.md")]
    present = {file.relative_to(docs).as_posix(): file.read_text("utf-8") for file in files}
    return sorted(name for name in wanted | present if wanted.get(name) != present.get(name))


def main(arguments: list[str], docs: Path = DOCS) -> str | None:
    """Write or check the pages; return what is wrong, if anything is."""
    names = stale(docs)
    if arguments == ["--check"]:
        remedy = "run python scripts/rule_pages.py"
        return f"not the pages of the catalogue: {', '.join(names)}; {remedy}" if names else None
    if arguments:
        return __doc__
    wanted = pages(docs)
    (docs / _RULES).mkdir(parents=True, exist_ok=True)
    for name in names:
        if name in wanted:
            (docs / name).write_text(wanted[name], "utf-8", newline="\n")
        else:
            (docs / name).unlink()
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
