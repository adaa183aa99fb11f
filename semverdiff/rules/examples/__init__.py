"""What is the smallest change that a rule is about? Before and after in code, put together from tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from semverdiff.rules.examples import members, signatures
from semverdiff.rules.examples.declarations import DECLARATIONS, RECORD_MEMBERS

if TYPE_CHECKING:
    from semverdiff.rules.entries import Rule

__all__ = ["Example", "example"]

_MARK = re.compile(r"«(.*?)»", re.DOTALL)
_PATH_PARAMETER = re.compile(r"\[.*?\]")
_NAMED = re.compile(r"«?(quantity|options)»?")
_MEMBER = re.compile(r"function (?:get )?«?(\w+)»?\(|(\w+)»?(?: = .*)?;|\*«?(\w+)»?;")


class Example(msgspec.Struct, frozen=True):
    """Two versions of a declaration, and what a difference between them tells.

    `name` is the thing that changed where the symbol does not end with it.
    """

    before: str
    after: str
    symbol: str
    old: str | None = None
    new: str | None = None
    name: str | None = None


def example(rule: Rule) -> Example | None:
    """Give the example of a rule; what is decided outside of one file of code has none."""
    fact = rule.id.removeprefix(f"{rule.subject}-")
    if rule.id in DECLARATIONS:
        return _marked(*DECLARATIONS[rule.id])
    match rule.subject:
        case "function" | "method" | "remote-method" | "resource" | "init" | "callback":
            return _of_function(rule.subject, fact)
        case "class" | "object":
            return _of_object(rule.subject, fact)
        case "record-field" if fact in RECORD_MEMBERS:
            return _of_field(fact, "Order.code", "public type Order record {{|\n    int id;{}\n|}};")
        case "error" if fact.removeprefix("detail-field-") in RECORD_MEMBERS:
            of_error = "public type OrderError error<record {{|\n    int id;{}\n|}}>;"
            return _of_field(fact.removeprefix("detail-field-"), "OrderError", of_error)
    return None


def _marked(symbol: str, before: str, after: str, name: str | None = None) -> Example:
    """Take the marks out of both texts: they are the old and the new form."""
    old, new = _MARK.search(before), _MARK.search(after)
    return Example(
        _MARK.sub(r"\1", before),
        _MARK.sub(r"\1", after),
        symbol,
        old[1] if old is not None else None,
        new[1] if new is not None else None,
        name,
    )


# Of each kind of function: the symbol, and the declaration around qualifiers and signature.
_FUNCTIONS = {
    "function": ("createOrder", "public {}function createOrder{} = external;"),
    "method": ("Cart.add", "public class Cart {{\n    public {}function add{} = external;\n}}"),
    "remote-method": (
        "Client.send",
        "public client class Client {{\n    {}remote function send{} = external;\n}}",
    ),
    "resource": (
        "Client[get orders]",
        "public client class Client {{\n    {}resource function get orders{} = external;\n}}",
    ),
    "init": ("Client.init", "public class Client {{\n    public {}function init{} = external;\n}}"),
    "callback": ("forEach(visit)", "public function forEach({}function {} visit) = external;"),
}
_PATH = "public client class Client {{\n    resource function get {}() = external;\n}}"


def _of_function(subject: str, fact: str) -> Example | None:
    symbol, text = _FUNCTIONS[subject]
    if fact in signatures.PATHS:
        before, after = signatures.PATHS[fact]
        name = "latest" if fact == "path-segment-generalised" else "id"
        return _marked(_path_symbol(before), _PATH.format(before), _PATH.format(after), name)
    if fact in signatures.QUALIFIERS:
        before, after = signatures.QUALIFIERS[fact]
        return _marked(symbol, text.format(before, "()"), text.format(after, "()"))
    if fact == "body-changed":
        declared = text.format("", "() returns int")
        before, after = (declared.replace("= external;", f"{{ return {one}; }}") for one in (1, 2))
        return _marked(symbol, before, after)
    own = {"init": signatures.INIT_SIGNATURES, "callback": signatures.CALLBACK_SIGNATURES}.get(subject, {})
    found = own.get(fact) or signatures.SIGNATURES.get(fact)
    if found is None:
        return None
    before, after = found
    if fact.startswith("parameter-") and subject != "callback":
        named = _NAMED.search(before) or _NAMED.search(after)
        symbol = f"{symbol}({named[1]})" if named is not None else symbol
    return _marked(symbol, text.format("", before), text.format("", after))


def _path_symbol(path: str) -> str:
    """Write a path as reports do: `{}` for a parameter, `{...}` for the rest, no types."""
    written = _PATH_PARAMETER.sub(lambda found: "{...}" if "..." in found[0] else "{}", path)
    unmarked = _MARK.sub(r"\1", written)
    return f"Client[get {unmarked}]"


def _of_object(subject: str, fact: str) -> Example | None:
    if fact in members.QUALIFIERS:
        before, after = members.QUALIFIERS[fact]
        return _marked("Cart", _object(subject, before, ""), _object(subject, after, ""))
    if fact not in members.MEMBERS:
        return None
    before, after = members.MEMBERS[fact]
    met = "client " if any(word in before + after for word in ("remote ", "resource ")) else ""
    named = _MEMBER.search(before) or _MEMBER.search(after)
    member = next((part for part in named.groups() if part), "") if named is not None else ""
    if "resource " in before + after:
        symbol = f"Cart[get {member}]"
    else:
        symbol = "Cart" if fact in _OF_THE_WHOLE else f"Cart.{member}"
    return _marked(symbol, _object(subject, met, before), _object(subject, met, after))


_OF_THE_WHOLE = {"inclusion-respelled", "opened", "sealed", "type-id-added", "type-id-removed"}


def _object(subject: str, qualifiers: str, member: str) -> str:
    if subject == "object":
        return f"public type Cart {qualifiers}object {{{_indented(member)}\n}};"
    body = f"{member.removesuffix(';')} = external;" if "function " in member else member
    return f"public {qualifiers}class Cart {{{_indented(body)}\n}}"


def _of_field(fact: str, symbol: str, text: str) -> Example:
    before, after = RECORD_MEMBERS[fact]
    return _marked(symbol, text.format(_indented(before)), text.format(_indented(after)), "code")


def _indented(member: str) -> str:
    return f"\n    {member}" if member else ""
