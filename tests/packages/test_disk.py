"""Files that are opened once: regular, of bounded size, and inside where a link may lead."""

from __future__ import annotations

import os
import tracemalloc
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from semverdiff.packages import disk
from semverdiff.packages.disk import from_here, list_inside, open_file, read_file, read_inside, replace_file

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(params=[True, False], ids=["by descriptors", "by paths"])
def shop(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a package in a repository; the second time as on a system that opens files by paths only."""
    if not request.param:
        monkeypatch.setattr(disk, "_CAN_DESCEND", False)
    root = tmp_path / "repository" / "shop"
    for path in ("shop/modules/m/a.bal", "shared/b.bal", ".git/c.bal"):
        file = root.parent / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path)
    (tmp_path / "outside.bal").write_text("private")
    return root


def read(shop: Path, path: str) -> str:
    return read_inside(shop, path, shop.parent).decode()


def test_a_file_is_read_by_its_path(shop: Path) -> None:
    assert read(shop, "modules/m/a.bal") == "shop/modules/m/a.bal"
    assert list_inside(shop, "", shop.parent) == (["modules"], [])
    assert list_inside(shop, "modules/m", shop.parent) == ([], ["a.bal"])


@pytest.mark.parametrize("opened", [open_file, read_file])
def test_what_is_no_regular_file_is_closed_again(
    tmp_path: Path, opened: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    descriptors = []
    original = os.open

    def noted(path: Path, flags: int) -> int:
        descriptors.append(original(path, flags))
        return descriptors[-1]

    monkeypatch.setattr(os, "open", noted)
    with pytest.raises(OSError, match="it is not a regular file"):
        opened(tmp_path)
    (descriptor,) = descriptors
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


def test_of_a_file_that_is_too_large_hardly_more_is_read_than_allowed(tmp_path: Path) -> None:
    large = tmp_path / "large.bal"
    with large.open("wb") as stream:
        stream.truncate(64_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(OSError, match="it has more than 100,000 bytes"):
            read_file(large, 100_000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_link_is_followed_within_the_bounds(shop: Path) -> None:
    (shop / "b.bal").symlink_to("../shared/b.bal")
    (shop / "modules/n").symlink_to("../../shared")
    assert read(shop, "b.bal") == read(shop, "modules/n/b.bal") == "shared/b.bal"
    assert sorted(list_inside(shop, "modules", shop.parent)[0]) == ["m", "n"]
    assert list_inside(shop, "modules/n", shop.parent) == ([], ["b.bal"])


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("../../outside.bal", "it is a link out of 'repository', which is not followed"),
        ("../.git/c.bal", "it is a link into the files of version control, which is not followed"),
        ("b.bal", "it is a link that leads in a circle"),
        ("nowhere.bal", "No such file or directory"),
    ],
)
def test_a_link_is_refused_that_leads_elsewhere(shop: Path, target: str, says: str) -> None:
    (shop / "b.bal").symlink_to(target)
    with pytest.raises(OSError, match=says):
        read(shop, "b.bal")


def test_a_link_leads_to_a_file_of_its_kind(shop: Path) -> None:
    (shop.parent / "notes.txt").write_text("")
    (shop.parent / "Semver.toml").write_text("ours")
    (shop / "b.bal").symlink_to("../notes.txt")
    (shop / "README.md").symlink_to("../notes.txt")
    (shop / "Semver.toml").symlink_to("../Semver.toml")
    (shop / "Ballerina.toml").symlink_to("../Semver.toml")
    assert read(shop, "Semver.toml") == "ours"
    for name, other in (
        ("b.bal", "notes.txt"),
        ("README.md", "notes.txt"),
        ("Ballerina.toml", "Semver.toml"),
    ):
        with pytest.raises(OSError, match=f"it is a link to another kind of file, '{other}'"):
            read(shop, name)


def test_a_folder_of_version_control_has_any_case(shop: Path) -> None:
    (shop.parent / ".GIT").mkdir(exist_ok=True)
    (shop.parent / ".GIT" / "c.bal").write_text("")
    (shop / "b.bal").symlink_to("../.GIT/c.bal")
    with pytest.raises(OSError, match="into the files of version control"):
        read(shop, "b.bal")


@pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="by paths a folder may be replaced")
def test_a_folder_that_becomes_a_link_after_it_was_looked_at_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that the package has started meanwhile may put a link where a folder was."""
    shop = tmp_path / "shop"
    (shop / "real").mkdir(parents=True)
    (shop / "real" / "a.bal").write_text("ours")
    (tmp_path / "a.bal").write_text("private")
    (shop / "m").symlink_to("real")
    look = type(shop).resolve

    def look_and_lose(path: Path, *, strict: bool) -> Path:
        target = look(path, strict=strict)
        (shop / "real" / "a.bal").unlink()
        (shop / "real").rmdir()
        (shop / "real").symlink_to(tmp_path)
        return target

    monkeypatch.setattr(type(shop), "resolve", look_and_lose)
    with pytest.raises(OSError, match=r"Not a directory|symbolic links"):
        read_inside(shop, "m/a.bal", shop)


@pytest.mark.parametrize("kind", ["fifo", "folder"])
def test_what_is_no_regular_file_is_not_read(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "a"
    if kind == "fifo":
        os.mkfifo(place)
    else:
        place.mkdir()
    with pytest.raises(OSError, match=r"it is not a regular file|directory|denied"):
        read_file(place)


def test_a_file_is_no_larger_than_it_may_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path / "a", 5) == b"12345"
    with pytest.raises(OSError, match="it has more than 4 bytes"):
        read_file(tmp_path / "a", 4)


def test_a_file_is_read_to_its_end_whatever_size_it_says(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"0123456789" * 100_000)
    assert read_file(tmp_path / "a") == b"0123456789" * 100_000
    status = Path("/proc/self/status")
    if status.exists():  # it says that it is empty
        assert read_file(status).startswith(b"Name:")


def test_what_the_user_names_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").symlink_to("a")
    assert read_file(tmp_path / "b") == b"1"


def test_a_file_is_replaced_whole_and_with_the_rights_that_were_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("old")
    replace_file(file, BytesIO(b"new" * 100_000), 0o600)
    assert file.read_bytes() == b"new" * 100_000
    assert file.stat().st_mode & 0o077 == 0
    replace_file(file, b"newer")
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]
    assert file.read_bytes() == b"newer"


def test_what_cannot_take_the_place_of_a_file_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OSError, match="directory"):
        replace_file(tmp_path / "report.html", b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_a_path_is_named_from_here_unless_it_lies_on_another_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert from_here(tmp_path / "shop") == Path("shop")

    def other_drive(path: Path) -> str:
        raise ValueError(path)

    monkeypatch.setattr(os.path, "relpath", other_drive)  # as on Windows
    assert from_here(tmp_path / "shop") == tmp_path / "shop"
