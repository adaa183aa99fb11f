"""The nine archives that others built."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from semverdiff.errors import ArchiveError
from semverdiff.packages import read_package

if TYPE_CHECKING:
    from pathlib import Path

# File, identity, modules (exported or not, with their files).
READABLE = [
    (
        "bctestorg-disttestpackbeta6-any-1.1.0.bala",
        ("bctestorg", "disttestpackbeta6", "1.1.0", "slbeta6"),
        {"disttestpackbeta6": (True, ["modules/disttestpackbeta6/disttestpackbeta6.bal"])},
    ),
    (
        "bctestorg-disttestmultiples-any-1.1.0.bala",
        ("bctestorg", "disttestmultiples", "1.1.0", "slbeta6"),
        {"disttestmultiples": (True, ["modules/disttestmultiples/disttestmultiples.bal"])},
    ),
    (
        "bctestorg-forwardpack1-any-1.1.0.bala",
        ("bctestorg", "forwardpack1", "1.1.0", "9999.0.0"),
        {"forwardpack1": (True, ["modules/forwardpack1/forwardpack1.bal"])},
    ),
    (
        "luheerathan-pact-any-0.2.0.bala",
        ("luheerathan", "pact", "0.2.0", "2201.8.0-SNAPSHOT"),
        {"pact": (True, ["modules/pact/main.bal"])},
    ),
    (
        "sf-any.bala",
        ("foo", "winery", "0.1.0", "Ballerina 2.0.0"),
        {"winery": (True, ["modules/winery/main.bal"])},
    ),
    (
        "testorg-myproject-any-0.1.0.bala",
        ("testorg", "myproject", "0.1.0", None),
        {"myproject": (True, ["main.bal", "util.bal"])},
    ),
    (
        "testorg-multimoduleproject-any-0.1.0.bala",
        ("testorg", "multimoduleproject", "0.1.0", None),
        {
            "multimoduleproject": (True, ["main.bal", "utils.bal"]),
            "multimoduleproject.services": (False, ["modules/services/svc.bal"]),
            "multimoduleproject.storage": (False, ["modules/storage/db.bal"]),
        },
    ),
]


@pytest.mark.parametrize(("file", "identity", "modules"), READABLE, ids=[case[0] for case in READABLE])
def test_an_archive_is_read_whatever_its_generation_and_name(
    shared: Path,
    file: str,
    identity: tuple[str, str, str, str | None],
    modules: dict[str, tuple[bool, list[str]]],
) -> None:
    package = read_package(shared / "balas" / file)

    assert (package.organization, package.name, package.version, package.manifest.distribution) == identity
    assert {
        module.name: (module.exported, [source.path for source in module.files]) for module in package.modules
    } == modules
    assert package.platform == "any"
    assert all(source.content for module in package.modules for source in module.files)


def test_the_digest_is_that_of_the_whole_archive(shared: Path) -> None:
    file = shared / "balas" / "luheerathan-pact-any-0.2.0.bala"

    provenance = read_package(file).provenance

    assert provenance.source == "bala"
    assert provenance.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert not provenance.digest_verified


def test_a_graph_about_other_packages_says_nothing_about_this_one(shared: Path) -> None:
    package = read_package(shared / "balas" / "sf-any.bala")

    assert package.manifest.dependencies == ()
    assert not package.manifest.dependencies_resolved
    assert package.notes == (
        "sf-any.bala: no dependency graph names the package, so its dependencies are not known.",
    )


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("commons-2020r1-any-0.1.0.balo", "is an archive of Ballerina 1.x (balo 1.0.0"),
        ("my.app-2018.balo", "has the binary format of 2018"),
    ],
)
def test_an_archive_of_before_swan_lake_is_refused_by_name(shared: Path, file: str, why: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        read_package(shared / "balas" / file)

    assert str(caught.value).startswith(f"'{file}' {why}")
