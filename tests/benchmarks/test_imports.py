"""What each command loads, module by module: a module more is a decision, not an accident."""

from __future__ import annotations

import pytest
from imports import RESULT, loaded_by, loaded_by_commands, own_asker, report


@pytest.mark.slow
def test_the_report_of_what_commands_load_is_current() -> None:
    assert report(loaded_by_commands()).splitlines() == RESULT.read_text(encoding="utf-8").splitlines(), (
        "run 'python benchmarks/imports.py', and look at what it adds"
    )


def test_a_library_stands_beside_the_module_of_the_program_that_asked_for_it() -> None:
    loaded = loaded_by("--version")
    assert loaded.libraries["click"] == "semverdiff.cli.libraries"
    assert loaded.own["semverdiff.cli.program"] == "semverdiff.cli.libraries"
    assert "tree_sitter" not in loaded.libraries


@pytest.mark.parametrize("asker", ["semverdiff.b", "library", "library.part"])
def test_a_library_that_another_one_asked_for_is_asked_for_by_who_asked_for_that(asker: str) -> None:
    askers = {"library": "semverdiff.b", "library.part": "library", "semverdiff.b": "semverdiff.a"}
    assert own_asker(asker, askers) == "semverdiff.b"
