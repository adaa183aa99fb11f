"""Which files are the sources of which module: in a package directory, wherever links may lead."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support.packages import manifest, package, write_package

from semverdiff import limits
from semverdiff.artifact import Provenance
from semverdiff.errors import ArchiveError, Mistake, SemverdiffError, SourceError, UsageError
from semverdiff.packages import find_root, read_directory, read_extracted, read_package, sources_root

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.packages import Package

FUNCTION = "public function f() {}\n"
BALA = Provenance("bala")


def layout(read: Package) -> dict[str, list[str]]:
    return {module.name: [file.path for file in module.files] for module in read.modules}


def mistakes_of(files: dict[str, str]) -> tuple[Mistake, ...]:
    with pytest.raises(SourceError) as caught:
        package(files)
    return caught.value.mistakes


LAYOUTS = {
    "the default module": ({"b.bal": "", "a.bal": ""}, {"shop": ["a.bal", "b.bal"]}),
    "a module": (
        {"a.bal": "", "modules/m/b.bal": "", "modules/m/a.bal": ""},
        {"shop": ["a.bal"], "shop.m": ["modules/m/a.bal", "modules/m/b.bal"]},
    ),
    "a package whose default module is empty": (
        {"modules/m/a.bal": ""},
        {"shop": [], "shop.m": ["modules/m/a.bal"]},
    ),
    "a folder without sources": ({"a.bal": "", "modules/m/readme.md": ""}, {"shop": ["a.bal"]}),
    "a folder without sources of any name": ({"a.bal": "", "modules/.idea/x": ""}, {"shop": ["a.bal"]}),
    "generated sources": (
        {"a.bal": "", "generated/b.bal": "", "modules/m/a.bal": "", "generated/m/b.bal": ""},
        {"shop": ["a.bal", "generated/b.bal"], "shop.m": ["generated/m/b.bal", "modules/m/a.bal"]},
    ),
    "a module that is generated as a whole": (
        {"a.bal": "", "generated/n/a.bal": ""},
        {"shop": ["a.bal"], "shop.n": ["generated/n/a.bal"]},
    ),
    "generated tests and resources": (
        {"a.bal": "", "generated/tests/t.bal": "", "generated/resources/r.bal": ""},
        {"shop": ["a.bal"]},
    ),
    "modules of these names": (
        {"a.bal": "", "modules/tests/t.bal": "", "modules/resources/r.bal": ""},
        {
            "shop": ["a.bal"],
            "shop.tests": ["modules/tests/t.bal"],
            "shop.resources": ["modules/resources/r.bal"],
        },
    ),
    "what lies deeper": (
        {"a.bal": "", "tests/t.bal": "", "modules/m/a.bal": "", "modules/m/tests/t.bal": ""},
        {"shop": ["a.bal"], "shop.m": ["modules/m/a.bal"]},
    ),
    "other files": ({"a.bal": "", "b.balx": "", "c.BAL": "", "bal": ""}, {"shop": ["a.bal"]}),
}


@pytest.mark.parametrize(("files", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_the_modules_of_a_package_with(files: dict[str, str], expected: dict[str, list[str]]) -> None:
    assert layout(package(files)) == expected


def test_a_package_without_sources_is_none() -> None:
    (mistake,) = mistakes_of({"readme.md": ""})

    assert mistake.message.startswith("package 'shop' has no sources: expected .bal files")


def test_a_file_that_a_module_has_twice_is_a_mistake_at_the_second() -> None:
    assert mistakes_of({"modules/m/a.bal": "", "generated/m/a.bal": "", "a.bal": ""}) == (
        Mistake(
            "Source file with a duplicate name 'a.bal' detected in both generated and module sources: "
            "'generated/m/a.bal' and 'modules/m/a.bal'. Rename or remove one of them.",
            "modules/m/a.bal",
        ),
    )


def test_every_mistake_of_the_sources_is_told_at_once() -> None:
    found = mistakes_of({"modules/a-b/a.bal": "", "c\x07.bal": "", "d\u2028.bal": ""})

    assert [(one.message, one.file) for one in found] == [
        ("the file name 'c?.bal' holds characters that cannot be printed.", None),
        ("the file name 'd?.bal' holds characters that cannot be printed.", None),
        (
            (
                "Invalid module name : 'a-b' :\n"
                "Module name can only contain alphanumerics, underscores and periods"
            ),
            "modules/a-b",
        ),
    ]


def test_the_default_module_may_have_any_name_that_the_package_has() -> None:
    assert layout(package({"a.bal": ""}, manifest(name="a.b"))) == {"a.b": ["a.bal"]}


# Directories


def test_the_root_of_a_package_is_looked_for_upward(tmp_path: Path) -> None:
    root = write_package(tmp_path.resolve() / "shop", {"lib.bal": FUNCTION, "modules/m/a.bal": ""})

    assert find_root(root / "modules/m") == root
    assert sources_root(root / "modules") == root
    read = read_package(root / "modules/m")
    assert (read.name, read.provenance) == ("shop", Provenance("directory"))


def test_where_no_package_is_there_are_no_sources(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert sources_root(tmp_path) is None
    assert sources_root(tmp_path / "file") is None
    assert sources_root(tmp_path / "gone") is None


REFUSED = {
    "gone": "'gone' does not exist: expected the directory of a package, or a .bala file.",
    "a.bal": "'a.bal' is a single file, which has no version: expected a package.",
    "Ballerina.toml": "'Ballerina.toml' is a manifest: expected a package.",
}


@pytest.mark.parametrize(("name", "says"), REFUSED.items())
def test_a_path_that_is_no_package_is_refused_with_what_to_give(tmp_path: Path, name: str, says: str) -> None:
    if name != "gone":
        (tmp_path / name).write_text("")

    with pytest.raises(UsageError) as caught:
        read_package(tmp_path / name)

    assert str(caught.value).startswith(says)


def test_a_file_that_is_no_archive_is_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("text")

    with pytest.raises(ArchiveError, match="is not a Ballerina archive: expected a zip file"):
        read_package(tmp_path / "x.zip")


JSON = {
    "bala.json": '{"bala_version": "3.0.0"}',
    "package.json": '{"organization": "acme", "name": "shop", "version": "1.0.0"}',
    "dependency-graph.json": '{"packages": []}',
    "modules/shop/main.bal": FUNCTION,
}


def written(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


EXTRACTED = {
    "with JSON": (JSON, True),
    "with Bala.toml": ({"Bala.toml": "", "Ballerina.toml": ""}, True),
    "with bala.json alone": ({"bala.json": "{}"}, True),
    "of before bala.json": ({"package.json": "{}", "modules/shop/a.bal": ""}, True),
    "a package beside JSON of another tool": ({**JSON, "Ballerina.toml": manifest(), "a.bal": ""}, False),
    "a project of JavaScript": ({"package.json": "{}", "index.js": ""}, False),
    "modules alone": ({"modules/shop/a.bal": ""}, False),
}


@pytest.mark.parametrize(("files", "extracted"), EXTRACTED.values(), ids=EXTRACTED)
def test_an_unpacked_archive_is_known_by_its_manifests(
    tmp_path: Path, files: dict[str, str], *, extracted: bool
) -> None:
    root = written(tmp_path, files)

    assert _is_read_as_archive(root) is extracted
    assert (sources_root(root) is not None) is ("Ballerina.toml" in files and not extracted)


def _is_read_as_archive(path: Path) -> bool:
    try:
        return read_package(path).provenance == BALA
    except SemverdiffError as error:
        return isinstance(error, ArchiveError)


@pytest.mark.parametrize("missing", ["bala.json", "package.json", "dependency-graph.json"])
def test_an_interrupted_pull_is_told_from_a_package(tmp_path: Path, missing: str) -> None:
    root = written(tmp_path / "shop", {path: text for path, text in JSON.items() if path != missing})

    with pytest.raises(ArchiveError) as caught:
        read_extracted(root, BALA)

    assert str(caught.value) == (
        f"'shop' is not a complete archive: {missing} missing. Remove the directory and pull the package "
        "again."
    )


@pytest.mark.parametrize(
    "together",
    [{".git": ""}, {"Ballerina.toml": '[workspace]\npackages = ["shop"]\n'}],
    ids=["in a repository", "in a workspace"],
)
def test_a_package_may_link_to_sources_of_others(tmp_path: Path, together: dict[str, str]) -> None:
    written(tmp_path, {**together, "common.bal": FUNCTION, "shared/more.bal": FUNCTION})
    root = write_package(tmp_path / "shop", {})
    (root / "lib.bal").symlink_to(tmp_path / "common.bal")
    (root / "modules").mkdir()
    (root / "modules/shared").symlink_to("../../shared")

    assert layout(read_package(root)) == {"shop": ["lib.bal"], "shop.shared": ["modules/shared/more.bal"]}


OUT = "it is a link out of 'shop', which is not followed"
LINKS = {
    "a file outside": (
        "modules/shop/main.bal",
        "../../../secret.bal",
        f"'modules/shop/main.bal' cannot be read: {OUT}.",
    ),
    "a folder outside": ("modules/shop", "../..", f"'modules/shop' cannot be read: {OUT}."),
    "itself": (
        "modules/shop/main.bal",
        "main.bal",
        "'modules/shop/main.bal' cannot be read: it is a link that leads in a circle.",
    ),
    "itself, as a folder": ("modules/shop", "shop", "expected the default module in 'modules/shop'"),
}


@pytest.mark.parametrize(("link", "target", "says"), LINKS.values(), ids=LINKS)
def test_an_archive_that_was_unpacked_may_not_link_to(
    tmp_path: Path, link: str, target: str, says: str
) -> None:
    (tmp_path / "secret.bal").write_text(FUNCTION)
    root = written(tmp_path / "shop", {path: text for path, text in JSON.items() if path.endswith("json")})
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(target)

    with pytest.raises(SemverdiffError) as caught:
        read_extracted(root, BALA)

    assert says in str(caught.value)


def test_a_link_inside_of_an_unpacked_archive_is_followed(tmp_path: Path) -> None:
    root = written(tmp_path / "shop", JSON)
    (root / "modules/shop/more.bal").symlink_to("main.bal")

    assert layout(read_extracted(root, BALA)) == {"shop": ["modules/shop/main.bal", "modules/shop/more.bal"]}


def test_a_link_that_leads_in_a_circle_is_no_folder_and_no_file(tmp_path: Path) -> None:
    root = write_package(tmp_path, {"lib.bal": FUNCTION})
    (root / "modules").mkdir()
    (root / "modules/m").symlink_to("m")

    assert layout(read_package(root)) == {"shop": ["lib.bal"]}

    (root / "loop.bal").symlink_to("loop.bal")
    with pytest.raises(
        SourceError, match=r"'loop.bal' cannot be read: it is a link that leads in a circle\."
    ):
        read_package(root)


def test_what_is_no_regular_file_is_not_read(tmp_path: Path) -> None:
    root = write_package(tmp_path, {"lib.bal": FUNCTION})
    os.mkfifo(root / "pipe.bal")

    with pytest.raises(SourceError, match=r"'pipe.bal' cannot be read: it is not a regular file\."):
        read_package(root)


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_manifest_that_is_no_file_when_it_is_read_is_refused(tmp_path: Path, *, is_folder: bool) -> None:
    if is_folder:
        (tmp_path / "Ballerina.toml").mkdir()
    with pytest.raises(SourceError, match=r"^'Ballerina\.toml' cannot be read: "):
        read_directory(tmp_path)


def test_sources_may_take_as_much_as_the_limits_say(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a.bal": FUNCTION, "modules/m/b.bal": FUNCTION}
    monkeypatch.setattr(limits, "TEXTS_BYTES", 2 * len(FUNCTION))
    assert len(package(files).modules) == 2
    monkeypatch.setattr(limits, "TEXTS_BYTES", 2 * len(FUNCTION) - 1)
    with pytest.raises(SourceError):
        package(files)


def test_a_package_whose_sources_have_too_many_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SOURCE_WORDS", 6)
    with pytest.raises(SourceError, match="has more than 6 words and signs"):
        package({"a.bal": FUNCTION})


def test_all_files_that_cannot_be_read_are_told_at_once() -> None:
    told = [mistake.message for mistake in mistakes_of({"a\tb.bal": "", "b\tc.bal": "", "c.bal": ""})]
    assert len(told) == 2


def test_a_directory_without_a_package_has_no_sources(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert sources_root(tmp_path / "empty") is None
    root = write_package(tmp_path / "shop", {"modules/m/a.bal": ""})
    assert sources_root(root / "modules" / "m") == root


def test_an_edited_manifest_without_a_name_names_the_package_by_its_directory(tmp_path: Path) -> None:
    write_package(tmp_path / "my_shop", {"main.bal": ""})
    edited = {"Ballerina.toml": b'[package]\norg = "acme"\nversion = "2.0.0"\n'}
    found = read_directory(tmp_path / "my_shop", edited=edited)
    assert (found.name, found.version) == ("my_shop", "2.0.0")
