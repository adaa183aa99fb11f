"""Each policy changes what it should, as the command obeys it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import pytest
from cli.examples import report_of
from support.packages import manifest, write_package

from semverdiff.config import choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cli.conftest import Semver


class Choice(NamedTuple):
    """A change, the rule that it is about, and what it asks for by each value of a policy."""

    policy: str
    old: str
    new: str
    rule: str
    required: Mapping[str, str]
    version: str = "1.0.0"
    distributions: tuple[str, str] = ("2201.8.0", "2201.8.0")


CHOICES = {
    "enum-member-added": Choice(
        "enum-member-added",
        "public enum Color { RED } public function paint() returns Color => RED;",
        "public enum Color { RED, BLUE } public function paint() returns Color => RED;",
        "enum-member-added",
        {"by-position": "2.0.0", "minor": "1.1.0"},
    ),
    "constant-value-changed": Choice(
        "constant-value-changed",
        "public const SIZE = 1;",
        "public const SIZE = 2;",
        "constant-value-changed",
        {"minor": "1.1.0", "major": "2.0.0"},
    ),
    "construct-output-records": Choice(
        "construct-output-records",
        "public type Order record {| int id; |}; public function get() returns Order => {};",
        "public type Order record {| int id; int no; |}; public function get() returns Order => {};",
        "record-field-required-added",
        {"yes": "2.0.0", "no": "1.1.0"},
    ),
    "open-classes": Choice(
        "open-classes",
        "public class Cart { }",
        "public class Cart { public function clear() { } }",
        "class-method-added",
        {"use": "1.1.0", "implement": "2.0.0"},
    ),
    "ambiguous-arguments": Choice(
        "ambiguous-arguments",
        "public function sum(int[] all) { }",
        "public function sum(int[]|float[] all) { }",
        "function-parameter-type-widened-ambiguous",
        {"major": "2.0.0", "minor": "1.1.0"},
    ),
    "mirrored-records": Choice(
        "mirrored-records",
        "public type Proxy record {| string host; |}; public function connect(Proxy p) { }",
        "public type Proxy record {| string host; int port = 80; |}; public function connect(Proxy p) { }",
        "record-field-defaultable-added",
        {"no": "1.1.0", "yes": "2.0.0"},
    ),
    "mirrored-records, an optional field": Choice(
        "mirrored-records",
        "public type Proxy record {| string host; |}; public function connect(Proxy proxy) { }",
        "public type Proxy record {| string host; int port?; |}; public function connect(Proxy proxy) { }",
        "record-field-optional-added",
        {"no": "1.1.0", "yes": "1.1.0"},
    ),
    "breaking-bump": Choice(
        "breaking-bump",
        "public function a() { }",
        "",
        "function-removed",
        {"major": "2.0.0", "minor-with-distribution": "1.1.0"},
        distributions=("2201.8.1", "2201.9.0"),
    ),
    "breaking-bump, a later patch of the distribution": Choice(
        "breaking-bump",
        "public function a() { }",
        "",
        "function-removed",
        {"major": "2.0.0", "minor-with-distribution": "2.0.0"},
        distributions=("2201.8.1", "2201.8.2"),
    ),
    "zero-minor, breaking": Choice(
        "zero-minor",
        "public function a() { }",
        "",
        "function-removed",
        {"breaking-minor": "0.3.0", "as-stable": "1.0.0"},
        "0.2.0",
    ),
    "zero-minor, adding": Choice(
        "zero-minor",
        "",
        "public function a() { }",
        "function-added",
        {"breaking-minor": "0.2.1", "as-stable": "0.3.0"},
        "0.2.0",
    ),
    "undecided": Choice(
        "undecided",
        "import ballerina/constraint;\n@constraint:String {maxLength: 80}\npublic type Name string;",
        "import ballerina/constraint;\n@constraint:String {maxLength: 40}\npublic type Name string;",
        "contract-annotation-changed",
        {"major": "2.0.0", "minor": "1.1.0"},
    ),
    # It asks for no version.
    "removal": Choice(
        "removal",
        "public function a() { }",
        "",
        "function-removed",
        {"at-once": "2.0.0", "after-deprecation": "2.0.0"},
    ),
}


@pytest.mark.parametrize("case", CHOICES.values(), ids=CHOICES)
def test_each_value_of_a_policy_asks_for_its_version(tmp_path: Path, semver: Semver, case: Choice) -> None:
    for name, text, distribution in zip(
        ("old", "new"), (case.old, case.new), case.distributions, strict=True
    ):
        toml = f'{manifest(case.version)}distribution = "{distribution}"\n'
        write_package(tmp_path / name, {"Ballerina.toml": toml, "lib.bal": f"{text}\n"}, case.version)

    def required(decision: str) -> str:
        (tmp_path / "new/Semver.toml").write_text(decision, encoding="utf-8")
        report = report_of(semver("check", "new", "--baseline", "old", "--format", "json"))
        findings = cast("Sequence[Mapping[str, object]]", report["findings"])
        assert case.rule in {one["rule"] for one in findings}
        return str(report["required_version"])

    asked = {value: required(f'[policy]\n{case.policy} = "{value}"\n') for value in choices()[case.policy]}
    assert asked == case.required
    assert required("") == next(iter(case.required.values()))


def test_every_policy_is_tried() -> None:
    assert {case.policy for case in CHOICES.values()} == set(choices())
