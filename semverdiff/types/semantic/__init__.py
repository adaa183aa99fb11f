"""Types as sets of values: union, intersection, difference, and the test for emptiness.

S is a subtype of T if nothing is left of S without T. The parts are loaded with the first question.
"""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.types.semantic.basic import FINITE
    from semverdiff.types.semantic.bounds import Bounds
    from semverdiff.types.semantic.lowering import Lowering
    from semverdiff.types.semantic.universe import new_universe
    from semverdiff.types.semantic.values import WRITTEN, value_text

__all__ = ["FINITE", "WRITTEN", "Bounds", "Lowering", "new_universe", "value_text"]

_HOMES = {
    "Bounds": "bounds",
    "FINITE": "basic",
    "WRITTEN": "values",
    "Lowering": "lowering",
    "new_universe": "universe",
    "value_text": "values",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
