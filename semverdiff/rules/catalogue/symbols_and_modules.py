"""Symbols whatever their kind, and modules (compatibility contract, 2.11)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.effects import major, minor, patch
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import CODE, Code, Files
from semverdiff.rules.remediation import DEPRECATE_FIRST

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENTRIES"]

_MANIFEST = "Ballerina.toml"
_PAYMENT = "modules/payment/payment.bal"
_BILLING = "modules/billing/billing.bal"

_PACKAGE = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n'
_EXPORTING_BOTH = f'{_PACKAGE}export = ["shop", "shop.billing", "shop.payment"]\n'
_PAY = "public function pay(int amount) = external;\n"
_REFUND = "public function refund(int amount) = external;\n"
_CURRENCY = 'public const CURRENCY = "EUR";\n'
_DEPRECATED = """\
# # Deprecated
@deprecated
public function createOrder() = external;"""


def _declaring(before: str, after: str) -> Files:
    """Return the example of a package that declares a function in another of two exported files."""
    return Files("refund", _with_refund(before), _with_refund(after))


def _with_refund(file: str) -> Mapping[str, str]:
    declared = {_PAYMENT: _PAY, _BILLING: _CURRENCY}
    return {_MANIFEST: _EXPORTING_BOTH, **declared, file: declared[file] + _REFUND}


def _exporting(before: str, after: str) -> Files:
    """Return the example of a package that exports another module beside its own."""
    return Files("(module)", _with_module(before), _with_module(after))


def _with_module(name: str) -> Mapping[str, str]:
    if not name:
        return {_MANIFEST: f'{_PACKAGE}export = ["shop"]\n'}
    return {
        _MANIFEST: f'{_PACKAGE}export = ["shop", "shop.{name}"]\n',
        f"modules/{name}/{name}.bal": _PAY,
    }


def _starting(before: str, after: str) -> Files:
    """Return the example of a module that does something else when it starts."""
    return Files("init", {CODE: before}, {CODE: after})


_SYMBOL = Element(Subject.SYMBOL, "'$symbol'", partial(Code, "createOrder"))
_DOCUMENTATION = Element(Subject.DOCUMENTATION, "documentation", partial(Code, "createOrder"))
_MODULE = Element(Subject.MODULE, "module '$name'", _exporting)


ENTRIES = (
    _SYMBOL.of("kind")
    .shown(partial(Code, "capacity"))
    .changed(
        Fact.KIND_CHANGED,
        "A name stands for another kind of thing: function, constant, class, type and so on.",
        major("Clients that use it as the old kind are refused.", Use.USE_BY_KIND),
        ("public function capacity() returns int = external;", "public final int capacity = 10;"),
        DEPRECATE_FIRST,
    ),
    _SYMBOL.shown(_declaring).entry(
        Fact.MOVED_TO_OTHER_MODULE,
        "A symbol moved to another module of the package.",
        "[$kind ]'$symbol' is moved[ from module '$old' to module '$new']",
        major("Clients that use it with the prefix of the old module find it unknown.", Use.USE_BY_KIND),
        (_PAYMENT, _BILLING),
        "Leave a public alias or a forwarding function in the old module.",
    ),
    _SYMBOL.entry(
        Fact.DEPRECATION_ADDED,
        "`@deprecated` was added.",
        "[$kind ]'$symbol' is deprecated",
        minor("Nobody breaks: clients get a warning."),
        ("public function createOrder() = external;", _DEPRECATED),
    ),
    _SYMBOL.entry(
        Fact.DEPRECATION_REMOVED,
        "`@deprecated` was removed.",
        "[$kind ]'$symbol' is no longer deprecated",
        patch("Nobody breaks: clients get one warning less."),
        (_DEPRECATED, "public function createOrder() = external;"),
    ),
    _DOCUMENTATION.entry(
        Fact.CHANGED,
        "Documentation changed.",
        "documentation of[ $kind] '$symbol' is modified",
        patch("Nobody breaks: documentation is not code."),
        (
            """\
# Makes an order.
public function createOrder() = external;""",
            """\
# Makes a new order.
public function createOrder() = external;""",
        ),
    ),
    _MODULE.added(
        Fact.ADDED,
        "A module was added to the exported modules.",
        minor("Nobody breaks: no client imports it yet."),
        ("", "payment"),
    ),
    _MODULE.removed(
        Fact.REMOVED,
        "A module was removed or is no longer exported.",
        major("Clients that import the module find none.", Use.IMPORT),
        ("payment", ""),
    ),
    _MODULE.renamed(
        Fact.RENAMED,
        "An exported module was renamed.",
        major("Clients that import the module by its old name find none.", Use.IMPORT),
        ("payment", "billing"),
    ),
    _MODULE.shown(_starting).entry(
        Fact.INIT_CHANGED,
        "The init function of a module was added, removed or changed.",
        "'init' function of module '$name' is $verb",
        patch("Nobody breaks: what a module does when it starts is behaviour."),
        (
            "int started = 0;\n",
            """\
int started = 0;

function init() {
    started = 1;
}
""",
        ),
    ),
)
