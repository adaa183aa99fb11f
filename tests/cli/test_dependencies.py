"""Types of other packages: what their names mean is read from the archives that `bal` has pulled."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, cast

import pytest
from cli.examples import report_of
from support.archives import build_bala, dependency_graph
from support.central import Fault, Published, serve_central, status
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver
    from cli.examples import Ended

_DEPENDENCIES = """\
[ballerina]
dependencies-toml-version = "2"
distribution-version = "2201.10.0"

[[package]]
org = "acme"
name = "shop"
version = "{version}"
dependencies = [{{org = "acme", name = "money"}}]
modules = [{{org = "acme", packageName = "shop", moduleName = "shop"}}]

[[package]]
org = "acme"
name = "money"
version = "1.0.0"
modules = [{{org = "acme", packageName = "money", moduleName = "money"}}]
"""
_MONEY = "public type Amount decimal; public type Currency record {| string code; |};"
CHANGES = {
    "the same type": ("money:Amount", "decimal", "function-return-type-respelled"),
    "a wider type": ("money:Amount", "decimal|int", "function-return-type-widened"),
    "another type": ("money:Currency", "string", "function-return-type-changed"),
}


def _write(root: Path, version: str, result: str) -> Path:
    source = f"import acme/money;\n\npublic function price() returns {result} => make();\n"
    files: dict[str, str | bytes] = {
        "Ballerina.toml": manifest(version),
        "Dependencies.toml": _DEPENDENCIES.format(version=version),
        "lib.bal": source,
    }
    return write_package(root, files, version)


def _pull(home: Path) -> None:
    """Put the dependency where `bal pull` does."""
    archive = build_bala("acme", "money", "1.0.0", {"modules/money/main.bal": _MONEY})
    there = home / ".ballerina/repositories/central.ballerina.io/bala/acme/money/1.0.0/any"
    zipfile.ZipFile(io.BytesIO(archive)).extractall(there)


def findings_of(ended: Ended) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", report_of(ended)["findings"])


def _finding(semver: Semver, old: Path, new: Path) -> dict[str, str]:
    """Compare two packages that differ in one thing."""
    (found,) = findings_of(semver("diff", old, new, "--format", "json"))
    return found


@pytest.mark.parametrize(("old", "new", "rule"), CHANGES.values(), ids=CHANGES)
def test_a_dependency_at_hand_decides(semver: Semver, tmp_path: Path, old: str, new: str, rule: str) -> None:
    sides = _write(tmp_path / "old", "1.0.0", old), _write(tmp_path / "new", "2.0.0", new)
    _pull(tmp_path)
    found = _finding(semver, *sides)
    assert (found["rule"], found["certainty"]) == (rule, "proved")


def test_a_dependency_that_is_not_at_hand_leaves_it_open(semver: Semver, tmp_path: Path) -> None:
    sides = _write(tmp_path / "old", "1.0.0", "money:Amount"), _write(tmp_path / "new", "2.0.0", "decimal")
    found = _finding(semver, *sides)
    assert (found["rule"], found["certainty"]) == ("function-return-type-changed", "assumed")
    assert "what acme/money:Amount stands for was not read" in found["explanation"]


def _published(name: str, version: str, files: dict[str, str]) -> Published:
    dependency = {"org": "acme", "name": "money", "version": "1.0.0"}
    graph = dependency_graph("acme", name, version, *([dependency] if name == "shop" else []))
    content = build_bala("acme", name, version, {**files, "dependency-graph.json": graph})
    return Published("acme", name, version, content)


_SHOP = "import acme/money;\n\npublic function price() returns money:Amount => make();\n"


def test_what_was_compared_with_central_asks_it_for_dependencies_too(semver: Semver, tmp_path: Path) -> None:
    shop = _published("shop", "1.0.0", {"modules/shop/lib.bal": _SHOP})
    money = _published("money", "1.0.0", {"modules/money/main.bal": _MONEY})
    new = _write(tmp_path / "new", "2.0.0", "decimal|int")
    with serve_central([shop, money]) as central:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    (found,) = findings_of(ended)
    assert (found["rule"], found["certainty"]) == ("function-return-type-widened", "proved")


def test_a_dependency_that_cannot_be_had_does_not_fail_the_check(semver: Semver, tmp_path: Path) -> None:
    shop = _published("shop", "1.0.0", {"modules/shop/lib.bal": _SHOP})
    new = _write(tmp_path / "new", "2.0.0", "decimal|int")
    with serve_central([shop]) as central:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    (found,) = findings_of(ended)
    assert (ended.code, found["certainty"]) == (0, "assumed")


def test_a_central_that_answers_no_more_is_not_asked_again(semver: Semver, tmp_path: Path) -> None:
    names = ("money", "gold")
    source = "".join(
        f"import acme/{name}; public function {name}() returns {name}:T => make();" for name in names
    )
    dependencies = [{"org": "acme", "name": name, "version": "1.0.0"} for name in names]
    graph = dependency_graph("acme", "shop", "1.0.0", *dependencies)
    files = {"modules/shop/lib.bal": source, "dependency-graph.json": graph}
    shop = Published("acme", "shop", "1.0.0", build_bala("acme", "shop", "1.0.0", files))
    new = write_package(
        tmp_path / "new", {"lib.bal": source.replace("money:T", "int").replace("gold:T", "int")}
    )
    faults = [Fault("versions", lambda reply: reply, times=1), Fault("versions", status(400))]
    with serve_central([shop], faults) as central:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    assert [found["certainty"] for found in findings_of(ended)] == ["assumed", "assumed"]
    assert central.endpoints.count("versions") == 2
