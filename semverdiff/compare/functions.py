"""Functions of a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.api import declaration_text
from semverdiff.compare.metadata import signature_metadata_differences
from semverdiff.compare.signatures import (
    Callable,
    parameter_differences,
    qualifier_differences,
    result_differences,
)
from semverdiff.syntax import same_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Function

__all__ = ["function_differences"]


def function_differences(place: Place, sides: Sides, old: Function, new: Function) -> Iterator[Difference]:
    """Compare two functions of one name."""
    before = Callable(old.signature, old.qualifiers, old.metadata, place.module, declaration_text(old))
    after = Callable(new.signature, new.qualifiers, new.metadata, place.module, declaration_text(new))
    place = replace(place, declared=old)
    yield from qualifier_differences(place, before, after)
    yield from parameter_differences(place, sides, before, after)
    yield from result_differences(place, sides, before, after)
    yield from signature_metadata_differences(place, before, after)
    if old.body is not None and new.body is not None and not same_body(old.body, new.body):
        yield place.differs(
            "body-changed",
            place.old_excerpt(declaration_text(old), old.metadata),
            place.new_excerpt(declaration_text(new), new.metadata),
        )
