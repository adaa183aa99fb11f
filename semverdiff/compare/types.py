"""Two types at one place: respelled, widened, narrowed or changed, and what is special about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.api import type_text
from semverdiff.compare.details import TypeChanged
from semverdiff.compare.facts import Condition, Direction, Fact
from semverdiff.syntax.nodes import NIL, BuiltinType
from semverdiff.types import TOO_LONG, BudgetExceededError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api import Type
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.syntax.nodes import TypeDescriptor
    from semverdiff.types import TypeRelation

__all__ = [
    "CALLBACK_PARAMETER",
    "CALLBACK_REST",
    "DEFINITION",
    "DETAIL",
    "DETAIL_FIELD",
    "FINAL_FIELD",
    "OBJECT_FIELD",
    "PARAMETER",
    "PATH_PARAMETER",
    "PATH_REST",
    "PLAIN_RESULT",
    "PLAIN_VALUE",
    "RECORD_FIELD",
    "RECORD_REST",
    "REST_PARAMETER",
    "RESULT",
    "SUPERTYPE",
    "UNSEEN_VALUE",
    "VARIABLE",
    "TypeFacts",
    "changed_type",
    "is_one_keyword",
    "related_difference",
    "result_fact",
    "type_differences",
]

# Conditions that matter together with what was narrowed.
_FIXED = frozenset({Condition.FIELD_FINAL, Condition.FIELD_READONLY, Condition.VARIABLE_FINAL})

_UNDECIDED = "which values each of the types holds is not known"


class TypeFacts(msgspec.Struct, frozen=True):
    """What is said of a type at one kind of place. What is `None` has no fact of its own there."""

    respelled: Fact | None
    widened: Fact
    narrowed: Fact
    changed: Fact
    ambiguous: Fact | None = None
    declared_fields: Fact | None = None
    mutable: Fact | None = None
    readonly_added: Fact | None = None
    readonly_removed: Fact | None = None

    def of(self, direction: Direction) -> Fact | None:
        """Return the fact for a direction."""
        match direction:
            case Direction.RESPELLED:
                return self.respelled
            case Direction.WIDENED:
                return self.widened
            case Direction.NARROWED:
                return self.narrowed
            case Direction.CHANGED:
                return self.changed


_PARAMETER = (
    Fact.PARAMETER_TYPE_RESPELLED,
    Fact.PARAMETER_TYPE_WIDENED,
    Fact.PARAMETER_TYPE_NARROWED,
    Fact.PARAMETER_TYPE_CHANGED,
)
_REST = (
    Fact.PARAMETER_REST_TYPE_WIDENED,
    Fact.PARAMETER_REST_TYPE_NARROWED,
    Fact.PARAMETER_REST_TYPE_CHANGED,
)
_RESULT = (
    Fact.RETURN_TYPE_RESPELLED,
    Fact.RETURN_TYPE_WIDENED,
    Fact.RETURN_TYPE_NARROWED,
    Fact.RETURN_TYPE_CHANGED,
)
_TYPE = (Fact.TYPE_RESPELLED, Fact.TYPE_WIDENED, Fact.TYPE_NARROWED, Fact.TYPE_CHANGED)

PARAMETER = TypeFacts(
    *_PARAMETER,
    ambiguous=Fact.PARAMETER_TYPE_WIDENED_AMBIGUOUS,
    declared_fields=Fact.PARAMETER_DECLARED_FIELD_SET_CHANGED,
)
REST_PARAMETER = TypeFacts(
    Fact.PARAMETER_REST_TYPE_RESPELLED, *_REST, ambiguous=Fact.PARAMETER_REST_TYPE_WIDENED_AMBIGUOUS
)
RESULT = TypeFacts(
    *_RESULT,
    mutable=Fact.RETURN_MUTABLE_MEMBER_NARROWED,
    readonly_added=Fact.RETURN_READONLY_ADDED,
    readonly_removed=Fact.RETURN_READONLY_REMOVED,
)
PLAIN_RESULT = TypeFacts(*_RESULT)
CALLBACK_PARAMETER = TypeFacts(*_PARAMETER, mutable=Fact.PARAMETER_MUTABLE_MEMBER_NARROWED)
# That the rest of a callback is the same in other words is said of its parameters only.
CALLBACK_REST = TypeFacts(Fact.PARAMETER_TYPE_RESPELLED, *_REST)
PATH_PARAMETER = TypeFacts(
    Fact.PATH_PARAMETER_TYPE_RESPELLED,
    Fact.PATH_PARAMETER_TYPE_WIDENED,
    Fact.PATH_PARAMETER_TYPE_NARROWED,
    Fact.PATH_PARAMETER_TYPE_CHANGED,
)
PATH_REST = TypeFacts(
    None, Fact.PATH_REST_TYPE_WIDENED, Fact.PATH_REST_TYPE_NARROWED, Fact.PATH_REST_TYPE_CHANGED
)
RECORD_FIELD = TypeFacts(
    *_TYPE, ambiguous=Fact.TYPE_WIDENED_AMBIGUOUS, declared_fields=Fact.DECLARED_FIELD_SET_CHANGED
)
RECORD_REST = TypeFacts(
    Fact.REST_TYPE_RESPELLED,
    Fact.REST_TYPE_WIDENED,
    Fact.REST_TYPE_NARROWED,
    Fact.REST_TYPE_CHANGED,
    ambiguous=Fact.REST_TYPE_WIDENED_AMBIGUOUS,
)
DETAIL_FIELD = TypeFacts(
    Fact.DETAIL_FIELD_TYPE_RESPELLED,
    Fact.DETAIL_FIELD_TYPE_WIDENED,
    Fact.DETAIL_FIELD_TYPE_NARROWED,
    Fact.DETAIL_FIELD_TYPE_CHANGED,
)
OBJECT_FIELD = TypeFacts(
    Fact.FIELD_TYPE_RESPELLED, Fact.FIELD_TYPE_WIDENED, Fact.FIELD_TYPE_NARROWED, Fact.FIELD_TYPE_CHANGED
)
# A final field of a class is read only.
FINAL_FIELD = TypeFacts(
    Fact.FIELD_TYPE_RESPELLED,
    Fact.FINAL_FIELD_TYPE_WIDENED,
    Fact.FINAL_FIELD_TYPE_NARROWED,
    Fact.FIELD_TYPE_CHANGED,
)
DEFINITION = TypeFacts(
    Fact.RESPELLED,
    Fact.WIDENED,
    Fact.NARROWED,
    Fact.CHANGED,
    ambiguous=Fact.WIDENED_AMBIGUOUS,
    declared_fields=Fact.DECLARED_FIELD_SET_CHANGED,
    mutable=Fact.MUTABLE_MEMBER_NARROWED,
    readonly_added=Fact.READONLY_ADDED,
)
VARIABLE = TypeFacts(
    *_TYPE,
    mutable=Fact.MUTABLE_MEMBER_NARROWED,
    readonly_added=Fact.READONLY_ADDED,
    readonly_removed=Fact.READONLY_REMOVED,
)
PLAIN_VALUE = TypeFacts(*_TYPE)
# Nobody sees whether the type of a listener is written in other words.
UNSEEN_VALUE = TypeFacts(None, Fact.TYPE_WIDENED, Fact.TYPE_NARROWED, Fact.TYPE_CHANGED)
SUPERTYPE = TypeFacts(None, Fact.SUPERTYPE_WIDENED, Fact.SUPERTYPE_NARROWED, Fact.SUPERTYPE_CHANGED)
DETAIL = TypeFacts(None, Fact.DETAIL_TYPE_WIDENED, Fact.DETAIL_TYPE_NARROWED, Fact.DETAIL_TYPE_CHANGED)


def is_one_keyword(old: TypeDescriptor, new: TypeDescriptor) -> bool:
    """Return whether two types are written as one keyword, as most are: such types are the same."""
    return type(old) is BuiltinType and old == new


def type_differences(
    place: Place, facts: TypeFacts, old: Type, new: Type, parameter: str | None = None
) -> Iterator[Difference]:
    """Yield what became of a type, or nothing for the same type in the same words.

    `parameter` is the path parameter of that type.
    """
    types = place.context.types
    if types.same_by_name(old, new):
        return
    answer = None if place.same_type(old, new) else types.relate(old, new)
    direction = _direction(answer)
    # Saves work only: the defaults of what did not change are those of types that are compared by themselves.
    default = None if place.unchanged else _default_difference(place, facts, direction, old, new)
    if default is not None:
        yield default
        return
    constructor, undecided = None, None
    if facts.ambiguous is not None and direction in {Direction.RESPELLED, Direction.WIDENED}:
        constructor, undecided = _ambiguity(place, old, new)
    if constructor is None and undecided is None:
        if answer is None and type_text(old.descriptor) == type_text(new.descriptor):
            return
        fact, conditions = _fact(place, facts, answer, old, new)
    else:
        fact, conditions = facts.ambiguous, ()
    if fact is None:
        return
    detail = TypeChanged(old, new, direction, parameter=parameter, constructor=constructor)
    if answer is not None and direction is not Direction.RESPELLED:
        detail = _explained(detail, answer)
        undecided = undecided or _undecided(answer)
    yield place.on(*conditions).differs_in_type(fact, detail, undecided=undecided)


def changed_type(old: Type, new: Type, answer: TypeRelation) -> TypeChanged:
    """Return that a type is another one, with an old value that the new one does not hold."""
    detail = TypeChanged(old, new)
    return _explained(detail, answer) if answer.within is False else detail


def related_difference(
    place: Place, facts: TypeFacts, old: Type, new: Type, answer: TypeRelation
) -> Difference:
    """Return what became of a type by a relation that was found out of it: each direction has a fact."""
    direction = _direction(answer)
    fact = facts.of(direction)
    if fact is None:
        raise AssertionError(f"no fact says that a type is {direction}")
    detail = TypeChanged(old, new, direction)
    undecided = None
    if direction is not Direction.RESPELLED:
        detail, undecided = _explained(detail, answer), _undecided(answer)
    return place.differs_in_type(fact, detail, undecided=undecided)


def _explained(detail: TypeChanged, answer: TypeRelation) -> TypeChanged:
    """Return a detail with the step that leads to the difference, and a value that one type alone holds."""
    return replace(
        detail,
        # A path without a step is the type as a whole.
        path=answer.path if ": " in answer.path else "",
        example=answer.example,
        comparable=answer.example is not None and _is_comparable(answer.example),
    )


def _default_difference(
    place: Place, facts: TypeFacts, direction: Direction, old: Type, new: Type
) -> Difference | None:
    """Return that a constructor which leaves out a field fits no longer, or fits now.

    That is no question of the values that a type holds. A default that is gone narrows what a type takes.
    """
    types, undecided = place.context.types, None
    lost: str | None = None
    gained: str | None = None
    if direction not in {Direction.RESPELLED, Direction.WIDENED}:
        return None
    try:
        lost = types.lost_default(old, new)
        if lost is None and facts is PARAMETER and direction is Direction.RESPELLED:
            gained = types.gained_default(old, new)
    except BudgetExceededError:
        undecided = TOO_LONG
    if lost is None and gained is None and undecided is None:
        return None
    path = "" if lost is None else f'field "{lost}" has no default value any more'
    if gained is not None:
        direction, fact = Direction.WIDENED, facts.widened
        path = f'field "{gained}" has a default value now'
    elif direction is Direction.WIDENED:
        direction, fact = Direction.CHANGED, facts.changed
    else:
        direction, fact = Direction.NARROWED, facts.narrowed
    return place.differs_in_type(fact, TypeChanged(old, new, direction, path=path), undecided=undecided)


def _ambiguity(place: Place, old: Type, new: Type) -> tuple[str | None, str | None]:
    """Return a constructor that is ambiguous now, or why that is not known."""
    try:
        return place.context.types.ambiguous(old, new), None
    except BudgetExceededError:
        return None, TOO_LONG


def result_fact(place: Place, old: Type, new: Type) -> Fact | None:
    """Return a fact that holds whatever values the types of two results have, if there is one."""
    context = place.context
    if context.types.only_errors_added(old, new) and not context.types.has_error(old):
        return Fact.RETURN_ERROR_ADDED
    if context.types.only_errors_removed(old, new) and not context.types.has_error(new):
        return Fact.RETURN_ERROR_REMOVED
    match old.descriptor == NIL, new.descriptor == NIL:
        case True, False:
            return Fact.RETURN_TYPE_ADDED
        case False, True if context.types.within(new, old) is not True:
            # Where nil was possible, less is returned.
            return Fact.RETURN_TYPE_REMOVED
    return None


def _direction(answer: TypeRelation | None) -> Direction:
    """Return what became of a type; without an answer both types are the same."""
    if answer is None:
        return Direction.RESPELLED
    match answer.within, answer.covers:
        case True, True:
            return Direction.RESPELLED
        case True, _:
            return Direction.WIDENED
        case _, True:
            return Direction.NARROWED
    return Direction.CHANGED


def _is_comparable(example: str) -> bool:
    """Return whether clients may compare with a value by `==`: SPEC, Equality: of data only."""
    return not example.startswith(("error", "table"))


def _undecided(answer: TypeRelation) -> str | None:
    """Return why a direction is not sure: an unknown half may turn it into another one."""
    if None not in {answer.within, answer.covers}:
        return None
    if answer.missing == (TOO_LONG,):
        return TOO_LONG
    names = ", ".join(answer.missing)
    return f"what {names} stands for was not read" if names else _UNDECIDED


def _fact(
    place: Place, facts: TypeFacts, answer: TypeRelation | None, old: Type, new: Type
) -> tuple[Fact | None, tuple[Condition, ...]]:
    """Return the fact, and the conditions that hold because of the types."""
    special: Fact | None = None
    conditions: tuple[Condition, ...] = ()
    types, direction = place.context.types, _direction(answer)
    match direction:
        case Direction.RESPELLED if facts.declared_fields and types.declares_first_field(old, new):
            special = facts.declared_fields
        case Direction.WIDENED if (
            facts.readonly_removed and _keeps_immutable(answer) and types.readonly_removed(old, new)
        ):
            special = facts.readonly_removed
        case Direction.WIDENED if facts is PARAMETER and types.reinfers_literals(old, new):
            conditions = (Condition.LITERALS_REINFERRED,)
        case Direction.NARROWED:
            special, conditions = _narrowed(place, facts, answer, old, new)
    return special or facts.of(direction), conditions


def _keeps_immutable(answer: TypeRelation | None) -> bool:
    """Return whether both types may have the same immutable values: examples are immutable."""
    return answer is None or answer.example is None


def _narrowed(
    place: Place, facts: TypeFacts, answer: TypeRelation | None, old: Type, new: Type
) -> tuple[Fact | None, tuple[Condition, ...]]:
    types = place.context.types
    readonly = _keeps_immutable(answer) and types.readonly_added(old, new)
    if readonly and facts.readonly_added:
        return facts.readonly_added, ()
    # Without a fact of its own, readonly is what old code can no longer write.
    writable = Condition.FIELD_READONLY not in place.conditions
    if writable and (readonly or types.narrowed_inside(old, new)):
        return facts.mutable, (Condition.NARROWED_MUTABLE,)
    if facts is RECORD_FIELD and types.extended(old, new):
        return None, (Condition.OPEN_RECORD_EXTENDED,)
    return None, (Condition.NARROWED_IMMUTABLE,) if _FIXED & place.conditions else ()
