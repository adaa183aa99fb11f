"""All packages that Central has, of an organization or by a text: page by page, up to an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.central import Fault, Published, json_value, serve_central, status

from semverdiff import limits
from semverdiff.errors import NetworkError
from semverdiff.registry import Environment, open_central

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.central import Reply

TABLE = [
    *(Published("acme", f"shop{number:03}", "1.0.0") for number in range(230)),
    Published("acme", "till", "1.0.0", private=True),
    Published("other", "shop", "1.0.0"),
]


def listed(directory: Path, text: str, organization: str | None, *faults: Fault) -> tuple[list[str], int]:
    """Return the packages that are found, and how often was asked."""
    with (
        serve_central(TABLE, faults) as central,
        open_central(Environment(directory, base=central.address)) as registry,
    ):
        found = registry.find_packages(text, organization)
        return [str(one) for one in found], len(central.requests)


def test_all_pages_are_read(tmp_path: Path) -> None:
    names, requests = listed(tmp_path, "", "acme")
    assert names == [f"acme/shop{number:03}" for number in range(230)]
    assert requests == 3


def test_a_text_finds_packages_of_all_organizations(tmp_path: Path) -> None:
    names, _ = listed(tmp_path, "shop", None)
    assert len(names) == 231
    assert names[-1] == "other/shop"


def test_nothing_is_found_by_one_question(tmp_path: Path) -> None:
    assert listed(tmp_path, "", "nobody") == ([], 1)


def test_a_page_without_packages_is_the_last(tmp_path: Path) -> None:
    assert listed(tmp_path, "", "acme", Fault("search", json_value({"packages": [], "count": 10**9}))) == (
        [],
        1,
    )


def test_a_list_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LISTED_PACKAGES", 250)
    endless = {"packages": [{"organization": "acme", "name": "shop"}] * 100, "count": 10**9}
    with pytest.raises(NetworkError, match="lists more than 250 packages: ask for fewer of them"):
        listed(tmp_path, "", "acme", Fault("search", json_value(endless)))


REFUSED: dict[str, tuple[Callable[[Reply], Reply], str]] = {
    "no count": (json_value({"packages": []}), "a number for 'count'"),
    "a count that is none": (json_value({"packages": [], "count": True}), "a number for 'count'"),
    "no list": (json_value({"packages": 1, "count": 1}), "a list of packages"),
    "an error": (status(400, "no such organization"), "the packages of acme"),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_list_is_refused(change: Callable[[Reply], Reply], message: str, tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match=message):
        listed(tmp_path, "", "acme", Fault("search", change))
