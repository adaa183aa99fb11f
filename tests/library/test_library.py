"""What other Python programs call: with the options of the commands, and examples that are true."""

from __future__ import annotations

import doctest
import gc
import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
from cli.examples import NEW, OLD
from support.archives import build_bala
from support.central import Published, serve_central
from support.git_repositories import commit, repository_at
from support.packages import manifest, write_package

from semverdiff import Level, Outcome, SemverdiffError, Settings, check, diff, public_api
from semverdiff.api import Surface
from semverdiff.cli.commands import check as command
from semverdiff.errors import UsageError


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write two versions of a package where the test runs."""
    monkeypatch.chdir(tmp_path)
    write_package(tmp_path / "old", {"orders.bal": OLD}, version="1.3.0")
    write_package(tmp_path / "new", {"orders.bal": NEW})


@pytest.mark.parametrize("name", ["semverdiff", "semverdiff.library", "semverdiff.versions"])
def test_examples_are_true(name: str, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "fixtures")
    found = doctest.testmod(import_module(name))
    assert (found.failed, found.attempted > 0) == (0, True)


def test_the_example_of_the_readme_runs(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (repository / "README.md").read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(repository / "fixtures")
    exec(example, {})  # noqa: S102 (what the page says)
    shown = capsys.readouterr().out
    assert shown.startswith("2.0.0 ['Client.cancelOrder', ")
    assert "<!-- semverdiff -->" in shown


@pytest.mark.parametrize("function", [check, diff, public_api])
def test_every_function_has_an_example(function: object) -> None:
    assert ">>> " in (inspect.getdoc(function) or "")


def test_a_check_has_the_options_of_the_command() -> None:
    of_command = {one.name for one in command.command.params}
    # What is typed at a terminal, and where a report goes.
    shown = {"paths", "compare_version", "destinations", "workspace", "show_diff", "source_url"}
    assert set(inspect.signature(check).parameters) - {"package", "environment"} == of_command - shown


def test_a_path_is_judged_by_its_semver_toml_as_by_the_command(tmp_path: Path) -> None:
    assert check("new", baseline="old").outcome is Outcome.UNDER_BUMPED
    (tmp_path / "new/Semver.toml").write_text('[check]\nfail-on = "never"\nbaseline = "../old"\n')
    assert check(tmp_path / "new").outcome is Outcome.PASSED
    assert check("new", fail_on="under-bumped").outcome is Outcome.UNDER_BUMPED
    assert check("new", environment={"SEMVERDIFF_FAIL_ON": "major"}).outcome is Outcome.UNDER_BUMPED
    assert (
        check("new", fail_on="never", environment={"SEMVERDIFF_FAIL_ON": "major"}).outcome is Outcome.PASSED
    )


def test_settings_read_no_file(tmp_path: Path) -> None:
    (tmp_path / "new/Semver.toml").write_text('[check]\nfail-on = "never"\n')
    assert check(Settings(tmp_path / "new", baseline="old")).outcome is Outcome.UNDER_BUMPED


def test_settings_and_options_exclude_each_other(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new", baseline="old")
    with pytest.raises(TypeError, match="give them alone"):
        check(settings, strict=True)  # type: ignore[call-overload] # what the test is about
    with pytest.raises(TypeError, match="give them alone"):
        check(settings, environment={})  # type: ignore[call-overload] # as above
    with pytest.raises(TypeError, match="give them, or options"):
        diff("old", "new", settings, strict=True)
    assert diff("old", "new", settings).findings == diff("old", "new").findings


@pytest.mark.parametrize(
    ("source", "baseline", "merge_base"),
    [(f"{NEW}public function (", "old", None), (NEW, "gone", None), (NEW, "old", "gone")],
)
def test_what_cannot_be_checked_is_an_error(
    tmp_path: Path, source: str, baseline: str, merge_base: str | None
) -> None:
    write_package(tmp_path / "new", {"orders.bal": source})
    with pytest.raises(SemverdiffError):
        check("new", baseline=baseline, merge_base=merge_base)


def test_a_change_set_is_judged_by_its_base(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "repository")
    commit(root, {"Ballerina.toml": manifest("1.3.0"), "orders.bal": OLD}, tag="v1.3.0")
    lax = '[[suppress]]\nrule = "record-field-removed"\nreason = "trust me"\n'
    commit(root, {"Ballerina.toml": manifest("1.3.1"), "orders.bal": NEW, "Semver.toml": lax})
    report = check(root, baseline="git:v1.3.0")
    assert (report.outcome, len(report.relaxed_settings)) == (Outcome.UNDER_BUMPED, 1)
    assert check(root, baseline="git:v1.3.0", accept_settings="head").outcome is Outcome.PASSED


def test_the_environment_says_where_registries_are(tmp_path: Path) -> None:
    archive = build_bala("acme", "shop", "1.3.0", {"modules/shop/orders.bal": OLD})
    with serve_central([Published("acme", "shop", "1.3.0", archive)]) as central:
        variables = {
            "SEMVERDIFF_CENTRAL_URL": central.address,
            "SEMVERDIFF_CACHE_DIR": str(tmp_path / "cache"),
        }
        assert check("new", environment=variables).required_version == "2.0.0"
        report = diff("central:acme/shop", "new", environment=variables)
    assert [(one.rule, one.level) for one in report.findings] == [("record-field-removed", Level.MAJOR)]


def test_a_listing_shows_what_clients_see() -> None:
    (module,) = public_api("new")
    assert [one.name for one in module.symbols] == ["Order", "added", "total"]


def test_a_listing_of_nothing_is_an_error() -> None:
    with pytest.raises(UsageError, match="does not exist"):
        public_api("gone")


_SHARED = """
type Base record { int id; };
public enum Status { OPEN, CLOSED }
public const LIMIT = 3;
public type Order record { *Base; Status status = OPEN; int[LIMIT] rows; NOTE };
public type Shape object { public function area() returns int; };
public client class Client { *Shape; public function area() returns int => 1;
    resource function get [Order o]() returns Order|error => o;
    remote function send(Shape shape, NUMBER n) returns Shape? => shape; }
public function add(Order|Base first, *Order second) returns Client? => ();
"""


def test_a_comparison_leaves_nothing_behind() -> None:
    write_package(
        Path("before"), {"a.bal": _SHARED.replace("NOTE", "").replace("NUMBER", "int")}, version="1.3.0"
    )
    write_package(
        Path("after"), {"a.bal": _SHARED.replace("NOTE", "string note;").replace("NUMBER", "int|Shape")}
    )

    def surfaces() -> int:
        gc.collect()
        return sum(isinstance(one, Surface) for one in gc.get_objects())

    diff("before", "after")  # what is kept for all runs is there now
    known = surfaces()
    diff("before", "after")
    assert surfaces() == known
