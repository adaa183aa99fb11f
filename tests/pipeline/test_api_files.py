"""A package that an API file stands for is compared as its archive is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.cases import cases_in
from support.packages import manifest, package

from semverdiff.api import Surface, declared_api
from semverdiff.ballerina import Context, assess
from semverdiff.config import Settings
from semverdiff.packages import parse_api_file

if TYPE_CHECKING:
    from semverdiff.packages import Package
    from semverdiff.rules import Finding

SETTINGS = Settings(Path())
# What an API file does not hold, on purpose: it is for reviews of what clients see.
NOT_HELD = ("-body-changed", "documentation-changed", "metadata-changed", "native-binding-changed")


def _file(of: Package) -> Package:
    """Return the package that the API file of another one stands for."""
    return parse_api_file(declared_api(Surface(of)).text, "shop.api")


def _findings(old: Package, new: Package) -> list[Finding]:
    found = assess(old, new, SETTINGS, Context(clients=False)).findings
    return [one for one in found if not one.rule.endswith(NOT_HELD)]


def _told(findings: list[Finding]) -> Counter[tuple[object, ...]]:
    """Count what findings say."""
    return Counter(
        (one.rule, one.level, one.certainty, one.module, one.symbol, one.position, _quoted(one))
        for one in findings
    )


def _quoted(finding: Finding) -> str:
    """Return what a finding quotes, in no order: an API file has members in another one."""
    texts = [None if one is None else one.text for one in (finding.old, finding.new)]
    return str([text and sorted(text.replace(" ", "")) for text in texts])


@pytest.mark.slow
def test_labelled_cases_have_the_findings_of_the_archive(repository: Path) -> None:
    different = []
    for case in cases_in(repository / "fixtures" / "cases"):
        old, new = package(case.old, case.old_toml), package(case.new, case.new_toml)
        if _told(_findings(_file(old), new)) != _told(_findings(old, new)):
            different.append(case.id)

    assert different == []


OLD = """public type T record {|
    int a;
|};

public function f(
    int one) {
    g();
}

function g() {
}

public const LIMIT = 1;
"""
NEW = """# Said.
public type T record {|
    # Said.
    string a;
|};

public function f(
    int two) {
}

const LIMIT = 1;
"""


def _places(findings: list[Finding]) -> list[tuple[str, str, int, str, int] | str]:
    return sorted(
        f"{one.rule} {one.old.file}:{one.old.line} {one.new.file}:{one.new.line}"
        for one in findings
        if one.old is not None and one.new is not None
    )


def test_findings_stand_where_the_sources_have_them() -> None:
    header = declared_api(Surface(package(OLD))).text.split("\tpublic")[0].count("\n")

    assert _places(_findings(_file(package(OLD)), package(NEW))) == [
        f"constant-visibility-reduced shop.api:{header + 1} lib.bal:11",
        f"function-parameter-renamed shop.api:{header + 4} lib.bal:7",
        f"record-field-type-changed shop.api:{header + 3} lib.bal:4",
    ]


def test_findings_about_the_package_stand_in_its_manifest() -> None:
    older = package(OLD, manifest("1.0.0", more='distribution = "2201.8.0"\n'))
    # On a line that the API file has as well, for a declaration.
    lines = declared_api(Surface(older)).text.count("\n")
    more = "\n" * (lines - manifest("1.0.0").count("\n") - 1)
    newer = package(OLD, manifest("1.0.0", more=f'{more}distribution = "2201.10.0"\n'))

    assert _places(_findings(_file(older), newer)) == [
        f"package-distribution-raised shop.api:8 Ballerina.toml:{lines}"
    ]


def test_bodies_and_documentation_are_said_to_be_unknown() -> None:
    old, new = package("public function f() {\n}"), package("# New.\npublic function f() {\n    g();\n}")

    assessment = assess(_file(old), new, SETTINGS)

    assert assessment.findings == ()
    assert assessment.notes == (
        "An API file holds no bodies and no documentation: a change of those is not listed here.",
    )
    assert not assessment.same_sources


def test_a_module_with_another_name_is_the_same_module() -> None:
    old = {"modules/one/one.bal": "public function f(int a) {\n}\npublic type T record {| int b; |};"}
    new = {"modules/other/one.bal": old["modules/one/one.bal"]}
    exported = '\n[[package.modules]]\nname = "shop.{}"\nexport = true\n'

    found = _findings(
        _file(package(old, manifest("1.0.0", more=exported.format("one")))),
        package(new, manifest("1.0.0", more=exported.format("other"))),
    )

    assert [one.rule for one in found] == ["module-renamed"]


def test_what_became_private_is_no_other_thing() -> None:
    found = _findings(
        _file(package("public const A = 1;\nconst B = 1;")), package("const A = 1;\nconst B = 2;")
    )

    assert [(one.rule, one.symbol) for one in found] == [("constant-visibility-reduced", "A")]


def test_broken_lines_of_an_api_file_are_left_out_and_said() -> None:
    text = declared_api(Surface(package("public type T int;\npublic type U int;"))).text
    broken = parse_api_file(text.replace("type T int", "type T int|"), "shop.api")

    assessment = assess(broken, package("public type T string;\npublic type U string;"), SETTINGS)

    assert [one.symbol for one in assessment.findings] == ["U"]
    assert [one.what for one in assessment.skipped] == ["T"]
