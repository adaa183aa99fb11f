"""Builds the published side of the example: an archive as `bal pack` makes it, the same bytes everywhere.

python scripts/build_bala.py            write the archive
python scripts/build_bala.py --check    fail unless the archive belongs to its sources
"""

from __future__ import annotations

import json
import sys
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path

__all__ = ["ARCHIVE", "SOURCES", "bala"]

_FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SOURCES = _FIXTURES / "shop-1.3.0"
ARCHIVE = _FIXTURES / "acme-shop-any-1.3.0.bala"

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier time
_UNIX = 3  # where the archive says that it was made; else it differs between systems


def bala(sources: Path) -> bytes:
    """Pack a package directory into an archive of generation 3.0.0."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in sorted(_entries(sources).items()):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = _UNIX
            # Stored, not deflated: what a compressor gives depends on its version.
            archive.writestr(entry, data, zipfile.ZIP_STORED)
    return content.getvalue()


def _entries(sources: Path) -> dict[str, str]:
    """Return the texts of the archive by their names in it."""
    package = tomllib.loads(_text(sources / "Ballerina.toml"))["package"]
    name, version = package["name"], package["version"]
    others = [{"name": module["name"], "export": module["export"]} for module in package["modules"]]
    own = {"org": package["org"], "name": name, "version": version, "transitive": False, "dependencies": []}
    manifest = {
        "organization": package["org"],
        "name": name,
        "version": version,
        "licenses": package["license"],
        "authors": package["authors"],
        "keywords": package["keywords"],
        "export": [name, *(module["name"] for module in others if module["export"])],
        "ballerina_version": package["distribution"],
        "implementation_vendor": "WSO2",
        "language_spec_version": "2024R1",
        "platform": "any",
        "graalvmCompatible": True,
        "template": False,
        "readme": "docs/README.md",
        "description": package["description"],
        "modules": others,
    }
    entries = {
        "bala.json": _json({"bala_version": "3.0.0", "built_by": "WSO2"}),
        "package.json": _json(manifest),
        "dependency-graph.json": _json({"packages": [own], "modules": []}),
        "docs/README.md": _text(sources / "README.md"),
    }
    for module, folder in (
        (name, sources),
        *((one["name"], sources / "modules" / one["name"].removeprefix(f"{name}.")) for one in others),
    ):
        entries |= {f"modules/{module}/{file.name}": _text(file) for file in folder.glob("*.bal")}
    return entries


def _json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Write or check the archive; give the exit code."""
    content = bala(SOURCES)
    if "--check" not in arguments:
        ARCHIVE.write_bytes(content)
        return 0
    if ARCHIVE.read_bytes() == content:
        return 0
    print(f"{ARCHIVE.name} does not belong to {SOURCES.name}: run 'make fixtures'", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
