"""Is a type json, anydata or readonly? What SPEC says of each form, and of what leads back to itself."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from support.sources import descriptor, surface

from semverdiff.api import Surface
from semverdiff.types import ANYDATA, JSON, READONLY, DataKinds, Type

if TYPE_CHECKING:
    from semverdiff.syntax.nodes import Declaration

IMPORTS = (
    "import acme/o; import ballerina/lang.'int; import ballerina/lang.'xml; import ballerina/lang.regexp;"
    "import ballerina/lang.'string; import ballerina/lang.'object;"
)
DECLARED = surface(f"""
{IMPORTS}
type Alias xml[];
type First record {{| Second? second; |}};
type Second record {{| First? first; xml text; |}};
type Nest Nest[];
type Frozen record {{| readonly Frozen? next; |}};
type Failure distinct error;
enum Color {{ RED }}
const FIVE = 5;
class Mutable {{}}
readonly class Fixed {{}}
""")

DATA = frozenset({JSON, ANYDATA})
ALL = DATA | {READONLY}
ONLY_ANYDATA = frozenset({ANYDATA})
ONLY_READONLY = frozenset({READONLY})
NONE: frozenset[str] = frozenset()

KINDS = {
    **dict.fromkeys(["int", "()", "1", '"a"', "never", "int?", "int|string", "Color", "RED", "FIVE"], ALL),
    **dict.fromkeys(["json", "int[]", "[int, string]", "[int...]", "map<json>", "json|int"], DATA),
    **dict.fromkeys(["anydata", "xml", "xml<xml:Element>", "int|xml", "xml?", "Alias"], ONLY_ANYDATA),
    **dict.fromkeys(["error", "error<map<int>>", "function ()", "typedesc<int>", "handle"], ONLY_READONLY),
    **dict.fromkeys(["readonly", "Failure", "Fixed", "int|error"], ONLY_READONLY),
    **dict.fromkeys(["any", "object {}", "stream<int>", "future<int>", "Mutable", "int|any"], NONE),
    "xml[]": ONLY_ANYDATA,
    "error[]": NONE,
    "[int, xml]": ONLY_ANYDATA,
    "[int, error...]": NONE,
    "readonly & int[]": ALL,
    "readonly & xml[]": ONLY_ANYDATA | ONLY_READONLY,
    "table<map<int>>": ONLY_ANYDATA,
    "table<map<error>>": NONE,
    # SPEC, Record types: readonly if every field is and there are no others.
    "record {| int a; |}": DATA,
    "record {| xml a; |}": ONLY_ANYDATA,
    "record {| readonly int a; |}": ALL,
    "record {| readonly xml a; |}": ONLY_ANYDATA | ONLY_READONLY,
    "record {| readonly int a; int b; |}": DATA,
    "record {| readonly int a; int...; |}": DATA,
    "record {| readonly error a; |}": ONLY_READONLY,
    "record {| |}": DATA,
    "record {| xml...; |}": ONLY_ANYDATA,
    "record { int a; }": ONLY_ANYDATA,
    # Names of the language library, and of other packages.
    "int:Signed8": ALL,
    "xml:Element": ONLY_ANYDATA,
    "string:Char": ALL,
    "string:RegExp": ONLY_ANYDATA | ONLY_READONLY,
    "regexp:RegExp": ONLY_ANYDATA | ONLY_READONLY,
    "regexp:Span": ONLY_READONLY,
    "regexp:Groups": ONLY_READONLY,
    "'object:RawTemplate": NONE,
    "'object:Nothing": None,
    # SPEC, XML: sequences have no identity, nor has text.
    "xml:Text": ONLY_ANYDATA | ONLY_READONLY,
    "xml<xml:Text>": ONLY_ANYDATA | ONLY_READONLY,
    "xml<never>": ONLY_ANYDATA | ONLY_READONLY,
    "xml<xml:Text|xml:Comment>": ONLY_ANYDATA,
    "xml<o:T>": None,
    "o:T": None,
    "o:T[]": None,
    "o:T|any": NONE,
    "o:T|int": None,
    "record {| *o:T; |}": None,
    "Nowhere": None,
    # What leads back to itself adds nothing, and takes what it meets on the way.
    "Nest": DATA,
    "First": ONLY_ANYDATA,
    "Second": ONLY_ANYDATA,
    "Frozen": ALL,
}


@pytest.mark.parametrize(("text", "kinds"), KINDS.items())
def test_kinds_of_data(text: str, kinds: frozenset[str] | None) -> None:
    assert DataKinds().of(Type(descriptor(text, IMPORTS), "shop", DECLARED)) == kinds


def test_what_was_asked_before_does_not_count() -> None:
    asked = DataKinds()
    for text, kinds in KINDS.items():
        assert asked.of(Type(descriptor(text, IMPORTS), "shop", DECLARED)) == kinds, text


def test_what_is_lost_is_what_the_old_type_had_and_the_new_one_has_not() -> None:
    types = {text: Type(descriptor(text, IMPORTS), "shop", DECLARED) for text in KINDS}
    asked = DataKinds()
    for (old, had), (new, has) in product(KINDS.items(), repeat=2):
        lost = NONE if had is None or has is None else had - has
        assert asked.lost(types[old], types[new]) == lost, (old, new)


def test_an_open_record_is_not_looked_into_where_the_new_one_is_data(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (surface(f"type Order record {{ Item item; }}; type Item {text};") for text in ("int", "xml"))
    named: list[Surface] = []
    declaration = Surface.declaration

    def counted(self: Surface, module: str, key: str) -> Declaration | None:
        named.append(self)
        return declaration(self, module, key)

    monkeypatch.setattr(Surface, "declaration", counted)
    before, after = (Type(descriptor("record { Item item; }"), "shop", side) for side in (old, new))

    assert DataKinds().lost(before, after) == NONE
    assert old not in named


def test_a_type_of_the_language_library_is_what_that_declares_where_it_is_compared() -> None:
    manifest = '[package]\norg = "ballerina"\nname = "lang.xml"\nversion = "1.0.0"\n'
    declared = surface({"lib.bal": "public type Frame object {};", "modules/m/a.bal": ""}, manifest)
    frame = descriptor("xml:Frame", "import ballerina/lang.'xml;")
    assert DataKinds().of(Type(frame, "lang.xml.m", declared)) == NONE
