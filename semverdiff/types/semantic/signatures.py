"""Functions and objects to atoms: the translation of signatures, methods and members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.syntax import nodes
from semverdiff.types.names import spelt
from semverdiff.types.semantic import functions, lists, objects
from semverdiff.types.semantic.atoms import DistinctAtom, FunctionAtom, MappingAtom, Resource
from semverdiff.types.semantic.basic import FUNCTION, LIST, OBJECT
from semverdiff.types.semantic.diagrams import Node
from semverdiff.types.semantic.singletons import singleton
from semverdiff.types.walk import run

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

    from semverdiff.api.members import ObjectMembers
    from semverdiff.api.surface import Type
    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.context import Context
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Walk

__all__ = ["function_atom", "object_atom", "qualified_object", "type_ids"]


def function_atom(
    context: Context, type_: Type, function: nodes.FunctionType
) -> Generator[SemType | Walk[SemType], SemType, FunctionAtom]:
    """Translate a function type."""
    if function.signature is None:
        universe = context.universe
        qualifiers = functions.qualifier_bits(function.qualifiers | {"transactional"})
        return FunctionAtom(universe.never, universe.top, qualifiers)
    return (yield from _arrow(context, type_, function.signature, function.qualifiers))


def _arrow(
    context: Context, type_: Type, signature: nodes.Signature, qualifiers: frozenset[str]
) -> Generator[SemType | Walk[SemType], SemType, FunctionAtom]:
    """Translate a signature. SPEC, Function types: neither names nor defaults are part of the type."""
    universe = context.universe
    members: list[SemType] = []
    rest = universe.never
    bounds: dict[str, nodes.TypeDescriptor] = {}
    positions: dict[str, int] = {}
    for position, parameter in enumerate(signature.parameters):
        taken = yield context.lower_parameter(type_.with_descriptor(parameter.type))
        if parameter.kind == "rest":
            rest = taken
        else:
            members.append(taken)
        bound = _typedesc_bound(parameter.type)
        if bound is not None and parameter.name:
            bounds[parameter.name], positions[parameter.name] = bound, position
    used: set[str] = set()
    result = _bounded(signature.result, bounds, used)
    dependency = ",".join(str(positions[name]) for name in sorted(used)) if used else None
    arguments = universe.atomic(LIST, universe.number(lists.row(universe, members, rest, readonly=True)))
    returned = yield context.lower(type_.with_descriptor(result))
    return FunctionAtom(arguments, returned, functions.qualifier_bits(qualifiers), dependency)


def _typedesc_bound(descriptor: nodes.TypeDescriptor) -> nodes.TypeDescriptor | None:
    match descriptor:
        case nodes.ParameterizedType(name="typedesc", parameter=parameter):
            return parameter
        case nodes.BuiltinType(name="typedesc"):
            return nodes.UnionType((nodes.BuiltinType("any"), nodes.BuiltinType("error")))
    return None


def _bounded(
    descriptor: nodes.TypeDescriptor, bounds: Mapping[str, nodes.TypeDescriptor], used: set[str]
) -> nodes.TypeDescriptor:
    """Return a result with upper bounds in place of the parameters that it depends on; note their names."""
    return run(_substituted(descriptor, bounds, used)) if bounds else descriptor


def _substituted(
    descriptor: nodes.TypeDescriptor, bounds: Mapping[str, nodes.TypeDescriptor], used: set[str]
) -> Walk[nodes.TypeDescriptor]:
    def inner(part: nodes.TypeDescriptor) -> Walk[nodes.TypeDescriptor]:
        return _substituted(part, bounds, used)

    match descriptor:
        case nodes.Reference(module=None, name=name) if name in bounds:
            used.add(name)
            return bounds[name]
        case nodes.UnionType(members=members):
            return nodes.UnionType((yield from _replaced(map(inner, members))))
        case nodes.IntersectionType(members=members):
            return nodes.IntersectionType((yield from _replaced(map(inner, members))))
        case nodes.OptionalType(member=member):
            return nodes.OptionalType((yield inner(member)))
        case nodes.ArrayType(member=member, length=length):
            return nodes.ArrayType((yield inner(member)), length)
        case nodes.TupleType(members=members, rest=rest):
            replaced = yield from _replaced(map(inner, members))
            return nodes.TupleType(replaced, None if rest is None else (yield inner(rest)))
        case nodes.ParameterizedType(name=name, parameter=parameter):
            return nodes.ParameterizedType(name, (yield inner(parameter)))
        case nodes.StreamType(value=value, completion=completion):
            return nodes.StreamType((yield inner(value)), (yield inner(completion)))
        case nodes.TableType(row=row, key_type=key_type, key_names=key_names):
            return nodes.TableType((yield inner(row)), key_type, key_names)
    independent: nodes.IndependentType = descriptor  # mypy names a form that has no case
    return independent


def _replaced(
    walks: Iterable[Walk[nodes.TypeDescriptor]],
) -> Generator[
    nodes.TypeDescriptor | Walk[nodes.TypeDescriptor], nodes.TypeDescriptor, tuple[nodes.TypeDescriptor, ...]
]:
    replaced: list[nodes.TypeDescriptor] = []
    for walk in walks:
        replaced.append((yield walk))  # noqa: PERF401 (a comprehension cannot yield)
    return tuple(replaced)


def object_atom(
    context: Context, expanded: ObjectMembers
) -> Generator[SemType | Walk[SemType], SemType, MappingAtom]:
    """Translate the members of an object type or class."""
    universe = context.universe
    cells = objects.qualifier_cells(universe, expanded.qualifiers)
    for name, field in expanded.fields.items():
        declared = field.declared
        value = yield context.lower(field.type_of(declared.type))
        cells[name] = objects.member(universe, "field", declared.visibility, value, final=declared.final)
    for opaque in sorted(expanded.opaque, key=spelt):
        # The same foreign members on both sides; what else a type has can only narrow them: SPEC, Object
        # type inclusion.
        cells[f"*{opaque.module}:{opaque.name}"] = universe.cell(universe.top, readonly=True)
    resources: list[Resource] = []
    for key, method in expanded.methods.items():
        declared_method = method.declared
        if declared_method.kind == "init":
            # SPEC, Class: `init` is no part of the object's type.
            continue
        place = method.type_of(nodes.NIL)
        arrow = yield from _arrow(context, place, declared_method.signature, declared_method.qualifiers)
        function = universe.atomic(FUNCTION, universe.number(arrow))
        if declared_method.kind == "resource":
            path = yield _path(context, place, declared_method)
            resources.append(_resource(declared_method, path, function))
        else:
            cells[key] = objects.member(
                universe, declared_method.kind, declared_method.visibility, function, final=True
            )
    return objects.object_atom(universe, cells, tuple(resources))


def _resource(method: nodes.Method, path: SemType, function: SemType) -> Resource:
    segments = [segment for segment in method.path if segment.kind != "rest"]
    names = tuple(segment.name if segment.type is None else None for segment in segments)
    return Resource(method.name, path, function, names, len(segments) < len(method.path))


def _path(context: Context, place: Type, method: nodes.Method) -> Walk[SemType]:
    """Return the paths that a resource method takes, as lists of segments."""
    universe = context.universe
    members: list[SemType] = []
    rest = universe.never
    for segment in method.path:
        if segment.type is None:
            members.append(singleton(universe, segment.name))
            continue
        type_ = yield context.lower_parameter(place.with_descriptor(segment.type))
        if segment.kind == "rest":
            rest = type_
        else:
            members.append(type_)
    return universe.atomic(LIST, universe.number(lists.row(universe, members, rest, readonly=True)))


def qualified_object(universe: Universe, qualifiers: frozenset[str]) -> MappingAtom:
    """Return the object type that demands qualifiers and no member."""
    return objects.object_atom(universe, objects.qualifier_cells(universe, qualifiers), ())


def type_ids(universe: Universe, type_: SemType) -> Iterator[int]:
    """Yield the type-ids that every object of a type has."""
    for code, data in type_.parts:
        if code != OBJECT or not isinstance(data, Node):
            continue
        clauses = [set(positive) for positive, _ in universe.diagrams.clauses(data)]
        for number in sorted(set.intersection(*clauses)):
            atom = universe.peek(number)
            if isinstance(atom, DistinctAtom):
                yield number
