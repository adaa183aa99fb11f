"""A type as a declaration writes it, together with all that is needed to resolve it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from semverdiff.api.surface import Surface
    from semverdiff.syntax.nodes import TypeDescriptor

__all__ = ["Type"]


class Type(msgspec.Struct, frozen=True):
    """A type descriptor, the module in which its names are looked up, and the package's surface."""

    descriptor: TypeDescriptor
    module: str
    surface: Surface

    def with_descriptor(self, descriptor: TypeDescriptor) -> Type:
        """Return another descriptor of the same place."""
        return Type(descriptor, self.module, self.surface)
