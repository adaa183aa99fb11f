"""What can a client see? A package in, its surface out: names resolved, inclusions expanded."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.api.connection import connect
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
        declaration_kind,
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
        aliased,
        declared_object_type,
        definition_of,
        is_error,
        object_type_of,
        record_shape,
        written_object_type,
    )
    from semverdiff.api.surface import TYPE_KINDS, Located, Outlines, Surface, Target, Type
    from semverdiff.api.variance import IN, OUT, positions
    from semverdiff.api.world import Unread, World

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
    "Unread",
    "World",
    "aliased",
    "connect",
    "constant_value",
    "declaration_kind",
    "declaration_text",
    "declared_object_type",
    "definition_of",
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

_HOMES = {
    "IN": "variance",
    "OUT": "variance",
    "TYPE_KINDS": "surface",
    "Located": "surface",
    "Member": "members",
    "ModuleApi": "listing",
    "ObjectMembers": "members",
    "Origin": "members",
    "Outlines": "surface",
    "RecordMembers": "members",
    "RecordShape": "resolution",
    "Surface": "surface",
    "Symbol": "listing",
    "Target": "surface",
    "Type": "surface",
    "Unread": "world",
    "World": "world",
    "aliased": "resolution",
    "connect": "connection",
    "constant_value": "constants",
    "declaration_kind": "printing",
    "declaration_text": "printing",
    "declared_object_type": "resolution",
    "definition_of": "resolution",
    "describe": "listing",
    "enum_member_text": "printing",
    "enum_member_value": "constants",
    "exposed_modules": "exposure",
    "field_type": "members",
    "is_error": "resolution",
    "method_key": "members",
    "method_text": "printing",
    "object_field_text": "printing",
    "object_members": "members",
    "object_type_of": "resolution",
    "parameter_text": "printing",
    "positions": "variance",
    "record_field_text": "printing",
    "record_members": "members",
    "record_shape": "resolution",
    "require_whole": "listing",
    "resource_path": "members",
    "signature_text": "printing",
    "symbol_count": "listing",
    "type_text": "printing",
    "value_of": "constants",
    "written_object_type": "resolution",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
