"""A file of a project is edited where it lies, as a whole, and never over somebody else's change."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from semverdiff.errors import SemverdiffError, UsageError
from semverdiff.packages import open_edited, write_edited

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Semver.toml"


def test_a_new_file_is_made(tmp_path: Path) -> None:
    file = open_edited(tmp_path, NAME)
    assert file.content is None
    write_edited([(file, b"new")])
    assert (tmp_path / NAME).read_bytes() == b"new"


@pytest.mark.parametrize("rights", [0o600, 0o644, 0o664, 0o755])
def test_a_file_is_replaced_and_keeps_its_rights(tmp_path: Path, rights: int) -> None:
    (tmp_path / NAME).write_bytes(b"old")
    (tmp_path / NAME).chmod(rights)
    write_edited([(open_edited(tmp_path, NAME), b"new")])
    assert (tmp_path / NAME).read_bytes() == b"new"
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == rights
    assert [one.name for one in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize("before", [None, b"old"])
@pytest.mark.parametrize("meanwhile", [b"theirs", b""])
def test_what_somebody_wrote_in_the_meantime_stays(
    tmp_path: Path, before: bytes | None, meanwhile: bytes
) -> None:
    if before is not None:
        (tmp_path / NAME).write_bytes(before)
    file = open_edited(tmp_path, NAME)
    (tmp_path / NAME).write_bytes(meanwhile)
    with pytest.raises(SemverdiffError, match="changed in the meantime"):
        write_edited([(file, b"new")])
    assert (tmp_path / NAME).read_bytes() == meanwhile


def test_a_file_that_was_removed_in_the_meantime_does_not_come_back(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"old")
    file = open_edited(tmp_path, NAME)
    (tmp_path / NAME).unlink()
    with pytest.raises(SemverdiffError, match="changed in the meantime"):
        write_edited([(file, b"new")])
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_file_stays(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"old")
    (tmp_path / NAME).chmod(0o444)
    with pytest.raises(UsageError, match=r"'Semver\.toml' is read-only"):
        write_edited([(open_edited(tmp_path, NAME), b"new")])
    assert (tmp_path / NAME).read_bytes() == b"old"


def test_of_several_files_none_is_written_if_one_must_not_be(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).write_bytes(b"old")
    files = [open_edited(tmp_path, name) for name in ("first", "second")]
    (tmp_path / "second").write_bytes(b"theirs")
    with pytest.raises(SemverdiffError, match="'second' was changed in the meantime"):
        write_edited([(file, b"new") for file in files])
    assert (tmp_path / "first").read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="no limit for the size of files there")
def test_of_several_files_none_is_written_if_one_does_not_fit(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 (not on every system)

    names = ("first", "second", "third")
    for name in names:
        (tmp_path / name).write_bytes(b"old")
    files = [open_edited(tmp_path, name) for name in names]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(SemverdiffError, match="'first', 'second', 'third' cannot be written: File too"):
            write_edited([(files[0], b"new"), (files[1], bytes(100_001)), (files[2], b"new")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [(tmp_path / name).read_bytes() for name in names] == [b"old"] * 3
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(names)


def test_a_directory_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        open_edited(tmp_path, NAME)


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere" / NAME
    secret.parent.mkdir()
    secret.write_bytes(b"secret")
    project = tmp_path / "project"
    project.mkdir()
    (project / NAME).symlink_to(secret)
    with pytest.raises(UsageError, match="link out of 'project'"):
        open_edited(project, NAME)
    assert secret.read_bytes() == b"secret"


def test_a_link_within_the_project_leads_to_the_file_that_is_edited(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    package = tmp_path / "shop"
    package.mkdir()
    (tmp_path / NAME).write_bytes(b"old")
    (package / NAME).symlink_to(f"../{NAME}")
    write_edited([(open_edited(package, NAME), b"new")])
    assert (tmp_path / NAME).read_bytes() == b"new"
    assert (package / NAME).is_symlink()


def test_a_link_that_was_put_in_its_place_in_the_meantime_is_not_followed(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / NAME).write_bytes(b"old")
    file = open_edited(project, NAME)
    (tmp_path / NAME).write_bytes(b"old")
    (project / NAME).unlink()
    (project / NAME).symlink_to(tmp_path / NAME)
    with pytest.raises(UsageError, match="link out of 'project'"):
        write_edited([(file, b"new")])
    assert (tmp_path / NAME).read_bytes() == b"old"


def test_what_cannot_be_written_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / NAME).write_bytes(b"old")
    file = open_edited(tmp_path, NAME)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("semverdiff.packages.edited_file.replace_files", full)
    with pytest.raises(SemverdiffError, match=r"'Semver\.toml' cannot be written: No space left on device"):
        write_edited([(file, b"new")])
    assert (tmp_path / NAME).read_bytes() == b"old"
