"""The types that the language defines by recursion: `readonly`, `anydata`, `json`, `Cloneable`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.types.semantic import basic, lists, mappings
from semverdiff.types.semantic.atoms import ListAtom, MappingAtom
from semverdiff.types.semantic.xml import READONLY_ITEMS, sequences_of

if TYPE_CHECKING:
    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.parts import SemType

__all__ = ["READONLY_MAPPING", "define_readonly", "plain_data", "table_row"]

_SIMPLE: Final = basic.bits(basic.NIL, basic.BOOLEAN, basic.INT, basic.FLOAT, basic.DECIMAL, basic.STRING)

# The first atoms of every universe, because whether an error is left is asked without knowing `readonly`.
_READONLY_LIST: Final = 0
READONLY_MAPPING: Final = 1
_READONLY_TABLE: Final = 2
_READONLY_OBJECT: Final = 3
_READONLY_MEMBER: Final = 4


def define_readonly(universe: Universe) -> SemType:
    """Define the first atoms; give `readonly`. SPEC, Immutability: it is deep."""
    for _ in range(_READONLY_MEMBER + 1):
        universe.reserve()
    parts = [
        (code, universe.diagrams.atom(number))
        for code, number in (
            (basic.LIST, _READONLY_LIST),
            (basic.MAPPING, READONLY_MAPPING),
            (basic.TABLE, _READONLY_TABLE),
        )
    ]
    xml = sequences_of(universe.diagrams, READONLY_ITEMS)
    objects = (basic.OBJECT, universe.diagrams.atom(_READONLY_OBJECT))
    readonly = universe.type(basic.READONLY_WHOLE, (*parts, (basic.XML, xml), objects))
    cell = universe.cell(readonly, readonly=True)
    universe.define(_READONLY_LIST, ListAtom((), 0, cell))
    or_absent = universe.cell(mappings.absent_or(universe, readonly), readonly=True)
    universe.define(READONLY_MAPPING, MappingAtom((), (), or_absent))
    rows = lists.row(universe, (), universe.atomic(basic.MAPPING, READONLY_MAPPING), readonly=True)
    anything = universe.cell(universe.type(basic.VALUES | 1 << basic.UNDEFINED), readonly=True)
    rows_cell = universe.cell(universe.atomic(basic.LIST, universe.number(rows)), readonly=True)
    universe.define(_READONLY_TABLE, ListAtom((rows_cell, anything, anything), 3, anything))
    # A member of an object is described by its kind, its visibility and its value (`objects`).
    universe.define(_READONLY_MEMBER, ListAtom((anything, anything, cell), 3, anything))
    member = universe.type(
        basic.bits(basic.BOOLEAN, basic.STRING, basic.UNDEFINED),
        ((basic.LIST, universe.diagrams.atom(_READONLY_MEMBER)),),
    )
    universe.define(_READONLY_OBJECT, MappingAtom((), (), universe.cell(member, readonly=True)))
    return readonly


def plain_data(universe: Universe, name: str, readonly: SemType, also: int = 0) -> SemType:
    """Return `anydata`, `json` or `Cloneable`, each level with these basic types as well."""
    list_number, mapping_number = universe.reserve(), universe.reserve()
    structures = (
        (basic.LIST, universe.diagrams.atom(list_number)),
        (basic.MAPPING, universe.diagrams.atom(mapping_number)),
    )
    if name == "json":
        whole = universe.type(_SIMPLE | also, structures)
    else:
        rows = universe.atomic(basic.MAPPING, mapping_number)
        table = universe.part(basic.TABLE, universe.diagrams.atom(universe.number(table_row(universe, rows))))
        whole = universe.union(
            universe.type(_SIMPLE | also | basic.bits(basic.REGEXP, basic.XML), structures), table
        )
        if name == "Cloneable":
            whole = universe.union(whole, readonly)
    universe.define(list_number, ListAtom((), 0, universe.cell(whole, readonly=False)))
    rest = mappings.rest_cell(universe, whole)
    universe.define(mapping_number, MappingAtom((), (), rest))
    return whole


def table_row(
    universe: Universe, rows: SemType, key_type: SemType | None = None, key_names: SemType | None = None
) -> ListAtom:
    """Return the list that a table is described by: its rows, its key's type, its key's field names."""
    anything = universe.cell(universe.type(basic.VALUES | 1 << basic.UNDEFINED), readonly=True)
    rows_list = universe.atomic(basic.LIST, universe.number(lists.row(universe, (), rows)))
    cells = (
        universe.cell(rows_list, readonly=True),
        anything if key_type is None else universe.cell(key_type, readonly=True),
        anything if key_names is None else universe.cell(key_names, readonly=True),
    )
    return ListAtom(cells, len(cells), anything)
