"""The Ballerina language for tree-sitter: `tree_sitter.Language(tree_sitter_ballerina.language())`."""

from importlib.resources import files

from tree_sitter_ballerina._ballerina import language

__all__ = ["language", "query"]


def query(name: str) -> str:
    """Give a query of the grammar: `highlights`, `locals` or `tags`."""
    return files("tree_sitter_ballerina.queries").joinpath(f"{name}.scm").read_text("utf-8")
