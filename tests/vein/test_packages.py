"""Shards as the composer handles them: from a project's directory, or built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from semverdiff.artifact import Provenance
from semverdiff.errors import ManifestError, NothingToCheckError
from semverdiff.vein import read_shard_file
from semverdiff.vein.package import as_shard, package_of_shard, read_package

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.artifact import Artifact

_SOURCE = '#space "shapes"\npublic class Circle { }\n'
_PROJECT = 'version: "1.0.0"\npackages: [money@1.2.0]\n'


@pytest.fixture(name="root")
def root_fixture(tmp_path: Path) -> Path:
    (tmp_path / "shapes.vproj").write_text(_PROJECT, encoding="utf-8")
    (tmp_path / "circle.vein").write_text(_SOURCE, encoding="utf-8")
    return tmp_path


@pytest.fixture(name="built")
def built_fixture(shared: Path) -> Path:
    return shared / "vein" / "shard-made" / "demo-1.0.0.shard"


def test_a_project_is_named_by_its_file_where_it_says_no_name(root: Path) -> None:
    package = read_package(root)
    assert (package.identity.package, package.version, package.module_names) == (
        "shapes",
        "1.0.0",
        ("shapes",),
    )
    assert package.contents == (_SOURCE.encode(),)


def test_decisions_beside_the_project_file_belong_to_it(root: Path) -> None:
    assert read_package(root).semver_toml is None
    (root / "Semver.toml").write_text("[rules]\n", encoding="utf-8")
    assert read_package(root).semver_toml == b"[rules]\n"


def test_what_it_is_built_with_stands_in_the_file_that_lists_it(root: Path, built: Path) -> None:
    file, listed = read_package(root).listed
    assert (file, [(one.name, one.version) for one in listed]) == ("shapes.vproj", [("money", "1.2.0")])
    assert read_package(built).listed[0] == "manifest.json"


def test_a_project_without_a_version_is_told_what_to_write(root: Path) -> None:
    (root / "shapes.vproj").write_text("name: shapes\n", encoding="utf-8")
    with pytest.raises(ManifestError, match=r"it says no version: write .* into shapes\.vproj"):
        read_package(root)


def test_a_workload_has_no_api(root: Path) -> None:
    (root / "shapes.vproj").write_text(f"{_PROJECT}hasWorkload: true\n", encoding="utf-8")
    with pytest.raises(NothingToCheckError, match="is a workload"):
        read_package(root)


def test_a_built_shard_is_told_apart_by_its_digest(built: Path) -> None:
    shard = read_shard_file(built)
    assert package_of_shard(shard).contents == (str(shard.provenance.digest).encode(),)
    # Two of which no digest is known are not the same for that.
    unknown = replace(shard, provenance=Provenance("local"))
    assert package_of_shard(unknown).contents == ()


def test_a_package_of_another_ecosystem_is_no_shard(root: Path) -> None:
    shard: Artifact = read_package(root)
    assert as_shard(shard) is shard
    with pytest.raises(TypeError, match="toy is no shard"):
        as_shard(_Toy())  # type: ignore[arg-type] # what the test is about


class _Toy:
    name = "toy"
