"""Begins a rule: a commented entry in the catalogue, and its fact in the vocabulary of comparisons.

python scripts/new_rule.py SUBJECT FACT     make new-rule SUBJECT=record-field FACT=sorted
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules import catalogue
from semverdiff.text import suggest

__all__ = ["main"]

_ROOT = Path(__file__).resolve().parent.parent
_CATALOGUE = Path("semverdiff/rules/catalogue")
_FACTS = Path("semverdiff/compare/facts.py")
_NAME = re.compile(r"[a-z]+(-[a-z]+)*")

_IMPORTS = """\
from functools import partial
from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.conditions import OUT_OR_BOTH
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code
from semverdiff.rules.effects import major, minor, otherwise, when
"""

_ENTRY = """\
    # What the rule is about: use the element that the file has for it, should there be one. It has a name in
    # messages and a form of examples (semverdiff/rules/examples.py). If it has a method for the verb, such as
    # `removed` or `widened`, that writes the message and the usual advice: semverdiff/rules/elements.py.
    Element(Subject.{subject}, "{words} '$name'", partial(Code, "Order")).entry(
        Fact.{member},
        # What happened, in a sentence; `$a` is the subject with its article where several share the entry.
        "TITLE.",
        # How a report says it. semverdiff/rules/messages.py lists the placeholders; a part in brackets is
        # left out where one of them is unknown.
        "MESSAGE '$name'[ from '$old' to '$new']",
        # What it means: `major(...)`, or rows of which the first that holds decides, each for positions
        # (IN, OUT_OR_BOTH), conditions (Condition.SEALED), policies (PolicyIs). `tolerated` is minor, and
        # major with --strict. The reason names the client that breaks; the use after it
        # (semverdiff/clients/uses.py) is what that client does.
        (
            when(OUT_OR_BOTH, then=major("Clients that BREAK are refused.", Use.READ)),
            otherwise(minor("Nobody breaks: WHY.")),
        ),
        # The smallest code before, and after.
        ("public type Order record {{}};", "public type Order record {{| |}};"),
        # How to make the change without breaking clients, by semverdiff/rules/remediation.py or in a text.
        "ADVICE.",
    ),
"""

_NEXT = """\
{entry}: write the entry of {id}
{facts}: the fact is in the vocabulary
Then:
  1. semverdiff/compare/ states the fact about {subject}, which it may do of other subjects only
  2. its counterpart exists (added and removed ...), or tests/rules/test_symmetry.py has the reason
  3. python scripts/rule_pages.py writes its page, and its table in docs/explanation/compatibility.md
  4. docs/explanation/compatibility.md says in the section above that table why it is major, minor or patch
  5. make test PYTEST_ARGS="tests/rules tests/compare"
Whoever merges it adds it to the contract as data, which tests/rules/test_contract.py reads.
"""


def main(arguments: list[str], root: Path = _ROOT) -> str | None:
    """Write the entry and its fact; return what is wrong with the arguments, if anything is."""
    match arguments:
        case [subject, name]:
            pass
        case _:
            return __doc__
    mistake = _mistake(subject, name)
    if mistake is not None:
        return mistake
    member = name.upper().replace("-", "_")
    facts, entries = root / _FACTS, root / _file_of(Subject(subject))
    if name not in set(Fact):
        _insert_member(facts, "Fact", f'    {member} = "{name}"\n')
    _append(
        entries,
        "ENTRIES",
        _ENTRY.format(member=member, subject=Subject(subject).name, words=subject.replace("-", " ")),
    )
    _import(entries)
    written = {"entry": entries.relative_to(root), "facts": _FACTS}
    sys.stdout.write(_NEXT.format(id=f"{subject}-{name}", subject=subject, **written))
    return None


def _mistake(subject: str, name: str) -> str | None:
    subjects = sorted(Subject)
    if subject not in subjects:
        known = ", ".join(subjects)
        return (
            f"no rule is about '{subject}': expected one of {known}{suggest(subject, subjects)}. "
            f"A new subject needs its lines in {_FACTS}, semverdiff/rules/subjects.py and "
            f"{_CATALOGUE}/__init__.py first."
        )
    if _NAME.fullmatch(name) is None:
        return f"expected a fact in lower case, such as 'type-changed', found '{name}'"
    if catalogue.rule(f"{subject}-{name}") is not None:
        return f"there is a rule '{subject}-{name}' already; an id is never used for anything else"
    return None


def _file_of(subject: Subject) -> Path:
    """Return the file of the entries of a subject: the last one that it loads."""
    return _CATALOGUE / f"{catalogue.modules_of(subject)[-1]}.py"


def _append(file: Path, variable: str, text: str) -> None:
    """Put an entry at the end of a tuple of a module."""
    source = file.read_text("utf-8")
    end = next(
        statement.end_lineno
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign) and variable in map(ast.unparse, statement.targets)
    )
    lines = source.splitlines(keepends=True)
    closing = (end or len(lines)) - 1
    file.write_text("".join([*lines[:closing], text, *lines[closing:]]), "utf-8", newline="\n")


def _insert_member(file: Path, name: str, line: str) -> None:
    """Put a member into an enum whose members are sorted."""
    source = file.read_text("utf-8")
    enum = next(
        statement
        for statement in ast.parse(source).body
        if isinstance(statement, ast.ClassDef) and statement.name == name
    )
    lines = source.splitlines(keepends=True)
    members = [statement.lineno - 1 for statement in enum.body if isinstance(statement, ast.Assign)]
    place = next((number for number in members if lines[number] > line), members[-1] + 1)
    file.write_text("".join([*lines[:place], line, *lines[place:]]), "utf-8", newline="\n")


def _import(file: Path) -> None:
    """Import what a new entry is written with, where the file had no use for it so far."""
    source = file.read_text("utf-8")
    first = next(
        statement.lineno - 1
        for statement in ast.parse(source).body
        if isinstance(statement, ast.ImportFrom) and statement.module != "__future__"
    )
    lines = source.splitlines(keepends=True)
    file.write_text("".join([*lines[:first], _IMPORTS, *lines[first:]]), "utf-8", newline="\n")
    for command in (("check", "--quiet", "--select", "I,F811", "--fix"), ("format", "--quiet")):
        command_line = [sys.executable, "-m", "ruff", *command, "--no-cache", str(file)]
        subprocess.run(command_line, check=True)  # noqa: S603 (our own command, on the file just written)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
