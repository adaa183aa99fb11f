"""Mutations of a source text: the small mistakes that a test has to notice.

A mutation replaces a range of the text, and keeps the number of lines, so that what stands behind it stays
where it was. Only what runs when a function is called is mutated: not annotations, decorators and defaults,
not module constants, and not what only makes a text for people.
"""

from __future__ import annotations

import ast
import textwrap
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Mutation", "mutations"]

_COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
_ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "//"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}
_CALLS = {
    "any": "all",
    "all": "any",
    "min": "max",
    "max": "min",
    "startswith": "endswith",
    "endswith": "startswith",
    "removeprefix": "removesuffix",
    "removesuffix": "removeprefix",
}
# Sentences are made of words; a key, an id or an operator has no spaces in it.
_WORDS = 2

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Mutation(msgspec.Struct, frozen=True):
    """A range of a source text and what stands there instead; lines count from 1, offsets in bytes."""

    function: str
    """The outermost function around it, by its qualified name: `Reader.next`."""
    function_line: int
    """Where that function begins, its decorators included."""
    statement: tuple[int, int]
    """Line and column of the innermost statement around it: the place that a test has to reach."""
    line: int
    start: int
    end: int
    replacement: str
    description: str

    def apply(self, source: bytes) -> bytes:
        """Return the text with the mistake in it."""
        lost = source.count(b"\n", self.start, self.end) - self.replacement.count("\n")
        padding = b"\n" * lost
        replacement = self.replacement.encode()
        # A bracket may be closed on a later line, a statement may not.
        if replacement.endswith(b")"):
            return source[: self.start] + replacement[:-1] + padding + b")" + source[self.end :]
        return source[: self.start] + replacement + padding + source[self.end :]


def mutations(source: bytes) -> list[Mutation]:
    """Return every mutation of a module, in the order of the text."""
    tree = ast.parse(source)
    reader = _Reader(source)
    found = [
        mutation
        for name, function in _outermost_functions(tree.body, "")
        for mutation in reader.of_function(name, function)
    ]
    return sorted(found, key=lambda mutation: (mutation.start, mutation.end, mutation.replacement))


def _outermost_functions(body: Iterable[ast.stmt], prefix: str) -> Iterator[tuple[str, _Function]]:
    for statement in body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield prefix + statement.name, statement
            case ast.ClassDef(name=name, body=inner):
                yield from _outermost_functions(inner, f"{prefix}{name}.")
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case _:
                continue


class _Reader:
    """Reads the mutations of functions off one source text."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._line_starts = [0]
        for line in source.splitlines(keepends=True):
            self._line_starts.append(self._line_starts[-1] + len(line))

    def of_function(self, name: str, function: _Function) -> Iterator[Mutation]:
        first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
        idle = set(_idle_returns(function))
        for statement, node in _executed(function):
            if node in idle:
                continue
            place = (statement.lineno, statement.col_offset)
            for changed, replacement, description in self._changes(node):
                start, end = self._range(changed)
                yield Mutation(name, first, place, changed.lineno, start, end, replacement, description)
            if isinstance(node, ast.match_case) and node.guard is None and not _matches_all(node.pattern):
                place = (node.body[0].lineno, node.body[0].col_offset)
                line, (_, end) = node.pattern.lineno, self._range(node.pattern)
                yield Mutation(name, first, place, line, end, end, " if False", "never takes this case")

    def _range(self, node: ast.expr | ast.stmt | ast.pattern) -> tuple[int, int]:
        last, column = node.end_lineno or node.lineno, node.end_col_offset or 0  # the parser gives both
        return (
            self._line_starts[node.lineno - 1] + node.col_offset,
            self._line_starts[last - 1] + column,
        )

    def _text(self, node: ast.expr | ast.stmt) -> str:
        start, end = self._range(node)
        return self._source[start:end].decode()

    def _changes(self, node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str, str]]:
        match node:
            case ast.Compare():
                yield from self._comparisons(node)
            case ast.BoolOp():
                yield from self._conditions(node)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield node, f"({self._text(operand)})", "without `not`"
            case ast.IfExp(body=body, orelse=orelse):
                yield node, f"({self._text(body)})", "always as if the condition held"
                yield node, f"({self._text(orelse)})", "never as if the condition held"
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _ARITHMETIC:
                sign, switched = _ARITHMETIC[type(op)]
                changed = f"(({self._text(left)}) {switched} ({self._text(right)}))"
                yield node, changed, f"`{sign}` becomes `{switched}`"
            case ast.Constant():
                yield from _constants(node)
            case ast.Call(func=function):
                yield from self._calls(function)
            case ast.comprehension(ifs=conditions):
                for condition in conditions:
                    yield condition, "(True)", f"without `if {_short(self._text(condition))}`"
            case ast.match_case(guard=ast.expr() as guard):
                yield guard, "(True)", f"without the guard `if {_short(self._text(guard))}`"
            case ast.stmt():
                yield from self._statements(node)

    def _conditions(self, node: ast.BoolOp) -> Iterator[tuple[ast.expr, str, str]]:
        word, switched = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        texts = [f"({self._text(value)})" for value in node.values]
        yield node, f"({f' {switched} '.join(texts)})", f"`{word}` becomes `{switched}`"
        for index, text in enumerate(texts):
            rest = [*texts[:index], *texts[index + 1 :]]
            yield node, f"({f' {word} '.join(rest)})", f"without `{word} {_short(text[1:-1])}`"

    def _calls(self, function: ast.expr) -> Iterator[tuple[ast.expr, str, str]]:
        match function:
            case ast.Name(id=name) if name in _CALLS:
                yield function, _CALLS[name], f"`{name}` becomes `{_CALLS[name]}`"
            case ast.Attribute(value=value, attr=name) if name in _CALLS:
                yield function, f"({self._text(value)}).{_CALLS[name]}", f"`{name}` becomes `{_CALLS[name]}`"

    def _comparisons(self, node: ast.Compare) -> Iterator[tuple[ast.expr, str, str]]:
        operands = [f"({self._text(operand)})" for operand in (node.left, *node.comparators)]
        signs = [_COMPARISONS[type(op)][0] for op in node.ops]
        for index, op in enumerate(node.ops):
            switched = _COMPARISONS[type(op)][1]
            changed = [*signs[:index], switched, *signs[index + 1 :]]
            joined = "".join(f" {sign} {text}" for sign, text in zip(changed, operands[1:], strict=True))
            yield node, f"({operands[0]}{joined})", f"`{signs[index]}` becomes `{switched}`"

    def _statements(self, node: ast.stmt) -> Iterator[tuple[ast.stmt, str, str]]:
        match node:
            case ast.Return(value=ast.expr() as value) if not _is_none(value):
                if not isinstance(value, ast.Constant):
                    yield node, "return None", "returns None"
            case ast.Return(value=None) | ast.Return(value=ast.Constant(value=None)):
                yield node, "pass", "left out"
            case ast.Raise() | ast.AugAssign() | ast.Delete():
                yield node, "pass", "left out"
            case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom() | ast.Await()):
                yield node, "pass", "left out"
            case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
                yield node, "pass", "left out"
            case ast.Continue():
                yield node, "break", "`continue` becomes `break`"
            case ast.Break():
                yield node, "continue", "`break` becomes `continue`"
            case ast.If(test=test, orelse=[]) if not isinstance(test, ast.Constant):
                yield node, "pass", f"without `if {_short(self._text(test))}` and what it does"


def _idle_returns(function: _Function) -> Iterator[ast.Return]:
    """Yield each `return None` behind which the function ends anyway: nothing changes without it."""
    waiting = [node.body for node in ast.walk(function) if isinstance(node, _Function)]
    while waiting:
        match waiting.pop()[-1]:
            case ast.Return(value=None | ast.Constant(value=None)) as idle:
                yield idle
            case ast.If(body=body, orelse=orelse):
                waiting += [body, orelse] if orelse else [body]
            case ast.Match(cases=cases):
                waiting += [case.body for case in cases]


def _executed(function: _Function) -> Iterator[tuple[ast.stmt, ast.AST]]:
    """Yield every node that runs when the function is called, with the innermost statement around it."""
    pending: list[tuple[ast.stmt, ast.AST]] = [
        (statement, statement) for statement in reversed(_without_docstring(function.body))
    ]
    while pending:
        statement, node = pending.pop()
        yield statement, node
        pending.extend((_statement_of(child, statement), child) for child in reversed(_run_parts(node)))


def _statement_of(node: ast.AST, around: ast.stmt) -> ast.stmt:
    # A case and a handler have no place of their own to be reached at: their statements do.
    return node if isinstance(node, ast.stmt) else around


def _run_parts(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return list(_without_docstring(node.body))
        case (
            ast.ClassDef() | ast.Assert() | ast.JoinedStr() | ast.Import() | ast.ImportFrom() | ast.pattern()
        ):
            return []
        case ast.Raise():
            return []  # which error it is shows in the statement; its text is for people
        case ast.AnnAssign(value=value):
            return [value] if value is not None else []
        case ast.Lambda(body=body):
            return [body]
        case ast.Call(func=ast.Name(id="zip"), args=arguments):
            return list(arguments)  # `strict` notices mistakes of its own, and decides nothing
        case ast.Call(func=ast.Name(id="cast"), args=[_, value]):
            return [value]  # what it counts as is for the type checker
        case ast.Expr(value=ast.Constant()):
            return []
        case _:
            return list(ast.iter_child_nodes(node))


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *rest]:
            return rest
    return body


def _constants(node: ast.Constant) -> Iterator[tuple[ast.expr, str, str]]:
    match node.value:
        case bool(value):
            yield node, str(not value), f"`{value}` becomes `{not value}`"
        case int(value):
            yield node, f"({value + 1})", f"`{value}` becomes `{value + 1}`"
        case str(value) if value and len(value.split()) < _WORDS:
            yield node, "('XX')", f"{value!r} becomes 'XX'"


def _matches_all(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _short(text: str) -> str:
    return textwrap.shorten(text, 60, placeholder="...")
