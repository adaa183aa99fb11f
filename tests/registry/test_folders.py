"""Where packages lie on this machine, and what of them is known by their names alone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff import registry
from semverdiff.registry import Environment
from semverdiff.registry.folders import PackageName, bala_folder, folder_name, generation_folder, may_lie_here

_PACKAGE = PackageName("acme", "shop")
_HOME = Path("home")
_ENVIRONMENT = Environment(_HOME, downloads=Path("cache"))
_PLACES = {
    "what we have downloaded": generation_folder(_ENVIRONMENT) / "answers" / folder_name(_ENVIRONMENT.base),
    "what bal has pulled": bala_folder(_ENVIRONMENT, _ENVIRONMENT.cache),
    "what was pushed": bala_folder(_ENVIRONMENT, "local"),
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@given(st.text(st.characters(codec="utf-8")) | st.just("https://api.example.org/2.0/registry?a=ä~"))
def test_the_folder_of_a_registry_is_its_address_percent_encoded(address: str) -> None:
    assert folder_name(address) == quote(address, safe="")


@pytest.mark.parametrize("place", _PLACES.values(), ids=_PLACES.keys())
def test_a_package_may_lie_where_it_has_a_folder(place: Path) -> None:
    other = place / "acme" / "other"
    other.mkdir(parents=True)
    assert not may_lie_here(_PACKAGE, _ENVIRONMENT)
    (place / "acme" / "shop").mkdir()
    assert may_lie_here(_PACKAGE, _ENVIRONMENT)


def test_what_we_download_is_looked_for_where_it_is_stored() -> None:
    registry.cache_of(_ENVIRONMENT).store_answer(f"{folder_name(_ENVIRONMENT.base)}/acme/shop/versions", b"")
    assert may_lie_here(_PACKAGE, _ENVIRONMENT)


@pytest.mark.parametrize("place", _PLACES.values(), ids=_PLACES.keys())
def test_below_a_file_lies_nothing(place: Path) -> None:
    place.mkdir(parents=True)
    (place / "acme").touch()
    assert not may_lie_here(_PACKAGE, _ENVIRONMENT)


@pytest.mark.parametrize("place", _PLACES.values(), ids=_PLACES.keys())
def test_what_cannot_be_read_counts_as_there(place: Path) -> None:
    place.mkdir(parents=True)
    (place / "acme").symlink_to("acme")
    assert may_lie_here(_PACKAGE, _ENVIRONMENT)
