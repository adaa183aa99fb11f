"""A change set leaves the text of an API alone and changes what the text means, or what is looked at.

The victim compares a package with the published one. The attacker wants a breaking change to pass with a
patch version, in sources that a compiler takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cli.conftest import Semver

_HIDDEN = {"modules/hidden/types.bal": "public type Signed32 string;\n"}
_SHOWS_HIDDEN = "import acme/shop.hidden as h;\n\npublic function pay(h:Amount amount) {\n}\n"
_SHOWS_HTTP = "import ballerina/http;\n\npublic function serve(http:Client one) {\n}\n"
_FIRST = "service /cart on first {\n    resource function get items() {\n    }\n}\n"
_SECOND = "service /cart on second {\n    resource function get total() {\n    }\n}\n"
_EXPORTS_ALL = """\
[bala]
schema_version = "4"
[build]
platform = "any"
[[modules]]
name = "shop"
export = true
[[modules]]
name = "shop.orders"
export = true
"""


def lock(version: str, scope: str = "", listed: str = '{org = "ballerina", name = "http"}') -> str:
    """Return a Dependencies.toml of acme/shop with one dependency."""
    return (
        '[[package]]\norg = "acme"\nname = "shop"\nversion = "1.3.0"\n'
        f"dependencies = [{listed}]\n\n"
        f'[[package]]\norg = "ballerina"\nname = "http"\nversion = "{version}"\n{scope}'
    )


_LISTENER = """\
public type Shop service object {{
    remote function open();
}};

public type Till service object {{
    remote function open();
    remote function close();
}};

class Door {{
    public isolated function attach({0} one, string[]|string? name = ()) returns error? {{
    }}

    public isolated function detach({0} one) returns error? {{
    }}

    public isolated function 'start() returns error? {{
    }}

    public isolated function gracefulStop() returns error? {{
    }}

    public isolated function immediateStop() returns error? {{
    }}
}}

"""
_DOOR, _NARROW_DOOR = _LISTENER.format("Shop"), _LISTENER.format("Till")
_GATE = _NARROW_DOOR[_NARROW_DOOR.index("class") :].replace("Door", "Gate")
_MAKE = "function make() returns {}|error => new;\n"


# The files of the published version, and those that the change set has instead or besides.
BREAKS: Mapping[str, tuple[dict[str, str], dict[str, str]]] = {
    "an import gives a predeclared prefix another meaning": (
        {"a.bal": "public function pay(int:Signed32 sum) {\n}\n", **_HIDDEN},
        {"a.bal": "import acme/shop.hidden as 'int;\npublic function pay(int:Signed32 sum) {\n}\n"},
    ),
    "a module that only the package sees is left to another package of its name": (
        {"a.bal": _SHOWS_HIDDEN, "modules/hidden/types.bal": "public type Amount int;\n"},
        {"modules/hidden/types.bal": ""},
    ),
    "a module that only the package sees takes the place of another package": (
        {"a.bal": _SHOWS_HIDDEN},
        {"modules/hidden/types.bal": "public type Amount int;\n"},
    ),
    "several variables are declared at once": (
        {"a.bal": 'public final [int, string] [port, host] = [9090, "localhost"];\n'},
        {"a.bal": 'public final [string, string] [port, host] = ["9090", "localhost"];\n'},
    ),
    "a variable is taken out of a mapping": (
        {"a.bal": "public final record {int size;} {size} = {size: 1};\n"},
        {"a.bal": "final record {int size;} {size} = {size: 1};\n"},
    ),
    "the second service of a path loses a resource": (
        {"a.bal": _FIRST + _SECOND},
        {"a.bal": _FIRST + _SECOND.replace("total", "sum")},
    ),
    "a Bala.toml among the sources exports what Ballerina.toml hides": (
        {
            "a.bal": "",
            "modules/orders/b.bal": "public function pay() {\n}\n",
            "Ballerina.toml": manifest("1.3.0", more='export = ["shop", "shop.orders"]\n'),
        },
        {"Ballerina.toml": manifest("1.3.1"), "Bala.toml": _EXPORTS_ALL},
    ),
    "a Dependencies.toml is older than what Ballerina.toml asks for": (
        {"a.bal": _SHOWS_HTTP, "Dependencies.toml": lock("1.0.0")},
        {
            "Ballerina.toml": manifest("1.3.1")
            + '[[dependency]]\norg = "ballerina"\nname = "http"\nversion = "2.0.0"\n'
        },
    ),
    "a Dependencies.toml calls what the API shows a matter of tests": (
        {"a.bal": _SHOWS_HTTP, "Dependencies.toml": lock("1.0.0")},
        {"Dependencies.toml": lock("2.0.0", 'scope = "testOnly"\n')},
    ),
    "an import is spelt so that a Dependencies.toml seems not to need it": (
        {"a.bal": _SHOWS_HTTP, "Dependencies.toml": lock("1.0.0")},
        {
            "a.bal": _SHOWS_HTTP.replace("/http", r"/h\u{74}tp"),
            "Dependencies.toml": lock("2.0.0", listed=""),
        },
    ),
    "a listener of a class that nobody can name takes fewer services": (
        {"a.bal": f"{_DOOR}public listener Door door = new;\n"},
        {"a.bal": f"{_NARROW_DOOR}public listener Door door = new;\n"},
    ),
    "a listener whose type is not written takes fewer services": (
        {"a.bal": f"{_DOOR}public listener door = new Door();\n"},
        {"a.bal": f"{_NARROW_DOOR}public listener door = new Door();\n"},
    ),
    "a listener is what a function makes that nobody can call": (
        {
            "a.bal": "public listener door = check make();\n",
            "b.bal": _DOOR + _GATE + _MAKE.format("Door"),
        },
        {
            "b.bal": _DOOR + _GATE + _MAKE.format("Gate"),
        },
    ),
    "a Dependencies.toml does not list what the API shows": (
        {"a.bal": _SHOWS_HTTP, "Dependencies.toml": lock("1.0.0")},
        {"Dependencies.toml": lock("2.0.0", listed="")},
    ),
}


@pytest.mark.parametrize(("published", "change"), BREAKS.values(), ids=BREAKS)
def test_a_break_needs_a_major_version_whatever_hides_it(
    semver: Semver, tmp_path: Path, published: dict[str, str], change: dict[str, str]
) -> None:
    old = write_package(tmp_path / "old" / "shop", published, version="1.3.0")
    own = {path: text for path, text in published.items() if path != "Ballerina.toml"}
    files = {path: text for path, text in {**own, **change}.items() if text or path == "a.bal"}
    new = write_package(tmp_path / "new" / "shop", files, version="1.3.1")
    ended = semver("check", new, "--baseline", old)
    assert (ended.code, "1.3.1 is too low: 2.0.0 is required" in ended.out) == (1, True)


def test_services_of_one_path_are_told_apart_in_any_order(semver: Semver, tmp_path: Path) -> None:
    old = write_package(tmp_path / "old", {"a.bal": _FIRST + _SECOND}, version="1.3.0")
    new = write_package(tmp_path / "new", {"a.bal": _SECOND + _FIRST}, version="1.3.1")
    assert "nothing differs" in semver("check", new, "--baseline", old).out


@pytest.mark.parametrize("of_workspace", [False, True], ids=["alone", "in a workspace"])
def test_a_line_of_slashes_behind_an_import_is_one_comment(
    process: Semver, tmp_path: Path, *, of_workspace: bool
) -> None:
    old = write_package(tmp_path / "old", {"a.bal": ""}, version="1.3.0")
    slow = "import // jballerina\n" + "/" * 400 + "\nshop.x;\n"
    write_package(tmp_path / "all" / "new", {"a.bal": slow}, version="1.3.1")
    (tmp_path / "all" / "Ballerina.toml").write_text('[workspace]\npackages = ["new"]\n')
    where = ("--workspace", tmp_path / "all") if of_workspace else (tmp_path / "all" / "new",)
    assert process("check", *where, "--baseline", old).code == 0  # the fixture waits for a minute


# What a manifest of less than a megabyte may hold.
LARGE: Mapping[str, tuple[str, int]] = {
    "modules that are not there": ("export = [" + ", ".join(f'"x{at}"' for at in range(100_000)) + "]", 2),
    "keys that nobody knows": ("\n".join(f"k{at} = 1" for at in range(60_000)), 0),
    "more than anybody writes": ("# " + "x" * 2**20, 2),
}


@pytest.mark.parametrize(("more", "code"), LARGE.values(), ids=LARGE)
def test_a_large_manifest_is_read_or_refused_in_seconds(
    process: Semver, tmp_path: Path, more: str, code: int
) -> None:
    old = write_package(tmp_path / "old", {"a.bal": ""}, version="1.3.0")
    new = write_package(tmp_path / "new", {"a.bal": "", "Ballerina.toml": manifest("1.3.1", more=more)})
    assert process("check", new, "--baseline", old).code == code  # the fixture waits for a minute
