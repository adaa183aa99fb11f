"""`semver api --write` and `--check`, and `api:FILE` as a baseline: from the sources to the file and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.archives import build_bala
from support.git_repositories import commit, git, repository_at
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

SOURCE = """\
public type Order record {|
    int id;
|};

public function total(int one) returns int {
    return one;
}
"""
LINES = """\
shop	Order		public type Order record {|...|};
shop	Order	id	int id;
shop	total		public function total(int one) returns int {}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a package with an API of three lines."""
    return write_package(tmp_path / "shop", {"lib.bal": SOURCE})


def test_the_api_is_written_beside_the_sources(semver: Semver, shop: Path) -> None:
    ended = semver("api", "shop", "--write")

    assert (ended.code, ended.out) == (0, "")
    assert "api/shop.api is written" in ended.err
    text = (shop / "api" / "shop.api").read_text()
    assert text.endswith(f"exported: shop\n{LINES}")
    assert (shop / "api" / ".gitattributes").read_text() == "*.api text eol=lf merge=union\n"


def test_attributes_that_are_there_are_left_alone(semver: Semver, shop: Path) -> None:
    write_package(shop, {"api/.gitattributes": "* -text\n"})

    assert semver("api", "shop", "--write").code == 0
    assert (shop / "api" / ".gitattributes").read_text() == "* -text\n"


def test_the_file_may_lie_anywhere(semver: Semver, shop: Path, tmp_path: Path) -> None:
    assert semver("api", "shop", "--write=out/a.api").code == 0

    assert (tmp_path / "out" / "a.api").read_text().endswith(LINES)
    assert not (tmp_path / "out" / ".gitattributes").exists()
    assert not (shop / "api").exists()
    assert "'out/a.api' is current" in semver("api", "shop", "--check=out/a.api").err


@pytest.mark.usefixtures("shop")
def test_a_file_that_is_current_passes(semver: Semver) -> None:
    semver("api", "shop", "--write")

    ended = semver("api", "shop", "--check")

    assert (ended.code, ended.out, ended.err) == (0, "", "api/shop.api is current.\n")


def test_neither_bodies_nor_the_version_nor_the_order_make_a_file_old(semver: Semver, shop: Path) -> None:
    semver("api", "shop", "--write")
    file = shop / "api" / "shop.api"
    file.write_bytes(b"\r\n".join(reversed(file.read_bytes().split(b"\n"))))
    write_package(shop, {"lib.bal": SOURCE.replace("return one", "return one + 0")}, version="1.5.0")

    assert semver("api", "shop", "--check").code == 0


CHANGES = {
    "a break": (SOURCE.replace("int one", "string one"), "what changed breaks clients", "parameter 'one'"),
    "an addition": (f"{SOURCE}public const A = 1;", "clients go on working", "constant 'A' is added"),
    "a private member": (
        f"{SOURCE}configurable int a = 1;",
        "clients go on working",
        "configurable variable 'a'",
    ),
}


@pytest.mark.parametrize(("source", "meaning", "listed"), CHANGES.values(), ids=CHANGES)
def test_a_file_that_is_not_current_fails_with_what_that_means(
    semver: Semver, shop: Path, source: str, meaning: str, listed: str
) -> None:
    semver("api", "shop", "--write")
    write_package(shop, {"lib.bal": source})

    ended = semver("api", "shop", "--check")

    assert ended.code == 1
    assert listed in ended.out
    assert f"api/shop.api is not current: {meaning}" in ended.err
    assert "`semver api --write` and commit the file" in ended.err
    assert semver("api", "shop", "--write").code == 0
    assert semver("api", "shop", "--check").code == 0


def test_what_could_not_be_decided_is_not_called_compatible(semver: Semver, shop: Path) -> None:
    source = "import ballerina/constraint;\n\n@constraint:Int {maxValue: 1}\npublic type T int;\n"
    write_package(shop, {"lib.bal": source})
    semver("api", "shop", "--write")
    write_package(shop, {"lib.bal": source.replace("1", "2")})

    ended = semver("api", "shop", "--check", "--format", "json")

    assert ended.code == 1
    assert [one["certainty"] for one in json.loads(ended.out)["findings"]] == ["undecided"]
    assert "works" not in ended.err
    assert "could not be decided" in ended.err


@pytest.mark.parametrize("source", [SOURCE, SOURCE.replace("int one", "string one")], ids=["current", "old"])
def test_a_check_is_a_report_for_programs(semver: Semver, shop: Path, source: str) -> None:
    semver("api", "shop", "--write")
    write_package(shop, {"lib.bal": source})

    ended = semver("api", "shop", "--check", "--format", "json")

    report = json.loads(ended.out)
    assert report["baseline"]["source"] == "api"
    assert [one["symbol"] for one in report["findings"]] == ([] if source == SOURCE else ["total(one)"])
    assert ended.code == (0 if source == SOURCE else 1)


def test_an_api_file_is_a_baseline(semver: Semver, shop: Path) -> None:
    semver("api", "shop", "--write")
    write_package(shop, {"lib.bal": SOURCE.replace("int one", "string one")}, version="1.5.0")

    for baseline in ("api:shop/api/shop.api", "file:shop/api/shop.api", "shop/api/shop.api"):
        ended = semver("check", "shop", "--baseline", baseline)
        assert ended.code == 1
        assert "1.5.0 is too low" in ended.out
    assert "2.0.0 or later" in semver("diff", "api:shop/api/shop.api", "shop").out


def test_a_project_may_name_its_api_file(semver: Semver, shop: Path) -> None:
    semver("api", "shop", "--write")
    write_package(shop, {"Semver.toml": '[check]\nbaseline = "api:api/shop.api"\n'})

    assert "(api)" in semver("check", "shop").out


MISTAKES = {
    "no file": (("--check",), 2, "there is no API file at api/shop.api: write it with `semver api --write`"),
    "no file where somebody said": (("--check=a.api",), 2, "write it with `semver api --write='a.api'`"),
    "a directory": (("--write=shop",), 2, "'shop' is a directory"),
    "a part of the API": (("--write", "--private"), 2, "take the whole API"),
    "a module of the API": (("--check", "--module", "shop"), 2, "take the whole API"),
    "a kind of symbols": (("--check", "--kind", "type"), 2, "take the whole API"),
    "both at once": (("--check", "--write"), 2, "exclude each other"),
}


@pytest.mark.parametrize(("arguments", "code", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_said(
    semver: Semver, shop: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    ended = semver("api", shop.name, *arguments)

    assert ended.code == code
    assert message in ended.err


def test_an_archive_has_no_place_of_its_own(semver: Semver, repository: Path) -> None:
    archive = repository / "fixtures" / "acme-shop-any-1.3.0.bala"

    assert "name the API file, as in --write=FILE" in semver("api", archive, "--write").err
    assert semver("api", archive, "--write=shop.api").code == 0


def test_a_package_without_an_api_has_no_file(semver: Semver, tmp_path: Path) -> None:
    write_package(
        tmp_path / "shop", {"lib.bal": SOURCE, "Ballerina.toml": manifest(more='export = ["other"]\n')}
    )

    assert semver("api", "shop", "--write").code in {2, 4}


def test_where_no_module_is_exported_there_is_no_api_to_write(semver: Semver, tmp_path: Path) -> None:
    content = build_bala("acme", "shop", "1.0.0", {"modules/shop/lib.bal": SOURCE}, export=[])
    (tmp_path / "shop.bala").write_bytes(content)

    ended = semver("api", "shop.bala", "--write=shop.api")

    assert ended.code == 4
    assert "shop exports no module: there is no API to write down" in ended.err


def test_a_link_in_the_project_is_not_followed(semver: Semver, shop: Path, tmp_path: Path) -> None:
    (shop / "api").mkdir()
    (shop / "api" / "shop.api").symlink_to(tmp_path / "victim")

    ended = semver("api", "shop", "--write")

    assert ended.code == 2
    assert "is a link in the project" in ended.err
    assert not (tmp_path / "victim").exists()


def test_two_branches_with_different_symbols_merge_without_a_conflict(semver: Semver, shop: Path) -> None:
    repository_at(shop)
    semver("api", "shop", "--write")
    commit(shop, {})
    for branch, names in (("one", ("AddedA", "AddedC")), ("two", ("AddedB", "AddedD"))):
        git(shop, "checkout", "-b", branch, "main")
        write_package(shop, {f"{name}.bal": f"public type {name} record {{|int id;|}};" for name in names})
        semver("api", "shop", "--write")
        commit(shop, {})

    git(shop, "merge", "one", "-m", "both")

    assert semver("api", "shop", "--check").code == 0
