"""What changes in listeners, in services that a package declares, in annotations that carry a contract.

Each entry is the symbol that the change is reported at, and the text before and after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SERVICES"]

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
_LISTENER = "import ballerina/http;\n\npublic listener {} {} = new ({});"
_SERVICE = "import ballerina/http;\n\nservice {} on new http:Listener(8080) {{{}\n}}"
_ORDERS = "\n    resource function get orders() returns int => 1;"
_REMOTE = "\n    remote function onOrder(string id) {\n    }"


def _attaching(before: str, after: str, types: str = "") -> tuple[str, str, str]:
    """Return a listener class that takes other services."""
    sides = [types + _HUB.format(f"{one}", "string?", one) for one in (before, after)]
    return "Hub.attach(s)", sides[0], sides[1]


def _at(before: str, after: str) -> tuple[str, str, str]:
    """Return a listener class that takes services at other attach points."""
    sides = [_HUB.format(_ANY_SERVICE, f"{one}", _ANY_SERVICE) for one in (before, after)]
    return "Hub.attach(name)", sides[0], sides[1]


def _declared(before: str, after: str) -> tuple[str, str, str]:
    """Return a listener of another class."""
    return "orders", f"public listener {before} orders = new;", f"public listener {after} orders = new;"


_PLAIN = _LISTENER.format("http:Listener", "orders", "8080")

SERVICES: Mapping[str, tuple[str, str, str]] = {
    "contract-annotation-changed": (
        "Name",
        "import ballerina/constraint;\n\n@constraint:String {maxLength: 80}\npublic type Name string;",
        "import ballerina/constraint;\n\n@constraint:String {maxLength: 40}\npublic type Name string;",
    ),
    "listener-added": ("orders", "", _PLAIN),
    "listener-removed": ("orders", _PLAIN, ""),
    "listener-renamed": (
        "orders",
        _LISTENER.format("http:Listener", "orders", "8080"),
        _LISTENER.format("http:Listener", "sales", "8080"),
    ),
    "listener-visibility-reduced": ("orders", _PLAIN, _PLAIN.replace("public listener", "listener")),
    "listener-initial-value-changed": (
        "orders",
        _LISTENER.format("http:Listener", "orders", "8080"),
        _LISTENER.format("http:Listener", "orders", "9090"),
    ),
    "listener-type-widened": _declared("AuditedHub", "Hub"),
    "listener-type-narrowed": _declared("Hub", "AuditedHub"),
    "listener-type-changed": _declared("AuditedHub", "MailHub"),
    "listener-service-type-widened": _attaching("Events", _ANY_SERVICE, _EVENTS),
    "listener-service-type-narrowed": _attaching(_ANY_SERVICE, "Events", _EVENTS),
    "listener-service-type-changed": _attaching("Events", "Alerts", _EVENTS + _ALERTS),
    "listener-attach-point-widened": _at("string?", "string|string[]?"),
    "listener-attach-point-narrowed": _at("string|string[]?", "string?"),
    "listener-attach-point-changed": _at("string[]?", "string?"),
    "service-added": ("service /shop", "", _SERVICE.format("/shop", _ORDERS)),
    "service-removed": ("service /shop", _SERVICE.format("/shop", _ORDERS), ""),
    "service-attach-point-changed": (
        "service /shop",
        _SERVICE.format("/shop", _ORDERS),
        _SERVICE.format("/store", _ORDERS),
    ),
    "service-remote-method-added": (
        "service /shop.onOrder",
        _SERVICE.format("/shop", ""),
        _SERVICE.format("/shop", _REMOTE),
    ),
    "service-remote-method-removed": (
        "service /shop.onOrder",
        _SERVICE.format("/shop", _REMOTE),
        _SERVICE.format("/shop", ""),
    ),
    "service-resource-added": (
        "service /shop[get orders]",
        _SERVICE.format("/shop", ""),
        _SERVICE.format("/shop", _ORDERS),
    ),
    "service-resource-removed": (
        "service /shop[get orders]",
        _SERVICE.format("/shop", _ORDERS),
        _SERVICE.format("/shop", ""),
    ),
}
