"""Listeners: classes that take services, and declared ones (compatibility contract, 2.10)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.effects import major, minor, patch
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code
from semverdiff.rules.remediation import (
    KEEP_ACCEPTING,
    NEW_NAME,
)

__all__ = ["ENTRIES"]

_HUB_CLASS = """\
public class {} {{{}
    public function attach(service object {{}} s, string? name = ()) returns error? = external;
    public function detach(service object {{}} s) returns error? = external;
    public function 'start() returns error? = external;
    public function gracefulStop() returns error? = external;
    public function immediateStop() returns error? = external;
}}"""
_PLAIN_HUB = _HUB_CLASS.format("Hub", "")
_AUDITED_HUB = _HUB_CLASS.format("AuditedHub", "\n    public string[] audited = [];")
_MAIL_HUB = _HUB_CLASS.format("MailHub", '\n    public string server = "";')
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
_PUBLIC = "public listener MailHub orders = new;"
_OTHERWISE = _PUBLIC.replace("new", "new MailHub()")


def _service_type(types: str, before: str, after: str) -> Code:
    """Return the example of a listener class that takes other services."""
    old, new = (types + _HUB.format(one, "string?", one) for one in (before, after))
    return Code("Hub.attach(s)", old, new)


def _attach_point(before: str, after: str) -> Code:
    """Return the example of a listener class that takes services at other attach points."""
    old, new = (_HUB.format(_ANY_SERVICE, one, _ANY_SERVICE) for one in (before, after))
    return Code("Hub.attach(name)", old, new)


def _declared(around: tuple[str, ...], before: str, after: str) -> Code:
    """Return the example of a declared listener of another class."""
    old, new = (f"public listener {one} orders = new;" for one in (before, after))
    return Code("orders", old, new, around)


_SERVICE_TYPE = Element(
    Subject.LISTENER, "service type of listener '$declaring'", partial(_service_type, _EVENTS)
)
_OTHER_SERVICE_TYPE = _SERVICE_TYPE.shown(partial(_service_type, _EVENTS + _ALERTS))
_ATTACH_POINT = Element(Subject.LISTENER, "attach points", _attach_point)
_LISTENER = Element(Subject.LISTENER, "listener '$name'", partial(Code, "orders", around=(_MAIL_HUB,)))
_TYPE = _LISTENER.of("type").shown(partial(_declared, (_PLAIN_HUB, _AUDITED_HUB)))


ENTRIES = (
    _SERVICE_TYPE.widened(
        Fact.SERVICE_TYPE_WIDENED,
        "A listener accepts more service types.",
        minor("Nobody breaks: services that were accepted still are."),
        ("Events", _ANY_SERVICE),
    ),
    _SERVICE_TYPE.narrowed(
        Fact.SERVICE_TYPE_NARROWED,
        "A listener accepts fewer service types.",
        major("Clients that attach a service of the old type are refused.", Use.LISTEN_BY_METHOD),
        (_ANY_SERVICE, "Events"),
    ),
    _OTHER_SERVICE_TYPE.changed(
        Fact.SERVICE_TYPE_CHANGED,
        "A listener accepts an unrelated service type.",
        major("Clients that attach a service of the old type are refused.", Use.LISTEN_BY_METHOD),
        ("Events", "Alerts"),
    ),
    _ATTACH_POINT.entry(
        Fact.ATTACH_POINT_WIDENED,
        "A listener accepts more attach points.",
        "attach points of listener '$declaring' are widened[ from '$old' to '$new']",
        minor("Nobody breaks: attach points that were accepted still are."),
        ("string?", "string|string[]?"),
    ),
    _ATTACH_POINT.entry(
        Fact.ATTACH_POINT_NARROWED,
        "A listener accepts fewer attach points.",
        "attach points of listener '$declaring' are narrowed[ from '$old' to '$new']",
        major(
            "Clients that declare a service with a lost attach point are refused.",
            Use.LISTEN,
        ),
        ("string|string[]?", "string?"),
        KEEP_ACCEPTING,
    ),
    _ATTACH_POINT.entry(
        Fact.ATTACH_POINT_CHANGED,
        "A listener accepts unrelated attach points.",
        "attach points of listener '$declaring' are changed[ from '$old' to '$new']",
        major(
            "Clients that declare a service with an old attach point are refused.",
            Use.LISTEN,
        ),
        ("string[]?", "string?"),
        NEW_NAME,
    ),
    _TYPE.widened(
        Fact.TYPE_WIDENED,
        "A public listener has a wider type.",
        major("Clients that read it as the old type are refused.", Use.READ),
        ("AuditedHub", "Hub"),
    ),
    _TYPE.narrowed(
        Fact.TYPE_NARROWED,
        "A public listener has a narrower type.",
        minor("Nobody breaks: a listener is only read."),
        ("Hub", "AuditedHub"),
    ),
    _TYPE.shown(partial(_declared, (_AUDITED_HUB, _MAIL_HUB))).changed(
        Fact.TYPE_CHANGED,
        "A public listener has an unrelated type.",
        major("Clients that attach services to it or read it as the old type are refused.", Use.READ),
        ("AuditedHub", "MailHub"),
    ),
    _LISTENER.of("initial value").changed(
        Fact.INITIAL_VALUE_CHANGED,
        "A public listener is created differently.",
        patch("Nobody breaks: an initial value is behaviour."),
        (_PUBLIC, _OTHERWISE),
    ),
    # listener-added, listener-removed, listener-renamed, listener-visibility-reduced
    *_LISTENER.existence(
        "a listener",
        Use.LISTEN,
        _PUBLIC,
        _PUBLIC.replace("orders", "sales"),
        users="Clients that attach services to",
    ),
)
