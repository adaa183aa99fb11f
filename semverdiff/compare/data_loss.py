"""Types whose values are no longer data: `json j = order;` stops compiling when a field of xml is added.

Such a loss reaches every public type that contains the changed one, though nothing else there changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import Type
from semverdiff.compare.declarations import declaration_place
from semverdiff.compare.details import DataLost
from semverdiff.compare.facts import Fact, Subject
from semverdiff.compare.mentions import Match
from semverdiff.syntax.nodes import TypeDefinition
from semverdiff.types import ANYDATA, JSON, READONLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from semverdiff.api import Origin
    from semverdiff.compare.context import Context
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.mentions import Mentions
    from semverdiff.compare.place import Place

__all__ = ["data_losses"]

_FACTS = {ANYDATA: Fact.ANYDATA_LOST, JSON: Fact.JSON_LOST, READONLY: Fact.READONLY_LOST}

_SUBJECTS = frozenset({Subject.RECORD, Subject.RECORD_FIELD, Subject.TYPE})
# The values are the same: what is lost there, a type that it names has lost.
_EQUAL = frozenset({Fact.INCLUSION_RESPELLED, Fact.RESPELLED, Fact.REST_TYPE_RESPELLED, Fact.TYPE_RESPELLED})
# What these facts say of a record, though in other words.
_IMPLIED: Mapping[tuple[Subject, Fact], str] = {
    (Subject.RECORD, Fact.OPENED): JSON,
    (Subject.RECORD, Fact.READONLY_REMOVED): READONLY,
    (Subject.RECORD, Fact.REST_TYPE_WIDENED): JSON,
}


def data_losses(
    context: Context, mentions: Mentions, differences: Iterable[Difference]
) -> Iterator[Difference]:
    """Yield `type-json-lost` and the like for public types that changed, and for those that contain them.

    The detail names the changed type: a loss is no news where that type breaks clients anyway.
    """
    implied: dict[Origin, set[str]] = {}
    for one in differences:
        name = (one.module, one.trail[0].name)
        if one.subject in _SUBJECTS and one.fact not in _EQUAL and context.is_anchor(*name):
            kinds = implied.setdefault(name, set())
            if (one.subject, one.fact) in _IMPLIED:
                kinds.add(_IMPLIED[one.subject, one.fact])
    causes = {name: name for name in implied}
    level = list(causes)
    while level:
        losing = []
        for name in level:
            lost = _lost(context, name)
            # Of most types nothing is lost. Only for the others it takes more than their descriptors.
            place = _place(context, name) if lost else None
            if place is None:
                continue
            # Whatever is no anydata is no json.
            news = (lost - {JSON} if ANYDATA in lost else lost) - implied.get(name, set())
            for kind in sorted(news):
                yield place.about(Subject.TYPE).differs(_FACTS[kind], DataLost(causes[name]))
            losing.append(name)
        level = []
        mentioning = mentions.of_each({key for _, key in losing})
        for name in losing:
            for match in mentioning[name[1]]:
                if match.name not in causes and context.is_anchor(*match.name):
                    causes[match.name] = causes[name]
                    level.append(match.name)


def _lost(context: Context, name: Origin) -> frozenset[str]:
    """Return the kinds of data that a type surely was and surely is no longer."""
    match context.old.declaration(*name), context.new.declaration(*name):
        case TypeDefinition(type=before), TypeDefinition(type=after):
            module = name[0]
            old, new = Type(before, module, context.old), Type(after, module, context.new)
            return context.types.data_kinds_lost(old, new)
    return frozenset()


def _place(context: Context, name: Origin) -> Place | None:
    old, new = context.old.locate(*name), context.new.locate(*name)
    return declaration_place(context, Match(*name, old, new))
