"""How fast the parser is beside that of tree-sitter-java, in megabytes a second of one run.

Each grammar parses text of its own language that the repositories hold. The two take turns, and the best of
five turns counts, because a machine that does other work slows down both.
"""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import tree_sitter
from sources import head, sources

from performance.figures import Figure, Row
from semverdiff.syntax import _ballerina

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["parser_row"]

_TURNS: Final = 5
_MOST_BYTES: Final = 8_000_000
_ALLOWED: Final = 1.0


def parser_row(java_clone: Path, folders: list[Path]) -> Row:
    """Build the grammar of a clone of tree-sitter-java, and compare it on the texts in some repositories."""
    java_texts, texts = (_texts(folders, suffix) for suffix in (".java", ".bal"))
    java = tree_sitter.Parser(tree_sitter.Language(_built(java_clone)))
    ballerina = tree_sitter.Parser(tree_sitter.Language(_ballerina.language()))
    turns = [(_seconds(java, java_texts), _seconds(ballerina, texts)) for _ in range(_TURNS)]
    java_speed = sum(map(len, java_texts)) / min(one for one, _ in turns) / 1e6
    speed = sum(map(len, texts)) / min(one for _, one in turns) / 1e6
    commit = head(java_clone)
    return Row(
        case=f"{speed:.1f} MB/s; tree-sitter-java at {commit and commit[:10]} {java_speed:.1f} MB/s",
        figures={Figure.SLOWNESS: round(java_speed / speed, 2)},
        most={Figure.SLOWNESS: _ALLOWED},
        runs=_TURNS,
    )


def _texts(folders: Iterable[Path], suffix: str) -> list[bytes]:
    texts: list[bytes] = []
    size = 0
    for folder in folders:
        for source in sources(folder, suffix):
            if size > _MOST_BYTES:
                return texts
            texts.append(source.content)
            size += len(source.content)
    return texts


def _built(clone: Path) -> object:
    """Compile the grammar of a clone, and give its language as tree-sitter takes it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in (".c", ".h"):
            for source in sources(clone, kind):
                if source.place.startswith("src/"):
                    place = folder / source.place
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(source.content)
        library = folder / "java.so"
        files = sorted(str(path) for path in folder.glob("src/*.c"))
        command = ["cc", "-O2", "-shared", "-fPIC", "-I", str(folder / "src"), *files, "-o", str(library)]
        subprocess.run(command, check=True)  # noqa: S603 (the compiler of the one who measures)
        language = ctypes.CDLL(str(library)).tree_sitter_java
    language.restype = ctypes.c_void_p
    capsule = ctypes.pythonapi.PyCapsule_New
    capsule.restype = ctypes.py_object
    capsule.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
    given: object = capsule(language(), b"tree_sitter.Language", None)
    return given


def _seconds(parser: tree_sitter.Parser, texts: Iterable[bytes]) -> float:
    began = time.process_time()
    for text in texts:
        parser.parse(text)
    return time.process_time() - began
