"""Declarations and type descriptors as data: what a file says, before any name is looked up.

One class a form of the language specification's sections on type descriptors and module-level declarations.
Names are as the file means them, not as it spells them: quotes and escapes are gone, and an import prefix is
replaced by the module that the file imports under it. Nothing is compared here: two spellings of one type
are equal only for the types room.

Structs of msgspec instead of dataclasses, because a package has up to a million of these: they are made
eight times as fast, their classes sixty times as fast, and the garbage collector leaves them alone. It does
not leave alone those that hold a type directly: only what it knows is freed without recursion, however deep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from semverdiff.syntax.spelling import name_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = [
    "LEAVES",
    "NIL",
    "PARTS",
    "Annotation",
    "AnnotationDeclaration",
    "ArrayType",
    "BuiltinType",
    "Class",
    "Constant",
    "Declaration",
    "DistinctType",
    "Enum",
    "EnumMember",
    "Expression",
    "Function",
    "FunctionType",
    "IntersectionType",
    "Listener",
    "Location",
    "Metadata",
    "Method",
    "MethodKind",
    "NilType",
    "ObjectField",
    "ObjectType",
    "OptionalType",
    "Parameter",
    "ParameterKind",
    "ParameterizedType",
    "PathSegment",
    "RecordField",
    "RecordType",
    "Reference",
    "Service",
    "Signature",
    "SingletonType",
    "StreamType",
    "TableType",
    "TupleType",
    "TypeDefinition",
    "TypeDescriptor",
    "UnionType",
    "Variable",
    "Visibility",
    "names_in",
]

ParameterKind = Literal["required", "defaultable", "included", "rest"]
MethodKind = Literal["normal", "remote", "resource", "init"]
Visibility = Literal["public", "private", "module"]


class Node(msgspec.Struct, frozen=True, array_like=True, tag=True, tag_field="node"):
    """What all of these are: frozen, and in a cache a row that begins with the name of its class."""


class Location(Node, frozen=True, gc=False):
    """A place in a file, counting lines and columns (in characters) from 1."""

    line: int
    column: int


class Expression(Node, frozen=True, gc=False):
    """An expression that is compared as written: by `tokens`, while `text` is for people.

    `tokens` leaves out layout and comments, which do not count; `text` is the source on one line.
    """

    tokens: tuple[str, ...]
    text: str

    def names(self) -> Iterator[Reference]:
        """Yield what it names: all words that are neither literals nor marks, keywords among them."""
        for token in self.tokens:
            named = name_in(token)
            if named is not None:
                yield Reference(*named)


class Annotation(Node, frozen=True, gc=False):
    """An annotation as attached: `@http:ServiceConfig {...}`."""

    tag: Reference
    value: Expression | None


class Metadata(Node, frozen=True, gc=False):
    """What stands before a declaration, field or member: documentation and annotations."""

    location: Location
    documentation: str = ""
    annotations: tuple[Annotation, ...] = ()


class BuiltinType(Node, frozen=True, gc=False):
    """A type named by a keyword alone: `int`, `anydata`, bare `error`, bare `function`, ..."""

    name: str


class NilType(Node, frozen=True, gc=False):
    """`()`, also spelt `null`."""


NIL = NilType()


class SingletonType(Node, frozen=True, gc=False):
    """A literal as a type; `text` is the literal in one spelling (`"RED"`, `-5`, `true`)."""

    text: str


class Reference(Node, frozen=True, gc=False):
    """A name of this module (`module is None`) or of the module imported as `organization/name`."""

    module: str | None
    name: str


class ArrayType(Node, frozen=True):
    """`T[]`, `T[n]` or `T[*]`: `length` is `None`, a literal's text, `*`, or a constant's name."""

    member: TypeDescriptor
    length: str | Reference | None


class OptionalType(Node, frozen=True):
    """`T?`."""

    member: TypeDescriptor


class UnionType(Node, frozen=True, gc=False):
    """`A|B|C`, flattened, in the order written."""

    members: tuple[TypeDescriptor, ...]


class IntersectionType(Node, frozen=True, gc=False):
    """`A & B`, flattened, in the order written."""

    members: tuple[TypeDescriptor, ...]


class DistinctType(Node, frozen=True):
    """`distinct T`."""

    member: TypeDescriptor


class ParameterizedType(Node, frozen=True):
    """`map<T>`, `future<T>`, `typedesc<T>`, `xml<T>`, `error<T>`; the bare forms are builtin types."""

    name: str
    parameter: TypeDescriptor


class StreamType(Node, frozen=True):
    """`stream<T>` or `stream<T, C>`; without `C` the completion type is nil."""

    value: TypeDescriptor
    completion: TypeDescriptor


class TableType(Node, frozen=True):
    """`table<R>`, `table<R> key<K>` or `table<R> key(a, b)`."""

    row: TypeDescriptor
    key_type: TypeDescriptor | None
    key_names: tuple[str, ...] | None


class TupleType(Node, frozen=True, gc=False):
    """`[A, B, R...]`."""

    members: tuple[TypeDescriptor, ...]
    rest: TypeDescriptor | None


class RecordField(Node, frozen=True, gc=False):
    """A field of a record: `readonly T name? = default`."""

    name: str
    type: TypeDescriptor
    optional: bool
    readonly: bool
    default: Expression | None
    metadata: Metadata


class RecordType(Node, frozen=True, gc=False):
    """`record {...}` (open) or `record {|...|}` (closed, perhaps with a `rest`)."""

    fields: tuple[RecordField, ...]
    inclusions: tuple[Reference, ...]
    closed: bool
    rest: TypeDescriptor | None


class Parameter(Node, frozen=True, gc=False):
    """A parameter; `name` is empty where a function type leaves it out.

    `inferred` is the default `<>` of a typedesc parameter.
    """

    kind: ParameterKind
    name: str
    type: TypeDescriptor
    default: Expression | None
    inferred: bool
    metadata: Metadata


class Signature(Node, frozen=True):
    """The parameters and result of a function; no `returns` clause is a result of nil."""

    parameters: tuple[Parameter, ...]
    result: TypeDescriptor
    result_annotations: tuple[Annotation, ...] = ()


class FunctionType(Node, frozen=True, gc=False):
    """`isolated function (int) returns string`; `signature is None` for bare `isolated function`."""

    qualifiers: frozenset[str]
    signature: Signature | None


class PathSegment(Node, frozen=True, gc=False):
    """A segment of a resource path: a literal name, `[T name]`, or `[T... name]`."""

    kind: Literal["name", "parameter", "rest"]
    name: str
    type: TypeDescriptor | None


class Method(Node, frozen=True, gc=False):
    """A method of a class, object type or service. For a resource method `name` is the accessor.

    `body` is its source: bodies are never modelled.
    """

    name: str
    kind: MethodKind
    visibility: Visibility
    qualifiers: frozenset[str]
    path: tuple[PathSegment, ...]
    signature: Signature
    body: bytes | None
    metadata: Metadata


class ObjectField(Node, frozen=True, gc=False):
    """A field of a class, object type or service."""

    name: str
    type: TypeDescriptor
    visibility: Visibility
    final: bool
    initial: Expression | None
    metadata: Metadata


class ObjectType(Node, frozen=True, gc=False):
    """`isolated client object {...}`: qualifiers, fields, methods, inclusions."""

    qualifiers: frozenset[str]
    fields: tuple[ObjectField, ...]
    methods: tuple[Method, ...]
    inclusions: tuple[Reference, ...]


TypeDescriptor = (
    BuiltinType
    | NilType
    | SingletonType
    | Reference
    | ArrayType
    | OptionalType
    | UnionType
    | IntersectionType
    | DistinctType
    | ParameterizedType
    | StreamType
    | TableType
    | TupleType
    | RecordType
    | FunctionType
    | ObjectType
)

LEAVES: Final = frozenset({BuiltinType, NilType, Reference, SingletonType})
"""The forms without parts, as most are. `isinstance` takes ten times as long to say no."""

IndependentType = (
    BuiltinType | NilType | SingletonType | Reference | DistinctType | RecordType | FunctionType | ObjectType
)
"""SPEC, Dependently-typed functions: the forms of which no part names a parameter."""


class Function(Node, frozen=True, gc=False):
    """A function of the module. `body` is its source, never modelled."""

    name: str
    public: bool
    qualifiers: frozenset[str]
    signature: Signature
    body: bytes | None
    metadata: Metadata


class TypeDefinition(Node, frozen=True, gc=False):
    """`type Name descriptor;`."""

    name: str
    public: bool
    type: TypeDescriptor
    metadata: Metadata


class Class(Node, frozen=True, gc=False):
    """A class. `type` holds its members and inclusions as an object type.

    The qualifiers `isolated`, `client` and `service` are the object type's; `qualifiers` holds the
    others, `distinct` and `readonly`.
    """

    name: str
    public: bool
    qualifiers: frozenset[str]
    type: ObjectType
    metadata: Metadata


class EnumMember(Node, frozen=True, gc=False):
    """A member of an enum; without a value it is the string of its own name."""

    name: str
    value: Expression | None
    metadata: Metadata


class Enum(Node, frozen=True, gc=False):
    """An enum with its members in the order written."""

    name: str
    public: bool
    members: tuple[EnumMember, ...]
    metadata: Metadata


class Constant(Node, frozen=True, gc=False):
    """`const T NAME = value;`."""

    name: str
    public: bool
    type: TypeDescriptor | None
    value: Expression
    metadata: Metadata


class Variable(Node, frozen=True, gc=False):
    """A module variable, also a configurable one. `type is None` for `var`.

    `required` is `= ?`: the deployer has to give a value.
    """

    name: str
    public: bool
    qualifiers: frozenset[str]
    type: TypeDescriptor | None
    initial: Expression | None
    required: bool
    metadata: Metadata


class Listener(Node, frozen=True, gc=False):
    """`listener T name = expression;`."""

    name: str
    public: bool
    type: TypeDescriptor | None
    initial: Expression
    metadata: Metadata


class AnnotationDeclaration(Node, frozen=True, gc=False):
    """`const annotation T Name on source type, ...;`. `type is None`: it takes no value."""

    name: str
    public: bool
    const: bool
    type: TypeDescriptor | None
    attach_points: frozenset[str]
    metadata: Metadata


class Service(Node, frozen=True, gc=False):
    """A service declaration. `name` is its attach point as written, or its listeners without one."""

    name: str
    attach_point: str
    listeners: tuple[Expression, ...]
    service_type: Reference | None
    type: ObjectType
    metadata: Metadata

    @property
    def public(self) -> bool:
        """A service is reached over the network, not by its name."""
        return False


Declaration = (
    Function
    | TypeDefinition
    | Class
    | Enum
    | Constant
    | Variable
    | Listener
    | AnnotationDeclaration
    | Service
)

_MEMBERS: Final = frozenset({Method, ObjectField})

PARTS: Final[dict[type[Node], tuple[str, ...]]] = {
    AnnotationDeclaration: ("type",),
    ArrayType: ("member", "length"),
    Class: ("type",),
    Constant: ("type", "value"),
    DistinctType: ("member",),
    Enum: ("members",),
    EnumMember: ("value",),
    Function: ("signature",),
    FunctionType: ("signature",),
    IntersectionType: ("members",),
    Listener: ("type", "initial"),
    Method: ("path", "signature"),
    ObjectField: ("type", "initial"),
    ObjectType: ("fields", "methods", "inclusions"),
    OptionalType: ("member",),
    Parameter: ("type", "default"),
    ParameterizedType: ("parameter",),
    PathSegment: ("type",),
    RecordField: ("type", "default"),
    RecordType: ("fields", "inclusions", "rest"),
    Service: ("listeners", "service_type", "type"),
    Signature: ("parameters", "result"),
    StreamType: ("value", "completion"),
    TableType: ("row", "key_type"),
    TupleType: ("members", "rest"),
    TypeDefinition: ("type",),
    UnionType: ("members",),
    Variable: ("type", "initial"),
}
"""The fields that hold further nodes, rows of these among them; metadata and annotations apart."""


def names_in(
    node: Node,
    parts: Mapping[type[Node], tuple[str, ...]] = PARTS,
    passes_over: Callable[[ObjectField | Method], bool] | None = None,
) -> Iterator[Reference]:
    """Yield the names in the types and expressions of a node.

    `parts` says which fields of a form are looked into, `passes_over` which members of objects are not.
    """
    waiting: list[Any] = [node]
    while waiting:
        one = waiting.pop()
        # By their exact forms: to ask whether one is an instance of others takes twice as long.
        form = type(one)
        if form in parts:
            if passes_over is None or form not in _MEMBERS or not passes_over(one):
                waiting += [getattr(one, part) for part in parts[form]]
        elif form is tuple:
            waiting += one
        elif form is Reference:
            yield one
        elif form is Expression:
            yield from one.names()
