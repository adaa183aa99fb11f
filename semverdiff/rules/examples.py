"""Examples of rules: the forms in which entries state the smallest change that they are about.

A change of a signature, a qualifier, a member or a field is stated once, and written for each subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.compare.facts import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CODE",
    "COLOR",
    "LOGIN_ERROR",
    "OPTIONS",
    "ORDER",
    "TIMEOUT_ERROR",
    "Code",
    "Example",
    "Field",
    "Files",
    "Member",
    "Qualifier",
    "Signature",
    "Versions",
    "versions_of",
]

CODE = "lib.bal"
"""The file of an example that is nothing but code."""

# Declarations of the examples of several subjects.
ORDER = """\
public type Order record {|
    int id;
|};"""
COLOR = """\
public enum Color {
    RED, BLUE
}"""
OPTIONS = "public type Options record {| int page = 1; int size = 10; |};"
TIMEOUT_ERROR = "public type TimeoutError distinct error;"
LOGIN_ERROR = "public type LoginError distinct error;"


class Versions(msgspec.Struct, frozen=True):
    """Two versions of a package, as little of it as a rule is about, and the symbol that changes.

    Texts by the path of the file. `around` is code of both versions, which the example only mentions.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    symbol: str
    around: str


class Code(msgspec.Struct, frozen=True):
    """One file of code before and after, empty where nothing is declared."""

    symbol: str
    before: str
    after: str
    around: tuple[str, ...] = ()


class Files(msgspec.Struct, frozen=True):
    """Several files before and after, by their paths in the package."""

    symbol: str
    before: Mapping[str, str]
    after: Mapping[str, str]


class Signature(msgspec.Struct, frozen=True):
    """Parameters and result of a function, method, init, resource method or callback.

    `parameter` is the one that changes, by its old name, or empty where the fact is about all or none.
    """

    before: str
    after: str
    parameter: str = ""
    around: tuple[str, ...] = ()
    bodies: tuple[str, str] = ("= external;", "= external;")


class Qualifier(msgspec.Struct, frozen=True):
    """A qualifier of a function, class or object type, with the blank behind it."""

    before: str
    after: str


class Member(msgspec.Struct, frozen=True):
    """A member of a class or an object type; `qualifier` is that of the type.

    A method stands without its end, which is another one in a class than in an object type, or with its body.
    """

    symbol: str
    before: str
    after: str
    around: tuple[str, ...] = ()
    qualifier: str = ""


class Field(msgspec.Struct, frozen=True):
    """A field of a record, or of the detail record of an error."""

    before: str
    after: str


# SPEC, Object types: a field of a class without a value is an error where no init gives it one.
_INITIAL_TEXT = '""'

Example = Code | Files | Signature | Qualifier | Member | Field

# Of each kind of function: the symbol, and the declaration around qualifiers, signature and body.
_FUNCTIONS = {
    Subject.FUNCTION: ("createOrder", "public {}function createOrder{} {}"),
    Subject.METHOD: ("Cart.add", "public class Cart {{\n    public {}function add{} {}\n}}"),
    Subject.REMOTE_METHOD: (
        "Client.send",
        "public client class Client {{\n    {}remote function send{} {}\n}}",
    ),
    Subject.RESOURCE: (
        "Client[get orders]",
        "public client class Client {{\n    {}resource function get orders{} {}\n}}",
    ),
    Subject.INIT: ("Client.init", "public class Client {{\n    public {}function init{} {}\n}}"),
    Subject.CALLBACK: ("forEach(visit)", "public function forEach({}function {} visit) {}"),
}
_FIELDS = {
    Subject.RECORD_FIELD: ("Order.code", "public type Order record {{|\n    int id;{}\n|}};"),
    Subject.ERROR: ("OrderError", "public type OrderError error<record {{|\n    int id;{}\n|}}>;"),
}


def versions_of(example: Example, subject: Subject) -> Versions:
    """Return an example, written for a subject."""
    match example:
        case Code(symbol, before, after, around):
            return _of_code(symbol, before, after, around)
        case Files(symbol, before, after):
            return Versions(before, after, symbol, "")
        case Signature():
            return _of_signature(example, subject)
        case Qualifier(before, after) if subject in _FUNCTIONS:
            symbol, text = _FUNCTIONS[subject]
            old, new = (text.format(one, "()", "= external;") for one in (before, after))
            return _of_code(symbol, old, new)
        case Qualifier(before, after):
            return _of_code("Cart", _object(subject, before, ""), _object(subject, after, ""))
        case Member(symbol, before, after, around, qualifier):
            old, new = (_object(subject, qualifier, _ended(one, subject)) for one in (before, after))
            return _of_code(symbol, old, new, around)
        case Field(before, after):
            symbol, text = _FIELDS[subject]
            return _of_code(symbol, text.format(_indented(before)), text.format(_indented(after)))


def _of_code(symbol: str, before: str, after: str, around: tuple[str, ...] = ()) -> Versions:
    old, new = ({CODE: text} if text else {} for text in (before, after))
    return Versions(old, new, symbol, "\n".join(around))


def _of_signature(example: Signature, subject: Subject) -> Versions:
    symbol, text = _FUNCTIONS[subject]
    if example.parameter:
        symbol = f"{symbol}({example.parameter})"
    signatures = (example.before, example.after)
    old, new = (text.format("", one, body) for one, body in zip(signatures, example.bodies, strict=True))
    return _of_code(symbol, old, new, example.around)


def _object(subject: Subject, qualifiers: str, member: str) -> str:
    if subject is Subject.OBJECT:
        return f"public type Cart {qualifiers}object {{{_indented(member)}\n}};"
    return f"public {qualifiers}class Cart {{{_indented(member)}\n}}"


def _ended(member: str, subject: Subject) -> str:
    last = member.rpartition("\n")[2]
    if subject is Subject.CLASS and last.endswith(";") and "=" not in last and "*" not in last:
        return f"{member[:-1]} = {_INITIAL_TEXT if ' string ' in last else 0};"
    if not member or member.endswith((";", "}")):
        return member
    return f"{member};" if subject is Subject.OBJECT else f"{member} = external;"


def _indented(member: str) -> str:
    return f"\n    {member}" if member else ""
