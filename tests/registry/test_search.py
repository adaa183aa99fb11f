"""What a search of the registry finds, and what answers of it are not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.central import Fault, Published, json_value, serve_central, status

from semverdiff.errors import BaselineError
from semverdiff.registry import Environment, PackageName, open_central

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.central import Reply

TABLE = [
    Published("acme", "shop", "1.0.0"),
    Published("Acme", "Shop", "1.0.0"),
    Published("acme", "till", "1.0.0"),
]
SHOP = PackageName("acme", "shop")


def found(directory: Path, faults: list[Fault]) -> set[str]:
    with (
        serve_central(TABLE, faults) as central,
        open_central(Environment(directory, base=central.address)) as registry,
    ):
        return {str(one) for one in registry.packages_like(SHOP)}


ENTRIES = {
    "of any case": (None, {"acme/shop", "Acme/Shop"}),
    "none": ([], set()),
    "a name that is none": ([{"organization": "acme", "name": "a b"}], set()),
    "no name": ([{"organization": "acme"}], set()),
}


@pytest.mark.parametrize(("entries", "names"), ENTRIES.values(), ids=ENTRIES)
def test_packages_that_are_called_alike_are_found(tmp_path: Path, entries: object, names: set[str]) -> None:
    faults = [] if entries is None else [Fault("search", json_value({"packages": entries}))]
    assert found(tmp_path, faults) == names


REFUSED = {
    "no list": (json_value({"packages": "shop"}), "should have answered with a list of packages"),
    "no objects": (json_value({"packages": ["shop"]}), "should have answered with a list of packages"),
    "an error": (status(404, "gone"), "the packages that are called like acme/shop"),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED)
def test_an_answer_that_is_no_list_of_packages_is_refused(
    tmp_path: Path, change: Callable[[Reply], Reply], message: str
) -> None:
    with pytest.raises(BaselineError) as raised:
        found(tmp_path, [Fault("search", change)])
    assert message in str(raised.value)
