"""Documentation, deprecation and annotations of a symbol."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.two_versions import MODULE, declared, place, rules, sides

from semverdiff.compare.metadata import metadata_differences, signature_metadata_differences
from semverdiff.compare.signatures import Callable
from semverdiff.syntax.nodes import Function

if TYPE_CHECKING:
    from semverdiff.compare.difference import Difference

IMPORTS = """
import ballerina/constraint;
import ballerina/data.jsondata;
import ballerina/http;
import ballerina/openapi;
import shop.marks;
import acme/shop.more;
import acme/other;
"""


def differences(old: str, new: str) -> list[Difference]:
    """Compare what stands before the function `f` of two snippets."""
    before, after = _functions(f"{old}\npublic function f() {{ }}", f"{new}\npublic function f() {{ }}")
    return list(metadata_differences(place("function", "f"), before.metadata, after.metadata))


def signature_differences(old: str, new: str) -> list[Difference]:
    """Compare the annotations within the signature of the function `f`."""
    before, after = (
        Callable(one.signature, one.qualifiers, one.metadata, MODULE, "")
        for one in _functions(f"public function f{old} {{ }}", f"public function f{new} {{ }}")
    )
    return list(signature_metadata_differences(place("function", "f"), before, after))


def _functions(old: str, new: str) -> tuple[Function, Function]:
    both = sides(IMPORTS + old, IMPORTS + new)
    return declared(both.old, "f", Function), declared(both.new, "f", Function)


CASES = {
    "nothing": ("", "", []),
    "documentation came": ("", "# Adds.", ["documentation-changed"]),
    "documentation": ("# Adds.", "# Adds up.", ["documentation-changed"]),
    "documentation of parameters": (
        "# Adds.\n# + a - one",
        "# Adds.\n# + a - first",
        ["documentation-changed"],
    ),
    "documentation over more lines": ("# Adds one and two.", "# Adds one\n#  and two.", []),
    "deprecated by annotation": ("", "@deprecated", ["symbol-deprecation-added"]),
    "deprecated by section": (
        "# Adds.\n# + a - one",
        "# Adds.\n# # Deprecated\n# Use `g`.\n# + a - one",
        ["symbol-deprecation-added"],
    ),
    "deprecated by both": (
        "# Adds.",
        "# Adds.\n# # Deprecated\n# Use `g`.\n@deprecated",
        ["symbol-deprecation-added"],
    ),
    "deprecated and rewritten": (
        "# Adds.",
        "# Sums.\n# # Deprecated\n# Use `g`.",
        ["documentation-changed", "symbol-deprecation-added"],
    ),
    "another reason": (
        "# # Deprecated\n# Use `g`.",
        "# # Deprecated\n# Use `h`.",
        ["documentation-changed"],
    ),
    "deprecated no more": ("@deprecated", "", ["symbol-deprecation-removed"]),
    "display": ('@display {label: "a"}', '@display {label: "b"}', ["annotation-metadata-changed"]),
    "same value laid out otherwise": ('@display {label: "a"}', '@display {\n    label: "a"\n}', []),
    "other order": ('@display {label: "a"} @other:A', '@other:A @display {label: "a"}', []),
    "own module": ("", "@Mark", ["annotation-metadata-changed"]),
    "other module of the package": ("", "@marks:Mark", ["annotation-metadata-changed"]),
    "other module with organisation": ("", "@more:Mark", ["annotation-metadata-changed"]),
    "description of a contract": ("", "@openapi:ResourceInfo", ["annotation-metadata-changed"]),
    "http": ("@http:Config {a: 1}", "@http:Config {a: 2}", ["contract-annotation-changed?"]),
    "constraint": ("", "@constraint:Int {maxValue: 5}", ["contract-annotation-changed?"]),
    "jsondata": ('@jsondata:Name {value: "x"}', "", ["contract-annotation-changed?"]),
    "unknown package": ("", "@other:Thing", ["contract-annotation-changed?"]),
    "repeated": ("@other:A {b: 1}", "@other:A {b: 1} @other:A {b: 2}", ["contract-annotation-changed?"]),
    "several": ("", "@other:A @other:B", ["contract-annotation-changed?", "contract-annotation-changed?"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_metadata(old: str, new: str, expected: list[str]) -> None:
    assert rules(differences(old, new)) == [f"f: {one}" for one in expected]


SIGNATURES = {
    "parameter": ("(int a)", "(@http:Query int a)", ["f(a): contract-annotation-changed?"]),
    "result": ("() returns int", "() returns @http:Payload int", ["f: contract-annotation-changed?"]),
    "deprecated parameter": ("(int a)", "(@deprecated int a)", ["f(a): symbol-deprecation-added"]),
    "came with its parameter": ("()", "(@http:Query int a)", []),
    "same": ("(@http:Query int a)", "(@http:Query int a)", []),
}


@pytest.mark.parametrize(("old", "new", "expected"), SIGNATURES.values(), ids=SIGNATURES)
def test_annotations_of_a_signature(old: str, new: str, expected: list[str]) -> None:
    assert rules(signature_differences(old, new)) == expected


def test_an_annotation_is_told_by_its_name_and_quoted_with_its_value() -> None:
    (found,) = differences("", "@http:Config {a: 1}")
    assert dict(found.details)["annotation"] == "@http:Config"
    assert found.old is None
    assert found.new is not None
    assert found.new.text == "@http:Config {a: 1}"


def test_documentation_tells_the_kind_of_symbol() -> None:
    (found,) = differences("# a", "# b")
    assert dict(found.details)["kind"] == "function"
