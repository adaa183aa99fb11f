"""Synthetic packages of any size and layout, whose next versions change so much, and archives of packages."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import msgspec

from semverdiff.packages import read_package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from semverdiff.packages import Package

__all__ = [
    "HUNDRED_FILES",
    "LAYOUTS",
    "ONE_FILE",
    "SYMBOLS_A_BLOCK",
    "Layout",
    "Sides",
    "Synthetic",
    "archive_entries",
    "few",
    "many",
    "write_archive",
]

SYMBOLS_A_BLOCK = 8  # a record with 3 fields, a function with 2 parameters, a constant
_DECLARATIONS_A_CHANGED_BLOCK = 2  # the record and the function
_MANIFEST = '[package]\norg = "acme"\nname = "bulk"\nversion = "{version}"\nexport = [{export}]\n'
_COMMENT = "// A comment, which nobody who uses the package sees.\n"
_WHEN = (2025, 1, 1, 0, 0, 0)


class Layout(msgspec.Struct, frozen=True):
    """In how many modules the declarations of a package stand, and in how many files of each."""

    name: str
    modules: int
    files: int

    def folder(self, module: int) -> str:
        """Return where the files of a module stand, below the package."""
        return f"modules/part{module}/" if module else ""

    def module(self, module: int) -> str:
        """Return the name of a module."""
        return f"bulk.part{module}" if module else "bulk"


ONE_FILE = Layout("1 file", 1, 1)
HUNDRED_FILES = Layout("100 files", 1, 100)
_TEN_MODULES = Layout("10 modules of 10 files", 10, 10)
LAYOUTS = (ONE_FILE, HUNDRED_FILES, _TEN_MODULES)


class Sides(msgspec.Struct, frozen=True):
    """Where the two versions of a package lie."""

    old: Path
    new: Path


def few(symbols: int) -> int:
    """Return how many declarations change if few do: two of every thousand blocks."""
    return _DECLARATIONS_A_CHANGED_BLOCK * -(-_blocks(symbols) // 1000)


def many(symbols: int) -> int:
    """Return how many declarations change if many do: two of every second block."""
    return _blocks(symbols)


def _blocks(symbols: int) -> int:
    return symbols // SYMBOLS_A_BLOCK


class Synthetic(msgspec.Struct, frozen=True):
    """A package of so many public symbols, and its next version, of which so many declarations changed.

    Changed blocks are spread evenly over the package, and so over its files. With `comment` the first
    file of the next version has a comment that the other has not: not equal, and yet nothing differs.
    """

    symbols: int
    layout: Layout
    changed: int
    comment: bool = False

    def write(self, folder: Path) -> Sides:
        """Write both versions below a folder, unless they are there, and return where."""
        name = f"{self.symbols}-{self.layout.modules}x{self.layout.files}-{self.changed}-{self.comment:d}"
        sides = Sides(folder / name / "old", folder / name / "new")
        if not sides.old.exists():
            differs = self.changed > 0 or self.comment
            _write(sides.old, "1.0.0", self.layout, self.files(new=False))
            _write(sides.new, "1.1.0" if differs else "1.0.0", self.layout, self.files(new=True))
        return sides

    def files(self, *, new: bool) -> dict[str, str]:
        """Return the sources of a version by their paths."""
        counts = self._changed_declarations() if new else {}
        parts = [
            f"{self.layout.folder(module)}part{file:03}.bal"
            for module in range(self.layout.modules)
            for file in range(self.layout.files)
        ]
        texts: dict[str, list[str]] = {part: [] for part in parts}
        if new and self.comment:
            texts[parts[0]].append(_COMMENT)
        for block in range(_blocks(self.symbols)):
            texts[parts[block % len(parts)]].append(_block(block, counts.get(block, 0)))
        return {path: "\n".join(blocks) for path, blocks in texts.items()}

    def _changed_declarations(self) -> dict[int, int]:
        """Return in which blocks declarations change, and how many in each."""
        blocks = -(-self.changed // _DECLARATIONS_A_CHANGED_BLOCK)
        last = self.changed - (blocks - 1) * _DECLARATIONS_A_CHANGED_BLOCK
        return {
            at * _blocks(self.symbols) // blocks: last if at + 1 == blocks else _DECLARATIONS_A_CHANGED_BLOCK
            for at in range(blocks)
        }


def _write(place: Path, version: str, layout: Layout, files: dict[str, str]) -> None:
    export = ", ".join(f'"{layout.module(module)}"' for module in range(layout.modules))
    for path, text in {"Ballerina.toml": _MANIFEST.format(version=version, export=export), **files}.items():
        file = place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def _block(number: int, changed: int) -> str:
    """Return a block, of which none, the record, or the record and the function are changed."""
    extra = "    string note?;\n" if changed else ""
    parameter = ", boolean dry = false" if changed > 1 else ""
    return (
        f"# An order of kind {number}.\n"
        f"public type Order{number} record {{|\n"
        f"    int id;\n    string[] lines;\n    decimal total?;\n{extra}|}};\n\n"
        f"public isolated function place{number}(Order{number} 'order, int times = 1{parameter}) "
        f"returns string|error {{\n    return 'order.id.toString();\n}}\n\n"
        f'public const NAME{number} = "order {number}";\n'
    )


def write_archive(directory: Path) -> Path:
    """Write the package in a directory as an archive beside it, unless that is there, and return the file."""
    file = directory.with_name(f"{directory.name}.bala")
    if not file.exists():
        package = read_package(directory)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in archive_entries(package, str(package.version)):
                archive.writestr(zipfile.ZipInfo(path, _WHEN), content, zipfile.ZIP_DEFLATED)
    return file


def archive_entries(package: Package, version: str) -> Iterator[tuple[str, bytes]]:
    """Yield the entries of the archive that a package would be published as, by their paths."""
    own = {"org": package.organization, "name": package.name, "version": version}
    direct, locked = (
        [{"org": one.organization, "name": one.name, "version": one.version} for one in dependencies]
        for dependencies in (package.manifest.dependencies, package.manifest.locked)
    )
    manifest = {
        "organization": package.organization,
        "name": package.name,
        "version": version,
        "platform": "any",
        "export": [module.name for module in package.modules if module.exported],
    }
    yield "bala.json", b'{"bala_version": "3.0.0"}'
    yield "package.json", json.dumps(manifest).encode()
    if package.manifest.dependencies_resolved:
        graph = {"packages": [{**own, "dependencies": direct}, *locked]}
        yield "dependency-graph.json", json.dumps(graph).encode()
    for module in package.modules:
        for file in module.files:
            yield f"modules/{module.name}/{file.path.rpartition('/')[2]}", file.content
