"""Packages that mean harm: large files, links that lead out, deep folders, libraries that are none."""

from __future__ import annotations

import os
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from publish.publications import CLASS, Situation, jar, png, readiness, toml, write_situation

from semverdiff import limits
from semverdiff.publish.files import paths_of
from semverdiff.publish.include_patterns import Path as Packed

if TYPE_CHECKING:
    from pathlib import Path

_BINDING = (
    f'import ballerina/jballerina.java;\nfunction f() = @java:Method {{\'class: "{CLASS}"}} external;\n'
)


def _library(path: str) -> str:
    return toml(
        f'[[platform.java21.dependency]]\npath = "{path}"\nscope = "testOnly"\n'
        "[platform.java21]\ngraalvmCompatible = true\n"
    )


def test_of_a_large_icon_the_first_bytes_are_read(tmp_path: Path) -> None:
    root = write_situation(tmp_path, Situation({"Ballerina.toml": toml(icon="icon.png"), "icon.png": png()}))
    with (root / "icon.png").open("r+b") as stream:
        stream.truncate(2**40)
    tracemalloc.start()
    found = readiness(tmp_path, Situation({"Ballerina.toml": toml(icon="icon.png")}))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.findings == ()
    assert most < 64 * 2**20


@pytest.mark.parametrize("path", ["/etc/passwd.png", "../../../x.png", "../x.png"])
def test_a_path_out_of_the_repository_is_not_followed(tmp_path: Path, path: str) -> None:
    (tmp_path / "x.png").write_bytes(png())
    found = readiness(tmp_path, Situation({"Ballerina.toml": toml(icon=path)}))
    assert found.findings == ()
    assert {one.rule for one in found.unchecked} == {"icon-not-found"}


@pytest.mark.parametrize(
    ("rule", "manifest"),
    [
        ("icon-not-found", toml(icon="closed/x.png")),
        ("readme-not-found", toml(readme="closed/x.md")),
        ("library-missing", toml('[[platform.java21.dependency]]\npath = "closed/x.jar"\n')),
        (
            "module-readme-not-found",
            toml('[[package.modules]]\nname = "shop.orders"\nreadme = "closed/x.md"\n'),
        ),
    ],
)
def test_what_lies_in_a_folder_that_is_not_read_is_not_known(
    tmp_path: Path, rule: str, manifest: str
) -> None:
    situation = Situation({"Ballerina.toml": manifest, "modules/orders/a.bal": ""})
    root = write_situation(tmp_path, situation)
    (root / "closed").symlink_to(tmp_path)
    found = readiness(tmp_path, situation)
    assert rule not in {one.rule for one in found.findings}
    assert [one.why for one in found.unchecked if one.rule == rule] == [
        "'closed' cannot be read: it is a link out of 'shop', which is not followed"
    ]


@pytest.mark.parametrize("rule", ["archive-outdated", "archive-of-other-version"])
def test_archives_in_a_folder_that_is_not_read_are_not_known(tmp_path: Path, rule: str) -> None:
    root = write_situation(tmp_path, Situation())
    (root / "target").symlink_to(tmp_path)
    (tmp_path / "bala").mkdir()
    assert rule in {one.rule for one in readiness(tmp_path, Situation()).unchecked}


def test_a_text_of_a_module_out_of_the_repository_is_neither_missing_nor_there(tmp_path: Path) -> None:
    entry = '[[package.modules]]\nname = "shop.orders"\nexport = true\nreadme = "../x.md"\n'
    files = {"Ballerina.toml": toml(entry), "modules/orders/a.bal": ""}
    found = readiness(tmp_path, Situation(files))
    assert found.findings == ()
    assert [(one.rule, one.why) for one in found.unchecked] == [
        (
            "module-readme-not-found",
            "the README '../x.md' lies outside of the repository, where nothing is looked for",
        )
    ]


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="without links")
def test_a_link_out_of_the_package_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"password")
    root = write_situation(tmp_path, Situation({"Ballerina.toml": toml(icon="icon.png")}))
    (root / "icon.png").symlink_to(tmp_path / "secret.png")
    found = readiness(tmp_path, Situation({"Ballerina.toml": toml(icon="icon.png")}))
    assert found.findings == ()
    assert {one.rule for one in found.unchecked} == {"icon-not-png"}


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    root = write_situation(tmp_path, Situation({"Ballerina.toml": toml(icon="icon.png")}))
    os.mkfifo(root / "icon.png")
    found = readiness(tmp_path, Situation({"Ballerina.toml": toml(icon="icon.png")}))
    assert {one.rule for one in found.unchecked} == {"icon-not-png"}


def test_a_folder_that_leads_to_itself_is_not_walked(tmp_path: Path) -> None:
    root = write_situation(tmp_path, Situation({"resources/a.txt": ""}))
    (root / "resources" / "again").symlink_to(root / "resources")
    (root / "more").symlink_to(root)
    situation = Situation({"Ballerina.toml": toml(include=["**/a.txt"]), "resources/a.txt": ""})
    found = readiness(tmp_path, situation)
    assert found.findings == ()
    assert [one.rule for one in found.unchecked] == ["secret-published"]


def test_links_are_packed_as_what_they_are_called(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "link").symlink_to(tmp_path)
    assert paths_of(tmp_path) == (Packed("a", is_folder=True), Packed("a/link"))


def test_more_files_than_the_limit_are_not_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PUBLISHED_PATHS", 3)
    found = readiness(tmp_path, Situation({"Ballerina.toml": toml(include=["a"]), "a": "", "b": ""}))
    assert {one.rule for one in found.unchecked} == {"include-matches-nothing", "secret-published"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip", bytes(1000)])
def test_a_library_that_is_none_is_not_known(tmp_path: Path, content: bytes) -> None:
    found = readiness(
        tmp_path,
        Situation({"Ballerina.toml": _library("x.jar"), "x.jar": content, "lib.bal": _BINDING}),
    )
    assert found.findings == ()
    assert [one.rule for one in found.unchecked] == ["library-test-only"]


def test_of_one_rule_no_more_places_than_anybody_reads_are_told(tmp_path: Path) -> None:
    secrets: dict[str, str | bytes | None] = {f"resources/{number}/Config.toml": "" for number in range(60)}
    found = readiness(tmp_path, Situation(secrets))
    assert len(found.findings) == limits.MISTAKES
    assert "more were not looked for" in found.unchecked[0].why


def test_libraries_of_more_files_than_the_limit_are_not_all_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LIBRARY_FILES", 1)
    entry = '[[platform.java21.dependency]]\npath = "{}.jar"\nscope = "testOnly"\n'
    end = "[platform.java21]\ngraalvmCompatible = true\n"
    files: dict[str, str | bytes | None] = {
        "Ballerina.toml": toml("".join(entry.format(name) for name in "ab") + end),
        "a.jar": jar("x.A", "x.B"),
        "b.jar": jar(CLASS),
        "lib.bal": _BINDING,
    }
    found = readiness(tmp_path, Situation(files))
    assert found.findings == ()
    assert [one.why for one in found.unchecked] == ["the native libraries have more than 1 files"]
