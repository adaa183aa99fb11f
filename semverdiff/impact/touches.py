"""Which symbols of a package the uses in a dependent touch, and which uses may touch any of that name.

Symbols are written as findings write them. A use of a member touches it in every type of the package that
brings it: in the type that is named, and in those that this includes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.enums import StrEnum
from semverdiff.impact.evaluation import Evaluation
from semverdiff.impact.holders import Holders
from semverdiff.impact.model import NOTHING, PLACES, WRITES, Argument, Op, Sink, UseKind
from semverdiff.impact.typed import Members
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from semverdiff.api import Origin
    from semverdiff.impact.model import FileUses, Flow, ModuleUses, PackageUses, Use
    from semverdiff.impact.typed import Alternative, Callee, Value, World

__all__ = [
    "ANY_KEY",
    "CONSTRUCTION",
    "IMPLEMENTATION",
    "MATCHING",
    "MODULE",
    "Role",
    "Touch",
    "Touches",
    "touches_of",
]

MODULE: Final = "(module)"
# Names under which uses are kept whose owner is not known, beside the names of members.
ANY_KEY: Final = "[]"
CONSTRUCTION: Final = "{}"
IMPLEMENTATION: Final = "*"
MATCHING: Final = "match"


class Role(StrEnum):
    """How a use touches a symbol."""

    DIRECT = "direct"
    """By its name, or as a member of a value."""
    GIVEN = "given"
    """A value is given where the type is expected."""
    TAKEN = "taken"
    """A value of the type is taken."""
    HELD = "held"
    """A value that holds one of the type is passed on."""


class Touch(msgspec.Struct, frozen=True):
    """A use that touches a symbol; `module` is the number of the dependent's module.

    `is_certain` says that nothing but the symbol can be meant. `argument` is what is given, for that role.
    """

    use: Use
    file: str
    module: int
    role: Role = Role.DIRECT
    is_certain: bool = True
    argument: Argument = Argument()


class Touches:
    """The touches of one dependent, by module and symbol, and what could not be resolved, by its name."""

    def __init__(self, world: World, evaluations: Sequence[Evaluation]) -> None:
        self.world = world
        self.evaluations = evaluations
        self.by_symbol: dict[Origin, list[Touch]] = {}
        self.unresolved: dict[str, list[Touch]] = {}
        self.damaged: list[tuple[str, frozenset[str] | None]] = []
        self.holders: Holders[Touch] = Holders(world.package)
        self._members: dict[Origin, list[Origin]] = {}

    def add(self, symbol: Origin, touch: Touch) -> None:
        """Add the touch of a symbol."""
        known = self.by_symbol.get(symbol)
        if known is None:
            known = self.by_symbol[symbol] = []
            module, name = symbol
            owner = name.partition("[")[0].partition(".")[0]
            if owner != name:
                self._members.setdefault((module, owner), []).append(symbol)
        if not known or known[-1] != touch:
            known.append(touch)

    def miss(self, name: str, touch: Touch) -> None:
        """Add a use of which nobody knows what it is made on."""
        known = self.unresolved.setdefault(name, [])
        if not known or known[-1] != touch:
            known.append(touch)

    def of(self, symbol: Origin) -> Sequence[Touch]:
        """Return the touches of a symbol."""
        return self.by_symbol.get(symbol, ())

    def below(self, owner: Origin) -> Iterator[Touch]:
        """Yield the touches of all members of a type."""
        for symbol in self._members.get(owner, ()):
            yield from self.by_symbol[symbol]


def touches_of(uses: PackageUses, world: World) -> Touches:
    """Return what a dependent touches of the package that a world is about."""
    members = Members()
    evaluations = [Evaluation(module, world, members) for module in uses.modules]
    found = Touches(world, evaluations)
    for number, module in enumerate(uses.modules):
        _Resolver(found, number, module, members).resolve()
    return found


class _Resolver:
    """The uses of one module, each resolved to what it touches."""

    def __init__(self, touches: Touches, number: int, module: ModuleUses, members: Members) -> None:
        self._touches = touches
        self._number = number
        self._module = module
        self._members = members
        self._evaluation = touches.evaluations[number]

    def resolve(self) -> None:
        """Resolve all uses."""
        for file in self._module.files:
            if file.damaged is None or file.damaged:
                self._touches.damaged.append((file.path, file.damaged))
            for use in file.uses:
                self._resolve(use, file)

    def _resolve(self, use: Use, file: FileUses) -> None:  # noqa: C901, PLR0912 (a case a kind)
        touch = Touch(use, file.path, self._number)
        match use.kind:
            case UseKind.IMPORT:
                module = self._evaluation.home(use.module)
                if module is not None:
                    self._touches.add((module, MODULE), touch)
            case UseKind.NAME | UseKind.PATTERN | UseKind.ANNOTATE:
                self._named(use, touch)
            case UseKind.VALUE:
                self._named(use, touch)
                self._taken(touch, self._evaluation.value(use.term))
            case UseKind.PUT:
                self._taken(touch, self._evaluation.value(use.term))
            case UseKind.INCLUDE | UseKind.IMPLEMENT:
                self._named(use, touch)
                self._included(use, touch)
            case UseKind.CALL | UseKind.NEW:
                self._called(use, touch)
            case UseKind.READ_KEY | UseKind.WRITE_KEY if not use.name:
                self._keyed(use, touch)
            case UseKind.READ | UseKind.READ_KEY | UseKind.WRITE | UseKind.WRITE_KEY:
                self._accessed(use, touch)
            case UseKind.CONSTRUCT:
                self._constructed(use, touch)
            case UseKind.ERROR:
                self._error(use, touch)
            case UseKind.LISTEN:
                self._on_value(touch, self._evaluation.value(use.term))
            case UseKind.MATCH:
                value = self._evaluation.value(use.term)
                self._on_value(touch, value)
                if value.is_unknown:
                    self._touches.miss(MATCHING, touch)

    def _named(self, use: Use, touch: Touch) -> None:
        """Touch what a name of a module stands for."""
        module = self._evaluation.home(use.module)
        if module is None:
            return
        if use.kind is UseKind.ANNOTATE:
            self._touches.add((module, f"@{use.name}"), touch)
            return
        self._touches.add((module, use.name), touch)
        if use.kind in {UseKind.VALUE, UseKind.PATTERN}:
            enum = self._touches.world.package.enum_of_member(module, use.name)
            if enum is not None:
                self._touches.add((module, f"{enum.name}.{use.name}"), touch)
                self._touches.add((module, enum.name), touch)

    def _on_value(self, touch: Touch, value: Value) -> None:
        for name in sorted(value.names):
            self._touches.add(name, touch)

    def _taken(self, touch: Touch, value: Value) -> None:
        """Touch the types of a value that is taken, and those of the place that it is put into."""
        if value.names:
            self._on_value(msgspec.structs.replace(touch, role=Role.TAKEN), value)
        flow = touch.use.flow
        if flow.sink not in PLACES:
            return
        held = msgspec.structs.replace(touch, role=Role.HELD)
        for one in value.alternatives:
            self._touches.holders.add(one, held)
        if not self._is_passed(flow):
            place = self._evaluation.value(flow.term)
            self._given(touch, Argument(term=touch.use.value), place)

    def _is_passed(self, flow: Flow) -> bool:
        """Return whether a place is a parameter, or a field, of what another use calls or constructs."""
        terms, place = self._module.terms, flow.term
        if flow.sink is Sink.SPREAD:
            return True
        if place == NOTHING:
            return False
        if flow.sink is Sink.FIELD:
            return terms[place].op is Op.FIELD
        if terms[place].op is not Op.PARAMETER:
            return False
        callee = terms[terms[place].of]
        return callee.op is not Op.FUNCTION or callee.module is not None

    def _given(self, touch: Touch, argument: Argument, place: Value) -> None:
        """Touch the types of a place that takes an argument."""
        if place.names:
            self._on_value(msgspec.structs.replace(touch, role=Role.GIVEN, argument=argument), place)

    def _included(self, use: Use, touch: Touch) -> None:
        value = self._evaluation.value(use.term)
        named = self._evaluation.home(use.module)
        for name in sorted(self._including(value.alternatives)):
            if name != (named, use.name):
                self._touches.add(name, touch)
        if value.is_unknown:
            self._touches.miss(IMPLEMENTATION, touch)

    def _including(self, alternatives: Iterable[Alternative]) -> set[Origin]:
        """Return the names of the package's types that lead to some types, or that these include."""
        found: set[Origin] = set()
        for one in alternatives:
            found.update(one.names)
            record = self._members.record(one.type)
            origins: Iterable[Origin] = () if record is None else record.included
            members = self._members.object(one.type)
            if members is not None:
                methods = (origin for method in members.methods.values() for origin in method.origins)
                fields = (origin for field in members.fields.values() for origin in field.origins)
                origins = {*methods, *fields}
            found.update(own for one in origins if (own := self._evaluation.own_name(one)) is not None)
        return found

    def _called(self, use: Use, touch: Touch) -> None:
        evaluation = self._evaluation
        callees = evaluation.callee(use.term)
        symbols = [symbol for one in callees for symbol in one.symbols]
        is_certain = len(callees) == 1
        for symbol in dict.fromkeys(symbols):
            self._touches.add(symbol, msgspec.structs.replace(touch, is_certain=is_certain))
        if use.kind is UseKind.NEW:
            for one in callees:
                for name in one.owner.names if one.owner is not None else ():
                    self._touches.add(name, msgspec.structs.replace(touch, is_certain=is_certain))
        if not callees:
            self._missed(use, touch)
        for one in callees:
            self._arguments(touch, one, use)
        self._taken(touch, evaluation.result(use.term))

    def _missed(self, use: Use, touch: Touch) -> None:
        """Keep a call of which nobody knows what is called."""
        if use.module is not None:
            self._named(use, touch)  # a name that the old version does not declare
            return
        terms = self._module.terms
        term = terms[use.term] if use.term != NOTHING else None
        if term is None or self._evaluation.value(term.of).is_unknown:
            self._touches.miss(use.name, touch)

    def _arguments(self, touch: Touch, callee: Callee, use: Use) -> None:
        number = 0
        for one in use.arguments:
            if one.spread:
                continue
            name = one.name or f"#{number}"
            number += not one.name
            self._given(touch, one, self._evaluation.parameter(callee, name))

    def _accessed(self, use: Use, touch: Touch) -> None:
        evaluation = self._evaluation
        if use.module is not None:
            self._named(use, touch)
            return
        value = evaluation.value(use.term)
        is_found = False
        for one in value.alternatives:
            field = self._members.field(one.type, use.name)
            if field is None:
                continue
            is_found = True
            for owner in evaluation.owners(one, field):
                self._touches.add((owner[0], f"{owner[1]}.{use.name}"), touch)
            place = evaluation.expand(field.type_of(field.declared.type))
            if use.kind in WRITES:
                for argument in use.arguments:
                    self._given(touch, argument, place)
            else:
                self._taken(touch, place)
        self._detail(use, touch)
        if not is_found:
            # A further field of a record, a member of a map, or a method that is taken as a value.
            for one in value.alternatives:
                for name in sorted(self._including([one])):
                    self._touches.add((name[0], f"{name[1]}.{use.name}"), touch)
            if use.kind is UseKind.READ_KEY:
                self._taken(touch, evaluation.value(use.value))
            if value.is_unknown:
                self._touches.miss(use.name, touch)

    def _keyed(self, use: Use, touch: Touch) -> None:
        """Touch the records of which any field may be accessed: nobody sees by which key."""
        evaluation = self._evaluation
        value = evaluation.value(use.term)
        records = [one for one in value.alternatives if isinstance(one.type.descriptor, nodes.RecordType)]
        for module, name in sorted(self._including(records)):
            self._touches.add((module, f"{name}{ANY_KEY}"), msgspec.structs.replace(touch, is_certain=False))
        if value.is_unknown:
            self._touches.miss(ANY_KEY, touch)
        if use.kind is UseKind.READ_KEY:
            self._taken(touch, evaluation.value(use.value))

    def _detail(self, use: Use, touch: Touch) -> None:
        """Touch the error whose detail a field is read of."""
        terms = self._module.terms
        term = terms[use.term] if use.term != NOTHING else None
        if term is None or term.op is not Op.RESULT:
            return
        method = terms[term.of]
        if method.op is Op.METHOD and method.name == "detail":
            error = self._evaluation.value(method.of)
            self._on_value(touch, error)
            if error.is_unknown:
                self._touches.miss(use.name, touch)

    def _constructed(self, use: Use, touch: Touch) -> None:
        evaluation = self._evaluation
        value = evaluation.value(use.term)
        records = [one for one in value.alternatives if isinstance(one.type.descriptor, nodes.RecordType)]
        others = [one for one in value.alternatives if _takes_mappings(one)]
        fitting = self._fitting(use, records) if len(records) > 1 else records
        is_certain = len(fitting) == 1 and not others and not value.is_unknown
        names = {name for one in fitting for name in self._including([one])}
        for name in sorted(names):
            self._touches.add(name, msgspec.structs.replace(touch, is_certain=is_certain))
        for one in fitting:
            for argument in use.arguments:
                field = self._members.field(one.type, argument.name)
                if field is not None:
                    self._given(touch, argument, evaluation.expand(field.type_of(field.declared.type)))
        if value.is_unknown and not names:
            self._touches.miss(CONSTRUCTION, touch)

    def _fitting(self, use: Use, records: Sequence[Alternative]) -> Sequence[Alternative]:
        """Return the records of a union that a constructor may be one of, by the names of its fields."""
        given = {one.name for one in use.arguments if not one.spread}
        is_open = any(one.spread for one in use.arguments)
        fitting = []
        for one in records:
            members = self._members.record(one.type)
            if members is None or members.opaque:
                fitting.append(one)
                continue
            required = {
                name
                for name, field in members.fields.items()
                if not field.declared.optional and field.declared.default is None
            }
            has_room = members.rest is not None or given <= members.fields.keys()
            if has_room and (is_open or required <= given):
                fitting.append(one)
        return fitting or records

    def _error(self, use: Use, touch: Touch) -> None:
        self._named(use, touch)
        if use.module is None:
            self._on_value(touch, self._evaluation.value(use.term))


def _takes_mappings(one: Alternative) -> bool:
    match one.type.descriptor:
        case nodes.ParameterizedType(name="map") | nodes.BuiltinType(name="any" | "anydata" | "json" | "map"):
            return True
    return False
