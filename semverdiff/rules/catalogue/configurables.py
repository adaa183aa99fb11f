"""Configurable variables, public or not (compatibility contract, 2.9)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.conditions import BOTH, IN
from semverdiff.rules.effects import major, minor, patch, when
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code
from semverdiff.rules.remediation import (
    DEFAULT_VALUE,
    NEW_NAME,
)

__all__ = ["ENTRIES"]


_NOT_STARTED = "Programs do not start until Config.toml is extended."
_UNKNOWN_KEY = "Deployments with the key in Config.toml are refused: no variable takes it."
_BAD_VALUE = "Deployments with a value of the old type in Config.toml are refused."

_CONFIGURABLE = Element(Subject.CONFIGURABLE, "configurable variable '$name'", partial(Code, "port"))
_TYPE = _CONFIGURABLE.of("type")


ENTRIES = (
    _CONFIGURABLE.entry(
        Fact.REQUIRED_ADDED,
        "A required configurable variable was added, public or not.",
        "required configurable variable '$name' is added",
        major(_NOT_STARTED),
        ("", "configurable int port = ?;"),
        DEFAULT_VALUE,
    ),
    _CONFIGURABLE.entry(
        Fact.DEFAULTABLE_ADDED,
        "A configurable variable with a default was added, public or not.",
        "configurable variable '$name' with a default is added",
        minor("Nobody breaks: Config.toml need not set it."),
        ("", "configurable int port = 8080;"),
    ),
    _CONFIGURABLE.entry(
        Fact.DEFAULT_ADDED,
        "A required configurable variable got a default.",
        "default value[ '$new'] is added to configurable variable '$name'",
        minor("Nobody breaks: Config.toml may still set it."),
        ("public configurable int port = ?;", "public configurable int port = 8080;"),
    ),
    _CONFIGURABLE.entry(
        Fact.DEFAULT_REMOVED,
        "A configurable variable lost its default.",
        "default value[ '$old'] is removed from configurable variable '$name'",
        major(_NOT_STARTED),
        ("public configurable int port = 8080;", "public configurable int port = ?;"),
        DEFAULT_VALUE,
    ),
    _CONFIGURABLE.of("default value").changed(
        Fact.DEFAULT_VALUE_CHANGED,
        "The default of a configurable variable changed.",
        patch("Nobody breaks: a default value is behaviour."),
        ("configurable int port = 8080;", "configurable int port = 9090;"),
    ),
    _CONFIGURABLE.entry(
        Fact.MADE_PUBLIC,
        "A configurable variable became public.",
        "'public' qualifier is added to configurable variable '$name'",
        minor("Nobody breaks: clients may read it now."),
        ("configurable int port = 8080;", "public configurable int port = 8080;"),
    ),
    _CONFIGURABLE.removed(
        Fact.REMOVED,
        "A configurable variable was removed, public or not.",
        major(_UNKNOWN_KEY),
        ("configurable int port = 8080;", ""),
    ),
    _CONFIGURABLE.renamed(
        Fact.RENAMED,
        "A configurable variable was renamed, public or not.",
        major(_UNKNOWN_KEY),
        ("configurable int port = 8080;", "configurable int listenerPort = 8080;"),
    ),
    _CONFIGURABLE.entry(
        Fact.TO_VARIABLE,
        "A configurable variable became an ordinary one.",
        "configurable variable '$name' is no longer configurable",
        major(_UNKNOWN_KEY),
        ("public configurable int port = 8080;", "public final int port = 8080;"),
        NEW_NAME,
    ),
    _TYPE.changed(
        Fact.TYPE_CHANGED,
        "A configurable variable has an unrelated type.",
        major(_BAD_VALUE),
        ("configurable int port = ?;", "configurable string port = ?;"),
    ),
    _TYPE.narrowed(
        Fact.TYPE_NARROWED,
        "A configurable variable accepts less.",
        major(_BAD_VALUE),
        ("configurable int|string port = ?;", "configurable int port = ?;"),
    ),
    _TYPE.widened(
        Fact.TYPE_WIDENED,
        "A configurable variable accepts more.",
        (
            when(
                IN, Condition.NOT_PUBLIC, then=minor("Nobody breaks: every value in Config.toml still fits.")
            ),
            when(
                BOTH,
                Condition.PUBLIC,
                then=major(
                    "Values of Config.toml are still accepted; code that expects the old type is refused.",
                    Use.READ,
                ),
            ),
        ),
        ("configurable int port = ?;", "configurable int|string port = ?;"),
    ),
    _TYPE.respelled(
        Fact.TYPE_RESPELLED,
        "The type of a configurable variable is written differently.",
        ("configurable int|string port = ?;", "configurable string|int port = ?;"),
    ),
    _CONFIGURABLE.hidden(
        Fact.VISIBILITY_REDUCED,
        "A configurable variable is no longer public.",
        major("Clients of other modules no longer see the variable.", Use.READ),
        ("public configurable int port = 8080;", "configurable int port = 8080;"),
    ),
)
