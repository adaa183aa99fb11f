"""Constants (compatibility contract, 2.8)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact, Subject
from semverdiff.config import Policy, PolicyValue
from semverdiff.rules.conditions import PolicyIs
from semverdiff.rules.effects import major, otherwise, patch, tolerated, when
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code
from semverdiff.rules.remediation import NEW_NAME

__all__ = ["ENTRIES"]


_CONSTANT = Element(Subject.CONSTANT, "constant '$name'", partial(Code, "LIMIT"))


ENTRIES = (
    _CONSTANT.of("value").changed(
        Fact.VALUE_CHANGED,
        "The value of a constant changed.",
        (
            when(
                PolicyIs(Policy.CONSTANT_VALUE_CHANGED, PolicyValue.MAJOR),
                then=major(
                    "Clients that repeat the value break, and the project counts the value as API.",
                    Use.NAME_VALUE,
                ),
            ),
            otherwise(tolerated("Only clients that repeat the value break.", Use.NAME_VALUE)),
        ),
        ("public const int LIMIT = 10;", "public const int LIMIT = 20;"),
    ),
    _CONSTANT.of("type").changed(
        Fact.TYPE_CHANGED,
        "A constant has another basic type.",
        major(
            "Clients that use the constant as the old type are refused.",
            Use.READ,
        ),
        ("public const int LIMIT = 10;", "public const float LIMIT = 10;"),
    ),
    _CONSTANT.entry(
        Fact.TO_VARIABLE,
        "A constant became a variable.",
        "constant '$name' becomes a variable",
        major(
            "Clients that use it in a type, a pattern or an array length need a constant.",
            Use.NAME_AS_TYPE,
        ),
        ("public const int LIMIT = 10;", "public final int LIMIT = 10;"),
        NEW_NAME,
    ),
    _CONSTANT.entry(
        Fact.EXPRESSION_RESPELLED,
        "A constant is written differently with the same value.",
        "expression of constant '$name' is written differently[: '$new' for '$old']",
        patch("Nobody breaks: the value is the same."),
        ("public const int LIMIT = 10;", "public const int LIMIT = 2 * 5;"),
    ),
    # constant-added, constant-removed, constant-renamed, constant-visibility-reduced
    *_CONSTANT.existence(
        "a constant", Use.READ, "public const int LIMIT = 10;", "public const int MAXIMUM = 10;"
    ),
)
