"""The conditions of the contract that are plain sentences about types: rules name them word by word."""

from __future__ import annotations

__all__ = [
    "FIELDS_IMMUTABLE",
    "FIELD_FINAL",
    "FIELD_IMMUTABLE",
    "FIELD_READONLY",
    "NARROWED_IMMUTABLE",
    "NARROWED_MUTABLE",
    "OPEN_OBJECT_TYPE",
    "RECORD_READONLY",
    "VARIABLE_FINAL",
]

FIELD_IMMUTABLE = "the field has an immutable type"
FIELDS_IMMUTABLE = "every field has an immutable type"
FIELD_READONLY = "the field or the record is readonly"
OPEN_OBJECT_TYPE = "open object type"
RECORD_READONLY = "the record is readonly"
NARROWED_MUTABLE = "the narrowed part is inside a mutable structure"

# The first half of `the field is final and what was narrowed is immutable`.
FIELD_FINAL = "the field is final"
VARIABLE_FINAL = "the variable is final"
NARROWED_IMMUTABLE = "what was narrowed is immutable"
