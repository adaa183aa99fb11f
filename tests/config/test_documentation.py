"""The page about Semver.toml: its example is right, and names every option that there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff.config import Options, SemverToml, Vocabulary, combine
from semverdiff.config.model import OPTIONS
from semverdiff.publish import publish_rules
from semverdiff.reports import FORMATS
from semverdiff.rules import all_rules
from semverdiff.versions import SEMANTIC, any_scheme

if TYPE_CHECKING:
    from semverdiff.config import Settings


def _example(repository: Path) -> str:
    page = (repository / "docs/reference/semver-toml.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return str(example)


def _settled(text: str) -> Settings:
    vocabulary = Vocabulary(
        FORMATS,
        lambda: [one.id for one in all_rules()],
        lambda: "0.1.0",
        any_scheme(SEMANTIC),
        lambda: dict.fromkeys((one.id for one in publish_rules()), "error"),
    )
    return combine(Path(), Options(), {}, SemverToml(text.encode()), vocabulary)


def test_the_example_is_right(repository: Path) -> None:
    settings = _settled(_example(repository))
    assert (len(settings.rules), len(settings.suppressions), settings.merge_base) == (2, 3, "origin/main")


def test_the_example_names_every_option(repository: Path) -> None:
    (check,) = re.findall(r"^\[check\](.*?)^\[", _example(repository), re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"^([a-z-]+) =", check, re.MULTILINE)) == set(OPTIONS)
