"""Variables (compatibility contract, 2.9)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.effects import major, minor, otherwise, patch, tolerated, when
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import lost_values
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    NEW_NAME,
)

__all__ = ["ENTRIES"]


_NOT_STARTED = "Programs do not start until Config.toml is extended."

_VARIABLE = Element(Subject.VARIABLE, "variable '$name'", partial(Code, "timeout"))
_TYPE = _VARIABLE.of("type")
_LIST_VARIABLE = _VARIABLE.shown(partial(Code, "names"))
_LIST_TYPE = _LIST_VARIABLE.of("type")


ENTRIES = (
    _TYPE.widened(
        Fact.TYPE_WIDENED,
        "A public variable gives more.",
        major("Readers that expect the old type are refused.", Use.READ),
        ("public final int timeout = 30;", "public final int|string timeout = 30;"),
    ),
    _TYPE.changed(
        Fact.TYPE_CHANGED,
        "A public variable has an unrelated type.",
        major("Clients that read or write the old type are refused.", Use.READ),
        ("public final int timeout = 30;", "public final decimal timeout = 30;"),
    ),
    _TYPE.narrowed(
        Fact.TYPE_NARROWED,
        "A public variable gives less.",
        lost_values(
            Condition.VARIABLE_FINAL,
            tolerated(
                "Only readers that handle the lost values break: the variable is never written.",
                Use.COMPARE_VALUE,
            ),
            major("Clients that write a value of the old type are refused.", Use.WRITE),
        ),
        ("public final int|string timeout = 30;", "public final int timeout = 30;"),
    ),
    _LIST_VARIABLE.entry(
        Fact.MUTABLE_MEMBER_NARROWED,
        "A mutable member of the value of a public variable was narrowed.",
        "mutable member of variable '$name' is narrowed[: changed from '$old' to '$new']",
        major("Clients that write the lost type into the value are refused or panic.", Use.WRITE_INTO),
        ("public final (int|string)[] names = [];", "public final string[] names = [];"),
        KEEP_ACCEPTING,
    ),
    _LIST_TYPE.made_readonly(
        Fact.READONLY_ADDED,
        "The type of a public variable became readonly.",
        major("Clients that change the value are refused or panic.", Use.WRITE_INTO),
        ("public final string[] names = [];", "public final readonly & string[] names = [];"),
    ),
    _LIST_TYPE.made_mutable(
        Fact.READONLY_REMOVED,
        "The type of a public variable is no longer readonly.",
        major("Isolated functions may no longer read the variable.", Use.READ_ISOLATED),
        ("public final readonly & string[] names = [];", "public final string[] names = [];"),
    ),
    _TYPE.respelled(
        Fact.TYPE_RESPELLED,
        "The type of a public variable is written differently.",
        ("public final int|string timeout = 30;", "public final string|int timeout = 30;"),
    ),
    _VARIABLE.of("initial value").changed(
        Fact.INITIAL_VALUE_CHANGED,
        "The initial value of a public variable changed.",
        patch("Nobody breaks: an initial value is behaviour."),
        ("public final int timeout = 30;", "public final int timeout = 60;"),
    ),
    _VARIABLE.entry(
        Fact.FINAL_ADDED,
        "A public variable became final.",
        "'final' qualifier is added to variable '$name'",
        major("Clients that write the variable are refused.", Use.WRITE),
        ("public int timeout = 30;", "public final int timeout = 30;"),
        KEEP_ACCEPTING,
    ),
    _VARIABLE.entry(
        Fact.FINAL_REMOVED,
        "A public final variable of an immutable type became mutable.",
        "'final' qualifier is removed from variable '$name'",
        major("Isolated functions may no longer read the variable.", Use.READ_ISOLATED),
        ("public final int timeout = 30;", "public int timeout = 30;"),
        DEPRECATE_FIRST,
    ),
    _LIST_VARIABLE.entry(
        Fact.FINAL_REMOVED_MUTABLE_TYPE,
        "A public final variable of a mutable type became mutable.",
        "'final' qualifier is removed from variable '$name', whose type is mutable",
        minor("Nobody breaks: isolated functions could not read the variable before either."),
        ("public final string[] names = [];", "public string[] names = [];"),
    ),
    _VARIABLE.entry(
        Fact.TO_CONSTANT,
        "A public final variable became a constant.",
        "variable '$name' becomes a constant",
        minor("Nobody breaks: a constant can be used wherever the variable could."),
        ("public final int timeout = 30;", "public const int timeout = 30;"),
    ),
    _VARIABLE.entry(
        Fact.TO_CONFIGURABLE,
        "A public final variable became configurable.",
        "variable '$name' becomes configurable",
        (
            when(Condition.WITHOUT_DEFAULT, then=major(_NOT_STARTED)),
            otherwise(minor("Nobody breaks: the variable has a default.")),
        ),
        ("public final int timeout = 30;", "public configurable int timeout = 30;"),
        NEW_NAME,
    ),
    # variable-added, variable-removed, variable-renamed, variable-visibility-reduced
    *_VARIABLE.existence(
        "a variable", Use.READ, "public final int timeout = 30;", "public final int patience = 30;"
    ),
)
