"""How docstrings begin: as PEP 257 has it, "Return ...", in the words that every reader of Python expects."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = sorted(
    file
    for folder in ("semverdiff", "scripts", "benchmarks", "tests")
    for file in (ROOT / folder).rglob("*.py")
)
UNUSUAL = tuple(f"{word} " for verb in ("Ask", "Give", "Say", "State", "Tell") for word in (verb, f"{verb}s"))


def test_a_docstring_says_what_is_returned() -> None:
    begun = [
        f"{file.relative_to(ROOT)}: {part.name}: {docstring.splitlines()[0]}"
        for file in FILES
        for part in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if (docstring := ast.get_docstring(part)) and docstring.startswith(UNUSUAL)
        if not _is_a_command(part)
    ]
    assert begun == []


def _is_a_command(part: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Return whether the docstring is the help that a user reads."""
    return any(
        "command(" in ast.unparse(decorator) or "group(" in ast.unparse(decorator)
        for decorator in part.decorator_list
    )
