"""Parameters of functions and methods (compatibility contract, 2.1)."""

from __future__ import annotations

from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.catalogue.surroundings import OPTIONS, OTHER_OPTIONS
from semverdiff.rules.conditions import IN_OR_BOTH
from semverdiff.rules.examples import Signature
from semverdiff.rules.levels import (
    AMBIGUITY_TOLERATED,
    IMPLEMENTER,
    MEMBERS,
    always,
    by_owner,
    callers_break,
    everybody_breaks,
    major,
    minor,
    otherwise,
    patch,
    tolerated,
    when,
)
from semverdiff.rules.remediation import (
    DEFAULTABLE_AT_END,
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    KEEP_OLD_NAME,
    KEEP_PROMISE,
    NEW_NAME,
    SECOND_FOR_ALTERNATIVE,
    SECOND_MEMBER,
)
from semverdiff.rules.schema import Entry, Levels

__all__ = ["ENTRIES"]


_CALL = "$use$call($arguments);"
_CALL_WITH_IT = "$use$call($passed);"
_CALL_BY_NAME = "$use$call($name = $name);"
_CALL_WITH_RECORD = "$use$call($record_passed);"
_GIVE = """\
function pass($old_type $name) {
    $use$call($passed);
}"""
_OLD_LIST = "Implementers with the old parameter list no longer fit."
_NO_NEW_PARAMETER = "Implementers that do not take the new parameter no longer fit."
_OLD_TYPE = "Implementers that take the old type no longer fit."
_TAKE_MORE = "Implementers that accept more still fit."
_EQUAL = patch("Nobody breaks: the types are equal.")


def _left_out(callers: str) -> Levels:
    """Return the levels of a new parameter that calls may leave out: function values notice it, too."""
    value = tolerated(f"{callers} Only a variable of the old function type refuses the function now.")
    implemented = major(_NO_NEW_PARAMETER, IMPLEMENTER)
    return always(Subject.FUNCTION, value) | by_owner(
        minor(callers), implemented, called_only=(Subject.INIT,)
    )


def _ambiguous() -> Levels:
    """Return the levels of a type that takes the same constructor a second time."""
    reason = "Callers that pass a list, mapping or `new` constructor do not say which of the types they mean."
    client = "$use$call($constructor);"
    called = (
        when(AMBIGUITY_TOLERATED, then=tolerated(reason, client)),
        otherwise(major(reason, client)),
    )
    implemented = when(Condition.OPEN_OBJECT_TYPE, IN_OR_BOTH, then=major(_OLD_TYPE, IMPLEMENTER))
    return dict.fromkeys((Subject.FUNCTION, Subject.INIT), called) | dict.fromkeys(
        MEMBERS, (implemented, *called)
    )


ENTRIES = (
    Entry(
        fact=Fact.PARAMETER_REQUIRED_ADDED,
        title="A required parameter was added to $a.",
        message="required parameter '$name' is added",
        levels=everybody_breaks("Callers miss the argument for `$name`.", _CALL, _OLD_LIST),
        remediation=DEFAULTABLE_AT_END,
        example=Signature("(int id)", "(int id, int quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_DEFAULTABLE_ADDED,
        title="A defaultable parameter was added after the last positional parameter of $a.",
        message="defaultable parameter '$name' is added",
        levels=_left_out("Calls compile unchanged: `$name` has a default."),
        remediation=SECOND_MEMBER,
        example=Signature("(int id)", "(int id, int quantity = 1)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_DEFAULTABLE_INSERTED,
        title=(
            "A defaultable parameter was inserted before another positional, rest or included "
            "parameter of $a."
        ),
        message="defaultable parameter '$name' is inserted before other parameters",
        levels=everybody_breaks(
            "Positional calls bind the argument after the insertion to `$name`, silently if the types agree.",
            _CALL,
            _OLD_LIST,
        ),
        remediation="Put the new parameter behind all others.",
        example=Signature(
            '(int id, string note = "")', '(int id, int quantity = 1, string note = "")', "quantity"
        ),
    ),
    Entry(
        fact=Fact.PARAMETER_INCLUDED_ADDED,
        title=("An included record parameter whose fields are all optional or defaultable was added to $a."),
        message="included record parameter '$name' is added",
        levels=_left_out("Calls compile unchanged: every field of `$name` may be left out."),
        remediation=SECOND_MEMBER,
        example=Signature("(int id)", "(int id, *Options options)", "options", around=(OPTIONS,)),
    ),
    Entry(
        fact=Fact.PARAMETER_REMOVED,
        title="A parameter was removed from $a.",
        message="[$kind ]parameter '$name' is removed",
        levels=everybody_breaks(
            "Callers that pass `$name` have an argument too many.", _CALL_WITH_IT, _OLD_LIST
        ),
        remediation=DEPRECATE_FIRST,
        example=Signature("(int id, int quantity)", "(int id)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_RENAMED,
        title="A parameter of $a was renamed.",
        message="parameter '$name' is renamed[ to '$new']",
        levels=everybody_breaks(
            "Callers that pass it as `$name = ...` name no parameter.", _CALL_BY_NAME, _OLD_LIST
        ),
        remediation=KEEP_OLD_NAME,
        example=Signature("(int quantity)", "(int amount)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_DEFAULT_ADDED,
        title="A required parameter of $a became defaultable.",
        message="parameter '$name' gets a default value[ '$new']",
        levels=by_owner(minor("Nobody breaks: a default is not part of the function type.")),
        example=Signature("(int quantity)", "(int quantity = 1)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_DEFAULT_REMOVED,
        title="A parameter of $a lost its default.",
        message="default value[ '$old'] of parameter '$name' is removed",
        levels=everybody_breaks(
            "Callers that relied on the default miss the argument for `$name`.",
            "$use$call($arguments);",
            "Implementers that declare the old default no longer fit.",
        ),
        remediation=DEPRECATE_FIRST,
        example=Signature("(int quantity = 1)", "(int quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_DEFAULT_VALUE_CHANGED,
        title="The default value of a parameter of $a changed.",
        message="default value of parameter '$name' is changed[ from '$old' to '$new']",
        levels=by_owner(patch("Nobody breaks: a default value is behaviour.")),
        example=Signature("(int quantity = 1)", "(int quantity = 2)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_TYPE_WIDENED,
        title="A parameter of $a accepts more.",
        message="type of parameter '$name' is widened[ from '$old' to '$new']",
        levels=by_owner(
            tolerated(
                "Arguments still fit; inference changes: `1` is a float for float, an int for int|float."
            ),
            major("Implementers that take the old type are too narrow.", IMPLEMENTER),
        ),
        remediation=SECOND_MEMBER,
        example=Signature("(int quantity)", "(int|string quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_TYPE_WIDENED_AMBIGUOUS,
        title=(
            "A parameter of $a accepts a second type that takes the same list, mapping or `new` constructor."
        ),
        message="type of parameter '$name' is ambiguously widened[ from '$old' to '$new']",
        levels=_ambiguous(),
        remediation=SECOND_FOR_ALTERNATIVE,
        example=Signature("(int[] quantity)", "(int[]|float[] quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_TYPE_NARROWED,
        title="A parameter of $a accepts less.",
        message="type of parameter '$name' is narrowed[ from '$old' to '$new']",
        levels=callers_break("Callers that pass a value of the old type are refused.", _GIVE, _TAKE_MORE),
        remediation=KEEP_ACCEPTING,
        example=Signature("(int|string quantity)", "(int quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_TYPE_CHANGED,
        title="A parameter of $a has an unrelated type.",
        message="type of parameter '$name' is changed[ from '$old' to '$new']",
        levels=everybody_breaks("Callers that pass a value of the old type are refused.", _GIVE, _OLD_TYPE),
        remediation=NEW_NAME,
        example=Signature("(int quantity)", "(string quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_TYPE_RESPELLED,
        title="A parameter type of $a is written differently.",
        message="type of parameter '$name' is written differently[: '$new' for '$old']",
        levels=by_owner(_EQUAL),
        example=Signature("(int|string quantity)", "(string|int quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_DECLARED_FIELD_SET_CHANGED,
        title="The first field was declared in a map-like parameter type of $a.",
        message="type of parameter '$name' declares its first field[: '$new' for '$old']",
        levels=everybody_breaks(
            "The types are equal, but callers must quote keys that are not declared.",
            "$use$call({key: value});",
            _OLD_TYPE,
        ),
        remediation=NEW_NAME,
        example=Signature("(map<int> quantity)", "(record {| int least?; int...; |} quantity)", "quantity"),
    ),
    Entry(
        fact=Fact.PARAMETER_INCLUSION_ADDED,
        title="A record parameter of $a became an included record parameter.",
        message="parameter '$name' becomes an included record parameter",
        levels=by_owner(
            minor("Nobody breaks: the record may still be passed whole, by position or by name.")
        ),
        example=Signature("(Options options)", "(*Options options)", "options", around=(OPTIONS,)),
    ),
    Entry(
        fact=Fact.PARAMETER_INCLUSION_REMOVED,
        title="An included record parameter of $a became a plain one.",
        message="parameter '$name' is no longer an included record parameter",
        levels=everybody_breaks(
            "Callers that pass the record's fields as named arguments name no parameter.", _CALL, _OLD_LIST
        ),
        remediation=KEEP_PROMISE,
        example=Signature("(*Options options)", "(Options options)", "options", around=(OPTIONS,)),
    ),
    Entry(
        fact=Fact.PARAMETER_INCLUDED_RECORD_CHANGED,
        title="The included record of $a was replaced by an equal type with other defaults.",
        message=("included record parameter '$name' has a record with other defaults[: '$new' for '$old']"),
        levels=everybody_breaks(
            "Callers that left out a field with a default miss it: the record's defaults belong to the call.",
            _CALL,
            "Implementers with the old record no longer fit.",
        ),
        remediation=NEW_NAME,
        example=Signature(
            "(*Options options)",
            "(*OtherOptions options)",
            "options",
            around=(
                OPTIONS,
                OTHER_OPTIONS,
            ),
        ),
    ),
    Entry(
        fact=Fact.PARAMETERS_REORDERED,
        title="Parameters of $a were reordered.",
        message="parameters are reordered[ from '$old' to '$new']",
        levels=everybody_breaks(
            "Positional calls bind arguments to the wrong parameters, silently if the types agree.",
            _CALL,
            _OLD_LIST,
        ),
        remediation=DEFAULTABLE_AT_END,
        example=Signature("(int id, string name)", "(string name, int id)"),
    ),
    Entry(
        fact=Fact.PARAMETERS_COLLAPSED,
        title="Parameters of $a were collected in an included record parameter.",
        message="parameters[ '$old'] are collected in an included record parameter[ '$new']",
        levels=everybody_breaks("Positional calls have too many arguments.", _CALL, _OLD_LIST),
        remediation=DEFAULTABLE_AT_END,
        example=Signature("(int page, int size)", "(*Options options)", around=(OPTIONS,)),
    ),
    Entry(
        fact=Fact.PARAMETERS_EXPANDED,
        title="An included record parameter of $a was split into single parameters.",
        message="included record parameter[ '$old'] is split into single parameters[ '$new']",
        levels=everybody_breaks(
            "Callers that pass the record whole are refused.", _CALL_WITH_RECORD, _OLD_LIST
        ),
        remediation=DEFAULTABLE_AT_END,
        example=Signature("(*Options options)", "(int page, int size)", around=(OPTIONS,)),
    ),
)
