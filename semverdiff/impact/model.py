"""What an index of uses holds: the uses that a package makes of names, and what each use is made on.

Nothing is resolved here. What a use is made on is a `Term`: how a value comes about, as far as the text says
it. Whoever has the packages that the names lead to evaluates it (`semverdiff.impact.evaluation`), so that an
index depends on nothing but the sources of its package.
"""

from __future__ import annotations

from typing import Final

import msgspec

from semverdiff.enums import StrEnum
from semverdiff.syntax.nodes import TypeDescriptor  # noqa: TC001 (a field's type)

__all__ = [
    "NOTHING",
    "PLACES",
    "WRITES",
    "Argument",
    "FileUses",
    "Flow",
    "ModuleUses",
    "Op",
    "PackageUses",
    "Place",
    "Position",
    "Sink",
    "Term",
    "Use",
    "UseKind",
]

NOTHING: Final = -1
"""In place of the number of a term: nothing is known of the value."""


class Op(StrEnum):
    """How a value, or what is called, comes about.

    `of` is the number of the term that it is made of. A term has a lower number than those that it is in.
    """

    TYPE = "type"
    """A value of a type that is written: `of` is the number of the descriptor."""
    FUNCTION = "function"
    """The function of a module, called."""
    METHOD = "method"
    """The method of `of`, called by a dot."""
    REMOTE = "remote"
    """The remote method of `of`."""
    RESOURCE = "resource"
    """The resource of `of`: `name` is the accessor, `module` the path."""
    INIT = "init"
    """The constructor of the class that the type `of` names."""
    RESULT = "result"
    """What a call of `of` gives."""
    PARAMETER = "parameter"
    """What the callee `of` takes by that name; `#2` is the third positional argument, `...` those spread."""
    FIELD = "field"
    """The field of `of`."""
    ELEMENT = "element"
    """A member of the list, mapping or stream `of`."""
    CHECKED = "checked"
    """What is left of `of` without errors."""
    NOT_NIL = "not nil"
    """What is left of `of` without nil."""
    UNION = "union"
    """A value of `of` or of `other`."""
    GIVEN = "given"
    """What a function in the place `of` is called with: `name` is the number of its parameter."""
    VALUE = "value"
    """What the module has under that name: a variable, a constant, a type as a value."""
    ANNOTATION = "annotation"
    """The value of that annotation."""


class Term(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A value by how it comes about; `module` is a full name, None for that of the file."""

    op: Op
    of: int = NOTHING
    name: str = ""
    module: str | None = None
    other: int = NOTHING


class UseKind(StrEnum):
    """What a dependent does with a name. The words are for people, too."""

    ANNOTATE = "annotates with"
    CALL = "calls"
    CONSTRUCT = "constructs"
    ERROR = "constructs the error"
    IMPLEMENT = "implements"
    IMPORT = "imports"
    INCLUDE = "includes"
    LISTEN = "listens on"
    MATCH = "matches on"
    NAME = "names the type"
    NEW = "creates"
    PATTERN = "matches the value"
    PUT = "hands on a value"
    READ = "reads"
    READ_KEY = "reads by key"
    VALUE = "uses the value"
    WRITE = "writes"
    WRITE_KEY = "writes by key"


WRITES: Final = frozenset({UseKind.WRITE, UseKind.WRITE_KEY})


class Position(StrEnum):
    """Where a type is named."""

    CAST = "a cast"
    CLASS = "an included type"
    DEFINITION = "a type definition"
    ERROR = "an error pattern"
    FIELD = "a field"
    PARAMETER = "a parameter"
    RESULT = "a result"
    TEST = "a type test"
    VARIABLE = "a variable"
    ELSEWHERE = "another place"


class Sink(StrEnum):
    """What becomes of the value of an expression."""

    ARGUMENT = "argument"
    ASSIGNED = "assigned"
    CAST = "cast"
    COMPARED = "compared"
    DISCARDED = "discarded"
    FIELD = "field of a constructor"
    INFERRED = "kept in `var`"
    ITERATED = "iterated"
    RECEIVER = "used further"
    RETURNED = "returned"
    SPREAD = "spread"
    TESTED = "tested"
    TYPED = "kept in a variable of a declared type"
    OTHER = "used"


PLACES: Final = frozenset({Sink.ARGUMENT, Sink.ASSIGNED, Sink.FIELD, Sink.RETURNED, Sink.SPREAD, Sink.TYPED})
"""Where a value is put into a place that may have a type of its own."""


class Flow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What becomes of a value: `term` is the place that takes it, `checked` says that it has no errors."""

    sink: Sink = Sink.OTHER
    term: int = NOTHING
    checked: bool = False


class Argument(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An argument of a call, or a field of a constructor.

    A positional argument has no `name`. `quoted` is a key that is written as a string; `literal` is the text
    of a literal; `spread` is `...value`, of which nobody sees what it holds, nor of a computed key. `made`
    says how a value is made that has no type of its own, as `{...}` or `new`: its term is what the place
    takes. What `+=` gives is made of the value that is there.
    """

    name: str = ""
    term: int = NOTHING
    quoted: bool = False
    spread: bool = False
    literal: str = ""
    made: str = ""


class Place(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where the name of a use stands, counted from 1, the column in characters."""

    line: int
    column: int


class Use(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A use of a name of another package, or of a member whose owner may be one of another package.

    `term` is the callee of a call, what a member is read of, the type that is constructed. `name` is as it is
    meant, for members the name of the member. `module` is that of a name of a module. `members` are the
    members that an implementer declares, or the patterns of a match; `is_open` says that a match has a clause
    for everything else; of an annotation they are where it is attached. `value` is the term of what a call or
    an access gives, or of what implements a type. `function` are the qualifiers of the function around it. A
    read or write by a key that is no literal has no `name`.
    """

    kind: UseKind
    name: str
    place: Place
    term: int = NOTHING
    module: str | None = None
    arguments: tuple[Argument, ...] = ()
    flow: Flow = Flow()
    position: Position = Position.ELSEWHERE
    members: tuple[str, ...] = ()
    is_open: bool = False
    is_optional: bool = False
    function: tuple[str, ...] = ()
    value: int = NOTHING


class FileUses(msgspec.Struct, frozen=True, array_like=True):
    """The uses in one file; `imports` are the modules that it imports, with their organizations.

    `damaged` are words of what does not parse, None if it has too many to be kept: any may be used there.
    """

    path: str
    imports: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    damaged: frozenset[str] | None = frozenset()


class ModuleUses(msgspec.Struct, frozen=True, array_like=True):
    """The uses in a module, and what they are made of."""

    name: str
    files: tuple[FileUses, ...]
    terms: tuple[Term, ...]
    descriptors: tuple[TypeDescriptor, ...]


class PackageUses(msgspec.Struct, frozen=True, array_like=True):
    """The uses in a package, known by the digest of its sources and of what reads them."""

    name: str
    modules: tuple[ModuleUses, ...]
