"""Functions and methods of one name: qualifiers, parameters, result, body, and what stands before them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff.api import references, type_text
from semverdiff.compare.declarations.parameters import parameter_differences
from semverdiff.compare.declarations.resources import path_differences
from semverdiff.compare.dependence import deciding, with_new_names
from semverdiff.compare.details import TypeChanged
from semverdiff.compare.facts import Fact, Subject
from semverdiff.compare.metadata import metadata_differences, signature_metadata_differences
from semverdiff.compare.types import PLAIN_RESULT, RESULT, result_fact, type_differences
from semverdiff.syntax import same_body
from semverdiff.syntax.nodes import BuiltinType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from semverdiff.api import Type
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.syntax.nodes import Function, Method, Reference, Signature

__all__ = [
    "call_differences",
    "function_differences",
    "means_the_same",
    "method_differences",
    "references_in",
    "written_signature",
]

_NEVER = BuiltinType("never")
_QUALIFIERS = {
    "isolated": (Fact.ISOLATED_ADDED, Fact.ISOLATED_REMOVED),
    "transactional": (Fact.TRANSACTIONAL_ADDED, Fact.TRANSACTIONAL_REMOVED),
}
_ERRORS_OF_INIT = {
    Fact.RETURN_ERROR_ADDED: Fact.ERROR_ADDED,
    Fact.RETURN_ERROR_REMOVED: Fact.ERROR_REMOVED,
}


def function_differences(place: Place, old: Function, new: Function) -> Iterator[Difference]:
    """Compare two functions of one name, without their own metadata. `place` is the function's."""
    yield from _qualifiers(place, old, new)
    yield from call_differences(place, old.signature, new.signature)
    yield from signature_metadata_differences(place, old, new)
    yield from _bodies(place, old, new)


def method_differences(place: Place, old: Method, new: Method) -> Iterator[Difference]:
    """Compare two methods of one kind. `place` is the method's."""
    yield from _qualifiers(place, old, new)
    yield from path_differences(place, old, new)
    yield from call_differences(place, old.signature, new.signature)
    yield from _bodies(place, old, new)
    yield from metadata_differences(place, old.metadata, new.metadata)
    yield from signature_metadata_differences(place, old, new)


def call_differences(place: Place, old: Signature, new: Signature) -> Iterator[Difference]:
    """Compare what a call passes, and what it gives."""
    if _is_steady(place, old, new):
        return
    yield from parameter_differences(place, old, new)
    yield from _result_differences(place, old, new)


def _is_steady(place: Place, old: Signature, new: Signature) -> bool:
    """Return whether two signatures are the same in names that mean the same.

    Nothing has to be looked up then: where only a body changed, no other package is asked for.
    """
    if len(old.parameters) != len(new.parameters):
        return False
    texts = written_signature(old)
    if texts != written_signature(new):
        return False
    used = references_in(old)
    return used == references_in(new) and means_the_same(place, texts, used)


def means_the_same(place: Place, texts: Collection[str], used: Iterable[Reference]) -> bool:
    """Return whether what both versions write alike, with these names, cannot mean another thing."""
    context = place.context
    if context.changing is None or context.has_raises:
        return False
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    # A name with an escape is no word.
    if any("\\" in text for text in texts) or not context.changing.isdisjoint(words):
        return False
    return all(
        place.old.surface.owner(one, place.old.module) == place.new.surface.owner(one, place.new.module)
        for one in used
    )


def written_signature(signature: Signature) -> list[str]:
    """Return the texts of a signature, and of nothing that stands before its parts."""
    texts = [type_text(signature.result)]
    for one in signature.parameters:
        default = "" if one.default is None else " ".join(one.default.tokens)
        texts += [one.kind, one.name, type_text(one.type), default, str(one.inferred)]
    return texts


def references_in(signature: Signature) -> list[Reference]:
    """Return the names that the types of a signature mention."""
    types = [signature.result, *(one.type for one in signature.parameters)]
    return [reference for type_ in types for reference, _ in references(type_, 0)]


def _qualifiers(place: Place, old: Function | Method, new: Function | Method) -> Iterator[Difference]:
    for word, (added, removed) in _QUALIFIERS.items():
        if (word in old.qualifiers) != (word in new.qualifiers):
            yield place.differs(added if word in new.qualifiers else removed)


def _bodies(place: Place, old: Function | Method, new: Function | Method) -> Iterator[Difference]:
    if old.body is not None and new.body is not None and not same_body(old.body, new.body):
        yield place.differs(Fact.BODY_CHANGED)


def _result_differences(place: Place, old: Signature, new: Signature) -> Iterator[Difference]:
    """Compare the results; those of `init` are errors only."""
    decided_by = deciding(place.old, old), deciding(place.new, new)
    written = with_new_names(old, new, *decided_by)
    before, after = place.old.type_of(written), place.new.type_of(new.result)
    is_same = place.context.types.same_by_name(before, after)
    fact = _dependence_fact(*decided_by)
    if fact is None and is_same:
        return
    if fact is None:
        fact = _missing_value_fact(place, before, after) or result_fact(place, before, after)
    if fact is not None:
        if place.subject is Subject.INIT:
            fact = _ERRORS_OF_INIT.get(fact, fact)
        yield place.differs_in_type(fact, TypeChanged(before, after))
        return
    facts = PLAIN_RESULT if place.subject is Subject.INIT else RESULT
    yield from type_differences(place, facts, before, after)


def _dependence_fact(before: Collection[str], after: Collection[str]) -> Fact | None:
    """Return what became of the parameters that decide the result."""
    match bool(before), bool(after):
        case True, False:
            return Fact.RETURN_DEPENDENT_REMOVED
        case False, True:
            return Fact.RETURN_DEPENDENT_ADDED
    return None


def _missing_value_fact(place: Place, old: Type, new: Type) -> Fact | None:
    """Return the fact of a result without a value that `check` could give."""
    if old.descriptor != _NEVER == new.descriptor:
        return Fact.RETURN_NEVER
    types = place.context.types
    if place.subject is not Subject.INIT and types.has_error(old) and types.only_errors_left(old, new):
        return Fact.RETURN_ONLY_ERRORS
    return None
