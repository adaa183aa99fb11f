"""A token that is left out is an error: the grammar does not accept just anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from semverdiff.syntax.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

# Without one of the tokens in guillemets this is a program still, to the official parser as well (except
# for names of parameters, which the grammar takes for those of a function type). Every other has to be there.
MARKED = """
import acme/shop as s;

«public» type Order record {|
    «readonly» «int» id;
    string note«?»;
    s:Item[] items = [];
|};

«isolated» «client» class Store {
    «private» «final» map<Order> orders = {};

    «remote» function find(«int» «id», string«...» «names») returns Order|error«?» {
        if self.orders.hasKey(«id») && names.length() > 0 {
            «return» «check» self.load(id, strict = true);
        }
        foreach Order item in self.orders {
            _ = from var {id: x} in items where x < 5 select «x» + 1;
        }
        match id {
            1|2 => {
                panic «error»("few");
            }
        }
        return;
    }
}

«public» «const» «int» MOST = 10 * («2» + 3);
enum Color { RED, GREEN = "g" }
service «/»«shop» on «new» «Gate»(«8080») {
    resource function get orders/[«int» «id»]() returns Order => «find»(«id»);
}
"""


def _tokens(node: Node) -> Iterator[Node]:
    if node.child_count == 0:
        yield node
    for child in node.children:
        yield from _tokens(child)


def _unmarked() -> tuple[str, frozenset[int]]:
    """Return the sample without marks, and where the marked tokens start."""
    text, starts = "", set()
    for piece in MARKED.split("«"):
        if text or "»" in piece:
            starts.add(len(text))
        text += piece.replace("»", "")
    return text, frozenset(starts)


SAMPLE, OPTIONAL = _unmarked()
TOKENS = [(token.start_byte, token.end_byte) for token in _tokens(parse(SAMPLE.encode()))]


def test_the_sample_is_a_program() -> None:
    assert not parse(SAMPLE.encode()).has_error
    assert {start for start, _ in TOKENS} >= OPTIONAL


@pytest.mark.parametrize(
    ("start", "end"), TOKENS, ids=[f"{start}:{SAMPLE[start:end]}" for start, end in TOKENS]
)
def test_a_token_left_out_is_an_error_unless_it_is_optional(start: int, end: int) -> None:
    without = f"{SAMPLE[:start]} {SAMPLE[end:]}"
    assert parse(without.encode()).has_error is (start not in OPTIONAL)
