"""Services that a package declares: its network API, as is assumed (compatibility contract, 2.10)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import always, major, minor
from semverdiff.rules.model import Certainty
from semverdiff.rules.remediation import DEPRECATE_FIRST, NEW_NAME
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]

_ORDERS = "\n    resource function get orders() returns int => 1;"
_REMOTE = "\n    remote function onOrder(string id) {\n    }"

_NETWORK = "Network clients that call it fail."
_NOT_CALLED_YET = "Nobody breaks: network clients do not call it yet."


def _service(path: str, member: str) -> str:
    return f"import ballerina/http;\n\nservice {path} on new http:Listener(8080) {{{member}\n}}"


ENTRIES = (
    Entry(
        fact=Fact.ADDED,
        title="A service declaration was added to the package.",
        message="'$name' is added",
        levels=always(Subject.SERVICE, minor(_NOT_CALLED_YET)),
        example=Code("service /shop", "", _service("/shop", _ORDERS)),
        certainty=Certainty.ASSUMED,
    ),
    Entry(
        fact=Fact.REMOVED,
        title="A service declaration was removed from the package.",
        message="'$name' is removed",
        levels=always(Subject.SERVICE, major(_NETWORK)),
        remediation=DEPRECATE_FIRST,
        example=Code("service /shop", _service("/shop", _ORDERS), ""),
        certainty=Certainty.ASSUMED,
    ),
    Entry(
        fact=Fact.REMOTE_METHOD_ADDED,
        title="A remote method was added to a service that the package declares.",
        message="remote function '$name' is added",
        levels=always(Subject.SERVICE, minor(_NOT_CALLED_YET)),
        example=Code("service /shop.onOrder", _service("/shop", ""), _service("/shop", _REMOTE)),
        certainty=Certainty.ASSUMED,
    ),
    Entry(
        fact=Fact.REMOTE_METHOD_REMOVED,
        title="A remote method was removed from a service that the package declares.",
        message="remote function '$name' is removed",
        levels=always(Subject.SERVICE, major(_NETWORK)),
        remediation=DEPRECATE_FIRST,
        example=Code("service /shop.onOrder", _service("/shop", _REMOTE), _service("/shop", "")),
        certainty=Certainty.ASSUMED,
    ),
    Entry(
        fact=Fact.RESOURCE_ADDED,
        title="A resource method was added to a service that the package declares.",
        message="resource function '$name' is added",
        levels=always(Subject.SERVICE, minor(_NOT_CALLED_YET)),
        example=Code("service /shop[get orders]", _service("/shop", ""), _service("/shop", _ORDERS)),
        certainty=Certainty.ASSUMED,
    ),
    Entry(
        fact=Fact.RESOURCE_REMOVED,
        title="A resource method was removed from a service that the package declares.",
        message="resource function '$name' is removed",
        levels=always(Subject.SERVICE, major(_NETWORK)),
        remediation=DEPRECATE_FIRST,
        example=Code("service /shop[get orders]", _service("/shop", _ORDERS), _service("/shop", "")),
        certainty=Certainty.ASSUMED,
    ),
    Entry(
        fact=Fact.ATTACH_POINT_CHANGED,
        title="A service that the package declares has another attach point.",
        message="attach point of '$declaring' is changed[ from '$old' to '$new']",
        levels=always(Subject.SERVICE, major("Network clients that call the old path fail.")),
        remediation=NEW_NAME,
        example=Code("service /shop", _service("/shop", _ORDERS), _service("/store", _ORDERS)),
        certainty=Certainty.ASSUMED,
    ),
)
