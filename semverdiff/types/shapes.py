"""The forms of types under their former module name."""

from semverdiff.types.forms import records_with_fields

__all__ = ["records_with_fields"]
