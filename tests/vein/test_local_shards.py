from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from semverdiff import limits
from semverdiff.errors import SourceError
from semverdiff.vein import LocalShards, parse_nuget_version

if TYPE_CHECKING:
    from pathlib import Path

NAME = "demo"


def install(folder: Path, version: str, file: str, content: bytes = b"shard", name: str = NAME) -> Path:
    """Put a file where `rune` keeps a version of a shard."""
    path = folder / name / version / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def found(folder: Path | None, version: str = "1.3.0", name: str = NAME) -> bytes | None:
    """Return the content of the archive of a version, which nothing has verified."""
    packed = LocalShards(folder).shard(name, version)
    if packed is None:
        return None
    with packed.content as content:
        assert packed.digest_verified is False
        return content.read()


def texts(folder: Path | None, name: str = NAME) -> list[str]:
    return sorted(map(str, LocalShards(folder).versions(name)))


def test_no_folder_and_an_absent_one_hold_nothing(tmp_path: Path) -> None:
    for folder in (None, tmp_path / "absent"):
        assert texts(folder) == []
        assert found(folder) is None


def test_versions_are_the_folders_of_the_shard_in_any_case(tmp_path: Path) -> None:
    install(tmp_path, "1.3.0", "demo-1.3.0.shard")
    install(tmp_path, "1.2.0-Beta", "Demo-1.2-Beta.shard", name="Demo")
    install(tmp_path, "9.0.0", "demo2-9.0.0.shard", name="demo2")
    install(tmp_path, "latest", "demo-latest.shard")
    (tmp_path / NAME / "8.0.0").write_bytes(b"no folder")
    assert texts(tmp_path) == texts(tmp_path, "DEMO") == ["1.2.0-Beta", "1.3.0"]


@pytest.mark.parametrize(
    ("version", "file"),
    [
        ("1.3.0", "demo-1.3.0.shard"),
        ("1.3.0", "demo-1.3.shard"),
        ("1.3.0", "Demo-1.3.0.SHARD"),
        ("1.3", "demo-1.3.shard"),
        ("1.3.0", "demo-1.3.0+build.7.shard"),
    ],
)
def test_the_file_of_a_version_names_it_as_it_is_written(tmp_path: Path, version: str, file: str) -> None:
    install(tmp_path, version, file, b"content")
    assert found(tmp_path) == found(tmp_path, "1.3") == b"content"
    assert found(tmp_path, "1.3.1") is None


@pytest.mark.parametrize(
    "file",
    [
        "demo-1.2.0.shard",
        "other-1.3.0.shard",
        "demo-1.3.0.zip",
        "demo-x.shard",
        "demo.shard",
        "manifest.json",
    ],
)
def test_other_files_beside_it_are_not_the_archive(tmp_path: Path, file: str) -> None:
    install(tmp_path, "1.3.0", file)
    assert found(tmp_path) is None


@pytest.mark.parametrize("name", ["..", "../demo", "demo/1.3.0", "", "."])
def test_what_is_no_name_is_not_looked_for(tmp_path: Path, name: str) -> None:
    install(tmp_path / "shards", "1.3.0", "demo-1.3.0.shard")
    install(tmp_path, "1.3.0", "demo-1.3.0.shard")
    assert (texts(tmp_path / "shards", name), found(tmp_path / "shards", name=name)) == ([], None)


def test_an_archive_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "1.3.0", "demo-1.3.0.shard", b"12345")
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 5)
    assert found(tmp_path) == b"12345"
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 4)
    with pytest.raises(SourceError, match="is larger than 4 bytes"):
        found(tmp_path)


def test_the_digest_is_that_of_the_whole_file(tmp_path: Path) -> None:
    install(tmp_path, "1.3.0", "demo-1.3.0.shard", b"")
    packed = LocalShards(tmp_path).shard(NAME, "1.3.0")
    assert packed is not None
    packed.content.close()
    assert packed.digest == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("target", ["kept.shard", "../../../vcfg"])
def test_an_archive_that_is_a_link_is_refused(tmp_path: Path, target: str) -> None:
    file = install(tmp_path / "shards", "1.3.0", "demo-1.3.0.shard")
    file.rename(file.with_name("kept.shard"))
    (tmp_path / "vcfg").write_bytes(b"key")
    file.symlink_to(target)
    with pytest.raises(SourceError, match="it is a link"):
        found(tmp_path / "shards")


@pytest.mark.parametrize("level", ["name", "version"])
def test_folders_that_lead_elsewhere_are_refused(tmp_path: Path, level: str) -> None:
    elsewhere = install(tmp_path / "elsewhere", "1.3.0", "demo-1.3.0.shard").parent
    folder = tmp_path / "shards"
    (folder / NAME).mkdir(parents=True)
    if level == "name":
        (folder / NAME).rmdir()
        (folder / NAME).symlink_to(elsewhere.parent)
    else:
        (folder / NAME / "1.3.0").symlink_to(elsewhere)
    with pytest.raises(SourceError):
        found(folder)


def test_a_pipe_is_no_archive_and_does_not_stop_anybody(tmp_path: Path) -> None:
    file = install(tmp_path, "1.3.0", "demo-1.3.0.shard")
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(SourceError, match="cannot be read"):
        found(tmp_path)
    assert LocalShards(tmp_path).versions(NAME) == (parse_nuget_version("1.3.0"),)


def test_a_shard_on_a_disk_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "1.3.0", "demo-1.3.0.shard")

    class Failing(BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("semverdiff.vein.local_shards.packages.open_listed", lambda *_: Failing(b"shard"))
    with pytest.raises(SourceError, match="cannot be read: Input/output error"):
        found(tmp_path)
