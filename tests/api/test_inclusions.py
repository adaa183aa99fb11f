"""Inclusions expanded: whose members a record, object type or class really has."""

from __future__ import annotations

import pytest
from support.sources import descriptor, surface

from semverdiff.api import (
    ObjectMembers,
    RecordMembers,
    Type,
    declared_object_type,
    is_error,
    object_members,
    object_type_of,
    record_members,
    record_shape,
    type_text,
    written_object_type,
)

MODULE = "shop"

RECORDS = """
import acme/shop.base;
import other/package as p;
type A record {| int a; |};
type B record {| *A; int b; |};
type C record {| *B; *D; int c; |};
type D record {| *A; int d; |};
type Override record {| *A; string a; |};
type Twice record {| *A; *Second; |};
type Second record {| string a; |};
type Alias A;
type ByAlias record {| *Alias; |};
type Fixed readonly & A;
type ByFixed record {| *Fixed; |};
type Open record { int o; };
type FromOpen record {| *Open; |};
type Rest record {| int r; string...; |};
type FromRest record {| *Rest; |};
type OwnRest record {| *Rest; int...; |};
type Loop record {| *Loop; int l; |};
type Ping record {| *Pong; int p; |};
type Pong record {| *Ping; int q; |};
type Far record {| *base:Base; int f; |};
type Foreign record {| *p:Base; *A; |};
type Wrong record {| *Text; int w; |};
type Text string;
"""
BASE = "public type Base record {| Id id; |}; type Id int;"


def record(name: str) -> RecordMembers:
    known = surface({"lib.bal": RECORDS, "modules/base/lib.bal": BASE})
    shape = record_shape(Type(descriptor(name), MODULE, known))
    assert shape is not None
    return record_members(shape.type)


FIELDS = {
    "A": "int a",
    "B": "int a by B's A, int b",
    "C": "int a by D A, int b by B, int c, int d by D",
    "Override": "string a",
    "Twice": "string a by Second",
    "ByAlias": "int a by Alias",
    "ByFixed": "int a by Fixed",
    "Loop": "int l",
    "Ping": "int p, int q by Pong",
    "Far": "int f, Id id by Base",
    "Foreign": "int a by A",
    "Wrong": "int w",
}
FIELDS["B"] = "int a by A, int b"


@pytest.mark.parametrize(("name", "expected"), FIELDS.items(), ids=FIELDS)
def test_fields(name: str, expected: str) -> None:
    members = record(name)
    told = [
        f"{type_text(one.declared.type)} {field}"
        + "".join([" by"] + [f" {key}" for _, key in one.origins] if one.origins else [])
        for field, one in sorted(members.fields.items(), key=lambda item: item[0])
    ]
    assert sorted(told) == sorted(expected.split(", "))


def test_names_of_an_included_field_belong_to_its_module() -> None:
    members = record("Far")
    assert [(members.fields[name].module) for name in ("f", "id")] == ["shop", "shop.base"]
    assert members.included == {("shop.base", "Base")}


RESTS = {
    "A": None,
    "Open": "anydata",
    "FromOpen": "anydata",
    "Rest": "string",
    "FromRest": "string",
    "OwnRest": "int",
}


@pytest.mark.parametrize(("name", "rest"), RESTS.items(), ids=RESTS)
def test_rest(name: str, rest: str | None) -> None:
    found = record(name).rest
    assert (type_text(found.descriptor) if found is not None else None) == rest


def test_included_types_are_known_at_every_depth() -> None:
    assert record("C").included == {(MODULE, name) for name in "ABD"}


@pytest.mark.parametrize(
    ("name", "count"), [("C", 0), ("Foreign", 1), ("Wrong", 1), ("Loop", 1), ("Ping", 1)]
)
def test_what_cannot_be_included_is_told(name: str, count: int) -> None:
    # Loop includes itself once before that is noticed.
    assert len(record(name).opaque) == count


@pytest.mark.parametrize(("name", "is_kept"), [("A", True), ("C", True), ("Foreign", False)])
def test_the_members_of_a_record_are_listed_once_unless_some_may_be_read_later(
    name: str, *, is_kept: bool
) -> None:
    known = surface({"lib.bal": RECORDS, "modules/base/lib.bal": BASE})
    shape = record_shape(Type(descriptor(name), MODULE, known))
    assert shape is not None
    assert (record_members(shape.type) is record_members(shape.type)) is is_kept


def test_what_is_written_in_another_module_has_members_of_its_own() -> None:
    known = surface({"lib.bal": RECORDS, "modules/base/lib.bal": BASE})
    record_type = descriptor("record {| Id id; |}")
    modules = (MODULE, "shop.base", MODULE)
    found = [record_members(Type(record_type, module, known)).fields["id"].module for module in modules]
    assert found == list(modules)


SHAPES = {
    "A": False,
    "Alias": False,
    "Fixed": True,
    "readonly & Alias": True,
    "Fixed & readonly": True,
    "record {int x;}": False,
}


@pytest.mark.parametrize(("text", "readonly"), SHAPES.items(), ids=SHAPES)
def test_records_are_seen_through_aliases(text: str, readonly: bool) -> None:  # noqa: FBT001 (a case)
    found = record_shape(Type(descriptor(text), MODULE, surface(RECORDS)))
    assert found is not None
    assert found.readonly is readonly


@pytest.mark.parametrize("text", ["Text", "A?", "A|B", "A & B", "map<int>", "Nothing", "int"])
def test_what_is_no_record(text: str) -> None:
    assert record_shape(Type(descriptor(text), MODULE, surface(RECORDS))) is None


def test_an_alias_of_itself_is_no_record() -> None:
    assert record_shape(Type(descriptor("A"), MODULE, surface("type A B; type B A;"))) is None


OBJECTS = """
import other/package as p;
import ballerina/lang.'object;
type Shape object { public int n; public function area() returns int; };
type Named object { public string name; public function area() returns int|error; };
type Both object { *Shape; *Named; };
isolated client class C { *Shape; public int n = 0; public function area() returns int => 1;
    function init(int n) {} remote function send() {} resource function get a/[int i]/[string... r]() {} }
class D { *C; }
type Alias C;
class E { *Alias; private int own = 1; }
type Apart distinct object { *Shape; };
class F { *p:G; }
type Template 'object:RawTemplate;
type Query distinct object { *Template; };
class Loop { *Loop; }
enum Color { RED }
class Painted { *Color; }
service object {} s = service object {};
"""


def members(name: str) -> ObjectMembers:
    known = surface(OBJECTS)
    found = object_type_of(Type(descriptor(name), MODULE, known))
    assert found is not None
    type_ = declared_object_type(found.declaration)
    assert type_ is not None
    return object_members(found.type_of(type_))


MEMBERS = {
    "Shape": ("n", "area"),
    "Both": ("n name", "area"),
    "C": ("n", "[get a/{}/{...}] area init send"),
    "D": ("n", "[get a/{}/{...}] area send"),
    "E": ("n own", "[get a/{}/{...}] area send"),
    "Apart": ("n", "area"),
    "F": ("", ""),
    "Query": ("insertions strings", ""),
    "Loop": ("", ""),
}


@pytest.mark.parametrize(("name", "expected"), MEMBERS.items(), ids=MEMBERS)
def test_members(name: str, expected: tuple[str, str]) -> None:
    found = members(name)
    assert (" ".join(sorted(found.fields)), " ".join(sorted(found.methods))) == expected


def test_a_member_that_is_written_counts_before_an_included_one() -> None:
    found = members("C")
    assert (found.fields["n"].origins, found.methods["area"].origins) == ((), ())


def test_the_last_of_two_included_members_counts() -> None:
    assert members("Both").methods["area"].origins == ((MODULE, "Named"),)


def test_members_come_with_the_chain_that_brings_them() -> None:
    assert members("E").fields["n"].origins == ((MODULE, "C"),)


def test_qualifiers_are_included() -> None:
    assert members("D").qualifiers == {"client", "isolated"}


@pytest.mark.parametrize(("name", "count"), [("D", 0), ("F", 1), ("Loop", 1), ("Painted", 1)])
def test_what_cannot_be_included_in_an_object_is_told(name: str, count: int) -> None:
    assert len(members(name).opaque) == count


def test_what_is_no_record_has_no_fields() -> None:
    with pytest.raises(TypeError, match="no record type: BuiltinType"):
        record_members(Type(descriptor("int"), MODULE, surface("")))


def test_what_is_no_object_type_has_no_members() -> None:
    with pytest.raises(TypeError, match="no object type: RecordType"):
        object_members(Type(descriptor("record {}"), MODULE, surface("")))


WAYS = """
type Base record {| int a; string...; |};
type Left record {| *Base; int left; |};
type Right record {| *Base; string a; |};
type Both record {| *Left; *Right; |};
type Again record {| *Right; *Base; |};
type Never record {| *Base; never...; |};
type AfterNever record {| *Never; *Base; |};
type Closed record {| int c; |};
type FirstRest record {| *Closed; *Base; *Open; |};
type Open record { int o; };
"""
# Fields in order, each with what brings it, and the rest.
BY_SEVERAL_WAYS = {
    "Both": ("a Right, left Left", "string"),
    "Again": ("a Base", "string"),
    "Never": ("a Base", None),
    "AfterNever": ("a Base", "string"),
    "FirstRest": ("c Closed, a Base, o Open", "string"),
}


@pytest.mark.parametrize(("name", "expected"), BY_SEVERAL_WAYS.items(), ids=BY_SEVERAL_WAYS)
def test_what_several_inclusions_bring(name: str, expected: tuple[str, str | None]) -> None:
    known = surface(WAYS)
    shape = record_shape(Type(descriptor(name), MODULE, known))
    assert shape is not None
    members = record_members(shape.type)
    fields = ", ".join(f"{key} {one.origins[0][1]}" for key, one in members.fields.items())
    assert (fields, members.rest and type_text(members.rest.descriptor)) == expected


ALIASES = """
type R record {}; type A R; type F readonly & A; type B F; type C B; type D C; type L L; type M L; type N int;
class K {} type P K; type Q P; type S object {}; type T S;
"""
READONLY = {
    "R": False,
    "A": False,
    "F": True,
    "B": True,
    "C": True,
    "D": True,
    "L": None,
    "M": None,
    "N": None,
}


@pytest.mark.parametrize("first", READONLY)
def test_aliases_lead_to_the_same_record_whichever_is_asked_first(first: str) -> None:
    known = surface(ALIASES)
    for name, readonly in [(first, READONLY[first]), *READONLY.items()]:
        shape = record_shape(Type(descriptor(name), MODULE, known))
        assert (shape.readonly if shape is not None else None) is readonly


@pytest.mark.parametrize("first", ["K", "P", "Q", "S", "T", "L", "M", "N"])
def test_aliases_lead_to_the_same_object_type_whichever_is_asked_first(first: str) -> None:
    known = surface(ALIASES)
    targets = {"K": "K", "P": "K", "Q": "K", "S": "S", "T": "S", "L": None, "M": None, "N": None}
    for name in (first, *targets):
        found = object_type_of(Type(descriptor(name), MODULE, known))
        assert (found.key if found is not None else None) == targets[name]


WRITTEN = {
    "object {}": True,
    "distinct object {}": True,
    "readonly & distinct object {}": True,
    "distinct (object {} & readonly)": True,
    "readonly & object {} & int": False,
    "object {}|int": False,
    "int": False,
}


@pytest.mark.parametrize(("text", "is_one"), WRITTEN.items(), ids=WRITTEN)
def test_object_types_are_seen_through_distinct_and_readonly(text: str, is_one: bool) -> None:  # noqa: FBT001 (data)
    assert (written_object_type(descriptor(text)) is not None) is is_one


ERRORS = "type E distinct error; type F E; type G error<record {}>; type H distinct F; type I E|F; type J J;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("error", True), ("E", True), ("F", True), ("G", True), ("H", True), ("int", False), ("Nothing", False)],
)
def test_errors_are_seen_through_names(text: str, expected: bool) -> None:  # noqa: FBT001 (a case)
    assert is_error(Type(descriptor(text), MODULE, surface(ERRORS))) is expected


@pytest.mark.parametrize("text", ["map<error>", "E?", "E|int", "readonly & int", "error[]", "typedesc<E>"])
def test_what_is_no_error(text: str) -> None:
    assert not is_error(Type(descriptor(text), MODULE, surface(ERRORS)))


@pytest.mark.parametrize("text", ["I", "E|F", "E & readonly", "E & E", "(E & J)|F"])
def test_a_type_of_errors_only_is_an_error(text: str) -> None:
    assert is_error(Type(descriptor(text), MODULE, surface(ERRORS)))


def test_an_alias_of_itself_is_no_error() -> None:
    assert not is_error(Type(descriptor("J"), MODULE, surface(ERRORS)))


def test_names_that_stand_for_each_other_are_no_error() -> None:
    assert not is_error(Type(descriptor("A"), MODULE, surface("type A B; type B A;")))
