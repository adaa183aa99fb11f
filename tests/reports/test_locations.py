"""Where services show something: lines of files that their repository has, and no others."""

from __future__ import annotations

import pytest

from semverdiff.errors import Mistake
from semverdiff.reports import ErrorEntry
from semverdiff.reports.locations import Location, mistake_location

PLACES = {
    "in sources at the root": (Mistake("wrong", "a.bal", 3, 5), "", Location("a.bal", 3, 5)),
    "in sources below it": (Mistake("wrong", "a.bal", 3), "shop", Location("shop/a.bal", 3, 1)),
    "in an archive": (Mistake("wrong", "a.bal", 3, 5), None, None),
    "in a file as a whole": (Mistake("wrong", "a.bal"), "shop", None),
    "in no file": (Mistake("wrong", None, 3), "shop", None),
}


@pytest.mark.parametrize(("mistake", "folder", "location"), PLACES.values(), ids=PLACES)
def test_a_mistake_is_shown_where_the_repository_has_a_line(
    mistake: Mistake, folder: str | None, location: Location | None
) -> None:
    assert mistake_location(ErrorEntry("code", mistake, folder)) == location
