"""Conditions of a rule's levels: what a row requires of a difference, and whether it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.changes import Position
from semverdiff.compare.facts import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.compare import Difference
    from semverdiff.config import Policies, Policy, PolicyValue

__all__ = [
    "BOTH",
    "IN",
    "IN_OR_BOTH",
    "OUT",
    "OUT_OR_BOTH",
    "PolicyIs",
    "Positions",
    "Requirement",
    "contract_text",
    "holds",
]


class Positions(msgspec.Struct, frozen=True):
    """The requirement that values of the type cross the package boundary in one of these positions."""

    allowed: tuple[Position, ...]


class PolicyIs(msgspec.Struct, frozen=True):
    """The requirement that the project chose this value of a policy."""

    policy: Policy
    value: PolicyValue


Requirement = Condition | Positions | PolicyIs

IN = Positions((Position.IN,))
OUT = Positions((Position.OUT,))
BOTH = Positions((Position.BOTH,))
IN_OR_BOTH = Positions((Position.IN, Position.BOTH))
OUT_OR_BOTH = Positions((Position.OUT, Position.BOTH))

# Of each group exactly one holds: if a difference names none of them, it is not known which.
_ALTERNATIVES = (
    frozenset({Condition.SEALED, Condition.OPEN_CLASS, Condition.OPEN_OBJECT_TYPE}),
    frozenset({Condition.PUBLIC, Condition.NOT_PUBLIC}),
)
_CONTEXTS = frozenset[Condition]().union(*_ALTERNATIVES)


def holds(requirement: Requirement, difference: Difference, policies: Policies) -> bool | None:
    """Return whether a requirement holds for a difference; `None` if that is not known."""
    match requirement:
        case PolicyIs(policy, value):
            return policies.value(policy) == value
        case Positions(allowed):
            return None if difference.position is None else difference.position in allowed
        case _ if requirement in difference.conditions:
            return True
    unknown = any(requirement in group and group.isdisjoint(difference.conditions) for group in _ALTERNATIVES)
    return None if unknown else False


def contract_text(requirements: Iterable[Requirement]) -> str:
    """Return requirements as the contract writes them: with commas, sentences about one thing with `and`."""
    written = ""
    previous: Requirement | None = None
    for requirement in requirements:
        link = " and " if _is_sentence(previous) and _is_sentence(requirement) else ", "
        written += f"{link if written else ''}{_text(requirement)}"
        previous = requirement
    return written


def _is_sentence(requirement: Requirement | None) -> bool:
    return isinstance(requirement, Condition) and requirement not in _CONTEXTS


def _text(requirement: Requirement) -> str:
    match requirement:
        case PolicyIs(policy, value):
            return f"policy {policy} = {value}"
        case Positions(allowed):
            return " or ".join(allowed)
        case _:
            return requirement.value
