"""Which constructors of an old type make two of the new one, so that a client has to say which it means?

A literal such as `1` fits int as well as float; a string or another number of members tells them apart.
"""

from __future__ import annotations

import tracemalloc

import pytest
from support.sources import descriptor, surface

from semverdiff import limits
from semverdiff.types import Type, TypeComparison

SIDE = surface("class First { } class Second { }")
# More members than are compared pair by pair.
_MANY = [f"record {{| int f{number}; |}}" for number in range(40)]
MAKES_TWO = {
    "lists": ("int[]", "int[]|float[]", "[]"),
    "tuples of one length": ("[int]", "[int]|[float]", "[]"),
    "a tuple and a list": ("[int]", "[int]|float[]", "[]"),
    "a tuple and one that may be longer": ("[int]", "[int]|[float, float...]", "[]"),
    "a tuple that may be longer and one that is": ("[int, float...]", "[int, float...]|[int, int]", "[]"),
    "an array that may leave members out": ("int[2]", "int[2]|float[]", "[]"),
    "maps": ("map<int>", "map<int>|map<float>", "{}"),
    "maps of which one holds something else now": ("map<string>|map<int>", "map<float>|map<int>", "{}"),
    "a tuple beside a longer one": ("[int]|[int, string]", "[int]|[int, string]|[float]", "[]"),
    "a tuple beside one that differs at its end": (
        "[int, string]|[int, boolean]",
        "[int, string]|[int, boolean]|[float, string]",
        "[]",
    ),
    "a list in the place of what no constructor makes": (
        "int|int[]|map<int>",
        "float[]|int[]|map<int>",
        "[]",
    ),
    "a list that stands where further ones stood": (
        "[int, int[]...]",
        "[int, int[]|float[], int[]...]",
        "[]",
    ),
    "records": ("record {| int a; |}", "record {| int a; |}|record {| float a; |}", "{}"),
    "records by a key that one of them may have": (
        "record {| int a?; |}|record {| int b?; |}",
        "record {| int a?; |}|record {| int a?; int b?; |}",
        "{}",
    ),
    "maps by any key, where a record takes the empty one": (
        "map<int>|record {| int b?; |}",
        "map<int>|record {| int b?; int...; |}",
        "{}",
    ),
    "lists of what takes many kinds of expressions": ("int[]", "int[]|(function ())[]", "[]"),
    "classes beside a list": ("First|string[]", "First|Second|string[]", "new"),
}
MAKES_ONE = {
    "tuples of two lengths": ("[int]", "[int]|[int, int]"),
    "a shorter tuple": ("[int, int]", "[int, int]|[float]"),
    "a longer tuple": ("[int]", "[int]|[float, float]"),
    "another basic type": ("[int]", "[int]|[string]"),
    "a record with a further required field": (
        "record {| int a; |}",
        "record {| int a; |}|record {| float a; int b; |}",
    ),
    "an open record by keys that it does not declare": (
        "record {| string a?; int...; |}|record {| int b?; |}",
        "record {| string a?; int...; |}|record {| int b?; float...; |}",
    ),
    "members in another order": ("int[]|string", "string|int[]"),
    "a value that two lists took before": ('["a"]|string[]', '["a"]|string[]|["a", string...]'),
    "data for a list": ("int[]", "json"),
    "data for a map": ("map<int>", "json"),
    "an intersection that says nothing": ("int[]|string[]", "readonly & readonly"),
    "what no constructor makes in the place of another": ("int|int[]|map<int>", "string|int[]|map<int>"),
    "one of many members that holds more": (
        "|".join(_MANY),
        "|".join(_MANY).replace("int f7", "int|string f7"),
    ),
}


def _ambiguous(old: str, new: str) -> str | None:
    before, after = (Type(descriptor(text), "shop", SIDE) for text in (old, new))
    return TypeComparison(SIDE, SIDE, lambda *_: False).ambiguous(before, after)


@pytest.mark.parametrize(("old", "new", "constructor"), MAKES_TWO.values(), ids=MAKES_TWO)
def test_a_constructor_that_fits_twice_is_ambiguous(old: str, new: str, constructor: str) -> None:
    assert _ambiguous(old, new) == constructor


@pytest.mark.parametrize(("old", "new"), MAKES_ONE.values(), ids=MAKES_ONE)
def test_a_constructor_that_fits_once_is_not(old: str, new: str) -> None:
    assert _ambiguous(old, new) is None


# Old and new declarations, a type of both, the constructor that makes two.
NAMED = {
    "that stay": ("type Lists int[]|map<int>;", "type Lists int[]|map<int>;", "Lists|int[][]", None),
    "with fewer members": ("type Lists int[]|map<int>;", "type Lists int[];", "Lists|int[][]", None),
    "with another member": ("type Lists int[];", "type Lists int[]|float[];", "Lists|int[][]", "[]"),
    "that became a record": (
        "type Lists int[];",
        "type Lists record {| int a; |};",
        "Lists|int[]|map<string>",
        None,
    ),
    "that became an enum": ('type Lists "A";', "enum Lists { A, B }", "Lists|int[]|map<int>", None),
    "with another member inside": (
        "type Lists Inner|map<int>; type Inner int[];",
        "type Lists Inner|map<int>; type Inner int[]|float[];",
        "Lists|string[]",
        "[]",
    ),
}


@pytest.mark.parametrize(("old", "new", "text", "constructor"), NAMED.values(), ids=NAMED)
def test_members_are_compared_behind_names(old: str, new: str, text: str, constructor: str | None) -> None:
    before, after = surface(old), surface(new)
    comparison = TypeComparison(before, after, lambda *_: False)
    sides = Type(descriptor(text), "shop", before), Type(descriptor(text), "shop", after)

    assert comparison.ambiguous(*sides) == constructor


# Old and new public declarations, a type of both, the constructor that makes two.
PUBLIC = {
    "an alias, where that is declared": (
        "public type Lists int[];",
        "public type Lists int[]|float[];",
        "Lists|map<int>",
        None,
    ),
    "an alias, and a list beside it": (
        "public type Lists int[];",
        "public type Lists int[]|float[];",
        "Lists|(int|float)[]",
        None,
    ),
    "records in a list": (
        "public type A record {| int a?; |}; public type B record {| int b; |};",
        "public type A record {| int a?; int b?; |}; public type B record {| int b; |};",
        "(A|B)[]|string[]",
        "[]",
    ),
    "records in a list that stay": (
        "public type A record {| int a?; |}; public type B record {| int b; |};",
        "public type A record {| int a?; int c?; |}; public type B record {| int b; |};",
        "(A|B)[]|string[]",
        None,
    ),
}


@pytest.mark.parametrize(("old", "new", "text", "constructor"), PUBLIC.values(), ids=PUBLIC)
def test_what_public_names_stand_for_makes_two_only_together(
    old: str, new: str, text: str, constructor: str | None
) -> None:
    before, after = surface(old), surface(new)
    comparison = TypeComparison(before, after, lambda *_: True)
    sides = Type(descriptor(text), "shop", before), Type(descriptor(text), "shop", after)

    assert comparison.ambiguous(*sides) == constructor


def test_what_a_public_record_became_is_looked_for_in_each_form_of_it() -> None:
    before = surface("public type Point record {| int x; |}; type Points Point[];")
    after = surface("public type Point record {| string x; |}; type Points Point[];")
    comparison = TypeComparison(before, after, lambda _, name: name == "Point")

    def ambiguous(old: str, new: str) -> str | None:
        return comparison.ambiguous(
            Type(descriptor(old), "shop", before), Type(descriptor(new), "shop", after)
        )

    assert ambiguous("Point[]|map<Point>", "map<Point>|Point[]") is None
    assert ambiguous("Point[]|Points", "Point[]") is None


def test_what_types_in_each_other_are_made_of_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    depth = 100
    # Some steps for each map and each union, and none more for all that they lie in.
    monkeypatch.setattr(limits, "AMBIGUITY_STEPS", 40 * depth)
    old, new = (f"{'map<int|' * depth}{leaf}{'>' * depth}" for leaf in ("int", "string"))

    assert _ambiguous(old, new) is None


@pytest.mark.parametrize(
    "form", ["map<{}>", "({})[]", "({})?", "map<()|{}>", 'map<"a"|{}>', "map<int>[]|{}", "readonly & map<{}>"]
)
def test_a_public_name_is_looked_for_once_in_each_type_around_it(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    side = surface("public type Point record {| int x; |};")
    text = "Point"
    for _ in range(100):
        text = form.format(text)
    type_ = Type(descriptor(text), "shop", side)
    monkeypatch.setattr(limits, "AMBIGUITY_STEPS", 300)

    assert TypeComparison(side, side, lambda *_: True).ambiguous(type_, type_) is None


def test_of_many_members_those_that_changed_are_compared_with_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = "|".join(f"record {{| int f{number}; |}}" for number in range(100))
    monkeypatch.setattr(limits, "AMBIGUITY_STEPS", 40 * 100)

    assert _ambiguous(old, old.replace("int f7;", "int|string f7;")) is None
    assert _ambiguous(old, f"{old}|record {{| int f7; |}}") == "{}"


def test_nothing_is_looked_for_in_what_no_constructor_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "AMBIGUITY_STEPS", 1)
    assert _ambiguous("int[]|string[]", "int") is None

    # Each member is looked at once, to see that none makes it.
    objects = 100
    monkeypatch.setattr(limits, "AMBIGUITY_STEPS", objects + 20)
    assert _ambiguous("int[]", "|".join(f"object {{ int a{at}; }}" for at in range(objects))) is None


def test_constructors_that_wide_records_have_in_common_are_made_one_by_one() -> None:
    fields = " ".join(f"int r{number}; int o{number}?;" for number in range(1_000))
    record = f"record {{| {fields} |}}"
    other = f"record {{| {fields} int z?; |}}"
    tracemalloc.start()
    try:
        assert _ambiguous(record, f"{record}|{other}") == "{}"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 15_000_000
