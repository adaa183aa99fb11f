"""The readme and the addresses of a distribution, as an index shows them."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.readers import checkout

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

pytestmark = pytest.mark.slow

_PREPARE = "from setuptools import build_meta; print(build_meta.prepare_metadata_for_build_wheel('.'))"
_LINK = re.compile(r"\]\(([^)]*)\)")


def metadata_of(folder: Path, **variables: str) -> Message:
    """Return the metadata of a wheel of this checkout."""
    checkout(folder)
    variables["PATH"] = os.defpath
    done = subprocess.run(
        [sys.executable, "-c", _PREPARE],
        cwd=folder / "semverdiff",
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    written = folder / "semverdiff" / done.stdout.splitlines()[-1] / "METADATA"
    return email.message_from_string(written.read_text("utf-8"))


def test_a_release_has_links_to_the_tag_of_its_version(tmp_path: Path) -> None:
    metadata = metadata_of(tmp_path, SEMVERDIFF_REPOSITORY="https://git.example.org/acme/semverdiff/")
    links = _LINK.findall(str(metadata.get_payload()))
    version = metadata["Version"]
    repository = "https://git.example.org/acme/semverdiff"
    assert f"{repository}/blob/v{version}/docs/tutorial/index.md" in links
    assert f"{repository}/raw/v{version}/docs/example/verdict.png" in links
    assert [one for one in links if not one.startswith("https://")] == []
    assert metadata.get_all("Project-URL") == [
        f"Source, {repository}",
        f"Documentation, {repository}/blob/v{version}/docs/index.md",
        f"Changelog, {repository}/blob/v{version}/CHANGELOG.md",
        f"Security, {repository}/blob/v{version}/SECURITY.md",
    ]
    assert metadata["Description-Content-Type"] == "text/markdown"


def test_whoever_builds_it_elsewhere_gets_no_link_that_leads_nowhere(tmp_path: Path) -> None:
    metadata = metadata_of(tmp_path)
    readme = str(metadata.get_payload())
    assert _LINK.findall(readme) == []
    assert "The tutorial: the life of a package" in readme
    assert metadata.get_all("Project-URL") is None
