"""Every message, reason and piece of client code renders, however little a difference tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from semverdiff import rules
from semverdiff.compare import Change, Difference, Excerpt
from semverdiff.compare.details import Texts
from semverdiff.rules import all_rules
from semverdiff.rules.client_code import client_code, words
from semverdiff.rules.messages import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.rules import Rule

pytestmark = pytest.mark.slow

PLACEHOLDER = re.compile(r"\$([a-z_]+)")
OPTIONAL = re.compile(r"\[([^\[\]]*)\]")

FULL = {
    "name": "id",
    "owner": "Order",
    "old": "int",
    "new": "string",
    "type": "int",
    "kind": "required",
    "annotation": "http:ResourceConfig",
    "arguments": "item, quantity",
    "constructor": "[]",
    "data": "json",
    "example": "1",
    "signature": "public function area() returns int",
}

SYMBOLS = {
    "function": "createOrder(quantity)",
    "init": "Client.init(config)",
    "method": "Client.get(id)",
    "module": "(module)",
    "package": "(package)",
    "resource": "Client[get users/{}/{...}](verbose)",
}


def difference(entry: Rule, details: dict[str, str]) -> Difference:
    return Difference(
        subject=entry.subject,
        fact=entry.entry.fact,
        symbol=SYMBOLS.get(entry.subject, "Order.id"),
        module="shop.orders",
        trail=(),
        change=Change.MODIFIED,
        old=Excerpt("int id", "lib.bal", 1, 1),
        detail=Texts(tuple(sorted(details.items()))),
    )


def sentences(entry: Rule) -> Iterator[str]:
    yield entry.entry.message
    for row in entry.rows:
        yield row.effect.reason


def placeholders() -> set[str]:
    texts = (text for entry in RULES for text in (*sentences(entry), *clients(entry)))
    return {key for text in texts for key in PLACEHOLDER.findall(text)}


def clients(entry: Rule) -> Iterator[str]:
    yield from (row.effect.client for row in entry.rows if row.effect.client is not None)


def leftovers(text: str) -> list[str]:
    return re.findall(r"\$|\?|  |''|\s$|^\s|\[|\]", text)


RULES = tuple(all_rules())
BY_ID = pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.id)


@BY_ID
def test_sentences_render_with_every_detail(entry: Rule) -> None:
    known = words(difference(entry, FULL | {"constructor": "new"}))
    assert [
        text for text in sentences(entry) if leftovers(sentence(text, known).replace("get users/{}", ""))
    ] == []


@BY_ID
def test_sentences_render_without_any_detail(entry: Rule) -> None:
    known = words(difference(entry, {}))
    assert [text for text in sentences(entry) if leftovers(sentence(text, known))] == []


@BY_ID
def test_client_code_is_plausible(entry: Rule) -> None:
    known = words(difference(entry, FULL))
    for template in clients(entry):
        code = client_code(template, known)
        assert code is not None
        assert "$" not in code
        assert balanced(code), code
        assert code.endswith((";", "}")), code
        assert code == code.strip()


@BY_ID
def test_client_code_that_lacks_a_name_is_not_shown(entry: Rule) -> None:
    known = words(difference(entry, {}))
    for template in clients(entry):
        code = client_code(template, known)
        assert code is None or ("$" not in code and balanced(code))


def test_every_optional_part_depends_on_a_placeholder() -> None:
    parts = [part for entry in RULES for text in sentences(entry) for part in OPTIONAL.findall(text)]
    assert parts
    assert [part for part in parts if not PLACEHOLDER.search(part)] == []


def test_every_placeholder_is_documented() -> None:
    documented = set(re.findall(r"[a-z_]+", rules.__doc__ or ""))
    assert placeholders() - documented == set()


def test_every_detail_is_read_by_a_template() -> None:
    read_through_another = {"old": "old_type", "arguments": "passed"}
    assert [key for key in FULL if not {key, read_through_another.get(key)} & placeholders()] == []


def balanced(code: str) -> bool:
    pairs = {")": "(", "]": "[", "}": "{"}
    waiting: list[str] = []
    for character in re.sub(r'"[^"]*"|//.*', "", code):
        if character in pairs.values():
            waiting.append(character)
        elif character in pairs and (not waiting or waiting.pop() != pairs[character]):
            return False
    return not waiting
