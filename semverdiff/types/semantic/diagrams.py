"""Boolean formulas over numbered atoms as binary decision diagrams with lazy unions.

A node reads `(atom and left) or middle or (not atom and right)`. The middle keeps unions from being
multiplied out: the union of a thousand records has a thousand nodes. Nodes are hash-consed, so equal
formulas are one object. (Castagna, "Covariance and contravariance: a fresh look at an old issue".)

A formula is as deep as it has atoms, so operations follow it to a fixed depth only. What is below that is
put on a stack and computed first; then the operation is begun again and finds the result in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from semverdiff import limits

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

_Atoms: TypeAlias = "tuple[_Atoms, int] | None"
"""Those on the way to a node, the last one outside: ways share what they have in common."""

# Operations that may lie in each other on the interpreter's stack; deeper ones are computed one by one.
_DEEPEST: Final = 12
_Memo = dict[tuple[Diagram, Diagram], Diagram]


class _TooDeepError(Exception):
    """An operation lies deeper than may be followed at once."""

    def __init__(self, operation: _Operation, first: Node, second: Node) -> None:
        super().__init__()
        self.pending = operation, first, second


class _Operation:
    """An operation on two formulas: how it is computed, and its results so far."""

    __slots__ = ("compute", "results")

    def __init__(self, compute: Callable[[Node, Node], Diagram]) -> None:
        self.compute = compute
        self.results: _Memo = {}


class Diagrams:
    """The nodes made so far, and the results of operations on them."""

    def __init__(self, step: Callable[[int], None] | None = None) -> None:
        self._step = step
        self._nodes: dict[tuple[int, Diagram, Diagram, Diagram], Node] = {}
        self._operations = 0
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
            self._charge(len(self._nodes))
        return node

    def _charge(self, number: int) -> None:
        """Count what so many nodes, which are memory first, or so many operations cost."""
        if self._step is not None and not number % limits.DIAGRAM_NODES_A_CHARGE:
            self._step(limits.DIAGRAM_STEPS_A_CHARGE)

    def _node(self, atom: int, left: Diagram, middle: Diagram, right: Diagram) -> Diagram:
        if middle is True:
            return True
        if left is right:
            return self.union(left, middle)
        return self._cons(atom, left, middle, right)

    def union(self, first: Diagram, second: Diagram) -> Diagram:
        """Return `first or second`."""
        if first is second or first is True or second is False:
            return first
        if second is True or first is False:
            return second
        known = self._unions.results.get((first, second))
        return self._computed(self._unions, first, second) if known is None else known

    def _union(self, first: Node, second: Node) -> Diagram:
        if first.atom < second.atom:
            return self._node(first.atom, first.left, self.union(first.middle, second), first.right)
        if first.atom > second.atom:
            return self._node(second.atom, second.left, self.union(first, second.middle), second.right)
        return self._node(
            first.atom,
            self.union(first.left, second.left),
            self.union(first.middle, second.middle),
            self.union(first.right, second.right),
        )

    def intersection(self, first: Diagram, second: Diagram) -> Diagram:
        """Return `first and second`."""
        if first is second or first is False or second is True:
            return first
        if second is False or first is True:
            return second
        known = self._intersections.results.get((first, second))
        return self._computed(self._intersections, first, second) if known is None else known

    def _intersection(self, first: Node, second: Node) -> Diagram:
        if first.atom > second.atom:
            first, second = second, first
        if first.atom < second.atom:
            return self._node(
                first.atom,
                self.intersection(first.left, second),
                self.intersection(first.middle, second),
                self.intersection(first.right, second),
            )
        return self._node(
            first.atom,
            self.intersection(self.union(first.left, first.middle), self.union(second.left, second.middle)),
            False,
            self.intersection(self.union(first.right, first.middle), self.union(second.right, second.middle)),
        )

    def difference(self, first: Diagram, second: Diagram) -> Diagram:
        """Return `first and not second`."""
        if first is second or first is False or second is True:
            return False
        if second is False:
            return first
        if first is True:
            return self.complement(second)
        known = self._differences.results.get((first, second))
        return self._computed(self._differences, first, second) if known is None else known

    def _difference(self, first: Node, second: Node) -> Diagram:
        if first.atom < second.atom:
            # The union of the three branches stays lazy: each loses `second` on its own.
            return self._node(
                first.atom,
                self.difference(first.left, second),
                self.difference(first.middle, second),
                self.difference(first.right, second),
            )
        if first.atom > second.atom:
            return self._node(
                second.atom,
                self.difference(first, self.union(second.left, second.middle)),
                False,
                self.difference(first, self.union(second.right, second.middle)),
            )
        return self._node(
            first.atom,
            self.difference(self.union(first.left, first.middle), self.union(second.left, second.middle)),
            False,
            self.difference(self.union(first.right, first.middle), self.union(second.right, second.middle)),
        )

    def complement(self, first: Diagram) -> Diagram:
        """Return `not first`."""
        if isinstance(first, bool):
            return not first
        known = self._complements.results.get((first, first))
        return self._computed(self._complements, first, first) if known is None else known

    def _complement(self, first: Node, _: Node) -> Diagram:
        not_middle = self.complement(first.middle)
        if first.right is False:
            return self._node(
                first.atom, False, self.complement(self.union(first.left, first.middle)), not_middle
            )
        if first.left is False:
            return self._node(
                first.atom, not_middle, self.complement(self.union(first.right, first.middle)), False
            )
        return self._node(
            first.atom,
            self.complement(self.union(first.left, first.middle)),
            False,
            self.complement(self.union(first.right, first.middle)),
        )

    def _computed(self, operation: _Operation, first: Node, second: Node) -> Diagram:
        """Return the result of an operation that is not known yet."""
        self._operations += 1
        self._charge(self._operations)
        if self._depth == _DEEPEST:
            raise _TooDeepError(operation, first, second)
        self._depth += 1
        try:
            result = operation.compute(first, second)
        except _TooDeepError as deeper:
            result = self._computed_below(deeper, operation, first, second)
        finally:
            self._depth -= 1
        operation.results[first, second] = result
        return result

    def _computed_below(
        self, deeper: _TooDeepError, operation: _Operation, first: Node, second: Node
    ) -> Diagram:
        """Compute what lay too deep, and what lies too deep for that, before the operation itself."""
        stack = [(operation, first, second), deeper.pending]
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
        waiting: list[tuple[Diagram, _Atoms, _Atoms]] = [(diagram, None, None)]
        while waiting:
            node, positive, negative = waiting.pop()
            if node is True:
                yield _row(positive), _row(negative)
            elif node is not False:
                waiting.append((node.right, positive, (negative, node.atom)))
                waiting.append((node.middle, positive, negative))
                waiting.append((node.left, (positive, node.atom), negative))


def _row(atoms: _Atoms) -> tuple[int, ...]:
    row: list[int] = []
    while atoms is not None:
        atoms, last = atoms
        row.append(last)
    row.reverse()
    return tuple(row)
