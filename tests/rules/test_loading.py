"""Start-up stays fast: the catalogue is loaded when it is needed, and only the part that is."""

from __future__ import annotations

import subprocess
import sys


def loaded_after(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_catalogue_is_not_loaded_before_something_is_judged() -> None:
    loaded = loaded_after("import semverdiff.rules")
    assert "semverdiff.rules" in loaded
    slow = {"semverdiff.rules.catalogue", "semverdiff.rules.judging", "semverdiff.compare", "hashlib"}
    assert not slow & loaded


def test_a_rule_loads_only_the_part_of_the_catalogue_that_has_it() -> None:
    loaded = loaded_after("import semverdiff.rules\nsemverdiff.rules.rule('record-field-removed')")
    parts = {name for name in loaded if name.startswith("semverdiff.rules.catalogue.")}
    assert parts == {"semverdiff.rules.catalogue.record_fields"}
