"""Documentation, deprecation and annotations of a symbol."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest
from support import sources
from support.two_versions import compared, rules

from semverdiff.compare.details import AnnotationChanged
from semverdiff.compare.facts import Fact
from semverdiff.syntax.nodes import Reference

if TYPE_CHECKING:
    from semverdiff.compare import Difference

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
    before, after = (f"{IMPORTS}{metadata}\npublic function f() {{ }}" for metadata in (old, new))
    return compared(before, after, "f")


def signature_differences(old: str, new: str) -> list[Difference]:
    """Compare the annotations within the signature of the function `f`."""
    before, after = (f"{IMPORTS}public function f{signature} {{ }}" for signature in (old, new))
    return [one for one in compared(before, after, "f") if one.subject != "function"]


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
    "another section": ("# Adds.", "# Adds.\n# # Examples\n# None.", ["documentation-changed"]),
    "the word for it": ("# Adds.", "# Adds.\n# Deprecated", ["documentation-changed"]),
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
    "the second of two": (
        "@other:A {b: 1} @other:B {b: 1}",
        "@other:A {b: 1} @other:B {b: 2}",
        ["contract-annotation-changed?"],
    ),
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
    assert found.detail == AnnotationChanged(Reference("ballerina/http", "Config"))
    assert found.old is None
    assert found.new is not None
    assert found.new.text == "@http:Config {a: 1}"


ANNOUNCED = {
    "a removal": ("public function f() {}", "", False),
    "a removal that was announced": ("@deprecated public function f() {}", "", True),
    "a member that is gone from what was deprecated": (
        "@deprecated public type R record {| int a; int b; |};",
        "@deprecated public type R record {| int a; |};",
        True,
    ),
    "a name that is not lost": ("@deprecated public const A = 1;", "@deprecated public const A = 2;", None),
    "an addition": ("", "public function f() {}", None),
}


@pytest.mark.parametrize(("old", "new", "announced"), ANNOUNCED.values(), ids=ANNOUNCED)
def test_a_loss_may_have_been_announced(old: str, new: str, *, announced: bool | None) -> None:
    (found,) = sources.differences(old, new)
    assert found.announced is announced


def test_annotations_that_are_written_alike_come_in_the_order_of_their_modules() -> None:
    functions = "".join(f"@more:Mark public function f{at}() {{ }}\n" for at in range(20))
    old, new = (f"import {one}/shop.more;\n{functions}" for one in ("one", "another"))
    found = [one.detail for one in sources.differences(old, new)]
    marks = [AnnotationChanged(Reference(f"{one}/shop.more", "Mark")) for one in ("another", "one")]
    assert found == marks * 20


def test_documentation_has_the_trail_of_its_symbol() -> None:
    (found,) = differences("# a", "# b")
    assert [(step.kind, step.name) for step in found.trail] == [("function", "f")]


def test_documentation_that_one_version_has_is_quoted_there() -> None:
    (added,), (removed,) = differences("", "# Adds."), differences("# Adds.", "")
    assert (added.change, added.old, removed.change, removed.new) == ("added", None, "removed", None)
    assert [one.text for one in (added.new, removed.old) if one is not None] == ["Adds.", "Adds."]


def test_the_documentation_of_a_record_is_read_once_however_many_fields_it_loses() -> None:
    names = [f"f{number}" for number in range(4_000)]
    documentation = "\n".join(f"# + {name} - a field" for name in names)
    fields = " ".join(f"int {name};" for name in names)
    old = f"{documentation}\npublic type A record {{| int id; {fields} |}};"
    new = "public type A record {| int id; |};"
    began = process_time()
    found = [one for one in compared(old, new, "A") if one.fact == Fact.REMOVED]
    assert len(found) == len(names)
    assert process_time() - began < 2
