"""What is said of basic types without the engine is what the engine says, and none is loaded for it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.sources import descriptor, surface
from support.types import DECLARED, IMPORTS, KEYWORDS, SIMPLE, law

from semverdiff.clients.basic_types import basic_within
from semverdiff.types import Operand, Subtyping, Type, no_anchor

SURFACE = surface(DECLARED)
ENGINE = Subtyping(no_anchor, SURFACE)


def type_(text: str) -> Type:
    return Type(descriptor(text, IMPORTS), SURFACE.package.name, SURFACE)


literals = st.one_of(
    st.integers().map(str),
    st.text("ab\u00e9 ", max_size=3).map(lambda text: f'"{text}"'),
    st.sampled_from(["true", "false", "0x1F", "1e3", "1f", "2.0d", '"\\u{61}"']),
)
members = st.one_of(
    st.sampled_from([*SIMPLE, *KEYWORDS, "int[]", "map<string>", "Point", "Color"]),
    literals,
    st.sampled_from(["boolean", "decimal", "float", "int", "string"]),
)
unions = st.lists(members, min_size=1, max_size=3).map(" | ".join) | members.map("({})?".format)


@law
@given(unions, unions)
def test_it_never_disagrees_with_the_engine(left: str, right: str) -> None:
    said = basic_within(type_(left), type_(right))

    assert said is None or said is ENGINE.within(Operand(type_(left)), Operand(type_(right)))


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("int", "readonly", True),
        ("int|string?", "readonly", True),
        ("decimal", "json", True),
        ('"a"|true|-1|()', "anydata", True),
        ("int", "int|float", True),
        ("1", "int?", True),
        ('"1"', "int", False),
        ("int|string", "int", False),
        ("()", "string", False),
        ("int", "string|readonly", True),
        # What is left to the engine.
        ("byte", "int", None),
        ("int", "byte", None),
        ("boolean", "true|false", None),
        ("1.5", "float", None),
        ("1000000000000000000000", "int", None),
        ("int", "never", None),
        ("int[]", "readonly", None),
        ("json", "readonly", None),
        ("int", "int[]|json", None),
        ("Color", "string", None),
        ("FIVE", "int", None),
    ],
)
def test_it_answers_what_the_forms_tell(left: str, right: str, *, said: bool | None) -> None:
    assert basic_within(type_(left), type_(right)) is said


_CLIENT = """
import sys
from support.packages import package
from semverdiff.api import Outlines, Surface
from semverdiff.clients import Writer
from semverdiff.compare import compare
from semverdiff.config import Policies
from semverdiff.rules import evaluate

old = "public type R record {| readonly int a; readonly string? b; |};"
sides = [Surface(package(one), Outlines()) for one in (old, "")]
(finding,) = evaluate(compare(*sides), Policies(), strict=True, writer=Writer(*sides))
assert '{a: 1, b: "text"}' in finding.client_program, finding
assert "semverdiff.types.subtyping" not in sys.modules
"""


def test_a_client_with_immutable_basic_values_loads_no_engine() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _CLIENT],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.stderr == ""
    assert ended.returncode == 0
