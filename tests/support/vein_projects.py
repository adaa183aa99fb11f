"""A project of Vein on disk, in versions that its clients can and cannot follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LESS", "MORE", "OLD", "PROJECT", "write_project"]

OLD = """#space "shapes"
public class Circle {
    public radius: f64;
    public area(): f64 |> 1;
    public scale(by: f64): void { }
}
"""
"""A source."""
LESS = OLD.replace("    public scale(by: f64): void { }\n", "")
"""The source without a method."""
MORE = OLD.replace("public area()", "public name(): string |> 1;\n    public area()")
"""The source with one more."""
PROJECT = 'name: shapes\nversion: "{}" # of the shard\nlicense: MIT\n'
"""A project file, but for its version."""


def write_project(directory: Path, version: str, source: str, semver_toml: str | None = None) -> Path:
    """Write a project with one source, and return its directory."""
    (directory / "src").mkdir(parents=True)
    (directory / "shapes.vproj").write_text(PROJECT.format(version), encoding="utf-8")
    (directory / "src" / "circle.vein").write_text(source, encoding="utf-8")
    if semver_toml is not None:
        (directory / "Semver.toml").write_text(semver_toml, encoding="utf-8")
    return directory
