"""What a client does that a change breaks: the closed vocabulary from which rules choose.

Compatibility contract, 0.1: an ordinary use of the API, or one that is tolerated. The program that does it is
written by the other files of this room.
"""

from __future__ import annotations

import enum

__all__ = ["Use"]


class Use(enum.Enum):
    """A use of a declaration or member of the old version."""

    ANNOTATE = enum.auto()
    """Attach the annotation, with a value if it takes one."""
    ANNOTATE_NOT_CONSTANT = enum.auto()
    """Attach the annotation with a value that is known at run time only."""
    ASSIGN_TO_DATA = enum.auto()
    """Use a value as json, anydata or readonly, whichever was lost."""
    ASSIGN_TO_CLIENT = enum.auto()
    ASSIGN_TO_SERVICE = enum.auto()
    ASSIGN_TO_READONLY = enum.auto()
    ASSIGN_TO_INCLUDED = enum.auto()
    """Use an object as one of the distinct type that it included."""
    ASSIGN_TO_OLD = enum.auto()
    """Read a value of the type as the old type that it stood for."""
    CALL = enum.auto()
    """Call with what the old version demands."""
    CALL_AMBIGUOUSLY = enum.auto()
    """Pass a constructor that fitted one type."""
    CALL_BY_NAME = enum.auto()
    CALL_IN_FULL = enum.auto()
    """Call with an argument for each positional parameter."""
    CALL_IN_TYPE_TEST = enum.auto()
    """Test whether the result is an error."""
    CALL_ISOLATED = enum.auto()
    CALL_WITH_CHECK = enum.auto()
    """Use what is left of the result without its errors."""
    CALL_WITH_FIELD = enum.auto()
    """Pass a field of an included record by its name."""
    CALL_WITH_KEY = enum.auto()
    """Pass a mapping with a key that no field declares, without a quote."""
    CALL_WITH_OLD = enum.auto()
    """Pass a value of the old type of the parameter."""
    CALL_WITH_RECORD = enum.auto()
    """Pass an included record as a whole."""
    CALL_WITH_REST = enum.auto()
    COMPARE_FIELD = enum.auto()
    """Compare a field with a value that it can no longer have."""
    COMPARE_RESULT = enum.auto()
    COMPARE_VALUE = enum.auto()
    CONSTRUCT = enum.auto()
    """Create a record, error or object with what the old version demands."""
    CONSTRUCT_AMBIGUOUSLY = enum.auto()
    CONSTRUCT_CHECKED = enum.auto()
    """Create an object where only the old errors may occur."""
    CONSTRUCT_FROM_OWN = enum.auto()
    """Pass a record of the client's own type, which repeats the fields."""
    CONSTRUCT_ISOLATED = enum.auto()
    CONSTRUCT_WITH_FIELD = enum.auto()
    """Construct with the changed field as the old version has it."""
    CONSTRUCT_WITH_KEY = enum.auto()
    """Create a record or map with a further key."""
    EXHAUST = enum.auto()
    """Handle every member of an enum in a match statement."""
    FUNCTION_VALUE = enum.auto()
    """Keep the function in a variable of its old type."""
    IMPLEMENT = enum.auto()
    """Implement the type with all members of the old version, by including it."""
    IMPLEMENT_FREELY = enum.auto()
    """Implement the type with all members of the old version, without naming it."""
    IMPORT = enum.auto()
    LISTEN = enum.auto()
    """Attach a service to the listener."""
    LISTEN_BY_METHOD = enum.auto()
    """Attach an object of the old service type."""
    NAME_AS_TYPE = enum.auto()
    """Use a constant as a type."""
    NAME_VALUE = enum.auto()
    """Assign the old value to what carries the name."""
    OWN_ERROR = enum.auto()
    """Read an error as one of the client's own type, which repeats the detail."""
    OWN_RECORD = enum.auto()
    """Read a record as one of the client's own type, which repeats the fields."""
    PASS_FUNCTION = enum.auto()
    """Pass a function of the old type."""
    READ = enum.auto()
    """Read a field, variable or constant as the old type."""
    READ_ANNOTATION = enum.auto()
    READ_ISOLATED = enum.auto()
    READ_KEY = enum.auto()
    """Read a further key of a record."""
    RESULT = enum.auto()
    """Use the result as one of the old type."""
    SHARE = enum.auto()
    """Read a final variable of the type in an isolated function."""
    TEST_TYPE = enum.auto()
    """Test whether a value is of a distinct type."""
    USE_BY_KIND = enum.auto()
    """Use a name as what it was: call a function, write a type, read a value."""
    VIEW_AS_MAP = enum.auto()
    """Read a closed record as a map of its fields."""
    WRITE = enum.auto()
    """Write a field or variable."""
    WRITE_INTO = enum.auto()
    """Change what a function, field or variable gives."""
    WRITE_KEY = enum.auto()
    """Write a further key of a record."""
    WRITE_RESULT = enum.auto()
    """Change what a function returns."""
    WRITE_NIL = enum.auto()
    """Remove an optional field."""
