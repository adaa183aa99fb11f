"""Types whose values are no longer data: `json j = order;` stops compiling when a field of xml comes.

Such a loss reaches every public type that contains the changed one, though nothing else there changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import declaration_text
from semverdiff.compare.details import DataLost
from semverdiff.compare.difference import Step
from semverdiff.compare.kinds import kind_of
from semverdiff.compare.matching import mentions
from semverdiff.compare.place import Place, Spot
from semverdiff.compare.sides import Typed
from semverdiff.syntax.nodes import TypeDefinition
from semverdiff.types import ANYDATA, JSON, READONLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from semverdiff.compare.difference import Difference
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Declaration

__all__ = ["lost_data"]

_Name = tuple[str, str]

_FACTS = {ANYDATA: "anydata-lost", JSON: "json-lost", READONLY: "readonly-lost"}


_SUBJECTS = frozenset({"record", "record-field", "type"})
# What these facts say of their type, though in other words.
_SAID: Mapping[str, frozenset[str]] = {
    "record-opened": frozenset({JSON}),
    "record-readonly-removed": frozenset({READONLY}),
    "record-rest-type-widened": frozenset({JSON}),
}


def lost_data(sides: Sides, differences: Iterable[Difference]) -> Iterator[Difference]:
    """State `type-json-lost` and the like for public types that changed, and for those that hold them.

    The detail `cause` names the changed type: a loss is no news where that type breaks clients anyway.
    """
    said: dict[_Name, set[str]] = {}
    for one in differences:
        if one.subject in _SUBJECTS and sides.is_anchor(one.module, one.trail[0].name):
            name = (one.module, one.trail[0].name)
            said.setdefault(name, set()).update(_SAID.get(one.rule, ()))
    causes = {name: name for name in said}
    waiting = list(causes)
    while waiting:
        name = waiting.pop(0)
        lost = _lost(sides, name)
        yield from _stated(sides, name, lost - said.get(name, set()), causes[name])
        if lost:
            for holder in _holders(sides, name):
                if holder not in causes:
                    causes[holder] = causes[name]
                    waiting.append(holder)


def _holders(sides: Sides, name: _Name) -> Iterator[_Name]:
    """Yield the public types that mention a type."""
    for match in mentions(sides, sides.old.modules.keys() & sides.new.modules.keys(), [name[1]]):
        if sides.is_anchor(match.module, match.key):
            yield match.module, match.key


def _lost(sides: Sides, name: _Name) -> frozenset[str]:
    """Return the kinds of data that a type surely was and surely is no longer."""
    module, key = name
    old, new = sides.old.declaration(module, key), sides.new.declaration(module, key)
    if not isinstance(old, TypeDefinition) or not isinstance(new, TypeDefinition):
        return frozenset()
    before = sides.old_kinds_of_data(Typed(old.type, module, old.metadata))
    after = sides.new_kinds_of_data(Typed(new.type, module, new.metadata))
    return frozenset() if after is None else before - after


def _stated(sides: Sides, name: _Name, lost: frozenset[str], cause: _Name) -> Iterator[Difference]:
    module, key = name
    old, new = sides.old.declaration(module, key), sides.new.declaration(module, key)
    if old is None or new is None:
        return
    place = _place(sides, name, old)
    # Whatever is no anydata is no json.
    for kind in sorted(lost - {JSON} if ANYDATA in lost else lost):
        yield place.differs(
            _FACTS[kind],
            place.old_excerpt(declaration_text(old), old.metadata),
            place.new_excerpt(declaration_text(new), new.metadata),
            DataLost(cause),
        )


def _place(sides: Sides, name: _Name, old: Declaration) -> Place:
    module, key = name
    before, after = sides.old.locate(module, key), sides.new.locate(module, key)
    return Place(
        spot=Spot(module, before.file if before else "", after.file if after else ""),
        subject="type",
        symbol=key,
        trail=(Step(kind_of(old, module, sides.old), key),),
    )
