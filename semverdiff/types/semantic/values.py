"""Values in Ballerina text, as examples of what a type holds.

The value is small rather than typical: nil before a number, a number before a list, no field that may
be left out. Functions and objects are not written: their text would say nothing about their type.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from semverdiff import limits
from semverdiff.syntax.spelling import quoted
from semverdiff.types.semantic import basic, integers, lists, mappings
from semverdiff.types.semantic.algebra import atoms_of
from semverdiff.types.semantic.atoms import DistinctAtom, ForeignAtom, MappingAtom
from semverdiff.types.semantic.cells import content
from semverdiff.types.semantic.diagrams import Node
from semverdiff.types.semantic.literals import LiteralSet, StringSet
from semverdiff.types.semantic.predefined import READONLY_MAPPING
from semverdiff.types.semantic.xml import COMMENT, ELEMENT, EMPTY, EVERY_ITEM, INSTRUCTION, TEXT, XmlSet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.diagrams import Clause
    from semverdiff.types.semantic.mappings import Fields
    from semverdiff.types.semantic.parts import Data, SemType

__all__ = ["WRITTEN", "value_text"]

_QUOTE: Final = '"'
_ORDER: Final = (
    basic.NIL,
    basic.BOOLEAN,
    basic.INT,
    basic.STRING,
    basic.FLOAT,
    basic.DECIMAL,
    basic.LIST,
    basic.MAPPING,
    basic.XML,
    basic.REGEXP,
    basic.TABLE,
    basic.ERROR,
)
WRITTEN: Final = basic.bits(*_ORDER)
"""The basic types of which values can be written."""
_OF_THE_WHOLE: Final = {
    basic.NIL: "()",
    basic.BOOLEAN: "true",
    basic.INT: "0",
    basic.STRING: '"a"',
    basic.FLOAT: "0.0",
    basic.DECIMAL: "0d",
    basic.LIST: "[]",
    basic.MAPPING: "{}",
    basic.XML: "xml `<a/>`",
    basic.REGEXP: "re `a`",
    basic.TABLE: "table []",
    basic.ERROR: 'error("a")',
}
_XML_TEXTS: Final = ((ELEMENT, "<a/>"), (TEXT, "a"), (COMMENT, "<!--a-->"), (INSTRUCTION, "<?a?>"))
_SPECIAL_FLOATS: Final = {"NaN": "float:NaN", "inf": "float:Infinity", "-inf": "-float:Infinity"}


def value_text(universe: Universe, readonly: SemType, type_: SemType) -> str | None:
    """Return a value of a type; `None` if none can be written.

    Looked for among values that are read-only, because a text says nothing about what may be written to
    the value; so types that differ in that alone have no example.
    """
    immutable = universe.intersection(type_, readonly)
    if universe.is_empty(immutable):
        return None
    writer = _Writer(universe)
    # Deeper and deeper: the first alternative of a recursive type may have no end.
    return next(
        (text for depth in range(limits.EXAMPLE_LEVELS) if (text := writer.value(immutable, depth))), None
    )


class _Writer:
    """Writes values; remembers what it wrote, because types share parts."""

    def __init__(self, universe: Universe) -> None:
        self._universe = universe
        self._known: dict[tuple[SemType, int], str | None] = {}

    def value(self, type_: SemType, depth: int) -> str | None:
        """Return a value that nests structures no deeper than this."""
        key = (type_, depth)
        if key not in self._known:
            self._known[key] = self._value(type_, depth)
        return self._known[key]

    def _value(self, type_: SemType, depth: int) -> str | None:
        parts = dict(type_.parts)
        for code in _ORDER:
            if type_.whole >> code & 1:
                return _OF_THE_WHOLE[code]
            written = self._of_part(code, parts[code], depth) if code in parts else None
            if written is not None:
                return written
        return None

    def _of_part(self, code: int, data: Data, depth: int) -> str | None:
        match code, data:
            case _, ((low, _), *_) if code == basic.BOOLEAN:
                return "true" if low else "false"
            case _, tuple():
                return str(integers.example(data))
            case _, StringSet():
                return _string(data)
            case _, LiteralSet():
                return _float(data) if code == basic.FLOAT else _decimal(data)
            case _, XmlSet():
                return self._xml(data)
            case _, Node() if depth:
                return self._structure(code, data, depth - 1)
        return None

    def _xml(self, found: XmlSet) -> str | None:
        for bits, text in (*_XML_TEXTS, (EMPTY, "")):
            if found.items & bits:
                return f"xml `{text}`"
        for clause in self._universe.diagrams.clauses(found.sequences):
            written = _sequence(clause)
            if written is not None:
                return f"xml `{written}`"
        return None

    def _structure(self, code: int, node: Node, depth: int) -> str | None:
        write = {
            basic.LIST: self._list,
            basic.MAPPING: self._mapping,
            basic.ERROR: self._error,
            basic.TABLE: self._table,
        }[code]
        clauses = zip(range(limits.EXAMPLE_CLAUSES), self._universe.diagrams.clauses(node), strict=False)
        return next((text for _, clause in clauses if (text := write(clause, depth)) is not None), None)

    # Lists

    def _list(self, clause: Clause, depth: int) -> str | None:
        cells = lists.inhabitant(self._universe, clause, limits.EXAMPLE_MEMBERS)
        return None if cells is None else self._members(cells, depth)

    def _members(self, cells: Iterable[SemType], depth: int) -> str | None:
        written = self._contents(cells, depth)
        return None if written is None else f"[{', '.join(written)}]"

    def _contents(self, cells: Iterable[SemType], depth: int) -> list[str] | None:
        written: list[str] = []
        for cell in cells:
            text = self.value(content(self._universe, cell), depth)
            if text is None:
                return None
            written.append(text)
        return written

    # Mappings

    def _mapping(self, clause: Clause, depth: int) -> str | None:
        fields = self._fields(clause, depth)
        if fields is None:
            return None
        return "{" + ", ".join(f"{quoted(name)}: {text}" for name, text in fields.items()) + "}"

    def _fields(self, clause: Clause, depth: int) -> dict[str, str] | None:
        """Write the fields of a mapping, without those that may be absent."""
        universe = self._universe
        positive, negative = clause
        others = list(atoms_of(universe, MappingAtom, negative))
        whole = mappings.joined(universe, list(atoms_of(universe, MappingAtom, positive)))
        found = universe.run(mappings.escaping(universe, whole, others, 1))
        if not found:
            return None
        written: dict[str, str] = {}
        for name, cell in self._with_further(found[0], others).items():
            held = content(universe, cell)
            if held.whole >> basic.UNDEFINED & 1:
                continue
            text = self.value(held, depth)
            if text is None or name.startswith("*"):
                # A field of an included record of which nothing is known (`record_atom`) cannot be written.
                return None
            written[name] = text
        return written

    def _with_further(self, fields: Fields, others: list[MappingAtom]) -> dict[str, SemType]:
        """Add fields of new names where only such a field keeps the mapping out of another type."""
        universe = self._universe
        cells = dict(fields.cells)
        taken = {*cells, *(name for other in others for name in other.names)}
        fresh = (name for name in (f"key{number or ''}" for number in count()) if name not in taken)
        for other in others:
            further = universe.difference(fields.rest, other.rest)
            if universe.is_empty(further) or self._are_apart(cells, fields.rest, other):
                continue
            cells[next(fresh)] = further
        return cells

    def _are_apart(self, cells: dict[str, SemType], rest: SemType, other: MappingAtom) -> bool:
        universe = self._universe
        theirs = dict(zip(other.names, other.cells, strict=True))
        return any(
            universe.is_empty(
                universe.intersection(cells.get(name, rest), theirs.get(name, other.rest)),
            )
            for name in cells.keys() | theirs.keys()
        )

    # Errors and tables

    def _error(self, clause: Clause, depth: int) -> str | None:
        positive, negative = clause
        atoms = [self._universe.atom(number) for number in positive]
        names = {atom.name for atom in atoms if isinstance(atom, DistinctAtom)}
        if len(names) > 1 or "" in names or any(isinstance(atom, ForeignAtom) for atom in atoms):
            return None
        fields = self._fields(((READONLY_MAPPING, *positive), negative), depth)
        if fields is None or not all(name.isidentifier() for name in fields):
            return None
        arguments = ", ".join(['"a"', *(f"{name} = {text}" for name, text in fields.items())])
        return f"error {names.pop()}({arguments})" if names else f"error({arguments})"

    def _table(self, clause: Clause, depth: int) -> str | None:
        """Write the rows of a table, and the names of its key if it has one (`predefined.table_row`)."""
        universe = self._universe
        cells = lists.inhabitant(universe, clause, limits.EXAMPLE_MEMBERS)
        if cells is None:
            return None
        rows, *key = (content(universe, cell) for cell in cells)
        written = self.value(rows, depth + 1)
        if written is None or all(part.whole >> basic.UNDEFINED & 1 for part in key):
            return None if written is None else f"table {written}"
        names = self.value(key[-1], depth + 1)
        if names is None or not names.startswith("["):
            # A key of a type, of fields that nobody has named.
            return None
        return f"table key({names[1:-1].replace(_QUOTE, '')}) {written}"


def _string(found: StringSet) -> str | None:
    longer = ("a" * length for length in count() if length != 1)
    characters = (chr(code) for code in count(ord("a")))
    chosen = _chosen(found.characters, characters) or _chosen(found.longer, longer)
    return None if chosen is None else quoted(chosen)


def _chosen(found: LiteralSet, candidates: Iterable[str]) -> str | None:
    """Return the shortest listed value, or the first candidate that is not excluded."""
    if not found.excluded:
        return min(found.values, key=lambda value: (len(value), value), default=None)
    return next(candidate for candidate in candidates if candidate not in found.values)


def _float(found: LiteralSet) -> str | None:
    chosen = _chosen(found, (f"{number}.0" for number in count()))
    return None if chosen is None else _SPECIAL_FLOATS.get(chosen, chosen)


def _decimal(found: LiteralSet) -> str | None:
    chosen = _chosen(found, (str(number) for number in count()))
    return None if chosen is None else f"{chosen}d"


def _sequence(clause: Clause) -> str | None:
    """Write a sequence of two items or more, one of them outside of each set that is ruled out."""
    positive, negative = clause
    admitted = EVERY_ITEM & ~EMPTY
    for atom in positive:
        admitted &= atom
    first = next((text for bits, text in _XML_TEXTS if admitted & bits & ~TEXT), None)
    if first is None:
        return None
    outside = [next((text for bits, text in _XML_TEXTS if admitted & bits & ~no), None) for no in negative]
    if None in outside:
        return None
    items = list(dict.fromkeys([first, *(text for text in outside if text is not None)]))
    return "".join(items if len(items) > 1 else items * 2)
