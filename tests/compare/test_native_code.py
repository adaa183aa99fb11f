"""Native code is not compared: what is known is that a library, or a binding to one, is another."""

from __future__ import annotations

import pytest
from support.packages import manifest, package

from semverdiff.api import Outlines, Surface
from semverdiff.compare import compare

LIBRARY = "\n[[platform.java21.dependency]]\n{}\n"
BOUND = """
import ballerina/jballerina.java;

function bind(int id) returns int = @java:Method {{
    name: "{}",
    'class: "acme.Shop"
}} external;
"""

MORE = """
function more() = @java:Method {
    'class: "acme.Shop"
} external;
"""


def facts(old: tuple[str, str], new: tuple[str, str]) -> list[str]:
    """Return the facts about the package; a side is its sources and the library entry of its manifest."""
    outlines = Outlines()

    def surface(sources: str, entry: str) -> Surface:
        toml = manifest(more=LIBRARY.format(entry) if entry else "")
        return Surface(package({"lib.bal": sources}, toml), outlines)

    return [one.fact for one in compare(surface(*old), surface(*new)) if one.symbol == "(package)"]


LIBRARIES = {
    "another version": ('path = "./libs/store-1.jar"', 'path = "./libs/store-2.jar"', True),
    "another directory": ('path = "./libs/store-1.jar"', 'path = "../build/store-1.jar"', False),
    "the same from a repository": (
        'path = "./libs/store-1.jar"',
        'groupId = "acme"\nartifactId = "store"\nversion = "1"',
        False,
    ),
    "another version from a repository": (
        'groupId = "acme"\nartifactId = "store"\nversion = "1"',
        'groupId = "acme"\nartifactId = "store"\nversion = "2"',
        True,
    ),
    "a library of tests": (
        'path = "a.jar"\n[[platform.java21.dependency]]\npath = "b.jar"\nscope = "testOnly"',
        'path = "a.jar"\n[[platform.java21.dependency]]\npath = "c.jar"\nscope = "testOnly"',
        False,
    ),
}


@pytest.mark.parametrize(("old", "new", "changed"), LIBRARIES.values(), ids=LIBRARIES)
def test_another_library_is_a_fact_of_the_package(old: str, new: str, changed: bool) -> None:  # noqa: FBT001 (data)
    assert facts(("", old), ("", new)) == (["native-binding-changed"] if changed else [])


def test_the_first_library_is_another_platform() -> None:
    assert facts(("", ""), ("", 'path = "a.jar"')) == ["graalvm-compatibility-lost", "platform-changed"]


def in_a_class(*names: str) -> str:
    """Return a class of external functions, each bound to the native function of that name."""
    bound = BOUND.partition("function")[2]
    methods = (f"function f{at}{bound.format(name).partition('bind')[2]}" for at, name in enumerate(names))
    return f"class C {{ {' '.join(methods)} }}"


BINDINGS = {
    "a further method at the end": (in_a_class("a", "b"), in_a_class("a", "b", "c"), True),
    "a further method at the beginning": (in_a_class("a", "b"), in_a_class("c", "a", "b"), True),
    "a method less in the middle": (in_a_class("a", "b", "c"), in_a_class("a", "c"), True),
    "a method less of two with the same": (in_a_class("a", "a"), in_a_class("a"), True),
    "another one in the middle": (in_a_class("a", "b", "c"), in_a_class("a", "d", "c"), True),
    "another layout in the middle": (
        in_a_class("a", "b", "c"),
        in_a_class("a", "b", "c").replace('name: "b"', 'name:   "b"'),
        False,
    ),
    "another method": (BOUND.format("one"), BOUND.format("two"), True),
    "a comment": (BOUND.format("one"), BOUND.format("one").replace("{\n", "{ // a comment\n"), False),
    "a quote": (BOUND.format("one"), BOUND.format("one").replace("name:", "'name:"), False),
    "none any more": (
        BOUND.format("one"),
        BOUND.partition("function")[0] + "function bind(int id) returns int = external;",
        True,
    ),
    "another one in the body": (
        "function f() { string s = string `@java:A external`; }",
        "function f() { string s = string `@java:B external`; }",
        False,
    ),
    "of a method": (
        f"class C {{ {MORE} {MORE.replace('more', 'less')} }}",
        f"class C {{ {MORE} {MORE.replace('more', 'less').replace('Shop', 'Till')} }}",
        True,
    ),
    "of a method beside one with another body": (
        f"class C {{ {MORE} function f() {{ }} }}",
        f"class C {{ {MORE.replace('Shop', 'Till')} function f() {{ return; }} }}",
        True,
    ),
    "the same beside another body": (
        f"class C {{ {MORE} function f() {{ }} }}",
        f"class C {{ {MORE} function f() {{ return; }} }}",
        False,
    ),
    "the same beside documentation of it": (
        f"# external\nclass C {{ {MORE} # external\n int a = 1; # external\nfunction f() {{ }} }}",
        f"# external\nclass C {{ {MORE} # external\n int a = 2; # external\nfunction f() {{ }} }}",
        False,
    ),
    "of a method elsewhere in a class": (
        f"class C {{ {MORE} object {{ }} o = object {{ {MORE} }}; }}",
        f"class C {{ {MORE} object {{ }} o = object {{ {MORE.replace('Shop', 'Till')} }}; }}",
        True,
    ),
    "in a variable": (
        f"object {{ }} o = object {{ {MORE} }};",
        f"object {{ }} o = object {{ {MORE.replace('Shop', 'Till')} }};",
        True,
    ),
    "another layout": (BOUND.format("one"), BOUND.format("one").replace("    name", "name"), False),
    "another parameter": (BOUND.format("one"), BOUND.format("one").replace("int id", "int no"), False),
    "a new binding": (BOUND.format("one"), f"{BOUND.format('one')}{MORE}", False),
}


@pytest.mark.parametrize(("old", "new", "changed"), BINDINGS.values(), ids=BINDINGS)
def test_another_binding_is_a_fact_of_the_package(old: str, new: str, changed: bool) -> None:  # noqa: FBT001 (data)
    assert facts((old, ""), (new, "")) == (["native-binding-changed"] if changed else [])
