"""The terms and type descriptors of a module while its files are read: each once, by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.impact.model import NOTHING, Op, Term
from semverdiff.syntax.nodes import NIL, ArrayType, BuiltinType, ObjectType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.syntax.nodes import TypeDescriptor

__all__ = ["Table"]


# Types of literals that no keyword alone stands for.
_WRITTEN: Final[Mapping[str, TypeDescriptor]] = {
    "()": NIL,
    "byte[]": ArrayType(BuiltinType("byte"), None),
    "object": ObjectType(frozenset(), (), (), ()),
}


class Table:
    """Terms and descriptors in the order in which they were first met."""

    def __init__(self) -> None:
        self.descriptors: list[TypeDescriptor] = []
        self.terms: list[Term] = []
        self._numbers: dict[Term, int] = {}
        self._builtin: dict[str, int] = {}

    def add(self, term: Term) -> int:
        """Return the number of a term."""
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = len(self.terms)
            self.terms.append(term)
        return number

    def made(self, op: Op, of: int, name: str = "", module: str | None = None) -> int:
        """Return the number of a term that is made of another one: nothing, if nothing is known of that."""
        return NOTHING if of == NOTHING else self.add(Term(op, of, name, module))

    def type(self, descriptor: TypeDescriptor) -> int:
        """Return the number of the term of a value of a type."""
        self.descriptors.append(descriptor)
        return self.add(Term(Op.TYPE, len(self.descriptors) - 1))

    def builtin(self, name: str) -> int:
        """Return the number of the term of a value of a builtin type."""
        known = self._builtin.get(name)
        if known is None:
            known = self._builtin[name] = self.type(_WRITTEN.get(name) or BuiltinType(name))
        return known

    def union(self, left: int, right: int) -> int:
        """Return the number of a value that is one of two; nothing, if nothing is known of one."""
        if left == right or NOTHING in {left, right}:
            return left if left == right else NOTHING
        return self.add(Term(Op.UNION, left, other=right))
