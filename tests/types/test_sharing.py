"""May an isolated function read a final variable of a type? Within `readonly|isolated object {}` it may."""

from __future__ import annotations

import pytest
from support.sources import descriptor, surface
from support.worlds import built, connected, shelf

from semverdiff.types import Type, shared_safely

IMPORTS = """import acme/other; import ballerina/lang.'int; import ballerina/lang.'xml;
import ballerina/lang.regexp; import ballerina/lang.'string; import ballerina/lang.'transaction;
import ballerina/lang.'object; import ballerina/lang.'error;
"""
DECLARED = surface(f"""{IMPORTS}
type Alias int[];
type Id string|int;
type Chain Id?;
type Circle Circle?;
type Nest Nest[];
type Failure distinct error;
type Shared isolated object {{}};
type Frozen record {{| readonly int a; |}};
type Unread record {{| *other:Row; |}};
enum Color {{ RED }}
const FIVE = 5;
class Mutable {{}}
readonly class Fixed {{}}
isolated class Guarded {{}}
""")
SHARED = {
    "basic types without mutable values": ["boolean", "byte", "decimal", "float", "int", "string", "()", "5"],
    "what can never change": ["error", "error<map<int>>", "function", "function () returns int[]", "handle"],
    "types of types": ["typedesc", "typedesc<int[]>"],
    "no values at all": ["never", "Circle"],
    "readonly, or with it": ["readonly", "readonly & int[]", "readonly & Mutable", "int[] & readonly"],
    "names of them": ["Id", "Chain", "Failure", "Color", "RED", "FIVE", "Frozen"],
    "unions of them": ["int|string", "int?", "int|error|Guarded"],
    "records of readonly fields": ["record {| readonly int a; |}", "record {| readonly int a?; |}"],
    "isolated objects": ["isolated object {}", "Shared", "Guarded", "distinct isolated object {}"],
    "readonly classes": ["Fixed"],
    "an intersection with one of them": ["int & anydata", "any & Guarded", "map<int> & readonly & any"],
    "subtypes in the language library": ["int:Signed8", "string:Char", "string:RegExp", "regexp:RegExp"],
    "text of XML, and no XML": ["xml:Text", "xml<xml:Text>", "xml<xml<xml:Text>>", "xml<never>"],
    "readonly types in the language library": ["regexp:Groups", "transaction:Info", "'error:StackFrame"],
    "functions in the language library": ["regexp:Replacement", "transaction:CommitHandler"],
}
MUTABLE = {
    "data": ["json", "anydata", "any", "xml", "xml<xml:Element>", "stream", "future<int>", "map<int>"],
    "structures": ["int[]", "[int, string]", "table<map<int>>", "stream<int>"],
    "records with fields to write": [
        "record {| int a; |} & record { int b; }",
        "record {| int a; |}",
        "record {| readonly int a; int b; |}",
        "record {| readonly int a; int...; |}",
        "record { readonly int a; }",
    ],
    "objects that are not isolated": ["object {}", "Mutable", "distinct object {}", "client object {}"],
    "names of them": ["Alias", "Nest"],
    "unions with one of them": ["int|int[]", "Alias?", "other:T|int[]"],
    "an intersection of them": ["any & map<int>"],
    "items of XML with an identity": ["xml:Element", "xml:Comment", "xml:ProcessingInstruction"],
    "sequences of them": ["xml<xml:Element>", "xml<xml:Text|xml:Element>", "xml<xml>"],
    "objects of the language library": ["'object:Iterable", "'object:RawTemplate"],
}
NOT_KNOWN = [
    "other:T",
    "other:T[] & other:T",
    "int|other:T",
    "Unread",
    "Nobody",
    "'error:Cloneable",
    "(other:T|int)?",
]


def _answer(text: str) -> bool | None:
    return shared_safely(Type(descriptor(text, IMPORTS), "shop", DECLARED))


@pytest.mark.parametrize("text", [one for texts in SHARED.values() for one in texts])
def test_what_nobody_can_change_is_shared(text: str) -> None:
    assert _answer(text) is True


@pytest.mark.parametrize("text", [one for texts in MUTABLE.values() for one in texts])
def test_what_somebody_can_change_is_not_shared(text: str) -> None:
    assert _answer(text) is False


@pytest.mark.parametrize("text", NOT_KNOWN)
def test_what_rests_on_a_package_that_was_not_read_is_not_known(text: str) -> None:
    assert _answer(text) is None


def test_types_of_another_package_are_followed_where_it_was_read() -> None:
    other = built(
        """public type Id Number|string; type Number int; public type Ids int[]; public enum Color { RED }
        public isolated class Guarded {} public type Id2 Id;""",
        name="other",
        version="1.2.0",
    )
    shop = built("public type Id int[];", other="1.2.0")
    old, _ = connected(shop, shop, shelf([other]))

    answers = {
        name: shared_safely(Type(descriptor(f"other:{name}", IMPORTS), "shop", old))
        for name in ("Id", "Id2", "Ids", "Color", "RED", "Guarded", "Nobody")
    }

    known = {"Id": True, "Id2": True, "Ids": False, "Color": True, "RED": True, "Guarded": True}
    assert answers == {**known, "Nobody": None}


def test_a_name_means_what_its_own_package_says() -> None:
    other = built("public type Id int;", name="other")
    shop = built("type Id int[];", other="1.0.0")
    old, _ = connected(shop, shop, shelf([other]))

    assert shared_safely(Type(descriptor("Id|other:Id", IMPORTS), "shop", old)) is False
    assert shared_safely(Type(descriptor("other:Id|Id", IMPORTS), "shop", old)) is False
