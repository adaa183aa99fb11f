"""Results that depend on a typedesc argument: `returns t` with `typedesc<anydata> t = <>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.syntax import nodes
from semverdiff.types import run

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Mapping

    from semverdiff.compare.place import Form
    from semverdiff.syntax.nodes import Parameter, Signature, TypeDescriptor
    from semverdiff.types import Walk

__all__ = ["deciding", "makes_dependent", "with_new_names"]


def makes_dependent(
    parameter: Parameter, old: Form, old_signature: Signature, result: TypeDescriptor
) -> bool:
    """Return whether an added parameter only serves to let the result depend on the caller."""
    return parameter.inferred and parameter.name in _plain_names(result) and not deciding(old, old_signature)


def with_new_names(
    old: Signature, new: Signature, before: Collection[str], after: Collection[str]
) -> TypeDescriptor:
    """Return the old result by the new names of the typedesc parameters that decide it.

    `before` and `after` are those of either signature. A result that follows the name of its parameter is the
    same one.
    """
    if not before or not after:
        return old.result
    names = {
        was.name: becomes.name
        for was, becomes in zip(old.parameters, new.parameters, strict=False)
        if was.name in before and becomes.name in after
    }
    return run(_renamed(old.result, names))


def deciding(form: Form, signature: Signature) -> frozenset[str]:
    """Return the names of the parameters that decide the result; none for one that depends on nothing.

    SPEC, Function types: in the result a typedesc parameter stands for the type that is its argument. What
    the result names, and no declaration has, is such a parameter, whatever its own type is called.
    """
    names = _plain_names(signature.result)
    if not names:
        return frozenset()
    return frozenset(
        one.name
        for one in signature.parameters
        if one.name in names
        and (one.inferred or _is_typedesc(one.type) or form.surface.locate(form.module, one.name) is None)
    )


def _is_typedesc(descriptor: TypeDescriptor) -> bool:
    match descriptor:
        case nodes.BuiltinType(name="typedesc") | nodes.ParameterizedType(name="typedesc"):
            return True
    return False


def _plain_names(descriptor: TypeDescriptor) -> set[str]:
    """Return the unqualified names that stand as the type itself, in a union, or as its parts."""
    names: set[str] = set()
    waiting = [descriptor]
    while waiting:
        part = waiting.pop()
        if type(part) in nodes.LEAVES:
            if type(part) is nodes.Reference and part.module is None:
                names.add(part.name)
            continue
        match part:
            case nodes.UnionType(members=members) | nodes.IntersectionType(members=members):
                waiting += members
            case nodes.TupleType(members=members, rest=rest):
                waiting += members if rest is None else (*members, rest)
            case nodes.OptionalType(member=member) | nodes.ArrayType(member=member):
                waiting.append(member)
            case nodes.ParameterizedType(parameter=parameter):
                waiting.append(parameter)
            case nodes.StreamType(value=value, completion=completion):
                waiting += [value, completion]
            case nodes.TableType(row=row):
                waiting.append(row)
            case _:
                independent: nodes.IndependentType = part  # noqa: F841 (mypy names a form that has no case)
    return names


def _renamed(descriptor: TypeDescriptor, names: Mapping[str, str]) -> Walk[TypeDescriptor]:
    """Return a type descriptor with other names where `_plain_names` finds some."""
    match descriptor:
        case nodes.Reference(module=None, name=name):
            return nodes.Reference(None, names.get(name, name))
        case nodes.UnionType(members=members):
            return nodes.UnionType((yield from _each(members, names)))
        case nodes.IntersectionType(members=members):
            return nodes.IntersectionType((yield from _each(members, names)))
        case nodes.TupleType(members=members, rest=rest):
            renamed = yield from _each(members, names)
            return nodes.TupleType(renamed, None if rest is None else (yield _renamed(rest, names)))
        case nodes.OptionalType() | nodes.ArrayType():
            return replace(descriptor, member=(yield _renamed(descriptor.member, names)))
        case nodes.ParameterizedType():
            return replace(descriptor, parameter=(yield _renamed(descriptor.parameter, names)))
        case nodes.StreamType():
            value = yield _renamed(descriptor.value, names)
            return replace(descriptor, value=value, completion=(yield _renamed(descriptor.completion, names)))
        case nodes.TableType():
            return replace(descriptor, row=(yield _renamed(descriptor.row, names)))
    independent: nodes.IndependentType = descriptor  # mypy names a form that has no case
    return independent


def _each(
    descriptors: Iterable[TypeDescriptor], names: Mapping[str, str]
) -> Generator[TypeDescriptor | Walk[TypeDescriptor], TypeDescriptor, tuple[TypeDescriptor, ...]]:
    renamed: list[TypeDescriptor] = []
    for descriptor in descriptors:
        renamed.append((yield _renamed(descriptor, names)))  # noqa: PERF401 (a comprehension cannot yield)
    return tuple(renamed)
