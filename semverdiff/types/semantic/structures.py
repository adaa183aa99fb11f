"""Lists, mappings, tables, streams, futures and typedescs to atoms; xml to its sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api.members import field_type, record_members
from semverdiff.api.printing import type_text
from semverdiff.api.resolution import record_shape
from semverdiff.syntax.nodes import NIL, ParameterizedType
from semverdiff.types.forms import union_members
from semverdiff.types.names import Reading, spelt
from semverdiff.types.semantic import lists, mappings, predefined
from semverdiff.types.semantic.atoms import ForeignAtom
from semverdiff.types.semantic.basic import LIST, MAPPING, UNDEFINED, WILD, XML
from semverdiff.types.semantic.context import is_foreign
from semverdiff.types.semantic.parts import SemType
from semverdiff.types.semantic.singletons import singleton
from semverdiff.types.semantic.xml import XmlSet, sequences_of
from semverdiff.types.walk import gather

if TYPE_CHECKING:
    from semverdiff.api.members import RecordMembers
    from semverdiff.api.surface import Type
    from semverdiff.syntax.nodes import ArrayType, StreamType, TableType, TupleType, TypeDescriptor
    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.context import Building, Context
    from semverdiff.types.walk import Walk

__all__ = [
    "array_atom",
    "map_atom",
    "of_unknown",
    "record_atom",
    "stream_atom",
    "table_atom",
    "tuple_atom",
    "wrapper_atom",
    "xml_sequences",
]


def _inner(context: Context, type_: Type, descriptor: TypeDescriptor) -> SemType | Walk[SemType]:
    return context.lower(type_.with_descriptor(descriptor))


def array_atom(context: Context, type_: Type, array: ArrayType, length: int | None) -> Building:
    """Translate `T[]` or `T[n]`."""
    member = yield _inner(context, type_, array.member)
    if length is None:
        return lists.row(context.universe, (), member)
    return lists.array(context.universe, member, length)


def tuple_atom(context: Context, type_: Type, written: TupleType) -> Building:
    """Translate `[A, B, R...]`."""
    further = context.universe.never
    if written.rest is not None:
        further = yield _inner(context, type_, written.rest)
    types = yield from gather(_inner(context, type_, member) for member in written.members)
    return lists.row(context.universe, types, further)


def record_atom(context: Context, record: RecordMembers) -> Building:
    """Translate a record type, its inclusions expanded."""
    universe = context.universe
    universe.step(len(record.fields))
    cells: dict[str, SemType] = {}
    for name, member in record.fields.items():
        field = member.declared
        lowered = context.lower(field_type(member))
        # Most fields are of types that are translated already.
        type_ = lowered if isinstance(lowered, SemType) else (yield lowered)
        if field.readonly:
            type_ = universe.intersection(type_, context.readonly)
        if field.optional:
            type_ = mappings.absent_or(universe, type_)
        cells[name] = universe.cell(type_, readonly=field.readonly)
    rest = universe.never
    if record.rest is not None:
        rest = yield context.lower(record.rest)
    if record.opaque:
        # Two records with the same foreign inclusion share fields that nobody knows. What each
        # declares itself must be declared by the other, or it might be one of those.
        further = "closed" if record.rest is None else type_text(record.rest.descriptor)
        marks = [*sorted(map(spelt, record.opaque)), *record.fields]
        for mark in marks:
            cells[f"*{mark}"] = universe.cell(singleton(universe, further), readonly=True)
    return mappings.mapping(cells, mappings.rest_cell(universe, rest))


def map_atom(context: Context, type_: Type, parameter: TypeDescriptor) -> Building:
    """Translate `map<T>`."""
    rest = yield _inner(context, type_, parameter)
    return mappings.mapping({}, mappings.rest_cell(context.universe, rest))


def wrapper_atom(context: Context, type_: Type, parameter: TypeDescriptor, *, readonly: bool) -> Building:
    """Translate `future<T>` and `typedesc<T>`, which are covariant like an array of T."""
    held = yield _inner(context, type_, parameter)
    if held is context.universe.top:
        return None
    return lists.row(context.universe, (), held, readonly=readonly)


def xml_sequences(universe: Universe, constituent: SemType) -> SemType:
    """Return `xml<T>`."""
    if constituent.whole >> XML & 1:
        return universe.type(1 << XML)
    data = dict(constituent.parts).get(XML)
    items = data.items if isinstance(data, XmlSet) else 0  # none of a type that is no xml
    sequences = sequences_of(universe.diagrams, items)
    return universe.part(XML, True if sequences.sequences is True else sequences)


def stream_atom(context: Context, type_: Type, stream: StreamType) -> Building:
    """Translate `stream<T, C>`."""
    universe = context.universe
    # A stream of never is a type with values, so that neither part may be a member by itself.
    parts: list[SemType] = []
    for part in (stream.value, stream.completion):
        held = lists.row(universe, (), (yield _inner(context, type_, part)))
        parts.append(universe.atomic(LIST, universe.number(held)))
    return lists.row(universe, parts, universe.never, readonly=True)


def table_atom(context: Context, type_: Type, table: TableType) -> Building:
    """Translate a table type; `None` for tables of any mappings."""
    universe = context.universe
    rows = yield _inner(context, type_, table.row)
    if table.key_names is None and table.key_type is None:
        return None if rows.whole >> MAPPING & 1 else predefined.table_row(universe, rows)
    if table.key_type is not None:
        key = yield _inner(context, type_, table.key_type)
        # `key<never>` says that there is no key, which is not to say that there is no table.
        key = universe.type(1 << UNDEFINED) if key is universe.never else key
        return predefined.table_row(universe, rows, key)
    names = table.key_names or ()
    fields: list[SemType | Walk[SemType]] = [_key_field(context, type_, table, rows, name) for name in names]
    parts = yield from gather(fields)
    # Key names are put in order: the compiler's own tests take key(a, b) and key(b, a) for equal.
    specifier = singleton(universe, tuple(sorted(names)))
    if len(parts) == 1:
        return predefined.table_row(universe, rows, parts[0], specifier)
    key = universe.atomic(LIST, universe.number(lists.row(universe, parts, universe.never)))
    return predefined.table_row(universe, rows, key, specifier)


def _key_field(context: Context, type_: Type, table: TableType, rows: SemType, name: str) -> Walk[SemType]:
    """Return the type of a key field; from the text, because a row may hold tables of its own kind."""
    universe, row = context.universe, type_.with_descriptor(table.row)
    held = [_held(one, name) for one in union_members(row) if one.descriptor != NIL]
    written = [one for one in held if one is not None]
    if len(written) < len(held):
        if record_shape(row) is not None:
            return context.foreign(name)
        return mappings.projected(universe, rows, singleton(universe, name))
    fields = yield from gather(context.lower(one) for one in written)
    return universe.intersection(universe.union_of(fields), context.readonly)


def _held(row: Type, name: str) -> Type | None:
    """Return the type of a field of a record, or of what a map holds; `None` if that is not written."""
    match row.descriptor:
        case ParameterizedType("map", parameter):
            return row.with_descriptor(parameter)
    shape = record_shape(row)
    field = None if shape is None else record_members(shape.type).fields.get(name)
    return None if field is None else field_type(field)


def of_unknown(context: Context, code: int, parameter: SemType) -> SemType | None:
    """Return `xml<T>` or `error<T>` of a name T that is not looked into; `None` if it is known."""
    universe = context.universe
    if context.reading is Reading.LEAST and parameter.whole >> WILD & 1:
        return universe.type(1 << WILD)
    if not is_foreign(parameter):
        return None
    # Types that are written alike are one object: what is told apart is told apart by identity.
    name = f"{code}<{id(parameter)}>"
    if code == XML:
        return context.named(name)  # xml is no formula that a name could be a part of
    return universe.atomic(code, universe.number(ForeignAtom(name)))
