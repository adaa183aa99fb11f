"""Every form of type descriptor, as written and as data."""

from __future__ import annotations

import pytest
from support.sources import descriptor, placeless

from semverdiff.syntax.nodes import (
    NIL,
    ArrayType,
    BuiltinType,
    DistinctType,
    FunctionType,
    IntersectionType,
    ObjectType,
    OptionalType,
    ParameterizedType,
    RecordType,
    Reference,
    SingletonType,
    StreamType,
    TableType,
    TupleType,
    TypeDescriptor,
    UnionType,
)

INT, STRING, READONLY, ERROR = (BuiltinType(name) for name in ("int", "string", "readonly", "error"))
A, B, C = (Reference(None, name) for name in "ABC")
NO_WORDS: frozenset[str] = frozenset()

BUILTIN = [
    "any",
    "anydata",
    "boolean",
    "byte",
    "decimal",
    "error",
    "float",
    "function",
    "future",
    "handle",
    "int",
    "json",
    "never",
    "readonly",
    "string",
    "stream",
    "typedesc",
    "xml",
]

FORMS: dict[str, TypeDescriptor] = {
    "()": NIL,
    "null": NIL,
    "(int)": INT,
    # literals
    '"RED"': SingletonType('"RED"'),
    r'"a\"b"': SingletonType(r'"a\"b"'),
    '"// no comment"': SingletonType('"// no comment"'),
    "5": SingletonType("5"),
    "- 5": SingletonType("-5"),
    "+5": SingletonType("+5"),
    "0xFF": SingletonType("0xFF"),
    "-1.5f": SingletonType("-1.5f"),
    "2d": SingletonType("2d"),
    "true": SingletonType("true"),
    # names
    "Order": Reference(None, "Order"),
    "'type": Reference(None, "type"),
    "'int": Reference(None, "int"),
    r"order\-line": Reference(None, "order-line"),
    r"'\u{e9}t\u{e9}": Reference(None, "été"),
    "Größe": Reference(None, "Größe"),
    "orders:Order": Reference("shop.orders", "Order"),
    "h:Client": Reference("ballerina/http", "Client"),
    "'order:Order": Reference("shop.order", "Order"),
    "nowhere:Order": Reference("?/nowhere", "Order"),
    "int:Signed32": Reference("ballerina/lang.int", "Signed32"),
    "string:Char": Reference("ballerina/lang.string", "Char"),
    "transaction:Info": Reference("ballerina/lang.transaction", "Info"),
    # lists
    "A[]": ArrayType(A, None),
    "A[3]": ArrayType(A, "3"),
    "A[0x3]": ArrayType(A, "0x3"),
    "A[*]": ArrayType(A, "*"),
    "A[N]": ArrayType(A, Reference(None, "N")),
    "A[orders:N]": ArrayType(A, Reference("shop.orders", "N")),
    "A[2][]": ArrayType(ArrayType(A, None), "2"),
    "[]": TupleType((), None),
    "[A]": TupleType((A,), None),
    "[A, B...]": TupleType((A,), B),
    "[B...]": TupleType((), B),
    "[@m {} A, B]": TupleType((A, B), None),
    "[[A], B]": TupleType((TupleType((A,), None), B), None),
    # unions, intersections and what binds tighter
    "A?": OptionalType(A),
    "A?[]": ArrayType(OptionalType(A), None),
    "A[]?": OptionalType(ArrayType(A, None)),
    "A|B": UnionType((A, B)),
    "int|A[]": UnionType((INT, ArrayType(A, None))),
    "(A)|B": UnionType((A, B)),
    "A|B|C": UnionType((A, B, C)),
    "A|()": UnionType((A, NIL)),
    "A & B & readonly": IntersectionType((A, B, READONLY)),
    "A & B|C": UnionType((IntersectionType((A, B)), C)),
    "A|B & C": UnionType((A, IntersectionType((B, C)))),
    "A & (B|C)": IntersectionType((A, UnionType((B, C)))),
    "(A|B)[]": ArrayType(UnionType((A, B)), None),
    "A|B[]": UnionType((A, ArrayType(B, None))),
    "A|B?": UnionType((A, OptionalType(B))),
    "readonly & A[]": IntersectionType((READONLY, ArrayType(A, None))),
    "A // one\n[]": ArrayType(A, None),
    "A // one\n?": OptionalType(A),
    "A // one\n| B // two\n": UnionType((A, B)),
    "distinct error": DistinctType(ERROR),
    "distinct A & B": IntersectionType((DistinctType(A), B)),
    "distinct (A & B)": DistinctType(IntersectionType((A, B))),
    # parameterised types
    "map<A>": ParameterizedType("map", A),
    "map<map<A>>": ParameterizedType("map", ParameterizedType("map", A)),
    "future<A|error>": ParameterizedType("future", UnionType((A, ERROR))),
    "typedesc<anydata>": ParameterizedType("typedesc", BuiltinType("anydata")),
    "xml<xml:Element>": ParameterizedType("xml", Reference("ballerina/lang.xml", "Element")),
    "error<A>": ParameterizedType("error", A),
    "stream<A>": StreamType(A, NIL),
    "stream<A, error?>": StreamType(A, OptionalType(ERROR)),
    "stream<A, ()>": StreamType(A, NIL),
    "table<A>": TableType(A, None, None),
    "table<A> key<string>": TableType(A, STRING, None),
    "table<A> key(id, 'order)": TableType(A, None, ("id", "order")),
    "table<A> key()": TableType(A, None, ()),
    "table<map<A>>": TableType(ParameterizedType("map", A), None, None),
    # functions and members are read in test_members
    "isolated function": FunctionType(frozenset({"isolated"}), None),
    "record {}": RecordType((), (), closed=False, rest=None),
    "record {||}": RecordType((), (), closed=True, rest=None),
    "record {|A...;|}": RecordType((), (), closed=True, rest=A),
    "record {*A; *orders:B;}": RecordType((), (A, Reference("shop.orders", "B")), closed=False, rest=None),
    "object {}": ObjectType(NO_WORDS, (), (), ()),
    "client object {*A;}": ObjectType(frozenset({"client"}), (), (), (A,)),
    "isolated service object {}": ObjectType(frozenset({"isolated", "service"}), (), (), ()),
    "abstract object {}": ObjectType(frozenset({"abstract"}), (), (), ()),
}

IMPORTS = """
import shop.orders;
import shop.'order;
import ballerina/http as h;
"""


@pytest.mark.parametrize(("text", "expected"), FORMS.items(), ids=FORMS)
def test_form(text: str, expected: TypeDescriptor) -> None:
    assert descriptor(text, IMPORTS) == expected


@pytest.mark.parametrize("name", BUILTIN)
def test_keyword(name: str) -> None:
    assert descriptor(name) == BuiltinType(name)


SPELLINGS = {
    "blanks": ("map < A >", "map<A>"),
    "lines and comments": ("record { // a\r\n\tA a; // b\n}", "record {A a;}"),
    "parentheses": ("((A))[]", "A[]"),
    "quoted name": ("'A", "A"),
    "escaped name": (r"\u{41}", "A"),
    "no result": ("function () returns ()", "function ()"),
}


@pytest.mark.parametrize(("text", "plain"), SPELLINGS.values(), ids=SPELLINGS)
def test_spelling_does_not_count(text: str, plain: str) -> None:
    assert placeless(descriptor(text)) == placeless(descriptor(plain))


NESTED = {"union": ("A|(B|C)", "A|B|C"), "intersection": ("(A & B) & C", "A & B & C")}


@pytest.mark.parametrize(("text", "flat"), NESTED.values(), ids=NESTED)
def test_unions_and_intersections_are_flat(text: str, flat: str) -> None:
    assert descriptor(text) == descriptor(flat)


def test_an_error_with_an_inferred_detail_is_an_error() -> None:
    assert descriptor("error<*>") == ERROR


def test_a_long_union_is_no_deep_one() -> None:
    many = [f'"v{number}"' for number in range(2_000)]
    assert descriptor("|".join(many)) == UnionType(tuple(map(SingletonType, many)))
