from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from semverdiff import limits
from semverdiff.artifact import ManifestPlace
from semverdiff.errors import ManifestError, Mistake, SourceError, UsageError
from semverdiff.packages import ListedTree, disk_tree, folders_of
from semverdiff.vein import yaml_text
from semverdiff.vein.project import Project, project_file, project_sources, read_project
from semverdiff.vein.shard import Author, ShardDependency, Urls
from semverdiff.vein.yaml_text import YamlScalar, YamlSequence, parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """\
# A project
name: demo
version: 0.30
license: MIT
description: 'A demonstration'
packable: true
author:
  - name: A. Author
    github: author
  - name: B. Author
urls:
  BugUrl: https://example.org/bugs
  HomepageUrl: https://example.org
  Repository: https://example.org/demo
packages:
  - std@0.30.9.3
  - ..\\other\\other.vproj
keywords: [ignored]
"""


def read(text: str) -> Project:
    return read_project(text.encode(), "demo.vproj")


def mistakes(text: str | bytes) -> list[str]:
    with pytest.raises(ManifestError) as caught:
        read_project(text if isinstance(text, bytes) else text.encode(), "demo.vproj")
    return [f"{one.place()}: {one.message}" for one in caught.value.mistakes]


def test_every_key_of_a_project_is_read() -> None:
    assert read(WHOLE) == Project(
        file="demo.vproj",
        name="demo",
        version="0.30",
        description="A demonstration",
        license="MIT",
        authors=(Author("A. Author", "author"), Author("B. Author")),
        urls=Urls("https://example.org/bugs", "https://example.org", "https://example.org/demo"),
        is_packable=True,
        is_workload=False,
        dependencies=(ShardDependency("std", "0.30.9.3"),),
        projects=("../other/other.vproj",),
        version_place=ManifestPlace("demo.vproj", 3, 10),
    )


def test_what_a_project_does_not_say_has_a_default() -> None:
    project = read("description: ~\npackages:\nurls:\n")
    assert (project.name, project.version, project.license) == ("demo", None, "unlicensed")
    assert (project.description, project.authors, project.urls) == ("", (), Urls())
    assert (project.dependencies, project.projects) == ((), ())
    assert (project.is_packable, project.version_place) == (False, None)


@pytest.mark.parametrize("written", ["0.30", "'0.30'", '"0.30"', "!!str 0.30"])
def test_a_version_is_the_text_that_is_written(written: str) -> None:
    assert read(f"version: {written}").version == "0.30"


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("author: A. Author", (Author("A. Author"),)),
        ("authors: [{github: a}, B]", (Author("", "a"), Author("B"))),
        ("author: {name: A}", (Author("A"),)),
        ("author: []", ()),
        ("author: [[a]]", ()),
    ],
)
def test_authors_are_written_in_several_ways(text: str, authors: tuple[Author, ...]) -> None:
    assert read(text).authors == authors


def test_the_repository_may_stand_where_the_publishing_guide_has_it() -> None:
    assert read("repository: https://example.org").urls.repository == "https://example.org"


@pytest.mark.parametrize(
    ("written", "is_true"), [("true", True), ("Yes", True), ("false", False), ("off", False), ("~", False)]
)
def test_flags_are_written_as_yaml_writes_them(written: str, is_true: bool) -> None:  # noqa: FBT001 (a case)
    project = read(f"packable: {written}\nhasWorkload: {written}")
    assert (project.is_packable, project.is_workload) == (is_true, is_true)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<project>", "demo.vproj:1:1: expected YAML, found XML"),
        ("\ufeff\n <project>", "demo.vproj:1:1: expected YAML, found XML"),
        ("name: ../x", "demo.vproj:1:7: 'name': expected a letter, then letters, digits"),
        ("version: '{VERSION}'", "demo.vproj:1:10: 'version': expected a version as in 1.2.3"),
        ("version: [1]", "demo.vproj:1:10: 'version': expected a text, found a list"),
        ("version: {a: 1}", "demo.vproj:1:10: 'version': expected a text, found keys with values"),
        ("packable: maybe", "demo.vproj:1:11: 'packable': expected true or false, found 'maybe'"),
        ("packages: std", "demo.vproj:1:11: 'packages': expected a list, found a text"),
        ("packages: [std]", "demo.vproj:1:11: 'packages': expected 'name@version' or the path of a project"),
        ("packages: [std@x]", "demo.vproj:1:11: 'packages': expected 'name@version' or the path"),
        ("packages: ['1@1.0']", "demo.vproj:1:11: 'packages': expected 'name@version' or the path"),
        ("packages: [[a]]", "demo.vproj:1:11: 'packages': expected 'name@version' or the path"),
        ("urls: x", "demo.vproj:1:7: 'urls': expected keys with addresses, found none"),
        ("urls: [x]", "demo.vproj:1:7: 'urls': expected keys with addresses, found none"),
        ("name: a\nname: b", "demo.vproj:2:1: expected the key 'name' once"),
        ("- a", "demo.vproj:1:1: expected keys with values, found none"),
        ("", "demo.vproj:1:1: expected keys with values, found none"),
        ("a: 1\n--- \nb: 2", "demo.vproj:2:1: expected one document, found a second one"),
        ("a: [\n", "demo.vproj:2:1: invalid YAML: "),
        ("a: 'x\n", "demo.vproj:2:1: invalid YAML: "),
        ("a: \x07", "demo.vproj: invalid YAML: "),
        ("a: *b", "demo.vproj:1:4: expected a value that is named 'b' before its alias"),
        ("a: &b [*b]", "demo.vproj:1:8: expected a value that is named 'b' before its alias"),
        ("? [a]\n: b", "demo.vproj:1:3: expected a text as a key"),
        ("? {a: 1}\n: b", "demo.vproj:1:3: expected a text as a key"),
        ("a: " + "[" * 32 + "]" * 32, "demo.vproj:1:35: expected at most 32 levels of nesting, found more"),
        (
            "a: &a 1\nb: [" + "*a, " * 101 + "]",
            "demo.vproj:2:405: expected at most 100 aliases, found more",
        ),
        (b"name: \xff", "demo.vproj: expected UTF-8, found other bytes"),
        ("#" * (limits.YAML_BYTES + 1), "demo.vproj: expected at most 262,144 bytes, found 262,145"),
    ],
)
def test_a_mistake_says_what_was_expected_and_where(text: str | bytes, said: str) -> None:
    assert mistakes(text)[0].startswith(said)


def test_all_mistakes_of_a_project_are_said_at_once() -> None:
    assert len(mistakes("name: 1\nversion: x\npackable: maybe\npackages: [a]\n")) == 4


def test_nesting_and_aliases_up_to_their_limits_are_read() -> None:
    deepest = "a: " + "[" * (limits.YAML_LEVELS - 1) + "]" * (limits.YAML_LEVELS - 1)
    assert read(deepest).name == "demo"
    assert read("a: &a 1\nb: [" + "*a, " * limits.YAML_ALIASES + "]").name == "demo"


def test_aliases_of_aliases_do_not_grow() -> None:
    lines = ["a0: &a0 [x, x, x]"]
    lines += [f"a{place}: &a{place} [{', '.join([f'*a{place - 1}'] * 3)}]" for place in range(1, 30)]
    found: list[Mistake] = []
    root = parse_yaml("\n".join(lines).encode(), "x.vproj", found)
    last, before = root.entries["a29"], root.entries["a28"]
    assert found == []
    assert isinstance(last, YamlSequence)
    assert all(item is before for item in last.items)


def test_nulls_are_told_from_texts() -> None:
    root = parse_yaml(b"a:\nb: ~\nc: null\nd: ''\ne: 'null'", "x.vproj", [])
    nulls = {key: node.is_null for key, node in root.entries.items() if isinstance(node, YamlScalar)}
    assert nulls == {"a": True, "b": True, "c": True, "d": False, "e": False}


# Which sources belong to a project.


def tree(*paths: str) -> ListedTree:
    files = {path: path.encode() for path in paths}
    return ListedTree("demo", folders_of(files), files.__getitem__)


def test_sources_are_those_at_or_below_the_project_but_for_generated_ones() -> None:
    found = project_sources(
        tree(
            *("b.vein", "a/x.vein", "a/b/y.vein", "obj/z.vein", "a.temp.vein", "a/b.generated.vein"),
            *("demo.vproj", "readme.md", ".git/x.vein", "a/.HG/x.vein"),
        )
    )
    assert [source.path for source in found] == ["a/b/y.vein", "a/x.vein", "b.vein", "obj/z.vein"]
    assert found[0].content == b"a/b/y.vein"


def test_a_directory_holds_one_project() -> None:
    assert project_file(tree("demo.vproj", "a/other.vproj")) == "demo.vproj"
    with pytest.raises(UsageError, match=r"^'demo' holds no project of Vein: expected a '\*\.vproj'"):
        project_file(tree("a/demo.vproj"))
    with pytest.raises(UsageError, match=r"^'demo' holds 2 projects: 'a\.vproj', 'b\.vproj'\."):
        project_file(tree("a.vproj", "b.vproj"))


def test_a_link_to_a_folder_around_it_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "around").symlink_to(tmp_path)
    with pytest.raises(SourceError, match="has folders in folders without an end"):
        project_sources(disk_tree(tmp_path))


def test_a_link_to_another_source_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.vein").write_text("class A {}")
    (tmp_path / "b.vein").symlink_to("a.vein")
    assert [source.content for source in project_sources(disk_tree(tmp_path))] == [b"class A {}"] * 2


@pytest.mark.parametrize("limit", ["ARCHIVE_ENTRIES", "TEXTS_BYTES"])
def test_more_sources_than_can_be_compared_are_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = tree("a.vein", "b.vein")
    assert len(project_sources(sources)) == 2
    monkeypatch.setattr(limits, limit, 1)
    with pytest.raises(SourceError, match="holds more sources than can be compared"):
        project_sources(sources)


def test_folders_without_sources_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 2)
    with pytest.raises(SourceError, match="has folders in folders without an end"):
        project_sources(tree("a/x", "b/x", "c/x"))


def test_where_the_parser_in_c_is_missing_the_other_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = read(WHOLE)
    monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)
    assert read(WHOLE) == fast
    assert "invalid YAML" in mistakes("a: [")[0]
