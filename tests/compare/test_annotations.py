"""Annotation declarations: attach points, source, const and value."""

from __future__ import annotations

import pytest
from support.two_versions import compared, rules

from semverdiff.compare.details import AttachPointsChanged

CASES = {
    "same": ("annotation A on function, class;", "annotation A on class, function;", []),
    "point added": ("annotation A on class;", "annotation A on class, type;", ["attach-point-added"]),
    "point removed": ("annotation A on class, type;", "annotation A on class;", ["attach-point-removed"]),
    "other point": (
        "annotation A on class;",
        "annotation A on type;",
        ["attach-point-added", "attach-point-removed"],
    ),
    "list introduced": ("annotation A;", "annotation A on class;", ["attach-point-removed"]),
    "list dropped": ("annotation A on class;", "annotation A;", ["attach-point-added"]),
    "point made special": (
        "annotation A on function;",
        "annotation A on object function;",
        ["attach-point-removed"],
    ),
    "point made general": ("annotation A on record field;", "annotation A on field;", ["attach-point-added"]),
    "source": ("const annotation A on type;", "const annotation A on source type;", ["source-added"]),
    "source no more": (
        "const annotation A on source type;",
        "const annotation A on type;",
        ["source-removed"],
    ),
    "source of a point that is new": (
        "const annotation A on type;",
        "const annotation A on type, source const;",
        ["attach-point-added"],
    ),
    "const": ("annotation A on type;", "const annotation A on type;", ["const-added"]),
    "const for the sake of source": (
        "annotation A on type;",
        "const annotation A on source type;",
        ["const-added"],
    ),
    "value added": ("annotation A on type;", "annotation R A on type;", ["type-changed"]),
    "value removed": ("annotation R A on type;", "annotation A on type;", ["type-changed"]),
    "true is no value": ("annotation A on type;", "annotation true A on type;", []),
    "repeatable": ("annotation R A on type;", "annotation R[] A on type;", ["type-changed"]),
    "repeatable no more": ("annotation R[] A on type;", "annotation R A on type;", ["type-changed"]),
    "repeatable of a wider value": (
        "annotation anydata A on type;",
        "annotation anydata[] A on type;",
        ["type-changed"],
    ),
    "wider value repeatable no more": (
        "annotation anydata[] A on type;",
        "annotation anydata A on type;",
        ["type-changed"],
    ),
    "repeatable in both, of a wider value": (
        "annotation map<int>[] A on type;",
        "annotation map<anydata>[] A on type;",
        ["type-widened"],
    ),
    "repeatable in both, of lists": (
        "annotation anydata[] A on type;",
        "annotation anydata[][] A on type;",
        ["type-narrowed"],
    ),
    "repeatable in both, of lists no more": (
        "annotation anydata[][] A on type;",
        "annotation anydata[] A on type;",
        ["type-widened"],
    ),
    "other value": ("annotation R A on type;", "annotation map<int> A on type;", ["type-changed"]),
    "value in other words": (
        "annotation map<int|string> A on type;",
        "annotation map<string|int> A on type;",
        ["type-respelled"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_annotation(old: str, new: str, expected: list[str]) -> None:
    record = "public type R record {| string a; |};"
    found = compared(f"{record} public {old}", f"{record} public {new}", "A")
    assert rules(found) == [f"A: annotation-{one}" for one in expected]


def test_every_attach_point_that_is_not_named_is_added() -> None:
    (found,) = compared("public annotation A on class, type;", "public annotation A;", "A")
    assert found.detail == AttachPointsChanged(added=None)


def test_attach_points_are_in_order() -> None:
    (found,) = compared("public annotation A on type;", "public annotation A on type, service, class;", "A")
    assert found.detail == AttachPointsChanged(added=("class", "service"))
