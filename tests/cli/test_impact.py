"""`semver impact` as it is typed: where dependents come from, what is told, and how it ends."""

from __future__ import annotations

import io
import json
import os
import zipfile
from typing import TYPE_CHECKING, cast

import pytest
from support.archives import build_bala
from support.central import Fault, Published, json_value, serve_central, status
from support.git_repositories import commit, repository_at
from support.packages import manifest, write_package
from support.vein_projects import OLD as VEIN
from support.vein_projects import write_project

from semverdiff import limits, packages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Semver
    from support.central import Reply

OLD = "public function pay(int amount) { }\npublic type Order record {| int id; |};\n"
NEW = "public function pay(int amount, string note) { }\npublic type Order record {| int id; |};\n"
CALLS = "import acme/shop;\nfunction f() {\n    shop:pay(1);\n}\n"
READS = "import acme/shop;\nfunction f(shop:Order o) {\n    int i = o.id;\n}\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a directory with shop-1.3.0, and shop, in which something breaks."""
    write_package(tmp_path / "shop-1.3.0", {"lib.bal": OLD}, "1.3.0")
    return write_package(tmp_path / "shop", {"lib.bal": NEW}, "2.0.0")


def _dependent(folder: Path, name: str, source: str) -> Path:
    return write_package(folder / name, {"Ballerina.toml": manifest("1.0.0", name), "main.bal": source})


def _impact(semver: Semver, *arguments: str | Path, **environment: str) -> dict[str, object]:
    ended = semver("impact", *arguments, "--format", "json", **environment)
    assert ended.code == 0, ended.err
    document: dict[str, object] = json.loads(ended.out)
    return document


def _rows(document: dict[str, object], key: str) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", document[key])


def _concerns(document: dict[str, object]) -> dict[str, str]:
    return {str(one["package"]): str(one["concern"]) for one in _rows(document, "dependents")}


def test_tells_who_breaks_and_where(semver: Semver, tmp_path: Path, shop: Path) -> None:
    _dependent(tmp_path / "apps", "caller", CALLS)
    _dependent(tmp_path / "apps", "reader", READS)
    ended = semver("impact", shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", tmp_path / "apps")
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0] == "acme/shop 1.3.0 -> 2.0.0: 1 of 1 breaking change breaks 1 of 2 dependents"
    assert "  breaks: acme/caller 1.0.0" in lines
    assert "    main.bal:3:10 calls 'pay': it gives nothing for 'note'" in lines
    assert lines[-1] == "imported by 2 of 2 packages"


def test_the_document_holds_every_use_and_every_count(semver: Semver, tmp_path: Path, shop: Path) -> None:
    _dependent(tmp_path / "apps", "caller", CALLS)
    _dependent(tmp_path / "apps", "other", "function f() { }\n")
    found = _impact(semver, shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", tmp_path / "apps")
    assert found["schema_version"] == 1
    assert found["outcome"] == "complete"
    assert found["counts"] == {
        "findings": 1,
        "findings_that_break": 1,
        "dependents": 2,
        "importing": 1,
        "unread": 0,
        "by_dependent": {"breaks": 1, "unknown": 0, "survives": 0, "not_used": 1},
    }
    (finding,) = _rows(found, "findings")
    assert finding["rule"] == "function-parameter-required-added"
    assert finding["by_dependent"] == {"breaks": 1, "unknown": 0, "survives": 0, "not_used": 1}
    (meeting,) = _rows(finding, "dependents")
    assert meeting["package"] == "acme/caller"
    assert meeting["uses"] == [
        {
            "verdict": "breaks",
            "use": "calls 'pay'",
            "reason": "it gives nothing for 'note'",
            "file": "main.bal",
            "line": 3,
            "column": 10,
        }
    ]
    assert [one["imports"] for one in _rows(found, "dependents")] == [True, False]


def test_no_path_of_this_machine_is_told(semver: Semver, tmp_path: Path, shop: Path) -> None:
    _dependent(tmp_path / "apps", "caller", CALLS)
    found = semver(
        "impact", shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", tmp_path, "--format", "json"
    )
    assert str(tmp_path) not in found.out
    assert f'"source": "{tmp_path.name}/apps/caller"' in found.out


def test_the_same_question_has_the_same_answer_from_the_cache(
    semver: Semver, tmp_path: Path, shop: Path
) -> None:
    _dependent(tmp_path / "apps", "caller", CALLS)
    arguments = (shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", tmp_path / "apps")
    environment = {"SEMVERDIFF_CACHE_DIR": str(tmp_path / "cache")}
    first = _impact(semver, *arguments, **environment)
    kept = [file for file in (tmp_path / "cache").rglob("*") if file.is_file()]
    assert any(file.parent.name == "models" for file in kept)
    assert _impact(semver, *arguments, **environment) == first


def test_archives_workspaces_and_a_central_cache_are_searched(
    semver: Semver, tmp_path: Path, shop: Path
) -> None:
    apps = tmp_path / "apps"
    (apps / "built").mkdir(parents=True)
    (apps / "built" / "acme-packed-any-1.0.0.bala").write_bytes(
        build_bala("acme", "packed", "1.0.0", {"modules/packed/main.bal": CALLS})
    )
    _dependent(apps / "space", "one", CALLS)
    _dependent(apps / "space", "two", READS)
    (apps / "space" / "Ballerina.toml").write_text('[workspace]\npackages = ["one", "two"]\n')
    _dependent(apps / "space" / "one" / "target", "left", CALLS)
    found = _impact(semver, shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", apps)
    assert _concerns(found) == {"acme/packed": "breaks", "acme/one": "breaks", "acme/two": "not_used"}


def test_of_several_versions_in_a_cache_the_newest_is_looked_at(
    semver: Semver, tmp_path: Path, shop: Path
) -> None:
    for version, source in (("1.9.0", CALLS), ("1.10.0", READS)):
        file = tmp_path / "cache" / version / "app.bala"
        file.parent.mkdir(parents=True)
        file.write_bytes(build_bala("acme", "app", version, {"modules/app/main.bal": source}))
    found = _impact(semver, shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", tmp_path / "cache")
    assert [one["version"] for one in _rows(found, "dependents")] == ["1.10.0"]
    assert [one["why"] for one in _rows(found, "unread")] == [
        "1 older version of acme/app beside it not looked at"
    ]


def test_what_cannot_be_read_is_a_row_with_its_reason(semver: Semver, tmp_path: Path, shop: Path) -> None:
    apps = tmp_path / "apps"
    _dependent(apps, "caller", CALLS)
    (apps / "broken.bala").write_bytes(b"no zip")
    write_package(apps / "half", {"Ballerina.toml": "[package", "main.bal": CALLS})
    found = _impact(semver, shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", apps)
    assert _concerns(found) == {"acme/caller": "breaks"}
    assert [one["source"] for one in _rows(found, "unread")] == ["apps/broken.bala", "apps/half"]
    assert all(one["why"] for one in _rows(found, "unread"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not keep this user out")
def test_a_directory_that_cannot_be_listed_is_a_row_too(semver: Semver, tmp_path: Path, shop: Path) -> None:
    apps = tmp_path / "apps"
    _dependent(apps, "caller", CALLS)
    (apps / "closed").mkdir(mode=0)
    found = _impact(semver, shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", apps)
    (apps / "closed").chmod(0o700)
    assert [one["source"] for one in _rows(found, "unread")] == ["apps/closed"]


def test_a_directory_with_too_many_below_it_is_refused(
    semver: Semver, tmp_path: Path, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DEPENDENT_FOLDERS", 3)
    for number in range(4):
        (tmp_path / "apps" / str(number)).mkdir(parents=True)
    ended = semver("impact", shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", tmp_path / "apps")
    assert ended.code == 2
    assert "'apps' has more than 3 directories" in ended.err


def test_packages_of_a_revision_are_dependents(semver: Semver, tmp_path: Path) -> None:
    repository = repository_at(tmp_path / "repository")
    commit(
        repository,
        {
            "shop/Ballerina.toml": manifest("1.3.0"),
            "shop/lib.bal": OLD,
            "apps/caller/Ballerina.toml": manifest("1.0.0", "caller"),
            "apps/caller/main.bal": CALLS,
            "apps/half/Ballerina.toml": "[package",
            "apps/target/left/Ballerina.toml": manifest("1.0.0", "left"),
            "apps/target/left/main.bal": CALLS,
        },
        tag="v1",
    )
    write_package(repository / "shop", {"lib.bal": NEW}, "2.0.0")
    found = _impact(semver, repository / "shop", "--baseline", "git:v1", "--dependents", "git:v1:apps")
    assert _concerns(found) == {"acme/caller": "breaks"}
    assert [one["source"] for one in _rows(found, "dependents")] == ["git:v1:apps/caller"]
    assert [one["source"] for one in _rows(found, "unread")] == ["git:v1:apps/half"]
    # The package itself is no dependent of its own.
    around = _impact(semver, repository / "shop", "--baseline", "git:v1", "--dependents", "git:v1")
    assert _concerns(around) == {"acme/caller": "breaks", "acme/shop": "not_used"}


def _published(name: str, version: str, source: str) -> Published:
    content = build_bala("acme", name, version, {f"modules/{name}/main.bal": source})
    return Published("acme", name, version, content)


TABLE = [
    _published("shop", "1.3.0", OLD),
    _published("caller", "1.1.0", CALLS),
    _published("caller", "1.0.0", READS),
    _published("reader", "1.0.0", READS),
]


def test_central_says_who_depends_on_the_package(semver: Semver, shop: Path) -> None:
    names = ("acme/reader", "acme/caller", "acme/caller", "acme/lost")
    with serve_central(TABLE, dependents={"acme/shop": names}) as central:
        environment = {"SEMVERDIFF_CENTRAL_URL": central.address}
        found = _impact(semver, shop, "--dependents", "central", **environment)
        one = _impact(semver, shop, "--dependents", "central:acme/caller:1.0.0", **environment)
        assert central.endpoints.count("graphql") == 1
    assert _concerns(found) == {"acme/caller": "breaks", "acme/reader": "not_used"}
    assert [row["source"] for row in _rows(found, "unread")] == ["central:acme/lost"]
    assert _concerns(one) == {"acme/caller": "not_used"}


def test_a_token_that_is_refused_is_left_out(semver: Semver, shop: Path) -> None:
    with serve_central(TABLE, dependents={"acme/shop": ("acme/caller",)}) as central:
        found = _impact(
            semver,
            shop,
            "--dependents",
            "central",
            SEMVERDIFF_CENTRAL_URL=central.address,
            BALLERINA_CENTRAL_ACCESS_TOKEN="secret",  # noqa: S106 (the stand-in refuses any)
        )
    assert _concerns(found) == {"acme/caller": "breaks"}


@pytest.mark.parametrize(
    "change",
    [status(500), json_value({"data": None}), json_value({"data": {"package": {}}}), json_value([])],
    ids=["broken", "no data", "no list", "no object"],
)
def test_a_central_that_does_not_say_who_depends_on_it_ends_the_run(
    semver: Semver, shop: Path, change: Callable[[Reply], Reply]
) -> None:
    faults = [Fault("graphql", change)]
    with serve_central(TABLE, faults) as central:
        ended = semver(
            "impact",
            shop,
            "--dependents",
            "central",
            "--format",
            "json",
            SEMVERDIFF_CENTRAL_URL=central.address,
        )
    assert ended.code == 3
    document = json.loads(ended.out)
    assert document["outcome"] == "error"
    assert document["errors"][0]["code"]


def test_what_no_source_tells_is_no_change_that_nobody_minds(semver: Semver, tmp_path: Path) -> None:
    old, new = "public function pay() { }\nconfigurable int port = 1;\n", "public function pay() { }\n"
    write_package(tmp_path / "shop-1.3.0", {"lib.bal": old}, "1.3.0")
    write_package(tmp_path / "shop", {"lib.bal": new}, "2.0.0")
    _dependent(tmp_path / "apps", "caller", CALLS)
    arguments = (tmp_path / "shop", "--baseline", tmp_path / "shop-1.3.0", "--dependents", tmp_path / "apps")
    (finding,) = _rows(_impact(semver, *arguments), "findings")
    assert (finding["rule"], finding["told"], finding["by_dependent"]) == (
        "configurable-removed",
        False,
        None,
    )
    lines = semver("impact", *arguments).out.splitlines()
    assert "1 breaking change that no source tells:" in lines


def test_a_first_release_breaks_nobody(semver: Semver, tmp_path: Path, shop: Path) -> None:
    _dependent(tmp_path / "apps", "caller", CALLS)
    ended = semver("impact", shop, "--baseline", "none", "--dependents", tmp_path / "apps")
    assert ended.code == 0
    assert ended.out.startswith("nothing to compare acme/shop with: ")


def test_without_a_breaking_change_nobody_breaks(semver: Semver, tmp_path: Path, shop: Path) -> None:
    _dependent(tmp_path / "apps", "caller", CALLS)
    ended = semver("impact", shop, "--baseline", shop, "--dependents", tmp_path / "apps")
    assert ended.code == 0
    assert ended.out.splitlines()[0].endswith("no breaking change, so that no dependent breaks")


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (("nowhere",), "'nowhere' names no dependents"),
        (("empty",), "'empty' holds no package"),
        (("central:acme",), "names no package"),
        ((), "Missing option '--dependents'"),
    ],
)
def test_a_source_that_names_nothing_is_wrong_usage(
    semver: Semver, tmp_path: Path, shop: Path, sources: tuple[str, ...], said: str
) -> None:
    (tmp_path / "empty").mkdir()
    options = [word for one in sources for word in ("--dependents", one)]
    ended = semver("impact", shop, "--baseline", tmp_path / "shop-1.3.0", *options)
    assert ended.code == 2
    assert said.lower() in ended.err.lower()


def test_central_cannot_be_asked_offline(semver: Semver, tmp_path: Path, shop: Path) -> None:
    ended = semver(
        "impact", shop, "--baseline", tmp_path / "shop-1.3.0", "--offline", "--dependents", "central"
    )
    assert ended.code == 2
    assert "leave out --offline" in ended.err


def test_a_package_of_another_ecosystem_is_refused(semver: Semver, tmp_path: Path) -> None:
    write_project(tmp_path / "vein", "1.0.0", VEIN)
    ended = semver("impact", tmp_path / "vein", "--dependents", tmp_path)
    assert ended.code == 2
    assert "only for packages of Ballerina" in ended.err


def test_text_says_what_could_not_be_looked_at(semver: Semver, tmp_path: Path, shop: Path) -> None:
    apps = tmp_path / "apps"
    _dependent(apps, "caller", CALLS)
    (apps / "broken.bala").write_bytes(b"no zip")
    lines = semver(
        "impact", shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", apps
    ).out.splitlines()
    assert lines[-3:-1] == ["", "not looked at:"]
    assert lines[-1].startswith("  apps/broken.bala: ")


def test_text_says_what_is_noted_of_a_first_release(semver: Semver, tmp_path: Path) -> None:
    repository = repository_at(tmp_path / "repository")
    commit(repository, {"Ballerina.toml": manifest("1.0.0", "store"), "lib.bal": OLD})
    write_package(repository, {"lib.bal": NEW}, "1.0.0")
    with serve_central([]) as central:
        arguments = (repository, "--dependents", repository)
        lines = semver("impact", *arguments, SEMVERDIFF_CENTRAL_URL=central.address).out.splitlines()
    assert lines[1] == ""
    assert lines[2].startswith("The package was acme/store at ")


def test_what_the_check_notes_is_said_beside_what_breaks(semver: Semver, tmp_path: Path, shop: Path) -> None:
    write_package(tmp_path / "shop-1.3.0", {"Ballerina.toml": manifest("1.3.0", "store"), "lib.bal": OLD})
    _dependent(tmp_path / "apps", "caller", CALLS)
    arguments = (shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", tmp_path / "apps")
    note = "the baseline is another package: acme/store instead of acme/shop"
    assert semver("impact", *arguments).out.splitlines()[-2:] == ["", note]
    assert _impact(semver, *arguments)["notes"] == [note]


BROKEN = "public function () { }\n"


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (NEW, "1 of 1 breaking change breaks 1 of 1 dependent"),
        (OLD, "no breaking change in what was compared"),
    ],
    ids=["beside what breaks", "where nothing breaks"],
)
def test_what_was_not_compared_is_told(
    semver: Semver, tmp_path: Path, shop: Path, new: str, said: str
) -> None:
    write_package(tmp_path / "shop-1.3.0", {"lost.bal": BROKEN}, "1.3.0")
    write_package(shop, {"lib.bal": new}, "2.0.0")
    _dependent(tmp_path / "apps", "caller", CALLS)
    arguments = (shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", tmp_path / "apps")
    lines = semver("impact", *arguments).out.splitlines()
    assert lines[0] == f"acme/shop 1.3.0 -> 2.0.0: {said}"
    (skipped,) = _rows(_impact(semver, *arguments), "skipped")
    assert lines[-2:] == ["not compared:", f"  {skipped['what']}: {skipped['why']}"]


def _shortened(semver: Semver, tmp_path: Path, shop: Path) -> list[str]:
    """Return the text of a change that two dependents mind, in two places each; nobody minds two others."""
    old = f"{OLD}public function one() {{ }}\npublic function two() {{ }}\n"
    write_package(tmp_path / "shop-1.3.0", {"lib.bal": old}, "1.3.0")
    for name in ("first", "second"):
        _dependent(tmp_path / "apps", name, CALLS.replace("shop:pay(1);", "shop:pay(1); shop:pay(2);"))
    arguments = ("--baseline", tmp_path / "shop-1.3.0", "--dependents", tmp_path / "apps")
    return semver("impact", shop, *arguments).out.splitlines()


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("LISTED_DEPENDENTS", ["  and 1 more dependent"]),
        ("LISTED_PLACES", ["    and 1 more place"] * 2),
        ("LISTED_FINDINGS", ["  and 1 more", "  and 1 more dependent"]),
    ],
)
def test_text_lists_so_many_and_counts_the_others(  # noqa: PLR0913, PLR0917 (what a case is made of)
    semver: Semver,
    tmp_path: Path,
    shop: Path,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    said: list[str],
) -> None:
    assert not [line for line in _shortened(semver, tmp_path, shop) if " more" in line]
    monkeypatch.setattr(limits, limit, 1)
    assert [line for line in _shortened(semver, tmp_path, shop) if " more" in line] == said


def test_a_file_may_be_named_and_a_report_written_beside(semver: Semver, tmp_path: Path, shop: Path) -> None:
    file = tmp_path / "acme-packed-any-1.0.0.bala"
    file.write_bytes(build_bala("acme", "packed", "1.0.0", {"modules/packed/main.bal": CALLS}))
    arguments = (shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", file)
    ended = semver("impact", *arguments, "--format", f"json={tmp_path / 'out.json'}")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "acme/shop 1.3.0 -> 2.0.0: 1 of 1 breaking change breaks 1 of 1 dependent\n"
    found = json.loads((tmp_path / "out.json").read_text())
    assert [one["source"] for one in found["dependents"]] == [file.name]


def test_a_baseline_that_holds_no_sources_is_refused(semver: Semver, tmp_path: Path, shop: Path) -> None:
    assert semver("api", tmp_path / "shop-1.3.0", "--write", tmp_path / "shop.api").code == 0
    arguments = (shop, "--baseline", f"api:{tmp_path / 'shop.api'}", "--dependents", tmp_path)
    ended = semver("impact", *arguments)
    assert ended.code == 3
    assert "expected a baseline with sources" in ended.err


def test_extracted_archives_are_dependents_and_nothing_in_them_is(
    semver: Semver, tmp_path: Path, shop: Path
) -> None:
    apps = tmp_path / "apps"
    content = build_bala("acme", "app", "1.0.0", {"modules/app/main.bal": CALLS})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(apps / "app")
    _dependent(apps / "app" / "docs", "example", CALLS)
    later = _dependent(apps, "later", CALLS)
    (later / "Bala.toml").write_text('[bala]\nschema_version = "4"\n[build]\nplatform = "any"\n')
    _dependent(later / "docs", "example", CALLS)
    found = _impact(semver, shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", apps)
    assert sorted(_concerns(found)) == ["acme/app", "acme/later"]
    assert _rows(found, "unread") == []


@pytest.mark.parametrize("place", ["a directory", "an archive"])
def test_what_the_system_does_not_let_read_is_a_row_with_its_reason(
    semver: Semver, tmp_path: Path, shop: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    apps = tmp_path / "apps"
    _dependent(apps, "caller", CALLS)
    closed = apps / "closed"
    closed.mkdir()
    (apps / "closed.bala").write_bytes(b"")
    refused = PermissionError(13, "Permission denied")

    def scan(path: Path) -> object:
        if place == "a directory" and path == closed:
            raise refused
        return scandir(path)

    def read(path: Path) -> object:
        if place == "an archive" and path.suffix == ".bala":
            raise refused
        return read_package(path)

    scandir, read_package = os.scandir, packages.read_package
    monkeypatch.setattr("semverdiff.impact.sources.os.scandir", scan)
    monkeypatch.setattr("semverdiff.impact.sources.packages.read_package", read)
    found = _impact(semver, shop, "--baseline", tmp_path / "shop-1.3.0", "--dependents", apps)
    told = {one["source"]: one["why"] for one in _rows(found, "unread")}
    name = "apps/closed" if place == "a directory" else "apps/closed.bala"
    assert told[name] == "Permission denied"
    assert _concerns(found) == {"acme/caller": "breaks"}


def test_a_revision_without_packages_or_with_too_many_is_wrong_usage(
    semver: Semver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path / "shop-1.3.0", {"lib.bal": OLD}, "1.3.0")
    repository = repository_at(tmp_path / "repository")
    commit(
        repository,
        {
            "Ballerina.toml": manifest("1.3.0"),
            "lib.bal": OLD,
            "docs/page.md": "",
            "apps/one/Ballerina.toml": manifest("1.0.0", "one"),
            "apps/two/Ballerina.toml": manifest("1.0.0", "two"),
        },
        tag="v1",
    )

    def said(source: str) -> str:
        ended = semver("impact", repository, "--baseline", tmp_path / "shop-1.3.0", "--dependents", source)
        assert ended.code == 2
        return ended.err

    assert "'git:v1:docs' holds no package" in said("git:v1:docs")
    monkeypatch.setattr(limits, "GIT_MANIFESTS", 1)
    assert "'git:v1:apps' has more than 1 packages: name a directory in it" in said("git:v1:apps")
