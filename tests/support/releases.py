"""Directories of archives, as an audit reads them: packages with their releases in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.archives import build_bala

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["BREAKING", "GROWN", "PLAIN", "archive_of", "write_releases"]

PLAIN = "public function total(int one) returns int => one;\n"
GROWN = PLAIN + "public function twice(int one) returns int => one + one;\n"
BREAKING = "public function total(int one, int other) returns int => one + other;\n"


def archive_of(organization: str, name: str, version: str, source: str) -> bytes:
    """Return the archive of a package with one source."""
    return build_bala(organization, name, version, {f"modules/{name}/main.bal": source})


def write_releases(directory: Path, packages: Mapping[str, Mapping[str, str]]) -> Path:
    """Write `{"acme/shop": {"1.0.0": source}}` as archives into a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for full_name, releases in packages.items():
        organization, name = full_name.split("/")
        for version, source in releases.items():
            file = directory / f"{organization}-{name}-any-{version}.bala"
            file.write_bytes(archive_of(organization, name, version, source))
    return directory
