"""When is a removal and an addition one rename? Only where no other pairing is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["certain_renames"]

_Thing = TypeVar("_Thing")


def certain_renames(
    gone: Mapping[str, _Thing], come: Mapping[str, _Thing], same_shape: Callable[[_Thing, _Thing], bool]
) -> dict[str, str]:
    """Pair old with new names: the contract asks for the same shape and one candidate on either side."""
    if len(gone) != 1 or len(come) != 1:
        return {}
    (old_name, old), (new_name, new) = next(iter(gone.items())), next(iter(come.items()))
    return {old_name: new_name} if same_shape(old, new) else {}
