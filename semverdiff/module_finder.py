"""The modules of packages by their compiled files: where a package is known, its parts need no search.

To find and check a module takes Python three times as long as to read it: it lists folders, tries each ending
that a module may have, and takes paths apart. A program that loads a hundred small modules notices that. What
is not compiled, or not from the source that is there, is left to Python.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib._bootstrap_external import MAGIC_NUMBER  # `importlib.util` loads more, and has the same
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from types import CodeType, ModuleType

__all__ = ["ModuleFinder", "install"]

_HEAD: Final = 16
_PIECE: Final = 1 << 16
_CHECKED_BY_TIME: Final = bytes(4)
_WORD: Final = 0xFFFFFFFF


class ModuleFinder:
    """Finds the parts of some packages, which have no module but those of Python's own source."""

    def __init__(self, packages: Collection[str]) -> None:
        self._packages = frozenset(packages)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        """Return where a module is, with what it is compiled to; `None` if that takes a search."""
        del target
        parent, _, name = fullname.rpartition(".")
        if path is None or parent.partition(".")[0] not in self._packages or len(path) != 1:
            return None
        folder = path[0]
        file = f"{folder}/{name}.py"
        cached = f"{folder}/__pycache__/{name}.{sys.implementation.cache_tag}.pyc"
        compiled = _compiled(file, cached)
        if compiled is not None:
            return _spec(fullname, file, cached, compiled)
        inner = f"{folder}/{name}"
        file = f"{inner}/__init__.py"
        cached = f"{inner}/__pycache__/__init__.{sys.implementation.cache_tag}.pyc"
        compiled = _compiled(file, cached)
        return None if compiled is None else _spec(fullname, file, cached, compiled, inner)


def install(packages: Collection[str]) -> None:
    """Let the parts of these packages be found by their compiled files; for programs only.

    Where compiled files have other names or stand elsewhere, nothing is changed.
    """
    is_usual = sys.pycache_prefix is None and sys.flags.optimize == 0
    if is_usual and not any(isinstance(one, ModuleFinder) for one in sys.meta_path):
        # Just before the search that it saves: who watches imports, in front of all, still sees each.
        searches = [at for at, one in enumerate(sys.meta_path) if one is PathFinder]
        sys.meta_path.insert(searches[0] if searches else 0, ModuleFinder(packages))


class _Loader(SourceFileLoader):
    """Loads a module from what it is compiled to."""

    def __init__(self, fullname: str, path: str, compiled: bytes) -> None:
        super().__init__(fullname, path)
        self._compiled = compiled

    def get_code(self, fullname: str) -> CodeType | None:
        code: CodeType = marshal.loads(memoryview(self._compiled)[_HEAD:])  # noqa: S302 (as Python does)
        # A folder that was moved has other names in its compiled files: Python corrects them.
        return code if code.co_filename == self.path else super().get_code(fullname)


def _spec(fullname: str, file: str, cached: str, compiled: bytes, folder: str | None = None) -> ModuleSpec:
    spec = ModuleSpec(fullname, _Loader(fullname, file, compiled), origin=file, is_package=folder is not None)
    if folder is not None:
        spec.submodule_search_locations = [folder]
    spec.cached = cached
    spec.has_location = True
    return spec


def _compiled(file: str, cached: str) -> bytes | None:
    """Return what a compiled file holds, if it is that of a source as it is now."""
    try:
        content = _content(cached)
        source = os.stat(file)  # noqa: PTH116 (`pathlib` is a module to be found)
    except OSError:
        return None
    changed, size = int(source.st_mtime) & _WORD, source.st_size & _WORD
    head = MAGIC_NUMBER + _CHECKED_BY_TIME + changed.to_bytes(4, "little") + size.to_bytes(4, "little")
    return content if content.startswith(head) else None


def _content(path: str) -> bytes:
    """Return the bytes of a file: without the layers of `open`, which take as long as to read it."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
    try:
        content = piece = os.read(descriptor, _PIECE)
        while len(piece) == _PIECE:
            piece = os.read(descriptor, _PIECE)
            content += piece
    finally:
        os.close(descriptor)
    return content
