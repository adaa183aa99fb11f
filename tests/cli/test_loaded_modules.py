"""What each command loads: start-up is a feature, and a heavy library is easily imported by accident.

A row holds the rooms of this program and the heavy libraries that are loaded when a command has ended. A
change that loads one more has to say so here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from cli.examples import NEW, OLD
from support.archives import build_bala
from support.packages import write_package

from semverdiff import reports

# Each costs milliseconds at the start of every run that loads it.
_HEAVY = frozenset(
    {
        "asyncio",
        "bz2",
        "concurrent.futures",
        "datetime",
        "decimal",
        "difflib",
        "email",
        "gettext",
        "hashlib",
        "httpx",
        "importlib.metadata",
        "inspect",
        "ipaddress",
        "locale",
        "lzma",
        "minijinja",
        "json",
        "markdown_it",
        "packaging",
        "platform",
        "platformdirs",
        "pygments",
        "rich",
        "rich.console",
        "shutil",
        "ssl",
        "subprocess",
        "tempfile",
        "threading",
        "tomlkit",
        "tomllib",
        "tree_sitter",
        "typing_extensions",
        "unicodedata",
        "urllib.parse",
        "urllib.request",
        "uuid",
        "zipfile",
    }
)
# Every command.
_USUAL = frozenset({"cli", "reports"})


class Row(NamedTuple):
    """A command line, the rooms that it may load beside the usual ones, and the heavy libraries."""

    arguments: str
    rooms: frozenset[str] = frozenset()
    heavy: frozenset[str] = frozenset()


_OPTIONS = frozenset({"config", "pipeline"})
_EQUAL = _OPTIONS | {"ballerina", "baselines", "compare", "packages", "registry", "rules", "verdict"}
_DIFFERENT = _EQUAL | {"api", "clients", "syntax", "types"}
_SURFACE = frozenset({"api", "config", "packages", "syntax"})
# Which ecosystem is meant is told by what lies at the path; its front end is loaded as a whole.
_FRONT_END = frozenset({"ballerina", "pipeline", "verdict"})
_CATALOGUE = _SURFACE | {"clients", "compare", "config", "rules", "types"}
# Surfaces are read with it.
_COMPARISON = frozenset({"tree_sitter"})
_PAGE = _COMPARISON | {"difflib", "hashlib", "minijinja", "json", "shutil", "tempfile", "zipfile"}
_HELP = frozenset({"gettext", "inspect", "locale", "shutil"})
_FILES = frozenset({"shutil", "tempfile"})
_RICH = _FILES | {"inspect", "markdown_it", "pygments", "rich", "rich.console", "unicodedata"}

_SOURCES = Path(__file__).parents[2]
_MAIN = "from semverdiff.cli import main; main()"

ROWS = [
    Row("--version"),
    Row("--help", _OPTIONS | {"audit", "history", "registry", "rules"}, _HELP),
    Row("audit --help", _OPTIONS | {"audit", "history"}, _HELP),
    Row("check --help", _OPTIONS, _HELP),
    Row("api --help", frozenset({"config"}), _HELP),
    Row("chekc", frozenset(), frozenset({"difflib", "gettext", "locale", "shutil"})),
    # Equal packages are compared without reading what they declare.
    Row("check same --baseline old", _EQUAL),
    Row("check new --baseline old", _DIFFERENT, _COMPARISON),
    Row("check new --baseline old.bala", _DIFFERENT, _COMPARISON | {"zipfile"}),
    Row("check new --baseline old --format json", _DIFFERENT, _COMPARISON | {"json"}),
    Row("check new --baseline old --format html", _DIFFERENT, _PAGE),
    Row("check new --baseline old --format markdown", _DIFFERENT, _COMPARISON),
    Row("check new --baseline old --format sarif", _DIFFERENT, _COMPARISON | {"json"}),
    Row("check new --baseline old --format junit", _DIFFERENT, _COMPARISON),
    Row("check new --baseline old --format github", _DIFFERENT, _COMPARISON),
    Row("check new --baseline old --format gitlab", _DIFFERENT, _COMPARISON | {"json"}),
    Row("check old new --baseline old", _DIFFERENT, _COMPARISON | {"concurrent.futures", "threading"}),
    Row("check new --baseline none", _EQUAL),
    Row("diff old new", _DIFFERENT, _COMPARISON),
    Row("api new", _SURFACE | _FRONT_END, frozenset({"tree_sitter"})),
    Row("api new --format json", _SURFACE | _FRONT_END, frozenset({"tree_sitter"})),
    Row("impact --help", _OPTIONS | {"registry"}, _HELP),
    Row(
        "explain-type types.bal A B",
        _SURFACE | {"types"},
        _COMPARISON | {"decimal", "gettext", "json", "locale"},
    ),
    Row("rules list", _CATALOGUE | _FRONT_END, frozenset({"json", "tree_sitter"})),
    Row(
        "rules list --color always",
        _CATALOGUE | _FRONT_END,
        _RICH | {"decimal", "json", "threading", "tree_sitter", "zipfile"},
    ),
    Row("rules explain enum-member-added", _CATALOGUE | _FRONT_END, _COMPARISON | {"json"}),
    Row("init new --force", frozenset({"config", "packages"})),
    Row("bump new --baseline old", _DIFFERENT, _COMPARISON | {"tomlkit", "tomllib"}),
    # Whoever edits a file waits for a person; whoever checks does not wait for the editor's library.
    Row(
        "suppress record-field-removed Order.note --reason agreed --package new --baseline old",
        _DIFFERENT,
        _COMPARISON | {"tomlkit", "tomllib"},
    ),
    Row("schema", frozenset({"compare", "packages", "publish", "rules", "verdict"}), frozenset({"json"})),
    # The rules about publishing, what they look at, and who is asked: only where somebody wants to know.
    Row("check same --baseline old --publish --offline", _EQUAL | {"publish"}),
    Row(
        "cache info",
        frozenset({"registry"}),
        frozenset({"platformdirs", "rich", "shutil", "tempfile"}),
    ),
]


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Return a directory with packages that differ, that are the same, and that are an archive."""
    write_package(tmp_path / "old", {"orders.bal": OLD}, version="1.3.0")
    write_package(tmp_path / "same", {"orders.bal": OLD}, version="1.3.0")
    write_package(tmp_path / "new", {"orders.bal": NEW})
    (tmp_path / "old.bala").write_bytes(build_bala("acme", "shop", "1.3.0", {"modules/shop/orders.bal": OLD}))
    (tmp_path / "types.bal").write_text("type A int;\ntype B string;\n", encoding="utf-8")
    return tmp_path


def _loaded(directory: Path, program: str, *arguments: str) -> set[str]:
    """Return the modules that a program has loaded in the end; one that is deferred is not loaded."""
    report = (
        "import atexit, sys; atexit.register(lambda: print('LOADED', *(name for name, module in "
        "sys.modules.items() if type(module).__name__ != '_Deferred'), file=sys.stderr));"
    )
    ended = subprocess.run(
        [sys.executable, "-c", f"{report}{program}", *arguments],
        cwd=directory,
        env={"PATH": os.environ["PATH"], "HOME": str(directory)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert ended.returncode in {0, 1, 2}, ended.stderr
    assert "has a fault" not in ended.stderr
    return set(ended.stderr.rpartition("LOADED")[2].split())


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.arguments)
def test_a_command_loads_its_rooms_and_no_other_heavy_library(packages: Path, row: Row) -> None:
    # An editable installation or a coverage tool loads some before the first line of the program.
    before = _loaded(packages, "pass")
    loaded = _loaded(packages, _MAIN, *row.arguments.split()) - before
    # The door of a room costs nothing: what counts are its parts.
    rooms = {name.split(".")[1] for name in loaded if name.startswith("semverdiff.") and name.count(".") > 1}
    assert rooms - _USUAL - row.rooms == set()
    assert (loaded & _HEAVY) - row.heavy == set()


@pytest.mark.slow
@pytest.mark.parametrize("format_name", reports.FORMATS)
def test_a_run_loads_the_format_that_it_writes_and_no_other(packages: Path, format_name: str) -> None:
    loaded = _loaded(packages, _MAIN, "check", "new", "--baseline", "old", "--format", format_name)
    formats = {f"semverdiff.reports.formats.{name}" for name in reports.FORMATS}
    assert loaded & formats == {f"semverdiff.reports.formats.{format_name}"}


def test_what_relates_types_is_loaded_for_a_type_that_changed(packages: Path) -> None:
    write_package(packages / "more", {"orders.bal": f"{OLD}\npublic function cancel(int id) {{}}"})
    write_package(packages / "wider", {"orders.bal": OLD.replace("int", "int|string")})
    engine = {f"semverdiff.types.{name}" for name in ("ambiguity", "explain", "mutability", "subtyping")}
    assert not engine & _loaded(packages, _MAIN, "diff", "old", "more")
    assert engine & _loaded(packages, _MAIN, "diff", "old", "wider")


def test_rules_about_other_facts_of_a_function_are_not_loaded(packages: Path) -> None:
    write_package(packages / "before", {"orders.bal": "public function cancel(int id) { f(1); }"})
    write_package(packages / "after", {"orders.bal": "public function cancel(int id) { f(2); }"})
    loaded = _loaded(packages, _MAIN, "diff", "before", "after")
    catalogue = {name for name in loaded if name.startswith("semverdiff.rules.catalogue.")}
    assert catalogue == {"semverdiff.rules.catalogue.functions"}


def test_a_path_is_read_without_what_names_other_packages(packages: Path) -> None:
    assert "semverdiff.baselines.spec" not in _loaded(packages, _MAIN, "diff", "old", "new")


def test_a_baseline_that_is_given_is_not_looked_for(packages: Path) -> None:
    loaded = _loaded(packages, _MAIN, "check", "new", "--baseline", "file:old")
    assert "semverdiff.baselines.resolver" in loaded
    assert (
        not {f"semverdiff.baselines.{one}" for one in ("git", "history", "registries", "selection")} & loaded
    )


def test_nothing_large_is_loaded_while_garbage_is_still_collected() -> None:
    program = f"import sys; sys.path.insert(0, {str(_SOURCES)!r}); import semverdiff.cli; print(*sys.modules)"
    # Without the packages that are installed: to find an editable one, `typing` is loaded.
    command = [sys.executable, "-S", "-c", program]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert "semverdiff.cli" in loaded
    assert not {"collections", "enum", "re", "typing"} & set(loaded)


def test_to_start_compiles_nothing() -> None:
    """What is compiled first makes Python define the classes of syntax trees, which takes milliseconds."""
    program = (
        "import builtins, sys, semverdiff.cli; del builtins.compile\n"
        "sys.argv = ['semver', '--version']\n"
        "semverdiff.cli.main()"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_what_annotations_of_libraries_mean_can_be_asked() -> None:
    program = (
        "import sys, semverdiff.cli; sys.argv = ['semver', '--version']\n"
        "try: semverdiff.cli.main()\n"
        "except SystemExit: pass\n"
        "import typing, click.types\n"
        "assert typing.get_type_hints(click.types.ParamTypeInfoDict)['name'] is str"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_after_a_run_an_annotation_that_is_no_expression_is_refused_at_once() -> None:
    program = (
        "import sys, semverdiff.cli; sys.argv = ['semver', '--version']\n"
        "try: semverdiff.cli.main()\n"
        "except SystemExit: pass\n"
        "import typing\n"
        "try: typing.Optional['1 +']\n"
        "except SyntaxError: pass\n"
        "else: sys.exit('taken')"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


@pytest.mark.parametrize(
    "asked",
    [
        "uuid.UUID(int=1).int == 1",
        "decimal.Decimal(1).as_tuple().digits == (1,)",
        "datetime.datetime(2020, 2, 2, tzinfo=datetime.UTC).isoformat() == '2020-02-02T00:00:00+00:00'",
        "gettext.gettext('a') + gettext.ngettext('b', 'c', 2) == 'ac'",
        "pathlib.PurePosixPath('/a b').as_uri() == 'file:///a%20b'",
        "urllib.parse.quote('a b') == 'a%20b'",
        "threading.current_thread() is threading.main_thread()",
        "click.UUID.convert('0' * 32, None, None).int == 0",
        "importlib.util.find_spec('semverdiff').name == 'semverdiff'",
    ],
)
def test_libraries_that_are_loaded_late_are_those_that_others_know(asked: str) -> None:
    program = (
        "import sys, semverdiff.cli; sys.argv = ['semver', '--version']\n"
        "try: semverdiff.cli.main()\n"
        "except SystemExit: pass\n"
        "import click, datetime, decimal, gettext, importlib.util, pathlib, threading, urllib.parse, uuid\n"
        f"assert {asked}"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_a_project_that_decides_nothing_pays_for_no_decisions(packages: Path) -> None:
    loaded = _loaded(packages, _MAIN, "diff", "old", "new")
    decisions = {"semverdiff.config.loosening", "semverdiff.config.semver_toml", "semverdiff.rules.overrides"}
    assert not decisions & loaded


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only the library knows where caches are")
def test_a_package_is_looked_for_in_the_cache_without_the_library_that_knows_it(tmp_path: Path) -> None:
    for name, parameter in (("old", "other:A"), ("new", "other:B")):
        write_package(tmp_path / name, {"a.bal": f"import acme/other; public function f({parameter} a) {{}}"})
    loaded = _loaded(tmp_path, _MAIN, "diff", "old", "new")
    assert "semverdiff.baselines.dependencies" in loaded
    assert not {"platformdirs", "tempfile", "shutil"} & loaded
    # It is not there: what reads packages from a cache has nothing to do.
    assert not {"semverdiff.registry.caching", "semverdiff.registry.local"} & loaded
