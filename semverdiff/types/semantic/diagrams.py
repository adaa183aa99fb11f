"""Boolean formulas over numbered atoms as binary decision diagrams with lazy unions.

A node reads `(atom and left) or middle or (not atom and right)`. The middle keeps unions from being
multiplied out: the union of a thousand records has a thousand nodes. Nodes are hash-consed, so equal
formulas are one object. (Castagna, "Covariance and contravariance: a fresh look at an old issue".)

A formula is as deep as it has atoms, so operations follow it to a fixed depth only. What is below that is
put on a stack and computed first; then the operation is begun again and finds the result in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Clause", "Diagram", "Diagrams", "Node"]


class Node(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A decision; made by `Diagrams` only, so that identity is equality."""

    atom: int
    left: Diagram
    middle: Diagram
    right: Diagram


Diagram = Node | bool
Clause = tuple[tuple[int, ...], tuple[int, ...]]
"""The atoms that hold and those that do not, on one way to `True`."""

_DEEPEST: Final = 12
_Memo = dict[tuple[Diagram, Diagram], Diagram]


class _TooDeepError(Exception):
    """An operation lies deeper than may be followed at once."""

    def __init__(self, operation: _Operation, one: Node, other: Node) -> None:
        super().__init__()
        self.pending = operation, one, other


class _Operation:
    """An operation on two formulas: how it is computed, and its results so far."""

    __slots__ = ("compute", "results")

    def __init__(self, compute: Callable[[Node, Node], Diagram]) -> None:
        self.compute = compute
        self.results: _Memo = {}


class Diagrams:
    """The nodes made so far, and the results of operations on them."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[int, Diagram, Diagram, Diagram], Node] = {}
        self._depth = 0
        self._unions = _Operation(self._union)
        self._intersections = _Operation(self._intersection)
        self._differences = _Operation(self._difference)
        self._complements = _Operation(self._complement)

    def atom(self, number: int) -> Node:
        """Return the formula that is one atom."""
        return self._cons(number, True, False, False)

    def _cons(self, atom: int, left: Diagram, middle: Diagram, right: Diagram) -> Node:
        key = (atom, left, middle, right)
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = Node(atom, left, middle, right)
        return node

    def _node(self, atom: int, left: Diagram, middle: Diagram, right: Diagram) -> Diagram:
        if middle is True:
            return True
        if left is right:
            return self.union(left, middle)
        return self._cons(atom, left, middle, right)

    def union(self, one: Diagram, other: Diagram) -> Diagram:
        """Return `one or other`."""
        if one is other or one is True or other is False:
            return one
        if other is True or one is False:
            return other
        known = self._unions.results.get((one, other))
        return self._computed(self._unions, one, other) if known is None else known

    def _union(self, one: Node, other: Node) -> Diagram:
        if one.atom < other.atom:
            return self._node(one.atom, one.left, self.union(one.middle, other), one.right)
        if one.atom > other.atom:
            return self._node(other.atom, other.left, self.union(one, other.middle), other.right)
        return self._node(
            one.atom,
            self.union(one.left, other.left),
            self.union(one.middle, other.middle),
            self.union(one.right, other.right),
        )

    def intersection(self, one: Diagram, other: Diagram) -> Diagram:
        """Return `one and other`."""
        if one is other or one is False or other is True:
            return one
        if other is False or one is True:
            return other
        known = self._intersections.results.get((one, other))
        return self._computed(self._intersections, one, other) if known is None else known

    def _intersection(self, one: Node, other: Node) -> Diagram:
        if one.atom > other.atom:
            one, other = other, one
        if one.atom < other.atom:
            return self._node(
                one.atom,
                self.intersection(one.left, other),
                self.intersection(one.middle, other),
                self.intersection(one.right, other),
            )
        return self._node(
            one.atom,
            self.intersection(self.union(one.left, one.middle), self.union(other.left, other.middle)),
            False,
            self.intersection(self.union(one.right, one.middle), self.union(other.right, other.middle)),
        )

    def difference(self, one: Diagram, other: Diagram) -> Diagram:
        """Return `one and not other`."""
        if one is other or one is False or other is True:
            return False
        if other is False:
            return one
        if one is True:
            return self.complement(other)
        known = self._differences.results.get((one, other))
        return self._computed(self._differences, one, other) if known is None else known

    def _difference(self, one: Node, other: Node) -> Diagram:
        if one.atom < other.atom:
            # The union of the three branches stays lazy: each loses `other` on its own.
            return self._node(
                one.atom,
                self.difference(one.left, other),
                self.difference(one.middle, other),
                self.difference(one.right, other),
            )
        if one.atom > other.atom:
            return self._node(
                other.atom,
                self.difference(one, self.union(other.left, other.middle)),
                False,
                self.difference(one, self.union(other.right, other.middle)),
            )
        return self._node(
            one.atom,
            self.difference(self.union(one.left, one.middle), self.union(other.left, other.middle)),
            False,
            self.difference(self.union(one.right, one.middle), self.union(other.right, other.middle)),
        )

    def complement(self, one: Diagram) -> Diagram:
        """Return `not one`."""
        if isinstance(one, bool):
            return not one
        known = self._complements.results.get((one, one))
        return self._computed(self._complements, one, one) if known is None else known

    def _complement(self, one: Node, _: Node) -> Diagram:
        not_middle = self.complement(one.middle)
        if one.right is False:
            return self._node(one.atom, False, self.complement(self.union(one.left, one.middle)), not_middle)
        if one.left is False:
            return self._node(one.atom, not_middle, self.complement(self.union(one.right, one.middle)), False)
        return self._node(
            one.atom,
            self.complement(self.union(one.left, one.middle)),
            False,
            self.complement(self.union(one.right, one.middle)),
        )

    def _computed(self, operation: _Operation, one: Node, other: Node) -> Diagram:
        """Return the result of an operation that is not known yet."""
        if self._depth == _DEEPEST:
            raise _TooDeepError(operation, one, other)
        self._depth += 1
        try:
            result = operation.compute(one, other)
        except _TooDeepError as deeper:
            if self._depth > 1:
                raise
            result = self._computed_below(deeper, operation, one, other)
        finally:
            self._depth -= 1
        operation.results[one, other] = result
        return result

    def _computed_below(
        self, deeper: _TooDeepError, operation: _Operation, one: Node, other: Node
    ) -> Diagram:
        """Compute what lay too deep, and what lies too deep for that, before the operation itself."""
        stack = [(operation, one, other), deeper.pending]
        while True:
            pending, left, right = stack[-1]
            try:
                result = pending.compute(left, right)
            except _TooDeepError as error:
                stack.append(error.pending)
                continue
            pending.results[left, right] = result
            stack.pop()
            if not stack:
                return result

    @staticmethod
    def clauses(diagram: Diagram) -> Iterator[Clause]:
        """Yield the clauses whose union the formula is."""
        waiting: list[tuple[Diagram, tuple[int, ...], tuple[int, ...]]] = [(diagram, (), ())]
        while waiting:
            node, positive, negative = waiting.pop()
            if node is True:
                yield positive, negative
            elif node is not False:
                waiting.append((node.right, positive, (*negative, node.atom)))
                waiting.append((node.middle, positive, negative))
                waiting.append((node.left, (*positive, node.atom), negative))
