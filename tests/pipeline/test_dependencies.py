"""The packages that both sides of a check were built with: where they are looked for, and how often."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.central import Fault, serve_central, status
from support.git_repositories import commit, git, repository_at
from support.packages import manifest, package
from support.registries import Pauses, bala

from semverdiff.artifact import Provenance
from semverdiff.ballerina.dependencies import dependencies_of
from semverdiff.baselines import Baseline
from semverdiff.config import Settings
from semverdiff.packages import Dependency, Package, Unavailable, read_directory
from semverdiff.pipeline import Grounds, Neighbour
from semverdiff.pipeline.model import JudgingSettings
from semverdiff.registry import Environment, Timeouts

if TYPE_CHECKING:
    from collections.abc import Iterator

_SILENT = Unavailable("Ballerina Central does not answer", "try again")


def _grounds(
    settings: Settings,
    folder: Path,
    address: str = "http://127.0.0.1:1",
    source: str = "central",
) -> Grounds:
    environment = Environment(
        folder,
        base=address,
        downloads=folder / "downloads",
        clock=Pauses().clock(),
        timeouts=Timeouts(connect=5, read=5, retries=0),
    )
    old = replace(package(""), provenance=Provenance(source))
    return Grounds(JudgingSettings(settings), environment, Baseline(old, "before"))


def test_a_central_that_does_not_answer_hides_nothing_that_is_at_hand(tmp_path: Path) -> None:
    there = tmp_path / "repositories/central.ballerina.io/bala/acme/shop/1.3.0/any"
    zipfile.ZipFile(io.BytesIO(bala("1.3.0"))).extractall(there)
    with serve_central([], [Fault("versions", status(400))]) as central:
        find = dependencies_of(
            _grounds(Settings(Path(), dependencies="fetch"), tmp_path, central.address)
        ).find
        assert find is not None
        assert find(Dependency("acme", "gold", "1.0.0")) == _SILENT
        asked = len(central.endpoints)
        assert asked > 0
        at_hand = find(Dependency("acme", "shop", "1.3.0"))
        assert isinstance(at_hand, Package)
        assert find(Dependency("acme", "money", "1.0.0")) == _SILENT
        assert len(central.endpoints) == asked


def test_a_neighbour_that_a_revision_lacks_is_looked_for_where_it_is_published(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "work")
    commit(root, {"shop/Ballerina.toml": manifest("1.0.0"), "shop/a.bal": ""})
    git(root, "switch", "--quiet", "--create", "change")
    commit(root, {"tax/Ballerina.toml": manifest("1.0.0", "tax"), "tax/a.bal": ""})
    tax, shop = (Neighbour(read_directory(root / name), root / name) for name in ("tax", "shop"))
    settings = Settings(root / "shop", dependencies="local")
    context = dependencies_of(
        _grounds(settings, tmp_path, source="git"), {("acme", "tax"): tax, ("acme", "shop"): shop}, "main"
    )
    assert context.find is not None
    assert context.find_old is not None
    wanted = Dependency("acme", "tax", "1.0.0")
    assert context.find(wanted) is tax.package
    assert isinstance(context.find_old(wanted), Unavailable)


@pytest.mark.parametrize("revision", ["main", "nowhere"])
def test_a_neighbour_is_looked_for_in_a_revision_once(tmp_path: Path, revision: str) -> None:
    root = repository_at(tmp_path / "work")
    for name in ("shop", "tax"):
        commit(root, {f"{name}/Ballerina.toml": manifest("1.0.0", name), f"{name}/a.bal": ""})
    tax, shop = (Neighbour(read_directory(root / name), root / name) for name in ("tax", "shop"))
    settings = Settings(root / "shop", dependencies="local")
    context = dependencies_of(
        _grounds(settings, tmp_path, source="git"), {("acme", "tax"): tax, ("acme", "shop"): shop}, revision
    )
    assert context.find_old is not None
    first, second = (context.find_old(Dependency("acme", "tax", "1.0.0")) for _ in range(2))
    assert first is second
    assert isinstance(first, Package) is (revision == "main")


class _Asked(dict[tuple[str | None, str], Neighbour]):
    """Neighbours that are asked for by name, and never listed."""

    def __iter__(self) -> Iterator[tuple[str | None, str]]:
        raise AssertionError("listed for one package, they are listed for each of a workspace")


def test_each_package_of_a_workspace_asks_for_its_neighbours_by_name(tmp_path: Path) -> None:
    neighbour = Neighbour(package(""), tmp_path)
    settings = Settings(tmp_path, dependencies="local")
    context = dependencies_of(_grounds(settings, tmp_path), _Asked({("acme", "shop"): neighbour}))
    assert ("acme", "shop") in context.members
    assert ("acme", "tax") not in context.members
    assert context.find is not None
    assert context.find(Dependency("acme", "shop", "1.0.0")) is neighbour.package
