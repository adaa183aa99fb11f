"""How docstrings begin ("Return ...", as PEP 257 has it), and that an exemption from a check has a reason."""

from __future__ import annotations

import ast
import re
import tokenize
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = sorted(
    file
    for folder in ("semverdiff", "scripts", "benchmarks", "tests")
    for file in (ROOT / folder).rglob("*.py")
)
UNUSUAL = tuple(f"{word} " for verb in ("Ask", "Give", "Say", "State", "Tell") for word in (verb, f"{verb}s"))
# A code and the reason: in parentheses for ruff, as a second comment for mypy, which takes no other.
EXEMPTION = re.compile(r"# *(noqa|type: *ignore)")
WITH_REASON = re.compile(r"# noqa: [A-Z0-9, ]+ \(.+\)|# type: ignore\[[a-z, -]+\] *# ?\w.+")


def test_an_exemption_has_its_reason_beside_it() -> None:
    bare = [
        f"{file.relative_to(ROOT)}:{token.start[0]}: {token.string}"
        for file in FILES
        for token in _comments(file)
        if EXEMPTION.search(token.string) and not WITH_REASON.search(token.string)
    ]
    assert bare == []


def _comments(file: Path) -> list[tokenize.TokenInfo]:
    text = file.read_text("utf-8")
    if EXEMPTION.search(text) is None:
        return []
    return [one for one in tokenize.generate_tokens(StringIO(text).readline) if one.type == tokenize.COMMENT]


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
