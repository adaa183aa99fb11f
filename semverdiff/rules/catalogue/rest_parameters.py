"""Rest parameters of functions and methods (compatibility contract, 2.1)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact
from semverdiff.rules.examples import Signature
from semverdiff.rules.levels import by_owner, callers_break, everybody_breaks, only_implementers_break, patch
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    NEW_NAME,
    SECOND_MEMBER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


_CALL_WITH_REST = "$use$call($leading...$name);"
_GIVE_REST = """\
function pass($old_list $name) {
    $use$call($leading...$name);
}"""
_OLD_TYPE = "Implementers that take the old type no longer fit."
_TAKE_MORE = "Implementers that accept more still fit."
_EQUAL = patch("Nobody breaks: the types are equal.")


ENTRIES = (
    Entry(
        fact=Fact.PARAMETER_REST_ADDED,
        title="A rest parameter was added to $a.",
        message="rest parameter '$name' is added",
        levels=only_implementers_break(
            "Callers and function values still fit: the new function type is a subtype.",
            "Implementers that do not take the rest no longer fit.",
        ),
        remediation=SECOND_MEMBER,
        example=Signature("(int id)", "(int id, int... quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_REMOVED,
        title="The rest parameter of $a was removed.",
        message="rest parameter '$name' is removed",
        levels=callers_break(
            "Callers that pass further arguments have too many.",
            _CALL_WITH_REST,
            "Implementers that still take the rest fit.",
        ),
        remediation=DEPRECATE_FIRST,
        example=Signature("(int id, int... quantity)", "(int id)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_RENAMED,
        title="The rest parameter of $a was renamed.",
        message="rest parameter '$name' is renamed[ to '$new']",
        levels=by_owner(patch("Nobody breaks: callers cannot name a rest parameter.")),
        example=Signature("(int... quantity)", "(int... amounts)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_TYPE_WIDENED,
        title="The rest parameter of $a accepts more.",
        message="type of rest parameter '$name' is widened[ from '$old' to '$new']",
        levels=only_implementers_break(
            "Callers still fit: the rest takes every old argument.",
            "Implementers that take the old type are too narrow.",
        ),
        remediation=SECOND_MEMBER,
        example=Signature("(int... quantity)", "(int|string... quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_TYPE_NARROWED,
        title="The rest parameter of $a accepts less.",
        message="type of rest parameter '$name' is narrowed[ from '$old' to '$new']",
        levels=callers_break("Callers that pass values of the old type are refused.", _GIVE_REST, _TAKE_MORE),
        remediation=KEEP_ACCEPTING,
        example=Signature("(int|string... quantity)", "(int... quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_TYPE_CHANGED,
        title="The rest parameter of $a has an unrelated type.",
        message="type of rest parameter '$name' is changed[ from '$old' to '$new']",
        levels=everybody_breaks(
            "Callers that pass values of the old type are refused.", _GIVE_REST, _OLD_TYPE
        ),
        remediation=NEW_NAME,
        example=Signature("(int... quantity)", "(string... quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_TYPE_RESPELLED,
        title="The rest parameter type of $a is written differently.",
        message="type of rest parameter '$name' is written differently[: '$new' for '$old']",
        levels=by_owner(_EQUAL),
        example=Signature("(int|string... quantity)", "(string|int... quantity)", "quantity"),
    ),
)
