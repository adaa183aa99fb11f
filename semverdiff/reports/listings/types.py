"""How two types relate: text, with the reason and a value that only one of them has, and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from semverdiff.reports.printable import printable_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.types import TypeRelation

__all__ = ["render"]

_SCHEMA_VERSION: Final = 1

_MEANINGS: Final = {
    "equal": "every value of either type is one of the other",
    "narrower": "every value of {left} is one of {right}, but not the other way round",
    "wider": "every value of {right} is one of {left}, but not the other way round",
    "unrelated": "either type has values that the other has not",
    "unknown": "not certain",
}


def render(left: str, right: str, answer: TypeRelation, format_name: str) -> str:
    """Return how the types with these texts relate, in the format `text` or `json`."""
    if format_name == "text":
        lines = _lines(printable_text(left), printable_text(right), answer)
        return "".join(f"{line}\n" for line in lines)
    document = {
        "schema_version": _SCHEMA_VERSION,
        "left": left,
        "right": right,
        "relation": answer.relation,
        "symbol": answer.symbol,
        "left_within_right": answer.within,
        "right_within_left": answer.covers,
        "path": answer.path or None,
        "example": answer.example,
        "missing": list(answer.missing),
    }
    return f"{json.dumps(document, indent=2)}\n"


def _lines(left: str, right: str, answer: TypeRelation) -> Iterator[str]:
    yield f"{left} {answer.symbol} {right}"
    yield f"  {_MEANINGS[answer.relation].format(left=left, right=right)}"
    if answer.relation == "unknown":
        for subtype, supertype, within in ((left, right, answer.within), (right, left, answer.covers)):
            if within is not None:
                yield f"  {subtype} is {'' if within else 'not '}a subtype of {supertype}"
        yield f"  missing: {printable_text(', '.join(answer.missing))}"
    if answer.path:
        yield f"  because {printable_text(answer.path)}"
    if answer.example is not None:
        holder = left if answer.within is False else right
        yield f"  for example {printable_text(answer.example)} is a value of {holder} only"
