"""What a baseline costs before it is asked for: which modules are loaded, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.registries import NAME, ORGANIZATION, bala

if TYPE_CHECKING:
    from pathlib import Path

_SLOW = [
    "dataclasses",
    "httpx",
    "json",
    "ssl",
    "subprocess",
    "tempfile",
    "shutil",
    "platformdirs",
    "urllib.parse",
    "xml.parsers.expat",
    "semverdiff.packages.git",
    "semverdiff.registry.addresses",
    "semverdiff.registry.archives",
    "semverdiff.registry.cache",
    "semverdiff.registry.caching",
    "semverdiff.registry.central",
    "semverdiff.registry.maven",
    "semverdiff.registry.http",
    "semverdiff.registry.credentials",
]


def loaded_by(program: str, folder: Path, repository: Path) -> set[str]:
    """Run a program and tell which modules it has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PYTHONPATH": str(repository)},
    )
    return set(done.stdout.split())


def test_the_room_itself_loads_nothing_slow(tmp_path: Path, repository: Path) -> None:
    bare = loaded_by(
        "import msgspec, pathlib, re, semverdiff.errors, semverdiff.versions", tmp_path, repository
    )
    loaded = loaded_by("import semverdiff.baselines", tmp_path, repository) - bare
    assert not loaded & {*_SLOW, "hashlib", "tomllib", "zipfile", "semverdiff.baselines.resolver"}
    assert "semverdiff.baselines" in loaded


_AT_PATH = f"""
from pathlib import Path
from semverdiff.baselines import resolve, parse_spec
from semverdiff.registry import environment_from
from semverdiff.artifact import Provenance
from semverdiff.packages import Module, Package
candidate = Package({ORGANIZATION!r}, {NAME!r}, "1.4.0", (), Provenance("directory"))
environment = environment_from({{}}, Path.home())
found = resolve(parse_spec("{{spec}}"), candidate.identity, environment)
assert found.package is not None
"""


@pytest.mark.slow
@pytest.mark.parametrize("spec", ["old.bala", "./old", "file:old"])
def test_a_path_loads_what_reads_it_and_nothing_that_looks_elsewhere(
    tmp_path: Path, repository: Path, spec: str
) -> None:
    (tmp_path / "old.bala").write_bytes(bala("1.3.0"))
    (tmp_path / "old").mkdir()
    (tmp_path / "old/Ballerina.toml").write_text('[package]\norg = "acme"\nname = "shop"\nversion = "1.3.0"')
    (tmp_path / "old/main.bal").write_text("public function f() {}")
    read = loaded_by(
        "from pathlib import Path\nfrom semverdiff.packages import read_package\n"
        f"read_package(Path({spec.removeprefix('file:')!r}))",
        tmp_path,
        repository,
    )
    loaded = loaded_by(_AT_PATH.replace("{spec}", spec), tmp_path, repository) - read
    assert not loaded & {*_SLOW, "hashlib", "tomllib"}


def test_offline_loads_no_network(tmp_path: Path, repository: Path) -> None:
    program = (
        "from pathlib import Path\n"
        "from semverdiff.baselines import Auto, resolve\n"
        "from semverdiff.registry import environment_from\n"
        "from msgspec.structs import replace\n"
        "from semverdiff.errors import BaselineError\n"
        "from semverdiff.artifact import Provenance\nfrom semverdiff.packages import Package\n"
        f"candidate = Package({ORGANIZATION!r}, {NAME!r}, '1.4.0', (), Provenance('directory'))\n"
        "environment = {'SEMVERDIFF_CACHE_DIR': 'cache'}\n"
        "environment = replace(environment_from(environment, Path()), offline=True)\n"
        "try:\n    resolve(Auto(), candidate.identity, environment)\n"
        "except BaselineError:\n    pass\n"
        "else:\n    raise SystemExit('there is nothing to find')"
    )
    loaded = loaded_by(program, tmp_path, repository)
    assert "semverdiff.registry.caching" in loaded
    assert not loaded & {"httpx", "ssl", "semverdiff.registry.central", "semverdiff.registry.http"}
