"""Which front end is meant: what lies at the path decides, or nearest above it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.packages import write_package

from semverdiff import ballerina, vein
from semverdiff.config import Settings
from semverdiff.front_ends import front_end_at, front_end_of, is_first_at


@pytest.fixture(name="here", autouse=True)
def here_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*names: str) -> None:
    for name in names:
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


@pytest.mark.parametrize(
    ("files", "path", "is_vein"),
    [
        (("a.vproj",), ".", True),
        (("a.vproj", "src/a.vein"), "src", True),
        (("a.vproj",), "gone", True),
        (("Ballerina.toml",), ".", False),
        (("Ballerina.toml", "shards/a.vproj"), "shards", True),
        (("a.vproj", "packages/Ballerina.toml"), "packages", False),
        (("a.vproj", "Ballerina.toml"), ".", False),
        (("a.vproj", "Ballerina.toml/file"), ".", True),
        ((), "a.shard", True),
        ((), "a.wll", True),
        ((), "a.vproj", True),
        (("a.vproj",), "a.bala", False),
        ((), ".", False),
        (("a.vproj",), "a\0b", True),
        ((), "a\0b", False),
    ],
)
def test_the_nearest_manifest_decides_and_an_archive_by_its_name(
    files: tuple[str, ...], path: str, *, is_vein: bool
) -> None:
    write(*files)
    assert front_end_at(Path(path)) is (vein.FRONT_END if is_vein else ballerina.FRONT_END)
    assert is_first_at(Path(path)) is not is_vein


def test_what_lies_above_the_working_directory_decides_too(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.vproj", "src/a.vein")
    monkeypatch.chdir(here / "src")
    for path in (Path(), Path("gone")):
        assert front_end_at(path) is vein.FRONT_END


def test_a_directory_that_was_removed_is_one_of_ballerina(here: Path) -> None:
    lost = here / "lost"
    lost.mkdir()
    os.chdir(lost)
    lost.rmdir()
    assert front_end_at(Path()) is ballerina.FRONT_END


@pytest.mark.parametrize(
    ("operands", "is_vein"),
    [
        (("old.shard", "new.shard"), True),
        (("old.shard", "acme/shop:1.0.0"), True),
        (("gallery", "file:new.shard"), True),
        (("acme/shop:1.0.0", "new.bala"), False),
        (("old.shard", "new.bala"), False),
        (("central", "acme/shop"), False),
        (("gallery", "file:shapes"), True),
        (("file:shapes", "gallery"), True),
    ],
)
def test_the_last_side_that_is_recognised_decides(operands: tuple[str, ...], *, is_vein: bool) -> None:
    write("shapes/a.vproj")
    assert front_end_of(*operands) is (vein.FRONT_END if is_vein else ballerina.FRONT_END)


def test_a_listing_says_which_modules_clients_do_not_see(tmp_path: Path) -> None:
    source = "public const A = 1;\n"
    root = write_package(tmp_path / "shop", {"a.bal": source, "modules/inner/a.bal": source})
    seen = ballerina.FRONT_END.listing(Settings(root), private=False)
    assert ([one.name for one in seen.modules], seen.hidden) == (["shop"], ("shop.inner",))
    everything = ballerina.FRONT_END.listing(Settings(root), private=True)
    assert ([one.name for one in everything.modules], everything.hidden) == (["shop", "shop.inner"], ())
