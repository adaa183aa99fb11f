"""How a change is made without breaking clients: advice that several entries share."""

from __future__ import annotations

__all__ = [
    "ADD_WITH_DEFAULT",
    "DEFAULTABLE_AT_END",
    "DEFAULT_VALUE",
    "DEPRECATE_FIRST",
    "EXTEND_BY_INCLUSION",
    "KEEP_ACCEPTING",
    "KEEP_DECLARING",
    "KEEP_MEMBER_TYPE",
    "KEEP_OLD_NAME",
    "KEEP_PROMISE",
    "MAKE_OPTIONAL",
    "NEW_NAME",
    "NEW_TYPE_OR_SEAL",
    "RELEASE_NOTES",
    "SECOND_DECLARATION",
    "SECOND_FOR_ALTERNATIVE",
    "SECOND_FOR_CALLBACK",
    "SECOND_FOR_WIDER",
    "SECOND_MEMBER",
]

ADD_WITH_DEFAULT = "Add the field with a default, or as an optional one."
DEFAULTABLE_AT_END = (
    "Add what is new as a defaultable parameter at the end, or as a field of an included record "
    "parameter; or add a second function and keep the old one, marked `@deprecated`."
)
DEFAULT_VALUE = "Give the variable a default that keeps the old behaviour."
DEPRECATE_FIRST = "Mark it `@deprecated` in a minor version first, and take it away in the next major one."
EXTEND_BY_INCLUSION = (
    "Nothing is needed for ordinary clients; a record that clients repeat or view as a map is better "
    "extended by a new type that includes it."
)
KEEP_ACCEPTING = (
    "Go on accepting what was accepted: check values at run time, or add a second function, field or "
    "type for the narrower one, and keep the old one, marked `@deprecated`."
)
KEEP_DECLARING = "Keep declaring the old type: less than what was promised may be returned at any time."
KEEP_MEMBER_TYPE = (
    "Keep the type of the member that caused this, or put the new member into a type of its own."
)
KEEP_OLD_NAME = "Keep the old name beside the new one until the next major version, `@deprecated`."
KEEP_PROMISE = "Keep it until the next major version: what it promises, clients rely on."
MAKE_OPTIONAL = (
    "Make the field optional: values of records that clients wrote after this one then still fit. Or extend "
    "the record by a new type that includes it."
)
NEW_NAME = (
    "Add the new form under a new name, and keep the old one until the next major version, marked "
    "`@deprecated`."
)
NEW_TYPE_OR_SEAL = (
    "Put the new member into a new type that includes the old one; or seal the type in a major version, "
    "so that later members break nobody."
)
RELEASE_NOTES = "Clients meet this when they update; if it must be, say so in the release notes."
SECOND_DECLARATION = (
    "Add a second declaration that has it, and keep the old one until the next major version."
)
SECOND_FOR_ALTERNATIVE = (
    "Add a second function, field or type for the added alternative: a constructor then fits one type only."
)
SECOND_FOR_CALLBACK = (
    "Add a second function that takes the new callback, and keep the old one until the next major "
    "version, marked `@deprecated`."
)
SECOND_FOR_WIDER = (
    "Clients that receive the value are not prepared for more: add a second function, field or type for "
    "the wider one, and keep the old one, marked `@deprecated`."
)
SECOND_MEMBER = (
    "Callers notice nothing; for clients that implement the member or keep the function in a variable, "
    "add a second one instead."
)
