"""What the modules of the language library declare, which come with every distribution.

Both sides of a comparison have the same ones: what is written down here is what no update has changed. Types
whose values no declaration could describe (`int:Signed32`, `value:Cloneable`) are known to the rooms that
ask for their values.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from semverdiff.api.surface import Surface
from semverdiff.artifact import Provenance
from semverdiff.packages import Module, Package, SourceFile

__all__ = ["language_library"]

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


def language_library(module: str) -> Surface | None:
    """Return what declares a module of the language library; `None` for any other module."""
    organization, _, name = module.partition("/")
    return _library() if organization == _ORGANIZATION and name in _DECLARED else None


@cache
def _library() -> Surface:
    modules = tuple(
        Module(name, exported=True, files=(SourceFile(f"{name}.bal", text.encode()),))
        for name, text in _DECLARED.items()
    )
    return Surface(Package(_ORGANIZATION, "lang", "", modules, Provenance("directory")), is_bundled=True)
