"""Probes, which note the mutants that a test reaches, and live functions with a mistake put in."""

from __future__ import annotations

import ast
import builtins
import gc
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType

    from mutants.operators import Mutation

__all__ = ["Places", "live_functions", "probe_modules", "put_in", "reached"]

Places = dict[tuple[int, int], list[int]]
"""The statements of a module, by line and column, and the numbers of the mutants that they hold."""

reached: set[int] = set()
"""The numbers of the mutants whose statement ran; whoever asks empties it before."""

_PROBE = "__mutants_reached__"


def probe_modules(places: Mapping[str, Places]) -> None:
    """Put probes into the modules of these files when they are imported, which none may be yet."""
    setattr(builtins, _PROBE, reached.update)
    sys.meta_path.insert(0, _Finder(places))


class _Finder(MetaPathFinder):
    def __init__(self, places: Mapping[str, Places]) -> None:
        self._places = places

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None or spec.origin not in self._places:
            return None
        spec.loader = _Loader(fullname, spec.origin, self._places[spec.origin])
        return spec


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, places: Places) -> None:
        super().__init__(fullname, path)
        self._places = places

    def get_code(self, fullname: str) -> CodeType:
        """Return the code with probes; the cache of bytecode holds the code without them."""
        path = self.get_filename(fullname)
        tree = ast.parse(self.get_data(path))
        for node in ast.walk(tree):
            for name, value in ast.iter_fields(node):
                if isinstance(value, list):
                    setattr(node, name, [part for each in value for part in self._probed(each)])
        return compile(tree, path, "exec", dont_inherit=True)

    def _probed(self, node: ast.AST) -> Iterator[ast.AST]:
        if isinstance(node, ast.stmt) and (numbers := self._places.get((node.lineno, node.col_offset))):
            (probe,) = ast.parse(f"{_PROBE}({numbers})").body
            for part in ast.walk(probe):
                ast.copy_location(part, node)
            yield probe
        yield node


def live_functions(paths: set[str]) -> dict[str, list[FunctionType]]:
    """Return the functions that exist, by the file that they are written in."""
    functions: dict[str, list[FunctionType]] = {path: [] for path in paths}
    for value in gc.get_objects():
        if isinstance(value, FunctionType) and value.__code__.co_filename in functions:
            functions[value.__code__.co_filename].append(value)
    return functions


def put_in(mutation: Mutation, source: bytes, path: str, functions: Sequence[FunctionType]) -> bool:
    """Replace the code of live functions by that with the mistake; return whether there was one to replace.

    Whatever holds the function (a class, a decorator, a test that imported it) then runs the mistake. An
    inner function that exists already is found like the one around it.
    """
    module = compile(mutation.apply(source), path, "exec", dont_inherit=True)
    outer = next(
        code
        for code in _codes(module)
        if (code.co_qualname, code.co_firstlineno) == (mutation.function, mutation.function_line)
    )
    codes: dict[tuple[str, int], list[CodeType]] = {}
    for code in (outer, *_codes(outer)):
        codes.setdefault((code.co_qualname, code.co_firstlineno), []).append(code)
    changed = False
    for function in functions:
        place = (function.__code__.co_qualname, function.__code__.co_firstlineno)
        match codes.get(place, []):
            case [code] if code.co_freevars == function.__code__.co_freevars:
                function.__code__ = code
                changed = True
    return changed


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)
