"""Constants, variables, configurable variables and listeners: what a name of the module holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.api import Type, constant_value, declaration_text, type_text, value_of
from semverdiff.compare.details import Added, KindChanged, Removed, TypeChanged, ValueChanged
from semverdiff.compare.facts import Condition, Kind, Position
from semverdiff.compare.immutability import shared_safely
from semverdiff.compare.sides import Typed
from semverdiff.compare.type_changes import type_differences
from semverdiff.syntax.nodes import BuiltinType, Constant, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api import Surface
    from semverdiff.compare.difference import Difference, Excerpt
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Listener

__all__ = ["is_configurable", "listener_differences", "value_differences"]

_NOT_FOLDED = "the value is more than a constant expression of this package"
_STRUCTURES = frozenset({"list", "map"})
_NOT_INFERRED = "the type follows from a value that is not evaluated"
_NOT_READ = "whether the value is immutable is known to another package"

_Value = Constant | Variable


def is_configurable(value: _Value) -> bool:
    """Return whether deployers give the value: SPEC, Configurable variables: public or not."""
    return isinstance(value, Variable) and "configurable" in value.qualifiers


def value_differences(
    place: Place, sides: Sides, old: _Value | None, new: _Value | None
) -> Iterator[Difference]:
    """Compare what clients and deployers see of one name; `None` where a side does not declare it.

    Subject and position follow from the declarations, those of `place` do not count.
    """
    exported = sides.old.exported(place.module) and sides.new.exported(place.module)
    match _seen(old, exported=exported), _seen(new, exported=exported):
        case None, None:
            return
        case None, (Constant() | Variable()) as after:
            yield _came(_about(place, after), sides, after)
        case (Constant() | Variable()) as before, None:
            yield _went(_about(place, before), sides, before, new)
        case (Constant() | Variable()) as before, (Constant() | Variable()) as after if _audience(
            before
        ).isdisjoint(_audience(after)):
            yield _went(_about(place, before), sides, before, after)
            yield _came(_about(place, after), sides, after)
        case Constant() as before, Constant() as after:
            yield from _constants(_about(place, before), sides, before, after)
        case Constant() as before, Variable() as after:
            yield from _constant_to_variable(place, sides, before, after)
        case Variable() as before, Constant() as after:
            yield from _variable_to_constant(_about(place, before), sides, before, after)
        case Variable() as before, Variable() as after:
            yield from _variables(_about(place, before), sides, before, after)


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
    """Return the place with what the old declaration says: subject, position, visibility."""
    if isinstance(value, Constant):
        return replace(place, subject="constant")
    if is_configurable(value):
        conditions = place.conditions | {Condition.PUBLIC if value.public else Condition.NOT_PUBLIC}
        position = Position.BOTH if value.public else Position.IN
        return replace(place, subject="configurable", position=position, conditions=conditions)
    position = Position.OUT if "final" in value.qualifiers else Position.BOTH
    return replace(place, subject="variable", position=position)


def _kind(value: _Value) -> Kind:
    if is_configurable(value):
        return Kind.CONFIGURABLE_VARIABLE
    return Kind.CONSTANT if isinstance(value, Constant) else Kind.VARIABLE


def _excerpts(place: Place, old: _Value, new: _Value) -> tuple[Excerpt, Excerpt]:
    return (
        place.old_excerpt(declaration_text(old), old.metadata),
        place.new_excerpt(declaration_text(new), new.metadata),
    )


def _came(place: Place, sides: Sides, new: _Value) -> Difference:
    fact = "added"
    if isinstance(new, Variable) and is_configurable(new):
        fact = "required-added" if new.required else "defaultable-added"
    added = Added(new, _declared(new, place.module, sides.new))
    return place.differs(fact, None, place.new_excerpt(declaration_text(new), new.metadata), added)


def _went(place: Place, sides: Sides, old: _Value, new: _Value | None) -> Difference:
    """State that a name is gone, or is there for the package itself only."""
    if new is None:
        removed = Removed(old, _declared(old, place.module, sides.old))
        return place.differs("removed", place.old_excerpt(declaration_text(old), old.metadata), None, removed)
    if is_configurable(old):
        return _became(place, "to-variable", old, new)
    return place.differs("visibility-reduced", *_excerpts(place, old, new))


def _became(place: Place, fact: str, old: _Value, new: _Value) -> Difference:
    return place.differs(fact, *_excerpts(place, old, new), KindChanged(_kind(old), _kind(new)))


def _constants(place: Place, sides: Sides, old: Constant, new: Constant) -> Iterator[Difference]:
    """Compare folded values; SPEC: what a constant's type is follows from its value."""
    before = constant_value(old, place.module, sides.old)
    after = constant_value(new, place.module, sides.new)
    folded = "expression" not in {before[0], after[0]}
    excerpts, values = _excerpts(place, old, new), ValueChanged(old.value, new.value)
    if folded and before[0] != after[0]:
        yield place.differs("type-changed", *excerpts, _basic_types(place, sides, before[0], after[0]))
    elif (not folded or before[0] in _STRUCTURES) and not _same_declared_type(place, sides, old, new):
        types = TypeChanged(_declared(old, place.module, sides.old), _declared(new, place.module, sides.new))
        undecided = None if folded else _NOT_FOLDED
        yield place.differs("type-changed", *excerpts, types, undecided=undecided)
    elif before != after:
        yield place.differs("value-changed", *excerpts, values, undecided=None if folded else _NOT_FOLDED)
    elif old.value.tokens != new.value.tokens or _declared_text(old) != _declared_text(new):
        yield place.differs("expression-respelled", *excerpts, values)


def _same_declared_type(place: Place, sides: Sides, old: Constant, new: Constant) -> bool:
    if old.type is None or new.type is None:
        return old.type is new.type
    return sides.same_type(
        Typed(old.type, place.module, old.metadata), Typed(new.type, place.module, new.metadata)
    )


def _declared(value: _Value, module: str, surface: Surface) -> Type | None:
    return None if value.type is None else Type(value.type, module, surface)


def _basic_types(place: Place, sides: Sides, old: str, new: str) -> TypeChanged:
    """Return the basic types that follow from the values of two constants."""
    before, after = BuiltinType(old), BuiltinType(new)
    return TypeChanged(Type(before, place.module, sides.old), Type(after, place.module, sides.new))


def _declared_text(value: _Value) -> str:
    return "" if value.type is None else type_text(value.type)


def _constant_to_variable(place: Place, sides: Sides, old: Constant, new: Variable) -> Iterator[Difference]:
    yield _became(_about(place, old), "to-variable", old, new)
    if new.required:
        yield _came(_about(place, new), sides, new)


def _variable_to_constant(place: Place, sides: Sides, old: Variable, new: Constant) -> Iterator[Difference]:
    if is_configurable(old):
        # The key in Config.toml is what breaks, whatever the name stands for now.
        yield _became(place, "to-variable", old, new)
        return
    yield from _final_differences(place, sides, old, new)
    yield _became(place, "to-constant", old, new)
    yield from _constant_type_differences(place, sides, old, new)


def _constant_type_differences(
    place: Place, sides: Sides, old: Variable, new: Constant
) -> Iterator[Difference]:
    """State another type, unless the constant has the basic type that the variable had."""
    basic, _ = constant_value(new, place.module, sides.new)
    before = _typed(old, place.module, sides.old)
    constant = Typed(BuiltinType(basic), place.module, new.metadata)
    fits = None if before is None or basic == "expression" else sides.relate(before, constant).covers
    if fits is not True:
        undecided = "whether the value lies within the variable's type was not decided"
        yield place.differs(
            "type-changed", *_excerpts(place, old, new), undecided=undecided if fits is None else None
        )


def _variables(place: Place, sides: Sides, old: Variable, new: Variable) -> Iterator[Difference]:
    match is_configurable(old), is_configurable(new):
        case True, True:
            yield from _configurables(place, sides, old, new)
        case True, False:
            yield _became(place, "to-variable", old, new)
        case False, True:
            yield from _final_differences(place, sides, old, new)
            required = frozenset({Condition.WITHOUT_DEFAULT}) if new.required else frozenset()
            at = replace(place, conditions=place.conditions | required)
            yield _became(at, "to-configurable", old, new)
        case _:
            yield from _final_differences(place, sides, old, new)
            yield from _initial_differences(place, sides, "initial-value-changed", old, new)
    yield from _type_differences(place, sides, old, new)


def _configurables(place: Place, sides: Sides, old: Variable, new: Variable) -> Iterator[Difference]:
    excerpts = _excerpts(place, old, new)
    if old.public != new.public:
        yield place.differs("made-public" if new.public else "visibility-reduced", *excerpts)
    if old.required != new.required:
        if old.initial is not None:
            yield place.differs("default-removed", *excerpts, ValueChanged(old.initial, None))
        elif new.initial is not None:
            yield place.differs("default-added", *excerpts, ValueChanged(None, new.initial))
    else:
        yield from _initial_differences(place, sides, "default-value-changed", old, new)


def _final_differences(place: Place, sides: Sides, old: Variable, new: _Value) -> Iterator[Difference]:
    """Compare `final`; SPEC: a configurable variable is final, and so is a constant."""
    was = "final" in old.qualifiers
    is_now = not isinstance(new, Variable) or bool(new.qualifiers & {"final", "configurable"})
    if was == is_now:
        return
    if is_now:
        yield place.differs("final-added", *_excerpts(place, old, new))
        return
    typed = _typed(old, place.module, sides.old)
    shared = shared_safely(typed.descriptor, typed.module, sides.old) if typed is not None else None
    yield place.differs(
        "final-removed-mutable-type" if shared is False else "final-removed",
        *_excerpts(place, old, new),
        undecided=_NOT_READ if shared is None else None,
    )


def _initial_differences(
    place: Place, sides: Sides, fact: str, old: Variable, new: Variable
) -> Iterator[Difference]:
    if old.initial is None or new.initial is None:
        return
    if sides.same_expression(old.initial, place.module, new.initial, place.module):
        return
    yield place.differs(fact, *_excerpts(place, old, new), ValueChanged(old.initial, new.initial))


def _typed(variable: Variable, module: str, surface: Surface) -> Typed | None:
    """Return the type of a variable; that of `var` only if the value is a constant expression."""
    if variable.type is not None:
        return Typed(variable.type, module, variable.metadata)
    basic = "expression" if variable.initial is None else value_of(variable.initial, module, surface)[0]
    return None if basic == "expression" else Typed(BuiltinType(basic), module, variable.metadata)


def _type_differences(place: Place, sides: Sides, old: Variable, new: Variable) -> Iterator[Difference]:
    before, after = _typed(old, place.module, sides.old), _typed(new, place.module, sides.new)
    if before is not None and after is not None:
        final = frozenset({Condition.VARIABLE_FINAL}) if "final" in old.qualifiers else frozenset()
        at = replace(place, conditions=place.conditions | final)
        yield from type_differences(at, sides, "type", before, after)
    elif not _inferred_alike(old, new):
        yield place.differs("type-changed", *_excerpts(place, old, new), undecided=_NOT_INFERRED)


def _inferred_alike(old: Variable, new: Variable) -> bool:
    """Return whether both types are inferred, from the same expression."""
    if old.type is not None or new.type is not None or old.initial is None or new.initial is None:
        return False
    return old.initial.tokens == new.initial.tokens


def listener_differences(place: Place, sides: Sides, old: Listener, new: Listener) -> Iterator[Difference]:
    """Compare two public listeners. `place` is the listener's, with the subject `listener`."""
    excerpts = (
        place.old_excerpt(declaration_text(old), old.metadata),
        place.new_excerpt(declaration_text(new), new.metadata),
    )
    if old.type is not None and new.type is not None:
        before, after = (
            Typed(old.type, place.module, old.metadata),
            Typed(new.type, place.module, new.metadata),
        )
        for difference in type_differences(place, sides, "type", before, after):
            # A listener whose type is respelled has no rule: nobody sees it.
            if difference.fact != "type-respelled":
                yield difference
    elif _created(old) != _created(new):
        yield place.differs("type-changed", *excerpts, undecided=_NOT_INFERRED)
    if old.initial.tokens != new.initial.tokens:
        yield place.differs("initial-value-changed", *excerpts, ValueChanged(old.initial, new.initial))


def _created(listener: Listener) -> str:
    """Write the class of a listener: `new http:Listener(9090)` says it where the declaration does not."""
    if listener.type is not None:
        return type_text(listener.type)
    words = "".join(listener.initial.tokens).removeprefix("checkpanic").removeprefix("check")
    head, _, _ = words.partition("(")
    return head.removeprefix("new")
