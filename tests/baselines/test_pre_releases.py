"""The pre-release of the same version that was published before a candidate that is one, too."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from support.central import serve_central
from support.maven import index_of, serve_maven
from support.registries import Pauses, bala, candidate, published

from semverdiff.baselines import (
    AtRevision,
    Auto,
    Baseline,
    Central,
    InRepository,
    Local,
    NoBaseline,
    resolve,
    resolve_pre_release,
)
from semverdiff.registry import Environment
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from semverdiff.baselines import Spec

TABLE = [published(version) for version in ("1.4.0-beta.2", "1.4.0-beta.1", "1.3.0")]


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Environment]:
    with serve_central(TABLE) as central:
        yield Environment(
            tmp_path, base=central.address, downloads=tmp_path / "downloads", clock=Pauses().clock()
        )


def earlier(
    around: Environment, version: str, spec: Spec, baseline: Baseline | None = None
) -> Baseline | None:
    identity = candidate(version).identity
    base = resolve(Auto(), identity, around) if baseline is None else baseline
    return resolve_pre_release(spec, base, identity, around)


@pytest.mark.parametrize("spec", [Auto(), Central(None)])
@pytest.mark.parametrize(
    ("version", "found"),
    [("1.4.0-beta.3", "1.4.0-beta.2"), ("1.4.0-beta.2", "1.4.0-beta.1"), ("1.4.0-beta.1", None)],
)
def test_the_highest_below_is_the_one_before(
    around: Environment, spec: Spec, version: str, found: str | None
) -> None:
    before = earlier(around, version, spec)
    assert (before and before.package and before.package.version) == found
    assert before is None or before.reason == "the pre-release before"


@pytest.mark.parametrize("version", ["1.4.0", "1.5.0-beta.1", "1.3.0"])
def test_no_other_version_has_one(around: Environment, version: str) -> None:
    assert earlier(around, version, Auto()) is None


def test_what_is_the_baseline_itself_is_not_compared_again(around: Environment) -> None:
    found = resolve(Central(parse_version("1.4.0-beta.2")), candidate("1.4.0-beta.3").identity, around)
    assert found.package is not None
    assert earlier(around, "1.4.0-beta.3", Auto(), found) is None
    assert earlier(around, "1.4.0-beta.3", Auto(), Baseline(None, "", published=found.published)) is None


@pytest.mark.parametrize("spec", [NoBaseline(), AtRevision("HEAD"), Central(parse_version("1.3.0"))])
def test_who_names_what_to_compare_with_gets_no_other(around: Environment, spec: Spec) -> None:
    assert earlier(around, "1.4.0-beta.3", spec) is None


def test_in_a_repository_of_maven_it_is_looked_for_there(tmp_path: Path) -> None:
    versions = ("1.3.0", "1.4.0-beta.2")
    served = {"acme/shop/maven-metadata.xml": index_of(*versions)}
    served |= {f"acme/shop/{version}/shop-{version}.bala": bala(version) for version in versions}
    with serve_maven(served) as maven:
        settings = f'[[repository.maven]]\nid = "nexus"\nurl = "{maven.address}"\n'
        (tmp_path / "Settings.toml").write_text(settings)
        environment = Environment(tmp_path, downloads=tmp_path / "downloads", clock=Pauses().clock())
        identity, spec = candidate("1.4.0-beta.3").identity, InRepository("nexus")
        baseline = resolve(spec, identity, environment)
        before = resolve_pre_release(spec, baseline, identity, environment)
    assert (baseline.package and baseline.package.version) == "1.3.0"
    assert (before and before.package and before.package.version) == "1.4.0-beta.2"


def test_in_the_local_repository_any_version_may_be_pushed_again(tmp_path: Path) -> None:
    place = tmp_path / "repositories" / "local" / "bala" / "acme" / "shop"
    for version in ("1.4.0-beta.2", "1.3.0"):
        zipfile.ZipFile(io.BytesIO(bala(version))).extractall(place / version / "any")
    environment = Environment(tmp_path, base="http://127.0.0.1:1", downloads=tmp_path / "downloads")
    identity = candidate("1.4.0-beta.3").identity
    baseline = resolve(Local(), identity, environment)
    assert (baseline.package and baseline.package.version) == "1.3.0"
    assert resolve_pre_release(Local(), baseline, identity, environment) is None
