"""Services that a package declares: its network API, as is assumed (compatibility contract, 2.10)."""

from __future__ import annotations

from functools import partial

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.effects import major, minor
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code
from semverdiff.rules.model import Certainty

__all__ = ["ENTRIES"]

_ORDERS = "\n    resource function get orders() returns int => 1;"
_CALL_REMOTE = "\n    remote function onOrder(string id) {\n    }"

_NETWORK = "Network clients that call it fail."
_TO = "was added to a service that the package declares."
_FROM = "was removed from a service that the package declares."
_NOT_CALLED_YET = "Nobody breaks: network clients do not call it yet."


def _service(path: str, member: str) -> str:
    return f"import ballerina/http;\n\nservice {path} on new http:Listener(8080) {{{member}\n}}"


def _with_member(symbol: str, before: str, after: str) -> Code:
    """Return the example of a service that gets or loses a method."""
    return Code(symbol, _service("/shop", before), _service("/shop", after))


# Whether clients know a service of the package from elsewhere is not in its code.
_SERVICE = Element(Subject.SERVICE, "'$name'", partial(Code, "service /shop"), certainty=Certainty.ASSUMED)
_REMOTE = _SERVICE.named("remote function '$name'").shown(partial(_with_member, "service /shop.onOrder"))
_RESOURCE = _SERVICE.named("resource function '$name'").shown(
    partial(_with_member, "service /shop[get orders]")
)


ENTRIES = (
    _SERVICE.added(
        Fact.ADDED,
        "A service declaration was added to the package.",
        minor(_NOT_CALLED_YET),
        ("", _service("/shop", _ORDERS)),
    ),
    _SERVICE.removed(
        Fact.REMOVED,
        "A service declaration was removed from the package.",
        major(_NETWORK),
        (_service("/shop", _ORDERS), ""),
    ),
    _REMOTE.added(
        Fact.REMOTE_METHOD_ADDED, f"A remote method {_TO}", minor(_NOT_CALLED_YET), ("", _CALL_REMOTE)
    ),
    _REMOTE.removed(
        Fact.REMOTE_METHOD_REMOVED, f"A remote method {_FROM}", major(_NETWORK), (_CALL_REMOTE, "")
    ),
    _RESOURCE.added(Fact.RESOURCE_ADDED, f"A resource method {_TO}", minor(_NOT_CALLED_YET), ("", _ORDERS)),
    _RESOURCE.removed(Fact.RESOURCE_REMOVED, f"A resource method {_FROM}", major(_NETWORK), (_ORDERS, "")),
    _SERVICE.named("attach point of '$declaring'").changed(
        Fact.ATTACH_POINT_CHANGED,
        "A service that the package declares has another attach point.",
        major("Network clients that call the old path fail."),
        (_service("/shop", _ORDERS), _service("/store", _ORDERS)),
    ),
)
