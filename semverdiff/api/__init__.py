"""What can a client see? A package in, its surface out: names resolved, inclusions expanded."""

from semverdiff.api.constants import constant_value, enum_member_value, value_of
from semverdiff.api.exposure import exposed_modules
from semverdiff.api.listing import ModuleApi, Symbol, describe, require_whole, symbol_count
from semverdiff.api.members import (
    Member,
    ObjectMembers,
    Origin,
    RecordMembers,
    field_type,
    method_key,
    object_members,
    record_members,
    resource_path,
)
from semverdiff.api.printing import (
    declaration_text,
    enum_member_text,
    method_text,
    object_field_text,
    parameter_text,
    record_field_text,
    signature_text,
    type_text,
)
from semverdiff.api.resolution import (
    RecordShape,
    declared_object_type,
    is_error,
    object_type_of,
    record_shape,
    written_object_type,
)
from semverdiff.api.surface import TYPE_KINDS, Located, Outlines, Surface, Target, Type
from semverdiff.api.variance import IN, OUT, positions

__all__ = [
    "IN",
    "OUT",
    "TYPE_KINDS",
    "Located",
    "Member",
    "ModuleApi",
    "ObjectMembers",
    "Origin",
    "Outlines",
    "RecordMembers",
    "RecordShape",
    "Surface",
    "Symbol",
    "Target",
    "Type",
    "constant_value",
    "declaration_text",
    "declared_object_type",
    "describe",
    "enum_member_text",
    "enum_member_value",
    "exposed_modules",
    "field_type",
    "is_error",
    "method_key",
    "method_text",
    "object_field_text",
    "object_members",
    "object_type_of",
    "parameter_text",
    "positions",
    "record_field_text",
    "record_members",
    "record_shape",
    "require_whole",
    "resource_path",
    "signature_text",
    "symbol_count",
    "type_text",
    "value_of",
    "written_object_type",
]
