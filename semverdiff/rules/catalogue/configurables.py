"""Configurable variables, public or not (compatibility contract, 2.9)."""

from __future__ import annotations

from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.conditions import BOTH, IN
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import always, major, minor, on, patch, when
from semverdiff.rules.remediation import (
    DEFAULT_VALUE,
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    KEEP_OLD_NAME,
    NEW_NAME,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


_READ = "var value = $prefix:$name;"
_READ_OLD = "$old_type value = $prefix:$name;"
_NOT_STARTED = "Programs do not start until Config.toml is extended."
_UNKNOWN_KEY = "Deployments with the key in Config.toml are refused: no variable takes it."
_BAD_VALUE = "Deployments with a value of the old type in Config.toml are refused."
_EQUAL = patch("Nobody breaks: the types are equal.")


ENTRIES = (
    Entry(
        fact=Fact.REQUIRED_ADDED,
        title="A required configurable variable was added, public or not.",
        message="required configurable variable '$name' is added",
        levels=always(Subject.CONFIGURABLE, major(_NOT_STARTED)),
        remediation=DEFAULT_VALUE,
        example=Code("port", "", "configurable int port = ?;"),
    ),
    Entry(
        fact=Fact.DEFAULTABLE_ADDED,
        title="A configurable variable with a default was added, public or not.",
        message="configurable variable '$name' with a default is added",
        levels=always(Subject.CONFIGURABLE, minor("Nobody breaks: Config.toml need not set it.")),
        example=Code("port", "", "configurable int port = 8080;"),
    ),
    Entry(
        fact=Fact.DEFAULT_ADDED,
        title="A required configurable variable got a default.",
        message="default value[ '$new'] is added to configurable variable '$name'",
        levels=always(Subject.CONFIGURABLE, minor("Nobody breaks: Config.toml may still set it.")),
        example=Code("port", "public configurable int port = ?;", "public configurable int port = 8080;"),
    ),
    Entry(
        fact=Fact.DEFAULT_REMOVED,
        title="A configurable variable lost its default.",
        message="default value[ '$old'] is removed from configurable variable '$name'",
        levels=always(Subject.CONFIGURABLE, major(_NOT_STARTED)),
        remediation=DEFAULT_VALUE,
        example=Code("port", "public configurable int port = 8080;", "public configurable int port = ?;"),
    ),
    Entry(
        fact=Fact.DEFAULT_VALUE_CHANGED,
        title="The default of a configurable variable changed.",
        message="default value of configurable variable '$name' is changed[ from '$old' to '$new']",
        levels=always(Subject.CONFIGURABLE, patch("Nobody breaks: a default value is behaviour.")),
        example=Code("port", "configurable int port = 8080;", "configurable int port = 9090;"),
    ),
    Entry(
        fact=Fact.MADE_PUBLIC,
        title="A configurable variable became public.",
        message="'public' qualifier is added to configurable variable '$name'",
        levels=always(Subject.CONFIGURABLE, minor("Nobody breaks: clients may read it now.")),
        example=Code("port", "configurable int port = 8080;", "public configurable int port = 8080;"),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="A configurable variable was removed, public or not.",
        message="configurable variable '$name' is removed",
        levels=always(Subject.CONFIGURABLE, major(_UNKNOWN_KEY)),
        remediation=DEPRECATE_FIRST,
        example=Code("port", "configurable int port = 8080;", ""),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="A configurable variable was renamed, public or not.",
        message="configurable variable '$name' is renamed[ to '$new']",
        levels=always(Subject.CONFIGURABLE, major(_UNKNOWN_KEY)),
        remediation=KEEP_OLD_NAME,
        example=Code("port", "configurable int port = 8080;", "configurable int listenerPort = 8080;"),
    ),
    Entry(
        fact=Fact.TO_VARIABLE,
        title="A configurable variable became an ordinary one.",
        message="configurable variable '$name' is no longer configurable",
        levels=always(Subject.CONFIGURABLE, major(_UNKNOWN_KEY)),
        remediation=NEW_NAME,
        example=Code("port", "public configurable int port = 8080;", "public final int port = 8080;"),
    ),
    Entry(
        fact=Fact.TYPE_CHANGED,
        title="A configurable variable has an unrelated type.",
        message="type of configurable variable '$name' is changed[ from '$old' to '$new']",
        levels=always(Subject.CONFIGURABLE, major(_BAD_VALUE)),
        remediation=NEW_NAME,
        example=Code("port", "configurable int port = ?;", "configurable string port = ?;"),
    ),
    Entry(
        fact=Fact.TYPE_NARROWED,
        title="A configurable variable accepts less.",
        message="type of configurable variable '$name' is narrowed[ from '$old' to '$new']",
        levels=always(Subject.CONFIGURABLE, major(_BAD_VALUE)),
        remediation=KEEP_ACCEPTING,
        example=Code("port", "configurable int|string port = ?;", "configurable int port = ?;"),
    ),
    Entry(
        fact=Fact.TYPE_WIDENED,
        title="A configurable variable accepts more.",
        message="type of configurable variable '$name' is widened[ from '$old' to '$new']",
        levels=on(
            Subject.CONFIGURABLE,
            when(
                IN, Condition.NOT_PUBLIC, then=minor("Nobody breaks: every value in Config.toml still fits.")
            ),
            when(
                BOTH,
                Condition.PUBLIC,
                then=major("Deployments survive; readers that expect the old type are refused.", _READ_OLD),
            ),
        ),
        remediation=SECOND_FOR_WIDER,
        example=Code("port", "configurable int port = ?;", "configurable int|string port = ?;"),
    ),
    Entry(
        fact=Fact.TYPE_RESPELLED,
        title="The type of a configurable variable is written differently.",
        message="type of configurable variable '$name' is written differently[: '$new' for '$old']",
        levels=always(Subject.CONFIGURABLE, _EQUAL),
        example=Code("port", "configurable int|string port = ?;", "configurable string|int port = ?;"),
    ),
    Entry(
        fact=Fact.VISIBILITY_REDUCED,
        title="A configurable variable is no longer public.",
        message="'public' qualifier is removed from configurable variable '$name'",
        levels=always(
            Subject.CONFIGURABLE, major("Clients of other modules no longer see the variable.", _READ)
        ),
        remediation=DEPRECATE_FIRST,
        example=Code("port", "public configurable int port = 8080;", "configurable int port = 8080;"),
    ),
)
