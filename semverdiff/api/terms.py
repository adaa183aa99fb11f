"""The resolved type descriptor under its former module name."""

from semverdiff.api.surface import Type

__all__ = ["Type"]
