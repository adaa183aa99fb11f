"""Facts about listeners and the services that a package declares (compatibility contract, 2.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.model import Certainty
from semverdiff.rules.tables import always, fact, major, minor, patch

if TYPE_CHECKING:
    from semverdiff.rules.entries import Effect, Fact

__all__ = ["FACTS"]

_ON_LISTENER = "service /path on $prefix:$name {\n}"
_ATTACH = "check l.attach(s);"
_READ = "$old_type l = $prefix:$name;"
_NETWORK = "Network clients that call it fail."
_NOT_CALLED_YET = "Nobody breaks: network clients do not call it yet."


def _listener(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always("listener", effect))


def _service(name: str, title: str, message: str, effect: Effect) -> Fact:
    """Return a fact of a declared service; that it is a network API is an assumption."""
    return fact(name, title, message, always("service", effect), certainty=Certainty.ASSUMED)


FACTS = (
    _listener(
        "service-type-widened",
        "A listener accepts more service types.",
        "service type of listener '$declaring' is widened[ from '$old' to '$new']",
        minor("Nobody breaks: services that were accepted still are."),
    ),
    _listener(
        "service-type-narrowed",
        "A listener accepts fewer service types.",
        "service type of listener '$declaring' is narrowed[ from '$old' to '$new']",
        major("Clients that attach a service of the old type are refused.", _ATTACH),
    ),
    _listener(
        "service-type-changed",
        "A listener accepts an unrelated service type.",
        "service type of listener '$declaring' is changed[ from '$old' to '$new']",
        major("Clients that attach a service of the old type are refused.", _ATTACH),
    ),
    _listener(
        "attach-point-widened",
        "A listener accepts more attach points.",
        "attach points of listener '$declaring' are widened[ from '$old' to '$new']",
        minor("Nobody breaks: attach points that were accepted still are."),
    ),
    _listener(
        "attach-point-narrowed",
        "A listener accepts fewer attach points.",
        "attach points of listener '$declaring' are narrowed[ from '$old' to '$new']",
        major(
            "Clients that declare a service with a lost attach point are refused.", "service /path on l {\n}"
        ),
    ),
    _listener(
        "attach-point-changed",
        "A listener accepts unrelated attach points.",
        "attach points of listener '$declaring' are changed[ from '$old' to '$new']",
        major(
            "Clients that declare a service with an old attach point are refused.", "service /path on l {\n}"
        ),
    ),
    _listener(
        "type-widened",
        "A public listener has a wider type.",
        "type of listener '$name' is widened[ from '$old' to '$new']",
        major("Clients that read it as the old type are refused.", _READ),
    ),
    _listener(
        "type-narrowed",
        "A public listener has a narrower type.",
        "type of listener '$name' is narrowed[ from '$old' to '$new']",
        minor("Nobody breaks: a listener is only read."),
    ),
    _listener(
        "type-changed",
        "A public listener has an unrelated type.",
        "type of listener '$name' is changed[ from '$old' to '$new']",
        major("Clients that attach services to it or read it as the old type are refused.", _READ),
    ),
    _listener(
        "initial-value-changed",
        "A public listener is created differently.",
        "initial value of listener '$name' is changed[ from '$old' to '$new']",
        patch("Nobody breaks: an initial value is behaviour."),
    ),
    _listener(
        "added",
        "A listener was added.",
        "listener '$name' is added",
        minor("Nobody breaks: names of other modules are always written with a prefix."),
    ),
    _listener(
        "removed",
        "A listener was removed.",
        "listener '$name' is removed",
        major("Clients that attach services to the listener find it unknown.", _ON_LISTENER),
    ),
    _listener(
        "renamed",
        "A listener was renamed.",
        "listener '$name' is renamed[ to '$new']",
        major("Clients that use the old name find it unknown.", _ON_LISTENER),
    ),
    _listener(
        "visibility-reduced",
        "A listener is no longer public.",
        "'public' qualifier is removed from listener '$name'",
        major("Clients of other modules no longer see the listener.", _ON_LISTENER),
    ),
    _service(
        "added",
        "A service declaration was added to the package.",
        "'$name' is added",
        minor(_NOT_CALLED_YET),
    ),
    _service(
        "removed",
        "A service declaration was removed from the package.",
        "'$name' is removed",
        major(_NETWORK),
    ),
    _service(
        "remote-method-added",
        "A remote method was added to a service that the package declares.",
        "remote function '$name' is added",
        minor(_NOT_CALLED_YET),
    ),
    _service(
        "remote-method-removed",
        "A remote method was removed from a service that the package declares.",
        "remote function '$name' is removed",
        major(_NETWORK),
    ),
    _service(
        "resource-added",
        "A resource method was added to a service that the package declares.",
        "resource function '$name' is added",
        minor(_NOT_CALLED_YET),
    ),
    _service(
        "resource-removed",
        "A resource method was removed from a service that the package declares.",
        "resource function '$name' is removed",
        major(_NETWORK),
    ),
    _service(
        "attach-point-changed",
        "A service that the package declares has another attach point.",
        "attach point of '$declaring' is changed[ from '$old' to '$new']",
        major("Network clients that call the old path fail."),
    ),
)
