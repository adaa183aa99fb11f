"""Inputs for tools of other languages: as many public symbols as the packages they are measured beside."""

from __future__ import annotations

import ast
import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from performance.packages import SYMBOLS_A_BLOCK
from performance.peers import PEERS, Peer, peer_rows
from performance.processes import CommandError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_BLOCKS = 10
_CHANGED = [block == 3 for block in range(_BLOCKS)]
_ADDED = 2  # a member of a type, and a parameter or a value


def _openapi_symbols(file: Path) -> int:
    document = json.loads(file.read_text())
    schemas = document["components"]["schemas"].values()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    properties = sum(len(schema.get("properties", ())) for schema in schemas)
    parameters = sum(len(operation["parameters"]) for operation in operations)
    return len(schemas) + properties + len(operations) + parameters


def _protobuf_symbols(folder: Path) -> int:
    text = (folder / "bulk/v1/bulk.proto").read_text()
    return len(re.findall(r"\b(?:message|enum) \w+ \{|\w+ = \d+;", text))


def _java_symbols(jar: Path) -> int:
    texts = [file.read_text() for file in jar.parent.glob("*.java")]
    parameters = sum(text[text.index("place(") :].split(")")[0].count(",") + 1 for text in texts)
    return sum(text.count("public ") for text in texts) + parameters


def _python_symbols(folder: Path) -> int:
    tree = ast.parse((folder / "bulk/__init__.py").read_text())
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AnnAssign, ast.Assign, ast.arg)
    return sum(isinstance(node, kinds) for node in ast.walk(tree))


_COUNTS: dict[str, Callable[[Path], int]] = {
    "oasdiff": _openapi_symbols,
    "buf": _protobuf_symbols,
    "japicmp": _java_symbols,
    "griffe": _python_symbols,
}


@pytest.mark.slow
@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_block_has_as_many_symbols_in_every_language_and_two_more_once_changed(
    tmp_path: Path, peer: Peer
) -> None:
    if peer.name == "japicmp" and shutil.which("javac") is None:
        pytest.skip("there is no compiler of Java")
    counts = []
    for side, changed in (("old", [False] * _BLOCKS), ("new", _CHANGED)):
        folder = tmp_path / side
        folder.mkdir()
        counts.append(_COUNTS[peer.name](peer.write(folder, changed)))
    assert counts == [_BLOCKS * SYMBOLS_A_BLOCK, _BLOCKS * SYMBOLS_A_BLOCK + _ADDED]


def _shell(command: str) -> Peer:
    """Return a tool that is a command of the shell, and may take a second."""
    arguments = ("/bin/sh", "-c", command)
    return Peer("shell", "text", lambda folder, _changed: folder, lambda *_: arguments, most_seconds=1)


@pytest.mark.slow
def test_a_tool_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    assert list(peer_rows(tmp_path, tmp_path, (8,), 1, [_shell("while :; do :; done")])) == [
        f"shell (text), 8 symbols, {label} changes: stopped after 1 seconds of the processor"
        for label in ("few", "many")
    ]


def test_a_tool_that_ends_is_measured(tmp_path: Path) -> None:
    rows = peer_rows(tmp_path, tmp_path, (8,), 1, [_shell("exit 1")])
    assert [row if isinstance(row, str) else row.case for row in rows] == [
        f"shell (text), 8 symbols, {label} changes" for label in ("few", "many")
    ]


def test_a_tool_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ended with 2"):
        list(peer_rows(tmp_path, tmp_path, (8,), 1, [_shell("exit 2")]))
