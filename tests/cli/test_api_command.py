"""`semver api` on packages in every form."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, cast

import pytest
from cli.examples import OLD, report_of
from support.archives import build_bala
from support.packages import manifest, write_package

from semverdiff.api import Surface, describe
from semverdiff.cli.commands.api import KINDS
from semverdiff.packages import read_package

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

LISTED = """\
module shop
  public type Order record {|...|}
    int id
    string note?
  public function added(int one, int other) returns int
  public function total(Order item) returns int

module shop.more
  public const LIMIT = 5
"""

ALL_KINDS = """\
public const annotation Tag on type;
public const LIMIT = 5;
public configurable int bound = 3;
public final string title = "shop";
public listener Gate gate = new;
public class Gate {}
public enum Color { RED }
public type Id int;
public function id() returns int => 1;
service /orders on gate {}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a package with two exported modules and one that is not."""
    files = {
        "Ballerina.toml": manifest(more='export = ["shop", "shop.more"]\n'),
        "orders.bal": f"{OLD}function hidden() {{}}\n",
        "modules/more/more.bal": "public const LIMIT = 5;\n",
        "modules/inner/inner.bal": "public const SECRET = 7;\n",
    }
    return write_package(tmp_path / "shop", files)


def test_lists_exported_modules_one_signature_a_line(semver: Semver, shop: Path) -> None:
    ended = semver("api", shop)
    assert (ended.code, ended.out, ended.err) == (0, LISTED, "")


def test_finds_the_package_upward(semver: Semver, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop / "modules" / "more")
    assert semver("api").out == LISTED


def test_reads_an_archive_packed_and_unpacked(tmp_path: Path, semver: Semver, shop: Path) -> None:
    sources = {
        "modules/shop/orders.bal": (shop / "orders.bal").read_text(),
        "modules/shop.more/more.bal": (shop / "modules" / "more" / "more.bal").read_text(),
    }
    content = build_bala("acme", "shop", "1.4.0", sources, export=["shop", "shop.more"])
    (tmp_path / "shop.bala").write_bytes(content)
    assert semver("api", "shop.bala").out == LISTED
    _unpack(content, tmp_path / "unpacked")
    assert semver("api", "unpacked").out == LISTED


def test_lists_only_the_modules_and_kinds_asked_for(semver: Semver, shop: Path) -> None:
    more = "module shop.more\n  public const LIMIT = 5\n"
    assert semver("api", shop, "--module", "shop.more").out == more
    assert semver("api", shop, "--module", "shop.more", "--kind", "type").out == "module shop.more\n"
    both = semver("api", shop, "--module", "shop", "--kind", "type", "--kind", "function")
    assert both.out == LISTED.removesuffix(f"\n{more}")


def test_private_lists_what_clients_cannot_see(semver: Semver, shop: Path) -> None:
    shown = semver("api", shop, "--private").out
    assert "  function hidden()\n" in shown
    assert "module shop.inner (not exported)\n  public const SECRET = 7\n" in shown
    refused = semver("api", shop, "--module", "shop.inner")
    assert (refused.code, refused.out) == (2, "")
    assert "not exported: --private" in refused.err


def test_writes_the_document_of_the_interface(semver: Semver, shop: Path) -> None:
    document = report_of(semver("api", shop, "--format", "json", "--module", "shop", "--kind", "function"))
    parameters: list[object] = [
        {
            "kind": "parameter",
            "name": name,
            "signature": f"int {name}",
            "file": "orders.bal",
            "line": 10,
            "members": [],
            "origin": None,
        }
        for name in ("one", "other")
    ]
    assert document["schema_version"] == 1
    assert document["package"] == {"org": "acme", "name": "shop", "version": "1.4.0"}
    (module,) = cast("list[dict[str, object]]", document["modules"])
    assert (module["name"], module["exported"]) == ("shop", True)
    assert cast("list[object]", module["symbols"])[0] == {
        "kind": "function",
        "name": "added",
        "signature": "public function added(int one, int other) returns int",
        "file": "orders.bal",
        "line": 10,
        "members": parameters,
        "origin": None,
    }
    assert list(document) == ["schema_version", "package", "modules"]


def test_every_kind_can_be_asked_for(tmp_path: Path) -> None:
    root = write_package(tmp_path / "kinds", {"all.bal": ALL_KINDS})
    (module,) = describe(Surface(read_package(root)), private=True)
    assert tuple(sorted({symbol.kind for symbol in module.symbols})) == KINDS


def test_writes_several_forms_at_once(tmp_path: Path, semver: Semver, shop: Path) -> None:
    ended = semver("api", shop, "--format", "text", "--format", "json=api.json", "-v")
    assert ended.out == LISTED
    assert json.loads((tmp_path / "api.json").read_text(encoding="utf-8"))["modules"]
    assert ended.err.splitlines() == ["json written to api.json", "9 symbols with members and parameters"]


def test_code_cannot_repaint_the_terminal(tmp_path: Path, semver: Semver) -> None:
    root = write_package(tmp_path / "odd", {"odd.bal": 'public const TITLE = "a\u202eb";\n'})
    assert semver("api", root).out == 'module shop\n  public const TITLE = "a\\u{202E}b"\n'
    assert "\u202e" not in semver("api", root, "--format", "json").out


def test_lists_every_real_archive_that_can_be_compared(semver: Semver, shared: Path) -> None:
    archives = sorted((shared / "balas").glob("*.bala"))
    assert archives
    for archive in archives:
        text, document = semver("api", archive), semver("api", archive, "--format", "json")
        assert (text.code, text.err, document.code) == (0, "", 0)
        assert text.out.startswith("module ")
        assert report_of(document)["modules"]


def _unpack(content: bytes, into: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(into)
