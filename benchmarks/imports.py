"""Which modules does a command load, and what loads them first?

    python benchmarks/imports.py     write results/imports.md

A short run is half loading. A module that a command does not need is seen here in the change that adds it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REPOSITORY = Path(__file__).resolve().parents[1]
RESULT: Final = _REPOSITORY / "benchmarks" / "results" / "imports.md"
_OLD, _NEW = "fixtures/shop-1.3.0", "fixtures/shop-1.4.0"
_COMMANDS: Final = (
    "--help",
    "--version",
    f"check {_OLD} --baseline {_OLD}",
    f"check {_NEW} --baseline {_OLD}",
    f"check {_NEW} --baseline {_OLD} --format json",
    f"check {_NEW} --baseline {_OLD} --format html",
    f"check {_NEW} --baseline fixtures/acme-shop-any-1.3.0.bala",
    f"diff {_OLD} {_NEW}",
    f"api {_NEW}",
    "rules list",
)
_OWN: Final = "semverdiff"

# Stands in front of every finder, finds nothing, and notes who asked. It stands alone: what it needs itself
# would be in the list.
_PROGRAM: Final = """
import atexit, sys
before, askers = set(sys.modules), {}
class Asker:
    @staticmethod
    def find_spec(name, path=None, target=None):
        frame = sys._getframe(1)
        while frame.f_globals.get("__name__", "").startswith(("importlib", "semverdiff.lazy")):
            frame = frame.f_back
        askers.setdefault(name, frame.f_globals.get("__name__", ""))
def report():
    for name in sys.modules.keys() - before:
        print(name, askers.get(name, ""), file=output)
    output.close()
output = open(sys.argv.pop(1), "w")
sys.meta_path.insert(0, Asker)
atexit.register(report)
from semverdiff.cli import main
main()
"""


class Loaded(msgspec.Struct, frozen=True):
    """What a command has loaded: modules of this program and libraries, each with what asked for it first."""

    own: Mapping[str, str]
    libraries: Mapping[str, str]


def main() -> None:
    """Write the report."""
    RESULT.write_text(report(loaded_by_commands()), encoding="utf-8")


def loaded_by_commands() -> dict[str, Loaded]:
    """Return what each command of the report loads."""
    return {command: loaded_by(command) for command in _COMMANDS}


def loaded_by(command: str) -> Loaded:
    """Return what a command loads beyond what the interpreter has loaded before."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "modules"
        subprocess.run(  # noqa: S603 (own commands)
            [sys.executable, "-c", _PROGRAM, str(output), *command.split()],
            cwd=_REPOSITORY,
            env={"PATH": os.environ["PATH"], "HOME": folder},
            capture_output=True,
            check=False,
        )
        asked = dict(line.split(" ", 1) for line in output.read_text(encoding="utf-8").splitlines())
    own = {name: asker for name, asker in sorted(asked.items()) if name.partition(".")[0] == _OWN}
    libraries = {
        name: asker
        for name, asker in sorted(asked.items())
        if "." not in name and name not in sys.stdlib_module_names and name not in {_OWN, "__main__"}
    }
    return Loaded(own, {name: own_asker(asker, asked) for name, asker in libraries.items()})


def own_asker(asker: str, askers: Mapping[str, str]) -> str:
    """Return the module of this program that asked for a library, directly or through others."""
    while asker.partition(".")[0] != _OWN and asker in askers:
        asker = askers[asker]
    return asker


def report(loaded: Mapping[str, Loaded]) -> str:
    """Return the report as Markdown."""
    return "\n".join(_lines(loaded)) + "\n"


def _lines(loaded: Mapping[str, Loaded]) -> Iterator[str]:
    yield "# What each command loads"
    yield ""
    yield "Written by `python benchmarks/imports.py`; a test fails if it is not current. In brackets stands"
    yield "what asked for a module first. The standard library is left out: it differs by version of Python."
    yield ""
    yield "| command | modules | libraries |"
    yield "| --- | ---: | --- |"
    for command, one in loaded.items():
        yield f"| `{command}` | {len(one.own)} | {', '.join(one.libraries)} |"
    yield ""
    yield "## Libraries, and what loads them first"
    yield ""
    askers: defaultdict[str, set[str]] = defaultdict(set)
    for one in loaded.values():
        for library, asker in one.libraries.items():
            askers[library].add(asker)
    for library, found in sorted(askers.items()):
        yield f"- {library}: {', '.join(sorted(found))}"
    known: set[str] = set()
    for command, one in loaded.items():
        yield ""
        yield f"## `{command}`"
        yield ""
        rooms: defaultdict[str, list[str]] = defaultdict(list)
        for name, asker in one.own.items():
            if name not in known:
                room, _, rest = _short(name).partition(".")
                rooms[room].append(f"{rest or 'door'} ({_short(asker)})")
        if known:
            yield "Beyond those above:" if rooms else "Nothing beyond those above."
            yield ""
        for room, names in sorted(rooms.items()):
            yield f"- {room}: {', '.join(sorted(names))}"
        known.update(one.own)


def _short(name: str) -> str:
    return name.removeprefix(f"{_OWN}.")


if __name__ == "__main__":
    main()
