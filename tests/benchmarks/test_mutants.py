"""Mutants: which mistakes are made, and that a mistake reaches functions that somebody holds already."""

from __future__ import annotations

from textwrap import dedent, indent
from types import FunctionType

import pytest
from mutants.operators import Mutation, mutations
from mutants.probes import put_in

MISTAKES = {
    "a comparison": ("return a < b", ["return ((a) <= (b))", "return None"]),
    "a chain of comparisons": (
        "x = a <= b in c",
        ["x = ((a) < (b) in (c))", "x = ((a) <= (b) not in (c))"],
    ),
    "a guard clause": (
        "x = a and not b",
        ["x = ((a) or (not b))", "x = ((not b))", "x = ((a))", "x = a and (b)"],
    ),
    "a choice": ("x = a if b else c", ["x = (a)", "x = (c)"]),
    "a number": ("x = 3", ["x = (4)"]),
    "a truth": ("x = f(True)", ["x = f(False)"]),
    "a key": ("x = 'in'", ["x = ('XX')"]),
    "a sentence": ("x = 'is not there'", []),
    "a formatted text": ("x = f'{a and b}'", []),
    "a call": ("a.f()", ["pass"]),
    "a question about all": ("x = any(y for y in a if y)", ["x = all(y for y in a if y)", "(True)"]),
    "pairs of what is equally long": ("x = zip(a, b, strict=True)", []),
    "a value by another type": ("x = cast('int', a)", []),
    "an early end": ("if a:\n    return\nx = b", ["pass", "if a:\n    pass"]),
    "an end where the function ends": ("x = b\nreturn None", []),
    "such ends in branches": (
        "if a:\n    match b:\n        case _:\n            return\nelif c:\n    x = b\n    return None",
        ["pass"],
    ),
    "a case": (
        "match a:\n    case 1 if b:\n        x = a\n    case C():\n        x = b",
        ["case 1 if (True)", "case C() if False:"],
    ),
    "an error": ("raise ValueError(a or b)", ["pass"]),
    "an annotation": ("x: int | None = a", []),
    "an inner function": ("def g(x=1):\n    return x - 1", ["((x) + (1))", "(2)", "return None"]),
}


def changed_texts(body: str) -> list[str]:
    source = f'def f(a, b, c):\n    """Return 1."""\n{indent(body, "    ")}\n'.encode()
    return [mutation.apply(source).decode() for mutation in mutations(source)]


@pytest.mark.parametrize(("body", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_each_mistake_is_made_once(body: str, expected: list[str]) -> None:
    texts = changed_texts(body)
    assert len(texts) == len(expected)
    for part in expected:
        assert any(part in dedent(text.partition('."""\n')[2]) for text in texts), (part, texts)


def test_a_mistake_compiles_and_moves_no_line() -> None:
    spread = "x = (\n    a\n    and b\n)\nif (\n    b\n    or c\n):\n    a.f(\n        b\n    )\nreturn a"
    texts = changed_texts(spread)
    assert len(texts) == 9
    for text in texts:
        compile(text, "f", "exec")
        assert text.splitlines()[-1].strip() in {"return a", "return None"}
        assert len(text.splitlines()) == len(spread.splitlines()) + 2


def test_what_runs_at_import_is_not_mutated() -> None:
    source = (
        b"LIMIT = 1 + 2\n@decorated(1)\ndef f(a: int | str = 3) -> None:\n    pass\nclass C:\n    size = 2\n"
    )
    assert mutations(source) == []


def _made(source: bytes) -> tuple[dict[str, object], FunctionType]:
    names: dict[str, object] = {}
    exec(compile(source, "somewhere.py", "exec", dont_inherit=True), names)  # noqa: S102 (this test's own code)
    function = names["f"]
    assert isinstance(function, FunctionType)
    return names, function


def test_a_mistake_reaches_whoever_holds_the_function_or_one_in_it() -> None:
    source = b"def f(a):\n    def g(b):\n        return a < b\n    return g\n"
    _, function = _made(source)
    inner = function(2)
    (boundary,) = (one for one in mutations(source) if "<=" in one.replacement)
    assert not inner(2)
    assert put_in(boundary, source, "somewhere.py", [function, inner])
    assert function(2)(2)
    assert inner(2)


def test_a_mistake_that_no_live_function_can_take_is_not_put_in() -> None:
    source = b"def f(a):\n    return lambda: a or b\n"
    _, function = _made(source)
    without: Mutation = next(one for one in mutations(source) if one.replacement == "((b))")
    assert not put_in(without, source, "somewhere.py", [])
    assert put_in(without, source, "somewhere.py", [function])
