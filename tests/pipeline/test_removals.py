"""The policy `removal`: what clients lose was deprecated in a published version before, or the gate fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.git_repositories import commit, repository_at
from support.packages import manifest, write_package

from semverdiff import pipeline
from semverdiff.ballerina import FRONT_END
from semverdiff.config import Options, Policies, PolicyValue, Settings
from semverdiff.reports import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.reports import Report

_PROMISED = Policies(removal=PolicyValue.AFTER_DEPRECATION)
_WARNING = "# # Deprecated\n# It goes.\n@deprecated\n"
_REST = "public function rest() {}\n"

# What goes: before, with a warning, and after.
LOSSES = {
    "a function": ("{}public function a() {{}}", ""),
    "a function that is renamed": (
        "{}public function alpha(int item, string note) returns int {{ return item; }}",
        "public function alphas(int item, string note) returns int { return item; }",
    ),
    "a function that is no longer public": ("{}public function a() {{}}", "function a() {}"),
    "a field": (
        "public type A record {{| int id;\n{}string note; |}};",
        "public type A record {| int id; |};",
    ),
    "a method": (
        "public class C {{\n{}public function m() {{}} public function n() {{}} }}",
        "public class C { public function n() {} }",
    ),
    "a remote method": (
        "public client class C {{\n{}remote function m() {{}} remote function n() {{}} }}",
        "public client class C { remote function n() {} }",
    ),
    "a resource": (
        "public client class C {{\n{}resource function get a() {{}} remote function n() {{}} }}",
        "public client class C { remote function n() {} }",
    ),
    "a member of an enum": ("public enum E {{ A,\n{}B }}", "public enum E { A }"),
    "a constant": ("{}public const A = 1;", ""),
    "a class": ("{}public class C {{ public function m() {{}} }}", ""),
}


def _checked(tmp_path: Path, old: str, new: str, policies: Policies = _PROMISED) -> Report:
    write_package(tmp_path / "old", {"lib.bal": f"{old}\n{_REST}"}, "1.4.0")
    write_package(tmp_path / "new", {"lib.bal": f"{new}\n{_REST}"}, "2.0.0")
    settings = Settings(tmp_path / "new", baseline=str(tmp_path / "old"), policies=policies)
    return pipeline.check(FRONT_END, settings)


def _gate(report: Report) -> str:
    return next((gate.why for gate in report.gates if gate.name == "removals"), "")


@pytest.mark.parametrize(("before", "after"), LOSSES.values(), ids=LOSSES)
def test_what_goes_without_a_warning_fails_whatever_the_version(
    tmp_path: Path, before: str, after: str
) -> None:
    report = _checked(tmp_path, before.format(""), after)
    assert report.outcome is Outcome.GATE_FAILED
    assert "not deprecated in 1.4.0" in _gate(report)


@pytest.mark.parametrize(("before", "after"), LOSSES.values(), ids=LOSSES)
def test_what_was_deprecated_may_go(tmp_path: Path, before: str, after: str) -> None:
    report = _checked(tmp_path, before.format(_WARNING), after)
    assert (report.outcome, _gate(report)) == (Outcome.PASSED, "")


@pytest.mark.parametrize(("before", "after"), LOSSES.values(), ids=LOSSES)
def test_by_default_the_version_is_enough(tmp_path: Path, before: str, after: str) -> None:
    assert _checked(tmp_path, before.format(""), after, Policies()).outcome is Outcome.PASSED


def test_a_member_of_a_deprecated_declaration_may_go(tmp_path: Path) -> None:
    before = f"{_WARNING}public class C {{ public function m() {{}} public function n() {{}} }}"
    after = f"{_WARNING}public class C {{ public function n() {{}} }}"
    assert _gate(_checked(tmp_path, before, after)) == ""


def test_a_parameter_and_a_narrower_type_are_no_loss_of_a_name(tmp_path: Path) -> None:
    before = "public function a(int|string item, int count = 1) {}"
    assert _gate(_checked(tmp_path, before, "public function a(int item) {}")) == ""


def test_a_module_needs_consent(tmp_path: Path) -> None:
    toml = manifest("{}", more='[[package.modules]]\nname = "shop.{}"\nexport = true\n')
    for name, version, module in (("old", "1.4.0", "orders"), ("new", "2.0.0", "carts")):
        write_package(
            tmp_path / name,
            {
                "Ballerina.toml": toml.replace("{}", version, 1).replace("{}", module),
                "lib.bal": _REST,
                f"modules/{module}/a.bal": f"public function {module}() {{}}\n",
            },
        )
    settings = Settings(tmp_path / "new", baseline=str(tmp_path / "old"), policies=_PROMISED)
    assert "'shop.orders: (module)' goes and was not deprecated" in _gate(pipeline.check(FRONT_END, settings))


def test_a_suppressed_removal_is_agreed_to(tmp_path: Path) -> None:
    write_package(tmp_path / "old", {"lib.bal": f"public function a() {{}}\n{_REST}"}, "1.4.0")
    entry = '[[suppress]]\nrule = "function-removed"\nsymbol = "a"\nreason = "never worked"\n'
    policy = '[policy]\nremoval = "after-deprecation"\n'
    write_package(tmp_path / "new", {"lib.bal": _REST, "Semver.toml": policy}, "2.0.0")

    def outcome() -> Outcome:
        flags = Options(baseline=str(tmp_path / "old"))
        settings = pipeline.load_settings(FRONT_END, tmp_path / "new", flags, {})
        return pipeline.check(FRONT_END, settings).outcome

    assert outcome() is Outcome.GATE_FAILED
    (tmp_path / "new" / "Semver.toml").write_text(f"{policy}\n{entry}")
    assert outcome() is Outcome.PASSED


def test_the_base_decides(tmp_path: Path) -> None:
    repository = repository_at(tmp_path / "shop")
    policy = '[policy]\nremoval = "after-deprecation"\n'
    files = {"Ballerina.toml": manifest("1.4.0"), "lib.bal": f"public function a() {{}}\n{_REST}"}
    commit(repository, {**files, "Semver.toml": policy}, tag="base")
    commit(repository, {"Ballerina.toml": manifest("2.0.0"), "lib.bal": _REST, "Semver.toml": ""})
    settings = pipeline.load_settings(FRONT_END, repository, Options(baseline="git:base"), {})
    report = pipeline.check(FRONT_END, settings)
    assert report.outcome is Outcome.GATE_FAILED
    assert "'shop: a' goes and was not deprecated in 1.4.0" in _gate(report)
    assert report.relaxed_settings == ("policy 'removal': at-once, before after-deprecation",)
