"""Archives of dependencies: from the workspace, from this machine, and from Central if that is wanted."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from support.central import Fault, Published, refused_address, serve_central, status, with_body
from support.registries import Pauses, bala, published, table

from semverdiff.baselines import find_dependency
from semverdiff.errors import NetworkError
from semverdiff.packages import Dependency, Package, Unavailable
from semverdiff.registry import Environment, Timeouts

if TYPE_CHECKING:
    from pathlib import Path

_NOT_HERE = "it is not on this machine"
_NOWHERE = "http://127.0.0.1:1/2.0/registry"


def _around(folder: Path, address: str = _NOWHERE, *, offline: bool = False) -> Environment:
    return Environment(
        folder,
        base=address,
        downloads=folder / "downloads",
        clock=Pauses().clock(),
        timeouts=Timeouts(connect=5, read=5, retries=1),
        offline=offline,
    )


def _pull(folder: Path, version: str) -> Path:
    """Put a version where `bal pull` does."""
    there = folder / "repositories/central.ballerina.io/bala/acme/shop" / version / "any"
    zipfile.ZipFile(io.BytesIO(bala(version))).extractall(there)
    return there


def _version(package: Package | Unavailable) -> str | None:
    return None if isinstance(package, Unavailable) else package.version


@pytest.mark.parametrize(
    ("wanted", "found"), [("1.3.0", "1.3.0"), ("1.0.0", "1.0.0"), ("1.2.0", None), (None, "2.0.0")]
)
def test_what_bal_has_pulled_is_found(tmp_path: Path, wanted: str | None, found: str | None) -> None:
    for version in ("1.0.0", "1.3.0", "2.0.0", "2.1.0-rc.1"):
        _pull(tmp_path, version)
    assert _version(find_dependency(Dependency("acme", "shop", wanted), _around(tmp_path))) == found


def test_nobody_is_asked_unless_wanted_and_online(tmp_path: Path) -> None:
    with serve_central(table()) as central:
        around, offline = _around(tmp_path, central.address), _around(tmp_path, central.address, offline=True)
        unwanted = find_dependency(Dependency("acme", "shop", "1.3.0"), around)
        unreached = find_dependency(Dependency("acme", "shop", "1.3.0"), offline, fetch=True)
        assert unwanted == Unavailable(_NOT_HERE, "run with --dependencies fetch", "bal pull acme/shop:1.3.0")
        assert unreached == Unavailable(_NOT_HERE, "run without --offline", "bal pull acme/shop:1.3.0")
        assert central.requests == ()


def test_what_was_fetched_is_kept_for_the_next_time(tmp_path: Path) -> None:
    with serve_central(table()) as central:
        around = _around(tmp_path, central.address)
        told: list[str] = []
        fetched = find_dependency(
            Dependency("acme", "shop", "1.3.0"), around, fetch=True, announce=told.append
        )
        asked = len(central.requests)
        again = find_dependency(Dependency("acme", "shop", "1.3.0"), around, fetch=True, announce=told.append)
        assert len(central.requests) == asked
        assert told == ["fetching acme/shop 1.3.0"]
    assert _version(fetched) == "1.3.0"
    assert isinstance(fetched, Package)
    assert fetched.provenance.digest_verified
    assert (
        find_dependency(Dependency("acme", "shop", "1.3.0"), _around(tmp_path, central.address, offline=True))
        == again
    )


def test_a_deprecated_version_is_the_dependency_nevertheless(tmp_path: Path) -> None:
    with serve_central([published("1.3.0", deprecated="use 2"), published("2.0.0")]) as central:
        found = find_dependency(
            Dependency("acme", "shop", "1.3.0"), _around(tmp_path, central.address), fetch=True
        )
    assert _version(found) == "1.3.0"


@pytest.mark.parametrize(
    ("version", "says"), [("4.0.0", "is not published"), (None, "shows no version of it")]
)
def test_what_central_does_not_have_is_absent(tmp_path: Path, version: str | None, says: str) -> None:
    rows = table() if version is not None else []
    with serve_central(rows) as central:
        found = find_dependency(
            Dependency("acme", "shop", version), _around(tmp_path, central.address), fetch=True
        )
    assert isinstance(found, Unavailable)
    assert says in found.why


def test_a_damaged_folder_is_fetched_again_and_absent_offline(tmp_path: Path) -> None:
    (_pull(tmp_path, "1.3.0") / "package.json").unlink()
    damaged = find_dependency(Dependency("acme", "shop", "1.3.0"), _around(tmp_path, offline=True))
    assert isinstance(damaged, Unavailable)
    assert "1.3.0 on this machine was not used" in damaged.why
    with serve_central(table()) as central:
        found = find_dependency(
            Dependency("acme", "shop", "1.3.0"), _around(tmp_path, central.address), fetch=True
        )
    assert _version(found) == "1.3.0"


def test_an_archive_that_is_none_is_absent(tmp_path: Path) -> None:
    with serve_central([Published("acme", "shop", "1.3.0", b"no archive at all")]) as central:
        around = _around(tmp_path, central.address)
        found = find_dependency(Dependency("acme", "shop", "1.3.0"), around, fetch=True)
    assert isinstance(found, Unavailable)
    assert "is not a Ballerina archive" in found.why


def test_an_answer_that_is_none_is_an_error(tmp_path: Path) -> None:
    fault = Fault("versions", status(503))
    with serve_central(table(), [fault]) as central, pytest.raises(NetworkError):
        find_dependency(Dependency("acme", "shop", "1.3.0"), _around(tmp_path, central.address), fetch=True)


def test_an_archive_that_is_not_the_announced_one_is_absent(tmp_path: Path) -> None:
    fault = Fault("file", with_body(b"PK another archive"))
    with serve_central(table(), [fault]) as central:
        around = _around(tmp_path, central.address)
        found = find_dependency(Dependency("acme", "shop", "1.3.0"), around, fetch=True)
    assert isinstance(found, Unavailable)
    assert "another digest" in found.why


def test_a_registry_that_nobody_runs_is_an_error(tmp_path: Path) -> None:
    with refused_address() as address, pytest.raises(NetworkError):
        find_dependency(Dependency("acme", "shop", "1.3.0"), _around(tmp_path, address), fetch=True)


@pytest.mark.parametrize(
    ("organization", "name", "version"),
    [
        ("..", "shop", "1.3.0"),
        ("acme", "../../etc", "1.3.0"),
        ("acme", "", "1.3.0"),
        ("acme", "shop", "../1.3.0"),
        ("acme", "shop", "latest"),
        ("acme", "shop", ""),
    ],
)
def test_names_that_are_none_lead_nowhere(tmp_path: Path, organization: str, name: str, version: str) -> None:
    with serve_central(table()) as central:
        around = _around(tmp_path, central.address)
        found = find_dependency(Dependency(organization, name, version), around, fetch=True)
    assert isinstance(found, Unavailable)
    assert central.requests == ()


def test_a_folder_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    there = tmp_path / "repositories/central.ballerina.io/bala/acme/shop"
    there.parent.mkdir(parents=True)
    there.symlink_to(there)
    found = find_dependency(Dependency("acme", "shop", None), _around(tmp_path))
    assert isinstance(found, Unavailable)
    assert found.why.startswith("the repository on this machine cannot be read (Too many levels of symbolic")
    assert found.command == "bal pull acme/shop"


def test_what_was_pushed_locally_is_found_last(tmp_path: Path) -> None:
    there = tmp_path / "repositories/local/bala/acme/shop/1.3.0/any"
    zipfile.ZipFile(io.BytesIO(bala("1.3.0"))).extractall(there)
    dependency = Dependency("acme", "shop", "1.3.0")

    pushed = find_dependency(dependency, _around(tmp_path))
    _pull(tmp_path, "1.3.0")
    pulled = find_dependency(dependency, _around(tmp_path))

    assert isinstance(pushed, Package)
    assert isinstance(pulled, Package)
    assert (pushed.provenance.source, pulled.provenance.source) == ("repository", "central")
