"""Packages that a package was built against, out of what `bal` has pulled."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from baselines.examples import NAME, ORGANIZATION, bala

from semverdiff.baselines import Surroundings
from semverdiff.baselines.dependencies import pulled_dependency
from semverdiff.packages import Dependency

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def surroundings(tmp_path: Path) -> Surroundings:
    """Give a home of Ballerina with version 1.2.0 pulled whole, and 1.3.0 in part."""
    shelf = tmp_path / "repositories" / "central.ballerina.io" / "bala" / ORGANIZATION / NAME
    with zipfile.ZipFile(io.BytesIO(bala("1.2.0"))) as archive:
        archive.extractall(shelf / "1.2.0" / "any")
    (shelf / "1.3.0" / "any").mkdir(parents=True)
    return Surroundings(home=tmp_path)


def test_a_pulled_version_is_found(surroundings: Surroundings) -> None:
    found = pulled_dependency(surroundings, Dependency(ORGANIZATION, NAME, "1.2.0"))

    assert found is not None
    assert (found.organization, found.name, found.version) == (ORGANIZATION, NAME, "1.2.0")


@pytest.mark.parametrize(
    "dependency",
    [
        Dependency(ORGANIZATION, NAME, "1.3.0"),
        Dependency(ORGANIZATION, NAME, "9.9.9"),
        Dependency(ORGANIZATION, NAME, None),
        Dependency(ORGANIZATION, NAME, "latest"),
        Dependency("..", NAME, "1.2.0"),
        Dependency(ORGANIZATION, "../../secret", "1.2.0"),
    ],
    ids=str,
)
def test_what_is_not_there_whole_is_not_found(surroundings: Surroundings, dependency: Dependency) -> None:
    assert pulled_dependency(surroundings, dependency) is None
