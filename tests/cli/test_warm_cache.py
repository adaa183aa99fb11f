"""The second check of the day: no downloads, and the same answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cli.examples import OLD
from support.archives import build_bala
from support.central import Published, serve_central
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

_TABLE = [
    Published("acme", "shop", "1.3.0", build_bala("acme", "shop", "1.3.0", {"modules/shop/lib.bal": OLD}))
]


@pytest.mark.slow
def test_a_warm_check_asks_nobody_and_loads_no_network(process: Semver, new: Path) -> None:
    check = ("check", str(new), "--format", "json")
    with serve_central(_TABLE) as central:
        cold = process(*check, SEMVERDIFF_CENTRAL_URL=central.address)
        asked = central.endpoints
        warm = process(*check, SEMVERDIFF_CENTRAL_URL=central.address)
        asked_when_warm = central.endpoints[len(asked) :]
        process(*check, "--refresh", SEMVERDIFF_CENTRAL_URL=central.address)
        asked_for_refreshing = central.endpoints[len(asked) :]
    assert (asked, asked_when_warm) == (("versions", "metadata", "file"), ())
    assert asked_for_refreshing == asked
    assert (cold.code, warm.code) == (1, 1)
    assert json.loads(warm.out) == json.loads(cold.out)


@pytest.mark.slow
def test_packages_of_one_cache_do_not_answer_for_each_other(
    tmp_path: Path, process: Semver, new: Path
) -> None:
    other = write_package(tmp_path / "other", {"lib.bal": OLD, "Ballerina.toml": manifest(name="store")})
    with serve_central(_TABLE) as central:
        process("check", str(new), SEMVERDIFF_CENTRAL_URL=central.address)
        ended = process("check", str(other), "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    assert json.loads(ended.out)["outcome"] == "first-release"
