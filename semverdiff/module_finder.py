"""A finder and a loader of modules by their compiled files: parts of a known package need no search.

To find and check a module takes Python three times as long as to read it: it lists folders, tries each ending
that a module may have, and takes paths apart. A program that loads a hundred small modules notices that. What
is not compiled, or not from the source that is there, is left to Python.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib._bootstrap_external import MAGIC_NUMBER  # `importlib.util` loads more, and has the same
from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec, PathFinder, SourceFileLoader
from stat import ST_MTIME
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from types import CodeType

__all__ = ["ModuleFinder", "install"]

# A compiled file (PEP 552) has a head of four words: the version of Python, flags, and the time and the size
# of its source. With other flags than 0 it is not checked by these.
_HEAD: Final = 16
_VERSION_AND_FLAGS: Final = MAGIC_NUMBER + bytes(4)
_WORD: Final = 0xFFFFFFFF
_PIECE: Final = 1 << 16
_READ: Final = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_ENDING: Final = f".{sys.implementation.cache_tag}.pyc"


class ModuleFinder:
    """Finds modules of some packages, in which no name is both that of a `.py` file and of something else."""

    def __init__(self, packages: Collection[str]) -> None:
        self._packages = frozenset(packages)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        """Return where a module is, with what it is compiled to; `None` where Python has to search."""
        del target
        if path is None or len(path) != 1:
            return None
        parent, _, name = fullname.rpartition(".")
        if parent.partition(".")[0] not in self._packages:
            return None
        folder = path[0]
        loader = _loader(fullname, f"{folder}/{name}.py", f"{folder}/__pycache__/{name}{_ENDING}")
        if loader is not None:
            return loader.spec(None)
        inner = f"{folder}/{name}"
        loader = _loader(fullname, f"{inner}/__init__.py", f"{inner}/__pycache__/__init__{_ENDING}")
        return None if loader is None else loader.spec([inner])


def install(packages: Collection[str]) -> None:
    """Let the parts of these packages be found by their compiled files; for programs only.

    Where compiled files have other names or stand elsewhere, nothing is changed.
    """
    has_usual_files = sys.pycache_prefix is None and sys.flags.optimize == 0
    if has_usual_files and not any(isinstance(one, ModuleFinder) for one in sys.meta_path):
        # Just before Python's own finders, of which only the last has such modules. Others, as of tools that
        # watch imports, stand in front of all and are still asked first.
        own = (BuiltinImporter, FrozenImporter, PathFinder)
        places = [at for at, one in enumerate(sys.meta_path) if one in own]
        sys.meta_path.insert(places[0] if places else 0, ModuleFinder(packages))


class _Loader(SourceFileLoader):
    """Loads a module from what it is compiled to."""

    def __init__(self, fullname: str, path: str, cached: str, compiled: bytes) -> None:
        self.name = fullname
        self.path = path
        self._cached = cached
        self._compiled = compiled

    def spec(self, folders: list[str] | None) -> ModuleSpec:
        """Return where the module is; `folders` are those of a package's parts, and `None` for a module."""
        spec = ModuleSpec(self.name, self, origin=self.path)
        spec.submodule_search_locations = folders
        spec.cached = self._cached
        spec.has_location = True
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module with the names of its files: Python takes longer to set them itself."""
        module = ModuleType(spec.name)
        vars(module).update(__file__=self.path, __cached__=self._cached)
        return module

    def get_code(self, fullname: str) -> CodeType | None:
        """Return what the module is compiled to, with the names of its files as they are now."""
        code: CodeType = marshal.loads(memoryview(self._compiled)[_HEAD:])  # noqa: S302 (as Python does)
        # A folder that was moved has other names in its compiled files: Python corrects them.
        return code if code.co_filename == self.path else super().get_code(fullname)


def _loader(fullname: str, file: str, cached: str) -> _Loader | None:
    """Return what loads a compiled file, or `None` if it is not compiled from the source as it is now."""
    try:
        content = _content(cached)
        source = os.stat(file)  # noqa: PTH116 (`pathlib` is a module to be found)
    except OSError:
        return None
    time_and_size = int(source[ST_MTIME]) & _WORD | (source.st_size & _WORD) << 32
    is_current = content.startswith(_VERSION_AND_FLAGS) and content[8:_HEAD] == time_and_size.to_bytes(
        8, "little"
    )
    return _Loader(fullname, file, cached, content) if is_current else None


def _content(path: str) -> bytes:
    """Return the bytes of a file: without the layers of `open`, which take as long as to read it."""
    descriptor = os.open(path, _READ)
    try:
        content = piece = os.read(descriptor, _PIECE)
        while len(piece) == _PIECE:
            piece = os.read(descriptor, _PIECE)
            content += piece
    finally:
        os.close(descriptor)
    return content
