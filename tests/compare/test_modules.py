"""Modules that clients can no longer import, or can import now."""

from __future__ import annotations

import pytest
from support.sources import surface

from semverdiff.compare import compare
from semverdiff.compare.details import Renamed

_MANIFEST = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\nexport = ["shop", "shop.{}"]\n'
_BOTH = ["module-added", "module-removed"]

# What the module `old` holds, what `new` holds that comes in its place, and what that is.
MODULES = {
    "the same": ({"a.bal": "public type A int;"}, {"a.bal": "public type A int;"}, ["module-renamed"]),
    "other declarations": ({"a.bal": "public type A int;"}, {"a.bal": "public type A string;"}, _BOTH),
    "one declaration more": (
        {"a.bal": "public type A int;"},
        {"a.bal": "public type A int;\nint b = 1;"},
        _BOTH,
    ),
    "the same in another order, with other blanks": (
        {"a.bal": "public type A int;\npublic type B int;"},
        {"b.bal": "  public type B int;\n\n\tpublic type A int;\n"},
        ["module-renamed"],
    ),
    "the same in two files": (
        {"a.bal": "public type A int;\npublic type B int;"},
        {"a.bal": "public type A int;", "b.bal": "public type B int;"},
        ["module-renamed"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), MODULES.values(), ids=MODULES)
def test_a_module_that_comes_in_the_place_of_another_one(
    old: dict[str, str], new: dict[str, str], expected: list[str]
) -> None:
    sides = (
        surface(
            {"lib.bal": "", **{f"modules/{name}/{path}": text for path, text in files.items()}},
            _MANIFEST.format(name),
        )
        for name, files in (("old", old), ("new", new))
    )
    found = compare(*sides)
    assert sorted(one.rule for one in found) == expected
    assert {one.symbol for one in found} == {"(module)"}
    assert {one.detail for one in found} == {Renamed("shop.old", "shop.new") if len(expected) == 1 else None}
    # Nothing deprecates a module, so that a loss of one was never announced.
    assert {one.rule: one.announced for one in found} == {
        one: None if one == "module-added" else False for one in expected
    }
