"""Begins a rule: a commented entry in the catalogue and an example, each in the file of its subject.

python scripts/new_rule.py SUBJECT FACT     make new-rule SUBJECT=record-field FACT=sorted
"""

from __future__ import annotations

import ast
import re
import sys
from importlib import import_module
from pathlib import Path

from semverdiff.config.suggestions import did_you_mean
from semverdiff.rules import all_rules, catalogue, rule
from semverdiff.rules.examples import declarations, packages, services, values

__all__ = ["main"]

_ROOT = Path(__file__).resolve().parent.parent
_RULES = Path("semverdiff/rules")
_FACT = re.compile(r"[a-z]+(-[a-z]+)*")
_VOCABULARY = "semverdiff.rules.tables"
_WORDS = ("fact", "major", "minor", "on", "otherwise", "when")

_ENTRY = """\
    fact(
        "{fact}",
        # What happened, in a sentence; `$a` is the subject with its article where several share the entry.
        "TITLE.",
        # How a report says it. The docstring of semverdiff/rules/ lists the placeholders; a part in
        # brackets is left out where one of them is unknown.
        "MESSAGE '$name'[ from '$old' to '$new']",
        on(
            "{subject}",
            # The first row that holds decides: positions ("in", "out or both"), contexts ("sealed", "open
            # class"), "policy NAME = VALUE", sentences that `compare` states. `tolerated` is minor, and
            # major with --strict. The reason names the client that breaks, the code after it is that client.
            when("out or both", then=major("Clients that BREAK are refused.", "var x = $prefix:$declaring;")),
            otherwise(minor("Nobody breaks: WHY.")),
        ),
    ),
"""

_EXAMPLE = """\
    # The symbol that the change is reported at, then the smallest code before and after.
    "{id}": (
        "Order",
        "public type Order record {{|\\n    int id;\\n|}};",
        "public type Order record {{|\\n    int id;\\n|}};",
    ),
"""

_EXAMPLE_OF_FILES = """\
    # The symbol that the change is reported at, then the files before and after.
    "{id}": (
        "(package)",
        {{_MANIFEST: _PACKAGE}},
        {{_MANIFEST: _PACKAGE}},
    ),
"""

_NEXT = """\
{catalogue}: write the entry of {id}
{examples}: write its example
Then:
  1. the contract's list of rules has {id}, with the same levels in the same order
  2. its counterpart exists (added and removed ...), or tests/rules/test_symmetry.py has the reason
  3. semverdiff/compare/ states the fact, if no rule of the subject has it yet
  4. python scripts/rule_pages.py
  5. make test PYTEST_ARGS="tests/rules tests/compare"
"""


def main(arguments: list[str], root: Path = _ROOT) -> str | None:
    """Write the entry and the example; give what is wrong with the arguments, if anything is."""
    if len(arguments) != len(("SUBJECT", "FACT")):
        return __doc__
    subject, name = arguments
    mistake = _mistake(subject, name)
    if mistake is not None:
        return mistake
    rule_id = f"{subject}-{name}"
    module, entries = _entries_of(subject)
    examples, mapping = _examples_of(subject)
    _insert(root / module, entries, _ENTRY.format(fact=name, subject=subject))
    _import_words(root / module)
    example = _EXAMPLE_OF_FILES if mapping == "PACKAGES" else _EXAMPLE
    _insert(root / examples, mapping, example.format(id=rule_id))
    sys.stdout.write(_NEXT.format(id=rule_id, catalogue=module, examples=examples))
    return None


def _mistake(subject: str, name: str) -> str | None:
    subjects = sorted({one.subject for one in all_rules()})
    if subject not in subjects:
        known = ", ".join(subjects)
        return (
            f"no rule is about '{subject}': expected one of {known}{did_you_mean(subject, subjects)}. "
            "A new subject needs its line in semverdiff/rules/catalogue/__init__.py first."
        )
    if _FACT.fullmatch(name) is None:
        return f"expected a fact in lower case, such as 'type-changed', found '{name}'"
    if rule(f"{subject}-{name}") is not None:
        return f"there is a rule '{subject}-{name}' already; an id is never used for anything else"
    return None


def _entries_of(subject: str) -> tuple[Path, str]:
    """Return the file of a subject's entries, and the tuple in it that the last of them is in."""
    module = import_module(f"{catalogue.__name__}.{catalogue.modules_of(subject)[-1]}")
    held = [
        variable
        for variable, facts in vars(module).items()
        if isinstance(facts, tuple) and any(subject in _subjects(fact) for fact in facts)
    ]
    # `FACTS` may be the sum of others: the part is where an entry belongs.
    parts = [variable for variable in held if variable != "FACTS"]
    return _RULES / "catalogue" / f"{module.__name__.rpartition('.')[2]}.py", (parts or held)[-1]


def _subjects(fact: object) -> set[str]:
    tables = getattr(fact, "tables", ())
    return {subject for table in tables for subject in table.subjects}


def _examples_of(subject: str) -> tuple[Path, str]:
    """Return the file that holds examples of a subject, as texts before and after, and the mapping in it."""
    for mapping, found in (("VALUES", values.VALUES), ("SERVICES", services.SERVICES)):
        if any(rule_id.startswith(f"{subject}-") for rule_id in found):
            return _RULES / "examples" / f"{mapping.lower()}.py", mapping
    if any(rule_id.startswith(f"{subject}-") for rule_id in packages.PACKAGES):
        return _RULES / "examples" / "packages.py", "PACKAGES"
    return _RULES / "examples" / f"{declarations.__name__.rpartition('.')[2]}.py", "DECLARATIONS"


def _insert(file: Path, variable: str, text: str) -> None:
    """Put an entry at the end of a tuple or mapping of a module."""
    source = file.read_text("utf-8")
    end = next(
        statement.end_lineno
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign | ast.AnnAssign) and variable in _targets(statement)
    )
    lines = source.splitlines(keepends=True)
    closing = (end or len(lines)) - 1
    file.write_text("".join([*lines[:closing], text, *lines[closing:]]), "utf-8", newline="\n")


def _targets(statement: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _import_words(file: Path) -> None:
    """Import what a new entry is written with, where the file had no use for it so far."""
    source = file.read_text("utf-8")
    (found,) = (
        statement
        for statement in ast.parse(source).body
        if isinstance(statement, ast.ImportFrom) and statement.module == _VOCABULARY
    )
    names = sorted({*_WORDS, *(alias.name for alias in found.names)}, key=lambda one: (one.islower(), one))
    wanted = "".join(f"    {name},\n" for name in names)
    lines = source.splitlines(keepends=True)
    statement = f"from {_VOCABULARY} import (\n{wanted})\n"
    kept = [*lines[: found.lineno - 1], statement, *lines[found.end_lineno :]]
    file.write_text("".join(kept), "utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
