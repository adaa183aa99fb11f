"""As much API for tools of other languages: inputs of equal size and share of changes, and commands.

Each block has as many public symbols as one of `packages`, and in a changed block a type gets a member and a
function or its like a parameter. `benchmarks/peers.sh` installs the tools.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from performance.figures import Figure, Row
from performance.packages import SYMBOLS_A_BLOCK
from performance.processes import Command, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

__all__ = ["PEERS", "Peer", "peer_rows", "whole_row"]

_PATH: Final = "/usr/local/bin:/usr/bin:/bin"
_STOPPED: Final = -signal.SIGXCPU
_EXIT_CODES: Final = frozenset({0, 1, 100, _STOPPED})  # buf ends with 100 where something breaks
_GRIFFE: Final = """
import sys, griffe
old, new = (griffe.load("bulk", search_paths=[side], resolve_aliases=False) for side in sys.argv[1:])
for breakage in griffe.find_breaking_changes(old, new):
    print(breakage.explain())
"""


class Peer(msgspec.Struct, frozen=True):
    """A tool: what it compares, how a version of that is written, and its command for two of them.

    `write` gets a folder and, for each block, whether it is changed, and returns what the command takes. A
    run that takes more than `most_seconds` of the processor is stopped.
    """

    name: str
    compares: str
    write: Callable[[Path, list[bool]], Path]
    command: Callable[[Path, Path, Path], tuple[str, ...]]
    most_seconds: int = 120


def _written(peer: Peer, folder: Path, symbols: int, every: int) -> tuple[Path, Path]:
    blocks = symbols // SYMBOLS_A_BLOCK
    old, new = folder / f"{symbols}-{every}" / "old", folder / f"{symbols}-{every}" / "new"
    for side in (old, new):
        shutil.rmtree(side, ignore_errors=True)
        side.mkdir(parents=True)
    return (
        peer.write(old, [False] * blocks),
        peer.write(new, [block % every == 0 for block in range(blocks)]),
    )


def whole_row(case: str, command: Command, runs: int) -> Row:
    """Return what the run of a command takes that is in the middle of some, by time of the processor."""
    used = sorted((run(command) for _ in range(runs)), key=lambda one: one.seconds)[runs // 2]
    return Row(
        case=case,
        figures={
            Figure.CPU_MS: round(1000 * used.seconds),
            Figure.WALL_MS: round(1000 * used.wall_seconds),
            Figure.PEAK_MIB: round(used.peak_kib / 1024, 1),
        },
        runs=runs,
    )


def _openapi(folder: Path, changed: list[bool]) -> Path:
    """Write an operation with two parameters and a schema of three properties a block, and one of a text."""
    schemas: dict[str, object] = {}
    paths: dict[str, object] = {}
    text, number = {"type": "string"}, {"type": "integer"}
    for block, extra in enumerate(changed):
        properties = {"id": number, "lines": {"type": "array", "items": text}, "total": {"type": "number"}}
        names = ["order", "times"]
        if extra:
            properties["note"] = text
            names.append("dry")
        schemas[f"Order{block}"] = {"type": "object", "required": ["id", "lines"], "properties": properties}
        schemas[f"Name{block}"] = text
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/Order{block}"}}}
        paths[f"/place{block}"] = {
            "get": {
                "operationId": f"place{block}",
                "parameters": [{"name": name, "in": "query", "schema": text} for name in names],
                "responses": {"200": {"description": "An order.", "content": content}},
            }
        }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "bulk", "version": "1.0.0"},
        "paths": paths,
        "components": {"schemas": schemas},
    }
    file = folder / "openapi.json"
    file.write_text(json.dumps(document), "utf-8")
    return file


def _protobuf(folder: Path, changed: list[bool]) -> Path:
    """Write a message with three fields and an enum with three values a block."""
    lines = ['syntax = "proto3";', "package bulk.v1;"]
    for block, extra in enumerate(changed):
        field, value = ("string note = 4;", f"KIND{block}_D = 3;") if extra else ("", "")
        lines.append(
            f"message Order{block} {{ int64 id = 1; repeated string lines = 2; double total = 3; {field} }}\n"
            f"enum Kind{block} {{ KIND{block}_A = 0; KIND{block}_B = 1; KIND{block}_C = 2; {value} }}"
        )
    package = folder / "bulk" / "v1"
    package.mkdir(parents=True)
    (folder / "buf.yaml").write_text("version: v2\n", "utf-8")
    (package / "bulk.proto").write_text("\n".join(lines), "utf-8")
    return folder


def _java(folder: Path, changed: list[bool]) -> Path:
    """Write a class with three fields, a constant and a method of two parameters a block, as a jar."""
    classes = []
    for block, extra in enumerate(changed):
        field, parameter = ("public String note; ", ", boolean dry") if extra else ("", "")
        classes.append(folder / f"Order{block}.java")
        classes[-1].write_text(
            f"package bulk; public class Order{block} {{ public int id; public String[] lines; "
            f'public double total; {field}public static final String NAME = "order {block}"; '
            f"public String place(int order, int times{parameter}) {{ return NAME; }} }}\n",
            "utf-8",
        )
    listed = folder / "sources"
    listed.write_text("\n".join(map(str, classes)), "utf-8")
    jar = folder / "bulk.jar"
    for command in (
        ("javac", "-nowarn", "-d", str(folder / "classes"), f"@{listed}"),
        ("jar", "--create", "--file", str(jar), "-C", str(folder / "classes"), "."),
    ):
        subprocess.run(command, check=True)  # noqa: S603 (own commands)
    return jar


def _python(folder: Path, changed: list[bool]) -> Path:
    """Write a class with three attributes, a function with two parameters and a constant a block."""
    lines = []
    for block, extra in enumerate(changed):
        field, parameter = ("    note: str | None = None\n", ", dry: bool = False") if extra else ("", "")
        lines.append(
            f"class Order{block}:\n"
            f"    id: int\n    lines: list[str]\n    total: float | None = None\n{field}\n"
            f"def place{block}(order: Order{block}, times: int = 1{parameter}) -> str:\n"
            f"    return str(order)\n\n"
            f'NAME{block} = "order {block}"\n'
        )
    package = folder / "bulk"
    package.mkdir()
    (package / "__init__.py").write_text("\n".join(lines), "utf-8")
    return folder


def _japicmp(tools: Path, old: Path, new: Path) -> tuple[str, ...]:
    (jar,) = tools.glob("maven/**/japicmp-*-jar-with-dependencies.jar")
    return ("java", "-jar", str(jar), "--old", str(old), "--new", str(new), "--only-modified")


PEERS: Final = (
    Peer(
        "oasdiff",
        "OpenAPI",
        _openapi,
        lambda tools, old, new: (f"{tools}/bin/oasdiff", "changelog", str(old), str(new)),
    ),
    Peer(
        "buf",
        "protobuf",
        _protobuf,
        lambda tools, old, new: (f"{tools}/bin/buf", "breaking", str(new), "--against", str(old)),
    ),
    Peer("japicmp", "Java", _java, _japicmp),
    Peer(
        "griffe",
        "Python",
        _python,
        lambda tools, old, new: (f"{tools}/venv/bin/python", "-c", _GRIFFE, str(old), str(new)),
    ),
)


def peer_rows(
    tools: Path, folder: Path, sizes: tuple[int, ...], runs: int, peers: Iterable[Peer] = PEERS
) -> Iterator[Row | str]:
    """Measure every tool that lies in `tools` on APIs of these sizes, written below `folder`.

    Of a run that was stopped a sentence says so.
    """
    for peer in peers:
        for symbols in sizes:
            for label, every in (("few", 1000), ("many", 2)):
                sides = _written(peer, folder / peer.name, symbols, every)
                command = Command(
                    peer.command(tools, *sides), tools, {"PATH": _PATH, "HOME": str(tools)}, _EXIT_CODES
                )
                limit = ("prlimit", f"--cpu={peer.most_seconds}:{peer.most_seconds + 60}")
                case = f"{peer.name} ({peer.compares}), {symbols:,} symbols, {label} changes"
                if run(replace(command, arguments=(*limit, *command.arguments))).exit_code == _STOPPED:
                    yield f"{case}: stopped after {peer.most_seconds} seconds of the processor"
                else:
                    yield whole_row(case, command, runs)
