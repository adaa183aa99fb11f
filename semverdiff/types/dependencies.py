"""The packages that names lead to, under their former module name."""

from semverdiff.types.names import looked_up

__all__ = ["looked_up"]
