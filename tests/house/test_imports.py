"""Files depend on each other in one direction, and what is slow is loaded at the door of its room."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import grimp
import pytest

import semverdiff

SOURCES = Path(semverdiff.__file__).parent
DOORS = sorted(
    ".".join(("semverdiff", *file.parent.relative_to(SOURCES).parts)) for file in SOURCES.rglob("__init__.py")
)
# An import in a function hides what a file needs. Less is better: lower this number, never raise it.
MOST_IMPORTS_IN_FUNCTIONS = 20


def circle(graph: grimp.ImportGraph, modules: set[str]) -> list[str]:
    """Return a circle of imports among modules, or nothing."""
    order = TopologicalSorter(
        {name: graph.find_modules_directly_imported_by(name) & modules for name in sorted(modules)}
    )
    try:
        order.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_nothing_that_is_loaded_needs_itself() -> None:
    graph = grimp.build_graph("semverdiff", cache_dir=None, exclude_type_checking_imports=True)
    assert circle(graph, graph.modules) == []


def test_no_files_are_about_each_other() -> None:
    # Doors hand out the names of their files, and are asked for names by them: they are no part of a circle.
    graph = grimp.build_graph("semverdiff", cache_dir=None)
    assert circle(graph, graph.modules - set(DOORS)) == []


def imported_names(statements: list[ast.stmt]) -> dict[str, str]:
    """Return the names that statements import from this program, and from where."""
    return {
        alias.asname or alias.name: statement.module
        for statement in statements
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("semverdiff")
        for alias in statement.names
        if statement.module is not None
    }


@pytest.mark.parametrize("door", DOORS)
def test_a_door_hands_out_what_it_lists_from_where_it_says(door: str) -> None:
    module = import_module(door)
    tree = ast.parse(Path(str(module.__file__)).read_text())
    typed = next((part for part in tree.body if isinstance(part, ast.If)), None)
    late = imported_names(typed.body) if typed is not None and "__getattr__" in vars(module) else {}
    listed = set(getattr(module, "__all__", ()))
    assert set(late) <= listed
    for name in listed:
        value = getattr(module, name)
        if name in late:
            assert value is _named(late[name], name)


def _named(home: str, name: str) -> object:
    module = import_module(home)
    return getattr(module, name) if hasattr(module, name) else import_module(f"{home}.{name}")


def test_imports_in_functions_become_fewer() -> None:
    found = [
        f"{file.relative_to(SOURCES)}:{part.lineno}"
        for file in sorted(SOURCES.rglob("*.py"))
        for function in ast.walk(ast.parse(file.read_text()))
        if isinstance(function, ast.FunctionDef)
        for part in ast.walk(function)
        if isinstance(part, ast.Import | ast.ImportFrom)
    ]
    assert len(set(found)) <= MOST_IMPORTS_IN_FUNCTIONS, found
