"""Start-up stays fast: the catalogue is loaded when it is needed, and only the part that is."""

from __future__ import annotations

import subprocess
import sys


def loaded_after(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def parts(loaded: set[str]) -> set[str]:
    return {name.rpartition(".")[2] for name in loaded if name.startswith("semverdiff.rules.catalogue.")}


def test_importing_the_room_loads_no_part_of_it() -> None:
    loaded = loaded_after("from semverdiff import rules")
    assert {name for name in loaded if name.startswith("semverdiff.")} == {
        "semverdiff.lazy",
        "semverdiff.rules",
    }


def test_a_rule_loads_only_the_part_of_the_catalogue_that_has_it() -> None:
    loaded = loaded_after(
        "from semverdiff.compare.facts import Fact, Subject\n"
        "from semverdiff.rules.catalogue import rule_of\n"
        "rule_of(Subject.RECORD_FIELD, Fact.REMOVED)"
    )
    assert parts(loaded) == {"record_fields"}


def test_the_catalogue_alone_needs_no_parser() -> None:
    loaded = loaded_after("from semverdiff import rules\nlist(rules.all_rules())")
    assert not {name for name in loaded if name.startswith(("semverdiff.syntax", "semverdiff.api"))}
