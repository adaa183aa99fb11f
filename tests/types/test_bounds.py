"""Basic types tell types apart whose names cannot be followed: no record is an object."""

from __future__ import annotations

import pytest

from semverdiff.types import relation

DECLARATIONS = """
import ballerina/http;
const N = 3;
enum Color { RED, GREEN }
type Alias int|string;
type Twice Alias|Again;
type Again Alias;
type Circle Circle;
class Closed { int a = 0; }
class Unread { *http:Unread; }
type Row record {| *http:Unread; |};
"""

# What may lie within a record that includes something unread, and what does not for certain.
FORMS = {
    "()": False,
    "int": False,
    "Alias": False,
    "Twice": False,
    "Color": False,
    "N": False,
    "RED": False,
    '"a"': False,
    "int[]": False,
    "[int, string]": False,
    "stream<int>": False,
    "table<map<int>>": False,
    "function ()": False,
    "object { }": False,
    "Closed": False,
    "Unread": None,
    "future<int>": False,
    "typedesc<int>": False,
    "distinct error": False,
    "xml<never>": False,
    "service": False,
    "map<int>": None,
    "record { }": None,
    "never": True,
    "Circle": None,
    "Row": None,
    "readonly & Row": None,
    "readonly & int[]": False,
    "int[] & readonly": False,
    "int[] & http:Other": None,
    "http:Other & int[]": None,
    "json": False,
    "anydata": False,
    "any": False,
    "http:Other": None,
    "int[N]": False,
    "int[M]": None,
    "xml<http:Other>": None,
    "error<http:Other>": None,
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_unread_is_of_its_basic_type(form: str) -> None:
    found = relation(DECLARATIONS, form, "record {| *http:Unread; int a; |}")
    assert found.within is FORMS[form]


OF_OBJECTS = {"record { }": False, "int": False, "object { }": None}


@pytest.mark.parametrize("form", OF_OBJECTS)
def test_what_is_unread_in_an_object_is_an_object(form: str) -> None:
    found = relation(DECLARATIONS, form, "object { *http:Unread; int a; }")
    assert found.within is OF_OBJECTS[form]


def test_what_both_describe_is_left_out_of_the_question() -> None:
    found = relation(DECLARATIONS, "typedesc<Closed|int>", "typedesc<Closed|int|stream<Row>>")
    assert (found.within, found.covers) == (True, False)
