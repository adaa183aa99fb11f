"""Is the parser fast enough? Megabytes a second beside those of tree-sitter-java, in one run.

    python benchmarks/speed.py JAVA DIR...                 JAVA is a clone of tree-sitter-java
    python benchmarks/speed.py JAVA DIR... --json FILE     also write what was found

Each grammar parses text of its own language that the clones hold. The two take turns, and the best of five
turns counts, because a machine that does other work slows down both.
"""

from __future__ import annotations

import argparse
import ctypes
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import tree_sitter
from sources import head, sources

from semverdiff.syntax import _ballerina

if TYPE_CHECKING:
    from collections.abc import Iterable

_TURNS = 5
_MOST_BYTES = 8_000_000


class Result(msgspec.Struct, frozen=True):
    """Megabytes a second of both grammars; `ratio` is Ballerina's to Java's."""

    java_commit: str | None
    java_bytes: int
    java_megabytes_per_second: float
    ballerina_bytes: int
    ballerina_megabytes_per_second: float
    ratio: float


def main() -> None:
    """Build the other grammar, take turns, print, write JSON if asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("java", type=Path, metavar="JAVA")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    java_texts = _texts(arguments.folders, ".java")
    texts = _texts(arguments.folders, ".bal")
    java = tree_sitter.Parser(tree_sitter.Language(_built(arguments.java)))
    ballerina = tree_sitter.Parser(tree_sitter.Language(_ballerina.language()))
    turns = [(_seconds(java, java_texts), _seconds(ballerina, texts)) for _ in range(_TURNS)]
    java_speed = sum(map(len, java_texts)) / min(one for one, _ in turns) / 1e6
    speed = sum(map(len, texts)) / min(one for _, one in turns) / 1e6
    result = Result(
        java_commit=head(arguments.java),
        java_bytes=sum(map(len, java_texts)),
        java_megabytes_per_second=round(java_speed, 1),
        ballerina_bytes=sum(map(len, texts)),
        ballerina_megabytes_per_second=round(speed, 1),
        ratio=round(speed / java_speed, 2),
    )
    print(f"Java {java_speed:.1f} MB/s, Ballerina {speed:.1f} MB/s: {result.ratio} times")
    if arguments.json is not None:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n")


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
    began = time.perf_counter()
    for text in texts:
        parser.parse(text)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
