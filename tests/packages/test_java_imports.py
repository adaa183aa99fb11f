"""A package that imports the interface of Java needs a JVM, however its source writes the import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from semverdiff.packages import read_package

if TYPE_CHECKING:
    from pathlib import Path

IMPORTS = {
    "plain": "import ballerina/jballerina.java;",
    "behind another on its line": "import ballerina/io; import ballerina/jballerina.java as java;",
    "behind a comment that CR ends": "// licence\rimport ballerina/jballerina.java;",
    "on several lines": "import\tballerina\f/\r\njballerina\r.\njava;",
    "with comments": "import // one\rballerina/jballerina // two\n.java;",
    "with quotes": "import 'ballerina/'jballerina.'java;",
    "with a letter by its number": r"import ballerina/jb\u{61}llerina.java;",
    "with an organization by a number": r"import b\u{61}llerina/jballerina.java;",
    "a part of it": "import ballerina/jballerina.java.arrays;",
    "behind a byte order mark": "\ufeffimport ballerina/jballerina.java;",
}
NO_IMPORTS = {
    "a comment": "// import ballerina/jballerina.java;",
    "another module": "import ballerina/jballerina.javadoc;",
    "another organization": "import acme/jballerina.java;",
    "a name that ends so": "import imports/jballerina.java;",
}


def _platform(directory: Path, text: str) -> str:
    (directory / "Ballerina.toml").write_text('[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n')
    (directory / "shop.bal").write_bytes(text.encode())
    return read_package(directory).platform


@pytest.mark.parametrize("text", IMPORTS.values(), ids=IMPORTS)
def test_import(tmp_path: Path, text: str) -> None:
    assert _platform(tmp_path, text) == "java21"


@pytest.mark.parametrize("text", NO_IMPORTS.values(), ids=NO_IMPORTS)
def test_no_import(tmp_path: Path, text: str) -> None:
    assert _platform(tmp_path, text) == "any"
