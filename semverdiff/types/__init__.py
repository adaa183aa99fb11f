"""Is every old value still a new value? Two resolved type descriptors in, a relation out.

The engine behind relations is loaded with the first question to it: most comparisons never meet a changed
type.
"""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.api.surface import Type
    from semverdiff.types.ambiguity import Ambiguity
    from semverdiff.types.comparison import TypeComparison
    from semverdiff.types.data_kinds import DataKinds
    from semverdiff.types.defaults import Defaults
    from semverdiff.types.equality import Anchor, equal, exchanged, no_anchor
    from semverdiff.types.forms import ANYDATA, JSON, READONLY
    from semverdiff.types.module_types import NO_DESCRIPTOR, Questions, relation
    from semverdiff.types.mutability import Mutability
    from semverdiff.types.partition import Classes, Composition
    from semverdiff.types.relations import TOO_LONG, TypeRelation
    from semverdiff.types.sharing import shared_safely
    from semverdiff.types.subtyping import Operand, Subtyping, relate
    from semverdiff.types.unchanged import Unchanged
    from semverdiff.types.walk import BudgetExceededError, Total, Walk, run

__all__ = [
    "ANYDATA",
    "JSON",
    "NO_DESCRIPTOR",
    "READONLY",
    "TOO_LONG",
    "Ambiguity",
    "Anchor",
    "BudgetExceededError",
    "Classes",
    "Composition",
    "DataKinds",
    "Defaults",
    "Mutability",
    "Operand",
    "Questions",
    "Subtyping",
    "Total",
    "Type",
    "TypeComparison",
    "TypeRelation",
    "Unchanged",
    "Walk",
    "equal",
    "exchanged",
    "no_anchor",
    "relate",
    "relation",
    "run",
    "shared_safely",
]

_HOMES = {
    "ANYDATA": "forms",
    "Ambiguity": "ambiguity",
    "Anchor": "equality",
    "BudgetExceededError": "walk",
    "Classes": "partition",
    "Composition": "partition",
    "TypeRelation": "relations",
    "Unchanged": "unchanged",
    "DataKinds": "data_kinds",
    "Defaults": "defaults",
    "Mutability": "mutability",
    "JSON": "forms",
    "NO_DESCRIPTOR": "module_types",
    "Questions": "module_types",
    "READONLY": "forms",
    "Subtyping": "subtyping",
    "Operand": "subtyping",
    "TOO_LONG": "relations",
    "Total": "walk",
    "Type": "forms",
    "TypeComparison": "comparison",
    "equal": "equality",
    "exchanged": "equality",
    "no_anchor": "equality",
    "relate": "subtyping",
    "relation": "module_types",
    "run": "walk",
    "shared_safely": "sharing",
    "Walk": "walk",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
