"""Modules that are loaded when something of them is asked for."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from semverdiff import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = "seldom_used_module"
_TEXT = """
import time
time.sleep(0.05)
class Thing:
    pass
"""


@pytest.fixture
def deferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the name of a module that is deferred, and takes a while to load."""
    (tmp_path / f"{_NAME}.py").write_text(_TEXT, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    lazy.defer([_NAME])
    yield _NAME
    sys.modules.pop(_NAME)


def test_to_import_a_deferred_module_does_not_load_it(deferred: str) -> None:
    module = import_module(deferred)
    assert module.__name__ == deferred
    assert not lazy.is_loaded(deferred)


def test_a_module_that_nobody_imported_is_not_loaded() -> None:
    assert not lazy.is_loaded("no_such_module")


def test_what_is_asked_for_loads_it(deferred: str) -> None:
    before = import_module(deferred)
    thing = before.Thing
    assert lazy.is_loaded(deferred)
    # Who imported it before and who imports it now have the same.
    assert import_module(deferred).Thing is thing
    assert "Thing" in vars(before)


def test_an_import_of_one_name_loads_it(deferred: str) -> None:
    program: dict[str, object] = {}
    exec(f"from {deferred} import Thing", program)  # noqa: S102 (the statement is what is tested)
    assert program["Thing"] is sys.modules[deferred].Thing


def test_what_a_deferred_module_has_not_is_missing(deferred: str) -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = import_module(deferred).nothing


def test_threads_that_ask_at_once_get_the_same(deferred: str) -> None:
    module = import_module(deferred)
    with ThreadPoolExecutor(8) as pool:
        things = set(pool.map(lambda _: module.Thing, range(64)))
    assert things == {sys.modules[deferred].Thing}


def test_a_module_that_does_not_exist_fails_when_it_is_used() -> None:
    lazy.defer(["no_such_module"])
    module = import_module("no_such_module")
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        _ = module.anything
    assert "no_such_module" not in sys.modules


def test_what_is_known_of_a_module_is_handed_out_without_it(deferred: str) -> None:
    del sys.modules[deferred]
    lazy.defer([deferred], {"Thing": "known", "other": 1})
    module = import_module(deferred)
    assert module.Thing == "known"
    _ = module.time
    assert isinstance(module.Thing, type)
    assert module.Thing is sys.modules[deferred].Thing


def test_an_import_of_what_is_known_does_not_load_it(deferred: str) -> None:
    del sys.modules[deferred]
    lazy.defer([deferred], {"Thing": "known"})
    program: dict[str, object] = {}
    exec(f"from {deferred} import Thing", program)  # noqa: S102 (the statement is what is tested)
    assert program["Thing"] == "known"
    assert "time" not in vars(sys.modules[deferred])


def test_a_function_loads_its_module_when_it_is_called(deferred: str) -> None:
    del sys.modules[deferred]
    lazy.defer([deferred], functions=["Thing"])
    made = import_module(deferred).Thing
    assert "time" not in vars(sys.modules[deferred])
    assert isinstance(made(), sys.modules[deferred].Thing)


def test_what_was_known_is_asked_of_the_module_once_it_is_recalled(deferred: str) -> None:
    del sys.modules[deferred]
    lazy.defer([deferred], {"Thing": "known"})
    before = import_module(deferred)
    lazy.recall([deferred])
    assert not lazy.is_loaded(deferred)
    assert isinstance(before.Thing, type)
    assert import_module(deferred).Thing is before.Thing


def test_a_module_that_is_loaded_is_not_recalled() -> None:
    import json  # noqa: PLC0415 (as others have it)

    lazy.recall(["json", "no_such_module"])
    assert "dumps" in vars(json)


def test_a_part_of_a_package_that_is_loaded_is_deferred_where_it_is_looked_for() -> None:
    program = (
        "import json; from semverdiff import lazy; import sys; del sys.modules['json.decoder'], json.decoder;"
        "lazy.defer(['json.decoder']); import json.decoder;"
        "assert 'JSONDecoder' not in vars(json.decoder); assert json.decoder.JSONDecoder().decode('1') == 1"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_module_that_is_loaded_stays_as_it_is() -> None:
    lazy.defer(["json"])
    import json  # noqa: PLC0415 (after it was deferred)

    assert "dumps" in vars(json)


def test_a_part_of_a_package_is_deferred_on_its_own() -> None:
    program = (
        "from semverdiff import lazy; lazy.defer(['msgspec.inspect']); import msgspec, sys;"
        "assert 'type_info' not in vars(sys.modules['msgspec.inspect']);"
        "assert msgspec.inspect.type_info(int) == msgspec.inspect.IntType();"
        "assert msgspec.inspect is sys.modules['msgspec.inspect']"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
