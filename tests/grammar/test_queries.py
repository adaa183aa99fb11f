"""What editors ask of the tree: the queries of the grammar, on a sample of the language."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
import tree_sitter

from semverdiff.syntax import _ballerina
from semverdiff.syntax.tree import parse

QUERIES = Path(__file__).parents[2] / "grammars" / "ballerina" / "queries"
SAMPLE = rb"""
import acme/shop.orders as o;

# The most orders at once.
public const int MOST = 10;

# A customer.
public type Customer record {|
    string name;
|};

enum Color { RED }

client class Store {
    private final o:Store inner = new;

    remote function find(@o:Id string id, int... more) returns Customer|error {
        var {name, age: years} = check self.inner->find(id);
        foreach int i in 0 ..< MOST {
            log(string `${name} is ${years + i}`);
        }
        return from var c in more where c > 1 select {name: c};
    }
}
"""
CAPTURED = {
    ("highlights", "module"): {"acme", "shop", "orders", "o"},
    ("highlights", "type.definition"): {"Customer", "Color", "Store"},
    ("highlights", "type.builtin"): {"int", "string", "error"},
    ("highlights", "function.method"): {"find"},
    ("highlights", "function.call"): {"log"},
    ("highlights", "variable.builtin"): {"self"},
    ("highlights", "variable.parameter"): {"id", "more"},
    ("highlights", "keyword.query"): {"from", "where", "select"},
    ("highlights", "comment.documentation"): {"# The most orders at once.", "# A customer."},
    ("tags", "definition.class"): {"Store"},
    ("tags", "definition.type"): {"Customer"},
    ("tags", "definition.constant"): {"MOST", "RED"},
    ("tags", "definition.method"): {"find"},
    ("tags", "reference.call"): {"log", "find"},
    ("tags", "reference.type"): {"Customer", "Store"},
    ("locals", "local.definition"): {
        *("MOST", "Customer", "Store", "id", "more", "name", "years", "i", "c"),
    },
}


def captured(query: str, capture: str) -> set[str]:
    """Return the texts of a capture; those of a tag are the names in it."""
    text = (QUERIES / f"{query}.scm").read_text("utf-8")
    cursor = tree_sitter.QueryCursor(tree_sitter.Query(tree_sitter.Language(_ballerina.language()), text))
    found: set[str] = set()
    for _, captures in cursor.matches(parse(SAMPLE)):
        if capture in captures:
            nodes = captures["name"] if query == "tags" else captures[capture]
            found |= {(node.text or b"").decode() for node in nodes}
    return found


def test_the_program_highlights_by_the_query_of_the_grammar() -> None:
    used = files("semverdiff.syntax") / "highlights.scm"
    assert isinstance(used, Path)
    assert not used.is_symlink()  # no file in a checkout on Windows
    assert used.read_bytes() == (QUERIES / "highlights.scm").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(("place", "texts"), CAPTURED.items(), ids=[".".join(place) for place in CAPTURED])
def test_query_captures(place: tuple[str, str], texts: set[str]) -> None:
    assert captured(*place) == texts
