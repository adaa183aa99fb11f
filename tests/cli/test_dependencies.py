"""Types of other packages: what their names mean is read from the archives that `bal` has pulled."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from cli.examples import report_of
from support.archives import build_bala, dependency_graph
from support.central import Fault, Published, serve_central, status
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver
    from cli.examples import Ended

_DEPENDENCIES = """\
[ballerina]
dependencies-toml-version = "2"
distribution-version = "2201.10.0"

[[package]]
org = "acme"
name = "shop"
version = "{version}"
dependencies = [{{org = "acme", name = "money"}}]
modules = [{{org = "acme", packageName = "shop", moduleName = "shop"}}]

[[package]]
org = "acme"
name = "money"
version = "1.0.0"
modules = [{{org = "acme", packageName = "money", moduleName = "money"}}]
"""
_LOCKED = """
[[package]]
org = "acme"
name = "{name}"
version = "1.0.0"
modules = [{{org = "acme", packageName = "{name}", moduleName = "{name}"}}]
"""
_RECORD_A = "public type A record {| int a; |};"
_MONEY = "public type Amount decimal; public type Currency record {| string code; |};"
CHANGES = {
    "the same type": ("money:Amount", "decimal", "function-return-type-respelled"),
    "a wider type": ("money:Amount", "decimal|int", "function-return-type-widened"),
    "another type": ("money:Currency", "string", "function-return-type-changed"),
}


def _write(root: Path, version: str, result: str) -> Path:
    source = f"import acme/money;\n\npublic function price() returns {result} => make();\n"
    files: dict[str, str | bytes] = {
        "Ballerina.toml": manifest(version),
        "Dependencies.toml": _DEPENDENCIES.format(version=version),
        "lib.bal": source,
    }
    return write_package(root, files, version)


def _pull(home: Path, text: str = _MONEY) -> None:
    """Put the dependency where `bal pull` does."""
    archive = build_bala("acme", "money", "1.0.0", {"modules/money/main.bal": text})
    there = home / ".ballerina/repositories/central.ballerina.io/bala/acme/money/1.0.0/any"
    zipfile.ZipFile(io.BytesIO(archive)).extractall(there)


def findings_of(ended: Ended) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", report_of(ended)["findings"])


def _finding(semver: Semver, old: Path, new: Path) -> dict[str, str]:
    """Compare two packages that differ in one thing."""
    (found,) = findings_of(semver("diff", old, new, "--format", "json"))
    return found


@pytest.mark.parametrize(("old", "new", "rule"), CHANGES.values(), ids=CHANGES)
def test_a_dependency_at_hand_decides(semver: Semver, tmp_path: Path, old: str, new: str, rule: str) -> None:
    sides = _write(tmp_path / "old", "1.0.0", old), _write(tmp_path / "new", "2.0.0", new)
    _pull(tmp_path)
    found = _finding(semver, *sides)
    assert (found["rule"], found["certainty"]) == (rule, "proved")


def test_a_dependency_that_is_not_at_hand_leaves_it_open(semver: Semver, tmp_path: Path) -> None:
    sides = _write(tmp_path / "old", "1.0.0", "money:Amount"), _write(tmp_path / "new", "2.0.0", "decimal")
    found = _finding(semver, *sides)
    assert (found["rule"], found["certainty"]) == ("function-return-type-changed", "assumed")
    assert "what acme/money:Amount stands for was not read" in found["explanation"]


def _published(name: str, version: str, files: dict[str, str]) -> Published:
    dependency = {"org": "acme", "name": "money", "version": "1.0.0"}
    graph = dependency_graph("acme", name, version, *([dependency] if name == "shop" else []))
    content = build_bala("acme", name, version, {**files, "dependency-graph.json": graph})
    return Published("acme", name, version, content)


_SHOP = "import acme/money;\n\npublic function price() returns money:Amount => make();\n"


def test_what_was_compared_with_central_asks_it_for_dependencies_too(semver: Semver, tmp_path: Path) -> None:
    shop = _published("shop", "1.0.0", {"modules/shop/lib.bal": _SHOP})
    money = _published("money", "1.0.0", {"modules/money/main.bal": _MONEY})
    new = _write(tmp_path / "new", "2.0.0", "decimal|int")
    with serve_central([shop, money]) as central:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    (found,) = findings_of(ended)
    assert (found["rule"], found["certainty"]) == ("function-return-type-widened", "proved")


def test_a_dependency_that_cannot_be_had_does_not_fail_the_check(semver: Semver, tmp_path: Path) -> None:
    shop = _published("shop", "1.0.0", {"modules/shop/lib.bal": _SHOP})
    new = _write(tmp_path / "new", "2.0.0", "decimal|int")
    with serve_central([shop]) as central:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    (found,) = findings_of(ended)
    assert (ended.code, found["certainty"]) == (0, "assumed")


def test_a_central_that_answers_no_more_is_not_asked_again(semver: Semver, tmp_path: Path) -> None:
    names = ("money", "gold")
    source = "".join(
        f"import acme/{name}; public function {name}() returns {name}:T => make();" for name in names
    )
    dependencies = [{"org": "acme", "name": name, "version": "1.0.0"} for name in names]
    graph = dependency_graph("acme", "shop", "1.0.0", *dependencies)
    files = {"modules/shop/lib.bal": source, "dependency-graph.json": graph}
    shop = Published("acme", "shop", "1.0.0", build_bala("acme", "shop", "1.0.0", files))
    new = write_package(
        tmp_path / "new", {"lib.bal": source.replace("money:T", "int").replace("gold:T", "int")}
    )
    faults = [Fault("versions", lambda reply: reply, times=1), Fault("versions", status(400))]
    with serve_central([shop], faults) as central:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    assert [found["certainty"] for found in findings_of(ended)] == ["assumed", "assumed"]
    assert central.endpoints.count("versions") == 2


def test_an_archive_that_is_not_the_announced_one_makes_no_other_silent(
    semver: Semver, tmp_path: Path
) -> None:
    names = ("gold", "money")
    source = "".join(
        f"import acme/{name}; public function {name}() returns {name}:T => make();" for name in names
    )
    dependencies = [{"org": "acme", "name": name, "version": "1.0.0"} for name in names]
    graph = dependency_graph("acme", "shop", "1.0.0", *dependencies)
    files = {"modules/shop/lib.bal": source, "dependency-graph.json": graph}
    rows = [Published("acme", "shop", "1.0.0", build_bala("acme", "shop", "1.0.0", files))]
    rows += [_published(name, "1.0.0", {f"modules/{name}/a.bal": "public type T int;"}) for name in names]
    new = write_package(
        tmp_path / "new", {"lib.bal": source.replace("money:T", "int").replace("gold:T", "int")}
    )
    gold = rows[1].content
    other = Fault("file", lambda reply: replace(reply, body=b"x") if reply.body == gold else reply)
    with serve_central(rows, [other]) as central:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    found = {one["symbol"]: one["certainty"] for one in findings_of(ended)}
    assert found == {"gold": "assumed", "money": "proved"}


def test_what_is_taken_from_the_lock_of_the_other_side_is_said(semver: Semver, tmp_path: Path) -> None:
    _pull(tmp_path)
    old, new = (
        _write(tmp_path / name, version, "int") for name, version in (("old", "1.0.0"), ("new", "1.1.0"))
    )
    (old / "Dependencies.toml").unlink()
    note = (
        "No lock says with which versions of 'acme/money' the old version was built: those of the other side "
        "count, so that no change of them is seen."
    )
    (new / "lib.bal").write_text("public function f() {}")
    assert note in cast("list[str]", report_of(semver("diff", old, new, "--format", "json"))["notes"])
    minimum = '[[dependency]]\norg = "acme"\nname = "money"\nversion = "1.0.0"\n'
    (old / "Ballerina.toml").write_text(manifest("1.0.0", more=minimum))
    assert note not in cast("list[str]", report_of(semver("diff", old, new, "--format", "json"))["notes"])


# What is included, with real archives

_PRICED = "import acme/money;\n\npublic type Price record {| *money:Amount; boolean net; |};\n"
_AMOUNT = "public type Amount record {| decimal value; string currency; |};"
_ROUNDED = "public type Amount record {| decimal value; string currency; int digits; |};"


def _shop(version: str, money: str) -> Published:
    graph = dependency_graph("acme", "shop", version, {"org": "acme", "name": "money", "version": money})
    files = {"modules/shop/lib.bal": _PRICED, "dependency-graph.json": graph}
    return Published("acme", "shop", version, build_bala("acme", "shop", version, files))


def _built_with(root: Path, version: str, money: str) -> Path:
    lock = _DEPENDENCIES.format(version=version)
    files: dict[str, str | bytes] = {
        "Ballerina.toml": manifest(version),
        "Dependencies.toml": lock.replace('version = "1.0.0"\nmodules', f'version = "{money}"\nmodules'),
        "lib.bal": _PRICED,
    }
    return write_package(root, files, version)


def _money(version: str, text: str) -> Published:
    return _published("money", version, {"modules/money/main.bal": text})


def test_a_raised_dependency_of_a_published_package_breaks_it(semver: Semver, tmp_path: Path) -> None:
    new = _built_with(tmp_path / "new", "1.1.0", "1.1.0")
    rows = [_shop("1.0.0", "1.0.0"), _money("1.0.0", _AMOUNT), _money("1.1.0", _ROUNDED)]
    with serve_central(rows) as central:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    report = report_of(ended)
    raised, added = findings_of(ended)
    assert (ended.code, report["outcome"], report["required_version"]) == (1, "under-bumped", "2.0.0")
    assert (raised["rule"], added["rule"]) == (
        "package-dependency-minimum-raised",
        "record-field-required-added",
    )
    assert (added["symbol"], added["certainty"]) == ("Price.digits", "proved")
    origin: object = added["dependency"]
    assert origin == {"package": "acme/money", "old": "1.0.0", "new": "1.1.0", "met_in": None}
    assert "`Price.digits` comes from acme/money, 1.0.0 -> 1.1.0." in added["explanation"]
    place = cast("dict[str, object]", added["new"])
    assert (place["file"], place["line"]) == ("lib.bal", 3)


_TOO_NEW = {"Bala.toml": '[bala]\nschema_version = "99"\n'}
UNUSABLE = {
    "missing": (None, "1.1.0 is not published"),
    "no archive": (b"no archive at all", "is not a Ballerina archive"),
    "broken": (build_bala("acme", "money", "1.1.0", {"package.json": "{"}), "invalid JSON"),
    "too new": (build_bala("acme", "money", "1.1.0", _TOO_NEW), "99"),
    "another package": (build_bala("acme", "bank", "1.1.0", {}), "holds another package"),
}


@pytest.mark.parametrize(("content", "says"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_dependency_that_cannot_be_used_is_never_compatible(
    semver: Semver, tmp_path: Path, content: bytes | None, says: str
) -> None:
    new = _built_with(tmp_path / "new", "1.1.0", "1.1.0")
    rows = [_shop("1.0.0", "1.0.0"), _money("1.0.0", _AMOUNT)]
    if content is not None:
        rows.append(Published("acme", "money", "1.1.0", content))
    with serve_central(rows) as central:
        ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
    unread = [one for one in findings_of(ended) if one["certainty"] == "undecided"]
    assert ended.code == 1
    assert [(one["symbol"], one["message"]) for one in unread] == [
        ("Price", "what 'Price' includes was not read")
    ]
    assert "money:Amount (acme/money, 1.0.0 -> 1.1.0)" in unread[0]["explanation"]
    assert says in unread[0]["explanation"]
    assert "--refresh" in unread[0]["explanation"]
    # What the other version brings is not proved to be lost.
    assert all(one["certainty"] != "proved" for one in findings_of(ended) if "Price." in one["symbol"])


WANTED = {
    "nowhere": ("none", ["undecided"], 0),
    "on this machine": ("local", ["undecided"], 0),
    "on Central": ("fetch", [], 2),
}


@pytest.mark.parametrize(("dependencies", "certainties", "downloads"), WANTED.values(), ids=WANTED)
def test_who_compares_directories_says_where_to_look(
    semver: Semver, tmp_path: Path, dependencies: str, certainties: list[str], downloads: int
) -> None:
    old = _built_with(tmp_path / "old", "1.0.0", "1.0.0")
    new = _built_with(tmp_path / "new", "1.1.0", "1.1.0")
    with serve_central([_money("1.0.0", _AMOUNT), _money("1.1.0", _AMOUNT)]) as central:
        ended = semver(
            *("check", new, "--baseline", old, "--dependencies", dependencies, "--format", "json"),
            SEMVERDIFF_CENTRAL_URL=central.address,
        )
    found = [one["certainty"] for one in findings_of(ended) if one["symbol"] == "Price"]
    assert (found, central.endpoints.count("file")) == (certainties, downloads)


def test_members_of_other_packages_are_listed_with_their_origin(semver: Semver, tmp_path: Path) -> None:
    _pull(tmp_path, _AMOUNT)
    ended = semver("api", _built_with(tmp_path / "shop", "1.0.0", "1.0.0"))
    assert ended.out.splitlines() == [
        "module shop",
        "  public type Price record {|...|}",
        "    string currency  // from acme/money:Amount 1.0.0",
        "    boolean net",
        "    decimal value  // from acme/money:Amount 1.0.0",
    ]


def test_a_question_about_types_follows_imports(semver: Semver, tmp_path: Path) -> None:
    _pull(tmp_path, _AMOUNT)
    file = _built_with(tmp_path / "shop", "1.0.0", "1.0.0") / "lib.bal"
    record = "record {| string currency; decimal value; boolean net; |}"
    ended = semver("explain-type", file, "Price", record, "--format", "json")
    assert report_of(ended)["relation"] == "equal"


def test_a_dependency_that_no_changed_declaration_meets_is_not_asked_for(
    semver: Semver, tmp_path: Path
) -> None:
    # The same ten are included and named on both sides; what changes leads to none of them, then to one.
    names = [f"money{at}" for at in range(10)]
    brought = "".join(
        f"import acme/{name};\npublic type T{name} record {{| *{name}:A; |}};\n"
        f"public function {name}({name}:A a) returns {name}:A => make();\n"
        for name in names
    )
    graph = dependency_graph(
        "acme", "shop", "1.0.0", *({"org": "acme", "name": name, "version": "1.0.0"} for name in names)
    )
    files = {"modules/shop/lib.bal": brought, "dependency-graph.json": graph}
    rows = [Published("acme", "shop", "1.0.0", build_bala("acme", "shop", "1.0.0", files))]
    rows += [
        Published(
            "acme", name, "1.0.0", build_bala("acme", name, "1.0.0", {f"modules/{name}/a.bal": _RECORD_A})
        )
        for name in names
    ]
    named = ", ".join(f'{{org = "acme", name = "{name}"}}' for name in names)
    own = _LOCKED.format(name="shop").replace("modules", f"dependencies = [{named}]\nmodules")
    lock = own + "".join(_LOCKED.format(name=name) for name in names)
    manifests: dict[str, str | bytes] = {
        "Ballerina.toml": manifest("1.1.0"),
        "Dependencies.toml": _DEPENDENCIES.partition("[[package]]")[0] + lock,
    }
    changes = {
        brought + "public function more() {}\n": [],
        brought.replace("*money3:A;", "*money3:A; int more?;"): ["money3"],
    }
    for at, (source, asked) in enumerate(changes.items()):
        new = write_package(tmp_path / f"new{at}", {**manifests, "lib.bal": source}, "1.1.0")
        with serve_central(rows) as central:
            ended = semver("check", new, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address)
        report_of(ended)
        assert sorted({name for name in names for one in central.requests if f"/{name}" in one.path}) == asked


def test_a_later_run_answers_the_same_by_what_an_earlier_one_has_read(semver: Semver, tmp_path: Path) -> None:
    # Both large enough to have models: the dependency has one, the version that is compared is only scanned.
    filler = "".join(
        f"public type Filler{at} record {{| int[] some; string? other = (); |}};\n" for at in range(900)
    )
    _pull(tmp_path, _MONEY + filler)
    new = _write(tmp_path / "new", "1.1.0", "decimal|int")
    graph = dependency_graph("acme", "shop", "1.0.0", {"org": "acme", "name": "money", "version": "1.0.0"})
    source = f"import acme/money;\npublic function price() returns money:Amount => make();\n{filler}"
    files = {"modules/shop/lib.bal": source, "dependency-graph.json": graph}
    (tmp_path / "old.bala").write_bytes(build_bala("acme", "shop", "1.0.0", files))
    cache = tmp_path / "cache"
    ends = [
        semver("diff", tmp_path / "old.bala", new, "--format", "html", SEMVERDIFF_CACHE_DIR=str(folder))
        for folder in (tmp_path / "other", cache, cache)
    ]
    assert ends[0] == ends[1] == ends[2]
    assert len(list(cache.glob("*/models/*"))) == 1
    listed = semver("cache", "info", "--format", "json", SEMVERDIFF_CACHE_DIR=str(cache))
    assert '"models": {\n      "files": 1,' in listed.out
