"""The values of constants, enum members and array lengths, followed through the names that they use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.api.folding import Folded, NotConstantError, fold, fold_literal
from semverdiff.syntax.nodes import BuiltinType, Constant, Reference
from semverdiff.syntax.spelling import name_of

if TYPE_CHECKING:
    from collections.abc import Generator

    from semverdiff.api.folding import Value
    from semverdiff.api.surface import Surface
    from semverdiff.syntax.nodes import ArrayType, EnumMember, Expression

__all__ = [
    "Known",
    "array_length",
    "constant_value",
    "enum_member_value",
    "literal",
    "literal_value",
    "member_value",
    "named_value",
    "value_of",
]

Known = tuple[str, object]
"""The basic type's name and the value: `("int", 5)`. `("expression", ...)` is a value that is not known."""

_BASIC_TYPES: Final = {bool: "boolean", int: "int", float: "float", str: "string"}
_LONGEST_ARRAY: Final = 2**63 - 1


def literal_value(text: str) -> Known | None:
    """Return the value of one literal, with or without a sign; `None` if the text is no literal."""
    try:
        return _known(fold_literal(text))
    except NotConstantError:
        return None


def literal(text: str) -> Value:
    """Return the value of one literal, with or without a sign; raise `NotConstantError` if it is none."""
    return fold_literal(text)


def constant_value(constant: Constant, module: str, surface: Surface) -> Known:
    """Return the value of a constant, folded."""
    return value_of(constant.value, module, surface, _expected(constant))


def enum_member_value(member: EnumMember, module: str, surface: Surface) -> Known:
    """Return the string that an enum member stands for: SPEC, Enums: its own name if none is written."""
    return ("string", member.name) if member.value is None else value_of(member.value, module, surface)


def value_of(expression: Expression, module: str, surface: Surface, expected: str = "") -> Known:
    """Fold an expression used in a module.

    Where it is more than a constant expression its tokens stand for it, with the values of the constants
    among them: equal ones mean the same.
    """
    try:
        return _known(_folded(_Open(None, module, surface, fold(expression.tokens, expected))))
    except NotConstantError:
        meanings = {token: _meaning(token, surface, module) for token in dict.fromkeys(expression.tokens)}
        return "expression", tuple(map(meanings.__getitem__, expression.tokens))


def named_value(surface: Surface, module: str, name: str) -> Value:
    """Return the value of a constant or enum member; raise `NotConstantError` for other names."""
    return _folded(_Open(None, module, surface, _named(name)))


def member_value(member: EnumMember, module: str, surface: Surface) -> Value:
    """Return the value of an enum member, as `named_value`."""
    if member.value is None:
        return member.name
    return _folded(_Open(None, module, surface, fold(member.value.tokens)))


def array_length(array: ArrayType, module: str, surface: Surface) -> int | None:
    """Return the length of an array, `None` for any; raise `NotConstantError` if it cannot be known."""
    match array.length:
        case None | "*":
            # SPEC, Array types: the length of `[*]` follows from a value, which is not looked at.
            return None
        case Reference() as reference:
            home = surface.home(reference, module)
            if home is None:
                raise NotConstantError
            value = named_value(*home, reference.name)
        case text:
            value = fold_literal(text)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LONGEST_ARRAY:
        raise NotConstantError
    return value


def _expected(constant: Constant) -> str:
    """Return the builtin type that a constant declares: SPEC, Numeric literals: it decides what `1` means."""
    return constant.type.name if isinstance(constant.type, BuiltinType) else ""


class _Open(msgspec.Struct, frozen=True):
    """An expression that is being folded: its module, and its key if it is that of a constant."""

    key: tuple[str, str] | None
    module: str
    surface: Surface
    folding: Generator[str, Folded, Folded]

    def remember(self, value: Folded | None) -> None:
        """Enter the value of a constant, of which `None` says that it has none."""
        if self.key is not None:
            self.surface.memory.constants[self.key] = value


def _folded(first: _Open) -> Value:
    """Fold an expression, and the constants that it names, each once for a surface.

    Raises `NotConstantError` if one of them has no value; so has none of those that wait for it. A constant
    that waits for itself is an error of the package.
    """
    waiting = [first]
    value: Folded | None = None
    try:
        while True:
            opened = waiting[-1]
            try:
                wanted = next(opened.folding) if value is None else opened.folding.send(value)
            except StopIteration as end:
                value = end.value
                waiting.pop()
                opened.remember(value)
                if not waiting:
                    folded: Folded = end.value
                    return folded.value
                continue
            surface, key = _key(wanted, opened.module, opened.surface)
            known = surface.memory.constants
            if key in known:
                value = known[key]
                if value is None:
                    raise NotConstantError
                continue
            known[key] = None  # until it has a value
            match _folding(key, surface):
                case str() as text:
                    value = known[key] = Folded(text)
                case folding:
                    value = None
                    waiting.append(_Open(key, key[0], surface, folding))
    finally:
        for opened in waiting:
            opened.remember(None)


def _key(written: str, module: str, surface: Surface) -> tuple[Surface, tuple[str, str]]:
    """Return what `name` or `module:name` stands for in an expression of a module, with its surface."""
    elsewhere, _, name = written.rpartition(":")
    home = surface.home(Reference(elsewhere or None, name), module)
    if home is None:
        raise NotConstantError
    declaring, owner = home
    return declaring, (owner, name)


def _folding(key: tuple[str, str], surface: Surface) -> Generator[str, Folded, Folded] | str:
    """Return what folds a constant or enum member, or the string that a member without a value stands for."""
    module, name = key
    declaration = surface.declaration(module, name)
    if isinstance(declaration, Constant):
        return fold(declaration.value.tokens, _expected(declaration))
    found = surface.enum_member(module, name) if declaration is None else None
    if found is None:
        raise NotConstantError
    _, member = found
    return name if member.value is None else fold(member.value.tokens)


def _named(name: str) -> Generator[str, Folded, Folded]:
    return (yield name)


def _known(value: Value) -> Known:
    match value:
        case None:
            return "nil", None
        case tuple():
            return "list", tuple(_known(member) for member in value)
        case dict():
            return "map", tuple(sorted((name, _known(member)) for name, member in value.items()))
        case _:  # no other is a decimal: the library of those is not loaded for a string
            return _BASIC_TYPES.get(type(value), "decimal"), value


def _meaning(token: str, surface: Surface, module: str) -> object:
    """Return the value of a constant that a token names, or else the token."""
    if not token.replace(":", "").replace("/", "").replace(".", "").removeprefix("'").isidentifier():
        return token
    try:
        return _known(_folded(_Open(None, module, surface, _named(name_of(token)))))
    except NotConstantError:
        return token
