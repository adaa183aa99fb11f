"""Templates into client code: what the placeholders stand for, and how they are filled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff.compare import Change
from semverdiff.rules.messages import PLACEHOLDER
from semverdiff.rules.subjects import SUBJECTS
from semverdiff.syntax.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.compare import Difference

__all__ = ["client_code", "words"]

_STRING_OR_TYPE_NAME = re.compile(r"\"(?:[^\"\\]|\\.)*\"|(?<![\w:'])[A-Z]\w*(?!\w*:)")

_IDENTIFIERS = frozenset({"declaring", "member", "name", "prefix"})
_VERBS = {Change.ADDED: "added", Change.REMOVED: "removed", Change.MODIFIED: "modified"}


def words(difference: Difference) -> dict[str, str]:
    """Return what every placeholder stands for, as far as the difference tells."""
    known = {key: text for key, text in difference.details if text}
    prefix = difference.module.rpartition(".")[2] or "m"
    head, parameter = _split_parameter(difference.symbol.removeprefix("@"))
    declaring, member = _split_member(head)
    name = _name(difference, parameter or member or head)
    if name:
        known.setdefault("name", name)
    call = _call(_called_as(difference.subject, known), spelled(prefix), declaring, member)
    leading = f"{known['arguments']}, " if "arguments" in known else ""
    derived = {
        "thing": SUBJECTS[difference.subject].noun,
        "symbol": difference.symbol,
        "prefix": prefix,
        "owner": head if parameter or not member else declaring,
        "declaring": declaring,
        "member": member or declaring,
        "call": call,
        "use": "var c = " if call.startswith("new ") else "",
        "arguments": "",
        "leading": leading,
        "record_passed": f"{leading}options",
        "taking": f"{spelled(prefix)}:{spelled(declaring)} c" if call.startswith(("c.", "c->")) else "",
        "optional": "",
        "verb": _VERBS[difference.change],
        "passed": known.get("arguments", known.get("name", "")),
        "implementing": "class" if difference.subject in {"method", "class", "object"} else "client class",
    }
    declared_type = _declared_type(difference, name)
    if declared_type:
        derived["declared_type"] = _qualified(declared_type, spelled(prefix))
    for form in ("old", "new"):
        if form in known:
            derived[f"{form}_type"] = _qualified(known[form], spelled(prefix))
            # `T?` of an optional field is not asked for twice.
            once = derived[f"{form}_type"].removesuffix(known.get("optional", ""))
            derived[f"{form}_operand"] = _operand(once)
            derived[f"{form}_list"] = f"{derived[f'{form}_operand']}[]"
            derived[f"{form}_optional"] = derived[f"{form}_operand"] + "?"
            derived[f"{form}_read"] = derived[f"{form}_{'optional' if known.get('optional') else 'type'}"]
    return derived | known


def client_code(template: str, known: Mapping[str, str]) -> str | None:
    """Fill client code; `None` if a name that it needs is unknown."""
    if not all(key in known for key in PLACEHOLDER.findall(template)):
        return None
    return PLACEHOLDER.sub(lambda key: _written(key[1], known[key[1]]), template)


def _written(key: str, text: str) -> str:
    """Write what a placeholder stands for as code: names with a quote where they need one."""
    return spelled(text) if key in _IDENTIFIERS else text


def _name(difference: Difference, last_part: str) -> str:
    """Return the name of the changed thing; empty for the package, whose facts name what they are about."""
    match difference.symbol:
        case "(package)":
            return ""
        case "(module)":
            return difference.module
    return (difference.trail[-1].name if difference.trail else "") or last_part


def _declared_type(difference: Difference, field: str) -> str:
    """Return the type of a field that the old version declares as `int code`, else nothing."""
    text = difference.old.text if difference.old is not None else ""
    found = re.fullmatch(rf"(?:readonly )?(.+) '?{re.escape(field)}(?: = .+)?", text, re.DOTALL)
    return found[1] if found is not None else ""


def _split_parameter(symbol: str) -> tuple[str, str]:
    """Split `Client.get(id)` into declaration and parameter; the latter is empty if there is none."""
    head, bracket, parameter = symbol.rpartition("(")
    return (head, parameter.removesuffix(")")) if bracket and head else (symbol, "")


def _split_member(head: str) -> tuple[str, str]:
    """Split `Client.get` or `Client[get users/{}]` into the declaration and its member, if it has one."""
    declaring, bracket, resource = head.partition("[")
    if bracket:
        return declaring, resource.removesuffix("]")
    declaring, dot, member = head.partition(".")
    return (declaring, member) if dot and declaring else (head, "")


def _called_as(subject: str, known: Mapping[str, str]) -> str:
    """Return the subject whose calls the old version has: a method may have been a remote one."""
    return "remote-method" if known.get("old") == "remote method" else subject


def _call(subject: str, prefix: str, declaring: str, member: str) -> str:
    """Return what stands before the argument list where a client calls a function or method."""
    if subject == "init" or member == "init":
        return f"new {prefix}:{spelled(declaring)}"
    if not member:
        return f"{prefix}:{spelled(declaring)}"
    accessor, blank, path = member.partition(" ")
    if blank:
        steps = path.replace("{...}", "[...ids]").replace("{}", "[id]").removeprefix(".")
        return f"c->/{steps}.{accessor}"
    return f"c->{spelled(member)}" if subject == "remote-method" else f"c.{spelled(member)}"


def _operand(type_descriptor: str) -> str:
    """Write a type descriptor so that `?`, `[]` or `...` after it means all of it."""
    simple = re.fullmatch(r"[\w:'.]+(?:<[^<>]*>)?(\[\])*", type_descriptor) is not None
    return type_descriptor if simple else f"({type_descriptor})"


def _qualified(type_descriptor: str, prefix: str) -> str:
    """Write a type descriptor as a client does: names with a capital are taken for types of the module."""
    return _STRING_OR_TYPE_NAME.sub(
        lambda found: found[0] if found[0].startswith('"') else f"{prefix}:{found[0]}", type_descriptor
    )
