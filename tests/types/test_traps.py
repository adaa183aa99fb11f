"""Where types relate in another way than they look."""

from __future__ import annotations

import pytest

from semverdiff.types import relation

DECLARATIONS = """
import ballerina/lang.'int; import ballerina/lang.'string; import ballerina/lang.'xml;
import ballerina/lang.regexp; import ballerina/lang.value;
type Row record {| readonly int id; readonly string code; int? note; |};
type Other record {| readonly int id; boolean flag; |};
type Keys record {| readonly int a; readonly int b; |};
type Base record {| int a; |};
type OpenBase record { int a; };
type RestBase record {| int a; string...; |};
type Endless [Endless];
type EndlessRecord record {| EndlessRecord next; |};
type EndsRecord record {| EndsRecord? next; |};
type FunctionLoop int|function (int) returns FunctionLoop;
type Left record {| Right[] rights; |};
type Right record {| Left[] lefts; |};
type Mine record {| record {| Mine[] lefts; |}[] rights; |};
type First distinct error;
type Second distinct error;
type Within distinct First;
type DetailedFirst First & error<record {| int code; |}>;
type OneObject distinct object { };
type TwoObject distinct object { };
type BothObjects OneObject & TwoObject;
type Including object { *OneObject; public int a; };
type Shape object { public function area() returns int; };
type Caller isolated client object { remote function call(int x) returns int; };
type Extended client object { *Caller; };
class Plain { public int n = 0; function init(int n) { } }
class Sealed { public int n = 0; private int m = 0; }
class Twin { public int n = 0; private int m = 0; }
readonly class Fixed { public final int n = 0; public function get() returns int => 1; }
enum Color { RED, GREEN = "g" }
const ONE = 1;
const float HALF = 1;
const decimal EXACT = 1;
const map<int> TABLE = {a: 1};
const int[] LIST = [1, 2];
"""

TRAPS = {
    # numbers and strings
    "numbers are not converted": ("int", "float", "<>"),
    "byte is an integer": ("byte", "int:Unsigned8", "="),
    "signed and unsigned overlap": ("int:Signed8", "int:Unsigned8", "<>"),
    "a wider signed holds an unsigned": ("int:Unsigned16", "int:Signed32", "<"),
    "both booleans": ("true|false", "boolean", "="),
    "both zeros": ("0.0", "-0.0", "="),
    "trailing zeros of a decimal": ("1d", "1.0d", "="),
    "a constant's float": ("HALF", "1.0", "="),
    "a constant's decimal": ("EXACT", "1d", "="),
    "an integer is no decimal": ("ONE", "EXACT", "<>"),
    "a hexadecimal number": ("0x10", "16", "="),
    "one code point": ('"😀"', "string:Char", "<"),
    "two code points": ('"ab"', "string:Char", "<>"),
    "the empty string": ('""', "string:Char", "<>"),
    "an escape": ('"\\u{41}"', '"A"', "="),
    "an enum's own value": ("Color", '"RED"|"g"', "="),
    "a member by its name": ("GREEN", '"GREEN"', "<>"),
    # top and bottom
    "any has no errors": ("error", "any", "<>"),
    "a list of errors is any": ("error[]", "any", "<"),
    "everything": ("any|error", "any|error|map<error>", "="),
    "never adds nothing": ("int|never", "int", "="),
    "a structure that never ends is empty": ("Endless", "never", "="),
    "a record that never ends is empty": ("EndlessRecord", "never", "="),
    "a record that may end": ("EndsRecord", "never", ">"),
    "a member that cannot be makes a tuple empty": ("[int, never]", "never", "="),
    "no member is needed": ("never[]", "[]", "="),
    "a required field that cannot be": ("record {| never a; |}", "never", "="),
    "an excluded field": ("record {| never a?; int...; |}", "map<int>", "<"),
    "an excluded field is never written to": (
        "record {| never a?; |}",
        "record {| readonly int a?; |}",
        "<",
    ),
    # xml
    "a text holds the empty xml": ("xml<never>", "xml:Text", "<"),
    "texts in a row are a text": ("xml<xml:Text>", "xml:Text", "="),
    "an element is no sequence of two": ("xml:Element", "xml<xml:Element>", "<"),
    "a sequence of both": ("xml<xml:Element>|xml<xml:Comment>", "xml<xml:Element|xml:Comment>", "<"),
    "a sequence of sequences": ("xml<xml<xml:Element>>", "xml<xml:Element>", "="),
    "every xml": ("xml", "xml<xml>", "="),
    # lists
    "a mutable member is of one alternative": ("[int|string]", "[int]|[string]", ">"),
    "a read-only member is of any": (
        "readonly & [int|string]",
        "(readonly & [int])|(readonly & [string])",
        "=",
    ),
    "a fixed array is a tuple": ("int[2]", "[int, int]", "="),
    "an array is a rest": ("int[]", "[int...]", "="),
    "lengths split, even if mutable": ("int[]", "[]|[int, int...]", "="),
    "arrays of arrays": ("int[2][3]", "[int[3], int[3]]", "="),
    "the outer dimension is first": ("int[][2]", "int[2][]", "<>"),
    "arrays are covariant": ("int[]", "(int|string)[]", "<"),
    "a structured constant is read-only": ("LIST", "readonly & [1, 2]", "="),
    # mappings
    "an optional field of a closed record": ("record {| int a; |}", "record {| int a; int b?; |}", "<"),
    "a required field of a closed record": ("record {| int a; |}", "record {| int a; int b; |}", "<>"),
    "an optional field of an open record": ("record { int a; }", "record { int a; string b?; }", ">"),
    "an optional field of anydata": ("record { int a; }", "record { int a; anydata b?; }", "="),
    "a required field of an open record": ("record { int a; }", "record { int a; int b; }", ">"),
    "closed and open": ("record {| int a; |}", "record { int a; }", "<"),
    "an optional field is not a nilable one": ("record {| int a?; |}", "record {| int? a; |}", "<>"),
    "optional and required": ("record {| int a; |}", "record {| int a?; |}", "<"),
    "a field within the rest": (
        "record {| int a; int...; |}",
        "record {| int a; int b?; int...; |}",
        "=",
    ),
    "a field beside the rest": (
        "record {| int a; int...; |}",
        "record {| int a; string b?; int...; |}",
        "<>",
    ),
    "a field around the rest": (
        "record {| int a; int...; |}",
        "record {| int a; int|string b?; int...; |}",
        "<",
    ),
    "a map is a record of rest": ("map<int>", "record {| int...; |}", "="),
    "an empty map and optional fields": ("map<never>", "record {| int a?; |}", "<"),
    "a default is no part of the type": ("record {| int a = 1; |}", "record {| int a; |}", "="),
    "a readonly field, even of an int": ("record {| readonly int a; |}", "record {| int a; |}", "<"),
    "all fields readonly": ("record {| readonly int a; |}", "readonly", "<"),
    "all fields readonly, but open": ("record { readonly int a; }", "readonly", "<>"),
    "readonly as a whole": ("readonly & record {| int a; |}", "record {| readonly int a; |}", "="),
    "an inclusion": ("record {| *Base; string b; |}", "record {| int a; string b; |}", "="),
    "an inclusion of an open record": ("record {| *OpenBase; |}", "record { int a; }", "="),
    "an inclusion with a rest": ("record {| *RestBase; |}", "record {| int a; string...; |}", "="),
    "an inclusion narrowed": ("record {| *Base; byte a; |}", "Base", "<"),
    "a mapping constant": ("TABLE", "readonly & record {| 1 a; |}", "="),
    "mutually recursive records": ("Left", "Mine", "="),
    # tables
    "a keyed table is a table": ("table<Row> key(id)", "table<Row>", "<"),
    "a named key is a key of its type": ("table<Row> key(id)", "table<Row> key<int>", "<"),
    "another key": ("table<Row> key(id)", "table<Row> key(code)", "<>"),
    "the order of a key's names": ("table<Keys> key(a, b)", "table<Keys> key(b, a)", "="),
    "the order of a key's types": ("table<Row> key(id, code)", "table<Row> key(code, id)", "<>"),
    "a key of two fields": ("table<Row> key(id, code)", "table<Row> key<[int, string]>", "<"),
    "rows of a union": ("table<Row|Other> key(id)", "table<Row|Other> key<int>", "<"),
    "tables are covariant": ("table<Row>", "table<Row|Other>", "<"),
    # errors
    "details are read-only": ("error<map<int>>", "error<map<int> & readonly>", "="),
    "a detail of anydata": ("error<record { }>", "error", "<"),
    "a detail of cloneables": ("error<map<value:Cloneable>>", "error", "="),
    "a required detail": ("error<record {| int a; |}>", "error<record {| int a; int b; |}>", "<>"),
    "distinct errors": ("First", "Second", "<>"),
    "distinct is within": ("First", "error", "<"),
    "distinct of distinct": ("Within", "First", "<"),
    "distinct with a detail": ("DetailedFirst", "First", "<"),
    "distinct with and without a detail": ("DetailedFirst", "error<record {| int code; |}>", "<"),
    "a detail that is no mapping": ("error<int>", "never", "="),
    "a detail that is any table": ("error<table<any>>", "never", "="),
    # functions
    "a parameter more": ("function (int)", "function (int, string)", "<>"),
    "a parameter more, whatever is returned": (
        "function (int) returns any|error",
        "function (int, string) returns any|error",
        "<>",
    ),
    "a rest parameter": ("function (int, int...)", "function (int)", "<"),
    "a rest for every parameter": ("function (int...)", "function (int, int...)", "<"),
    "parameters are contravariant": ("function (int|string)", "function (int)", "<"),
    "results are covariant": ("function () returns int", "function () returns int?", "<"),
    "no result is nil": ("function ()", "function () returns ()", "="),
    "names are no part of the type": ("function (int a)", "function (int b)", "="),
    "every function": ("function (int) returns string", "function", "<"),
    "every transactional function": ("transactional function ()", "function", "<"),
    "every isolated function": ("isolated transactional function ()", "isolated function", "<"),
    "isolated is less": ("isolated function ()", "function ()", "<"),
    "transactional is more": ("function ()", "transactional function ()", "<"),
    "arrows meet": (
        "(function (int) returns int) & (function (string) returns int)",
        "function (int|string) returns int",
        "=",
    ),
    "arrows do not split": (
        "function (int|string) returns int|string",
        "(function (int) returns int) & (function (string) returns string)",
        ">",
    ),
    "a recursive function type": ("FunctionLoop", "int|function (int) returns FunctionLoop", "="),
    "a dependent result is within its bound": (
        "function (typedesc<anydata> t) returns t",
        "function (typedesc<anydata> t) returns anydata",
        "<",
    ),
    "a dependent result, whatever its parameter's name": (
        "function (typedesc<anydata> t) returns t|error",
        "function (typedesc<anydata> target) returns target|error",
        "=",
    ),
    "a dependent result that depends on another": (
        "function (typedesc<int> a, typedesc<int> b) returns a",
        "function (typedesc<int> a, typedesc<int> b) returns b",
        "<>",
    ),
    # objects
    "width": ("object { public int a; public int b; }", "object { public int a; }", "<"),
    "depth": ("object { public byte a; }", "object { public int a; }", "<"),
    "a field is no method": (
        "object { public function () returns int f; }",
        "object { public function f() returns int; }",
        "<>",
    ),
    "visibility is equal or nothing": ("object { public int a; }", "object { private int a; }", "<>"),
    "the module's own is not public": ("object { int a; }", "object { public int a; }", "<>"),
    "remote is another kind": (
        "client object { public function f(); }",
        "client object { remote function f(); }",
        "<>",
    ),
    "client is less": ("client object { }", "object { }", "<"),
    "service is less": ("service object { }", "object { }", "<"),
    "isolated is less than an object": ("isolated object { }", "object { }", "<"),
    "no client is a service": ("(client object { }) & (service object { })", "never", "="),
    "a final field": ("object { public final int a; }", "object { public int a; }", "<"),
    "init is no part": ("Plain", "object { public int n; }", "="),
    "a class is its object type": ("Sealed", "Twin", "="),
    "a private member is one more": ("Sealed", "Plain", "<"),
    "a readonly class": ("Fixed", "readonly", "<"),
    "a readonly class and the object type": ("Fixed", "object { public int n; }", "<"),
    "distinct objects": ("OneObject", "TwoObject", "<>"),
    "both distinct": ("BothObjects", "OneObject", "<"),
    "type-ids are included": ("Including", "OneObject", "<"),
    "an object without type-id": ("object { public int a; }", "Including", ">"),
    "qualifiers are included": ("Extended", "Caller", "="),
    # resources
    "a wider path": (
        "client object { resource function get [int id](); }",
        "client object { resource function get [byte id](); }",
        "<",
    ),
    "a path of a name": (
        "client object { resource function get [string name](); }",
        "client object { resource function get orders(); }",
        "<",
    ),
    "a path of a rest": (
        "client object { resource function get [string... path](); }",
        "client object { resource function get orders/[string id](); }",
        "<",
    ),
    "another accessor": (
        "client object { resource function get orders(); }",
        "client object { resource function post orders(); }",
        "<>",
    ),
    "one resource more": (
        "client object { resource function get a(); resource function get b(); }",
        "client object { resource function get a(); }",
        "<",
    ),
    "the root path": (
        "client object { resource function get .(); }",
        "client object { resource function get [string... path](); }",
        ">",
    ),
    # the rest of the behavioural types
    "streams are covariant": ("stream<int>", "stream<int|string>", "<"),
    "a stream ends in nil": ("stream<int>", "stream<int, ()>", "="),
    "a stream may end in an error": ("stream<int>", "stream<int, error?>", "<"),
    "typedesc of a union": ("typedesc<int>|typedesc<string>", "typedesc<int|string>", "<"),
    "typedesc is immutable": ("typedesc<int>", "readonly", "<"),
    "futures are covariant": ("future<int>", "future<int?>", "<"),
    "a bare future": ("future<any|error>", "future", "="),
    "a regular expression": ("regexp:RegExp", "anydata", "<"),
    "a regular expression is no json": ("regexp:RegExp", "json", "<>"),
    "a handle is readonly": ("handle", "readonly", "<"),
    # recursive unions of the language
    "json is written out": (
        "json",
        "()|boolean|int|float|decimal|string|json[]|map<json>",
        "=",
    ),
    "json has no xml": ("xml", "json", "<>"),
    "anydata has tables": ("table<map<anydata>>", "anydata", "<"),
    "json within anydata": ("json", "anydata", "<"),
    "an open record within anydata": ("record { int a; }", "map<anydata>", "<"),
    "anydata within cloneables": ("anydata", "value:Cloneable", "<"),
    "readonly within cloneables": ("readonly", "value:Cloneable", "<"),
    "readonly of anydata": ("readonly & anydata", "readonly", "<"),
    "readonly distributes": ("readonly & (int[]|map<int>)", "(readonly & int[])|(readonly & map<int>)", "="),
    "readonly of a stream": ("readonly & stream<int>", "never", "="),
}


@pytest.mark.parametrize(("left", "right", "symbol"), TRAPS.values(), ids=TRAPS)
def test_what_types_really_say(left: str, right: str, symbol: str) -> None:
    answer = relation(DECLARATIONS, left, right)

    assert (answer.symbol, answer.missing) == (symbol, ())
