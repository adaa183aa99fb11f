"""The text of an API file: what is written is read as the same, and what is none is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from semverdiff.artifact import Provenance
from semverdiff.errors import SourceError
from semverdiff.packages import (
    ApiLine,
    Dependency,
    Manifest,
    Module,
    Package,
    api_file_text,
    parse_api_file,
    read_api_file,
)

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "semverdiff-api: 1\npackage: acme/shop\nversion: 1.2.0\nexported: shop\n"
NUMBER_OF_HEADER_LINES = HEADER.count("\n")


def _source(text: str, module: str = "shop") -> str:
    """Return the sources of a module of an API file, without the layout that keeps the places."""
    package = parse_api_file(text, "shop.api")
    files = next(one.files for one in package.modules if one.name == module)
    return "\n".join(" ".join(file.content.decode().split()) for file in files)


def test_what_the_manifest_says_is_kept() -> None:
    manifest = Manifest(
        distribution="2201.8.0",
        visibility="private",
        graalvm_compatible=False,
        export_rule="modules",
        dependencies=(Dependency("acme", "money", "1.0.0"), Dependency("acme", "time", None)),
        dependencies_resolved=True,
        locked=(Dependency("ballerina", "http", "2.1.0"),),
        libraries=("a.jar", "b.jar"),
    )
    modules = (Module("shop", True, ()), Module("shop.hidden", False, ()), Module("shop.run", False, ()))
    package = Package("acme", "shop", "1.2.0-rc.1", modules, Provenance("api"), "java21", manifest)

    text = api_file_text(package, (), {}, {"shop.run"}).text
    read = parse_api_file(text, "shop.api")

    assert replace(read, modules=(), manifests=()) == replace(package, modules=())
    assert [(one.name, one.exported) for one in read.modules] == [(one.name, one.exported) for one in modules]
    assert "reached: shop.run\n" in text


def test_what_the_manifest_does_not_say_is_not_written() -> None:
    package = Package("acme", "shop", "1.2.0", (Module("shop", True, ()),), Provenance("api"))

    read = parse_api_file(api_file_text(package, (), {}).text, "shop.api")

    assert read.manifest == Manifest()


def test_lines_are_sorted_and_numbered() -> None:
    package = Package("acme", "shop", "1.2.0", (Module("shop", True, ()),), Provenance("api"))
    lines = (
        ApiLine("shop", "b", "", "b"),
        ApiLine("shop", "a", "x", "two\nlines"),
        ApiLine("shop", "a", "", "a"),
    )

    written = api_file_text(package, lines, {"shop": {"http": "ballerina/http"}})

    shown = written.text.split("\n")
    assert [shown[written.numbers[line] - 1] for line in lines] == [
        "shop\tb\t\tb",
        "shop\ta\tx\ttwo",
        "shop\ta\t\ta",
    ]
    assert "shop\timport\thttp\tballerina/http" in shown
    assert shown[written.numbers[lines[1]]] == "\tlines"


READ = {
    "members stand between the braces": (
        "shop\tT\t\ttype T record {|...|};\nshop\tT\ta\tint a;\nshop\tT\tb\tint b;\n",
        "type T record {| int a; int b; |};",
    ),
    "a rest stands last": (
        "shop\tT\t\ttype T record {|...|};\nshop\tT\t...\tint...;\nshop\tT\ta\tint a;\n",
        "type T record {| int a; int...; |};",
    ),
    "a rest alone": (
        "shop\tT\t\ttype T record {|...|};\nshop\tT\t...\tint...;\n",
        "type T record {|int...; |};",
    ),
    "the last comma of an enum is none": (
        "shop\tE\t\tenum E {...}\nshop\tE\tA\tA,\nshop\tE\tB\tB,\n",
        "enum E { A, B }",
    ),
    "lines in any order": (
        "shop\tT\ta\tint a;\nshop\tU\t\ttype U int;\nshop\tT\t\ttype T record {|...|};\n",
        "type T record {| int a; |}; type U int;",
    ),
    "braces before the members": (
        "shop\tT\t\t@a {b: `{...}`} type T record {|...|} & readonly;\nshop\tT\ta\tint a;\n",
        "@a {b: `{...}`} type T record {| int a; |} & readonly;",
    ),
    "imports": (
        "shop\timport\thttp\tballerina/http\nshop\tT\t\ttype T http:Client;\n",
        "import ballerina/http as http; type T http:Client;",
    ),
    "a prefix that means another module": (
        "shop\timport\th\ta/b\nshop\tT\t\ttype T h:A;\nshop h=c/d\tU\t\ttype U h:A;\n",
        "import a/b as h; type T h:A;\nimport c/d as h; type U h:A;",
    ),
    "a text of two lines": (
        "shop\tT\t\tfinal string T = string `a\n\tb`;\n",
        "final string T = string `a b`;",
    ),
    "comments and empty lines": ("# a\n\nshop\tT\t\ttype T int;\n\n", "type T int;"),
}


@pytest.mark.parametrize(("lines", "source"), READ.values(), ids=READ)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_what_is_read(lines: str, source: str, end: str) -> None:
    assert _source(f"{HEADER}{lines}".replace("\n", end)) == source


def test_a_byte_order_mark_is_none_of_the_text() -> None:
    assert _source(f"\ufeff{HEADER}shop\tT\t\ttype T int;\n") == "type T int;"


def test_places_are_those_of_the_file() -> None:
    lines = "shop\tT\t\ttype T record {|...|};\nshop\tT\ta\tint a;\nshop\tU\t\ttype U int;\n"

    (module,) = parse_api_file(f"{HEADER}{lines}", "shop.api").modules

    shown = module.files[0].content.decode().split("\n")
    assert [
        (shown.index(line) + 1, line.index(text))
        for line in shown
        for text in ("int a", "type U")
        if text in line
    ] == [
        (NUMBER_OF_HEADER_LINES + 2, len("shop\tT\ta\t")),
        (NUMBER_OF_HEADER_LINES + 3, len("shop\tU\t\t")),
    ]


def test_modules_that_run_for_clients_are_imported() -> None:
    text = f"{HEADER}reached: shop.run\nshop\tT\t\ttype T int;\n"

    assert _source(text) == "import shop.run as _0; type T int;"


REFUSED = {
    "a merge conflict": (f"{HEADER}<<<<<<< HEAD\n", "a merge conflict is left", 5),
    "a line of words": (f"{HEADER}what is this\n", "no line of an API file", 5),
    "a word that is none": (f"{HEADER}colour: red\n", "no line of an API file", 5),
    "too few columns": (f"{HEADER}shop\tT\tint\n", "no line of an API file", 5),
    "a column before a colon": (f"{HEADER}version\t: 1\n", "no line of an API file", 5),
    "a text that goes on behind a comment": (
        f"{HEADER}shop\tT\t\ttype T int\n# a\n\t|string;\n",
        "no line of an API file",
        7,
    ),
    "a column behind a colon": (f"{HEADER}platform: any\tx\n", "no line of an API file", 5),
    "two versions": (f"{HEADER}version: 1.3.0\n", "'version' is said twice", 5),
    "no format": ("package: acme/shop\n", "'semverdiff-api: 1' is missing", 1),
    "no package": ("semverdiff-api: 1\n", "'package: ORG/NAME' is missing", 1),
    "a package without a name": ("semverdiff-api: 1\npackage: acme/\n", "'package: ORG/NAME' is missing", 1),
    "a module that nobody knows": (
        f"{HEADER}other\tT\t\ttype T int;\n",
        "whether the module of this one is exported",
        5,
    ),
    "a text that goes on from none": (f"{HEADER}\tT\n", "no line of an API file", 5),
    "nothing": ("", "'semverdiff-api: 1' is missing", 1),
}


@pytest.mark.parametrize(("text", "message", "line"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(text: str, message: str, line: int) -> None:
    with pytest.raises(SourceError) as caught:
        parse_api_file(text, "shop.api")

    (mistake,) = caught.value.mistakes
    assert message in mistake.message
    assert (mistake.file, mistake.line, mistake.excerpt) == ("shop.api", line, None)


def test_every_line_that_is_none_is_said() -> None:
    with pytest.raises(SourceError) as caught:
        parse_api_file(f"{HEADER}one\ntwo\n", "shop.api")

    assert [mistake.line for mistake in caught.value.mistakes] == [5, 6]


def test_prefixes_have_no_end_of_meanings() -> None:
    imports = "".join(f"shop\timport\tp{number}\tacme/{'m' * 500}{number}\n" for number in range(500))
    lines = [f"shop p0=acme/n{number}\tT{number}\t\ttype T{number} int;\n" for number in range(500)]

    assert parse_api_file(f"{HEADER}{imports}{''.join(lines[:50])}", "shop.api").name == "shop"
    with pytest.raises(SourceError, match="gives prefixes too many meanings"):
        parse_api_file(f"{HEADER}{imports}{''.join(lines)}", "shop.api")


def test_a_later_format_is_refused_with_the_remedy() -> None:
    with pytest.raises(SourceError, match="reads version 1: write it anew"):
        parse_api_file("semverdiff-api: 2\nwhatever\n", "shop.api")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"'gone\.api' cannot be read"):
        read_api_file(tmp_path / "gone.api")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.api").write_bytes(b"\xff\xfe")

    with pytest.raises(SourceError, match=r"'shop\.api' is no API file: it is not UTF-8"):
        read_api_file(tmp_path / "shop.api")


def test_an_api_file_tells_its_readers_what_it_is() -> None:
    package = parse_api_file(HEADER, "shop.api")
    text = api_file_text(package, (), {}).text
    assert text.splitlines()[1].startswith("# Written by `semver api --write`")
    assert parse_api_file(text, "shop.api").identity == package.identity


def test_what_an_api_file_does_not_say_has_a_default() -> None:
    package = parse_api_file(HEADER, "shop.api")
    assert package.is_api_file
    assert (package.platform, package.manifest.graalvm_compatible) == ("any", None)
    platform = parse_api_file(f"{HEADER}platform: java21\ngraalvm: true\n", "shop.api")
    assert (platform.platform, platform.manifest.graalvm_compatible) == ("java21", True)


def test_words_of_the_header_stand_on_the_lines_that_they_have() -> None:
    text = HEADER.replace("version: 1.2.0\n", "# a comment\nversion: 1.2.0\n")
    (manifest,) = parse_api_file(text, "shop.api").manifests
    assert manifest.content.decode().split("\n")[3:] == ["version: 1.2.0", "exported: shop"]
