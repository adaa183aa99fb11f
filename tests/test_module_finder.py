"""Modules that are found by their compiled files, as Python's own search would find them."""

from __future__ import annotations

import os
import py_compile
import subprocess
import sys
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder, SourceFileLoader
from importlib.util import module_from_spec
from typing import TYPE_CHECKING

import pytest

from semverdiff.module_finder import ModuleFinder, install

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from pathlib import Path

FINDER = ModuleFinder(["thing"])
# Longer than what is read at once.
SOURCES = {
    "part": "A = 1\n",
    "long": f"A = {'x' * 100_000!r}\n",
    "inner/__init__": "A = 2\n",
    "exact": "A = 3\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a package, of which all modules are compiled."""
    for name, source in SOURCES.items():
        file = tmp_path / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(source, encoding="utf-8")
        py_compile.compile(str(file), doraise=True)
    return tmp_path


def found(folder: Path, name: str = "part") -> ModuleSpec | None:
    return FINDER.find_spec(f"thing.{name}", [str(folder)])


@pytest.mark.parametrize("name", ["part", "long", "inner"])
def test_a_module_is_the_one_that_a_search_finds(folder: Path, name: str) -> None:
    spec, expected = found(folder, name), PathFinder.find_spec(f"thing.{name}", [str(folder)])
    assert spec is not None
    assert expected is not None
    for attribute in ("name", "origin", "cached", "has_location", "parent", "submodule_search_locations"):
        assert getattr(spec, attribute) == getattr(expected, attribute), attribute
    assert isinstance(spec.loader, SourceFileLoader)
    assert isinstance(expected.loader, SourceFileLoader)
    code, other = spec.loader.get_code(spec.name), expected.loader.get_code(spec.name)
    assert code is not None
    assert other is not None
    assert code == other
    assert code.co_filename == other.co_filename


@pytest.mark.parametrize("name", ["part", "inner"])
def test_a_module_knows_its_files_as_others_do(folder: Path, name: str) -> None:
    spec, expected = found(folder, name), PathFinder.find_spec(f"thing.{name}", [str(folder)])
    assert spec is not None
    assert expected is not None
    known, other = vars(module_from_spec(spec)), vars(module_from_spec(expected))
    assert known.keys() == other.keys()
    for attribute in known.keys() - {"__loader__", "__spec__"}:
        assert known[attribute] == other[attribute], attribute


def test_parts_of_parts_are_found(folder: Path) -> None:
    spec = FINDER.find_spec("thing.inner.part", [str(folder)])
    assert spec is not None
    assert spec.origin == f"{folder}/part.py"


def _newer(folder: Path) -> None:
    os.utime(folder / "part.py", (1, 1))


def _larger(folder: Path) -> None:
    file = folder / "part.py"
    before = file.stat()
    file.write_text("A = 12\n", encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _by_hash(folder: Path) -> None:
    py_compile.compile(
        str(folder / "part.py"), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
    )


def _of_another_python(folder: Path) -> None:
    cached = next(folder.glob("__pycache__/part.*"))
    cached.write_bytes(b"\0\0\r\n" + cached.read_bytes()[4:])


def _without_source(folder: Path) -> None:
    (folder / "part.py").unlink()


def _not_compiled(folder: Path) -> None:
    next(folder.glob("__pycache__/part.*")).unlink()


def _cut_off(folder: Path) -> None:
    cached = next(folder.glob("__pycache__/part.*"))
    cached.write_bytes(cached.read_bytes()[:12])


@pytest.mark.parametrize(
    "change", [_newer, _larger, _by_hash, _of_another_python, _without_source, _not_compiled, _cut_off]
)
def test_what_is_not_compiled_from_its_source_is_left_to_the_search(
    folder: Path, change: Callable[[Path], None]
) -> None:
    assert found(folder) is not None
    change(folder)
    assert found(folder) is None


def test_other_packages_and_folders_are_left_to_the_search(folder: Path) -> None:
    path = str(folder)
    assert FINDER.find_spec("other.part", [path]) is None
    assert FINDER.find_spec("part", None) is None
    assert FINDER.find_spec("thing", None) is None
    assert FINDER.find_spec("thing.part", [path, path]) is None
    assert FINDER.find_spec("thing.part", []) is None


def test_a_folder_that_was_moved_has_its_own_names(folder: Path) -> None:
    moved = folder.rename(folder.with_name("moved"))
    spec = found(moved)
    assert spec is not None
    assert isinstance(spec.loader, SourceFileLoader)
    code = spec.loader.get_code(spec.name)
    assert code is not None
    assert code.co_filename == f"{moved}/part.py"


def test_it_is_installed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [PathFinder])
    install(["thing"])
    install(["thing"])
    assert [type(one) for one in sys.meta_path] == [ModuleFinder, type]


def test_who_watches_imports_is_asked_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    watcher = object()
    own: list[object] = [BuiltinImporter, FrozenImporter, PathFinder]
    monkeypatch.setattr(sys, "meta_path", [watcher, *own])
    install(["thing"])
    assert sys.meta_path[0] is watcher
    assert isinstance(sys.meta_path[1], ModuleFinder)
    assert [*sys.meta_path[2:]] == own


def test_where_compiled_files_stand_elsewhere_nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [PathFinder])
    monkeypatch.setattr(sys, "pycache_prefix", "/elsewhere")
    install(["thing"])
    assert sys.meta_path == [PathFinder]


@pytest.mark.parametrize(("options", "expected"), [((), True), (("-O",), False)])
def test_the_program_finds_its_modules_so(options: tuple[str, ...], *, expected: bool) -> None:
    program = (
        "import sys\nfrom semverdiff.cli import main\nsys.argv = ['semver', '--version']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(type(sys.modules['semverdiff.cli.program'].__loader__).__module__)"
    )
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, *options, "-c", program]
    subprocess.run(command, env=environment, capture_output=True, check=True)  # compiles what is not yet
    shown = subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout
    assert (shown.split()[-1] == "semverdiff.module_finder") is expected
