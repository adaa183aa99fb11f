"""What is the smallest change that a rule is about? Before and after, put together from tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from semverdiff.rules.examples import members, signatures
from semverdiff.rules.examples.declarations import DECLARATIONS, RECORD_MEMBERS
from semverdiff.rules.examples.packages import PACKAGES
from semverdiff.rules.examples.services import SERVICES
from semverdiff.rules.examples.surroundings import surroundings
from semverdiff.rules.examples.values import VALUES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.rules.entries import Rule

__all__ = ["CODE", "Example", "example"]

CODE = "lib.bal"
"""The file of an example that is nothing but code."""

_TEXTS = {**DECLARATIONS, **SERVICES, **VALUES}

_PATH_PARAMETER = re.compile(r"\[.*?\]")
_NAMED = re.compile(r"quantity|options")
_MEMBER = re.compile(r"function (?:get )?(\w+)\(|(\w+)(?: = .*)?;|\*(\w+);")


class Example(msgspec.Struct, frozen=True):
    """Two versions of a package, as little of it as the rule is about, and the symbol that changes.

    Texts by the path of the file. `around` is code of both versions, which the example only mentions.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    symbol: str
    around: str


def example(rule: Rule) -> Example:
    """Return the example of a rule.

    Raises:
        LookupError: the tables of this package lack one.

    """
    fact = rule.id.removeprefix(f"{rule.subject}-")
    if rule.id in PACKAGES:
        return _of_files(*PACKAGES[rule.id])
    if rule.id in _TEXTS:
        return _of_code(*_TEXTS[rule.id])
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
    raise _missing(rule.subject, fact)


def _missing(subject: str, fact: str) -> LookupError:
    return LookupError(f"no example of {subject}-{fact}: semverdiff/rules/examples/ needs one")


def _of_code(symbol: str, before: str, after: str) -> Example:
    """Return an example that is one file of code, none at all where nothing is declared."""
    old, new = ({CODE: text} if text else {} for text in (before, after))
    return _of_files(symbol, old, new)


def _of_files(symbol: str, before: Mapping[str, str], after: Mapping[str, str]) -> Example:
    return Example(before, after, symbol, surroundings(*before.values(), *after.values()))


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


def _of_function(subject: str, fact: str) -> Example:
    symbol, text = _FUNCTIONS[subject]
    if fact in signatures.PATHS:
        before, after = signatures.PATHS[fact]
        return _of_code(_path_symbol(before), _PATH.format(before), _PATH.format(after))
    if fact in signatures.QUALIFIERS:
        before, after = signatures.QUALIFIERS[fact]
        return _of_code(symbol, text.format(before, "()"), text.format(after, "()"))
    if fact == "body-changed":
        declared = text.format("", "() returns int")
        before, after = (declared.replace("= external;", f"{{ return {one}; }}") for one in (1, 2))
        return _of_code(symbol, before, after)
    own = {"init": signatures.INIT_SIGNATURES, "callback": signatures.CALLBACK_SIGNATURES}.get(subject, {})
    found = own.get(fact) or signatures.SIGNATURES.get(fact)
    if found is None:
        raise _missing(subject, fact)
    before, after = found
    if fact.startswith("parameter-") and subject != "callback":
        named = _NAMED.search(before) or _NAMED.search(after)
        symbol = f"{symbol}({named[0]})" if named is not None else symbol
    return _of_code(symbol, text.format("", before), text.format("", after))


def _path_symbol(path: str) -> str:
    """Write a path as reports do: `{}` for a parameter, `{...}` for the rest, no types."""
    written = _PATH_PARAMETER.sub(lambda found: "{...}" if "..." in found[0] else "{}", path)
    return f"Client[get {written}]"


def _of_object(subject: str, fact: str) -> Example:
    if fact in members.QUALIFIERS:
        before, after = members.QUALIFIERS[fact]
        return _of_code("Cart", _object(subject, before, ""), _object(subject, after, ""))
    if fact not in members.MEMBERS:
        raise _missing(subject, fact)
    before, after = members.MEMBERS[fact]
    met = "client " if any(word in before + after for word in ("remote ", "resource ")) else ""
    named = _MEMBER.search(before) or _MEMBER.search(after)
    member = next((part for part in named.groups() if part), "") if named is not None else ""
    if "resource " in before + after:
        symbol = f"Cart[get {member}]"
    else:
        symbol = "Cart" if fact in _OF_THE_WHOLE else f"Cart.{member}"
    return _of_code(symbol, _object(subject, met, before), _object(subject, met, after))


_OF_THE_WHOLE = {"inclusion-respelled", "opened", "sealed", "type-id-added", "type-id-removed"}


def _object(subject: str, qualifiers: str, member: str) -> str:
    if subject == "object":
        return f"public type Cart {qualifiers}object {{{_indented(member)}\n}};"
    body = f"{member.removesuffix(';')} = external;" if "function " in member else member
    return f"public {qualifiers}class Cart {{{_indented(body)}\n}}"


def _of_field(fact: str, symbol: str, text: str) -> Example:
    before, after = RECORD_MEMBERS[fact]
    return _of_code(symbol, text.format(_indented(before)), text.format(_indented(after)))


def _indented(member: str) -> str:
    return f"\n    {member}" if member else ""
