"""Symbols whatever their kind, and modules (compatibility contract, 2.11)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.examples import CODE, Code, Files
from semverdiff.rules.levels import always, major, minor, patch
from semverdiff.rules.remediation import DEPRECATE_FIRST, KEEP_OLD_NAME
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]

_MANIFEST = "Ballerina.toml"
_PAYMENT = "modules/payment/payment.bal"
_BILLING = "modules/billing/billing.bal"

_PACKAGE = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n'
_PACKAGE_WITH_LIST = f'{_PACKAGE}export = ["shop"]\n'
_EXPORTING = f'{_PACKAGE}export = ["shop", "shop.payment"]\n'
_EXPORTING_BILLING = f'{_PACKAGE}export = ["shop", "shop.billing"]\n'
_EXPORTING_BOTH = f'{_PACKAGE}export = ["shop", "shop.billing", "shop.payment"]\n'
_PAY = "public function pay(int amount) = external;\n"
_REFUND = "public function refund(int amount) = external;\n"
_CURRENCY = 'public const CURRENCY = "EUR";\n'
_DEPRECATED = """\
# # Deprecated
@deprecated
public function createOrder() = external;"""


ENTRIES = (
    Entry(
        fact=Fact.KIND_CHANGED,
        title="A name stands for another kind of thing: function, constant, class, type and so on.",
        message="kind of '$symbol' is changed[ from '$old' to '$new']",
        levels=always(Subject.SYMBOL, major("Clients that use it as the old kind are refused.")),
        remediation=DEPRECATE_FIRST,
        example=Code(
            "capacity",
            "public function capacity() returns int = external;",
            "public final int capacity = 10;",
        ),
    ),
    Entry(
        fact=Fact.MOVED_TO_OTHER_MODULE,
        title="A symbol moved to another module of the package.",
        message="[$kind ]'$symbol' is moved[ from module '$old' to module '$new']",
        levels=always(
            Subject.SYMBOL, major("Clients that use it with the prefix of the old module find it unknown.")
        ),
        remediation="Leave a public alias or a forwarding function in the old module.",
        example=Files(
            "refund",
            {
                _MANIFEST: _EXPORTING_BOTH,
                _PAYMENT: _PAY + _REFUND,
                _BILLING: _CURRENCY,
            },
            {
                _MANIFEST: _EXPORTING_BOTH,
                _PAYMENT: _PAY,
                _BILLING: _CURRENCY + _REFUND,
            },
        ),
    ),
    Entry(
        fact=Fact.DEPRECATION_ADDED,
        title="`@deprecated` was added.",
        message="[$kind ]'$symbol' is deprecated",
        levels=always(Subject.SYMBOL, minor("Nobody breaks: clients get a warning.")),
        example=Code(
            "createOrder",
            before="public function createOrder() = external;",
            after=_DEPRECATED,
        ),
    ),
    Entry(
        fact=Fact.DEPRECATION_REMOVED,
        title="`@deprecated` was removed.",
        message="[$kind ]'$symbol' is no longer deprecated",
        levels=always(Subject.SYMBOL, patch("Nobody breaks: clients get one warning less.")),
        example=Code(
            "createOrder",
            before=_DEPRECATED,
            after="public function createOrder() = external;",
        ),
    ),
    Entry(
        fact=Fact.CHANGED,
        title="Documentation changed.",
        message="documentation of[ $kind] '$symbol' is modified",
        levels=always(Subject.DOCUMENTATION, patch("Nobody breaks: documentation is not code.")),
        example=Code(
            "createOrder",
            before="""\
# Makes an order.
public function createOrder() = external;""",
            after="""\
# Makes a new order.
public function createOrder() = external;""",
        ),
    ),
    Entry(
        fact=Fact.ADDED,
        title="A module was added to the exported modules.",
        message="module '$name' is added",
        levels=always(Subject.MODULE, minor("Nobody breaks: no client imports it yet.")),
        example=Files("(module)", {_MANIFEST: _PACKAGE_WITH_LIST}, {_MANIFEST: _EXPORTING, _PAYMENT: _PAY}),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="A module was removed or is no longer exported.",
        message="module '$name' is removed",
        levels=always(Subject.MODULE, major("Clients that import the module find none.")),
        remediation=DEPRECATE_FIRST,
        example=Files("(module)", {_MANIFEST: _EXPORTING, _PAYMENT: _PAY}, {_MANIFEST: _PACKAGE_WITH_LIST}),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="An exported module was renamed.",
        message="module '$name' is renamed[ to '$new']",
        levels=always(Subject.MODULE, major("Clients that import the module by its old name find none.")),
        remediation=KEEP_OLD_NAME,
        example=Files(
            "(module)",
            {_MANIFEST: _EXPORTING, _PAYMENT: _PAY},
            {_MANIFEST: _EXPORTING_BILLING, _BILLING: _PAY},
        ),
    ),
    Entry(
        fact=Fact.INIT_CHANGED,
        title="The init function of a module was added, removed or changed.",
        message="'init' function of module '$name' is $verb",
        levels=always(
            Subject.MODULE, patch("Nobody breaks: what a module does when it starts is behaviour.")
        ),
        example=Files(
            "init",
            {CODE: "int started = 0;\n"},
            {
                CODE: """\
int started = 0;

function init() {
    started = 1;
}
"""
            },
        ),
    ),
)
