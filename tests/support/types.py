"""Types at random, in Ballerina text, and the algebra that they are translated into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from support.sources import descriptor, surface

from semverdiff import limits
from semverdiff.types import Type
from semverdiff.types.names import Meanings
from semverdiff.types.semantic.lowering import Lowering
from semverdiff.types.semantic.universe import new_universe
from semverdiff.types.walk import Budget

if TYPE_CHECKING:
    from semverdiff.types.semantic.parts import SemType

__all__ = ["DECLARED", "IMPORTS", "SIMPLE", "Algebra", "law", "nothing_is_anchored", "simple_types", "types"]

# No deadline, and no complaint about a slow machine: how fast types are drawn is not what a law is about.
law = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])

IMPORTS = "import ballerina/lang.'int; import ballerina/lang.'string; import ballerina/lang.'xml;"

# What generated types refer to.
DECLARED = f"""{IMPORTS}
type Point record {{| int x; int y; |}};
type Open record {{ string name; int age?; }};
type Fixed readonly & record {{| int x; |}};
type Tree record {{| int value; Tree[] children; |}};
type List [int, List]?;
type Json int|string|Json[]|map<Json>;
type Handler function (Handler|int) returns Handler;
type Failure distinct error;
type Detailed distinct error<record {{| int code; |}}>;
type Shape object {{ public function area() returns int; }};
type Apart distinct object {{ }};
type Self [Self];
enum Color {{ RED, GREEN }}
const FIVE = 5;
class Counter {{ public int n = 0; public isolated function next() returns int => 1; }}
readonly class Frozen {{ public final int n = 0; }}
"""
NAMES = [
    *("Point", "Open", "Fixed", "Tree", "List", "Json", "Color", "FIVE", "RED"),
    *("Handler", "Failure", "Detailed", "Shape", "Apart", "Counter", "Frozen", "Self"),
]
KEYWORDS = [
    *("()", "boolean", "int", "byte", "string", "float", "decimal", "never", "json", "anydata"),
    *("any", "readonly", "error", "xml", "(function)", "handle", "future", "typedesc", "object { }"),
    *("true", "0", "1", "-1", "255", '"a"', '"bb"', "1.5", "0f", "1d"),
    *("int:Signed8", "int:Unsigned16", "string:Char", "xml:Element", "xml:Text", "xml:Comment"),
]
SIMPLE = ["()", "boolean", "int", "byte", "string", "float", "decimal", "true", "0", "1", '"a"', "1.5", "1d"]

_FORMS = [
    *("({0})?", "({0})|({1})", "({0})|({1})|({2})", "({0}) & ({1})", "readonly & ({0})"),
    *("({0})[]", "({0})[2]", "[{0}]", "[{0}, {1}]", "[{0}, {1}...]", "[{0}...]", "map<{0}>"),
    *("record {{| {0} a; |}}", "record {{| {0} a; {1} b?; |}}", "record {{| {0} a?; {1}...; |}}"),
    *("record {{ {0} a; }}", "record {{| readonly {0} a; {1} b; |}}", "record {{| *Point; {0} z; |}}"),
]
_BEHAVING_FORMS = [
    *("function ({0}) returns {1}", "function ({0}, {1}...) returns {2}", "isolated function () returns {0}"),
    *("transactional function ({0})", "function ({0}, ({1})...)", "stream<{0}>", "stream<{0}, ({1})?>"),
    *("future<{0}>", "typedesc<{0}>", "table<map<{0}>>", "error<map<{0}>>", "xml<xml:Element|xml:Text>"),
    *("table<record {{| readonly {0} a; {1} b; |}}> key(a)", "table<map<{0}>> key<{1}>"),
    *("object {{ public {0} a; }}", "object {{ public function f({0} x) returns {1}; }}"),
    *("client object {{ remote function f({0} x) returns {1}; }}", "object {{ *Shape; public {0} a; }}"),
    "client object {{ resource function get [{0} id]/name() returns {1}; }}",
    "isolated object {{ public final {0} a; private {1} b; }}",
]


def _nested(inner: st.SearchStrategy[str], forms: list[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda form, *parts: form.format(*parts), st.sampled_from(forms), inner, inner, inner)


types: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(KEYWORDS + NAMES), lambda inner: _nested(inner, _FORMS + _BEHAVING_FORMS), max_leaves=8
)
"""Types of every form."""

simple_types: st.SearchStrategy[str] = st.recursive(
    st.sampled_from([*SIMPLE, "Point", "Open", "Tree", "List", "Color", "FIVE"]),
    lambda inner: _nested(inner, _FORMS),
    max_leaves=8,
)
"""Types whose values can be written as constants."""


def nothing_is_anchored(_module: str, _name: str) -> bool:
    return False


class Algebra:
    """A universe of its own, with the types of a module in it."""

    def __init__(self, declared: str = DECLARED) -> None:
        self.surface = surface(declared)
        self._steps = Budget(limits.EMPTINESS_STEPS, 100 * limits.EMPTINESS_STEPS)
        self.universe, self.readonly = new_universe(self._steps)
        meanings = Meanings(nothing_is_anchored, self.surface)
        self._lowering = Lowering(self.universe, self.readonly, meanings)

    def type_of(self, text: str) -> SemType:
        """Translate a type descriptor."""
        read = descriptor(text, IMPORTS)
        return self._lowering.type_of(Type(read, self.surface.package.name, self.surface))

    def within(self, one: SemType, other: SemType) -> bool:
        """Return whether one type is a subtype of another."""
        self.universe.charge(self._steps)
        return self.universe.is_subtype(one, other)

    def same(self, one: SemType, other: SemType) -> bool:
        """Return whether two types hold the same values."""
        return self.within(one, other) and self.within(other, one)
