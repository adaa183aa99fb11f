"""What the gallery asks of a shard, rule by rule, at its edges."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.archives import zip_of
from support.vein_modules import write_module

from semverdiff.artifact import Provenance
from semverdiff.baselines import Baseline
from semverdiff.config import PublishChoice, Settings
from semverdiff.packages import ListedTree, folders_of
from semverdiff.pipeline import Grounds
from semverdiff.pipeline.model import JudgingSettings
from semverdiff.registry import Environment
from semverdiff.vein.module import Module
from semverdiff.vein.package import read_package, read_tree
from semverdiff.vein.publication import PUBLISH_RULES, readiness_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.config import PublishWord
    from semverdiff.publish import Readiness
    from semverdiff.vein.package import ShardPackage

_WHOLE = {
    "name": "shapes",
    "version": '"1.0.0"',
    "description": "Circles",
    "license": "MIT",
    "packable": "true",
    "repository": "https://example.com/shapes",
    "author": "Someone",
}


def project(*, icon: str = "icon.png", **changed: str | None) -> ShardPackage:
    """Return a project that could be published, but for some keys."""
    keys = {key: value for key, value in {**_WHOLE, **changed}.items() if value is not None}
    files = {
        "shapes.vproj": "".join(f"{key}: {value}\n" for key, value in keys.items()).encode(),
        "a.vein": b'#space "shapes"\npublic class A { }\n',
        icon: b"",
    }
    return read_tree(ListedTree("shapes", folders_of(files), files.__getitem__), Provenance("directory"))


def problems(
    package: ShardPackage, decided: Mapping[str, PublishChoice] | None = None, *, is_published: bool = False
) -> dict[str, str]:
    """Return the severities of what is wrong, by rule."""
    found = readiness(package, decided, is_published=is_published)
    return {one.rule: one.severity.value for one in found.findings}


def readiness(
    package: ShardPackage, decided: Mapping[str, PublishChoice] | None = None, *, is_published: bool = False
) -> Readiness:
    settings = Settings(Path(), publish_rules=decided or {})
    baseline = Baseline(None, "nothing", candidate_is_published=is_published)
    nowhere = Path("nowhere")
    environment = Environment(nowhere, base="http://127.0.0.1:1", downloads=nowhere, place=nowhere)
    grounds = Grounds(JudgingSettings(settings), environment, baseline)
    return readiness_for(package, grounds)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({}, None),
        ({"icon": "Icon.png"}, "vein-icon-missing"),
        ({"name": "s"}, "vein-name-length"),
        ({"name": "sh"}, None),
        ({"name": "s" * 30}, None),
        ({"name": "s" * 31}, "vein-name-length"),
        ({"name": "Veins"}, "vein-name-reserved"),
        ({"name": "in.vein"}, None),
        ({"description": "d" * 70}, None),
        ({"description": "d" * 71}, "vein-description-long"),
        ({"description": None}, "vein-description-missing"),
        ({"packable": None}, "vein-not-packable"),
        ({"packable": "false"}, "vein-not-packable"),
        ({"license": None}, "vein-license-missing"),
        ({"license": "Unlicensed"}, "vein-license-missing"),
        ({"author": None}, "vein-authors-missing"),
        ({"author": "[{github: someone}]"}, "vein-authors-missing"),
        ({"repository": None}, "vein-repository-missing"),
    ],
)
def test_a_project_that_lacks_one_thing_has_one_finding(changed: dict[str, str], rule: str | None) -> None:
    found = problems(project(**changed))
    severities = {one.id: one.severity.value for one in PUBLISH_RULES}
    assert found == ({} if rule is None else {rule: severities[rule]})


def test_a_version_that_the_gallery_has_cannot_be_published_again() -> None:
    assert problems(project(), is_published=True) == {"vein-version-published": "error"}


@pytest.mark.parametrize(("word", "expected"), [("off", None), ("warning", "warning"), ("error", "error")])
def test_a_project_decides_about_the_rules(word: PublishWord, expected: str | None) -> None:
    decided = {
        "vein-icon-missing": PublishChoice(word, "error"),
        "vein-license-missing": PublishChoice(word, "warning"),
    }
    found = problems(project(icon="x.png", license=None), decided)
    assert found == ({} if expected is None else dict.fromkeys(decided, expected))


def test_errors_stand_before_warnings() -> None:
    package = project(description=None, icon="x.png")
    assert list(problems(package)) == ["vein-icon-missing", "vein-description-missing"]
    decided = {
        "vein-icon-missing": PublishChoice("warning", "error"),
        "vein-repository-missing": PublishChoice("error", "warning"),
    }
    package = project(repository=None, icon="x.png")
    assert list(problems(package, decided)) == ["vein-repository-missing", "vein-icon-missing"]


def test_a_built_shard_is_asked_what_its_manifest_says(shared: Path) -> None:
    found = problems(read_package(shared / "vein" / "shard-made" / "demo-1.0.0.shard"))
    assert "vein-not-packable" not in found
    assert "vein-icon-missing" not in found


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        (
            {},
            [
                "vein-description-missing",
                "vein-license-missing",
                "vein-authors-missing",
                "vein-repository-missing",
            ],
        ),
        (
            {
                "description": "Circles",
                "license": "MIT",
                "authors": [{"name": "Someone"}],
                "urls": {"repository": "https://example.com/shapes"},
            },
            [],
        ),
        (
            {"description": "d" * 71, "license": ""},
            [
                "vein-description-long",
                "vein-license-missing",
                "vein-authors-missing",
                "vein-repository-missing",
            ],
        ),
    ],
)
def test_a_built_shard_answers_for_itself(
    tmp_path: Path, said: Mapping[str, object], rules: list[str]
) -> None:
    archive = tmp_path / "shapes-1.0.0.shard"
    files: dict[str, str | bytes] = {
        "lib/shapes.wll": write_module(Module("shapes", "1.0.0.0", 28, (), (), (), (), (), (), ())),
        "manifest.json": json.dumps({"name": "shapes", "version": "1.0.0", **said}),
        "icon.png": b"",
    }
    archive.write_bytes(zip_of(files))
    found = readiness(read_package(archive)).findings
    assert {one.place for one in found} <= {None}
    assert [one.rule for one in found] == rules


def test_what_is_wrong_is_shown_where_the_version_stands() -> None:
    (finding,) = readiness(project(license=None)).findings
    assert finding.place is not None
    assert (finding.place.file, finding.place.line) == ("shapes.vproj", 2)
