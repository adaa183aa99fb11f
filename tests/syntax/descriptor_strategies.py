"""Type descriptors of every form, at random, as somebody could have written them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from semverdiff.syntax.nodes import (
    NIL,
    ArrayType,
    BuiltinType,
    DistinctType,
    Expression,
    FunctionType,
    IntersectionType,
    Location,
    Metadata,
    Method,
    ObjectField,
    ObjectType,
    OptionalType,
    Parameter,
    ParameterizedType,
    RecordField,
    RecordType,
    Reference,
    Signature,
    SingletonType,
    StreamType,
    TableType,
    TupleType,
    TypeDescriptor,
    UnionType,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["descriptors"]

_NOWHERE = Metadata(Location(0, 0))
_KEYWORDS = ("any", "anydata", "error", "int", "json", "never", "readonly", "string", "xml")
_LITERALS = ('"a"', r'"\""', "1", "-1", "1.5", "true")
_NAMES = ("A", "B", "Order", "été")
_DEFAULT = Expression(("1", "+", "f", "(", ")"), "1 + f()")

_Descriptors = st.SearchStrategy[TypeDescriptor]

_leaves: _Descriptors = st.one_of(
    st.sampled_from(_KEYWORDS).map(BuiltinType),
    st.sampled_from(_LITERALS).map(SingletonType),
    st.builds(Reference, st.none() | st.just("acme/shop.orders"), st.sampled_from(_NAMES)),
    st.just(NIL),
)


def _words(*words: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(words))


def _without(kind: type, parts: _Descriptors) -> _Descriptors:
    """Unions and intersections are flat."""
    return parts.filter(lambda one: not isinstance(one, kind))


def _some(parts: _Descriptors) -> st.SearchStrategy[tuple[TypeDescriptor, ...]]:
    return st.lists(parts, min_size=2, max_size=3).map(tuple)


def _fields(parts: _Descriptors) -> st.SearchStrategy[tuple[RecordField, ...]]:
    field = st.builds(
        lambda name, type_, readonly, optional, default: RecordField(
            name, type_, optional and default is None, readonly, default, _NOWHERE
        ),
        st.sampled_from(("a", "b", "größe")),
        parts,
        st.booleans(),
        st.booleans(),
        st.none() | st.just(_DEFAULT),
    )
    return st.lists(field, max_size=2).map(tuple)


def _parameters(kinds: Sequence[str], parts: _Descriptors) -> st.SearchStrategy[tuple[Parameter, ...]]:
    return st.tuples(
        *(
            st.builds(
                Parameter,
                kind=st.just(kind),
                name=st.just(f"p{number}"),
                type=parts,
                default=st.just(_DEFAULT if kind == "defaultable" else None),
                inferred=st.just(value=False),
                metadata=st.just(_NOWHERE),
            )
            for number, kind in enumerate(kinds)
        )
    )


def _signatures(parts: _Descriptors) -> st.SearchStrategy[Signature]:
    kinds = st.sampled_from([(), ("required",), ("required", "defaultable", "rest"), ("included",)])
    return st.builds(Signature, kinds.flatmap(lambda chosen: _parameters(chosen, parts)), parts)


def _objects(parts: _Descriptors) -> st.SearchStrategy[ObjectType]:
    field = st.builds(
        ObjectField,
        name=st.just("f"),
        type=parts,
        visibility=st.sampled_from(("public", "module")),
        final=st.booleans(),
        initial=st.none(),
        metadata=st.just(_NOWHERE),
    )
    method = st.builds(
        Method,
        name=st.just("m"),
        kind=st.just("normal"),
        visibility=st.sampled_from(("public", "module")),
        qualifiers=_words("isolated", "transactional"),
        path=st.just(()),
        signature=_signatures(parts),
        body=st.none(),
        metadata=st.just(_NOWHERE),
    )
    return st.builds(
        ObjectType,
        _words("isolated", "client"),
        st.lists(field, max_size=1).map(tuple),
        st.lists(method, max_size=1).map(tuple),
        _inclusions(),
    )


def _inclusions() -> st.SearchStrategy[tuple[Reference, ...]]:
    return st.lists(st.builds(Reference, st.none(), st.sampled_from(_NAMES)), max_size=1).map(tuple)


def _forms(parts: _Descriptors) -> _Descriptors:
    return st.one_of(
        st.builds(ArrayType, parts, st.sampled_from((None, "3", "*", Reference(None, "N")))),
        st.builds(OptionalType, parts),
        st.builds(UnionType, _some(_without(UnionType, parts))),
        st.builds(IntersectionType, _some(_without(IntersectionType, parts))),
        st.builds(DistinctType, parts),
        st.builds(ParameterizedType, st.sampled_from(("map", "future", "typedesc", "xml", "error")), parts),
        st.builds(StreamType, parts, parts),
        st.builds(TableType, parts, st.none(), st.none() | st.just(("id", "key"))),
        st.builds(TableType, parts, parts, st.none()),
        st.builds(TupleType, st.lists(parts, max_size=2).map(tuple), st.none() | parts),
        st.builds(RecordType, _fields(parts), _inclusions(), st.just(value=False), st.none()),
        st.builds(RecordType, _fields(parts), _inclusions(), st.just(value=True), st.none() | parts),
        st.builds(FunctionType, _words("isolated", "transactional"), _signatures(parts)),
        _objects(parts),
    )


descriptors: _Descriptors = st.recursive(_leaves, _forms, max_leaves=8)
"""Any type descriptor; places in the file and annotations are left out."""
