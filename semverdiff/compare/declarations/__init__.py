"""One declaration in both versions: what it is, and what differs in it, in one file a kind of declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.compare.declarations.annotations import annotation_differences
    from semverdiff.compare.declarations.callbacks import callback_differences
    from semverdiff.compare.declarations.declaration import (
        declaration_differences,
        declaration_place,
        moved,
        renamed,
    )
    from semverdiff.compare.declarations.definitions import definition_differences
    from semverdiff.compare.declarations.enum_names import (
        enum_member_instead,
        enum_to_enum_differences,
        enum_to_type_differences,
        type_to_enum_differences,
        was_enum_member,
    )
    from semverdiff.compare.declarations.enums import enum_differences
    from semverdiff.compare.declarations.errors import error_differences, writes_error
    from semverdiff.compare.declarations.functions import function_differences
    from semverdiff.compare.declarations.objects import object_differences
    from semverdiff.compare.declarations.records import record_differences
    from semverdiff.compare.declarations.services import (
        listener_class_differences,
        listener_differences,
        service_differences,
        service_methods,
    )
    from semverdiff.compare.declarations.values import is_configurable, value_differences

__all__ = [
    "annotation_differences",
    "callback_differences",
    "declaration_differences",
    "declaration_place",
    "definition_differences",
    "enum_differences",
    "enum_member_instead",
    "enum_to_enum_differences",
    "enum_to_type_differences",
    "error_differences",
    "function_differences",
    "is_configurable",
    "listener_class_differences",
    "listener_differences",
    "moved",
    "object_differences",
    "record_differences",
    "renamed",
    "service_differences",
    "service_methods",
    "type_to_enum_differences",
    "value_differences",
    "was_enum_member",
    "writes_error",
]

# The file of a kind is loaded when a declaration of that kind differs.
_HOMES = {
    "annotation_differences": "annotations",
    "callback_differences": "callbacks",
    **dict.fromkeys(("declaration_differences", "declaration_place", "moved", "renamed"), "declaration"),
    "definition_differences": "definitions",
    **dict.fromkeys(("enum_member_instead", "was_enum_member"), "enum_names"),
    **dict.fromkeys(("enum_to_enum_differences", "enum_to_type_differences"), "enum_names"),
    "type_to_enum_differences": "enum_names",
    "enum_differences": "enums",
    **dict.fromkeys(("error_differences", "writes_error"), "errors"),
    "function_differences": "functions",
    "object_differences": "objects",
    "record_differences": "records",
    **dict.fromkeys(("listener_class_differences", "listener_differences"), "services"),
    **dict.fromkeys(("service_differences", "service_methods"), "services"),
    **dict.fromkeys(("is_configurable", "value_differences"), "values"),
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
