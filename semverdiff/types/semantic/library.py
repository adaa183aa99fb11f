"""Names of the language library that are types: what they hold is part of the language.

Some have values that no declaration could describe (`int:Signed32`); the others are declared here as the
library declares them. Left out are its type parameters, which mean something inside of it only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final

from semverdiff.api.surface import Surface
from semverdiff.packages import Module, Package, Provenance, SourceFile
from semverdiff.types.semantic.basic import INT, REGEXP, STRING, XML
from semverdiff.types.semantic.literals import LiteralSet, StringSet
from semverdiff.types.semantic.xml import COMMENT, ELEMENT, EMPTY, INSTRUCTION, TEXT, XmlSet

if TYPE_CHECKING:
    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.integers import Range
    from semverdiff.types.semantic.semtype import SemType

__all__ = ["BYTE", "Elsewhere", "language_library", "library_type"]

BYTE: Final[Range] = (0, 255)
_INTEGERS: Final[dict[str, Range]] = {
    "Signed8": (-(2**7), 2**7 - 1),
    "Signed16": (-(2**15), 2**15 - 1),
    "Signed32": (-(2**31), 2**31 - 1),
    "Unsigned8": BYTE,
    "Unsigned16": (0, 2**16 - 1),
    "Unsigned32": (0, 2**32 - 1),
}
_XML_ITEMS: Final[dict[str, int]] = {
    "Element": ELEMENT,
    "ProcessingInstruction": INSTRUCTION,
    "Comment": COMMENT,
    # SPEC, XML: a text may be empty, which is the empty sequence.
    "Text": TEXT | EMPTY,
}
Elsewhere = Callable[[Surface, str], Surface | None]
"""Gives the surface that declares a module of another package (`ballerina/http`), as one side sees it."""

_ORGANIZATION: Final = "ballerina"
# SPEC, Language library, module by module.
_DECLARED: Final = {
    "lang.error": """
        import ballerina/lang.value;
        public type Detail record {| value:Cloneable...; |};
        public type Retriable distinct error;
        public type StackFrame readonly & object { public isolated function toString() returns string; };
    """,
    "lang.object": """
        public type Iterable distinct object {
            public function iterator() returns object {
                public isolated function next() returns record {| any|error value; |}|error?;
            };
        };
        public type RawTemplate distinct object {
            public (readonly & string[]) strings;
            public (any|error)[] insertions;
        };
        public type RetryManager object { public function shouldRetry(error? e) returns boolean; };
    """,
    "lang.regexp": """
        public type Span readonly & object {
            public int startIndex;
            public int endIndex;
            public isolated function substring() returns string;
        };
        public type Groups readonly & [Span, Span?...];
        public type ReplacerFunction isolated function (Groups groups) returns string;
        public type Replacement ReplacerFunction|string;
    """,
    "lang.runtime": """
        public type DynamicListener object {
            public function 'start() returns error?;
            public function gracefulStop() returns error?;
            public function immediateStop() returns error?;
        };
        public type StackFrame readonly & object { public isolated function toString() returns string; };
    """,
    "lang.transaction": """
        public type Timestamp readonly & object {
            public isolated function toMillisecondsInt() returns int;
            public isolated function toString() returns string;
        };
        public type Info readonly & record {|
            byte[] xid;
            int retryNumber;
            Info? prevAttempt;
            Timestamp startTime;
        |};
        public type CommitHandler isolated function (Info info);
        public type RollbackHandler isolated function (Info info, error? cause, boolean willRetry);
    """,
    "lang.typedesc": """
        public type ModuleId readonly & record {|
            string organization;
            string name;
            string[] platformParts;
        |};
        public type TypeId readonly & record {| ModuleId moduleId; string|int localId; |};
    """,
}
_CHARACTERS: Final = StringSet(LiteralSet(frozenset(), excluded=True), LiteralSet(frozenset()))


def library_type(universe: Universe, module: str, name: str) -> SemType | None:
    """Return a type of a language library module (`ballerina/lang.int`); `None` if it is not known."""
    match module.removeprefix("ballerina/"), name:
        case "lang.int", _ if name in _INTEGERS:
            return universe.part(INT, (_INTEGERS[name],))
        case "lang.string", "Char":
            return universe.part(STRING, _CHARACTERS)
        case "lang.xml", _ if name in _XML_ITEMS:
            return universe.part(XML, XmlSet(_XML_ITEMS[name], False))
        case (("lang.string" | "lang.regexp"), "RegExp"):
            return universe.type(1 << REGEXP)
    return None


def language_library(_side: Surface, module: str) -> Surface | None:
    """Return what declares a module of the language library; `None` for any other module."""
    organization, _, name = module.partition("/")
    return _library() if organization == _ORGANIZATION and name in _DECLARED else None


@cache
def _library() -> Surface:
    modules = tuple(
        Module(name, exported=True, files=(SourceFile(f"{name}.bal", text.encode()),))
        for name, text in _DECLARED.items()
    )
    return Surface(Package(_ORGANIZATION, "lang", "", modules, Provenance("directory")))
