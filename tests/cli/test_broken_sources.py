"""Code that does not parse: told where it stands, and never taken for a change of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from cli.examples import NEW, OLD, report_of
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

BROKEN_TYPE = OLD.replace("    int id;\n", "    int id int;\n")
BROKEN_RESULT = OLD.replace("returns int {", "returns {")
BROKEN_BODY = OLD.replace("    return item.id;\n", "    return (item.id;\n")


def _skipped(report: dict[str, object]) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", report["skipped"])


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (BROKEN_TYPE, "2 |     int id int;"),
        (BROKEN_RESULT, "6 | public function total(Order item) returns {"),
    ],
    ids=["a field", "a result"],
)
def test_a_broken_declaration_of_the_candidate_ends_the_check_at_its_place(
    tmp_path: Path, semver: Semver, old: Path, source: str, line: str
) -> None:
    new = write_package(tmp_path / "new", {"orders.bal": source})
    ended = semver("check", new, "--baseline", old)
    assert (ended.code, ended.out) == (3, "")
    assert f"/orders.bal:{line[0]}:" in ended.err
    shown = ended.err.splitlines()
    at = next(number for number, text in enumerate(shown) if text.strip() == line)
    assert shown[at + 1].strip(" |") == "^"
    assert semver("api", new).code == 3


def test_a_name_that_the_candidate_declares_twice_ends_the_check_with_both_places(
    tmp_path: Path, semver: Semver, old: Path
) -> None:
    again = "\npublic function total() { }\n"
    new = write_package(tmp_path / "new", {"orders.bal": OLD, "sums.bal": again})
    ended = semver("check", new, "--baseline", old)
    assert (ended.code, ended.out) == (3, "")
    first = OLD.splitlines().index(next(line for line in OLD.splitlines() if "function total" in line)) + 1
    # The first file did not change, and which of the two is named first is no matter.
    assert "the source declares 'total' twice, first at" in ended.err
    assert f"orders.bal:{first}:1" in ended.err
    assert "sums.bal:2:1" in ended.err
    assert semver("api", new).code == 3


def test_a_name_that_the_baseline_declares_twice_is_skipped(
    tmp_path: Path, semver: Semver, old: Path
) -> None:
    again = "public function total() { }\n"
    twice = write_package(tmp_path / "twice", {"orders.bal": OLD, "sums.bal": again})
    report = report_of(semver("check", old, "--baseline", twice, "--format", "json"))
    assert [one["what"] for one in _skipped(report)] == ["total"]
    assert "published, but declares 'total' twice, first at" in _skipped(report)[0]["why"]
    assert report["findings"] == []


def test_services_may_share_a_path(tmp_path: Path, semver: Semver) -> None:
    services = "service / on one { }\nservice / on two { }\n"
    new = write_package(tmp_path / "new", {"orders.bal": f"{OLD}{services}"})
    assert semver("api", new).code == 0


def test_all_broken_declarations_are_told_at_once(tmp_path: Path, semver: Semver, old: Path) -> None:
    renamed = BROKEN_RESULT.replace("Order", "Other").replace("total", "sum").replace("added", "plus")
    new = write_package(tmp_path / "new", {"a.bal": BROKEN_TYPE, "b.bal": renamed})
    ended = semver("check", new, "--baseline", old)
    assert ended.code == 3
    assert "/a.bal:2:" in ended.err
    assert "/b.bal:6:" in ended.err


def test_a_broken_declaration_of_a_new_module_ends_the_check(
    tmp_path: Path, semver: Semver, old: Path
) -> None:
    sources = {"Ballerina.toml": manifest(more='export = ["shop", "shop.more"]\n'), "orders.bal": OLD}
    new = write_package(tmp_path / "new", {**sources, "modules/more/more.bal": BROKEN_TYPE})
    ended = semver("check", new, "--baseline", old)
    assert ended.code == 3
    assert "/modules/more/more.bal:2:" in ended.err


def test_a_broken_body_of_the_candidate_is_a_note(tmp_path: Path, semver: Semver, old: Path) -> None:
    new = write_package(tmp_path / "new", {"orders.bal": BROKEN_BODY}, version="1.3.1")
    ended = semver("check", new, "--baseline", old, "--format", "json")
    report = report_of(ended)
    assert (ended.code, report["outcome"]) == (0, "passed")
    assert [note for note in cast("list[str]", report["notes"]) if note.startswith("orders.bal:7:")]
    assert semver("api", new).code == 0


@pytest.mark.parametrize("allowed", [3, 2])
def test_a_candidate_with_too_many_broken_bodies_is_not_read_around_them(
    tmp_path: Path, semver: Semver, old: Path, monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    monkeypatch.setattr("semverdiff.limits.BROKEN_BODIES", allowed)
    more = "".join(f"function f{at}() {{ return ; = }}\n" for at in range(2))
    new = write_package(tmp_path / "new", {"orders.bal": BROKEN_BODY, "more.bal": more}, version="1.3.1")
    code = 0 if allowed == 3 else 3
    assert semver("check", new, "--baseline", old, "--format", "json").code == code
    assert semver("api", new).code == code


def test_what_has_a_broken_body_too_many_is_not_compared_and_decides_nothing(
    tmp_path: Path, semver: Semver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("semverdiff.limits.BROKEN_BODIES", 1)
    sources = "".join(f"public function f{at}(int a) {{ return ; = }}\n" for at in range(3))
    old = write_package(tmp_path / "old", {"orders.bal": sources}, version="1.3.0")
    new = write_package(
        tmp_path / "new", {"orders.bal": sources.replace("return ; =", "").replace("int", "string")}
    )
    ended = semver("check", new, "--baseline", old, "--format", "json")
    report = report_of(ended)
    assert [one["what"] for one in _skipped(report)] == ["f1", "f2"]
    assert [one["symbol"] for one in cast("list[dict[str, str]]", report["findings"])] == ["f0", "f0(a)"]


@pytest.mark.parametrize("source", [BROKEN_TYPE, BROKEN_RESULT], ids=["a field", "a result"])
def test_a_broken_declaration_of_the_baseline_is_not_compared_and_decides_nothing(
    tmp_path: Path, semver: Semver, source: str
) -> None:
    old = write_package(tmp_path / "old", {"orders.bal": source}, version="1.3.0")
    new = write_package(tmp_path / "new", {"orders.bal": OLD})
    ended = semver("check", new, "--baseline", old, "--format", "json")
    report = report_of(ended)
    assert (ended.code, report["outcome"]) == (1, "undecided")
    assert any("orders.bal:" in one["why"] for one in _skipped(report))
    assert report["findings"] == []


def test_nothing_in_a_baseline_that_is_broken_everywhere_came_or_went(tmp_path: Path, semver: Semver) -> None:
    old = write_package(tmp_path / "old", {"orders.bal": ")) type public {| = ;"}, version="1.3.0")
    new = write_package(tmp_path / "new", {"orders.bal": NEW})
    ended = semver("check", new, "--baseline", old, "--format", "json")
    report = report_of(ended)
    assert ended.code == 1
    assert _skipped(report)
    assert "removed" not in str([one["rule"] for one in cast("list[dict[str, str]]", report["findings"])])


def test_what_a_baseline_has_behind_too_many_mistakes_is_not_compared_and_decides_nothing(
    tmp_path: Path, semver: Semver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("semverdiff.limits.DAMAGES", 1)
    broken = "type A ;\ntype B ;\n"
    old = write_package(tmp_path / "old", {"orders.bal": f"{broken}{OLD}"}, version="1.3.0")
    for text in (OLD.replace("int id", "string id"), "", NEW):
        new = write_package(tmp_path / "new", {"orders.bal": text}, version="1.3.1")
        ended = semver("check", new, "--baseline", old, "--format", "json")
        report = report_of(ended)
        assert (ended.code, report["outcome"], report["findings"]) == (1, "undecided", [])
        assert [one["what"] for one in _skipped(report)] == ["A", "shop, orders.bal near line 2"]
        assert _skipped(report)[1]["why"].endswith(", after 1 other mistakes")


@pytest.mark.parametrize("kept", [1_000, 3])
def test_a_source_that_is_too_large_is_compared_up_to_its_first_mistake(
    tmp_path: Path, semver: Semver, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr("semverdiff.limits.PIECE_WORDS", 30)
    monkeypatch.setattr("semverdiff.syntax.outlines._PIECE_BYTES", 1)
    monkeypatch.setattr("semverdiff.limits.HIDDEN_WORDS", kept)
    sound, broken = f"public type T int;\n{OLD}", f"public type T int;\n{BROKEN_TYPE}"
    old = write_package(tmp_path / "old", {"orders.bal": broken}, version="1.3.0")
    changed = sound.replace("T int", "T string").replace("(Order item)", "()")
    new = write_package(tmp_path / "new", {"orders.bal": changed}, version="1.3.1")
    ended = semver("check", new, "--baseline", old, "--format", "json")
    found = [one["symbol"] for one in cast("list[dict[str, str]]", report_of(ended)["findings"])]
    assert (ended.code, found) == (1, ["T"] if kept > 3 else [])
    assert _skipped(report_of(ended))
    ended = semver("check", old, "--baseline", write_package(tmp_path / "sound", {"orders.bal": sound}))
    assert (ended.code, ended.out) == (3, "")
    assert "/orders.bal:3:" in ended.err


def test_of_many_repetitions_those_behind_the_first_are_told_as_one(
    tmp_path: Path, semver: Semver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("semverdiff.limits.DAMAGES", 2)
    names = [f"public type T{at} int;" for at in range(5)]
    whole, twice = "\n".join(names), "\n".join([*names, *names])
    old = write_package(tmp_path / "old", {"a.bal": twice}, version="1.3.0")
    new = write_package(tmp_path / "new", {"a.bal": whole.replace("int", "string")}, version="1.3.1")
    ended = semver("check", new, "--baseline", old, "--format", "json")
    report = report_of(ended)
    assert (report["outcome"], report["findings"]) == ("undecided", [])
    assert [one["what"] for one in _skipped(report)] == ["T0", "T1", "T2"]
    assert _skipped(report)[2]["why"].endswith("first at a.bal:3:1, and more names twice from here on")
    ended = semver("check", write_package(tmp_path / "twice", {"a.bal": twice}), "--baseline", new)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.count("declares") == 3
