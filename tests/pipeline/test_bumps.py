"""The packages that a bump is checked beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.packages import manifest, write_package

from semverdiff.config import Settings
from semverdiff.pipeline import Wish, bumps_of
from semverdiff.pipeline.runs import check_on_grounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from semverdiff.packages import Package
    from semverdiff.pipeline.dependencies import Workspace
    from semverdiff.pipeline.grounds import Grounds
    from semverdiff.reports import Report


@pytest.mark.parametrize(("count", "neighbours"), [(1, [0]), (2, [2, 2])])
def test_a_package_that_is_bumped_alone_is_compared_without_neighbours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, neighbours: list[int]
) -> None:
    seen: list[int] = []

    def noted(
        candidate: Package, settings: Settings, workspace: Workspace, announce: Callable[[str], None]
    ) -> tuple[Report, Grounds]:
        seen.append(len(workspace.neighbours))
        return check_on_grounds(candidate, settings, workspace, announce)

    monkeypatch.setattr("semverdiff.pipeline.bumps.check_on_grounds", noted)
    roots = [
        write_package(
            tmp_path / name, {"Ballerina.toml": manifest("1.0.0", name), "lib.bal": "public const A = 1;\n"}
        )
        for name in ("one", "two")
    ]
    targets = [(root, Settings(root, baseline="none")) for root in roots]

    bumps_of(targets[:count], roots, Wish(), lambda _: None)

    assert seen == neighbours
