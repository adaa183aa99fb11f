"""What the composer asks of shards, and Ballerina alone has more to say about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.git_repositories import commit, repository_at
from support.vein_projects import OLD, write_project

from semverdiff.registry import Environment
from semverdiff.vein.baselines import VEIN_BASELINES
from semverdiff.vein.front_end import FRONT_END

if TYPE_CHECKING:
    from pathlib import Path


def test_the_api_of_a_shard_is_what_its_clients_see(tmp_path: Path) -> None:
    hidden = "private class Hidden { }\n"
    package = FRONT_END.read_candidate(write_project(tmp_path / "shapes", "1.2.0.3", OLD + hidden))
    (module,) = FRONT_END.api_of(package)
    assert [symbol.name for symbol in module.symbols] == ["Circle"]


def test_a_revision_is_a_baseline_wherever_it_is_asked_for(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shapes")
    write_project(root, "1.2.0.3", OLD)
    commit(root, {}, tag="v1")
    candidate = FRONT_END.read_candidate(root).identity
    environment = Environment(tmp_path, place=root)
    found = VEIN_BASELINES.resolve(VEIN_BASELINES.parse_revision("v1"), candidate, environment)
    assert found.package is not None
    assert (found.package.version, found.package.provenance.source) == ("1.2.0.3", "git")


def test_shards_are_members_of_no_workspace_that_a_change_set_could_take_them_from(tmp_path: Path) -> None:
    assert VEIN_BASELINES.lost_members("main", tmp_path, []) == {}
