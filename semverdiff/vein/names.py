"""What a name in a source means: a type parameter, an alias, or a type of some space."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.vein.model import Parameter, TypeName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Final

    from semverdiff.vein.declarations import SourceAlias, SourceParameter, SourceUnit, WrittenType

__all__ = ["Names", "Scope"]

# The aliases of `std`, which every source may use.
_BUILT_IN: Final = {
    "bool": "Boolean",
    "char": "Char",
    "f16": "Half",
    "f32": "Float",
    "f64": "Double",
    "i16": "Int16",
    "i32": "Int32",
    "i64": "Int64",
    "object": "Object",
    "ptr": "Raw",
    "raw": "Raw",
    "string": "String",
    "u16": "UInt16",
    "u32": "UInt32",
    "u64": "UInt64",
    "u8": "Byte",
    "void": "Void",
}
_SELF: Final = "self"
_SIGNS: Final = frozenset({"<", ">", ",", "[]"})


class _Target(msgspec.Struct, frozen=True):
    """What a name stands for when all aliases are followed.

    `rest` is what follows the name in the alias, if it has type arguments, as it is written in `unit`.
    """

    name: str
    rest: WrittenType
    space: str
    unit: SourceUnit


class Names:
    """The names that the sources of a package declare, by space."""

    def __init__(self, units: Iterable[SourceUnit]) -> None:
        self._types: dict[str, dict[str, SourceUnit]] = {}
        self._aliases: dict[str, dict[str, tuple[SourceUnit, SourceAlias]]] = {}
        self._targets: dict[tuple[str, str], _Target] = {}
        for unit in units:
            for declared in unit.types:
                self._types.setdefault(declared.name, {})[unit.space] = unit
            for alias in unit.aliases:
                if alias.parameters is not None:
                    self._types.setdefault(alias.name, {})[unit.space] = unit
                else:
                    self._aliases.setdefault(alias.name, {})[unit.space] = (unit, alias)

    def target(self, name: str, unit: SourceUnit) -> _Target:
        """Return what a name means in a file. Aliases may lead in circles, or through thousands of others."""
        path: dict[tuple[str, str], None] = {}
        rest: WrittenType = ()
        home = unit
        end: _Target | None = None
        while end is None:
            space = _nearest(self._aliases.get(name, {}), unit)
            key = (space or "", name)
            if space is None or key in path:
                end = self._end(name, rest, unit, home)
            elif key in self._targets:
                end = self._targets[key]
            else:
                path[key] = None
                unit, alias = self._aliases[name][space]
                name = alias.target[0]
                if not rest:
                    rest, home = alias.target[1:], unit
        self._targets.update(dict.fromkeys(path, end))
        return end

    def _end(self, name: str, rest: WrittenType, unit: SourceUnit, home: SourceUnit) -> _Target:
        space = _nearest(self._types.get(name, {}), unit)
        meant = _BUILT_IN.get(name, name) if space is None else name
        if meant != name:
            space = _nearest(self._types.get(meant, {}), unit)
        return _Target(meant, rest, space or "", home)


def _nearest(spaces: Mapping[str, object], unit: SourceUnit) -> str | None:
    """Return the space that a name comes from: the file's own, one that it uses, or the only one."""
    if unit.space in spaces:
        return unit.space
    if len(spaces) <= 1:
        return next(iter(spaces), None)
    return next((space for space in unit.uses if space in spaces), None)


class Scope:
    """The names that a declaration sees: those of the package, and type parameters around it."""

    def __init__(
        self,
        names: Names,
        unit: SourceUnit,
        owner: str,
        of_type: tuple[str, ...],
        of_method: tuple[str, ...] = (),
    ) -> None:
        self._names = names
        self._unit = unit
        self._owner = owner
        self._of_type = of_type
        self._places = {name: f"!{place}" for place, name in enumerate(of_type)}
        self._places |= {name: f"!!{place}" for place, name in enumerate(of_method)}

    def within(self, of_method: tuple[str, ...]) -> Scope:
        """Return what a method with type parameters of its own sees."""
        return Scope(self._names, self._unit, self._owner, self._of_type, of_method)

    def type(self, written: WrittenType) -> TypeName:
        """Return a type as the API mentions it."""
        texts, fulls = [], []
        for place, token in enumerate(written):
            text, full = (
                (token, token) if token in _SIGNS else self._word(token, written[place + 1 : place + 2])
            )
            texts.append(text)
            fulls.append(full)
        head = written[0]
        parameter = self._places.get(head)
        if parameter is not None:
            return TypeName("".join(texts), "".join(fulls), parameter)
        if head == _SELF:
            return TypeName(
                "".join(texts), "".join(fulls), _erased(self._owner, len(self._of_type)), self._unit.space
            )
        target = self._names.target(head, self._unit)
        arity = _arity(target.rest or written[1:])
        return TypeName("".join(texts), "".join(fulls), _erased(target.name, arity), target.space)

    def parameters(self, written: Iterable[SourceParameter]) -> tuple[Parameter, ...]:
        """Return parameters as the API has them."""
        return tuple(Parameter(one.name, self.type(one.type)) for one in written)

    def _word(self, name: str, following: WrittenType) -> tuple[str, str]:
        """Return a name as symbols show it, and with type parameters by their place."""
        parameter = self._places.get(name)
        if parameter is not None:
            return name, parameter
        if name == _SELF:
            own = self._of_type
            places = [f"!{place}" for place in range(len(own))]
            return _applied(self._owner, own), _applied(self._owner, places)
        target = self._names.target(name, self._unit)
        if following == ("<",) or not target.rest:
            return target.name, target.name
        text = f"{target.name}{self._rest(target)}"
        # An alias stands for its type arguments wherever it is used, however many there are.
        text = text if len(text) <= limits.NAME_CHARACTERS else name
        return text, text

    def _rest(self, target: _Target) -> str:
        """Return the type arguments that an alias brings; aliases in them are followed to a name at most.

        Aliases of aliases with arguments would grow without an end.
        """
        parts = []
        for token in target.rest:
            inner = None if token in _SIGNS else self._names.target(token, target.unit)
            parts.append(token if inner is None or inner.rest else inner.name)
        return "".join(parts)


def _applied(name: str, arguments: Sequence[str]) -> str:
    return f"{name}<{','.join(arguments)}>" if arguments else name


def _erased(name: str, arity: int) -> str:
    return f"{name}`{arity}" if arity else name


def _arity(rest: WrittenType) -> int:
    """Return the number of type arguments that stand behind a name."""
    if rest[:1] != ("<",):
        return 0
    depths = tuple(accumulate((part == "<") - (part == ">") for part in rest))
    end = depths.index(0)
    return 1 + sum(part == "," and depth == 1 for part, depth in zip(rest[:end], depths, strict=False))
