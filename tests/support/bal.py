"""A stand-in for `bal` in documents: `bal pack` and `bal push`, as far as `semver` sees what they do.

It compiles nothing and prints nothing; the pages leave out what `bal` prints. What is pushed goes into the
folder `BALLERINA_CENTRAL`, from where it is published, or into the local repository.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tomllib
import zipfile
from pathlib import Path

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.archives import archived_layout, build_bala

__all__ = ["main"]

# What the package.json of an archive tells about a package, by the key of Ballerina.toml.
_TOLD = {"licenses": "license", "keywords": "keywords", "source_repository": "repository"}


def main(arguments: list[str]) -> str | None:
    """Run a command in the package of the current directory; return what is wrong."""
    manifest = tomllib.loads(Path("Ballerina.toml").read_text("utf-8"))["package"]
    organization, name, version = manifest["org"], manifest["name"], manifest["version"]
    archive = Path("target", "bala", f"{organization}-{name}-any-{version}.bala")
    match arguments:
        case ["pack"]:
            sources = {path.as_posix(): path.read_text("utf-8") for path in Path().rglob("*.bal")}
            shutil.rmtree(archive.parent, ignore_errors=True)
            archive.parent.mkdir(parents=True)
            files = {"docs/README.md": Path("README.md").read_text("utf-8"), **archived_layout(name, sources)}
            told = {key: manifest.get(source) for key, source in _TOLD.items()}
            archive.write_bytes(
                build_bala(organization, name, version, files, readme="docs/README.md", **told)
            )
        case ["push"]:
            shutil.copy(archive, os.environ["BALLERINA_CENTRAL"])
        case ["push", "--repository=local"]:
            home = Path(os.environ["HOME"], ".ballerina", "repositories", "local", "bala")
            with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as opened:
                opened.extractall(home / organization / name / version / "any")
        case _:
            return f"the stand-in for bal has no: {' '.join(arguments)}"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
