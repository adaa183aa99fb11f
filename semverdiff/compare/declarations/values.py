"""Constants, variables and configurable variables: what a name of the module holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import types
from semverdiff.api import Type, constant_value, type_text, value_of
from semverdiff.changes import Position
from semverdiff.compare.declarations.enums import NOT_FOLDED
from semverdiff.compare.details import Added, KindChanged, Removed, TypeChanged, ValueChanged
from semverdiff.compare.facts import Condition, Fact, Kind, Subject
from semverdiff.compare.types import PLAIN_VALUE, VARIABLE, type_differences
from semverdiff.syntax.nodes import BuiltinType, Constant, IntersectionType, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Form, Place

__all__ = ["is_configurable", "value_differences"]

_EXPRESSION = "expression"
_READONLY = BuiltinType("readonly")
_STRUCTURES = frozenset({"list", "map"})
_NOT_INFERRED = "the type follows from a value that is not evaluated"
_NOT_READ = "whether the value is immutable is known to another package"
_NOT_RELATED = "whether the value lies within the variable's type was not decided"

_Value = Constant | Variable


def is_configurable(value: _Value | None) -> bool:
    """Return whether deployers give the value: SPEC, Configurable variables: public or not."""
    return isinstance(value, Variable) and "configurable" in value.qualifiers


def value_differences(place: Place, old: _Value | None, new: _Value | None) -> Iterator[Difference]:
    """Compare what clients and deployers see of one name; `None` where a version does not declare it.

    Subject and position follow from the declarations, those of `place` do not count.
    """
    exported = place.context.exported(place.module)
    match _seen(old, exported=exported), _seen(new, exported=exported):
        case None, (Constant() | Variable()) as after:
            yield _added(place, after)
        case (Constant() | Variable()) as before, None:
            yield _removed(place, before, new)
        case (Constant() | Variable()) as before, (Constant() | Variable()) as after:
            if _audience(before).isdisjoint(_audience(after)):
                yield _removed(place, before, after)
                yield _added(place, after)
            else:
                yield from _changed(place, before, after)


def _seen(value: _Value | None, *, exported: bool) -> _Value | None:
    """Return a value as others see it, if they do: in a module that is not exported nothing is public."""
    if value is None or not (is_configurable(value) or (value.public and exported)):
        return None
    return value if exported else replace(value, public=False)


def _audience(value: _Value) -> frozenset[str]:
    """Return who breaks without a value: clients read what is public, deployers give what is configurable."""
    clients = {"clients"} if value.public else set()
    return frozenset(clients | {"deployers"} if is_configurable(value) else clients)


def _about(place: Place, value: _Value) -> Place:
    """Return the place with what a declaration says: subject, position, visibility."""
    if isinstance(value, Constant):
        return place.about(Subject.CONSTANT)
    if is_configurable(value):
        position = Position.BOTH if value.public else Position.IN
        place = replace(place, subject=Subject.CONFIGURABLE, position=position)
        return place.on(Condition.PUBLIC if value.public else Condition.NOT_PUBLIC)
    position = Position.OUT if "final" in value.qualifiers else Position.BOTH
    return replace(place, subject=Subject.VARIABLE, position=position)


def _kind(value: _Value) -> Kind:
    if is_configurable(value):
        return Kind.CONFIGURABLE_VARIABLE
    return Kind.CONSTANT if isinstance(value, Constant) else Kind.VARIABLE


def _written_type(form: Form, value: _Value) -> Type | None:
    return None if value.type is None else form.type_of(value.type)


def _added(place: Place, new: _Value) -> Difference:
    fact = Fact.ADDED
    if isinstance(new, Variable) and is_configurable(new):
        fact = Fact.REQUIRED_ADDED if new.required else Fact.DEFAULTABLE_ADDED
    return _about(place, new).only_new().differs(fact, Added(new, _written_type(place.new, new)))


def _removed(place: Place, old: _Value, new: _Value | None) -> Difference:
    """Return the difference of a name that is no longer there, or for the package itself only."""
    place = _about(place, old)
    if new is None:
        return place.differs(Fact.REMOVED, Removed(old, _written_type(place.old, old)))
    if is_configurable(old):
        return _kind_changed(place, Fact.TO_VARIABLE, old, new)
    return place.differs(Fact.VISIBILITY_REDUCED)


def _kind_changed(place: Place, fact: Fact, old: _Value, new: _Value) -> Difference:
    return place.differs(fact, KindChanged(_kind(old), _kind(new)))


def _changed(place: Place, old: _Value, new: _Value) -> Iterator[Difference]:
    at = _about(place, old)
    match old, new:
        case Constant(), Constant():
            yield from _constants(at, old, new)
        case Constant(), Variable():
            yield _kind_changed(at, Fact.TO_VARIABLE, old, new)
            if new.required:
                yield _added(place, new)
        case Variable(), Constant():
            yield from _variable_to_constant(at, old, new)
        case Variable(), Variable():
            yield from _variables(at, old, new)


def _constants(place: Place, old: Constant, new: Constant) -> Iterator[Difference]:
    """Compare folded values; SPEC: what a constant's type is follows from its value."""
    (old_type, before), (new_type, after) = (
        constant_value(one, form.module, form.surface) for one, form in ((old, place.old), (new, place.new))
    )
    folded = _EXPRESSION not in {old_type, new_type}
    undecided = None if folded else NOT_FOLDED
    values = ValueChanged(old.value, new.value)
    if folded and old_type != new_type:
        basic = (place.old.type_of(BuiltinType(old_type)), place.new.type_of(BuiltinType(new_type)))
        yield place.differs(Fact.TYPE_CHANGED, TypeChanged(*basic))
    elif (not folded or old_type in _STRUCTURES) and not _same_written_type(place, old, new):
        types = TypeChanged(_written_type(place.old, old), _written_type(place.new, new))
        yield place.differs(Fact.TYPE_CHANGED, types, undecided=undecided)
    elif (old_type, before) != (new_type, after):
        yield place.differs(Fact.VALUE_CHANGED, values, undecided=undecided)
    elif old.value.tokens != new.value.tokens or _type_words(old) != _type_words(new):
        yield place.differs(Fact.EXPRESSION_RESPELLED, values)


def _same_written_type(place: Place, old: Constant, new: Constant) -> bool:
    before, after = _written_type(place.old, old), _written_type(place.new, new)
    if before is None or after is None:
        return before is after
    return place.context.types.same_type(before, after)


def _type_words(value: _Value) -> str:
    return "" if value.type is None else type_text(value.type)


def _variable_to_constant(place: Place, old: Variable, new: Constant) -> Iterator[Difference]:
    if is_configurable(old):
        # The key in Config.toml is what breaks, whatever the name stands for now.
        yield _kind_changed(place, Fact.TO_VARIABLE, old, new)
        return
    yield from _finality(place, old, new)
    before, after = _type(place.old, old), _constant_type(place.new, new)
    if before is not None and after is not None and _was_written_to(place, before, after):
        yield place.differs(Fact.TYPE_CHANGED, TypeChanged(before, after))
        return
    yield _kind_changed(place, Fact.TO_CONSTANT, old, new)
    fits = None
    if before is not None and after is not None:
        fits = place.context.types.within(after, before)
    if fits is not True:
        yield place.differs(Fact.TYPE_CHANGED, undecided=_NOT_RELATED if fits is None else None)


def _constant_type(form: Form, constant: Constant) -> Type | None:
    """Return the type of a constant as clients may use it; `None` if it follows from what is not evaluated.

    SPEC, Module constant declaration: the value is immutable, which matters for structures.
    """
    basic, _ = constant_value(constant, form.module, form.surface)
    if basic == _EXPRESSION:
        return None
    if basic in _STRUCTURES and constant.type is not None:
        return form.type_of(IntersectionType((_READONLY, constant.type)))
    return form.type_of(BuiltinType(basic))


def _was_written_to(place: Place, old: Type, new: Type) -> bool:
    """Return whether clients wrote to a structure that is immutable now."""
    types = place.context.types
    if types.relate(old, new).relation == "equal":
        return False
    return types.readonly_added(old, new) or types.narrowed_inside(old, new)


def _variables(place: Place, old: Variable, new: Variable) -> Iterator[Difference]:
    match is_configurable(old), is_configurable(new):
        case True, True:
            yield from _configurables(place, old, new)
        case True, False:
            yield _kind_changed(place, Fact.TO_VARIABLE, old, new)
        case False, True:
            yield from _finality(place, old, new)
            at = place.on(Condition.WITHOUT_DEFAULT) if new.required else place
            yield _kind_changed(at, Fact.TO_CONFIGURABLE, old, new)
        case _:
            yield from _finality(place, old, new)
            yield from _initial(place, Fact.INITIAL_VALUE_CHANGED, old, new)
    yield from _types(place, old, new)


def _configurables(place: Place, old: Variable, new: Variable) -> Iterator[Difference]:
    if old.public != new.public:
        yield place.differs(Fact.MADE_PUBLIC if new.public else Fact.VISIBILITY_REDUCED)
    if old.required != new.required:
        if old.initial is not None:
            yield place.differs(Fact.DEFAULT_REMOVED, ValueChanged(old.initial, None))
        elif new.initial is not None:
            yield place.differs(Fact.DEFAULT_ADDED, ValueChanged(None, new.initial))
    else:
        yield from _initial(place, Fact.DEFAULT_VALUE_CHANGED, old, new)


def _finality(place: Place, old: Variable, new: _Value) -> Iterator[Difference]:
    """Compare `final`; SPEC: a configurable variable is final, and so is a constant."""
    was_final = "final" in old.qualifiers
    is_final = not isinstance(new, Variable) or bool(new.qualifiers & {"final", "configurable"})
    if was_final == is_final:
        return
    if is_final:
        yield place.differs(Fact.FINAL_ADDED)
        return
    type_ = _type(place.old, old)
    shared = types.shared_safely(type_) if type_ is not None else None
    fact = Fact.FINAL_REMOVED_MUTABLE_TYPE if shared is False else Fact.FINAL_REMOVED
    yield place.differs(fact, undecided=_NOT_READ if shared is None else None)


def _initial(place: Place, fact: Fact, old: Variable, new: Variable) -> Iterator[Difference]:
    if old.initial and new.initial and not place.same_value(old.initial, new.initial):
        yield place.differs(fact, ValueChanged(old.initial, new.initial))


def _types(place: Place, old: Variable, new: Variable) -> Iterator[Difference]:
    before, after = _type(place.old, old), _type(place.new, new)
    if before is not None and after is not None:
        at = place.on(Condition.VARIABLE_FINAL) if "final" in old.qualifiers else place
        facts = VARIABLE if place.subject is Subject.VARIABLE else PLAIN_VALUE
        yield from type_differences(at, facts, before, after)
    elif not _inferred_alike(old, new):
        yield place.differs(Fact.TYPE_CHANGED, undecided=_NOT_INFERRED)


def _type(form: Form, variable: Variable) -> Type | None:
    """Return the type of a variable; that of `var` only if the value is a constant expression."""
    if variable.type is not None:
        return form.type_of(variable.type)
    if variable.initial is None:
        return None
    basic, _ = value_of(variable.initial, form.module, form.surface)
    return None if basic == _EXPRESSION else form.type_of(BuiltinType(basic))


def _inferred_alike(old: Variable, new: Variable) -> bool:
    """Return whether both types are inferred, from the same expression."""
    if old.type is not None or new.type is not None or old.initial is None or new.initial is None:
        return False
    return old.initial.tokens == new.initial.tokens
