"""Listeners: classes that take services, and declared ones (compatibility contract, 2.10)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.catalogue.surroundings import AUDITED_HUB, HUB, MAIL_HUB
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import always, major, minor, patch
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    KEEP_OLD_NAME,
    NEW_NAME,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]

_HUB = """\
public class Hub {{
    public function attach({} s, {} name = ()) returns error? = external;
    public function detach({} s) returns error? = external;
    public function 'start() returns error? = external;
    public function gracefulStop() returns error? = external;
    public function immediateStop() returns error? = external;
}}"""
_ANY_SERVICE = "service object {}"
_EVENTS = """\
public type Events service object {
    remote function onEvent(string name) returns error?;
};

"""
_ALERTS = """\
public type Alerts service object {
    remote function onAlert(int level) returns error?;
};

"""
_PUBLIC = "import ballerina/http;\n\npublic listener http:Listener orders = new (8080);"

_ON_LISTENER = "service /path on $prefix:$name {\n}"
_ATTACH = "check l.attach(s);"
_READ = "$old_type l = $prefix:$name;"
_ON_ANY = """\
service /path on l {
}"""


def _service_type(before: str, after: str, types: str) -> Code:
    """Return the example of a listener class that takes other services."""
    old, new = (types + _HUB.format(one, "string?", one) for one in (before, after))
    return Code("Hub.attach(s)", old, new)


def _attach_point(before: str, after: str) -> Code:
    """Return the example of a listener class that takes services at other attach points."""
    old, new = (_HUB.format(_ANY_SERVICE, one, _ANY_SERVICE) for one in (before, after))
    return Code("Hub.attach(name)", old, new)


def _declared(before: str, after: str, *around: str) -> Code:
    """Return the example of a declared listener of another class."""
    old, new = (f"public listener {one} orders = new;" for one in (before, after))
    return Code("orders", old, new, around)


ENTRIES = (
    Entry(
        fact=Fact.SERVICE_TYPE_WIDENED,
        title="A listener accepts more service types.",
        message="service type of listener '$declaring' is widened[ from '$old' to '$new']",
        levels=always(Subject.LISTENER, minor("Nobody breaks: services that were accepted still are.")),
        example=_service_type("Events", _ANY_SERVICE, _EVENTS),
    ),
    Entry(
        fact=Fact.SERVICE_TYPE_NARROWED,
        title="A listener accepts fewer service types.",
        message="service type of listener '$declaring' is narrowed[ from '$old' to '$new']",
        levels=always(
            Subject.LISTENER, major("Clients that attach a service of the old type are refused.", _ATTACH)
        ),
        remediation=KEEP_ACCEPTING,
        example=_service_type(_ANY_SERVICE, "Events", _EVENTS),
    ),
    Entry(
        fact=Fact.SERVICE_TYPE_CHANGED,
        title="A listener accepts an unrelated service type.",
        message="service type of listener '$declaring' is changed[ from '$old' to '$new']",
        levels=always(
            Subject.LISTENER, major("Clients that attach a service of the old type are refused.", _ATTACH)
        ),
        remediation=NEW_NAME,
        example=_service_type("Events", "Alerts", _EVENTS + _ALERTS),
    ),
    Entry(
        fact=Fact.ATTACH_POINT_WIDENED,
        title="A listener accepts more attach points.",
        message="attach points of listener '$declaring' are widened[ from '$old' to '$new']",
        levels=always(Subject.LISTENER, minor("Nobody breaks: attach points that were accepted still are.")),
        example=_attach_point("string?", "string|string[]?"),
    ),
    Entry(
        fact=Fact.ATTACH_POINT_NARROWED,
        title="A listener accepts fewer attach points.",
        message="attach points of listener '$declaring' are narrowed[ from '$old' to '$new']",
        levels=always(
            Subject.LISTENER,
            major(
                "Clients that declare a service with a lost attach point are refused.",
                _ON_ANY,
            ),
        ),
        remediation=KEEP_ACCEPTING,
        example=_attach_point("string|string[]?", "string?"),
    ),
    Entry(
        fact=Fact.ATTACH_POINT_CHANGED,
        title="A listener accepts unrelated attach points.",
        message="attach points of listener '$declaring' are changed[ from '$old' to '$new']",
        levels=always(
            Subject.LISTENER,
            major(
                "Clients that declare a service with an old attach point are refused.",
                _ON_ANY,
            ),
        ),
        remediation=NEW_NAME,
        example=_attach_point("string[]?", "string?"),
    ),
    Entry(
        fact=Fact.TYPE_WIDENED,
        title="A public listener has a wider type.",
        message="type of listener '$name' is widened[ from '$old' to '$new']",
        levels=always(Subject.LISTENER, major("Clients that read it as the old type are refused.", _READ)),
        remediation=SECOND_FOR_WIDER,
        example=_declared("AuditedHub", "Hub", HUB, AUDITED_HUB),
    ),
    Entry(
        fact=Fact.TYPE_NARROWED,
        title="A public listener has a narrower type.",
        message="type of listener '$name' is narrowed[ from '$old' to '$new']",
        levels=always(Subject.LISTENER, minor("Nobody breaks: a listener is only read.")),
        example=_declared("Hub", "AuditedHub", HUB, AUDITED_HUB),
    ),
    Entry(
        fact=Fact.TYPE_CHANGED,
        title="A public listener has an unrelated type.",
        message="type of listener '$name' is changed[ from '$old' to '$new']",
        levels=always(
            Subject.LISTENER,
            major("Clients that attach services to it or read it as the old type are refused.", _READ),
        ),
        remediation=NEW_NAME,
        example=_declared("AuditedHub", "MailHub", AUDITED_HUB, MAIL_HUB),
    ),
    Entry(
        fact=Fact.INITIAL_VALUE_CHANGED,
        title="A public listener is created differently.",
        message="initial value of listener '$name' is changed[ from '$old' to '$new']",
        levels=always(Subject.LISTENER, patch("Nobody breaks: an initial value is behaviour.")),
        example=Code(
            "orders",
            _PUBLIC,
            _PUBLIC.replace("8080", "9090"),
        ),
    ),
    Entry(
        fact=Fact.ADDED,
        title="A listener was added.",
        message="listener '$name' is added",
        levels=always(
            Subject.LISTENER, minor("Nobody breaks: names of other modules are always written with a prefix.")
        ),
        example=Code("orders", "", _PUBLIC),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="A listener was removed.",
        message="listener '$name' is removed",
        levels=always(
            Subject.LISTENER,
            major("Clients that attach services to the listener find it unknown.", _ON_LISTENER),
        ),
        remediation=DEPRECATE_FIRST,
        example=Code("orders", _PUBLIC, ""),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="A listener was renamed.",
        message="listener '$name' is renamed[ to '$new']",
        levels=always(
            Subject.LISTENER, major("Clients that use the old name find it unknown.", _ON_LISTENER)
        ),
        remediation=KEEP_OLD_NAME,
        example=Code(
            "orders",
            _PUBLIC,
            _PUBLIC.replace("orders", "sales"),
        ),
    ),
    Entry(
        fact=Fact.VISIBILITY_REDUCED,
        title="A listener is no longer public.",
        message="'public' qualifier is removed from listener '$name'",
        levels=always(
            Subject.LISTENER, major("Clients of other modules no longer see the listener.", _ON_LISTENER)
        ),
        remediation=DEPRECATE_FIRST,
        example=Code("orders", _PUBLIC, _PUBLIC.replace("public listener", "listener")),
    ),
)
