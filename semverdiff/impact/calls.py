"""What becomes of calls: by the numbers and names of their arguments, by their types, and by the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff import api
from semverdiff.compare.facts import Fact
from semverdiff.impact.bindings import argument_for, fit, is_spread, moved
from semverdiff.impact.model import Sink, UseKind
from semverdiff.impact.question import CALL_USES, CALLS, Ruling, Verdict
from semverdiff.impact.relations import without_nil
from semverdiff.impact.touches import Role
from semverdiff.impact.values import flow_of, own_member, passed_on
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from semverdiff.api import Type
    from semverdiff.impact.question import Question
    from semverdiff.impact.sides import Sides
    from semverdiff.impact.touches import Touch

__all__ = ["call_result", "call_shape", "isolated_call", "parameter_type", "transactional_call"]

_MUTABLE_RESULTS: Final = frozenset({Fact.RETURN_MUTABLE_MEMBER_NARROWED, Fact.RETURN_READONLY_ADDED})


def call_shape(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge a call by the numbers and names of its arguments."""
    use = touch.use
    if use.kind not in CALLS or touch.role is not Role.DIRECT:
        return not_called(sides, question, touch)
    old, new = (sides.signature(surface, question) for surface in sides.surfaces())
    if old is None or new is None:
        return Verdict.UNKNOWN, "the signature is not known"
    fitting = fit(use.arguments, new)
    if fitting.fits is None:
        return Verdict.UNKNOWN, fitting.why
    if not fitting.fits:
        if not fit(use.arguments, old).fits:
            return Verdict.UNKNOWN, "the call does not fit the old signature either"
        return Verdict.BREAKS, fitting.why
    other = moved(use.arguments, old, new)
    if other is None:
        return Verdict.SURVIVES, "the call fits the new signature"
    argument, before_parameter, after_parameter = other
    fits = sides.argument_fits(touch, argument, before_parameter.type, after_parameter.type, question)
    passed = f"what it gives for '{before_parameter.name}' is taken for '{after_parameter.name}'"
    if question.fact is Fact.PARAMETER_RENAMED:
        return Verdict.SURVIVES, "it gives the argument by its place"
    if fits is False:
        return Verdict.BREAKS, passed
    return Verdict.UNKNOWN, passed


def not_called(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge what is done with a function or method, or with its type, beside a call."""
    use = touch.use
    if touch.role is not Role.DIRECT and touch.use.kind is not UseKind.VALUE:
        # A member's: no value is of a function.
        return passed_on(sides, question, touch)
    match use.kind:
        case UseKind.VALUE | UseKind.READ:
            return Verdict.UNKNOWN, "it uses the function as a value"
        case UseKind.IMPLEMENT:
            member = question.member
            if member in use.members:
                return own_member(sides, question, touch)
            return Verdict.UNKNOWN, f"where its '{member}' comes from is not known"
        case UseKind.INCLUDE:
            return Verdict.UNKNOWN, "what implements the type that includes it may have the old signature"
        case UseKind.CALL | UseKind.NEW:
            return Verdict.SURVIVES, "the call fits both versions"
    return Verdict.SURVIVES, "it does not call it"


def parameter_type(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge a call by the argument for a parameter whose type is another one."""
    use = touch.use
    is_called = use.kind in CALLS and touch.role is Role.DIRECT
    if not is_called or (question.uses and question.uses.isdisjoint(CALL_USES)):
        return not_called(sides, question, touch)
    old, new = (sides.signature(surface, question) for surface in sides.surfaces())
    if old is None or new is None:
        return Verdict.UNKNOWN, "the signature is not known"
    given = argument_for(use.arguments, old, question.part)
    if question.fact is Fact.PARAMETER_INCLUDED_RECORD_CHANGED:
        return (
            Verdict.UNKNOWN,
            f"whether it gives all that '{question.part}' includes now was not decided",
        )
    if not given:
        if is_spread(use.arguments):
            return Verdict.UNKNOWN, f"whether what it spreads holds '{question.part}' is not known"
        return Verdict.SURVIVES, f"it gives nothing for '{question.part}'"
    if question.fact is Fact.PARAMETER_INCLUSION_REMOVED:
        if any(one.name and one.name != question.part for one in given):
            return Verdict.BREAKS, f"it gives fields of '{question.part}' by their names"
        return Verdict.SURVIVES, f"it gives '{question.part}' as a whole"
    before, after = (_parameter(side, question.part) for side in (old, new))
    if before is None or after is None:
        return Verdict.UNKNOWN, f"what became of '{question.part}' is not known"
    results = [
        sides.argument_fits(touch, one, before.type, after.type, question)
        for one in given
        if one.name in {"", question.part}
    ]
    if results and all(results):
        return Verdict.SURVIVES, f"what it gives for '{question.part}' fits the new type"
    if any(one is False for one in results):
        return Verdict.BREAKS, f"what it gives for '{question.part}' does not fit the new type"
    return Verdict.UNKNOWN, f"whether what it gives for '{question.part}' fits the new type is not known"


def call_result(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge a call by what becomes of its result."""
    use = touch.use
    if use.kind not in CALLS or touch.role is not Role.DIRECT:
        return not_called(sides, question, touch)
    if question.fact is Fact.RETURN_NEVER:
        return Verdict.BREAKS, "it waits for a result, and there is none any more"
    old, new = (sides.signature(surface, question) for surface in sides.surfaces())
    if old is None or new is None:
        return Verdict.UNKNOWN, "the signature is not known"
    if question.fact in _MUTABLE_RESULTS and use.flow.sink is not Sink.DISCARDED:
        return Verdict.UNKNOWN, "whether it changes the result was not decided"
    module = sides.home(question)
    before, after = sides.surfaces()
    left, right = api.Type(old.result, module, before), api.Type(new.result, module, after)
    if use.kind is UseKind.NEW:
        left, right = (_created(one, question.owner[1]) for one in (left, right))
    return flow_of(sides, touch, left, right, "the result")


def isolated_call(touch: Touch) -> Ruling:
    """Judge a call of what is no longer isolated."""
    if "isolated" in touch.use.function:
        return Verdict.BREAKS, "an isolated function calls it"
    return Verdict.SURVIVES, "the function that calls it is not isolated"


def transactional_call(touch: Touch) -> Ruling:
    """Judge a call of what has to be called in a transaction now."""
    if "transactional" in touch.use.function:
        return Verdict.SURVIVES, "a transactional function calls it"
    return Verdict.UNKNOWN, "whether it is called in a transaction was not decided"


def _created(result: Type, name: str) -> Type:
    """Return what `new` gives: an object of the class, or the error that its init returns."""
    failures = without_nil(result)
    made = nodes.Reference(None, name)
    return result.with_descriptor(nodes.UnionType((made, *failures)) if failures else made)


def _parameter(signature: nodes.Signature, name: str) -> nodes.Parameter | None:
    return next((one for one in signature.parameters if one.name == name), None)
