"""The local names of a function while it is read: what each stands for at the place that is read."""

from __future__ import annotations

from semverdiff.impact.model import NOTHING

__all__ = ["Scopes"]


class Scopes:
    """Local names by the term of their value. A scope hides names of those around it until it is closed."""

    def __init__(self) -> None:
        self._names: dict[str, list[int]] = {}
        self._bound: list[list[str]] = [[]]

    def open(self) -> None:
        """Begin a scope."""
        self._bound.append([])

    def close(self) -> None:
        """End the scope that was begun last: its names mean again what they meant before."""
        for name in self._bound.pop():
            self._names[name].pop()

    def bind(self, name: str, term: int) -> None:
        """Let a name stand for a value from here to the end of the scope."""
        self._names.setdefault(name, []).append(term)
        self._bound[-1].append(name)

    def has(self, name: str) -> bool:
        """Return whether a name is a local one."""
        return bool(self._names.get(name))

    def value(self, name: str) -> int:
        """Return the term of the value of a local name."""
        terms = self._names.get(name)
        return terms[-1] if terms else NOTHING
