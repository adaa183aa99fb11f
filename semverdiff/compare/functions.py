"""Functions of a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import declaration_text
from semverdiff.compare.details import with_details
from semverdiff.compare.metadata import signature_metadata_differences
from semverdiff.compare.signatures import (
    Callable,
    call_arguments,
    parameter_differences,
    qualifier_differences,
    result_differences,
)
from semverdiff.syntax import same_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.compare.model import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Function

__all__ = ["function_differences"]


def function_differences(place: Place, sides: Sides, old: Function, new: Function) -> Iterator[Difference]:
    """Compare two functions of one name."""
    before = Callable(old.signature, old.qualifiers, old.metadata, place.module, declaration_text(old))
    after = Callable(new.signature, new.qualifiers, new.metadata, place.module, declaration_text(new))
    calls = (
        *qualifier_differences(place, before, after),
        *parameter_differences(place, sides, before, after),
        *result_differences(place, sides, before, after),
    )
    yield from with_details(calls, arguments=call_arguments(old.signature))
    yield from signature_metadata_differences(place, before, after)
    if old.body is not None and new.body is not None and not same_body(old.body, new.body):
        yield place.differs(
            "body-changed",
            place.old_excerpt(declaration_text(old), old.metadata),
            place.new_excerpt(declaration_text(new), new.metadata),
        )
