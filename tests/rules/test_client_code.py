"""Messages and client code carry the real names of what changed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from semverdiff.compare import Change, Difference, Fact, Step, Subject
from semverdiff.compare.details import Texts
from semverdiff.rules import rule
from semverdiff.rules.client_code import client_code, words
from semverdiff.rules.messages import sentence


def told(subject: str, symbol: str, **details: str) -> Difference:
    return Difference(
        Subject(subject),
        Fact.REMOVED,
        symbol,
        "shop.orders",
        (),
        Change.REMOVED,
        detail=Texts(tuple(details.items())),
    )


@pytest.mark.parametrize(
    ("subject", "symbol", "call"),
    [
        ("function", "createOrder", "orders:createOrder"),
        ("function", "createOrder(quantity)", "orders:createOrder"),
        ("callback", "each(action)", "orders:each"),
        ("callback", "Client.each(action)", "c.each"),
        ("method", "Client.get(id)", "c.get"),
        ("remote-method", "Client.get(id)", "c->get"),
        ("init", "Client.init(config)", "new orders:Client"),
        ("resource", "Client[get users/{}](verbose)", "c->/users/[id].get"),
        ("resource", "Client[post files/{...}]", "c->/files/[...ids].post"),
        ("resource", "Client[get .]", "c->/.get"),
    ],
)
def test_a_call_is_written_as_clients_write_it(subject: str, symbol: str, call: str) -> None:
    assert words(told(subject, symbol))["call"] == call


@pytest.mark.parametrize(
    ("written", "by_clients"),
    [
        ("int", "int"),
        ("Order", "orders:Order"),
        ("map<Order[]>|Item?", "map<orders:Order[]>|orders:Item?"),
        ("http:Client", "http:Client"),
        ('"RED"|"Dark Blue"|Color', '"RED"|"Dark Blue"|orders:Color'),
        ("myOrder", "myOrder"),
    ],
)
def test_client_code_reads_types_through_the_prefix(written: str, by_clients: str) -> None:
    assert words(told("variable", "v", old=written))["old_type"] == by_clients


def test_the_trail_names_what_changed_before_the_symbol_does() -> None:
    nested = replace(told("record-field", "Order.address.city"), trail=(Step("field", "city"),))
    assert words(nested)["name"] == "city"


MESSAGES = [
    ("function-parameter-required-added", "f(quantity)", {}, "required parameter 'quantity' is added"),
    (
        "function-parameter-type-changed",
        "f(page)",
        {"old": "int", "new": "string"},
        "type of parameter 'page' is changed from 'int' to 'string'",
    ),
    ("function-parameter-type-changed", "f(page)", {}, "type of parameter 'page' is changed"),
    ("function-parameter-type-changed", "f(page)", {"old": "int"}, "type of parameter 'page' is changed"),
    ("function-parameter-removed", "f(x)", {"kind": "rest"}, "rest parameter 'x' is removed"),
    ("method-isolated-removed", "C.f", {}, "'isolated' qualifier is removed"),
    ("enum-member-added", "Color.RED", {}, "enum member 'RED' is added"),
    ("record-field-type-changed", "Order.id", {"name": "code"}, "type of field 'code' is changed"),
    ("class-resource-added", "C[get users/{}]", {}, "resource function 'get users/{}' is added"),
    ("function-visibility-reduced", "f", {}, "'public' qualifier is removed from function 'f'"),
    ("module-removed", "(module)", {}, "module 'shop.orders' is removed"),
    ("package-dependency-added", "(package)", {"name": "org/log"}, "dependency 'org/log' is added"),
    ("package-dependency-added", "(package)", {}, "dependency is added"),
    ("remote-method-body-changed", "C.f", {}, "remote function body is modified"),
    ("annotation-removed", "@Route", {}, "annotation 'Route' is removed"),
    (
        "constant-value-changed",
        "MAX",
        {"old": '"$name [x]"', "new": "1"},
        """value of constant 'MAX' is changed \
from '"$name [x]"' to '1'""",
    ),
]


@pytest.mark.parametrize(("rule_id", "symbol", "details", "message"), MESSAGES)
def test_the_message_names_what_changed(
    rule_id: str, symbol: str, details: dict[str, str], message: str
) -> None:
    entry = rule(rule_id)
    assert entry is not None
    assert sentence(entry.entry.message, words(told(entry.subject, symbol, **details))) == message


IMPLEMENTER = """\
class Mine {
    *orders:Shape;

    public function area() returns int {
        panic error("not shown");
    }
}"""

CLIENTS = [
    ("function-parameter-required-added", "f(b)", {"arguments": "a"}, "orders:f(a);"),
    (
        "function-parameter-type-narrowed",
        "list(page)",
        {"old": "int|string"},
        "function pass(int|string page) {\n    orders:list(page);\n}",
    ),
    (
        "function-parameter-rest-type-changed",
        "log(parts)",
        {"old": "Part|string"},
        "function pass((orders:Part|string)[] parts) {\n    orders:log(...parts);\n}",
    ),
    (
        "function-parameter-rest-type-changed",
        "log(parts)",
        {"old": "Part"},
        "function pass(orders:Part[] parts) {\n    orders:log(...parts);\n}",
    ),
    ("init-parameter-renamed", "Client.init(url)", {}, "var c = new orders:Client(url = url);"),
    ("record-field-type-widened", "Order.item", {"old": "Item"}, "orders:Item x = r.item;"),
    ("method-isolated-added", "Shape.area", {"signature": "public function area() returns int"}, IMPLEMENTER),
    ("method-isolated-added", "Shape.area", {}, None),
]


@pytest.mark.parametrize(("rule_id", "symbol", "details", "client"), CLIENTS)
def test_the_client_is_written_with_real_names(
    rule_id: str, symbol: str, details: dict[str, str], client: str | None
) -> None:
    entry = rule(rule_id)
    assert entry is not None
    template = entry.rows[-1].effect.client
    assert template is not None
    assert client_code(template, words(told(entry.subject, symbol, **details))) == client
