"""Parameters of functions and methods (compatibility contract, 2.1)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.effects import always, major, minor, on, otherwise, patch, tolerated, when
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import OPTIONS, Signature
from semverdiff.rules.levels import (
    CALLED,
    IMPLEMENTER,
    ambiguous_argument,
    by_owner,
    callers_break,
    everybody_breaks,
)
from semverdiff.rules.remediation import (
    DEFAULTABLE_AT_END,
    DEPRECATE_FIRST,
    KEEP_PROMISE,
    NEW_NAME,
    SECOND_MEMBER,
)

if TYPE_CHECKING:
    from semverdiff.rules.schema import Levels

__all__ = ["ENTRIES"]

_OTHER_OPTIONS = "public type OtherOptions record {| int page = 1; int size; |};"
_OLD_LIST = "Implementers with the old parameter list no longer fit."
_NO_NEW_PARAMETER = "Implementers that do not take the new parameter no longer fit."
_OLD_TYPE = "Implementers that take the old type no longer fit."
_TAKE_MORE = "Implementers that accept more still fit."


def _left_out(callers: str) -> Levels:
    """Return the levels of a new parameter that calls may leave out: function values notice it, too."""
    value = tolerated(
        f"{callers} Only a variable of the old function type refuses the function now.", Use.FUNCTION_VALUE
    )
    implemented = major(_NO_NEW_PARAMETER, IMPLEMENTER)
    return always(Subject.FUNCTION, value) | by_owner(
        minor(callers), implemented, called_only=(Subject.INIT,)
    )


_PARAMETER = Element(CALLED, "parameter '$name'", partial(Signature, parameter="quantity"))
_TYPE = _PARAMETER.of("type")
_INCLUDED = _PARAMETER.shown(partial(Signature, parameter="options", around=(OPTIONS,)))
_OTHER_RECORD = _PARAMETER.shown(partial(Signature, parameter="options", around=(OPTIONS, _OTHER_OPTIONS)))
_COLLECTED = _PARAMETER.shown(partial(Signature, around=(OPTIONS,)))


ENTRIES = (
    _PARAMETER.entry(
        Fact.PARAMETER_REQUIRED_ADDED,
        "A required parameter was added to $a.",
        "required parameter '$name' is added",
        everybody_breaks("Callers miss the argument for `$name`.", Use.CALL, _OLD_LIST),
        ("(int id)", "(int id, int quantity)"),
        DEFAULTABLE_AT_END,
    ),
    _PARAMETER.entry(
        Fact.PARAMETER_DEFAULTABLE_ADDED,
        "A defaultable parameter was added behind the last positional parameter of $a, or in place of one.",
        "defaultable parameter '$name' is added",
        _left_out("Calls compile unchanged: `$name` has a default."),
        ("(int id)", "(int id, int quantity = 1)"),
        SECOND_MEMBER,
    ),
    _PARAMETER.entry(
        Fact.PARAMETER_DEFAULTABLE_INSERTED,
        "A defaultable parameter was inserted before another positional, rest or included parameter of $a.",
        "defaultable parameter '$name' is inserted before other parameters",
        everybody_breaks(
            "Positional calls bind the argument after the insertion to `$name`, silently if the types agree.",
            Use.CALL_IN_FULL,
            _OLD_LIST,
        ),
        ('(int id, string note = "")', '(int id, int quantity = 1, string note = "")'),
        "Put the new parameter behind all others.",
    ),
    _INCLUDED.entry(
        Fact.PARAMETER_INCLUDED_ADDED,
        "An included record parameter whose fields are all optional or defaultable was added to $a.",
        "included record parameter '$name' is added",
        _left_out("Calls compile unchanged: every field of `$name` may be left out."),
        ("(int id)", "(int id, *Options options)"),
        SECOND_MEMBER,
    ),
    _PARAMETER.entry(
        Fact.PARAMETER_REMOVED,
        "A parameter was removed from $a.",
        "[$kind ]parameter '$name' is removed",
        everybody_breaks("Callers that pass `$name` have an argument too many.", Use.CALL_IN_FULL, _OLD_LIST),
        ("(int id, int quantity)", "(int id)"),
        DEPRECATE_FIRST,
    ),
    _PARAMETER.renamed(
        Fact.PARAMETER_RENAMED,
        "A parameter of $a was renamed.",
        everybody_breaks(
            "Callers that pass it as `$name = ...` name no parameter.", Use.CALL_BY_NAME, _OLD_LIST
        ),
        ("(int quantity)", "(int amount)"),
    ),
    _PARAMETER.entry(
        Fact.PARAMETER_DEFAULT_ADDED,
        "A required parameter of $a became defaultable.",
        "parameter '$name' gets a default value[ '$new']",
        minor("Nobody breaks: a default is not part of the function type."),
        ("(int quantity)", "(int quantity = 1)"),
    ),
    _PARAMETER.entry(
        Fact.PARAMETER_DEFAULT_REMOVED,
        "A parameter of $a lost its default.",
        "default value[ '$old'] of parameter '$name' is removed",
        everybody_breaks(
            "Callers that relied on the default miss the argument for `$name`.",
            Use.CALL,
            "Implementers that declare the old default no longer fit.",
        ),
        ("(int quantity = 1)", "(int quantity)"),
        DEPRECATE_FIRST,
    ),
    _PARAMETER.of("default value").changed(
        Fact.PARAMETER_DEFAULT_VALUE_CHANGED,
        "The default value of a parameter of $a changed.",
        patch("Nobody breaks: a default value is behaviour."),
        ("(int quantity = 1)", "(int quantity = 2)"),
    ),
    _TYPE.widened(
        Fact.PARAMETER_TYPE_WIDENED,
        "A parameter of $a accepts more.",
        by_owner(
            tolerated(
                "Arguments still fit; inference changes: `1` is a float for float, an int for int|float."
            ),
            major("Implementers that take the old type are too narrow.", IMPLEMENTER),
        )
        | on(
            Subject.FUNCTION,
            when(
                Condition.LITERALS_REINFERRED,
                then=tolerated(
                    "Arguments still fit; inference changes: `1` is a float for float, an int for int|float."
                ),
            ),
            otherwise(minor("Arguments still fit, and literals have the types that they had.")),
        ),
        ("(int quantity)", "(int|string quantity)"),
        SECOND_MEMBER,
    ),
    _TYPE.ambiguously_widened(
        Fact.PARAMETER_TYPE_WIDENED_AMBIGUOUS,
        "A parameter of $a accepts a second type that takes the same list, mapping or `new` constructor.",
        ambiguous_argument(Use.CALL_AMBIGUOUSLY),
        ("(int[] quantity)", "(int[]|float[] quantity)"),
    ),
    _TYPE.narrowed(
        Fact.PARAMETER_TYPE_NARROWED,
        "A parameter of $a accepts less.",
        callers_break(
            "Callers that pass a value of the old type are refused.", Use.CALL_WITH_OLD, _TAKE_MORE
        ),
        ("(int|string quantity)", "(int quantity)"),
    ),
    _TYPE.changed(
        Fact.PARAMETER_TYPE_CHANGED,
        "A parameter of $a has an unrelated type.",
        everybody_breaks(
            "Callers that pass a value of the old type are refused.", Use.CALL_WITH_OLD, _OLD_TYPE
        ),
        ("(int quantity)", "(string quantity)"),
    ),
    _TYPE.respelled(
        Fact.PARAMETER_TYPE_RESPELLED,
        "A parameter type of $a is written differently.",
        ("(int|string quantity)", "(string|int quantity)"),
    ),
    _PARAMETER.entry(
        Fact.PARAMETER_DECLARED_FIELD_SET_CHANGED,
        "The first field was declared in a map-like parameter type of $a.",
        "type of parameter '$name' declares its first field[: '$new' for '$old']",
        everybody_breaks(
            "The types are equal, but callers must quote keys that are not declared.",
            Use.CALL_WITH_KEY,
            _OLD_TYPE,
        ),
        ("(map<int> quantity)", "(record {| int least?; int...; |} quantity)"),
        NEW_NAME,
    ),
    _INCLUDED.entry(
        Fact.PARAMETER_INCLUSION_ADDED,
        "A record parameter of $a became an included record parameter.",
        "parameter '$name' becomes an included record parameter",
        minor("Nobody breaks: the record may still be passed whole, by position or by name."),
        ("(Options options)", "(*Options options)"),
    ),
    _INCLUDED.entry(
        Fact.PARAMETER_INCLUSION_REMOVED,
        "An included record parameter of $a became a plain one.",
        "parameter '$name' is no longer an included record parameter",
        everybody_breaks(
            "Callers that pass the record's fields as named arguments name no parameter.",
            Use.CALL_WITH_FIELD,
            _OLD_LIST,
        ),
        ("(*Options options)", "(Options options)"),
        KEEP_PROMISE,
    ),
    _OTHER_RECORD.entry(
        Fact.PARAMETER_INCLUDED_RECORD_CHANGED,
        "The included record of $a was replaced by an equal type with other defaults.",
        "included record parameter '$name' has a record with other defaults[: '$new' for '$old']",
        everybody_breaks(
            "Callers that left out a field with a default miss it: the record's defaults belong to the call.",
            Use.CALL,
            "Implementers with the old record no longer fit.",
        ),
        ("(*Options options)", "(*OtherOptions options)"),
        NEW_NAME,
    ),
    _PARAMETER.shown(Signature).entry(
        Fact.PARAMETERS_REORDERED,
        "Parameters of $a were reordered.",
        "parameters are reordered[ from '$old' to '$new']",
        everybody_breaks(
            "Positional calls bind arguments to the wrong parameters, silently if the types agree.",
            Use.CALL_IN_FULL,
            _OLD_LIST,
        ),
        ("(int id, string name)", "(string name, int id)"),
        DEFAULTABLE_AT_END,
    ),
    _COLLECTED.entry(
        Fact.PARAMETERS_COLLAPSED,
        "Parameters of $a were collected in an included record parameter.",
        "parameters[ '$old'] are collected in an included record parameter[ '$new']",
        everybody_breaks("Positional calls have too many arguments.", Use.CALL_IN_FULL, _OLD_LIST),
        ("(int page, int size)", "(*Options options)"),
        DEFAULTABLE_AT_END,
    ),
    _COLLECTED.entry(
        Fact.PARAMETERS_EXPANDED,
        "An included record parameter of $a was split into single parameters.",
        "included record parameter[ '$old'] is split into single parameters[ '$new']",
        everybody_breaks("Callers that pass the record whole are refused.", Use.CALL_WITH_RECORD, _OLD_LIST),
        ("(*Options options)", "(int page, int size)"),
        DEFAULTABLE_AT_END,
    ),
)
