"""Releases whose archives lie in a directory, packed or extracted."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from support.archives import build_bala
from support.packages import write_package

from semverdiff import limits
from semverdiff.errors import UsageError
from semverdiff.registry import environment_from
from semverdiff.releases import Archive, Directory, read_release, releases_in_folder

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "public function f() {}\n"


def _bala(version: str, name: str = "shop", source: str = SOURCE) -> bytes:
    return build_bala("acme", name, version, {f"modules/{name}/main.bal": source})


def test_archives_are_found_anywhere_below_and_read_again(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "shop-2.bala").write_bytes(_bala("2.0.0"))
    (tmp_path / "any.bala").write_bytes(_bala("10.0.0"))
    (tmp_path / "other.bala").write_bytes(_bala("1.0.0", "cart"))
    (tmp_path / "notes.txt").write_text("nothing")
    found = releases_in_folder(tmp_path)
    assert [one.package for one in found.packages] == ["acme/cart", "acme/shop"]
    shop = found.packages[1]
    assert [(one.version, one.place) for one in shop.releases] == [
        ("2.0.0", "deep/er/shop-2.bala"),
        ("10.0.0", "any.bala"),
    ]
    assert isinstance(shop.releases[0].source, Archive)
    assert read_release(shop.releases[0], environment_from({}, tmp_path)).version == "2.0.0"


def test_an_extracted_archive_is_a_release_and_nothing_in_it_is_another(tmp_path: Path) -> None:
    place = tmp_path / "acme" / "shop" / "1.0.0" / "any"
    (tmp_path / "packed.bala").write_bytes(_bala("1.0.0"))
    with zipfile.ZipFile(tmp_path / "packed.bala") as archive:
        archive.extractall(place)
    (tmp_path / "packed.bala").unlink()
    (place / "inside.bala").write_bytes(_bala("9.0.0"))
    (package,) = releases_in_folder(tmp_path).packages
    (release,) = package.releases
    assert isinstance(release.source, Directory)
    assert read_release(release, environment_from({}, tmp_path)).version == "1.0.0"


def test_a_folder_with_another_tools_package_json_is_searched(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "shop.bala").write_bytes(_bala("1.0.0"))
    assert [one.package for one in releases_in_folder(tmp_path).packages] == ["acme/shop"]


def test_the_digest_of_an_extracted_archive_follows_its_sources(tmp_path: Path) -> None:
    digests: list[str] = []
    for source in (SOURCE, SOURCE, f"{SOURCE}\n"):
        place = tmp_path / str(len(digests))
        (tmp_path / "packed.bala").write_bytes(_bala("1.0.0", source=source))
        with zipfile.ZipFile(tmp_path / "packed.bala") as archive:
            archive.extractall(place)
        (tmp_path / "packed.bala").unlink()
        (package,) = releases_in_folder(place).packages
        digests.append(package.releases[0].digest)
    assert digests[0] == digests[1]
    assert digests[1] != digests[2]


def test_a_broken_archive_is_left_out_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "broken.bala").write_bytes(b"no zip")
    (tmp_path / "good.bala").write_bytes(_bala("1.0.0"))
    found = releases_in_folder(tmp_path)
    assert [one.package for one in found.packages] == ["acme/shop"]
    (omission,) = found.omissions
    assert omission.what == "broken.bala"
    assert "zip" in omission.why


def test_a_linked_directory_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.bala").write_bytes(_bala("1.0.0"))
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "outside")
    (tmp_path / "inside" / "loop").symlink_to(tmp_path / "inside")
    assert releases_in_folder(tmp_path / "inside").packages == ()


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LIBRARY_FILES", 2)
    for name in ("a.bala", "b.bala", "c.bala"):
        (tmp_path / name).write_bytes(_bala("1.0.0"))
    with pytest.raises(UsageError, match="holds too many files: expected at most 2"):
        releases_in_folder(tmp_path)


def test_what_is_no_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'a\.bala' is no directory"):
        releases_in_folder(tmp_path / "a.bala")


def test_sources_beside_archives_are_no_release(tmp_path: Path) -> None:
    write_package(tmp_path / "shop", {"main.bal": SOURCE})
    assert releases_in_folder(tmp_path).packages == ()
