"""Function bodies: which changes are changes of layout."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from semverdiff.syntax import same_body
from semverdiff.syntax.tree import parse, tokens

SAME_BODIES = {
    "layout": ("{ return  1; }", "{\r\n\treturn 1;\r\n}", True),
    "comments": ("{ return 1; // one\n}", "{ return 1; }", True),
    "documentation": ("{ var a = object {\n# B\nint b; }; }", "{ var a = object { int b; }; }", True),
    "quotes of a name": ("{ return 'one; }", "{ return one; }", True),
    "escapes of a name": ("{ return on\\u{65}; }", "{ return one; }", True),
    "value": ("{ return 1; }", "{ return 2; }", False),
    "blanks in a string": ('{ return "a b"; }', '{ return "a  b"; }', False),
    "a comment in a string": ('{ return "// a"; }', '{ return "// b"; }', False),
    "words run together": ("{ return a; }", "{ returna; }", False),
    "template": ("{ return string `a ${b} c`; }", "{ return string `a ${b} d`; }", False),
    "expression": ("=> a + b;", "=> a+b;", True),
    "block and expression": ("=> 1;", "{ return 1; }", False),
    "ends of lines": ("{\n  return 1;  \n\n}", "{\nreturn 1;\n}\n", True),
    "ends of lines in a template": ("{ return `a\n  b`; }", "{ return `a\nb`; }", False),
    "a line that ends elsewhere": ("{ f(); // a\ng(); }", "{ f(); // a g();\n}", False),
    "characters": ("{ return a + b; }", "{ return a - b; }", False),
    "a word that is new": ("{ return `a`; // b\n}", "{ return `c`; // b\n}", False),
    "a word that is no more": ("{ return `a`;\nb(); }", "{ return `a`;\n}", False),
    "a word that is new in a comment": ("{ return `a`; }", "{ return `a`; // b\n}", True),
    "a word that is new in documentation": (
        "{ var a = object { int b; }; f(`a`); }",
        "{ var a = object {\n# new\nint b; }; f(`a`); }",
        True,
    ),
    "a word that was spelt with an escape": ("{ return on\\u{65}; }", "{ return one;\n}", True),
    "a word that is spelt with an escape": ("{ return one; }", "{ return on\\u{65};\n}", True),
    "a word right behind a number": ("{ if 1is int {} f('a); }", "{ if 1 is int {}\nf(a); }", True),
    "a number with letters": ("{ f(0x1F, 'a); }", "{ f(0x1F, a); }", True),
    "external": ('= @j:M {name: "a"} external;', '= @j:M {name: "b"} external;', False),
}


@pytest.mark.parametrize(("old", "new", "same"), SAME_BODIES.values(), ids=SAME_BODIES)
def test_bodies_are_compared_by_their_words(old: str, new: str, same: bool) -> None:  # noqa: FBT001 (a case)
    assert same_body(old.encode(), new.encode()) is same


def test_blanks_in_the_text_of_a_template_count() -> None:
    assert not same_body(b"{ return string `a  b`; }", b"{ return string `a b`; }")


# Pieces of bodies, many of which mean something else in a string, a template or a comment.
_PIECES = st.sampled_from(
    (
        *(
            " ",
            "\n",
            "\t",
            "\r\n",
            "\f",
            "f();",
            "f( 1 );",
            "'f();",
            "\\u{66}();",
            "if 1 is int {}",
            "if 1is int {}",
        ),
        *(
            "f(0x1f);",
            "// f();\n",
            "// a ",
            "# a\n",
            '"',
            'f("a b");',
            'f("// a");',
            "`",
            "f(`a  b`);",
            "f(re `[a]`);",
        ),
        *(
            "f(`${",
            "}`);",
            "{",
            "}",
            "return a;",
            "return a\n ;",
            "@m ",
            "var o = object {\n# a\nint f; };",
            "a",
            "1",
            "+",
        ),
    )
)
_BODIES = st.lists(_PIECES, max_size=6).map("".join)


@given(_BODIES, _BODIES, _BODIES, _BODIES)
def test_what_is_told_by_the_text_is_what_the_tokens_tell(
    before: str, removed: str, added: str, after: str
) -> None:
    bodies = [f"{{ {before}{changed}{after} }}".encode() for changed in (removed, added)]
    old, new = (parse(b"function f() " + body) for body in bodies)
    # What is broken has no tokens for certain.
    assume(not old.has_error and not new.has_error)
    assert same_body(*bodies) is (tokens(old) == tokens(new))
